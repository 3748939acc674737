"""Cells that a program fills one by one: `Cells(2, 1).Value = "…"`, `ws['B2'] = '…'`, `sheet.write(1, 0, '…')`, `createCell(0).setCellValue("…")`.

The first row that is filled names the columns.
"""

from __future__ import annotations

import re
from typing import Final

from auditor.detectors.embedded.headings import Headings
from auditor.detectors.embedded.rows import blanked
from auditor.detectors.fields import FieldIndex
from auditor.detectors.scene import file_kind
from auditor.model.content import Table, Text

_SETS: Final = r"(?:[)\]](?:\.\w{1,20}){0,2}(?:\s?=\s?|\(\s?)|,\s?(?:value\s?=\s?)?)"
_VALUE: Final = r"[bfruLN@]?(?P<quote>[\"'])(?P<value>(?:\\.|(?!(?P=quote))[^\\\n]){0,4000}+)(?P=quote)"
_CELL: Final = re.compile(
    r"(?:[\[(]\s?(?:row\s?=\s?)?(?P<row>[0-9]{1,6})\s?,\s?(?:col(?:umn)?\s?=\s?)?(?P<column>[0-9]{1,4})\s?"
    r"|[\[(]\s?[\"'](?P<letters>[A-Z]{1,2})(?P<number>[0-9]{1,6})[\"']\s?|[cC]ell\((?P<only>[0-9]{1,4}))"
    + _SETS
    + _VALUE
)
MARK: Final = (
    r"(?:[\[(]\s?(?:row\s?=\s?)?[0-9]+\s?,\s?(?:col(?:umn)?\s?=\s?)?[0-9]+\s?|[\[(]\s?[\"'][A-Z][A-Z]?[0-9]+[\"']\s?|[cC]ell\([0-9]+)"
    r"(?:[)\]][\w.]*(?:\s?=\s?|\(\s?)|,\s?(?:value\s?=\s?)?)[\"']"
)
_WIDEST: Final = 300


class Addressed:
    """Such cells of one asset, over all its text."""

    def __init__(self, index: FieldIndex) -> None:
        self._headings = Headings(index, "cells filled")
        self._names: tuple[str, ...] | None = None
        self._columns: dict[int, int] = {}
        self._first = -1

    @property
    def goes_on(self) -> bool:
        """Whether more rows may follow in the next text."""
        return self._names is not None

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The rows of a text, and the text without their values."""
        data = text.text
        strong = file_kind(text.asset.path).written
        taken: list[tuple[int, int]] = []
        found = [(*_place(m), m) for m in _CELL.finditer(data)]
        if len(found) > 1 and found[0][0] != found[1][0] and found[0][1] == found[1][1]:
            found = [(column, row, m) for row, column, m in found]  # the column stands first
        line, counted = text.first_line, 0
        at, cells = -1, dict[int, re.Match[str]]()
        for row, column, m in [*found, (-2, 0, None)]:
            new = row != at if row != -1 else column in cells or column < max(cells, default=-1)
            if cells and (new or len(cells) >= _WIDEST):
                start = min(cell.start() for cell in cells.values())
                line += data.count("\n", counted, start)
                counted = start
                taken += self._row(at, cells, line, strong=strong)
                cells = {}
            if m is not None:
                at, cells[column] = row, m
        return self._headings.tables(text), blanked(text, sorted(taken))

    def _row(self, row: int, cells: dict[int, re.Match[str]], line: int, *, strong: bool) -> list[tuple[int, int]]:
        """A row of cells; where it stands if it is taken."""
        numbered = row != -1
        fits = self._names is not None and cells.keys() <= self._columns.keys()
        if self._names is None or not fits or (row == self._first if numbered else self._is_header(cells)):
            columns = sorted(cells)
            names = self._headings.telling([cells[column]["value"] for column in columns], strong=strong)
            if len(columns) > 1 and names is not None:
                self._names, self._first = names, row
                self._columns = {column: number for number, column in enumerate(columns)}
            elif numbered and row == self._first:
                self._names = None
            return []
        values = [""] * len(self._names)
        for column, m in cells.items():
            values[self._columns[column]] = m["value"]
        self._headings.add(self._names, values, line)
        return sorted(m.span("value") for m in cells.values() if m["value"])

    def _is_header(self, cells: dict[int, re.Match[str]]) -> bool:
        return tuple(cells[column]["value"] for column in sorted(cells)) == self._names


def _place(m: re.Match[str]) -> tuple[int, int]:
    """Row and column; the row is -1 where only the column is told."""
    if m["only"] is not None:
        return -1, int(m["only"])
    if m["letters"] is not None:
        column = 0
        for letter in m["letters"]:
            column = column * 26 + ord(letter) - 64
        return int(m["number"]), column
    return int(m["row"]), int(m["column"])
