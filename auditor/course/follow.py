"""One run's place in the course of its engagement: what is accepted, since when things are open, and when they are due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from auditor.course import baseline as baselines
from auditor.course import deadlines, waivers
from auditor.course.baseline import Baseline
from auditor.course.deadlines import Seen
from auditor.model.calendar import day_of
from auditor.model.course import Course, Remediation, Waivers
from auditor.model.engagement import Party
from auditor.model.finding import Change, Finding
from auditor.model.noun import noun
from auditor.model.rule import PolicyRule, Profile


@noun
class Known:
    """What the store knows of earlier runs: the findings of the one before, and when each was met first and last."""

    before: Mapping[str, Finding]
    seen: Mapping[str, Seen]


@noun
class Followed:
    """The findings that count, the gone ones, and the rest of the run's course."""

    findings: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    course: Course


def follow(
    findings: Sequence[Finding],
    gone: Sequence[Finding],
    *,
    known: Known,
    policies: Sequence[PolicyRule],
    profile: Profile,
    started: datetime,
    party: Party,
    accepted: Waivers | None = None,
    baseline: Baseline | None = None,
    place: waivers.Place = lambda finding: finding.verdict.path,
) -> Followed:
    """Set every finding's course, and take those out of the count that a waiver or the baseline accepts; waivers come first."""
    today = day_of(started, party)
    rules = {rule.id: rule for rule in policies}

    def tracked(finding: Finding) -> Finding:
        track = deadlines.opened(finding, known.before, known.seen.get(finding.fingerprint), started)
        assert track.opened is not None
        term = deadlines.term_of(rules.get(finding.rule), profile, finding.level)
        due = deadlines.due_day(track.opened, term, party)
        return replace(finding, track=replace(track, due=due, state=deadlines.state(finding.change, due, None, today)))

    def left(finding: Finding) -> Finding:
        seen = known.seen.get(finding.fingerprint)
        last = day_of(seen[1], party) if seen else None
        stands = deadlines.state(finding.change, finding.track.due, last, today)
        return replace(finding, track=replace(finding.track, first_seen=seen[0] if seen else None, state=stands))

    counting, waived, uses = waivers.apply(map(tracked, findings), accepted.waivers if accepted else (), today, place)
    counting, known_ones, use = baselines.apply(counting, baseline)
    past = tuple(map(left, gone))
    suppressed = tuple(
        replace(finding, track=replace(finding.track, due=None, state=None)) for finding in (*waived, *known_ones)
    )
    states = Counter(
        finding.track.state
        for finding in (*counting, *(f for f in past if f.track.suppression is None))
        if finding.track.state is not None
    )
    return Followed(
        findings=counting,
        gone=past,
        course=Course(
            suppressed=suppressed,
            waivers=uses,
            waivers_file=accepted.file if accepted else "",
            waivers_digest=accepted.digest if accepted else "",
            baseline=use,
            remediation=tuple((stands, states[stands]) for stands in Remediation if states[stands]),
        ),
    )


def to_keep(followed: Followed) -> tuple[Finding, ...]:
    """What the next run is held against: all that was found, and what was not examined, so that it is not forgotten."""
    carried = (finding for finding in followed.gone if finding.change is Change.NOT_EXAMINED)
    return (*followed.findings, *followed.course.suppressed, *carried)
