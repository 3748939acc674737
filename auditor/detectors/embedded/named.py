"""Records of names and values on their way to tables: those with the same names share one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.rows import RowsByColumns, distinct, telling
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text

MOST_TABLES: Final = 64
"""Different sets of names in one asset: each costs milliseconds. What has others stays text."""


class NamedRows:
    """The records of one asset. `kind` begins the names of its tables."""

    def __init__(self, index: FieldIndex, kind: str) -> None:
        self._index = index
        self._rows = RowsByColumns(kind)
        self._takes: dict[tuple[str, ...], bool] = {}

    def takes(self, names: Sequence[str]) -> bool:
        """Whether records of these names are taken: one of them says something for a rule."""
        return self._taken(columns(names))

    def add(self, names: Sequence[str], values: Sequence[str], line: int) -> bool:
        """Whether a record was taken."""
        of = columns(names)
        if not self._taken(of) or len(values) != len(of):
            return False
        self._rows.add(of, values, line)
        return True

    def tables(self, text: Text) -> list[Table]:
        """What was added since the last time."""
        return self._rows.tables(text)

    def _taken(self, of: tuple[str, ...]) -> bool:
        if of not in self._takes:
            if len(self._takes) >= 16 * MOST_TABLES:
                return False
            self._takes[of] = sum(self._takes.values()) < MOST_TABLES and telling(self._index, of)
        return self._takes[of]


def columns(names: Sequence[str]) -> tuple[str, ...]:
    """Names as columns. What is a value itself is none: reports show columns in clear."""
    return distinct([name if label(name) else "" for name in names])
