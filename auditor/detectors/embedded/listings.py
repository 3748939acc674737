"""Rows in a log: a line that lists columns (`<== Columns: a, b`), then lines that list values (`<== Row: 1, 2`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from auditor.detectors.embedded.headings import Headings
from auditor.detectors.embedded.rows import blanked, lines_of
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text

_COLUMNS: Final = re.compile(r"\b[Cc]olumns: +(?=[^\s,])")
_ROW: Final = re.compile(r"(?i)\b(?:row|record|values)(?: ?#?[0-9]{1,9})?[:=][ \t]+")
_RUNS: Final = ((re.compile(r"[0-9]+"), "0"), (re.compile(r"[A-Za-z]+"), "a"), (re.compile(r"[^\x00-\x7f]+"), "w"))
_LONGEST: Final = 20_000
_FAR: Final = 20
"""Other lines that may stand between a header and its rows: threads write into one log."""
_WIDEST: Final = 60
"""Columns beyond which no row is tried that has too many cells."""
_EXTRA: Final = 5
"""Commas that the values of a row may have in them."""
_SURE: Final = 0.3
"""Share of a row's values that look like their columns' others, if commas stand in some."""
_NUMBERS: Final = 3
"""How often a row that fits counts for the looks of columns; one that may fit counts once."""

Row = tuple[int, tuple[int, int], list[str]]
"""A row's line, its place in the text, its cells."""

MARK: Final = "olumns: "


class Listings:
    """Such rows of one asset, over all its text."""

    def __init__(self, index: FieldIndex) -> None:
        self._headings = Headings(index, "listed rows")
        self._columns: tuple[str, ...] | None = None
        self._since = 0

    @property
    def goes_on(self) -> bool:
        """Whether rows may stand at the beginning of the next text."""
        return self._columns is not None

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The tables of a text, and the text with their rows blanked out: nothing is seen twice."""
        taken: list[tuple[int, int]] = []
        rows: list[Row] = []
        position = 0
        for number, line in enumerate(lines_of(text), text.first_line):
            short = line if len(line) <= _LONGEST else ""
            if (named := _COLUMNS.search(short)) is not None:
                taken += self._settled(rows)
                rows = []
                names = short[named.end() :].strip().strip("[]()")
                self._columns = self._headings.telling([name.strip() for name in names.split(",")], strong=False)
                self._since = 0
            elif self._columns is not None and (row := _ROW.search(short)) is not None:
                self._since = 0
                rows.append((number, (position + row.end(), position + len(line)), short[row.end() :].split(", ")))
            elif self._columns is not None:
                self._since += 1
                if self._since > _FAR:
                    taken += self._settled(rows)
                    rows, self._columns = [], None
            position += len(line) + 1
        taken += self._settled(rows)
        return self._headings.tables(text), blanked(text, taken)

    def _settled(self, rows: Sequence[Row]) -> list[tuple[int, int]]:
        """The places of those of a header's rows that fit below it, be it that a comma stands in a value."""
        if self._columns is None or not rows:
            return []
        width = len(self._columns)
        most = width + (_EXTRA if width <= _WIDEST else 0)
        rows = [row for row in rows if width <= len(row[2]) <= most]
        looks = _looks([cells for _, _, cells in rows], width) if any(len(row[2]) > width for row in rows) else []
        taken = []
        for line, span, cells in rows:
            values = cells if len(cells) == width else _placed(cells, width, looks)
            if values is not None:
                self._headings.add(self._columns, [value.strip() for value in values], line)
                taken.append(span)
        return taken


def _shape(value: str) -> str:
    """What a value looks like: each run of digits, letters, letters of other scripts as one."""
    value = value.strip()[:200]
    for run, sign in _RUNS:
        value = run.sub(sign, value)
    return value


def _looks(rows: Sequence[Sequence[str]], width: int) -> list[dict[str, float]]:
    """The shapes of each column's values and how often they come, told from rows whose cells may be too many."""
    counted: list[Counter[str]] = [Counter() for _ in range(width)]
    for cells in rows:
        shapes = [_shape(cell) for cell in cells]
        more = len(cells) - width
        for column in range(width):
            for at in {column, column + more}:
                counted[column][shapes[at]] += 1 if more else _NUMBERS
    return [{shape: n / counts.total() for shape, n in counts.items()} for counts in counted]


def _placed(cells: Sequence[str], width: int, looks: Sequence[dict[str, float]]) -> list[str] | None:
    """Too many cells as values of so many columns, each one or some of them: as most look like their columns."""
    more = len(cells) - width
    best: list[tuple[float, list[str]] | None] = [(0.0, [])] + [None] * more  # by how many cells were joined to others
    for column in range(width):
        following: list[tuple[float, list[str]] | None] = [None] * (more + 1)
        for joined, reached in enumerate(best):
            if reached is None:
                continue
            at = column + joined
            for extra in range(more - joined + 1):
                value = ", ".join(cells[at : at + extra + 1])
                score = reached[0] + looks[column].get(_shape(value), 0.0)
                known = following[joined + extra]
                if known is None or score > known[0]:
                    following[joined + extra] = (score, [*reached[1], value])
        best = following
    found = best[more]
    return found[1] if found is not None and found[0] >= _SURE * (width - 1) else None
