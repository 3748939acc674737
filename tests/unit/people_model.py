"""How people are counted, in plain Python: slow, and plain enough to be seen to be right. What the tests hold `People` against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from auditor.people import Identifier


class Model:
    """The first implementation, without its shortcuts: sets of fingerprints, and sets of sets."""

    def __init__(self) -> None:
        self._strong: dict[bytes, bool] = {}
        self._same: dict[bytes, set[bytes]] = {}
        self._owners: dict[bytes, set[bytes]] = defaultdict(set)
        self._assets: dict[int, set[bytes]] = defaultdict(set)

    def add(self, asset: int, record: Iterable[Identifier]) -> None:
        """One record."""
        values: dict[str, set[bytes]] = defaultdict(set)
        for identifier in record:
            node = identifier.fingerprint
            values[identifier.entity].add(node)
            self._strong[node] = identifier.strong
            self._same.setdefault(node, {node})
        nodes = set().union(*values.values())
        self._assets[asset] |= nodes
        if any(len(found) > 1 for found in values.values()):
            return
        strong = {node for node in nodes if self._strong[node]}
        weak = nodes - strong
        joined = sorted(strong or weak)
        for node in joined[1:]:
            self._join(joined[0], node)
        if strong:
            for node in weak:
                self._owners[node].add(joined[0])

    def _join(self, one: bytes, other: bytes) -> None:
        both = self._same[one] | self._same[other]
        for node in both:
            self._same[node] = both

    def _person(self, node: bytes) -> bytes:
        return min(self._same[node])

    def _owners_of(self, node: bytes) -> set[bytes]:
        return {self._person(owner) for member in self._same[node] for owner in self._owners[member]}

    def persons(self) -> set[bytes]:
        """Everybody: each strong person, and each weak one whom nobody owns."""
        return {self._person(node) for node, strong in self._strong.items() if strong or not self._owners_of(node)}

    def count(self) -> int:
        """Distinct people."""
        return len(self.persons())

    @property
    def certain(self) -> bool:
        """Whether each has a strong identifier."""
        return all(self._strong[person] for person in self.persons())

    def count_by_asset(self) -> dict[int, int]:
        """Distinct people of each asset."""
        return {asset: self.count_of(nodes)[0] for asset, nodes in self._assets.items()}

    def count_of(self, *groups: Iterable[bytes]) -> tuple[int, ...]:
        """Distinct people of each group of fingerprints."""
        return tuple(self._people_of(set(group)) for group in groups)

    def _people_of(self, nodes: set[bytes]) -> int:
        people: set[bytes] = set()
        shared: list[set[bytes]] = []
        for node in nodes:
            owners = set() if self._strong[node] else self._owners_of(node)
            if not owners:
                people.add(self._person(node))
            elif len(owners) == 1:
                people |= owners
            else:
                shared.append(owners)
        return len(people) + any(not owners & people for owners in shared)

    def node(self, fingerprint: bytes) -> bytes | None:
        """The fingerprint, if it was added."""
        return fingerprint if fingerprint in self._strong else None

    def add_to_asset(self, asset: int, fingerprint: bytes) -> None:
        """An identifier met elsewhere is in this asset too."""
        if fingerprint in self._strong:
            self._assets[asset].add(fingerprint)
