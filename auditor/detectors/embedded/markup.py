"""Tables in HTML: a saved report, or a "spreadsheet" that a web application wrote as markup.

Only tables whose header names something personal are taken out of the text; the rest stays text, line by line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Final

from auditor.detectors.embedded.rows import Rows, blanked, distinct, telling
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text

_ROW: Final = re.compile(r"(?is)<table\b|<tr\b[^<>]{0,500}>(?P<row>.{0,20000}?)(?=</tr|<tr\b|</table)")
_CELL: Final = re.compile(
    r"(?is)<(?P<kind>t[hd])\b[^<>]{0,500}>(?P<text>.{0,4000}?)(?=</t[hd]|<t[hd]\b|</tr|$(?![\s\S]))"
)
_TAG: Final = re.compile(r"<[^<>]*>")
_LONG_NUMBER: Final = re.compile(r"[0-9]{4}")


def holds_rows(text: str) -> bool:
    """Whether markup's rows stand in it."""
    return "<tr" in text or "<TR" in text


class Markup:
    """The tables in one asset's markup, over all its text."""

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._header: tuple[str, ...] | None = None
        self._count = 0
        self._row = 0
        self._begun = False

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The tables of a text, and the text with their cells blanked out: nothing is seen twice."""
        data = text.text
        found: list[Rows] = []
        taken: list[tuple[int, int]] = []
        line = position = 0
        for m in _ROW.finditer(data):
            line += data.count("\n", position, m.start())
            position = m.start()
            if m["row"] is None:
                self._header, self._begun = None, False
                continue
            cells = [(c["kind"].lower(), _clean(c["text"])) for c in _CELL.finditer(m["row"])]
            if self._takes(cells, text.first_line + line, found):
                taken.append(m.span("row"))
        return [rows.table(text) for rows in found], blanked(text, taken)

    def _takes(self, cells: Sequence[tuple[str, str]], line: int, found: list[Rows]) -> bool:
        """Whether a row belongs to a table that is taken; it is added to what was found then."""
        first, self._begun = not self._begun, True
        if len(cells) < 2:
            return False
        names, values = cells[::2], cells[1::2]
        if len(names) == len(values) and {k for k, _ in names} == {"th"} and {k for k, _ in values} == {"td"}:
            columns = distinct([name for _, name in names])
            if telling(self._index, columns):  # a form: each name beside its value
                self._count += 1
                row = tuple(value for _, value in values)
                found.append(Rows(name=f"table {self._count}", columns=columns, cells=[row], lines=[line]))
                return True
            return False
        row = tuple(value for _, value in cells)
        if {kind for kind, _ in cells} == {"th"} or (first and not any(_LONG_NUMBER.search(value) for value in row)):
            header = distinct(row)
            self._header, self._row = (header, 0) if telling(self._index, header) else (None, 0)
            self._count += self._header is not None
            return False
        if self._header is None or len(row) != len(self._header):
            return False
        self._row += 1
        name = f"table {self._count}"
        if not found or found[-1].name != name:
            found.append(Rows(name=name, columns=self._header, first_row=self._row))
        found[-1].add(row, line)
        return True


def _clean(cell: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", cell)).split())
