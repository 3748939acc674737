"""From exposed fields to actions, and from awareness to deadlines: thresholds, zones, leap days, no order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.commands.respond import _left, aware_at
from auditor.errors import InputError
from auditor.model.calendar import zone_of
from auditor.model.guidance import PlaybookAction
from auditor.model.response import Due, Exposure
from auditor.model.text import Bilingual
from auditor.reporters.strings import entity_names, load_strings
from auditor.response.playbook import called_for, plan
from auditor.ruleset.loader import load

RULES = load()
NAMES = entity_names(RULES.recognizers)
CLOCKS = {clock.id: clock for book in RULES.playbooks for clock in book.clocks}
AWARE = datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
TEXT = Bilingual(en="x", ko="가")
ENTITIES = sorted({rule.entity for rule in RULES.recognizers})

exposures = st.builds(
    Exposure,
    entities=st.lists(st.sampled_from(ENTITIES), min_size=1, unique=True).map(tuple),
    people=st.integers(0, 20_000),
    at_least=st.booleans(),
    countries=st.lists(st.sampled_from(["KR", "TH", "CN", "DE", "US"]), max_size=2, unique=True).map(tuple),
)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2036, 1, 1), timezones=st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-5))]))  # fmt: skip


def states(exposure: Exposure) -> dict[str, Due]:
    made = plan(RULES.playbooks, exposure, AWARE, NAMES)
    assert made
    return {deadline.id: deadline.state for deadline in made.deadlines}


@pytest.mark.parametrize(
    ("people", "at_least", "authority", "credit"),
    [
        (999, False, Due.DECIDE, Due.DECIDE),  # illegal access from outside is a person's to rule out
        (1000, False, Due.DUE, Due.DECIDE),
        (9_999, True, Due.DUE, Due.DECIDE),
        (10_000, False, Due.DUE, Due.DUE),
    ],
)
def test_korean_thresholds(people: int, at_least: bool, authority: Due, credit: Due) -> None:
    found = states(Exposure(entities=("KR_CI",), people=people, at_least=at_least, countries=("KR",)))
    assert (found["kr-individuals"], found["kr-authority"], found["kr-credit-authority"]) == (
        Due.DUE,
        authority,
        credit,
    )
    assert {found["th-authority"], found["cn-authority"]} == {Due.ELSEWHERE}
    assert found["eu-authority"] is Due.DECIDE  # whether people in the EU are among them is an open question


def test_a_term_that_no_fact_names_is_not_at_once() -> None:
    made = plan(RULES.playbooks, Exposure(entities=("KR_CI",), people=10_000, countries=("KR", "CN")), AWARE, NAMES)
    assert made
    terms = {deadline.id: deadline.term for deadline in made.deadlines if deadline.state is Due.DUE and deadline.until is None}  # fmt: skip
    assert terms == {"kr-credit-authority": "to-be-confirmed", "cn-authority": "at-once"}


def test_credentials_alone_start_no_clock_and_still_call_for_action() -> None:
    made = plan(RULES.playbooks, Exposure(entities=("CREDENTIAL",), personal=False, countries=("KR",)), AWARE, NAMES)
    assert made
    assert made.deadlines == ()
    assert "revoke-credentials" in {task.id for section in made.sections for task in section.tasks}


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(20 * 60, "20 minutes left"), (-20 * 60, "passed 20 minutes ago"), (-3600, "passed 1 hour ago"), (71.9 * 3600, "71 hours left")],
)  # fmt: skip
def test_what_is_left_is_neither_rounded_up_nor_down_to_what_it_is_not(seconds: float, said: str) -> None:
    assert _left(AWARE + timedelta(seconds=seconds), AWARE, load_strings("en")) == said


def test_one_unique_identifier_of_one_person_is_reported() -> None:
    assert states(Exposure(entities=("KR_RRN",), people=1, countries=("KR",)))["kr-authority"] is Due.DUE


def test_a_thai_identifier_starts_the_thai_clock_of_a_korean_bank() -> None:
    made = plan(RULES.playbooks, Exposure(entities=("TH_TNIN",), people=1, countries=("KR",)), AWARE, NAMES)
    assert made
    (clock,) = [deadline for deadline in made.deadlines if deadline.id == "th-authority"]
    assert clock.state is Due.DUE
    assert clock.until is not None
    assert clock.until.isoformat() == "2026-11-23T07:30:00+07:00"
    assert not clock.verified


def test_below_a_threshold_only_where_nothing_is_open() -> None:
    clock = replace(CLOCKS["kr-credit-authority"], asks=())
    book = replace(RULES.playbooks[0], actions=(), clocks=(clock,))
    few = Exposure(entities=("KR_CI",), people=1, countries=("KR",))
    for exposure, state in ((few, Due.BELOW), (replace(few, at_least=True), Due.DECIDE)):
        made = plan((book,), exposure, AWARE, NAMES)
        assert made
        assert made.deadlines[0].state is state
        assert made.deadlines[0].until is None


@given(exposure=exposures, aware=moments)
def test_72_hours_are_72_hours_in_every_zone(exposure: Exposure, aware: datetime) -> None:
    made = plan(RULES.playbooks, exposure, aware, NAMES)
    assert made
    offsets = {"KR": 9, "TH": 7, "CN": 8, "EU": 0}
    for deadline in made.deadlines:
        if deadline.until is None:
            assert deadline.hours is None or deadline.state in (Due.BELOW, Due.ELSEWHERE)
            continue
        assert deadline.until - aware == timedelta(hours=72)
        assert deadline.until.utcoffset() == timedelta(hours=offsets[CLOCKS[deadline.id].country])


def test_a_leap_day_counts() -> None:
    made = plan(
        RULES.playbooks,
        Exposure(entities=("KR_CI",), people=1, countries=("KR",)),
        datetime(2028, 2, 27, 15, tzinfo=UTC),
        NAMES,
    )
    assert made
    assert made.deadlines[0].until is not None
    assert made.deadlines[0].until.isoformat() == "2028-03-02T00:00:00+09:00"


@given(exposure=exposures, random=st.randoms())
def test_the_order_of_the_input_changes_nothing_but_the_order_of_playbooks(exposure: Exposure, random) -> None:
    mixed = list(exposure.entities)
    random.shuffle(mixed)
    assert plan(RULES.playbooks, replace(exposure, entities=tuple(mixed)), AWARE, NAMES) == plan(
        RULES.playbooks, exposure, AWARE, NAMES
    )


@given(exposure=exposures, more=st.sampled_from(ENTITIES))
def test_more_data_never_takes_an_action_or_a_deadline_away(exposure: Exposure, more: str) -> None:
    before, after = (
        plan(RULES.playbooks, one, AWARE, NAMES)
        for one in (exposure, replace(exposure, entities=tuple({*exposure.entities, more}), people=exposure.people + 1))
    )
    assert before
    assert after
    tasks = [{task.id for section in made.sections for task in section.tasks} for made in (before, after)]
    due = [{deadline.id for deadline in made.deadlines if deadline.state is Due.DUE} for made in (before, after)]
    assert tasks[0] <= tasks[1]
    assert due[0] <= due[1]


def test_nothing_exposed_is_no_plan() -> None:
    assert plan(RULES.playbooks, Exposure(people=0, countries=("KR",)), AWARE, NAMES) is None


@pytest.mark.parametrize(
    ("action", "exposed", "because"),
    [
        ({}, {"A"}, ()),
        ({"any_of": ("A", "B")}, {"B", "C"}, ("B",)),
        ({"any_of": ("A",)}, {"B"}, None),
        ({"all_of": ("A", "B")}, {"A"}, None),
        ({"all_of": ("A",), "any_of": ("B", "C")}, {"A", "C"}, ("A", "C")),
        ({"all_of": ("A",), "any_of": ("B",), "with_any_of": ("C",)}, {"A", "B"}, None),
        ({"all_of": ("A",), "any_of": ("B",), "with_any_of": ("C",)}, {"A", "B", "C"}, ("A", "B", "C")),
    ],
)
def test_what_calls_for_an_action(action: dict[str, tuple[str, ...]], exposed: set[str], because) -> None:
    assert called_for(PlaybookAction(id="x", text=TEXT, **action), frozenset(exposed)) == because


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-20T09:30", "2026-11-20T00:30:00+00:00"),  # Seoul's
        ("2026-11-20T09:30+07:00", "2026-11-20T02:30:00+00:00"),
        ("2026-11-20T00:30Z", "2026-11-20T00:30:00+00:00"),
        ("2026-11-20", "2026-11-19T15:00:00+00:00"),  # a day alone: its start
    ],
)
def test_the_time_of_awareness(text: str, utc: str) -> None:
    assert aware_at(text, zone_of("KR"), datetime(2026, 11, 22, tzinfo=UTC)).astimezone(UTC).isoformat() == utc


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "2026-11-23T00:00Z", "0001-01-01T00:00", ""])
def test_a_time_that_is_none_or_lies_ahead_is_refused(text: str) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    if text.startswith("0001"):
        assert aware_at(text, zone_of("KR"), now) < now
        return
    with pytest.raises(InputError, match="--aware-at") as caught:
        aware_at(text, zone_of("KR"), now)
    assert caught.value.problems[0].cure
