"""Sorted sets of keys: 64-bit numbers, the first 8 bytes of fingerprints.

A chunk is a strictly ascending array; a set is an iterator of chunks, each all above the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]


def keys_of(fingerprints: npt.NDArray[np.uint8]) -> Keys:
    """The keys of fingerprints, (n, 16) bytes: their first 8 bytes as big-endian numbers."""
    return np.ascontiguousarray(fingerprints[:, :8]).view(">u8").reshape(-1).astype(np.uint64)


def keys_in(fingerprints: Sequence[bytes]) -> Keys:
    """The same of fingerprints as bytes, 8 of each or more."""
    return np.frombuffer(b"".join(value[:8] for value in fingerprints), dtype=">u8").astype(np.uint64)


def sort_in_place(keys: Keys) -> int:
    """Sort, and move the distinct ones to the front; how many they are. What stands behind them is rubbish."""
    keys.sort()
    if len(keys) < 2:
        return len(keys)
    step, kept = 1 << 16, 1
    for at in range(1, len(keys), step):  # in steps, so that it needs next to no memory of its own
        part = keys[at : at + step]
        new = part[part != keys[at - 1 : at - 1 + len(part)]]
        keys[kept : kept + len(new)] = new
        kept += len(new)
    return kept


def read_run(file: BinaryIO, start: int, number: int, step: int) -> Iterator[Keys]:
    """A run of `number` keys that was written to a file at byte `start`, in chunks of `step` keys."""
    for at in range(0, number, step):
        file.seek(start + 8 * at)
        yield np.frombuffer(file.read(8 * min(step, number - at)), dtype=np.uint64)


def merged(sets: Iterable[Iterator[Keys]]) -> Iterator[Keys]:
    """The union of sets. Memory: one chunk of each, and as much again; time: linear in the keys for a few sets."""
    heads: list[tuple[Keys, Iterator[Keys]]] = []
    for source in sets:
        _advance(source, heads)
    while len(heads) > 1:
        limit = min(chunk[-1] for chunk, _ in heads)  # nothing up to here is still to come
        parts, on = [], []
        for chunk, source in heads:
            cut = int(np.searchsorted(chunk, limit, side="right"))
            parts.append(chunk[:cut])
            if cut < len(chunk):
                on.append((chunk[cut:], source))
            else:
                _advance(source, on)
        both = np.concatenate(parts)
        yield both[: sort_in_place(both)]
        heads = on
    for chunk, source in heads:
        yield chunk
        yield from source


def _advance(source: Iterator[Keys], heads: list[tuple[Keys, Iterator[Keys]]]) -> None:
    for chunk in source:
        if len(chunk):
            heads.append((chunk, source))
            return


def rechunked(chunks: Iterable[Keys], size: int) -> Iterator[Keys]:
    """The same set in chunks of `size` keys, the last one excepted."""
    held: list[Keys] = []
    number = 0
    for chunk in chunks:
        held.append(chunk)
        number += len(chunk)
        if number >= size:
            together = np.concatenate(held)
            whole = number - number % size
            for at in range(0, whole, size):
                yield together[at : at + size]
            held, number = [together[whole:]], number - whole
    if number:
        yield np.concatenate(held)
