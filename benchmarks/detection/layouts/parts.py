"""What the layouts share: a row's names and cells, columns of a terminal, strings' insides."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from datetime import datetime
from random import Random

from benchmarks.detection.documents import identifier
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.tables import Sheet

BytesWriter = Callable[[Page, Sheet, Random], bytes]
DAY = datetime(2025, 3, 31, 9)
LEGACY = {"kr": "cp949", "th": "tis-620", "cn": "gb18030"}
TITLES = {"kr": ("회원 명단", "개인정보 포함 - 외부 유출 금지", "작성일: 2025-03-31", "합계", "명"), "th": ("รายชื่อลูกค้า", "เอกสารลับ", "วันที่พิมพ์ 31/03/2568", "รวม", "ราย"),
          "cn": ("客户名单", "内部资料 请勿外传", "导出日期：2025-03-31", "合计", "人")}  # fmt: skip


def pairs(table: Sheet, row: tuple[Cell, ...], name: Callable[[str], str] = str) -> list[tuple[str, Cell]]:
    """A row's names, as this kind of file writes them, and cells."""
    return [(name(field), cell) for field, cell in zip(table.fields, row, strict=True)]


def width(text: str) -> int:
    """Columns on a terminal: two for Hangul and Han, none for Thai vowels above and below."""
    return sum(0 if unicodedata.combining(c) or unicodedata.category(c) == "Mn" else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)  # fmt: skip


def padded(text: str, columns: int) -> str:
    """Filled with blanks on the right to so many columns."""
    return text + " " * (columns - width(text))


def grid(
    page: Page, table: Sheet, name: Callable[[str], str] = str, escape: Callable[[str], str] = str
) -> tuple[list[str], list[list[str]], list[int]]:
    """Names, texts and the width of each column."""
    names = [name(f) for f in table.fields]
    texts = [[page.put(c, n, escape) for n, c in pairs(table, row, name)] for row in table.rows]
    return names, texts, [max(width(row[i]) for row in (names, *texts)) for i in range(len(names))]


def doubled(text: str) -> str:
    """A standard SQL string's inside."""
    return text.replace("'", "''")


def plain_json(text: str) -> str:
    """A JSON string's inside, letters as they are."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def json_twice(text: str) -> str:
    """The same of JSON within a JSON string."""
    return plain_json(plain_json(text))


def single(text: str) -> str:
    """A string's inside between single quotes."""
    return text.replace("\\", "\\\\").replace("'", "\\'")


def sql_values(page: Page, table: Sheet, row: tuple[Cell, ...], joint: str = ", ", prefix: str = "") -> str:
    """SQL strings in a row."""
    return joint.join(f"{prefix}'{page.put(c, n, doubled)}'" for n, c in pairs(table, row, identifier))


def literals(page: Page, table: Sheet, row: tuple[Cell, ...], form: str, joint: str = ", ") -> str:
    """Names and values in a form such as `{}: "{}"`."""
    escape = single if "'{}'" in form else plain_json
    return joint.join(form.format(n, page.put(c, n, escape)) for n, c in pairs(table, row, identifier))
