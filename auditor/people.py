"""How many distinct people: identifiers that stand in one record belong to one person.

Strong identifiers (CI, DI, RRN, FRN) name one person. Weak ones (phone, e-mail) usually do, but a shared switchboard
number must not fold a thousand people into one: a weak identifier joins people only where no strong one contradicts it.
The result does not depend on the order in which records arrive.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

KEPT: Final = 16
"""Bytes kept of a fingerprint: 128 bits, so a collision among 55 million is out of question."""


class _Sets:
    """Disjoint sets over 0 … n-1, path halving."""

    __slots__ = ("_parent",)

    def __init__(self) -> None:
        self._parent = array("q")

    def new(self) -> int:
        self._parent.append(len(self._parent))
        return len(self._parent) - 1

    def root(self, node: int) -> int:
        parent = self._parent
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def join(self, one: int, other: int) -> None:
        one, other = self.root(one), self.root(other)
        if one != other:  # the smaller number wins: the same sets have the same root in any order
            self._parent[max(one, other)] = min(one, other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A value that may join records: its entity, its fingerprint, and whether it is strong."""

    entity: str
    fingerprint: bytes
    strong: bool


class People:
    """Collects records, then counts. Memory: about 150 bytes a distinct identifier."""

    def __init__(self) -> None:
        self._nodes: dict[bytes, int] = {}
        self._strong = bytearray()
        self._sets = _Sets()
        self._weak_links: dict[int, set[int]] = defaultdict(set)
        self._assets: dict[int, set[int]] = defaultdict(set)

    def add(self, asset: int, record: Iterable[Identifier]) -> None:
        """One record of an asset. A record that holds two values of one entity is a list: it joins nobody."""
        values: dict[str, set[int]] = defaultdict(set)
        strong: set[int] = set()
        for identifier in record:
            node = self._node(identifier)
            values[identifier.entity].add(node)
            if identifier.strong:
                strong.add(node)
        nodes = {node for found in values.values() for node in found}
        self._assets[asset] |= nodes
        if len(nodes) < 2 or any(len(found) > 1 for found in values.values()):
            return
        weak = nodes - strong
        first, *others = sorted(strong) or sorted(weak)
        for node in others:
            self._sets.join(first, node)
        if strong:
            for node in weak:
                self._weak_links[node].add(first)

    def _node(self, identifier: Identifier) -> int:
        key = identifier.fingerprint[:KEPT]
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = self._sets.new()
            self._strong.append(identifier.strong)
        return node

    def _persons(self) -> tuple[dict[int, frozenset[int]], set[int]]:
        """Weak root → the strong roots it stands for; and every person's root."""
        claimed: dict[int, set[int]] = defaultdict(set)
        persons: set[int] = set()
        weak_roots: set[int] = set()
        for node in range(len(self._strong)):
            root = self._sets.root(node)
            if self._strong[node]:
                persons.add(root)
            else:
                weak_roots.add(root)
                claimed[root] |= {self._sets.root(owner) for owner in self._weak_links.get(node, ())}
        persons |= {root for root in weak_roots if not claimed[root]}
        return {root: frozenset(owners) for root, owners in claimed.items()}, persons

    def count(self) -> int:
        """Distinct people over everything added."""
        return len(self._persons()[1])

    @property
    def certain(self) -> bool:
        """Whether every person counted has a strong identifier; else the count is a bound from weak ones."""
        _, persons = self._persons()
        strong_roots = {self._sets.root(node) for node in range(len(self._strong)) if self._strong[node]}
        return persons <= strong_roots

    def count_by_asset(self) -> dict[int, int]:
        """Distinct people of each asset, joined by what all assets together tell."""
        claimed, _ = self._persons()
        return {asset: self._people_of(nodes, claimed) for asset, nodes in self._assets.items()}

    def _people_of(self, nodes: Iterable[int], claimed: Mapping[int, frozenset[int]]) -> int:
        roots = {self._sets.root(node) for node in nodes}
        people = {root for root in roots if not claimed.get(root)}
        owners = [claimed[root] for root in roots if claimed.get(root)]
        for owner in owners:  # a weak value that stands alone here counts as the person known to own it
            if len(owner) == 1:
                people |= owner
        # … and one that several people share, where none of them is met here, as one more: a lower bound.
        unseen = any(not owner & people for owner in owners)
        return len(people) + unseen

    def node(self, fingerprint: bytes) -> int | None:
        """The number of an identifier, for `count_of`; None if it was never added."""
        return self._nodes.get(fingerprint[:KEPT])

    def count_of(self, *groups: Iterable[int]) -> tuple[int, ...]:
        """Distinct people who hold at least one identifier of a group, for each group of `node` numbers."""
        claimed, _ = self._persons()
        return tuple(self._people_of(nodes, claimed) for nodes in groups)

    def add_to_asset(self, asset: int, fingerprint: bytes) -> None:
        """Count an identifier met elsewhere in this asset too (a candidate that was confirmed)."""
        node = self._nodes.get(fingerprint[:KEPT])
        if node is not None:
            self._assets[asset].add(node)
