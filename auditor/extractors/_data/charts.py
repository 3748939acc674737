"""Which bytes of a block may be text, for all of them at once: what the printable-run pass looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

PRINTABLE: Final = bytes(byte for byte in range(256) if 0x20 <= byte < 0x7F or byte in b"\t\n\r")
Mask = NDArray[np.bool_]

_LEADS: Final = {"cp949": (0xB0, 0xC8), "gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6), "shift_jis": (0x82, 0x97)}
"""First bytes of an encoding's usual characters; rarer ones are decoded where they stand among them."""

_ENOUGH_ASCII: Final = 8
"""A shorter number or name means nothing without the words around it, and random bytes are full of them."""

_THAI_IN_A_ROW: Final = 6
_LEAST_THAI: Final = 10


def _set(characters: Iterable[int]) -> Mask:
    mask = np.zeros(256, np.bool_)
    mask[list(characters)] = True
    return mask


_ASCII: Final = _set(PRINTABLE).tobytes()
_WORD: Final = _set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_@").tobytes()
_THAI: Final = _set([*range(0xA1, 0xDB), *range(0xDF, 0xFC)])
_THAI_CONSONANTS: Final = _set(range(0xA1, 0xCF))
_THAI_MARKS: Final = _set([0xD1, *range(0xD4, 0xDB), *range(0xE7, 0xEF)])
_THAI_BEHIND: Final = _set([0xD0, 0xD2, 0xD3])


class Chart:
    """What the engagement's encodings make of bytes. `double` are the two-byte encodings among them, Korean always."""

    def __init__(self, encodings: Iterable[str]) -> None:
        named = tuple(encodings)
        self.double = tuple(encoding for encoding in dict.fromkeys((*named, "cp949")) if encoding in _LEADS)
        self._thai = "cp874" in named

    def narrow(self, block: bytes, raw: NDArray[np.uint8], least: int) -> Iterator[tuple[int, int]]:
        """Start and end of the runs of `least` bytes whose characters are no accident."""
        ascii_mask = np.frombuffer(block.translate(_ASCII), np.bool_)
        if len(raw) < least:
            return
        mask, sure = ascii_mask, ascii_mask
        if not block.isascii():
            mask, sure = self._beyond(raw, ascii_mask)
        found = spans(mask, least)
        if not len(found):
            return
        edges = found.ravel()
        if edges[-1] == len(raw):
            edges = edges[:-1]

        def count(where: Mask) -> NDArray[np.int32]:
            return np.add.reduceat(where, edges, dtype=np.int32)[::2]

        kept = count(ascii_mask) >= _ENOUGH_ASCII
        if sure is not ascii_mask:
            kept |= count(sure) > 0
        kept |= count(np.frombuffer(block.translate(_WORD), np.bool_)) == found[:, 1] - found[:, 0]
        yield from map(tuple, found[kept].tolist())

    def _beyond(self, raw: NDArray[np.uint8], ascii_mask: Mask) -> tuple[Mask, Mask]:
        """Bytes of characters in any encoding, and those where so many beyond ASCII stand together that they must be text."""
        size = len(raw)
        mask = ascii_mask.copy()
        sure = np.zeros(size, np.bool_)
        follows = (raw & 0xC0) == 0x80
        two = (raw[:-1] >= 0xC2) & (raw[:-1] <= 0xC9) & follows[1:]
        three = (raw[:-2] & 0xF0 == 0xE0) & follows[1:-1] & follows[2:]
        four = (raw[:-3] & 0xF8 == 0xF0) & follows[1:-2] & follows[2:-1] & follows[3:]
        for width, starts in ((2, two), (3, three), (4, four)):
            for shift in range(width):
                mask[shift : size - width + 1 + shift] |= starts
        if size >= 6:
            sure[: size - 5] = three[:-3] & three[3:]
        trails = (raw >= 0xA1) & (raw != 0xFF)
        for encoding in self.double:
            first, last = _LEADS[encoding]
            behind = trails[1:] if encoding in ("cp949", "gb18030") else (raw[1:] >= 0x40) & (raw[1:] != 0x7F)
            pair = (raw[:-1] >= first) & (raw[:-1] <= last) & behind
            mask[:-1] |= pair
            mask[1:] |= pair
            if size >= 6:
                sure[: size - 5] |= pair[:-4] & pair[2:-2] & pair[4:]
        return mask, sure

    def thai(self, raw: NDArray[np.uint8]) -> Iterator[tuple[int, int]]:
        """Where TIS-620 may stand: runs with some Thai letters in a row, whose marks stand where marks may."""
        if not self._thai or len(raw) < _LEAST_THAI:
            return
        letters = _THAI[raw]
        carrier = _THAI_CONSONANTS[raw] | _THAI_MARKS[raw]
        wrong = np.zeros(len(raw), np.bool_)
        wrong[1:] = (_THAI_MARKS[raw[1:]] | _THAI_BEHIND[raw[1:]]) & ~carrier[:-1]
        wrong[0] = _THAI_MARKS[raw[0]]
        letters &= ~wrong
        mask = letters | np.frombuffer(raw.tobytes().translate(_ASCII), np.bool_)
        sure = np.zeros(len(raw), np.bool_)
        for start, end in spans(letters, _THAI_IN_A_ROW).tolist():
            sure[start:end] = True
        found = spans(mask, _LEAST_THAI)
        totals = np.concatenate((np.zeros(1, np.int32), np.cumsum(sure, dtype=np.int32)))
        yield from map(tuple, found[totals[found[:, 1]] > totals[found[:, 0]]].tolist())


def spans(mask: Mask, least: int) -> NDArray[np.int64]:
    """Start and end of where at least so many in a row are true, a row each."""
    if len(mask) < least:
        return np.zeros((0, 2), np.int64)
    width, worn = 1, mask
    while width < least:  # worn[i]: `width` in a row from i on
        step = min(width, least - width)
        worn = worn[: len(worn) - step] & worn[step:]
        width += step
    edges = np.flatnonzero(worn[1:] != worn[:-1]) + 1
    if worn[0]:
        edges = np.concatenate((np.zeros(1, edges.dtype), edges))
    if len(edges) % 2:
        edges = np.concatenate((edges, np.full(1, len(worn), edges.dtype)))
    found = edges.astype(np.int64).reshape(-1, 2)
    found[:, 1] += least - 1
    return found


def wide_units(block: bytes, first: int, order: str) -> Mask:
    """Which units of UTF-16 in this byte order, from the byte `first` on, are usual characters."""
    count = (len(block) - first) // 2
    return _usual(order)[np.frombuffer(block, "<u2", count, first)] if count > 0 else np.zeros(0, np.bool_)


@cache
def _usual(order: str) -> Mask:
    """By unit as a little-endian machine reads it: ASCII, the usual Hangul and hanzi, kana, Thai: one in seven of all units."""
    usual = np.zeros(1 << 16, np.bool_)
    usual[0x20:0x7F] = True
    usual[[9, 10, 13]] = True
    usual[0x0E01:0x0E3B] = usual[0x0E40:0x0E4F] = True
    usual[0x3041:0x30FF] = True
    for lead in range(0xB0, 0xF8):
        for trail in range(0xA1, 0xFF):
            for encoding in ("gb2312", "euc-kr") if lead < 0xC9 else ("gb2312",):
                if text := bytes((lead, trail)).decode(encoding, "ignore"):
                    usual[ord(text)] = True
    return usual if order == "utf-16-le" else usual[np.arange(1 << 16, dtype=np.uint16).byteswap()]
