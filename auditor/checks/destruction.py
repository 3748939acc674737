"""The destruction certificate against the evidence: does its scope still hold what it says was destroyed?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auditor.checks._common import held_against, local_day, not_applicable, of_target, unseen
from auditor.model.engagement import SshTarget
from auditor.model.finding import Evidence, Observation, Status, Verdict
from auditor.model.rule import PolicyRule
from auditor.model.text import Bilingual, plural, printable


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """One verdict a target of the certificate's scope: FAIL contradicted, PASS verified, NOT_CHECKED not wholly examined.

    Contradicted needs one value that no live exception by law covers; verified needs the whole target examined without a gap, and
    nothing left out because the engagement says so. Until the declared day NOT_CHECKED: what is to come can be neither.
    """
    engagement = evidence.engagement
    certificate = engagement.destruction if engagement else None
    if engagement is None or certificate is None:
        yield not_applicable("No destruction certificate was given.", "제출된 파기확인서가 없습니다.")
        return
    targets = certificate.scope or tuple(target.name for target in engagement.targets)
    if local_day(evidence.now, engagement) < certificate.declared:
        for target in targets:
            yield _not_verified(
                target,
                f"The certificate declares the destruction for {certificate.declared}, which is still to come.",
                f"파기확인서의 파기일({certificate.declared})이 아직 도래하지 않아 파기를 검증할 수 없습니다.",
            )
        return
    for target in targets:
        held = partial(held_against, rule, evidence)
        assets = contradicting(rule, evidence, target)
        gaps, left_out = evidence.gaps_of(target), kept_from(evidence, target)
        listed = any(coverage.target == target and coverage.assets for coverage in evidence.coverage)
        if assets:
            found = [tally for o in assets for tally in o.tallies if held(o, tally)]
            dates = [local_day(o.modified, engagement) for o in assets if o.modified]
            entities = evidence.names.all(tally.entity for tally in found)
            worst = max(assets, key=lambda o: (o.people, sum(t.distinct for t in o.tallies)))
            yield Verdict(
                subject=target,
                target=target,
                status=Status.FAIL,
                message=Bilingual(
                    en=f"Declared destroyed on {certificate.declared}, but on {target} {plural(len(assets), 'item')} still"
                    f" {'holds' if len(assets) == 1 else 'hold'} {entities.en}.",
                    ko=f"{certificate.declared} 파기 완료로 확인되었으나, {target}의 {len(assets)}개 항목에 {entities.ko} 잔존.",
                ),
                path=worst.path,
                version=worst.version,
                count=max(worst.people, max(tally.distinct for tally in found)),
                matches=sum(tally.matches for tally in found),
                days=(local_day(evidence.now, engagement) - certificate.declared).days,
                since=min(dates, default=None),
            )
        elif gaps:
            yield _not_verified(
                target,
                partial=True,
                english=f"Nothing found on {target}, but {unseen(gaps)}: declared, not verified.",
                korean=f"{target}에서 발견되지 않았으나 미점검 항목 {gaps:,}건이 있어 파기를 검증할 수 없습니다.",
            )
        elif not listed:
            yield _not_verified(
                target,
                f"Nothing at all was listed on {target}. An empty place may be the wrong place: declared, not verified.",
                f"{target}에서 확인된 파일·객체가 없습니다. 위치가 잘못 지정되었을 수 있어 파기를 검증할 수 없습니다.",
            )
        elif left_out:
            yield _not_verified(
                target,
                partial=True,
                english=f"Nothing found on {target}, but the audit left out {', '.join(text.en for text in left_out)}: declared, not verified.",
                korean=f"{target}에서 발견되지 않았으나 점검에서 제외된 범위가 있어 파기를 검증할 수 없습니다: {', '.join(text.ko for text in left_out)}.",
            )
        elif not evidence.whole(target):
            yield _not_verified(
                target,
                f"Nothing found on {target}, but less was examined than listed: declared, not verified.",
                f"{target}에서 발견되지 않았으나 확인된 항목을 모두 점검하지 못하여 파기를 검증할 수 없습니다.",
            )
        elif undecided := [seen for seen in evidence.possible if seen.target == target]:
            yield _not_verified(
                target,
                partial=True,  # nothing is left to examine: the values have a finding of their own, which may be accepted
                english=f"Nothing certain found on {target}, but {plural(len(undecided), 'item')} {'holds' if len(undecided) == 1 else 'hold'}"
                " values that may be identifiers: declared, not verified.",
                korean=f"{target}에서 확실한 개인정보는 발견되지 않았으나, 식별정보일 수 있는 값이 {len(undecided):,}개 항목에 있어 파기를 검증할 수 없습니다.",
            )
        else:
            yield of_target(
                Status.PASS,
                target,
                f"All of {target} was examined; nothing of what was declared destroyed was found.",
                f"{target} 전체를 점검하였으며 파기 대상 자료가 발견되지 않았습니다.",
            )


def _not_verified(target: str, english: str, korean: str, *, partial: bool = False) -> Verdict:
    return of_target(Status.NOT_CHECKED, target, english, korean, partial=partial)


def kept_from(evidence: Evidence, target: str) -> tuple[Bilingual, ...]:
    """What the audit did not look at on a target by the engagement's own words, or because the service does not show it.

    The kernel's folders and caches of packages, which are left out by default, are none of it.
    """
    found = (
        next((item for item in evidence.engagement.targets if item.name == target), None)
        if evidence.engagement
        else None
    )
    patterns = {printable(pattern) for pattern in found.exclude} if isinstance(found, SshTarget) else set()
    left_out = [
        Bilingual(en=str(control.value), ko=str(control.value))
        for control in evidence.controls
        if control.target == target and control.name == "ssh.excluded" and str(control.value) in patterns
    ]
    if any(
        c.target == target and c.name == "bucket.versions_listed" and c.value is not True for c in evidence.controls
    ):
        left_out.append(Bilingual(en="older and deleted object versions", ko="이전·삭제 객체 버전"))
    return tuple(left_out)


def contradicting(rule: PolicyRule, evidence: Evidence, target: str) -> list[Observation]:
    """The assets of a target that hold what was declared destroyed, in the order of the evidence."""
    return [
        seen
        for seen in evidence.observations
        if seen.target == target and any(held_against(rule, evidence, seen, tally) for tally in seen.tallies)
    ]
