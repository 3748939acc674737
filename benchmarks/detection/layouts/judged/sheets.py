"""The judging set of layouts: workbooks that are more than one list."""

from __future__ import annotations

import io
from datetime import datetime
from random import Random

from benchmarks.detection import columns, numbers
from benchmarks.detection.columns import moment
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.layouts.judged.parts import SHEETS, gaps
from benchmarks.detection.layouts.parts import DAY, TITLES, BytesWriter, pairs
from benchmarks.detection.tables import Sheet

GOODS = {
    "kr": ("상품코드", "상품명", "단가"),
    "th": ("รหัสสินค้า", "ชื่อสินค้า", "ราคา"),
    "cn": ("商品编码", "商品名称", "单价"),
}
GROUP = {"kr": ("지점", "소계", "합계"), "th": ("สาขา", "รวมย่อย", "รวมทั้งหมด"), "cn": ("门店", "小计", "合计")}
SUMMARY = {"kr": ("요약", "건수", "추출일"), "th": ("สรุป", "จำนวน", "วันที่"), "cn": ("汇总", "数量", "日期")}
LONGEST = 15
"""Digits that Excel keeps of a number."""


def two_tables(page: Page, table: Sheet, chance: Random) -> bytes:
    """Two lists side by side: customers, an empty column, and goods beside them that begin elsewhere and end earlier."""
    table = gaps(table, chance, "")
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": DAY})
    sheet = book.add_worksheet("Sheet1")
    first = chance.random() < 0.5
    left, right = (0, len(table.fields) + 1) if first else (4, 0)
    top, other = chance.choice(((0, 0), (2, 0), (1, 3)))
    sheet.write_string(top, left, TITLES[table.country][0])
    for at, field in enumerate(table.fields, left):
        sheet.write_string(top + 1, at, field)
    for down, row in enumerate(table.rows, top + 2):
        for at, (n, c) in enumerate(pairs(table, row), left):
            sheet.write_string(down, at, page.put(c, n))
    for at, name in enumerate(GOODS[table.country], right):
        sheet.write_string(other + 1, at, name)
    for down in range(other + 2, other + 2 + chance.randint(5, 12)):
        sheet.write_string(down, right, numbers.ean13(chance))
        sheet.write_string(down, right + 1, chance.choice(columns.PRODUCTS))
        sheet.write_number(down, right + 2, chance.randint(1, 99) * 1000)
    book.close()
    return out.getvalue()


def subtotals(page: Page, table: Sheet, chance: Random) -> bytes:
    """A list in groups: a branch in the first column, merged or only once, a row of subtotals behind each, a total at the end."""
    table = gaps(table, chance, "-")
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": DAY})
    sheet = book.add_worksheet(TITLES[table.country][0][:20])
    name, part, whole = GROUP[table.country]
    merged = chance.random() < 0.5
    sheet.merge_range(0, 0, 0, len(table.fields), TITLES[table.country][0])
    for at, field in enumerate((name, *table.fields)):
        sheet.write_string(2, at, field)
    down, rows = 3, list(table.rows)
    number = 1
    while rows:
        size = min(len(rows), chance.randint(2, 6))
        if merged and size > 1:
            sheet.merge_range(down, 0, down + size - 1, 0, f"{name} {number:02}")
        else:
            sheet.write_string(down, 0, f"{name} {number:02}")
        for row in rows[:size]:
            for at, (n, c) in enumerate(pairs(table, row), 1):
                sheet.write_string(down, at, page.put(c, n))
            down += 1
        sheet.write_string(down, 0, part)
        sheet.write_number(down, 1, size)
        rows, down, number = rows[size:], down + 1, number + 1
    sheet.write_string(down, 0, whole)
    sheet.write_number(down, 1, len(table.rows))
    book.close()
    return out.getvalue()


def _iso(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d")
    except ValueError:
        return None


def hidden_list(page: Page, table: Sheet, chance: Random) -> bytes:
    """A summary, and behind it the list on a hidden sheet, its numbers and days kept as Excel's own types."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": DAY})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    title, count, date = SUMMARY[table.country]
    summary = book.add_worksheet(title)
    for down, (label, value) in enumerate(((count, len(table.rows)), ("version", 3))):
        summary.write_string(down, 0, label)
        summary.write_number(down, 1, value)
    summary.write_string(2, 0, date)
    summary.write_datetime(2, 1, DAY, day)
    sheet = book.add_worksheet("raw")
    sheet.hide()

    def write(down: int, at: int, cell: Cell, field: str) -> None:
        text = page.put(cell, field)
        when = _iso(text)
        if when and when.year > 1900:
            sheet.write_datetime(down, at, when, day)
        elif text.isascii() and text.isdigit() and text[0] != "0" and len(text) <= LONGEST:
            sheet.write_number(down, at, int(text))
        else:
            sheet.write_string(down, at, text)

    for at, field in enumerate(table.fields):
        sheet.write_string(0, at, field)
    sheet.write_string(0, len(table.fields), "upd_dtm")
    for down, row in enumerate(table.rows, 1):
        for at, (n, c) in enumerate(pairs(table, row)):
            write(down, at, c, n)
        sheet.write_datetime(down, len(table.fields), moment(chance).replace(microsecond=0), day)
    book.close()
    return out.getvalue()


BYTES_WRITERS: dict[str, tuple[BytesWriter, str, tuple[str, ...]]] = {
    "xlsx two tables": (two_tables, "xlsx", SHEETS), "xlsx subtotals": (subtotals, "xlsx", SHEETS), "xlsx hidden list": (hidden_list, "xlsx", SHEETS),
}  # fmt: skip
