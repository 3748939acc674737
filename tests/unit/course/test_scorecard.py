"""A questionnaire answered from results: nothing good that was not checked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.course.scorecard import fill
from auditor.model.course import Answer
from auditor.model.finding import PolicyResult, Status
from auditor.model.rule import Level, Question, ScorecardRule
from auditor.model.text import Bilingual
from auditor.ruleset.loader import load
from tests.unit.course_model import TEXT, found


def result(rule: str, *statuses: Status) -> PolicyResult:
    return PolicyResult(
        rule=rule, title=TEXT, description=TEXT, remediation=(), level=Level.HIGH, status=statuses[0],
        counts={status: statuses.count(status) for status in statuses}, messages=(TEXT,),
    )  # fmt: skip


def answer(
    *results: PolicyResult, policies: tuple[str, ...] = ("r",), level: Level | None = None, accepted: bool = False
) -> tuple[Answer, int | None, bool]:
    card = ScorecardRule(
        id="c", title=TEXT, lead=TEXT, questions=(Question(area=TEXT, question=TEXT, ask=TEXT, policies=policies),)
    )
    findings = [found(level=level)] if level is not None else []
    filled = fill(card, results, findings, [found()] if accepted else [], Level.MEDIUM)
    [row] = filled.rows
    assert filled.score == (row.score or 0)
    assert filled.best == (0 if row.score is None else 2)
    assert filled.to_ask == (row.ask is not None)
    return row.answer, row.score, row.ask is not None


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((Status.PASS,), (Answer.MET, 2, False)),
        ((Status.NOT_CHECKED,), (Answer.UNKNOWN, None, True)),
        ((Status.ERROR,), (Answer.UNKNOWN, None, True)),
        ((Status.PASS, Status.NOT_CHECKED), (Answer.UNKNOWN, None, True)),
        ((Status.NOT_APPLICABLE,), (Answer.NOT_APPLICABLE, None, False)),
        ((Status.PASS, Status.NOT_APPLICABLE), (Answer.MET, 2, False)),
    ],
)
def test_without_findings_the_status_answers(statuses: tuple[Status, ...], expected: object) -> None:
    assert answer(result("r", *statuses)) == expected


def test_findings_are_bad_answers_by_their_level_and_accepted_ones_half_good() -> None:
    assert answer(result("r", Status.FAIL), level=Level.MEDIUM) == (Answer.NOT_MET, 0, True)
    assert answer(result("r", Status.FAIL), level=Level.LOW) == (Answer.PARTLY, 1, True)
    assert answer(result("r", Status.FAIL), accepted=True) == (Answer.PARTLY, 1, True)


def test_a_policy_that_did_not_run_leaves_the_question_open() -> None:
    assert answer(result("r", Status.PASS), policies=("r", "s"))[0] is Answer.UNKNOWN
    assert answer(policies=("s",))[0] is Answer.UNKNOWN


def test_what_no_policy_answers_the_vendor_is_asked() -> None:
    assert answer(policies=()) == (Answer.ASK, None, True)


def test_the_projects_own_card_asks_about_all_its_profile_checks() -> None:
    rules = load()
    profile = rules.profile("due-diligence")
    card = rules.scorecard_of(profile)
    assert card is not None
    asked = {policy for question in card.questions for policy in question.policies}
    assert asked == set(profile.policies)
    assert any(not question.policies for question in card.questions)
    assert rules.scorecard_of(replace(profile, scorecard=None)) is None


def test_the_evidence_names_each_policy_with_its_own_findings() -> None:
    question = Question(area=TEXT, question=TEXT, ask=TEXT, policies=("r", "s", "u", "v", "w"))
    results = [
        replace(result("r", Status.FAIL), title=Bilingual(en="Tests", ko="시험")),
        replace(result("s", Status.FAIL), title=Bilingual(en="Logs", ko="로그")),
        replace(result("u", Status.PASS), title=Bilingual(en="Keys", ko="키")),
        replace(
            result("v", Status.NOT_CHECKED), messages=(Bilingual(en="2 items were not examined.", ko="미점검 2건."),)
        ),
    ]
    findings = [found("a", count=3), found("b", count=1200), found("c", rule="s", count=7)]
    card = ScorecardRule(id="c", title=TEXT, lead=TEXT, questions=(question,))
    [row] = fill(card, results, findings, [found("d", rule="s")], Level.MEDIUM).rows
    assert [text.en for text in row.evidence] == [
        "Tests: 2 finding(s), 1,203 distinct value(s)",
        "Logs: 1 finding(s), 7 distinct value(s)",
        "Logs: 1 finding(s) accepted",
        "Keys: not found in the whole scope",
        "2 items were not examined.",
        "Not checked by this profile: w",
    ]
    assert all(
        "가" <= character <= "힣" for text in row.evidence for character in text.ko[:1] if not character.isascii()
    )
