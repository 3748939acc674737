"""Text that arrives in pieces, read forward by a parser that wants to look ahead."""

from __future__ import annotations

from collections.abc import Iterator


class Buffer:
    """`text[position:]` is what was not consumed yet. `fill` may move both: hold no index across it."""

    __slots__ = ("_counted", "_line", "_offset", "_pieces", "ended", "position", "text")

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self.text = ""
        self.position = 0
        self.ended = False
        self._counted = 0
        self._line = 1
        self._offset = 0

    def fill(self, ahead: int) -> bool:
        """Make `ahead` characters available, or all that is left. False if there is nothing left at all."""
        missing = ahead - (len(self.text) - self.position)
        if missing > 0 and not self.ended:
            parts = []
            while missing > 0:
                piece = next(self._pieces, None)
                if piece is None:
                    self.ended = True
                    break
                parts.append(piece)
                missing -= len(piece)
            self.place()
            self.text = "".join((self.text[self.position :], *parts))
            self.position = self._counted = 0
        return self.position < len(self.text)

    def place(self) -> tuple[int, int]:
        """Line (from 1) and character in it (from 0) of `position`, which never goes back."""
        newlines = self.text.count("\n", self._counted, self.position)
        if newlines:
            self._line += newlines
            self._offset = self.position - self.text.rfind("\n", self._counted, self.position) - 1
        else:
            self._offset += self.position - self._counted
        self._counted = self.position
        return self._line, self._offset
