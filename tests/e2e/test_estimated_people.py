"""An audit of more identifiers than may be kept: whatever says how many people there are calls it an estimate."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run_here

from testbed.people import people

pytestmark = pytest.mark.e2e

HELD, OURS = people(1500, seed=73), 40


def test_estimated_people_are_never_said_to_be_counted(tmp_path: Path) -> None:
    (tmp_path / "bank.key").write_text("a bank's key of more than enough bytes")
    (tmp_path / "customers.csv").write_text("\n".join(["ci", *(person.ci for person in HELD[:OURS])]) + "\n")
    built = run_here("register", "build", "customers.csv", "--map", "ci=ci", "--key-file", "bank.key", "--output", "register.bin", cwd=tmp_path)  # fmt: skip
    assert built.returncode == 0, built.stderr
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/export.csv").write_text("\n".join(["ci", *(person.ci for person in HELD)]) + "\n")
    (tmp_path / "engagement.yaml").write_text(
        "engagement: nft\nentrusting: {name: Example Bank}\nvendor: {name: Example Labs}\n"
        "contract: {signed: 2024-09-01, ends: 2099-03-31}\ndata_sent: [{sent: 2024-09-10, entities: [KR_CI], subjects: 1000}]\n"
        "targets:\n  - {name: handover, local: {paths: [./kept]}}\n"
        "key_file: bank.key\nregister: {file: register.bin}\nbudgets: {people_bytes: 1KiB}\n"
    )
    command = ("audit", "engagement.yaml", "--output", "out", "--quiet", "--profile", "scheduled", "--workers", "1")
    done = run_here(*command, cwd=tmp_path)
    assert done.returncode == 1, done.stderr.decode()
    report = json.loads((tmp_path / "out/report.json").read_text("utf-8"))
    assert report["summary"]["people_estimate"]
    (finding,) = [finding for finding in report["findings"] if finding["rule"] == "more-people-than-sent"]
    assert "About 1,500 people (estimated" in finding["message"]["en"]
    register = report["register"]
    assert [register[key] for key in ("people_compared", "people_matched", "compared", "matched", "matched_customers")] == [0, 0, 1500, OURS, OURS]  # fmt: skip
    assert "40 of 1,500 values compared are in the bank's register of customers." in done.stdout.decode()
