"""Data from after the contract's end, at a vendor who should have none: it went on collecting, or copied anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from auditor.checks._common import (
    local_day,
    not_applicable,
    not_checked,
    nothing_against,
    nothing_found,
    of_tally,
    tallies,
)
from auditor.checks._dated import Dated, by_rows, by_writing
from auditor.model.finding import EntityTally, Evidence, Observation, Status, Verdict
from auditor.model.rule import Level, PolicyRule
from auditor.model.terms import allowance, destroy_by
from auditor.model.text import Bilingual, plural


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """FAIL for each entity of each asset that may no longer be held and has data from after the contract's end.

    The rows' own dates count first, then when the asset was written; where that is a time that copying may change, the
    level is `params.doubtful` (default medium). The last day of the contract is no finding. What has no date at all is
    NOT_CHECKED. What the days for destruction, an agreement or an exception allow today is not judged: making a copy to
    hand it back, say, is no collecting.
    """
    engagement = evidence.engagement
    ends = engagement.contract.ends if engagement else None
    deadline = destroy_by(engagement) if engagement else None
    if engagement is None or ends is None or deadline is None:
        yield not_checked("The engagement names no contract end.", "점검 계약서(engagement)에 계약 종료일이 없습니다.")
        return
    today = local_day(evidence.now, engagement)
    if today <= deadline:
        yield not_applicable(
            f"The contract's last day for destruction is {deadline}.", f"계약상 파기 기한은 {deadline}입니다."
        )
        return
    doubtful = Level.parse(str(rule.params.get("doubtful", "medium")))
    held = told = False
    for observation, tally in tallies(rule, evidence):
        allowed = allowance(engagement, tally.entity, observation.target, observation.path)
        held = True
        if allowed is None or today <= allowed.last():
            continue
        rows, written = by_rows(observation, engagement), by_writing(observation, engagement)
        newer = next((when for when in (rows, written) if when is not None and when.day > ends), None)
        if newer is not None:
            told = True
            yield _finding(observation, tally, evidence.names.of(tally.entity), newer, ends, doubtful)
        elif rows is None and written is None:
            told = True
            yield of_tally(
                Status.NOT_CHECKED,
                observation,
                tally,
                Bilingual(
                    en=f"Nothing says from when {observation.path} is.",
                    ko=f"{observation.path}의 자료 시점을 확인할 수 없습니다.",
                ),
            )
    if not told:
        yield nothing_against(evidence) if held else nothing_found(evidence)


def _finding(
    observation: Observation, tally: EntityTally, name: Bilingual, newer: Dated, ends: date, doubtful: Level
) -> Verdict:
    after = (newer.day - ends).days
    if newer.origin == "rows":
        english, korean = "it has rows from", "이후의 행 포함, 가장 최근"
    else:
        english, korean = "it was written", "이후 기록"
    verdict = of_tally(
        Status.FAIL,
        observation,
        tally,
        Bilingual(
            en=f"{plural(tally.distinct, f'{name.en} value')} in {observation.path}: {english} {plural(after, 'day')} after the"
            f" contract's end, on {newer.day} {newer.by.en}",
            ko=f"{observation.path}의 {name.ko} {tally.distinct:,}건: 계약 종료 {korean} {newer.day}(종료 후 {after}일,"
            f" {newer.by.ko})",
        ),
        days=after,
        since=newer.day,
    )
    return replace(verdict, level=doubtful) if newer.doubtful else verdict
