"""How much of what was found is the bank's own: the register's sentences, the same in every format."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.finding import EntityTally, Finding, Run
from auditor.reporters.strings import Strings


def sentences(run: Run, strings: Strings) -> tuple[str, ...]:
    """For the first screen: how many of the people found (of the values, where people are estimated) are in the register, and how
    many customers to notify."""
    return tuple(_sentences(run, strings))


def _sentences(run: Run, strings: Strings) -> Iterator[str]:
    t, held = strings.text, run.register
    if held is None or not run.observations:
        return
    if held.people_compared:
        yield t("register.people", n=run.people, matched=held.people_matched)
        if run.people > held.people_compared:
            yield t("register.people_incomparable", n=run.people - held.people_compared)
    elif held.compared:
        yield t("register.values", n=held.compared, matched=held.matched)
    else:
        yield t("register.nothing")
    if held.matched_customers:
        yield t("register.notify", n=held.matched_customers)


def note(run: Run, tally: EntityTally | None, strings: Strings) -> str:
    """For one kind of data in one place: matched, not in the register, or not comparable; "" where there was no register."""
    if run.register is None or tally is None:
        return ""
    if not tally.compared:
        return strings.text("register.incomparable")
    text = strings.text("register.matched", n=tally.compared, matched=tally.matched)
    rest = tally.distinct - tally.compared
    return f"{text}; {strings.text('register.rest', n=rest)}" if rest > 0 else text


class Tallies:
    """The tally that each finding of a run speaks of, by its place and entity."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._held = {
            (seen.target, seen.path, seen.version, tally.entity): tally
            for seen in run.observations
            for tally in seen.tallies
        }

    def of(self, finding: Finding) -> EntityTally | None:
        """None where it speaks of a whole target, or of several kinds of data."""
        v = finding.verdict
        return self._held.get((v.target, v.path, v.version, v.entity))

    def note(self, finding: Finding, strings: Strings) -> str:
        """`note` of its tally."""
        return note(self._run, self.of(finding), strings)
