"""OLE compound files (MS-CFB): their streams, read sector by sector so that none is held in memory."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from importlib import import_module
from typing import IO, Any, Final

from auditor.model.text import printable

DAMAGED: Final = (
    OSError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    struct.error,
    RecursionError,
    MemoryError,
)
"""What olefile raises when it opens damaged files, by experience."""

DAMAGED_STREAM: Final = (OSError, ValueError, IndexError, struct.error)
"""What reading a damaged stream raises."""

_TABLES: Final = (0xFFFFFFFC, 0xFFFFFFFD)
_SECTOR_LAST: Final = 0xFFFFFFFA
_BLOCK: Final = 256 << 10
_MINI: Final = 64 << 20


class StreamReader:
    """One stream, read on. `short` when it ended before its declared size."""

    def __init__(self, chunks: Iterator[bytes], size: int) -> None:
        self._chunks = chunks
        self._left = size
        self._held = b""
        self.short = False

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes; all that is left for -1."""
        if size < 0:
            return b"".join(iter(lambda: self.read(_BLOCK), b""))
        if not self._held and self._left > 0:
            self._held = next(self._chunks, b"")[: self._left]
            self._left -= len(self._held)
            if not self._held:
                self.short, self._left = True, 0
        data, self._held = self._held[:size], self._held[size:]
        return data


class Compound:
    """A compound file. Raises one of `DAMAGED` when it cannot be opened."""

    def __init__(self, file: IO[bytes]) -> None:
        olefile: Any = import_module("olefile")  # on use: an extra, and without types
        self._file = file
        self._ole: Any = olefile.OleFileIO(file)
        self.paths: list[tuple[str, ...]] = [tuple(path) for path in self._ole.listdir(streams=True, storages=False)]

    @property
    def damaged(self) -> bool:
        """Whether olefile noted that something of it does not fit."""
        return bool(self._ole.parsing_issues)

    def size(self, path: tuple[str, ...]) -> int:
        """A stream's declared size in bytes."""
        return int(self._ole.get_size(list(path)))

    def open(self, path: tuple[str, ...]) -> StreamReader:
        """A stream."""
        entry = self._ole.direntries[self._ole._find(list(path))]  # noqa: SLF001 - there is no public way to an entry
        size = int(entry.size)
        if size < self._ole.minisectorcutoff:
            if self._ole.root.size > _MINI:
                return StreamReader(iter(()), size)
            return StreamReader(iter((self._ole.openstream(list(path)).read(),)), size)
        return StreamReader(self._chain(entry.isectStart), size)

    def unclaimed(self) -> Iterator[bytes]:
        """What stands in sectors that no stream holds: deleted text, or streams that the directory lost. 256 KiB at a time."""
        ole = self._ole
        used = bytearray(len(ole.fat))
        for number, following in enumerate(ole.fat):
            used[number] = following in _TABLES
        starts = [ole.first_dir_sector, ole.first_mini_fat_sector, ole.root.isectStart]
        entries = (ole.direntries[ole._find(list(path))] for path in self.paths)  # noqa: SLF001 - as above
        starts += [entry.isectStart for entry in entries if entry.size >= ole.minisectorcutoff]
        for start in starts:
            sector = start
            while 0 <= sector < len(used) and not used[sector]:
                used[sector] = 1
                sector = ole.fat[sector]
        most = max(1, _BLOCK // ole.sectorsize)
        first = used.find(0)
        while first >= 0:
            end = used.find(1, first, first + most)
            end = min(first + most, len(used)) if end < 0 else end
            data = self._sectors(first, end - first)
            if not data:
                return
            yield data
            first = used.find(0, end)

    def _chain(self, sector: int) -> Iterator[bytes]:
        """A stream's sectors, neighbours joined. A chain that runs in a circle ends with the stream's size."""
        fat, size = self._ole.fat, self._ole.sectorsize
        most = max(1, _BLOCK // size)
        for _ in range(len(fat) + 1):
            if not 0 <= sector < min(len(fat), _SECTOR_LAST):
                return
            first, count = sector, 1
            while count < most and fat[sector] == sector + 1 and sector + 1 < len(fat):
                sector += 1
                count += 1
            sector = fat[sector]
            data = self._sectors(first, count)
            if not data:
                return
            yield data

    def _sectors(self, first: int, count: int) -> bytes:
        size = self._ole.sectorsize
        self._file.seek((first + 1) * size)
        return self._file.read(count * size)


def name_of(path: tuple[str, ...]) -> str:
    """A stream's path to show: control characters, with which Microsoft begins some names, are left out."""
    return printable("/".join("".join(letter for letter in part if letter >= " ") for part in path)).replace(
        "!/", "!\\x2f"
    )
