"""Personal data where a rule allows none: anywhere, or in some folders (`params.folders`: globs of path parts)."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks._common import nothing_found, of_tally, path_matches, tallies
from auditor.model.finding import Evidence, Status, Verdict
from auditor.model.rule import PolicyRule
from auditor.model.text import Bilingual, plural


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """One FAIL an asset and entity that lies in such a folder."""
    folders = tuple(rule.params.get("folders", ()))
    found = False
    for observation, tally in tallies(rule, evidence):
        if folders and not path_matches(evidence.within(observation.path), folders):
            continue
        found, name = True, evidence.names.of(tally.entity)
        yield of_tally(
            Status.FAIL,
            observation,
            tally,
            Bilingual(
                en=f"{plural(tally.distinct, f'distinct {name.en} value')} in {observation.path}",
                ko=f"{observation.path}에서 {name.ko} 서로 다른 값 {tally.distinct:,}건 발견",
            ),
        )
    if not found:
        yield nothing_found(evidence)
