"""A run held against the register: what is matched, what is not, and what cannot be compared."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent / "register"))

from registers import KEY, ci, customers, make, opened, phone, print_of

from auditor.errors import InputError
from auditor.finds import Finds
from auditor.fingerprint import key_id
from auditor.ledger import Event, Ledger
from auditor.lookup import check_key
from auditor.model.asset import Asset
from auditor.model.finding import ComparedEntity
from auditor.model.match import Match, MatchBlock, Place
from auditor.model.rule import Protection
from auditor.ours import AffectedCustomers, compare
from auditor.people import People
from auditor.progress import Progress
from auditor.register.reader import Register
from auditor.reporters.register import sentences
from auditor.reporters.strings import load_strings
from auditor.store.sqlite import Store
from auditor.workers.replay import Replay
from tests.unit.reporters.sample_run import INCIDENT

JOINS = {"KR_CI": "strong", "KR_DI": "strong", "PHONE_NUMBER": "weak", "NICKNAME": "none"}


class Vendor:
    """A run in memory: records of (entity, value) put into assets as the examiner does."""

    def __init__(self, register: Register | None = None) -> None:
        self.store = Store(None)
        self.run = self.store.begin(engagement="e", profile="p", started=datetime(2026, 6, 15, tzinfo=UTC), key_id=key_id(KEY), tool_version="0", ruleset_digest="d")  # fmt: skip
        self.people = People()
        self._register = register

    def _ledger(self) -> Ledger:
        replay = Replay(self.store, self.run, self.people, Progress(), lambda gap: None, self.store.next_asset())

        def send(events: list[Event]) -> None:
            for event in events:
                replay.apply(event)

        return Ledger(send)

    def asset(self, path: str, *records: dict[str, str], candidate: bool = False, protection: Protection = "clear") -> None:  # fmt: skip
        ledger = self._ledger()
        finds = Finds(ledger, Asset(target="t", path=path), JOINS, self._register)
        for number, record in enumerate(records):
            for entity, value in record.items():
                finds.add(
                    Match(
                        entity=entity, fingerprint=print_of(entity, value), mask="**", score=0.6, place=Place(row=number + 1),
                        record=("", number), why=("shape",), candidate=candidate, protection=protection,
                    )
                )  # fmt: skip
        finds.close_records()
        finds.flush()
        ledger.flush()

    def table(self, path: str, rows: list[dict[str, str]], bulk: Callable[[int], bool]) -> None:
        """The same of a table whose rows are kept in bulk where `bulk` says so of their number."""
        ledger = self._ledger()
        finds = Finds(ledger, Asset(target="t", path=path), JOINS, self._register)
        for number, record in enumerate(rows):
            for entity, value in record.items():
                made = print_of(entity, value)
                finds.add_block(
                    MatchBlock(
                        entity=entity, rows=np.array([number + 1]), fingerprints=np.frombuffer(made, np.uint8).reshape(1, 16),
                        mask="**", masks=() if bulk(number) else ("**",), score=0.6, table="", column=entity, line=number + 2,
                        why=("shape",),
                    )
                )  # fmt: skip
            finds.content_ends()
        finds.finish()
        ledger.flush()

    def tallies(self) -> dict[tuple[str, str], tuple[int | None, int | None, int]]:
        return {
            (seen.path, tally.entity): (tally.compared, tally.matched, tally.distinct)
            for seen in self.store.observations(self.run, {})
            for tally in seen.tallies
        }


@pytest.fixture
def register(tmp_path: Path) -> Register:
    make(tmp_path, customers(100))
    return opened(tmp_path)


def test_counts_of_the_run_of_each_asset_and_of_people(register: Register) -> None:
    vendor = Vendor(register)
    vendor.asset("a.csv", *({"KR_CI": ci(n), "NICKNAME": f"별명{n}"} for n in (1, 2, 3, 500, 501)))
    vendor.asset("b.csv", *({"KR_CI": ci(n), "PHONE_NUMBER": phone(n)} for n in (3, 4, 502)))
    vendor.asset("c.csv", {"PHONE_NUMBER": phone(5)}, {"KR_DI": "di of nobody known"})
    found = compare(register, vendor.store, vendor.run, vendor.people)
    assert found.entities == (
        ComparedEntity(entity="KR_CI", compared=7, matched=4),
        ComparedEntity(entity="PHONE_NUMBER", compared=4, matched=3),
    )
    assert (found.customers, found.matched_customers) == (100, 5)
    assert vendor.people.count() == 9  # 1–5, 500–502, and the one with a DI alone
    assert (found.people_compared, found.people_matched) == (8, 5)
    assert (found.compared, found.matched) == (11, 7)
    assert vendor.tallies() == {
        ("a.csv", "KR_CI"): (5, 3, 5),
        ("a.csv", "NICKNAME"): (None, None, 5),
        ("b.csv", "KR_CI"): (3, 2, 3),
        ("b.csv", "PHONE_NUMBER"): (3, 2, 3),
        ("c.csv", "PHONE_NUMBER"): (1, 1, 1),
        ("c.csv", "KR_DI"): (None, None, 1),
    }


def test_estimated_people_are_not_compared_but_values_and_customers_are(register: Register) -> None:
    """Sketches know identifiers of nobody: a number of these must not pass for one of people."""
    vendor = Vendor(register)
    vendor.people = People(exact=1)
    vendor.asset("a.csv", *({"KR_CI": ci(n), "PHONE_NUMBER": phone(n)} for n in (1, 2, 3, 500)))
    vendor.people.merge(People())  # what waits is counted, and is beyond the bound
    assert vendor.people.estimated
    found = compare(register, vendor.store, vendor.run, vendor.people)
    assert (found.people_compared, found.people_matched) == (0, 0)
    assert (found.compared, found.matched, found.matched_customers) == (8, 6, 3)
    assert sentences(replace(INCIDENT, register=found), load_strings("en")) == (
        "6 of 8 values compared are in the bank's register of customers.",
        "3 customers to notify (auditor affected).",
    )


def test_encrypted_and_hashed_values_are_not_comparable(register: Register) -> None:
    vendor = Vendor(register)
    vendor.asset("hashed.csv", {"KR_CI": "hash of one"}, {"KR_CI": "hash of another"}, protection="hashed")
    found = compare(register, vendor.store, vendor.run, vendor.people)
    assert (found.compared, found.matched, found.people_compared) == (0, 0, 0)
    assert vendor.tallies() == {("hashed.csv", "KR_CI"): (None, None, 2)}


def test_a_candidate_in_the_register_is_confirmed_and_joins_its_record(register: Register) -> None:
    vendor = Vendor(register)
    vendor.asset("bare.txt", {"KR_CI": ci(7)}, {"KR_CI": ci(700)}, candidate=True)
    vendor.asset("beside.csv", {"PHONE_NUMBER": phone(8)})
    found = compare(register, vendor.store, vendor.run, vendor.people)
    assert vendor.tallies()[("bare.txt", "KR_CI")] == (1, 1, 1)  # the stranger's stays a candidate
    (match,) = vendor.store.find(vendor.run, "KR_CI", print_of("KR_CI", ci(7)))
    assert match.why == "shape; in the register"
    assert match.score == 0.99
    assert (vendor.people.count(), found.people_matched, found.matched_customers) == (2, 2, 2)


def test_without_a_register_a_candidate_stays_one() -> None:
    vendor = Vendor()
    vendor.asset("bare.txt", {"KR_CI": ci(7)}, candidate=True)
    assert vendor.tallies() == {}


def test_one_person_with_two_matched_values_is_one_customer_and_one_person(register: Register) -> None:
    vendor = Vendor(register)
    vendor.asset("a.csv", {"KR_CI": ci(1), "PHONE_NUMBER": phone(1)})
    found = compare(register, vendor.store, vendor.run, vendor.people)
    assert (found.people_matched, found.matched_customers, found.matched) == (1, 1, 2)


def test_the_affected_are_listed_sorted_once_with_entities_and_places(register: Register) -> None:
    vendor = Vendor(register)
    vendor.asset("a.csv", *({"KR_CI": ci(n)} for n in (40, 3, 900)))
    vendor.asset("b.csv", {"PHONE_NUMBER": phone(3)})
    vendor.asset("bare.txt", {"KR_CI": ci(50)}, {"KR_CI": ci(901)})
    affected = AffectedCustomers(register, vendor.store, vendor.run)
    assert list(affected.references()) == ["BANK-000003", "BANK-000040", "BANK-000050"]
    first, *_ = details = list(affected.details())
    assert [customer.reference for customer in details] == list(affected.references())
    assert first.entities == ("KR_CI", "PHONE_NUMBER")
    assert [(place.path, place.place) for place in first.places] == [("a.csv", "row 2"), ("b.csv", "row 1")]


def test_a_run_without_the_register_still_tells_its_candidates(register: Register) -> None:
    vendor = Vendor()
    vendor.asset("bare.txt", {"KR_CI": ci(50)}, {"KR_CI": ci(901)}, candidate=True)
    affected = AffectedCustomers(register, vendor.store, vendor.run)
    assert [(customer.reference, len(customer.places)) for customer in affected.details()] == [("BANK-000050", 1)]


def test_a_nickname_alone_names_nobody(tmp_path: Path) -> None:
    rows = [(f"B{n}", ci(n), f"별명{n}") for n in range(10)]
    make(tmp_path, rows, header=("no", "ci", "nick"), maps=("ci=ci", "nickname=nick", "reference=no"))
    vendor = Vendor()
    vendor.asset("a.csv", {"NICKNAME": "별명1", "KR_CI": ci(1)}, {"NICKNAME": "별명2"}, {"NICKNAME": "남의별명"})
    with opened(tmp_path) as register:
        found = compare(register, vendor.store, vendor.run, vendor.people)
        assert found.entities[1] == ComparedEntity(entity="NICKNAME", compared=3, matched=2)
        assert found.matched_customers == 1
        affected = AffectedCustomers(register, vendor.store, vendor.run)
        assert (list(affected.references()), affected.resembling) == (["B1"], 1)
        both = AffectedCustomers(register, vendor.store, vendor.run, attributes=True)
        assert (list(both.references()), both.resembling) == (["B1", "B2"], 0)


def test_several_rows_of_one_customer_are_listed_once(tmp_path: Path) -> None:
    rows = [("B1", ci(1), phone(1)), ("B0", ci(0), phone(0)), ("B1", ci(2), phone(2))]
    make(tmp_path, rows)
    vendor = Vendor()
    vendor.asset("a.csv", {"KR_CI": ci(1)}, {"KR_CI": ci(2)}, {"KR_CI": ci(0)})
    with opened(tmp_path) as register:
        affected = AffectedCustomers(register, vendor.store, vendor.run)
        assert list(affected.references()) == ["B0", "B1"]
        assert [len(customer.places) for customer in affected.details()] == [1, 2]


def test_row_numbers_are_sorted_as_numbers(tmp_path: Path) -> None:
    make(tmp_path, customers(20), maps=("ci=연계정보",))
    vendor = Vendor()
    vendor.asset("a.csv", *({"KR_CI": ci(n)} for n in (9, 1, 18)))
    with opened(tmp_path) as register:
        assert list(AffectedCustomers(register, vendor.store, vendor.run).references()) == ["2", "10", "19"]


def test_a_run_of_another_key_is_refused() -> None:
    vendor = Vendor()
    (stored,) = vendor.store.runs()
    check_key(stored, KEY)
    with pytest.raises(InputError, match="not the one the run was made with"):
        check_key(stored, KEY[::-1])


def test_values_in_bulk_count_as_if_each_had_a_row(register: Register) -> None:
    """Whatever is kept in bulk, alone or beside rows, in one asset or in several: all that is said of the register stays the same."""
    chance = random.Random(11)
    tables = {
        f"{name}.csv": [{"KR_CI": ci(n), "PHONE_NUMBER": phone(n), "NICKNAME": f"별명{n}"} for n in chance.choices(range(150), k=120)]
        for name in "abc"
    }  # fmt: skip

    def said(bulk: Callable[[str, int], bool]) -> tuple[object, ...]:
        vendor = Vendor(register)
        for path, rows in tables.items():
            vendor.table(path, rows, lambda number, path=path: bulk(path, number))  # type: ignore[misc]
        vendor.asset("bare.txt", {"KR_CI": ci(3)}, {"KR_CI": ci(149)}, candidate=True)
        vendor.store.promote(vendor.run)
        found = compare(register, vendor.store, vendor.run, vendor.people)
        affected = AffectedCustomers(register, vendor.store, vendor.run)
        details = [(one.reference, one.entities, [place.path for place in one.places]) for one in affected.details()]
        matches = {
            (seen.path, tally.entity): tally.matches
            for seen in vendor.store.observations(vendor.run, {})
            for tally in seen.tallies
        }
        return found, vendor.tallies(), matches, list(affected.references()), details

    rows_only = said(lambda _path, _number: False)
    for bulk in (
        lambda _path, _number: True,
        lambda path, _number: path == "b.csv",
        lambda path, number: path != "c.csv" and number >= 40,
        lambda _path, number: number % 2 == 0,
    ):
        assert said(bulk) == rows_only


def test_a_bulk_value_of_too_many_customers_is_matched_and_names_nobody(tmp_path: Path) -> None:
    rows = [(f"B{n}", ci(n), "010-0000-0000" if n else phone(1)) for n in range(150)]
    make(tmp_path, rows)
    with opened(tmp_path) as register:
        vendor = Vendor(register)
        vendor.table("a.csv", [{"PHONE_NUMBER": "010-0000-0000"}, {"PHONE_NUMBER": phone(1)}], lambda _: True)
        found = compare(register, vendor.store, vendor.run, vendor.people)
        assert (found.compared, found.matched, found.matched_customers) == (2, 2, 1)
        assert list(AffectedCustomers(register, vendor.store, vendor.run).references()) == ["B0"]
