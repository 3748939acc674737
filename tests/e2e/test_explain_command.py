"""`auditor explain` as a user runs it: exit codes, help, the register, and the canary: no value in any output."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from commands import run_here
from test_canary import canaries, encodings

from auditor.commands._explained import as_json, as_text
from auditor.explain import Target, explain
from auditor.rulecommands import load

pytestmark = pytest.mark.e2e


def auditor(*words: str | Path) -> subprocess.CompletedProcess[bytes]:
    return run_here(*words)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    place = tmp_path_factory.mktemp("explain")
    c = canaries()
    found = {name: place / name for name in ("members.csv", "noheader.csv", "api.log", "users.json", "dump.sql")}
    found["members.csv"].write_text(
        f"닉네임,연계정보,주민등록번호,휴대폰번호,이메일,성명,비고\n{c['nickname']},{c['ci']},{c['rrn']},{c['phone']},{c['email']},{c['name']},{c['name']}\n",
        encoding="cp949",
    )
    found["noheader.csv"].write_text(
        "".join(f"{c['name']},{c['phone']},{c['ci']}\n" for _ in range(6)), encoding="utf-8"
    )
    found["api.log"].write_text(
        f"{c['name']}: {c['phone']} {c['nickname']} {c['email']}\nx={c['ci']} 주민번호 {c['rrn']}\n"
        f"AWS_ACCESS_KEY_ID={c['aws']} DATABASE_URL=postgres://app:{c['password']}@db.internal/app\n{c['name']}={c['rrn']}1\n"
    )
    found["users.json"].write_text(
        json.dumps(
            {c["name"]: {c["email"]: {"ci": c["ci"]}, c["phone"]: c["rrn"]}, "note": f"{c['name']} {c['rrn']}"},
            ensure_ascii=False,
        )
    )
    found["dump.sql"].write_text(
        f"CREATE TABLE `{c['name']}` (`nick_nm` varchar(20), `ci` varchar(88));\nINSERT INTO `{c['name']}` VALUES ('{c['nickname']}','{c['ci']}');\n"
    )
    return found


def test_no_output_repeats_a_value(files: dict[str, Path]) -> None:
    places = [str(path) for path in files.values()]
    places += [f"{files['members.csv']}:1", f"{files['members.csv']}:2", f"{files['noheader.csv']}:3", f"{files['users.json']}:1"]  # fmt: skip
    places += [f"{files['dump.sql']}:{line}" for line in (1, 2)] + [
        f"{files['api.log']}:{line}" for line in (1, 2, 3, 4)
    ]
    ruleset = load()
    told = ""
    for place in places:
        explanation = explain(ruleset, Target.parse(place))
        for text in (as_text(explanation), as_json(explanation), repr(explanation)):
            told += text
            hits = [kind for kind, value in canaries().items() for form in encodings(value) if form in text.encode()]
            assert hits == [], place
    assert "KR_CI" in told
    assert "TAKEN" in told


def test_nor_does_the_command(files: dict[str, Path]) -> None:
    for words in ((f"{files['api.log']}:2",), (files["noheader.csv"], "--json")):
        done = auditor("explain", *words)
        assert done.returncode == 0, done.stderr
        hits = [k for k, v in canaries().items() for form in encodings(v) if form in done.stdout + done.stderr]
        assert hits == []


def test_exit_codes_and_help(files: dict[str, Path]) -> None:
    done = auditor("explain", f"{files['api.log']}:99")
    assert (done.returncode, b"has only 4 lines" in done.stderr) == (2, True)
    done = auditor("explain", "nowhere.csv:3")
    assert (done.returncode, b"no such file" in done.stderr) == (2, True)
    help = auditor("explain", "--help").stdout.decode()
    assert "examples:" in help
    assert "0  explained" in help


def test_it_says_whether_a_value_is_the_banks(files: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "k").write_text("key of the bank, 32 bytes or more")
    (tmp_path / "customers.csv").write_text(f"ci,no\n{canaries()['ci']},C-1\n")
    words = (
        "register",
        "build",
        tmp_path / "customers.csv",
        "--map",
        "ci=ci",
        "--key-file",
        tmp_path / "k",
        "--output",
        tmp_path / "r",
    )
    done = auditor(*words)
    assert done.returncode == 0, done.stderr
    done = auditor(
        "explain", f"{files['members.csv']}:2", "--register", tmp_path / "r", "--key-file", tmp_path / "k", "--json"
    )
    assert done.returncode == 0, done.stderr
    (place,) = json.loads(done.stdout)["places"]
    assert [
        one["register"] for one in place["considered"] if one["entity"] == "KR_CI" and one["outcome"] == "taken"
    ] == ["yes"]


def test_what_cannot_be_read_is_not_called_explained(tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04" + bytes(40))
    done = auditor("explain", tmp_path / "cut.zip")
    assert (done.returncode, b"could be read (" in done.stderr) == (3, True)
    assert b"not examined" in done.stdout


def test_a_row_of_a_table_in_text_is_told_as_one(tmp_path: Path) -> None:
    c = canaries()
    (tmp_path / "notes.txt").write_text(f"| 별명 | 연락처 |\n|---|---|\n| {c['nickname']} | {c['phone']} |\n")
    done = auditor("explain", f"{tmp_path / 'notes.txt'}:3")
    told = done.stdout.decode()
    assert "row 1 of table" in told
    assert "TAKEN      NICKNAME" in told and "TAKEN      PHONE_NUMBER" in told
    assert "what stands around it in the file decided otherwise" not in told, "not once more, as text"
