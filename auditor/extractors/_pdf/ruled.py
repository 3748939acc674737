"""Tables of a PDF page that rules draw: cells are what lies between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from auditor.extractors._pdf.cells import Cell, Found, Piece, joined, lines_of, pieces
from auditor.extractors._pdf.layout import PageText
from auditor.extractors._pdf.rules import Line, Rules
from auditor.extractors._pdf.stacked import Row, rows_in

_TOUCH: Final = 4.0
_CLOSE: Final = 3.5
_SLACK: Final = 2.0
_UPRIGHT: Final = 0.25
_FLAT: Final = 0.4
"""The part of a table's height (width) that a rule takes: a shorter one underlines a word."""
_COLUMNS: Final = 200
_PADDING: Final = 12.0
_ASLANT: Final = 0.6
_FEW_BANDS: Final = 3


def ruled(page: PageText, rules: Rules, before: Found | None) -> list[Found]:
    """The tables, from the top. One row is enough for the one that goes on from `before`."""
    found = [_table(page, *together, before) for together in _touching(rules)]
    return sorted((table for table in found if table is not None), key=lambda table: table.lines[0])


def alike(one: list[float], two: list[float]) -> bool:
    """Whether the columns of two tables stand at the same places."""
    return len(one) == len(two) and all(abs(a - b) <= _CLOSE for a, b in zip(one, two, strict=True))


def _touching(rules: Rules) -> Iterator[tuple[list[Line], list[Line]]]:
    """The flat and upright rules that touch each other, in groups."""
    flat = sorted(rules.flat)
    heights = [line[0] for line in flat]
    group = list(range(len(flat) + len(rules.upright)))

    def top(number: int) -> int:
        while group[number] != number:
            group[number] = group[group[number]]
            number = group[number]
        return number

    for number, (x, low, high) in enumerate(rules.upright, len(flat)):
        for other in range(bisect_left(heights, low - _TOUCH), bisect_right(heights, high + _TOUCH)):
            if flat[other][1] - _TOUCH <= x <= flat[other][2] + _TOUCH:
                group[top(other)] = top(number)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for number, line in enumerate([*flat, *rules.upright]):
        groups.setdefault(top(number), ([], []))[number >= len(flat)].append(line)
    yield from (both for both in groups.values() if len(both[1]) > 1 and both[0])


def _table(page: PageText, flat: list[Line], upright: list[Line], before: Found | None) -> Found | None:
    left, right = min(line[1] for line in flat), max(line[2] for line in flat)
    low, high = min(line[1] for line in upright), max(line[2] for line in upright)
    left, right = min(left, *(line[0] for line in upright)), max(right, *(line[0] for line in upright))
    low, high = min(low, *(line[0] for line in flat)), max(high, *(line[0] for line in flat))
    edges = _positions(upright, (left, right), _UPRIGHT * (high - low))
    heights = _positions(flat, (low, high), _FLAT * (right - left))
    if not 3 <= len(edges) <= _COLUMNS:
        return None
    across, along = _at(flat, heights), _at(upright, edges)
    bands: list[Row] = [[[] for _ in edges[1:]] for _ in heights[1:]]
    for number, line in enumerate(page.lines, 1):
        if not low <= line[0].base + 0.3 * line[0].height <= high:
            continue
        for run in line:
            if run.right > left and run.left < right:
                for piece in pieces(run, page, number, edges[1:-1]):
                    if left - _SLACK <= piece.inner <= right + _SLACK:
                        row, column = _cell(piece, edges, heights, across, along)
                        bands[row][column].append(piece)
    bands.reverse()
    rows = [row for band in bands for row in _rows(band, len(bands))]
    rows = [row for row in rows if any(row)]
    filled = sum(sum(map(bool, row)) > 1 for row in rows)
    least = 1 if before is not None and alike(before.edges, edges) else 2
    if len(rows) < least or filled < least or filled * 2 < len(rows):
        return None
    tall = [lines for row in rows for cell in row if len(lines := lines_of(cell)) > 1]
    if sum(not _is_straight(lines) for lines in tall) * 2 > len(tall):  # labels in a drawing
        return None
    return made(rows, edges, _rooms(rows, edges), ruled=True)


def _is_straight(lines: list[Cell]) -> bool:
    """Whether a cell's lines begin or end below each other, or are centred."""
    slack = 1 + _ASLANT * max(line[0].height for line in lines)
    sides = [line[0].left for line in lines], [line[-1].right for line in lines]
    middles = [(left + right) / 2 for left, right in zip(*sides, strict=True)]
    return any(max(places) - min(places) <= slack for places in (*sides, middles))


def _cell(
    piece: Piece, edges: list[float], heights: list[float], across: list[list[Line]], along: list[list[Line]]
) -> tuple[int, int]:
    """Band (from below) and column of a piece. Where a rule is missing cells are one: its first column, its first band."""
    x, y = piece.inner, piece.middle
    column = min(max(bisect_right(edges, x) - 1, 0), len(edges) - 2)
    while column and not _covered(along[column], y):
        column -= 1
    row = min(max(bisect_right(heights, y) - 1, 0), len(heights) - 2)
    while row < len(heights) - 2 and not _covered(across[row + 1], x):
        row += 1
    return row, column


def _at(lines: list[Line], places: list[float]) -> list[list[Line]]:
    """The lines at each of these places."""
    return [[line for line in lines if abs(line[0] - place) <= _CLOSE] for place in places]


def _covered(lines: list[Line], through: float) -> bool:
    return any(first - _SLACK <= through <= last + _SLACK for _, first, last in lines)


def _positions(lines: list[Line], ends: tuple[float, float], least: float) -> list[float]:
    """Where the lines stand, with the table's own ends; but for those that are short."""
    lengths: dict[float, float] = {}
    for at, first, last in sorted(lines):
        near = next((one for one in reversed(lengths) if at - one <= _CLOSE), at)
        lengths[near] = lengths.get(near, 0.0) + last - first
    found = [at for at, length in lengths.items() if length >= least]
    for end in ends:
        if not found or min(abs(end - at) for at in found) > 2 * _CLOSE:
            found.append(end)
    return sorted(found)


def _rows(band: Row, bands: int) -> list[Row]:
    """A band's rows: one, unless few rules part the rows of the whole table."""
    lines = [len({piece.line for piece in cell}) for cell in band if cell]
    if bands <= _FEW_BANDS and len(lines) > 1 and min(lines) > 2:
        return rows_in(band)
    return [band]


def _rooms(rows: list[Row], edges: list[float]) -> list[float]:
    """How long a line in each column may be: what its nearest text leaves free is free on the other side as well."""
    rooms = []
    for column, (left, right) in enumerate(pairwise(edges)):
        margins = [piece.left - left for row in rows for piece in row[column]]
        padding = min(max(min(margins, default=0.0), 0.0), _PADDING)
        rooms.append(right - left - 2 * padding)
    return rooms


def made(rows: list[list[Cell]], edges: list[float], rooms: list[float], *, ruled: bool) -> Found:
    """The table of these rows of pieces, none of which is empty."""
    texts = [[joined(cell, room) for cell, room in zip(row, rooms, strict=True)] for row in rows]
    held = [piece for row in rows for cell in row for piece in cell]
    return Found(
        rows=[[text for text, _ in row] for row in texts],
        lines=[min(piece.line for cell in row for piece in cell) for row in rows],
        ends=max(piece.line for piece in held),
        edges=edges,
        ruled=ruled,
        runs=frozenset(piece.start for piece in held),
        open=frozenset(number for number, (_, full) in enumerate(texts[-1]) if full),
    )
