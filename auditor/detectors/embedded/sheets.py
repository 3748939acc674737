"""Sheets without one row of names: forms, in which names stand beside or again and again above their values, and tables whose first
column names the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.records import Field, Records
from auditor.detectors.embedded.rows import Rows, distinct, telling, without
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text

_MOST_ROWS: Final = 500
"""Rows of a transposed table: each is a field."""
_SAMPLE: Final = 200
_MOST_PEOPLE: Final = 50_000

_GLANCE: Final = 12
"""Rows in which a second row of names must stand."""

Cells = Sequence[str | None]
Pairs = list[tuple[str, str, int, int]]
"""Names, values, and where what is taken begins and where the value stands in the row."""


class Sheets:
    """One table over all its batches."""

    def __init__(self, index: FieldIndex, name: str) -> None:
        self._index = index
        self._name = name or "rows"
        self._records = Records(index, f"{self._name}: form")
        self._form: bool | None = None
        self._stacked = False
        self._above: list[tuple[int, str]] = []

    def take(self, table: Table) -> list[Table]:
        """The table with its names as columns, and what is left of it as it was."""
        if not table.arrays or not len(table.arrays[0]):
            return [table]
        first = self._form is None
        if first and self._is_stacked(self._rows(table, _GLANCE)):
            self._form = self._stacked = True
        if not self._stacked and table.header and self._named(table):
            return [table]
        if self._form is None:
            sample = self._rows(table, _SAMPLE)
            if table.first_row == 1 and self._is_transposed(table, sample):
                return [self._transposed(table)]
            self._form = self._is_form(sample)
        return self._fields(table, with_columns=first) if self._form else [table]

    def _named(self, table: Table) -> bool:
        """Whether the first row names the columns: what stands beside its first name is a name too, or what stands below is none."""
        columns = table.columns
        if len(columns) < 2 or not label(columns[0]) or not telling(self._index, columns[::2]):
            return True
        if telling(self._index, columns[1::2]):
            return True
        if not all(map(label, columns)):
            return False
        column = table.arrays[0][:_SAMPLE].to_pylist()
        first = self._index.classify(columns[0])
        return not (len(columns) > 2 and first.strong and telling(self._index, [label(cell or "") for cell in column]))

    def _rows(self, table: Table, most: int) -> list[Cells]:
        """The first rows; a row that was taken for the columns' names is one of them."""
        rows: list[Cells] = [list(table.columns)] if table.header and self._form is None else []
        return rows + list(zip(*(array[:most].to_pylist() for array in table.arrays), strict=True))

    def _is_transposed(self, table: Table, sample: Sequence[Cells]) -> bool:
        """Whether the first column holds names alone, and no other column does."""
        if len(table.columns) < 2 or len(table.arrays[0]) > _MOST_ROWS or len(table.columns) > _MOST_PEOPLE:
            return False
        names = [label(row[0] or "") for row in (sample if len(sample) > _SAMPLE else self._rows(table, _MOST_ROWS))]
        if len(names) < 2 or "" in names or len({*names}) < len(names):
            return False
        known = [name for name in names if telling(self._index, (name,))]
        others = {cell for row in sample for cell in row[1:4] if cell and label(cell)}
        return len(known) * 5 >= len(names) and not telling(self._index, [*map(label, others)])

    def _transposed(self, table: Table) -> Table:
        rows = self._rows(table, _MOST_ROWS)
        turned = Rows(name=f"{self._name}: transposed", columns=distinct([label(row[0] or "") for row in rows]))
        for cells in zip(*(row[1:] for row in rows), strict=True):
            turned.add(cells, 1)
        one = turned.table(Text(asset=table.asset, text="", part=table.part))
        return replace(one, lines=None)

    def _is_stacked(self, sample: Sequence[Cells]) -> bool:
        """Whether rows of names stand above rows of values again and again, each block with other names."""
        above = [
            row for row, below in pairwise(sample) if self._names_of(row) and not self._names_of(below) and any(below)
        ]
        return len(above) > 1 and len({tuple(row) for row in above}) > 1 and not self._is_form(sample)

    def _names_of(self, row: Cells) -> list[tuple[int, str]]:
        """The names in a row of names alone, one of which says something, and where they stand."""
        filled = [(place, label(cell)) for place, cell in enumerate(row) if cell and not cell.isspace()]
        names = [name for _, name in filled]
        return filled if len({*names} - {""}) == len(filled) > 0 and telling(self._index, names) else []

    def _below(self, row: Cells) -> Pairs:
        """A row's values under the names above it; names are kept for the rows below."""
        if names := self._names_of(row):
            self._above = names
            return []
        if any(cell and place not in dict(self._above) for place, cell in enumerate(row)) or not any(row):
            self._above = []  # a title, or names that say nothing
        return [(name, value, place, place) for place, name in self._above if (value := row[place])]

    def _is_form(self, sample: Sequence[Cells]) -> bool:
        """Whether in many rows names stand at every other place, and values beside them."""
        fit = told = 0
        for row in sample:
            pairs = _pairs(row)
            names = [name for name, _, _ in pairs]
            if pairs and not telling(self._index, [label(value) for _, value, _ in pairs]):
                fit += 1
                told += telling(self._index, names)
        return told > 1 and told * 4 >= len(sample) and fit * 2 >= len(sample)

    def _fields(self, table: Table, *, with_columns: bool) -> list[Table]:
        rows = list(zip(*(array.to_pylist() for array in table.arrays), strict=True))
        width = len(table.columns)
        lines = table.lines if table.lines is not None else range(1, len(rows) + 1)
        read = self._below if self._stacked else _beside
        if with_columns and table.header:
            for name, value, _, _ in read(table.columns):
                self._records.add(Field(name=name, value=value, line=max(1, lines[0] - 1), span=(-1, -1)))
        for number, row in enumerate(rows):
            pairs = read(row)
            if not pairs and not self._above:
                self._records.close()
            for name, value, begin, place in pairs:
                span = (number * width + begin, number * width + place + 1)
                self._records.add(Field(name=name, value=value, line=lines[number], span=span))
        forms, taken = self._records.tables(Text(asset=table.asset, text="", part=table.part))
        gone = [[False] * len(rows) for _ in range(width)]
        for start, stop in taken:
            for cell in range(max(0, start), stop):
                gone[cell % width][cell // width] = True
        arrays = tuple(without(array, cells) for array, cells in zip(table.arrays, gone, strict=True))
        if table.lines is None:
            forms = [replace(form, lines=None) for form in forms]
        return [*forms, replace(table, arrays=arrays)]


def _beside(row: Cells) -> Pairs:
    return [(name, value, place - 1, place) for name, value, place in _pairs(row)]


def _pairs(row: Cells) -> list[tuple[str, str, int]]:
    """A row's names and values by turns, and where each value stands; empty where it is no such row."""
    cells = [(place, cell) for place, cell in enumerate(row) if cell and not cell.isspace()]
    if len(cells) < 2 or len(cells) % 2:
        return []
    pairs = [
        (label(name), value, at)
        for (before, name), (at, value) in zip(cells[::2], cells[1::2], strict=True)
        if at == before + 1
    ]
    return pairs if len(pairs) * 2 == len(cells) and all(name for name, _, _ in pairs) else []
