"""`People` against the plain model of it: the same numbers for any records, however they come, spill, or are spread over workers."""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from people_model import Model

from auditor.people import Column, Identifier, People

STRONG = {
    "KR_CI": True,
    "KR_RRN": True,
    "KR_DI": True,
    "EMAIL_ADDRESS": False,
    "PHONE_NUMBER": False,
    "TH_PHONE": False,
}
Value = tuple[str, int]
Record = tuple[Value, ...]


def print_of(value: Value) -> bytes:
    return hashlib.blake2b(repr(value).encode(), digest_size=32).digest()


def identifiers(record: Record) -> list[Identifier]:
    return [Identifier(entity=value[0], fingerprint=print_of(value), strong=STRONG[value[0]]) for value in record]


def columns(records: Sequence[Record], rows: Sequence[int]) -> list[Column]:
    """The n-th value of an entity in a record goes to the entity's first or second column, by turns."""
    found: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for row, record in zip(rows, records, strict=True):
        for place, value in enumerate(record):
            key = int.from_bytes(print_of(value)[:8], "big")
            found.setdefault((value[0], place % 2), []).append((key, row))
    return [
        Column(
            entity=entity,
            strong=STRONG[entity],
            keys=np.array([key for key, _ in cells], np.uint64),
            rows=np.array([row for _, row in cells], np.int64),
        )
        for (entity, _), cells in found.items()
    ]


@dataclass(frozen=True)
class Batch:
    """Records of one asset that come together, one by one or as columns; `step`: between their row numbers."""

    asset: int
    records: tuple[Record, ...]
    as_columns: bool
    start: int = 0
    step: int = 1

    def give(self, people: People) -> None:
        if self.as_columns:
            rows = [self.start + self.step * n for n in range(len(self.records))]
            people.add_rows(self.asset, columns(self.records, rows))
        else:
            for record in self.records:
                people.add(self.asset, identifiers(record))


def model_of(batches: Sequence[Batch]) -> Model:
    model = Model()
    for batch in batches:
        for record in batch.records:
            model.add(batch.asset, identifiers(record))
    return model


def same(people: People, model: Model, groups: Sequence[Sequence[Value]] = ()) -> None:
    assert people.count() == model.count()
    assert people.certain == model.certain
    by_asset = people.count_by_asset()
    assert by_asset == model.count_by_asset()
    for group in groups:
        for value in group:
            assert (people.node(print_of(value)) is None) == (model.node(print_of(value)) is None)
    nodes = [[n for value in group if (n := people.node(print_of(value))) is not None] for group in groups]
    known = [[p for value in group if (p := model.node(print_of(value))) is not None] for group in groups]
    assert people.count_of(*nodes) == model.count_of(*known)
    assert (people.count(), people.count_by_asset()) == (model.count(), by_asset), "asking changes nothing"


@contextmanager
def small_parts(most: int = 1, block: int = 3) -> Iterator[None]:
    """Few owners are many, and a few records fill a block: the paths that only large tables take."""
    with (
        mock.patch("auditor.people.owners.MANY", most),
        mock.patch("auditor.people.components.MANY", most),
        mock.patch("auditor.people.records.AT_ONCE", block),
    ):
        yield


values = st.tuples(st.sampled_from(sorted(STRONG)), st.integers(0, 5))
record_of = st.lists(values, min_size=1, max_size=5).map(tuple)
batches_of = st.lists(
    st.builds(
        Batch,
        asset=st.integers(0, 4) | st.just(2**40),
        records=st.lists(record_of, max_size=6).map(tuple),
        as_columns=st.booleans(),
        start=st.integers(0, 9) | st.just(10**12),
        step=st.sampled_from([1, 2, 10**6]),
    ).filter(lambda batch: bool(batch.records)),
    max_size=8,
)
groups_of = st.lists(st.lists(values, max_size=6), max_size=3)
memories = st.sampled_from([64, 4096, 1 << 20])
"""Of the least every run goes to the file, and the core of the components too."""


@settings(max_examples=400, deadline=None)
@given(batches_of, groups_of, memories, st.lists(st.tuples(st.integers(0, 6), values), max_size=4), st.booleans())
def test_any_records_are_counted_as_the_model_counts_them(
    batches: list[Batch], groups: list[list[Value]], memory: int, also: list[tuple[int, Value]], small: bool
) -> None:
    with small_parts() if small else mock.patch("auditor.people.people._PENDING", 7):
        people, model = People(memory=memory), model_of(batches)
        for batch in batches:
            batch.give(people)
        same(people, model, groups)
        for asset, value in also:
            people.add_to_asset(asset, print_of(value))
            model.add_to_asset(asset, print_of(value))
        same(people, model, groups)
        people.close()


@settings(max_examples=150, deadline=None)
@given(batches_of, groups_of, memories, st.integers(1, 4), st.randoms(use_true_random=False), st.booleans())
def test_any_spread_over_workers_in_any_order_gives_the_same(
    batches: list[Batch], groups: list[list[Value]], memory: int, workers: int, chance: random.Random, asked: bool
) -> None:
    with small_parts(2):
        parts = [People(memory=memory) for _ in range(workers)]
        chance.shuffle(shuffled := list(batches))
        for batch in shuffled:
            part = chance.choice(parts)
            batch.give(part)
            if asked:
                part.count()
        whole, *others = parts
        for other in others:
            whole.merge(other)
            assert (other.count(), other.count_by_asset()) == (0, {})
        same(whole, model_of(batches), groups)


@settings(max_examples=60, deadline=None)
@given(batches_of, groups_of, memories)
def test_what_a_worker_saved_counts_as_if_it_were_here(
    tmp_path_factory: pytest.TempPathFactory, batches: list[Batch], groups: list[list[Value]], memory: int
) -> None:
    folder = tmp_path_factory.mktemp("workers")
    whole = People(memory=memory)
    for number, batch in enumerate(batches):
        worker = People(memory=memory)
        batch.give(worker)
        worker.save(path := folder / f"{number}.people")
        assert path.stat().st_mode & 0o777 == 0o600
        whole.merge(People.load(path, memory=memory))
        path.unlink()
    same(whole, model_of(batches), groups)


Make = Callable[[random.Random, int], Record]


def customers(chance: random.Random, n: int) -> Record:
    """A customer table: a CI and an RRN, a phone, which a family may share, an e-mail address, or the shop's."""
    whose = chance.randrange(n)
    mail = whose if chance.random() < 0.9 else -1
    return (("KR_CI", whose), ("KR_RRN", whose), ("PHONE_NUMBER", whose // 2), ("EMAIL_ADDRESS", mail))


def contacts(chance: random.Random, n: int) -> Record:
    """Weak identifiers alone, some in chains."""
    whose = chance.randrange(n)
    return (("PHONE_NUMBER", whose), ("EMAIL_ADDRESS", whose + chance.randrange(2)))


def mixed(chance: random.Random, n: int) -> Record:
    """Log lines: whatever stands there."""
    return tuple((chance.choice(sorted(STRONG)), chance.randrange(-1, n)) for _ in range(chance.randrange(1, 4)))


def developer_tries(chance: random.Random, n: int) -> Record:
    """One CI beside everybody's phones, then phones alone."""
    phone = ("PHONE_NUMBER", chance.randrange(n // 2))
    return (("KR_CI", n + 1), phone) if chance.random() < 0.5 else (phone,)


@pytest.mark.parametrize("memory", [1 << 12, 1 << 16, 256 << 20])
@pytest.mark.parametrize("kinds", [(customers,), (contacts,), (mixed,), (customers, contacts, developer_tries, mixed)])
def test_larger_audits_with_many_owners_and_long_chains(kinds: tuple[Make, ...], memory: int) -> None:
    chance = random.Random(len(kinds) + memory)
    batches = []
    for number in range(60):
        make = kinds[number % len(kinds)]
        records = tuple(make(chance, 150) for _ in range(chance.randrange(1, 60)))
        batches.append(Batch(chance.randrange(12), records, chance.random() < 0.7))
    people = People(memory=memory)
    for batch in batches:
        batch.give(people)
    groups = [[(entity, n) for entity in STRONG for n in range(chance.randrange(150))] for _ in range(3)]
    same(people, model_of(batches), groups)
