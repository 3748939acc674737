"""The judging set of layouts: files between companies, lists of sheets, forms and screens as text, tickets, mails."""

from __future__ import annotations

import base64
import csv
import io
from random import Random
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection import numbers
from benchmarks.detection.columns import moment
from benchmarks.detection.documents import identifier
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.layouts.judged.parts import (
    CODE,
    DATE,
    NUMBER,
    PEOPLE,
    REMARK,
    SHEETS,
    STATE,
    gaps,
    ordinary,
    stamp,
)
from benchmarks.detection.layouts.parts import TITLES, padded, pairs, width
from benchmarks.detection.tables import Sheet, Writer

CONTENT = {"kr": "문의내용", "th": "รายละเอียด", "cn": "反馈内容"}
ASKED = {"kr": ("회원정보 변경 요청드립니다.", "처리 부탁드립니다."), "th": ("ขอแก้ไขข้อมูลสมาชิก", "รบกวนดำเนินการด้วยครับ"), "cn": ("申请修改会员资料。", "请尽快处理。")}  # fmt: skip
SECTION = {"kr": ("기본정보", "부가정보", "상담이력"), "th": ("ข้อมูลพื้นฐาน", "ข้อมูลเพิ่มเติม", "ประวัติการติดต่อ"), "cn": ("基本信息", "附加信息", "服务记录")}  # fmt: skip
TICKET = {"kr": ("재현 경로", "마이페이지 > 정보수정 > 저장", "기대 결과", "저장 후 목록으로 이동"), "th": ("ขั้นตอน", "หน้าสมาชิก > แก้ไข > บันทึก", "ผลที่คาดหวัง", "กลับไปหน้ารายการ"), "cn": ("重现步骤", "个人中心 > 修改资料 > 保存", "期望结果", "保存后返回列表")}  # fmt: skip
ORDINAL = {"kr": "순번", "th": "ลำดับ", "cn": "序号"}
HELLO = {"kr": "요청하신 명단 송부드립니다.", "th": "ส่งรายชื่อตามที่ขอค่ะ", "cn": "您要的名单如下。"}


def _long_number(text: str) -> bool:
    kept = "".join(c for c in text if c not in "-+. ")
    return len(kept) >= 8 and kept.isdigit()


def csv_as_text(page: Page, table: Sheet, chance: Random) -> str:
    """Sheets that keep Excel from reading long numbers: ="010…", '010…, or a tab behind every cell."""
    table = gaps(table, chance, "")
    form = chance.choice(('="{}"', "'{}", "{}\t", "`{}"))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([ORDINAL[table.country], *table.fields, REMARK[table.country][0]])
    for number, row in enumerate(table.rows, 1):
        texts = [(form if form.endswith("\t") or _long_number(c.text) else "{}").format(page.put(c, n)) for n, c in pairs(table, row)]  # fmt: skip
        writer.writerow([number, *texts, chance.choice(REMARK[table.country][1])])
    return out.getvalue()


def csv_cell_lines(page: Page, table: Sheet, chance: Random) -> str:
    """An export of inquiries: number, date, and one cell that holds label and value by line, with words around them."""
    table = gaps(table, chance, "")
    colon = chance.choice((" : ", ": ", ":", "："))
    bullet = chance.choice(("", "- ", "ㆍ" if table.country == "kr" else "• "))
    ask, please = ASKED[table.country]
    state, states = STATE[table.country]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([NUMBER[table.country], DATE[table.country], CONTENT[table.country], state])
    for row in table.rows:
        inner = "\n".join([ask, "", *(f"{bullet}{n}{colon}{page.put(c, n)}" for n, c in pairs(table, row)), "", please])
        writer.writerow([f"Q{moment(chance):%y%m%d}-{numbers.digits(chance, 5)}", f"{moment(chance):%Y-%m-%d %H:%M}", inner, chance.choice(states)])  # fmt: skip
        if chance.random() < 0.4:
            writer.writerow([f"Q{moment(chance):%y%m%d}-{numbers.digits(chance, 5)}", f"{moment(chance):%Y-%m-%d %H:%M}", please, chance.choice(states)])  # fmt: skip
    return out.getvalue()


def layout_above(page: Page, table: Sheet, chance: Random) -> str:
    """A batch file between companies: its layout numbered in remarks, then a head, data and a trailer by their first letter."""
    table = gaps(table, chance, "")
    mark = chance.choice(("^", "|", ";", "!"))
    head = chance.choice(("#", "--", "*"))
    lines = [f"{head} MBR_SEND_20250331.dat  (delimiter '{mark}')", f"{head}  1. RECORD TYPE (H/D/T)"]
    lines += [f"{head} {at:>2}. {f}" for at, f in enumerate(table.fields, 2)]
    lines.append(mark.join(("H", "20250331", "MBRSEND", f"{chance.randint(1, 9):03}")))
    lines += [mark.join(["D", *(page.put(c, n) for n, c in pairs(table, row))]) for row in table.rows]
    return "\r\n".join([*lines, mark.join(("T", f"{len(table.rows):010}")), ""])


def rejected_lines(page: Page, table: Sheet, chance: Random) -> str:
    """A batch that skips lines: the reader's names once, then every refused line as it stood in the file."""
    table = gaps(table, chance, "")
    lines = [f"{stamp(chance)}  INFO [main] k.c.v.batch.MemberReader : delimiter=[|] names=[{', '.join(identifier(f) for f in table.fields)}]"]  # fmt: skip
    place = "/data/in/member_20250331.csv"
    number = 1
    for row in table.rows:
        number += chance.randint(1, 400)
        given = "|".join(page.put(c, n) for n, c in pairs(table, row, identifier))
        head = f"{stamp(chance)} ERROR [main] k.c.v.batch.SkipLogger   : "
        lines += [f"{head}org.springframework.batch.item.file.FlatFileParseException: Parsing error at line: {number} in resource=[file [{place}]], input=[{given}]", *ordinary(chance, head.replace("ERROR", " INFO"))]  # fmt: skip
    return "\n".join([*lines, f"{stamp(chance)}  INFO [main] k.c.v.batch.MemberReader : read={number} skip={len(table.rows)}", ""])  # fmt: skip


def cells_by_line(page: Page, table: Sheet, chance: Random) -> str:
    """A list copied out of a PDF or HWP: every cell in a line of its own, the names first, a number before each record."""
    table = gaps(table, chance, "-")
    title, note, day, *_ = TITLES[table.country]
    lines = [title, note, day, "", ORDINAL[table.country], *table.fields]
    for number, row in enumerate(table.rows, 1):
        lines += [str(number), *(page.put(c, n) for n, c in pairs(table, row))]
        lines += [f"- {number // 8} -", "\f" + ORDINAL[table.country], *table.fields] if number % 8 == 0 else []
    return "\n".join([*lines, ""])


def tabbed_form(page: Page, table: Sheet, chance: Random) -> str:
    """A detail page or a form's table copied as text: label, tab, value, tab, label, tab, value; the last over the whole line."""
    table = gaps(table, chance, "")
    across = chance.choice((2, 2, 3))
    lines = []
    for row in table.rows:
        cells = [f"{n}\t{page.put(c, n)}" for n, c in pairs(table, row)]
        cells.insert(0, f"{NUMBER[table.country]}\t{moment(chance):%Y%m%d}-{numbers.digits(chance, 4)}")
        cells.append(f"{STATE[table.country][0]}\t{chance.choice(STATE[table.country][1])}")
        lines += [TITLES[table.country][0], *("\t".join(cells[at : at + across]) for at in range(0, len(cells), across)), f"{REMARK[table.country][0]}\t{chance.choice(REMARK[table.country][1])}", ""]  # fmt: skip
    return "\r\n".join(lines)


def scanned_form(page: Page, table: Sheet, chance: Random) -> str:
    """What OCR reads of a filled form: rules become bars, dashes and underscores, some labels stand two in a line."""
    table = gaps(table, chance, "")
    lines = []
    for number, row in enumerate(table.rows, 1):
        lines += [f"{'—' * chance.randint(2, 9)} {TITLES[table.country][0]} —", chance.choice(("", "|", "_ _", "ㅡ")) if table.country == "kr" else "|"]  # fmt: skip
        line = ""
        for n, c in pairs(table, row):
            part = f"{n}{chance.choice((' | ', ' : ', '  ', ' |  '))}{page.put(c, n)}"
            if line and chance.random() < 0.5:
                lines.append(f"{line}{chance.choice(('   ', '  |  '))}{part}")
                line = ""
            elif line:
                lines.append(line)
                line = part
            else:
                line = part
        lines += [line, *(["|___________|"] if chance.random() < 0.4 else []), f"[V] {NUMBER[table.country]} {number:05}", "\f"]  # fmt: skip
    return "\n".join(lines)


def call_screen(page: Page, table: Sheet, chance: Random) -> str:
    """A call centre's screen copied as text: sections in brackets, labels and values in columns of blanks, a history below."""
    table = gaps(table, chance, "-")
    basic, more, history = SECTION[table.country]
    across = chance.choice((2, 3))
    left = max(14, *(width(f) + 2 for f in table.fields))
    lines = []
    for row in table.rows:
        cells = [f"{padded(n, left)}{padded(page.put(c, n), 26)}  " for n, c in pairs(table, row)]
        middle = (len(cells) + 1) // 2
        for title, part in ((basic, cells[:middle]), (more, cells[middle:])):
            lines += [f"[{title}]", *("".join(part[at : at + across]).rstrip() for at in range(0, len(part), across))]
        lines += [f"[{history}]", *(f"{moment(chance):%Y-%m-%d %H:%M}  {chance.choice(STATE[table.country][1])}  CS{chance.randint(100, 999)}" for _ in range(chance.randint(1, 3))), "", ""]  # fmt: skip
    return "\n".join(lines)


def bold_labels(page: Page, table: Sheet, chance: Random) -> str:
    """Tickets and notes whose labels are bold: Markdown, Jira, Slack; steps to repeat a fault below."""
    table = gaps(table, chance, "-")
    form, title = chance.choice((("- **{}**: {}", "### {}"), ("* *{}*: {}", "h3. {}"), ("*{}:* {}", "> {}"), ("**{}** {}", "## {}"), ("{{*}}{}{{*}} : {}", "h4. {}")))  # fmt: skip
    steps, path, hope, result = TICKET[table.country]
    lines = []
    for row in table.rows:
        lines += [title.format(f"CSM-{chance.randint(100, 9999)} {ASKED[table.country][0]}"), "", *(form.format(n, page.put(c, n)) for n, c in pairs(table, row)), "", form.format(steps, path), form.format(hope, result), form.format("build", f"2.{chance.randint(0, 30)}.{chance.randint(0, 9)} ({chance.randbytes(4).hex()})"), "", "----", ""]  # fmt: skip
    return "\n".join(lines)


def html_mail(page: Page, table: Sheet, chance: Random) -> str:
    """A mail with a table pasted from Excel: styles in every cell, widths, a greeting before it."""
    identity = f"{chance.randbytes(12).hex()}@vendor.example"
    for address in ("cs@vendor.example", "ops@vendor.example", identity):
        page.put(Cell(text=address, entity="EMAIL_ADDRESS", form="header", required=False))
    style = "border:.5pt solid windowtext;padding:0 5px;white-space:nowrap"

    def line(texts: list[str]) -> str:
        return "<tr height=22>\r\n" + "".join(f'<td class=xl65 style="{style}">{t}</td>\r\n' for t in texts) + "</tr>\r\n"  # fmt: skip

    rows = [line([page.put(c, n, xml_escape) for n, c in pairs(table, row)]) for row in table.rows]
    body = f'<html><head><style>.xl65{{mso-number-format:"\\@";}}</style></head><body><p>{HELLO[table.country]}</p>\r\n<table border=0 cellpadding=0 cellspacing=0 width={72 * len(table.fields)}>\r\n{line([xml_escape(f) for f in table.fields])}{"".join(rows)}</table>\r\n<p>--<br>{moment(chance):%Y-%m-%d}</p></body></html>'
    encoded = chance.random() < 0.5
    shown = base64.encodebytes(body.encode()).decode().replace("\n", "\r\n") if encoded else body + "\r\n"
    subject = base64.b64encode(TITLES[table.country][0].encode()).decode()
    return "\r\n".join(["From: cs@vendor.example", "To: ops@vendor.example", f"Subject: =?utf-8?B?{subject}?=", f"Date: {moment(chance):%a, %d %b %Y %H:%M:%S} +0900", f"Message-ID: <{identity}>", "MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8", f"Content-Transfer-Encoding: {'base64' if encoded else '8bit'}", "", shown])  # fmt: skip


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "csv as text": (csv_as_text, "csv", SHEETS), "csv cell lines": (csv_cell_lines, "csv", PEOPLE), "layout above": (layout_above, "dat", ("local", "upper")), "rejected lines": (rejected_lines, "log", CODE),
    "cells by line": (cells_by_line, "txt", PEOPLE), "tabbed form": (tabbed_form, "txt", PEOPLE), "scanned form": (scanned_form, "txt", ("local",)), "call screen": (call_screen, "txt", ("local",)),
    "bold labels": (bold_labels, "md", PEOPLE), "html mail": (html_mail, "eml", SHEETS),
}  # fmt: skip
