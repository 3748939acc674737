"""What no schema can tell of a rule: names, expressions, translations."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.ruleset.expressions import faults, is_class
from auditor.ruleset.loader import inspect

VALIDATORS = frozenset({"luhn", "kr_rrn"})


@pytest.mark.parametrize(
    ("old", "new", "cause", "cure"),
    [
        ("check: retention", "check: retension", 'no check "retension"', 'did you mean "retention"?'),
        ("validator: luhn", "validator: lunh", 'no validator "lunh"', 'did you mean "luhn"?'),
        ("entities: [EXAMPLE_MEMBER]", "entities: [EXAMPLE_MEMBR]", 'finds "EXAMPLE_MEMBR"', "EXAMPLE_MEMBER"),
        ("siblings: [EXAMPLE_MEMBER]", "siblings: [NICKNAM]", 'no rule finds "NICKNAM"', "EXAMPLE_MEMBER"),
        ("policies: [kept-too-long]", "policies: [kept-to-long]", "no policy", "kept-too-long"),
        ("policies: [kept-too-long]", "policies: [kept-too-long, kept-too-long]", "stands here twice", "delete"),
        ("ko: 주간}", "ko: Weekly}", "not translated", "Korean"),
        ("ko: 아직 남아 있습니다.", "ko: It is still there.", "not translated", "Korean"),
        ("steps: [{people: 100, level: critical}]", "steps: [{people: 9, level: high}, {people: 9, level: critical}]",
         "a step must have more people", "order"),
        ("name: bare", "name: dashed", "stands here twice", "change"),
        ("boundary: '[A-Za-z0-9]'", "boundary: 'A-Z'", "not a character class", "[A-Za-z0-9]"),
        ("boundary: '[A-Za-z0-9]'", r"boundary: '[\w]'", r"boundary: \w", "write the characters out"),
        ("values: ['M-0{6}']", "values: ['M-(0']", "values: is not a regular expression", "single quotes"),
        ("regex: 'M-[0-9]{6}'", r"regex: 'M-[0-9]{6}\b'", r"regex: \b", "boundary"),
        ("regex: 'M-[0-9]{6}'", "regex: 'M-[0-9]{6,2000}'", "RE2 refuses", "share"),
        ("score: 0.6", "score: 0.6\n    gate: '(?=M)'", "gate: look-around", "boundary"),
        ("context: [member, 회원]", "field_value: '(a+)+'", "field_value: an unbounded repetition", "stand between"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_at_its_place(rules, old: str, new: str, cause: str, cure: str) -> None:
    rules.change(old, new)
    found = inspect((rules.path,), validators=VALIDATORS).problems
    assert [cause in problem.cause for problem in found] == [True], found
    assert cure in found[0].cure
    assert found[0].line > 1


def test_a_rule_that_can_find_nothing(rules) -> None:
    text = (rules.path / "recognizers/kr/member.yaml").read_text("utf-8")
    without = re.sub(r"(?s)patterns:.*?context: \[member, 회원\]\n", "", text)
    rules.write("recognizers/kr/member.yaml", without)
    (problem,) = inspect((rules.path,), validators=VALIDATORS).problems
    assert "can find nothing" in problem.cause


@pytest.mark.parametrize("needs", ["field", "context"])
def test_a_pattern_that_waits_for_what_never_comes(rules, needs: str) -> None:
    rules.change("needs: context", f"needs: {needs}")
    rules.change("field_names: [member no, 회원번호]\n", "")
    if needs == "context":
        rules.change("context: [member, 회원]\n", "")
    (problem,) = inspect((rules.path,), validators=VALIDATORS).problems
    assert "and the rule has none" in problem.cause


def test_a_rule_may_have_the_field_names_of_another(rules) -> None:
    text = (rules.path / "recognizers/kr/member.yaml").read_text("utf-8")
    named = text.replace("id: example-member", "id: other")
    rules.write(
        "recognizers/th/other.yaml",
        named.replace("field_names: [member no, 회원번호]", "same_names_as: example-member"),
    )
    found = inspect((rules.path,), validators=VALIDATORS).ruleset()
    assert [rule.field_names for rule in found.recognizers] == [("member no", "회원번호")] * 2
    rules.write("recognizers/th/other.yaml", named.replace("회원번호]", "회원번호]\nsame_names_as: exampel-member"))
    (problem,) = inspect((rules.path,), validators=VALIDATORS).problems
    assert "no rule with names of its own" in problem.cause
    assert "example-member" in problem.cure
    assert problem.line > 1


def test_rules_of_one_entity_must_agree(rules) -> None:
    text = (rules.path / "recognizers/kr/member.yaml").read_text("utf-8")
    more = text.replace("id: example-member", "id: other").replace("normal_form: alphanumeric\n", "")
    rules.write("recognizers/kr/other.yaml", more)
    (problem,) = inspect((rules.path,), validators=VALIDATORS).problems
    assert problem.cause == (
        'normal_form differs from that of recognizers/kr/member.yaml, which finds "EXAMPLE_MEMBER" too'
    )
    assert Path(problem.file).name == "other.yaml"


def test_validators_are_not_checked_where_they_are_not_known(rules) -> None:
    rules.change("validator: luhn", "validator: anything")
    assert inspect((rules.path,)).problems == ()


@pytest.mark.parametrize(
    "expression",
    [
        r"[A-Za-z0-9+/]{85}[AQgw]==",
        r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,24}",
        r"(?P<value>01[016789])-?[0-9]{3,4}-?[0-9]{4}",
        r"(?i)bearer +[a-z0-9._-]+",
        r"[가-힣]{2,4}",
        r"(?:[0-9]{1,4}-){1,20}[0-9]",
        r"(?:,[^,]+)*",
        r"(?:([a-z]+)=)+",
        r"(?:ab|cd)+",
        r"(?:[a-z]{1,3}){1,4}",
        r"^[0-9]+$",
    ],
)
def test_sound_expressions_pass(expression: str) -> None:
    assert list(faults(expression)) == []


@pytest.mark.parametrize(
    ("expression", "cause"),
    [
        (r"(?=a)b", "look-around"),
        (r"(?<!a)b", "look-around"),
        (r"(a)\1", "back-reference"),
        (r"(?P<x>a)(?P=x)", "back-reference"),
        (r"(a)?(?(1)b|c)", "back-reference"),
        (r"a++", "possessive"),
        (r"(?>a)", "possessive"),
        (r"a\b", r"\b"),
        (r"\Ba", r"\b"),
        (r"\d", r"\d"),
        (r"[\d-]", r"\d"),
        (r"\S", r"\s"),
        (r"(?:x|[^\w])", r"\w"),
        (r"a\Z", "RE2"),
        (r"(", "not a regular expression"),
        (r"[z-a]", "not a regular expression"),
        (r"a{2000}", "RE2"),
        (r"\p{Hangul}", "not a regular expression"),
        (r"(a+)+", "for ever"),
        (r"(a|a)*b", "for ever"),
        (r"(a?){60}b", "for ever"),
        (r"(?:aa|aaa)*b", "for ever"),
        (r"(?:aaa?)*b", "for ever"),
        (r"(?:a*)*", "for ever"),
        (r"(?:a|b+)*", "for ever"),
        (r"(?i)(?:[a-z]+[A-Z])+", "for ever"),
        (r"(?i)(?:[a-z]+A)+", "for ever"),
        (r"(?:[a-z0-9]+(?:\.[a-z]+)*)+", "for ever"),
        (r"(?:.*,)*", "for ever"),
        (r"(?:x{1,20}){1,20}", "for ever"),
        (r"(?:(?:a+)b?)+", "for ever"),
    ],
)
def test_unsound_expressions_are_told(expression: str, cause: str) -> None:
    found = list(faults(expression))
    assert found
    assert cause in found[0].cause


@given(st.from_regex(r"(\((\?:)?)?\[?[abc.]\]?[+*]?\)?[+*]?(b|[abc]+|,)?\)?[+*]?", fullmatch=True))
def test_an_expression_that_passes_does_not_run_away(expression: str) -> None:
    if list(faults(expression, thorough=False)):
        return
    compiled = re.compile(expression)
    started = time.process_time()
    for letter in "abc,":
        compiled.fullmatch(letter * 26 + "!")
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("[A-Za-z0-9]", True),
        ("[^0-9]", True),
        ("x", True),
        ("A-Z", False),
        ("[a][b]", False),
        ("", False),
        ("[", False),
    ],
)
def test_what_a_character_class_is(expression: str, expected: bool) -> None:
    assert is_class(expression) is expected
