"""Personal data still held after the last day on which the contract, or an exception by law, lets the vendor hold it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from auditor.checks._common import local_day, not_checked, nothing_against, nothing_found, of_tally, tallies
from auditor.checks._dated import Dated, dated
from auditor.model.engagement import Engagement
from auditor.model.finding import EntityTally, Evidence, Observation, Status, Verdict
from auditor.model.rule import PolicyRule
from auditor.model.terms import Allowance, allowance, destroy_by, first_deadline
from auditor.model.text import Bilingual, plural


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """FAIL for each entity of each asset whose last allowed day has passed: the contract's end plus `destroy_within`, or
    what was agreed for that entity and place (`until`).

    What a live exception covers passes and says so; after the exception's last day it fails again. The last day itself
    is allowed. Until the first last day of all nothing can be held too long, whatever was not examined. Without an end date nothing
    can be said: NOT_CHECKED.
    """
    engagement = evidence.engagement
    deadline = destroy_by(engagement) if engagement else None
    if engagement is None or deadline is None:
        yield not_checked("The engagement names no contract end.", "점검 계약서(engagement)에 계약 종료일이 없습니다.")
        return
    today = local_day(evidence.now, engagement)
    held = failed = False
    for observation, tally in tallies(rule, evidence):
        allowed = allowance(engagement, tally.entity, observation.target, observation.path)
        if allowed is None:
            continue
        held = True
        if allowed.excepted(today):
            yield of_tally(
                Status.PASS, observation, tally, _excepted(observation, tally, evidence.names.of(tally.entity), allowed)
            )
        elif today > allowed.last():
            failed = True
            past, when = (today - allowed.last()).days, dated(observation, engagement)
            yield of_tally(
                Status.FAIL, observation, tally, _message(engagement, tally, evidence.names.of(tally.entity), allowed, past, when, today), days=past,
                since=when.day if when else None,
            )  # fmt: skip
    if failed:
        return
    first = first_deadline(engagement)
    if first is not None and today <= first:
        yield Verdict(
            status=Status.PASS,
            message=Bilingual(
                en=f"The first last day for destruction is {first}.", ko=f"가장 이른 파기 기한은 {first}입니다."
            ),
        )
    else:
        yield nothing_against(evidence) if held else nothing_found(evidence)


def _excepted(observation: Observation, tally: EntityTally, name: Bilingual, allowed: Allowance) -> Bilingual:
    exception = allowed.exception
    assert exception is not None
    return Bilingual(
        en=f"{plural(tally.distinct, f'{name.en} value')} in {observation.path} kept under an exception until"
        f" {exception.until}: {exception.basis}",
        ko=f"{observation.path}의 {name.ko} {tally.distinct:,}건은 {exception.until}까지 법정 보존 예외: {exception.basis}",
    )


def _message(
    engagement: Engagement,
    tally: EntityTally,
    name: Bilingual,
    allowed: Allowance,
    past: int,
    when: Dated | None,
    today: date,
) -> Bilingual:
    ends, clause = engagement.contract.ends, engagement.contract.clause
    days = engagement.contract.destroy_within.days
    assert ends is not None
    english = f"{plural(tally.distinct, f'distinct {name.en} value')} held {plural(past, 'day')} past the last day for destruction"
    korean = f"{name.ko} 서로 다른 값 {tally.distinct:,}건을 파기 기한 경과 후 {past}일째 보유"
    if today > ends:
        english += f", {plural((today - ends).days, 'day')} past the contract's end"
        korean += f", 계약 종료 후 {(today - ends).days}일"
    if clause:
        english += f"; {clause} allows {plural(days, 'day')}"
        korean += f" ({clause}: 종료 후 {days}일 이내 파기)"
    if allowed.exception and allowed.exception.until == allowed.last():
        english += f"; the exception for {allowed.exception.basis} ended on {allowed.exception.until}"
        korean += f"; 보존 예외({allowed.exception.basis})는 {allowed.exception.until} 종료"
    elif allowed.agreed and allowed.until != ends + engagement.contract.destroy_within:
        english += f"; agreed until {allowed.until}"
        korean += f"; 합의된 보유 기한 {allowed.until}"
    if when:
        english += f". Data of {when.day} {when.by.en}"
        korean += f". 자료 시점 {when.day} ({when.by.ko})"
    else:
        english += ". Nothing says from when the data is"
        korean += ". 자료 시점을 확인할 수 없음"
    return Bilingual(en=english, ko=korean)
