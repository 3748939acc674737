"""Evidence → findings: every policy's check, levels, what changed since the run before, the certificate's status."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from auditor import registry
from auditor.model.asset import MEMBER_SEPARATOR, Control
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


def finding_fingerprint(rule: str, engagement: str, verdict: Verdict) -> str:
    """32 hexadecimal digits of SHA-256 over rule, engagement, subject, entity: no line numbers, so it survives edits."""
    text = "\0".join((rule, engagement, verdict.subject, verdict.entity))
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def level_of(rule: PolicyRule, verdict: Verdict) -> Level:
    """The verdict's own level, else the highest step its count reaches, else the rule's."""
    if verdict.level is not None:
        return verdict.level
    return max([rule.level, *(step.level for step in rule.steps if verdict.count >= step.people)])


def judge(
    policies: Iterable[PolicyRule], evidence: Evidence, engagement: str
) -> tuple[tuple[Finding, ...], tuple[PolicyResult, ...], CertificateStatus]:
    """Run each policy's check. Findings come worst first, then by rule and path: the same in any order of evidence."""
    findings: list[Finding] = []
    results: list[PolicyResult] = []
    certificate = CertificateStatus.NONE
    for rule in policies:
        verdicts = tuple(registry.load("checks", rule.check)(rule, evidence))
        if rule.check == "destruction":
            certificate = certificate_status(verdicts)
        own = [
            Finding(
                fingerprint=finding_fingerprint(rule.id, engagement, verdict),
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
        results.append(_result(rule, verdicts, own))
    findings.sort(
        key=lambda f: (-f.level, f.rule, f.verdict.target, f.verdict.path, f.verdict.version or "", f.verdict.entity)
    )
    return tuple(findings), tuple(results), certificate


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
    )


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
    """The controls a report shows. Who may read a table matters where it holds personal data: a database has thousands of others."""
    holding = {(seen.target, seen.path.split(MEMBER_SEPARATOR)[0]) for seen in evidence.observations}
    for control in evidence.controls:
        if control.name != "database.readers" or not control.path or (control.target, control.path) in holding:
            yield control


def compare(
    findings: tuple[Finding, ...], before: Mapping[str, StoredFinding] | None, evidence: Evidence
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings with their change, and those of the run before that are gone.

    What was not examined this time is no success: such a finding is NOT_EXAMINED, never GONE.
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
    gone = tuple(_gone(old, evidence) for key, old in sorted(before.items()) if key not in present)
    return tuple(now), gone


def _gone(old: StoredFinding, evidence: Evidence) -> Finding:
    unseen = any(
        gap.target == old.target
        and (not gap.path or old.path == gap.path or old.path.startswith((gap.path + "/", gap.path + "!/")))
        for gap in evidence.gaps
    )
    reached = not old.target or any(c.target == old.target and c.assets for c in evidence.coverage)
    return read_finding(old.content, Change.NOT_EXAMINED if unseen or not reached else Change.GONE)


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
        },
        ensure_ascii=False,
    )


def read_finding(content: str, change: Change) -> Finding:
    """The finding `write_finding` wrote."""
    data = json.loads(content)
    return Finding(
        fingerprint=data["fingerprint"],
        rule=data["rule"],
        title=Bilingual(en=data["title"][0], ko=data["title"][1]),
        level=Level(data["level"]),
        change=change,
        maps_to=tuple(data["maps_to"]),
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
        ),
    )
