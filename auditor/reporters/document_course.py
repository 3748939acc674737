"""The parts of report.json that tell a run's place in the course of its engagement, and how they are made of a run's."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, cast

from auditor.model.course import Answered, Course, Sampling, Suppression, Track, TrendPoint, WaiverUse
from auditor.reporters.document_parts import LevelName, Part, Words, words

RemediationName = Literal["open", "overdue", "closed-in-time", "closed-late", "closed-uncertain"]
WaiverStateName = Literal["active", "unused", "expired", "not-yet"]
AnswerName = Literal["met", "partly", "not-met", "unknown", "not-applicable", "ask"]


class SuppressionFacts(Part):
    """Why a finding does not count for the exit code."""

    kind: Literal["waiver", "baseline"]
    by: str
    """The waiver's id, or the baseline's file name; empty for a finding of an earlier run."""
    reason: str
    owner: str
    expires: date | None
    """The waiver's last day; null for a baseline."""


class TrackFacts(Part):
    """A finding's own course over the runs of its store."""

    first_seen: datetime | None
    """Start of the first run that met it; null: unknown (a finding that only an earlier version's store knows)."""
    reopened: datetime | None
    """Where it was gone for a while: the start of the last run that met it before that."""
    due: date | None
    """The last day in time; null: no rule sets a term, or it does not count."""
    remediation: RemediationName | None
    """Where it stands against `due`. `closed-uncertain`: gone, and due between the day it was last seen and this run's."""
    known: int | None
    """Distinct values that the baseline accepts, where there are more by now."""
    suppression: SuppressionFacts | None


class WaiverFacts(Part):
    """One waiver and what it did in this run."""

    id: str
    rule: str
    target: str
    path: str
    """A glob; `*` matches `/` too. Empty: any path."""
    entity: str
    owner: str
    reason: str
    granted: date
    expires: date
    """The last day it holds, in the entrusting company's calendar."""
    state: WaiverStateName
    findings: int
    """Findings in its scope: suppressed if `active`, findings again if `expired`."""
    days_left: int
    """Days to `expires`; negative: days since."""
    place: str
    """File and line."""


class WaiversFacts(Part):
    """The waivers of this run; an empty file name: none were given."""

    file: str
    digest: str
    """SHA-256 of the file, hexadecimal."""
    entries: list[WaiverFacts]


class BaselineFacts(Part):
    """The baseline this run was held against."""

    name: str
    digest: str
    entries: int
    accepted: int
    """Findings that are known and did not grow."""
    unmet: int
    """Entries of the baseline that this run did not meet."""
    grown: int
    """Findings that are known and have more distinct values now: they count."""


class SamplingFacts(Part):
    """The profile's sample and time budget, and what they left out. A run that left something out is never called clean."""

    per_folder: int | None
    per_extension: int | None
    per_target: int | None
    bytes_per_target: int | None
    seconds: int | None
    listed: int
    left_out: int
    left_out_bytes: int
    unread: int
    """Files listed, and not read because the time was up."""
    time_up: list[str]
    """Targets whose time was up before they were read."""
    listing_cut: list[str]
    """Of these, targets of which not even the listing ended."""
    repeatable: bool
    """Whether the next run with the same key chooses the same files."""


class TrendFacts(Part):
    """One run of the store, by the same profile."""

    run: int
    started: datetime
    open: int
    levels: dict[LevelName, int]
    suppressed: int
    not_examined: int
    """Findings of earlier runs that this run did not examine."""
    people: int
    gaps: int
    interrupted: bool


class AnswerFacts(Part):
    """One question of the scorecard."""

    area: Words
    question: Words
    answer: AnswerName
    score: int | None
    """0 not met, 1 partly, 2 met; null: nothing to score."""
    evidence: list[Words]
    ask: Words | None
    """What remains to be asked of the vendor."""
    policies: list[str]


class ScorecardFacts(Part):
    """The questionnaire of the profile, answered as far as the evidence goes."""

    id: str
    title: Words
    score: int
    best: int
    """What the scored questions could reach."""
    to_ask: int
    rows: list[AnswerFacts]


class CourseFacts(Part):
    """Waivers, baseline, due days, sample, trend and scorecard of this run."""

    waivers: WaiversFacts
    baseline: BaselineFacts | None
    remediation: dict[RemediationName, int]
    """How many findings stand where against their due days; those without one are not counted."""
    sampling: SamplingFacts | None
    """Null for a profile that reads everything."""
    trend: list[TrendFacts]
    """The last runs of this store by the same profile, the oldest first; this run is the last."""
    scorecard: ScorecardFacts | None


def course_facts(course: Course) -> CourseFacts:
    """A run's course as the report has it."""
    use, card = course.baseline, course.scorecard
    return CourseFacts(
        waivers=WaiversFacts(
            file=course.waivers_file, digest=course.waivers_digest, entries=[_waiver(entry) for entry in course.waivers]
        ),
        baseline=None
        if use is None
        else BaselineFacts(
            name=use.name, digest=use.digest, entries=use.entries, accepted=use.accepted, unmet=use.unmet, grown=use.grown
        ),
        remediation={state.value: count for state, count in course.remediation},
        sampling=None if course.sampling is None else _sampling(course.sampling),
        trend=[_point(point) for point in course.trend],
        scorecard=None
        if card is None
        else ScorecardFacts(
            id=card.id, title=words(card.title), score=card.score, best=card.best, to_ask=card.to_ask,
            rows=[_answer(row) for row in card.rows],
        ),
    )  # fmt: skip


def track_facts(track: Track) -> TrackFacts:
    """A finding's course."""
    return TrackFacts(
        first_seen=track.first_seen, reopened=track.reopened, due=track.due,
        remediation=None if track.state is None else track.state.value, known=track.known,
        suppression=None if track.suppression is None else _suppression(track.suppression),
    )  # fmt: skip


def _suppression(s: Suppression) -> SuppressionFacts:
    return SuppressionFacts(kind=s.kind, by=s.by, reason=s.reason, owner=s.owner, expires=s.expires)


def _waiver(use: WaiverUse) -> WaiverFacts:
    w = use.waiver
    return WaiverFacts(
        id=w.id, rule=w.rule, target=w.target, path=w.path, entity=w.entity, owner=w.owner, reason=w.reason,
        granted=w.granted, expires=w.expires, state=use.state.value, findings=use.findings, days_left=use.days_left,
        place=w.place,
    )  # fmt: skip


def _sampling(s: Sampling) -> SamplingFacts:
    return SamplingFacts(
        per_folder=s.per_folder, per_extension=s.per_extension, per_target=s.per_target,
        bytes_per_target=s.bytes_per_target, seconds=s.seconds, listed=s.listed, left_out=s.left_out,
        left_out_bytes=s.left_out_bytes, unread=s.unread, time_up=list(s.time_up), listing_cut=list(s.listing_cut),
        repeatable=s.repeatable,
    )  # fmt: skip


def _point(p: TrendPoint) -> TrendFacts:
    return TrendFacts(
        run=p.run, started=p.started, open=p.open, levels={cast(LevelName, str(level)): count for level, count in p.levels},
        suppressed=p.suppressed, not_examined=p.not_examined, people=p.people, gaps=p.gaps, interrupted=p.interrupted,
    )  # fmt: skip


def _answer(row: Answered) -> AnswerFacts:
    return AnswerFacts(
        area=words(row.area), question=words(row.question), answer=row.answer.value, score=row.score,
        evidence=[words(text) for text in row.evidence], ask=None if row.ask is None else words(row.ask),
        policies=list(row.policies),
    )  # fmt: skip
