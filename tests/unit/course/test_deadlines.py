"""First seen, due day and state, in the entrusting company's calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from auditor.course import deadlines
from auditor.course.deadlines import due_day, state, term_of
from auditor.model.calendar import a_year_after, days_later, term_days
from auditor.model.course import Remediation, Track
from auditor.model.engagement import Party
from auditor.model.finding import Change
from auditor.model.rule import Level, PolicyRule, Profile, Terms
from tests.unit.course_model import STARTED, TEXT, found

DUE = date(2026, 11, 22)


def profile(**terms: str) -> Profile:
    return Profile(id="p", title=TEXT, fail_on=Level.LOW, policies=("r",), remediate_within=Terms(**terms))


def policy(term: str | None) -> PolicyRule:
    return PolicyRule(
        id="r", title=TEXT, level=Level.HIGH, check="content", description=TEXT, remediation=(), remediate_within=term
    )


def test_a_rules_own_term_comes_before_its_levels() -> None:
    assert term_of(policy("2w"), profile(high="30d"), Level.HIGH) == 14
    assert term_of(policy(None), profile(high="30d"), Level.HIGH) == 30
    assert term_of(policy(None), profile(high="30d"), Level.LOW) is None
    assert term_of(None, profile(low="0d"), Level.LOW) == 0


@pytest.mark.parametrize(
    ("moment", "country", "due"),
    [
        (datetime(2026, 11, 22, 14, 59, tzinfo=UTC), "KR", date(2026, 11, 25)),
        (datetime(2026, 11, 22, 15, 0, tzinfo=UTC), "KR", date(2026, 11, 26)),
        (datetime(2026, 11, 22, 16, 59, tzinfo=UTC), "TH", date(2026, 11, 25)),
        (datetime(2026, 11, 22, 17, 0, tzinfo=UTC), "TH", date(2026, 11, 26)),
        (datetime(2024, 2, 26, 3, 0, tzinfo=UTC), "KR", date(2024, 2, 29)),
        (datetime(2023, 2, 26, 3, 0, tzinfo=UTC), "KR", date(2023, 3, 1)),
    ],
)
def test_days_are_those_of_the_entrusting_country(moment: datetime, country: str, due: date) -> None:
    assert due_day(moment, 3, Party(name="Bank", country=country)) == due


@pytest.mark.parametrize(
    ("change", "last_seen", "today", "expected"),
    [
        (Change.NEW, None, date(2026, 11, 22), Remediation.OPEN),
        (Change.UNCHANGED, None, date(2026, 11, 23), Remediation.OVERDUE),
        (Change.NOT_EXAMINED, date(2026, 11, 1), date(2026, 11, 23), Remediation.OVERDUE),
        (Change.GONE, date(2026, 11, 1), date(2026, 11, 22), Remediation.IN_TIME),
        (Change.GONE, date(2026, 11, 22), date(2026, 11, 23), Remediation.UNCERTAIN),
        (Change.GONE, date(2026, 11, 23), date(2026, 11, 24), Remediation.LATE),
        (Change.GONE, None, date(2026, 11, 24), Remediation.UNCERTAIN),
    ],
)
def test_where_a_finding_stands(change: Change, last_seen: date | None, today: date, expected: Remediation) -> None:
    assert state(change, DUE, last_seen, today) is expected
    assert state(change, None, last_seen, today) is None


EARLY, LATER = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)


def test_a_new_finding_begins_today() -> None:
    track = deadlines.opened(found(), {}, None, STARTED)
    assert (track.first_seen, track.opened, track.reopened) == (STARTED, STARTED, None)


def test_a_known_one_keeps_its_beginning() -> None:
    old = found(track=Track(opened=LATER, reopened=EARLY))
    track = deadlines.opened(found(), {old.fingerprint: old}, (EARLY, LATER), STARTED)
    assert (track.first_seen, track.opened, track.reopened) == (EARLY, LATER, EARLY)


def test_one_of_an_older_store_began_when_it_was_first_met() -> None:
    track = deadlines.opened(found(), {found().fingerprint: found()}, (EARLY, LATER), STARTED)
    assert (track.first_seen, track.opened) == (EARLY, EARLY)


def test_one_that_comes_back_says_so_and_begins_anew() -> None:
    track = deadlines.opened(found(), {}, (EARLY, LATER), STARTED)
    assert (track.first_seen, track.opened, track.reopened) == (EARLY, STARTED, LATER)


@pytest.mark.parametrize("text", ["14", "d", "1h", "1.5d", "-1d", "14 days", "99999d"])
def test_a_term_counts_whole_days(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        term_days(text)


def test_the_calendar_ends_without_an_error() -> None:
    assert days_later(date(9999, 12, 30), 9999) == date.max
    assert a_year_after(date(9999, 1, 1)) == date.max
