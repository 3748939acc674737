"""A run's self-check (detectors/recheck.py): how much of each asset may be examined twice, and what came of it.

Both depend on the listing alone: not on workers, their number or their speed.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final

from auditor.model.recheck import Difference, Recheck

if TYPE_CHECKING:
    from auditor.ledger import Rechecked

PER_ASSET: Final = 200
PER_RUN: Final = 5000
_FIRST: Final = 200.0
"""What a run may examine twice whatever its size: a quarter of a second."""
_BYTES_EACH: Final = 8 << 20
"""Bytes listed that pay for one more: the fast path takes some 50 to 100 ms for them."""
_BYTES_PICKED: Final = 40_000
"""Bytes of an asset in which about one place is drawn: lines and cells are short."""
DIFFERENCES: Final = 100
"""Differences of a run that are kept with their places."""
_PLACE: Final = attrgetter("target", "path", "version", "line", "place", "rule", "kind")


class Rechecks:
    """The self-checks of all assets, in whatever order they come."""

    def __init__(self) -> None:
        self._sampled = 0
        self._differing = 0
        self._differences: list[Difference] = []

    def add(self, event: Rechecked) -> None:
        """One asset's. TypeError or ValueError for what no honest worker sends."""
        if not 0 <= event.differing <= event.sampled or not all(isinstance(d, Difference) for d in event.differences):
            raise ValueError("not a self-check")
        self._differences = sorted((*self._differences, *event.differences), key=_PLACE)[:DIFFERENCES]
        self._sampled += event.sampled
        self._differing += event.differing

    def sum(self) -> Recheck:
        """Of all assets so far."""
        return Recheck(sampled=self._sampled, differing=self._differing, differences=tuple(self._differences))


class Allowances:
    """How many places of each asset may be examined twice, in the listing's order: at most `PER_RUN` altogether.

    A run gets some at once, so that small ones are checked as well, and more as it goes on: 2 % of its processor time or less.
    """

    def __init__(self) -> None:
        self._credit = _FIRST
        self._left = float(PER_RUN)

    def next(self, size: int | None) -> int:
        """For the next asset, of so many bytes (None: not known)."""
        size = 1 << 20 if size is None else size
        self._credit += size / _BYTES_EACH
        wanted = min(float(PER_ASSET), size / _BYTES_PICKED)
        granted = min(wanted, self._credit, self._left)
        if granted < wanted < 1:
            return 0  # small files take turns
        self._credit -= granted
        self._left -= granted
        return -int(-granted // 1)
