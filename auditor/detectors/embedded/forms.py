"""Forms between bars: `│ name │ value │ phone │ value │`, names at every other place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.records import Field, Records
from auditor.detectors.embedded.rows import telling
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text

_LEAST: Final = 4
"""Cells of a form's row: one of two is a pair like any other, which its line tells."""


class Forms:
    """The forms of one asset, row by row."""

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._records = Records(index, "drawn form")
        self._rows: list[list[Field]] = []
        self._sure = False

    def row(self, cells: Sequence[str], line: int, span: tuple[int, int]) -> None:
        """A row that belongs to no table; `line` counted from 1 in the text."""
        names, values = [label(cell) for cell in cells[::2]], cells[1::2]
        if len(cells) < _LEAST or len(cells) % 2 or not any(names) or telling(self._index, list(map(label, values))):
            self.close()
            return
        self._sure = self._sure or (telling(self._index, names) and any(v and not label(v) for v in values))
        pairs = zip(names, values, strict=True)
        self._rows.append([Field(name=name, value=value, line=line, span=span) for name, value in pairs if name])

    def close(self, *, drop: bool = False) -> None:
        """Here a form ends; `drop`: it was the header of a table."""
        told = sum(telling(self._index, [field.name for field in row]) for row in self._rows)
        if self._sure and not drop and told * 3 >= len(self._rows):
            for row in self._rows:
                for field in row:
                    self._records.add(field)
            self._records.close()
        self._rows, self._sure = [], False

    def tables(self, text: Text) -> tuple[list[Table], list[tuple[int, int]]]:
        """The forms of a text, and where their rows stand in it."""
        self.close()
        tables, taken = self._records.tables(text)
        return tables, sorted({*taken})
