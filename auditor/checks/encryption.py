"""Whether a bucket encrypts what is stored in it."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.finding import Evidence, Status, Verdict
from auditor.model.rule import PolicyRule
from auditor.model.text import Bilingual


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """One verdict a control `params.control` (false is bad). Unknown is NOT_CHECKED, never a pass."""
    name = str(rule.params.get("control", "s3.encryption"))
    found = False
    for control in evidence.controls:
        if control.name != name:
            continue
        found = True
        match control.value:
            case None:
                status = Status.NOT_CHECKED
                message = Bilingual(
                    en=f"Encryption of {control.target} could not be determined: {control.detail}",
                    ko=f"{control.target}의 암호화 여부를 확인할 수 없음: {control.detail}",
                )
            case False:
                status = Status.FAIL
                message = Bilingual(
                    en=f"{control.target} stores objects unencrypted ({control.detail}).",
                    ko=f"{control.target}은(는) 객체를 암호화하지 않고 저장함 ({control.detail}).",
                )
            case _:
                status = Status.PASS
                message = Bilingual(
                    en=f"{control.target} encrypts what is stored ({control.detail or control.value}).",
                    ko=f"{control.target}은(는) 저장 시 암호화함 ({control.detail or control.value}).",
                )
        yield Verdict(status=status, message=message, subject=control.target, target=control.target)
    if not found:
        yield Verdict(
            status=Status.NOT_APPLICABLE,
            message=Bilingual(en="No bucket is in scope.", ko="점검 범위에 버킷이 없습니다."),
        )
