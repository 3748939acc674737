"""When a finding was first met, when it is due, and where it stands: whole days in the entrusting company's calendar.

A finding's time runs from the day of the run that met it, or met it again after it was gone. What was not examined stays open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from auditor.model.calendar import day_of, days_later, term_days
from auditor.model.course import Remediation, Track
from auditor.model.engagement import Party
from auditor.model.finding import Change, Finding
from auditor.model.rule import Level, PolicyRule, Profile

Seen = tuple[datetime, datetime]
"""The starts of the first and of the last run that met a finding."""


def term_of(rule: PolicyRule | None, profile: Profile, level: Level) -> int | None:
    """Days from the first sight to the due day: the rule's own, else the profile's for that level; None: no term."""
    text = (rule.remediate_within if rule else None) or profile.remediate_within.of(level)
    return None if text is None else term_days(text)


def opened(finding: Finding, before: Mapping[str, Finding], seen: Seen | None, started: datetime) -> Track:
    """A finding's course up to now. `before` are the findings of the run before, `seen` what earlier runs know of it."""
    if seen is None:
        return replace(finding.track, first_seen=started, opened=started, reopened=None)
    old = before.get(finding.fingerprint)
    if old is None:
        return replace(finding.track, first_seen=seen[0], opened=started, reopened=seen[1])
    return replace(finding.track, first_seen=seen[0], opened=old.track.opened or seen[0], reopened=old.track.reopened)


def due_day(since: datetime, term: int | None, party: Party) -> date | None:
    """The last day in time; None without a term."""
    return None if term is None else days_later(day_of(since, party), term)


def state(change: Change, due: date | None, last_seen: date | None, today: date) -> Remediation | None:
    """Where a finding stands. `last_seen` is the day of the last run that met it, for one that is gone; None without a due day."""
    if due is None:
        return None
    if change is not Change.GONE:
        return Remediation.OVERDUE if today > due else Remediation.OPEN
    if today <= due:
        return Remediation.IN_TIME
    return Remediation.LATE if last_seen is not None and last_seen > due else Remediation.UNCERTAIN
