"""Distinct people where the identifiers are too many to keep: sketches of Apache DataSketches over keys, which are keyed fingerprints.

Two theta sketches: of the keys that stand for a record (`records.py`: the first strong identifier, else the first weak one), and of those
that stood second, beside one of another kind. Who never stood second is counted. A person whose identifiers all stand beside one that comes
first (a CI with whatever else) is counted once, as exactly; one whose identifiers form a chain (DI with RRN here, another DI with that RRN
there) is counted once for each that never stood second. So the count is an upper one where there are chains, and the sketches' own
error comes on top. Sketches of two workers, or of parts, put together are the sketch of the whole.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from auditor.model.noun import noun
from auditor.people.arrays import Keys, groups

if TYPE_CHECKING:
    from auditor.people.records import Facts

SIZE: Final = 18
"""log₂ of the keys that a theta sketch keeps: 8 MB, and an error of 0.4 % (two standard errors)."""
ASSET_SIZE: Final = 11
"""log₂ of the counters of an asset's HyperLogLog sketch: 2 KB at most, and an error of 4.6 %."""
DRAIN: Final = 1 << 20
"""Rows kept until they are put into the sketches together."""
_CONFIDENCE: Final = 2
"""Standard errors of the bounds: 95 %."""


@noun
class Range:
    """An estimate and the bounds between which the sketches' error leaves it with 95 % confidence."""

    people: int
    low: int
    high: int


def available() -> bool:
    """Whether the library is installed (extra `cluster`)."""
    try:
        import_module("datasketches")
    except ImportError:
        return False
    return True


class Estimate:
    """Takes facts, keeps sketches of them. `size` as SIZE."""

    def __init__(self, size: int = SIZE) -> None:
        self._library: Any = import_module("datasketches")  # it has no types
        self._size = size
        self._first = self._library.update_theta_sketch(size)
        self._second = self._library.update_theta_sketch(size)
        self._merged: list[tuple[Any, Any]] = []
        self._assets: dict[int, Any] = {}

    def take(self, facts: Facts) -> None:
        """All that facts say; they are not needed any more."""
        for table in (facts.strong, facts.weak):
            for keys, assets in table.scan():
                _update(self._first, keys)
                self._met(keys, assets)
        for table in (facts.strong_same, facts.weak_same, facts.links):
            for keys, _ in table.scan():
                _update(self._second, keys)

    def add_to_assets(self, keys: Keys, assets: Keys) -> None:
        """Keys that stand in these assets too."""
        self._met(keys, assets)

    def merge(self, other: Estimate) -> None:
        """Take over what another one holds."""
        self._merged += [(other._first, other._second), *other._merged]
        for asset, sketch in other._assets.items():
            union = self._library.hll_union(ASSET_SIZE)
            union.update(sketch)
            if asset in self._assets:
                union.update(self._assets[asset])
            self._assets[asset] = union.get_result()

    def people(self) -> Range:
        """Distinct people of everything taken."""
        left = self._library.theta_a_not_b().compute(self._union(0), self._union(1))
        bounds = left.get_lower_bound(_CONFIDENCE), left.get_upper_bound(_CONFIDENCE)
        return Range(people=round(left.get_estimate()), low=int(bounds[0]), high=-int(-bounds[1] // 1))

    def count_by_asset(self) -> dict[int, int]:
        """About how many people each asset names: distinct identifiers that stand for a record there."""
        return {asset: round(sketch.get_estimate()) for asset, sketch in self._assets.items()}

    def _union(self, which: int) -> Any:
        """One canonical sketch: the smallest hashes of all, however they were spread."""
        union = self._library.theta_union(self._size)
        for pair in ((self._first, self._second), *self._merged):
            pair[which].trim()
            union.update(pair[which])
        return union.get_result()

    def _met(self, keys: Keys, assets: Keys) -> None:
        order = assets.argsort(kind="stable")
        own, starts, counts = groups(assets[order])
        for asset, start, count in zip(own.tolist(), starts.tolist(), counts.tolist(), strict=True):
            if asset not in self._assets:
                self._assets[asset] = self._library.hll_sketch(ASSET_SIZE)
            _update(self._assets[asset], keys[order[start : start + count]])


def _update(sketch: Any, keys: Keys) -> None:
    update = sketch.update
    for key in keys.tolist():
        update(key)
