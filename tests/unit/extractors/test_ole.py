"""OLE documents: doc, ppt, xls, msg, hwp; encrypted ones are gaps or are opened; what no reader knows is searched all the same."""

from __future__ import annotations

import io
import struct
import zlib

import msoffcrypto.format.ooxml
import pytest
from compound_writer import compound
from damage import check_damage
from extracting import OneWay, everything, gaps, rows, source_of, tables, texts, walk
from libreoffice import ROWS, SLIDE_MARKS, TEXT_MARKS, written

from auditor.extractors.identify import extract
from auditor.extractors.limits import Budget, Limits
from auditor.model.asset import Asset, GapCode
from auditor.model.content import Content, Member

CANARIES = [row[2] for row in ROWS]


@pytest.mark.parametrize(("kind", "extension", "marks"), [("fodt", "doc", TEXT_MARKS), ("fodp", "ppt", SLIDE_MARKS)])
def test_finds_every_part_of_what_libreoffice_writes(kind: str, extension: str, marks: list[str]) -> None:
    contents = list(walk(f"a.{extension}", written(kind, extension)))
    seen = everything(contents)
    assert [mark for mark in (*marks, *CANARIES) if mark not in seen] == []
    assert gaps(contents) == [] or {gap.code for gap in gaps(contents)} == {GapCode.UNSUPPORTED_FILE_TYPE}


def test_a_word_table_keeps_its_columns_and_stories_have_names() -> None:
    contents = list(walk("a.doc", written("fodt", "doc")))
    assert rows(contents) == [{"이름": name, "주민번호": rrn, "ci": ci} for name, rrn, ci in ROWS]
    parts = {text.part: text.text for text in texts(contents)}
    assert "900101-1234567" in parts["body"]
    assert "HEADERMARK" in parts["headers and footers"]
    assert "FOOTNOTEMARK" in parts["footnotes"]
    assert "COMMENTMARK" in parts["comments"]


def test_slides_are_told_apart() -> None:
    parts = {text.part: text.text for text in texts(list(walk("a.ppt", written("fodp", "ppt"))))}
    assert "900101-1234567" in parts["slide 1"]
    assert "HIDDENMARK" in parts["slide 2"]


def _encrypted(data: bytes, password: str) -> bytes:
    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def test_encrypted_office_files_are_gaps_or_opened_with_the_engagements_password() -> None:
    data = _encrypted(written("fods", "xlsx"), "비밀1234")
    contents = list(walk("a.xlsx", data))
    assert [gap.code for gap in gaps(contents)] == [GapCode.PASSWORD_PROTECTED]
    assert "CELLCI0001" not in everything(contents)

    source = source_of(Asset(target="t", path="a.xlsx", size=len(data)), OneWay(data))
    budget = Budget(Limits())
    found: list[Content] = []
    for item in extract(
        type(source)(asset=source.asset, head=source.head, stream=source.stream, passwords=("wrong", "비밀1234")),
        budget,
    ):
        found.append(item)
        if isinstance(item, Member):
            found += walk("", item.stream, asset=item.asset, budget=budget)  # type: ignore[arg-type]
    assert "CELLCI0001" in everything(found)
    assert gaps(found) == []


def _hwp_record(tag: int, level: int, data: bytes) -> bytes:
    size = min(len(data), 0xFFF)
    return (
        struct.pack("<I", tag | level << 10 | size << 20)
        + (struct.pack("<I", len(data)) if size == 0xFFF else b"")
        + data
    )


def hwp(flags: int = 1) -> bytes:
    """As Hancom's description of HWP 5.0 has it: no program of Debian writes it."""

    def paragraph(level: int, text: str) -> bytes:
        return _hwp_record(66, level, bytes(22)) + _hwp_record(67, level + 1, text.encode("utf-16-le"))

    table = "\x0b" + "\0" * 6 + "\x0b"
    body = (
        paragraph(0, f"900101-\x02123456\x021234567 {table}끝\r")
        + _hwp_record(71, 1, b" lbt" + bytes(40))
        + _hwp_record(77, 2, bytes(20))
    )
    cells = [("이름", "ci"), *((name, ci) for name, _, ci in ROWS)]
    for number, row in enumerate(cells):
        for column, text in enumerate(row):
            body += _hwp_record(72, 2, bytes(8) + struct.pack("<HH", column, number) + bytes(30)) + paragraph(
                2, text + "\r"
            )
    body += paragraph(0, "가" * 5000 + " LONGMARK\r")

    def packed(data: bytes) -> bytes:
        if not flags & 1:
            return data
        deflate = zlib.compressobj(wbits=-15)
        return deflate.compress(data) + deflate.flush()

    return compound({
        "FileHeader": b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05000300, flags) + bytes(216),
        "DocInfo": packed(bytes(100)), "BodyText/Section0": packed(body), "PrvText": "<이름><ci>\r\nPREVIEWMARK".encode("utf-16-le"),
        "BinData/BIN0001.csv": packed(b"ci,name\nATTACHED1,kim\nATTACHED2,lee\n"), "DocOptions/_LinkDoc": bytes(524),
    })  # fmt: skip


@pytest.mark.parametrize("flags", [0, 1])
def test_hangul_paragraphs_tables_and_attachments(flags: int) -> None:
    contents = list(walk("a.hwp", hwp(flags)))
    seen = everything(contents)
    for mark in ("LONGMARK", "PREVIEWMARK", "ATTACHED2"):
        assert mark in seen
    assert "900101-1234567" in seen
    table = [row for row in rows(contents) if set(row) == {"이름", "ci"}]
    assert table == [{"이름": name, "ci": ci} for name, _, ci in ROWS]
    assert [gap for gap in gaps(contents) if gap.path == "a.hwp"] == []


def test_hangul_with_a_password_or_for_distribution_is_a_gap_and_its_preview_is_read() -> None:
    for flags in (3, 5):
        contents = list(walk("a.hwp", hwp(flags)))
        assert GapCode.PASSWORD_PROTECTED in {gap.code for gap in gaps(contents)}
        assert "PREVIEWMARK" in everything(contents)


def _property(number: str, text: str) -> tuple[str, bytes]:
    return f"__substg1.0_{number}001F", text.encode("utf-16-le")


def test_outlook_messages() -> None:
    """As [MS-OXMSG] has them: no program of Debian writes msg."""
    data = compound(dict([
        ("__properties_version1.0", bytes(32)),
        _property("0037", "고객 명단"), _property("1000", "본문 900101-1234567\r\n둘째 줄"), _property("0C1A", "홍길동"),
        ("__substg1.0_1000001E", "예전 본문".encode("cp949")),
        ("__substg1.0_10130102", "<html><body><p>HTML본문</p></body></html>".encode()),
        ("__recip_version1.0_#00000000/__substg1.0_3003001F", "kim@example.com".encode("utf-16-le")),
        ("__attach_version1.0_#00000000/__substg1.0_3707001F", "users.csv".encode("utf-16-le")),
        ("__attach_version1.0_#00000000/__substg1.0_37010102", b"ci,name\nCELLCI0001,kim\nCELLCI0002,lee\n"),
        ("__attach_version1.0_#00000001/__substg1.0_3701000D/__substg1.0_0037001F", "안의 편지".encode("utf-16-le")),
    ]))  # fmt: skip
    contents = list(walk("a.msg", data))
    seen = everything(contents)
    for mark in (
        "Subject: 고객 명단",
        "본문 900101-1234567",
        "From: 홍길동",
        "예전 본문",
        "HTML본문",
        "kim@example.com",
        "Subject: 안의 편지",
    ):
        assert mark in seen
    assert {row["ci"] for row in rows(contents)} == {"CELLCI0001", "CELLCI0002"}
    assert {table.asset.path for table in tables(contents)} == {"a.msg!/users.csv"}
    assert {text.part for text in texts(contents) if "안의 편지" in text.text} == {"attachment 2"}


def test_what_no_reader_knows_is_searched() -> None:
    native = struct.pack("<IH", 60, 2) + b"users.csv\0C:\\users.csv\0\0\0\3\0" + struct.pack("<I", 2) + b"a\0"
    inner = b"ci,name\nPACKED1,kim\nPACKED2,lee\n"
    data = compound({
        "Odd": b"\1\2\3\0" * 10 + "ODDMARK 한글".encode("utf-16-le") + bytes(100),
        "\x01Ole10Native": native + struct.pack("<I", len(inner)) + inner,
        "\x05SummaryInformation": bytes(40) + b"SUMMARYMARK\0",
    })  # fmt: skip
    contents = list(walk("a.bin", data))
    for mark in ("ODDMARK 한글", "PACKED2", "SUMMARYMARK"):
        assert mark in everything(contents)


def test_deleted_text_in_free_sectors_is_searched() -> None:
    data = bytearray(compound({"Odd": b"A" * 5000, "Gone": b"x" * 4000 + b" DELETEDMARK " + b"x" * 200}))
    at = data.index("Gone".encode("utf-16-le"))
    data[at + 66] = 0  # an entry of no kind: the stream is not there any more
    contents = list(walk("a.doc", bytes(data)))
    assert "DELETEDMARK" in everything(contents)


def test_a_file_that_cannot_be_opened_is_searched_as_bytes() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + b"LOOSEMARK 900101-1234567" + bytes(9)
    contents = list(walk("a.doc", data))
    assert "LOOSEMARK" in everything(contents)
    assert [gap.code for gap in gaps(contents)] == [GapCode.MALFORMED_FILE]


@pytest.mark.parametrize("extension", ["doc", "ppt", "xls", "hwp"])
def test_damage_never_loses_silently(extension: str) -> None:
    data = (
        hwp(0) if extension == "hwp" else written({"doc": "fodt", "ppt": "fodp", "xls": "fods"}[extension], extension)
    )
    check_damage(f"a.{extension}", data, CANARIES, 200, compressed=False)


def test_small_reads_change_nothing() -> None:
    data = written("fodt", "doc")
    assert everything(walk("a.doc", OneWay(data, at_once=997))) == everything(walk("a.doc", data))
