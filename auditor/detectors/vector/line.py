"""Cells as one run of bytes: which are clean text, and their normal forms.

Clean text is its own folded form, and in NFKC only its SARA AM (U+0E33) changes: ASCII, Hangul syllables, Chinese characters
and Thai, in the order in which one writes it (Unicode's composition tables).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from auditor.detectors.vector.cells import Bytes, Cells, Mask, in_ranges, strings

LONGEST: Final = 400
"""Bytes of the longest cell looked at; longer ones go the scalar way."""
_PIECE: Final = 1 << 18
_NIKHAHIT: Final = "\u0e4d".encode()
_AA: Final = "\u0e32".encode()
_AM_LAST: Final = "\u0e33".encode()[2]
_DIGIT_ZERO, _PHINTHU, _SARA_U, _MAI_EK = 0x50, 0x3A, 0x38, 0x48
Positions = NDArray[np.intp]
Ranges = tuple[tuple[int, int], ...]
PRINTABLE: Final[Ranges] = ((0x20, 0x24), (0x27, 0x5B), (0x5D, 0x7E))
"""ASCII without what escapes a character: `%`, `&`, backslash."""
LEADS: Final[Ranges] = ((0xE0, 0xE0), (0xE4, 0xED))
"""First bytes of Thai, of Chinese characters, of Hangul; what else they begin is refused by the second byte."""


class Line:
    """Cells that follow each other, none empty, as one run of bytes. `starts` and `ends` are each cell's in it."""

    def __init__(self, cells: Cells, first: int, last: int) -> None:
        begin, end = int(cells.starts[first]), int(cells.starts[last - 1] + cells.widths[last - 1])
        self.data: Bytes = cells.data[begin:end]
        self.starts: Positions = cells.starts[first:last].astype(np.intp) - begin
        self.ends: Positions = self.starts + cells.widths[first:last]
        self.bad = np.zeros(last - first, np.bool_)
        self.letters: Bytes = np.zeros(0, np.uint8)
        """At each byte that begins a Thai character: its place in Thai's block, from U+0E00 on."""
        padded = np.concatenate((self.data, np.zeros(8, np.uint8)))
        self._eights = np.ndarray((len(self.data) + 1,), "<u8", padded.data, strides=(1,))

    def spoil(self, positions: Positions) -> None:
        """What stands there makes its cell none of ours."""
        if len(positions):
            self.bad[np.searchsorted(self.starts, positions, "right") - 1] = True

    def places(self, byte: int) -> tuple[Positions, Positions, Positions]:
        """(where a byte stands, how many of these stand before each cell, how many in it)."""
        found = np.flatnonzero(self.data == byte)
        before = np.searchsorted(found, self.starts)
        return found, before, np.diff(before, append=len(found))

    def at(self, positions: Positions) -> NDArray[np.uint64]:
        """Eight bytes from each position on, zeros past the end."""
        eight: NDArray[np.uint64] = self._eights[positions]
        return eight


def clean(line: Line, ascii_allowed: Ranges = PRINTABLE, leads: Ranges = LEADS) -> None:
    """Spoil cells with other characters than some ASCII and letters of Thai, Chinese and Korean (by their first bytes); cells with
    Thai digits, which folding changes, or Thai marks out of order, which NFKC changes; and those with spaces at an end or two in a row.
    """
    data = line.data
    if len(data) < 8:
        line.bad[:] = True
        return
    bad = np.logical_not(in_ranges(data, (*ascii_allowed, (0x80, 0xBF), *leads)))
    space = data == 0x20
    bad[1:] |= space[1:] & space[:-1]
    if any(low <= 0xE0 <= high for low, high in leads):
        _clean_thai(line, bad)
    further = int(data.max()) >= 0xE4
    for byte, least, most in ((0xE4, 0xB8, 0xBF), (0xEA, 0xB0, 0xBF), (0xED, 0x80, 0x9D)):
        if further and any(low <= byte <= high for low, high in leads):
            begins = np.flatnonzero(data[:-1] == byte)
            bad[begins[data[begins + 1] - np.uint8(least) > most - least]] = True
    if bad.any():
        line.spoil(np.flatnonzero(bad))
    line.bad |= space[line.starts] | space[line.ends - 1]


def _clean_thai(line: Line, bad: Mask) -> None:
    data = line.data
    lead = data[:-2] == 0xE0
    second = data[1:-1]
    letters = (second & np.uint8(1)) << np.uint8(6)
    letters |= data[2:] & np.uint8(0x3F)
    wrong = second & np.uint8(0xFE) != 0xB8
    wrong |= letters >= _DIGIT_ZERO
    wrong |= (letters == 0) | (letters == _PHINTHU)
    wrong[:-3] |= (letters[:-3] - np.uint8(_MAI_EK) < 4) & (letters[3:] - np.uint8(_SARA_U) < 2) & lead[3:]
    wrong &= lead
    bad[:-2] |= wrong
    line.letters = letters


def pieces(cells: Cells) -> Iterator[tuple[int, int]]:
    """(first row, row after the last) of stretches of cells of about as many bytes as stay in a core's own cache."""
    first = 0
    while first < cells.size:
        last = int(np.searchsorted(cells.starts, cells.starts[first] + np.int32(_PIECE), "right"))
        last = min(max(last, first + 1), cells.size)
        yield first, last
        first = last


def normal(cells: Cells) -> pa.StringArray:
    """The cells with SARA AM in its normal form, which is one character more; the array itself where none has one."""
    texts: list[Bytes] = []
    found: list[Positions] = []
    for first, last in pieces(cells):
        begin = int(cells.starts[first])
        text, places = _spelled(cells.data[begin : int(cells.starts[last]) if last < cells.size else cells.end])
        texts.append(text)
        found.append(places + begin)
    if not any(len(places) for places in found):
        return cells.array
    offsets = np.append(cells.starts, np.int32(cells.end))
    longer = 3 * np.searchsorted(np.concatenate(found), offsets)
    return strings((offsets - offsets[0] + longer).astype(np.int32), np.concatenate(texts))


def _spelled(data: Bytes) -> tuple[Bytes, Positions]:
    """(a piece of text with SARA AM in its normal form, where each began)."""
    if len(data) < 3:
        return data, np.zeros(0, np.intp)
    places = np.flatnonzero(data == _AM_LAST)
    of_am = places[(places > 1) & (data[places - 1] == 0xB8) & (data[places - 2] == 0xE0)]
    if len(of_am) == len(places):
        text = data.copy()
        text[places - 1] = _NIKHAHIT[1]
        written = text.tobytes().replace(bytes([_AM_LAST]), _NIKHAHIT[2:] + _AA)
        return np.frombuffer(written, np.uint8), places - 2
    places = of_am - 2
    out = np.empty(len(data) + 3 * len(places), np.uint8)
    kept = np.ones(len(out), np.bool_)
    new = places + 3 * np.arange(len(places))
    for index, byte in enumerate(_NIKHAHIT):
        kept[new + index] = False
        out[new + index] = byte
    out[kept] = data
    out[new + 5] = _AA[2]
    return out, places
