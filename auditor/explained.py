"""What `auditor explain` answers with, and how a reading becomes an outcome: the real detection's matches decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from auditor.detectors.columns import Column
from auditor.detectors.detector import Detector
from auditor.detectors.explain import Announced, Considered
from auditor.detectors.explain_columns import ColumnFacts, column_says
from auditor.model.asset import Gap
from auditor.model.match import Match
from auditor.model.noun import noun

Result = Literal["taken", "candidate", "rejected"]
RESULTS: Final[tuple[Result, ...]] = ("taken", "candidate", "rejected")


@noun
class Outcome:
    """One reading and what became of it. `register`: "yes" or "no" where the bank's register could be asked.

    `score` is the match's, from 0 to 1; 0 for what was rejected.
    """

    considered: Considered
    result: Result
    reason: str
    why: tuple[str, ...] = ()
    score: float = 0.0
    register: str = ""


@noun
class Spot:
    """One line (`row` 0) or one row. `more` counts readings or rows beyond what is told."""

    line: int
    table: str = ""
    row: int = 0
    outcomes: tuple[Outcome, ...] = ()
    columns: tuple[ColumnFacts, ...] = ()
    announced: tuple[Announced, ...] = ()
    more: int = 0


@dataclass(slots=True, kw_only=True)
class TableFacts:
    """One table: its name, rows and columns."""

    name: str
    rows: int
    columns: tuple[ColumnFacts, ...]


@dataclass(slots=True, kw_only=True)
class FileFacts:
    """One file or archive member. `counts` are values by (entity, result); `sampled`: how many lines or cells the rejected
    ones were looked for in, with `complete` whether that was all. `unnamed`: entities of which only named values count here.
    """

    path: str
    extractor: str = ""
    encoding: str = ""
    kind: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    lines: int = 0
    tables: list[TableFacts] = field(default_factory=list)
    counts: Counter[tuple[str, Result]] = field(default_factory=Counter)
    rejections: Counter[tuple[str, str]] = field(default_factory=Counter)
    sampled: int = 0
    complete: bool = True
    gaps: list[Gap] = field(default_factory=list)


@noun
class Explanation:
    """The answer: the files met (an archive's members each), and at the place asked for its line or rows."""

    path: str
    line: int | None
    files: tuple[FileFacts, ...]
    spots: tuple[Spot, ...] = ()


InRegister = Callable[[str, bytes], str]


class Judge:
    """Settles readings of one line or row by the matches that detection made there."""

    def __init__(self, detector: Detector, in_register: InRegister, matches: Iterable[Match]) -> None:
        self._detector = detector
        self._in_register = in_register
        self._matches: dict[tuple[str, bytes], list[Match]] = {}
        for match in matches:
            self._matches.setdefault((match.entity, match.fingerprint), []).append(match)
        self._told: set[tuple[str, bytes]] = set()

    def settle(
        self,
        readings: Sequence[Considered],
        column: Column | None = None,
        others: Sequence[Column] = (),
        present: frozenset[str] = frozenset(),
    ) -> list[Outcome]:
        """The outcome of each reading of one line or cell. `others` and `present` are the table's."""
        found = [self._own(one) for one in readings]
        outcomes = []
        for one, matches in zip(readings, found, strict=True):
            taken = next((match for match in matches if not match.candidate), None)
            best = taken or next(iter(matches), None)
            if best is None:
                reason = self._why_none(one, list(zip(readings, found, strict=True)), column, others, present)
                outcomes.append(Outcome(considered=one, result="rejected", reason=reason))
                continue
            self._told.add((best.entity, best.fingerprint))
            result: Result = "taken" if taken else "candidate"
            reason = "; ".join(best.why) if taken else _why_candidate(best)
            if not taken and column is not None and (says := column_says(self._detector, one.rule, column, others, present)):  # fmt: skip
                reason += f" ({says})"
            register = self._in_register(best.entity, best.fingerprint)
            outcomes.append(Outcome(considered=one, result=result, reason=reason, why=best.why, score=best.score, register=register))  # fmt: skip
        return [outcome for outcome in outcomes if not _told_by_another(outcome, outcomes)]

    def rest(self) -> list[Outcome]:
        """The matches that no reading explains: those of a user's own Presidio recognisers."""
        return [
            Outcome(considered=_stated(match), result="candidate" if match.candidate else "taken", reason="; ".join(match.why), why=match.why, score=match.score,
                    register=self._in_register(match.entity, match.fingerprint))
            for key, matches in self._matches.items() if key not in self._told
            for match in matches
        ]  # fmt: skip

    def _own(self, one: Considered) -> list[Match]:
        if one.refused or one.status == "rejected":
            return []
        return self._matches.get((one.entity, one.fingerprint), [])

    def _why_none(
        self,
        one: Considered,
        found: Sequence[tuple[Considered, list[Match]]],
        column: Column | None,
        others: Sequence[Column],
        present: frozenset[str],
    ) -> str:
        if one.refused:
            return one.refused
        if one.status == "rejected":
            return one.reasons[-1] if one.reasons else "the rule's own conditions"
        for other, matches in found:
            if matches and other.start <= one.end and one.start <= other.end:
                return f"the same characters were read as {other.entity}"
        if column is not None and (says := column_says(self._detector, one.rule, column, others, present)):
            return says
        if not one.gate:
            return "no gate let it through: what every value of it has does not stand there"
        if one.status == "open":
            return "nothing speaks for it but its shape: no field name, no word near it, nothing personal beside it"
        return "what stands around it in the file decided otherwise"


def _why_candidate(match: Match) -> str:
    beyond = [word for word in match.why if word.startswith("nothing ")]
    return (
        beyond[0]
        if beyond
        else "nothing speaks for it but its shape: told as possible, and counted only if the same value is confirmed elsewhere"
    )


def _stated(match: Match) -> Considered:
    return Considered(
        rule="", entity=match.entity, fingerprint=match.fingerprint, start=0, end=0, mask=match.mask,
        pattern=match.why[0] if match.why else "", gate=True, score=match.score,
        status="open" if match.candidate else "accepted", reasons=match.why,
    )  # fmt: skip


def _told_by_another(outcome: Outcome, outcomes: Sequence[Outcome]) -> bool:
    """Whether the same characters were taken for the same entity by another rule: that this one did not is no news."""
    one = outcome.considered
    return outcome.result == "rejected" and any(
        other.result == "taken"
        and other.considered.entity == one.entity
        and other.considered.start <= one.start
        and one.end <= other.considered.end
        for other in outcomes
    )
