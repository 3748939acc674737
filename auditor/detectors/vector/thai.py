"""Thai names over whole columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from auditor.detectors import names
from auditor.detectors.values import SENTENCE
from auditor.detectors.vector.cells import Cells, Mask
from auditor.detectors.vector.line import LONGEST, Line, Positions, clean, normal, pieces

_THAI: Final = ((0xE0, 0xE0),)


@lru_cache(maxsize=1)
def _sentence_words() -> tuple[str, ...]:
    """Thai words that make a cell a sentence to the user (`values.SENTENCE`)."""
    return tuple(word for word in re.findall("[ก-๙]+", SENTENCE.pattern) if len(word) > 2)


def spoil_sentences(line: Line) -> None:
    """Spoil cells that say something to the user."""
    letters = line.letters
    for word in _sentence_words():
        codes = [ord(character) - 0x0E00 for character in word]
        reach = len(letters) - 3 * (len(codes) - 1)
        if reach <= 0:
            continue
        # A middle pair of letters first: the rest is looked at where it stands.
        near = np.flatnonzero((letters[3 : 3 + reach] == codes[1]) & (letters[6 : 6 + reach] == codes[2]))
        for index, code in enumerate(codes):
            near = near[letters[near + 3 * index] == code]
        line.spoil(near)


Matcher = Callable[["Thai", Line], Mask]


class Thai:
    """Words that no Thai name is: `whole` as all of a cell, `first_words` as its first word."""

    def __init__(self, *, whole: Iterable[str], first_words: Iterable[str]) -> None:
        self._first = self._sum_of(first_words)
        self._whole = self._sum_of("".join(text.split()) for text in whole)

    @staticmethod
    def _sum_of(texts: Iterable[str]) -> pa.Array:
        thai = sorted({text for text in texts if "ก" <= text[:1] <= "๙" and len(text.encode()) >= 6})
        if not thai:
            return pa.array([], pa.uint64())
        line = Line(Cells(pa.array(thai)), 0, len(thai))
        return pa.array(_sums(line, line.starts, line.ends, line.ends - line.starts))

    def words_of_nobody(self, line: Line, first_end: Positions, lengths: Positions) -> Mask:
        """Which cells are one of `whole` but for spaces (`lengths` without them), or begin with one of `first_words`."""
        found = pc.is_in(pa.array(_sums(line, line.starts, first_end, first_end - line.starts)), value_set=self._first)
        answer: Mask = found.to_numpy(zero_copy_only=False).copy()
        found = pc.is_in(pa.array(_sums(line, line.starts, line.ends, lengths)), value_set=self._whole)
        answer |= found.to_numpy(zero_copy_only=False)
        return answer

    def add(self, cells: Cells, mask: Mask, matcher: Matcher) -> tuple[Mask, pa.StringArray]:
        """The mask with the Thai cells that a matcher accepts, and all normal forms."""
        rows = np.flatnonzero((cells.widths >= 13) & (cells.widths <= LONGEST))
        rows = rows[cells.data[cells.starts[rows].astype(np.intp)] == 0xE0]
        if not len(rows):
            return mask, cells.array
        own = cells if len(rows) == cells.size else Cells(cells.array.take(pa.array(rows)))
        for first, last in pieces(own):
            line = Line(own, first, last)
            good = matcher(self, line)
            mask[rows[first:last]] = good & ~line.bad
        return mask, normal(cells)


def _sums(line: Line, starts: Positions, ends: Positions, lengths: Positions) -> NDArray[np.uint64]:
    """One number of a text's first six bytes, its last six and its length: different texts seldom have the same."""
    six = np.uint64((1 << 48) - 1)
    first = line.at(starts) & six
    last = line.at(np.maximum(ends - 6, 0)) & six
    return first * np.uint64(0x9E3779B97F4A7C15) + last * np.uint64(0xC2B2AE3D27D4EB4F) + lengths.astype(np.uint64)


def name_words(thai: Thai, line: Line) -> Mask:
    """Two or three Thai words, as `names.TH_TWO_WORDS` has them, a title written together with the first or none; or words behind
    a title with dots (`names.TH_TITLE`)."""
    clean(line, ((0x20, 0x20), (0x2E, 0x2E)), _THAI)
    title = _title_bytes(line)
    spaces, before, count = line.places(0x20)
    good: Mask = ((count == 1) | (count == 2)) & ~line.bad
    if not len(spaces):
        return np.zeros(len(good), np.bool_)
    one = spaces[np.minimum(before, len(spaces) - 1)]
    two = np.where(count == 2, spaces[np.minimum(before + 1, len(spaces) - 1)], line.ends)
    good &= (one - line.starts - title >= 6) & (one - line.starts <= 60)
    good &= (two - one - 1 >= 6) & (two - one - 1 <= 75)
    last = line.ends - two - 1
    good &= (count == 1) | ((last >= 6) & (last <= 75))
    good &= line.ends - line.starts <= 170
    spoil_sentences(line)
    good &= ~thai.words_of_nobody(line, np.where(good, one, line.ends), line.ends - line.starts - count)
    return good


def _title_bytes(line: Line) -> Positions:
    """How many bytes of each cell are a title with dots; cells with other dots are spoilt."""
    title = np.zeros(len(line.starts), np.intp)
    _, _, count = line.places(0x2E)
    some = np.flatnonzero(count)
    if len(some):
        begins = line.at(line.starts[some])
        for text, bits in _titles():
            size, inside = len(text), text.count(b".")
            mine = some[(begins & np.uint64((1 << 8 * size) - 1) == bits) & (count[some] == inside)]
            title[mine] = size
        line.bad |= (count > 0) & (title == 0)
    return title


@lru_cache(maxsize=1)
def _titles() -> tuple[tuple[bytes, np.uint64], ...]:
    """Titles with dots, of at most eight bytes, and these as a number."""
    titles = [title.encode() for title in names.TH_DOTTED_TITLES if names.full_name(title + "กข") == "native"]
    return tuple((text, np.uint64(int.from_bytes(text, "little"))) for text in titles if len(text) <= 8)
