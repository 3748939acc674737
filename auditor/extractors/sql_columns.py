"""Rows of SQL dumps as whole columns: what a line of COPY is split at, and where the tuples of a long INSERT begin and end, told of a
block at once. Whatever is not as dump programs write it is left to the grammar (sql_values.py): None, and nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from auditor.extractors import sql_values as grammar
from auditor.extractors._data.split import LONGEST_LINE, split_lines, starts, with_null
from auditor.extractors.tables import string_array
from auditor.model.noun import noun

_FEW: Final = 8
"""Rows of one INSERT below which one by one is faster."""

_CELL: Final = "\x1f"
_BACKSLASH: Final = b"\x02"
_QUOTE: Final = b"\x03"
_NULLS: Final = pa.array(["NULL", "null", "Null"])
_BARE: Final = r"^[-+.0-9A-Za-z_]+$"


def copy_columns(lines: str, width: int) -> list[pa.StringArray] | None:
    """The columns of whole lines of COPY in its text format; None if not all have `width` cells."""
    try:
        data = lines.encode()
    except UnicodeEncodeError:
        return None
    columns = split_lines(data, "\t", width)
    if columns is None or b"\\" not in data:
        return columns
    return [_meant(with_null(column, "\\N"), grammar.copy_unescape) for column in columns]


@noun
class Tuples:
    """The first tuples of an INSERT: their columns, how many characters and rows they are, and whether each has a line of its own."""

    columns: list[pa.StringArray] = field(repr=False)
    size: int
    rows: int
    own_lines: bool


def tuple_columns(text: str, syntax: grammar.Syntax, most: int) -> Tuples | None:
    """The tuples that `text` begins with, up to the statement's end or the last whole one. None if they are few, have more than `most`
    values or different numbers of them, or if any is more than strings without a prefix and single words.
    """
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return None
    if any(letter in raw for letter in (b"\r", _CELL.encode(), _BACKSLASH, _QUOTE)):
        return None
    data = raw
    escaped = syntax.backslash and b"\\" in raw
    if escaped:
        data = raw.replace(b"\\\\", _BACKSLASH * 2).replace(b"\\'", _QUOTE * 2)  # of the same length: places stay
    letters = np.frombuffer(data, np.uint8)
    quotes = letters == ord("'")
    outside = (np.cumsum(quotes, dtype=np.uint8) & 1) == 0
    ends = np.flatnonzero((letters == ord(";")) & outside)
    if ends.size:
        letters, quotes, outside = letters[: ends[0]], quotes[: ends[0]], outside[: ends[0]]
    closing = np.flatnonzero((letters == ord(")")) & outside)
    if closing.size < _FEW:
        return None
    size = int(closing[-1]) + 1
    letters, quotes, outside = letters[:size], quotes[:size], outside[:size]
    opening = np.flatnonzero((letters == ord("(")) & outside)
    if opening.size != closing.size or opening[0] != 0 or not (opening < closing).all():
        return None
    gap = _between(letters, opening, closing)
    newlines = np.count_nonzero(letters == ord("\n"))
    if gap is None or newlines != (closing.size - 1 if gap == b",\n" else 0):
        return None
    lines = _lines(letters, quotes, outside, opening, closing)
    if lines is None:
        return None
    width = lines[: lines.find(b"\n")].count(_CELL.encode()) + 1
    cells = split_lines(lines, _CELL, width) if width <= most else None
    if cells is None:
        return None
    columns = []
    for cell in cells:
        column = _literals(cell, escaped=escaped)
        if column is None:
            return None
        columns.append(column)
    characters = int(np.count_nonzero((letters & 0xC0) != 0x80))
    return Tuples(columns=columns, size=characters, rows=closing.size, own_lines=gap == b",\n")


Letters = NDArray[np.uint8]
Places = NDArray[np.intp]


def _between(letters: Letters, opening: Places, closing: Places) -> bytes | None:
    """What stands between two tuples, if it is the same between all: a comma, maybe with a space or a line's end behind it."""
    gap = letters[closing[0] + 1 : opening[1]].tobytes()
    if gap not in (b",", b", ", b",\n") or not (opening[1:] - closing[:-1] == len(gap) + 1).all():
        return None
    for at, letter in enumerate(gap, 1):
        if not (letters[closing[:-1] + at] == letter).all():
            return None
    return gap


def _lines(
    letters: Letters, quotes: NDArray[np.bool_], outside: NDArray[np.bool_], opening: Places, closing: Places
) -> bytes | None:
    """A line for each tuple, its cells behind `_CELL`: a string with its first quote alone, and a quote within it once.

    None if a quote stands anywhere else than at an end of a value or twice within one.
    """
    places = np.flatnonzero(quotes)
    first, last = places[::2], places[1::2]
    doubled = np.zeros(first.size, np.bool_)  # it goes on with the string that the quote before it seemed to close
    doubled[1:] = first[1:] == last[:-1] + 1
    goes_on = np.zeros(first.size, np.bool_)
    goes_on[:-1] = doubled[1:]
    before, after = letters[first[~doubled] - 1], letters[last[~goes_on] + 1]
    if not (_is_one_of(before, b"(, ").all() and _is_one_of(after, b",)").all()):
        return None
    commas = np.flatnonzero((letters == ord(",")) & outside)
    out = letters.copy()
    out[commas] = ord(_CELL)
    out[closing[:-1]] = ord("\n")
    keep = np.ones(letters.size, np.bool_)
    keep[last] = False
    keep[opening] = False
    keep[closing[-1]] = False
    for at in range(1, int(opening[1] - closing[0])):  # what stands between tuples
        keep[closing[:-1] + at] = False
    spaces = np.flatnonzero((letters == ord(" ")) & outside)
    if not (_is_one_of(letters[spaces - 1], b",") & outside[spaces - 1]).all():
        return None
    keep[spaces] = False
    return out[keep].tobytes()


def _is_one_of(letters: Letters, which: bytes) -> NDArray[np.bool_]:
    return np.isin(letters, np.frombuffer(which, np.uint8))


def _literals(column: pa.StringArray, *, escaped: bool) -> pa.StringArray | None:
    """The values of literals, with backslashes in their strings if they are `escaped`; None if one is neither a string nor a single word."""
    strings = np.zeros(len(column), np.bool_)
    strings[starts(column, b"'")] = True
    texts = pc.binary_slice(column.view(pa.binary()), 1, LONGEST_LINE).view(pa.string()) if strings.any() else column
    if escaped:
        texts = _meant(texts, lambda text: grammar.unescape(text, backslash=True, quote="\0"))
        for mark, letters in ((_BACKSLASH, "\\"), (_QUOTE, "'")):
            texts = pc.replace_substring(texts, pattern=mark.decode() * 2, replacement=letters)
    if strings.all():
        return texts
    words = column.filter(pa.array(~strings))
    if not pc.all(pc.match_substring_regex(words, _BARE)).as_py():
        return None
    if _holds(words, "x") or _holds(words, "X"):
        words = string_array([grammar.word_value(word) for word in words.to_pylist()])
    else:
        words = pc.if_else(pc.is_in(words, value_set=_NULLS), pa.scalar(None, pa.string()), words)
    return words if not strings.any() else pc.replace_with_mask(texts, pa.array(~strings), words)


def _meant(column: pa.StringArray, unescape: Callable[[str], str]) -> pa.StringArray:
    """The column with the values that hold a backslash as they are meant; few do."""
    mask = pc.fill_null(pc.match_substring(column, "\\"), False)
    if not pc.any(mask).as_py():
        return column
    return pc.replace_with_mask(
        column, mask, string_array([unescape(value) for value in column.filter(mask).to_pylist()])
    )


def _holds(column: pa.StringArray, letters: str) -> bool:
    return bool(pc.any(pc.match_substring(column, letters)).as_py())
