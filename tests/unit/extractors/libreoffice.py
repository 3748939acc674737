"""Documents that LibreOffice writes, from flat OpenDocument sources kept here. All hold made-up data."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing", "meta": "meta", "form": "form",
        "presentation": "presentation", "number": "datastyle",
    }.items()
) + (
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
)  # fmt: skip
ROWS = [(f"회원{number}", f"9001011{number:06d}", f"CELLCI{number:04d}") for number in range(30)]
"""(name, RRN of thirteen digits, CI) of every table here. The numbers are no real ones: their check digits are wrong."""

_META = """<office:meta><dc:title>TITLEMARK</dc:title><meta:user-defined meta:name="ci">CUSTOMMARK</meta:user-defined></office:meta>"""


def _document(kind: str, body: str, *, styles: str = "", master: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMES} office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.{kind}">{_META}<office:automatic-styles>'
        '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
        f"{styles}</office:automatic-styles>{master}<office:body>{body}</office:body></office:document>"
    )


def _table(cell: str) -> str:
    rows = "".join(
        "<table:table-row>" + "".join(cell.format(value) for value in row) + "</table:table-row>"
        for row in [("이름", "주민번호", "ci"), *ROWS]
    )
    return f'<table:table-column table:number-columns-repeated="3"/>{rows}'


_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
TEXT = _document(
    "text",
    "<office:text><text:tracked-changes><text:changed-region text:id='c1'><text:deletion><office:change-info>"
    "<dc:creator>작성자</dc:creator><dc:date>2024-01-01T00:00:00</dc:date></office:change-info>"
    "<text:p>DELETEDMARK</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    "<text:p>번호 <text:span text:style-name='B'>9001</text:span>01-1<text:span text:style-name='B'>23</text:span>4567 끝"
    "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body><text:p>FOOTNOTEMARK</text:p>"
    "</text:note-body></text:note></text:p><text:p>앞<text:change text:change-id='c1'/>뒤"
    "<office:annotation><dc:creator>COMMENTERMARK</dc:creator><text:p>COMMENTMARK</text:p></office:annotation></text:p>"
    "<text:p><text:a xlink:type='simple' xlink:href='mailto:link-mark@example.com'>주소</text:a></text:p>"
    f"<table:table table:name='T'>{_table(_CELL)}</table:table>"
    "<text:p><draw:frame draw:name='F' svg:width='3cm' svg:height='2cm' text:anchor-type='paragraph'><draw:text-box>"
    "<text:p>TEXTBOXMARK</text:p></draw:text-box><svg:title>ALTTITLE</svg:title><svg:desc>ALTMARK 설명</svg:desc></draw:frame></text:p></office:text>",
    styles="<style:page-layout style:name='L'><style:header-style/><style:footer-style/></style:page-layout>",
    master="<office:master-styles><style:master-page style:name='Standard' style:page-layout-name='L'>"
    "<style:header><text:p>HEADERMARK</text:p></style:header><style:footer><text:p>FOOTERMARK</text:p></style:footer>"
    "</style:master-page></office:master-styles>",
)  # fmt: skip
TEXT_MARKS = [
    "900101-1234567", "DELETEDMARK", "FOOTNOTEMARK", "COMMENTMARK", "HEADERMARK", "FOOTERMARK", "TEXTBOXMARK", "TITLEMARK", "CUSTOMMARK",
    "link-mark@example.com",
]  # fmt: skip

_SHEET_ROWS = "".join(
    f"<table:table-row><table:table-cell office:value-type='string'><text:p>{name}</text:p></table:table-cell>"
    f"<table:table-cell office:value-type='float' office:value='{rrn}'><text:p>{rrn}</text:p></table:table-cell>"
    f"<table:table-cell office:value-type='string'><text:p>{ci}</text:p></table:table-cell>"
    f"<table:table-cell table:style-name='D' office:value-type='date' office:date-value='1990-03-{number % 28 + 1:02d}'/>"
    f"<table:table-cell table:style-name='Z' office:value-type='float' office:value='{1012345000 + number}'/></table:table-row>"
    for number, (name, rrn, ci) in enumerate(ROWS)
)
SHEETS = _document(
    "spreadsheet",
    "<office:spreadsheet><table:table table:name='회원 목록'><table:table-row><table:table-cell office:value-type='string'>"
    "<office:annotation><text:p>COMMENTMARK</text:p></office:annotation><text:p>2024년 명단</text:p></table:table-cell></table:table-row>"
    "<table:table-row/><table:table-row>"
    + "".join(_CELL.format(name) for name in ("이름", "주민번호", "ci", "생년월일", "전화"))
    + f"</table:table-row>{_SHEET_ROWS}</table:table><table:table table:name='숨김' table:style-name='H'><table:table-row>"
    + _CELL.format("HIDDENMARK") + "</table:table-row></table:table></office:spreadsheet>",
    styles="<number:date-style style:name='ND'><number:day/><number:text>/</number:text><number:month/></number:date-style>"
    "<style:style style:name='D' style:family='table-cell' style:data-style-name='ND'/>"
    "<number:number-style style:name='NZ'><number:number number:decimal-places='0' number:min-integer-digits='11'/></number:number-style>"
    "<style:style style:name='Z' style:family='table-cell' style:data-style-name='NZ'/>"
    "<style:style style:name='H' style:family='table'><style:table-properties table:display='false'/></style:style>",
)  # fmt: skip
SHEET_MARKS = ["COMMENTMARK", "HIDDENMARK", "TITLEMARK", "CUSTOMMARK"]


def _slide(name: str, text: str, notes: str, more: str = "", style: str = "") -> str:
    box = "<draw:frame svg:x='1cm' svg:y='1cm' svg:width='20cm' svg:height='3cm'><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>"
    noted = (
        "<presentation:notes><draw:frame presentation:class='notes' svg:x='1cm' svg:y='10cm' svg:width='10cm' svg:height='5cm'>"
        f"<draw:text-box><text:p>{notes}</text:p></draw:text-box></draw:frame></presentation:notes>"
    )
    return (
        f"<draw:page draw:name='{name}' draw:master-page-name='M' {style}>{box.format(text)}{more}{noted}</draw:page>"
    )


SLIDES = _document(
    "presentation",
    "<office:presentation>"
    + _slide("a", "슬라이드 <text:span text:style-name='B'>9001</text:span>01-1234567", "NOTESMARK")
    + _slide("b", "HIDDENMARK", "둘째", style="draw:style-name='HP'")
    + _slide(
        "c", "셋째 THIRDMARK", "셋째",
        "<draw:frame svg:x='1cm' svg:y='5cm' svg:width='20cm' svg:height='10cm'><table:table>"
        + _table("<table:table-cell><text:p>{}</text:p></table:table-cell>")
        + "</table:table><svg:desc>ALTMARK 설명</svg:desc></draw:frame>",
    )
    + "</office:presentation>",
    styles="<style:page-layout style:name='P'><style:page-layout-properties fo:page-width='28cm' fo:page-height='21cm'/></style:page-layout>"
    "<style:style style:name='HP' style:family='drawing-page'><style:drawing-page-properties presentation:visibility='hidden'/></style:style>",
    master="<office:master-styles><style:master-page style:name='M' style:page-layout-name='P'/></office:master-styles>",
)  # fmt: skip
SLIDE_MARKS = ["900101-1234567", "NOTESMARK", "HIDDENMARK", "THIRDMARK", "TITLEMARK"]

_SOURCES = {"fodt": TEXT, "fods": SHEETS, "fodp": SLIDES}
_FILTERS = {"xls": "xls:MS Excel 97", "doc": "doc:MS Word 97", "ppt": "ppt:MS PowerPoint 97"}


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="auditor-libreoffice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for kind, source in _SOURCES.items():
        (folder / f"{kind}.{kind}").write_text(source, encoding="utf-8")
    return folder


@cache
def written(kind: str, extension: str) -> bytes:
    """The source `kind` (fodt, fods, fodp) as LibreOffice writes it in another format. About two seconds each."""
    folder = _folder()
    subprocess.run(
        ["soffice", "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to",
         _FILTERS.get(extension, extension), "--outdir", str(folder), str(folder / f"{kind}.{kind}")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return (folder / f"{kind}.{extension}").read_bytes()
