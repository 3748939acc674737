"""The project's own rules: no problems, and every rule's own examples hold."""

from __future__ import annotations

from collections import Counter

from auditor import ruletest
from auditor.detectors.validators import VALIDATORS
from auditor.ruleset.kinds import NOUNS
from auditor.ruleset.loader import inspect, load


def test_the_projects_rules_have_no_problems() -> None:
    reading = inspect(validators=frozenset(VALIDATORS))
    assert [str(problem) for problem in reading.problems] == []
    assert {file.kind for file in reading.files} == set(NOUNS)


def test_each_rules_examples_hold() -> None:
    ruleset = load()
    results = list(ruletest.run(ruleset))
    assert [result for result in results if not result.ok] == []
    tried = Counter(result.rule_id for result in results)
    assert all(tried[rule.id] >= 2 for rule in (*ruleset.recognizers, *ruleset.policies, *ruleset.playbooks))
