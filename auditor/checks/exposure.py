"""Buckets open to anybody, joined to what they hold: personal data in a public bucket is one finding, of a higher level."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks._common import is_about
from auditor.model.finding import Evidence, Status, Verdict
from auditor.model.rule import Level, PolicyRule
from auditor.model.text import Bilingual


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """One verdict a control `params.control` (true is bad). Unknown is NOT_CHECKED, never a pass."""
    name = str(rule.params.get("control", "s3.public_access"))
    controls = [control for control in evidence.controls if control.name == name]
    for control in controls:
        holding = [
            observation
            for observation in evidence.observations
            if observation.target == control.target and any(is_about(rule, tally) for tally in observation.tallies)
        ]
        match control.value:
            case None:
                status, level = Status.NOT_CHECKED, None
                message = Bilingual(
                    en=f"Whether {control.target} is public could not be determined: {control.detail}",
                    ko=f"{control.target}의 공개 여부를 확인할 수 없음: {control.detail}",
                )
            case False:
                status, level = Status.PASS, None
                message = Bilingual(
                    en=f"{control.target} is not public.", ko=f"{control.target}은(는) 공개되어 있지 않습니다."
                )
            case _:
                status, level = Status.FAIL, Level.CRITICAL if holding else None
                extra_en = f", and {len(holding)} of its objects hold personal data" if holding else ""
                extra_ko = f", 개인정보가 포함된 객체 {len(holding)}개 보관 중" if holding else ""
                message = Bilingual(
                    en=f"{control.target} is open to anybody ({control.detail}){extra_en}.",
                    ko=f"{control.target}이(가) 누구에게나 공개되어 있음 ({control.detail}){extra_ko}.",
                )
        yield Verdict(
            status=status,
            message=message,
            subject=control.target,
            target=control.target,
            level=level,
            count=sum(observation.people for observation in holding),
        )
    if not controls:
        yield Verdict(
            status=Status.NOT_APPLICABLE,
            message=Bilingual(en="No bucket is in scope.", ko="점검 범위에 버킷이 없습니다."),
        )
