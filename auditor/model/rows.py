"""The form in which a database's table travels from its scanner to a worker: bytes as the server gave them, and what they are.

After MAGIC come frames: a kind (one byte), a length (4 bytes, big-endian), and so many bytes. The first is HEAD: JSON
`{"columns": [[name, kind], …]}`; each further one is ROWS: the number of rows (4 bytes), then these as CSV with commas, `"` doubled
within `"`, a line end behind each row, and nothing for NULL. Every block holds whole rows. Kinds: `text` is UTF-8, or else as its
bytes read in the engagement's encodings; `bytes` is `\\x` and hexadecimal digits; `cut` is 1 where a value of the row was cut short.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Final, Literal

MAGIC: Final = b"\x93auditor rows 1\n"
HEAD: Final = b"H"
ROWS: Final = b"R"
FRAME: Final = struct.Struct(">cI")
COUNT: Final = struct.Struct(">I")
Kind = Literal["text", "bytes", "cut"]
BLOCK_BYTES: Final = 512 << 10
BLOCK_ROWS: Final = 5_000
"""About so many in a block: a reader's memory is one block."""


def head(columns: Sequence[tuple[str, Kind]]) -> bytes:
    """The stream's start."""
    data = json.dumps({"columns": columns}).encode()
    return MAGIC + FRAME.pack(HEAD, len(data)) + data


def block(data: bytes, count: int) -> bytes:
    """Some rows of CSV, as a frame."""
    return FRAME.pack(ROWS, COUNT.size + len(data)) + COUNT.pack(count) + data
