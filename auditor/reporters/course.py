"""What a report says of the course of an engagement, in sentences for the first screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.course import Remediation, Sampling, WaiverState
from auditor.model.finding import Run
from auditor.reporters.strings import Strings

SOON: Final = 30
"""Days before a waiver's last one from which on the first screen says so."""


def sentences(run: Run, strings: Strings) -> tuple[str, ...]:
    """What a reader must know beside the verdict: a sample, what was accepted, expired waivers, what is overdue, the score."""
    return tuple(_sentences(run, strings))


def _sentences(run: Run, strings: Strings) -> Iterator[str]:
    t, course = strings.text, run.course
    if course.sampling is not None and course.sampling.limited:
        yield " ".join(sampling_lines(course.sampling, strings))
    accepted = [finding.track.suppression for finding in course.suppressed]
    if waived := sum(found is not None and found.kind == "waiver" for found in accepted):
        yield t("course.waived", n=waived)
    if course.baseline is not None and (course.baseline.accepted or course.baseline.grown):
        yield t("course.known", n=course.baseline.accepted, grown=course.baseline.grown)
    if expired := sum(use.state is WaiverState.EXPIRED for use in course.waivers):
        yield t("course.expired", n=expired)
    force = [use for use in course.waivers if use.state in (WaiverState.ACTIVE, WaiverState.UNUSED)]
    if ending := sum(use.days_left <= SOON for use in force):
        yield t("course.ending", n=ending, days=SOON)
    if unused := sum(use.state is WaiverState.UNUSED for use in force):
        yield t("course.unused", n=unused)
    states = dict(course.remediation)
    if overdue := states.get(Remediation.OVERDUE, 0):
        yield t("course.overdue", n=overdue)
    if reopened := sum(finding.track.reopened is not None for finding in run.findings):
        yield t("course.reopened", n=reopened)
    card = course.scorecard
    if card is not None:
        yield t("course.score", score=card.score, best=card.best, n=card.to_ask)


def sampling_lines(sampling: Sampling, strings: Strings) -> tuple[str, ...]:
    """What was not read because of the sample or the time, in words."""
    t = strings.text
    said = []
    if sampling.left_out:
        said.append(t("sampling.left_out", n=sampling.left_out, listed=sampling.listed))
    if sampling.time_up:
        said.append(t("sampling.time_up", n=sampling.unread, targets=", ".join(sampling.time_up)))
    if sampling.listing_cut:
        said.append(t("sampling.listing_cut", targets=", ".join(sampling.listing_cut)))
    return tuple(said)


def sampling_bounds(sampling: Sampling, strings: Strings) -> tuple[str, ...]:
    """What the profile asks for: each bound in words."""
    t = strings.text
    bounds = [
        t(f"sampling.{name}", n=value)
        for name in ("per_folder", "per_extension", "per_target")
        if (value := getattr(sampling, name)) is not None
    ]
    if sampling.bytes_per_target is not None:
        bounds.append(t("sampling.bytes_per_target", size=strings.size(sampling.bytes_per_target)))
    if sampling.seconds is not None:
        bounds.append(t("sampling.seconds", n=max(1, sampling.seconds // 60)))
    return tuple(bounds)
