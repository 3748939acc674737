"""Which lines and cells hold something encoded: few do, and only those are looked at."""

from __future__ import annotations

from collections.abc import Iterator

import re2
from re2 import _re2


class Gate:
    """An RE2 expression over UTF-8: which lines it touches (detectors/search.py says why not `re2.compile`)."""

    def __init__(self, regex: str, *, lines: bool = True) -> None:
        options = re2.Options()
        options.max_mem = 64 << 20
        options.never_capture = True
        self._match = _re2.RE2(f"{'(?m)' * lines}{regex}".encode(), options).Match

    def touches(self, data: bytes) -> bool:
        """Whether it matches anywhere."""
        return bool(self._match(_re2.RE2.Anchor.UNANCHORED, data, 0, len(data))[0][0] >= 0)

    def lines(self, data: bytes) -> Iterator[tuple[int, int]]:
        """(start, end) of each line with a match, the end behind its newline."""
        position, size = 0, len(data)
        while position < size:
            first, past = self._match(_re2.RE2.Anchor.UNANCHORED, data, position, size)[0]
            if first < 0:
                return
            start = data.rfind(b"\n", 0, max(first, past - 1)) + 1
            end = data.find(b"\n", past - 1 if past > first else past) + 1 or size
            yield start, end
            position = end
