"""Kinds of data that are worse together: in one table or record they answer a bank's own questions, or name who is behind a key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.checks._common import is_about, nothing_found, of_tally
from auditor.model.finding import EntityTally, Evidence, Observation, Status, Verdict
from auditor.model.rule import PolicyRule
from auditor.model.text import Bilingual


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """FAIL for each asset in which one table or record holds an entity of every list of `params.together`.

    `[[KR_CI], [KR_RRN, KR_FRN]]` is a CI beside a resident or foreigner number. Hashes do not count (decisions/002).
    """
    lists = tuple(frozenset(map(str, group)) for group in rule.params["together"])
    found = False
    for observation in evidence.observations:
        tallies = {tally.entity: tally for tally in observation.tallies if is_about(rule, tally)}
        together = _together(observation, lists, frozenset(tallies))
        if together is None:
            continue
        found = True
        named = [tallies[entity] for entity in together]
        fewest = min(tally.distinct for tally in named)
        verdict = of_tally(
            Status.FAIL, observation, _first(lists, named), _message(observation, evidence.names.all(together))
        )
        yield replace(verdict, count=observation.people or fewest)
    if not found:
        yield nothing_found(evidence)


def _together(
    observation: Observation, lists: tuple[frozenset[str], ...], present: frozenset[str]
) -> tuple[str, ...] | None:
    """The entities of the first group, in name order, that has one of every list; None if no group has."""
    for group in sorted(observation.together, key=sorted):
        there = group & present
        if all(there & wanted for wanted in lists):
            return tuple(sorted(there & frozenset().union(*lists)))
    return None


def _first(lists: tuple[frozenset[str], ...], named: list[EntityTally]) -> EntityTally:
    """What the finding is shown by: an entity of the first list."""
    return next(tally for tally in named if tally.entity in lists[0])


def _message(observation: Observation, entities: Bilingual) -> Bilingual:
    return Bilingual(
        en=f"Together in one table or record of {observation.path}: {entities.en}",
        ko=f"{observation.path}의 한 테이블 또는 레코드에 함께 저장됨: {entities.ko}",
    )
