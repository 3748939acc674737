"""Cuts text into `Text`s: whole lines where they fit, overlapping windows where one line is too long."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.extractors.limits import Limits
from auditor.model.asset import Asset
from auditor.model.content import Text


class Windows:
    """Hands out consecutive text of one asset and keeps count of lines. Lines end with `\\n` alone."""

    def __init__(self, asset: Asset, limits: Limits) -> None:
        self._asset = asset
        self._window = limits.window
        self._overlap = min(limits.overlap, limits.window // 2)
        self._line = 1
        self._offset = 0
        self._carry = ""

    def at(self, line: int, offset: int = 0) -> None:
        """What is fed next stands at this line (from 1) and character (from 0). Nothing changes if it follows anyway."""
        if (line, offset) != (self._line, self._offset):
            self._line, self._offset, self._carry = line, offset, ""

    def feed(self, text: str) -> Iterator[Text]:
        """The `Text`s of `text`, which may begin and end anywhere in a line."""
        position = 0
        size = len(text)
        while position < size:
            if self._offset and self._carry:
                newline = text.find("\n", position, position + self._window)
                end = newline + 1 if newline >= 0 else min(position + self._window, size)
            else:
                end = position
                while (newline := text.rfind("\n", end, end + self._window)) >= 0:
                    end = newline + 1
                if size - end <= self._window:
                    end = size
                elif end == position:
                    end = position + self._window
            chunk = text[position:end]
            position = end
            whole = self._carry + chunk
            if not whole.isspace():
                yield Text(
                    asset=self._asset,
                    text=whole,
                    first_line=self._line,
                    offset=self._offset - len(self._carry),
                    overlap=len(self._carry),
                )
            newline = chunk.rfind("\n")
            if newline >= 0:
                self._line += chunk.count("\n")
                self._offset = len(chunk) - newline - 1
                self._carry = chunk[newline + 1 :][-self._overlap :]
            else:
                self._offset += len(chunk)
                self._carry = whole[-self._overlap :]
