"""Profiles, waivers, baselines and differences as a user meets them."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from commands import run_here, text
from test_cli import write_customers

pytestmark = pytest.mark.e2e


def auditor(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return text(run_here(*words, cwd=cwd))


RULES = (
    "retained-after-contract",
    "personal-data-in-test-data",
    "unprotected-identifiers",
    "world-readable-personal-data",
)


def engagement(folder: Path, *more: str) -> Path:
    (folder / "srv/tests").mkdir(parents=True)
    write_customers(folder / "srv/tests/users.csv", 25)
    file = folder / "e.yaml"
    lines = [
        "engagement: nft", "entrusting: {name: Bank}", "vendor: {name: Labs}", "contract: {signed: 2024-09-01, ends: 2025-03-31}",
        "targets: [{name: handover, local: {paths: [srv]}}]", *more,
    ]  # fmt: skip
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def waivers(folder: Path, days: int) -> Path:
    """A waiver of every policy that can be waived, which end in so many days."""
    today = datetime.now(UTC).date()
    granted, expires = today - timedelta(days=30), today + timedelta(days=days)
    rules = RULES
    entries = [
        f"  - {{id: W-{n}, rule: {rule}, owner: o@bank.example, reason: synthetic, granted: {granted}, expires: {expires}}}"
        for n, rule in enumerate(rules)
    ]
    file = folder / "w.yaml"
    file.write_text("waivers:\n" + "\n".join(entries) + "\n", "utf-8")
    return file


def report(folder: Path) -> dict[str, object]:
    return json.loads((folder / "audit-output/nft/report.json").read_text("utf-8"))  # type: ignore[no-any-return]


def test_a_waiver_in_force_changes_the_exit_code_and_an_expired_one_does_not(tmp_path: Path) -> None:
    file = engagement(tmp_path, "waivers: w.yaml")
    (tmp_path / "own/profiles").mkdir(parents=True)
    profile = f"id: few\ntitle: {{en: Few, ko: 일부}}\nfail_on: medium\npolicies: [{', '.join(RULES)}]\n"
    (tmp_path / "own/profiles/few.yaml").write_text(profile, "utf-8")
    words = ("audit", file, "--quiet", "--rules", "own", "--profile", "few")
    waivers(tmp_path, 30)
    done = auditor(*words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("ONLY ACCEPTED FINDINGS")
    first = report(tmp_path)
    assert first["findings"] == []
    held = len(first["suppressed"])  # type: ignore[arg-type]
    assert held > 3
    waivers(tmp_path, -2)
    done = auditor(*words, cwd=tmp_path)
    assert done.returncode == 1
    assert " waivers have expired" in done.stdout
    second = report(tmp_path)
    assert len(second["findings"]) == held  # type: ignore[arg-type]
    assert {finding["change"] for finding in second["findings"]} == {"unchanged"}  # type: ignore[attr-defined]
    assert {entry["state"] for entry in second["course"]["waivers"]["entries"]} == {"expired"}  # type: ignore[index]
    page = (tmp_path / "audit-output/nft/report.ko.html").read_text("utf-8")
    assert 'id="accepted"' in page
    assert 'id="trend"' in page


def test_bad_waivers_stop_the_audit_before_it_reads(tmp_path: Path) -> None:
    file = engagement(tmp_path)
    waivers(tmp_path, 400)
    done = auditor("audit", file, "--quiet", "--waivers", "w.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert "w.yaml:2:" in done.stderr
    assert "is the longest" in done.stderr
    assert not (tmp_path / "audit-output").exists()
    file.write_text(file.read_text("utf-8") + "waivers: w.yaml\n", "utf-8")
    done = auditor("doctor", file, cwd=tmp_path)
    assert (done.returncode, "is the longest" in done.stderr) == (2, True)
    waivers(tmp_path, 30)
    assert "ok    waivers" in auditor("doctor", file, cwd=tmp_path).stdout


def test_a_baseline_moves_with_the_checkout_and_fails_on_what_is_new(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    write_customers(tmp_path / "one/a.csv", 12)
    write_customers(tmp_path / "one/b.csv", 12, seed=5)
    done = auditor("gate", "one", "--quiet", "--write-baseline", "base.json", cwd=tmp_path)
    assert done.returncode == 1, "writing it changes nothing of this run"
    shutil.move(tmp_path / "one", tmp_path / "elsewhere")
    for place, cwd in ((".", tmp_path / "elsewhere"), (tmp_path / "elsewhere", tmp_path)):
        done = auditor(
            "gate", place, "--quiet", "--baseline", tmp_path / "base.json", "--sarif", tmp_path / "s.sarif", cwd=cwd
        )
        assert done.returncode == 0, done.stdout
        results = json.loads((tmp_path / "s.sarif").read_text("utf-8"))["runs"][0]["results"]
        assert {result["baselineState"] for result in results} == {"unchanged"}
        assert all(result["suppressions"] for result in results)
    write_customers(tmp_path / "elsewhere/a.csv", 13)
    done = auditor("gate", "elsewhere", "--quiet", "--baseline", "base.json", cwd=tmp_path)
    assert done.returncode == 1
    assert "elsewhere/a.csv" in done.stdout
    assert "grew; 12 distinct values were known" in done.stdout
    assert "elsewhere/b.csv:" not in done.stdout
    done = auditor(
        "gate", "elsewhere", "--quiet", "--baseline", "base.json", "--write-baseline", "base.json", cwd=tmp_path
    )
    assert done.returncode == 1
    assert auditor("gate", "elsewhere", "--quiet", "--baseline", "base.json", cwd=tmp_path).returncode == 0


def test_what_a_waiver_covers_is_not_written_into_a_baseline(tmp_path: Path) -> None:
    """It would be accepted for ever."""
    (tmp_path / "d").mkdir()
    write_customers(tmp_path / "d/a.csv", 12)
    today = datetime.now(UTC).date()
    entry = f"{{id: W, rule: identifiers-in-delivery, path: a.csv, owner: o, reason: r, granted: {today - timedelta(days=1)}, expires: {today + timedelta(days=1)}}}"
    (tmp_path / "w.yaml").write_text(f"waivers: [{entry}]\n", "utf-8")
    auditor("gate", "d", "--quiet", "--waivers", "w.yaml", "--write-baseline", "b.json", cwd=tmp_path)
    rules = {entry["rule"] for entry in json.loads((tmp_path / "b.json").read_text("utf-8"))["findings"]}
    assert rules == {"contact-data-in-delivery"}


def test_due_diligence_is_a_sample_that_clears_nobody(tmp_path: Path) -> None:
    (tmp_path / "srv").mkdir()
    for number in range(30):
        (tmp_path / f"srv/{number}.csv").write_text("colour,size\nred,4\n", "utf-8")
    file = tmp_path / "e.yaml"
    file.write_text(
        "engagement: nft\nentrusting: {name: Bank}\nvendor: {name: Labs}\ncontract: {ends: 2099-03-31}\n"
        "targets: [{name: handover, local: {paths: [srv]}}]\n",
        "utf-8",
    )
    done = auditor("audit", file, "--profile", "due-diligence", "--quiet", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stdout.startswith("SAMPLE ONLY: NO CONCLUSION FOR THE REST")
    assert "10 of 30 listed files and objects were left out" in done.stdout
    told = report(tmp_path)
    assert told["summary"]["verdict"] == "sampled"  # type: ignore[index]
    assert told["coverage"][0]["assets"] == 30  # type: ignore[index]
    assert told["coverage"][0]["examined"] == 20  # type: ignore[index]
    card = told["course"]["scorecard"]  # type: ignore[index]
    assert {row["answer"] for row in card["rows"]} <= {"unknown", "ask", "not-applicable"}
    assert 'id="scorecard"' in (tmp_path / "audit-output/nft/report.en.html").read_text("utf-8")
    refused = auditor("audit", file, "--profile", "due-diligence", "--accept-gap", "NOT_SAMPLED", cwd=tmp_path)
    assert refused.returncode == 2
    assert "a sample is never complete" in refused.stderr


def test_diff_of_runs_folders_and_reports(tmp_path: Path) -> None:
    file = engagement(tmp_path)
    auditor("audit", file, "--quiet", cwd=tmp_path)
    shutil.copy(tmp_path / "audit-output/nft/report.json", tmp_path / "first.json")
    write_customers(tmp_path / "srv/more.csv", 12)
    auditor("audit", file, "--quiet", cwd=tmp_path)
    store = "audit-output/nft"
    done = auditor("diff", f"{store}@1", "@2", cwd=tmp_path)
    assert done.returncode == 1
    assert "New: handover" in done.stdout
    assert "srv/more.csv" in done.stdout
    assert "srv/tests/users.csv" not in done.stdout, "what did not change is only counted"
    assert "srv/tests/users.csv" in auditor("diff", f"{store}@1", "@2", "--all", cwd=tmp_path).stdout
    for old, new, code in (
        ("first.json", store, 1),
        (store, f"{store}/report.json", 0),  # the same run, and the same word for complete
        (f"{store}/report.json", store, 0),
    ):
        assert auditor("diff", old, new, cwd=tmp_path).returncode == code, (old, new)
    assert "(UTC+09:00)" in done.stdout  # the bank's own time
    for old, new in ((f"{store}@2", "@1"), (f"{store}@2", "first.json")):
        turned = auditor("diff", old, new, cwd=tmp_path)
        assert turned.returncode == 2
        assert "name the older run first" in turned.stderr
    told = json.loads(auditor("diff", "first.json", store, "--json", cwd=tmp_path).stdout)
    assert told["alarming"] == told["counts"]["new"] > 0
    file.write_text(file.read_text("utf-8").replace("[srv]", "[srv, gone]"), "utf-8")
    auditor("audit", file, "--quiet", cwd=tmp_path)
    done = auditor("diff", f"{store}@2", "@3", cwd=tmp_path)
    assert (done.returncode, "The newer run is incomplete" in done.stdout) == (3, True)
    assert "신규" in auditor("diff", f"{store}@1", "@2", "--language", "ko", cwd=tmp_path).stdout


def test_diff_says_what_is_wrong_with_its_words(tmp_path: Path) -> None:
    file = engagement(tmp_path)
    auditor("audit", file, "--quiet", cwd=tmp_path)
    auditor("gate", "srv", "--quiet", "--output", "gate", cwd=tmp_path)
    (tmp_path / "no.json").write_text("{}", "utf-8")
    store = "audit-output/nft"
    for words, said in (
        ((store, "gate"), "different engagements"),
        ((store, "@7"), "there is no run 7"),
        (("@1", store), "names a run of the store before it"),
        (("none", store), "no such store"),
        ((store, "no.json"), "no report.json of this tool"),
        ((store, "none.json"), "cannot be read"),
    ):
        done = auditor("diff", *words, cwd=tmp_path)
        assert done.returncode == 2, words
        assert said in done.stderr, words


def test_a_finding_that_comes_back_says_so(tmp_path: Path) -> None:
    file = engagement(tmp_path)
    users = tmp_path / "srv/tests/users.csv"
    kept = users.read_bytes()
    auditor("audit", file, "--quiet", cwd=tmp_path)
    users.write_text("a,b\n1,2\n", "utf-8")
    auditor("audit", file, "--quiet", cwd=tmp_path)
    users.write_bytes(kept)
    done = auditor("audit", file, "--quiet", cwd=tmp_path)
    told = report(tmp_path)
    tracks = [finding["track"] for finding in told["findings"]]  # type: ignore[attr-defined]
    assert tracks
    assert all(track["first_seen"] <= track["reopened"] and track["due"] for track in tracks)
    assert "were gone and are back" in done.stdout
