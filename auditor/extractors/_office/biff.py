"""Binary workbooks read record by record: xls (BIFF5 and BIFF8, [MS-XLS]) and the parts of xlsb ([MS-XLSB]).

Own code instead of calamine: that holds a sheet as a rectangle whatever stands in it, and on damaged files it panics with the
file's text on standard error.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from auditor.extractors.decoding import Readable

_KEPT: Final = 1 << 20


class Records:
    """Takes bytes off a stream. `cut` when it ended within a record."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._block = b""
        self._at = 0
        self.position = 0
        self.cut = False

    def take(self, size: int) -> bytes:
        """The next `size` bytes, of which the first MiB is kept; fewer at the end."""
        end = self._at + size
        if end <= len(self._block):
            data = self._block[self._at : end]
            self._at = end
            self.position += size
            return data
        parts = [self._block[self._at :]]
        have = len(parts[0])
        self._block, self._at = b"", 0
        while have < size and (more := self._stream.read(1 << 18)):
            need = size - have
            if len(more) > need:
                self._block, self._at, more = more, need, more[:need]
            if have < _KEPT:
                parts.append(more)
            have += len(more)
        self.position += have
        self.cut = self.cut or 0 < have < size
        return b"".join(parts)[:_KEPT] if size > _KEPT else b"".join(parts)

    def xls(self) -> Iterator[tuple[int, int, bytes]]:
        """(offset, type, data) of each record of an xls stream."""
        while True:
            offset = self.position
            head = self.take(4)
            if len(head) < 4:
                return
            kind, size = struct.unpack("<HH", head)
            data = self.take(size)
            self.cut = self.cut or len(data) < size
            yield offset, kind, data

    def xlsb(self) -> Iterator[tuple[int, bytes]]:
        """(type, data) of each record of an xlsb part: both numbers in 7 bits a byte."""
        while True:
            kind = self._number(2)
            size = self._number(4) if kind is not None else None
            if kind is None or size is None:
                return
            data = self.take(size)
            self.cut = self.cut or len(data) < min(size, _KEPT)
            yield kind, data

    def _number(self, most: int) -> int | None:
        value = 0
        for place in range(most):
            data = self.take(1)
            if not data:
                return None
            value |= (data[0] & 0x7F) << 7 * place
            if data[0] < 0x80:
                break
        return value


def rk(number: int) -> str:
    """An RK number ([MS-XLS] 2.5.217) as text."""
    if number & 2:
        value = float(struct.unpack("<i", struct.pack("<I", number))[0] >> 2)
    else:
        value = struct.unpack("<d", struct.pack("<Q", (number & 0xFFFFFFFC) << 32))[0]
    return real(value / 100 if number & 1 else value)


def real(value: float) -> str:
    """A number as text, with all its digits and no exponent where it is whole."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e20 else repr(value)


def wide(data: bytes, at: int) -> str:
    """An XLWideString: its length in 32 bits, then UTF-16."""
    size = int.from_bytes(data[at : at + 4], "little")
    return data[at + 4 : at + 4 + 2 * size].decode("utf-16-le", "replace") if size < 1 << 24 else ""


def short(data: bytes, at: int, size: int, encoding: str) -> str:
    """A string of xls without formatting, `size` characters: with a flag byte before them (BIFF8) unless `encoding` says how."""
    if encoding:
        return data[at : at + size].decode(encoding, "replace")
    if at >= len(data):
        return ""
    if data[at] & 1:
        return data[at + 1 : at + 1 + 2 * size].decode("utf-16-le", "replace")
    return data[at + 1 : at + 1 + size].decode("latin-1")


class SharedTable:
    """The strings of an SST record and its CONTINUE records ([MS-XLS] 2.4.265), fed in order."""

    def __init__(self) -> None:
        self._held = b""
        self._text: list[str] = []
        self._left = 0
        self._wide = False
        self._skip = 0
        self._first = True
        self._over = 0

    def feed(self, data: bytes) -> Iterator[str]:
        """The strings that are complete with another record."""
        at = 0
        if self._first:
            at, self._first = 8, False
        elif self._left and not self._held and data:  # the characters go on, perhaps in the other width
            self._wide, at = bool(data[0] & 1), 1
        data = self._held + data[at:]
        self._held, at = b"", 0
        while at < len(data) or (not self._left and self._over):
            if self._left:
                width = 2 if self._wide else 1
                count = min(self._left, (len(data) - at) // width)
                if not count:
                    self._held = data[at:]
                    return
                piece = data[at : at + count * width]
                self._text.append(piece.decode("utf-16-le" if self._wide else "latin-1", "replace"))
                at += count * width
                self._left -= count
                if self._left:
                    if at < len(data):
                        self._held = data[at:]
                    return
                self._over, self._skip = 1, self._skip
            if self._over:
                self._over = 0
                yield "".join(self._text)
                self._text = []
            if self._skip:
                step = min(self._skip, len(data) - at)
                at += step
                self._skip -= step
                if self._skip:
                    return
                continue
            head = data[at : at + 9]
            if not head:
                return
            need = 3 if len(head) < 3 else 3 + (2 if head[2] & 8 else 0) + (4 if head[2] & 4 else 0)
            if len(head) < need:
                self._held = data[at:]
                return
            self._left, self._wide = int.from_bytes(head[:2], "little"), bool(head[2] & 1)
            runs = int.from_bytes(head[3:5], "little") if head[2] & 8 else 0
            extra = int.from_bytes(head[need - 4 : need], "little") if head[2] & 4 else 0
            self._skip = 4 * runs + extra
            at += need
            if not self._left:
                self._over = 1
