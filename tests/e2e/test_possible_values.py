"""Values with an identifier's shape that nothing else speaks for: never called found, never called clean."""

from __future__ import annotations

import base64
import json
import random
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from commands import run_here, text

pytestmark = pytest.mark.e2e


def shapes(number: int, seed: int = 4) -> list[str]:
    chance = random.Random(seed)
    return [base64.b64encode(chance.randbytes(64)).decode() for _ in range(number)]


def gate(folder: Path, *words: str | Path) -> tuple[subprocess.CompletedProcess[str], dict[str, object]]:
    out = folder.parent / "out"
    done = text(run_here("gate", folder, "--output", out, "--quiet", *words))
    return done, json.loads((out / "report.json").read_text("utf-8"))["summary"]


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    folder = tmp_path / "delivery"
    folder.mkdir()
    return folder


def test_records_without_a_name_stop_a_delivery(delivery: Path) -> None:
    lines = "".join(f"member {number}\n   {value}\n" for number, value in enumerate(shapes(12)))
    (delivery / "export.txt").write_text(lines)
    done, summary = gate(delivery)
    assert (done.returncode, summary["verdict"], summary["people"]) == (1, "possible", 0)
    assert [(e["entity"], e["matches"], e["assets"]) for e in summary["possible"]] == [("KR_CI", 12, 1)]
    assert summary["entities"] == []
    assert "POSSIBLE PERSONAL DATA: TO BE DECIDED" in done.stdout
    assert "export.txt:2: medium: 12 distinct values" in done.stdout
    for value in shapes(12):
        assert value not in done.stdout


def test_a_constant_of_a_program_is_told_and_stops_nothing(delivery: Path) -> None:
    (delivery / "box.py").write_text(f'SEALED = "{shapes(1)[0]}"\n')
    done, summary = gate(delivery)
    assert (done.returncode, summary["verdict"], summary["findings"]) == (0, "possible", 1)
    assert "NO PERSONAL DATA FOUND" not in done.stdout


def test_what_says_what_it_is_is_not_undecided(delivery: Path) -> None:
    named, salts = shapes(12), shapes(24, seed=5)
    (delivery / "named.csv").write_text("ci\n" + "\n".join(named) + "\n")
    rows = "\n".join(f"user{at},{salts[at]},{salts[at + 12]}" for at in range(12))
    (delivery / "salts.csv").write_text(f"login,salt,password_hash\n{rows}\n")
    (delivery / "package-lock.json").write_text(
        json.dumps({"packages": {f"p{at}": {"integrity": f"sha512-{value}"} for at, value in enumerate(salts)}})
    )
    _, summary = gate(delivery)
    assert (summary["verdict"], summary["possible"]) == ("found", [])


def test_the_same_value_under_its_name_elsewhere_decides(delivery: Path) -> None:
    values = shapes(12)
    (delivery / "export.txt").write_text("".join(f"member\n   {value}\n" for value in values))
    (delivery / "named.csv").write_text("ci\n" + "\n".join(values) + "\n")
    _, summary = gate(delivery)
    assert summary["possible"] == []
    assert [(e["entity"], e["assets"]) for e in summary["entities"]] == [("KR_CI", 2)]


def test_a_bank_decides_before_anything_runs(delivery: Path) -> None:
    (delivery / "export.txt").write_text("".join(f"member\n   {value}\n" for value in shapes(12)))
    engagement = delivery.parent / "e.yaml"
    lines = [
        "engagement: nft", "entrusting: {name: Bank}", "vendor: {name: Labs}", "contract: {signed: 2024-09-01, ends: 2025-03-31}",
        "destruction: {declared: 2025-04-10}", "targets: [{name: handover, local: {paths: [delivery]}}]", "waivers: w.yaml",
    ]  # fmt: skip
    engagement.write_text("\n".join(lines) + "\n")
    waivers = delivery.parent / "w.yaml"
    waivers.write_text("waivers: []\n")
    output = delivery.parent / "audit-output/nft"

    done = text(run_here("audit", engagement, "--quiet", cwd=delivery.parent))
    assert done.returncode == 1
    assert "Not everything could be examined" not in done.stdout
    respond = text(run_here("respond", output, cwd=delivery.parent))
    assert "nothing to respond to" in respond.stdout + respond.stderr
    certificate = text(run_here("certificate", output, cwd=delivery.parent))
    assert (
        "1 item holds values that may be identifiers: declared, not verified" in certificate.stdout + certificate.stderr
    )

    today = datetime.now(UTC).date()
    waivers.write_text(
        "waivers:\n  - {id: W-1, rule: possible-identifiers, owner: o@bank.example, reason: their order signatures,"
        f" granted: {today - timedelta(days=1)}, expires: {today + timedelta(days=9)}}}\n"
    )
    done = text(run_here("audit", engagement, "--quiet", cwd=delivery.parent))
    summary = json.loads((output / "report.json").read_text("utf-8"))
    assert (done.returncode, summary["summary"]["verdict"], summary["certificate"]) == (0, "accepted", "declared")


def test_a_profile_without_a_policy_for_them_says_that_nobody_judged_them(delivery: Path, tmp_path: Path) -> None:
    (delivery / "export.txt").write_text("".join(f"member\n   {value}\n" for value in shapes(12)))
    (tmp_path / "rules/profiles").mkdir(parents=True)
    (tmp_path / "rules/profiles/own.yaml").write_text(
        "id: own\ntitle: {en: Own, ko: 자체}\nfail_on: medium\npolicies: [identifiers-in-delivery]\n"
    )
    done, summary = gate(delivery, "--rules", tmp_path / "rules", "--profile", "own")
    assert (done.returncode, summary["verdict"], summary["findings"]) == (3, "possible", 0)
