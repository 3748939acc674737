"""Which encoding bytes are in: by the country, by what the file declares, by what reads best. Texts as the benchmark has them."""

from __future__ import annotations

import random

import pytest
from extracting import OneWay, source_of

from auditor.extractors._encodings.choice import declared, legacy_encoding, normal_name
from auditor.extractors.decoding import Decoder
from auditor.model.asset import Asset
from benchmarks.encoding_texts import ENCODINGS
from benchmarks.encodings import ours, ours_with_prior, right, samples

COUNT = 60
KOREAN = ("탈퇴한 이용자 봉태규의 기록은 파기했다", "도토리묵, 경기 의왕시 갈미로 19", "펭귄 집사 010-1234-5678")
CHINESE = ("数据库磁盘快满了,凌晨备份又失败了", "佟丽娅 山东省淄博市临淄区", "昵称=奔跑的蜗牛君")
THAI = ("กรุณาส่งสำเนาบัตรประชาชน", "ชื่อเล่น=แมวอ้วน โทร ๐๘๑", "88/14 หมู่ 6 ต.สุเทพ อ.เมือง")


def decode(data: bytes, encodings: tuple[str, ...] = (), block: int = 1 << 20) -> str:
    source = source_of(Asset(target="t", path="x"), OneWay(data), encodings)
    return "".join(Decoder(source, block=block).pieces())


def share(encoding: str, length: int, *, prior: bool) -> float:
    texts = list(samples(encoding, length, COUNT, random.Random(11)))
    return right(ours_with_prior if prior else ours, texts, encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("length", [4, 6, 12, 40, 400, 4096])
def test_with_the_country_known_even_a_name_is_read_rightly(encoding: str, length: int) -> None:
    assert share(encoding, length, prior=True) >= (0.9 if encoding == "euc_jp" else 0.98)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("length", "least"), [(40, 0.96), (100, 1.0), (400, 1.0), (4096, 1.0)])
def test_without_a_country_a_line_is_enough(encoding: str, length: int, least: float) -> None:
    assert share(encoding, length, prior=False) >= least


@pytest.mark.parametrize("encoding", ["cp949", "cp874", "gb18030"])
def test_without_a_country_a_longer_name_is_mostly_enough(encoding: str) -> None:
    assert share(encoding, 12, prior=False) >= 0.94


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("prior", ["cp949", "cp874", "gb18030"])
def test_text_outweighs_another_countrys_prior(encoding: str, prior: str) -> None:
    texts = list(samples(encoding, 200, COUNT, random.Random(12)))
    assert right(lambda data, _: legacy_encoding(data, (prior,)), texts, encoding) == 1


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b'<?xml version="1.0" encoding="EUC-KR"?>', "cp949"),
        (b"<?xml version='1.0' encoding='gb2312' standalone='yes'?>", "gb18030"),
        (b'<html><meta http-equiv="Content-Type" content="text/html; charset=tis-620">', "cp874"),
        (b"<META CHARSET=ks_c_5601-1987>", "cp949"),
        (b"Subject: x\nContent-Type: text/plain; charset=Shift_JIS\n", "cp932"),
        (b"#!/usr/bin/env python\n# -*- coding: euc-kr -*-\n", "cp949"),
        (b"# vim: set fileencoding=cp936 :\n", "gb18030"),
        (b"-- dump\nSET NAMES gbk;\n", "gb18030"),
        (b"/*!40101 SET NAMES euckr */;\n", "cp949"),
        (b"SET client_encoding = 'BIG5';\n", "big5hkscs"),
        (b"SET client_encoding TO 'WIN874';\n", "cp874"),
        (b'@charset "euc-jp";\n', "euc_jp"),
        (b"/*!40101 SET NAMES latin1 */;\n", ""),  # passes every byte on
        (b"/*!40101 SET NAMES utf8mb4 */;\n", ""),
        (b"the names set out in coding: gbk\n", ""),
        (b"", ""),
    ],
)
def test_declared(head: bytes, encoding: str) -> None:
    assert declared(head) == encoding


def test_names_of_encodings() -> None:
    names = ("EUC-KR", "windows-949", "tis-620", "GBK", "big5", "Shift_JIS", "iso8859-11", "latin-1", "nonsense")
    expected = ["cp949", "cp949", "cp874", "gb18030", "big5hkscs", "cp932", "cp874", "", ""]
    assert [normal_name(name) for name in names] == expected


def test_a_declaration_decides_on_a_short_name() -> None:
    for prior in ((), ("cp949",)):
        data = "/*!40101 SET NAMES gbk */;\nINSERT INTO t VALUES (1,'柴静');\n".encode("gbk")
        assert "柴静" in decode(data, prior)
        data = '<?xml version="1.0" encoding="TIS-620"?>\n<n>วรวุฒิ</n>\n'.encode("tis-620")
        assert "วรวุฒิ" in decode(data, prior)


def test_a_wrong_declaration_does_not_hold_against_the_text() -> None:
    body = "\n".join(KOREAN * 20)
    assert body in decode(b"SET NAMES gbk;\n" + body.encode("cp949"))


def test_a_single_name_that_is_valid_utf8_by_chance() -> None:
    assert "홍철".encode("cp949").decode() == "ȫö"
    assert decode("name=홍철\n".encode("cp949"), ("cp949",)) == "name=홍철\n"
    for text in ("name=Łódź\n", "Ștefan Țepeș\n", "nǐ hǎo\n", "Sơn Trần\n", "José\n", "Müller\n"):
        assert decode(text.encode(), ("cp949",)) == text


def test_sections_of_several_encodings() -> None:
    parts = [("cp949", KOREAN), ("gb18030", CHINESE), ("cp874", THAI), ("utf-8", KOREAN), ("cp949", KOREAN)]
    lines = [(name, f"{number} {text}") for name, texts in parts for number in range(40) for text in texts]
    data = b"\n".join(text.encode(name) for name, text in lines)
    assert decode(data, ("cp949",)) == "\n".join(text for _, text in lines)


def test_lines_of_two_programs_in_turn() -> None:
    chance = random.Random(4)
    for names in (("cp949", "utf-8"), ("gb18030", "utf-8"), ("cp949", "gb18030"), ("cp874", "utf-8")):
        texts = {"cp949": KOREAN, "gb18030": CHINESE, "cp874": THAI, "utf-8": KOREAN + THAI}
        lines = [(name := chance.choice(names), chance.choice(texts[name])) for _ in range(400)]
        data = b"\n".join(text.encode(name) for name, text in lines)
        assert decode(data, ("cp949",)) == "\n".join(text for _, text in lines), names


def test_a_later_block_is_decided_anew() -> None:
    first = "-- 管理\n".encode("gb18030") + b"-- nothing but ASCII\n" * 300
    later = "\n".join(f"{number} {text}" for number in range(300) for text in CHINESE)
    assert decode(first + later.encode("gb18030"), ("cp949",), block=4096).endswith(later)


def test_characters_whose_second_byte_is_ascii() -> None:
    for encoding, text in (("big5", "功,蓋,許|一"), ("cp932", "表,ソ,能|予")):
        usual = {"big5": "資料備份", "cp932": "バックアップ"}[encoding]
        lines = [usual, usual, text]
        assert decode("\n".join(lines).encode(encoding), (encoding,)).split("\n")[-1] == text


def test_a_stray_byte_swallows_no_letter() -> None:
    body = "\n".join(KOREAN * 5).encode("cp949")
    assert "ci=?QUJDREVG" in decode(body + b"\nci=\xb1QUJDREVG\n", ("cp949",))


def test_many_broken_characters_cost_themselves_only() -> None:
    chance = random.Random(6)
    lines = [f"{number} {chance.choice(KOREAN)} end{number}" for number in range(3000)]
    raw = [line.encode("cp949") for line in lines]
    broken = [line if number % 3 else line.replace(b"\xb8", b"\xff", 1) for number, line in enumerate(raw)]
    seen = decode(b"\n".join(broken), ("cp949",)).split("\n")
    assert all(text.endswith(f" end{number}") for number, text in enumerate(seen))
    assert [text for number, text in enumerate(seen) if number % 3] == [t for n, t in enumerate(lines) if n % 3]
