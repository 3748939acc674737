"""Which row of a table names its columns, if one does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# A value by its shape, never a column's name: numbers, dates, times, phones, amounts, e-mail, URLs, UUIDs, long base64 or hex.
VALUE: Final = re.compile(
    r"""(?ix) [-+(]?[\d๐-๙０-９][\d๐-๙０-９\s.,:/()%TZ+*xX-]* | \d{4}\D{1,3}\d{1,2}\D{1,3}\d{1,2}.* | [^@\s]+@[^@\s]+\.[^@\s]+
    | [a-z][a-z0-9+.-]*://.* | [0-9a-f]{8}-[0-9a-f-]{27} | [0-9a-f]{16,} | [a-z0-9+/_-]{40,}={0,2} | \W+ | true | false | null
    | [a-z]{0,4}[-_]?\d{4,} | \w{1,3}\*+\w*"""
)
_NAME: Final = re.compile(
    r"""(?ix) .*(?: \b(?:id|no|name|nick|ci|di|rrn|ssn|email|mail|phone|mobile|tel|birth|addr|address|user|gender|sex|age
      |date|time|type|status|code|seq|idx|key|value|created|updated|memo|zip|city|country)s?\b
      | _(?:id|no|nm|name|dt|at|ts|cd|yn|num) | (?:user|nick|member|first|last|full|file|cust|customer|acct)_?name
      | 이름|성명|고객|회원|닉네임|별명|번호|아이디|주소|전화|연락처|휴대|이메일|메일|생년|생일|성별|나이|일자|일시|날짜|시간|연계정보
      | 구분|코드|상태|비고|ชื่อ|นามสกุล|โทร|อีเมล|ที่อยู่|วันเกิด|เลข|姓名|名字|昵称|手机|电话|邮箱|地址|身份证|生日|性别|编号|日期 ).*"""
)


def header_of(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of these rows names the columns. In doubt it is data: then no value is lost."""
    first = [cell.strip() for cell in rows[0]]
    names = [cell for cell in first if cell]
    if not names or len(first) - len(names) > 1:
        return False
    if any(
        len(name) > 64 or VALUE.fullmatch(name.rstrip("*") or name) for name in names
    ):  # `CI*`: a field that is required
        return False
    known = known_names(first)
    if len(set(names)) < len(names) and (len(names) < 3 or known * 2 < len(names)):
        return False
    later = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    if not later:
        return known * 2 > len(names)
    for column, name in enumerate(first):
        values = [row[column].strip() for row in later if column < len(row) and row[column].strip()]
        if name and name in values:
            return False
        shaped = sum(VALUE.fullmatch(value) is not None for value in values)
        if values and shaped * 10 >= len(values) * 8:
            return True
    return known * 2 >= len(names)


def known_names(row: Sequence[str]) -> int:
    """How many of these are usual names of columns."""
    return sum(_NAME.fullmatch(name.strip()) is not None for name in row)


def fitting(cells: list[str], width: int, below: list[list[str]]) -> list[str]:
    """A row as names for a table of this width, as it is or with a name more for what has none; empty if it is no such row."""
    missing = width - len(cells)
    if missing == 0 or (len(cells) > width > 1 and not any(cells[width:])):
        return cells[:width]
    if len(cells) < 2:
        return []
    full = [row for row in below if len(row) == width]
    if missing == 1 and full:
        if all(row[0].strip().isdigit() for row in full) and any(row[-1] for row in full):  # R's row numbers
            return ["", *cells]
        return [*cells, ""]
    return cells if -3 <= missing < 0 else []  # rows without their last cells


def distinct(names: list[str]) -> tuple[str, ...]:
    """The names without blanks around them; one that comes again has a number."""
    found: dict[str, None] = {}
    for name in names:
        name = name.strip().lstrip("\ufeff")
        again = 2
        while name and (name if again == 2 else f"{name} {again - 1}") in found:
            again += 1
        found[(name if again == 2 else f"{name} {again - 1}") if name else f"\0{len(found)}"] = None
    return tuple("" if name.startswith("\0") else name for name in found)
