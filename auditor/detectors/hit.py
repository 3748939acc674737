"""What a recogniser finds: one place, what speaks for it, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from auditor.detectors.validators import Validity
from auditor.model.rule import Protection

if TYPE_CHECKING:
    from auditor.detectors.recognizer import Recognizer

UNMISTAKABLE: Final = frozenset({"ADDRESS"})
"""Entities whose shape is nothing else, whatever name a field gives it: beside a person, or alone on a line near personal data, it counts."""
CHECKED: Final = frozenset({"KR_RRN", "KR_FRN"})
"""Entities with a date and a check digit, of which a number that holds both and is all of its line counts near personal data: cards read line by line."""
Company = Literal["", "near", "line"]
Status = Literal["accepted", "open", "credential", "rejected"]


@dataclass(slots=True, kw_only=True)
class Hit:
    """One place that has the shape. `open`: nothing speaks for it yet; what only the record or column knows may.

    `named`: a field name says so, by itself if `strong`. `unkeyed`: no field name of any kind stands at it. `by_name`: only
    the name says so, no shape. `deaf`: other data in its line say nothing of it, as a field's value begins with it, a table has read
    the line, or it is digits in a row whose check digit does not hold (an order's number, an instant). `company`: nothing but
    other personal data near it lets it count, or only such data in its own line. `value` is what was meant where the text has it
    escaped. `why` of a rejected hit ends in the reason.
    """

    recognizer: Recognizer = field(repr=False)
    start: int
    end: int
    score: float
    status: Status
    validity: Validity
    why: tuple[str, ...]
    named: bool = False
    strong: bool = False
    unkeyed: bool = False
    protection: Protection = "clear"
    by_name: bool = False
    deaf: bool = False
    company: Company = ""
    value: str | None = field(default=None, repr=False)

    def of(self, value: str) -> Hit:
        """The same judgement for another value."""
        return Hit(
            recognizer=self.recognizer, start=self.start, end=self.end, score=self.score, status=self.status, validity=self.validity,
            why=self.why, named=self.named, strong=self.strong, unkeyed=self.unkeyed, protection=self.protection, by_name=self.by_name,
            deaf=self.deaf, company=self.company, value=value,
        )  # fmt: skip

    def moved(self, by: int) -> Hit:
        """This hit, so many characters further on: its value begins there in a longer text."""
        self.start += by
        self.end += by
        return self
