"""The tables of a PDF's pages as `Table`s: their names, and what goes on over pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any, Final

from auditor.extractors._csv.header import distinct, known_names
from auditor.extractors._office.grid import names_in
from auditor.extractors._pdf.cells import Found, goes_on
from auditor.extractors._pdf.gutters import unruled
from auditor.extractors._pdf.layout import PageText
from auditor.extractors._pdf.ruled import alike, ruled
from auditor.extractors._pdf.rules import rules_of
from auditor.extractors.limits import Limits
from auditor.extractors.tables import column_name, string_array
from auditor.model.asset import Asset
from auditor.model.content import Table

_TRIED: Final = 24
_LEAST: Final = 2
"""Lines with text side by side."""
_HEAD: Final = 3
"""Rows of a page among which the names may stand again."""
_MOST_KINDS: Final = 10_000


@dataclass(slots=True, kw_only=True)
class _Open:
    """The rows of one table on one page. `names` are its columns', `head` the row they stood in; none where nothing names them."""

    name: str
    names: tuple[str, ...] | None
    head: tuple[str, ...]
    found: Found = field(repr=False)
    rows: list[list[str]] = field(repr=False)
    lines: list[int]
    part: str


def is_head(rows: list[list[str]]) -> int | None:
    """Which of the rows names the columns; None if none does."""
    return names_in([(number, _filled(row)) for number, row in enumerate(rows[:_TRIED])], len(rows[0]))


def _filled(row: list[str]) -> Mapping[int, str]:
    return {column: cell for column, cell in enumerate(row) if cell}


def tables_of(page: Any, text: PageText, before: Found | None) -> list[Found]:
    """The tables of a pypdfium2 page, from the top. `before`: the one that may go on from the page before."""
    if (
        before is None and sum(len(line) > 1 for line in text.lines) < _LEAST
    ):  # to go through a page's objects takes its time
        return []
    rules_before, white_before = (before, None) if before is not None and before.ruled else (None, before)
    found = ruled(text, rules_of(page, page.get_rotation()), rules_before)
    taken = frozenset(start for table in found for start in table.runs)
    found += unruled(text, is_head, white_before, taken)
    return sorted(found, key=lambda table: table.lines[0])


class PageTables:
    """Takes what was found page by page. A page's tables are handed out when the next page is known: a row may go on there."""

    def __init__(self, asset: Asset, limits: Limits) -> None:
        self._asset = asset
        self._limits = limits
        self._kinds: dict[tuple[str, ...] | int, str] = {}
        self._rows: dict[str, int] = {}
        self._held: list[_Open] = []
        self._needed: tuple[str, list[int], int] = ("", [], 0)

    @property
    def before(self) -> Found | None:
        """The last table of the page before, that this one may go on with."""
        return replace(self._held[-1].found, head=self._held[-1].head) if self._held else None

    def page(self, part: str, found: list[Found]) -> tuple[list[Table], list[str], frozenset[int]]:
        """The tables of the page before; lines of this page's forms; the first characters of the runs that its tables hold."""
        own: list[_Open] = []
        lines: list[str] = []
        last = self._held[-1] if self._held else None
        for number, table in enumerate(found):
            if number == 0 and last is not None and _goes_on(last, table) and (more := self._more(last, table, part)):
                own.append(more)
                continue
            at = is_head(table.rows)
            if at is None and known_names([cell for row in table.rows[:_TRIED] for cell in row]):
                lines += _form(table)
            elif at is None or at + 1 < len(table.rows):
                own.append(self._new(table, at, part))
        ready = [one for held in self._held for one in self._made(held)]
        self._held = [one for one in own if one.rows]
        return ready, lines, frozenset(start for one in own for start in one.found.runs)

    def finish(self) -> list[Table]:
        """What is held."""
        return self.page("", [])[0]

    def _new(self, table: Found, at: int | None, part: str) -> _Open:
        head: tuple[str, ...]
        names: tuple[str, ...] | None
        key: tuple[str, ...] | int
        if at is None:
            head, names, at = (), None, -1
        else:
            head = tuple(table.rows[at])
            names = distinct(table.rows[at])
        rows, lines = table.rows[at + 1 :], table.lines[at + 1 :]
        key = len(self._kinds) if names is None else names
        if key not in self._kinds and len(self._kinds) < _MOST_KINDS:
            self._kinds[key] = f"table {len(self._kinds) + 1}"
        name = self._kinds.get(key, "other tables")
        self._needed = (name, [], 0)
        return _Open(name=name, names=names, head=head, found=table, rows=rows, lines=lines, part=part)

    def _more(self, last: _Open, table: Found, part: str) -> _Open | None:
        """The table as the page before's going on; None where it has names of its own."""
        at = -1
        if last.names is not None:
            at = _head_again(table, last.head)
            own = is_head(table.rows) if at < 0 else None
            if own is not None and known_names(table.rows[own]) * 2 > len(_filled(table.rows[own])):
                return None
        rows, lines = table.rows[at + 1 :], table.lines[at + 1 :]
        if rows and self._is_rest(last, rows[0]):
            whole = zip_longest(last.rows[-1], rows[0], fillvalue="")
            last.rows[-1] = [
                goes_on(above, below, full=column in last.found.open) for column, (above, below) in enumerate(whole)
            ]
            rows, lines = rows[1:], lines[1:]
        return _Open(name=last.name, names=last.names, head=last.head, found=table, rows=rows, lines=lines, part=part)

    def _is_rest(self, last: _Open, row: list[str]) -> bool:
        """Whether a page's first row lacks what all rows before have, and so belongs to the last of them."""
        name, counts, total = self._needed
        if name != last.name:
            counts, total = [], 0
        for one in last.rows:
            counts = [count + bool(cell) for count, cell in zip_longest(counts, one, fillvalue=0)]
            total += 1
        self._needed = (last.name, counts, total)
        must = [column for column, count in enumerate(counts) if count == total]
        missing = [column for column in must if column < len(row) and not row[column]]
        return total > 1 and bool(missing) and (missing[0] == must[0] or len(missing) * 2 >= len(must))

    def _made(self, held: _Open) -> Iterator[Table]:
        first = self._rows.get(held.name, 0) + 1
        self._rows[held.name] = first + len(held.rows) - 1
        width = max(map(len, held.rows))
        names = (held.names or ())[:width]
        kept = [
            column
            for column in range(width)
            if (column < len(names) and names[column]) or any(row[column : column + 1] != [""] for row in held.rows)
        ]  # fmt: skip
        shown = range(held.found.lines[0], held.found.ends + 1)
        for at in range(0, len(held.rows), self._limits.batch_rows):
            some = held.rows[at : at + self._limits.batch_rows]
            yield Table(
                asset=self._asset,
                name=held.name,
                columns=tuple(
                    (names[column] if column < len(names) else "") or column_name(column + 1) for column in kept
                ),
                header=held.names is not None,
                arrays=tuple(
                    string_array([row[column] or None if column < len(row) else None for row in some])
                    for column in kept
                ),
                first_row=first + at,
                lines=tuple(held.lines[at : at + len(some)]),
                part=held.part,
                spoken=True,
                again=shown,
            )


def _goes_on(last: _Open, table: Found) -> bool:
    """Whether a page's first table may be the last one of the page before: its columns stand there, or its names are the same."""
    if last.found.ruled == table.ruled and alike(last.found.edges, table.edges):
        return True
    return bool(last.head) and _head_again(table, last.head) >= 0


def _head_again(table: Found, head: tuple[str, ...]) -> int:
    """With which of a page's first rows the names end that stand there again; -1 if they do not."""
    names = ["".join(cell.split()) for cell in head]
    rows = [["".join(cell.split()) for cell in row] for row in table.rows[:_HEAD]]
    for first in range(len(rows)):
        for last in range(first, len(rows)):
            if ["".join(cells) for cells in zip(*rows[first : last + 1], strict=True)] == names:
                return last
    return -1


def _form(table: Found) -> Iterator[str]:
    """The rows of a form that take several lines, as one each: a label beside its value."""
    ends = [*table.lines[1:], table.ends + 1]
    for row, start, end in zip(table.rows, table.lines, ends, strict=True):
        cells = [cell for cell in row if cell]
        if end - start > 1 and len(cells) > 1:
            if len(cells) % 2:
                yield " | ".join(cells)
            else:
                yield " | ".join(f"{label}: {value}" for label, value in zip(cells[::2], cells[1::2], strict=True))
