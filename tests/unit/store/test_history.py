"""Findings over the runs of one store, an earlier version's too."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from auditor.course.trend import trend
from auditor.judge import compare, read_finding, write_finding
from auditor.model.asset import Gap, GapCode
from auditor.model.course import Suppression, Track
from auditor.model.finding import Change, Coverage, Evidence, Finding, PolicyResult, Status
from auditor.model.rule import Level
from auditor.model.text import Bilingual
from auditor.store.sqlite import Store
from tests.unit.course_model import found

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def run(
    store: Store, day: int, *findings: Finding, finish: bool = True, engagement: str = "e", old: bool = False
) -> int:
    number = store.begin(
        engagement=engagement, profile="p", started=BEGAN + timedelta(days=day), key_id="", tool_version="0", ruleset_digest="d"
    )  # fmt: skip
    store.save_findings(number, ((f, as_before(write_finding(f)) if old else write_finding(f)) for f in findings))
    if finish:
        store.finish(number, finished=BEGAN + timedelta(days=day, hours=1), interrupted=False, people=day)
    return number


def as_before(content: str) -> str:
    """A finding as versions before this one kept it."""
    keys = (
        "fingerprint",
        "rule",
        "title",
        "level",
        "message",
        "subject",
        "target",
        "path",
        "version",
        "entity",
        "count",
        "matches",
        "maps_to",
    )
    return json.dumps({key: value for key, value in json.loads(content).items() if key in keys})


def seen(store: Store, number: int) -> dict[str, tuple[int, int]]:
    known = store.history.seen(number, "e", "p")
    return {key[-2:]: ((first - BEGAN).days, (last - BEGAN).days) for key, (first, last) in known.items()}


A, B = found("a").fingerprint[-2:], found("b").fingerprint[-2:]


def test_first_and_last_sight_leave_out_unfinished_and_other_runs() -> None:
    with Store(None) as store:
        run(store, 0, found("a"), engagement="other")
        run(store, 1, found("a"))
        run(store, 2, found("a"), found("b"))
        run(store, 3, found("a"), finish=False)
        last = run(store, 4, found("a"))
        assert seen(store, last) == {A: (1, 2), B: (2, 2)}


def test_what_was_only_carried_on_was_not_seen() -> None:
    with Store(None) as store:
        run(store, 1, found("a"))
        run(store, 2, found("a", change=Change.NOT_EXAMINED))
        last = run(store, 3)
        assert seen(store, last) == {A: (1, 1)}


def test_a_store_of_an_earlier_version_opens_and_is_understood(tmp_path: Path) -> None:
    file = tmp_path / "audit.sqlite"
    with Store(file) as store:
        run(store, 1, found("a"), old=True)
    with Store(file) as store:
        last = run(
            store, 2, found("a"), found("b", track=Track(opened=BEGAN, suppression=Suppression(kind="waiver", by="W")))
        )
        assert seen(store, last) == {A: (1, 1)}
        [first, second] = trend(store.history.levels("e", "p"))
        assert (first.open, first.suppressed, second.open, second.suppressed) == (1, 0, 1, 1)
        before = store.findings_before(last, "e", "p")
        assert before is not None
        [old] = (read_finding(one.content) for one in before.values())
        assert (old.change, old.track) == (Change.UNCHANGED, Track())


def test_a_finding_comes_back_as_it_was_kept() -> None:
    track = Track(
        opened=BEGAN,
        reopened=BEGAN - timedelta(days=9),
        due=BEGAN.date(),
        suppression=Suppression(kind="baseline", by=""),
    )
    kept = found("a", change=Change.NOT_EXAMINED, track=track, level=Level.LOW)
    assert read_finding(write_finding(kept)) == kept


def test_the_trend_tells_levels_accepted_and_carried_ones_apart() -> None:
    with Store(None) as store:
        run(store, 1)
        run(
            store, 2, found("a"), found("b", level=Level.CRITICAL), found("c", change=Change.NOT_EXAMINED),
            found("d", track=Track(suppression=Suppression(kind="waiver", by="W"))),
        )  # fmt: skip
        [empty, full] = trend(store.history.levels("e", "p"))
        assert (empty.run, empty.open, empty.people) == (1, 0, 1)
        assert dict(full.levels) == {Level.CRITICAL: 1, Level.HIGH: 1, Level.MEDIUM: 0, Level.LOW: 0, Level.NOTE: 0}
        assert (full.open, full.suppressed, full.not_examined) == (2, 1, 1)
        assert [point.run for point in trend(store.history.levels("e", "p", 1))] == [2]


TEXT = Bilingual(en="x", ko="x")
RAN = (PolicyResult(rule="r", title=TEXT, description=TEXT, remediation=(), level=Level.HIGH, status=Status.PASS),)


def evidence(*gaps: Gap) -> Evidence:
    return Evidence(gaps=gaps, coverage=(Coverage(target="t", assets=2, examined=2),), now=BEGAN)


def test_a_finding_that_was_not_examined_is_neither_forgotten_nor_new_later() -> None:
    """Run 1 finds it, run 2 cannot look, run 3 finds it again: it was there all the time."""
    gap = Gap(target="t", path="home", code=GapCode.PERMISSION_DENIED)
    with Store(None) as store:
        run(store, 1, found("a"))
        second = run(store, 2, finish=False)
        _, missing = compare((), store.findings_before(second, "e", "p"), evidence(gap), RAN)
        assert [f.change for f in missing] == [Change.NOT_EXAMINED]
        store.save_findings(second, ((f, write_finding(f)) for f in missing))
        store.finish(second, finished=BEGAN, interrupted=False, people=0)
        third = run(store, 3)
        [again], gone = compare((found("a"),), store.findings_before(third, "e", "p"), evidence(), RAN)
        assert (again.change, gone) == (Change.UNCHANGED, ())
        _, [gone_now] = compare((), store.findings_before(third, "e", "p"), evidence(), RAN)
        assert gone_now.change is Change.GONE


def test_a_policy_that_did_not_run_says_nothing_of_its_findings() -> None:
    with Store(None) as store:
        run(store, 1, found("a"))
        before = store.findings_before(run(store, 2), "e", "p")
        assert [f.change for f in compare((), before, evidence(), RAN)[1]] == [Change.GONE]
        assert [f.change for f in compare((), before, evidence(), (replace(RAN[0], rule="s"),))[1]] == [
            Change.NOT_EXAMINED
        ]
