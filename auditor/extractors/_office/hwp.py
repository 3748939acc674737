"""Hangul (HWP 5.0): paragraphs and tables of the BodyText sections, as Hancom's description of the format has them."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final

from auditor.extractors._office.grid import Grid
from auditor.extractors._office.prose import Prose
from auditor.extractors._office.sweep import Tables
from auditor.extractors.decoding import Readable
from auditor.extractors.limits import Budget
from auditor.model.asset import Asset
from auditor.model.content import Table, Text

SIGNATURE: Final = b"HWP Document File"
COMPRESSED: Final = 1
PASSWORD: Final = 2
DISTRIBUTED: Final = 4
_UNREADABLE: Final = 0x10 | 0x100 | 0x400  # rights management, encrypted with a certificate

_PARAGRAPH_TEXT: Final = 67
_LIST: Final = 72
_TABLE: Final = 77
_LONGEST: Final = 8 << 20
_BLOCK: Final = 64 << 10
# A control character takes one place of 16 bits, or eight of them.
_CONTROLS: Final = re.compile(r"([\x01-\x09\x0b\x0c\x0e-\x17])[\s\S]{0,7}|([\x00\x0a\x0d\x18-\x1f])")
_ONE: Final = {"\x0a": " ", "\x18": "-", "\x1e": " ", "\x1f": " "}


def flags(header: bytes) -> int | None:
    """The document's properties from its FileHeader stream; None if it is none."""
    return struct.unpack_from("<I", header, 36)[0] if header.startswith(SIGNATURE) and len(header) >= 40 else None


def refused(properties: int) -> bool:
    """Whether it cannot be read without a key."""
    return bool(properties & (PASSWORD | _UNREADABLE))


class Inflated:
    """A raw deflate stream, decompressed as it is read and paid for. `damaged` when it ends too early."""

    def __init__(self, stream: Readable, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget
        self._inflate = zlib.decompressobj(-15)
        self.damaged = False

    def read(self, size: int = _BLOCK, /) -> bytes:
        """Some bytes; b"" at the end. ReadError when a budget is used up."""
        if size < 0:
            return b"".join(iter(lambda: self.read(_BLOCK), b""))
        while not self._inflate.eof and not self.damaged:
            data = self._inflate.unconsumed_tail or self._stream.read(_BLOCK)
            try:
                out = self._inflate.decompress(data, size) if data else self._inflate.flush()
            except zlib.error:
                out, self.damaged = b"", True
            self.damaged = self.damaged or (not data and not self._inflate.eof)
            self._budget.check()
            self._budget.expand(len(out))
            if out:
                return out
        return b""


class _Cells:
    """A table being read: the grid and the cell that paragraphs go to."""

    def __init__(self, grid: Grid, level: int) -> None:
        self.grid = grid
        self.level = level
        self.row = -1
        self.column = 0
        self.cells: dict[int, list[str]] = {}

    def cell(self, row: int, column: int) -> Iterator[Table | Text]:
        """The next cell."""
        if row != self.row:
            yield from self.flush()
            self.row = row
        self.column = column
        self.cells.setdefault(column, [])

    def flush(self) -> Iterator[Table | Text]:
        """The row that is finished."""
        cells = {column: "\n".join(lines) for column, lines in self.cells.items() if any(lines)}
        self.cells = {}
        yield from self.grid.add(self.row + 1, cells)


def section(
    stream: Readable, asset: Asset, budget: Budget, part: str, tables: Tables, damaged: list[str]
) -> Iterator[Table | Text]:
    """The text of one section. `damaged` gets a sentence when its records do not fit."""
    prose = Prose(asset, budget.limits, part)
    open_tables: list[_Cells] = []
    for tag, level, data in _records(stream, damaged):
        budget.check()
        while open_tables and level < open_tables[-1].level:
            yield from _close(open_tables.pop())
        if tag == _TABLE:
            grid = Grid(asset, budget.limits, name=tables.next(), part=part, lettered=False)
            open_tables.append(_Cells(grid, level))
        elif tag == _LIST and open_tables and level == open_tables[-1].level and len(data) >= 12:
            column, row = struct.unpack_from("<HH", data, 8)
            yield from open_tables[-1].cell(row, column)
        elif tag == _PARAGRAPH_TEXT:
            text = plain(data.decode("utf-16-le", "replace"))
            if not text:
                continue
            if open_tables and open_tables[-1].row >= 0 and len(text) < _BLOCK:
                cells = open_tables[-1]
                cells.cells[cells.column].append(text)
            else:
                yield from prose.add(text)
    while open_tables:
        yield from _close(open_tables.pop())
    yield from prose.flush()


def plain(text: str) -> str:
    """A paragraph's text without its control characters."""

    def replaced(match: re.Match[str]) -> str:
        return "\t" if match[1] == "\x09" else "" if match[1] else _ONE.get(match[2], "")

    return _CONTROLS.sub(replaced, text).strip()


def _close(cells: _Cells) -> Iterator[Table | Text]:
    yield from cells.flush()
    yield from cells.grid.finish()


def _records(stream: Readable, damaged: list[str]) -> Iterator[tuple[int, int, bytes]]:
    """(tag, level, data) of each record; data beyond 8 MiB is left out."""
    held = b""

    def take(size: int) -> bytes:
        nonlocal held
        parts = [held]
        have = len(held)
        while have < size and (more := stream.read(_BLOCK)):
            parts.append(more)
            have += len(more)
        whole = b"".join(parts)
        held = whole[size:]
        return whole[:size]

    while len(head := take(4)) == 4:
        word = struct.unpack("<I", head)[0]
        tag, level, size = word & 0x3FF, word >> 10 & 0x3FF, word >> 20
        if size == 0xFFF:
            more = take(4)
            size = struct.unpack("<I", more)[0] if len(more) == 4 else 0
        if size > _LONGEST:
            damaged.append("a record of more than 8 MiB in the document's text")
            return
        data = take(size)
        if len(data) < size:
            damaged.append("the document's text ends too early")
        yield tag, level, data
    if head:
        damaged.append("the document's text ends too early")
