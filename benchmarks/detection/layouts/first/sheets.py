"""Layouts nobody had seen when the rules were written: spreadsheets and tables in pages, wikis and batch files."""

# ruff: noqa: ARG001 - every writer takes the same arguments; SQL is written here, not run

from __future__ import annotations

import csv
import io
from functools import partial
from random import Random
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection import words
from benchmarks.detection.documents import token, upper_name
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.layouts.parts import DAY, LEGACY, TITLES, BytesWriter, grid, padded, pairs
from benchmarks.detection.tables import Sheet, Writer

PEOPLE = ("local", "space", "snake")


def _rows(lines: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue()


def _texts(page: Page, table: Sheet) -> list[list[str]]:
    return [[page.put(c, n) for n, c in pairs(table, row)] for row in table.rows]


def csv_report(page: Page, table: Sheet, chance: Random) -> str:
    """A report's export: titles as wide as the table, the header, then a row of units; totals below."""
    title, note, day, total, unit = TITLES[table.country]
    blank = [""] * (len(table.fields) - 1)
    lines = [[title, *blank], [note, *blank[:-1], day][: len(blank) + 1], list(table.fields)]
    if chance.random() < 0.5:
        lines.append([chance.choice(("(필수)", "(text)", "-", "varchar")) for _ in table.fields])
    return _rows([*lines, *_texts(page, table), [total, *blank[:-1], f"{len(table.rows)}{unit}"][: len(blank) + 1]])


def csv_two_headers(page: Page, table: Sheet, chance: Random) -> str:
    """Groups in the first row, merged once and now followed by blanks; names in the second."""
    groups = chance.sample(("기본정보", "인증정보", "접속정보", "Basic", "Contact", "기타"), 2)
    cut = max(1, len(table.fields) // 2)
    first = [groups[0] if at == 0 else groups[1] if at == cut else "" for at in range(len(table.fields))]
    return _rows([first, list(table.fields), *_texts(page, table)])


def csv_pages(page: Page, table: Sheet, chance: Random) -> str:
    """A print to CSV: the header again on every page, page numbers between."""
    texts = _texts(page, table)
    lines: list[list[str]] = []
    for at in range(0, len(texts), 10):
        lines += [[f"Page {at // 10 + 1}"], list(table.fields), *texts[at : at + 10], []]
    return _rows(lines)


def csv_transposed(page: Page, table: Sheet, chance: Random) -> str:
    """Names in the first column, a customer a column."""
    columns = _texts(page, table)
    return _rows([[field, *(texts[at] for texts in columns)] for at, field in enumerate(table.fields)])


def csv_forms(page: Page, table: Sheet, chance: Random) -> str:
    """A form a customer: label, value, label, value in each row."""
    title = TITLES[table.country][0]
    lines: list[list[str]] = []
    for row in table.rows:
        given = [part for n, c in pairs(table, row) for part in (n, page.put(c, n))]
        lines += [[title], *([*given[at : at + 4]] for at in range(0, len(given), 4)), []]
    return _rows(lines)


def csv_label_value(page: Page, table: Sheet, chance: Random) -> str:
    """Long format: a customer's number, a name, a value a row, as surveys and key-value tables export."""
    lines = [
        chance.choice(
            (["member_id", "field_name", "field_value"], ["회원번호", "항목", "내용"], ["id", "key", "value"])
        )
    ]
    for number, row in enumerate(table.rows, 1001):
        lines += [[str(number), n, page.put(c, n)] for n, c in pairs(table, row)]
    return _rows(lines)


def spreadsheet_xml(page: Page, table: Sheet, chance: Random) -> str:
    """Excel 2003's XML."""
    lines = ['<?xml version="1.0"?>', '<?mso-application progid="Excel.Sheet"?>', '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">', ' <Worksheet ss:Name="Sheet1">', "  <Table>"]  # fmt: skip
    rows = [list(map(xml_escape, table.fields)), *([page.put(c, n, xml_escape) for n, c in pairs(table, row)] for row in table.rows)]  # fmt: skip
    for texts in rows:
        lines += ["   <Row>", *(f'    <Cell><Data ss:Type="String">{t}</Data></Cell>' for t in texts), "   </Row>"]
    return "\n".join([*lines, "  </Table>", " </Worksheet>", "</Workbook>", ""])


def flat_ods(page: Page, table: Sheet, chance: Random) -> str:
    """LibreOffice's flat spreadsheet."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">', " <office:body><office:spreadsheet>", '  <table:table table:name="Sheet1">']  # fmt: skip
    rows = [list(map(xml_escape, table.fields)), *([page.put(c, n, xml_escape) for n, c in pairs(table, row)] for row in table.rows)]  # fmt: skip
    for texts in rows:
        cells = "".join(f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>' for t in texts)  # fmt: skip
        lines.append(f"   <table:table-row>{cells}</table:table-row>")
    return "\n".join([*lines, "  </table:table>", " </office:spreadsheet></office:body>", "</office:document>", ""])


def html_table(page: Page, table: Sheet, chance: Random) -> str:
    """What .xls of Korean admin pages really is: an HTML table, every cell in a line of its own, numbers kept as text."""
    lines = ['<html><head><meta http-equiv="Content-Type" content="application/vnd.ms-excel; charset=utf-8"></head><body>', '<table border="1">', "<thead>", "<tr>", *(f"  <th>{xml_escape(f)}</th>" for f in table.fields), "</tr>", "</thead>", "<tbody>"]  # fmt: skip
    for row in table.rows:
        lines += ["<tr>", *(f"  <td style=\"mso-number-format:'\\@'\">{page.put(c, n, xml_escape)}</td>" for n, c in pairs(table, row)), "</tr>"]  # fmt: skip
    return "\n".join([*lines, "</tbody>", "</table></body></html>", ""])


def markup_table(page: Page, table: Sheet, chance: Random, *, kind: str) -> str:
    """A table in a README or a wiki: Markdown, Jira, AsciiDoc, reStructuredText, MediaWiki, Org."""
    names, texts, widths = grid(page, table, str)
    body = ["| " + " | ".join(map(padded, row, widths)) + " |" for row in (names, *texts)]
    match kind:
        case "markdown":
            return "\n".join(["# test accounts", "", body[0], "|" + "|".join(":" + "-" * (w + 1) for w in widths) + "|", *body[1:], ""])  # fmt: skip
        case "jira":
            return "\n".join(["h2. test accounts", "||" + "||".join(names) + "||", *("|" + "|".join(row) + "|" for row in texts), ""])  # fmt: skip
        case "asciidoc":
            return "\n".join(['[options="header"]', "|===", "|" + " |".join(names), "", *("|" + "\n|".join(row) + "\n" for row in texts), "|===", ""])  # fmt: skip
        case "rst":
            bar = "+" + "+".join("-" * (w + 2) for w in widths) + "+"
            return "\n".join([bar, body[0], bar.replace("-", "="), *(part for line in body[1:] for part in (line, bar)), ""])  # fmt: skip
        case "mediawiki":
            return "\n".join(['{| class="wikitable"', "! " + " !! ".join(names), *("|-\n| " + " || ".join(row) for row in texts), "|}", ""])  # fmt: skip
        case _:
            return "\n".join([body[0], "|" + "+".join("-" * (w + 2) for w in widths) + "|", *body[1:], ""])


def confluence(page: Page, table: Sheet, chance: Random) -> str:
    """Confluence's storage format: a table on one line, paragraphs inside its cells."""
    rows = "".join("<tr>" + "".join(f"<td><p>{page.put(c, n, xml_escape)}</p></td>" for n, c in pairs(table, row)) + "</tr>" for row in table.rows)  # fmt: skip
    heads = "".join(f"<th><p><strong>{xml_escape(f)}</strong></p></th>" for f in table.fields)
    return f'<p>test accounts</p><table class="wrapped"><colgroup><col /></colgroup><tbody><tr>{heads}</tr>{rows}</tbody></table><p><br /></p>\n'


def chat_paste(page: Page, table: Sheet, chance: Random) -> str:
    """A KakaoTalk export in which somebody pasted cells from Excel: tabs, the header behind the sender."""
    who = words.name(chance, "kr")
    for entity in ("PERSON", "NICKNAME"):
        page.put(Cell(text=who, entity=entity, form="sender", required=False))
    lines = ["개발팀 3 님과 카카오톡 대화", "저장한 날짜 : 2025-03-31 18:02:11", "", "--------------- 2025년 3월 31일 월요일 ---------------", f"[{who}] [오후 5:40] 명단 보내드려요", f"[{who}] [오후 5:41] " + "\t".join(table.fields)]  # fmt: skip
    lines += ["\t".join(page.put(c, n) for n, c in pairs(table, row)) for row in table.rows]
    return "\n".join([*lines, f"[{who}] [오후 5:42] 확인 부탁드립니다", ""])


def fixed_width(page: Page, table: Sheet, chance: Random) -> str:
    """An EAI batch: the record's layout in comments or a COBOL copybook, then records cut by bytes of the country's old encoding."""
    encoding = LEGACY[table.country]
    names, texts, _ = grid(page, table, lambda f: upper_name(f).replace("_", "-"))
    sizes = [max(len(row[i].encode(encoding)) for row in texts) + chance.choice((0, 2, 10)) for i in range(len(names))]
    if chance.random() < 0.5:
        lines = ["      * MEMBER FILE, SEQUENTIAL", "       01  MBR-REC.", *(f"           05  {n:<24} PIC X({s:03})." for n, s in zip(names, sizes, strict=True))]  # fmt: skip
    else:
        starts = [1 + sum(sizes[:i]) for i in range(len(sizes))]
        lines = [f"# {n:<24} start={a:<4} len={s}" for n, a, s in zip(names, starts, sizes, strict=True)]
    lines += ["".join(t + " " * (s - len(t.encode(encoding))) for t, s in zip(row, sizes, strict=True)) for row in texts]  # fmt: skip
    return "\n".join([*lines, ""])


def fixed_blanks(page: Page, table: Sheet, chance: Random) -> str:
    """A mainframe's or `column -t`'s report: names over columns, two blanks or more between, nothing else."""
    names, texts, widths = grid(page, table, token)
    return "\n".join([*("  ".join(map(padded, row, widths)).rstrip() for row in (names, *texts)), ""])


def xlsx_form(page: Page, table: Sheet, chance: Random) -> bytes:
    """A sheet a customer, as forms are filled: labels in B and D, values in C and E, a merged title."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": DAY})
    for number, row in enumerate(table.rows, 1):
        sheet = book.add_worksheet(f"{number}")
        sheet.merge_range("B2:E2", TITLES[table.country][0])
        for at, (n, c) in enumerate(pairs(table, row)):
            sheet.write_string(3 + at // 2, 1 + at % 2 * 2, n)
            sheet.write_string(3 + at // 2, 2 + at % 2 * 2, page.put(c, n))
    book.close()
    return out.getvalue()


def xlsx_titled(page: Page, table: Sheet, chance: Random) -> bytes:
    """A list with merged titles, groups over names, and the list from column B on."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": DAY})
    sheet = book.add_worksheet("Sheet1")
    title, note, day, *_ = TITLES[table.country]
    last = len(table.fields)
    sheet.merge_range(0, 1, 0, last, title)
    sheet.write_string(1, 1, note)
    sheet.write_string(2, 1, day)
    cut = max(1, last // 2)
    for first, end, text in ((1, cut, "기본정보"), (cut + 1, last, "부가정보")):
        if end > first:
            sheet.merge_range(4, first, 4, end, text)
        else:
            sheet.write_string(4, first, text)
    for at, field in enumerate(table.fields, 1):
        sheet.write_string(5, at, field)
    for down, row in enumerate(table.rows, 6):
        for at, (n, c) in enumerate(pairs(table, row), 1):
            sheet.write_string(down, at, page.put(c, n))
    book.close()
    return out.getvalue()


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "csv report": (csv_report, "csv", PEOPLE), "csv two headers": (csv_two_headers, "csv", PEOPLE), "csv pages": (csv_pages, "csv", PEOPLE),
    "csv transposed": (csv_transposed, "csv", PEOPLE), "csv forms": (csv_forms, "csv", ("local", "space")), "csv long format": (csv_label_value, "csv", ("local", "snake")),
    "spreadsheet xml": (spreadsheet_xml, "xml", PEOPLE), "flat ods": (flat_ods, "fods", PEOPLE), "html as xls": (html_table, "xls", PEOPLE),
    **{f"{kind} table": (partial(markup_table, kind=kind), suffix, PEOPLE) for kind, suffix in (("markdown", "md"), ("jira", "txt"), ("asciidoc", "adoc"), ("rst", "rst"), ("mediawiki", "wiki"), ("org", "org"))},
    "confluence": (confluence, "html", PEOPLE), "chat paste": (chat_paste, "txt", ("local", "snake")), "fixed width": (fixed_width, "dat", ("snake",)),
    "fixed blanks": (fixed_blanks, "txt", ("snake", "upper")),
}  # fmt: skip
BYTES_WRITERS: dict[str, tuple[BytesWriter, str, tuple[str, ...]]] = {
    "xlsx form": (xlsx_form, "xlsx", ("local", "space")), "xlsx titled": (xlsx_titled, "xlsx", PEOPLE),
}  # fmt: skip
