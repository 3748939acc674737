"""Personal data at a company the vendor passes work on to (재수탁자), held against the entrusting company's consent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from auditor.checks._common import is_about, local_day, not_applicable, of_target, quoted, unseen
from auditor.model.engagement import Engagement, SubVendor
from auditor.model.finding import Evidence, Observation, Status, Verdict
from auditor.model.names import Names
from auditor.model.rule import PolicyRule
from auditor.model.text import Bilingual, plural


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """One verdict a target of a sub-vendor: FAIL where personal data lies there without consent, before its day, or of a
    kind that the consent does not name; NOT_CHECKED where nothing was found and not all was examined.
    """
    engagement = evidence.engagement
    if engagement is None or not engagement.sub_vendors:
        yield not_applicable("The engagement names no sub-vendor.", "점검 계약서에 재수탁자가 없습니다.")
        return
    today = local_day(evidence.now, engagement)
    for company in engagement.sub_vendors:
        for target in company.targets:
            yield _target(rule, evidence, engagement, company, target, today)


def _target(
    rule: PolicyRule, evidence: Evidence, engagement: Engagement, company: SubVendor, target: str, today: date
) -> Verdict:
    consented = company.consented is not None and company.consented <= today
    allowed = frozenset(company.entities)
    holding = [
        (observation, tally)
        for observation in evidence.observations
        if observation.target == target
        for tally in observation.tallies
        if is_about(rule, tally) and not (consented and (not allowed or tally.entity in allowed))
    ]
    clause = quoted(engagement.contract.clauses.sub_vendors)
    if holding:
        entities = evidence.names.all(tally.entity for _, tally in holding)
        why = _why(company, evidence.names, consented=consented)
        seen: list[Observation] = sorted(
            {observation.identity: observation for observation, _ in holding}.values(),
            key=lambda o: (-o.people, o.path, o.version or ""),
        )
        return Verdict(
            status=Status.FAIL,
            message=Bilingual(
                en=f"{company.name} holds {entities.en} in {plural(len(seen), 'item')} on {target}: {why.en}{clause.en}",
                ko=f"재수탁자 {company.name}: {target}의 {len(seen):,}개 항목에 {entities.ko} 보유; {why.ko}{clause.ko}",
            ),
            subject=target,
            target=target,
            path=seen[0].path,
            version=seen[0].version,
            count=max(seen[0].people, max(tally.distinct for _, tally in holding)),
            matches=sum(tally.matches for _, tally in holding),
        )
    if not evidence.whole(target):
        gaps = evidence.gaps_of(target)
        why_not = Bilingual(
            en=unseen(gaps) if gaps else "not all of it was examined",
            ko=f"미점검 항목이 {gaps:,}건 있습니다" if gaps else "전체를 점검하지는 못하였습니다",
        )
        return of_target(
            Status.NOT_CHECKED,
            target,
            f"Nothing without consent was found on {target} ({company.name}), but {why_not.en}.",
            f"{target}({company.name})에서 동의 없는 개인정보는 발견되지 않았으나 {why_not.ko}.",
            partial=gaps > 0,
        )
    return of_target(
        Status.PASS,
        target,
        f"{target} ({company.name}) holds nothing without consent.",
        f"{target}({company.name})에 동의 없는 개인정보가 없습니다.",
    )


def _why(company: SubVendor, names: Names, *, consented: bool) -> Bilingual:
    if consented:
        named = names.all(company.entities)
        return Bilingual(
            en=f"the consent of {company.consented} names only {named.en}",
            ko=f"{company.consented} 동의 범위는 {named.ko}에 한정",
        )
    if company.consented is not None:
        return Bilingual(en=f"the consent holds from {company.consented} on", ko=f"동의 효력은 {company.consented}부터")
    return Bilingual(en="no consent to the sub-vendor is recorded", ko="재위탁 동의 기록 없음")
