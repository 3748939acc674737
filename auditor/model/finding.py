"""Facts about assets, what checks say of them, and what a run keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from auditor.model.asset import Control, Gap, GapCode
from auditor.model.course import Course, Track
from auditor.model.engagement import Engagement
from auditor.model.names import Names
from auditor.model.noun import noun
from auditor.model.recheck import Recheck
from auditor.model.rule import Level
from auditor.model.text import Bilingual

if TYPE_CHECKING:
    from auditor.model.response import Response


@noun
class EntityTally:
    """One entity in one asset: all matches, distinct values, one masked example and where it stands first.

    `protected` counts the matches that are encrypted, hashed or masked values, the rest are in clear; `hashed` of these,
    how many are hashed or masked. `compared` is the number of distinct values held against the bank's register and
    `matched` of these the customers' own; None where there was no register, or none of them is comparable with it.
    """

    entity: str
    sensitivity: str
    matches: int
    distinct: int
    protected: int = 0
    hashed: int = 0
    compared: int | None = None
    matched: int | None = None
    mask: str = ""
    place: str = ""
    line: int | None = None
    score: float = 1.0
    why: tuple[str, ...] = ()


DatedBy = Literal["file", "object version", "archive member", "commit", ""]


@noun
class Observation:
    """What a run knows of one asset that holds personal data. `people` counts distinct people in this asset.

    `modified` is when the asset was written, and `modified_from` says who says so: the file's time, the object version's,
    the archive member's, the author's date of the commit. `rows_from` and `rows_to` are the rows' own dates, where its
    tables have any; without an offset they are in the vendor's calendar. `together` are the entities that stand in one
    table or record. `mode` is the file's own or, for a member, its archive's.
    """

    identity: str
    target: str
    path: str
    tallies: tuple[EntityTally, ...]
    people: int = 0
    modified: datetime | None = None
    modified_from: DatedBy = ""
    rows_from: datetime | None = None
    rows_to: datetime | None = None
    together: tuple[frozenset[str], ...] = ()
    mode: int | None = None
    size: int | None = None
    version: str | None = None
    current: bool = True


@noun
class Coverage:
    """What was examined of one target. `bytes` counts what was read of files, not what archives expanded to."""

    target: str
    assets: int = 0
    examined: int = 0
    bytes: int = 0
    gaps: int = 0


@noun
class Evidence:
    """All that checks may look at. `now` is the run's start, aware, UTC: checks have no clock.

    `observations` are the assets with what is certain, `possible` those with values whose shape alone speaks for them: an asset may be
    among both (docs/decisions/017).
    `gaps` are all of them: to accept a gap beforehand changes the exit code and no verdict (docs/decisions/010). `cut`: the run was
    interrupted or took a sample, so nothing was examined wholly. `roots` are the paths that a gate was given, as shown: where a
    delivery lies says nothing about it. `names`: what messages call the entities. `people_range`: where people, of the run and of each
    asset, are estimated, the bounds of the run's number at 95 %.
    """

    observations: tuple[Observation, ...] = ()
    possible: tuple[Observation, ...] = ()
    controls: tuple[Control, ...] = ()
    gaps: tuple[Gap, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    people: int = 0
    people_range: tuple[int, int] | None = None
    engagement: Engagement | None = None
    roots: tuple[str, ...] = ()
    cut: bool = False
    names: Names = field(default_factory=Names)
    now: datetime

    def whole(self, target: str) -> bool:
        """Whether something was listed at a target and all of it was examined."""
        covered = next((coverage for coverage in self.coverage if coverage.target == target), Coverage(target=target))
        return 0 < covered.assets <= covered.examined and not self.cut and not self.gaps_of(target)

    def gaps_of(self, target: str) -> int:
        """How many gaps a target has."""
        return sum(gap.target == target for gap in self.gaps)

    def within(self, path: str) -> str:
        """A path without the folders that its root lies in, and without the root if that is a folder; the whole path in an audit."""
        for root in sorted(self.roots, key=len, reverse=True):
            above = root.rstrip("/") + "/"
            if path.startswith(above):
                return path.removeprefix(above)
            if path == root or path.startswith(root + "!/"):  # a file or an archive by itself
                return path[root.rfind("/") + 1 :]
        return path


class Status(StrEnum):
    """What a check says."""

    PASS = "pass"
    FAIL = "fail"
    ERROR = "error"
    NOT_APPLICABLE = "not-applicable"
    NOT_CHECKED = "not-checked"


@noun
class Verdict:
    """One check's word on one thing: an asset and an entity, a target, or the whole engagement.

    `subject` is a stable identity (asset identity, target name, or ""). `message` holds no clear values.
    `count` is what a rule's level steps are held against. `level` None means: the rule's. `partial`: nothing is against it, and it
    is not checked only for gaps, or for what the engagement leaves out.
    """

    status: Status
    message: Bilingual
    subject: str = ""
    target: str = ""
    path: str = ""
    version: str | None = None
    entity: str = ""
    count: int = 0
    place: str = ""
    line: int | None = None
    mask: str = ""
    matches: int = 0
    level: Level | None = None
    days: int | None = None
    since: date | None = None
    partial: bool = False


class Change(StrEnum):
    """A finding against the run before it."""

    NEW = "new"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    GONE = "gone"
    NOT_EXAMINED = "not-examined"


@noun
class Finding:
    """A failed verdict under its rule. `fingerprint` is hash(rule, engagement, subject, entity): it survives edits."""

    fingerprint: str
    rule: str
    title: Bilingual
    level: Level
    verdict: Verdict
    change: Change = Change.NEW
    maps_to: tuple[str, ...] = ()
    track: Track = field(default_factory=Track)


class CertificateStatus(StrEnum):
    """Whether the destruction certificate holds against the evidence and the coverage."""

    NONE = "none"
    DECLARED = "declared"
    VERIFIED = "verified"
    CONTRADICTED = "contradicted"


@noun
class PolicyResult:
    """One policy in one run: the worst status of its verdicts, and how many there were of each. `targets`: its verdicts about targets as wholes, by
    the target's name.

    For the next comparison: `passed` are the fingerprints that findings would have where it passed (assets left out), `undecided`
    where it could not judge or did not apply, `undecided_targets` the targets of which that is so as a whole, and `decided` is False where that is so of everything. `partial`: all that is not checked is so for gaps alone, for values to be decided, or for what the
    engagement leaves out; where these were accepted, the run is complete all the same.
    """

    rule: str
    title: Bilingual
    description: Bilingual
    remediation: tuple[Bilingual, ...]
    level: Level
    status: Status
    counts: Mapping[Status, int] = field(default_factory=dict)
    messages: tuple[Bilingual, ...] = ()
    maps_to: tuple[str, ...] = ()
    targets: Mapping[str, Verdict] = field(default_factory=dict, repr=False)
    passed: frozenset[str] = field(default=frozenset(), repr=False)
    undecided: frozenset[str] = field(default=frozenset(), repr=False)
    undecided_targets: frozenset[str] = frozenset()
    decided: bool = True
    partial: bool = False


@noun
class ComparedEntity:
    """Distinct values of one entity in a whole run: held against the register, and found in it."""

    entity: str
    compared: int
    matched: int


@noun
class RegisterComparison:
    """A run held against the bank's register of its own customers.

    `customers` are in the register, `matched_customers` of them were met by a value that identifies them: those to notify.
    `people_compared` of the run's people have a value that the register could be asked about, `people_matched` one that
    it holds; both are 0 where people are estimated. `name` is the register file's, without its folder.
    """

    name: str
    key_id: str
    built: datetime
    customers: int
    matched_customers: int
    people_compared: int
    people_matched: int
    entities: tuple[ComparedEntity, ...]

    @property
    def compared(self) -> int:
        """Distinct values held against the register."""
        return sum(entity.compared for entity in self.entities)

    @property
    def matched(self) -> int:
        """Of these, values of the bank's own customers."""
        return sum(entity.matched for entity in self.entities)


@noun
class Run:
    """All of one audit that reporters may say. `id` counts from 1 in its store."""

    id: int
    engagement: Engagement
    profile: str
    fail_on: Level
    started: datetime
    finished: datetime
    interrupted: bool
    tool_version: str
    ruleset_digest: str
    key_id: str
    certificate: CertificateStatus
    people: int
    people_certain: bool
    people_range: tuple[int, int] | None = None
    findings: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    policies: tuple[PolicyResult, ...]
    observations: tuple[Observation, ...]
    possible: tuple[Observation, ...] = ()
    controls: tuple[Control, ...]
    gaps: tuple[Gap, ...]
    coverage: tuple[Coverage, ...]
    accepted_gaps: tuple[GapCode, ...] = ()
    register: RegisterComparison | None = None
    recheck: Recheck = field(default_factory=Recheck)
    response: Response | None = None
    course: Course = field(default_factory=Course)
    resumable: bool | None = None
    """Whether a later audit can go on from where this one was stopped; None: it wrote nothing down for that."""

    @property
    def complete(self) -> bool:
        """Whether everything in scope was examined, but for gaps of a code that was accepted by name. A sample never is."""
        accepted = all(gap.code in self.accepted_gaps for gap in self.gaps)
        return accepted and not self.interrupted and not self.sampled

    @property
    def more_people(self) -> bool:
        """Whether there may be more people than were counted: something was not examined, accepted or not, or not joined."""
        return bool(self.gaps) or not self.complete or not self.people_certain

    @property
    def sampled(self) -> bool:
        """Whether the profile's sample or time budget left something out."""
        return self.course.sampling is not None and self.course.sampling.limited

    @property
    def worst(self) -> Level | None:
        """The highest level among the findings."""
        return max((finding.level for finding in self.findings), default=None)
