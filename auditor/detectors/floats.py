"""Whole numbers that a program kept as floating point: pandas writes a column of phones with one empty cell as `1012345678.0`."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

_LEAST: Final = 5
"""Digits below which a cell by itself is a quantity or a version."""


def whole_numbers(cells: pa.StringArray, least: int = _LEAST) -> pa.StringArray:
    """The cells, with such numbers of `least` digits or more as they were; the same array where there is none."""
    if not pc.any(pc.ends_with(cells, ".0")).as_py():
        return cells
    return pc.replace_substring_regex(cells, rf"^([0-9]{{{least},19}})\.0$", r"\1")
