"""Files with personal data that every account of the server may read."""

from __future__ import annotations

import stat
from collections.abc import Iterator

from auditor.checks._common import nothing_against, nothing_found, of_tally, of_target, tallies
from auditor.model.asset import MEMBER_SEPARATOR
from auditor.model.control_words import korean
from auditor.model.finding import Evidence, Status, Verdict
from auditor.model.rule import PolicyRule
from auditor.model.text import Bilingual, plural


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """FAIL for each entity of each asset whose file (for a member: its archive) has the others-read bit, or an access list that
    lets further accounts read it.
    """
    lists = {
        (control.target, control.path): control.value for control in evidence.controls if control.name == "ssh.acl"
    }
    unknown = {
        control.target: control.detail
        for control in evidence.controls
        if control.name == "ssh.acls" and control.value is None
    }
    doubtful: set[str] = set()
    seen = found = False
    for observation, tally in tallies(rule, evidence):
        if observation.mode is None:
            continue
        seen, name = True, evidence.names.of(tally.entity)
        readers = lists.get((observation.target, observation.path.split(MEMBER_SEPARATOR)[0]))
        if readers and not observation.mode & stat.S_IROTH:
            found = True
            yield of_tally(
                Status.FAIL,
                observation,
                tally,
                Bilingual(
                    en=f"An access list lets {readers} read {plural(tally.distinct, f'{name.en} value')}",
                    ko=f"ACL에 의해 {readers} 계정이 {name.ko} {tally.distinct:,}건을 읽을 수 있음",
                ),
            )
            continue
        if not observation.mode & stat.S_IROTH:
            # With a list, the group's bits of the mode are its mask: without the right to read there, nobody further has it.
            if observation.target in unknown and observation.mode & stat.S_IRGRP:
                doubtful.add(observation.target)
            continue
        found = True
        mode = f"{stat.S_IMODE(observation.mode):04o}"
        yield of_tally(
            Status.FAIL,
            observation,
            tally,
            Bilingual(
                en=f"Any account of the server may read {plural(tally.distinct, f'{name.en} value')} (mode {mode})",
                ko=f"서버의 모든 계정이 {name.ko} {tally.distinct:,}건을 읽을 수 있음 (권한 {mode})",
            ),
        )
    for target in sorted(doubtful):
        yield of_target(
            Status.NOT_CHECKED,
            target,
            f"Whether access lists on {target} let further accounts read personal data could not be determined: "
            f"{unknown[target].rstrip('.')}.",
            f"{target}: ACL로 다른 계정이 개인정보를 읽을 수 있는지 확인할 수 없음 ({korean(unknown[target]).rstrip('.')}).",
        )
    if not seen:
        yield nothing_found(evidence)
    elif not found and not doubtful:
        yield nothing_against(evidence)
