"""What several parts give before their turn, in one nameless file, however many they are: masks and keyed fingerprints."""

from __future__ import annotations

import io
import pickle
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from auditor.ledger import Event

_SLOT: Final = 64 << 10


@dataclass(slots=True)
class _Kept:
    """One part's events, pickled one after another: what stands in slots of the file, in their order, and what does not yet."""

    slots: list[tuple[int, int]] = field(default_factory=list)
    rest: bytearray = field(default_factory=bytearray)


class Spool:
    """Events by part. OSError where the disk takes no more: everything kept by then still comes back."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._kept: dict[int, _Kept] = {}
        self._free: list[int] = []
        self._slots = 0

    def keep(self, part: int, event: Event) -> None:
        """Keep an event behind the part's others."""
        kept = self._kept.setdefault(part, _Kept())
        kept.rest += pickle.dumps(event, protocol=5)
        while len(kept.rest) >= _SLOT:
            self._put(kept)

    def flush(self, part: int) -> None:
        """Nothing more comes of a part for now: hold none of it in memory."""
        kept = self._kept.get(part)
        while kept is not None and kept.rest:
            self._put(kept)

    def take(self, part: int) -> Iterator[Event]:
        """A part's events in their order, once. OSError, EOFError or what pickle raises where they do not come back whole."""
        kept = self._kept.pop(part, None)
        if kept is None:
            return
        stream = io.BufferedReader(_Reading(self._pieces(kept)), _SLOT)
        while stream.peek(1):
            yield pickle.load(stream)  # noqa: S301 - written here

    def close(self) -> None:
        """Let go of everything."""
        self._kept.clear()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _put(self, kept: _Kept) -> None:
        """Write a slot; only what stands there is let go from memory."""
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix=".auditor-", buffering=0)  # noqa: SIM115 - close()
        slot = self._free.pop() if self._free else self._slots
        self._slots = max(self._slots, slot + 1)
        data = bytes(kept.rest[:_SLOT])
        try:
            self._file.seek(slot * _SLOT)
            at = 0
            while at < len(data):
                at += self._file.write(data[at:])
        except OSError:
            self._free.append(slot)
            raise
        kept.slots.append((slot, len(data)))
        del kept.rest[: len(data)]

    def _pieces(self, kept: _Kept) -> Iterator[bytes]:
        for slot, size in kept.slots:
            assert self._file is not None
            self._file.seek(slot * _SLOT)
            data = b""
            while len(data) < size and (more := self._file.read(size - len(data))):
                data += more
            if len(data) < size:
                raise EOFError("the spool is shorter than what was written")
            self._free.append(slot)
            yield data
        if kept.rest:
            yield bytes(kept.rest)


class _Reading(io.RawIOBase):
    """Pieces as one stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._data = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """Fill the buffer, as far as a piece goes."""
        self._data = self._data or next(self._pieces, b"")
        size = min(len(buffer), len(self._data))
        buffer[:size] = self._data[:size]
        self._data = self._data[size:]
        return size
