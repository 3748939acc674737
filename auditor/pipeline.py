"""One audit, readable on one screen: targets → assets → matches → observations → verdicts → findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import auditor
from auditor.course import scorecard
from auditor.course.baseline import Baseline
from auditor.course.follow import Known, follow, to_keep
from auditor.course.identity import stable_paths, stable_subjects
from auditor.course.sampling import Limiter
from auditor.course.trend import trend
from auditor.extractors.limits import Limits
from auditor.filenames import shown_path
from auditor.fingerprint import key_id
from auditor.journal import Journal
from auditor.judge import compare, judge, read_finding, told, write_finding
from auditor.model.asset import GapCode
from auditor.model.course import Waivers
from auditor.model.engagement import Engagement, Executor, LocalTarget
from auditor.model.finding import Evidence, Observation, Run
from auditor.model.noun import noun
from auditor.model.rule import Level, Profile, Ruleset
from auditor.model.text import printable
from auditor.people import BYTES_EACH, People
from auditor.progress import Progress
from auditor.reporters.strings import entity_names
from auditor.resume import begin
from auditor.store.sqlite import Store
from auditor.targets import Reader

if TYPE_CHECKING:
    from auditor.register.reader import Register


@noun
class Job:
    """One audit to do. `key_kept` False: the key is for this run alone, so no value can be looked up later. `only`: the targets to
    examine; the others are gaps. `accepted_gaps`: codes that do not make the run incomplete; they are reported all the same.
    `register`: the bank's own customers, under the same key. `workers`: processes that examine at the same time; 0: one for each
    processor. `passwords` are tried on what is encrypted. `executor`: the cluster that examines in place of this machine.
    `time_budget`: seconds after which no further file is begun. `waivers` and `baseline` say which findings are accepted.
    `journal`: where it is written down what was asked of the targets. `trail`: where it is written down how far the audit has come,
    so that another goes on from there (`resume`); one that samples, has a time budget, a cluster or a one-time key leaves none.
    `reports`: whether any are to be made; without them the run has no `response`, which only they tell.
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
    time_budget: float | None = None
    waivers: Waivers | None = None
    baseline: Baseline | None = None
    journal: Journal = field(default_factory=Journal)
    trail: Path | None = None
    resume: bool = False
    reports: bool = True


def audit(job: Job, store: Store, progress: Progress) -> Run:
    """Run one audit into the store: read, count people, judge, compare with the run before. Ctrl-C ends the reading alone.

    A resumed one began when the first did. InputError where there is nothing to go on with.
    """
    trail, earlier, started = begin(
        job.trail, resume=job.resume, engagement=job.engagement, ruleset=job.ruleset, profile=job.profile, only=job.only,
        limits=job.limits, key=job.key, key_kept=job.key_kept,
        passwords=job.passwords, register=job.register.build if job.register else "", executor=job.executor, time_budget=job.time_budget, now=datetime.now(UTC),
    )  # fmt: skip
    engagement = job.engagement

    kept_key = key_id(job.key) if job.key_kept else ""
    people = People(exact=job.limits.people_bytes // BYTES_EACH)
    limiter = Limiter(job.profile.sample, job.time_budget, job.key)
    with Reader(
        engagement=engagement, ruleset=job.ruleset, key=job.key, limits=job.limits, register=job.register, passwords=job.passwords, workers=job.workers, executor=job.executor, store=store,
        people=people, progress=progress, journal=job.journal, trail=trail, earlier=earlier,
    ) as reader:  # fmt: skip
        run = store.begin(
            engagement=engagement.id, profile=job.profile.id, started=started, key_id=kept_key,
            tool_version=auditor.__version__, ruleset_digest=job.ruleset.digest,
        )  # fmt: skip
        reading = reader.read(job.only, run, limiter, repeatable=job.key_kept)

    for asset, fingerprint in store.promote(run):
        people.add_to_asset(asset, fingerprint)
    comparison = None
    if job.register:
        from auditor import ours  # numpy: not for those without a register

        comparison = ours.compare(job.register, store, run, people)
    store.set_people(people.count_by_asset().items())

    gaps = tuple(store.gaps(run))
    evidence = Evidence(
        observations=tuple(_observations(store, run, job.ruleset)), possible=tuple(_possible(store, run, job.ruleset)), controls=reading.controls,
        gaps=gaps, coverage=reading.coverage, people=people.count(), people_range=people.range, engagement=engagement, roots=_roots(job), now=started,
        names=entity_names(job.ruleset.recognizers), cut=reading.interrupted or (reading.sampling is not None and reading.sampling.limited),
    )  # fmt: skip
    rules, stable = job.ruleset.policies_of(job.profile), _stable(job)
    findings, policies, certificate = judge(rules, evidence, engagement.id, stable_subjects(stable))
    before = store.findings_before(run, engagement.id, job.profile.id)
    findings, gone = compare(findings, before, evidence, policies)
    followed = follow(
        findings, gone, policies=rules, profile=job.profile, started=started, party=engagement.entrusting,
        known=Known(
            before={key: read_finding(old.content) for key, old in (before or {}).items()},
            seen=store.history.seen(run, engagement.id, job.profile.id),
        ),
        accepted=job.waivers, baseline=job.baseline, place=lambda finding: stable(finding.verdict.path),
    )  # fmt: skip
    store.save_findings(run, ((finding, write_finding(finding)) for finding in to_keep(followed)))
    finished = datetime.now(UTC)
    store.finish(run, finished=finished, interrupted=reading.interrupted, people=evidence.people)
    store.checkpoint()
    card = job.ruleset.scorecard_of(job.profile)
    course = replace(
        followed.course, sampling=reading.sampling, trend=trend(store.history.levels(engagement.id, job.profile.id)),
        scorecard=None if card is None else scorecard.fill(card, policies, followed.findings, followed.course.suppressed, job.fail_on),
    )  # fmt: skip
    done = Run(
        id=run, engagement=engagement, profile=job.profile.id, fail_on=job.fail_on, started=started, finished=finished,
        interrupted=reading.interrupted, tool_version=auditor.__version__, ruleset_digest=job.ruleset.digest,
        key_id=kept_key, certificate=certificate, people=evidence.people, people_certain=people.certain, people_range=people.range,
        findings=followed.findings, gone=followed.gone, policies=policies, observations=evidence.observations, possible=evidence.possible, controls=tuple(told(evidence)),
        gaps=gaps, coverage=evidence.coverage, accepted_gaps=tuple(sorted(job.accepted_gaps)), register=comparison,
        recheck=reading.recheck, course=course, resumable=reading.resumable,
    )  # fmt: skip
    if not job.reports:
        return done
    from auditor.response import respond

    return replace(done, response=respond(done, job.ruleset, evidence))


def _stable(job: Job) -> Callable[[str], str]:
    """What a path is called wherever the delivery lies. In an audit that is the path itself: its targets have names."""
    if job.engagement.file:
        return lambda path: path
    return stable_paths(_roots(job))


def _roots(job: Job) -> tuple[str, ...]:
    """The paths that a gate was given, as shown; none in an audit."""
    if job.engagement.file:
        return ()
    roots = [path for target in job.engagement.targets if isinstance(target, LocalTarget) for path in target.paths]
    return tuple(shown_path(printable(str(root)), job.key) for root in roots)


def _observations(store: Store, run: int, ruleset: Ruleset) -> Iterator[Observation]:
    """What policies judge. Where only hashes of an entity stand, it is in the store alone (docs/decisions/002)."""
    sensitivity = {rule.entity: rule.sensitivity for rule in ruleset.recognizers}
    for observation in store.observations(run, dict(sensitivity)):
        tallies = tuple(t for t in observation.tallies if t.hashed < t.matches)
        if tallies:
            yield replace(observation, tallies=tallies)


def _possible(store: Store, run: int, ruleset: Ruleset) -> Iterator[Observation]:
    """Values of rules that keep what has their shape and nothing else to speak for it."""
    return store.possible(run, {rule.entity: rule.sensitivity for rule in ruleset.recognizers if rule.candidates})
