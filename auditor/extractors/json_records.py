"""JSON values → rows: nested objects flattened to dotted paths, each object in an array a row of its own."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from auditor.extractors.tables import RecordBatches, column_name
from auditor.model.content import Table

KEY_COLUMN: Final = "key"
"""The column of a member's name where names are data: `{"1042": {…}, "1043": {…}}`."""

VALUE_COLUMN: Final = "value"
_MAP_MEMBERS: Final = 50
_EMBEDDED_LEVELS: Final = 8
# A member's name that is a value: digits and punctuation, an address, a UUID, a hash or a token, or far too long.
# Such a name must neither be a column (reports show columns in clear) nor escape the detectors.
_ID: Final = re.compile(
    r"[\W\d_]*\d[\W\d_]*|[^@\s]+@[^@\s]+|[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{27}|[0-9A-Fa-f]{16,}"
    r"|(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=(?:[^0-9]*[0-9]){3})[A-Za-z0-9+/_-]{20,}={0,2}|.{129,}|[^\d]{0,8}\d{4,}",
    re.DOTALL,
)


class Members(list[tuple[str, Any]]):
    """A JSON object as its members in order: a name that comes twice keeps both values."""

    __slots__ = ()


DECODER: Final = json.JSONDecoder(
    strict=False, object_pairs_hook=Members, parse_int=str, parse_float=str, parse_constant=str
)
"""Numbers stay the text they were written as: 13 digits, `9.0e12`, `007` never become a float."""


@lru_cache(maxsize=65_536)
def is_id(name: str) -> bool:
    """Whether a member's name is data rather than a field's name."""
    return _ID.fullmatch(name) is not None


def is_map(members: Members) -> bool:
    """Whether an object is a collection: its objects have ids for names, or it has many and nearly nothing else."""
    objects = 0
    for name, value in members:
        if type(value) is Members:
            if is_id(name):
                return True
            objects += 1
    return objects >= _MAP_MEMBERS and objects * 10 >= len(members) * 9


def child(table: str, path: str) -> str:
    """The name of the table of an array at `path` within a row of `table`."""
    return f"{table}[].{path}" if table and path else path or f"{table}[]" if table else path


def scalar(value: Any) -> str | None:
    """The JSON text of a number or literal, a string itself, None for null."""
    if value is None or type(value) is str:
        return value
    return "true" if value is True else "false" if value is False else str(value)


def embedded(text: str) -> Any:
    """The object or array that a string holds; None if it holds none."""
    bare = text.strip()
    if len(bare) < 4 or (bare[0], bare[-1]) not in (("{", "}"), ("[", "]")):
        return None
    try:
        value, end = DECODER.raw_decode(bare)
    except (json.JSONDecodeError, RecursionError):
        return None
    if end != len(bare) or not value:
        return None
    return value


class Flattener:
    """Adds JSON values to the tables as rows."""

    def __init__(self, batches: RecordBatches) -> None:
        self._batches = batches
        self._work: deque[tuple[str, Any, str | None]] = deque()

    def record(self, table: str, value: Any, line: int, name: str | None = None) -> Iterator[Table]:
        """One value of `table` (an array's element, a line, a map's member called `name`) and all rows inside it."""
        self._work.append((table, value, name))
        while self._work:
            inner, node, label = self._work.popleft()
            pairs: list[tuple[str, str | None]] = [] if label is None else [(KEY_COLUMN, label)]
            if type(node) is Members:
                self.members(inner, "", node, pairs)
            elif type(node) is list:
                yield from self._row_of_array(inner, node, pairs, line)
                continue
            elif type(node) is str and (held := embedded(node)) is not None:
                self._work.append((inner, held, label))
                continue
            else:
                pairs.append((VALUE_COLUMN if label is not None or not inner else _last(inner), scalar(node)))
            if pairs:
                yield from self._batches.add(inner, pairs, line)

    def pending(self, line: int) -> Iterator[Table]:
        """The rows that `members` found inside an object."""
        if self._work:
            table, value, name = self._work.popleft()
            yield from self.record(table, value, line, name)

    def members(self, table: str, path: str, node: Members, pairs: list[tuple[str, str | None]]) -> None:
        """Flatten an object into `pairs` under `path`; what is a row of its own is kept for `record` or `pending`."""
        stack: list[tuple[str, Members, int]] = [(path, node, 0)]
        while stack:
            prefix, members, level = stack.pop()
            collection = is_map(members)
            for name, value in members:
                if (collection and type(value) is Members) or is_id(name):
                    self._work.append((child(table, prefix), value, name))
                    continue
                column = f"{prefix}.{name}" if prefix else name
                kind = type(value)
                if kind is str:
                    if value[:1] in "{[ \n" and level < _EMBEDDED_LEVELS and (held := embedded(value)) is not None:
                        value, kind = held, type(held)
                        if kind is Members:
                            stack.append((column, value, level + 1))
                            continue
                    else:
                        pairs.append((column, value))
                        continue
                if kind in (Members, list) and not value:
                    pairs.append((column, None))  # the name at least
                elif kind is Members:
                    stack.append((column, value, level))
                elif kind is list:
                    self._array(table, column, value, pairs)
                else:
                    pairs.append((column, scalar(value)))

    def _array(self, table: str, column: str, values: list[Any], pairs: list[tuple[str, str | None]]) -> None:
        for value in values:
            kind = type(value)
            if kind in (Members, list) or (kind is str and embedded(value) is not None):
                self._work.append((child(table, column), value, None))
            elif value is not None:
                pairs.append((column, scalar(value)))

    def _row_of_array(
        self, table: str, values: list[Any], pairs: list[tuple[str, str | None]], line: int
    ) -> Iterator[Table]:
        """`[["a", 1], ["b", 2]]`: an array in an array is a row whose columns have no names."""
        for number, value in enumerate(values, 1):
            if type(value) is Members or type(value) is list:
                self._work.append((f"{table}[]" if table else "", value, None))
            elif value is not None:
                pairs.append((column_name(number), scalar(value)))
        if pairs:
            yield from self._batches.add(table, pairs, line, header=False)


def _last(path: str) -> str:
    """The last name of a path: the column of an array's plain values."""
    return path.removesuffix("[]").rpartition(".")[2] or VALUE_COLUMN
