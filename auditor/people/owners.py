"""The strong identifiers that were met beside weak ones: only those of weak ones that somebody asks for."""

from __future__ import annotations

import numpy as np

from auditor.people.arrays import NONE, Keys, Mask, distinct, groups, positions
from auditor.people.components import MANY, Same, relabelled
from auditor.people.records import Facts
from auditor.people.tables import Space, Table


class Owners:
    """Owners of the weak roots in `weak` (and of some others): as roots on both sides.

    `few`: (weak root, owner). `many`: (owner, weak root) of the weak roots in `many_keys`, and the rest of theirs is in `few`:
    sorted by the weak one, the million owners of one number could not be split into ranges.
    """

    def __init__(self, facts: Facts, weak: Table, same_weak: Same, same_strong: Same, space: Space) -> None:
        self._space = space
        self.few, self.many = Table(space, 2), Table(space, 2)
        self.many_keys, self.most = NONE, MANY
        asked = _Sieve(space)
        for table in (weak, facts.weak, same_weak.near) if same_weak.near else (weak,):
            for keys, _ in table.ranges():
                asked.add(keys)
        for keys, owners in facts.links.scan():
            wanted = asked.may_hold(keys)
            self._add(keys[wanted], owners[wanted])
        if same_weak.near or same_strong.roots:
            self._rename(same_weak, same_strong)

    def _add(self, keys: Keys, owners: Keys) -> None:
        if not len(keys):
            return
        keys, owners = distinct((keys, owners))
        own, _, counts = groups(keys)
        many = np.repeat(counts > self.most, counts)
        self.few.append(keys[~many], owners[~many])
        self.many.append(owners[many], keys[many])
        self.many_keys = np.union1d(self.many_keys, own[counts > self.most])

    def _rename(self, same_weak: Same, same_strong: Same) -> None:
        """From identifiers to the roots of both. An owner stands for its record: it needs no partner."""
        numbers = Table(self._space, 2)
        numbers.append(self.many_keys, np.arange(len(self.many_keys), dtype=np.uint64))
        new = np.empty(len(self.many_keys), np.uint64)
        for keys, places in same_weak.relabelled(numbers).ranges():
            new[places.astype(np.intp)] = keys
        named = Table(self._space, 2)  # owner, weak root
        for keys, owners in same_weak.relabelled(self.few).ranges():
            named.append(owners, keys)
        for owners, keys in self.many.ranges():
            named.append(owners, new[positions(self.many_keys, keys)[1]])
        self.few, self.many, self.many_keys = Table(self._space, 2), Table(self._space, 2), NONE
        for owners, keys in relabelled(named, same_strong.roots).ranges():
            self._add(keys, owners)


class _Sieve:
    """A set of keys by their leading bits: says yes to each that was added and to few others, in nanoseconds."""

    def __init__(self, space: Space) -> None:
        bits = max(8, min(24, (space.memory >> 4).bit_length() - 1))
        self._shift = np.uint64(64 - bits)
        self._held = np.zeros(1 << bits, bool)

    def add(self, keys: Keys) -> None:
        """Hold keys."""
        self._held[(keys >> self._shift).astype(np.intp)] = True

    def may_hold(self, keys: Keys) -> Mask:
        """False only for keys that were not added."""
        return self._held[(keys >> self._shift).astype(np.intp)]
