"""Rows → `Table`s: Arrow string arrays, a batch at a time. A table costs the detectors much the same however few rows it has."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import Final, TypeVar

import pyarrow as pa

from auditor.extractors.limits import Limits
from auditor.model.asset import Asset
from auditor.model.content import Table, Text

_BATCH_CHARACTERS: Final = 8 << 20
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


Name = TypeVar("Name", bound=Hashable)
_Part = tuple[Mapping[Name, pa.StringArray], int]
"""Some rows as columns, by name or number, and how many rows they are."""


def _stacked(parts: Sequence[_Part[Name]], names: Iterable[Name]) -> tuple[pa.StringArray, ...]:
    """The columns of these names over all parts; null where a part lacks one."""
    if len(parts) == 1:
        ((columns, count),) = parts
        return tuple(columns[name] if name in columns else pa.nulls(count, pa.string()) for name in names)
    return tuple(
        pa.concat_arrays([columns[n] if n in columns else pa.nulls(count, pa.string()) for columns, count in parts])
        for n in names
    )


def together(items: Iterable[Table | Text], limits: Limits) -> Iterator[Table | Text]:
    """The same items, with small `Table`s of the same columns that follow each other, and have no lines, as one.

    Where `items` raises, what is held comes before that.
    """
    held: list[Table] = []
    rows = size = 0
    try:
        for item in items:
            if not isinstance(item, Table) or item.lines is not None:
                if held:
                    yield _joined(held)
                    held, rows, size = [], 0, 0
                yield item
                continue
            own = len(item.arrays[0]) if item.arrays else 0
            rows += own
            size += sum(array.nbytes for array in item.arrays)
            most = min(limits.batch_rows, _BATCH_CELLS // max(len(item.columns), 1))
            if held and (item.columns != held[0].columns or rows > most or size > _BATCH_CHARACTERS):
                yield _joined(held)
                held, rows = [], own
                size = sum(array.nbytes for array in item.arrays)
            held.append(item)
    except Exception:
        if held:
            yield _joined(held)
        raise
    if held:
        yield _joined(held)


def _joined(held: list[Table]) -> Table:
    if len(held) == 1:
        return held[0]
    return replace(held[0], arrays=tuple(map(pa.concat_arrays, zip(*(table.arrays for table in held), strict=True))))


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
        self._parts: list[_Part[int]] = []
        self._lines: list[int] = []
        self._size = 0

    def add(self, row: Sequence[str | None], line: int, size: int) -> Iterator[Table]:
        """Keep a row of about `size` characters; hand out the batch when it is full."""
        self._rows.append(row)
        self._lines.append(line)
        self._size += size
        if self._full:
            yield from self.flush()

    def add_arrays(self, arrays: Sequence[pa.StringArray], lines: Sequence[int], size: int) -> Iterator[Table]:
        """Keep rows that came as columns, of about `size` characters, one a line of `lines`."""
        if len(self._lines) + len(lines) > self._most:
            yield from self.flush()
        self._pack()
        self._parts.append((dict(enumerate(arrays)), len(lines)))
        self._lines.extend(lines)
        self._size += size
        if self._full:
            yield from self.flush()

    @property
    def _full(self) -> bool:
        return len(self._lines) >= self._most or self._size > _BATCH_CHARACTERS

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
            if self._full:
                yield from self.flush()

    def _pack(self) -> None:
        """Make columns of the rows that are kept."""
        if self._rows:
            columns = map(string_array, zip_longest(*self._rows))
            self._parts.append((dict(enumerate(columns)), len(self._rows)))
            self._rows = []

    def flush(self) -> Iterator[Table]:
        """What is kept."""
        self._pack()
        if not self._parts:
            return
        width = max(len(self.columns), *(len(columns) for columns, _ in self._parts))
        arrays, lines = _stacked(self._parts, range(width)), tuple(self._lines)
        self._parts, self._lines, self._size = [], [], 0
        extra = tuple(column_name(number) for number in range(len(self.columns) + 1, width + 1))
        first, self.next_row = self.next_row, self.next_row + len(lines)
        yield Table(
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

    __slots__ = ("columns", "lines", "parts", "rows", "size")

    def __init__(self) -> None:
        self.columns: dict[str, object] = {}
        self.rows: list[dict[str, str | None]] = []
        self.parts: list[_Part[str]] = []
        self.lines: list[int] = []
        self.size = 0

    def pack(self) -> None:
        """Make columns of the rows that are kept."""
        if self.rows:
            columns = dict.fromkeys(chain.from_iterable(self.rows))
            arrays = {column: string_array([row.get(column) for row in self.rows]) for column in columns}
            self.parts.append((arrays, len(self.rows)))
            self.rows = []


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

    def add_arrays(
        self, name: str, columns: Mapping[str, pa.StringArray], lines: Sequence[int], size: int
    ) -> Iterator[Table]:
        """Keep rows that came as columns, of about `size` characters, one a line of `lines`."""
        yield from self._make_room((name, True), columns)
        table = self._of((name, True))
        table.pack()
        table.parts.append((columns, len(lines)))
        table.lines.extend(lines)
        yield from self._kept((name, True), table, columns, size)

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
        yield from self._make_room(key, row)
        table = self._of(key)
        table.rows.append(row)
        table.lines.append(line)
        yield from self._kept(key, table, row, len("".join(filter(None, row.values()))))

    def _make_room(self, key: tuple[str, bool], columns: Mapping[str, object]) -> Iterator[Table]:
        """A row is never split over two tables: one that its columns would make too wide is handed out before it."""
        table = self._open.get(key)
        most = self._limits.columns
        if table is not None:
            wide = len(table.columns) + len(columns) > most and len(table.columns.keys() | columns.keys()) > most
            if wide:
                yield self._table(key, self._open.pop(key))
        elif len(self._open) >= _OPEN_BATCHES:
            yield from self.flush()

    def _of(self, key: tuple[str, bool]) -> _Rows:
        table = self._open.get(key)
        if table is None:
            table = self._open[key] = _Rows()
        return table

    def _kept(self, key: tuple[str, bool], table: _Rows, columns: Mapping[str, object], size: int) -> Iterator[Table]:
        table.columns.update(columns)
        table.size += size
        count = len(table.lines)
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
        self._next_row[name] = first + len(table.lines)
        table.pack()
        return Table(
            asset=self._asset,
            name=without_surrogates(name),
            columns=tuple(map(without_surrogates, table.columns)),
            header=header,
            arrays=_stacked(table.parts, table.columns),
            first_row=first,
            lines=tuple(table.lines),
        )
