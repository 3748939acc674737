"""The straight lines of a PDF page, as they are shown: a table's rules, the edges of its cells' shades."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

_MOST_OBJECTS: Final = 100_000
_MOST_POINTS: Final = 60_000
_MOST_OF_ONE: Final = 4_000
"""Points of one path: more are a drawing."""
_MOST_LINES: Final = 1_000
_DEPTH: Final = 3
_THIN: Final = 4.0
_SHORT: Final = 6.0
_CLOSE: Final = 3.5
"""Points within which two lines are one: a cell's own borders stand beside the next one's."""

Line = tuple[float, float, float]
"""Where it stands (height or distance from the left), and from where to where it goes."""
_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]


@dataclass(slots=True)
class Rules:
    """Lines across (`flat`, by height) and upright ones, as the page is shown; lines that touch are one."""

    flat: list[Line] = field(default_factory=list)
    upright: list[Line] = field(default_factory=list)


def rules_of(page: Any, rotation: int) -> Rules:
    """A page's rules; none where there are so many that it is a drawing."""
    import pypdfium2.raw as c

    budget = _Budget()
    found = Rules()
    for one, two in _segments(c, _on_page(c, page.raw), None, budget, 0):
        (x0, y0), (x1, y1) = sorted((_turned(one, rotation), _turned(two, rotation)))
        if abs(y1 - y0) <= abs(x1 - x0):
            found.flat.append(((y0 + y1) / 2, x0, x1))
        else:
            found.upright.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    if budget.objects <= 0 or budget.points <= 0:
        return Rules()
    merged = Rules(_merged(found.flat), _merged(found.upright))
    if len(merged.flat) > _MOST_LINES or len(merged.upright) > _MOST_LINES:
        return Rules()
    return merged


@dataclass(slots=True)
class _Budget:
    objects: int = _MOST_OBJECTS
    points: int = _MOST_POINTS


def _on_page(c: Any, page: Any) -> Iterator[Any]:
    for index in range(min(c.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        yield c.FPDFPage_GetObject(page, index)


def _in_form(c: Any, form: Any) -> Iterator[Any]:
    for index in range(min(c.FPDFFormObj_CountObjects(form), _MOST_OBJECTS)):
        yield c.FPDFFormObj_GetObject(form, index)


def _segments(
    c: Any, objects: Iterator[Any], outer: _Matrix | None, budget: _Budget, depth: int
) -> Iterator[tuple[_Point, _Point]]:
    """The straight lines of page objects, in the page's own coordinates."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    sides = tuple(map(ctypes.byref, (left, bottom, right, top)))
    for item in objects:
        budget.objects -= 1
        if budget.objects <= 0 or budget.points <= 0:
            return
        kind = c.FPDFPageObj_GetType(item)
        if kind == c.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            matrix = _matrix(c, item)
            within = _times(matrix, outer) if outer is not None else matrix
            yield from _segments(c, _in_form(c, item), within, budget, depth + 1)
        elif kind == c.FPDF_PAGEOBJ_PATH and c.FPDFPageObj_GetBounds(item, *sides):
            width, height = right.value - left.value, top.value - bottom.value
            if width <= _THIN or height <= _THIN:
                x, y = (left.value + right.value) / 2, (bottom.value + top.value) / 2
                ends = ((left.value, y), (right.value, y)) if width >= height else ((x, bottom.value), (x, top.value))
                yield ends if outer is None else (_at(outer, ends[0]), _at(outer, ends[1]))
            else:
                yield from _of_path(c, item, outer, budget)


def _of_path(c: Any, path: Any, outer: _Matrix | None, budget: _Budget) -> Iterator[tuple[_Point, _Point]]:
    """A path's straight lines; none if one of its lines is aslant or bent."""
    count = c.FPDFPath_CountSegments(path)
    if not 1 < count <= _MOST_OF_ONE:
        return
    budget.points -= count
    matrix = _matrix(c, path)
    if outer is not None:
        matrix = _times(matrix, outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    parts: list[list[_Point]] = []
    for index in range(count):
        segment = c.FPDFPath_GetPathSegment(path, index)
        kind = c.FPDFPathSegment_GetType(segment)
        if kind == c.FPDF_SEGMENT_BEZIERTO or not c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            return
        if kind == c.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        parts[-1].append(_at(matrix, (x.value, y.value)))
        if c.FPDFPathSegment_GetClose(segment):
            parts[-1].append(parts[-1][0])
    lines = [line for points in parts for line in _of_part(points)]
    if all(min(abs(one[0] - two[0]), abs(one[1] - two[1])) < 1 for one, two in lines):
        yield from lines


def _of_part(points: list[_Point]) -> Iterator[tuple[_Point, _Point]]:
    """The edges of a figure; of a thin one, its middle."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
    if right - left <= _THIN or top - bottom <= _THIN:
        x, y = (left + right) / 2, (bottom + top) / 2
        yield ((left, y), (right, y)) if right - left >= top - bottom else ((x, bottom), (x, top))
    else:
        yield from pairwise(points)


def _merged(lines: list[Line]) -> list[Line]:
    """Lines that lie on each other or go on in each other, as one; short ones are left out."""
    found: list[Line] = []
    lines.sort()
    start = 0
    for end in range(1, len(lines) + 1):
        if end < len(lines) and lines[end][0] - lines[start][0] <= _CLOSE:
            continue
        same = sorted((first, last) for _, first, last in lines[start:end])
        at = (lines[start][0] + lines[end - 1][0]) / 2
        start = end
        first, last = same[0]
        for one, two in [*same[1:], (float("inf"), 0.0)]:
            if one <= last + _CLOSE:
                last = max(last, two)
                continue
            if last - first >= _SHORT:
                found.append((at, first, last))
            first, last = one, two
    return found


def _turned(point: _Point, rotation: int) -> _Point:
    """A point as the page is shown (layout.py turns letters alike)."""
    x, y = point
    return {90: (y, -x), 180: (-x, -y), 270: (-y, x)}.get(rotation, (x, y))


def _matrix(c: Any, item: Any) -> _Matrix:
    matrix = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return (1, 0, 0, 1, 0, 0)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(one: _Matrix, two: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _at(matrix: _Matrix, point: _Point) -> _Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f
