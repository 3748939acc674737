"""Tables whose cells name what stands beside them: a row a field instead of a row a person.

JSON's lists of names and values, entity-attribute-value exports, a test plan's arguments. A column says what the value column
of the same row holds; the rows of one person become one row, whose columns these names are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.pairing import Pairing, going_on
from auditor.detectors.embedded.records import Field, Records
from auditor.detectors.embedded.rows import telling, without
from auditor.detectors.fields import FieldIndex, words
from auditor.model.content import Table, Text

_VALUES: Final = frozenset(
    (
        "value",
        "val",
        "v",
        "text",
        "content",
        "data",
        "answer",
        "값",
        "내용",
        "입력값",
        "항목값",
        "필드값",
        "值",
        "内容",
        "ค่า",
        "ข้อมูล",
    )
)
"""What the column of the values is called, alone or after what it is the value of."""
_TYPES: Final = frozenset(("string", "integer", "decimal", "date", "time", "code", "boolean", "uri", "id"))
"""What FHIR and others write behind it: `valueString`."""
_MOST_NAMES: Final = 1000
_LOCATED: Final = re.compile(r"[A-Za-z-]{2,12}=[#.]?(?P<name>[\w.-]{1,60})")
"""`name=ci`, `id=ci`, `css=#ci`: by what a program finds a field."""

_AT_END: Final = re.compile(r"[a-z]{2,8}://[^\s?#]{1,200}[/#](?P<name>[\w.-]{1,60})")
"""An address whose end says which field it is."""

_PATH: Final = re.compile(r"[\w\[\]$-][\w\[\]$./-]{0,120}[./](?P<name>[^\W\d][\w-]{0,59})")
"""A path whose last part is the field: `members[0].user_ci`, `stg/member/1/user_ci`."""

_ENCODED: Final = re.compile(r"(?=[^%]*%)(?:[\w.~*@()-]|%[0-9A-Fa-f]{2})++")
"""A form's value as it was sent: `4744%207787`."""


class Turned:
    """One table that may be of that kind, over all its batches."""

    def __init__(self, index: FieldIndex, name: str) -> None:
        self._index = index
        self._records = Records(index, f"{name or 'rows'}: fields")
        self._pairing = Pairing(index)

    def concerned(self, table: Table) -> bool:
        """Whether the table may be of that kind, by its columns' names or by its first rows."""
        return bool(value_columns(table.columns)) or self._pairing.of(table) is not None

    def take(self, table: Table) -> list[Table]:
        """The table with a row a record, and what is left of it as it was."""
        values = [number for number in value_columns(table.columns) if not self._says(table.columns[number])]
        chosen = self._names(table, values) if values else None
        for number in values if chosen is None and len(values) > 1 else ():  # `type.text` names what `value` holds
            others = [other for other in values if other != number]
            chosen = self._names(table, others)
            if chosen is not None and chosen[0] == number:
                values = others
                break
            chosen = None
        if chosen is None:
            pairing = self._pairing.of(table)
            return [table] if pairing is None else self._paired(table, *pairing)
        at, names = chosen
        rest = [number for number in range(len(table.columns)) if number != at and number not in values]
        group = table.arrays[rest[0]].to_pylist() if len(rest) == 1 else None
        cells = [table.arrays[number].to_pylist() for number in values]
        if any(sum(bool(cell) for cell in row) > 1 for row in zip(*cells, strict=True)):  # before and after
            return self._paired(table, at, values)
        self._add(table, names, [next(filter(None, row), None) for row in zip(*cells, strict=True)], group)
        return self._turned(table, at, values)

    def _paired(self, table: Table, at: int, values: Sequence[int]) -> list[Table]:
        """The same where what stands beside the names has told that it is theirs: one column of values, or one before and one after."""
        columns = [array.to_pylist() for array in table.arrays]
        names = [name_in(cell or "") for cell in going_on(columns, at)]
        for number in values:
            self._add(table, names, columns[number], None)
            self._records.close()
        return self._turned(table, at, values)

    def _add(
        self, table: Table, names: Sequence[str], values: Sequence[str | None], group: Sequence[str | None] | None
    ) -> None:
        """The fields of all rows. `group`: what tells one record's rows from the next one's, where something does."""
        lines = table.lines if table.lines is not None else range(1, len(names) + 1)
        for row, (name, value) in enumerate(zip(names, values, strict=True)):
            if group is not None and row and group[row] != group[row - 1]:
                self._records.close()
            if name and value:
                value = unquote(value) if _ENCODED.fullmatch(value) else value
                self._records.add(Field(name=name, value=value, line=lines[row], span=(row, row + 1)))

    def _turned(self, table: Table, at: int, values: Sequence[int]) -> list[Table]:
        turned, taken = self._records.tables(Text(asset=table.asset, text="", part=table.part))
        if not taken:
            return [table]
        gone = [False] * len(table.arrays[at])
        for row, _ in taken:
            gone[row] = True
        arrays = tuple(
            without(array, gone) if number == at or number in values else array
            for number, array in enumerate(table.arrays)
        )
        if table.lines is None:
            turned = [replace(one, lines=None) for one in turned]
        return [*turned, replace(table, arrays=arrays)]

    def _says(self, column: str) -> bool:
        """Whether a column's name says whose values it holds: `CiVal` is a field of its own, `userData` and `value` are not."""
        *parents, own = words(column.rpartition(".")[2]) or ("",)
        return bool(parents) and own in _VALUES and bool(self._index.classify("_".join(parents)).strong)

    def _names(self, table: Table, values: Sequence[int]) -> tuple[int, list[str]] | None:
        """The column that names the values of its rows, and these names, empty where there is none; None if no column does."""
        best: tuple[int, int, list[str]] | None = None
        for number, (column, array) in enumerate(zip(table.columns, table.arrays, strict=True)):
            if number in values or self._index.classify(column).strong:
                continue
            encoded = array.dictionary_encode()
            distinct = encoded.dictionary.to_pylist()
            if not 0 < len(distinct) <= _MOST_NAMES:
                continue
            names = [name_in(cell) for cell in distinct]
            known = [name for name in names if name and telling(self._index, (name,))]
            often = len(names) * 3 <= len(array) - array.null_count
            if not known or names.count("") * 5 > len(names) or not (often or len(known) * 8 >= len(names)):
                continue
            if best is None or len(known) > best[0]:
                best = len(known), number, ["" if i is None else names[i] for i in encoded.indices.to_pylist()]
        return None if best is None else best[1:]


@lru_cache(maxsize=4096)
def value_columns(columns: tuple[str, ...]) -> tuple[int, ...]:
    """The columns that hold values of fields that other columns name."""
    if not 2 <= len(columns) <= 40:
        return ()
    return tuple(number for number, column in enumerate(columns) if _of_values(column))


def _of_values(column: str) -> bool:
    parts = [words(part) for part in column.split(".")[-2:]]
    return any(part[-1:] and (part[-1] in _VALUES or (part[0] == "value" and part[-1] in _TYPES)) for part in parts)


def name_in(cell: str) -> str:
    """The name of a field that a cell holds, as it is or within what locates the field; "" for none."""
    located = _LOCATED.fullmatch(cell) if "=" in cell else (_AT_END if "://" in cell else _PATH).fullmatch(cell)
    return label(located["name"] if located is not None else cell)
