"""Personal data still held after the day the contract gives for its destruction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from auditor.checks._common import local_day, nothing_found, of_tally, tallies
from auditor.model.engagement import Engagement
from auditor.model.finding import EntityTally, Evidence, Observation, Status, Verdict
from auditor.model.rule import PolicyRule
from auditor.model.text import Bilingual


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """FAIL for each entity of each asset once the contract's end plus `destroy_within` has passed.

    Agreed data with a later `until` of its own is still allowed. Before the last day everything passes. Without an end
    date nothing can be said: NOT_CHECKED.
    """
    engagement = evidence.engagement
    if engagement is None or engagement.contract.ends is None:
        yield Verdict(
            status=Status.NOT_CHECKED,
            message=Bilingual(
                en="The engagement names no contract end.", ko="점검 계약서(engagement)에 계약 종료일이 없습니다."
            ),
        )
        return
    deadline = engagement.contract.ends + engagement.contract.destroy_within
    today = local_day(evidence.now, engagement)
    if today <= deadline:
        yield Verdict(
            status=Status.PASS,
            message=Bilingual(
                en=f"The contract's last day for destruction is {deadline}.", ko=f"계약상 파기 기한은 {deadline}입니다."
            ),
        )
        return
    found = False
    for observation, tally in tallies(rule, evidence):
        allowed_until = _allowed_until(engagement, observation, tally)
        if allowed_until is not None and today <= allowed_until:
            continue
        found = True
        past = (today - max(deadline, allowed_until or deadline)).days
        yield of_tally(
            Status.FAIL,
            observation,
            tally,
            _message(engagement, observation, tally, past),
            days=past,
            since=local_day(observation.modified, engagement) if observation.modified else None,
        )
    if not found:
        yield nothing_found(evidence)


def _allowed_until(engagement: Engagement, observation: Observation, tally: EntityTally) -> date | None:
    """The latest `until` of the agreed data that covers this entity at this target."""
    dates = [
        agreed.until
        for agreed in engagement.agreed_data
        if agreed.until is not None
        and tally.entity in agreed.entities
        and (not agreed.places or observation.target in agreed.places)
    ]
    return max(dates, default=None)


def _message(engagement: Engagement, observation: Observation, tally: EntityTally, past: int) -> Bilingual:
    clause = engagement.contract.clause
    allowed = engagement.contract.destroy_within.days
    origin_ko = {"file": "파일 시각", "object version": "객체 버전 시각", "archive member": "압축 내 파일 시각"}
    english = (
        f"{tally.distinct:,} distinct {tally.entity} value(s) held {past} day(s) past the last day for destruction"
    )
    korean = f"{tally.entity} 서로 다른 값 {tally.distinct:,}건을 파기 기한 경과 후 {past}일째 보유"
    if clause:
        english += f"; {clause} allows {allowed} day(s) after the contract's end"
        korean += f" ({clause}: 계약 종료 후 {allowed}일 이내 파기)"
    if observation.modified:
        day = local_day(observation.modified, engagement)
        english += f". Data of {day} by {observation.modified_from} time"
        korean += f". 자료 시점 {day} ({origin_ko.get(observation.modified_from, '')} 기준)"
    return Bilingual(en=english, ko=korean)
