"""Records of names and values on their way to tables: those with the same names share one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.rows import Rows, distinct, telling
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text

MOST_TABLES: Final = 64
"""Different sets of names in one asset: each costs milliseconds. What has others stays text."""


class NamedRows:
    """The records of one asset. `kind` begins the names of its tables."""

    def __init__(self, index: FieldIndex, kind: str) -> None:
        self._index = index
        self._kind = kind
        self._known: dict[tuple[str, ...], str | None] = {}
        self._next: dict[str, int] = {}
        self._found: dict[str, Rows] = {}

    def takes(self, names: Sequence[str]) -> bool:
        """Whether records of these names are taken: one of them says something for a rule."""
        return self._name(columns(names)) is not None

    def add(self, names: Sequence[str], values: Sequence[str], line: int) -> bool:
        """Whether a record was taken."""
        of = columns(names)
        name = self._name(of)
        if name is None or len(values) != len(of):
            return False
        if name not in self._found:
            self._found[name] = Rows(name=name, columns=of, first_row=self._next.get(name, 1))
        self._found[name].add(tuple(values), line)
        self._next[name] = self._next.get(name, 1) + 1
        return True

    def tables(self, text: Text) -> list[Table]:
        """What was added since the last time."""
        found, self._found = self._found, {}
        return [rows.table(text) for rows in found.values()]

    def _name(self, of: tuple[str, ...]) -> str | None:
        if of not in self._known:
            if len(self._known) >= 16 * MOST_TABLES:
                return None
            named = sum(name is not None for name in self._known.values())
            taken = named < MOST_TABLES and telling(self._index, of)
            self._known[of] = f"{self._kind} {named + 1}" if taken else None
        return self._known[of]


def columns(names: Sequence[str]) -> tuple[str, ...]:
    """Names as columns. What is a value itself is none: reports show columns in clear."""
    return distinct([name if label(name) else "" for name in names])
