"""Nicknames over whole columns: letters of Hangul or Latin, with a number behind them at most; two words of Latin letters too."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.detectors.recognizer import Recognizer
from auditor.detectors.values import OF_CODE
from auditor.detectors.vector.cells import Cells, Mask, in_ranges, matches
from auditor.detectors.vector.line import Line, Positions, clean, pieces
from auditor.detectors.vector.words import Prefixes, out_of_reach

_ALNUM: Final = ((48, 57), (65, 90), (97, 122))
_HANGUL: Final = ((0xEA, 0xED),)
_ALLOWED: Final = (*_ALNUM, (45, 46), (95, 95))
_LATIN: Final = r"[A-Za-z][a-z]{1,8}(?:[-._]?[a-z]{1,8})?[0-9]{0,6}|[A-Z]{2,9}[0-9]{0,6}"
_MOST_DIGITS: Final = 8
_LONGEST: Final = 20
"""Characters of the longest nickname told here."""


class Nickname:
    """Cells that are somebody's nickname. ValueError where the rule's values are not as free as a nickname's."""

    def __init__(self, recognizer: Recognizer) -> None:
        rule = recognizer.rule
        if (
            recognizer.field_value is None
            or rule.patterns
            or rule.validator
            or not all(map(recognizer.field_value.fullmatch, ("가나", "뷁Ab12", "z" * _LONGEST)))
        ):
            raise ValueError(f"{rule.id}: values of a certain form")
        against = [*rule.look_alikes.values, *rule.not_field_values]
        code = r"(?:.*\.)?(?:" + "|".join(sorted(OF_CODE)) + r")(?:\..*)?"
        self._against = "|".join(f"(?:{regex})" for regex in (*against, code, ".*xxx.*"))
        if not all(out_of_reach(regex, _of_nickname, _LONGEST, first=_hangul) for regex in against):
            raise ValueError(f"{rule.id}: placeholders that may be nicknames in Hangul")
        values = recognizer.values
        self._words = Prefixes(values.native, whole=values.nobodys)
        self._nobodys = pa.array(sorted(word for word in values.nobodys if word.isascii()))
        matches(pa.array([""]), self._against, ignore_case=True)

    def __call__(self, array: pa.StringArray) -> tuple[Mask, pa.StringArray]:
        """(which cells surely are nicknames, the array)."""
        cells = Cells(array)
        mask = np.zeros(cells.size, np.bool_)
        rows = np.flatnonzero((cells.widths >= 2) & (cells.widths <= 3 * _LONGEST))
        if not len(rows):
            return mask, array
        own = cells if len(rows) == cells.size else Cells(array.take(pa.array(rows)))
        latin = np.zeros(own.size, np.bool_)
        for first, last in pieces(own):
            line = Line(own, first, last)
            clean(line, _ALLOWED, _HANGUL)
            begins = line.data[line.starts]
            korean = (begins >= 0xEA) & ~line.bad & (line.ends - line.starts >= 6)
            latin[first:last] = in_ranges(begins, _ALNUM[1:]) & ~line.bad & (line.ends - line.starts <= _LONGEST)
            if korean.any():
                mask[rows[first:last]] = korean & self._korean(line)
        if latin.any():
            chosen = np.flatnonzero(latin)
            mask[rows[chosen]] = self._latin(own.array.take(pa.array(chosen)))
        return mask, array

    def _korean(self, line: Line) -> Mask:
        """Of cells that begin with Hangul: those without Latin letters, and digits at their end only, a few."""
        data = line.data
        latin = in_ranges(data, _ALLOWED[1:])
        if latin.any():
            line.spoil(np.flatnonzero(latin))
        digits = np.flatnonzero(data - np.uint8(48) < 10)
        good: Mask = ~line.bad
        if len(digits):
            good &= self._digits_behind(line, digits)
        good &= ~self._words.met(line)
        return good

    @staticmethod
    def _digits_behind(line: Line, digits: Positions) -> Mask:
        row = np.searchsorted(line.starts, digits, "right") - 1
        count = np.bincount(row, minlength=len(line.starts))
        # As many digits stand at the end as there are: then the first of them stands that far from the end.
        first = np.zeros(len(line.starts), np.intp)
        begins = np.flatnonzero(np.diff(row, prepend=-1))
        first[row[begins]] = digits[begins]
        good: Mask = (count == 0) | ((count <= _MOST_DIGITS) & (line.ends - first == count))
        return good

    def _latin(self, array: pa.StringArray) -> Mask:
        good = matches(array, _LATIN)
        good &= ~matches(array, self._against, ignore_case=True)
        lowered = pc.ascii_lower(array)
        for separator in "_-.":
            lowered = pc.replace_substring(lowered, separator, "")
        for text in (lowered, pc.ascii_rtrim(lowered, "0123456789")):
            good &= ~pc.is_in(text, value_set=self._nobodys).to_numpy(zero_copy_only=False)
        return good


def _hangul(character: str) -> bool:
    return "가" <= character <= "힣"


def _of_nickname(character: str) -> bool:
    """Whether a cell that begins with Hangul may hold it."""
    return _hangul(character) or character in "0123456789"
