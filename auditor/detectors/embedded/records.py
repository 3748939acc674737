"""Names and values that come pair by pair, gathered to records, and alike records to tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from auditor.detectors.embedded.rows import Rows, telling
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text
from auditor.model.noun import noun

_MOST_TABLES: Final = 64
"""Kinds of records that one asset may have: each is a table, which costs time and memory. What is beyond stays text."""
_WIDEST: Final = 200


@noun
class Field:
    """A name and its value. `span`: where both stand in the text; `line`: the value's, counted from 1 in the text."""

    name: str
    value: str
    line: int
    span: tuple[int, int]


class Records:
    """The records of one asset: a name that comes again begins the next. Only those that hold a telling name are taken."""

    def __init__(self, index: FieldIndex, kind: str) -> None:
        self._index = index
        self._kind = kind
        self._open: dict[str, Field] = {}
        self._columns: list[dict[str, None]] = []
        self._counts: list[int] = []
        self._last = 0
        self._ready: dict[int, list[dict[str, Field]]] = {}
        self._taken: list[tuple[int, int]] = []

    def __len__(self) -> int:
        """How many fields the open record has."""
        return len(self._open)

    def add(self, field: Field) -> None:
        """The next field, in the order of the text."""
        if field.name in self._open or len(self._open) >= _WIDEST:
            self.close()
        self._open[field.name] = field

    def close(self) -> None:
        """What comes next is another record's."""
        record, self._open = self._open, {}
        if record and telling(self._index, list(record)) and (number := self._table_of(record)) is not None:
            self._ready.setdefault(number, []).append(record)
            self._taken += (field.span for field in record.values())

    def tables(self, text: Text) -> tuple[list[Table], list[tuple[int, int]]]:
        """The tables of a text that ends here, and where their fields stand in it, in order."""
        self.close()
        ready, self._ready = self._ready, {}
        taken, self._taken = self._taken, []
        return [self._rows(number, records, text).table(text) for number, records in ready.items()], taken

    def _rows(self, number: int, records: Sequence[dict[str, Field]], text: Text) -> Rows:
        columns = dict.fromkeys(name for record in records for name in record)
        rows = Rows(name=f"{self._kind} {number + 1}", columns=tuple(columns), first_row=self._counts[number] + 1)
        for record in records:
            cells = tuple(record[name].value if name in record else None for name in columns)
            rows.add(cells, text.first_line + min(field.line for field in record.values()) - 1)
        self._counts[number] += len(records)
        return rows

    def _table_of(self, record: Mapping[str, Field]) -> int | None:
        """The table in which most of a record's names stand already, or another one; None if there are too many."""
        numbers = range(len(self._columns))
        number: int
        for number in (*numbers[self._last : self._last + 1], *numbers):
            columns = self._columns[number]
            known = len(columns.keys() & record.keys())
            if known * 2 >= len(record) and len(columns) + len(record) - known <= _WIDEST:
                break
        else:
            if len(self._columns) >= _MOST_TABLES:
                return None
            number = len(self._columns)
            self._columns.append({})
            self._counts.append(0)
        self._columns[number] |= dict.fromkeys(record)
        self._last = number
        return number
