"""One audit, readable on one screen: targets → assets → matches → observations → verdicts → findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Final

import auditor
from auditor import registry
from auditor.errors import TargetError
from auditor.examine import Counts, Examiner
from auditor.extractors.limits import Limits
from auditor.fingerprint import key_id
from auditor.judge import compare, judge, write_finding
from auditor.listing import ahead
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import Engagement, LocalTarget, S3Target, SshTarget, Target
from auditor.model.finding import Coverage, Evidence, Observation, Run
from auditor.model.rule import Level, Profile, Ruleset
from auditor.model.scanner import Scanner
from auditor.people import People
from auditor.progress import Progress
from auditor.store.sqlite import Store

if TYPE_CHECKING:
    from auditor.detectors.detector import Detector
    from auditor.register.reader import Register

ENCODINGS: Final = {"KR": ("cp949",), "TH": ("cp874",), "CN": ("gb18030",), "TW": ("big5",), "JP": ("shift_jis",)}
"""The legacy encodings a country's files may be in: the prior for texts too short to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One audit to do. `key_kept` False: the key is for this run alone, so no value can be looked up later. `only`: the targets to
    examine; the others are gaps. `accepted_gaps`: codes that do not make the run incomplete; they are reported all the same.
    `register`: the bank's own customers, under the same key.
    """

    engagement: Engagement
    ruleset: Ruleset
    profile: Profile
    fail_on: Level
    key: bytes
    key_kept: bool
    only: frozenset[str]
    accepted_gaps: frozenset[GapCode] = frozenset()
    limits: Limits = field(default_factory=Limits)
    register: Register | None = None


def audit(job: Job, store: Store, progress: Progress) -> Run:
    """Run one audit into the store: read, count people, judge, compare with the run before. Ctrl-C ends the reading alone."""
    started = datetime.now(UTC)
    engagement = job.engagement

    @cache
    def detector() -> Detector:
        from auditor.detectors.detector import Detector

        return Detector(job.ruleset, job.key)

    if job.ruleset.presidio:
        detector()  # a user's model that does not load is bad input: told before anything is read
    kept_key = key_id(job.key) if job.key_kept else ""
    run = store.begin(
        engagement=engagement.id, profile=job.profile.id, started=started, key_id=kept_key,
        tool_version=auditor.__version__, ruleset_digest=job.ruleset.digest,
    )  # fmt: skip
    people = People()
    reading = _read(job, detector, store, run, people, progress)

    for asset, fingerprint in store.promote(run):
        people.add_to_asset(asset, fingerprint)
    comparison = None
    if job.register:
        from auditor import ours  # numpy: not for those without a register

        comparison = ours.compare(job.register, store, run, people)
    store.set_people(people.count_by_asset().items())

    gaps = tuple(store.gaps(run))
    evidence = Evidence(
        observations=tuple(_observations(store, run, job.ruleset)), controls=reading.controls,
        gaps=tuple(gap for gap in gaps if gap.code not in job.accepted_gaps),
        coverage=reading.coverage, people=people.count(), engagement=engagement, now=started,
    )  # fmt: skip
    findings, policies, certificate = judge(job.ruleset.policies_of(job.profile), evidence, engagement.id)
    findings, gone = compare(findings, store.findings_before(run, engagement.id, job.profile.id), evidence)
    store.save_findings(run, ((finding, write_finding(finding)) for finding in findings))
    finished = datetime.now(UTC)
    store.finish(run, finished=finished, interrupted=reading.interrupted, people=evidence.people)
    store.checkpoint()
    return Run(
        id=run, engagement=engagement, profile=job.profile.id, fail_on=job.fail_on, started=started, finished=finished,
        interrupted=reading.interrupted, tool_version=auditor.__version__, ruleset_digest=job.ruleset.digest,
        key_id=kept_key, certificate=certificate, people=evidence.people, people_certain=people.certain,
        findings=findings, gone=gone, policies=policies, observations=evidence.observations, controls=evidence.controls,
        gaps=gaps, coverage=evidence.coverage, accepted_gaps=tuple(sorted(job.accepted_gaps)), register=comparison,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What reading all targets gave beside what went into the store."""

    controls: tuple[Control, ...]
    coverage: tuple[Coverage, ...]
    interrupted: bool


def _read(
    job: Job, detector: Callable[[], Detector], store: Store, run: int, people: People, progress: Progress
) -> _Reading:
    """Examine each target in turn. After Ctrl-C the targets not yet read are gaps, so that nothing found is lost."""
    engagement = job.engagement
    countries = (engagement.entrusting.country, engagement.vendor.country)
    examiner = Examiner(
        ruleset=job.ruleset, detector=detector, store=store, run=run, people=people, progress=progress, limits=job.limits,
        encodings=tuple(dict.fromkeys(e for c in countries for e in ENCODINGS.get(c, ()))), register=job.register,
    )  # fmt: skip
    controls: list[Control] = []
    coverage: list[Coverage] = []
    interrupted = False
    for target in engagement.targets:
        counts = Counts()

        def leave_out(code: GapCode, why: str, name: str = target.name, counts: Counts = counts) -> None:
            examiner.gap(Gap(target=name, path="", code=code, detail=why), counts)

        try:
            if target.name not in job.only:
                leave_out(GapCode.LEFT_OUT, "the audit was asked to leave this target out")
            elif not interrupted:
                progress.target(target.name)
                controls.extend(_examine_target(target, examiner, counts, progress))
        except KeyboardInterrupt:
            interrupted = True
        if interrupted:
            leave_out(GapCode.INTERRUPTED, "the audit was interrupted; what had not been read by then was not examined")
        coverage.append(counts.coverage(target.name))
    return _Reading(controls=tuple(controls), coverage=tuple(coverage), interrupted=interrupted)


def scanner_of(target: Target) -> Scanner:
    """The scanner that reads a target, not yet connected."""
    match target:
        case LocalTarget():
            name = "local"
        case SshTarget():
            name = "ssh"
        case S3Target():
            name = "s3"
    scanner: Scanner = registry.load("scanners", name)(target)
    return scanner


def _examine_target(target: Target, examiner: Examiner, counts: Counts, progress: Progress) -> Iterator[Control]:
    """Examine all of a target; its controls. A target out of reach is one gap, and the audit goes on with the next."""
    scanner = scanner_of(target)
    try:
        for item in ahead(scanner.scan(), progress):
            match item:
                case Asset():
                    examiner.examine(scanner, item, counts)
                case Gap():
                    examiner.gap(item, counts)
                case Control():
                    yield item
    except TargetError as error:
        detail = f"{error.detail} {error.cure}".strip()
        examiner.gap(Gap(target=target.name, path="", code=GapCode(error.code), detail=detail), counts)
    finally:
        scanner.close()


def _observations(store: Store, run: int, ruleset: Ruleset) -> Iterator[Observation]:
    """What policies judge. Where only hashes of an entity stand, it is in the store alone (docs/decisions/002)."""
    sensitivity = {rule.entity: rule.sensitivity for rule in ruleset.recognizers}
    for observation in store.observations(run, dict(sensitivity)):
        tallies = tuple(t for t in observation.tallies if t.hashed < t.matches)
        if tallies:
            yield replace(observation, tallies=tallies)
