"""How a target is guarded, one control a policy, joined to data: worse by a level where personal data lies behind it.

A policy's `params`: `control`, its name; what is wrong with it: `bad` values, or all but the `allowed` ones, or a number over `most` (or
`destroy_within`: the contract's days) or under `least`; and `words`, what is said of it, with `{target}` and `{value}` filled in. Without
words its value and detail are told:

    words:
      bad: {en: "{target} accepts requests without TLS", ko: …}
      good: {en: "{target} refuses requests without TLS", ko: …}
      unknown: {en: "Whether {target} refuses requests without TLS", ko: …}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.checks._common import is_about, not_applicable
from auditor.model.asset import Control
from auditor.model.control_words import korean
from auditor.model.finding import Evidence, Status, Verdict
from auditor.model.rule import Level, PolicyRule
from auditor.model.text import Bilingual, plural

_PLAIN: Final = {
    "bad": {"en": "{target}: {value}", "ko": "{target}: {value}"},
    "good": {"en": "{target}: {value}", "ko": "{target}: {value}"},
    "unknown": {"en": "{target}: it", "ko": "{target}"},
}


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """One verdict a target that has the control. Unknown is NOT_CHECKED, never a pass."""
    name = str(rule.params["control"])
    controls = [control for control in evidence.controls if control.name == name]
    for control in controls:
        yield _verdict(rule, evidence, control)
    if not controls:
        yield not_applicable("No target of this kind is in scope.", "점검 범위에 해당하는 대상이 없습니다.")


def _verdict(rule: PolicyRule, evidence: Evidence, control: Control) -> Verdict:
    detail = Bilingual(en=control.detail.rstrip("."), ko=korean(control.detail).rstrip("."))
    holding = [
        observation
        for observation in evidence.observations
        if observation.target == control.target and any(is_about(rule, tally) for tally in observation.tallies)
    ]
    level: Level | None = None
    bad = None if control.value is None else _is_bad(rule, evidence, control.value)
    if bad is None:
        status = Status.NOT_CHECKED
        words = _words(rule, "unknown", control)
        message = Bilingual(
            en=f"{words.en} could not be determined: {detail.en}.", ko=f"{words.ko}: 확인할 수 없음 ({detail.ko})."
        )
    elif bad:
        status = Status.FAIL
        level = Level(min(rule.level + 1, Level.CRITICAL)) if holding else None
        words = _words(rule, "bad", control)
        data_en = (
            f"; {plural(len(holding), 'item')} there {'holds' if len(holding) == 1 else 'hold'} personal data"
            if holding
            else ""
        )
        data_ko = f"; 개인정보가 포함된 항목 {len(holding)}개 보관 중" if holding else ""
        message = Bilingual(en=f"{words.en} ({detail.en}){data_en}.", ko=f"{words.ko} ({detail.ko}){data_ko}.")
    else:
        status = Status.PASS
        words = _words(rule, "good", control)
        message = Bilingual(en=f"{words.en} ({detail.en}).", ko=f"{words.ko} ({detail.ko}).")
    return Verdict(
        status=status, message=message, subject=control.target, target=control.target, level=level,
        count=max((observation.people for observation in holding), default=0) if status is Status.FAIL else 0,
    )  # fmt: skip


def _is_bad(rule: PolicyRule, evidence: Evidence, value: bool | str | int) -> bool | None:
    """None: a value of another kind than the policy expects."""
    for key, is_bad in (("bad", True), ("allowed", False)):
        if key in rule.params:
            listed = rule.params[key] if isinstance(rule.params[key], list | tuple) else [rule.params[key]]
            return is_bad == any(type(value) is type(each) and value == each for each in listed)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    most, least = rule.params.get("most"), rule.params.get("least")
    if most == "destroy_within":
        most = evidence.engagement.contract.destroy_within.days if evidence.engagement else None
    return (most is not None and value > int(most)) or (least is not None and value < int(least))


def _words(rule: PolicyRule, which: str, control: Control) -> Bilingual:
    said = rule.params.get("words", _PLAIN)[which]
    value = {"True": "yes", "False": "no"}.get(str(control.value), str(control.value))
    filled = {
        language: str(said[language]).replace("{target}", control.target).replace("{value}", value)
        for language in ("en", "ko")
    }
    return Bilingual(en=filled["en"], ko=filled["ko"])
