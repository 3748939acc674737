"""Requirement × result × evidence: what this run's policies say of each article and control, and where they say nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from auditor.model.finding import PolicyResult, Run, Status
from auditor.model.guidance import Requirement
from auditor.model.response import FrameworkResult, Mapping, PolicyEvidence, RequirementResult
from auditor.model.rule import Ruleset


def results(ruleset: Ruleset, run: Run) -> list[FrameworkResult]:
    """A result for each framework, with every requirement: also those that no policy maps to.

    The entrusting country's come first, of these and of the others those with most requirements that have findings.
    """
    ran: defaultdict[str, list[PolicyResult]] = defaultdict(list)
    for policy in run.policies:
        for id in policy.maps_to:
            ran[id].append(policy)
    names = {policy.rule for policy in run.policies}
    others: defaultdict[str, list[str]] = defaultdict(list)
    for rule in ruleset.policies:
        if rule.id not in names:
            for id in rule.maps_to:
                others[id].append(rule.id)
    evidence = evidence_of(run)
    found = [
        FrameworkResult(
            id=framework.id, title=framework.title,
            requirements=tuple(_row(of, ran[of.id], others[of.id], evidence) for of in framework.requirements),
        )
        for framework in ruleset.frameworks
    ]  # fmt: skip
    home = f"{run.engagement.entrusting.country.lower()}-"

    def order(framework: FrameworkResult) -> tuple[bool, int, str]:
        findings = sum(row.result is Mapping.FINDINGS for row in framework.requirements)
        return (not framework.id.startswith(home), -findings, framework.id)

    return sorted(found, key=order)


def evidence_of(run: Run) -> dict[str, PolicyEvidence]:
    """Every policy of the run, by rule, with the number of its findings."""
    count = Counter(finding.rule for finding in run.findings)
    accepted = Counter(finding.rule for finding in run.course.suppressed)
    return {
        policy.rule: PolicyEvidence(
            rule=policy.rule, title=policy.title, status=policy.status, findings=count[policy.rule], accepted=accepted[policy.rule],
            level=policy.level if count[policy.rule] or accepted[policy.rule] else None,
        )
        for policy in run.policies
    }  # fmt: skip


def _row(
    of: Requirement, policies: Sequence[PolicyResult], not_run: Sequence[str], evidence: dict[str, PolicyEvidence]
) -> RequirementResult:
    return RequirementResult(
        id=of.id, ref=of.ref, title=of.title, summary=of.summary, verified=of.verified,
        result=mapping_of([policy.status for policy in policies], others=bool(not_run)),
        policies=tuple(evidence[policy.rule] for policy in policies), not_run=tuple(not_run),
    )  # fmt: skip


def mapping_of(statuses: Sequence[Status], *, others: bool) -> Mapping:
    """What the policies' statuses come to: one finding is a finding, and one thing not checked keeps it from `NO_FINDING`."""
    if not statuses:
        return Mapping.NOT_RUN if others else Mapping.NOT_COVERED
    if Status.FAIL in statuses:
        return Mapping.FINDINGS
    if Status.ERROR in statuses or Status.NOT_CHECKED in statuses:
        return Mapping.NOT_CHECKED
    return Mapping.NO_FINDING if Status.PASS in statuses else Mapping.NOT_APPLICABLE
