"""Which findings a waiver covers, and on which days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from auditor.course.waivers import apply
from auditor.model.course import WaiverState
from tests.unit.course_model import found, waiver

TODAY = date(2026, 11, 22)


def test_a_waived_finding_does_not_count_and_says_who_accepted_it() -> None:
    still, waived, uses = apply([found("a"), found("b", rule="other")], [waiver()], TODAY)
    assert [f.rule for f in still] == ["other"]
    suppression = waived[0].track.suppression
    assert suppression is not None
    assert (suppression.kind, suppression.by, suppression.owner) == ("waiver", "W-1", "o@bank.example")
    assert [(use.state, use.findings) for use in uses] == [(WaiverState.ACTIVE, 1)]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 1, 1), WaiverState.NOT_YET),
        (date(2026, 1, 2), WaiverState.ACTIVE),
        (date(2026, 12, 31), WaiverState.ACTIVE),
        (date(2027, 1, 1), WaiverState.EXPIRED),
    ],
)
def test_it_holds_from_its_first_to_the_end_of_its_last_day(day: date, state: WaiverState) -> None:
    still, waived, uses = apply([found()], [waiver(granted=date(2026, 1, 2))], day)
    assert uses[0].state is state
    assert bool(waived) == (state is WaiverState.ACTIVE)
    assert len(still) + len(waived) == 1
    assert uses[0].findings == 1, "how many findings an expired one would have covered is still told"
    assert uses[0].days_left == (date(2026, 12, 31) - day).days


@pytest.mark.parametrize(
    ("scope", "covered"),
    [
        ({}, True),
        ({"target": "t"}, True),
        ({"target": "u"}, False),
        ({"entity": "KR_CI"}, True),
        ({"entity": "NICKNAME"}, False),
        ({"path": "home/*"}, True),
        ({"path": "*.csv"}, True),
        ({"path": "a.csv"}, True),
        ({"path": "srv/*"}, False),
        ({"path": "me/a.csv"}, False),
        ({"rule": "other"}, False),
    ],
)
def test_every_part_of_the_scope_must_fit(scope: dict[str, str], covered: bool) -> None:
    _, waived, _ = apply([found()], [waiver(**scope)], TODAY)
    assert bool(waived) is covered


def test_a_path_says_nothing_of_a_finding_about_a_whole_target() -> None:
    """A certificate is contradicted by a target; the file that its finding shows is only the worst."""
    _, waived, uses = apply([found(whole=True)], [waiver(path="*.csv")], TODAY)
    assert not waived
    assert uses[0].state is WaiverState.UNUSED
    assert apply([found(whole=True)], [waiver(target="t")], TODAY)[1]


def test_a_glob_may_be_held_against_the_path_within_a_delivery() -> None:
    finding = found(path="/builds/4711/app/tests/a.csv")
    assert not apply([finding], [waiver(path="tests/*")], TODAY)[1]
    assert apply([finding], [waiver(path="tests/*")], TODAY, lambda _: "tests/a.csv")[1]


def test_of_several_the_one_that_holds_longest_is_named_and_all_are_used() -> None:
    waivers = [waiver(f"W-{n}", expires=TODAY + timedelta(days=n)) for n in (1, 3, 2)]
    _, waived, uses = apply([found()], waivers, TODAY)
    suppression = waived[0].track.suppression
    assert suppression is not None
    assert suppression.by == "W-3"
    assert {use.state for use in uses} == {WaiverState.ACTIVE}


def test_an_expired_one_beside_one_in_force_changes_nothing() -> None:
    _, waived, uses = apply([found()], [waiver("old", expires=date(2026, 2, 1)), waiver("new")], TODAY)
    assert len(waived) == 1
    assert [(use.waiver.id, use.state) for use in uses] == [("old", WaiverState.EXPIRED), ("new", WaiverState.ACTIVE)]
