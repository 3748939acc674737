"""One field in text: its name and where its value stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

Style = Literal["quoted", "bare", "element", "call", "positional", "passed", "told", "beside", "below"]
LONGEST_VALUE: Final = 400


@dataclass(slots=True, kw_only=True)  # not frozen: that takes four times as long to make, and a line has many
class Pair:
    """One field of a line: its name and where its value stands. `bare` values have no quotes around them; `passed` ones stand in a
    cache's key or a call, where words of a program stand too: only their shapes count. `told`, `beside` and `below` ones are what
    people write (told.py): behind a mark; behind a blank or a dash, where the next word of a sentence stands too; and on the
    line below the label."""

    key: str
    start: int
    end: int
    style: Style
    value: str = field(repr=False)


NAME: Final = r"[A-Za-z_$@\u0e01-\u0e59\u4e00-\u9fff가-힣][A-Za-z0-9_$.\-\u0e01-\u0e59\u4e00-\u9fff가-힣]{0,60}+"
"""Possessive, as nothing that follows a name anywhere may be a part of one: a name is the whole run of such characters or none."""
