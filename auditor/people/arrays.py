"""Sets of rows as columns of unsigned 64-bit numbers: sort, drop the repeated, look up. No Python loop over rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Keys: TypeAlias = npt.NDArray[np.uint64]
Mask: TypeAlias = npt.NDArray[np.bool_]
Places: TypeAlias = npt.NDArray[np.intp]
Rows: TypeAlias = tuple[Keys, ...]
"""Columns of one length."""

NONE: Final[Keys] = np.empty(0, np.uint64)
_HALF: Final = np.uint64(32)


def constant(column: Keys) -> bool:
    """Whether a column, not empty, holds one number only: the asset's, as a rule, and then nothing needs to be sorted."""
    return bool(column[0] == column[-1]) and bool((column == column[0]).all())


def distinct(rows: Rows) -> Rows:
    """The rows sorted by their first column, then by the next, each once."""
    if len(rows[0]) < 2:
        return rows
    varying = [place for place, column in enumerate(rows) if not constant(column)]
    if not varying:
        return tuple(column[:1] for column in rows)
    found = dict(zip(varying, _distinct([rows[place] for place in varying]), strict=True))
    length = len(found[varying[0]])
    return tuple(found.get(place, column[:length]) for place, column in enumerate(rows))


def _distinct(columns: Sequence[Keys]) -> Sequence[Keys]:
    if len(columns) == 1:
        ordered = np.sort(columns[0])
        return [ordered[new_here(ordered)]]
    if len(columns) > 2:
        order = np.lexsort(columns[::-1])
        columns = [column[order] for column in columns]
        new = new_here(columns[0])
        for column in columns[1:]:
            new |= new_here(column)
        return [column[new] for column in columns]
    order = np.argsort(columns[0])
    first, second = (column[order] for column in columns)
    new = new_here(first)
    if new.all():
        return [first, second]
    if not int(second.max()) >> 32:  # two halves of one number: sorting those is many times faster than sorting pairs
        owners = first[new]
        code = np.sort((np.cumsum(new) - 1).astype(np.uint64) << _HALF | second)
        code = code[new_here(code)]
        return [owners[(code >> _HALF).astype(np.intp)], code & np.uint64(0xFFFFFFFF)]
    tied = ~new
    tied[:-1] |= tied[1:]  # the first of those that share a key is tied as well
    among = np.flatnonzero(tied)
    second[among] = second[among][np.lexsort((second[among], first[among]))]
    new |= new_here(second)
    return [first[new], second[new]]


def new_here(ordered: Keys) -> Mask:
    """Where a sorted column, not empty, holds another number than the row before."""
    new = np.empty(len(ordered), bool)
    new[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return new


def number_of(ordered: Keys) -> int:
    """How many different numbers a sorted column holds."""
    return int(np.count_nonzero(new_here(ordered))) if len(ordered) else 0


def groups(ordered: Keys) -> tuple[Keys, Places, Places]:
    """The numbers of a sorted column, where each begins, and how many rows it has."""
    if not len(ordered):
        return ordered, np.empty(0, np.intp), np.empty(0, np.intp)
    starts = np.flatnonzero(new_here(ordered))
    return ordered[starts], starts, np.diff(starts, append=len(ordered))


def positions(ordered: Keys, wanted: Keys) -> tuple[Mask, Places]:
    """Which of the wanted numbers a sorted column holds, and where each of those first stands."""
    if not len(ordered) or not len(wanted):
        return np.zeros(len(wanted), bool), np.empty(0, np.intp)
    places = np.searchsorted(ordered, wanted)
    held = ordered[np.minimum(places, len(ordered) - 1)] == wanted
    return held, places[held]


def member(wanted: Keys, ordered: Keys) -> Mask:
    """Which of the wanted numbers a sorted column holds."""
    return positions(ordered, wanted)[0]


def pairs_in(wanted: Rows, held: Rows) -> Mask:
    """Which of the wanted pairs are among those held. Both are sorted by their first number, those held are distinct too."""
    if not len(wanted[0]) or not len(held[0]):
        return np.zeros(len(wanted[0]), bool)
    near = member(held[0], wanted[0])
    held = held[0][near], held[1][near]
    firsts, seconds = groups(held[0])[0], np.unique(held[1])
    known = member(wanted[0], firsts) & member(wanted[1], seconds)
    width = np.uint64(max(len(seconds), 1))  # ranks instead of numbers: a pair of ranks fits one number

    def coded(first: Keys, second: Keys) -> Keys:
        return np.searchsorted(firsts, first).astype(np.uint64) * width + np.searchsorted(seconds, second).astype(
            np.uint64
        )

    result = np.zeros(len(wanted[0]), bool)
    result[known] = member(coded(wanted[0][known], wanted[1][known]), coded(held[0], held[1]))
    return result


def expanded(starts: Places, counts: Places, at_once: int) -> Iterator[tuple[Places, Places]]:
    """(place of an owner, place of a thing) for owners with `counts` things that begin at `starts`; about `at_once` a time."""
    ends = np.cumsum(counts)
    low = 0
    while low < len(counts):
        done = int(ends[low - 1]) if low else 0
        high = max(int(np.searchsorted(ends, done + at_once, "right")), low + 1)
        part = counts[low:high]
        owners = np.repeat(np.arange(low, high), part)
        within = np.arange(int(part.sum())) - np.repeat(np.cumsum(part) - part, part)
        yield owners, np.repeat(starts[low:high], part) + within
        low = high
