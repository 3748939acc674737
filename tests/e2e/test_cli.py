"""The command as a user meets it: help, exit codes, errors that say what to do."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import struct
import subprocess
import sys
import tarfile
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from commands import REPO, run, run_here, text

from testbed.people import people as make_people

COMMANDS = [
    "audit",
    "gate",
    "doctor",
    "init",
    "explain",
    "rules",
    "lookup",
    "fingerprint",
    "register",
    "affected",
    "diff",
]

pytestmark = pytest.mark.e2e


def auditor(*words: str | Path, input: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return text(run_here(*words, cwd=cwd, input=input.encode()))


def process(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return text(run(*words))


def write_customers(path: Path, number: int = 30, seed: int = 3) -> list[str]:
    """A CSV of made-up customers; their CIs."""
    people = list(make_people(number, seed))
    rows = ["닉네임,연계정보", *(f'"{person.nickname}",{person.ci}' for person in people)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return [person.ci for person in people]


def test_help_names_every_command_and_the_exit_codes() -> None:
    done = process("--help")
    assert done.returncode == 0
    for word in [*COMMANDS, "exit codes", "examples"]:
        assert word in done.stdout
    assert process().returncode == 2
    assert process("nonsense").returncode == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_each_commands_help_has_examples_and_exit_codes(command: str) -> None:
    done = auditor(command, "--help")
    assert done.returncode == 0
    assert f"auditor {command}" in done.stdout
    assert "examples:" in done.stdout
    assert "exit codes:" in done.stdout


def test_the_readme_shows_only_options_that_exist() -> None:
    pages = ("README.md", "docs/fingerprints.md", "docs/register.md")
    readme = "".join((REPO / page).read_text("utf-8") for page in pages)
    for command, rest in re.findall(r"^\$ auditor (\w+)(.*)$", readme, re.M):
        help = auditor(command, "--help").stdout
        for option in re.findall(r"--[a-z-]+", rest):
            assert option in help, f"{command} has no {option}"


def test_gate_clean_and_complete(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("print('hello')\n")
    done = process("gate", tmp_path)
    assert done.returncode == 0, done.stderr
    assert "NO PERSONAL DATA FOUND" in done.stdout
    assert "Everything in scope was examined" in done.stdout
    assert sorted(p.name for p in tmp_path.iterdir()) == ["main.py"]


def test_gate_finds_and_names_the_place_without_the_value(tmp_path: Path) -> None:
    values = write_customers(tmp_path / "customers.csv")
    done = process("gate", tmp_path)
    assert done.returncode == 1
    assert "customers.csv" in done.stdout
    assert "connecting information (CI)" in done.stdout
    assert not [value for value in values if value in done.stdout + done.stderr]


def test_gate_looks_into_archives(tmp_path: Path) -> None:
    write_customers(tmp_path / "customers.csv")
    inner = io.BytesIO()
    with tarfile.open(fileobj=inner, mode="w:gz") as tar:
        tar.add(tmp_path / "customers.csv", "inner/customers.csv")
    with tarfile.open(tmp_path / "delivery.tar.gz", "w:gz") as tar:
        info = tarfile.TarInfo("nested.tar.gz")
        info.size = len(inner.getvalue())
        tar.addfile(info, io.BytesIO(inner.getvalue()))
    (tmp_path / "customers.csv").unlink()
    done = auditor("gate", tmp_path / "delivery.tar.gz")
    assert done.returncode == 1
    assert "delivery.tar.gz!/nested.tar.gz!/" in done.stdout
    assert "inner/customers.csv" in done.stdout


def _picture() -> bytes:
    """A PNG of 200 by 200 black pixels."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 200, 200, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(201 * 200))),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_gate_is_incomplete_rather_than_clean(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(_picture())
    done = auditor("gate", tmp_path)
    assert done.returncode == 3
    assert "UNSUPPORTED_FILE_TYPE" in done.stdout
    assert "\nINCOMPLETE" in done.stdout
    accepted = auditor("gate", tmp_path, "--accept-gap", "UNSUPPORTED_FILE_TYPE")
    assert accepted.returncode == 0
    assert "UNSUPPORTED_FILE_TYPE" in accepted.stdout


def test_an_accepted_gap_passes_no_policy(tmp_path: Path) -> None:
    """It keeps the exit code at 0, and says nothing of what was not examined."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "photo.png").write_bytes(_picture())
    done = auditor("gate", tmp_path / "in", "--accept-gap", "UNSUPPORTED_FILE_TYPE", "--output", tmp_path / "out")
    assert done.returncode == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert {policy["status"] for policy in report["policies"]} <= {"not-checked", "not-applicable"}


def test_threshold(tmp_path: Path) -> None:
    rows = [f"{name},{number}" for number, name in enumerate(["파란하늘", "달빛고래", "zi존사탕", "moonrabbit"])]
    (tmp_path / "notes.csv").write_text("\n".join(["닉네임,등급", *rows]), encoding="utf-8")
    assert auditor("gate", tmp_path, "--fail-on", "low").returncode == 1
    assert auditor("gate", tmp_path, "--fail-on", "critical").returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gate", "no-such-folder"], "no such file or folder"),
        (["gate", ".", "--accept-gap", "NONSENSE"], "one of: ARCHIVE_"),
        (["gate", ".", "--profile", "none"], "one of: "),
        (["gate", ".", "--key-file", "none"], "head -c 32"),
        (["gate", ".", "--matches", "no/such/folder/m.jsonl"], "cannot be written"),
        (["audit", "none.yaml"], "none.yaml"),
        (["doctor", "none.yaml"], "none.yaml"),
        (["lookup", "nowhere", "--entity", "KR_CI", "--key-file", "k"], "no such store"),
        (["fingerprint", "--entity", "NOPE", "--key-file", "k"], "one of: "),
    ],
)
def test_bad_input_is_exit_code_2_and_says_what_to_do(tmp_path: Path, words: list[str], said: str) -> None:
    (tmp_path / "k").write_text("0" * 32)
    done = auditor(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_five_mistakes_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "engagement.yaml"
    file.write_text(
        "engagement: x\n"
        "entrusting: {name: Bank, contry: KR}\n"
        "vendor: {name: Labs}\n"
        "contract: {signed: 2024-13-01, ends: 2025-03-31, destroy_within: soon}\n"
        "targets:\n"
        "  - {name: a, ssh: {host: h, port: many, paths: [/]}}\n"
        "destruction: {declared: 2025-04-03, scope: [b]}\n",
        encoding="utf-8",
    )
    done = auditor("audit", file)
    assert done.returncode == 2
    for line, word in [(2, "contry"), (4, "signed"), (4, "destroy_within"), (6, "port"), (7, "b")]:
        assert re.search(rf"engagement\.yaml:{line}:\d+: .*{word}", done.stderr), (line, word, done.stderr)


def test_init_writes_what_audit_accepts(tmp_path: Path) -> None:
    done = auditor("init", "nft.yaml", cwd=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "nft.key").stat().st_mode & 0o777 == 0o600
    again = auditor("init", "nft.yaml", cwd=tmp_path)
    assert again.returncode == 2
    assert "exists already" in again.stderr
    doctor = auditor("doctor", "nft.yaml", cwd=tmp_path)
    assert doctor.returncode == 3  # the example's hosts do not exist: said for each, not a traceback
    assert "FAIL" in doctor.stdout
    assert "Traceback" not in doctor.stderr


def test_matches_lookup_and_fingerprint_agree(tmp_path: Path) -> None:
    values = write_customers(tmp_path / "customers.csv")
    (tmp_path / "k").write_text("k" * 32)
    done = auditor("gate", "customers.csv", "--key-file", "k", "--matches", "m.jsonl", "--output", "out", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    matches = [json.loads(line) for line in (tmp_path / "m.jsonl").read_text("utf-8").splitlines()]
    cis = {m["fingerprint"] for m in matches if m["entity"] == "KR_CI"}
    asked = "\n".join(values) + "\n"
    printed = auditor("fingerprint", "--entity", "KR_CI", "--key-file", "k", input=asked, cwd=tmp_path).stdout.split()
    assert set(printed) == cis
    assert len(printed) == len(values)
    stranger = next(iter(make_people(1, 99))).ci
    looked = auditor(
        "lookup", "out", "--entity", "KR_CI", "--key-file", "k", input=f"{values[4]}\n{stranger}\n", cwd=tmp_path
    )
    assert looked.returncode == 1
    assert re.search(r"^1\tfound\t.*\n\tdelivery: customers\.csv\t.*line 6", looked.stdout, re.M)
    assert re.search(r"^2\tabsent\t", looked.stdout, re.M)
    strange = auditor(
        "lookup", "out", "--entity", "KR_CI", "--key-file", "k", input=f"{stranger}\nno such thing\n", cwd=tmp_path
    )
    assert (strange.returncode, "no value of KR_CI (2)" in strange.stderr) == (2, True)
    assert re.search(r"^1\tabsent\t.*\n2\tnot-a-value\t", strange.stdout, re.M)
    (tmp_path / "other").write_text("o" * 32)
    wrong = auditor("lookup", "out", "--entity", "KR_CI", "--key-file", "other", input=asked, cwd=tmp_path)
    assert wrong.returncode == 2
    assert "not the one the run was made with" in wrong.stderr


def test_a_one_time_key_cannot_be_asked(tmp_path: Path) -> None:
    values = write_customers(tmp_path / "customers.csv")
    auditor("gate", "customers.csv", "--output", "out", cwd=tmp_path)
    (tmp_path / "k").write_text("k" * 32)
    done = auditor("lookup", "out", "--entity", "KR_CI", "--key-file", "k", input=values[0], cwd=tmp_path)
    assert done.returncode == 2
    assert "one-time key" in done.stderr


def test_a_second_run_says_unchanged_new_and_gone(tmp_path: Path) -> None:
    place = tmp_path / "d"
    place.mkdir()
    write_customers(place / "a.csv", seed=1)
    write_customers(place / "b.csv", seed=2)
    auditor("gate", place, "--output", tmp_path / "out")
    (place / "a.csv").unlink()
    write_customers(place / "c.csv", seed=3)
    auditor("gate", place, "--output", tmp_path / "out")
    report = json.loads((tmp_path / "out/report.json").read_text("utf-8"))
    changes = {(Path(f["path"]).name, f["change"]) for f in report["findings"]}
    assert changes >= {("b.csv", "unchanged"), ("c.csv", "new")}
    assert {(Path(f["path"]).name, f["change"]) for f in report["gone"]} == {("a.csv", "gone")}


def test_ctrl_c_leaves_a_report_that_says_incomplete(tmp_path: Path) -> None:
    place = tmp_path / "d"
    place.mkdir()
    write_customers(place / "a.csv")
    os.mkfifo(tmp_path / "unused")
    for number in range(400):
        (place / f"b{number:03}.log").write_text("2026-01-01 a plain line of a log\n" * 30_000)
    command = [sys.executable, "-m", "auditor", "gate", str(place), "--output", str(tmp_path / "out")]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(REPO)}
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "out/audit.sqlite-wal").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode in (1, 3), err
    report = json.loads((tmp_path / "out/report.json").read_text("utf-8"))
    assert report["run"]["interrupted"] is True
    assert {gap["code"] for gap in report["gaps"]} == {"INTERRUPTED"}
    assert "Traceback" not in err


def test_progress_is_plain_lines_in_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x\n")
    done = process("gate", tmp_path)
    assert "1 files" in done.stderr
    assert "\x1b" not in done.stderr + done.stdout
    assert process("gate", tmp_path, "--quiet").stderr == ""


def test_limits_are_set_by_option_and_told_when_they_are_none(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", "x" * 5_000)
    assert auditor("gate", tmp_path).returncode == 0
    for limit, code in (
        ("expanded_bytes=1KB", "ARCHIVE_TOTAL_BYTES_EXTRACTED_OVER_LIMIT"),
        ("members=2", "ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT"),
    ):
        done = auditor("gate", tmp_path, "--limit", limit)
        assert (done.returncode, code in done.stdout) == (3, True)
    for wrong in ("members", "members=-1", "members=2GB", "memory=1", "spool_bytes=9xB"):
        done = auditor("gate", tmp_path, "--limit", wrong)
        assert done.returncode == 2
        assert "NAME=VALUE" in done.stderr
