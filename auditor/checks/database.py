"""How a database is guarded: TLS, passwords, administrators, a log of who read what. Joined to data: worse where personal data lies in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from auditor.checks._common import is_about
from auditor.checks._database_words import korean
from auditor.model.asset import Control
from auditor.model.finding import Evidence, Status, Verdict
from auditor.model.rule import Level, PolicyRule
from auditor.model.text import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What is said of one control; `bad` tells a bad value, given the rule's `params.most`."""

    bad: Callable[[bool | str | int, int], bool]
    what: Bilingual
    fail: Bilingual
    good: Bilingual


_CONTROLS: Final = {
    "database.tls": _Words(
        bad=lambda value, _: value is False,
        what=Bilingual(en="Whether {target} encrypts connections", ko="{target}의 전송 구간 암호화 여부를"),
        fail=Bilingual(en="{target} does not encrypt connections", ko="{target}이(가) 전송 구간을 암호화하지 않음"),
        good=Bilingual(en="{target} can encrypt connections", ko="{target}은(는) 전송 구간 암호화를 지원함"),
    ),
    "database.passwordless": _Words(
        bad=lambda value, _: value is True,
        what=Bilingual(en="Whether {target} lets anybody in without a password", ko="{target}의 비밀번호 없는 접속 허용 여부를"),
        fail=Bilingual(en="{target} lets accounts in without a password", ko="{target}에 비밀번호 없이 접속할 수 있음"),
        good=Bilingual(en="{target} asks every account for proof of identity", ko="{target}은(는) 모든 계정에 인증을 요구함"),
    ),
    "database.access_log": _Words(
        bad=lambda value, _: value is False,
        what=Bilingual(en="Whether {target} logs who read what", ko="{target}의 조회 기록(접속기록) 보관 여부를"),
        fail=Bilingual(en="{target} keeps no log of who read what", ko="{target}에 조회 기록(접속기록)이 남지 않음"),
        good=Bilingual(en="{target} logs what is read", ko="{target}은(는) 조회 기록을 남김"),
    ),
    "database.superusers": _Words(
        bad=lambda value, most: int(value) > most,
        what=Bilingual(en="The administrators of {target}", ko="{target}의 관리자 계정을"),
        fail=Bilingual(en="{target} has {value} administrators who may read everything", ko="{target}에 모든 자료를 조회할 수 있는 관리자 계정이 {value}개 있음"),
        good=Bilingual(en="{target} has {value} administrator(s)", ko="{target}의 관리자 계정은 {value}개임"),
    ),
}  # fmt: skip


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """One verdict a control `params.control`, with `params.most` where it is a number. Unknown is NOT_CHECKED, never a pass."""
    name = str(rule.params.get("control", "database.tls"))
    words = _CONTROLS[name]
    controls = [control for control in evidence.controls if control.name == name]
    for control in controls:
        yield _verdict(rule, evidence, control, words)
    if not controls:
        yield Verdict(
            status=Status.NOT_APPLICABLE,
            message=Bilingual(en="No database is in scope.", ko="점검 범위에 데이터베이스가 없습니다."),
        )


def _verdict(rule: PolicyRule, evidence: Evidence, control: Control, words: _Words) -> Verdict:
    detail = f" ({control.detail.rstrip('.')})" if control.detail else ""
    detail_ko = f" ({korean(control.detail).rstrip('.')})" if control.detail else ""
    holding = [
        observation
        for observation in evidence.observations
        if observation.target == control.target and any(is_about(rule, tally) for tally in observation.tallies)
    ]
    level: Level | None = None
    if control.value is None:
        status = Status.NOT_CHECKED
        message = Bilingual(
            en=_filled(words.what.en, control) + f" could not be determined: {control.detail}",
            ko=_filled(words.what.ko, control) + f" 확인할 수 없음: {korean(control.detail)}",
        )
    elif words.bad(control.value, int(rule.params.get("most", 0))):
        status = Status.FAIL
        level = Level(min(rule.level + 1, Level.CRITICAL)) if holding else None
        extra_en = f", and {len(holding)} of its tables hold personal data" if holding else ""
        extra_ko = f", 개인정보가 포함된 테이블 {len(holding)}개 보관 중" if holding else ""
        message = Bilingual(
            en=f"{_filled(words.fail.en, control)}{detail}{extra_en}.",
            ko=f"{_filled(words.fail.ko, control)}{detail_ko}{extra_ko}.",
        )
    else:
        status = Status.PASS
        message = Bilingual(
            en=f"{_filled(words.good.en, control)}{detail}.", ko=f"{_filled(words.good.ko, control)}{detail_ko}."
        )
    return Verdict(
        status=status, message=message, subject=control.target, target=control.target, level=level,
        count=sum(observation.people for observation in holding),
    )  # fmt: skip


def _filled(text: str, control: Control) -> str:
    return text.replace("{target}", control.target).replace("{value}", str(control.value))
