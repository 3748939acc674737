"""RE2 over UTF-8 bytes: linear in the text whatever the expression, and without a Python object a match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import re2
from re2 import _re2

_MEMORY: Final = 64 << 20
UNANCHORED: Final = _re2.RE2.Anchor.UNANCHORED


class Search:
    """An RE2 expression over UTF-8 bytes; its automaton is kept from call to call.

    `re2.compile` would do, but for three microseconds of Python a search: as much as the search of a line.
    """

    def __init__(self, regex: str) -> None:
        self.regex = regex
        options = re2.Options()
        options.max_mem = _MEMORY
        options.never_capture = True
        self._compiled = _re2.RE2(f"(?m){regex}".encode(), options)  # every line of a buffer begins and ends for itself
        if not self._compiled.ok():
            raise ValueError(f"RE2 refuses a gate: {self._compiled.error()}")
        self.match = self._compiled.Match
        """(anchor, data, start, end) → a list whose first item is (start, end) of the leftmost match, or (-1, -1)."""

    @classmethod
    def union(cls, regexes: Sequence[str]) -> Search:
        """One expression for several."""
        return cls("|".join(f"(?:{regex})" for regex in regexes) or r"[^\x00-\x{10FFFF}]")

    def within(self, data: bytes, start: int = 0, end: int | None = None) -> bool:
        """Whether it matches anywhere between two places."""
        return self.match(UNANCHORED, data, start, len(data) if end is None else end)[0][0] >= 0  # type: ignore[no-any-return]

    def first(self, data: bytes, start: int = 0) -> int:
        """Where the leftmost match from `start` on begins; -1 if there is none."""
        return self.match(UNANCHORED, data, start, len(data))[0][0]  # type: ignore[no-any-return]

    def touched(self, data: bytes) -> Iterator[tuple[int, int]]:
        """(start, end) of each line that a match touches."""
        position, size, match = 0, len(data), self.match
        while position <= size:
            first, past = match(UNANCHORED, data, position, size)[0]
            if first < 0:
                return
            start = data.rfind(b"\n", 0, first) + 1
            last = max(first, past - 1)
            while True:
                end = data.find(b"\n", start)
                if end < 0:
                    yield start, size
                    return
                yield start, end
                start = end + 1
                if start > last:
                    break
            position = start
