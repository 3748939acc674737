"""Which accounts may read the tables that hold personal data: grants joined to what was found in each table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from auditor.checks._common import not_applicable, nothing_against, nothing_found, of_tally, of_target, tallies
from auditor.model.asset import MEMBER_SEPARATOR, Control
from auditor.model.control_words import korean
from auditor.model.finding import EntityTally, Evidence, Observation, Status, Verdict
from auditor.model.rule import Level, PolicyRule
from auditor.model.text import Bilingual, plural

EVERYBODY = "public"
"""The value of `database.readers` where every account of the server may read."""


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """FAIL for each entity of each table that everybody may read (`params.everybody`), or more than `params.most` accounts.

    Values in clear that everybody may read are one finding, of the highest level. Where grants could not be seen: NOT_CHECKED.
    """
    everybody, most = bool(rule.params.get("everybody")), int(rule.params.get("most", 0))
    known: dict[tuple[str, str], Control] = {}
    targets: defaultdict[str, list[Control]] = defaultdict(list)
    for control in evidence.controls:
        if control.name == "database.readers":
            known[control.target, control.path] = control
            targets[control.target].append(control)
    if not targets:
        yield not_applicable("No database is in scope.", "점검 범위에 데이터베이스가 없습니다.")
        return
    for target, controls in targets.items():
        for control in controls:
            if control.value is None:
                yield of_target(
                    Status.NOT_CHECKED,
                    target,
                    f"Who may read the tables of {target} could not be determined: {control.detail}",
                    f"{target}의 테이블을 조회할 수 있는 계정을 확인할 수 없음: {korean(control.detail)}",
                )
    seen = failed = False
    for observation, tally in tallies(rule, evidence):
        control_of = known.get((observation.target, observation.path.split(MEMBER_SEPARATOR)[0])) or known.get((observation.target, ""))  # fmt: skip
        if control_of is None or control_of.value is None:
            continue
        seen = True
        verdict = _verdict(
            observation, tally, evidence.names.of(tally.entity), control_of, everybody=everybody, most=most
        )
        failed = failed or verdict.status is Status.FAIL
        yield verdict
    if not seen and all(control.value is not None for control in known.values()):
        yield nothing_found(evidence)
    elif seen and evidence.gaps and not failed:
        yield nothing_against(evidence)


def _verdict(
    observation: Observation, tally: EntityTally, name: Bilingual, control: Control, *, everybody: bool, most: int
) -> Verdict:
    public = control.value == EVERYBODY
    number = 0 if public else int(control.value or 0)
    failed = public if everybody else number > most
    clear = tally.matches - tally.protected
    if public:
        message = Bilingual(
            en=f"Every account of the server may read {plural(tally.distinct, f'{name.en} value')}, {clear:,} in clear. {control.detail}",
            ko=f"서버의 모든 계정이 {name.ko} {tally.distinct:,}건(평문 {clear:,}건)을 조회할 수 있음. {korean(control.detail)}",
        )
    else:
        message = Bilingual(
            en=f"{plural(number, 'account')} besides the owner and administrators may read {plural(tally.distinct, f'{name.en} value')}. {control.detail}",
            ko=f"소유자와 관리자 외 계정 {number}개가 {name.ko} {tally.distinct:,}건을 조회할 수 있음. {korean(control.detail)}",
        )
    # What everybody may read is one finding, under the policy that asks for it.
    good = Status.NOT_APPLICABLE if public else Status.PASS
    verdict = of_tally(Status.FAIL if failed else good, observation, tally, message)
    if failed and public and clear:
        return replace(verdict, level=Level.CRITICAL)
    return verdict
