"""How a rule's shapes fill a column, and what that says of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from auditor.detectors.resolve import Value
from auditor.model.match import Place
from auditor.model.rule import ColumnRule

_NOISE_VALUES: Final = 8
_NOISE_SHARE: Final = 0.3
_ALL: Final = 0.95
_VARIED: Final = 0.3
PLAINLY: Final = 20
"""Rows from which on two undecided columns may vouch for each other: numbers of which nearly all are valid beside names."""
BEGINS: Final = 200
"""How many beginnings of values are kept to see whether they vary."""
_BEGINNING: Final = 8
_STARTS: Final = {"kr_rrn": 8, "kr_frn": 8, "crypto_address": 1}
"""Validators whose numbers may lack a check digit, and how many beginnings of two characters a column of them has at least."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """How one rule's shape fills a column: rows with the shape, rows that are valid, distinct valid values; rows that
    may be valid, and how such values begin (numbers without a check digit are told from others by what they vary in).
    """

    shaped: int = 0
    valid: int = 0
    distinct: int = 0
    possible: int = 0
    begins: set[str] = field(default_factory=set)

    def note_begin(self, value: str) -> None:
        """Keep how one more value begins."""
        if len(self.begins) < BEGINS:
            self.begins.add(value[:_BEGINNING])

    def denies(self, validator: str, filled: int) -> bool:
        """Whether values of the shape fail the check as often as chance, in a column with so many rows filled."""
        if validator in _STARTS and self.varied(filled, _STARTS[validator]):
            return False
        return self.shaped >= _NOISE_VALUES and self.valid < _NOISE_SHARE * self.shaped

    def fills(self, spec: ColumnRule, validator: str | None, filled: int) -> bool:
        """Whether enough of such a column is valid, and varied."""
        valid, distinct = self.valid, self.distinct
        if validator in _STARTS and self.varied(filled, _STARTS[validator]):
            valid, distinct = self.possible, self.possible
        return bool(filled) and valid >= spec.share * filled and distinct >= spec.distinct * valid

    def varied(self, filled: int, starts: int) -> bool:
        """Whether nearly all of a column may be valid and differ from the start: birth years do, over generations; the
        register codes of companies and the dates of orders do not."""
        return (
            self.possible >= _ALL * filled
            and len(self.begins) >= _VARIED * min(self.possible, BEGINS)
            and len({begin[:2] for begin in self.begins}) >= starts
        )


@dataclass(slots=True, kw_only=True)
class Open:
    """Rows whose hits wait for the column's decision."""

    rows: list[tuple[Place, tuple[str, int], Value]] = field(default_factory=list)
    named: bool = False
    by_name: bool = False
