"""Tables of numbers that spill to a temporary file when they outgrow the memory they may use.

A table is cut into *runs*: some hundred thousand rows, sorted, each once. A run's *fences* say where each 4,096th part of the
range of keys begins, so that tables that are too large for memory are read side by side, one range of keys after the other.
Keys are parts of keyed fingerprints, so they fall into the ranges evenly.
"""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from auditor.errors import InputError, Problem
from auditor.people.arrays import Keys, Mask, Places, Rows, constant, distinct, member

FENCE_BITS: Final = 12
FENCES: Final = 1 << FENCE_BITS
_BOUNDS: Final[Keys] = np.arange(FENCES, dtype=np.uint64) << np.uint64(64 - FENCE_BITS)
_SHIFT: Final = np.uint64(64 - FENCE_BITS)


class Space:
    """Memory for tables, in bytes, and the file for the rest. The file has no name, so that it is gone after any end."""

    def __init__(self, memory: int, folder: Path | None) -> None:
        self.memory = memory
        self.folder = folder
        self.at_once = max(16, memory >> 8)
        """Rows of a run, and rows worked on at a time: what sorting takes of those, a hundred bytes each, is held too."""
        self._held: list[Run] = []
        self._bytes = 0
        self._file: IO[bytes] | None = None
        self._end = 0
        self._files = contextlib.ExitStack()
        weakref.finalize(self, self._files.close)

    def hold(self, run: Run) -> None:
        """Account for a run in memory; the runs go to the file when there are too many."""
        if not run.bytes:
            return
        self._held.append(run)
        self._bytes += run.bytes
        if self._bytes > self.memory >> 2:
            for held in self._held:
                held.columns = [c if isinstance(c, int | Stored) else self._write(c) for c in held.columns]
            self._held.clear()
            self._bytes = 0

    def _write(self, column: Keys) -> Stored:
        try:
            if self._file is None:  # mode 0600; on Linux it never has a name
                self._file = tempfile.TemporaryFile(buffering=0, dir=self.folder, prefix="auditor-")  # noqa: SIM115
                self._files.enter_context(self._file)
            at, rest = self._end, column.view(np.uint8).data
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.ENOENT):
                raise
            raise InputError(
                Problem(
                    file=str(self.folder or tempfile.gettempdir()),
                    cause=f"no room for the temporary file that counts people: {error.strerror}",
                    cure="free some space there, or name another folder in TMPDIR (16 bytes for each place an identifier stands in)",
                )
            ) from None
        self._end = at + column.nbytes
        return Stored(self._file, at)

    def adopt(self, other: Space) -> None:
        """Take over another's files, as its runs are taken over; it starts anew."""
        self._files.enter_context(other._files.pop_all())
        other._held.clear()
        other._file, other._bytes, other._end = None, 0, 0

    def open(self, path: Path) -> IO[bytes]:
        """A file to read columns from for as long as this space is there."""
        return self._files.enter_context(path.open("rb", buffering=0))

    @property
    def spilled(self) -> int:
        """Bytes in the temporary file."""
        return self._end

    def close(self) -> None:
        """Delete the file; the tables can no longer be read."""
        self._held.clear()
        self._files.close()


class Stored:
    """A column in a file."""

    __slots__ = ("_file", "_start")

    def __init__(self, file: IO[bytes], start: int) -> None:
        self._file = file
        self._start = start

    def read(self, low: int, high: int) -> Keys:
        """Its rows from `low` to before `high`."""
        column = np.empty(high - low, np.uint64)
        rest, at = column.view(np.uint8).data, self._start + 8 * low
        while rest:
            got = os.preadv(self._file.fileno(), [rest], at)
            if not got:
                raise OSError(errno.EIO, "a temporary file lost its end")
            rest, at = rest[got:], at + got
        return column


Held: TypeAlias = "int | Keys | Stored"
"""One number for all rows, or the numbers, or where they stand."""


class Run:
    """Some rows. `fences[i]` is the first row whose key lies in the i-th range; None if the rows are not sorted."""

    __slots__ = ("columns", "fences", "rows")

    def __init__(self, rows: int, columns: list[Held], fences: Places | None) -> None:
        self.rows = rows
        self.columns = columns
        self.fences = fences

    @property
    def bytes(self) -> int:
        """What it holds in memory."""
        return sum(column.nbytes for column in self.columns if isinstance(column, np.ndarray))

    def read(self, low: int, high: int) -> Rows:
        """The rows from `low` to before `high`."""
        return tuple(
            np.full(high - low, column, np.uint64)
            if isinstance(column, int)
            else column.read(low, high)
            if isinstance(column, Stored)
            else column[low:high]
            for column in self.columns
        )


def fences_of(keys: Keys) -> Places:
    """Where each range of keys begins in a sorted column, and its end."""
    if len(keys) > 8 * FENCES:
        return np.append(np.searchsorted(keys, _BOUNDS), len(keys))
    fences = np.zeros(FENCES + 1, np.intp)
    np.cumsum(np.bincount((keys >> _SHIFT).astype(np.intp), minlength=FENCES), out=fences[1:])
    return fences


class Table:
    """Rows of `width` numbers: a set, sorted by the first, or with `ordered` False a log, kept as it comes (which is cheaper)."""

    def __init__(self, space: Space, width: int, *, ordered: bool = True) -> None:
        self.space = space
        self.runs: list[Run] = []
        self.ordered = ordered
        self._buffer = np.empty((width, 0), np.uint64)
        self._filled = 0

    def __bool__(self) -> bool:
        return bool(self.runs or self._filled)

    def __len__(self) -> int:
        """Rows held, before equal ones of different runs are dropped."""
        return sum(run.rows for run in self.runs) + self._filled

    def append(self, *columns: Keys | int) -> None:
        """Add rows: columns of one length; a number stands for a whole column."""
        first = columns[0]
        assert not isinstance(first, int)
        done, length = 0, len(first)
        while done < length:
            room = self._buffer.shape[1] - self._filled
            if not room:
                self._grow_or_seal()
                continue
            part = min(room, length - done)
            for held, column in zip(self._buffer, columns, strict=True):
                held[self._filled : self._filled + part] = (
                    column if isinstance(column, int) else column[done : done + part]
                )
            self._filled += part
            done += part

    def _grow_or_seal(self) -> None:
        width, size = self._buffer.shape
        if size >= self.space.at_once:
            self.seal()
        else:
            larger = np.empty((width, min(max(1024, 4 * size), self.space.at_once)), np.uint64)
            larger[:, :size] = self._buffer
            self._buffer = larger

    def seal(self) -> None:
        """Make a run of the rows that are not in one yet."""
        if not self._filled:
            return
        full = self._filled == self.space.at_once
        rows: Rows = tuple(self._buffer[:, : self._filled])
        self._filled = 0
        fences = None
        if self.ordered:
            rows = distinct(rows)
            fences = fences_of(rows[0])
        columns: list[Held] = []
        for place, column in enumerate(rows):
            if place and constant(column):
                columns.append(int(column[0]))
            else:  # what sorting made is not the buffer's any more
                columns.append(column if column.base is None else column.copy())
        if not full:
            self._buffer = np.empty((len(rows), 0), np.uint64)
        self.take(Run(len(rows[0]), columns, fences))

    def take(self, run: Run) -> None:
        """Add a run as it is."""
        self.runs.append(run)
        self.space.hold(run)

    def between(self, low: int, high: int) -> Rows:
        """The rows of a set whose keys lie in the ranges `low` to before `high`, sorted, each once. Call `seal` before."""
        parts = []
        for run in self.runs:
            assert run.fences is not None
            start, end = int(run.fences[low]), int(run.fences[high])
            if start < end:
                parts.append(run.read(start, end))
        if not parts:
            return tuple(np.empty(0, np.uint64) for _ in self._buffer)
        if len(parts) == 1:
            return parts[0]
        return distinct(tuple(np.concatenate(columns) for columns in zip(*parts, strict=True)))

    def scan(self) -> Iterator[Rows]:
        """All rows as they were added, a run at a time."""
        self.seal()
        for run in self.runs:
            yield run.read(0, run.rows)

    def ranges(self) -> Iterator[Rows]:
        """All rows of a set, sorted, each once, as many at a time as memory allows."""
        for (rows,) in joint(self):
            yield rows

    def holds(self, keys: Keys) -> Mask:
        """Which of some keys a set holds. Reads only the ranges that they lie in."""
        self.seal()
        result = np.zeros(len(keys), bool)
        order = np.argsort(keys)
        wanted = keys[order]
        fences = fences_of(wanted)
        for fence in np.flatnonzero(np.diff(fences)).tolist():
            start, end = fences[fence], fences[fence + 1]
            result[order[start:end]] = member(wanted[start:end], self.between(fence, fence + 1)[0])
        return result


def joint(*tables: Table) -> Iterator[tuple[Rows, ...]]:
    """The rows of several sets side by side: of each those of the same range of keys, as large a range as memory allows."""
    counts = np.zeros(FENCES, np.int64)
    for table in tables:
        table.seal()
        for run in table.runs:
            assert run.fences is not None
            counts += np.diff(run.fences)
    for low, high in _cuts(counts, tables[0].space.at_once):
        yield tuple(table.between(low, high) for table in tables)


def _cuts(counts: npt.NDArray[np.int64], most: int) -> Iterator[tuple[int, int]]:
    """Ranges of fences with at most so many rows each, if one fence alone has not more."""
    low = rows = 0
    for fence in np.flatnonzero(counts).tolist():
        count = int(counts[fence])
        if rows and rows + count > most:
            yield low, fence
            low, rows = fence, 0
        rows += count
    if rows:
        yield low, FENCES
