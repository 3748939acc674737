"""What is encoded inside text and tables is searched like what is not; noise that looks encoded is left alone."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import json
import random
import shutil
import subprocess
import time
import zipfile
import zlib
from urllib.parse import quote

import pytest
from extracting import everything, gaps, rows, tables, texts, walk

from auditor.extractors._nested import encoded
from auditor.extractors.limits import Limits
from auditor.model.content import Member

JSON = json.dumps({"user": {"nickname": "푸른고래", "phone": "010-1234-5678"}}, ensure_ascii=False)
CI = base64.b64encode(random.Random(5).randbytes(64)).decode()


def b64(text: str | bytes) -> str:
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


def urlsafe(text: str | bytes) -> str:
    return base64.urlsafe_b64encode(text.encode() if isinstance(text, str) else text).decode().rstrip("=")


def test_a_secret_of_kubernetes_stands_beside_its_name_with_its_line() -> None:
    data = f"kind: Secret\ndata:\n  phone: {b64('010-1234-5678')}\n  nickname: {b64('푸른고래')}\n".encode()
    (text,) = texts(list(walk("secret.yml", data)))
    assert text.text.split("\n")[2:4] == ["  phone: 010-1234-5678", "  nickname: 푸른고래"]


def test_a_json_string_that_is_base64_becomes_columns_of_its_row() -> None:
    data = json.dumps([{"id": n, "payload": b64(JSON)} for n in range(3)]).encode()
    found = rows(list(walk("a.json", data)))
    assert found == [
        {"id": str(n), "payload.user.nickname": "푸른고래", "payload.user.phone": "010-1234-5678"} for n in range(3)
    ]


def test_a_json_web_token_and_basic_authentication_stay_and_are_read() -> None:
    header = '{"alg":"HS256","typ":"JWT"}'
    token = f"{urlsafe(header)}.{urlsafe(JSON)}.{urlsafe(bytes(range(200, 232)))}"
    basic = b64("hong@example.com:pw12345")
    data = f"GET /\nAuthorization: Bearer {token}\nAuthorization: Basic {basic}\n".encode()
    (text,) = texts(list(walk("a.log", data)))
    lines = text.text.split("\n")
    assert token in lines[1]
    assert "010-1234-5678" in lines[1]
    assert basic in lines[2]
    assert "hong@example.com:pw12345" in lines[2]


def test_a_har_body_is_read_as_the_file_it_is() -> None:
    body = json.dumps([{"nickname": f"고래{n}", "phone": f"010-1234-{n:04}"} for n in range(300)])
    entry = {"response": {"content": {"mimeType": "application/json", "encoding": "base64", "text": b64(body)}}}
    contents = list(walk("a.har", json.dumps({"log": {"entries": [entry]}}).encode()))
    member = next(item for item in contents if isinstance(item, Member))
    assert member.asset.path == "a.har!/line 1, response.content.text, base64"
    assert {"nickname": "고래299", "phone": "010-1234-0299"} in rows(contents)


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_packed_bodies_in_base64_and_hex(pack) -> None:  # type: ignore[no-untyped-def]
    for text in (b64(pack(JSON.encode())), pack(JSON.encode()).hex(), "\\x" + pack(JSON.encode()).hex()):
        assert "010-1234-5678" in everything(walk("a.log", f"body={text} end\n".encode()))
        assert "010-1234-5678" in everything(walk("a.csv", f"id,body\n1,{text}\n2,\n".encode()))


def test_an_archive_in_base64_over_many_windows_of_one_line() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("users.csv", "nick,phone\nabc,010-1234-5678\n")
        archive.writestr("noise.bin", random.Random(1).randbytes(400_000))
    data = f'<img src="data:application/zip;base64,{b64(file.getvalue())}">\nphone 010-9999-8888\n'.encode()
    for name in ("a.html", "a.txt"):
        contents = list(walk(name, data))
        assert "010-1234-5678" in everything(contents), name
        assert everything(contents).count("010-9999-8888") == 1, name


def test_folded_base64_is_one_value() -> None:
    lines = "\n".join(f"nickname=고래{n} phone=010-1234-{n:04}" for n in range(50))
    folded = base64.encodebytes(lines.encode()).decode()
    seen = everything(walk("dump.txt", f"-- body\n{folded}\nend 1\n".encode()))
    assert all(f"010-1234-{n:04}" in seen for n in range(50))


@pytest.mark.parametrize(
    "command", [["xxd"], ["hexdump", "-C"], ["od", "-x"], ["od", "-A", "x", "-t", "x1"], ["hexdump"]]
)
def test_listings_of_bytes(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        pytest.fail(f"{command[0]} is missing: apt-get install xxd bsdextrautils")
    body = "\n".join(f"nickname=고래{n} phone=010-1234-{n:04}" for n in range(9))
    dump = subprocess.run(command, input=body.encode(), capture_output=True, check=True).stdout
    seen = everything(walk("a.txt", b"before\n" + dump + b"after\n"))
    assert all(seen.count(f"phone=010-1234-{n:04}") == 1 for n in range(9))


@pytest.mark.parametrize(
    "line",
    [
        f"data={quote(quote(JSON))}",
        f"data={quote(JSON, safe='')}",
        f"data={quote(quote(quote(JSON, safe=''), safe=''), safe='')}",
        'x "' + json.dumps(json.dumps({"a": json.dumps(JSON)}))[1:-1],
        "value: " + JSON.replace('"', "&quot;"),
        "name: " + "".join(f"&#{ord(c)};" for c in "푸른고래") + " 010-1234-5678",
        "b'" + "".join(f"\\x{b:02x}" for b in "푸른고래 010-1234-5678".encode()) + "'",
        "".join(f"={b:02X}" for b in "푸른고래".encode()) + " 010-1234-5678",
        "0x" + "푸른고래 010-1234-5678".encode().hex().upper(),
        b64("name 푸른고래 010-1234-5678".encode("utf-16-le")),
        b64("닉네임: 푸른고래, 전화: 010-1234-5678; 주소: 서울".encode("cp949")),
    ],
)
def test_escapes_of_every_kind_in_a_line(line: str) -> None:
    seen = everything(walk("a.log", f"first\n{line}\nlast\n".encode()))
    assert "010-1234-5678" in seen
    assert "푸른고래" in seen or "\\ud478" in seen  # one layer of \u is the detectors'
    assert seen.count("010-1234-5678") == 1


ENCODERS = {
    "base64": b64,
    "urlsafe": urlsafe,
    "hex": lambda text: text.encode().hex(),
    "percent": lambda text: quote(text, safe=""),
    "json": lambda text: json.dumps({"data": text}, ensure_ascii=False),
    "gzip": lambda text: b64(gzip.compress(text.encode(), mtime=0)),
    "zlib": lambda text: zlib.compress(text.encode()).hex(),
    "quotes": lambda text: json.dumps({"d": text}).replace('"', "&quot;"),
    "basic": lambda text: f"data:application/json;base64,{b64(text)}",
}
CARRIERS = {
    "a.log": lambda text: f"2026-01-01 INFO request body={text}\n",
    "a.jsonl": lambda text: json.dumps({"id": 1, "body": text}) + "\n",
    "a.csv": lambda text: _csv(text),
    "a.sql": lambda text: f"INSERT INTO `t` (`id`,`body`) VALUES (1,'{text.replace(chr(92), chr(92) * 2)}');\n",  # noqa: S608
    "a.html": lambda text: f"<p data-x='{text}'>x</p>\n",
}


def _csv(text: str) -> str:
    file = io.StringIO()
    csv.writer(file).writerows([["id", "body"], [1, text], [2, ""]])
    return file.getvalue()


def test_planted_nested_in_random_encodings_and_found() -> None:
    chance = random.Random(11)
    missed = []
    for turn in range(400):
        phone = f"010-{chance.randrange(2000, 9999)}-{chance.randrange(10_000):04}"
        text = json.dumps({"nickname": "푸른고래", "phone": phone}, ensure_ascii=bool(turn % 2))
        chain = [chance.choice(sorted(ENCODERS)) for _ in range(chance.randint(1, 3))]
        for step in chain:
            text = ENCODERS[step](text)
        name = chance.choice(sorted(CARRIERS))
        seen = everything(walk(name, CARRIERS[name](text).encode()))
        if seen.count(phone) != 1:
            missed.append((name, *chain, seen.count(phone)))
    assert missed == []


def test_noise_stays_as_it_is() -> None:
    chance = random.Random(3)
    lines = [
        *(f'"integrity": "sha512-{b64(chance.randbytes(64))}",' for _ in range(3000)),
        *(f"commit {chance.randbytes(20).hex()} {chance.randbytes(32).hex()}" for _ in range(3000)),
        *(f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA{b64(chance.randbytes(32))} a" for _ in range(300)),
        "-----BEGIN CERTIFICATE-----", *(b64(b"\x30\x82" + chance.randbytes(46)) for _ in range(500)),
        *(f"ci={b64(chance.randbytes(64))}" for _ in range(5000)),
        *(f"{chance.randrange(10**19, 10**20)} getElementsByTagNameNS AbstractAnnotationConfigDispatcher" for _ in range(300)),
        'src: url("data:font/woff2;base64,' + b64(b"wOF2\0\1\0\0" + chance.randbytes(30_000)) + '")',
        '{"mappings": "' + ";AAAA,SAASA,EAAE".join("CcDdEeGg"[chance.randrange(8)] for _ in range(5000)) + '"}',
    ]  # fmt: skip
    for name in ("a.txt", "a.css"):
        contents = list(walk(name, "\n".join(lines).encode()))
        assert gaps(contents) == []
        assert not [item for item in contents if isinstance(item, Member)]
        assert "".join(item.text[item.overlap :] for item in texts(contents)).replace("\n", "") == "".join(lines)


def test_a_column_of_cis_stays_a_column_of_cis() -> None:
    chance = random.Random(4)
    cis = [b64(chance.randbytes(64)) for _ in range(30_000)]  # the end of one in 10,000 decodes to ASCII
    data = "ci,hash\n" + "".join(f"{ci},{chance.randbytes(32).hex()}\n" for ci in cis)
    contents = list(walk("users.csv", data.encode()))
    assert [row["ci"] for row in rows(contents)] == cis
    assert {table.columns for table in tables(contents)} == {("ci", "hash")}


def test_a_ci_whose_end_reads_as_old_korean_text_stays_whole() -> None:
    end = "서울특별시, 강남구: 길 가나다 12,3".encode("cp949")
    ci = b64(random.Random(3).randbytes(30))[:39] + "/" + b64(end)
    assert len(ci) == 88
    (text,) = texts(list(walk("a.log", f"ci={ci}\n".encode())))
    assert text.text == f"ci={ci}\n"
    assert rows(list(walk("a.csv", f"no,ci\n1,{ci}\n2,{CI}\n".encode()))) == [
        {"no": "1", "ci": ci},
        {"no": "2", "ci": CI},
    ]


def test_wallets_and_keys_are_no_text_of_an_old_encoding() -> None:
    chance = random.Random(6)
    keys = ["16WLrJBwTXx319vUzL1eRdwiPcVAWdhe2F"]  # read as Japanese, that was no wallet any more
    keys += [b64(chance.randbytes(size)).rstrip("=") for size in (24, 25, 32) for _ in range(4_000)]
    contents = list(
        walk("wallets.csv", ("no,wallet\n" + "".join(f"{n},{key}\n" for n, key in enumerate(keys))).encode())
    )
    assert [row["wallet"] for row in rows(contents)] == keys
    for text, encoding in (
        ("주문하신 상품을 김서연 고객님께, 내일 보냅니다.", "cp949"),
        ("박강물(朴江勿)/서울 강남구 테헤란로/010-2345-9876", "cp949"),
        ("name=欧阳修&tel=13812345678", "gb18030"),
        ("name=孙韫喆&tel=13812345678 addr=杭州西湖区", "gb18030"),
    ):
        assert encoded.text_of(text.encode(encoding), (encoding,)) == text


def test_damaged_and_truncated_encodings_never_raise() -> None:
    chance = random.Random(9)
    sample = "\n".join(
        [
            f"a={b64(JSON)}",
            f"b={b64(gzip.compress(JSON.encode() * 50))}",
            f"c={quote(quote(JSON))}",
            base64.encodebytes(JSON.encode() * 9).decode(),
        ]
    ).encode()
    for _ in range(300):
        damaged = bytearray(sample[: chance.randrange(20, len(sample))])
        for _ in range(chance.choice((0, 1, 5))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        list(walk(chance.choice(("a.log", "a.csv", "a.json")), bytes(damaged)))


def test_a_bomb_within_base64_is_bounded() -> None:
    bomb = gzip.compress(b"abc\n" * (4 << 20))
    contents = list(walk("a.log", f"x={b64(bomb)}\n".encode(), limits=Limits(expanded_bytes=1 << 20)))
    assert [gap.code for gap in gaps(contents)]


def test_encodings_within_encodings_end() -> None:
    text = JSON
    for _ in range(30):
        text = b64(text)
    began = time.thread_time()
    list(walk("a.log", f"x={text}\n".encode()))
    assert time.thread_time() - began < 5


def test_costs_little_where_nothing_is_encoded() -> None:
    chance = random.Random(2)
    data = "\n".join(
        f'    "node_modules/p{n}": {{"integrity": "sha512-{b64(chance.randbytes(64))}", "resolved": "https://registry.npmjs.org/p{n}/-/p.tgz"}},'
        for n in range(20_000)
    ).encode()
    began = time.thread_time()
    list(walk("a.txt", data))
    assert time.thread_time() - began < 2


def test_a_query_string_stays_the_detectors() -> None:
    line = "GET /link?ci=lOdka3qD%2B9MBUg%3D%3D&nickname=%EC%88%98%EC%A0%9C%EB%B9%84%2C%22bean%22%3A1 HTTP/1.1"
    assert texts(list(walk("access.log", line.encode())))[0].text == line
