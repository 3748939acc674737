"""Layouts nobody had seen when the rules were written: forms, memos, letters, mails, screens."""

# ruff: noqa: ARG001 - every writer takes the same arguments; SQL is written here, not run

from __future__ import annotations

import base64
import io
import quopri
import zipfile
from collections.abc import Callable
from functools import partial
from random import Random
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import attribute_text, identifier
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.layouts.parts import TITLES, BytesWriter, padded, pairs
from benchmarks.detection.tables import Sheet, Writer

MEMO = {"kr": ("[상담메모]", "접수채널: 전화", "문의유형: 정보변경"), "th": ("บันทึกการให้บริการ", "ช่องทาง: สายด่วน", "ประเภท: แก้ไขข้อมูล"), "cn": ("客服备忘", "渠道：电话", "类型：资料变更")}  # fmt: skip
LETTER = {"kr": ("{}께", "안녕하십니까. 요청하신 내용이 아래와 같이 접수되었습니다.", "감사합니다. 고객센터 드림"), "th": ("เรียน {}", "บริษัทได้รับข้อมูลของท่านดังนี้", "ขอแสดงความนับถือ"), "cn": ("尊敬的{}：", "您提交的资料如下：", "此致 客户服务中心")}  # fmt: skip


def html_definitions(page: Page, table: Sheet, chance: Random, *, tag: str) -> str:
    """A saved detail page: dt and dd, th and td, or a span for the label and one for the value."""
    form, outside = {
        "dl": ("  <dt>{}</dt>\n  <dd>{}</dd>", "dl"), "th td": ('  <tr><th scope="row">{}</th><td>{}</td></tr>', "table"), "spans": ('  <li><span class="label">{}</span><span class="value">{}</span></li>', "ul"),
        "td td": ('  <tr>\n    <td class="tit">{}</td>\n    <td class="con">{}</td>\n  </tr>', "table"), "strong": ("  <p><strong>{}</strong> {}</p>", "div"),
    }[tag]  # fmt: skip
    lines = ["<!doctype html>", '<html><head><meta charset="utf-8"></head><body>']
    for row in table.rows:
        lines += [f'<{outside} class="detail">', *(form.format(xml_escape(n), page.put(c, n, xml_escape)) for n, c in pairs(table, row)), f"</{outside}>"]  # fmt: skip
    return "\n".join([*lines, "</body></html>", ""])


def html_inputs(page: Page, table: Sheet, chance: Random) -> str:
    """An edit form as a browser saved it: name and value in one tag, in either order."""
    turned = chance.random() < 0.5
    lines = ["<!doctype html>", '<html><head><meta charset="utf-8"></head><body>']
    for row in table.rows:
        lines.append('<form action="/admin/member/update" method="post">')
        for n, c in pairs(table, row, identifier):
            value = page.put(c, n, attribute_text)
            lines.append(f'  <input type="text" value="{value}" class="form-control" name="{n}" id="{n}">' if turned else f'  <input type="text" name="{n}" id="{n}" class="form-control" value="{value}" maxlength="100">')  # fmt: skip
        lines.append("</form>")
    return "\n".join([*lines, "</body></html>", ""])


def memo(page: Page, table: Sheet, chance: Random) -> str:
    """A clerk's notes: label and value a line, with the bullets and colons of their country."""
    bullet = chance.choice(("", "- ", "■ ", "○ ", "* ", "· "))
    colon = chance.choice((": ", " : ", ":")) if table.country != "cn" else chance.choice(("：", ": "))
    lines = []
    for row in table.rows:
        head, *rest = MEMO[table.country]
        lines += [f"{head} {moment(chance):%Y-%m-%d %H:%M}", rest[0], *(f"{bullet}{n}{colon}{page.put(c, n)}" for n, c in pairs(table, row)), rest[1], ""]  # fmt: skip
    return "\n".join(lines)


def memo_line(page: Page, table: Sheet, chance: Random) -> str:
    """The same on one line, slashes between: `이름 홍길동 / 연락처 010-…`."""
    colon = chance.choice((" ", ": ", ":"))
    joint = chance.choice((" / ", " | ", ", "))
    return "\n".join([*(f"{moment(chance):%m/%d} " + joint.join(f"{n}{colon}{page.put(c, n)}" for n, c in pairs(table, row)) for row in table.rows), ""])  # fmt: skip


def numbered_form(page: Page, table: Sheet, chance: Random) -> str:
    """An application form: numbered questions, dots or blanks to the answer, or the answer in brackets."""
    form = chance.choice(("{}. {} : {}", "{}) {} - {}", "{}. {} ............ {}", "{}. {} [ {} ]", "{}. {}\t{}"))
    lines = []
    for row in table.rows:
        lines += [TITLES[table.country][0], *(form.format(at, n, page.put(c, n)) for at, (n, c) in enumerate(pairs(table, row), 1)), "-" * 40]  # fmt: skip
    return "\n".join([*lines, ""])


def form_mail(page: Page, table: Sheet, chance: Random) -> str:
    """A web form's mail: the question in one line, the answer in the next."""
    lines = []
    for row in table.rows:
        lines += ["A new response was submitted.", ""]
        for n, c in pairs(table, row):
            lines += [n, page.put(c, n), ""]
    return "\n".join(lines)


def terminal_screen(page: Page, table: Sheet, chance: Random) -> str:
    """A bank's terminal: two fields a line, values in brackets filled with blanks."""
    lines = []
    for row in table.rows:
        lines.append(f"[MB1010] {TITLES[table.country][0]}{' ' * 30}{moment(chance):%Y/%m/%d %H:%M:%S}")
        cells = [f" {padded(n, 18)}[{padded(page.put(c, n), 24)}]" for n, c in pairs(table, row)]
        lines += ["  ".join(cells[at : at + 2]) for at in range(0, len(cells), 2)]
        lines.append("=" * 90)
    return "\n".join([*lines, ""])


def _letter(page: Page, table: Sheet, row: tuple[Cell, ...]) -> str:
    head, middle, end = LETTER[table.country]
    colon = "：" if table.country == "cn" else " : "
    customer = {"kr": "고객님", "th": "ลูกค้า", "cn": "客户"}[table.country]
    return "\n".join([head.format(customer), "", middle, "", *(f"  {n}{colon}{page.put(c, n)}" for n, c in pairs(table, row)), "", end, ""])  # fmt: skip


def rtf_letters(page: Page, table: Sheet, chance: Random) -> str:
    r"""A mail merge's result in RTF: letters as \u44608?."""

    def write(text: str) -> str:
        units = text.encode("utf-16-le")
        numbers = [int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2)]
        return "".join(("\\" + chr(u) if chr(u) in "\\{}" else chr(u)) if u < 128 else f"\\u{u if u < 32768 else u - 65536}?" for u in numbers)  # fmt: skip

    body = []
    for row in table.rows:
        head, middle, end = LETTER[table.country]
        given = [f"{write(n)} : {page.put(c, n, write)}" for n, c in pairs(table, row)]
        body += [line + "\\par" for line in (write(head.format("VIP")), "", write(middle), *given, write(end))]
        body.append("\\page")
    return "{\\rtf1\\ansi\\ansicpg949\\deff0{\\fonttbl{\\f0\\fnil Malgun Gothic;}}\n\\pard\\f0\\fs20\n" + "\n".join(body) + "\n}\n"  # fmt: skip


def eml_quoted(page: Page, table: Sheet, chance: Random) -> str:
    """A mail in quoted-printable: bytes as =EA, lines cut at 76 by =."""
    return _eml(page, table, chance, "quoted-printable", lambda data: quopri.encodestring(data).decode())


def eml_base64(page: Page, table: Sheet, chance: Random) -> str:
    """A mail in base64."""
    return _eml(page, table, chance, "base64", lambda data: base64.encodebytes(data).decode())


def _eml(page: Page, table: Sheet, chance: Random, name: str, encode: Callable[[bytes], str]) -> str:
    """One mail with a letter for each customer; in an mbox the bodies would only be more of the same."""
    for address in ("cs@vendor.example", "ops@vendor.example"):
        page.put(Cell(text=address, entity="EMAIL_ADDRESS", form="header", required=False))
    body = "\n\n".join(_letter(page, table, row) for row in table.rows)
    subject = base64.b64encode(TITLES[table.country][0].encode()).decode()
    head = ["From: cs@vendor.example", "To: ops@vendor.example", f"Subject: =?utf-8?B?{subject}?=", f"Date: {moment(chance):%a, %d %b %Y %H:%M:%S} +0900", "MIME-Version: 1.0", 'Content-Type: multipart/alternative; boundary="=_b1"', "", "--=_b1", 'Content-Type: text/plain; charset="utf-8"', f"Content-Transfer-Encoding: {name}", ""]  # fmt: skip
    return "\n".join([*head, encode(body.encode()), "--=_b1--", ""])


def docx_form(page: Page, table: Sheet, chance: Random) -> bytes:
    """Word: a table of two columns a customer, the label left, the value right and cut into runs as Word does."""
    blocks = []
    for row in table.rows:
        rows = []
        for n, c in pairs(table, row):
            value = page.put(c, n)
            cut = len(value) // 2 if chance.random() < 0.3 else len(value)
            runs = "".join(f'<w:r><w:t xml:space="preserve">{xml_escape(part)}</w:t></w:r>' for part in (value[:cut], value[cut:]) if part)  # fmt: skip
            rows.append(f"<w:tr><w:tc><w:p><w:r><w:t>{xml_escape(n)}</w:t></w:r></w:p></w:tc><w:tc><w:p>{runs}</w:p></w:tc></w:tr>")  # fmt: skip
        blocks.append(f"<w:p><w:r><w:t>{TITLES[table.country][0]}</w:t></w:r></w:p><w:tbl>{''.join(rows)}</w:tbl>")
    document = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{"".join(blocks)}</w:body></w:document>'
    types = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    relations = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("[Content_Types].xml", types), ("_rels/.rels", relations), ("word/document.xml", document)):
            archive.writestr(zipfile.ZipInfo(name, (2025, 3, 31, 9, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    **{f"html {tag}": (partial(html_definitions, tag=tag), "html", ("local", "space")) for tag in ("dl", "th td", "td td", "spans", "strong")},
    "html inputs": (html_inputs, "html", ("camel", "snake")), "memo": (memo, "txt", ("local",)), "memo line": (memo_line, "txt", ("local",)),
    "numbered form": (numbered_form, "txt", ("local", "space")), "form mail": (form_mail, "txt", ("local", "space")), "terminal screen": (terminal_screen, "txt", ("local",)),
    "rtf letters": (rtf_letters, "rtf", ("local", "space")), "eml quoted-printable": (eml_quoted, "eml", ("local", "space")),
    "eml base64": (eml_base64, "eml", ("local", "space")),
}  # fmt: skip
BYTES_WRITERS: dict[str, tuple[BytesWriter, str, tuple[str, ...]]] = {
    "docx form": (docx_form, "docx", ("local", "space")),
}  # fmt: skip
