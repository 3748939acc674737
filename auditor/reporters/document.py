"""The shape of report.json: its own classes, so that the published schema stays as it is while the model changes.

Every field is always there; what is unknown is null. A new field makes a new minor version, any other change a major one.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal

from pydantic import ConfigDict, Field

from auditor.reporters.document_course import CourseFacts, TrackFacts
from auditor.reporters.document_engagement import EngagementFacts
from auditor.reporters.document_parts import CertificateName, Part, StatusName
from auditor.reporters.document_parts import LevelName as LevelName
from auditor.reporters.document_parts import Words as Words
from auditor.reporters.document_response import ResponseFacts as ResponseFacts

VERSION: Final = "2.0"
SCHEMA_ID: Final = "urn:vendor-auditor:schema:report:2"

ChangeName = Literal["new", "unchanged", "updated", "gone", "not-examined"]
VerdictName = Literal[
    "contradicted", "found", "possible", "not-met", "incomplete", "sampled", "declared", "accepted", "as-agreed", "verified", "clean"
]  # fmt: skip


class Tool(Part):
    """What made the report."""

    name: str
    version: str


class RunFacts(Part):
    """How the audit was run."""

    id: int
    """The run's number in its store, from 1."""
    profile: str
    fail_on: LevelName
    """The level from which on a finding makes the run fail."""
    started: datetime
    finished: datetime
    interrupted: bool
    complete: bool
    """Whether everything in scope was examined, but for accepted gaps, and nothing interrupted the run."""
    accepted_gaps: list[str]
    """Codes of gaps that were accepted beforehand (`--accept-gap`); they are listed all the same."""
    ruleset_digest: str
    """SHA-256 of the rules, hexadecimal."""
    key_id: str
    """Tells the key of the fingerprints from others; empty if the key was not kept."""


class EntitySum(Part):
    """One kind of data over the whole run."""

    entity: str
    title: Words
    sensitivity: str
    matches: int
    """Occurrences; a value that stands in two places counts twice."""
    protected: int
    """Occurrences that are encrypted, hashed or masked."""
    assets: int
    """Files and objects that hold it."""
    distinct: int
    """Distinct values in the one with most of them: in the run there are at least so many."""


class GapSum(Part):
    """One reason for not examining something."""

    code: str
    what: Words
    do: Words
    """What to do about it."""
    count: int
    bytes: int
    """Bytes not read, as far as sizes are known."""


class Step(Part):
    """One thing to do, from a failed policy."""

    rule: str
    level: LevelName
    text: Words


class PeopleEstimate(Part):
    """Bounds between which the number of people lies with 95 % confidence, as far as the sketches' own error goes."""

    low: int
    high: int


class Summary(Part):
    """The first screen of the report."""

    verdict: VerdictName
    title: Words
    worst: LevelName | None
    complete: bool
    """`run.complete`, and also every policy checked and every listed item accounted for."""
    people: int
    """Distinct people affected."""
    people_certain: bool
    """False: some records could not be joined to one person, so `people` is the least number; or it is an estimate."""
    people_estimate: PeopleEstimate | None
    """Set where identifiers were too many to count exactly: `people` is an estimate then, and may be too high or too low."""
    findings: int
    suppressed: int
    """Findings that a waiver or the baseline accepts; they do not count among `findings`."""
    assets: int
    """Files and objects with personal data."""
    listed: int
    examined: int
    entities: list[EntitySum]
    possible: list[EntitySum]
    """Values that have an entity's shape, and nothing beside them that says what they are; not among `entities`."""
    earliest: datetime | None
    """Time of the oldest data found."""
    latest: datetime | None
    contract_ends: date | None
    destruction_due: date | None
    overdue_days: int | None
    """Whole days since `destruction_due`; null if it is not past."""
    gaps: list[GapSum]
    policies_not_checked: int
    unaccounted_targets: list[str]
    """Targets of which less was examined than listed, without a gap that says why."""
    actions: list[Step]


class ComparedSum(Part):
    """Distinct values of one kind of data in the whole run."""

    entity: str
    compared: int
    """Held against the register."""
    matched: int
    """In it."""


class RegisterFacts(Part):
    """The run held against the bank's register of its own customers."""

    name: str
    key_id: str
    built: datetime
    customers: int
    """Customers in the register."""
    matched_customers: int
    """Of these, met by a value that identifies them; `auditor affected` lists their references."""
    people_compared: int
    """Of the people found, those with a value that the register could be asked about. Where `people_estimate` is there, people are
    not compared and this is 0; `compared`, `matched` and `matched_customers` are exact all the same."""
    people_matched: int
    """Of these, people with a value that the register holds."""
    compared: int
    matched: int
    entities: list[ComparedSum]


class DifferenceFacts(Part):
    """One place at which the fast path and the reference path disagree about one rule."""

    target: str
    path: str
    version: str | None
    place: str
    line: int | None
    rule: str
    kind: Literal["missed", "more"]
    """`missed`: the reference alone found it, and it was added; `more`: the fast path alone did, and it stays."""


class RecheckFacts(Part):
    """The self-check: randomly chosen lines and cells examined a second time by the reference path (every rule, no gates)."""

    sampled: int
    differing: int
    """Lines and cells at which the two paths did not give the same."""
    rules: list[str]
    differences: list[DifferenceFacts]
    """The first hundred."""


class FindingFacts(Part):
    """One failed policy on one thing. Values are masked."""

    fingerprint: str
    """Stays the same from audit to audit: rule, engagement, thing, entity."""
    rule: str
    title: Words
    level: LevelName
    change: ChangeName
    message: Words
    subject: str
    """The thing's identity: target, path and version joined by an escaped NUL; a target's name; or nothing."""
    target: str
    path: str
    """Archive members are joined by `!/`."""
    version: str | None
    entity: str
    count: int
    """Distinct values of the entity, or distinct people."""
    matches: int
    compared: int | None
    """Distinct values held against the bank's register; null: no register, or not comparable."""
    matched: int | None
    """Of these, values of the bank's own customers."""
    place: str
    line: int | None
    mask: str
    days: int | None
    since: date | None
    track: TrackFacts
    maps_to: list[str]


class PolicyFacts(Part):
    """One policy and what came of it."""

    rule: str
    title: Words
    description: Words
    remediation: list[Words]
    level: LevelName
    status: StatusName
    counts: dict[StatusName, int]
    messages: list[Words]
    maps_to: list[str]


class TallyFacts(Part):
    """One kind of data in one file or object; the example is masked."""

    entity: str
    sensitivity: str
    matches: int
    distinct: int
    protected: int
    compared: int | None
    """Distinct values held against the bank's register; null: no register, or not comparable."""
    matched: int | None
    """Of these, values of the bank's own customers."""
    mask: str
    place: str
    line: int | None
    score: float = Field(ge=0, le=1)
    why: list[str]


class AssetFacts(Part):
    """One file or object with personal data."""

    target: str
    path: str
    version: str | None
    current: bool
    """False: an old object version, or one behind a delete marker."""
    people: int
    modified: datetime | None
    modified_from: Literal["file", "object version", "archive member", "commit", ""]
    rows_from: date | None
    """The earliest day of its rows' own dates, where its tables have any."""
    rows_to: date | None
    together: list[list[str]]
    """Entities that stand in one table or record."""
    mode: int | None
    """POSIX permission bits."""
    size: int | None
    tallies: list[TallyFacts]


class ControlFacts(Part):
    """One fact about how a target is guarded; a null value could not be determined."""

    target: str
    name: str
    value: bool | int | str | None
    detail: str
    path: str


class GapFacts(Part):
    """Something that was not examined. An empty path means the whole target."""

    target: str
    path: str
    version: str | None
    code: str
    detail: str
    """One sentence in English."""
    size: int | None


class CoverageFacts(Part):
    """How much of a target was examined."""

    target: str
    assets: int
    examined: int
    bytes: int
    gaps: int


class Report(Part):
    """One audit of one vendor. Personal data is masked: no clear value is ever written here."""

    model_config = ConfigDict(title="vendor-auditor report", serialize_by_alias=True, validate_by_name=True)

    schema_: Literal["urn:vendor-auditor:schema:report:2"] = Field(alias="$schema")
    schema_version: Literal["2.0"]
    tool: Tool
    run: RunFacts
    summary: Summary
    register_: RegisterFacts | None = Field(alias="register")
    """Null where no register was used."""
    recheck: RecheckFacts
    engagement: EngagementFacts
    certificate: CertificateName
    findings: list[FindingFacts]
    """Those that count."""
    suppressed: list[FindingFacts]
    """Those that a waiver or the baseline accepts (`track.suppression`)."""
    gone: list[FindingFacts]
    """Findings of the audit before that are no longer there (`gone`), or that were not examined again."""
    policies: list[PolicyFacts]
    data: list[AssetFacts]
    """Everything that holds personal data, allowed or not."""
    controls: list[ControlFacts]
    gaps: list[GapFacts]
    coverage: list[CoverageFacts]
    response: ResponseFacts
    course: CourseFacts
