"""Values that are text with a structure, such as addresses: the rule's own expressions in RE2, on clean text only."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.detectors.recognizer import Recognizer
from auditor.detectors.values import SENTENCE
from auditor.detectors.vector.cells import Cells, Mask, matches
from auditor.detectors.vector.line import LONGEST, Line, Positions, Ranges, clean, normal, pieces
from auditor.detectors.vector.places import addresses, by_rest, usual
from auditor.detectors.vector.words import Prefixes
from auditor.model.rule import Pattern

_SCRIPTS: Final = ((("ก", "๛"), (0xE0, 0xE0)), (("\u4e00", "\u9fff"), (0xE4, 0xE9)), (("가", "힣"), (0xEA, 0xED)))
_NAMED_ASCII: Final[Ranges] = (
    (0x20, 0x20),
    (0x28, 0x29),
    (0x2C, 0x39),
    (0x41, 0x57),
    (0x59, 0x5A),
    (0x61, 0x77),
    (0x79, 0x7A),
)
"""Digits, space, `, - . / ( )`, and letters but for x, which masks: nothing that makes code of a value (`Values.plausible`)."""
_NAMED_BYTES: Final = 200
"""`Values.plausible` takes 200 characters at most."""


class Shape:
    """Cells of a pattern of a rule without a validator. ArrowInvalid for expressions that RE2 does not take."""

    def __init__(self, recognizer: Recognizer, pattern: Pattern) -> None:
        self._regex = pattern.regex
        self._against = [*recognizer.rule.look_alikes.values]
        self._before = []
        for shape in recognizer.shapes:
            if shape.pattern is pattern:
                break
            if not shape.grouped:
                self._before.append(shape.pattern.regex)
        for regex in (self._regex, *self._before, *self._against):
            matches(pa.array([""]), regex)
        self._usual_thai = not self._before and not self._against and usual(recognizer, pattern)

    def __call__(self, array: pa.StringArray) -> tuple[Mask, pa.StringArray]:
        """(which cells surely have the pattern, their normal forms)."""
        cells = Cells(array)
        told = by_rest(cells) if self._usual_thai else None
        if told is None:
            told = self._each(cells)
        else:
            others = np.flatnonzero(~told)
            if len(others):
                told[others] = self._each(Cells(array.take(pa.array(others))))
        return told, normal(cells) if told.any() else array

    def _each(self, cells: Cells) -> Mask:
        own, rows, good = _clean(cells)
        if not good.any():
            return _placed(cells, rows, good)
        told = np.zeros(own.size, np.bool_)
        if self._usual_thai:
            for first, last in pieces(own):
                line = Line(own, first, last)
                line.bad = ~good[first:last]
                told[first:last] = addresses(line)
        rest = np.flatnonzero(good & ~told)
        if len(rest):
            texts = own.array if len(rest) == own.size else own.array.take(pa.array(rest))
            told[rest] = matches(texts, self._regex)
            for regexes, ignore_case in ((self._before, False), (self._against, True)):
                if regexes:
                    told[rest] &= ~matches(texts, _union(regexes), ignore_case=ignore_case)
        good &= told
        return _placed(cells, rows, good)


class Named:
    """Cells that a column's name makes a value of a rule. ValueError where the expression is of several scripts or none."""

    def __init__(self, recognizer: Recognizer) -> None:
        rule = recognizer.rule
        regex = rule.field_value or ""
        self._leads: Ranges = tuple(lead for (first, last), lead in _SCRIPTS if any(first <= c <= last for c in regex))
        if len(self._leads) != 1 or rule.validator is not None:
            raise ValueError(f"{rule.id}: values of several scripts, or to be validated")
        if any(word[0].isdigit() for word in recognizer.values.nobodys):
            raise ValueError("a field's name begins with a digit")
        self._regex = regex
        shapes = [shape.pattern.regex for shape in recognizer.shapes if not shape.grouped]
        shapes += [shape.pattern.regex for shape in recognizer.protected]
        self._shapes = _union(shapes) if shapes else ""
        against = [*rule.look_alikes.values, *rule.not_field_values]
        self._against = _union(against) if against else ""
        self._words = Prefixes(recognizer.values.native)
        for text in (self._regex, self._shapes, self._against):
            matches(pa.array([""]), text)

    def __call__(self, array: pa.StringArray) -> tuple[Mask, pa.StringArray]:
        """(which cells surely are such values, their normal forms)."""
        cells = Cells(array)
        own, rows, good = _clean(cells, _NAMED_ASCII, self._leads, self._words)
        if good.any():
            good &= matches(own.array, self._regex)
        if good.any():
            good &= ~pc.match_substring_regex(own.array, SENTENCE.pattern).to_numpy(zero_copy_only=False)
            if self._shapes:
                good &= ~matches(own.array, self._shapes)
            if self._against:
                good &= ~matches(own.array, self._against, ignore_case=True)
        return _placed(cells, rows, good), normal(cells)


def _union(regexes: list[str]) -> str:
    return "|".join(f"(?:{regex})" for regex in regexes)


def _clean(
    cells: Cells, ascii_allowed: Ranges | None = None, leads: Ranges | None = None, words: Prefixes | None = None
) -> tuple[Cells, Positions, Mask]:
    """(the cells of ordinary length, their rows, which of them are clean text and, for named ones, no label or code)."""
    rows = np.flatnonzero((cells.widths >= 6) & (cells.widths <= (LONGEST if words is None else _NAMED_BYTES)))
    own = cells if len(rows) == cells.size else Cells(cells.array.take(pa.array(rows)))
    good = np.zeros(own.size, np.bool_)
    for first, last in pieces(own):
        line = Line(own, first, last)
        if ascii_allowed is None or leads is None or words is None:
            clean(line)
        else:
            clean(line, ascii_allowed, leads)
            data = line.data
            line.spoil(np.flatnonzero((data[:-1] == ord("(")) & (data[1:] == ord(")"))))
            begins = data[line.starts]
            number = begins - np.uint8(48) < 10
            second = data[np.minimum(line.starts + 3, len(data) - 1)]
            line.bad |= ~number & ((begins < 0x80) | (second < 0x80) | words.nearly_met(line))
        good[first:last] = ~line.bad
    return own, rows, good


def _placed(cells: Cells, rows: Positions, good: Mask) -> Mask:
    mask = np.zeros(cells.size, np.bool_)
    mask[rows[good]] = True
    return mask
