"""Rows of a sheet or of a document's table → `Table`s under their column names, or lines of text where it is a form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from auditor.extractors._csv.header import VALUE, distinct, header_of, known_names
from auditor.extractors._office.prose import Prose
from auditor.extractors.limits import Limits
from auditor.extractors.tables import column_name, string_array
from auditor.model.asset import Asset
from auditor.model.content import Table, Text

_TRIED: Final = 24
_TITLES: Final = 12
_HOLE: Final = 500
_BATCH_CELLS: Final = 300_000
_BATCH_CHARACTERS: Final = 4 << 20


def letters(column: int) -> str:
    """A spreadsheet's name for a column counted from 0: A, Z, AA, XFD."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


class Grid:
    """Rows arrive in order; the first few decide whether one of them names the columns.

    Rows above the names, and all rows of a form (labels beside values, no names above), become lines of text: a label then
    stands beside its value. `lettered` gives spreadsheet letters. Memory holds one batch; empty rows cost nothing.
    """

    def __init__(self, asset: Asset, limits: Limits, *, name: str, part: str, lettered: bool) -> None:
        self._asset = asset
        self._limits = limits
        self._name = name
        self._part = part
        self._lettered = lettered
        self._prose = Prose(asset, limits, f"sheet {name}" if lettered else f"{part}, table {name}")
        self._waiting: list[tuple[int, Mapping[int, str]]] | None = []
        self._names: dict[int, str] = {}
        self._form = False
        self._rows: list[tuple[int, Mapping[int, str]]] = []
        self._columns: set[int] = set()
        self._size = 0

    def add(self, number: int, cells: Mapping[int, str]) -> Iterator[Table | Text]:
        """A row by its number from 1: column from 0 → what stands in it. Empty cells are left out."""
        if not cells:
            return
        if self._waiting is not None:
            self._waiting.append((number, cells))
            if len(self._waiting) >= _TRIED:
                yield from self._decide()
        elif self._form:
            yield from self._line(number, cells)
        else:
            yield from self._row(number, cells)

    def finish(self) -> Iterator[Table | Text]:
        """What is left."""
        if self._waiting is not None:
            yield from self._decide()
        yield from self._flush()
        yield from self._prose.flush()

    def _decide(self) -> Iterator[Table | Text]:
        rows, self._waiting = self._waiting or [], None
        at = names_in(rows, self._limits.columns)
        if at is None:
            labels = sum(known_names(list(cells.values())) for _, cells in rows)
            few = len(rows) < _TRIED and not self._lettered
            self._form = (bool(labels) or few) and not _stacked(rows)
            for number, cells in rows:
                yield from self.add(number, cells)
            return
        for number, cells in rows[:at]:
            yield from self._line(number, cells)
        yield from self._prose.flush()
        if at < len(rows):
            header = rows[at][1]
            columns = sorted(header)
            given = distinct([header[column].replace("\n", " ") for column in columns])
            self._names = dict(zip(columns, given, strict=True))
            if len(rows) == at + 1:
                yield from self._line(*rows[at])
        for number, cells in rows[at + 1 :]:
            yield from self._row(number, cells)

    def _line(self, number: int, cells: Mapping[int, str]) -> Iterator[Text]:
        yield from self._prose.at(number)
        values = [cells[column].strip().replace("\n", " ") for column in sorted(cells)]
        pairs = (
            [": ".join(values[at : at + 2]) for at in range(0, len(values), 2)]
            if self._form or _paired(cells)
            else values
        )
        yield from self._prose.add(" | ".join(pairs))

    def _row(self, number: int, cells: Mapping[int, str]) -> Iterator[Table]:
        if self._rows and not 0 < number - self._rows[-1][0] < _HOLE:  # out of order, or far away
            yield from self._flush()
        self._columns.update(cells)
        self._rows.append((number, cells))
        self._size += sum(map(len, cells.values()))
        height = number - self._rows[0][0] + 1
        full = height >= self._limits.batch_rows or height * len(self._columns) > _BATCH_CELLS
        if full or self._size > _BATCH_CHARACTERS:
            yield from self._flush()

    def _flush(self) -> Iterator[Table]:
        """The rows held; those without a cell between them are null, so that the numbers are the sheet's own."""
        if not self._rows:
            return
        rows, self._rows, self._size = self._rows, [], 0
        columns = sorted(self._columns)
        self._columns = set()
        first = rows[0][0]
        by_number = dict(rows)
        span = range(first, rows[-1][0] + 1)
        most = self._limits.columns
        for at in range(0, len(columns), most):
            some = columns[at : at + most]
            none: Mapping[int, str] = {}
            dense = [by_number.get(number, none) for number in span]
            yield Table(
                asset=self._asset,
                name=self._name,
                columns=tuple(self._names.get(column) or column_name(column + 1) for column in some),
                header=bool(self._names),
                arrays=tuple(string_array([row.get(column) for row in dense]) for column in some),
                first_row=first,
                part=self._part,
                letters=tuple(map(letters, some)) if self._lettered else (),
            )


def names_in(rows: Sequence[tuple[int, Mapping[int, str]]], columns_at_most: int) -> int | None:
    """Which of a table's first rows, each with its number, names the columns; None where none does, or it is a form."""
    columns = sorted(set().union(*(cells for _, cells in rows)))[:columns_at_most] if rows else []
    labels = known_names([cells.get(columns[0], "") for _, cells in rows]) if columns else 0
    if labels > 1 and labels * 2 >= len(rows) and not any(_names(cells) for _, cells in rows[:_TITLES]):
        return None  # labels stand one below the other
    paired = [cells for _, cells in rows if _paired(cells)]
    beside = known_names([cells[column] for cells in paired for column in sorted(cells)[::2]])
    is_form = beside > 1 and beside * 4 >= len(rows) and len(paired) * 3 >= len(rows)
    dense = [[cells.get(column, "") for column in columns] for _, cells in rows]
    for at in range(min(len(rows), _TITLES)):
        if len(rows[at][1]) * 2 > len(columns) and header_of(dense[at:]):
            above = [cells for _, cells in rows[:at] if cells.keys() == rows[at][1].keys() and _paired(cells)]
            below_pairs = len(above) > 1 and len(above) * 2 >= at
            return None if (is_form or below_pairs) and not _names(rows[at][1]) else at
    return None


def _paired(cells: Mapping[int, str]) -> bool:
    """Whether a row holds names and values by turns: what is a value by its shape stands only beside others."""
    values = [cells[column].strip() for column in sorted(cells)]
    if len(values) % 2 or any(VALUE.fullmatch(value) for value in values[::2]):
        return False
    return any(VALUE.fullmatch(value) for value in values[1::2])


def _stacked(rows: list[tuple[int, Mapping[int, str]]]) -> bool:
    """Whether rows of names stand above rows of values again and again: no label has its value beside it."""
    texts = [
        tuple(cells.values()) for _, cells in rows if len(cells) > 1 and not any(map(VALUE.fullmatch, cells.values()))
    ]
    again = {row for row, times in Counter(texts).items() if times > 1}
    return bool(again) or len({row for row in texts if known_names(list(row)) * 2 > len(row)}) > 1


def _names(cells: Mapping[int, str]) -> bool:
    """Whether most cells of a row are usual names of columns."""
    return len(cells) > 1 and known_names(list(cells.values())) * 2 > len(cells)
