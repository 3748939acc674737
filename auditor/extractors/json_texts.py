"""Text that JSON keeps as a list of its lines, each with its end: what a notebook's cells hold and print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from auditor.extractors.limits import Limits
from auditor.extractors.tables import without_surrogates
from auditor.extractors.windows import Windows
from auditor.model.asset import Asset
from auditor.model.content import Text

_TEXTS: Final = ("source", "text", "traceback", "text/plain", "text/html", "text/markdown")
_TWO: Final = re.compile(rf'"(?:{"|".join(_TEXTS)})"\s*:\s*\[\s*"(?:[^"\\]|\\.)*+"\s*,', re.DOTALL)
_MOST: Final = 1 << 20


def is_text(path: str) -> bool:
    """Whether an array of this dotted path holds a text line by line: what notebooks call so."""
    return path.removesuffix("[]").rpartition(".")[2] in _TEXTS


def holds_lines(text: str, start: int, end: int) -> bool:
    """Whether an array of a text's lines may begin in this part of some JSON."""
    return text.find('\\n",', start, end) >= 0 and _TWO.search(text, start, end) is not None


class LinesOfText:
    """The strings of one array, as long as each but the last ends a line."""

    __slots__ = ("_first", "_lines", "_own", "_size")

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._first = 0
        self._size = 0
        self._own = True  # each stands in a line of its own in the file too

    def add(self, value: str, line: int) -> bool:
        """Keep a string that stands in this line of the file; False if it is no part of such a text."""
        if not value.endswith("\n") and not self._lines:
            return False
        if not self._lines:
            self._first, self._own, self._size = line, True, 0
        self._own &= line == self._first + len(self._lines) and value.find("\n") in (-1, len(value) - 1)
        self._lines.append(value)
        self._size += len(value)
        return True

    @property
    def whole(self) -> bool:
        """Whether what is kept ends here, or is as much as may be kept."""
        return bool(self._lines) and (not self._lines[-1].endswith("\n") or self._size > _MOST)

    def alone(self) -> tuple[str, int] | None:
        """The string and its line if it is the only one: no text in lines."""
        if len(self._lines) != 1:
            return None
        value, self._lines = self._lines[0], []
        return value, self._first

    def text(self, asset: Asset, limits: Limits) -> Iterator[Text]:
        """The lines together: at their lines in the file, or else counted from 1 in a part of their own."""
        text, self._lines = without_surrogates("".join(self._lines)), []
        windows = Windows(asset, limits)
        if self._own:
            windows.at(self._first)
            yield from windows.feed(text)
        else:
            for window in windows.feed(text):
                yield replace(window, part=f"text that begins in line {self._first}")
