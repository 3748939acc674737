"""An audit against a contract with all its terms: what the worker sees of rows and commits reaches the judgement and the reports."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from commands import run_here

from testbed.people import Person, people

COUNT = 40
FILE = """\
engagement: terms
entrusting: {name: Example Bank, country: KR}
vendor: {name: Example Labs}
contract:
  signed: 2024-09-01
  ends: contract.signed + 7mo
  clause: "제12조 2항"
  clauses: {residency: "제10조", sub_vendors: "제9조"}
agreed_data:
  - {entities: [KR_CI, NICKNAME], places: [office]}
data_sent:
  - {sent: contract.signed + 9d, entities: [KR_CI, NICKNAME], subjects: 25, extract: members_20240910.csv}
sub_vendors:
  - {name: Example Hosting, targets: [hosting]}
residency: {countries: [KR]}
exceptions:
  - {entities: [PHONE_NUMBER, KR_CI], basis: "상법 제33조", places: [office], paths: ["*/legal"], until: contract.ends + 90y}
  - {entities: [NICKNAME], basis: "민법 제162조", places: [office], paths: ["*/legal"], until: contract.ends + 30d}
contacts: [{role: incident, party: vendor, name: Example CISO}]
targets:
  - {name: office, country: KR, local: {paths: [office]}}
  - {name: hosting, country: US, local: {paths: [hosting]}}
"""


def csv(header: str, rows: list[str]) -> str:
    return "\n".join([header, *rows]) + "\n"


def member(person: Person, day: str) -> str:
    return f"{person.nickname},{person.ci},{day}"


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("terms")
    group = people(COUNT)
    for name in ("office/legal", "office/repo", "hosting"):
        (folder / name).mkdir(parents=True)
    files = {
        "office/members.csv": csv("nickname,ci,created_at", [member(p, f"2025-05-{1 + p.number % 28:02}") for p in group]),
        "office/legal/kept.csv": csv("nickname,ci,created_at", [member(p, "2024-10-01 09:00:00") for p in group[:5]]),
        "office/accounts.csv": csv("nickname,birth_date,passwd", [f"{p.nickname},{p.birth},pw-{p.number}Xq!" for p in group]),
        "office/repo/seed.csv": csv("nickname,ci", [f"{p.nickname},{p.ci}" for p in group[:7]]),
        "hosting/copy.csv": csv("nickname,ci", [f"{p.nickname},{p.ci}" for p in group[:9]]),
    }  # fmt: skip
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        os.utime(folder / name, (1740000000, 1740000000))  # 2025-02-20: before the contract's end
    when = "2025-06-11T20:00:00Z"  # the twelfth in Seoul
    for command in (["init", "-q"], ["add", "seed.csv"], ["commit", "-q", "-m", "seed"], ["rm", "-q", "seed.csv"]):
        subprocess.run(
            ["git", "-c", "user.name=dev", "-c", "user.email=dev@labs.example", *command],
            cwd=folder / "office/repo",
            env={
                **os.environ,
                "GIT_AUTHOR_DATE": when,
                "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
                "HOME": str(folder),
            },
            check=True,
        )
    (folder / "engagement.yaml").write_text(FILE, encoding="utf-8")
    done = run_here("audit", "engagement.yaml", "--output", "out", "--quiet", cwd=folder)
    assert done.returncode == 1, done.stderr
    return folder, json.loads((folder / "out/report.json").read_text("utf-8"))


def findings(report: dict[str, Any], rule: str) -> list[dict[str, Any]]:
    return [finding for finding in report["findings"] if finding["rule"] == rule]


def policy(report: dict[str, Any], rule: str) -> dict[str, Any]:
    return next(policy for policy in report["policies"] if policy["rule"] == rule)


def asset(report: dict[str, Any], end: str) -> dict[str, Any]:
    (found,) = (seen for seen in report["data"] if end in seen["path"])
    return found


def test_rows_and_commits_date_the_data_better_than_files(audited: tuple[Path, dict[str, Any]]) -> None:
    _, report = audited
    members = asset(report, "office/members.csv")
    assert (members["rows_from"], members["rows_to"]) == ("2025-05-01", "2025-05-28")
    committed = asset(report, "seed.csv (commit")
    assert (committed["modified"], committed["modified_from"]) == ("2025-06-11T20:00:00Z", "commit")
    young = {
        (f["path"].rsplit("/", 1)[-1].split(" ")[0], f["entity"]): f
        for f in findings(report, "younger-than-contract-end")
    }
    assert {path for path, _ in young} == {"members.csv", "seed.csv"}
    rows = young["members.csv", "KR_CI"]
    assert (rows["days"], rows["since"], rows["level"]) == (57, "2025-05-28", "high")  # from 2025-04-01
    assert "by the rows' own dates" in rows["message"]["en"]
    commit = young["seed.csv", "KR_CI"]
    assert (commit["days"], commit["since"]) == (72, "2025-06-12")
    assert "author date" in commit["message"]["en"]


def test_no_birth_date_dates_a_row(audited: tuple[Path, dict[str, Any]]) -> None:
    folder, report = audited
    assert asset(report, "accounts.csv")["rows_from"] is None
    written = b"".join(path.read_bytes() for path in (folder / "out").iterdir())
    for person in people(COUNT):
        assert person.birth.encode() not in written
        assert person.ci.encode() not in written


def test_an_exception_allows_what_it_covers_and_an_expired_one_does_not(audited: tuple[Path, dict[str, Any]]) -> None:
    _, report = audited
    kept = [f for f in findings(report, "retained-after-contract") if "legal/kept.csv" in f["path"]]
    assert {finding["entity"] for finding in kept} == {"NICKNAME"}
    assert "민법 제162조 ended on 2025-05-01" in kept[0]["message"]["en"]
    assert any("상법 제33조" in message["ko"] for message in policy(report, "retained-after-contract")["messages"])
    assert [(e["basis"], e["live"]) for e in report["engagement"]["exceptions"]] == [
        ("상법 제33조", True),
        ("민법 제162조", False),
    ]


def test_the_other_terms_are_judged(audited: tuple[Path, dict[str, Any]]) -> None:
    _, report = audited
    (copy,) = findings(report, "sub-vendor-copies")
    assert copy["target"] == "hosting"
    assert "no consent" in copy["message"]["en"]
    assert "제9조" in copy["message"]["ko"]
    (abroad,) = findings(report, "outside-residency")
    assert (abroad["target"], abroad["count"]) == ("hosting", 9)
    (many,) = findings(report, "more-people-than-sent")
    assert (many["count"], many["level"]) == (COUNT, "high")
    passwords = findings(report, "passwords-not-one-way")
    assert [f["path"].rsplit("/", 1)[-1] for f in passwords] == ["accounts.csv"]
    assert policy(report, "ci-receipt-not-recorded")["status"] == "pass"
    assert policy(report, "outside-agreement")["status"] == "not-applicable"


def test_the_report_shows_the_terms_in_both_languages(audited: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = audited
    for language, words in {
        "en": ("Exceptions by law", "ended on 1 May 2025", "no consent on record", "rows dated", "Example CISO"),
        "ko": (
            "법정 보존 예외",
            "2025년 5월 1일 종료",
            "재위탁 동의 기록 없음",
            "행 기록 일시",
            "members_20240910.csv",
        ),
    }.items():
        page = (folder / f"out/report.{language}.html").read_text("utf-8")
        assert [word for word in words if word not in page] == []
