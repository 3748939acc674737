"""Lines of columns → rows, where no rule parts them: a cell may take several lines, its neighbours stand at its top, middle or end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Final

from auditor.extractors._pdf.cells import GOES_ON, Cell, Piece

_SAME_LINE: Final = 0.45
_LEAST_STEP: Final = 0.6
_STEP: Final = 1.08
"""Lines of one cell follow each other at one distance; the next row stands farther away."""
_FILLED: Final = 0.6
_EXCEPTION: Final = 5
_FEW: Final = 0.1
_SPARSE: Final = 2
_OVERLAP: Final = 0.25

Row = list[Cell]


def rows_in(columns: list[Cell]) -> list[Row]:
    """The rows of some columns' pieces, from the top."""
    columns = [sorted(column, key=lambda piece: (-piece.base, piece.left)) for column in columns]
    alike, apart = _chunks(columns, by_script=False), _chunks(columns, by_script=True)
    beside = [rows for rows in (_by_chunks(alike), _by_chunks(apart)) if rows]
    if not beside:
        return []
    anchor, sure = _anchor(columns, alike)
    tried = beside if not sure and max(map(len, beside)) > 1 else [*beside, _by_anchor(columns, alike, anchor)]
    fewest = min(map(len, tried))
    needed = [number for number, column in enumerate(columns) if len(column) >= _FILLED * fewest]
    good = [rows for rows in tried if _holes(rows, needed) <= _FEW * len(rows)]
    if good:
        return max(good, key=lambda rows: (_full(rows, needed), -len(rows)))
    return max(tried, key=lambda rows: _full(rows, needed) - 2 * _holes(rows, needed))


def _holes(rows: list[Row], needed: list[int]) -> int:
    """How many rows lack a column; the first ones and the last may be parts of rows that stand on the next page as well."""
    return sum(not all(row[number] for number in needed) for row in rows[2:-1])


def _full(rows: list[Row], needed: list[int]) -> int:
    """How many rows have all columns: cells cut apart leave rows with holes, rows that are taken together are few."""
    return sum(all(row[number] for number in needed) for row in rows)


def _chunks(columns: list[Cell], *, by_script: bool) -> list[list[Cell]]:
    """Each column's pieces, parted where they are farther from each other than the lines of a cell."""
    steps: tuple[list[float], list[float]] = [], []
    for column in columns:
        for one, two in pairwise(column):
            if _step(one, two) > _LEAST_STEP:
                steps[by_script and _is_tall(one, two)].append(_step(one, two))
    usual = [_usual(sorted(own)) if own else 0.0 for own in steps]
    found: list[list[Cell]] = []
    for column in columns:
        chunks = [[column[0]]] if column else []
        for one, two in pairwise(column):
            if _step(one, two) > _STEP * (usual[by_script and _is_tall(one, two)] or max(usual)):
                chunks.append([])
            chunks[-1].append(two)
        found.append(chunks)
    return found


def _step(one: Piece, two: Piece) -> float:
    """How far two pieces are from each other, in heights of their letters: each script has its own."""
    return (one.base - two.base) / max(one.height, two.height)


def _is_tall(one: Piece, two: Piece) -> bool:
    """Whether these are Korean, Thai or Chinese, whose lines stand farther from each other."""
    return not (one.text.isascii() and two.text.isascii())


def _usual(steps: list[float]) -> float:
    """The least of these, in order, that is no exception."""
    for step in steps:
        if (bisect_right(steps, step * _STEP) - bisect_left(steps, step)) * _EXCEPTION >= len(steps):
            return step
    return steps[0]


def _chains(column: Cell) -> list[Cell]:
    """What goes on from line to line by what it says: a phone number, a date."""
    found: list[Cell] = []
    for one, two in pairwise(column):
        if GOES_ON.search(one.text) or two.text.startswith("-"):
            if found and found[-1][-1] is one:
                found[-1].append(two)
            else:
                found.append([one, two])
    return found


def _anchor(columns: list[Cell], chunks: list[list[Cell]]) -> tuple[list[float], bool]:
    """Where the lines of a column stand that has one line a row, as far as can be seen; and whether it can."""
    single = [column for column, own in zip(columns, chunks, strict=True) if len(own) > 1 and all(map(_is_line, own))]
    least = min(map(len, single), default=0)
    chosen = next((column for column in single if len(column) <= least * _SPARSE), None)
    if chosen is None:
        chosen = next((column for column in columns if len(column) > 1), [])
    bases: list[float] = []
    for piece in chosen:
        if not bases or bases[-1] - piece.base > _SAME_LINE * piece.height:
            bases.append(piece.base)
    return bases, bool(single)


def _is_line(cell: Cell) -> bool:
    return len({piece.line for piece in cell}) == 1


def _by_chunks(chunks: list[list[Cell]]) -> list[Row]:
    """Rows of what stands side by side, where those are farther from each other than a cell's lines."""
    spans = [
        (own[0].base + 0.7 * own[0].height, own[-1].base - 0.1 * own[-1].height, number, own)
        for number, column in enumerate(chunks)
        for own in column
    ]
    spans.sort(key=lambda span: (-span[0], span[2]))
    rows: list[Row] = []
    bottom = 0.0
    for top, low, number, own in spans:
        if rows and top - max(low, bottom) > _OVERLAP * own[0].height:
            bottom = min(bottom, low)
        else:
            rows.append([[] for _ in chunks])
            bottom = low
        rows[-1][number] += own
    return rows


def _by_anchor(columns: list[Cell], chunks: list[list[Cell]], anchor: list[float]) -> list[Row]:
    """A row at each line of the anchor's: what stands between two of them goes where most cells say that it does."""
    rising = sorted(anchor)

    def near(piece: Piece) -> bool:
        at = bisect_left(rising, piece.base - _SAME_LINE * piece.height)
        return at < len(rising) and rising[at] <= piece.base + _SAME_LINE * piece.height

    votes = {"top": 0, "end": 0, "middle": 0}
    for cells in (*chunks, *map(_chains, columns)):
        for cell in cells:
            inside = bisect_right(rising, cell[0].base + 1) - bisect_left(rising, cell[-1].base - 1)
            if not _is_line(cell) and inside < 2:
                votes["top" if near(cell[0]) else "end" if near(cell[-1]) else "middle"] += 1
    where = max(votes, key=lambda name: votes[name])
    rows: list[Row] = [
        [[] for _ in columns] for _ in range(len(anchor) + 2)
    ]  # and what goes on from the page before, and on the next
    for number, column in enumerate(columns):
        for piece in column:
            slack = _SAME_LINE * piece.height
            above = len(rising) - bisect_left(
                rising, piece.base - slack
            )  # how many lines of the anchor are at it or higher
            if where == "end":
                row = len(rising) - bisect_right(rising, piece.base + slack) + 1
            elif where == "top" or not 0 < above < len(anchor):
                row = above if where == "top" else min(max(above, 1), len(anchor))
            else:
                row = above if anchor[above - 1] - piece.base <= piece.base - anchor[above] else above + 1
            rows[row][number].append(piece)
    return [row for row in rows if any(row)]
