"""Long files in parts: cut at records wherever they are read from, and reported as if they had been read in one go."""

from __future__ import annotations

import random
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from long_files import PART, write_long_files
from own_recognizer import write_recognizer

from auditor.extractors.cuts import WINDOW, Cut
from auditor.extractors.dividing import cut_of
from auditor.extractors.limits import Limits
from auditor.model.asset import Asset
from auditor.model.content import Source
from auditor.model.course import Track
from auditor.model.engagement import Contract, Engagement, LocalTarget, Party
from auditor.parts import Part
from auditor.pipeline import Job, audit
from auditor.progress import Progress
from auditor.rulecommands import load as load_rules
from auditor.scanners.local import LocalScanner
from auditor.store.sqlite import Store
from auditor.workers import wire
from auditor.workers.division import parts_of
from auditor.workers.feed import Feeder, Order
from auditor.workers.slices import Reading, up_to
from auditor.workers.source import Source as Files

RULES = load_rules([], examples=True)
ROW = Cut(delimiter=b",", width=3)


def reader(data: bytes, start: int, sizes: Iterator[int]) -> Reading:
    at = start

    def read() -> bytes:
        nonlocal at
        size = next(sizes)
        at += size
        return data[at - size : at]

    return Reading(read, start)


def part_of(data: bytes, part: Part, cut: Cut, sizes: Callable[[], Iterator[int]]) -> bytes:
    reading = reader(data, part.start, sizes())
    if part.number:
        for _ in up_to(reading, part.start, part.room, lambda: cut):
            pass
    return b"".join(up_to(reading, len(data) + 1 if part.end is None else part.end, part.room, lambda: cut))


@given(
    lines=st.lists(st.sampled_from([b"1,2,3\n", b'4,"a,b",6\r\n', b'7,"x\n', b'y",9\n', b"\n", b"word" * 30 + b"\n", b"  at foo\n"]), max_size=60),
    at_once=st.integers(2, 200),
    cut=st.sampled_from([ROW, Cut(), Cut(first=b"{")]),
    seed=st.integers(0, 99),
)  # fmt: skip
def test_parts_are_the_file_however_it_is_read(lines: list[bytes], at_once: int, cut: Cut, seed: int) -> None:
    data = b"".join(lines)

    def sizes() -> Iterator[int]:
        rng = random.Random(seed)
        while True:
            yield rng.randrange(1, 50)

    def in_one() -> Iterator[int]:
        while True:
            yield len(data) + 1

    parts = parts_of(len(data), at_once)
    found = [part_of(data, part, cut, sizes) for part in parts]
    assert b"".join(found) == data
    assert found == [part_of(data, part, cut, in_one) for part in parts]
    assert all(part.endswith(b"\n") for part in found if part)


def test_a_cut_is_no_line_end_within_a_cell() -> None:
    data = b'1,2,3\n4,"a\nb,c\nd",6\n7,8,9\n1,2,3\n'
    reading = reader(data, 10, iter([100, 100]))
    assert b"".join(up_to(reading, 10, 99, lambda: ROW)) == b'\nb,c\nd",6\n7,8,9\n'
    assert reading.next() == b"1,2,3\n"


def test_without_a_good_cut_the_first_line_end_is_taken() -> None:
    data = b"x\n" + b"y" * 50 + b"\n" + b"z" * (2 * WINDOW) + b"\n"
    reading = reader(data, 0, iter([7, 100, len(data), 1, 1]))
    assert b"".join(up_to(reading, 0, 1 << 30, lambda: ROW)) == b"x\n"


@pytest.mark.parametrize(
    ("name", "text", "cut"),
    [
        ("a.csv", "no,phone,memo\n" + "1,2,3\n" * 20, ROW),
        ("a.tsv", "no\tphone\n" + "1\t2\n" * 20, Cut(delimiter=b"\t", width=2)),
        ("a.jsonl", '{"a": 1}\n{"a": 2}\n', Cut(first=b"{")),
        ("a.json", '[{"a": 1},\n{"a": 2}]\n', None),
        ("a.json", '{"a": {\n"b": 2}}\n', None),
        ("a.log", "one\ntwo\n", Cut()),
        ("a.sql", "CREATE TABLE a (b int);\nINSERT INTO a VALUES (1);\n", None),
        ("a.xml", "<a>\n<b/>\n</a>\n", None),
    ],
)
def test_what_can_be_cut(name: str, text: str, cut: Cut | None) -> None:
    for encoding, expected in (("utf-8", cut), ("utf-16", None)):
        source: Any = Source(asset=Asset(target="t", path=name), head=text.encode(encoding), stream=None)  # type: ignore[arg-type]
        assert cut_of(source) == expected


def test_a_head_ends_where_a_line_does(tmp_path: Path) -> None:
    data = b'{"id": 1}\n' * 1000 + b'{"blob": "' + b"x" * (6 << 20) + b'"}\n' + b'{"id": 2}\n' * 500_000
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    scanner = LocalScanner(LocalTarget(name="t", paths=(str(path),)))
    source = Files(scanner, bytes(32))
    [asset] = (item for item in scanner.scan() if isinstance(item, Asset))
    ours, theirs = socket.socketpair()
    with ours, theirs:
        part = replace(parts_of(len(data), 5 << 20)[1], cut=Cut(first=b"{"))
        feeder = Feeder(ours, lambda _: None, lambda _: None)
        kind, head = next(feeder._part(Order(0, source, asset, part=part), part))
    assert (kind, head) == (wire.HEAD, data[:10_000])


# ── Whole audits ────────────────────────────────────────────────────────────────────────────────────────────────────


def audited(path: Path, workers: int, part: int, *, rules: Any = RULES) -> tuple[dict[str, Any], set[tuple[Any, ...]]]:
    """What an audit says, and each value that the store keeps by itself with its place."""
    engagement = Engagement(
        id="t", entrusting=Party(name="B"), vendor=Party(name="V"), contract=Contract(ends=date(2025, 3, 31)),
        targets=(LocalTarget(name="delivery", paths=(str(path),)),),
    )  # fmt: skip
    profile = rules.profile("scheduled")
    job = Job(
        engagement=engagement, ruleset=rules, profile=profile, fail_on=profile.fail_on, key=b"k" * 32, key_kept=True,
        workers=workers, only=frozenset({"delivery"}), limits=Limits(part_bytes=part),
    )  # fmt: skip
    with Store(path.parent / f"{workers}-{part}.sqlite") as store:
        run = audit(job, store, Progress())
        kept = {(m.path, m.entity, m.fingerprint, m.count, m.place, m.score, m.why) for m in store.matches(run.id)}
    said = {
        "findings": [replace(finding, track=Track()) for finding in run.findings], "observations": run.observations,
        "gaps": run.gaps, "people": run.people, "coverage": run.coverage, "differing": run.recheck.differing,
    }  # fmt: skip
    return said, kept


def test_a_file_in_parts_is_reported_as_if_it_had_been_read_in_one_go(tmp_path: Path) -> None:
    folder = write_long_files(tmp_path / "delivery")
    whole, places = audited(folder, 1, 1 << 30)
    parts, kept = audited(folder, 2, PART)
    assert whole == parts
    # Of later parts, a settled column's values are kept by number alone; all that is kept by itself stands where it stood.
    assert {one for one in kept if one[2]} <= places
    assert len({one[0] for one in kept}) == 4


def test_what_a_head_holds_is_no_company_for_a_part(tmp_path: Path) -> None:
    folder = tmp_path / "delivery"
    folder.mkdir()
    phones = "".join(f"line phone: 010-2345-{1000 + n} text\n" for n in range(1200))  # beyond the head's end
    names = "".join(f"name: 김은하\n{'some filler text here ' * 20}\n" for _ in range(600))
    (folder / "a.txt").write_text(phones + names)
    whole, _ = audited(folder, 1, 1 << 30)
    parts, _ = audited(folder, 2, PART)
    assert whole == parts


def test_a_part_that_takes_its_worker_down_costs_that_part(tmp_path: Path) -> None:
    own = write_recognizer(tmp_path / "rules")
    folder = tmp_path / "delivery"
    folder.mkdir()
    lines = [f"2024-05-01 10:00:00 INFO request {n} phone=010-2345-{1000 + n}\n" for n in range(8000)]
    lines[4000] = "abort now\n"
    (folder / "app.log").write_text("".join(lines))
    sys.path.insert(0, str(own))
    try:
        said, kept = audited(folder, 2, PART, rules=load_rules([own], examples=True))
    finally:
        sys.path.remove(str(own))
    [gap] = said["gaps"]
    assert (gap.code, gap.size) == ("WORKER_CRASHED", PART), gap
    phones = {one[2]: one[4] for one in kept if one[1] == "PHONE_NUMBER"}
    assert 5500 < len(phones) < 8000
    assert any(place.startswith("from byte ") for place in phones.values())
    assert "line 1" in phones.values()
