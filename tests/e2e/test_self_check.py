"""Every audit examines a random sample a second time, by the reference path, and says what came of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands import run_here, text

from testbed.people import Person, people

PERSONS = people(500, 31)
ROWS = 60_000


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of 60,000 lines with somebody in each tenth, and as many rows of customers."""
    folder = tmp_path_factory.mktemp("recheck") / "delivery"
    folder.mkdir()

    def line(number: int, person: Person) -> str:
        if number % 10:
            return f"2026-06-15T03:00:00Z INFO GET /api/v1/items/{number} 200 {number % 97}ms\n"
        return f"2026-06-15T03:00:00Z INFO joined nick={person.nickname} ci={person.ci} tel={person.mobile}\n"

    each = [(number, PERSONS[number % len(PERSONS)]) for number in range(ROWS)]
    (folder / "app.log").write_text("".join(line(*one) for one in each), "utf-8")
    rows = (f'{number},"{person.nickname}",{person.ci},order {number}\n' for number, person in each)
    (folder / "customers.csv").write_text("no,nick_nm,cust_ci,memo\n" + "".join(rows), "utf-8")
    return folder


def gate(delivery: Path, out: Path, workers: int) -> tuple[str, dict[str, Any]]:
    key = out.parent / "key"
    key.write_bytes(b"only for tests, " * 2)
    done = text(run_here("gate", delivery, "--quiet", "--key-file", key, "--output", out, "--workers", str(workers)))
    assert done.returncode == 1, done.stderr
    assert not any(person.ci in done.stdout + done.stderr for person in PERSONS)
    return done.stdout, json.loads((out / "report.json").read_text("utf-8"))


def test_a_gate_tells_of_its_self_check_whatever_the_workers(delivery: Path, tmp_path: Path) -> None:
    said, one = gate(delivery, tmp_path / "one", 1)
    _, three = gate(delivery, tmp_path / "three", 3)
    check = one["recheck"]
    assert check["sampled"] >= 60
    assert (check["differing"], check["rules"], check["differences"]) == (0, [], [])
    sentence = f"Self-check: {check['sampled']} randomly chosen lines and cells were examined a second time by the reference path. All gave the same result."
    assert sentence in said
    assert three["recheck"] == check
    assert three["data"] == one["data"]
    page = (tmp_path / "one/report.en.html").read_text("utf-8")
    assert sentence in page
    assert f"{check['sampled']}개를 기준 방식으로 다시 검사" in (tmp_path / "one/report.ko.html").read_text("utf-8")
    for person in PERSONS:
        assert person.ci not in page
        assert person.ci not in json.dumps(one, ensure_ascii=False)


def test_a_small_gate_says_that_nothing_was_checked_twice(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/customers.csv").write_text(f"nick_nm,cust_ci\nx,{PERSONS[0].ci}\n", "utf-8")
    said, report = gate(tmp_path / "in", tmp_path / "out", 1)
    assert "Self-check: no line or cell was examined a second time" in said
    assert report["recheck"]["sampled"] == 0
