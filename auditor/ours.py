"""Is this ours? What a run met, held against the bank's register: how much of it is customers' own, and whose it is.

Values are *matched* (a customer has it), *not in the register*, or *not comparable*: of an entity that was not mapped when
the register was built, or stored encrypted or hashed at the vendor.
"""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Final

import numpy as np
import numpy.typing as npt

from auditor.detectors.folding import fold
from auditor.fingerprint import normalize
from auditor.model.finding import ComparedEntity, RegisterComparison
from auditor.model.rule import NormalForm, RecognizerRule, Ruleset
from auditor.people import People
from auditor.register.mapping import Kind
from auditor.register.reader import Register
from auditor.store.sqlite import Store, StoredMatch, StoredValue

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
    by_asset: dict[tuple[int, str], list[int]] = {}
    by_entity: dict[str, list[int]] = {}
    customers = _Customers(register)
    persons = array("q"), array("q")
    for value, holders in _held_against(register, store.values(run, register.entities)):
        hit = holders is not None
        entity = by_entity.setdefault(value.entity, [0, 0])
        for counts in (entity, *(by_asset.setdefault((asset, value.entity), [0, 0]) for asset in value.assets)):
            counts[0] += 1
            counts[1] += hit
        if (node := people.node(value.fingerprint)) is not None:
            persons[0].append(node)
            if hit:
                persons[1].append(node)
        if holders and register.identifies(value.entity):
            customers.add(holders)
    store.set_registered(run, ((asset, entity, counts[0], counts[1]) for (asset, entity), counts in by_asset.items()))
    compared, matched = people.count_of(*persons)
    return RegisterComparison(
        name=register.name,
        key_id=register.key_id,
        built=register.index.created,
        customers=register.customers,
        matched_customers=len(customers),
        people_compared=compared,
        people_matched=matched,
        entities=tuple(
            ComparedEntity(entity=entity, compared=by_entity.get(entity, [0, 0])[0], matched=by_entity.get(entity, [0, 0])[1])
            for entity in register.entities
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
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
        self._named = named
        self.resembling = resembling.without(named)

    def _values(self) -> Iterator[tuple[StoredValue, tuple[int, ...] | None]]:
        return _held_against(self._register, self._store.values(self._run, self._register.entities, candidates=True))

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
            scratch.execute("CREATE INDEX hit_of ON hit (customer)")
            query = "SELECT entity, fingerprint FROM hit WHERE customer = ? ORDER BY entity, fingerprint"
            for reference, pairs in groupby(self._sorted(), key=lambda pair: pair[0]):
                hits = dict.fromkeys(hit for _, customer in pairs for hit in scratch.execute(query, (customer,)))
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
) -> Iterator[tuple[StoredValue, tuple[int, ...] | None]]:
    """Each value with what the register says of it (`Register.find`)."""
    for entity, own in groupby(values, key=lambda value: value.entity):
        while held := list(islice(own, _AT_ONCE)):
            yield from zip(held, register.find(entity, [value.fingerprint for value in held]), strict=True)
