"""Bytes to text in every encoding a Korean, Thai or Chinese vendor's files have."""

from __future__ import annotations

import random
import re

import pytest
from extracting import OneWay, everything, gaps, source_of, texts, walk

from auditor.extractors.decoding import Decoder, legacy_encoding, looks_binary
from auditor.model.asset import Asset, GapCode

KOREAN = "고객 홍길동 님의 연락처는 010-1234-5678 이고 주소는 서울특별시 강남구입니다."
THAI = "ลูกค้า สมชาย ใจดี โทร 081-234-5678 ที่อยู่ กรุงเทพมหานคร"
CHINESE = "客户张伟的手机号码是13800138000，住址在北京市朝阳区。"


def decode(data: bytes, encodings: tuple[str, ...] = (), at_once: int = 1 << 30) -> str:
    source = source_of(Asset(target="t", path="x"), OneWay(data, at_once=at_once), encodings)
    return "".join(Decoder(source, block=4096).pieces())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [KOREAN, THAI, CHINESE, "plain ASCII 1"])
def test_unicode(encoding: str, text: str) -> None:
    full = "\n".join([text + " 1\t2"] * 500)
    data = full.encode(encoding)
    if encoding == "utf-16-be":
        assert decode(data) == full
    assert decode(data) == full
    assert decode(data, at_once=7) == full


@pytest.mark.parametrize(
    ("encoding", "prior", "text"),
    [
        ("cp949", "cp949", KOREAN),
        ("euc-kr", "EUC-KR", KOREAN),
        ("tis-620", "cp874", THAI),
        ("gb18030", "gb18030", CHINESE),
    ],
)
@pytest.mark.parametrize("repeat", [1, 400])
def test_legacy_with_the_countrys_prior(encoding: str, prior: str, text: str, repeat: int) -> None:
    full = "\n".join([text] * repeat)
    assert decode(full.encode(encoding), (prior,)) == full


@pytest.mark.parametrize(("encoding", "text"), [("cp949", KOREAN), ("cp874", THAI), ("gb18030", CHINESE)])
def test_legacy_against_the_prior_and_without_one(encoding: str, text: str) -> None:
    """A Chinese contractor's file at a Korean vendor; chardet decides from 2 KB on."""
    full = "\n".join(f"{number} {text}" for number in range(200))
    assert decode(full.encode(encoding)) == full
    assert decode(full.encode(encoding), ("cp949",)) == full


def test_short_names_go_by_the_country() -> None:
    assert legacy_encoding("홍길동".encode("cp949"), ("cp949",)) == "cp949"
    assert legacy_encoding("สมชาย".encode("cp874"), ("cp874",)) == "cp874"
    assert legacy_encoding("张伟".encode("gb18030"), ("gb18030",)) == "gb18030"


def test_mixed_utf8_and_cp949_line_by_line() -> None:
    chance = random.Random(7)
    lines = [f"{number} 닉네임=행복한고양이{number} 이름=홍길동" for number in range(3000)]
    data = b"\n".join(line.encode(chance.choice(["utf-8", "cp949"])) for line in lines)
    assert decode(data, ("cp949",)) == "\n".join(lines)


def test_a_broken_character_costs_itself_only() -> None:
    good = "이름=홍길동 ci=QUJD phone=010-1234-5678"
    for broken in (b"\xed\x99", b"\xff", b"\x80"):
        data = b"\n".join([good.encode(), "이름=".encode() + broken + b"ABC ci=QUJD", good.encode()])
        first, middle, last = decode(data, ("cp949",)).split("\n")
        assert (first, last) == (good, good)
        assert middle.endswith("ABC ci=QUJD")
    assert decode(b"ci=\xb1QUJDREVG rest").endswith("QUJDREVG rest")  # not swallowed as CP949's second byte


def test_text_appended_in_another_encoding_is_not_lost() -> None:
    log = ("시작 하였습니다 홍길동\r\n" * 300).encode("utf-16")
    plain = b"appended by another program: ci=CANARY0001 phone=010-1234-5678 and so on, a full line\r\n" * 3
    assert decode(log + plain).count("CANARY0001") == 3
    ascii_first = b"first line in ASCII\n" * 50 + "then ci=CANARY0002\n".encode("utf-16-le") * 3
    assert decode(ascii_first).count("CANARY0002") == 3


def test_line_ends() -> None:
    assert decode(b"a\r\nb\nc\r\n") == "a\nb\nc\n"
    assert decode(b"old\rmac\rfile\r") == "old\nmac\nfile\n"
    assert decode(b"progress 1\rprogress 2\ndone\n") == "progress 1\rprogress 2\ndone\n"
    data = b"".join(b"%05d\r\n" % number for number in range(5000))  # \r and \n in different blocks
    assert decode(data) == data.decode().replace("\r\n", "\n")
    assert decode(data, at_once=4097) == data.decode().replace("\r\n", "\n")


def test_long_lines_are_cut_between_characters() -> None:
    for encoding in ("utf-8", "cp949"):
        line = KOREAN.replace(" ", "").replace("-", "").replace(".", "") * 2000
        assert decode(line.encode(encoding), ("cp949",)).count("홍길동") == 2000 or encoding == "cp949"
        spaced = (KOREAN + " ") * 2000
        assert decode(spaced.encode(encoding), ("cp949",)) == spaced


def test_lone_surrogates_never_come_out() -> None:
    assert decode(b"\xff\xfea\0\x00\xd8b\0").encode("utf-8")
    assert decode(b"x\xed\xa0\x80y").encode("utf-8")


def test_binary_in_a_text_is_a_gap_and_the_text_is_kept() -> None:
    script = b"#!/bin/sh\n# installer for kim@example.com\n" + b"echo unpacking\n" * 5000
    contents = list(walk("setup.run", script + random.Random(1).randbytes(200_000)))
    assert "kim@example.com" in everything(contents)
    assert len(gaps(contents)) == 1
    assert "binary data" in gaps(contents)[0].detail


def test_binary_verdict() -> None:
    assert looks_binary(random.Random(2).randbytes(4000))
    assert not looks_binary(KOREAN.encode("cp949"))
    assert not looks_binary(b"\x1b[31mred\x1b[0m\n" * 10)
    assert not looks_binary(b"a\x01b\x01c\n" * 10)
    assert not looks_binary(b"")


def test_line_numbers_and_windows() -> None:
    body = "".join(f"line {number}\n" for number in range(1, 300_001)).encode()
    number = 1
    for text in texts(list(walk("x.log", body))):
        assert text.first_line == number
        assert text.text.startswith(f"line {number}\n")
        number += text.text.count("\n")
    assert number == 300_001


def test_one_line_of_five_megabytes_loses_nothing() -> None:
    marks = [f"<{number:07d}>" for number in range(500_000)]
    contents = texts(list(walk("min.txt", b"head\n" + "".join(marks).encode() + b"\nlast line\n")))
    long = [text for text in contents if text.first_line == 2]
    assert len(long) > 50
    assert all(len(text.text) <= 65_536 + 1024 for text in contents)
    position = 0
    for text in long:
        assert text.offset + text.overlap == position
        assert text.overlap == (1024 if position else 0)
        position = text.offset + len(text.text)
    joined = "".join(text.text[text.overlap :] for text in long)
    assert joined == "".join(marks) + "\n"
    assert all(any(mark in text.text for text in long) for mark in marks[::997])
    assert contents[-1].first_line == 3
    assert contents[-1].text == "last line\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("change", ["lost", "too many", "a line of another program"])
@pytest.mark.parametrize("lines", [400, 30_000])
def test_utf16_that_loses_step_is_read_on_and_told(encoding: str, change: str, lines: int) -> None:
    chance = random.Random(lines)
    for _ in range(1 if lines > 1000 else 20):
        whole = [f"CANARY{n:05}X 이름={chance.choice(['홍길동', 'hong', '김은하'])}\r\n" for n in range(lines)]
        mark = "\ufeff".encode(encoding)
        at = chance.randrange(lines // 4, lines - 1)
        before, after = "".join(whole[:at]).encode(encoding), "".join(whole[at:]).encode(encoding)
        if change == "lost":
            cut = chance.randrange(1, 40)
            after = after[:cut] + after[cut + 1 :]
        else:
            after = (b"x" if change == "too many" else b"echo 1\r\n\n") + after
        contents = list(walk("a.txt", mark + before + after))
        text = everything(contents)
        seen = set(re.findall("CANARY([0-9]{5})X", text))
        missing = {f"{n:05}" for n in range(lines)} - seen
        assert len(missing) <= 2, missing
        assert [gap.code for gap in gaps(contents)] == [GapCode.MALFORMED_FILE]


@pytest.mark.parametrize(
    "text",
    [
        "가나다라 마바사\n" * 4000,
        "한글만있는문서입니다\n" * 4000,
        "ทดสอบภาษาไทย\n" * 4000,
        "中文内容没有空格\u3002" * 4000,
        "plain ASCII\r\n" * 4000,
        "\n\n\n" * 9000,
    ],
)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_in_step_is_left_alone(text: str, encoding: str) -> None:
    contents = list(walk("a.txt", ("\ufeff" + text).encode(encoding)))
    assert gaps(contents) == []
    assert everything(contents).replace("\n", "") == text.replace("\r", "").replace("\n", "")
