"""Evidence → findings: every policy's check, levels, what changed since the run before, the certificate's status."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from auditor import registry
from auditor.model.asset import MEMBER_SEPARATOR, Control, Gap
from auditor.model.course import Suppression, Track
from auditor.model.finding import (
    CertificateStatus,
    Change,
    Evidence,
    Finding,
    PolicyResult,
    Status,
    Verdict,
)
from auditor.model.rule import Level, PolicyRule
from auditor.model.text import Bilingual
from auditor.store.sqlite import StoredFinding

_WORST_FIRST: Final = (Status.FAIL, Status.ERROR, Status.NOT_CHECKED, Status.PASS, Status.NOT_APPLICABLE)


def finding_fingerprint(rule: str, engagement: str, verdict: Verdict, subject: str | None = None) -> str:
    """32 hexadecimal digits of SHA-256 over rule, engagement, subject, entity: no line numbers, so it survives edits.

    `subject` replaces the verdict's own where that says where a delivery lies (`course.identity`).
    """
    return _hash("\0".join((rule, engagement, verdict.subject if subject is None else subject, verdict.entity)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def level_of(rule: PolicyRule, verdict: Verdict) -> Level:
    """The verdict's own level, else the highest step its count reaches, else the rule's."""
    if verdict.level is not None:
        return verdict.level
    return max([rule.level, *(step.level for step in rule.steps if verdict.count >= step.people)])


def judge(
    policies: Iterable[PolicyRule],
    evidence: Evidence,
    engagement: str,
    subject_of: Callable[[str], str] = lambda subject: subject,
) -> tuple[tuple[Finding, ...], tuple[PolicyResult, ...], CertificateStatus]:
    """Run each policy's check. Findings come worst first, then by rule and path: the same in any order of evidence.

    `subject_of` makes of a verdict's subject what identifies it from run to run.
    """
    findings: list[Finding] = []
    results: list[PolicyResult] = []
    certificate = CertificateStatus.NONE
    for rule in policies:
        verdicts = tuple(registry.load("checks", rule.check)(rule, evidence))
        if rule.check == "destruction":
            certificate = certificate_status(verdicts)
        own = [
            Finding(
                fingerprint=finding_fingerprint(rule.id, engagement, verdict, subject_of(verdict.subject)),
                rule=rule.id,
                title=rule.title,
                level=level_of(rule, verdict),
                verdict=verdict,
                maps_to=rule.maps_to,
            )
            for verdict in verdicts
            if verdict.status is Status.FAIL
        ]
        findings.extend(own)
        result = _result(rule, verdicts, own)
        results.append(_answers(result, verdicts, engagement, subject_of))
    findings.sort(
        key=lambda f: (-f.level, f.rule, f.verdict.target, f.verdict.path, f.verdict.version or "", f.verdict.entity)
    )
    return _apart(findings), tuple(results), certificate


def _apart(findings: list[Finding]) -> tuple[Finding, ...]:
    """No two findings share a fingerprint: of those that would (masked file names without their marks), the second is numbered."""
    alike = Counter(finding.fingerprint for finding in findings)
    if len(alike) == len(findings):
        return tuple(findings)
    numbers: dict[int, str] = {}
    met: Counter[str] = Counter()
    for at, finding in sorted(enumerate(findings), key=lambda entry: -entry[1].verdict.count):
        met[finding.fingerprint] += 1
        if met[finding.fingerprint] > 1:
            numbers[at] = _hash(f"{finding.fingerprint}\0{met[finding.fingerprint]}")
    return tuple(
        replace(finding, fingerprint=numbers[at]) if at in numbers else finding for at, finding in enumerate(findings)
    )


def _result(rule: PolicyRule, verdicts: tuple[Verdict, ...], findings: list[Finding]) -> PolicyResult:
    counts = Counter(verdict.status for verdict in verdicts)
    status = next((status for status in _WORST_FIRST if counts[status]), Status.NOT_CHECKED)
    messages = tuple(dict.fromkeys(v.message for v in verdicts if v.status not in (Status.FAIL,)))
    return PolicyResult(
        rule=rule.id,
        title=rule.title,
        description=rule.description,
        remediation=rule.remediation,
        level=max((finding.level for finding in findings), default=rule.level),
        status=status,
        counts={status: counts[status] for status in _WORST_FIRST if counts[status]},
        messages=messages[:20],
        maps_to=rule.maps_to,
        targets=about_targets(verdicts),
    )


def about_targets(verdicts: Iterable[Verdict]) -> dict[str, Verdict]:
    """Those about targets as wholes, by the target's name."""
    return {verdict.target: verdict for verdict in verdicts if verdict.target and verdict.subject == verdict.target}


def _answers(
    result: PolicyResult, verdicts: tuple[Verdict, ...], engagement: str, subject_of: Callable[[str], str]
) -> PolicyResult:
    """With what the policy said of things that it did not fail, for `closes`."""
    passed = (v for v in verdicts if v.status is Status.PASS and not _about_asset(v))
    open_ = [v for v in verdicts if v.status not in (Status.PASS, Status.FAIL) and not v.partial]
    return replace(
        result,
        passed=frozenset(finding_fingerprint(result.rule, engagement, v, subject_of(v.subject)) for v in passed),
        undecided=frozenset(finding_fingerprint(result.rule, engagement, v, subject_of(v.subject)) for v in open_),
        undecided_targets=frozenset(v.target for v in open_ if v.subject and not _about_asset(v)),
        partial=all(v.partial for v in verdicts if v.status in (Status.ERROR, Status.NOT_CHECKED)),
        decided=bool(verdicts) and not any(v.subject == "" for v in open_),
    )


def _about_asset(verdict: Verdict) -> bool:
    return "\0" in verdict.subject


def closes(result: PolicyResult, finding: Finding) -> bool:
    """Whether a policy that no longer fails something looked at it, and let it pass.

    What it could not judge, or did not apply to, is as open as before. A file or object that it has no word about no longer holds
    what it is about; of a target or the whole engagement it must have said so.
    """
    if finding.fingerprint in result.undecided or not result.decided:
        return False
    if finding.verdict.target in result.undecided_targets:
        return False
    return _about_asset(finding.verdict) or finding.fingerprint in result.passed


def certificate_status(verdicts: Iterable[Verdict]) -> CertificateStatus:
    """Contradicted if one scope item is, verified only if every one is, declared in between."""
    statuses = {verdict.status for verdict in verdicts}
    if Status.FAIL in statuses:
        return CertificateStatus.CONTRADICTED
    if statuses == {Status.PASS}:
        return CertificateStatus.VERIFIED
    if statuses <= {Status.NOT_APPLICABLE}:
        return CertificateStatus.NONE
    return CertificateStatus.DECLARED


def told(evidence: Evidence) -> Iterator[Control]:
    """The controls a report shows. Who may read a table matters where it holds personal data, or may: a database has thousands of others."""
    seen_in = (*evidence.observations, *evidence.possible)
    holding = {(seen.target, seen.path.split(MEMBER_SEPARATOR)[0]) for seen in seen_in}
    for control in evidence.controls:
        if control.name != "database.readers" or not control.path or (control.target, control.path) in holding:
            yield control


def compare(
    findings: tuple[Finding, ...],
    before: Mapping[str, StoredFinding] | None,
    evidence: Evidence,
    policies: Iterable[PolicyResult],
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings with their change, and those of the run before that are gone.

    What was not examined this time is no success: such a finding is NOT_EXAMINED, never GONE. That holds for findings of
    policies that did not run, too: `policies` are those that did, and what they could not judge.
    """
    if before is None:
        return findings, ()
    now = []
    for finding in findings:
        old = before.get(finding.fingerprint)
        if old is None:
            change = Change.NEW
        elif old.matches != finding.verdict.matches:
            change = Change.UPDATED
        else:
            change = Change.UNCHANGED
        now.append(replace(finding, change=change))
    present = {finding.fingerprint for finding in findings}
    results = {result.rule: result for result in policies}
    reached = frozenset(coverage.target for coverage in evidence.coverage if coverage.assets)
    gone = []
    for _, old in sorted(entry for entry in before.items() if entry[0] not in present):
        known = read_finding(old.content)
        result = results.get(known.rule)
        seen = result is not None and closes(result, known) and in_reach(known, evidence.gaps, reached)
        gone.append(replace(known, change=Change.GONE if seen else Change.NOT_EXAMINED))
    return tuple(now), tuple(gone)


def in_reach(finding: Finding, gaps: Iterable[Gap], reached: frozenset[str] | None) -> bool:
    """Whether the place of a finding was seen again: something of its target was listed (None: unknown), and no gap hides it."""
    target = finding.verdict.target
    return (not target or reached is None or target in reached) and not any(hides(gap, finding) for gap in gaps)


def hides(gap: Gap, finding: Finding) -> bool:
    """Whether what a finding speaks of may lie in a gap. A finding about all of a target's data may lie in any gap of it,
    one about the whole engagement in any gap at all.
    """
    verdict = finding.verdict
    if not verdict.target:
        return True
    if gap.target != verdict.target:
        return False
    if not gap.path or verdict.path == gap.path or verdict.path.startswith((gap.path + "/", gap.path + "!/")):
        return True
    return bool(verdict.path) and "\0" not in verdict.subject


def write_finding(finding: Finding) -> str:
    """A finding as JSON, for the store."""
    verdict = finding.verdict
    return json.dumps(
        {
            "fingerprint": finding.fingerprint,
            "rule": finding.rule,
            "title": [finding.title.en, finding.title.ko],
            "level": int(finding.level),
            "message": [verdict.message.en, verdict.message.ko],
            "subject": verdict.subject,
            "target": verdict.target,
            "path": verdict.path,
            "version": verdict.version,
            "entity": verdict.entity,
            "count": verdict.count,
            "matches": verdict.matches,
            "maps_to": finding.maps_to,
            "days": verdict.days,
            "since": verdict.since.isoformat() if verdict.since else None,
            "change": finding.change.value,
            "opened": finding.track.opened.isoformat() if finding.track.opened else None,
            "reopened": finding.track.reopened.isoformat() if finding.track.reopened else None,
            "due": finding.track.due.isoformat() if finding.track.due else None,
            "suppressed": finding.track.suppression.kind if finding.track.suppression else None,
        },
        ensure_ascii=False,
    )


def read_finding(content: str, change: Change | None = None) -> Finding:
    """The finding `write_finding` wrote, an earlier version's too, with another change if one is given. Why it was suppressed is
    not kept, only that it was: `by` is empty."""
    data = json.loads(content)
    due, suppressed = data.get("due"), data.get("suppressed")
    return Finding(
        fingerprint=data["fingerprint"],
        rule=data["rule"],
        title=Bilingual(en=data["title"][0], ko=data["title"][1]),
        level=Level(data["level"]),
        change=change or Change(data.get("change", Change.UNCHANGED)),
        maps_to=tuple(data["maps_to"]),
        track=Track(
            opened=datetime.fromisoformat(data["opened"]) if data.get("opened") else None,
            reopened=datetime.fromisoformat(data["reopened"]) if data.get("reopened") else None,
            due=date.fromisoformat(due) if due else None,
            suppression=Suppression(kind=suppressed, by="") if suppressed else None,
        ),
        verdict=Verdict(
            status=Status.FAIL,
            message=Bilingual(en=data["message"][0], ko=data["message"][1]),
            subject=data["subject"],
            target=data["target"],
            path=data["path"],
            version=data["version"],
            entity=data["entity"],
            count=data["count"],
            matches=data["matches"],
            days=data.get("days"),
            since=date.fromisoformat(data["since"]) if data.get("since") else None,
        ),
    )
