"""Rich text: what stands in it in any code page, tables, notes, and embedded data."""

from __future__ import annotations

import zlib

import pytest
from damage import check_damage
from extracting import OneWay, everything, gaps, rows, texts, walk
from libreoffice import ROWS, TEXT_MARKS, written

from auditor.model.asset import GapCode
from auditor.model.content import Member

CANARIES = [row[2] for row in ROWS]


def seen(rtf: bytes) -> str:
    return everything(walk("a.rtf", rtf))


def test_reads_what_libreoffice_writes() -> None:
    contents = list(walk("a.rtf", written("fodt", "rtf")))
    assert [mark for mark in TEXT_MARKS if mark not in everything(contents)] == []
    assert rows(contents) == [{"이름": name, "주민번호": rrn, "ci": ci} for name, rrn, ci in ROWS]
    assert gaps(contents) == []
    parts = {text.part: text.text for text in texts(contents)}
    assert parts["header"].splitlines()[0] == "HEADERMARK"
    assert "FOOTNOTEMARK" in parts["footnotes"]
    assert "COMMENTMARK" in parts["comments"]


@pytest.mark.parametrize(
    ("page", "text", "encoding"),
    [(949, "홍길동", "cp949"), (874, "สมชาย", "cp874"), (936, "张三丰", "gb18030"), (932, "山田太郎", "cp932"), (1252, "Müller", "cp1252")],
)  # fmt: skip
def test_code_pages(page: int, text: str, encoding: str) -> None:
    codes = "".join(f"\\'{byte:02x}" for byte in text.encode(encoding))
    assert text in seen(f"{{\\rtf1\\ansi\\ansicpg{page} {codes}\\par}}".encode())
    assert text in seen(b"{\\rtf1\\ansi\\ansicpg%d " % page + text.encode(encoding) + b"\\par}")


def test_a_fonts_character_set_decides() -> None:
    codes = "".join(f"\\'{byte:02x}" for byte in "홍길동".encode("cp949"))
    rtf = f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f3\\fcharset129 Batang;}}}}\\f3 {codes}\\par}}"
    assert "홍길동" in seen(rtf.encode())


def test_unicode_replaces_what_stands_for_it() -> None:
    assert "홍길동" in seen(b"{\\rtf1\\uc1\\u-10675?\\u44600\\'3f\\u46041 ?\\par}")
    assert "A홍B" in seen(b"{\\rtf1\\uc2 A\\u54861 xyB\\par}")
    assert "A홍B" in seen(b"{\\rtf1\\uc0 A\\u54861 B\\par}")


def test_runs_are_joined_and_deleted_text_is_searched() -> None:
    assert "900101-1234567" in seen(b"{\\rtf1 {\\b 9001}01-1{\\i 23}4567\\par}")
    assert seen(b"{\\rtf1 900101-1{\\deleted 234567}{\\revised 765432}\\par}").splitlines() == [
        "900101-1765432",
        "900101-1234567",
    ]


def test_pictures_and_objects_are_members() -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(40)
    native = b"ci\nEMBEDDED88\nEMBEDDED89\n" + b"x" * 20
    name = (4).to_bytes(4, "little") + b"abc\0"
    header = bytes.fromhex("0105000002000000") + name + bytes(8) + len(native).to_bytes(4, "little")
    rtf = (
        b"{\\rtf1{\\pict\\pngblip "
        + png.hex().encode()
        + b"}{\\object{\\*\\objdata "
        + (header + native).hex().encode()
        + b"}} END\\par}"
    )
    contents = list(walk("a.rtf", rtf))
    assert [item.asset.path for item in contents if isinstance(item, Member)] == ["a.rtf!/picture 1", "a.rtf!/object 2"]
    assert "EMBEDDED88" in everything(contents)
    assert "END" in everything(contents)
    binary = b"{\\rtf1{\\pict\\bin%d " % len(png) + png + b"} END\\par}"
    assert "END" in seen(binary)


def test_a_document_that_was_cut_off_is_a_gap() -> None:
    contents = list(walk("a.rtf", b"{\\rtf1 before {\\b cut"))
    assert "before cut" in everything(contents)
    assert [gap.code for gap in gaps(contents)] == [GapCode.MALFORMED_FILE]


def test_hostile_nesting_and_lengths_end() -> None:
    for body in (
        b"{" * 300_000,
        b"\\bin999999999 x",
        b"\\u99999999999999 y",
        b"\\'zz{\\*}",
        zlib.compress(b"x" * 99_999),
    ):
        list(walk("a.rtf", b"{\\rtf1 " + body))


def test_small_reads_change_nothing() -> None:
    data = written("fodt", "rtf")
    assert everything(walk("a.rtf", OneWay(data, at_once=997))) == everything(walk("a.rtf", data))


def test_damage_never_loses_silently() -> None:
    check_damage("a.rtf", written("fodt", "rtf"), CANARIES, 200, compressed=False)
