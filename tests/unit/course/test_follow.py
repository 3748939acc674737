"""A run's findings, apart by what counts."""

from __future__ import annotations

from datetime import UTC, date, datetime

from auditor.course.baseline import Baseline
from auditor.course.follow import Followed, Known, follow, to_keep
from auditor.model.course import Remediation, Track, Waiver, Waivers
from auditor.model.engagement import Party
from auditor.model.finding import Change, Finding
from auditor.model.rule import Level, Profile, Terms
from tests.unit.course_model import STARTED, TEXT, found, waiver

BEFORE = datetime(2026, 10, 1, tzinfo=UTC)
PROFILE = Profile(id="p", title=TEXT, fail_on=Level.LOW, policies=("r",), remediate_within=Terms(high="14d"))


def followed(
    *findings: Finding, gone: tuple[Finding, ...] = (), waivers: tuple[Waiver, ...] = (), baseline: Baseline | None = None,
    before: tuple[Finding, ...] = (), seen: tuple[datetime, datetime] | None = None,
) -> Followed:  # fmt: skip
    known = {f.fingerprint: f for f in before}
    return follow(
        findings, gone, policies=(), profile=PROFILE, started=STARTED, party=Party(name="Bank", country="KR"),
        known=Known(before=known, seen=dict.fromkeys(known, seen or (BEFORE, BEFORE))),
        accepted=Waivers(file="w.yaml", digest="d", waivers=waivers) if waivers else None, baseline=baseline,
    )  # fmt: skip


def test_what_is_accepted_is_not_due_and_what_is_not_is() -> None:
    run = followed(found("a"), found("b", entity="NICKNAME"), waivers=(waiver(entity="KR_CI"),))
    [open_one], [waived] = run.findings, run.course.suppressed
    assert (open_one.track.due, open_one.track.state) == (date(2026, 12, 6), Remediation.OPEN)
    assert (waived.track.due, waived.track.state) == (None, None)
    assert run.course.remediation == ((Remediation.OPEN, 1),)
    assert run.course.waivers_file == "w.yaml"


def test_a_waiver_comes_before_the_baseline() -> None:
    known = Baseline(name="b.json", digest="d", known={found("a").fingerprint: 3, found("b").fingerprint: 3})
    run = followed(found("a"), found("b", entity="NICKNAME"), waivers=(waiver(entity="KR_CI"),), baseline=known)
    kinds = [f.track.suppression.kind for f in run.course.suppressed if f.track.suppression]
    assert kinds == ["waiver", "baseline"]
    assert not run.findings


def test_an_old_finding_is_overdue_from_the_day_it_was_first_met() -> None:
    run = followed(found("a", change=Change.UNCHANGED), before=(found("a"),))
    assert run.findings[0].track.due == date(2026, 10, 15)
    assert run.course.remediation == ((Remediation.OVERDUE, 1),)


def test_what_was_closed_late_is_told() -> None:
    old = found("a", change=Change.GONE, track=Track(due=date(2026, 10, 15)))
    run = followed(gone=(old,), before=(old,), seen=(BEFORE, datetime(2026, 11, 1, tzinfo=UTC)))
    assert run.gone[0].track.state is Remediation.LATE
    assert run.gone[0].track.first_seen == BEFORE
    assert run.course.remediation == ((Remediation.LATE, 1),)


def test_what_was_not_examined_is_kept_for_the_next_run_and_what_is_gone_is_not() -> None:
    gone = found("g", change=Change.GONE)
    unseen = found("u", change=Change.NOT_EXAMINED, track=Track(due=date(2026, 11, 1)))
    run = followed(found("a"), found("b", entity="NICKNAME"), gone=(gone, unseen), waivers=(waiver(entity="KR_CI"),))
    kept = {f.fingerprint for f in to_keep(run)}
    assert kept == {found(name).fingerprint for name in "abu"}
    assert dict(run.course.remediation)[Remediation.OVERDUE] == 1
