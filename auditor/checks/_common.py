"""What checks share: which tallies a rule is about, verdicts about them, whole days in the contract's calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from auditor.model.calendar import day_of
from auditor.model.engagement import Engagement
from auditor.model.finding import EntityTally, Evidence, Observation, Status, Verdict
from auditor.model.globs import covers
from auditor.model.rule import PolicyRule
from auditor.model.terms import exception
from auditor.model.text import Bilingual, plural


def local_day(moment: datetime, engagement: Engagement | None) -> date:
    """The day in the entrusting company's country; UTC where its offset is not known."""
    return day_of(moment, engagement.entrusting if engagement else None)


def is_about(rule: PolicyRule, tally: EntityTally) -> bool:
    """Whether a rule is about that entity: by its list of entities and its list of sensitivity classes.

    Where only hashes of it stand, no rule is (docs/decisions/002-salted-hashes.md).
    """
    if tally.hashed >= tally.matches:
        return False
    if rule.entities and tally.entity not in rule.entities:
        return False
    return not rule.sensitivities or tally.sensitivity in rule.sensitivities


def tallies(rule: PolicyRule, evidence: Evidence) -> Iterator[tuple[Observation, EntityTally]]:
    """Every (asset, entity) the rule is about."""
    for observation in evidence.observations:
        for tally in observation.tallies:
            if is_about(rule, tally):
                yield observation, tally


def held_against(rule: PolicyRule, evidence: Evidence, observation: Observation, tally: EntityTally) -> bool:
    """Whether the rule is about that entity and no live exception by law lets the vendor keep it there."""
    engagement = evidence.engagement
    if engagement is None or not is_about(rule, tally):
        return False
    covered = exception(engagement, tally.entity, observation.target, observation.path)
    return covered is None or local_day(evidence.now, engagement) > covered.until


def of_tally(
    status: Status,
    observation: Observation,
    tally: EntityTally,
    message: Bilingual,
    *,
    days: int | None = None,
    since: date | None = None,
) -> Verdict:
    """A verdict about one entity in one asset. Counts people where the asset has some, else distinct values."""
    return Verdict(
        status=status,
        message=message,
        subject=observation.identity,
        target=observation.target,
        path=observation.path,
        version=observation.version,
        entity=tally.entity,
        count=tally.distinct,
        place=tally.place,
        line=tally.line,
        mask=tally.mask,
        matches=tally.matches,
        days=days,
        since=since,
    )


def of_target(status: Status, target: str, en: str, ko: str, *, partial: bool = False) -> Verdict:
    """A verdict about a target as a whole. `partial`: only what was not examined leaves it open."""
    return Verdict(status=status, message=Bilingual(en=en, ko=ko), subject=target, target=target, partial=partial)


def not_applicable(en: str, ko: str) -> Verdict:
    """The engagement or the targets have nothing that the rule is about."""
    return Verdict(status=Status.NOT_APPLICABLE, message=Bilingual(en=en, ko=ko))


def not_checked(en: str, ko: str, *, partial: bool = False) -> Verdict:
    """What the rule asks could not be determined. `partial`: only what was not examined leaves it open."""
    return Verdict(status=Status.NOT_CHECKED, message=Bilingual(en=en, ko=ko), partial=partial)


def quoted(clause: str) -> Bilingual:
    """A contract's clause at the end of a message; nothing where it has no name."""
    return Bilingual(en=f" ({clause})" if clause else "", ko=f" ({clause})" if clause else "")


def unseen(number: int) -> str:
    """How many items were not examined, as an English clause."""
    return f"{plural(number, 'item')} {'was' if number == 1 else 'were'} not examined"


def nothing_against(evidence: Evidence) -> Verdict:
    """The verdict of a rule that something was found of, and nothing against it: a pass only if all was examined."""
    said = Bilingual(en="Nothing against it", ko="위반 사항이 없으나")
    return _nothing(evidence, said, "전체 점검 범위에서 해당 사항이 없습니다.")


def nothing_found(evidence: Evidence) -> Verdict:
    """The verdict of a rule that met nothing of what it is about: a pass only if all of the scope was examined."""
    said = Bilingual(en="Nothing found", ko="발견되지 않았으나")
    return _nothing(evidence, said, "전체 점검 범위에서 발견되지 않았습니다.")


def _nothing(evidence: Evidence, said: Bilingual, whole: str) -> Verdict:
    """`said` of what was examined, `whole` of all of the scope: Korean ends its sentences otherwise."""
    if evidence.gaps:
        return not_checked(
            f"{said.en} in what was examined, but {unseen(len(evidence.gaps))}.",
            f"점검한 범위에서는 {said.ko}, 미점검 항목이 {len(evidence.gaps):,}건 있습니다.",
            partial=True,
        )
    return Verdict(status=Status.PASS, message=Bilingual(en=f"{said.en} in the whole scope.", ko=whole))


def path_matches(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether a path lies under one of the globs (`test`, `fixtures`, `*.git`), in small letters or large ones."""
    folded = path.casefold()
    return any(covers(pattern.casefold(), folded) for pattern in patterns)
