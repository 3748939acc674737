"""Identifiers stored in clear that the law or the contract wants encrypted."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks._common import nothing_found, of_tally, tallies
from auditor.model.finding import Evidence, Status, Verdict
from auditor.model.rule import PolicyRule
from auditor.model.text import Bilingual


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """FAIL for each entity of each asset with values in clear; PASS where all of them are encrypted or hashed."""
    seen = False
    for observation, tally in tallies(rule, evidence):
        seen = True
        clear = tally.matches - tally.protected
        yield of_tally(
            Status.FAIL if clear else Status.PASS,
            observation,
            tally,
            Bilingual(
                en=f"{clear:,} {tally.entity} value(s) stored in clear in {observation.path}",
                ko=f"{observation.path}에 {tally.entity} {clear:,}건이 평문으로 저장됨",
            )
            if clear
            else Bilingual(
                en=f"All {tally.entity} values in {observation.path} are encrypted or hashed",
                ko=f"{observation.path}의 {tally.entity} 값은 모두 암호화 또는 일방향 처리됨",
            ),
        )
    if not seen:
        yield nothing_found(evidence)
