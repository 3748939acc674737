"""Rows → `Table`s: Arrow string arrays, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

import pyarrow as pa

from auditor.extractors.limits import Limits
from auditor.model.asset import Asset
from auditor.model.content import Table

_BATCH_CHARACTERS: Final = 4 << 20
_BATCH_CELLS: Final = 500_000
_OPEN_BATCHES: Final = 64
_TABLE_NAMES: Final = 100_000


def without_surrogates(value: str) -> str:
    """Pairs joined, lone surrogates (JSON's `\\ud800`) replaced: neither UTF-8 nor Arrow can hold one."""
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def string_array(values: Sequence[str | None]) -> pa.StringArray:
    """An Arrow string array; None is null."""
    try:
        return pa.array(values, pa.string())
    except UnicodeEncodeError:
        return pa.array([None if value is None else without_surrogates(value) for value in values], pa.string())


def column_name(number: int) -> str:
    """The made-up name of a column without one, counted from 1."""
    return f"column {number}"


class RowBatch:
    """Rows of one table whose columns have an order: CSV and SQL. Cells beyond the columns get columns of their own."""

    def __init__(
        self, asset: Asset, limits: Limits, columns: Sequence[str], *, name: str = "", header: bool = True
    ) -> None:
        self.name = name
        self.columns = tuple(column or column_name(number) for number, column in enumerate(columns, 1))
        self.header = header
        self.next_row = 1
        self._asset = asset
        self._most = max(1, min(limits.batch_rows, _BATCH_CELLS // max(1, len(self.columns))))
        self._rows: list[Sequence[str | None]] = []
        self._lines: list[int] = []
        self._size = 0

    def add(self, row: Sequence[str | None], line: int, size: int) -> Iterator[Table]:
        """Keep a row of about `size` characters; hand out the batch when it is full."""
        self._rows.append(row)
        self._lines.append(line)
        self._size += size
        if len(self._rows) >= self._most or self._size > _BATCH_CHARACTERS:
            yield from self.flush()

    def extend(self, rows: list[list[str]], line: int, size: int) -> Iterator[Table]:
        """Keep rows that take a line each, from `line` on; empty ones are left out."""
        for start in range(0, len(rows), self._most):
            part = rows[start : start + self._most]
            lines = range(line + start, line + start + len(part))
            if not all(map(any, part)):
                kept = [(row, number) for row, number in zip(part, lines, strict=True) if any(row)]
                self._rows.extend(row for row, _ in kept)
                self._lines.extend(number for _, number in kept)
            else:
                self._rows.extend(part)
                self._lines.extend(lines)
            self._size += size * len(part) // len(rows)
            if len(self._rows) >= self._most or self._size > _BATCH_CHARACTERS:
                yield from self.flush()

    def flush(self) -> Iterator[Table]:
        """What is kept."""
        if not self._rows:
            return
        arrays = tuple(string_array(column) for column in zip_longest(*self._rows))
        count, lines = len(self._rows), tuple(self._lines)
        self._rows, self._lines, self._size = [], [], 0
        yield self.table(arrays, count, lines)

    def table(self, arrays: tuple[pa.StringArray, ...], count: int, lines: Sequence[int]) -> Table:
        """A `Table` of the next `count` rows, under the batch's columns and made-up ones for the rest."""
        width = len(arrays)
        if width < len(self.columns):
            nulls = pa.nulls(count, pa.string())
            arrays += (nulls,) * (len(self.columns) - width)
        extra = tuple(column_name(number) for number in range(len(self.columns) + 1, width + 1))
        first, self.next_row = self.next_row, self.next_row + count
        return Table(
            asset=self._asset,
            name=self.name,
            columns=self.columns + extra,
            header=self.header,
            arrays=arrays,
            first_row=first,
            lines=lines,
        )


class _Rows:
    """One table being gathered from rows that each name their columns. `columns` is the union, in order of first use."""

    __slots__ = ("columns", "lines", "rows", "size")

    def __init__(self) -> None:
        self.columns: dict[str, str | None] = {}
        self.rows: list[dict[str, str | None]] = []
        self.lines: list[int] = []
        self.size = 0


class RecordBatches:
    """Rows of many tables whose columns vary from row to row: JSON. A batch has the union of its rows' columns."""

    def __init__(self, asset: Asset, limits: Limits) -> None:
        self._asset = asset
        self._limits = limits
        self._open: dict[tuple[str, bool], _Rows] = {}
        self._next_row: dict[str, int] = {}

    def add(self, name: str, pairs: list[tuple[str, str | None]], line: int, *, header: bool = True) -> Iterator[Table]:
        """Keep a row. A column that comes twice goes on in further rows, and so do more columns than a table may have."""
        row = dict(pairs)
        if len(row) == len(pairs) <= self._limits.columns:
            yield from self._add((name, header), row, line)
            return
        for part in self._divide(pairs):
            yield from self._add((name, header), part, line)

    def _divide(self, pairs: list[tuple[str, str | None]]) -> Iterator[dict[str, str | None]]:
        """The nth value of a column goes into the nth row; a row with too many columns becomes several."""
        rows: list[dict[str, str | None]] = [{}]
        held: dict[str, int] = {}
        for column, value in pairs:
            number = held.get(column, 0)
            if value is None and number:
                continue
            if number == len(rows):
                rows.append({})
            rows[number][column] = value
            held[column] = number + 1
        most = self._limits.columns
        for row in rows:
            if len(row) <= most:
                yield row
            else:
                cells = list(row.items())
                yield from (dict(cells[at : at + most]) for at in range(0, len(cells), most))

    def _add(self, key: tuple[str, bool], row: dict[str, str | None], line: int) -> Iterator[Table]:
        table = self._open.get(key)
        most = self._limits.columns
        if table is not None and len(table.columns) + len(row) > most and len(table.columns.keys() | row.keys()) > most:
            yield self._table(key, self._open.pop(key))  # a row is never split over two tables
            table = None
        if table is None:
            if len(self._open) >= _OPEN_BATCHES:
                yield from self.flush()
            table = self._open[key] = _Rows()
        table.columns.update(row)
        table.rows.append(row)
        table.lines.append(line)
        table.size += len("".join(filter(None, row.values())))
        count = len(table.rows)
        full = count >= self._limits.batch_rows or count * len(table.columns) > _BATCH_CELLS
        if full or table.size > _BATCH_CHARACTERS:
            yield self._table(key, self._open.pop(key))

    def flush(self) -> Iterator[Table]:
        """What is kept, of every table."""
        while self._open:
            key = next(iter(self._open))
            yield self._table(key, self._open.pop(key))

    def _table(self, key: tuple[str, bool], table: _Rows) -> Table:
        name, header = key
        first = self._next_row.get(name, 1)
        if len(self._next_row) > _TABLE_NAMES:  # names come from the file: a hostile one must not fill the memory
            self._next_row.clear()
        self._next_row[name] = first + len(table.rows)
        return Table(
            asset=self._asset,
            name=without_surrogates(name),
            columns=tuple(map(without_surrogates, table.columns)),
            header=header,
            arrays=tuple(string_array([row.get(column) for row in table.rows]) for column in table.columns),
            first_row=first,
            lines=tuple(table.lines),
        )
