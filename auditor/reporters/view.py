"""What the HTML templates are given: findings grouped by rule, bars of the charts, lists cut to a length with the rest counted.

A template only lays out; everything it shows is worked out here, so that a bank's own template stays short.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, Generic, TypeVar

from auditor.model.asset import Control, Gap, GapCode
from auditor.model.engagement import AzureTarget, DatabaseTarget, Engagement, LocalTarget, S3Target, SshTarget
from auditor.model.finding import Change, Coverage, EntityTally, Finding, Observation, PolicyResult, Run, Status
from auditor.model.noun import noun
from auditor.model.rule import Level
from auditor.model.text import Bilingual
from auditor.reporters.facts import Facts, by_weight, entity_order, facts, finding_order, matches_of

LONGEST: Final = 50
"""Rows shown of one list. The rest is counted in the report and listed whole in report.json."""

T = TypeVar("T")


@noun
class Cut(Generic[T]):
    """The first rows of a list, and how many `more` there are."""

    rows: tuple[T, ...]
    more: int = 0

    @classmethod
    def of(cls, rows: Sequence[T], longest: int = LONGEST) -> Cut[T]:
        """The first `longest` rows."""
        return cls(rows=tuple(rows[:longest]), more=max(0, len(rows) - longest))


@noun
class Row:
    """One finding and the asset it stands on, where that is one with personal data."""

    finding: Finding
    asset: Observation | None

    @property
    def tally(self) -> EntityTally | None:
        """The finding's entity in that asset."""
        tallies = self.asset.tallies if self.asset else ()
        return next((tally for tally in tallies if tally.entity == self.finding.verdict.entity), None)


@noun
class Group:
    """All findings of one rule. `level` is the worst among them."""

    rule: str
    title: Bilingual
    description: Bilingual | None
    remediation: tuple[Bilingual, ...]
    maps_to: tuple[str, ...]
    level: Level
    count: int
    new: int
    rows: Cut[Row]


@noun
class GapGroup:
    """All gaps of one code."""

    code: GapCode
    count: int
    bytes: int
    rows: Cut[Gap]


@noun
class Bar:
    """One bar of a chart: `width` in percent of the longest."""

    label: str
    place: str = ""
    count: int
    width: float
    level: Level | None = None
    new: int = 0


@noun
class CoverageRow:
    """One target: what was read of it, the share in percent (None: nothing was listed), and where it is."""

    coverage: Coverage
    kind: str
    address: str
    share: float | None


@noun
class View:
    """Everything a template may show. `people_chart` says whether the place bars count people, else occurrences."""

    run: Run
    facts: Facts
    groups: tuple[Group, ...]
    data: Cut[Observation]
    gaps: tuple[GapGroup, ...]
    coverage: tuple[CoverageRow, ...]
    policies: tuple[PolicyResult, ...]
    controls: Cut[Control]
    gone: Cut[Finding]
    open: Cut[Finding]
    changes: tuple[tuple[Change, int], ...]
    first_run: bool
    level_bars: tuple[Bar, ...]
    place_bars: tuple[Bar, ...]
    people_chart: bool


def view(run: Run) -> View:
    """Work out everything a template shows."""
    weighty = by_weight(run.observations)
    people_chart = any(seen.people for seen in weighty)
    changes = Counter(finding.change for finding in (*run.findings, *run.gone))
    return View(
        run=run,
        facts=facts(run),
        groups=_groups(run),
        data=Cut(rows=tuple(map(_gravest_first, weighty[:LONGEST])), more=max(0, len(weighty) - LONGEST)),
        gaps=_gap_groups(run.gaps),
        coverage=_coverage(run),
        policies=tuple(sorted(run.policies, key=lambda policy: (_STATUS_ORDER[policy.status], -policy.level))),
        controls=Cut.of(run.controls),
        gone=Cut.of([finding for finding in run.gone if finding.change is not Change.NOT_EXAMINED]),
        open=Cut.of([finding for finding in run.gone if finding.change is Change.NOT_EXAMINED]),
        changes=tuple((change, changes[change]) for change in Change),
        first_run=not run.gone and all(finding.change is Change.NEW for finding in run.findings),
        level_bars=_level_bars(run.findings),
        place_bars=_place_bars(weighty[:8], people=people_chart),
        people_chart=people_chart,
    )


_STATUS_ORDER: Final = {
    status: order
    for order, status in enumerate(
        (Status.FAIL, Status.ERROR, Status.NOT_CHECKED, Status.PASS, Status.NOT_APPLICABLE),
    )
}


def _gravest_first(seen: Observation) -> Observation:
    return replace(seen, tallies=tuple(sorted(seen.tallies, key=entity_order)))


def _groups(run: Run) -> tuple[Group, ...]:
    policies = {policy.rule: policy for policy in run.policies}
    assets = {(seen.target, seen.path, seen.version): seen for seen in (*run.possible, *run.observations)}
    by_rule: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in sorted(run.findings, key=finding_order):
        by_rule[finding.rule].append(finding)
    groups = []
    for rule, findings in by_rule.items():
        policy = policies.get(rule)
        rows = [
            Row(finding=found, asset=assets.get((found.verdict.target, found.verdict.path, found.verdict.version)))
            for found in findings[:LONGEST]
        ]
        groups.append(
            Group(
                rule=rule,
                title=findings[0].title,
                description=policy.description if policy else None,
                remediation=policy.remediation if policy else (),
                maps_to=findings[0].maps_to,
                level=findings[0].level,
                count=len(findings),
                new=sum(found.change is Change.NEW for found in findings),
                rows=Cut(rows=tuple(rows), more=len(findings) - len(rows)),
            )
        )
    return tuple(groups)


def _gap_groups(gaps: Iterable[Gap]) -> tuple[GapGroup, ...]:
    by_code: defaultdict[GapCode, list[Gap]] = defaultdict(list)
    for gap in sorted(gaps, key=lambda gap: (gap.target, gap.path, gap.version or "")):
        by_code[gap.code].append(gap)
    return tuple(
        GapGroup(code=code, count=len(found), bytes=sum(gap.size or 0 for gap in found), rows=Cut.of(found))
        for code, found in sorted(by_code.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def _coverage(run: Run) -> tuple[CoverageRow, ...]:
    """Every target of the engagement, also one that no coverage speaks of."""
    known = {coverage.target: coverage for coverage in run.coverage}
    names = dict.fromkeys([target.name for target in run.engagement.targets] + list(known))
    rows = []
    for name in names:
        coverage = known.get(name, Coverage(target=name))
        kind, address = address_of(run.engagement, name)
        whole = max(coverage.assets, coverage.examined)
        share = 1000 * coverage.examined // whole / 10 if whole else None  # down: 99.99 % is not 100
        rows.append(CoverageRow(coverage=coverage, kind=kind, address=address, share=share))
    return tuple(rows)


def address_of(engagement: Engagement, name: str) -> tuple[str, str]:
    """A target's kind and its address, without any credential; empty where the engagement does not know the name."""
    for target in engagement.targets:
        if target.name == name:
            match target:
                case SshTarget():
                    user = f"{target.user}@" if target.user else ""
                    port = f":{target.port}" if target.port else ""
                    return "ssh", f"{user}{target.host}{port} {' '.join(target.paths)}"
                case S3Target():
                    endpoint = f" ({target.endpoint_url})" if target.endpoint_url else ""
                    places = " ".join(f"s3://{target.bucket}/{prefix}" for prefix in target.prefixes or ("",))
                    return "s3", f"{places}{endpoint}"
                case AzureTarget():
                    endpoint = target.endpoint_url or "Azure"
                    places = " ".join(f"az://{target.container}/{prefix}" for prefix in target.prefixes or ("",))
                    return "azure", f"{places} ({target.account}, {endpoint})"
                case DatabaseTarget():
                    return "database", database_address(target)
                case LocalTarget():
                    return "local", " ".join(map(str, target.paths))
    return "", ""


def database_address(target: DatabaseTarget) -> str:
    """`postgresql://bankaudit@db.example:5432/members via dev-server`."""
    if target.file is not None:
        return f"sqlite {target.file}"
    user = f"{target.user}@" if target.user else ""
    port = f":{target.port}" if target.port else ""
    via = f" via {target.via.name}" if target.via else ""
    return f"{target.engine}://{user}{target.host}{port}/{target.database}{via}"


def _level_bars(findings: Iterable[Finding]) -> tuple[Bar, ...]:
    """All five levels, worst first, also those without a finding: an empty row says zero."""
    count: Counter[Level] = Counter()
    new: Counter[Level] = Counter()
    for finding in findings:
        count[finding.level] += 1
        new[finding.level] += finding.change is Change.NEW
    most = max(count.values(), default=0)
    return tuple(
        Bar(label=str(level), count=count[level], width=_percent(count[level], most), level=level, new=new[level])
        for level in sorted(Level, reverse=True)
    )


def _place_bars(observations: Sequence[Observation], *, people: bool) -> tuple[Bar, ...]:
    counts = [seen.people if people else matches_of(seen) for seen in observations]
    most = max(counts, default=0)
    return tuple(
        Bar(label=seen.target, place=seen.path, count=count, width=_percent(count, most))
        for seen, count in zip(observations, counts, strict=True)
        if count
    )


def _percent(count: int, most: int) -> float:
    """At least one percent for what is not zero, so that a small bar is still seen."""
    return max(1.0, round(100 * count / most, 1)) if count else 0.0
