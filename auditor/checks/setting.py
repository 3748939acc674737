"""A server's setting held against what it should be."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.asset import Control
from auditor.model.finding import Evidence, Status, Verdict
from auditor.model.rule import PolicyRule
from auditor.model.text import Bilingual


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """One verdict a control `params.control`: `params.allowed` lists good values, or `most` and `least` bound a number.

    Unknown is NOT_CHECKED, never a pass; so is a value of another kind than the rule expects.
    """
    name = str(rule.params["control"])
    found = False
    for control in evidence.controls:
        if control.name != name:
            continue
        found = True
        good = _good(rule, control)
        shown = {"True": "yes", "False": "no"}.get(str(control.value), str(control.value))
        if good is None:
            status = Status.NOT_CHECKED
            message = Bilingual(
                en=f"It could not be determined on {control.target}. {control.detail}",
                ko=f"{control.target}에서 확인할 수 없음: {control.detail}",
            )
        else:
            status = Status.PASS if good else Status.FAIL
            message = Bilingual(
                en=f"On {control.target}: {shown}. {control.detail}", ko=f"{control.target}: {shown} ({control.detail})"
            )
        yield Verdict(status=status, message=message, subject=control.target, target=control.target)
    if not found:
        yield Verdict(
            status=Status.NOT_APPLICABLE,
            message=Bilingual(en="No server is in scope.", ko="점검 범위에 서버가 없습니다."),
        )


def _good(rule: PolicyRule, control: Control) -> bool | None:
    value, allowed = control.value, rule.params.get("allowed")
    if value is None:
        return None
    if allowed is not None:
        return value in allowed
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    most, least = rule.params.get("most"), rule.params.get("least")
    return (most is None or value <= int(most)) and (least is None or value >= int(least))
