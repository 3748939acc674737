"""Where runs of alike lines of JSON begin and end: how far ahead to try, and when not to try at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.extractors.buffer import Buffer
from auditor.extractors.decoding import BLOCK

if TYPE_CHECKING:
    import pyarrow as pa

LONGEST: Final = 2 * BLOCK
SHORTEST: Final = 16 << 10
LEAST: Final = 2 << 10
"""Characters of a file below which line by line is faster."""

FEW_LINES: Final = 16
MANY_LINES: Final = 4096
"""Lines that go one by one at most before another try: what follows may be a run again."""


class Runs:
    """The runs of one file, from a buffer's position on; `most` names a line may have."""

    def __init__(self, buffer: Buffer, most: int) -> None:
        self._buffer = buffer
        self._most = most
        self._ahead = SHORTEST  # characters of the next run that is tried
        self._try_at = 0  # the line from which on it is
        self._one_by_one = FEW_LINES

    def next(self) -> tuple[dict[str, pa.StringArray], range, int] | None:
        """The columns of a run of lines, their numbers and size, if all lines from the position on to some place are alike.

        Where they are not, some lines go one by one before the next try, twice as many after each that fails.
        """
        buffer = self._buffer
        line = buffer.place()[0]
        if line < self._try_at or buffer.text[buffer.position] != "{" or len(buffer.text) - buffer.position < LEAST:
            return None
        from auditor.extractors.json_lines import flat_lines  # numpy and Arrow's reader: short files need neither

        size = self._ahead
        while True:
            buffer.fill(size)
            start, end = buffer.position, buffer.position + size
            end = (
                len(buffer.text)
                if end >= len(buffer.text) and buffer.ended
                else buffer.text.rfind("\n", start, end) + 1
            )
            columns = flat_lines(buffer.text[start:end], self._most) if end > start else None
            if columns is not None:
                count = len(next(iter(columns.values())))
                buffer.position = end
                self._ahead, self._one_by_one = min(2 * size, LONGEST), FEW_LINES
                return columns, range(line, line + count), end - start
            if size <= SHORTEST:
                self._ahead, self._try_at = size, line + self._one_by_one
                self._one_by_one = min(2 * self._one_by_one, MANY_LINES)
                return None
            size = max(size // 8, SHORTEST)
