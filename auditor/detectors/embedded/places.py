"""At which places of a line its columns stand: below a header's names, below dashes, right below a name's end."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from auditor.detectors.embedded.cells import Span, bare_cell

_NUMBERED: Final = re.compile(r"[ \t]*[0-9]{1,9}[.:]?(?=[ \t])")
"""What stands before a row of a data frame."""

# Wide letters take two places on a screen, marks above others none; some programs count letters, some bytes.


@lru_cache(maxsize=8192)
def _shown(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _bytes(letter: str) -> int:
    return len(letter.encode("utf-8", "replace"))


def _double(letter: str) -> int:
    return 1 if letter < "\x80" else 2


def _letter(_: str) -> int:
    return 1


MEASURES: Final = (_shown, _letter, _double, _bytes)


def places(line: str, measure: int) -> list[int] | None:
    """At which place of a screen each letter begins, and the line ends; None: each at its own number."""
    if line.isascii() or measure == 1:
        return None
    width, at, found = MEASURES[measure], 0, []
    for letter in line:
        found.append(at)
        at += width(letter)
    found.append(at)
    return found


def cut(line: str, spans: Sequence[Span], measure: int) -> list[str] | None:
    """The cells at these places of a line; None if something stands between two of them."""
    at = places(line, measure)
    cells, first, letters = [], 0, len(line)
    for number in range(len(spans)):
        last = len(spans) == number + 1
        until = None if last else spans[number + 1][0]
        if at is None:
            end = letters if until is None else min(until, letters)
        else:
            end = letters if until is None else _index(at, until, letters)
            if until is not None and end < letters and at[end] != until:
                return None
        if number == 0 and line[:first].strip():
            return None
        if not last and end < letters and end > first and not line[end - 1].isspace():
            return None
        cells.append(bare_cell(line[first:end]))
        first = end
    return cells


def beneath(header: str, names: Sequence[Span], line: str, found: Sequence[Span]) -> list[str] | None:
    """Fewer cells than names, each below the one name that it touches; None if one touches two names, none, or another's."""
    for measure in range(len(MEASURES)):
        above, at = places(header, measure), places(line, measure)
        row, column = [""] * len(names), 0
        for start, end in found:
            first, last = (start, end) if at is None else (at[start], at[end])
            touched = []
            for number in range(column, len(names)):
                left, right = names[number] if above is None else (above[names[number][0]], above[names[number][1]])
                if left < last and first < right:
                    touched.append(number)
                elif left >= last:
                    break
            if len(touched) != 1:
                break
            row[touched[0]] = line[start:end]
            column = touched[0] + 1
        else:
            return row
    return None


def _index(at: Sequence[int], place: int, letters: int) -> int:
    """The first letter that begins at a place or after it, with no mark above the letter before it."""
    found = bisect_left(at, place)
    while found < letters and at[found + 1] == at[found]:  # a mark belongs to the letter before
        found += 1
    return min(found, letters)


def right(header: str, line: str) -> list[str] | None:
    """The cells of a numbered row that end where the header's words do, as data frames are printed; None for other lines."""
    numbered = _NUMBERED.match(line)
    if numbered is None:
        return None
    words = [m.span() for m in re.finditer(r"\S+", header)]
    for measure in range(len(MEASURES)):
        above, at = places(header, measure), places(line.rstrip(), measure)
        letters = len(line.rstrip())
        cells, first = [], numbered.end()
        for _, end in words:
            place = end if above is None else above[end]
            stop = place if at is None else _index(at, place, letters)
            exact = stop <= letters and (at is None or at[stop] == place)
            if not exact or stop <= first or line[stop - 1].isspace() or (stop < letters and not line[stop].isspace()):
                break
            cells.append(bare_cell(line[first:stop]))
            first = stop
        if len(cells) == len(words) and first == letters:
            return cells
    return None
