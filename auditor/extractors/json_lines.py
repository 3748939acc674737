"""Runs of JSON Lines that are flat objects of the same names in the same order, as exports are: whole columns at once.

Cut at every quote, the lines of such a run differ in their values alone. For that, what is no string is put in quotes (numbers stay as
they are written) and an escaped quote is written as `\\u0022`. A run in which anything else differs is read line by line (json.py).
"""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from auditor.extractors._data.split import is_all, split_lines, starts, with_null
from auditor.extractors.json_records import embedded, is_id
from auditor.extractors.tables import string_array

_BARE: Final = re.compile(rb'(": ?)(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false)(?=[,}])')
_NULL: Final = re.compile(rb'(": ?)null(?=[,}])')
_NOTHING: Final = "\0"
_MAY_EMBED: Final = b"{[ \n"


def flat_lines(text: str, most: int) -> dict[str, pa.StringArray] | None:
    """The columns of whole lines of JSON, null where JSON says so. None if the lines are not flat objects of the same names, `most`
    of these at most, or if a string holds a document by itself.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return None
    if b"\0" in data:
        return None
    data = _without_escaped_quotes(data)
    return _columns(data, most) or _columns(_quoted(data), most)  # mostly there are strings alone


def _columns(data: bytes, most: int) -> dict[str, pa.StringArray] | None:
    between = data[: data.find(b"\n") if b"\n" in data else len(data)].decode().split('"')
    names = between[1::4]
    if len(between) % 4 != 1 or not 0 < len(set(names)) == len(names) <= most:
        return None
    colon, comma = between[2], between[4] if len(names) > 1 else ","
    if colon not in (":", ": ") or comma not in (",", ", ") or any("\\" in name or is_id(name) for name in names):
        return None
    fields = split_lines(data, '"', len(between))
    if fields is None:
        return None
    for number, name in enumerate(names):
        before = comma if number else "{"
        if not (is_all(fields[4 * number], before) and is_all(fields[4 * number + 1], name)):
            return None
        if not is_all(fields[4 * number + 2], colon):
            return None
    if not is_all(fields[-1], "}"):
        return None
    nulls, escaped = _NOTHING.encode() in data, b"\\" in data
    columns = {}
    for name, field in zip(names, fields[3::4], strict=True):
        column = _values(field, nulls=nulls, escaped=escaped)
        if column is None:
            return None
        columns[name] = column
    return columns


def _without_escaped_quotes(data: bytes) -> bytes:
    """The same JSON in which every quote opens or closes a string."""
    if b"\\" not in data:  # one byte is sought twenty times as fast as two
        return data
    if b"\\\\" in data:
        data = data.replace(b"\\\\", b"\\u005c")
    return data.replace(b'\\"', b"\\u0022") if b'\\"' in data else data


def _quoted(data: bytes) -> bytes:
    """The same lines with their numbers and literals in quotes, and `null` as a NUL.

    What looks like that within a string makes the line one of other fields, which no run has.
    """
    return _BARE.sub(rb'\1"\2"', _NULL.sub(rb'\1"' + _NOTHING.encode() + b'"', data))


def _values(column: pa.StringArray, *, nulls: bool, escaped: bool) -> pa.StringArray | None:
    """A column of strings as they are written, as they are meant; None if one is broken or holds a document."""
    if nulls:
        column = with_null(column, _NOTHING)
    if escaped:
        mask = pc.fill_null(pc.match_substring(column, "\\"), False)
        if pc.any(mask).as_py():
            try:
                meant = [_unescaped(value) for value in column.filter(mask).to_pylist()]
            except json.JSONDecodeError:
                return None
            column = pc.replace_with_mask(column, mask, string_array(meant))
    if any(embedded(column[place].as_py()) is not None for place in starts(column, _MAY_EMBED)):
        return None
    return column


def _unescaped(value: str) -> str:
    text, _ = scanstring(value + '"', 0, False)
    return str(text)
