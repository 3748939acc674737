"""From records to facts: batches of columns become rows of numbers, without a Python loop over records."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from auditor.model.noun import noun
from auditor.people.arrays import NONE, Keys, Mask, Places
from auditor.people.tables import Space, Table

if TYPE_CHECKING:
    from auditor.people.people import Column

AT_ONCE: Final = 1 << 17
"""Records worked on at a time: their columns fit a processor's cache."""


class Facts:
    """All that was said (the package's docstring explains the tables). Equal facts are one; their order says nothing."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.strong = Table(space, 2)
        self.strong_same = Table(space, 2)
        self.weak = Table(space, 2)
        self.weak_same = Table(space, 2)
        self.links = Table(space, 2, ordered=False)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, always in the same order."""
        return (self.strong, self.strong_same, self.weak, self.weak_same, self.links)

    def add(self, asset: int | Keys, parts: Sequence[Part]) -> None:
        """Records of one asset, or with an array: the asset of each row number, counted from 0."""
        if not parts:
            return
        # Strong ones first, then by name: the first of a record stands for it, the same entity wherever both are.
        parts = sorted(parts, key=lambda part: (not part.strong, part.entity))
        first = min(int(part.rows[0]) for part in parts)
        last = max(int(part.rows[-1]) for part in parts)
        if last - first > 4 * sum(len(part.rows) for part in parts) + AT_ONCE:  # far apart: number them anew
            used = np.unique(np.concatenate([part.rows for part in parts]))
            parts = [part.moved(np.searchsorted(used, part.rows)) for part in parts]
            asset = asset if isinstance(asset, int) else asset[used]
            first, last = 0, len(used) - 1
        for low in range(first, last + 1, AT_ONCE):
            high = min(low + AT_ONCE, last + 1)
            assets = np.full(high - low, asset, np.uint64) if isinstance(asset, int) else asset[low:high]
            self._block(assets, [part.between(low, high) for part in parts])

    def _block(self, assets: Keys, parts: Sequence[Part]) -> None:
        entities: dict[str, _Values] = {}
        for part in parts:
            if part.entity not in entities:
                entities[part.entity] = _Values(part, len(assets))
            else:
                entities[part.entity].add(part)
        lists = _any([values.several for values in entities.values() if values.several is not None])
        if lists is not None:  # two values of one entity: every value counts by itself, and none joins another
            for part in parts:
                alone = lists[part.rows]
                met = self.strong if part.strong else self.weak
                met.append(part.keys[alone], assets[part.rows[alone]])
            for values in entities.values():
                values.held = values.held & ~lists
        owners = self._joined([v for v in entities.values() if v.strong], assets, self.strong, self.strong_same)
        weak = [values for values in entities.values() if not values.strong]
        if owners is not None:
            nobody = ~owners.held
            for values in weak:
                self.links.append(*_where(values.held & owners.held, values.keys, owners.keys))
                values.held = values.held & nobody
        self._joined(weak, assets, self.weak, self.weak_same)

    @staticmethod
    def _joined(entities: Sequence[_Values], assets: Keys, met: Table, same: Table) -> _Values | None:
        """The value that stands for each record, its first: it was met in the asset, and the others are the same person's."""
        if not entities:
            return None
        head, *others = entities
        for values in others:
            same.append(*_where(values.held & head.held, values.keys, head.keys))
            head.fill(values)
        met.append(*_where(head.held, head.keys, assets))
        return head


def _where(mask: Mask, *columns: Keys) -> Sequence[Keys]:
    if mask.all():
        return columns
    return [column[mask] for column in columns] if mask.any() else [NONE for _ in columns]


def _any(masks: Sequence[Mask]) -> Mask | None:
    """Where any of them is true; None if there is none."""
    return np.logical_or.reduce(masks) if masks else None


@noun(kw_only=False)
class Part:
    """A column, or what of it lies in a block."""

    entity: str
    strong: bool
    keys: Keys
    rows: Places
    once: bool
    """Whether no row number repeats."""

    def moved(self, rows: Places) -> Part:
        """The same with other row numbers."""
        return Part(self.entity, self.strong, self.keys, rows, self.once)

    def between(self, low: int, high: int) -> Part:
        """The rows from `low` to before `high`, numbered from 0."""
        start, end = np.searchsorted(self.rows, (low, high))
        rows = self.rows[start:end]
        return Part(self.entity, self.strong, self.keys[start:end], rows - low if low else rows, self.once)


def checked(columns: Iterable[Column]) -> list[Part]:
    """Columns that keep their contract, without the empty ones. ValueError otherwise: a wrong count must not come of it."""
    parts = []
    for column in columns:
        keys, rows = np.asarray(column.keys), np.asarray(column.rows)
        if keys.dtype != np.uint64 or rows.dtype != np.int64 or keys.ndim != 1 or rows.shape != keys.shape:
            raise ValueError("a column needs one key (uint64) for each row number (int64)")
        once = bool((rows[1:] > rows[:-1]).all())
        if not once and (rows[1:] < rows[:-1]).any():
            raise ValueError("the row numbers of a column must ascend")
        if len(keys):
            parts.append(Part(column.entity, column.strong, keys, rows, once))
    return parts


def waiting(
    pending: Mapping[tuple[str, int], tuple[array[int], array[int]]], strength: Mapping[str, bool]
) -> list[Part]:
    """The same of records that came one by one, or few at a time: keys and record numbers, which ascend."""
    parts = []
    for (entity, _), columns in pending.items():
        keys, rows = np.frombuffer(columns[0], np.uint64), np.frombuffer(columns[1], np.int64)
        parts.append(Part(entity, strength[entity], keys, rows, bool(np.diff(rows).all())))
    return parts


class _Values:
    """An entity's value in each record of a block, where it holds one; `several`: where it holds more than one."""

    __slots__ = ("held", "keys", "several", "strong")

    def __init__(self, part: Part, size: int) -> None:
        self.strong = part.strong
        self.several: Mask | None = None
        if part.once and len(part.keys) == size:
            self.keys, self.held = part.keys, np.ones(size, bool)
        else:
            self.keys, self.held = np.zeros(size, np.uint64), np.zeros(size, bool)
            self.add(part)

    def add(self, part: Part) -> None:
        """The entity's values in another column too."""
        fresh = ~self.held[part.rows]
        if fresh.any():
            self.keys[part.rows[fresh]] = part.keys[fresh]
            self.held[part.rows] = True
        other = self.keys[part.rows] != part.keys
        if other.any():
            if self.several is None:
                self.several = np.zeros(len(self.held), bool)
            self.several[part.rows[other]] = True

    def fill(self, other: _Values) -> None:
        """Where it holds no value, the other's."""
        wanted = other.held & ~self.held
        if wanted.any():
            self.keys = np.where(wanted, other.keys, self.keys)
            self.held = self.held | wanted
