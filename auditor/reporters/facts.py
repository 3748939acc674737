"""What a report's first screen says, worked out once for every format: the verdict, who, what, where, since when.

A run that is not complete never gets a verdict that sounds clean: `Verdict.clean` holds for nothing but complete runs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from auditor.model.asset import GapCode
from auditor.model.calendar import day_of, zone_of_party
from auditor.model.engagement import Engagement
from auditor.model.finding import CertificateStatus, Coverage, EntityTally, Finding, Observation, Run, Status
from auditor.model.noun import noun
from auditor.model.rule import Level
from auditor.model.terms import allowance, destroy_by
from auditor.model.text import Bilingual


class Verdict(StrEnum):
    """The one line a reader takes home, worst first."""

    CONTRADICTED = "contradicted"
    FOUND = "found"
    POSSIBLE = "possible"
    NOT_MET = "not-met"
    INCOMPLETE = "incomplete"
    SAMPLED = "sampled"
    DECLARED = "declared"
    ACCEPTED = "accepted"
    AS_AGREED = "as-agreed"
    VERIFIED = "verified"
    CLEAN = "clean"

    @property
    def clean(self) -> bool:
        """Whether it tells a reader that all is well."""
        return self in (Verdict.AS_AGREED, Verdict.VERIFIED, Verdict.CLEAN)


@noun
class EntityTotal:
    """One entity over the whole run: matches (a value twice counts twice), how many protected, in how many assets.

    `distinct` are those of the asset with most: in the run there are at least so many.
    """

    entity: str
    sensitivity: str
    matches: int
    protected: int
    assets: int
    distinct: int = 0


@noun
class TargetTotal:
    """One target: in how many of its assets personal data was found, and the asset with most people."""

    target: str
    assets: int
    matches: int
    most: Observation


@noun
class GapTotal:
    """One reason why something was not examined: how many items, and bytes where every size is known."""

    code: GapCode
    count: int
    bytes: int


@noun
class Action:
    """One thing to do, from a failed policy."""

    rule: str
    title: Bilingual
    level: Level
    text: Bilingual


@noun
class Facts:
    """The first screen. `due` is the last day for destruction, `overdue` the whole days since (None: not past, no
    contract end, or nothing found that is not agreed to stay longer). `possible` and
    `possible_targets` are what nothing but its shape speaks for, and where. `unaccounted` are targets of which less was examined than listed, without a gap that says why. `today` is
    the day of the audit in the entrusting company's country."""

    verdict: Verdict
    level: Level | None
    complete: bool
    people: int
    people_certain: bool
    people_range: tuple[int, int] | None
    findings: int
    suppressed: int
    assets: int
    listed: int
    examined: int
    entities: tuple[EntityTotal, ...]
    targets: tuple[TargetTotal, ...]
    earliest: datetime | None
    latest: datetime | None
    today: date
    ends: date | None
    ended: bool
    due: date | None
    overdue: int | None
    clause: str
    possible: tuple[EntityTotal, ...]
    possible_targets: tuple[TargetTotal, ...]
    gaps: tuple[GapTotal, ...]
    gap_count: int
    interrupted: bool
    not_checked: int
    unaccounted: tuple[str, ...]
    actions: tuple[Action, ...]


def facts(run: Run) -> Facts:
    """Work out the first screen. Order is by weight, then by name: equal runs give equal reports."""
    ends = run.engagement.contract.ends
    due = destroy_by(run.engagement)
    today = day_of(run.started, run.engagement.entrusting)
    moments = [moment for seen in run.observations for moment in _moments(seen, run.engagement)]
    unaccounted = _unaccounted(run)
    not_checked = sum(policy.status in (Status.ERROR, Status.NOT_CHECKED) for policy in run.policies)
    # In a complete run every gap was accepted: what is not checked for gaps alone was accepted with them.
    unknown = any(p.status in (Status.ERROR, Status.NOT_CHECKED) and not p.partial for p in run.policies)
    complete = run.complete and not unaccounted and not unknown and not _unjudged(run)
    return Facts(
        verdict=_verdict(run, complete),
        level=run.worst,
        complete=complete,
        people=run.people,
        people_certain=run.people_certain,
        people_range=run.people_range,
        findings=len(run.findings),
        suppressed=len(run.course.suppressed),
        assets=len(run.observations),
        listed=sum(coverage.assets for coverage in run.coverage),
        examined=sum(coverage.examined for coverage in run.coverage),
        entities=_entities(run.observations),
        targets=_targets(run.observations),
        earliest=min(moments, default=None),
        latest=max(moments, default=None),
        today=today,
        ends=ends,
        ended=ends is not None and today > ends,
        due=due,
        overdue=(today - due).days if due and today > due and _held_without_leave(run, today) else None,
        clause=run.engagement.contract.clause,
        possible=_entities(run.possible),
        possible_targets=_targets(run.possible),
        gaps=_gaps(run),
        gap_count=len(run.gaps),
        interrupted=run.interrupted,
        not_checked=not_checked,
        unaccounted=unaccounted,
        actions=_actions(run),
    )


def _moments(seen: Observation, engagement: Engagement) -> tuple[datetime, ...]:
    """From when an asset's data is, by the best evidence: its rows' own dates, else when it was written."""
    if seen.rows_from is None or seen.rows_to is None:
        return () if seen.modified is None else (seen.modified,)
    zone = zone_of_party(engagement.entrusting)
    return tuple(moment if moment.tzinfo else moment.replace(tzinfo=zone) for moment in (seen.rows_from, seen.rows_to))


def _verdict(run: Run, complete: bool) -> Verdict:
    if run.certificate is CertificateStatus.CONTRADICTED:
        return Verdict.CONTRADICTED
    if run.findings:
        return Verdict.FOUND if run.observations else Verdict.POSSIBLE if run.possible else Verdict.NOT_MET
    if _unjudged(run):
        return Verdict.POSSIBLE
    if not complete:
        return Verdict.SAMPLED if _only_sampled(run) else Verdict.INCOMPLETE
    if run.course.suppressed:
        return Verdict.ACCEPTED
    match run.certificate:
        case CertificateStatus.VERIFIED:
            return Verdict.VERIFIED
        case CertificateStatus.DECLARED:
            return Verdict.DECLARED
        case CertificateStatus.NONE:
            return Verdict.AS_AGREED if run.observations else Verdict.CLEAN


def _unjudged(run: Run) -> bool:
    """Whether values that may be identifiers are no finding, and no accepted one: the profile has no policy for them."""
    judged = {(found.verdict.subject, found.verdict.entity) for found in (*run.findings, *run.course.suppressed)}
    return any((seen.identity, tally.entity) not in judged for seen in run.possible for tally in seen.tallies)


def _only_sampled(run: Run) -> bool:
    """Whether nothing but the profile's sample or time budget kept the run from being complete."""
    limits = (GapCode.NOT_SAMPLED, GapCode.TIME_CUT_OFF_REACHED)
    meant = all(gap.code in run.accepted_gaps or (gap.code in limits and not gap.path) for gap in run.gaps)
    failed = any(policy.status is Status.ERROR for policy in run.policies)
    return run.sampled and meant and not run.interrupted and not failed


def _held_without_leave(run: Run, today: date) -> bool:
    """Whether something was found that neither an agreement of a later day nor a live exception allows."""
    return any(
        (allowed := allowance(run.engagement, tally.entity, seen.target, seen.path)) is None or today > allowed.last()
        for seen in run.observations
        for tally in seen.tallies
    )


def _unaccounted(run: Run) -> tuple[str, ...]:
    """Targets of the engagement that no coverage speaks of, or whose numbers leave something unexplained.

    One empty bucket is nothing special; a run that examined nothing anywhere (a mistyped prefix) has shown nothing. At
    the gate (no engagement file) an empty folder is just that: its name was typed on this machine, and it is there.
    """
    covered = {coverage.target: coverage for coverage in run.coverage}
    with_gaps = {gap.target for gap in run.gaps}
    gate = not run.engagement.file
    nothing = not gate and not any(coverage.examined for coverage in run.coverage)
    names = dict.fromkeys([target.name for target in run.engagement.targets] + list(covered))
    return tuple(name for name in names if name not in with_gaps and (nothing or _unexplained(covered.get(name))))


def _unexplained(coverage: Coverage | None) -> bool:
    return coverage is None or coverage.examined < coverage.assets


def _entities(observations: Iterable[Observation]) -> tuple[EntityTotal, ...]:
    matches: Counter[tuple[str, str]] = Counter()
    protected: Counter[tuple[str, str]] = Counter()
    assets: Counter[tuple[str, str]] = Counter()
    distinct: Counter[tuple[str, str]] = Counter()
    for observation in observations:
        for tally in observation.tallies:
            key = (tally.entity, tally.sensitivity)
            matches[key] += tally.matches
            protected[key] += tally.protected
            assets[key] += 1
            distinct[key] = max(distinct[key], tally.distinct)
    totals = [
        EntityTotal(
            entity=key[0],
            sensitivity=key[1],
            matches=count,
            protected=protected[key],
            assets=assets[key],
            distinct=distinct[key],
        )
        for key, count in matches.items()
    ]
    return tuple(sorted(totals, key=entity_order))


_IDENTIFIERS_FIRST: Final = ("unique_identifier", "linking_identifier")


def entity_order(entity: EntityTotal | EntityTally) -> tuple[int, int, str]:
    """Sorts entities as a reader needs them: what identifies a person first, then what there is most of."""
    known = entity.sensitivity in _IDENTIFIERS_FIRST
    rank = _IDENTIFIERS_FIRST.index(entity.sensitivity) if known else len(_IDENTIFIERS_FIRST)
    return (rank, -entity.matches, entity.entity)


def _targets(observations: Iterable[Observation]) -> tuple[TargetTotal, ...]:
    grouped: defaultdict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        grouped[observation.target].append(observation)
    totals = [
        TargetTotal(target=target, assets=len(found), matches=sum(map(matches_of, found)), most=by_weight(found)[0])
        for target, found in grouped.items()
    ]
    return tuple(sorted(totals, key=lambda total: (-total.assets, total.target)))


def matches_of(observation: Observation) -> int:
    """All matches in one asset."""
    return sum(tally.matches for tally in observation.tallies)


def by_weight(observations: Iterable[Observation]) -> list[Observation]:
    """Assets with most people first, then most matches, then by name."""
    return sorted(observations, key=lambda seen: (-seen.people, -matches_of(seen), seen.target, seen.path))


def _gaps(run: Run) -> tuple[GapTotal, ...]:
    count = Counter(gap.code for gap in run.gaps)
    size = Counter[GapCode]()
    for gap in run.gaps:
        size[gap.code] += gap.size or 0
    return tuple(
        GapTotal(code=code, count=n, bytes=size[code])
        for code, n in sorted(count.items(), key=lambda item: (-item[1], item[0]))
    )


def _actions(run: Run) -> tuple[Action, ...]:
    """The steps of every failed policy, worst policy first, each text once."""
    grave: dict[str, Level] = {}
    for finding in run.findings:
        grave[finding.rule] = max(finding.level, grave.get(finding.rule, finding.level))
    failed = [policy for policy in run.policies if policy.rule in grave]
    failed.sort(key=lambda policy: -grave[policy.rule])
    found: dict[Bilingual, Action] = {}
    for policy in failed:
        for text in policy.remediation:
            found.setdefault(text, Action(rule=policy.rule, title=policy.title, level=grave[policy.rule], text=text))
    return tuple(found.values())


def finding_order(finding: Finding) -> tuple[int, int, str, str]:
    """Sorts findings: worst first, then largest count, then by place."""
    return (-finding.level, -finding.verdict.count, finding.verdict.target, finding.verdict.path)
