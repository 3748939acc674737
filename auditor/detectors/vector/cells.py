"""An Arrow batch's cells as bytes: cells of one width as a matrix, and strings written back row by row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Rows = NDArray[np.intp] | slice
"""Some rows; those that follow each other as a slice."""

WIDEST: Final = 200
"""Bytes of the widest cell with a fixed layout; no value of a named field is longer either (`Values.plausible`)."""
_BLOCK: Final = 1 << 18
"""Bytes of a block: what is computed of it stays in a core's own cache."""


# glibc gives blocks above 128 KB back to the kernel as soon as they are free, and taking them anew costs more than most of what is
# computed here. Freeing one big block, never touched, raises that limit (mallopt(3), M_MMAP_THRESHOLD).
np.empty(24 << 20, np.uint8)


class Cells:
    """The cells of an array. `widths` are their lengths in bytes, -1 for null; they begin in `data` at `starts`, the last one ends at `end`."""

    def __init__(self, array: pa.StringArray) -> None:
        self.array = array
        self.size = len(array)
        offsets: NDArray[np.int32] = np.zeros(1, np.int32)
        self.data: Bytes = np.zeros(0, np.uint8)
        if self.size:
            _, ends, data = array.buffers()
            offsets = np.frombuffer(ends, np.int32, self.size + 1, 4 * array.offset)
            if data is not None and data.size:
                self.data = np.frombuffer(data, np.uint8)
        self.starts: NDArray[np.int32] = offsets[:-1]
        self.end = int(offsets[-1])
        self.widths: NDArray[np.int32] = np.diff(offsets)
        if array.null_count:
            self.widths[~valid(array)] = -1

    def present(self) -> list[int]:
        """The widths that some cell has, the most frequent first; none beyond WIDEST."""
        if self.even:
            return [int(self.widths[0])] if 0 < self.widths[0] <= WIDEST else []
        few = self.widths[(self.widths > 0) & (self.widths <= WIDEST)]
        counts = np.bincount(few, minlength=1)
        return [int(width) for width in np.argsort(-counts, kind="stable") if counts[width]]

    @cached_property
    def even(self) -> bool:
        """Whether all cells have one width."""
        return bool(self.size and self.widths.min() == self.widths.max() >= 0)

    def blocks(self, width: int) -> Iterator[tuple[Rows, Bytes]]:
        """(rows, their bytes as (row, position)) of the cells of one width, block by block."""
        step = max(_BLOCK // width, 256)
        if self.even:
            data = self.data[int(self.starts[0]) :]
            for first in range(0, self.size, step):
                last = min(first + step, self.size)
                yield slice(first, last), data[first * width : last * width].reshape(-1, width)
            return
        rows = np.flatnonzero(self.widths == width)
        for first in range(0, len(rows), step):
            some = rows[first : first + step]
            yield some, gather(self.data, self.starts[some], width)


def pick(rows: Rows, chosen: NDArray[np.intp]) -> NDArray[np.intp]:
    """Some of some rows."""
    return chosen + rows.start if isinstance(rows, slice) else rows[chosen]


def valid(array: pa.StringArray) -> Mask:
    """Which cells are no null."""
    answer: Mask = array.is_valid().to_numpy(zero_copy_only=False)
    return answer


def _items(data: Bytes, width: int) -> NDArray[Any]:
    """Every run of `width` bytes, overlapping, as one item each: moved in one piece."""
    count = max(len(data) - width + 1, 0)
    items: NDArray[Any] = np.ndarray((count,), np.dtype(f"V{width}"), data.data, strides=(1,))
    return items


def gather(data: Bytes, starts: NDArray[Any], width: int) -> Bytes:
    """(row, position): `width` bytes from each start on."""
    picked: Bytes = _items(data, width)[starts.astype(np.intp)].view(np.uint8).reshape(-1, width)
    return picked


class Writer:
    """Strings by row, given in pieces; rows that nobody wrote are empty."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._pieces: list[tuple[Rows, Bytes]] = []

    def add(self, rows: Rows, matrix: Bytes) -> None:
        """`matrix` is (row, position), contiguous."""
        self._pieces.append((rows, matrix))

    def array(self) -> pa.StringArray:
        """All of them. Rows given as slices are given in order."""
        if self._pieces and all(isinstance(rows, slice) for rows, _ in self._pieces):
            widths = {matrix.shape[1] for _, matrix in self._pieces}
            if len(widths) == 1 and sum(len(matrix) for _, matrix in self._pieces) == self._size:
                whole = [matrix for _, matrix in self._pieces]
                data = whole[0] if len(whole) == 1 else np.concatenate(whole)
                return strings(np.arange(self._size + 1, dtype=np.int32) * np.int32(widths.pop()), data.ravel())
        lengths = np.zeros(self._size + 1, np.int32)
        for rows, matrix in self._pieces:
            lengths[1:][rows] = matrix.shape[1]
        offsets = np.cumsum(lengths, dtype=np.int32)
        out = np.empty(int(offsets[-1]), np.uint8)
        for rows, matrix in self._pieces:
            if len(matrix):
                width = matrix.shape[1]
                _items(out, width)[offsets[:-1][rows]] = matrix.view(f"V{width}").ravel()
        return strings(offsets, out)


def strings(offsets: NDArray[np.int32], data: Bytes) -> pa.StringArray:
    """A string array over such buffers."""
    return pa.StringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets), pa.py_buffer(data))


def in_ranges(block: Bytes, ranges: tuple[tuple[int, int], ...]) -> Mask:
    """Which bytes lie in one of some ranges (both ends in it): comparisons, which run faster than a table's look-up."""
    good: Mask | None = None
    both = (65, 90) in ranges and (97, 122) in ranges
    for low, high in ranges:
        if both and low == 65:
            continue
        if low == high:
            one = block == low
        else:
            one = (block | np.uint8(32) if both and low == 97 else block) - np.uint8(low) <= high - low
        good = one if good is None else np.logical_or(good, one, out=good)
    return np.zeros(block.shape, np.bool_) if good is None else good


def matches(array: pa.StringArray, regex: str, *, ignore_case: bool = False) -> Mask:
    """Which cells an expression matches whole (RE2: the syntax it shares with `re`); null for none. ArrowInvalid for others."""
    found = pc.match_substring_regex(array, rf"\A(?{'i' if ignore_case else ''}:{regex})\z")
    answer: Mask = found.fill_null(False).to_numpy(zero_copy_only=False)
    return answer
