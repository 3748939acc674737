"""Frameworks, checklists and playbooks as rules: what is refused, with line and cure, and examples that are tests."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from auditor import rulecommands
from auditor.resources import rules_dir
from auditor.ruleset.loader import inspect, load

FRAMEWORK = """\
id: bank
title: {en: A law, ko: 어떤 법}
requirements:
  - id: bank-1
    ref: {en: Article 21, ko: 제21조}
    title: {en: Destruction, ko: 파기}
    summary: {en: Destroy it., ko: 파기한다.}
  - id: bank-2.1
    ref: {en: Article 29, ko: 제29조}
    title: {en: Safeguards, ko: 안전조치}
    summary: {en: Guard it., ko: 보호한다.}
    verified: false
"""
CHECKLIST = """\
id: form
title: {en: A form, ko: 점검표}
items:
  - id: first
    area: technical
    item: {en: Is it gone?, ko: 파기 여부}
    method: {en: Look, ko: 확인}
    basis: [bank-1]
    who: {en: Somebody, ko: 담당자}
    policies: [kept-too-long]
"""
PLAYBOOK = """\
id: book
title: {en: A book, ko: 지침}
description: {en: What to do., ko: 조치 사항입니다.}
actions:
  - {id: call, any_of: [EXAMPLE_MEMBER], text: {en: Call., ko: 전화하십시오.}, basis: [bank-2.1]}
clocks:
  - {id: tell, to: {en: Them, ko: 정보주체}, text: {en: Soon, ko: 신속히}, basis: [bank-1], hours: 72, people: 10}
examples:
  - {exposed: [EXAMPLE_MEMBER], people: 10, actions: [call], clocks: [tell]}
  - {exposed: [EXAMPLE_MEMBER], people: 9, actions: [call]}
"""


@pytest.fixture
def guided(rules):
    rules.change("validator: luhn\n", "")
    rules.change("[kr-pipa-21]", "[bank-1]")
    for name, text in {"frameworks/law": FRAMEWORK, "checklists/form": CHECKLIST, "playbooks/book": PLAYBOOK}.items():
        rules.write(f"{name}.yaml", text)
    return rules


def said(rules) -> list[str]:
    return [str(problem) for problem in inspect((rules.path,)).problems]


def test_they_are_loaded_as_written(guided) -> None:
    ruleset = load((guided.path,))
    assert [(r.id, r.verified) for r in ruleset.frameworks[0].requirements] == [("bank-1", True), ("bank-2.1", False)]
    assert ruleset.checklists[0].items[0].policies == ("kept-too-long",)
    assert ruleset.playbooks[0].clocks[0].hours == 72


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "cause"),
    [
        ("policies/kept.yaml", "[bank-1]", "[bank-12]", 11, 'no framework has a requirement "bank-12"'),
        ("checklists/form.yaml", "basis: [bank-1]", "basis: [bank-3]", 8, 'no framework has a requirement "bank-3"'),
        ("checklists/form.yaml", "[kept-too-long]", "[kept-to-long]", 10, 'there is no policy "kept-to-long"'),
        ("checklists/form.yaml", "area: technical", "area: tecnical", 5, "tecnical"),
        (
            "playbooks/book.yaml",
            "any_of: [EXAMPLE_MEMBER]",
            "any_of: [EXAMPLE_MEMBR]",
            5,
            'no rule finds "EXAMPLE_MEMBR"',
        ),
        (
            "playbooks/book.yaml",
            "actions: [call], clocks",
            "actions: [cal], clocks",
            9,
            'the playbook has no action "cal"',
        ),
        ("playbooks/book.yaml", ", clocks: [tell]}", "}", 7, 'no example expects "tell"'),
        ("frameworks/law.yaml", "bank-2.1", "bank-1", 8, 'the requirement "bank-1" stands here twice'),
        ("frameworks/law.yaml", "ko: 파기한다.", "ko: Destroy it.", 7, "not translated"),
    ],
)
def test_a_mistake_has_its_line_and_a_cure(guided, file, old, new, line, cause) -> None:
    path = guided.path / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    (problem, *_) = [text for text in said(guided) if cause in text]
    assert re.search(rf"{re.escape(file)}:{line}:\d+: ", problem)
    assert "→" in problem


def test_a_requirement_of_two_frameworks_is_refused(guided) -> None:
    guided.write("frameworks/other.yaml", FRAMEWORK.replace("id: bank\n", "id: other\n").replace("bank-2.1", "bank-9"))
    assert any('"bank-1" is a requirement of frameworks/law.yaml too' in text for text in said(guided))


def test_a_policy_of_ones_own_may_cite_a_framework_of_ones_own(guided) -> None:
    reading = inspect((rules_dir(), guided.path))
    assert [str(problem) for problem in reading.problems] == []
    assert {"bank", "kr-pipa"} <= {framework.id for framework in reading.ruleset().frameworks}


def test_an_example_that_does_not_hold_is_told_at_its_line(guided) -> None:
    path = guided.path / "playbooks/book.yaml"
    path.write_text(path.read_text("utf-8").replace("people: 9", "people: 11"), encoding="utf-8")
    answer = rulecommands.test((guided.path,), frozenset({"book"}))
    assert not answer.ok
    assert answer.lines[0].startswith(f"{path}:10:")
    assert "clocks: expected none, got tell" in answer.lines[0]
    assert answer.lines[-1] == "1 passed, 1 failed"


def test_a_requirement_is_shown_in_its_framework(guided) -> None:
    assert rulecommands.show("bank-2.1", (guided.path,)).lines[0] == f"# {guided.path / 'frameworks/law.yaml'}"


def test_the_projects_own_list_is_whole() -> None:
    """The articles of facts/regulations.md, and none of them verified that the facts tag S or M."""
    ruleset = load()
    requirements = {r.id: r for framework in ruleset.frameworks for r in framework.requirements}
    for id in (
        "kr-pipa-21", "kr-pipa-decree-16", "kr-pipa-guideline-10", "kr-pipa-24-2", "kr-pipa-26-6", "kr-pipa-28-8", "kr-pipa-34-2",
        "kr-pipa-decree-40", "kr-safety-13", "kr-network-act-23-5-4", "kr-network-decree-13-2", "kr-network-decree-14",
        "kr-credit-39-4", "kr-efsr-60", "kr-ismsp-2.3.4", "kr-ismsp-2.10.2", "kr-ismsp-3.4.2", "th-pdpa-37-3", "th-pdpa-41",
        "cn-pipl-21", "cn-pipl-59", "cn-jrt-0171-c3", "gdpr-28-3-g", "iso27001-a-8.12", "nist-800-53-sr-6", "nist-800-88",
        "pci-dss-3.5.1", "pci-dss-12.8",
    ):  # fmt: skip
        assert id in requirements
    unverified = {id.split("-")[0] for id, r in requirements.items() if not r.verified}
    assert unverified == {"kr", "th", "cn", "gdpr", "iso27001", "nist", "pci"}
    korean = {id for id, r in requirements.items() if id.startswith("kr-") and not r.verified}
    unread = {f"kr-ismsp-{number}" for number in ("2.5.3", "2.5.5", "2.6.1", "2.6.2", "2.9.6")}  # not among the facts
    assert korean == {"kr-efsr-60", *unread}
    assert {
        r.verified for id, r in requirements.items() if id.startswith(("cn-", "gdpr", "iso", "nist", "pci", "th-pdpa"))
    } == {False}


def test_every_clock_agrees_with_its_requirements_on_certainty() -> None:
    ruleset = load()
    verified = {r.id: r.verified for framework in ruleset.frameworks for r in framework.requirements}
    for book in ruleset.playbooks:
        for clock in book.clocks:
            assert clock.verified == all(verified[id] for id in clock.basis), clock.id
            assert clock.hours is None or timedelta(hours=clock.hours) == timedelta(days=3)


@pytest.mark.parametrize(
    ("policy", "maps_to", "says_nothing_of"),
    [
        # CI: encryption stands in the decree's 13(2)4, the duty in 23-6(2); 23-5(4) is about the purpose
        ("ci-in-clear", {"kr-network-act-23-6-2", "kr-network-decree-13-2-4"}, {"kr-network-act-23-5-4"}),
        ("ci-beside-rrn", {"kr-network-act-23-6-2", "kr-network-decree-13-2"}, {"kr-network-act-23-5-4"}),
        ("outside-agreement", {"kr-network-act-23-5-4", "kr-pipa-26-5"}, set()),
        ("unprotected-identifiers", {"kr-pipa-24", "kr-pipa-24-2", "kr-pipa-decree-30"}, {"kr-network-decree-13-2-4"}),
        ("retained-after-contract", {"kr-pipa-21", "kr-pipa-26-8"}, {"kr-pipa-26-7"}),  # 26(7) is about damages
        ("destruction-certificate", {"kr-pipa-21"}, {"kr-pipa-34"}),  # a certificate says nothing of who was notified
        ("wallet-beside-identity", {"kr-safety-13"}, {"kr-network-decree-13-2"}),
    ],
)
def test_a_policy_maps_to_what_it_looks_at(policy: str, maps_to: set[str], says_nothing_of: set[str]) -> None:
    (rule,) = [rule for rule in load().policies if rule.id == policy]
    assert maps_to <= set(rule.maps_to)
    assert not says_nothing_of & set(rule.maps_to)
