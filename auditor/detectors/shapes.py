"""A rule's patterns, compiled: in a line between its boundaries, and as a whole cell."""

from __future__ import annotations

import re
from functools import cached_property

# Python's own parser, as in gate.py.
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Final

from auditor.detectors.search import Search
from auditor.model.rule import Pattern

_IN_GROUPS: Final = frozenset("0123456789ABCDEFabcdef")
_CONTINUES_RIGHT: Final = re.compile(r"[-.][0-9]")
_GROUP_BEFORE: Final = re.compile(r"[0-9A-Fa-f]{3,} $")
_GROUP_AFTER: Final = re.compile(r" [0-9A-Fa-f]{3,}(?![^ \n])")


class Shape:
    """A compiled pattern: the core regex with its boundary on both sides, and the core alone for whole cells."""

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern
        edge = pattern.boundary
        core = f"(?:{pattern.regex})"
        self._core = core
        self._edged = f"(?<!{edge}){core}(?!{edge})" if edge else core
        self.core = core.replace("?P<value>", "?:")
        """The regex without what may not stand beside it, for RE2."""
        self.grouped = "(?P<value>" in pattern.regex

    @cached_property
    def search(self) -> re.Pattern[str]:
        """The core where neither side goes on."""
        return compiled(self._edged)

    @cached_property
    def anywhere(self) -> Search:
        """The core in RE2: most patterns of a rule are nowhere in a line."""
        return Search(self.core)

    @cached_property
    def shortest(self) -> int:
        """Characters that it has at least."""
        least: int = parser.parse(self._core).getwidth()[0]
        return least

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """The core alone."""
        return compiled(self._core)


def compiled(regex: str, flags: int = 0) -> re.Pattern[str]:
    """An expression. ValueError for what is none."""
    try:
        return re.compile(regex, flags)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None


def goes_on(text: str, start: int, end: int) -> bool:
    """Whether a hit that begins or ends in digits is only a part of a longer number: `1.010-…`, `…-5678-9`."""
    if start > 1 and text[start - 1] in "-." and text[start].isdigit() and text[start - 2].isdigit():
        return True
    if " " in text[start:end] and (
        (text[start] in _IN_GROUPS and _GROUP_BEFORE.search(text, max(0, start - 8), start))
        or _GROUP_AFTER.match(text, end)
    ):
        return True  # four groups out of a longer row of them
    return text[end - 1].isdigit() and _CONTINUES_RIGHT.match(text, end) is not None


def without_last(shape: Shape, text: str, start: int, end: int) -> int:
    """Where a hit ends without its last word, which is a part of a longer number: `… 152 110-234-567890`; -1 if it is none then."""
    cut = -1 if shape.grouped else text.rfind(" ", start, end)
    found = shape.search.match(text, start, cut) if cut > start else None
    return cut if found is not None and found.end() == cut and not goes_on(text, start, cut) else -1
