"""Which findings a waiver covers, and what each waiver did in a run. Pure: the day is an argument."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from auditor.model import globs
from auditor.model.course import Suppression, Waiver, WaiverState, WaiverUse
from auditor.model.finding import Finding

Place = Callable[[Finding], str]
"""A finding's path as it stays the same wherever a delivery lies; what a waiver's glob may match besides the path shown."""


def in_force(waiver: Waiver, today: date) -> bool:
    """From the day it was granted to the end of its last day."""
    return waiver.granted <= today <= waiver.expires


def covers(waiver: Waiver, finding: Finding, place: Place = lambda finding: finding.verdict.path) -> bool:
    """Whether a finding is in the waiver's scope, whatever the day. A path is only asked of findings about one file or object."""
    verdict = finding.verdict
    if waiver.rule != finding.rule:
        return False
    if waiver.target and waiver.target != verdict.target:
        return False
    if waiver.entity and waiver.entity != verdict.entity:
        return False
    if not waiver.path:
        return True
    return "\0" in verdict.subject and any(globs.covers(waiver.path, path) for path in (verdict.path, place(finding)))


def apply(
    findings: Iterable[Finding],
    waivers: Iterable[Waiver],
    today: date,
    place: Place = lambda finding: finding.verdict.path,
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[WaiverUse, ...]]:
    """The findings that count, those that are waived (with the waiver that holds longest), and each waiver's use.

    The order of findings stays; that of waivers changes nothing.
    """
    known = sorted(waivers, key=lambda waiver: (waiver.expires, waiver.id), reverse=True)
    counts = dict.fromkeys((waiver.id for waiver in known), 0)
    still: list[Finding] = []
    waived: list[Finding] = []
    for finding in findings:
        covering = [waiver for waiver in known if covers(waiver, finding, place)]
        for waiver in covering:
            counts[waiver.id] += 1
        first = next((waiver for waiver in covering if in_force(waiver, today)), None)
        if first is None:
            still.append(finding)
        else:
            waived.append(replace(finding, track=replace(finding.track, suppression=_suppression(first))))
    uses = [_use(waiver, counts[waiver.id], today) for waiver in known]
    uses.sort(key=lambda use: (_ORDER.index(use.state), use.waiver.expires, use.waiver.id))
    return tuple(still), tuple(waived), tuple(uses)


_ORDER = (WaiverState.EXPIRED, WaiverState.ACTIVE, WaiverState.UNUSED, WaiverState.NOT_YET)


def _suppression(waiver: Waiver) -> Suppression:
    return Suppression(kind="waiver", by=waiver.id, reason=waiver.reason, owner=waiver.owner, expires=waiver.expires)


def _use(waiver: Waiver, count: int, today: date) -> WaiverUse:
    if today > waiver.expires:
        state = WaiverState.EXPIRED
    elif today < waiver.granted:
        state = WaiverState.NOT_YET
    else:
        state = WaiverState.ACTIVE if count else WaiverState.UNUSED
    return WaiverUse(waiver=waiver, state=state, findings=count, days_left=(waiver.expires - today).days)
