"""Which keys are one person's: connected components of pairs of keys, in memory or, when too many, in files.

Nearly all pairs need no search: a key with one partner hangs on it like a leaf. Leaves are taken off from either side, until what is
left, the *core*, fits in memory, or has hardly any: in real data people whose numbers changed, or were mixed up.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from auditor.people.arrays import NONE, Keys, Rows, groups, member, positions
from auditor.people.tables import Run, Space, Table, fences_of, joint

MANY: Final = 32
"""Rows of one key in one run from which on they are never brought together: they might be all of the table's."""


class Same:
    """What pairs of the same person's keys say. `pairs` holds (key, partner), every partner is in `met`: (key, asset).

    `near`: (key, a partner) for each first key of a pair. `roots`: (key, root) for each key in `met` that is not its own root.
    So any key's root is found by replacing it by its partner, if it has one, and that by its root, if it has another.
    """

    def __init__(self, pairs: Table, met: Table, space: Space) -> None:
        self.near, self.roots = pairs, Table(space, 2)
        leaves: list[Table] = []
        left, sizes = pairs, [len(pairs)]
        while left and (len(leaves) < 2 or space.memory >> 7 < len(left) < sizes[-3] * 7 // 8):
            hung, left, rest = _peeled(left, None if leaves else met, space)
            if not leaves:
                self.near = rest
            leaves.append(hung)
            sizes.append(len(left))
        if left:
            self.roots = _components(left, space)
        for hung in reversed(leaves):  # the leaves of the last round hang on the core, the others on those or on it too
            if not self.roots:
                self.roots = hung
            elif hung:
                turned = Table(space, 2)
                for keys, partners in hung.ranges():
                    turned.append(partners, keys)
                for roots, keys in relabelled(turned, self.roots).ranges():
                    self.roots.append(keys, roots)

    def relabelled(self, rows: Table) -> Table:
        """Rows whose first number, any key, is replaced by its root."""
        return relabelled(relabelled(rows, self.near), self.roots)


def _peeled(pairs: Table, met: Table | None, space: Space) -> tuple[Table, Table, Table]:
    """The pairs of leaves among the first keys (with `met` only of those in there, as nobody asks for the others); the pairs of other
    keys, turned round; and (key, partner) again, of a key with many partners only some.

    Those are turned at once: brought together they might not fit in memory.
    """
    leaves, left, rest, partners = Table(space, 2), Table(space, 2), Table(space, 2), Table(space, 1)
    many = NONE
    pairs.seal()
    for run in pairs.runs:
        keys, others = run.read(0, run.rows)
        partners.append(others)
        own, starts, counts = groups(keys)
        hubs = counts > MANY
        if not hubs.any():
            rest.runs.append(run)
            continue
        many = np.union1d(many, own[hubs])
        turned = np.repeat(hubs, counts)
        turned[starts] = False
        left.append(others[turned], keys[turned])
        rest.take(Run(int(np.count_nonzero(~turned)), [keys[~turned], others[~turned]], fences_of(keys[~turned])))
    for (keys, others), (centres,), *needed in joint(rest, partners, *([met] if met else [])):
        own, _, counts = groups(keys)
        single = np.repeat((counts == 1) & ~member(own, many), counts) & ~member(keys, centres)
        left.append(others[~single], keys[~single])
        if needed:
            single[single] = member(keys[single], needed[0][0])
        leaves.append(keys[single], others[single])
    return leaves, left, rest


def _components(pairs: Table, space: Space) -> Table:
    core, result = Table(space, 2), Table(space, 2)
    for one, other in pairs.ranges():
        core.append(np.maximum(one, other), np.minimum(one, other))
    if len(core) > space.memory >> 7:  # numbering and hooking take about a hundred bytes a pair
        return _in_files(core, space)
    parts = zip(*core.ranges(), strict=True)
    result.append(*_in_memory(*(np.concatenate(columns) for columns in parts)))
    return result


def _in_memory(one: Keys, other: Keys) -> Rows:
    """Hook each root to its least neighbour's, jump over parents to the roots, drop what is joined; until all is."""
    nodes = np.unique(np.concatenate((one, other)))
    high, low = np.searchsorted(nodes, one), np.searchsorted(nodes, other)
    parent = np.arange(len(nodes))
    while len(high):
        np.minimum.at(parent, high, low)
        while True:
            above = parent[parent]
            if np.array_equal(above, parent):
                break
            parent = above
        one_root, other_root = parent[high], parent[low]
        apart = one_root != other_root
        high = np.maximum(one_root, other_root)[apart]
        low = np.minimum(one_root, other_root)[apart]
    moved = parent != np.arange(len(nodes))
    return nodes[moved], nodes[parent[moved]]


def _in_files(pairs: Table, space: Space) -> Table:
    """Alternate large stars and small stars until nothing changes: Kiveris and others, "Connected Components in MapReduce and
    Beyond", SoCC 2014, doi:10.1145/2670979.2670997. `pairs` and the result are (greater, lesser).
    """
    while True:
        large, changed = _large_star(pairs, space)
        pairs, also = _small_star(large, space)
        if not changed and not also:
            return pairs


def _large_star(pairs: Table, space: Space) -> tuple[Table, bool]:
    """Every key's greater neighbours now hang on its least neighbour, or on itself if that is the least."""
    both, result, changed = Table(space, 2), Table(space, 2), False
    for greater, lesser in pairs.ranges():
        both.append(greater, lesser)
        both.append(lesser, greater)
    for keys, neighbours in both.ranges():
        _, starts, counts = groups(keys)
        least = np.minimum(np.repeat(neighbours[starts], counts), keys)
        up = neighbours > keys
        changed |= bool((least[up] != keys[up]).any())
        result.append(neighbours[up], least[up])
    return result, changed


def _small_star(pairs: Table, space: Space) -> tuple[Table, bool]:
    """Every key and its lesser neighbours now hang on the least of them."""
    result, changed = Table(space, 2), False
    for keys, neighbours in pairs.ranges():
        own, starts, counts = groups(keys)
        least = np.repeat(neighbours[starts], counts)
        others = neighbours != least
        changed |= bool(others.any())
        result.append(own, neighbours[starts])
        result.append(neighbours[others], least[others])
    return result, changed


def relabelled(rows: Table, names: Table, *, all_rows: bool = True) -> Table:
    """Rows whose first number is replaced by what `names` says of it (the first of several); `all_rows`: also the others."""
    if not names and all_rows:
        return rows
    result = Table(rows.space, 2)
    for (keys, others), (known, new) in joint(rows, names):
        held, places = positions(known, keys)
        result.append(new[places] if len(places) else NONE, others[held])
        if all_rows:
            result.append(keys[~held], others[~held])
    return result
