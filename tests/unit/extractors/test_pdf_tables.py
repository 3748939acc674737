"""Lists printed to PDF: every value of every row is found under its column's name, once, however the table is drawn."""

from __future__ import annotations

import base64
import os
import random
import shutil
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from extracting import rows, tables, walk
from pdf_writer import PdfWriter

from auditor.detectors.detector import Detector
from auditor.detectors.validators import VALIDATORS
from auditor.model.asset import Asset
from auditor.model.content import Table, Text
from auditor.model.match import Match
from auditor.ruleset.loader import load

HEAD = ("번호", "닉네임", "연계정보(CI)", "생년월일", "주소", "휴대전화")
WIDTHS = ("1.2cm", "2.4cm", "5cm", "2.2cm", "3.5cm", "2.7cm")
ENTITIES = ("KR_CI", "NICKNAME", "DATE_OF_BIRTH", "ADDRESS", "PHONE_NUMBER")
_NAMES = ("달빛여우", "푸른고래", "코딩하는곰", "밤하늘산책자", "โลมาสีฟ้า")
_ROADS = ("서울특별시 강남구 테헤란로 {} 래미안아파트 101동 1502호", "부산광역시 해운대구 우동 {}번지")


@cache
def people() -> list[tuple[str, ...]]:
    chance = random.Random("people")
    return [
        (
            f"{number}", f"{_NAMES[number % 5]}{number}", base64.b64encode(chance.randbytes(64)).decode(),
            f"{1960 + number % 40}-{number % 12 + 1:02}-{number % 28 + 1:02}", _ROADS[number % 2].format(number),
            f"010-{chance.randrange(2000, 9999)}-{chance.randrange(1000, 9999)}",
        )
        for number in range(1, 61)
    ]  # fmt: skip


def _flat(kind: str, style: str) -> str:
    """A table of LibreOffice's, its cells of one style."""
    kinds = {"office": "office", "style": "style", "text": "text", "table": "table", "fo": "xsl-fo-compatible"}
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"' for name, full in kinds.items()
    )
    widths = "".join(
        f'<style:style style:name="W{number}" style:family="table-column"><style:table-column-properties style:column-width="{width}"/>'
        "</style:style>" for number, width in enumerate(WIDTHS)
    )  # fmt: skip
    columns = "".join(f'<table:table-column table:style-name="W{number}"/>' for number in range(len(WIDTHS)))

    def line(cells: tuple[str, ...]) -> str:
        inner = "".join(
            f'<table:table-cell table:style-name="C" office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in cells
        )
        return f"<table:table-row>{inner}</table:table-row>"

    table = (
        f'<table:table table:name="T">{columns}<table:table-header-rows>{line(HEAD)}</table:table-header-rows>'
        f"{''.join(map(line, people()))}</table:table>"
    )
    body = f"<text:p>회원 명단입니다.</text:p>{table}<text:p>끝.</text:p>" if kind == "text" else table
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.{kind}">'
        f'<office:automatic-styles>{widths}<style:style style:name="C" style:family="table-cell"><style:table-cell-properties '
        f'fo:wrap-option="wrap" {style}/></style:style></office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>'
        "</office:body></office:document>"
    )


def _page(style: str) -> str:
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in people())
    names = "".join(f"<th>{name}</th>" for name in HEAD)
    return (
        f"<html><meta charset=utf-8><style>td{{overflow-wrap:anywhere}}{style}</style><h1>회원 명단</h1><table width=100%>"
        f"<thead><tr>{names}</tr></thead><tbody>{lines}</tbody></table></html>"
    )


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of LibreOffice's: with borders or none, what is beside long cells at the middle, top and bottom."""
    folder = tmp_path_factory.mktemp("office")
    bordered = 'fo:border="0.5pt solid #000000" fo:padding="0.1cm"'
    (folder / "writer-ruled.fodt").write_text(_flat("text", f'style:vertical-align="middle" {bordered}'))
    (folder / "writer-plain.fodt").write_text(
        _flat("text", 'style:vertical-align="top" fo:border="none" fo:padding="0.1cm"')
    )
    (folder / "calc-ruled.fods").write_text(_flat("spreadsheet", f'style:vertical-align="bottom" {bordered}'))
    (folder / "calc-plain.fods").write_text(_flat("spreadsheet", 'style:vertical-align="bottom"'))
    files = sorted(map(str, folder.glob("*.fod?")))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=120)
    return folder


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages that Chromium printed."""
    folder = tmp_path_factory.mktemp("browser")
    chromium = next(filter(shutil.which, (os.environ.get("CHROMIUM", ""), "chromium", "google-chrome")), None)
    assert chromium, "apt-get install chromium"
    styles = {
        "ruled": "table,td,th{border:1px solid}",
        "plain": "",
        "lined": "table{border-collapse:collapse}td,th{border-bottom:1px solid;padding:6px;text-align:left;vertical-align:top}",
    }
    for name, style in styles.items():
        (folder / f"{name}.html").write_text(_page(style))
        subprocess.run(
            [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
             f"--print-to-pdf={folder}/{name}.pdf", f"{folder}/{name}.html"],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
    return folder


def _matches(data: bytes) -> list[Match]:
    detection = Detector(load(validators=frozenset(VALIDATORS)), b"k" * 32).asset(Asset(target="t", path="list.pdf"))
    found: list[Match] = []
    for content in walk("list.pdf", data):
        if isinstance(content, Table | Text):
            matches = detection.table(content) if isinstance(content, Table) else detection.text(content)
            found += [match for match in matches if isinstance(match, Match)]
    return [*found, *detection.finish()]


def _all_found(data: bytes) -> None:
    held = [tuple(row.get(name, "") for name in HEAD[:4]) for row in rows(list(walk("list.pdf", data)))]
    assert [row for row in held if row[2]] == [row[:4] for row in people()]
    matches = _matches(data)
    assert Counter(match.entity for match in matches) == dict.fromkeys(ENTITIES, 60)
    assert Counter(entity for entity, _ in {(match.entity, match.fingerprint) for match in matches}) == dict.fromkeys(
        ENTITIES, 60
    )
    assert not any(match.candidate for match in matches)


@pytest.mark.parametrize("name", ["writer-ruled", "writer-plain", "calc-ruled", "calc-plain"])
def test_a_list_from_an_office_suite(office: Path, name: str) -> None:
    _all_found((office / f"{name}.pdf").read_bytes())


@pytest.mark.parametrize("name", ["ruled", "plain", "lined"])
def test_a_list_from_a_browser(browser: Path, name: str) -> None:
    _all_found((browser / f"{name}.pdf").read_bytes())


def _drawn(page: str, more: bytes = b"") -> list[Table]:
    writer = PdfWriter()
    writer.page(contents=writer.stream(page.encode()), more=more)
    return tables(list(walk("a.pdf", writer.file())))


def _text(x: float, y: float, text: str) -> str:
    return f"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n"


GRID = "".join(f"50 {700 - 20 * row} 300 0.5 re f\n" for row in range(4)) + "".join(
    f"{x} 640 0.5 60 re f\n" for x in (50, 150, 350)
)
CELLS = "".join(
    _text(x, 686 - 20 * row, text)
    for row, line in enumerate([("nickname", "phone"), ("BlueBear", "010-1234-5678"), ("Fox", "010-1234-5679")])
    for x, text in zip((55, 155), line, strict=True)
)


def test_cells_of_a_turned_page_and_of_a_form() -> None:
    (table,) = _drawn(f"q 0 1 -1 0 595 0 cm {GRID}{CELLS} Q", b"/Rotate 90")
    assert table.columns == ("nickname", "phone")
    assert [array.to_pylist() for array in table.arrays] == [["BlueBear", "Fox"], ["010-1234-5678", "010-1234-5679"]]
    writer = PdfWriter()
    form = writer.stream(GRID.encode(), b"/Type /XObject /Subtype /Form /BBox [0 0 400 800] /Matrix [1 0 0 1 -20 -30]")
    shown = writer.stream(f"q 1 0 0 1 20 30 cm /X1 Do Q\n{CELLS}".encode())
    writer.page(contents=shown)
    data = writer.file().replace(b"/Font << /F1 3 0 R >>", b"/Font << /F1 3 0 R >> /XObject << /X1 %d 0 R >>" % form)
    assert rows(list(walk("a.pdf", data)))[1] == {"nickname": "Fox", "phone": "010-1234-5679"}


def test_drawings_and_prose_are_no_tables() -> None:
    chance = random.Random("no table")
    marks = "".join(
        _text(chance.uniform(60, 520), chance.uniform(60, 680), f"{chance.randrange(99)}") for _ in range(300)
    )
    axes = "".join(f"50 {50 + 100 * at} 500 0.5 re f\n{50 + 100 * at} 50 0.5 700 re f\n" for at in range(6))
    assert _drawn(marks + axes) == []
    words = [
        "the",
        "name",
        "of",
        "every",
        "customer",
        "was",
        "kept",
        "in",
        "phone",
        "order",
        "while",
        "date",
        "and",
        "address",
        "were",
    ]
    prose = "".join(_text(50, 780 - 12 * at, " ".join(chance.choices(words, k=13))) for at in range(60))
    assert _drawn(prose) == []


def test_hostile_pages_take_no_time() -> None:
    chance = random.Random("many")
    lines = "".join(
        f"{chance.randrange(600)} {chance.randrange(800)} {chance.randrange(9, 90)} 0.5 re f\n" for _ in range(100_000)
    )
    seconds = os.times().user
    _drawn(lines + CELLS)
    words = "".join(
        f"BT /F1 4 Tf {20 + at % 40 * 14} {820 - at // 40 * 5} Td (ab{at % 7}) Tj ET\n" for at in range(6400)
    )
    _drawn(words)
    assert os.times().user - seconds < 10
