"""Answers a questionnaire from a run's results. Nothing is answered well that was not checked; what is open, the vendor is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from auditor.model.course import Answer, Answered, Scorecard
from auditor.model.finding import Finding, PolicyResult, Status
from auditor.model.rule import Level, Question, ScorecardRule
from auditor.model.text import Bilingual

_SCORES: Final = {Answer.MET: 2, Answer.PARTLY: 1, Answer.NOT_MET: 0}
_BEST: Final = 2
_SETTLED: Final = (Answer.MET, Answer.NOT_APPLICABLE)


def fill(
    card: ScorecardRule,
    results: Sequence[PolicyResult],
    findings: Sequence[Finding],
    suppressed: Sequence[Finding],
    fail_on: Level,
) -> Scorecard:
    """Every question with its answer. `findings` count, `suppressed` ones are accepted; `fail_on` tells grave from small."""
    rows = tuple(_row(question, results, findings, suppressed, fail_on) for question in card.questions)
    scores = [row.score for row in rows if row.score is not None]
    return Scorecard(
        id=card.id, title=card.title, lead=card.lead, rows=rows, score=sum(scores), best=_BEST * len(scores),
        to_ask=sum(row.ask is not None for row in rows),
    )  # fmt: skip


def _row(
    question: Question,
    results: Sequence[PolicyResult],
    findings: Sequence[Finding],
    suppressed: Sequence[Finding],
    fail_on: Level,
) -> Answered:
    own = [result for result in results if result.rule in question.policies]
    found = [finding for finding in findings if finding.rule in question.policies]
    accepted = [finding for finding in suppressed if finding.rule in question.policies]
    answer = _answer(question, own, found, accepted, fail_on)
    return Answered(
        area=question.area,
        question=question.question,
        answer=answer,
        score=_SCORES.get(answer),
        evidence=tuple(_evidence(question, own, found, accepted)),
        ask=None if answer in _SETTLED else question.ask,
        policies=question.policies,
    )


def _answer(
    question: Question, own: list[PolicyResult], found: list[Finding], accepted: list[Finding], fail_on: Level
) -> Answer:
    if not question.policies:
        return Answer.ASK
    if any(finding.level >= fail_on for finding in found):
        return Answer.NOT_MET
    statuses = {result.status for result in own}
    unknown = len(own) < len(question.policies) or any(
        result.counts.get(status, 0) for result in own for status in (Status.ERROR, Status.NOT_CHECKED)
    )
    if found or accepted:
        return Answer.PARTLY
    if unknown or statuses & {Status.ERROR, Status.NOT_CHECKED, Status.FAIL}:
        return Answer.UNKNOWN
    return Answer.NOT_APPLICABLE if statuses == {Status.NOT_APPLICABLE} else Answer.MET


def _evidence(
    question: Question, own: list[PolicyResult], found: list[Finding], accepted: list[Finding]
) -> Iterator[Bilingual]:
    for result in own:
        mine = [finding for finding in found if finding.rule == result.rule]
        if mine:
            values = sum(finding.verdict.count for finding in mine)
            yield Bilingual(
                en=f"{result.title.en}: {len(mine):,} finding(s), {values:,} distinct value(s)",
                ko=f"{result.title.ko}: 발견 사항 {len(mine):,}건, 고유값 {values:,}건",
            )
        if waived := sum(finding.rule == result.rule for finding in accepted):
            yield Bilingual(
                en=f"{result.title.en}: {waived:,} finding(s) accepted",
                ko=f"{result.title.ko}: 예외 승인 {waived:,}건",
            )
        if result.status is Status.PASS:
            yield Bilingual(
                en=f"{result.title.en}: not found in the whole scope",
                ko=f"{result.title.ko}: 전체 범위에서 발견되지 않음",
            )
        if result.status in (Status.ERROR, Status.NOT_CHECKED):
            yield from result.messages[:1]
    missing = [policy for policy in question.policies if policy not in {result.rule for result in own}]
    if missing:
        names = ", ".join(missing)
        yield Bilingual(en=f"Not checked by this profile: {names}", ko=f"이 프로파일에서 점검하지 않음: {names}")
