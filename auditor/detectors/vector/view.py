"""Some cells of one layout: their bytes by position, their digits as numbers, and what several checks count with."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from auditor.detectors.validators.validity import is_date
from auditor.detectors.vector.cells import Bytes, Mask, in_ranges
from auditor.detectors.vector.layouts import DIGITS, Layout, ranges_of

_WIDE: Final = 32
"""Positions from which on a run of equal sets is tested row by row, without turning it into columns first."""

Numbers = NDArray[np.uint16]


class Shape:
    """What a layout says about all its cells; several layouts with digits at the same places are one shape.

    `layout` holds what any of them allows. `groups` are the runs of digits, as positions; `mixed`: a position may hold a digit
    or not.
    """

    def __init__(self, *several: Layout) -> None:
        self.layout: Layout = tuple(functools.reduce(int.__or__, sets) for sets in zip(*several, strict=True))
        self.digits = _digits(self.layout)
        self.mixed = any(bits & DIGITS and bits & ~DIGITS for bits in self.layout)
        self.groups: list[list[int]] = []
        for position in self.digits:
            if self.groups and self.groups[-1][-1] == position - 1:
                self.groups[-1].append(position)
            else:
                self.groups.append([position])
        self._runs = _runs(self.layout)
        self._either = tuple(
            tuple((position, ranges_of(bits)) for position, bits in enumerate(layout) if bits != self.layout[position])
            for layout in several
        )

    def fits(self, view: View) -> Mask:
        """Which cells have one of the layouts."""
        good = np.ones(view.size, np.bool_)
        for start, stop, ranges in self._runs:
            if stop - start >= _WIDE:
                bad = np.logical_not(in_ranges(view.matrix, ranges))
                bad[:, :start] = False
                bad[:, stop:] = False
                good[np.flatnonzero(bad) // bad.shape[1]] = False
            else:
                good &= in_ranges(view.columns(start, stop), ranges).all(axis=0)
        if len(self._either) > 1:
            any_of = np.zeros(view.size, np.bool_)
            for tests in self._either:
                one = np.ones(view.size, np.bool_)
                for position, ranges in tests:
                    one &= in_ranges(view.columns(position, position + 1)[0], ranges)
                any_of |= one
            good &= any_of
        return good


def _digits(layout: Layout) -> list[int]:
    return [position for position, bits in enumerate(layout) if not bits & ~DIGITS]


def _runs(layout: Layout) -> tuple[tuple[int, int, tuple[tuple[int, int], ...]], ...]:
    """(start, stop, ranges) of neighbouring positions with one set."""
    runs: list[tuple[int, int, tuple[tuple[int, int], ...]]] = []
    for position, bits in enumerate(layout):
        if position and layout[position - 1] == bits:
            start, _, ranges = runs.pop()
            runs.append((start, position + 1, ranges))
        else:
            runs.append((position, position + 1, ranges_of(bits)))
    return tuple(runs)


def alike(several: Sequence[Layout]) -> list[tuple[Layout, ...]]:
    """Layouts by where their digits stand."""
    by_digits: dict[tuple[int, ...], list[Layout]] = {}
    for layout in several:
        by_digits.setdefault(tuple(_digits(layout)), []).append(layout)
    return [tuple(family) for family in by_digits.values()]


class Besides:
    """What cells that have one layout must not have besides: another one that some of them may have."""

    def __init__(self, layout: Layout, other: Layout) -> None:
        open_sets = [(bits, position) for position, bits in enumerate(other) if layout[position] & ~bits]
        open_sets.sort(key=lambda item: (item[0] & layout[item[1]]).bit_count() / layout[item[1]].bit_count())
        self._tests = [(position, ranges_of(bits)) for bits, position in open_sets]

    def of(self, view: View) -> NDArray[np.intp]:
        """The rows that have both; told by the most telling positions, so that few rows are looked at more closely."""
        rows: NDArray[np.intp] | None = None
        for position, ranges in self._tests:
            column = view.columns(position, position + 1)[0]
            met = in_ranges(column if rows is None else column[rows], ranges)
            rows = np.flatnonzero(met) if rows is None else rows[met]
            if not len(rows):
                return rows
        return np.arange(view.size) if rows is None else rows


class View:
    """Cells of one width: `matrix` is (row, position) in bytes. Digits are those of `shape`, once one is chosen."""

    def __init__(self, matrix: Bytes) -> None:
        self.matrix = matrix
        self.size, self.width = matrix.shape
        self._turned: Bytes | None = None
        self._digits: tuple[Shape, Bytes] | None = None

    def columns(self, start: int, stop: int) -> Bytes:
        """(position, row): some positions, each contiguous."""
        if self.width > 2 * _WIDE:
            return np.ascontiguousarray(self.matrix[:, start:stop].T)
        if self._turned is None:
            self._turned = np.ascontiguousarray(self.matrix.T)
        return self._turned[start:stop]

    def digits(self, shape: Shape) -> Bytes:
        """(digit, row): the values 0 to 9 of the layout's digits, from the left."""
        if self._digits is None or self._digits[0] is not shape:
            self._digits = shape, self.columns(0, self.width)[shape.digits] - np.uint8(48)
        return self._digits[1]


def number(digits: Bytes) -> Numbers:
    """The number that up to four digits make."""
    total: Numbers = digits[0].astype(np.uint16)
    for digit in digits[1:]:
        total = total * np.uint16(10) + digit
    return total


def weighted(digits: Bytes, weights: tuple[int, ...]) -> Numbers:
    """Σ weight · digit."""
    total = np.zeros(digits.shape[1], np.uint16)
    for digit, weight in zip(digits, weights, strict=False):
        total += digit.astype(np.uint16) * np.uint16(weight)
    return total


def modulo(numbers: Numbers, by: int) -> Numbers:
    """The remainder: by a division that numpy vectorises."""
    rest: Numbers = numbers - numbers // np.uint16(by) * np.uint16(by)
    return rest


def at_least_two(digits: Bytes) -> Mask:
    """Where at least two different digits stand."""
    answer: Mask = digits.max(axis=0) != digits.min(axis=0)
    return answer


def at_least_three(digits: Bytes) -> Mask:
    """Where at least three different digits stand: then one of them is neither the least nor the greatest."""
    answer: Mask = ((digits != digits.max(axis=0)) & (digits != digits.min(axis=0))).any(axis=0)
    return answer


def distinct(columns: Bytes) -> Bytes:
    """How many different bytes stand in each cell's columns; their count is a power of two. By a bitonic sort (Batcher 1968)."""
    count, cells = columns.shape
    ordered, spare = columns, np.empty_like(columns)
    size = 2
    while size <= count:
        flip, step = True, size // 2
        while step:
            shape = (count // (2 * step), 2, step, cells)
            pairs, out = ordered.reshape(shape), spare.reshape(shape)
            high = pairs[:, 1, ::-1] if flip else pairs[:, 1]
            np.minimum(pairs[:, 0], high, out=out[:, 0])
            np.maximum(pairs[:, 0], high, out=out[:, 1])
            ordered, spare = spare, np.empty_like(columns) if ordered is columns else ordered
            flip, step = False, step // 2
        size *= 2
    different: Bytes = (ordered[1:] != ordered[:-1]).sum(axis=0, dtype=np.uint8) + np.uint8(1)
    return different


@lru_cache(maxsize=1)
def _calendar() -> tuple[Bytes, Mask]:
    """By month · 100 + day: 0 no day, 1 a day of leap years, 2 a day of every year; by year: whether it is a leap year."""
    days = np.zeros(10_000, np.uint8)
    for month in range(1, 13):
        for day in range(1, 32):
            days[month * 100 + day] = is_date(2000, month, day) + is_date(2001, month, day)
    leap = np.zeros(10_000, np.bool_)
    leap[1:] = [is_date(year, 2, 29) for year in range(1, 10_000)]
    return days, leap


def in_calendar(year: Numbers, month: Numbers, day: Numbers) -> Mask:
    """Whether the calendar has that day; each a number of at most four, two and two digits."""
    days, leap = _calendar()
    kind = days.take(month * np.uint16(100) + day, mode="clip")
    good: Mask = kind == 2
    some = np.flatnonzero(kind == 1)
    good[some] = leap.take(year[some], mode="clip")
    return good
