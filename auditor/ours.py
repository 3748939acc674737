"""Is this ours? What a run met, held against the bank's register: how much of it is customers' own, and whose it is.

Values are *matched* (a customer has it), *not in the register*, or *not comparable*: of an entity that was not mapped when
the register was built, or stored encrypted or hashed at the vendor.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby, islice
from typing import Final

import numpy as np
import numpy.typing as npt

from auditor.detectors.folding import fold
from auditor.fingerprint import normalize
from auditor.model.finding import ComparedEntity, RegisterComparison
from auditor.model.noun import noun
from auditor.model.rule import NormalForm, RecognizerRule, Ruleset
from auditor.people import People
from auditor.register.mapping import Kind
from auditor.register.reader import Register
from auditor.store.keys import Keys, keys_in
from auditor.store.reading import PREFIX
from auditor.store.records import StoredBulk, StoredMatch, StoredValue
from auditor.store.sqlite import Store

_AT_ONCE: Final = 50_000


def kinds(ruleset: Ruleset) -> dict[str, Kind]:
    """What each entity's rules say that building a register needs."""
    rules: dict[str, list[RecognizerRule]] = {}
    for rule in ruleset.recognizers:
        rules.setdefault(rule.entity, []).append(rule)
    return {entity: _kind(own) for entity, own in rules.items()}


def _kind(rules: list[RecognizerRule]) -> Kind:
    form: NormalForm = rules[0].normal_form
    shapes = [re.compile(p.regex) for rule in rules for p in rule.patterns if p.protection == "clear"]
    shapes += [re.compile(rule.field_value) for rule in rules if rule.field_value]

    def plausible(value: str) -> bool:
        folded = fold(value)
        return any(shape.fullmatch(folded) for shape in shapes) or (
            form == "phone" and normalize(form, value).startswith("+")
        )

    return Kind(form=form, identifies=any(rule.joins != "none" for rule in rules), plausible=plausible)


def compare(register: Register, store: Store, run: int, people: People) -> RegisterComparison:
    """Hold every clear value of a run against the register; the store keeps the counts of each asset and entity."""
    counted = _Counts(register, store, people)
    for entity in register.entities:
        counted.entity(run, entity)
    store.set_registered(run, counted.by_asset())
    compared, matched = counted.persons()
    return RegisterComparison(
        name=register.name,
        key_id=register.key_id,
        built=register.index.created,
        customers=register.customers,
        matched_customers=len(counted.customers),
        people_compared=compared,
        people_matched=matched,
        entities=tuple(counted.entities),
    )


class _Counts:
    """Distinct values compared and matched: of each asset, and of the run, where one value may stand in many assets."""

    def __init__(self, register: Register, store: Store, people: People) -> None:
        self._register, self._store = register, store
        self._of_asset: dict[tuple[int, str], list[int]] = {}
        self._persons = people.groups()
        self.entities: list[ComparedEntity] = []
        self.customers = _Customers(register)

    def entity(self, run: int, entity: str) -> None:
        """Hold the values of one entity against the register."""
        heads = self._store.bulk_heads(run, entity)
        compared = matched = 0
        for values, found in _held_against(self._register, self._store.values(run, (entity,))):
            counted = self._counted_in_bulk(heads, values)
            anywhere = [any(told) for told in zip(*counted.values(), strict=True)] if counted else [False] * len(values)
            self._persons_among(
                keys_in([value.fingerprint for value in values]), np.array([one is not None for one in found])
            )
            for at, (value, holders) in enumerate(zip(values, found, strict=True)):
                hit = holders is not None
                if not anywhere[at]:
                    compared, matched = compared + 1, matched + hit
                for asset in value.assets:
                    if not (asset in counted and counted[asset][at]):
                        self._add(asset, entity, 1, hit)
                if holders and self._register.identifies(entity):
                    self.customers.add(holders)
        more, of_these = self._bulk(heads, entity)
        self.entities.append(ComparedEntity(entity=entity, compared=compared + more, matched=matched + of_these))

    def _counted_in_bulk(self, heads: list[StoredBulk], values: list[StoredValue]) -> dict[int, list[bool]]:
        """By asset: which of some values are counted with its bulk values already."""
        fingerprints = [value.fingerprint for value in values]
        return {head.asset: self._store.in_bulk(head, fingerprints).tolist() for head in heads}

    def _bulk(self, heads: list[StoredBulk], entity: str) -> tuple[int, int]:
        """Distinct bulk values compared and matched over all assets. Nothing here loops over values."""
        if len(heads) > 1:
            for head in heads:
                for keys in self._store.bulk_keys(head):
                    self._add(head.asset, entity, len(keys), int(self._register.holds_keys(entity, keys).sum()))
        compared = matched = 0
        for keys in self._store.bulk_union(heads):
            hit = self._register.holds_keys(entity, keys)
            compared, matched = compared + len(keys), matched + int(hit.sum())
            self._persons_among(keys, hit)
            if self._register.identifies(entity):
                self.customers.add_all(self._register.customers_of_keys(entity, keys[hit])[1])
        if len(heads) == 1:
            self._add(heads[0].asset, entity, compared, matched)
        return compared, matched

    def _persons_among(self, keys: Keys, hit: npt.NDArray[np.bool_]) -> None:
        self._persons.add(0, keys)
        self._persons.add(1, keys[hit])

    def _add(self, asset: int, entity: str, compared: int, matched: int) -> None:
        counts = self._of_asset.setdefault((asset, entity), [0, 0])
        counts[0] += compared
        counts[1] += matched

    def by_asset(self) -> Iterator[tuple[int, str, int, int]]:
        """What `Store.set_registered` takes."""
        return ((asset, entity, counts[0], counts[1]) for (asset, entity), counts in self._of_asset.items())

    def persons(self) -> tuple[int, int]:
        """People with a value that could be compared, and with one that the register holds; (0, 0) where people are estimated."""
        counted = self._persons.count()
        return counted.get(0, 0), counted.get(1, 0)


@noun
class Affected:
    """One of the bank's own references: which kinds of their data were met, and where."""

    reference: str
    entities: tuple[str, ...]
    places: tuple[StoredMatch, ...]


class AffectedCustomers:
    """The customers a run's values belong to.

    A nickname, a name, a birth date or an address alone names nobody: whoever matches by such attributes only is counted
    in `resembling`, and listed with `attributes` alone. Unconfirmed candidates count here: being in the register confirms them.
    """

    def __init__(self, register: Register, store: Store, run: int, *, attributes: bool = False) -> None:
        self._register, self._store, self._run = register, store, run
        named, resembling = _Customers(register), _Customers(register)
        for value, holders in self._values():
            if holders:
                (named if attributes or register.identifies(value.entity) else resembling).add(holders)
        for entity, _, customers in self._bulk():
            (named if attributes or register.identifies(entity) else resembling).add_all(customers)
        self._named = named
        self.resembling = resembling.without(named)

    def _values(self) -> Iterator[tuple[StoredValue, tuple[int, ...] | None]]:
        values = self._store.values(self._run, self._register.entities, candidates=True)
        for held, found in _held_against(self._register, values):
            yield from zip(held, found, strict=True)

    def _bulk(self) -> Iterator[tuple[str, Keys, npt.NDArray[np.uint32]]]:
        """Bulk values of customers: entity, and for each pair of a value and its holder the key and the customer."""
        for entity in self._register.entities:
            for keys in self._store.bulk_union(self._store.bulk_heads(self._run, entity)):
                places, customers = self._register.customers_of_keys(entity, keys)
                if len(customers):
                    yield entity, keys[places], customers

    def references(self) -> Iterator[str]:
        """The bank's references, sorted, each once. Row numbers are sorted as numbers."""
        for reference, _ in groupby(self._sorted(), key=lambda pair: pair[0]):
            yield reference

    def _sorted(self) -> Iterator[tuple[str, int]]:
        """(reference, customer) in the order of the references."""
        if self._register.index.blocks is None:
            yield from ((str(customer + 1), customer) for customer in self._named)
            return
        width = max((width for _, width in self._register.index.blocks), default=1)
        texts = (text.encode() for text in self._register.references(self._named))
        references = np.fromiter(texts, dtype=f"S{width}", count=len(self._named))
        customers = self._named.numbers()
        for place in np.argsort(references, kind="stable"):
            yield references[place].decode(), int(customers[place])

    def details(self) -> Iterator[Affected]:
        """The same with entities and places. Works on disk, so that memory holds one customer at a time."""
        with closing(sqlite3.connect("")) as scratch:  # a temporary file, gone when closed
            scratch.execute("CREATE TABLE hit (customer INTEGER, entity TEXT, fingerprint BLOB)")
            for value, holders in self._values():
                rows = [
                    (customer, value.entity, value.fingerprint) for customer in holders or () if customer in self._named
                ]
                scratch.executemany("INSERT INTO hit VALUES (?,?,?)", rows)
            for entity, keys, customers in self._bulk():
                named = self._named.among(customers)
                raw = keys[named].astype(">u8").tobytes()
                pairs = enumerate(customers[named].tolist())
                rows = [(customer, entity, raw[8 * at : 8 * at + 8]) for at, customer in pairs]
                scratch.executemany("INSERT INTO hit VALUES (?,?,?)", rows)
            scratch.execute("CREATE INDEX hit_of ON hit (customer)")
            query = "SELECT entity, fingerprint FROM hit WHERE customer = ? ORDER BY entity, fingerprint"
            for reference, same in groupby(self._sorted(), key=lambda pair: pair[0]):
                hits = dict.fromkeys(hit for _, customer in same for hit in scratch.execute(query, (customer,)))
                for entity, fingerprint in tuple(hits):  # looking for a whole fingerprint finds bulk values too
                    if len(fingerprint) > PREFIX:
                        hits.pop((entity, fingerprint[:PREFIX]), None)
                yield Affected(
                    reference=reference,
                    entities=tuple(sorted({entity for entity, _ in hits})),
                    places=tuple(place for hit in hits for place in self._store.find(self._run, *hit, candidates=True)),
                )


class _Customers:
    """A set of customers: a byte for each there is, 55 MB for 55 million."""

    def __init__(self, register: Register) -> None:
        self._held: npt.NDArray[np.bool_] = np.zeros(register.customers, dtype=bool)

    def add(self, customers: tuple[int, ...]) -> None:
        self._held[list(customers)] = True

    def add_all(self, customers: npt.NDArray[np.uint32]) -> None:
        self._held[customers] = True

    def among(self, customers: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
        return self._held[customers]

    def __contains__(self, customer: int) -> bool:
        return bool(self._held[customer])

    def __len__(self) -> int:
        return int(np.count_nonzero(self._held))

    def __iter__(self) -> Iterator[int]:
        return map(int, self.numbers())

    def numbers(self) -> npt.NDArray[np.intp]:
        """All of them, ascending."""
        return np.flatnonzero(self._held)

    def without(self, others: _Customers) -> int:
        """How many are not among the others."""
        return int(np.count_nonzero(self._held & ~others._held))


def _held_against(
    register: Register, values: Iterable[StoredValue]
) -> Iterator[tuple[list[StoredValue], list[tuple[int, ...] | None]]]:
    """Values of one entity, many at a time, with what the register says of each (`Register.find`)."""
    for entity, own in groupby(values, key=lambda value: value.entity):
        while held := list(islice(own, _AT_ONCE)):
            yield held, list(register.find(entity, [value.fingerprint for value in held]))
