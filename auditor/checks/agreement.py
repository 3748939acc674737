"""Personal data that the contract does not let the vendor hold at all, or not at that place."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks._common import (
    held_against,
    local_day,
    not_applicable,
    nothing_against,
    nothing_found,
    of_tally,
    quoted,
    tallies,
)
from auditor.model.engagement import Engagement
from auditor.model.finding import EntityTally, Evidence, Observation, Status, Verdict
from auditor.model.rule import PolicyRule
from auditor.model.terms import agreed, destroy_by
from auditor.model.text import Bilingual, plural


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """FAIL for each entity of each asset that no agreed data names there, until the last day for destruction.

    After that day nothing is agreed any more, and the retention rule speaks. An engagement that names no agreed data says
    nothing about scope: NOT_APPLICABLE. What a live exception covers is allowed.
    """
    engagement = evidence.engagement
    if engagement is None or not engagement.agreed_data:
        yield not_applicable(
            "The engagement does not say which data was agreed.", "점검 계약서에 합의된 처리 항목이 없습니다."
        )
        return
    today, deadline = local_day(evidence.now, engagement), destroy_by(engagement)
    if deadline is not None and today > deadline:
        yield not_applicable(
            "The last day for destruction has passed: what is held is judged by how long.",
            "파기 기한이 지나 보유 기간 기준으로 판정합니다.",
        )
        return
    held = failed = False
    for observation, tally in tallies(rule, evidence):
        held = True
        if any(agreed(engagement, tally.entity, observation.target)):
            continue
        if not held_against(rule, evidence, observation, tally):
            continue
        failed = True
        yield of_tally(
            Status.FAIL, observation, tally, _message(engagement, observation, tally, evidence.names.of(tally.entity))
        )
    if not failed:
        yield nothing_against(evidence) if held else nothing_found(evidence)


def _message(engagement: Engagement, observation: Observation, tally: EntityTally, name: Bilingual) -> Bilingual:
    clause = quoted(engagement.contract.clauses.purpose)
    places = sorted({p for item in engagement.agreed_data if tally.entity in item.entities for p in item.places})
    if places:
        where = ", ".join(places)
        return Bilingual(
            en=f"{plural(tally.distinct, f'{name.en} value')} at {observation.target}; agreed only at {where}{clause.en}",
            ko=f"{observation.target}에 {name.ko} {tally.distinct:,}건; 합의된 보관 장소는 {where}{clause.ko}",
        )
    return Bilingual(
        en=f"{plural(tally.distinct, f'{name.en} value')} that the contract does not name{clause.en}",
        ko=f"계약상 처리 항목에 없는 {name.ko} {tally.distinct:,}건{clause.ko}",
    )
