"""Whether what is deleted in a bucket goes away: a bucket with versions keeps every object that was deleted or written over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.checks._common import is_about, not_applicable, of_target
from auditor.model import control_words
from auditor.model.asset import Control
from auditor.model.finding import Evidence, Status, Verdict
from auditor.model.rule import Level, PolicyRule
from auditor.model.text import plural

VERSIONING = "bucket.versioning"
NONCURRENT = "bucket.lifecycle_noncurrent_days"
SOFT_DELETE = "bucket.soft_delete_days"


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """One verdict a bucket. FAIL where old versions outlast the contract's days for destruction: worse where some hold personal data.

    A bucket that never kept versions passes; where either setting is unknown, NOT_CHECKED. Soft delete alone (Azure) is enough to
    fail: it keeps what is deleted for days whatever the other settings are.
    """
    expiry = {control.target: control for control in evidence.controls if control.name == NONCURRENT}
    kept = {control.target: control for control in evidence.controls if control.name == SOFT_DELETE}
    buckets = [control for control in evidence.controls if control.name == VERSIONING]
    for versioning in buckets:
        soft = kept.get(versioning.target)
        if soft is not None and soft.value and int(soft.value) > _allowed(evidence):
            yield _keeps(rule, evidence, versioning.target, int(soft.value))
        else:
            yield _bucket(rule, evidence, versioning, expiry.get(versioning.target))
    if not buckets:
        yield not_applicable("No bucket is in scope.", "점검 범위에 버킷이 없습니다.")


def _bucket(rule: PolicyRule, evidence: Evidence, versioning: Control, expiry: Control | None) -> Verdict:
    target = versioning.target
    if versioning.value is False:
        return of_target(
            Status.PASS, target, f"{target} keeps no old versions.", f"{target}: 이전 버전을 보관하지 않습니다."
        )
    days = None if expiry is None else expiry.value
    if versioning.value is None or days is None:
        detail = versioning.detail if versioning.value is None else expiry.detail if expiry else ""
        return of_target(
            Status.NOT_CHECKED, target, f"How long {target} keeps old versions could not be determined: {detail}",
            f"{target}의 이전 버전 보관 기간을 확인할 수 없음: {control_words.korean(detail)}",
        )  # fmt: skip
    if days is not False and int(days) <= _allowed(evidence):
        return of_target(
            Status.PASS, target, f"{target} deletes old versions after {plural(int(days), 'day')}.",
            f"{target}: 이전 버전을 {days}일 후 삭제합니다.",
        )  # fmt: skip
    return _keeps(rule, evidence, target, None if days is False else int(days))


def _allowed(evidence: Evidence) -> int:
    """The contract's days for destruction."""
    return evidence.engagement.contract.destroy_within.days if evidence.engagement else 0


def _keeps(rule: PolicyRule, evidence: Evidence, target: str, days: int | None) -> Verdict:
    """The failing verdict: what is deleted stays for so many days, or (None) for ever."""
    allowed = _allowed(evidence)
    old = [
        observation
        for observation in evidence.observations
        if observation.target == target
        and not observation.current
        and any(is_about(rule, tally) for tally in observation.tallies)
    ]
    english = f"{target} keeps deleted and overwritten objects " + (
        "for ever" if days is None else f"for {plural(days, 'day')}; the contract allows {allowed}"
    )
    korean = f"{target}: 삭제·덮어쓴 객체를 " + (
        "기한 없이 보관함" if days is None else f"{days}일간 보관함 (계약상 {allowed}일)"
    )
    if old:
        english += f"; {plural(len(old), 'old version')} {'holds' if len(old) == 1 else 'hold'} personal data"
        korean += f"; 이전 버전 {len(old)}개에 개인정보 보관 중"
    verdict = of_target(Status.FAIL, target, f"{english}.", f"{korean}.")
    return replace(
        verdict,
        level=Level(min(rule.level + 1, Level.CRITICAL)) if old else None,
        count=max((o.people for o in old), default=0),
    )
