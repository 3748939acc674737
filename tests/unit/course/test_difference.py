"""Two runs held against each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from auditor.course.difference import Side, Step, differences
from auditor.model.asset import Gap, GapCode
from auditor.model.course import Suppression, Track
from auditor.model.finding import Finding
from tests.unit.course_model import STARTED, found


def side(*findings: Finding, **more: Any) -> Side:
    base = Side(
        label="l", engagement="e", profile="p", ruleset="r", started=STARTED, complete=True, findings=findings, gaps=()
    )
    return replace(base, **more)


def steps(old: Side, new: Side) -> dict[str, Step]:
    return {d.finding.verdict.path: d.step for d in differences(old, new)}


def test_new_grown_shrunk_unchanged_and_gone() -> None:
    old = side(found("a"), found("b"), found("c"), found("d"))
    new = side(found("a"), found("b", count=4), found("c", count=2), found("e"))
    assert steps(old, new) == {
        "home/a.csv": Step.UNCHANGED, "home/b.csv": Step.GROWN, "home/c.csv": Step.SHRUNK, "home/d.csv": Step.GONE,
        "home/e.csv": Step.NEW,
    }  # fmt: skip
    assert [d.step for d in differences(old, new) if d.alarming] == [Step.NEW, Step.GROWN]


def test_more_occurrences_of_the_same_values_are_a_change() -> None:
    more = replace(found(), verdict=replace(found().verdict, matches=99))
    assert steps(side(found()), side(more)) == {"home/a.csv": Step.UPDATED}


@pytest.mark.parametrize(
    "new",
    [
        side(gaps=(Gap(target="t", path="", code=GapCode.UNREACHABLE),)),
        side(gaps=(Gap(target="t", path="home", code=GapCode.PERMISSION_DENIED),)),
        side(gaps=(Gap(target="t", path="home/a.csv", code=GapCode.MALFORMED_FILE),)),
        side(rules=frozenset({"other"})),
        side(reached=frozenset({"u"})),
        side(profile="other"),
        side(ruleset="other"),
    ],
)
def test_gone_is_only_what_was_examined_again(new: Side) -> None:
    assert steps(side(found()), new) == {"home/a.csv": Step.NOT_EXAMINED}


@pytest.mark.parametrize(
    "new",
    [
        side(gaps=(Gap(target="u", path="", code=GapCode.UNREACHABLE),)),
        side(gaps=(Gap(target="t", path="srv", code=GapCode.PERMISSION_DENIED),)),
        side(rules=frozenset({"r"}), reached=frozenset({"t"}), profile="other"),
    ],
)
def test_a_gap_elsewhere_hides_nothing(new: Side) -> None:
    assert steps(side(found()), new) == {"home/a.csv": Step.GONE}


def test_a_finding_about_a_whole_targets_data_may_lie_in_any_gap_of_it() -> None:
    new = side(gaps=(Gap(target="t", path="srv", code=GapCode.PERMISSION_DENIED),))
    assert steps(side(found(whole=True)), new) == {"home/a.csv": Step.NOT_EXAMINED}


def test_a_finding_about_the_whole_engagement_may_lie_in_any_gap() -> None:
    everywhere = found(target="", path="", whole=True)
    new = side(gaps=(Gap(target="u", path="srv", code=GapCode.PERMISSION_DENIED),))
    assert [d.step for d in differences(side(everywhere), new)] == [Step.NOT_EXAMINED]
    assert [d.step for d in differences(side(everywhere), side())] == [Step.GONE]


def test_what_the_newer_run_accepts_does_not_alarm() -> None:
    accepted = found("a", track=Track(suppression=Suppression(kind="waiver", by="W-1")))
    [difference] = differences(side(), side(accepted))
    assert (difference.step, difference.accepted, difference.alarming) == (Step.NEW, True, False)
