"""Workbooks: cells as people see them under the sheet's own names, rows and letters; every other part as well."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from damage import check_damage
from extracting import everything, gaps, rows, tables, texts, walk
from libreoffice import ROWS, SHEET_MARKS, written
from memory import Growth

from auditor.extractors._office.grid import letters
from auditor.extractors._office.numbers import DATE, kind_of, shown
from auditor.model.asset import GapCode

CANARIES = [row[2] for row in ROWS]
ROOT = Path(__file__).resolve().parents[3]


def workbook(sheet: str, strings: str = "", more: dict[str, str] | None = None) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="명단" r:id="r1"/></sheets></workbook>'
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{sheet}</sheetData></worksheet>")
        archive.writestr("xl/sharedStrings.xml", f"<sst>{strings}</sst>")
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize("extension", ["xlsx", "ods", "xls"])
def test_reads_what_libreoffice_writes(extension: str) -> None:
    contents = list(walk(f"a.{extension}", written("fods", extension)))
    table = next(table for table in tables(contents) if table.name == "회원 목록")
    assert table.columns == ("이름", "주민번호", "ci", "생년월일", "전화")
    assert table.letters == ("A", "B", "C", "D", "E")
    assert table.first_row == 4
    assert rows(contents, "회원 목록") == [
        {"이름": name, "주민번호": rrn, "ci": ci, "생년월일": f"1990-03-{n % 28 + 1:02d}", "전화": f"0{1012345000 + n}"}
        for n, (name, rrn, ci) in enumerate(ROWS)
    ]
    assert [mark for mark in SHEET_MARKS if mark not in everything(contents)] == []
    assert [gap for gap in gaps(contents) if gap.path == f"a.{extension}"] == []


def test_a_title_above_the_names_is_text_of_its_row() -> None:
    (title,) = [text for text in texts(list(walk("a.xlsx", written("fods", "xlsx")))) if "명단" in text.text]
    assert (title.part, title.first_line) == ("sheet 회원 목록", 1)


def test_numbers_keep_all_their_digits() -> None:
    assert shown("9.001011234567E12", "") == "9001011234567"
    assert shown("9001011234567", kind_of(164, "000000\\-0000000")) == "900101-1234567"
    assert shown("1012345678", kind_of(165, "00000000000")) == "01012345678"
    assert shown("1012345678", kind_of(166, '000"-"0000"-"0000')) == "010-1234-5678"
    assert shown("0.1", "") == "0.1"
    assert shown("32874", kind_of(14, "")) == "1990-01-01"
    assert kind_of(170, "yyyy\\-mm\\-dd") == DATE
    assert kind_of(171, "#,##0") == ""
    assert [letters(column) for column in (0, 25, 26, 16383)] == ["A", "Z", "AA", "XFD"]


def test_rich_strings_are_joined_and_strings_of_no_cell_are_searched() -> None:
    data = workbook(
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        "<si><r><t>9001</t></r><r><t>01-1234567</t></r><rPh><t>읽기</t></rPh></si><si><t>LEFTOVER</t></si>",
    )
    contents = list(walk("a.xlsx", data))
    assert "900101-1234567" in everything(contents)
    (left,) = [text for text in texts(contents) if "LEFTOVER" in text.text]
    assert left.part == "shared strings that stand in no cell"


def test_rows_and_letters_are_the_sheets_own_with_holes() -> None:
    header = '<row r="3"><c r="B3" t="str"><v>name</v></c><c r="D3" t="str"><v>ci</v></c></row>'
    body = "".join(
        f'<row r="{n}"><c r="B{n}" t="str"><v>kim</v></c><c r="D{n}"><v>{n}00000</v></c></row>'
        for n in (5, 6, 9, 900_000)
    )
    found = tables(list(walk("a.xlsx", workbook(header + body))))
    assert {table.letters for table in found} == {("B", "D")}
    cells = {
        table.first_row + at: value for table in found for at, value in enumerate(table.arrays[1].to_pylist()) if value
    }
    assert cells == {5: "500000", 6: "600000", 9: "900000", 900_000: "90000000000"}


def test_a_sheet_from_corner_to_corner_costs_nothing() -> None:
    data = workbook(
        '<row r="1"><c r="A1"><v>9001011234567</v></c></row><row r="1048576"><c r="XFD1048576"><v>9001011234568</v></c></row>'
    )
    with Growth() as growth:
        contents = list(walk("a.xlsx", data))
    assert growth.grown < 64 << 20
    assert [(table.letters, table.first_row) for table in tables(contents)] == [(("A",), 1), (("XFD",), 1_048_576)]


def test_an_ods_with_repeated_cells_costs_nothing() -> None:
    row = '<t:table-row t:number-rows-repeated="1000000"><t:table-cell t:number-columns-repeated="16384"><p>CI88</p></t:table-cell></t:table-row>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f'<d xmlns:t="t"><t:table t:name="s">{row}</t:table></d>')
    contents = list(walk("a.ods", file.getvalue()))
    assert "CI88" in everything(contents)
    assert sum(len(table.arrays[0]) * len(table.arrays) for table in tables(contents)) < 100_000


def test_formulas_and_parts_besides_the_cells_are_searched() -> None:
    data = workbook(
        '<row r="1"><c r="A1"><f>CONCATENATE("kim@","example.com")</f><v>0</v></c></row>',
        more={
            "xl/pivotCache/pivotCacheRecords1.xml": '<r><s v="홍길동"/><n v="9001011234567"/></r>',
            "xl/externalLinks/externalLink1.xml": '<e><cell r="A1"><v>9001011234568</v></cell></e>',
            "xl/threadedComments/threadedComment1.xml": "<c><text>이 고객 010-1234-5678</text></c>",
        },
    )
    seen = everything(walk("a.xlsx", data))
    for mark in ('"kim@","example.com"', "홍길동", "9001011234567", "9001011234568", "010-1234-5678"):
        assert mark in seen


def test_strings_that_are_not_there_are_a_gap() -> None:
    contents = list(walk("a.xlsx", workbook('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')))
    assert [gap.code for gap in gaps(contents)] == [GapCode.MALFORMED_FILE]


def _record(kind: int, data: bytes) -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(data)
    return head + (bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])) + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def test_xlsb_sheets() -> None:
    """No program of Debian writes xlsb: records as [MS-XLSB] has them."""
    cells = _record(0, struct.pack("<I", 0) + bytes(13)) + b"".join(
        _record(6, struct.pack("<II", column, 0) + _wide(name))
        for column, name in enumerate(("이름", "주민번호", "ci"))
    )
    for number, (_, rrn, ci) in enumerate(ROWS, 1):
        cells += _record(0, struct.pack("<I", number) + bytes(13)) + _record(7, struct.pack("<III", 0, 0, 0))
        cells += _record(5, struct.pack("<IId", 1, 0, float(rrn))) + _record(6, struct.pack("<II", 2, 0) + _wide(ci))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.bin", _record(156, struct.pack("<II", 1, 1) + _wide("r1") + _wide("숨김")))
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.bin"/></Relationships>',
        )
        archive.writestr(
            "xl/sharedStrings.bin", _record(19, b"\0" + _wide("홍길동")) + _record(19, b"\0" + _wide("LEFTOVER"))
        )
        archive.writestr("xl/worksheets/sheet1.bin", cells)
        archive.writestr("xl/comments1.bin", _record(637, b"\0" + _wide("COMMENTMARK 010-1234-5678")))
    contents = list(walk("a.xlsb", file.getvalue()))
    assert rows(contents, "숨김") == [{"이름": "홍길동", "주민번호": rrn, "ci": ci} for _, rrn, ci in ROWS]
    assert "LEFTOVER" in everything(contents)
    assert "COMMENTMARK 010-1234-5678" in everything(contents)
    assert gaps(contents) == []


MEMORY = """
import sys, io, zipfile
sys.path[:0] = [{root!r}, {tests!r}]
from extracting import walk
from memory import Growth
def book(rows):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(b"<worksheet><sheetData>")
            for n in range(1, rows):
                part.write(b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>kim %d</t></is></c><c r="B%d"><v>9001011%06d</v></c></row>' % (n, n, n, n, n))
            part.write(b"</sheetData></worksheet>")
    return file.getvalue()
small, large = book(2000), book(40000)
for _ in walk("a.xlsx", small): pass
with Growth() as growth:
    for _ in walk("a.xlsx", large): pass
print(growth.grown >> 20)
"""


def test_memory_does_not_grow_with_the_sheet() -> None:
    code = MEMORY.format(root=str(ROOT), tests=str(ROOT / "tests"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) < 64


@pytest.mark.parametrize("extension", ["xlsx", "ods"])
def test_damage_never_loses_silently(extension: str) -> None:
    check_damage(f"a.{extension}", written("fods", extension), CANARIES, 200, compressed=True)
