"""Distinct people by joining identifiers: a wrong number here is the headline of a wrong report."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from auditor.people import Identifier, People


def ci(number: int) -> Identifier:
    return Identifier(entity="KR_CI", fingerprint=b"ci" + number.to_bytes(30, "little"), strong=True)


def rrn(number: int) -> Identifier:
    return Identifier(entity="KR_RRN", fingerprint=b"rrn" + number.to_bytes(29, "little"), strong=True)


def phone(number: int) -> Identifier:
    return Identifier(entity="PHONE_NUMBER", fingerprint=b"tel" + number.to_bytes(29, "little"), strong=False)


def email(number: int) -> Identifier:
    return Identifier(entity="EMAIL_ADDRESS", fingerprint=b"mail" + number.to_bytes(28, "little"), strong=False)


def counted(*records: tuple[int, list[Identifier]]) -> People:
    people = People()
    for asset, record in records:
        people.add(asset, record)
    return people


def test_the_same_ci_in_three_places_is_one_person() -> None:
    people = counted((1, [ci(1)]), (2, [ci(1), phone(1)]), (3, [ci(1)]))
    assert people.count() == 1
    assert people.count_by_asset() == {1: 1, 2: 1, 3: 1}
    assert people.certain


def test_a_ci_and_an_rrn_of_one_record_are_one_person_everywhere() -> None:
    people = counted((1, [ci(1), rrn(1)]), (2, [rrn(1)]), (3, [ci(1)]))
    assert people.count() == 1


def test_a_phone_alone_is_the_person_it_was_seen_with() -> None:
    people = counted((1, [ci(1), phone(1)]), (2, [phone(1)]))
    assert people.count() == 1
    assert people.count_by_asset()[2] == 1


def test_a_switchboard_number_folds_nobody_together() -> None:
    people = counted(*((1, [ci(n), phone(0)]) for n in range(1000)), (2, [phone(0)]))
    assert people.count() == 1000
    assert people.count_by_asset() == {1: 1000, 2: 1}


def test_a_phone_nobody_is_known_for_is_one_more_person_and_uncertain() -> None:
    people = counted((1, [ci(1)]), (1, [phone(5), email(5)]), (2, [email(5)]))
    assert people.count() == 2
    assert not people.certain


def test_a_line_with_many_cis_joins_nobody() -> None:
    people = counted((1, [ci(n) for n in range(50)]))
    assert people.count() == 50


def test_weak_identifiers_join_through_a_chain() -> None:
    people = counted((1, [phone(1), email(1)]), (2, [email(1)]), (3, [phone(1)]), (4, [phone(2)]))
    assert people.count() == 2


records = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.lists(
            st.sampled_from([ci, rrn, phone, email]).flatmap(lambda f: st.integers(0, 6).map(f)), min_size=1, max_size=4
        ),
    ),
    max_size=25,
)


@given(records, st.integers(0, 1000))
def test_the_order_of_records_does_not_matter(given_records: list[tuple[int, list[Identifier]]], seed: int) -> None:
    shuffled = list(given_records)
    random.Random(seed).shuffle(shuffled)
    one, other = counted(*given_records), counted(*shuffled)
    assert one.count() == other.count()
    assert one.count_by_asset() == other.count_by_asset()
    assert one.certain == other.certain


@given(records)
def test_bounds(given_records: list[tuple[int, list[Identifier]]]) -> None:
    people = counted(*given_records)
    identifiers = {i.fingerprint for _, record in given_records for i in record}
    assert people.count() <= len(identifiers)
    assert bool(people.count()) == bool(identifiers)
    assert max(people.count_by_asset().values(), default=0) <= people.count() + 1
