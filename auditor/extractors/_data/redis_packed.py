"""Redis' packed values: ziplists, listpacks, intsets, zipmaps, and LZF compression."""

from __future__ import annotations

from collections.abc import Iterator


class PackedError(Exception):
    """The bytes are no such value."""


def lzf(data: bytes, size: int) -> bytes:
    """Unpacked bytes, exactly `size` of them. PackedError where the data say otherwise."""
    out = bytearray()
    at = 0
    end = len(data)
    try:
        while at < end:
            control = data[at]
            at += 1
            if control < 32:
                out += data[at : at + control + 1]
                at += control + 1
                continue
            length = control >> 5
            if length == 7:
                length += data[at]
                at += 1
            back = len(out) - ((control & 0x1F) << 8) - data[at] - 1
            at += 1
            length += 2
            if back < 0:
                raise PackedError
            if back + length <= len(out):
                out += out[back : back + length]
            else:
                piece = bytes(out[back:])
                out += (piece * (length // len(piece) + 1))[:length]
            if len(out) > size:
                raise PackedError
    except IndexError as error:
        raise PackedError from error
    if len(out) != size:
        raise PackedError
    return bytes(out)


def _number(data: bytes, at: int, size: int) -> bytes:
    return str(int.from_bytes(data[at : at + size], "little", signed=True)).encode()


def intset(data: bytes) -> Iterator[bytes]:
    """The numbers of a set, as text."""
    width, count = int.from_bytes(data[:4], "little"), int.from_bytes(data[4:8], "little")
    if width not in (2, 4, 8) or 8 + width * count > len(data):
        raise PackedError
    for at in range(8, 8 + width * count, width):
        yield _number(data, at, width)


def ziplist(data: bytes) -> Iterator[bytes]:
    """The entries. PackedError, after them, if their number or size is not what the head says."""
    at = 10
    count = 0
    try:
        while data[at] != 0xFF:
            at += 5 if data[at] == 0xFE else 1
            count += 1
            head = data[at]
            if head < 0xC0:
                size, skip = (
                    (head, 1) if head < 0x40
                    else ((head & 0x3F) << 8 | data[at + 1], 2) if head < 0x80
                    else (int.from_bytes(data[at + 1 : at + 5], "big"), 5)
                )  # fmt: skip
                at += skip
                if at + size > len(data):
                    raise PackedError
                yield data[at : at + size]
                at += size
            elif head in _ZIP_NUMBERS:
                size = _ZIP_NUMBERS[head]
                yield _number(data, at + 1, size)
                at += 1 + size
            elif 0xF1 <= head <= 0xFD:
                yield str(head - 0xF1).encode()
                at += 1
            else:
                raise PackedError
    except IndexError as error:
        raise PackedError from error
    stated = int.from_bytes(data[8:10], "little")
    if int.from_bytes(data[:4], "little") != len(data) or at + 1 != len(data) or stated not in (count, 0xFFFF):
        raise PackedError


_ZIP_NUMBERS = {0xC0: 2, 0xD0: 4, 0xE0: 8, 0xF0: 3, 0xFE: 1}
_PACK_NUMBERS = {0xF1: 2, 0xF2: 3, 0xF3: 4, 0xF4: 8}


def listpack(data: bytes) -> Iterator[bytes]:
    """The entries. PackedError, after them, if their number or size is not what the head says."""
    at = 6
    count = 0
    try:
        while data[at] != 0xFF:
            head = data[at]
            count += 1
            skip, size = 1, 0
            if head < 0x80:
                yield str(head).encode()
            elif head < 0xC0:
                size = head & 0x3F
            elif head < 0xE0:
                value = (head & 0x1F) << 8 | data[at + 1]
                yield str(value - 8192 if value >= 4096 else value).encode()
                skip = 2
            elif head < 0xF0:
                skip, size = 2, (head & 0x0F) << 8 | data[at + 1]
            elif head == 0xF0:
                skip, size = 5, int.from_bytes(data[at + 1 : at + 5], "little")
            elif head in _PACK_NUMBERS:
                yield _number(data, at + 1, _PACK_NUMBERS[head])
                skip = 1 + _PACK_NUMBERS[head]
            else:
                raise PackedError
            if at + skip + size > len(data):
                raise PackedError
            if 0x80 <= head < 0xC0 or 0xE0 <= head <= 0xF0:
                yield data[at + skip : at + skip + size]
            whole = skip + size
            at += whole + (
                1
                if whole < 128
                else 2
                if whole < 16_384
                else 3
                if whole < 2_097_152
                else 4
                if whole < 268_435_456
                else 5
            )
    except IndexError as error:
        raise PackedError from error
    stated = int.from_bytes(data[4:6], "little")
    if int.from_bytes(data[:4], "little") != len(data) or at + 1 != len(data) or stated not in (count, 0xFFFF):
        raise PackedError


def zipmap(data: bytes) -> Iterator[bytes]:
    """Names and values in turn."""
    at = 1
    name = True
    try:
        while data[at] != 0xFF:
            size = data[at]
            at += 1
            if size == 0xFE:
                size = int.from_bytes(data[at : at + 4], "little")
                at += 4
            free = 0
            if not name:
                free = data[at]
                at += 1
            if at + size > len(data):
                raise PackedError
            yield data[at : at + size]
            at += size + free
            name = not name
    except IndexError as error:
        raise PackedError from error
