"""The form in which a database's table travels from its scanner to a worker: bytes as the server gave them, and what they are.

After MAGIC come frames: a kind (one byte), a length (4 bytes, big-endian), and so many bytes. The first is HEAD: JSON
`{"columns": [[name, kind], …]}`; each further one is ROWS: the number of rows (4 bytes), then these as CSV with commas, `"` doubled
within `"`, a line end behind each row, and nothing for NULL. Every block holds whole rows. Kinds: `text` is UTF-8, or else as its
bytes read in the engagement's encodings; `bytes` is `\\x` and hexadecimal digits; `cut` is 1 where a value of the row was cut short.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Sequence
from typing import Final, Literal

MAGIC: Final = b"\x93auditor rows 1\n"
HEAD: Final = b"H"
ROWS: Final = b"R"
FRAME: Final = struct.Struct(">cI")
COUNT: Final = struct.Struct(">I")
Kind = Literal["text", "bytes", "cut"]
_BLOCK_BYTES: Final = 512 << 10
_BLOCK_ROWS: Final = 5_000


def head(columns: Sequence[tuple[str, Kind]]) -> bytes:
    """The stream's start."""
    data = json.dumps({"columns": columns}).encode()
    return MAGIC + FRAME.pack(HEAD, len(data)) + data


class Blocks:
    """Gathers rows that are CSV already."""

    def __init__(self) -> None:
        self._rows: list[bytes] = []
        self._size = 0
        self.count = 0

    def add(self, row: bytes) -> Iterator[bytes]:
        """Keep a row with its line end; what is full is handed out."""
        self._rows.append(row)
        self._size += len(row)
        self.count += 1
        if self._size >= _BLOCK_BYTES or len(self._rows) >= _BLOCK_ROWS:
            yield self.flush()

    def flush(self) -> bytes:
        """What is kept, as a frame; b"" if there is nothing."""
        if not self._rows:
            return b""
        frame = _frame(b"".join(self._rows), len(self._rows))
        self._rows, self._size = [], 0
        return frame

    def block(self, data: bytes, count: int) -> bytes:
        """Some rows that are a block already, as a frame."""
        self.count += count
        return _frame(data, count)


def _frame(data: bytes, count: int) -> bytes:
    return FRAME.pack(ROWS, COUNT.size + len(data)) + COUNT.pack(count) + data
