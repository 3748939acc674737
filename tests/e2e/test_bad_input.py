"""Bad input for detection: rules that are wrong are refused with their line, hostile bytes are scanned or become a gap."""

from __future__ import annotations

import base64
import json
import random
import subprocess
from pathlib import Path

import pytest
from commands import run_here, text

from auditor import rulecommands
from auditor.errors import InputError

RULE = """\
id: example-member
entity: EXAMPLE_MEMBER
title: {en: Member number, ko: 회원번호}
sensitivity: contact
patterns:
  - name: dashed
    regex: 'M-[0-9]{6}'
    score: 0.6
field_names: [member no, 회원번호]
threshold: 0.5
examples:
  match:
    - {text: "member M-123455"}
  not_match:
    - {text: "nothing here"}
"""

pytestmark = pytest.mark.e2e


def auditor(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return text(run_here(*words))


def write_rule(folder: Path, old: str = "", new: str = "") -> Path:
    path = folder / "recognizers/member.yaml"
    path.parent.mkdir(parents=True)
    assert old in RULE
    path.write_text(RULE.replace(old, new, 1) if old else RULE, encoding="utf-8")
    return path


def test_the_rule_is_sound_before_it_is_broken(tmp_path: Path) -> None:
    write_rule(tmp_path)
    assert rulecommands.check((tmp_path,)).ok
    rulecommands.load((tmp_path,), examples=True)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("'M-[0-9]{6}'", "'(M+-?)+[0-9]{6}'", 7, "can take for ever"),
        ("'M-[0-9]{6}'", "'(?:M|[A-Z]+){1,40}x'", 7, "can take for ever"),
        ("'M-[0-9]{6}'", "'M-([0-9]{6}'", 7, "is not a regular expression"),
        ("threshold: 0.5", "validator: luhm", 10, 'there is no validator "luhm"'),
        ("[member no, 회원번호]", "member no", 9, "field_names: text stands where a list is expected"),
        ("[member no, 회원번호]", "{name: member no}", 9, "field_names: a mapping stands where a list is expected"),
        ("[member no, 회원번호]", "[member no, 7]", 9, "a number stands where text is expected"),
        ("[member no, 회원번호]", "true", 9, "true or false stands where a list is expected"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    path = write_rule(tmp_path, old, new)
    with pytest.raises(InputError) as error:
        rulecommands.load((tmp_path,))
    assert {(problem.file, problem.line) for problem in error.value.problems} == {(str(path), line)}, error.value
    assert said in str(error.value)
    assert all(problem.cure for problem in error.value.problems)
    assert any(text.startswith(f"{path}:{line}:") for text in rulecommands.check((tmp_path,)).lines)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("M-123455", "X-123455", 13, "match 1: EXAMPLE_MEMBER found 0 times"),
        ("nothing here", "member M-123455", 15, "not_match 1: EXAMPLE_MEMBER found 1 times"),
    ],
)
def test_an_example_that_fails_is_refused_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    path = write_rule(tmp_path, old, new)
    for answer in (rulecommands.check((tmp_path,)), rulecommands.test((tmp_path,), frozenset({"example-member"}))):
        assert not answer.ok
        assert answer.lines[0].startswith(f"{path}:{line}:7: example-member: {said}")
        assert "123455" not in "\n".join(answer.lines)
    with pytest.raises(InputError) as error:
        rulecommands.load((tmp_path,), examples=True)
    assert [problem.line for problem in error.value.problems] == [line]


def test_no_audit_starts_with_such_a_rule(tmp_path: Path) -> None:
    path = write_rule(tmp_path / "rules", "nothing here", "member M-123455")
    (tmp_path / "a.txt").write_text("hello\n")
    done = auditor("gate", tmp_path / "a.txt", "--rules", tmp_path / "rules")
    assert done.returncode == 2
    assert f"{path}:15:7: example-member: not_match 1" in done.stderr


# --- bytes


def ci(seed: int) -> str:
    return base64.b64encode(random.Random(seed).randbytes(64)).decode()


def gate(place: Path, folder: Path) -> tuple[int, dict[str, set[str]], str]:
    """Exit code, entities by file name, everything said."""
    done = auditor("gate", place, "--matches", folder / "m.jsonl", "--quiet")
    found: dict[str, set[str]] = {}
    for line in (folder / "m.jsonl").read_text().splitlines():
        match = json.loads(line)
        found.setdefault(match["path"].rpartition("/")[2], set()).add(match["entity"])
    assert "Traceback" not in done.stderr
    return done.returncode, found, done.stdout + done.stderr


def test_a_row_of_many_megabytes_is_no_silent_miss(tmp_path: Path) -> None:
    (tmp_path / "blob.csv").write_text(f"ci,blob\n{ci(1)},{'y' * (3 << 20)}\n{ci(2)},z\n")
    code, _, said = gate(tmp_path / "blob.csv", tmp_path)
    assert code in (1, 3)
    assert "a row too long to hold was searched as text" in said


def test_hostile_bytes_are_searched_or_become_a_gap(tmp_path: Path) -> None:
    place = tmp_path / "d"
    place.mkdir()
    noise = random.Random(7).randbytes(2_000_000)
    phone = b"call 010-2345-6781 now\n"
    (place / "noise.dat").write_bytes(noise)
    (place / "noise.txt").write_bytes(noise + b"\n" + phone)
    (place / "text-then-noise.log").write_bytes(phone + noise)
    (place / "invalid.log").write_bytes(b"\xff\xfe\xfd bad \x80\x80\n" * 50 + phone + b"\xc3\x28\xa0\xa1 tail")
    (place / "false-mark.log").write_bytes(b"\xff\xfe" + phone * 9)  # the mark of UTF-16, and no such text
    (place / "cut.log").write_bytes("휴대폰 ".encode()[:-3] + b" " + phone + "끝".encode()[:2])
    (place / "nul.log").write_bytes(b"a\0b\0" * 20 + b"\n" + b"plain line of a log\n" * 2000 + phone)
    (place / "surrogates.txt").write_bytes(b"\xed\xa0\x80\xed\xb0\x80 \xed\xa0\x80\n" + phone)
    (place / "surrogates.json").write_text(
        '{"\\ud800": "\\udfff", "phone": "010-2345-6781", "nickname": "\\ud83d\\ude00 \\ud800 달빛여우"}'
    )
    (place / "surrogates.csv").write_bytes(b"phone,x\n010-2345-6781,\xed\xa0\x80\n010-2345-6782,\xed\xbf\xbf\n")
    (place / "wide.txt").write_bytes("휴대폰 010-2345-6781\n".encode("utf-16-le") * 3 + b"\x00\xd8 \x00")
    code, found, said = gate(place, tmp_path)
    assert code == 3, said
    for path in sorted(place.iterdir()):
        told = f"{path.name}: not examined" in said
        assert told or "PHONE_NUMBER" in found.get(path.name, ()), path.name
    for name in (
        "invalid.log",
        "false-mark.log",
        "cut.log",
        "surrogates.txt",
        "surrogates.json",
        "surrogates.csv",
        "wide.txt",
    ):
        assert "PHONE_NUMBER" in found[name], name
    assert "noise.dat: not examined" in said
