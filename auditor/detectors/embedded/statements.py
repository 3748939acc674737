"""SQL statements in text: which column each of their placeholders or literals belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.model.noun import noun

LONGEST: Final = 8000
"""Characters of a statement that are looked at."""
# `INTO t (a, b) VALUES (`, `INSERT t (a, b) VALUES (`; `UPDATE t SET`; `SELECT … FROM`; `DELETE FROM t WHERE`.
STATEMENT: Final = re.compile(
    r"(?i)(?<![(\w])(?:(?P<into>(?:into|insert)\s{1,40}[^\s(;]{1,120}\s{0,40}\((?P<columns>[^()]{1,4000})\)\s{0,40}(?:output\s[^()]{1,200})?values?\s{0,40}(?=\())"
    r"|(?P<other>update\s{1,40}[^\s(;]{1,120}\s[^;]{0,200}?\bset\s|delete\s{1,40}from\s|select\s))"
)
_HOLDER: Final = re.compile(r"\?|%s|%\(\w{1,60}\)s|\$[0-9]{1,4}|(?<![:\w]):\w{1,60}|@\w{1,60}|'(?:[^']|''){0,2000}'")
_NUMBER: Final = re.compile(r"[0-9]{1,4}$")
_COLUMN: Final = re.compile(
    r"(?i)(?P<column>[^\W\d][\w.$]{0,80}|[\"`\[][^\"`\[\]]{1,80}[\"`\]])\s{0,9}\)?\s{0,9}"
    r"(?:=|<>|!=|[<>]=?|\b(?:not\s{1,9})?i?like\b|\b(?:not\s{1,9})?in\s{0,9}\(|\bbetween\b)\s{0,9}(?:[a-z_]{1,20}\(\s{0,9}){0,2}(?:'%'\s{0,3}(?:,|\|\|)\s{0,3})?$"
)
_LITERAL: Final = re.compile(
    r"\s{0,60}(?:N?'(?P<quoted>(?:[^'\\]|''|\\.){0,4000})'|(?P<bare>[^,()']{0,200}(?:\([^()']{0,200}\)[^,()']{0,40})?))\s{0,60}(?P<after>[,)])"
)


@noun
class Statement:
    """A statement: `slots` are its columns by the number of their placeholder, from 1, of which there are `count`. `end` is where it
    ends in the text."""

    slots: dict[int, str]
    count: int
    end: int


def statements(data: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Where statements begin in a text."""
    return STATEMENT.finditer(data, start)


def literals(data: str, position: int) -> tuple[list[tuple[str, int, int]], int]:
    """The values between the parentheses that open at `position`, with their places, and where they end; none if they break off."""
    found: list[tuple[str, int, int]] = []
    position += 1
    while len(found) < 1000 and (m := _LITERAL.match(data, position)) is not None:
        group = "bare" if m["quoted"] is None else "quoted"
        start, end = m.span(group)
        value = m[group].strip() if group == "bare" else m[group].replace("''", "'")
        found.append(("" if group == "bare" and value.upper() == "NULL" else value, start, end))
        position = m.end()
        if m["after"] == ")":
            return found, position
    return [], position


def names(columns: str) -> list[str]:
    """The names of a list of columns."""
    return [name.strip().strip("`\"[]' ").rpartition(".")[2].strip('`"[]') for name in columns.split(",")]


def bound(data: str, start: int, columns: str | None, stop: int) -> Statement | None:
    """The statement whose values or conditions begin at `start`; `columns` are those of an INSERT. None if nothing is bound in it."""
    if columns is not None:
        return _inserted(data, start, names(columns))
    slots: dict[int, str] = {}
    held = end = start
    count = 0
    for m in _HOLDER.finditer(data, start, min(stop, start + LONGEST)):
        if m[0][0] == "'":
            continue
        column = _COLUMN.search(data, max(held, m.start() - 200), m.start())
        if count and column is None and (m.start() - end > 400 or "\n" in data[end : m.start()]):
            break
        count += 1
        if column is not None:
            slots[_slot(m[0], count)] = names(column["column"])[0]
        held = end = m.end()
    return Statement(slots=slots, count=max(count, *slots), end=end) if slots else None


def _inserted(data: str, start: int, columns: list[str]) -> Statement | None:
    values, end = literals(data, start)
    if len(values) != len(columns):
        return None
    slots: dict[int, str] = {}
    count = 0
    for name, (value, begin, _) in zip(columns, values, strict=True):
        if data[begin - 1] != "'" and (holder := _HOLDER.search(value)) is not None:
            count += 1
            slots[_slot(holder[0], count)] = name
    return Statement(slots=slots, count=max(count, *slots), end=end) if slots else None


def _slot(holder: str, count: int) -> int:
    """A placeholder's number: its own, or which one it is of those before."""
    own = _NUMBER.search(holder)
    if own is None or holder[0] == "%":
        return count
    return int(own[0]) + holder[:2].startswith("@p")
