"""Which line names a table's columns, and the tables of one asset by what their columns are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.rows import Rows, distinct
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text

_MOST: Final = 300
_TABLES: Final = 1_000
"""Different headers in one asset whose rows are taken; each costs memory."""
_ORNAMENT: Final = "*_`\"'"
_PLACEHOLDER: Final = re.compile(r"\$\{([^{}]{1,60})\}")
_UNNAMED: Final = re.compile(r"|#|no\.?|№|\(?index\)?", re.IGNORECASE)


def names_of(cells: Sequence[str]) -> tuple[str, ...] | None:
    """Cells as the names of columns; None where one is a value, a sentence, or most have nothing."""
    if not 1 < len(cells) <= _MOST:
        return None
    names = []
    for cell in cells:
        name = cell.strip(_ORNAMENT)
        if "$" in name:
            name = _PLACEHOLDER.sub(r"\1", name)
        if name and not _UNNAMED.fullmatch(name) and not label(name):
            return None
        names.append(name)
    filled = [name for name in names if name]
    return distinct(names) if len(filled) * 2 > len(names) and len({*filled}) * 2 > len(filled) else None


class Headings:
    """What the readers of one asset take: rows by the header above them."""

    def __init__(self, index: FieldIndex, kind: str) -> None:
        self._index = index
        self._kind = kind
        self._names: dict[tuple[str, ...], str] = {}
        self._rows: dict[str, int] = {}
        self._found: dict[str, Rows] = {}

    def telling(self, cells: Sequence[str], *, strong: bool) -> tuple[str, ...] | None:
        """The columns that these cells name, if one of them says something for a rule."""
        names = names_of(cells)
        if names is None or not any(
            said.strong or (said.weak and not strong) for said in map(self._index.classify, names)
        ):
            return None
        return names if names in self._names or len(self._names) < _TABLES else None

    def add(self, columns: tuple[str, ...], row: Sequence[str], line: int) -> None:
        """A row below a header."""
        name = self._names.get(columns)
        if name is None:
            name = self._names[columns] = f"{self._kind} {len(self._names) + 1}"
        rows = self._found.get(name)
        if rows is None:
            rows = self._found[name] = Rows(name=name, columns=columns, first_row=self._rows.get(name, 0) + 1)
        rows.add(tuple(row), line)
        self._rows[name] = self._rows.get(name, 0) + 1

    def take_back(self, columns: tuple[str, ...], count: int) -> None:
        """The last rows below a header were none."""
        name = self._names[columns]
        rows = self._found[name]
        del rows.cells[-count:], rows.lines[-count:]
        self._rows[name] -= count
        if not rows.cells:
            del self._found[name]

    def tables(self, text: Text) -> list[Table]:
        """What was added since the last time."""
        found, self._found = self._found, {}
        return [rows.table(text) for rows in found.values()]
