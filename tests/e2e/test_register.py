"""The register as a bank uses it: built, named in an engagement or at the gate, and asked who is affected."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from commands import run_here
from test_canary import encodings

from testbed.people import Person, people

OURS = [person for person in people(80, seed=71) if person.nickname.isalnum()][:60]
STRANGERS = [person for person in people(300, seed=72) if person.nickname.isalnum()][:200]
LEAKED, PHONED, BARE = OURS[:41], [person for person in OURS[41:55] if person.mobile], OURS[55:58]
SPARED = [person for person in OURS if person not in (*LEAKED, *PHONED, *BARE)]

pytestmark = pytest.mark.e2e


def reference(person: Person) -> str:
    return f"고객-{person.number * 7919 % 100_003:06}"


def auditor(*words: str | Path, cwd: Path, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return run_here(*words, cwd=cwd, input=input)


def customer_file() -> bytes:
    rows = ["고객번호,연계정보,휴대폰번호", *(f"{reference(p)},{p.ci},{p.dashed_mobile}" for p in OURS)]
    return ("\r\n".join(rows) + "\r\n").encode("cp949")


MAPS = ("--map", "ci=연계정보", "--map", "phone=휴대폰번호", "--map", "reference=고객번호")


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank's folder: key, register, an engagement, and what the vendor kept."""
    place = tmp_path_factory.mktemp("bank")
    (place / "bank.key").write_text("a bank's key of more than enough bytes")
    (place / "other.key").write_text("another bank's key, just as long")
    (place / "customers.csv").write_bytes(customer_file())
    built = auditor("register", "build", "customers.csv", *MAPS, "--key-file", "bank.key", "--output", "register.bin", cwd=place)  # fmt: skip
    assert built.returncode == 0, built.stderr
    kept = place / "kept"
    kept.mkdir()
    rows = ["닉네임,연계정보", *(f"{p.nickname},{p.ci}" for p in (*STRANGERS, *LEAKED))]
    (kept / "export.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    log = [f"GET /link?ci={quote(p.ci, safe='')} 200" for p in LEAKED[:9]]
    log += [f'{{"phone": "+82 {p.mobile[1:]}"}}' for p in PHONED if p.mobile]
    (kept / "api.log").write_text("\n".join(log) + "\n")
    (kept / "bare.txt").write_text("\n".join(p.ci for p in BARE) + "\n")
    (place / "engagement.yaml").write_text(
        "engagement: nft\nentrusting: {name: Example Bank}\nvendor: {name: Example Labs}\n"
        "contract: {ends: 2025-03-31}\ntargets:\n  - {name: handover, local: {paths: [./kept]}}\n"
        "key_file: bank.key\nregister: {file: register.bin}\n"
    )
    return place


@pytest.fixture(scope="module")
def audited(bank: Path) -> subprocess.CompletedProcess[bytes]:
    return auditor("audit", "engagement.yaml", "--output", "out", "--quiet", "--matches", "m.jsonl", cwd=bank)


def expected() -> list[str]:
    return sorted(reference(person) for person in (*LEAKED, *PHONED, *BARE))


def test_the_audit_says_how_many_are_ours(bank: Path, audited: subprocess.CompletedProcess[bytes]) -> None:
    assert audited.returncode == 1, audited.stderr.decode()
    report = json.loads((bank / "out/report.json").read_text("utf-8"))
    ours, people_found = len(expected()), len(STRANGERS) + len(expected())
    assert report["summary"]["people"] == people_found
    register = report["register"]
    assert (register["customers"], register["matched_customers"], register["people_matched"]) == (60, ours, ours)
    assert register["entities"] == [
        {"entity": "KR_CI", "compared": len(STRANGERS) + 44, "matched": 44},
        {"entity": "PHONE_NUMBER", "compared": len(PHONED), "matched": len(PHONED)},
    ]
    tallies = {(Path(a["path"]).name, t["entity"]): (t["compared"], t["matched"]) for a in report["data"] for t in a["tallies"]}  # fmt: skip
    assert tallies == {
        ("export.csv", "KR_CI"): (241, 41),
        ("export.csv", "NICKNAME"): (None, None),
        ("api.log", "KR_CI"): (9, 9),
        ("api.log", "PHONE_NUMBER"): (len(PHONED), len(PHONED)),
        ("bare.txt", "KR_CI"): (3, 3),
    }
    said = f"{ours} of {people_found} people found are in the bank's register of customers."
    assert said in audited.stdout.decode()
    assert said in (bank / "out/report.en.html").read_text("utf-8").replace("&#39;", "'")
    assert f"{people_found}명 중 {ours}명이 은행 고객 대장에" in (bank / "out/report.ko.html").read_text("utf-8")
    sarif = json.loads((bank / "out/report.sarif").read_text("utf-8"))
    assert {r["properties"].get("inRegister") for r in sarif["runs"][0]["results"]} >= {41, 9, 3}


def test_affected_lists_exactly_the_planted(bank: Path, audited: subprocess.CompletedProcess[bytes]) -> None:
    done = auditor("affected", "out", "--register", "register.bin", "--key-file", "bank.key", cwd=bank)
    assert done.returncode == 1, done.stderr.decode()
    assert done.stdout.decode().splitlines() == expected()
    lines = auditor(
        "affected", "out", "--register", "register.bin", "--key-file", "bank.key", "--json", cwd=bank
    ).stdout
    customers = [json.loads(line) for line in lines.splitlines()]
    assert [customer["reference"] for customer in customers] == expected()
    first = next(customer for customer in customers if customer["reference"] == reference(LEAKED[0]))
    assert first["entities"] == ["KR_CI"]
    assert [(Path(p["path"]).name, p["line"]) for p in first["places"]] == [("api.log", 1), ("export.csv", 202)]


def test_nobody_affected_is_exit_code_0(bank: Path, tmp_path: Path) -> None:
    (tmp_path / "d").mkdir()
    rows = ["연계정보", *(p.ci for p in STRANGERS)]
    (tmp_path / "d/x.csv").write_text("\n".join(rows))
    gate = auditor("gate", tmp_path / "d", "--register", "register.bin", "--key-file", "bank.key", "--output", tmp_path / "o", cwd=bank)  # fmt: skip
    assert gate.returncode == 1
    assert b"0 of 200 people found are in the bank's register" in gate.stdout
    assert "— 0 of 200 in the register" in gate.stdout.decode()
    done = auditor("affected", tmp_path / "o", "--register", "register.bin", "--key-file", "bank.key", cwd=bank)
    assert (done.returncode, done.stdout) == (0, b"")


def test_what_was_not_known_by_its_shape_is_confirmed_by_the_register(bank: Path) -> None:
    alone = auditor("gate", "kept/bare.txt", "--key-file", "bank.key", "--quiet", cwd=bank)
    assert b"3 distinct values in kept/bare.txt may be connecting information (CI)" in alone.stdout
    known = auditor(
        "gate", "kept/bare.txt", "--key-file", "bank.key", "--register", "register.bin", "--quiet", cwd=bank
    )
    assert b"3 distinct connecting information (CI) values" in known.stdout
    assert b"may be" not in known.stdout


def test_customers_can_come_through_a_pipe(bank: Path) -> None:
    done = auditor("register", "build", "-", *MAPS, "--key-file", "bank.key", "--output", "piped.bin", cwd=bank, input=customer_file())  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    info = auditor("register", "info", "piped.bin", "--key-file", "bank.key", cwd=bank).stdout.decode()
    assert "60 customers" in info
    assert "whole" in info
    assert "not checked" in auditor("register", "info", "piped.bin", cwd=bank).stdout.decode()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["audit", "engagement.yaml", "--key-file", "other.key", "--output", "no"], "built with another key"),
        (["gate", "kept", "--register", "register.bin"], "no key file is given"),
        (["gate", "kept", "--register", "customers.csv", "--key-file", "bank.key"], "this is no register"),
        (["gate", "kept", "--register", "none.bin", "--key-file", "bank.key"], "cannot be read"),
        (["gate", "kept", "--register", "damaged.bin", "--key-file", "bank.key"], "damaged"),
        (["affected", "out", "--register", "damaged.bin", "--key-file", "bank.key"], "damaged"),
        (["affected", "out", "--register", "register.bin", "--key-file", "other.key"], "not the one the run was made with"),
        (["affected", "nowhere", "--register", "register.bin", "--key-file", "bank.key"], "no such store"),
        (["register", "info", "customers.csv"], "this is no register"),
        (["register", "build", "customers.csv", "--map", "ci=없음", "--key-file", "bank.key"], "none of the 3 columns"),
        (["register", "build", "customers.csv", "--map", "phne=연계정보", "--key-file", "bank.key"], 'did you mean "phone"?'),
        (["register", "build", "customers.csv", "--map", "ci=휴대폰번호", "--key-file", "bank.key"], "look like KR_CI"),
        (["register", "build", "customers.csv", *MAPS, "--key-file", "bank.key", "--output", "customers.csv"], "is no register"),
    ],
)  # fmt: skip
def test_bad_input_is_exit_code_2_before_anything_is_read(
    bank: Path, audited: subprocess.CompletedProcess[bytes], words: list[str], said: str
) -> None:
    whole = (bank / "register.bin").read_bytes()
    (bank / "damaged.bin").write_bytes(whole[:700] + bytes((whole[700] ^ 4,)) + whole[701:])
    done = auditor(*words, cwd=bank)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""
    assert not (bank / "no").exists()
    assert not [
        p for p in OURS if p.ci.encode() in done.stderr or (p.dashed_mobile.encode() in done.stderr and p.mobile)
    ]


def test_doctor_tries_the_register(bank: Path) -> None:
    done = auditor("doctor", "engagement.yaml", cwd=bank)
    assert re.search(r"ok {4}register .*60 customers, by KR_CI, PHONE_NUMBER", done.stdout.decode())
    text = (bank / "engagement.yaml").read_text()
    (bank / "other.yaml").write_text(text.replace("bank.key", "other.key"))
    wrong = auditor("doctor", "other.yaml", cwd=bank)
    assert wrong.returncode == 3
    assert "built with another key" in wrong.stdout.decode()
    (bank / "keyless.yaml").write_text(text.replace("key_file: bank.key\n", ""))
    assert "no key is given" in auditor("doctor", "keyless.yaml", cwd=bank).stdout.decode()


def test_no_output_holds_a_clear_value_and_no_report_a_reference(
    bank: Path, audited: subprocess.CompletedProcess[bytes]
) -> None:
    """References of the affected stand in the output of `affected` and nowhere else; those of the spared nowhere at all."""
    listed = auditor("affected", "out", "--register", "register.bin", "--key-file", "bank.key", cwd=bank)
    detailed = auditor("affected", "out", "--register", "register.bin", "--key-file", "bank.key", "--json", cwd=bank)
    outputs = {"stdout": audited.stdout, "stderr": audited.stderr, "register": (bank / "register.bin").read_bytes()}
    outputs |= {str(file): file.read_bytes() for file in (*(bank / "out").iterdir(), bank / "m.jsonl")}
    lists = {"affected": listed.stdout + listed.stderr, "affected --json": detailed.stdout + detailed.stderr}
    assert {"report.json", "audit.sqlite"} <= {Path(name).name for name in outputs}
    for person in OURS:
        values = [person.ci, *([person.mobile, person.dashed_mobile] if person.mobile else [])]
        for form in (form for value in values for form in encodings(value)):
            assert [name for name, content in (outputs | lists).items() if form in content] == []
        for form in encodings(reference(person)):
            assert [name for name, content in outputs.items() if form in content] == []
            if person in SPARED:
                assert [name for name, content in lists.items() if form in content] == []
    for person in STRANGERS:
        assert [name for name, content in (outputs | lists).items() if person.ci.encode() in content] == []
