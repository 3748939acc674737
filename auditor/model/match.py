"""Where an identifier was found — masked, never in clear."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Final

from auditor.model.noun import noun
from auditor.model.rule import Protection

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@noun
class Place:
    """Where in an asset: its part (`page 3`), line in it from 1, column name and row of a table, name of the table."""

    line: int | None = None
    row: int | None = None
    column: str = ""
    table: str = ""
    part: str = ""

    def __str__(self) -> str:
        parts = [self.part] if self.part else []
        if self.table:
            parts.append(f"table {self.table}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.column:
            parts.append(f"field {self.column}")
        return ", ".join(parts)


@noun
class Match:
    """One value of one entity at one place. `record` tells which matches of the asset belong to one person.

    `fingerprint` are the 16 bytes of docs/fingerprints.md. `score` runs from 0 to 1; below a rule's
    threshold the match is a candidate, kept only to be confirmed by the same value elsewhere.
    `protection` says how the value is stored: an encrypted, hashed or masked one counts as the entity, not as clear personal data.
    """

    entity: str
    fingerprint: bytes
    mask: str
    score: float
    place: Place
    record: tuple[str, int]
    why: tuple[str, ...] = ()
    candidate: bool = False
    protection: Protection = "clear"


_SET: Final = tuple(vars(kind)[item.name].__set__ for kind in (Place, Match) for item in dataclasses.fields(kind))
(
    _line, _row, _column, _table, _part,
    _entity, _fingerprint, _mask, _score, _place, _record, _why, _candidate, _protection,
) = _SET  # fmt: skip


def made(
    entity: str, fingerprint: bytes, mask: str, score: float, line: int | None, row: int | None, column: str, table: str, part: str,
    record: tuple[str, int], why: tuple[str, ...] = (), candidate: bool = False, protection: Protection = "clear",
) -> Match:  # fmt: skip
    """A `Match` with its `Place`, by the slots themselves, in two thirds of the time: the audit's own process makes all that its workers found."""
    place = object.__new__(Place)
    _line(place, line)
    _row(place, row)
    _column(place, column)
    _table(place, table)
    _part(place, part)
    match = object.__new__(Match)
    _entity(match, entity)
    _fingerprint(match, fingerprint)
    _mask(match, mask)
    _score(match, score)
    _place(match, place)
    _record(match, record)
    _why(match, why)
    _candidate(match, candidate)
    _protection(match, protection)
    return match


def fields(match: Match) -> tuple[object, ...]:
    """What `made` makes the same match of."""
    place = match.place
    return (
        match.entity, match.fingerprint, match.mask, match.score, place.line, place.row, place.column, place.table, place.part,
        match.record, match.why, match.candidate, match.protection,
    )  # fmt: skip


@noun
class MatchBlock:
    """Clear values of one entity in one column of some consecutive rows, one a row: what a long table has instead of matches.

    `rows[i]` is a row's number in the table from 1, ascending, and `fingerprints[i]` its value's 16 bytes. `line` is that of
    the first. `masks` holds a mask a row, or nothing where the table has had so many values that only examples are kept.
    `mask` is the first value's. `score` and `why` are the column's: the same for each.
    """

    entity: str
    rows: npt.NDArray[np.int64] = field(repr=False)
    fingerprints: npt.NDArray[np.uint8] = field(repr=False)
    mask: str
    masks: Sequence[str] = field(default=(), repr=False)
    score: float
    table: str
    column: str
    line: int | None
    lines: Sequence[int] | None = field(default=None, repr=False)
    why: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def match(self, at: int = 0) -> Match:
        """One of its rows as a match. IndexError where no masks are kept, but for the first."""
        row = int(self.rows[at])
        line = self.lines[at] if self.lines is not None else None if at else self.line
        return made(
            self.entity, self.fingerprints[at].tobytes(), self.masks[at] if at else self.mask, self.score,
            line, row, self.column, self.table, "", (self.table, row), self.why,
        )  # fmt: skip
