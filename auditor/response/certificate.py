"""The destruction certificate item by item: declared, verified or contradicted, by the policy that judges it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from auditor.checks.destruction import contradicting
from auditor.model.finding import CertificateStatus, Coverage, Evidence, Observation, Run, Status, Verdict
from auditor.model.response import ScopeFile, ScopeItem
from auditor.model.rule import Ruleset
from auditor.model.text import Bilingual

CHECK: Final = "destruction"
FILES_KEPT: Final = 60
"""Files named for one item: as many as the statement lists."""


def items(ruleset: Ruleset, run: Run, evidence: Evidence) -> Iterator[ScopeItem]:
    """An item for each thing in the certificate's scope; none where there is no certificate.

    Without a policy that judges it, every item stays declared: nobody held it against anything.
    """
    certificate = run.engagement.destruction
    if certificate is None:
        return
    policies = {policy.rule: policy for policy in run.policies}
    rule = next((rule for rule in ruleset.policies if rule.check == CHECK and rule.id in policies), None)
    verdicts = policies[rule.id].targets if rule else {}
    for target in certificate.scope or tuple(target.name for target in run.engagement.targets):
        item = _item(target, verdicts.get(target), run)
        if rule and item.status is CertificateStatus.CONTRADICTED:
            item = _with_files(item, contradicting(rule, evidence, target))
        yield item


def _with_files(item: ScopeItem, found: list[Observation]) -> ScopeItem:
    found = sorted(found, key=lambda seen: (-seen.people, seen.path, seen.version or ""))
    return replace(
        item,
        assets=len(found),
        people=max((seen.people for seen in found), default=0),
        files=tuple(ScopeFile(path=seen.path, version=seen.version) for seen in found[:FILES_KEPT]),
    )


def _item(target: str, verdict: Verdict | None, run: Run) -> ScopeItem:
    coverage = next((c for c in run.coverage if c.target == target), Coverage(target=target))
    if verdict is None:
        status = CertificateStatus.DECLARED
        message = Bilingual(
            en="No policy of this audit held it against the evidence: declared, not verified.",
            ko="이번 점검에서 파기 여부를 대조하는 정책을 적용하지 않아 검증되지 않았습니다.",
        )
    else:
        status, message = _STATUS.get(verdict.status, CertificateStatus.DECLARED), verdict.message
    return ScopeItem(
        target=target, status=status, message=message, listed=coverage.assets, examined=coverage.examined,
        gaps=sum(gap.target == target for gap in run.gaps),
    )  # fmt: skip


_STATUS: Final = {Status.FAIL: CertificateStatus.CONTRADICTED, Status.PASS: CertificateStatus.VERIFIED}
