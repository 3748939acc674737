"""One audit, readable on one screen: targets → assets → matches → observations → verdicts → findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import auditor
from auditor.extractors.limits import Limits
from auditor.fingerprint import key_id
from auditor.judge import compare, judge, told, write_finding
from auditor.model.asset import GapCode
from auditor.model.engagement import Engagement, Executor
from auditor.model.finding import Evidence, Observation, Run
from auditor.model.rule import Level, Profile, Ruleset
from auditor.people import People
from auditor.progress import Progress
from auditor.store.sqlite import Store
from auditor.targets import Reader

if TYPE_CHECKING:
    from auditor.register.reader import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One audit to do. `key_kept` False: the key is for this run alone, so no value can be looked up later. `only`: the targets to
    examine; the others are gaps. `accepted_gaps`: codes that do not make the run incomplete; they are reported all the same.
    `register`: the bank's own customers, under the same key. `workers`: processes that examine at the same time; 0: one for each
    processor. `passwords` are tried on what is encrypted. `executor`: the cluster that examines in place of this machine.
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
    workers: int = 0
    executor: Executor | None = None
    passwords: tuple[str, ...] = field(default=(), repr=False)


def audit(job: Job, store: Store, progress: Progress) -> Run:
    """Run one audit into the store: read, count people, judge, compare with the run before. Ctrl-C ends the reading alone."""
    started = datetime.now(UTC)
    engagement = job.engagement

    kept_key = key_id(job.key) if job.key_kept else ""
    people = People()
    with Reader(
        engagement=engagement, ruleset=job.ruleset, key=job.key, limits=job.limits, register=job.register, passwords=job.passwords, workers=job.workers, executor=job.executor, store=store,
        people=people, progress=progress,
    ) as reader:  # fmt: skip
        run = store.begin(
            engagement=engagement.id, profile=job.profile.id, started=started, key_id=kept_key,
            tool_version=auditor.__version__, ruleset_digest=job.ruleset.digest,
        )  # fmt: skip
        reading = reader.read(job.only, run)

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
        findings=findings, gone=gone, policies=policies, observations=evidence.observations, controls=tuple(told(evidence)),
        gaps=gaps, coverage=evidence.coverage, accepted_gaps=tuple(sorted(job.accepted_gaps)), register=comparison,
        recheck=reading.recheck,
    )  # fmt: skip


def _observations(store: Store, run: int, ruleset: Ruleset) -> Iterator[Observation]:
    """What policies judge. Where only hashes of an entity stand, it is in the store alone (docs/decisions/002)."""
    sensitivity = {rule.entity: rule.sensitivity for rule in ruleset.recognizers}
    for observation in store.observations(run, dict(sensitivity)):
        tallies = tuple(t for t in observation.tallies if t.hashed < t.matches)
        if tallies:
            yield replace(observation, tallies=tallies)
