"""From facts to numbers: whom each identifier stands for, and how many people each asset holds.

A weak component is *nobody's* (no strong identifier was met beside any of its keys: a person by itself), *one's* (that person's),
or *shared* by several owners. A shared one counts in an asset only if none of its owners is there, and all such as one person.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np

from auditor.model.noun import noun
from auditor.people.arrays import (
    NONE,
    Keys,
    Mask,
    Places,
    Rows,
    constant,
    distinct,
    expanded,
    groups,
    member,
    number_of,
    pairs_in,
    positions,
)
from auditor.people.components import Same, relabelled
from auditor.people.owners import Owners
from auditor.people.records import Facts
from auditor.people.tables import Space, Table, joint

Pairs: TypeAlias = tuple[Keys, Keys]
_KEPT: Final = 16


@noun
class Counted:
    """`places`: the people of each asset, or group, that holds any. `certain`: every person has a strong identifier."""

    people: int
    certain: bool
    places: dict[int, int]


class Tally:
    """Counts over facts that do not change meanwhile. What it works on is in a space of its own."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._space = Space(facts.space.memory, facts.space.folder)
        self._strong = Same(facts.strong_same, facts.strong, self._space)
        self._weak = Same(facts.weak_same, facts.weak, self._space)

    def close(self) -> None:
        """Delete its temporary file."""
        self._space.close()

    def count(self, more: Pairs) -> Counted:
        """Over all facts; `more` (key, asset): those identifiers, where known, stand in those assets too."""
        strong, weak = self._facts.strong, self._facts.weak
        if len(more[0]):
            more_strong, more_weak, _ = self._named(more)
            strong, weak = self._both(strong, more_strong), self._both(weak, more_weak)
        return self._count(strong, weak)

    def count_of(self, members: Pairs) -> Counted:
        """Over (key, group) alone, by what all facts tell. ValueError if a key was never met."""
        strong, weak, known = self._named(members)
        if not known.all():
            raise ValueError("not the number of an identifier")
        return self._count(strong, weak)

    def members(self) -> Table:
        """An empty table of (key, group) for `count_in`."""
        return Table(self._space, 2)

    def count_in(self, members: Table) -> Counted:
        """Over (key, group) alone, by what all facts tell; keys that were never met count nobody."""
        facts = self._facts
        linked = Table(self._space, 1)
        for keys, _ in facts.links.scan():
            linked.append(keys)
        strong, weak = Table(self._space, 2), Table(self._space, 2)
        for (keys, numbers), *held in joint(
            members, facts.strong, self._strong.near, facts.weak, self._weak.near, linked
        ):
            if len(keys):
                is_strong, is_strong_too, is_weak, is_weak_too, is_linked = (member(keys, rows[0]) for rows in held)
                is_strong |= is_strong_too
                is_weak = (is_weak | is_weak_too | is_linked) & ~is_strong
                strong.append(keys[is_strong], numbers[is_strong])
                weak.append(keys[is_weak], numbers[is_weak])
        return self._count(relabelled(strong, self._strong.near), relabelled(weak, self._weak.near))

    def nodes(self) -> Table:
        """Every key that was met."""
        facts = self._facts
        linked, result = Table(self._space, 1), Table(self._space, 1)
        for weak, _ in facts.links.scan():
            linked.append(weak)
        for parts in joint(facts.strong, self._strong.near, facts.weak, self._weak.near, linked):
            result.append(*distinct((np.concatenate([part[0] for part in parts]),)))
        result.seal()
        return result

    def _named(self, members: Pairs) -> tuple[Table, Table, Mask]:
        """(key, group) in terms of keys that stand for records, strong ones and weak ones; and which keys are known at all."""
        facts, (keys, numbers) = self._facts, members
        is_strong = facts.strong.holds(keys) | self._strong.near.holds(keys)
        is_weak = facts.weak.holds(keys) | self._weak.near.holds(keys)
        if not (is_strong | is_weak).all():
            asked = np.unique(keys[~is_strong & ~is_weak])
            linked = np.zeros(len(asked), bool)
            for weak, _ in facts.links.scan():
                linked |= member(asked, np.sort(weak))
            is_weak |= member(keys, asked[linked])
        is_weak &= ~is_strong
        tables = []
        for mask, same in ((is_strong, self._strong.near), (is_weak, self._weak.near)):
            table = Table(self._space, 2)
            table.append(keys[mask], numbers[mask])
            tables.append(relabelled(table, same))
        return tables[0], tables[1], is_strong | is_weak

    def _both(self, table: Table, more: Table) -> Table:
        """The rows of both tables, their runs shared."""
        both = Table(self._space, 2)
        for part in (table, more):
            part.seal()
            both.runs.extend(part.runs)
        return both

    def _count(self, strong: Table, weak: Table) -> Counted:
        space = self._space
        entries, shared, certain = Table(space, 2), _Shared(space), True
        if weak:
            weak, certain = relabelled(weak, self._weak.roots), False
            if self._facts.links:
                owners = Owners(self._facts, weak, self._weak, self._strong, space)
                certain = self._resolve(weak, owners, entries, shared)
            else:
                entries = weak
        moved = relabelled(strong, self._strong.roots, all_rows=False) if self._strong.roots else Table(space, 2)
        people, places = 0, _Counts()
        for met, renamed, changed, more, few, many in joint(
            strong, self._strong.roots, moved, entries, shared.few, shared.many
        ):
            old = met
            if len(renamed[0]):
                stays = ~member(met[0], renamed[0])
                old = met[0][stays], met[1][stays]
            # Few as a rule, and sorting them together with the others would take twice the time.
            new = distinct((np.concatenate((changed[0], more[0])), np.concatenate((changed[1], more[1]))))
            fresh = ~pairs_in(new, old)
            new = new[0][fresh], new[1][fresh]
            own = groups(new[0])[0]
            people += len(own) - int(np.count_nonzero(member(own, old[0]))) + number_of(old[0])
            for held in (old, new):
                places.add(held[1])
                shared.meet(held, few, many)
        places.add(shared.unmet())
        return Counted(people=people, certain=certain, places=places.total())

    def _resolve(self, weak: Table, owners: Owners, entries: Table, shared: _Shared) -> bool:
        """Each weak root's person goes to the entries, or it to the shared ones. Returns whether every one has an owner."""
        certain = True
        for (keys, places), (owned, strong) in joint(weak, owners.few):
            own, starts, counts = groups(owned)
            held, at = positions(own, keys)
            count, start = np.zeros(len(keys), np.intp), np.zeros(len(keys), np.intp)
            count[held], start[held] = counts[at], starts[at]
            count[member(keys, owners.many_keys)] = owners.most + 1
            nobody, one, several, many = (
                count == 0,
                count == 1,
                (count > 1) & (count <= owners.most),
                count > owners.most,
            )
            certain &= not nobody.any()
            entries.append(keys[nobody], places[nobody])
            entries.append(strong[start[one]], places[one])
            shared.add_few((keys[several], places[several]), start[several], count[several], strong)
            if many.any():
                wanted = np.repeat(member(own, keys[many]), counts)
                shared.add_many((keys[many], places[many]), (strong[wanted], owned[wanted]))
        if shared.many_keys.size:
            for strong, owned in owners.many.ranges():
                wanted = member(owned, shared.many_keys)
                shared.many.append(strong[wanted], owned[wanted])
        return certain


class _Shared:
    """Shared weak roots in assets, and which of them meet an owner there."""

    def __init__(self, space: Space) -> None:
        self._all = Table(space, 2)  # weak root, asset
        self._met = Table(space, 2)
        self.few = Table(space, 3)  # owner, asset, weak root: is this owner in this asset?
        self.many = Table(space, 2)  # owner, weak root: in which of these assets is it?
        self.many_keys = NONE
        self._many_places = NONE
        self._at_once = space.at_once

    def add_few(self, pairs: Pairs, starts: Places, counts: Places, strong: Keys) -> None:
        """Weak roots with few owners: one question an owner."""
        self._all.append(*pairs)
        for rows, things in expanded(starts, counts, self._at_once):
            self.few.append(strong[things], pairs[1][rows], pairs[0][rows])

    def add_many(self, pairs: Pairs, owners: Pairs) -> None:
        """Weak roots with many owners."""
        self._all.append(*pairs)
        self.many_keys = np.union1d(self.many_keys, pairs[0])
        self._many_places = np.union1d(self._many_places, pairs[1])
        self.many.append(*owners)

    def meet(self, held: Rows, few: Rows, many: Rows) -> None:
        """`held`: the people of a range of keys and their assets; with the questions of the same range."""
        if len(few[0]):
            met = pairs_in(few[:2], held)
            self._met.append(few[2][met], few[1][met])
        if len(many[0]):
            here = member(held[1], self._many_places)
            keys, places = held[0][here], held[1][here]
            own, starts, counts = groups(many[0])
            met, at = positions(own, keys)
            for rows, things in expanded(starts[at], counts[at], self._at_once):
                self._met.append(many[1][things], places[met][rows])

    def unmet(self) -> Keys:
        """The assets that hold a shared one and none of its owners."""
        found = NONE
        for pairs, met in joint(self._all, self._met):
            found = np.union1d(found, pairs[1][~pairs_in(pairs, met)])
        return found


class _Counts:
    """How often each number came."""

    def __init__(self) -> None:
        self._parts: list[tuple[Keys, Places]] = []

    def add(self, column: Keys) -> None:
        """Count a column."""
        if not len(column):
            return
        if constant(column):
            self._parts.append((column[:1].copy(), np.array([len(column)])))
        else:
            self._parts.append(np.unique(column, return_counts=True))
        if len(self._parts) > _KEPT:
            self._parts = [self._merged()]

    def _merged(self) -> tuple[Keys, Places]:
        numbers = np.concatenate([part[0] for part in self._parts])
        counts = np.concatenate([part[1] for part in self._parts])
        own, where = np.unique(numbers, return_inverse=True)
        total = np.zeros(len(own), np.intp)
        np.add.at(total, where, counts)
        return own, total

    def total(self) -> dict[int, int]:
        """Number → how often."""
        if not self._parts:
            return {}
        numbers, counts = self._merged()
        return dict(zip(numbers.tolist(), counts.tolist(), strict=True))
