"""Where an identifier was found — masked, never in clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditor.model.rule import Protection

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
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
        line = self.lines[at] if self.lines is not None else None
        return Match(
            entity=self.entity, fingerprint=self.fingerprints[at].tobytes(), mask=self.masks[at] if at else self.mask, score=self.score,
            place=Place(line=line, row=row, column=self.column, table=self.table), record=(self.table, row), why=self.why,
        )  # fmt: skip
