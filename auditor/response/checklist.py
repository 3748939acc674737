"""The inspection form, filled as far as the evidence goes: what the tool cannot see stays blank and says who must look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.model.finding import Change, Finding, PolicyResult, Run, Status
from auditor.model.guidance import Checklist, ChecklistItem
from auditor.model.names import Names
from auditor.model.response import ChecklistResult, ChecklistRow, Mark
from auditor.model.rule import Level
from auditor.model.text import Bilingual, plural
from auditor.response import seen

_MESSAGES = 2


def fill(form: Checklist, run: Run, names: Names) -> ChecklistResult:
    """Every row of the form."""
    counting, accepted, gone = map(_by_rule, (run.findings, run.course.suppressed, run.gone))
    rows = (
        _row(
            item,
            run,
            names,
            *([f for rule in item.policies for f in of.get(rule, ())] for of in (counting, accepted, gone)),
        )
        for item in form.items
    )
    return ChecklistResult(id=form.id, title=form.title, rows=tuple(rows))


def _by_rule(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    return by_rule


def _row(
    item: ChecklistItem, run: Run, names: Names, counting: list[Finding], accepted: list[Finding], gone: list[Finding]
) -> ChecklistRow:
    policies = [policy for policy in run.policies if policy.rule in item.policies]
    findings = [*counting, *accepted]
    # What may be personal data is none of these policies' findings, and keeps their silence from filling a row.
    undecided = tuple(seen.undecided(run)) if item.whole else ()
    mark = mark_of(policies, findings, whole=item.whole and not undecided, ran=len(policies) == len(item.policies))
    failed = {finding.rule for finding in findings}
    return ChecklistRow(
        id=item.id, area=item.area, item=item.item, method=item.method, basis=item.basis, mark=mark,
        evidence=(*_results(policies, findings), *_accepted(accepted), *undecided, *(line for fact in item.facts for line in seen.lines(fact, run, names))),
        finding=tuple(_worst(findings)),
        plan=tuple(dict.fromkeys(step for policy in policies if policy.rule in failed for step in policy.remediation)),
        due=min((finding.track.due for finding in findings if finding.track.due), default=None),
        recheck=tuple(_recheck(counting, gone)),
        who=None if item.whole and mark is not Mark.BLANK else item.who,
    )  # fmt: skip


def mark_of(policies: Sequence[PolicyResult], findings: Sequence[Finding], *, whole: bool, ran: bool) -> Mark:
    """High or critical findings: POOR; lower ones: PARTLY. No finding fills a row only where its policies see all of it.

    Unknown is never good: one policy not checked, or not run, leaves the row blank.
    """
    if findings:
        return Mark.POOR if max(finding.level for finding in findings) >= Level.HIGH else Mark.PARTLY
    statuses = {policy.status for policy in policies}
    if not whole or not ran or not statuses or not statuses <= {Status.PASS, Status.NOT_APPLICABLE}:
        return Mark.BLANK
    return Mark.GOOD if Status.PASS in statuses else Mark.NOT_APPLICABLE


def _results(policies: Sequence[PolicyResult], findings: Sequence[Finding]) -> Iterator[Bilingual]:
    for policy in policies:
        count = sum(finding.rule == policy.rule for finding in findings)
        said = (plural(count, "finding"), f"발견 사항 {count:,}건") if count else _STATUS[policy.status]
        yield Bilingual(en=f"{policy.title.en}: {said[0]}", ko=f"{policy.title.ko}: {said[1]}")
        if not count and policy.messages:
            yield policy.messages[0]


def _accepted(findings: Sequence[Finding]) -> Iterator[Bilingual]:
    """An accepted finding is still no good mark: the row says what was accepted, and a person decides."""
    if findings:
        yield Bilingual(
            en=f"of these {len(findings):,} accepted (waiver or baseline)",
            ko=f"이 중 예외 승인(웨이버·기준선) {len(findings):,}건",
        )


_STATUS = {
    Status.FAIL: ("not met", "부적합"),
    Status.ERROR: ("could not be judged", "판단 불가"),
    Status.NOT_CHECKED: ("not checked", "미점검"),
    Status.PASS: ("no finding", "발견 사항 없음"),
    Status.NOT_APPLICABLE: ("not applicable", "해당 없음"),
}


def _worst(findings: Sequence[Finding]) -> Iterator[Bilingual]:
    """The gravest in words, each text once: two policies may say the same of one file."""
    worst = sorted(findings, key=lambda f: (-f.level, -f.verdict.count, f.rule, f.verdict.target, f.verdict.path))
    texts = tuple(dict.fromkeys(map(_told, worst)))
    yield from texts[:_MESSAGES]
    if (more := len(texts) - _MESSAGES) > 0:
        yield Bilingual(en=f"and {more:,} more, see the report", ko=f"외 {more:,}건은 보고서 참조")


def _told(finding: Finding) -> Bilingual:
    verdict = finding.verdict
    said = verdict.path or verdict.target
    where = "" if said and said in verdict.message.en else f"{said}: "
    return Bilingual(en=f"{where}{verdict.message.en}", ko=f"{where}{verdict.message.ko}")


def _recheck(counting: Sequence[Finding], gone: Sequence[Finding]) -> Iterator[Bilingual]:
    """Against the audit before: what is still there, what is gone, what was not looked at again."""
    still = sum(finding.change in (Change.UNCHANGED, Change.UPDATED) for finding in counting)
    away = sum(finding.change is Change.GONE for finding in gone)
    unseen = sum(finding.change is Change.NOT_EXAMINED for finding in gone)
    if still:
        yield Bilingual(en=f"{still:,} already found last time", ko=f"직전 점검에서도 발견 {still:,}건")
    if away:
        yield Bilingual(en=f"{away:,} no longer found", ko=f"해소 {away:,}건")
    if unseen:
        yield Bilingual(en=f"{unseen:,} not examined again", ko=f"재점검하지 못함 {unseen:,}건")
