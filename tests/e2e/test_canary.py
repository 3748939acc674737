"""Personal data and credentials go in; every output is searched for them: terminal, store, reports, matches, logs."""

from __future__ import annotations

import base64
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

REPO = Path(__file__).parents[2]

pytestmark = pytest.mark.e2e


def canaries() -> dict[str, str]:
    """Unique synthetic values of each kind. The resident number's checksum is made to hold."""
    rng = random.Random(20260615)
    body = f"9001{rng.randrange(10, 28)}1{rng.randrange(10**5):05}"
    weights = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
    check = (11 - sum(w * int(d) for w, d in zip(weights, body, strict=True)) % 11) % 10
    return {
        "ci": base64.b64encode(rng.randbytes(64)).decode(),
        "rrn": f"{body[:6]}-{body[6:]}{check}",
        "phone": f"010-{rng.randrange(2000, 9999)}-{rng.randrange(1000, 9999)}",
        "email": f"canary{rng.randrange(10**6)}@mailbox.kr",
        "nickname": "카나리아별명칠칠",
        "name": "제갈카나",
        "password": "CanaryPassw0rdXyzzy",
        "aws": "AKIA" + "".join(rng.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=16)),
    }


def encodings(value: str) -> set[bytes]:
    """Six ways a value could stand in an output."""
    raw = value.encode()
    return {
        raw,
        value.encode("utf-16-le"),
        value.encode("cp949"),
        base64.b64encode(raw),
        raw.hex().encode(),
        quote(value, safe="").encode(),
        json.dumps(value).strip('"').encode(),
    }


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    place = tmp_path_factory.mktemp("canary")
    delivery = place / "delivery"
    delivery.mkdir()
    c = canaries()
    (delivery / "members.csv").write_text(
        f"닉네임,연계정보,주민등록번호,휴대폰번호,이메일,성명\n{c['nickname']},{c['ci']},{c['rrn']},{c['phone']},{c['email']},{c['name']}\n",
        encoding="cp949",
    )
    (delivery / "api.log").write_text(
        json.dumps({"user": {"ci": c["ci"], "nickname": c["nickname"], "phone": c["phone"]}}) + "\n"
        f"GET /link?ci={quote(c['ci'], safe='')}&nick={quote(c['nickname'])} 200 주민번호 {c['rrn']}\n"
    )
    (delivery / ".env").write_text(
        f"AWS_ACCESS_KEY_ID={c['aws']}\nDATABASE_URL=postgres://app:{c['password']}@db.internal/app\nADMIN={c['email']}\n"
    )
    (delivery / "dump.sql").write_text(
        "CREATE TABLE `member` (`nick_nm` varchar(20), `ci` varchar(88), `rrn` char(14));\n"
        f"INSERT INTO `member` VALUES ('{c['nickname']}','{c['ci']}','{c['rrn']}');\n",
        encoding="utf-8",
    )
    (delivery / "broken.json").write_text('{"users": [{"ci": "' + c["ci"] + '", "phone": "' + c["phone"])
    key = place / "bank.key"
    key.write_text("canary key of the bank, 32 bytes long")
    environment = {**os.environ, "PYTHONPATH": str(REPO), "PYTHONDEVMODE": "1"}
    gate = subprocess.run(
        [sys.executable, "-m", "auditor", "gate", str(delivery), "--key-file", str(key), "--matches", str(place / "m.jsonl"),
         "--output", str(place / "out"), "--sarif", str(place / "gate.sarif")],
        capture_output=True, env=environment, check=False,
    )  # fmt: skip
    assert gate.returncode == 1, gate.stderr.decode()
    asked = subprocess.run(
        [sys.executable, "-m", "auditor", "lookup", str(place / "out"), "--entity", "KR_CI", "--key-file", str(key)],
        input=c["ci"].encode(), capture_output=True, env=environment, check=False,
    )  # fmt: skip
    assert b"\tfound\t" in asked.stdout
    found = {
        "gate stdout": gate.stdout, "gate stderr": gate.stderr, "lookup stdout": asked.stdout, "lookup stderr": asked.stderr,
    }  # fmt: skip
    for file in [*place.glob("out/*"), place / "m.jsonl", place / "gate.sarif"]:
        found[file.name] = file.read_bytes()
    return found


def test_the_run_found_what_it_must_not_repeat(outputs: dict[str, bytes]) -> None:
    entities = {json.loads(line)["entity"] for line in outputs["m.jsonl"].splitlines()}
    assert entities >= {"KR_CI", "KR_RRN", "PHONE_NUMBER", "EMAIL_ADDRESS", "NICKNAME", "PERSON", "CREDENTIAL"}
    assert {"report.en.html", "report.ko.html", "report.json", "report.sarif", "audit.sqlite"} <= set(outputs)


@pytest.mark.parametrize("kind", sorted(canaries()))
def test_no_output_holds_a_canary(outputs: dict[str, bytes], kind: str) -> None:
    value = canaries()[kind]
    hits = [name for name, content in outputs.items() for form in encodings(value) if form in content]
    assert hits == []


@pytest.mark.parametrize("kind", ["rrn", "phone"])
def test_nor_its_digits_alone(outputs: dict[str, bytes], kind: str) -> None:
    digits = canaries()[kind].replace("-", "").encode()
    assert [name for name, content in outputs.items() if digits in content] == []
