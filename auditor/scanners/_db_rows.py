"""Rows of a driver's own values → the form of model/rows.py."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any


def as_csv(found: Sequence[Sequence[Any]], binary: Sequence[bool]) -> bytes:
    """Rows of text, bytes, numbers or None. `binary[i]`: column i travels as hexadecimal digits."""
    out = io.StringIO()
    # "\r\n": the writer quotes what holds a character of its line end, and a bare "\r" would end a row too
    write = csv.writer(out, lineterminator="\r\n")
    if any(binary):
        write.writerows(
            [_hex(cell) if hex else cell for cell, hex in zip(row, binary, strict=True)] for row in found
        )  # fmt: skip
    else:
        write.writerows(found)
    return out.getvalue().encode("utf-8", "surrogateescape")


def _hex(value: Any) -> str | None:
    if value is None:
        return None
    data = value if isinstance(value, bytes) else str(value).encode()
    return f"\\x{data.hex()}"
