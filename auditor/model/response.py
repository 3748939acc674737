"""What a run comes to for a bank: requirements, the filled checklist, the certificate item by item, what to do and by when."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from auditor.model.finding import CertificateStatus, Status
from auditor.model.guidance import Area, Term, Urgency
from auditor.model.noun import noun
from auditor.model.rule import Level
from auditor.model.text import Bilingual


class Mapping(StrEnum):
    """What this tool can say of a requirement. No word here says that it is met or violated."""

    FINDINGS = "findings"
    NOT_CHECKED = "not-checked"
    NO_FINDING = "no-finding"
    NOT_APPLICABLE = "not-applicable"
    NOT_RUN = "not-run"
    NOT_COVERED = "not-covered"


@noun
class PolicyEvidence:
    """One policy that maps to a requirement or fills a checklist's row. `level` is that of its worst finding.

    `accepted` findings do not count for the exit code (waivers, a baseline); they are there all the same.
    """

    rule: str
    title: Bilingual
    status: Status
    findings: int
    accepted: int = 0
    level: Level | None = None


@noun
class RequirementResult:
    """One row of the matrix. `not_run` are policies that map to it, but are not in the run's profile."""

    id: str
    ref: Bilingual
    title: Bilingual
    summary: Bilingual
    verified: bool
    result: Mapping
    policies: tuple[PolicyEvidence, ...] = ()
    not_run: tuple[str, ...] = ()


@noun
class FrameworkResult:
    """One regulation or standard, with all its requirements."""

    id: str
    title: Bilingual
    requirements: tuple[RequirementResult, ...]


class Mark(StrEnum):
    """A checklist row's result: 양호, 부분, 미흡, N/A, or nothing, for a person to fill in."""

    GOOD = "good"
    PARTLY = "partly"
    POOR = "poor"
    NOT_APPLICABLE = "n/a"
    BLANK = ""


@noun
class ChecklistRow:
    """One row, as far as the evidence fills it. `due` is the first day on which one of its findings is. `who` is said where a person must look: the result is blank, or may change."""

    id: str
    area: Area
    item: Bilingual
    method: Bilingual
    basis: tuple[str, ...]
    evidence: tuple[Bilingual, ...]
    mark: Mark
    finding: tuple[Bilingual, ...] = ()
    plan: tuple[Bilingual, ...] = ()
    due: date | None = None
    recheck: tuple[Bilingual, ...] = ()
    who: Bilingual | None = None


@noun
class ChecklistResult:
    """A filled form."""

    id: str
    title: Bilingual
    rows: tuple[ChecklistRow, ...]


@noun
class ScopeFile:
    """A file or object that contradicts the certificate, as `Observation` names it."""

    path: str
    version: str | None = None


@noun
class ScopeItem:
    """One thing the destruction certificate covers, against evidence and coverage.

    `assets` files and objects contradict it, `people` in the one with most of them; `files` are those with most people.
    """

    target: str
    status: CertificateStatus
    message: Bilingual
    listed: int = 0
    examined: int = 0
    gaps: int = 0
    assets: int = 0
    people: int = 0
    files: tuple[ScopeFile, ...] = ()


@noun
class Exposure:
    """The set of fields that playbooks go by: the entities that were seen where a run has findings.

    `personal`: personal data is among them, not credentials alone. `people` distinct people; `at_least`: there may be more.
    `countries` are those of the parties, sub-vendors and places of storage. `accepted` findings (waivers, a baseline) are counted in
    where there are others.
    """

    entities: tuple[str, ...] = ()
    personal: bool = True
    people: int = 0
    at_least: bool = False
    countries: tuple[str, ...] = ()
    accepted: int = 0


@noun
class Task:
    """One action of a playbook that applies. `because` are the exposed entities that called for it."""

    id: str
    text: Bilingual
    by: str
    urgency: Urgency
    because: tuple[str, ...]
    instead: tuple[Bilingual, ...] = ()
    basis: tuple[str, ...] = ()


@noun
class Section:
    """The actions of one playbook that apply."""

    id: str
    title: Bilingual
    description: Bilingual
    tasks: tuple[Task, ...]


class Due(StrEnum):
    """Whether a duty to notify has begun to run."""

    DUE = "due"
    DECIDE = "decide"
    BELOW = "below"
    ELSEWHERE = "elsewhere"


@noun
class Deadline:
    """One duty to notify. `until` is aware, in the zone of the regulation's country; None: as `term` says."""

    id: str
    to: Bilingual
    text: Bilingual
    basis: tuple[str, ...]
    state: Due
    hours: int | None
    until: datetime | None
    term: Term = "at-once"
    reasons: tuple[Bilingual, ...] = ()
    asks: tuple[Bilingual, ...] = ()
    verified: bool = True


@noun
class Plan:
    """The playbooks against one exposure, counted from when the bank became aware."""

    aware: datetime
    sections: tuple[Section, ...]
    deadlines: tuple[Deadline, ...]


@noun
class Response:
    """All of it. Without an engagement (the gate) there is only the matrix."""

    frameworks: tuple[FrameworkResult, ...] = ()
    checklists: tuple[ChecklistResult, ...] = ()
    scope: tuple[ScopeItem, ...] = ()
    exposure: Exposure = Exposure()
    plan: Plan | None = None
