"""A part of a long asset, as it travels to a worker; and what in it is the part's own.

A worker gets the file's head in front of a part: it says how the file is written and what its columns are. Nothing of the head counts
but in the first part. Lines and rows are told as they stand in what the worker got; who writes them down moves them
(`Begins`, `Ended` of auditor/ledger.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from auditor.model.asset import MEMBER_SEPARATOR, Asset
from auditor.model.content import Table, Text
from auditor.model.match import Match
from auditor.model.noun import noun

if TYPE_CHECKING:
    from auditor.extractors.cuts import Cut
    from auditor.streams import Readable

HEAD: Final = 512 << 10
"""Bytes of the head, about: more than a table's first thousand rows, by which its columns are decided."""
_TABLES: Final = 10_000
"""Tables whose rows are counted: names may be data."""
_LINE: Final = re.compile(r"line ([0-9]+)")


@noun
class Part:
    """The bytes from `start` to `end` (None: the file's end), nominally: both move to the next cut. `head`: the nominal end of the
    head that goes before it, `room` what is between two nominal ends, `of` how many parts there are. `lines` are the head's, once it has been read; the first part has none of its own. `cut`: how records
    end, as the first part's worker said.
    """

    number: int
    start: int
    end: int | None
    head: int
    room: int
    of: int = 1
    lines: int = 0
    cut: Cut | None = None

    def share(self, allowance: int) -> int:
        """Its share of what is allowed for the whole asset: those of all parts are that together."""
        return allowance * (self.number + 1) // self.of - allowance * self.number // self.of


class Counted:
    """A part's bytes on their way, whose lines behind the head are counted."""

    def __init__(self, stream: Readable, part: Part) -> None:
        self._stream = stream
        self._ends = -part.lines
        self.complete = False

    def read(self, size: int = -1, /) -> bytes:
        """What the stream gives."""
        import numpy as np  # not in the audit's own process, which reads no part; four times as fast as `bytes.count`

        data = self._stream.read(size)
        self._ends += int(np.count_nonzero(np.frombuffer(data, np.uint8) == ord("\n")))
        self.complete = not data and size != 0
        return data

    @property
    def lines(self) -> int | None:
        """How many lines end in the part; None where not all of it was read."""
        return self._ends if self.complete else None


class Own:
    """Tells what is a part's own from what is the head's. `rows`: how many of a table there were, `before`: of these, in the head."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.first = part.number == 0
        self._lines = part.lines
        self.rows: dict[str, int] = defaultdict(int)
        self.before: dict[str, int] = {}
        self._begun: set[str] = set()

    def begun(self, table: str) -> Iterator[int]:
        """How many rows of a table were the head's, the first time that is asked."""
        if table in self.before and table not in self._begun:
            self._begun.add(table)
            yield self.before[table]

    def divide(self, content: Table | Text) -> Iterator[tuple[Table | Text, bool]]:
        """The content in one piece or two, and whether it is the part's own."""
        if isinstance(content, Table):
            yield from self._table(content)
        elif self.first or content.first_line > self._lines:
            yield content, True
        else:
            pieces = content.text.split("\n", self._lines - content.first_line + 1)
            if len(pieces) <= self._lines - content.first_line + 1 or not pieces[-1]:
                yield content, False
                return
            yield replace(content, text=content.text[: -len(pieces[-1])]), False
            yield replace(content, text=pieces[-1], first_line=self._lines + 1, offset=0, overlap=0), True

    def _table(self, table: Table) -> Iterator[tuple[Table, bool]]:
        count = len(table.arrays[0]) if table.arrays else 0
        lines = table.lines
        own = 0
        if not self.first and lines is not None:
            own = next((at for at, line in enumerate(lines) if line > self._lines), count)
        if own:
            yield (_rows(table, 0, own) if own < count else table), False
        if table.name in self.rows or len(self.rows) < _TABLES:
            self.rows[table.name] += count
            if own < count and table.name not in self.before:
                self.before[table.name] = self.rows[table.name] - count + own
        if own < count:
            yield (_rows(table, own, count) if own else table), True

    def counts(self, match: Match) -> bool:
        """Whether a match is the part's own: a column's decision may bring out what waited in the head."""
        return (match.place.line or self._lines + 1) > self._lines

    def holds(self, member: Asset, inside: Asset) -> bool:
        """Whether a member of the part stands in the part's own lines."""
        found = _LINE.search(member.path, len(inside.path) + len(MEMBER_SEPARATOR))
        return found is None or int(found[1]) > self._lines


def _rows(table: Table, start: int, end: int) -> Table:
    return replace(
        table, arrays=tuple(array.slice(start, end - start) for array in table.arrays), first_row=table.first_row + start,
        lines=None if table.lines is None else table.lines[start:end],
    )  # fmt: skip


def moved(text: str, lines: int) -> str:
    """A place in words (`line 12, field phone`), moved by some lines."""
    return _LINE.sub(lambda found: f"line {int(found[1]) + lines}", text, count=1)
