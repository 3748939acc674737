"""Whether source and time of what the vendor holds are on record: each asset against the handovers of the engagement."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from auditor.checks._common import nothing_against, nothing_found, of_tally, tallies
from auditor.checks._dated import by_writing
from auditor.model.engagement import DataSent, Engagement
from auditor.model.finding import EntityTally, Evidence, Observation, Status, Verdict
from auditor.model.rule import PolicyRule
from auditor.model.text import Bilingual, plural


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """One verdict for each entity of each asset: FAIL where handovers are on record and none can be its source.

    None names the entity, or the asset was written longer before the first one than an extract may lie
    (`params.extract_days`, default 30). NOT_CHECKED where nothing is on record, where the handover does not say from which
    extract, or where nothing dates the asset. PASS otherwise.
    """
    engagement = evidence.engagement
    seen = failed = False
    for observation, tally in tallies(rule, evidence):
        seen = True
        status, message = _judge(rule, engagement, observation, tally, evidence.names.of(tally.entity))
        failed = failed or status is Status.FAIL
        yield of_tally(status, observation, tally, message)
    if not seen:
        yield nothing_found(evidence)
    elif evidence.gaps and not failed:
        yield nothing_against(evidence)


def _judge(
    rule: PolicyRule, engagement: Engagement | None, observation: Observation, tally: EntityTally, name: Bilingual
) -> tuple[Status, Bilingual]:
    entity, path = tally.entity, observation.path
    if engagement is None or not engagement.data_sent:
        return Status.NOT_CHECKED, Bilingual(
            en=f"The engagement records no data sent: source and time of {name.en} cannot be checked.",
            ko=f"점검 계약서에 제공 이력이 없어 {name.ko}의 제공 출처와 일시를 확인할 수 없습니다.",
        )
    handovers = sorted((sent for sent in engagement.data_sent if entity in sent.entities), key=lambda sent: sent.sent)
    if not handovers:
        return Status.FAIL, Bilingual(
            en=f"{plural(tally.distinct, f'{name.en} value')} in {path}, but no handover of {name.en} is on record",
            ko=f"{path}에 {name.ko} {tally.distinct:,}건이 있으나 제공 출처와 일시 기록이 없음",
        )
    first = handovers[0]
    written = by_writing(observation, engagement)
    if written is None:
        return Status.NOT_CHECKED, Bilingual(
            en=f"Nothing says from when {path} is: its handover cannot be told.",
            ko=f"{path}의 자료 시점을 알 수 없어 제공 건을 특정할 수 없습니다.",
        )
    if written.day < first.sent - _extract_age(rule):
        return Status.FAIL, Bilingual(
            en=f"{plural(tally.distinct, f'{name.en} value')} in {path} of {written.day}, before the first handover on record"
            f" ({first.sent}); {written.by.en}",
            ko=f"{path}의 {name.ko} {tally.distinct:,}건은 {written.day} 자료로 최초 제공 기록({first.sent})보다 앞섬;"
            f" {written.by.ko}",
        )
    source = _source(handovers)
    if source is None:
        return Status.NOT_CHECKED, Bilingual(
            en=f"The handover of {name.en} on {first.sent} does not say from which extract.",
            ko=f"{first.sent} {name.ko} 제공 건에 추출 원천이 기록되지 않았습니다.",
        )
    return Status.PASS, Bilingual(
        en=f"A handover of {name.en} is on record: {source.sent}, {source.extract}.",
        ko=f"{name.ko} 제공 기록 있음: {source.sent}, {source.extract}.",
    )


def _extract_age(rule: PolicyRule) -> timedelta:
    return timedelta(days=int(rule.params.get("extract_days", 30)))


def _source(handovers: list[DataSent]) -> DataSent | None:
    """The first handover, if every one says its extract."""
    return handovers[0] if all(handover.extract.strip() for handover in handovers) else None
