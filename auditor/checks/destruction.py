"""The destruction certificate against the evidence: does its scope still hold what it says was destroyed?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auditor.checks._common import held_against, local_day
from auditor.model.finding import Evidence, Observation, Status, Verdict
from auditor.model.rule import PolicyRule
from auditor.model.text import Bilingual


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """One verdict a target of the certificate's scope: FAIL contradicted, PASS verified, NOT_CHECKED not wholly examined.

    Contradicted needs one value that no live exception by law covers; verified needs the whole target examined without a gap.
    """
    engagement = evidence.engagement
    certificate = engagement.destruction if engagement else None
    if engagement is None or certificate is None:
        yield Verdict(
            status=Status.NOT_APPLICABLE,
            message=Bilingual(en="No destruction certificate was given.", ko="제출된 파기확인서가 없습니다."),
        )
        return
    for target in certificate.scope or tuple(target.name for target in engagement.targets):
        held = partial(held_against, rule, evidence)
        assets = contradicting(rule, evidence, target)
        gaps = [gap for gap in evidence.gaps if gap.target == target]
        examined = any(coverage.target == target and coverage.examined for coverage in evidence.coverage)
        about = partial(Verdict, subject=target, target=target)
        if assets:
            found = [tally for o in assets for tally in o.tallies if held(o, tally)]
            dates = [local_day(o.modified, engagement) for o in assets if o.modified]
            entities = ", ".join(sorted({tally.entity for tally in found}))
            worst = max(assets, key=lambda o: (o.people, sum(t.distinct for t in o.tallies)))
            yield about(
                status=Status.FAIL,
                message=Bilingual(
                    en=f"Declared destroyed on {certificate.declared}, but {len(assets)} item(s) on {target} still hold {entities}.",
                    ko=f"{certificate.declared} 파기 완료로 확인되었으나, {target}의 {len(assets)}개 항목에 {entities} 잔존.",
                ),
                path=worst.path,
                version=worst.version,
                count=max(worst.people, max(tally.distinct for tally in found)),
                matches=sum(tally.matches for tally in found),
                days=(local_day(evidence.now, engagement) - certificate.declared).days,
                since=min(dates, default=None),
            )
        elif not gaps and not examined:
            yield about(
                status=Status.NOT_CHECKED,
                message=Bilingual(
                    en=f"Nothing at all was listed on {target}. An empty place may be the wrong place: declared, not verified.",
                    ko=f"{target}에서 확인된 파일·객체가 없습니다. 위치가 잘못 지정되었을 수 있어 파기를 검증할 수 없습니다.",
                ),
            )
        elif gaps:
            yield about(
                status=Status.NOT_CHECKED,
                message=Bilingual(
                    en=f"Nothing found on {target}, but {len(gaps)} item(s) were not examined: declared, not verified.",
                    ko=f"{target}에서 발견되지 않았으나 미점검 항목 {len(gaps)}건이 있어 파기를 검증할 수 없습니다.",
                ),
            )
        else:
            yield about(
                status=Status.PASS,
                message=Bilingual(
                    en=f"All of {target} was examined; nothing of what was declared destroyed was found.",
                    ko=f"{target} 전체를 점검하였으며 파기 대상 자료가 발견되지 않았습니다.",
                ),
            )


def contradicting(rule: PolicyRule, evidence: Evidence, target: str) -> list[Observation]:
    """The assets of a target that hold what was declared destroyed, in the order of the evidence."""
    return [
        seen
        for seen in evidence.observations
        if seen.target == target and any(held_against(rule, evidence, seen, tally) for tally in seen.tallies)
    ]
