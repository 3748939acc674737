"""The bytes of a repository's objects in one seekable file: the entries of packs, loose objects, and their zlib streams."""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import IO, Final

from auditor.extractors._git.delta import DamagedError
from auditor.extractors.limits import Budget

COMMIT: Final = 1
TREE: Final = 2
BLOB: Final = 3
TAG: Final = 4
_OFS_DELTA: Final = 6
_REF_DELTA: Final = 7
NAMES: Final = {COMMIT: b"commit", TREE: b"tree", BLOB: b"blob", TAG: b"tag"}
KINDS: Final = {name: kind for kind, name in NAMES.items()}
MISSING: Final = -(1 << 62)
"""The offset of a delta's base that was not found."""

BLOCK: Final = 64 << 10


class Inflated:
    """What the zlib stream at an offset holds, in pieces; once all were taken, `after` is where the stream ends.

    DamagedError, in words about `what`, if it is no such stream or is not whole by `end`.
    """

    def __init__(self, entries: Entries, at: int, end: int, *, step: int = BLOCK, what: str = "an object") -> None:
        self._entries = entries
        self._at = at
        self._end = end
        self._step = step
        self._what = what
        self.after = at

    def __iter__(self) -> Iterator[bytes]:
        decoder = zlib.decompressobj()
        at, step = self._at, self._step
        while not decoder.eof:
            data = self._entries.at(at, min(step, self._end - at))
            if not data:
                raise DamagedError(f"{self._what} is cut off")
            at += len(data)
            step = BLOCK
            while data and not decoder.eof:
                try:
                    out = decoder.decompress(data, BLOCK * 4)
                except zlib.error:
                    raise DamagedError(f"{self._what} is damaged") from None
                data = decoder.unconsumed_tail
                self._entries.budget.check()
                if out:
                    yield out
        self.after = at - len(decoder.unused_data)


class Entries:
    """Entries of packs by their offset, and loose objects by -1 - offset. `find` says where the object of a name begins."""

    def __init__(self, file: IO[bytes], budget: Budget, *, width: int, find: Callable[[bytes], int | None]) -> None:
        self._file = file
        self.budget = budget
        self._width = width
        self._find = find
        self._ends: list[tuple[int, int]] = []

    def add_pack(self, start: int, end: int) -> None:
        """A pack lies from `start` to `end`. Packs are added in the order in which they lie."""
        self._ends.append((start, end))

    def at(self, offset: int, size: int) -> bytes:
        """At most so many bytes; fewer at the file's end."""
        self._file.seek(offset)
        return self._file.read(size) if size > 0 else b""

    def header(self, offset: int) -> tuple[int, int, int | None, int]:
        """(type, size, offset of the base if it is a delta, where its compressed bytes begin) of a pack's entry."""
        data = self.at(offset, 64)
        at = 0
        try:
            byte = data[0]
            kind, size, shift = byte >> 4 & 7, byte & 15, 4
            while byte & 0x80:
                at += 1
                byte = data[at]
                size |= (byte & 0x7F) << shift
                shift += 7
            at += 1
            if kind in NAMES:
                return kind, size, None, offset + at
            if kind == _OFS_DELTA:
                byte = data[at]
                distance = byte & 0x7F
                while byte & 0x80:
                    at += 1
                    byte = data[at]
                    distance = distance + 1 << 7 | byte & 0x7F
                if not 0 < distance <= offset:
                    raise DamagedError("a delta has no base")
                return kind, size, offset - distance, offset + at + 1
            if kind == _REF_DELTA:
                base = self._find(data[at : at + self._width])
                return kind, size, MISSING if base is None else base, offset + at + self._width
        except IndexError:
            pass
        raise DamagedError("a pack holds an object of an unknown kind")

    def loose(self, offset: int) -> Iterator[bytes]:
        """What the loose object at `offset` holds after its own head."""
        head: bytes | None = b""
        for data in self.inflated(-1 - offset):
            if head is None:
                yield data
                continue
            head += data
            if (at := head.find(b"\0")) >= 0:
                if head[at + 1 :]:
                    yield head[at + 1 :]
                head = None

    def inflated(self, offset: int) -> Inflated:
        """What the object's bytes become, a delta's or a loose object's head included."""
        if offset < 0:
            return Inflated(self, -1 - offset, 1 << 62)  # a loose one ends where its zlib stream does
        return Inflated(self, self.header(offset)[3], self.end_of(offset))

    def end_of(self, offset: int) -> int:
        """Where the pack ends in which an entry lies."""
        return self._ends[bisect_right(self._ends, (offset, 1 << 62)) - 1][1]
