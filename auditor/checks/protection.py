"""Identifiers stored in clear that the law or the contract wants encrypted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.checks._common import not_applicable, nothing_against, nothing_found, of_tally, quoted, tallies
from auditor.model.engagement import Engagement
from auditor.model.finding import EntityTally, Evidence, Observation, Status, Verdict
from auditor.model.rule import PolicyRule
from auditor.model.terms import agreed
from auditor.model.text import Bilingual, plural

_PEOPLE: Final = ("linking_identifier", "unique_identifier", "contact", "profile")
"""Classes of data beside which a credential is somebody's own password."""

_PASSWORD: Final = re.compile(
    r"(?i)passw|passwd|pswd|pwd|passphrase|(?:^|[^a-z])(?:pw|pass|pin)(?:[^a-z]|$)|비밀번호|비번|암호|패스워드|密码|密碼|口令|รหัสผ่าน"
)


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """FAIL for each entity of each asset with values in clear; PASS where all of them are encrypted or hashed and there is no gap.

    `params.agreed`: only where the contract asks for encryption of that entity there;
    NOT_APPLICABLE where it asks for none. `params.one_way`: only passwords
    beside data of people, and what can be decrypted fails too.
    """
    asked = bool(rule.params.get("agreed", False))
    if asked and not _asks(evidence.engagement):
        yield not_applicable(
            "The contract asks for encryption of no agreed data.", "계약상 암호화 조건이 있는 처리 항목이 없습니다."
        )
        return
    seen = held = failed = False
    one_way = bool(rule.params.get("one_way", False))
    for observation, tally in tallies(rule, evidence):
        held = True
        if asked and not _agreed(evidence.engagement, observation, tally):
            continue
        if one_way and not _of_people(observation, tally):
            continue
        seen = True
        open_values = tally.matches - (tally.hashed if one_way else tally.protected)
        clear = tally.matches - tally.protected
        failed = failed or open_values > 0
        yield of_tally(
            Status.FAIL if open_values else Status.PASS,
            observation,
            tally,
            _message(evidence, rule, observation, tally, clear, open_values),
        )
    if not seen:
        yield nothing_against(evidence) if held else nothing_found(evidence)
    elif evidence.gaps and not failed:
        yield nothing_against(evidence)


def _asks(engagement: Engagement | None) -> bool:
    return engagement is not None and any(item.protection == "encrypted" for item in engagement.agreed_data)


def _agreed(engagement: Engagement | None, observation: Observation, tally: EntityTally) -> bool:
    """Whether what was agreed there asks for encryption."""
    terms = agreed(engagement, tally.entity, observation.target) if engagement else ()
    return any(item.protection == "encrypted" for item in terms)


def _of_people(observation: Observation, tally: EntityTally) -> bool:
    """Whether the credentials are passwords, by their field's name, and stand in one table or record with data of people."""
    if not any(_PASSWORD.search(said) for said in (*tally.why, tally.place)):
        return False
    people = {other.entity for other in observation.tallies if other.sensitivity in _PEOPLE}
    return any(tally.entity in group and group & people for group in observation.together)


def _message(
    evidence: Evidence,
    rule: PolicyRule,
    observation: Observation,
    tally: EntityTally,
    clear: int,
    open_values: int,
) -> Bilingual:
    path, name, engagement = observation.path, evidence.names.of(tally.entity), evidence.engagement
    clause = quoted(engagement.contract.clauses.protection if engagement and rule.params.get("agreed") else "")
    if clear:
        return Bilingual(
            en=f"{plural(clear, f'{name.en} value')} stored in clear in {path}{clause.en}",
            ko=f"{path}에 {name.ko} {clear:,}건이 평문으로 저장됨{clause.ko}",
        )
    if open_values:
        return Bilingual(
            en=f"{plural(open_values, f'{name.en} value')} in {path} encrypted, not hashed: can be decrypted",
            ko=f"{path}의 {name.ko} {open_values:,}건은 복호화가 가능한 방식으로 암호화됨(일방향 아님)",
        )
    return Bilingual(
        en=f"All {name.en} values in {path} are encrypted or hashed",
        ko=f"{path}의 {name.ko} 값은 모두 암호화 또는 일방향 처리됨",
    )
