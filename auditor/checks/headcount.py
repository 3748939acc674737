"""More people's data at the vendor than was ever handed over: some of it came from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.checks._common import is_about, local_day, not_applicable, not_checked, unseen
from auditor.model.finding import Evidence, Status, Verdict
from auditor.model.rule import Level, PolicyRule
from auditor.model.text import Bilingual

_IDENTIFIERS: Final = ("unique_identifier", "linking_identifier")


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """One verdict: FAIL where more people are held than all handovers together named.

    Sure where one asset alone holds so many people with different values of an identifier that was sent. Where only the
    count of people in the whole run is higher, some of them may be the vendor's own: then the level is `params.doubtful` (default medium).
    What was not examined may hold more: then fewer people are NOT_CHECKED, as is a handover without a number. Where people are
    estimated, no asset's number is sure, and the run's bounds must both say it.
    """
    engagement = evidence.engagement
    if engagement is None or not engagement.data_sent:
        yield not_applicable("The engagement records no data sent.", "점검 계약서에 제공 이력이 없습니다.")
        return
    today = local_day(evidence.now, engagement)
    handovers = [sent for sent in engagement.data_sent if sent.sent <= today]
    if any(sent.subjects is None for sent in handovers):
        yield not_checked(
            "A handover does not say how many people's data it was.", "제공 인원이 기록되지 않은 제공 건이 있습니다."
        )
        return
    sent = sum(handover.subjects or 0 for handover in handovers)
    held, entity = _surely_held(rule, evidence, {entity for handover in handovers for entity in handover.entities})
    low, high = evidence.people_range or (evidence.people, evidence.people)
    people = _people(evidence)
    if held > sent:
        name = evidence.names.of(entity)
        yield _fail(f"{held:,} people's {name.en}", f"{held:,}명의 {name.ko}", held, sent, None)
    elif low > sent:
        level = Level.parse(str(rule.params.get("doubtful", "medium")))
        english, korean = " (some may be the vendor's own)", " (수탁사 자체 인원이 포함되었을 수 있음)"
        if evidence.people_range is not None:  # chains of identifiers: docs/decisions/014
            english = " (some may be the vendor's own, or one person counted twice)"
            korean = " (수탁사 자체 인원이나 중복 집계된 인원이 포함되었을 수 있음)"
        yield _fail(people.en + english, people.ko + korean, evidence.people, sent, level)
    elif high > sent:
        yield not_checked(
            f"{people.en} found, {sent:,} were sent: the estimate cannot tell whether that is more."
            " With a larger people_bytes they are counted exactly.",
            f"{people.ko} 발견, 제공 {sent:,}명으로, 추정 오차 때문에 초과 여부를 판단할 수 없습니다."
            " people_bytes를 늘리면 정확히 집계합니다.",
        )
    elif evidence.gaps:
        count = len(evidence.gaps)
        yield not_checked(
            f"{people.en} found, {sent:,} were sent, but {unseen(count)}.",
            f"{people.ko} 발견, 제공 {sent:,}명이나 미점검 항목이 {count}건 있습니다.",
            partial=True,
        )
    else:
        yield Verdict(
            status=Status.PASS,
            message=Bilingual(
                en=f"{people.en} found, {sent:,} were sent.",
                ko=f"{people.ko} 발견, 제공 {sent:,}명.",
            ),
        )


def _surely_held(rule: PolicyRule, evidence: Evidence, entities: set[str]) -> tuple[int, str]:
    """The most people that one asset holds an identifier of, and the identifier. Both counts must say so: a person may have
    two CIs, and a row may have none. Nobody where people are estimated."""
    if evidence.people_range is not None:
        return 0, ""
    return max(
        (
            (min(tally.distinct, observation.people), tally.entity)
            for observation in evidence.observations
            for tally in observation.tallies
            if is_about(rule, tally) and tally.entity in entities and tally.sensitivity in _IDENTIFIERS
        ),
        default=(0, ""),
    )


def _people(evidence: Evidence) -> Bilingual:
    """How many people were found, and of an estimate its bounds."""
    if evidence.people_range is None:
        return Bilingual(en=f"{evidence.people:,} people", ko=f"{evidence.people:,}명")
    low, high = evidence.people_range
    return Bilingual(
        en=f"About {evidence.people:,} people (estimated; 95 %: {low:,} to {high:,})",
        ko=f"약 {evidence.people:,}명(추정치, 95 % 신뢰구간 {low:,}–{high:,})",
    )


def _fail(english: str, korean: str, held: int, sent: int, level: Level | None) -> Verdict:
    return Verdict(
        status=Status.FAIL,
        message=Bilingual(
            en=f"{english} held, but only {sent:,} people's data was sent",
            ko=f"{korean} 보유, 제공한 인원은 {sent:,}명",
        ),
        count=held,
        level=level,
    )
