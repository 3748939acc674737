"""Tables whose names stand in cells: they are turned before columns are judged.

Most tables are none of these, which their columns' names and first cells tell.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.rows import distinct, telling
from auditor.detectors.embedded.sheets import Sheets
from auditor.detectors.embedded.turned import Turned
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table

if TYPE_CHECKING:
    import pyarrow as pa

_REMEMBERED: Final = 8
_SHORT: Final = 64 << 10
"""Bytes of a table that may be a list of names."""
_KEPT: Final = 10_000
"""Tables of one asset that are looked at: their names come from the file."""


_MARKED: Final = re.compile(r"(?:>|#+|--|//|;|%)[ \t]?(?=[^\W\d])")


class NamesInCells:
    """All tables of one asset."""

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._turned: dict[str, Turned] = {}
        self._sheets: dict[str, Sheets] = {}
        self._short: deque[Table] = deque(maxlen=_REMEMBERED)
        self._names: dict[str, tuple[str, ...]] = {}

    def take(self, table: Table) -> list[Table]:
        """The table, or the tables it becomes: no value is lost, and none comes twice."""
        table = _unmarked(_unquoted(table))
        if not table.header:
            table = self._headed(table)
        if table.header and len(table.columns) <= _REMEMBERED and 0 < sum(a.nbytes for a in table.arrays) <= _SHORT:
            self._short.append(table)
        if len(self._turned) + len(self._sheets) > _KEPT:
            return [table]
        if table.header:
            if table.name not in self._turned:
                self._turned[table.name] = Turned(self._index, table.name)
            if self._turned[table.name].concerned(table):
                return self._turned[table.name].take(table)
        if table.name not in self._sheets:
            self._sheets[table.name] = Sheets(self._index, table.name)
        return self._sheets[table.name].take(table)

    def _headed(self, table: Table) -> Table:
        """Rows without names under those that a list before them holds: `{"columns": […], "data": [[…], …]}`."""
        if table.name not in self._names:
            self._names[table.name] = () if table.letters else self._listed(len(table.columns))
        names = self._names[table.name]
        return replace(table, columns=names, header=True, spoken=True) if len(names) == len(table.columns) else table

    def _listed(self, width: int) -> tuple[str, ...]:
        """So many names in one column of a short table, one of them telling; empty if there are none."""
        for table in reversed(self._short):
            for array in table.arrays:
                if len(array) - array.null_count != width:
                    continue
                names = [label(cell) for cell in array.to_pylist() if cell is not None]
                if "" not in names and telling(self._index, names):
                    return distinct(names)
        return ()


def _unmarked(table: Table) -> Table:
    """The table without what quotes or comments out its lines: `> name`, `# name` above rows with or without it."""
    marked = _MARKED.match(table.columns[0]) if table.header and table.columns else None
    if marked is None or not table.arrays:
        return table
    import pyarrow.compute as pc

    first = pc.replace_substring_regex(table.arrays[0], f"^{re.escape(marked[0])}", "")
    columns = table.columns[0][len(marked[0]) :], *table.columns[1:]
    return replace(table, columns=columns, arrays=(first, *table.arrays[1:]))


def _unquoted(table: Table) -> Table:
    """The table with the quotes around all cells of a column left out, as where a program shows its variables: `'김은하'`."""
    arrays = tuple(map(_without_quotes, table.arrays))
    return (
        replace(table, arrays=arrays) if any(a is not b for a, b in zip(arrays, table.arrays, strict=True)) else table
    )


def _without_quotes(array: pa.StringArray) -> pa.StringArray:
    first = next((cell.as_py() for cell in array[:4] if cell.is_valid), "")
    if len(first) < 3 or first[0] not in "'\"" or first[-1] != first[0]:
        return array
    import pyarrow.compute as pc

    quoted = pc.match_substring_regex(array, f"^{first[0]}(?s:.*){first[0]}$")
    return pc.utf8_slice_codeunits(array, 1, -1) if pc.all(quoted).as_py() else array
