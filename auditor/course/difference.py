"""Two runs held against each other. Pure; the same for findings in any order.

Gone is only what the newer run examined again: a policy that did not run, a gap, or a run of which that is unknown leaves a
finding NOT_EXAMINED.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from auditor.judge import in_reach
from auditor.model.asset import Gap
from auditor.model.finding import Finding
from auditor.model.noun import noun


class Step(StrEnum):
    """From the older run to the newer. GROWN and SHRUNK count distinct values, UPDATED occurrences alone."""

    NEW = "new"
    GROWN = "grown"
    NOT_EXAMINED = "not-examined"
    UPDATED = "updated"
    SHRUNK = "shrunk"
    UNCHANGED = "unchanged"
    GONE = "gone"


@noun
class Side:
    """One of the two runs. `rules` are the policies that ran, None where that is unknown; `findings` are all, suppressed ones too.

    `reached` are the targets of which something was listed, None where that is unknown. `open` are the fingerprints of findings that
    the run carries on as not examined; `closed` those of which it says itself that they are gone.
    """

    label: str
    country: str = ""
    """The entrusting company's, as its time zone; empty where that is unknown."""
    time_zone: str = ""
    engagement: str
    profile: str
    ruleset: str
    started: datetime
    complete: bool
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    rules: frozenset[str] | None = None
    reached: frozenset[str] | None = None
    open: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()


@noun
class Difference:
    """One finding in both runs: `old` None for a new one, `new` None for one that is no longer there or was not examined."""

    step: Step
    old: Finding | None
    new: Finding | None

    @property
    def finding(self) -> Finding:
        """The newer of the two."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def accepted(self) -> bool:
        """Whether the newer run accepts it."""
        return self.new is not None and self.new.track.suppression is not None

    @property
    def alarming(self) -> bool:
        """Whether it makes the exit code 1: new or grown, and not accepted."""
        return self.step in (Step.NEW, Step.GROWN) and not self.accepted


def differences(old: Side, new: Side) -> tuple[Difference, ...]:
    """Every finding of either run, what needs attention first, then by level, rule and place."""
    before = {finding.fingerprint: finding for finding in old.findings}
    after = {finding.fingerprint: finding for finding in new.findings}
    same_rules = old.profile == new.profile and old.ruleset == new.ruleset
    found = [_step(before.get(key), after.get(key), new, same_rules=same_rules) for key in before.keys() | after.keys()]
    return tuple(sorted(found, key=_order))


def _step(old: Finding | None, new: Finding | None, run: Side, *, same_rules: bool) -> Difference:
    if new is None:
        assert old is not None
        step = Step.GONE if _examined(old, run, same_rules=same_rules) else Step.NOT_EXAMINED
    elif old is None:
        step = Step.NEW
    elif new.verdict.count != old.verdict.count:
        step = Step.GROWN if new.verdict.count > old.verdict.count else Step.SHRUNK
    else:
        step = Step.UNCHANGED if new.verdict.matches == old.verdict.matches else Step.UPDATED
    return Difference(step=step, old=old, new=new)


def _examined(old: Finding, run: Side, *, same_rules: bool) -> bool:
    if old.fingerprint in run.open or old.fingerprint in run.closed:
        return old.fingerprint in run.closed
    ran = same_rules if run.rules is None else old.rule in run.rules
    return ran and in_reach(old, run.gaps, run.reached)


def _order(difference: Difference) -> tuple[int, int, str, str, str, str]:
    verdict = difference.finding.verdict
    steps: Sequence[Step] = tuple(Step)
    return (
        steps.index(difference.step),
        -difference.finding.level,
        difference.finding.rule,
        verdict.target,
        verdict.path,
        difference.finding.fingerprint,
    )
