"""Values that have an identifier's shape and nothing beside them that says what they are: no verdict of clean may hide them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.checks._common import is_about, nothing_found, of_tally
from auditor.model.finding import Evidence, Status, Verdict
from auditor.model.rule import PolicyRule
from auditor.model.text import Bilingual, plural


def check(rule: PolicyRule, evidence: Evidence) -> Iterator[Verdict]:
    """One FAIL an asset and entity with such values; `count` are the distinct ones."""
    found = False
    for observation in evidence.possible:
        for tally in observation.tallies:
            if not is_about(rule, tally):
                continue
            found, name = True, evidence.names.of(tally.entity)
            yield of_tally(
                Status.FAIL,
                observation,
                tally,
                Bilingual(
                    en=f"{plural(tally.distinct, 'distinct value')} in {observation.path} may be {name.en}: the shape fits, and nothing says what they are",
                    ko=f"{observation.path}에서 {name.ko}일 수 있는 서로 다른 값 {tally.distinct:,}건 발견(형식만 일치하며 값의 성격을 나타내는 표시가 없음)",
                ),
            )
    if not found:
        yield nothing_found(evidence)
