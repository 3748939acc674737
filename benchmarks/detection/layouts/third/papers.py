"""The third set of layouts: sheets, printed reports, letters, chats, what is read from scans."""

# ruff: noqa: ARG001 - every writer takes the same arguments

from __future__ import annotations

import csv
import io
import zipfile
from itertools import zip_longest
from random import Random
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection.columns import moment
from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.parts import TITLES, BytesWriter, padded, pairs, width
from benchmarks.detection.tables import Sheet, Writer

PEOPLE = ("local", "space", "snake")
LETTER = {
    "kr": ("고객님께서 신청하신 내용을 안내드립니다. ", "{n}{p} {v}", ", ", "(으)로 확인되었습니다."),
    "th": ("ตามที่ท่านได้แจ้งข้อมูลไว้ ", "{n}คือ {v}", " ", " บริษัทได้บันทึกเรียบร้อยแล้ว"),
    "cn": ("您申请的内容已确认，", "{n}为{v}", "，", "。请核对。"),
}
ASKED = {
    "kr": ("{:%Y년 %m월 %d일} {:%p %-I:%M}", "상담사", "고객", "본인확인을 위해 아래 항목을 번호 순서대로 보내주세요", "확인되었습니다. 감사합니다."),
    "th": ("{:%d/%m/%Y} {:%H:%M}", "เจ้าหน้าที่", "ลูกค้า", "รบกวนส่งข้อมูลตามหมายเลขด้านล่างค่ะ", "ได้รับแล้ว ขอบคุณค่ะ"),
    "cn": ("{:%Y-%m-%d} {:%H:%M}", "客服", "客户", "请按编号提供以下资料", "已核实，谢谢。"),
}  # fmt: skip
SPREAD = {"kr": {2: " " * 6, 3: "  ", 4: " "}, "cn": {2: "\u3000\u3000", 3: " "}}
"""What stands between the letters of a label of so many."""
LEADING = ("หมายเลข", "เลขที่", "เบอร์", "เลข", "วัน", "ที่อยู่", "รหัส")
NOTE = {"kr": "(필수)", "th": "(จำเป็น)", "cn": "（必填）"}


def sentences(page: Page, table: Sheet, chance: Random) -> str:
    """A letter that tells everything in one sentence: 성명은 …, 연락처는 …; 姓名为…，手机号为…。"""
    head, form, joint, end = LETTER[table.country]
    lines = []
    for row in table.rows:
        given = []
        for n, c in pairs(table, row):
            final = "가" <= n[-1] <= "힣" and (ord(n[-1]) - 0xAC00) % 28 > 0
            given.append(form.format(n=n, p="은" if final else "는", v=page.put(c, n)))
        lines += [head + joint.join(given) + end, ""]
    return "\n".join(lines)


def numbered_answers(page: Page, table: Sheet, chance: Random) -> str:
    """A chat: the clerk asks by number, the customer answers by the same numbers."""
    stamp, clerk, customer, question, thanks = ASKED[table.country]
    mark = chance.choice(("{}. ", "{}) ", "{}."))
    lines = []
    for row in table.rows:
        when = moment(chance)
        head = stamp.format(when, when).replace("AM", "오전").replace("PM", "오후")
        lines += [f"{head}, {clerk} : {question}", *(mark.format(at) + f for at, f in enumerate(table.fields, 1)), f"{head}, {customer} : {mark.format(1)}{page.put(row[0], table.fields[0])}"]  # fmt: skip
        lines += [mark.format(at) + page.put(c, n) for at, (n, c) in enumerate(pairs(table, row)[1:], 2)]
        lines += [f"{head}, {clerk} : {thanks}", ""]
    return "\n".join(lines)


def spread_labels(page: Page, table: Sheet, chance: Random) -> str:
    """An official form: short labels are spread to one width (성    명 :, 姓　　名：); in Thai the answer stands on a dotted line."""
    lines = []
    for row in table.rows:
        lines += [TITLES[table.country][0], ""]
        for n, c in pairs(table, row):
            text = page.put(c, n)
            if table.country == "th":
                lines.append(f"{n} ......{text}......")
            else:
                blank = SPREAD[table.country].get(len(n), "") if all(width(s) == 2 for s in n) else ""
                spread = blank.join(n)
                lines.append(f"  {padded(spread, 20)} : {text}" if table.country == "kr" else f"{spread}：{text}")
        lines += ["", "=" * 40]
    return "\n".join([*lines, ""])


def headed_lists(page: Page, table: Sheet, chance: Random) -> str:
    """A note of values to test with: what they are as a heading, below it one a line."""
    head, bullet = chance.choice((("## {}", "- "), ("■ {}", "  - "), ("[{}]", ""), ("{}:", "  ")))
    lines = []
    for at, field in enumerate(table.fields):
        lines += [head.format(field), *(f"{bullet}{page.put(row[at], field)}" for row in table.rows), ""]
    return "\n".join(lines)


def labels_then_values(page: Page, table: Sheet, chance: Random) -> str:
    """A form's text as PDF readers and OCR give it, column by column: all labels, then all values in the same order."""
    lines = []
    for number, row in enumerate(table.rows, 1):
        lines += [TITLES[table.country][0], *table.fields, *(page.put(c, n) for n, c in pairs(table, row)), f"- {number} -", "\f"]  # fmt: skip
    return "\n".join(lines)


def _halves(table: Sheet) -> int:
    return (len(table.fields) + 1) // 2


def printed_lines(page: Page, table: Sheet, chance: Random) -> str:
    """A printed list: two lines of names, two lines a record, a page's head and a form feed every ten."""
    cut = _halves(table)
    texts = [[page.put(c, n) for n, c in pairs(table, row)] for row in table.rows]
    both = [(list(table.fields[:cut]), list(table.fields[cut:])), *((row[:cut], row[cut:]) for row in texts)]
    sizes = [max(width(part[at]) for pair in both for part in pair if at < len(part)) for at in range(cut)]
    lines = []
    title, _, day, *_ = TITLES[table.country]

    def printed(mark: str, parts: tuple[list[str], list[str]]) -> list[str]:
        return [f"{lead:>5}  " + "  ".join(map(padded, part, sizes)).rstrip() for lead, part in zip((mark, ""), parts, strict=True)]  # fmt: skip

    for at in range(0, len(texts), 10):
        bar = "-" * (7 + sum(sizes) + 2 * (cut - 1))
        lines += [f"{title}{' ' * 40}{day}{' ' * 10}PAGE : {at // 10 + 1}", bar, *printed("NO", both[0]), bar]
        for number, parts in enumerate(both[1 + at : 11 + at], at + 1):
            lines += printed(str(number), parts)
        lines += [bar, "\f"]
    return "\r\n".join([*lines, ""])


def _rows(lines: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(lines)
    return out.getvalue()


def csv_two_lines(page: Page, table: Sheet, chance: Random) -> str:
    """A sheet whose records take two rows each, under two rows of names; the number was merged."""
    cut = _halves(table)
    number = {"kr": "번호", "th": "ลำดับ", "cn": "序号"}[table.country]
    lines = [[number, *table.fields[:cut]], ["", *table.fields[cut:]]]
    for at, row in enumerate(table.rows, 1):
        texts = [page.put(c, n) for n, c in pairs(table, row)]
        lines += [[str(at), *texts[:cut]], ["", *texts[cut:]]]
    most = cut + 1
    return _rows([[*line, *[""] * (most - len(line))] for line in lines])


def _broken(name: str, country: str, chance: Random) -> str:
    """A heading as people break it to keep a column narrow."""
    if " " in name:
        text = name.replace(" ", "\n")
    elif country == "th":
        lead = next((lead for lead in LEADING if name.startswith(lead) and name != lead), "")
        text = f"{lead}\n{name.removeprefix(lead)}" if lead else name
    elif len(name) > 3 and all(width(s) == 2 for s in name):
        text = f"{name[:-2]}\n{name[-2:]}"
    else:
        text = name
    return f"{text}\n{NOTE[country]}" if chance.random() < 0.3 else text


def csv_broken_names(page: Page, table: Sheet, chance: Random) -> str:
    """A sheet's names with line breaks in them, kept in quotes."""
    heads = [_broken(f, table.country, chance) for f in table.fields]
    return _rows([heads, *([page.put(c, n) for n, c in pairs(table, row)] for row in table.rows)])


def csv_side_by_side(page: Page, table: Sheet, chance: Random) -> str:
    """A list printed in two halves: the same names twice in a row, an empty column between."""
    rows = [[page.put(c, n) for n, c in pairs(table, row)] for row in table.rows]
    cut = (len(rows) + 1) // 2
    lines = [[*table.fields, "", *table.fields]]
    lines += [[*left, "", *(right or [""] * len(left))] for left, right in zip_longest(rows[:cut], rows[cut:])]
    return _rows(lines)


def csv_numbered(page: Page, table: Sheet, chance: Random) -> str:
    """Two people in a row, as joint applications come: names numbered, 성명1 … 성명2 …."""
    form = "{}_{}" if all(f.islower() and f.isascii() for f in table.fields) else "{}{}"
    lines = [[form.format(f, at) for at in (1, 2) for f in table.fields]]
    for pair in zip_longest(table.rows[::2], table.rows[1::2]):
        line: list[str] = []
        for at, row in enumerate(pair, 1):
            line += [page.put(c, form.format(n, at)) for n, c in pairs(table, row)] if row else [""] * len(table.fields)
        lines.append(line)
    return _rows(lines)


def docx_list(page: Page, table: Sheet, chance: Random) -> bytes:
    """Word: a list as one table, its first row repeated on every page."""

    def line(texts: list[str], head: str = "") -> str:
        cells = "".join(f'<w:tc><w:tcPr><w:tcW w:w="1500" w:type="dxa"/></w:tcPr><w:p><w:r><w:t xml:space="preserve">{xml_escape(t)}</w:t></w:r></w:p></w:tc>' for t in texts)  # fmt: skip
        return f"<w:tr>{head}{cells}</w:tr>"

    rows = [line([page.put(c, n) for n, c in pairs(table, row)]) for row in table.rows]
    body = f"<w:p><w:r><w:t>{TITLES[table.country][0]}</w:t></w:r></w:p><w:tbl>{line(list(table.fields), '<w:trPr><w:tblHeader/></w:trPr>')}{''.join(rows)}</w:tbl><w:p/>"
    start = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    office = "application/vnd.openxmlformats"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="{office}-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{office}-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 3, 31, 9, 0, 0)), start + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "sentences": (sentences, "txt", ("local",)), "numbered answers": (numbered_answers, "txt", ("local",)), "spread labels": (spread_labels, "txt", ("local",)),
    "headed lists": (headed_lists, "txt", PEOPLE), "labels then values": (labels_then_values, "txt", ("local", "space")), "printed two lines": (printed_lines, "prn", PEOPLE),
    "csv two lines": (csv_two_lines, "csv", PEOPLE), "csv broken names": (csv_broken_names, "csv", ("local", "space")), "csv side by side": (csv_side_by_side, "csv", PEOPLE),
    "csv numbered names": (csv_numbered, "csv", PEOPLE),
}  # fmt: skip
BYTES_WRITERS: dict[str, tuple[BytesWriter, str, tuple[str, ...]]] = {
    "docx list": (docx_list, "docx", PEOPLE),
}  # fmt: skip
