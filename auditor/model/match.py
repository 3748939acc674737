"""Where an identifier was found — masked, never in clear."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.rule import Protection


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in an asset: line from 1, column name and row of a table, name of the table."""

    line: int | None = None
    row: int | None = None
    column: str = ""
    table: str = ""

    def __str__(self) -> str:
        parts = []
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

    `fingerprint` is the 32-byte keyed HMAC of docs/fingerprints.md. `score` runs from 0 to 1; below a rule's
    threshold the match is a candidate, kept only to be confirmed by the same value elsewhere.
    `protection` says how the value is stored: an encrypted or hashed one counts as the entity, not as clear personal data.
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
