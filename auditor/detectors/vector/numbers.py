"""Plain numbers of which no rule can say anything: running numbers, quantities, codes.

A vendor's tables are full of them, and the long way looks at each. What a rule's own expressions cannot match, whatever the digits,
is told once for a number of digits (layouts.py); what that cannot tell is left to the long way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa

from auditor.detectors.recognizer import Recognizer
from auditor.detectors.vector.cells import Cells, Mask
from auditor.detectors.vector.layouts import DIGITS, Unsupported, layouts
from auditor.detectors.vector.words import out_of_reach

_LONGEST: Final = 20


class Numbers:
    """Over all recognisers of a detector."""

    def __init__(self, recognizers: Sequence[Recognizer]) -> None:
        self._gates = {
            re.sub(r"\?P<value>", "?:", pattern.gate or pattern.regex)
            for recognizer in recognizers
            for pattern in recognizer.rule.patterns
            if pattern.needs != "field"
        }
        names = (name for recognizer in recognizers for name in recognizer.rule.field_names)
        self._able = not any(name.isdigit() for name in names)

    def silent(self, cells: pa.StringArray, named: Iterable[Recognizer]) -> Mask:
        """Which cells are digits alone and nobody's under any rule, in a column whose name or values speak for some rules."""
        view = Cells(cells)
        mask = np.zeros(view.size, np.bool_)
        if not self._able:
            return mask
        own: set[str] = set()
        for recognizer in named:
            rule = recognizer.rule
            own.update(pattern.regex for pattern in (*rule.patterns, *rule.protected))
            own.update([rule.field_value] if rule.field_value is not None else ())
        for width in view.present():
            if width > _LONGEST or self._may_hold(width) or any(_may_be(regex, width) for regex in own):
                continue
            for rows, matrix in view.blocks(width):
                mask[rows] = (matrix - np.uint8(48) < 10).all(axis=1)
        return mask

    def _may_hold(self, width: int) -> bool:
        """Whether a gate may open for so many digits: then something in them may have a rule's shape."""
        return any(_may_be(regex, part) for part in range(1, width + 1) for regex in self._gates)


@lru_cache(maxsize=1 << 14)
def _may_be(regex: str, width: int) -> bool:
    """Whether so many digits may be a whole match of an expression: conservative, True where unsure."""
    try:
        return bool(layouts(regex, width, (DIGITS,) * width))
    except Unsupported:
        return not out_of_reach(regex, lambda character: character in "0123456789", width)
