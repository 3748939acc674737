"""Which kinds of data stand together in one asset: in one table, or near one another in running text."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from auditor.model.match import Match, MatchBlock

BIRTH: Final = "DATE_OF_BIRTH"
NEAR: Final = 8
"""Lines of running text within which what stands there is taken for one record: forms have a field a line."""
_MOST: Final = 256
"""Different groups kept of an asset; in real files there are a handful."""


class Beside:
    """Collects, match by match, which entities stand together. Candidates count: what becomes of them the tallies say.

    Hashed and masked values do not: nobody reads them together with what stands beside them.
    """

    def __init__(self) -> None:
        self._tables: dict[str, set[str]] = {}
        self._groups: set[frozenset[str]] = set()
        self._part = ""
        self._lines: dict[str, int] = {}
        self._births: set[str] = set()

    def add(self, match: Match) -> None:
        """A value in a table or in text."""
        if match.entity == BIRTH:
            self._births.add(match.place.column)
        if match.protection in ("hashed", "masked"):
            return
        if match.place.row is not None:
            self._tables.setdefault(match.record[0], set()).add(match.entity)
            return
        part, line = match.record
        if part != self._part:
            self._part, self._lines = part, {}
        self._lines[match.entity] = line
        near = frozenset(entity for entity, last in self._lines.items() if abs(line - last) <= NEAR)
        if len(near) > 1 and len(self._groups) < _MOST:
            self._groups.add(near)

    def add_block(self, block: MatchBlock) -> None:
        """Values of a long table's column."""
        if block.entity == BIRTH:
            self._births.add(block.column)
        self._tables.setdefault(block.table, set()).add(block.entity)

    @property
    def tables(self) -> frozenset[str]:
        """The names of the tables in which anything was found."""
        return frozenset(self._tables)

    @property
    def births(self) -> frozenset[str]:
        """The columns that hold dates of birth."""
        return frozenset(self._births)

    def groups(self) -> list[tuple[str, ...]]:
        """The groups of two and more that are part of no larger one, in order."""
        return largest(self._groups | {frozenset(table) for table in self._tables.values()})

    def by_table(self) -> list[tuple[str, tuple[str, ...]]]:
        """The entities of each table, in order of the tables' names."""
        return [(name, tuple(sorted(entities))) for name, entities in sorted(self._tables.items())]


def largest(found: Collection[frozenset[str]]) -> list[tuple[str, ...]]:
    """The groups of two and more that are part of no larger one, in order."""
    kept = [group for group in found if len(group) > 1 and not any(group < other for other in found)]
    return sorted(tuple(sorted(group)) for group in kept)
