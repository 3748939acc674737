"""Values of tables too long for a row each: counted exactly and kept as sorted keys in blocks (docs/fingerprints.md).

They are collected in memory of a fixed size, which is sorted and spilled to a temporary file when it is full; closing merges
all of it. The file has no name, so that nothing of it is left whatever happens to the process.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np

from auditor.errors import InputError, Problem
from auditor.model.match import Match
from auditor.store.keys import Keys, merged, read_run, sort_in_place

EACH: Final = 32 << 20
"""Bytes that one `BulkValues` holds in memory at most."""

TOGETHER: Final = 128 << 20
"""Bytes that all of a store hold together; beyond it the largest is spilled."""

_LEAST: Final = 1 << 13
_EMPTY: Final[Keys] = np.empty(0, dtype=np.uint64)


class Budget:
    """Memory shared by all `BulkValues` of a store, in bytes."""

    def __init__(self, each: int = EACH, together: int = TOGETHER) -> None:
        self.each, self._together = each, together
        self._held: dict[BulkValues, int] = {}

    def grant(self, holder: BulkValues, size: int) -> bool:
        """Let `holder` hold `size` bytes instead of what it holds, spilling others for it; False if it may not."""
        least = 8 * _LEAST
        if size > max(self.each, least):
            return False
        while sum(self._held.values()) - self._held.get(holder, 0) + size > self._together:
            others = [other for other, held in self._held.items() if other is not holder and held > least]
            if not others:
                if size > least:
                    return False
                break
            max(others, key=self._held.__getitem__).release()
        self._held[holder] = size
        return True

    def give_back(self, holder: BulkValues) -> None:
        """It holds nothing any more."""
        self._held.pop(holder, None)


class BulkValues:
    """The values of one entity in one asset, all in clear and certain. Add them, then `close`.

    Each occurrence is told once: here, or to `Store.add_matches`. A value may be told here at one time and there at another.
    """

    def __init__(
        self, asset: int, entity: str, budget: Budget, folder: Path | None, keep: Callable[[BulkValues], None]
    ) -> None:
        self.asset, self.entity = asset, entity
        self.occurrences = 0
        self.example: Match | None = None
        self._budget, self._folder, self._keep = budget, folder, keep
        self._buffer = _EMPTY
        self._filled = 0
        self._file: BinaryIO | None = None
        self._runs: list[tuple[int, int]] = []
        self._closed = False

    def add(self, keys: Keys, example: Match) -> None:
        """Values, by the keys of their fingerprints (`keys_of`), with repetitions, in any order.

        `example` is one of them: the first one told is kept. ValueError for one that is a candidate or not in clear, and after
        `close`; `Store.bulk` then opens it anew.
        """
        if example.candidate or example.protection != "clear" or example.entity != self.entity:
            raise ValueError(f"bulk values are certain ones of {self.entity} in clear")
        if self._closed:
            raise ValueError("these bulk values are closed")  # what was added would be lost
        if not len(keys):
            return
        self.example = self.example or example
        self.occurrences += len(keys)
        while len(keys):
            if self._filled == len(self._buffer):
                self._make_room()
            taken = min(len(self._buffer) - self._filled, len(keys))
            self._buffer[self._filled : self._filled + taken] = keys[:taken]
            self._filled += taken
            keys = keys[taken:]

    def close(self) -> None:
        """Count exactly and keep: in the store from now on. Closing again does nothing."""
        if not self._closed:
            if self.occurrences:
                self._keep(self)
            self.discard()

    def discard(self) -> None:
        """Let go of memory and file; what was not closed is lost."""
        self._closed = True
        self._buffer, self._filled, self._runs = _EMPTY, 0, []
        self._budget.give_back(self)
        if self._file is not None:
            self._file.close()
            self._file = None

    def release(self) -> None:
        """Spill what is held, and hold no memory until more is added."""
        self._spill()
        self._buffer = _EMPTY
        self._budget.give_back(self)

    def sorted(self) -> Iterator[Keys]:
        """All distinct keys so far, in ascending chunks; nothing may be added meanwhile."""
        self._filled = sort_in_place(self._buffer[: self._filled])
        step = min(1 << 18, max(1 << 12, self._budget.each // 16 // (len(self._runs) + 1)))
        sets: list[Iterator[Keys]] = [iter((self._buffer[: self._filled],))]
        if self._file is not None:
            sets += [read_run(self._file, start, number, step) for start, number in self._runs]
        return merged(sets)

    def _make_room(self) -> None:
        self._filled = sort_in_place(self._buffer[: self._filled])
        size = len(self._buffer)
        if 0 < self._filled <= size // 2:  # mostly repetitions
            return
        wider = min(max(_LEAST, 4 * size), max(_LEAST, self._budget.each // 8))
        if wider > size and self._budget.grant(self, 8 * wider):
            buffer = np.empty(wider, dtype=np.uint64)
            buffer[: self._filled] = self._buffer[: self._filled]
            self._buffer = buffer
        else:
            self._spill()

    def _spill(self) -> None:
        self._filled = sort_in_place(self._buffer[: self._filled])
        if not self._filled:
            return
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(dir=self._folder, prefix=".auditor-", buffering=0)  # noqa: SIM115
            start = self._file.seek(0, 2)
            self._write(self._file, self._buffer[: self._filled])
        except OSError as error:
            where = str(self._folder or tempfile.gettempdir())
            cause = f"no temporary file for fingerprints can be written here: {error.strerror}"
            cure = "make room on this disk, or name another --output (TMPDIR for a gate without one)"
            raise InputError(Problem(file=where, cause=cause, cure=cure)) from None
        self._runs.append((start, self._filled))
        self._filled = 0

    @staticmethod
    def _write(file: BinaryIO, keys: Keys) -> None:
        rest = keys.view(np.uint8).data
        while rest:  # an unbuffered file may take a part only
            rest = rest[file.write(rest) :]
