"""Where records end: the cut of a long file into parts (docs/decisions/015).

The worker that has the head says how records end (`dividing.cut_of`); whoever reads a part finds the cut from the bytes behind the part's
nominal end alone (`Finder`), so two who never met find the same one. Nothing heavy is imported: the audit's own process reads parts.
"""

from __future__ import annotations

from typing import Final

from auditor.model.noun import noun

WINDOW: Final = 256 << 10
"""Bytes behind a nominal end among which a good cut is looked for; without one the first line's end is taken."""
_LONG_TOKEN: Final = 40
_BLANKS: Final = (b" ", b"\t")


@noun
class Cut:
    """What a line's end must look like to be a record's. `width` cells that a `delimiter` divides; the record's `first` byte."""

    delimiter: bytes = b""
    width: int = 0
    first: bytes = b""

    def good(self, before: bytes, after: bytes) -> bool:
        """Whether a record surely ends with the line `before` and another is the line `after`, both without their ends."""
        if self.width:
            return self._is_row(before) and self._is_row(after)
        if self.first:
            return after.startswith(self.first) and before.rstrip(b" \t,")[-1:] in (b"}", b"]")
        return not (after.startswith(_BLANKS) or _is_token(before) or _is_token(after))

    def _is_row(self, line: bytes) -> bool:
        outside = line.split(b'"')
        return len(outside) % 2 == 1 and sum(part.count(self.delimiter) for part in outside[::2]) == self.width - 1


def _is_token(line: bytes) -> bool:
    """Whether a line is empty, or one long word: base64 goes on over many lines."""
    return not line or (len(line) >= _LONG_TOKEN and b" " not in line)


class Finder:
    """Finds the cut behind a part's nominal end: `feed` what stands there, in pieces of any size, then `end` if nothing follows.

    `room`: the next nominal end is so many bytes away. A good cut is looked for up to there, so that cuts never change places; only a
    line that is longer goes beyond it, and then both ends have the same first line's end. `begun`: it has been passed.
    `rest` is what was fed and lies behind the cut. Memory: WINDOW and one piece.
    """

    def __init__(self, cut: Cut, room: int, *, begun: bool = False) -> None:
        self._cut = cut
        self._room = room
        self._begun = begun
        self._held = b""
        self._line = 0
        self.rest = b""

    def feed(self, data: bytes) -> tuple[bytes, bool]:
        """(what lies before the cut, as far as is known; whether the cut was found)."""
        before = b""
        if not self._begun:
            end = data.find(b"\n") + 1
            self._room -= end or len(data)
            if not end:
                return data, False
            self._begun, before, data = True, data[:end], data[end:]
        self._held += data
        window = max(min(WINDOW, self._room), 0)
        while True:
            first = self._held.find(b"\n", self._line, window)
            second = self._held.find(b"\n", first + 1, window) if first >= 0 else -1
            if second < 0:
                if len(self._held) < window:
                    return before, False
                return before + self._cut_at(0), True
            one, other = self._held[self._line : first], self._held[first + 1 : second]
            self._line = first + 1
            if self._cut.good(one.removesuffix(b"\r"), other.removesuffix(b"\r")):
                return before + self._cut_at(first + 1), True

    def end(self) -> None:
        """The file ends here: the cut is the first line's end."""
        self._cut_at(0)

    def _cut_at(self, place: int) -> bytes:
        held, self._held = self._held, b""
        self.rest = held[place:]
        return held[:place]
