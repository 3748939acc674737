"""The part of report.json that says what a run comes to: requirements, checklist, certificate item by item, what to do.

The field names are those of model/response.py, so that one is made from the other.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from auditor.model.rule import Level
from auditor.reporters.document_parts import CertificateName, LevelName, Part, StatusName, Words


def _level(value: Any) -> Any:
    return str(value) if isinstance(value, Level) else value


class PolicyEvidence(Part):
    """One policy that maps to a requirement; `level` is that of its worst finding."""

    rule: str
    title: Words
    status: StatusName
    findings: int
    accepted: int
    """Findings that a waiver or a baseline accepts."""
    level: Annotated[LevelName | None, BeforeValidator(_level)]


class RequirementFacts(Part):
    """One article or control. No result says that it is met or violated."""

    id: str
    ref: Words
    title: Words
    summary: Words
    verified: bool
    """False: from a secondary source or from memory; hold it against the text."""
    result: Literal["findings", "not-checked", "no-finding", "not-applicable", "not-run", "not-covered"]
    """`not-run`: policies map to it, but are not in this profile; `not-covered`: this tool has none."""
    policies: list[PolicyEvidence]
    not_run: list[str]


class FrameworkFacts(Part):
    """One regulation or standard."""

    id: str
    title: Words
    requirements: list[RequirementFacts]


class ChecklistRowFacts(Part):
    """One row of the inspection, as far as the evidence fills it."""

    id: str
    area: str
    item: Words
    method: Words
    basis: list[str]
    evidence: list[Words]
    mark: Literal["good", "partly", "poor", "n/a", ""]
    """Empty: for a person to fill in."""
    finding: list[Words]
    plan: list[Words]
    due: date | None
    """The first day on which one of the findings is due, where the profile sets terms."""
    recheck: list[Words]
    who: Words | None
    """Who must look at what the tool cannot see; null: nobody needs to."""


class ChecklistFacts(Part):
    """A filled form."""

    id: str
    title: Words
    rows: list[ChecklistRowFacts]


class ScopeFileFacts(Part):
    """A file or object that contradicts the certificate; `data` says more of it."""

    path: str
    version: str | None


class ScopeFacts(Part):
    """One thing the destruction certificate covers. Accepted gaps count: accepting is not examining."""

    target: str
    status: CertificateName
    message: Words
    listed: int
    examined: int
    gaps: int
    assets: int
    """Files and objects that contradict it."""
    people: int
    """People in the one with most of them."""
    files: list[ScopeFileFacts]
    """Those with most people, at most 60."""


class ExposureFacts(Part):
    """The set of fields that playbooks go by."""

    entities: list[str]
    personal: bool
    """Personal data is among them; false: credentials alone, so that no duty to notify people runs."""
    people: int
    at_least: bool
    """There may be more people: not everything was examined, or records could not be joined."""
    countries: list[str]
    accepted: int
    """Findings that a waiver or a baseline accepts; where others are, what stands in their places is exposed all the same."""


class TaskFacts(Part):
    """One thing to do; `because` are the exposed entities that called for it."""

    id: str
    text: Words
    by: Literal["bank", "vendor"]
    urgency: Literal["now", "day", "three-days", "week"]
    because: list[str]
    instead: list[Words]
    basis: list[str]


class SectionFacts(Part):
    """The actions of one playbook that apply."""

    id: str
    title: Words
    description: Words
    tasks: list[TaskFacts]


class DeadlineFacts(Part):
    """One duty to notify that may have begun to run. Whether it exists in law is for counsel."""

    id: str
    to: Words
    text: Words
    basis: list[str]
    state: Literal["due", "decide", "below", "elsewhere"]
    """`decide`: a person must answer `asks` first, or there may be more people than were counted."""
    hours: int | None
    """From awareness; null: as `term` says."""
    until: datetime | None
    term: Literal["at-once", "to-be-confirmed"]
    reasons: list[Words]
    asks: list[Words]
    verified: bool


class PlanFacts(Part):
    """The playbooks against the exposure, counted from when the bank became aware."""

    aware: datetime
    sections: list[SectionFacts]
    deadlines: list[DeadlineFacts]


class ResponseFacts(Part):
    """What the run comes to for a bank."""

    frameworks: list[FrameworkFacts]
    checklists: list[ChecklistFacts]
    scope: list[ScopeFacts]
    exposure: ExposureFacts
    plan: PlanFacts | None
    """Null: nothing is exposed."""
