"""The course of an engagement over many audits: what was accepted, until when something is due, what was only sampled."""

from __future__ import annotations

from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from auditor.model.noun import noun
from auditor.model.rule import Level
from auditor.model.text import Bilingual

if TYPE_CHECKING:
    from auditor.model.finding import Finding


class Remediation(StrEnum):
    """Where a finding stands against its due day. UNCERTAIN: gone, and due between the day it was last seen and today."""

    OPEN = "open"
    OVERDUE = "overdue"
    IN_TIME = "closed-in-time"
    LATE = "closed-late"
    UNCERTAIN = "closed-uncertain"


@noun
class Suppression:
    """Why a finding does not count: a waiver (`by` is its id), or a baseline (`by` is the file's name)."""

    kind: Literal["waiver", "baseline"]
    by: str
    reason: str = ""
    owner: str = ""
    expires: date | None = None


@noun
class Track:
    """A finding's own course. `first_seen` is the start of the first run that met it (None: unknown), `opened` that of the run
    since which it has been open without a break, `reopened` that of the last run that met it before such a break (None: none). `due` and `state` are None where no rule sets a term. `known` is
    the number of distinct values that a baseline accepts, where there are more by now.
    """

    first_seen: datetime | None = None
    opened: datetime | None = None
    reopened: datetime | None = None
    due: date | None = None
    state: Remediation | None = None
    known: int | None = None
    suppression: Suppression | None = None


@noun
class Waiver:
    """A finding that the bank accepts for a while. Both days are whole ones of the entrusting company's calendar, inclusive.

    `rule` is a policy's id. Empty scopes mean: any. `path` is a glob (model/globs.py). `place` is where it stands (`waivers.yaml:12`).
    """

    id: str
    rule: str
    owner: str
    reason: str
    granted: date
    expires: date
    target: str = ""
    path: str = ""
    entity: str = ""
    place: str = ""


@noun
class Waivers:
    """A file's waivers, its name and the SHA-256 of its bytes."""

    file: str
    digest: str
    waivers: tuple[Waiver, ...]


class WaiverState(StrEnum):
    """What a waiver did in a run. EXPIRED and NOT_YET ones do nothing; UNUSED ones are in force and matched nothing."""

    ACTIVE = "active"
    UNUSED = "unused"
    EXPIRED = "expired"
    NOT_YET = "not-yet"


@noun
class WaiverUse:
    """One waiver in one run. `findings` are those it matches: suppressed if ACTIVE, findings again if EXPIRED.

    `days_left` counts from the run's day to the last day it holds; negative: days since.
    """

    waiver: Waiver
    state: WaiverState
    findings: int
    days_left: int


@noun
class BaselineUse:
    """A baseline in one run: how many findings it accepts, how many of its entries were not met, which findings grew."""

    name: str
    digest: str
    entries: int
    accepted: int
    unmet: int
    grown: int


@noun
class Sampling:
    """What the profile's sample or time budget left out. Such a run says nothing of the rest and is never called clean.

    Limits are None where there is none. `listed` is what was met (the listing itself may have been cut: `listing_cut` names
    the targets), `chosen` what was to be read, `left_out` what the sample passed over, `unread` what was chosen, or not even
    listed, when the time was up. `repeatable`: the key is kept, so the next run chooses the same.
    """

    per_folder: int | None = None
    per_extension: int | None = None
    per_target: int | None = None
    bytes_per_target: int | None = None
    seconds: int | None = None
    listed: int = 0
    left_out: int = 0
    left_out_bytes: int = 0
    unread: int = 0
    time_up: tuple[str, ...] = ()
    listing_cut: tuple[str, ...] = ()
    repeatable: bool = False

    @property
    def limited(self) -> bool:
        """Whether anything was in fact left out."""
        return bool(self.left_out or self.unread or self.time_up)


@noun
class TrendPoint:
    """One run of the store: open findings by level (worst first), and what does not count among them."""

    run: int
    started: datetime
    levels: tuple[tuple[Level, int], ...]
    suppressed: int
    not_examined: int
    people: int
    gaps: int
    interrupted: bool

    @property
    def open(self) -> int:
        """Findings that count."""
        return sum(count for _, count in self.levels)


class Answer(StrEnum):
    """A question of the scorecard, from the evidence. MET needs the whole scope examined; UNKNOWN is never a good answer."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not-met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"
    ASK = "ask"


@noun
class Answered:
    """One question with its answer. `score` is 0 … 2, None where there is nothing to score; `evidence` says why.

    `ask` is what remains to be asked of the vendor; None where the evidence settles it.
    """

    area: Bilingual
    question: Bilingual
    answer: Answer
    score: int | None
    evidence: tuple[Bilingual, ...]
    ask: Bilingual | None
    policies: tuple[str, ...] = ()


@noun
class Scorecard:
    """A questionnaire, answered as far as the evidence goes. `best` is what the scored questions could reach."""

    id: str
    title: Bilingual
    lead: Bilingual
    rows: tuple[Answered, ...]
    score: int
    best: int
    to_ask: int


@noun
class Course:
    """All of this of one run. `suppressed` are findings like any other, but for the exit code; `waivers_file` is shown."""

    suppressed: tuple[Finding, ...] = ()
    waivers: tuple[WaiverUse, ...] = ()
    waivers_file: str = ""
    waivers_digest: str = ""
    baseline: BaselineUse | None = None
    sampling: Sampling | None = None
    trend: tuple[TrendPoint, ...] = ()
    scorecard: Scorecard | None = None
    remediation: tuple[tuple[Remediation, int], ...] = field(default=())
