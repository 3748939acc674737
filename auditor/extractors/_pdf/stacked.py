"""Lines of columns → rows, where no rule parts them: a cell may take several lines, its neighbours stand at its top, middle or end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Final

from auditor.extractors._pdf.cells import Cell, Piece

_SAME_LINE: Final = 0.45
_LEAST_STEP: Final = 0.6
_STEP: Final = 1.08
"""Lines of one cell follow each other at one distance; the next row stands farther away."""
_EXCEPTION: Final = 5
_OVERLAP: Final = 0.25

Row = list[Cell]


def rows_in(columns: list[Cell]) -> list[Row]:
    """The rows of some columns' pieces, from the top."""
    columns = [sorted(column, key=lambda piece: -piece.base) for column in columns]
    return _by_steps(columns) or _by_anchor(columns)


def _by_steps(columns: list[Cell]) -> list[Row]:
    """Rows where those are farther from each other than a cell's lines; none if they are not."""
    steps = sorted(
        step for column in columns for one, two in pairwise(column) if (step := _step(one, two)) > _LEAST_STEP
    )
    if not steps:
        return []
    most = _usual(steps) * _STEP
    chunks: list[tuple[float, float, int, Cell]] = []
    for number, column in enumerate(columns):
        start = 0
        for end in range(1, len(column) + 1):
            if end == len(column) or _step(column[end - 1], column[end]) > most:
                own = column[start:end]
                top = max(piece.base + 0.7 * piece.height for piece in own)
                chunks.append((top, min(piece.base - 0.1 * piece.height for piece in own), number, own))
                start = end
    chunks.sort(key=lambda chunk: (-chunk[0], chunk[2]))
    rows: list[Row] = []
    bottom = 0.0
    for top, low, number, own in chunks:
        if rows and top - max(low, bottom) > _OVERLAP * own[0].height:
            bottom = min(bottom, low)
        else:
            rows.append([[] for _ in columns])
            bottom = low
        rows[-1][number] += own
    long = [row for row in rows if max(_height(cell) for cell in row) > 1]
    even = sum(len({_height(cell) for cell in row if cell}) == 1 and sum(map(bool, row)) > 1 for row in long)
    return rows if len(rows) > 1 and even * 2 < max(1, len(long)) else []


def _usual(steps: list[float]) -> float:
    """The least of these, in order, that is no exception."""
    for step in steps:
        if (bisect_right(steps, step * _STEP) - bisect_left(steps, step)) * _EXCEPTION >= len(steps):
            return step
    return steps[0]


def _step(one: Piece, two: Piece) -> float:
    """How far two pieces are from each other, in heights of their letters: each script has its own."""
    return (one.base - two.base) / max(one.height, two.height)


def _height(cell: Cell) -> int:
    """How many lines it takes."""
    return len({piece.line for piece in cell})


def _by_anchor(columns: list[Cell]) -> list[Row]:
    """A row where the first column has a piece; what stands between two belongs to the one above, or to the nearer one."""
    anchors = next((column for column in columns if len(column) > 1), None)
    if anchors is None:
        return [columns] if any(columns) else []
    bases: list[float] = []
    for piece in anchors:
        if not bases or bases[-1] - piece.base > _SAME_LINE * piece.height:
            bases.append(piece.base)
    rows: list[Row] = [[[] for _ in columns] for _ in bases]
    between = [piece for column in columns for piece in column if bases[0] - piece.base > _SAME_LINE * piece.height]
    highest = max(between, key=lambda piece: piece.base, default=None)
    near = highest is not None and bases[1] - highest.base < -_SAME_LINE * highest.height and _lone(columns, highest)
    for number, column in enumerate(columns):
        at = 0
        for piece in column:
            slack = _SAME_LINE * piece.height
            while at + 1 < len(bases) and bases[at + 1] + slack >= piece.base:
                at += 1
            nearer = near and at + 1 < len(bases) and piece.base - bases[at + 1] < bases[at] - piece.base
            rows[at + 1 if nearer else at][number].append(piece)
    return rows


def _lone(columns: list[Cell], piece: Piece) -> bool:
    """Whether the line below the first row begins a row whose first column stands lower: what is centred, or at the bottom."""
    first = [column[0] for column in columns if column]
    return all(piece.line != one.line for one in first) and all(
        len(column) < 2 or column[1].base <= piece.base + _SAME_LINE * piece.height for column in columns
    )
