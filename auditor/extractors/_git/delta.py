"""Deltas of git packs (gitformat-pack(5), "Deltified representation"): copy a slice of the base, or insert bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

_COPY_BLOCK: Final = 1 << 20


class DamagedError(Exception):
    """An object that cannot be read. Says why in words without data."""


def sizes(delta: bytes) -> tuple[int, int, int]:
    """(size of the base, size of the result, where the instructions begin). DamagedError if cut off."""
    base, at = _varint(delta, 0)
    result, at = _varint(delta, at)
    return base, result, at


def apply(base: bytes, delta: bytes) -> bytes:
    """The object in memory. DamagedError if the delta does not fit."""
    base_size, result_size, start = sizes(delta)
    if base_size != len(base):
        raise DamagedError("a delta does not fit its base")
    parts = [part if isinstance(part, bytes) else base[part[0] : part[1]] for part in _parts(delta, start, base_size)]
    result = b"".join(parts)
    if len(result) != result_size:
        raise DamagedError("a delta's result has another size")
    return result


def apply_to_file(base: IO[bytes], base_size: int, delta: bytes, out: IO[bytes]) -> int:
    """The same from file to file; gives the result's size."""
    declared, result_size, start = sizes(delta)
    if declared != base_size:
        raise DamagedError("a delta does not fit its base")
    written = 0
    for part in _parts(delta, start, base_size):
        if isinstance(part, bytes):
            written += out.write(part)
        else:
            base.seek(part[0])
            left = part[1] - part[0]
            while left and (data := base.read(min(left, _COPY_BLOCK))):
                left -= len(data)
                written += out.write(data)
        if written > result_size:
            break
    if written != result_size:
        raise DamagedError("a delta's result has another size")
    return written


def _parts(delta: bytes, at: int, base_size: int) -> Iterator[bytes | tuple[int, int]]:
    end = len(delta)
    made = 0
    most = sizes(delta)[1]
    while at < end:
        code = delta[at]
        at += 1
        if code & 0x80:
            offset = size = 0
            for bit in range(4):
                if code >> bit & 1:
                    if at >= end:
                        raise DamagedError("a delta is cut off")
                    offset |= delta[at] << 8 * bit
                    at += 1
            for bit in range(3):
                if code >> 4 + bit & 1:
                    if at >= end:
                        raise DamagedError("a delta is cut off")
                    size |= delta[at] << 8 * bit
                    at += 1
            size = size or 0x10000
            if offset + size > base_size:
                raise DamagedError("a delta copies from beyond its base")
            made += size
            if made > most:
                raise DamagedError("a delta's result has another size")
            yield offset, offset + size
        elif code:
            if at + code > end:
                raise DamagedError("a delta is cut off")
            made += code
            yield delta[at : at + code]
            at += code
        else:
            raise DamagedError("a delta holds an unknown instruction")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        if at >= len(data) or shift > 63:
            raise DamagedError("a delta is cut off")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return value, at
