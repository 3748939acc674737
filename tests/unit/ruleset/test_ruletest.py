"""A rule's examples are its tests: they pass when they hold, fail when they do not, and repeat no value."""

from __future__ import annotations

import pytest

from auditor import ruletest
from auditor.ruleset.loader import load


@pytest.fixture
def plain(rules):
    rules.change("validator: luhn\n", "")
    return rules


def results(rules, only: frozenset[str] | None = None) -> dict[tuple[str, str, int], ruletest.ExampleResult]:
    found = ruletest.run(load((rules.path,)), only)
    return {(result.rule_id, result.kind, result.number): result for result in found}


def test_examples_that_hold_pass(plain) -> None:
    found = results(plain)
    assert list(found) == [
        ("example-member", "match", 1),
        ("example-member", "match", 2),
        ("example-member", "not_match", 1),
        ("kept-too-long", "fail", 1),
        ("kept-too-long", "pass", 1),
    ]
    assert [result for result in found.values() if not result.ok] == []


@pytest.mark.parametrize(
    ("old", "new", "failing", "detail"),
    [
        ('text: "member M-123456", count: 1', 'text: "member M-123456", count: 2', ("match", 1), "found 1 times, expected 2"),
        ('text: "member M-123456", count: 1', 'text: "member X-123456"', ("match", 1), "found 0 times"),
        ("[[M-123456, 1], [M-654321, ~]]", "[[~, 1], [~, ~]]", ("match", 2), "found 0 times, expected at least one"),
        ('{text: "nothing here"}', '{text: "member M-123456"}', ("not_match", 1), "found 1 times, expected none"),
        ('{text: "nothing here"}', "{table: {rows: [[M-123456], [M-222222]]}}", ("not_match", 1), "expected none"),
    ],
)  # fmt: skip
def test_a_recogniser_example_that_does_not_hold_fails(
    plain, old: str, new: str, failing: tuple[str, int], detail: str
) -> None:
    plain.change(old, new)
    bad = [result for result in results(plain).values() if not result.ok]
    assert [(result.kind, result.number) for result in bad] == [failing]
    assert detail in bad[0].detail
    assert "123456" not in bad[0].detail


@pytest.mark.parametrize(
    ("old", "new", "failing", "detail"),
    [
        ("- {age: 91d, entities: {EXAMPLE_MEMBER: 3}}", "- {entities: {OTHER: 3}}", ("fail", 1), "says pass"),
        ("- {age: 91d, entities: {OTHER: 3}}", "- {age: 91d, entities: {EXAMPLE_MEMBER: 3}}", ("pass", 1), "says fail"),
        ("- {age: 91d, entities: {OTHER: 3}}", "- {aeg: 91d}", ("pass", 1), "unknown key 'aeg'"),
        ("- {age: 91d, entities: {OTHER: 3}}", "- {age: long}", ("pass", 1), "cannot be judged"),
    ],
)
def test_a_policy_example_that_does_not_hold_fails(
    plain, old: str, new: str, failing: tuple[str, int], detail: str
) -> None:
    plain.change(old, new)
    bad = [result for result in results(plain).values() if not result.ok]
    assert [(result.kind, result.number) for result in bad] == [failing]
    assert detail in bad[0].detail


def test_only_some_rules_may_be_tried(plain) -> None:
    assert {rule for rule, _, _ in results(plain, frozenset({"kept-too-long"}))} == {"kept-too-long"}
