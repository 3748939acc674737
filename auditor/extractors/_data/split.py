"""Whole lines as columns, by Arrow's CSV reader: 20 times as fast as line by line. Without quotes, lines are cut at every delimiter.

A quote can be the delimiter: then what stands in quotes and what stands between them are columns by turns, and a caller that finds
the same text between the quotes of all lines has parsed them.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

LONGEST_LINE: Final = 1 << 20
_AT_ONCE: Final = 2 << 20
"""Bytes that Arrow takes at a time: half as dear as a whole block of 8 MiB, whose columns it would make in new memory, and copy once
more. No line may be longer, which no caller's is.
"""
_CELLS: Final = 4_000_000


def split_lines(data: bytes, delimiter: str, width: int) -> list[pa.StringArray] | None:
    """A column for each of the `width` fields of every line of UTF-8; None if a line has more or fewer, or is beyond 1 MiB.

    Lines end with `\\n` alone; the last one may have no end. No value is null.
    """
    if b"\r" in data:
        return None
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n"))
    lengths = np.diff(ends, prepend=-1, append=len(data))
    # To Arrow a blank line is a row of as many empty cells as any other.
    blank = width > 1 and len(ends) and lengths[:-1].min() == 1
    if blank or lengths.max() > LONGEST_LINE:
        return None
    try:
        return read_lines(data, delimiter, width)
    except pa.ArrowInvalid:
        return None


def read_lines(data: bytes, delimiter: str, width: int, quote: str = "") -> list[pa.StringArray] | None:
    """The columns of lines of UTF-8 that are each one row; None if a quoted value holds a line's end, or the cells are too many for one
    batch. ArrowInvalid if a row has more or fewer than `width` fields. Lines end with `\n`; without `quote` no character is one.
    """
    count = int(np.count_nonzero(np.frombuffer(data, np.uint8) == ord("\n"))) + (not data.endswith(b"\n"))
    if count * width > _CELLS:
        return None
    # Where Arrow may meet quotes it goes eight bytes at a time; where it may not, one by one: twice the time.
    character = quote or ('"' if delimiter != '"' and b'"' not in data else False)
    names = [str(column) for column in range(width)]
    table = pyarrow.csv.read_csv(
        pa.BufferReader(data),
        read_options=pyarrow.csv.ReadOptions(
            use_threads=False, column_names=names, block_size=len(data) + 64 if quote else _AT_ONCE
        ),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=delimiter, quote_char=character, newlines_in_values=bool(quote), ignore_empty_lines=False
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
        ),
    )
    return [column.combine_chunks() for column in table.columns] if table.num_rows == count else None


def is_all(column: pa.StringArray, text: str) -> bool:
    """Whether every value is this text."""
    return bool(pc.all(pc.equal(column, text)).as_py())


def with_null(column: pa.StringArray, text: str) -> pa.StringArray:
    """The column with null for each value that is this text."""
    mask = pc.equal(column, text)
    return pc.if_else(mask, pa.scalar(None, pa.string()), column) if pc.any(mask).as_py() else column


def starts(column: pa.StringArray, letters: bytes) -> list[int]:
    """The places of values that begin with one of these letters of ASCII; null is no such value."""
    _, offsets, data = column.buffers()
    if data is None or not data.size:
        return []
    bounds = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    table = np.zeros(256, np.bool_)
    table[list(letters)] = True
    first = np.frombuffer(data, np.uint8)[np.minimum(bounds[:-1], data.size - 1)]
    places: list[int] = np.flatnonzero(table[first] & (bounds[1:] > bounds[:-1])).tolist()
    return places
