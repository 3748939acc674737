"""What came of examining a random sample a second time, by the reference path."""

from __future__ import annotations

from typing import Literal

from auditor.model.noun import noun


@noun
class Difference:
    """One place at which the fast path and the reference path disagree about one rule; never the value.

    `missed`: the reference alone found it, and it was added to what was found. `more`: the fast path alone did, and it stays.
    """

    target: str
    path: str
    version: str = ""
    line: int = 0
    place: str
    rule: str
    kind: Literal["missed", "more"]


@noun
class Recheck:
    """A run's self-check: how many lines and cells were examined twice, at how many the results differed, and the first of those.

    `differences` are in the order of their places, so that reports do not depend on which worker was done first.
    """

    sampled: int = 0
    differing: int = 0
    differences: tuple[Difference, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of the rules at which the paths differ."""
        return tuple(sorted({difference.rule for difference in self.differences}))
