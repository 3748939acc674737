"""Whole numbers that a program kept as floating point: pandas writes a column of phones with one empty cell as `1012345678.0`."""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

_WHOLE: Final = r"^([0-9]{5,19})\.0$"
"""RE2. Shorter ones are quantities and versions."""


def whole_numbers(cells: pa.StringArray) -> pa.StringArray:
    """The cells, with such numbers as they were; the same array where there is none."""
    if not pc.any(pc.ends_with(cells, ".0")).as_py():
        return cells
    return pc.replace_substring_regex(cells, _WHOLE, r"\1")
