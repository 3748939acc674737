"""Which column of a table names what another column holds, where no name of theirs says so: the values tell it themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.telltale import Telltale
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table

_SAMPLE: Final = 400
_WIDEST: Final = 40
_MOST_NAMES: Final = 100
_LEAST: Final = 3
"""Values that look like what stands beside them in their row says, under two names or more."""
_SHARE: Final = 0.6


def going_on(columns: Sequence[Sequence[str | None]], at: int) -> list[str | None]:
    """A column's cells; where rows below hold nothing but a cell of it, as lists in JSON do, the last one of these: `["body", "email"]`."""
    cells = list(columns[at])
    others = [column for number, column in enumerate(columns) if number != at]
    for row in range(len(cells) - 1, 0, -1):
        if cells[row] is not None and others and all(column[row] is None for column in others):
            cells[row - 1], cells[row] = cells[row], None
    return cells


class Pairing:
    """One table over its batches: asked until it has told, or enough rows have not."""

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._telltale = Telltale(index)
        self._told: tuple[int, tuple[int, ...]] | None = None
        self._asked = 0

    def of(self, table: Table) -> tuple[int, tuple[int, ...]] | None:
        """(the column with the names, the columns with their values); None if there are none."""
        if self._told is None and self._asked < _SAMPLE and 2 <= len(table.columns) <= _WIDEST:
            self._asked += len(table.arrays[0])
            self._told = self._pair(table)
        return self._told

    def _pair(self, table: Table) -> tuple[int, tuple[int, ...]] | None:
        columns = [array[:_SAMPLE].to_pylist() for array in table.arrays]
        for at in range(len(columns)):
            asked = self._asked_for(going_on(columns, at))
            if len(set(asked.values())) < 2:
                continue
            held = tuple(
                number
                for number, values in enumerate(columns)
                if number != at and self._agree([(asked[row], values[row]) for row in asked])
            )
            if held:
                return at, held
        return None

    def _asked_for(self, cells: list[str | None]) -> dict[int, str]:
        """By row, the names in a column whose values have a certain form; empty unless most of its cells are names."""
        distinct = {cell for cell in cells if cell}
        if not 2 <= len(distinct) <= _MOST_NAMES:
            return {}
        names = {cell: label(cell) for cell in distinct}
        if sum(not name for name in names.values()) * 5 > len(names):
            return {}
        formed = {
            cell for cell, name in names.items() if name and self._telltale.formed(self._index.classify(name).strong)
        }
        return {row: names[cell] for row, cell in enumerate(cells) if cell in formed} if formed else {}

    def _agree(self, pairs: list[tuple[str, str | None]]) -> bool:
        """Whether most values look like what their names say, and those of two names do."""
        fits: dict[str, list[bool]] = defaultdict(list)
        for name, value in pairs:
            said = self._telltale.fits(self._index.classify(name).strong, value.strip()) if value else None
            if said is not None:
                fits[name].append(said)
        every = [said for several in fits.values() for said in several]
        own = sum(sum(several) * 2 >= len(several) for several in fits.values())
        return len(every) >= _LEAST and sum(every) >= _SHARE * len(every) and own > 1
