"""Thai addresses as they are mostly written: house, …, sub-district, district, province, postcode, one space between two."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditor.detectors.recognizer import Recognizer
from auditor.detectors.validators import Validity
from auditor.detectors.vector.cells import Bytes, Cells, Mask, gather
from auditor.detectors.vector.line import LONGEST, Line, Positions, clean, pieces
from auditor.model.rule import Pattern

_SUB_DISTRICT: Final = ("ต.", "ตำบล", "แขวง")
_DISTRICT: Final = ("อ.", "อำเภอ", "เขต")
_PROVINCE: Final = ("", "จ.")
_LEAST, _MOST = 6, 75
"""Bytes of a name: 2 to 25 characters."""
_BETWEEN: Final = 60
"""Characters between house and sub-district."""
_HOUSE: Final = 9
"""Bytes of the longest number of a house."""
_SHORTEST: Final = 30
"""No such address has fewer bytes."""
_GLANCE: Final = 1000
"""So many rests are looked at first to see whether they repeat."""


def usual(recognizer: Recognizer, pattern: Pattern) -> bool:
    """Whether the rule's pattern takes what `addresses` tells: each word for a district, and the longest of everything."""
    longest = "ก" * (_MOST // 3)
    samples = [
        f"{house} {between}{sub}{name} {district}{name} {province}{name} {postcode}"
        for house, between, name, postcode in (
            ("1", "", "กม", "10000"),
            ("9999/9999", "ถ.aZ9/-. " + "ก" * 51, longest, "99999"),
        )
        for sub in _SUB_DISTRICT
        for district in _DISTRICT
        for province in _PROVINCE
    ]
    return all(recognizer.canonical(sample) == (pattern, Validity.VALID) for sample in samples)


def addresses(line: Line) -> Mask:
    """Which cells of clean text surely are such an address."""
    data = line.data
    spaces, before, count = line.places(0x20)
    good: Mask = (count >= 4) & ~line.bad
    if not good.any():
        return good
    last = before + count - 1

    def space(number: Positions) -> Positions:
        return spaces[np.clip(number, 0, len(spaces) - 1)]

    first, of_sub, of_district, of_province, of_postcode = (
        space(before),
        space(last - 3),
        space(last - 2),
        space(last - 1),
        space(last),
    )
    of_sub = np.where(count == 4, first, of_sub)
    good &= _postcode(line, of_postcode) & _house(line, first)
    dots = np.zeros(len(good), np.intp)
    for start, end, words in (
        (of_sub + 1, of_district, _SUB_DISTRICT),
        (of_district + 1, of_province, _DISTRICT),
        (of_province + 1, of_postcode, _PROVINCE),
    ):
        size, dotted = _prefix(line, start, words)
        good &= (size >= 0) & (end - start - size >= _LEAST) & (end - start - size <= _MOST)
        dots += dotted
    # Between sub-district and postcode nothing but Thai letters, the two spaces, and the dots of the words.
    other = np.flatnonzero((data < 0x80) & (data != 0x20))
    from_sub = np.searchsorted(other, of_sub)
    good &= np.searchsorted(other, of_postcode) - from_sub == dots
    ascii_between = from_sub - np.searchsorted(other, first) + count - 4
    size = of_sub - first
    good &= (size - ascii_between) // 3 + ascii_between <= _BETWEEN
    return good & _plain_between(line, other)


def by_rest(cells: Cells) -> Mask | None:
    """The same of whole cells, told once for all that go on alike behind the house; None where few do.

    A street's houses differ and its district does not. Behind a house's number nothing is asked of it any more.
    """
    rows = np.flatnonzero((cells.widths >= _SHORTEST) & (cells.widths <= LONGEST))
    if len(rows) < 4 * _GLANCE:
        return None
    starts = cells.starts[rows]
    columns = np.ascontiguousarray(gather(cells.data, starts, _HOUSE + 1).T)
    numbered, size = _numbered(columns)
    rows, starts = rows[numbered], starts[numbered]
    if len(rows) < 4 * _GLANCE:
        return None
    splits = np.repeat(np.append(cells.starts, np.int32(cells.end)), 2)[:-1]  # each cell in two: the house, the rest
    splits[2 * rows + 1] = starts + size[numbered]
    parts = pa.Array.from_buffers(pa.string(), 2 * cells.size, [None, pa.py_buffer(splits), cells.array.buffers()[2]])
    rests = parts.take(pa.array(2 * rows + 1))
    if len(rests.slice(len(rests) // 2, 4 * _GLANCE).unique()) > 0.9 * 4 * _GLANCE:
        return None
    encoded = rests.dictionary_encode()
    if len(encoded.dictionary) * 2 > len(rests):
        return None
    some = Cells(pc.binary_join_element_wise("1", encoded.dictionary, ""))
    told = np.zeros(some.size, np.bool_)
    for first, last in pieces(some):
        line = Line(some, first, last)
        clean(line)
        told[first:last] = addresses(line)
    mask = np.zeros(cells.size, np.bool_)
    mask[rows] = told[encoded.indices.to_numpy(zero_copy_only=False)]
    return mask


def _numbered(columns: Bytes) -> tuple[Mask, Bytes]:
    """(which cells begin with a house's number and a space, how many bytes it has); `columns` are their first bytes."""
    good = np.ones(columns.shape[1], np.bool_)
    ended = np.zeros(columns.shape[1], np.bool_)
    state, slashes, size = (np.zeros(columns.shape[1], np.uint8) for _ in range(3))
    for byte in columns:
        ended |= byte == ord(" ")
        slash = byte == ord("/")
        good &= ended | (byte - np.uint8(48) < 10) | (slash & (state > 0))
        slash &= ~ended
        slashes += slash
        size += ~ended
        state += ~ended
        state[slash] = 0
        good &= state <= 4
    return good & ended & (slashes <= 1) & (state > 0), size


def _plain_between(line: Line, other: Positions) -> Mask:
    """Cells whose ASCII is letters, digits and `. / -` only, and all else Thai."""
    byte = line.data[other]
    letter = (byte | np.uint8(0x20)) - np.uint8(97) < 26
    odd = other[~(letter | (byte - np.uint8(0x2D) <= 12))]
    plain = np.ones(len(line.starts), np.bool_)
    if int(line.data.max()) > 0xE0:
        odd = np.append(odd, np.flatnonzero(line.data > 0xE0))
    if len(odd):
        plain[np.searchsorted(line.starts, odd, "right") - 1] = False
    return plain


def _digit(line: Line, at: Positions) -> Mask:
    answer: Mask = line.data[np.minimum(at, len(line.data) - 1)] - np.uint8(48) < 10
    return answer


def _postcode(line: Line, space: Positions) -> Mask:
    good: Mask = line.ends - space == 6
    for place in range(1, 6):
        good &= _digit(line, space + place)
    good &= line.data[np.minimum(space + 1, len(line.data) - 1)] != ord("0")
    return good


def _house(line: Line, space: Positions) -> Mask:
    """Digits, at most four, or twice so many with a slash between."""
    size = space - line.starts
    good: Mask = (size >= 1) & (size <= _HOUSE)
    state = np.zeros(len(size), np.int8)  # digits since the beginning or the slash
    slashes = np.zeros(len(size), np.int8)
    for place in range(min(_HOUSE, int(size.max()))):
        inside = size > place
        at = np.minimum(line.starts + place, len(line.data) - 1)
        digit = _digit(line, at)
        slash = line.data[at] == ord("/")
        good &= ~inside | digit | (slash & (state > 0))
        slashes += inside & slash
        state = np.where(inside, np.where(slash, 0, state + 1), state).astype(np.int8)
        good &= state <= 4
    return good & (slashes <= 1) & (state > 0)


def _prefix(line: Line, start: Positions, words: tuple[str, ...]) -> tuple[Positions, Positions]:
    """(bytes of the word that a cell has at a place, -1 for none of them; its dots)."""
    size = np.full(len(start), 0 if "" in words else -1, np.intp)
    dots = np.zeros(len(start), np.intp)
    first = line.at(np.minimum(start, len(line.data)))
    further = line.at(np.minimum(start + 8, len(line.data)))
    for word in words:
        text = word.encode()
        if text:
            has = first & _low(len(text)) == np.uint64(int.from_bytes(text[:8], "little"))
            if len(text) > 8:
                has &= further & _low(len(text) - 8) == np.uint64(int.from_bytes(text[8:], "little"))
            size[has] = len(text)
            dots[has] = word.count(".")
    return size, dots


def _low(count: int) -> np.uint64:
    return np.uint64((1 << 8 * min(count, 8)) - 1)
