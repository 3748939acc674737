"""Gone is only what a policy looked at again and let pass, for the audit and for `auditor diff` alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from auditor.checks.examples import NOW, evidence
from auditor.course.difference import Side, Step, differences
from auditor.judge import compare, judge, write_finding
from auditor.model.asset import Control, Gap, GapCode
from auditor.model.engagement import Contract
from auditor.model.finding import Change, Evidence, Finding
from auditor.rulecommands import load
from auditor.store.sqlite import StoredFinding
from tests.unit.course_model import STARTED

POLICIES = {rule.id: rule for rule in load().policies}


def gone(policy: str, before: Evidence, after: Evidence) -> tuple[Finding, ...]:
    rules = [POLICIES[policy]]
    found, _, _ = judge(rules, before, "e")
    assert found
    now, results, _ = judge(rules, after, "e")
    stored = {
        f.fingerprint: StoredFinding(
            fingerprint=f.fingerprint,
            rule=f.rule, target=f.verdict.target, path=f.verdict.path, matches=f.verdict.matches, content=write_finding(f)
        )
        for f in found
    }  # fmt: skip
    return compare(now, stored, after, results)[1]


HELD: dict[str, Any] = {"entities": {"KR_CI": 3}, "contract_ends": "-100d", "agreed": [{"entities": ["NICKNAME"]}]}


def held(example: dict[str, Any]) -> Evidence:
    """Of a file, with the identity that scanners give it."""
    given = evidence(example)
    return replace(
        given, observations=tuple(replace(o, identity=f"{o.target}\0{o.path}\0") for o in given.observations)
    )


def test_what_is_still_there_is_not_gone_when_its_policy_no_longer_applies() -> None:
    before = held(HELD)
    assert before.engagement
    ended = replace(before.engagement, contract=Contract(ends=NOW.date() - timedelta(days=30)))
    [finding] = gone("outside-agreement", before, replace(before, engagement=ended))
    assert finding.change is Change.NOT_EXAMINED


def test_a_file_without_it_is_gone_beside_others_that_fail_and_gaps_elsewhere() -> None:
    before = held(HELD)
    [seen] = before.observations
    other = replace(seen, identity="example\0other.csv\0", path="other.csv")
    both = replace(before, observations=(seen, other))
    assert [f.change for f in gone("outside-agreement", both, before)] == [Change.GONE]
    elsewhere = Gap(target="example", path="scan.pdf", code=GapCode.UNSUPPORTED_FILE_TYPE)
    cleaned = replace(before, observations=(), gaps=(elsewhere,))
    assert [f.change for f in gone("outside-agreement", before, cleaned)] == [Change.GONE]


@pytest.mark.parametrize(
    ("after", "change"),
    [({"bucket.public_access": False}, Change.GONE), ({"bucket.public_access": None}, Change.NOT_EXAMINED), ({}, Change.NOT_EXAMINED)],
)  # fmt: skip
def test_a_control_is_mended_only_where_it_was_seen_again(after: dict[str, Any], change: Change) -> None:
    before, later = evidence({"controls": {"bucket.public_access": True}}), evidence({"controls": after})
    assert [f.change for f in gone("public-bucket", before, later)] == [change]


def test_a_table_is_not_gone_where_its_server_no_longer_shows_its_grants() -> None:
    before = held({"entities": {"KR_CI": 3}, "path": "public.members"})

    def shown(value: object, path: str) -> Evidence:
        return replace(before, controls=(Control(target="example", name="database.readers", value=value, path=path),))  # type: ignore[arg-type]

    [finding] = gone("database-open-to-every-account", shown("public", "public.members"), shown(None, ""))
    assert finding.change is Change.NOT_EXAMINED
    [finding] = gone("database-open-to-every-account", shown("public", "public.members"), shown(0, "public.members"))
    assert finding.change is Change.GONE


def test_diff_takes_the_word_of_the_newer_run() -> None:
    found, _, _ = judge([POLICIES["outside-agreement"]], held(HELD), "e")
    old = Side(
        label="l", engagement="e", profile="p", ruleset="r", started=STARTED, complete=True, findings=found, gaps=()
    )
    keys = frozenset(f.fingerprint for f in found)
    empty = replace(old, findings=())
    assert [d.step for d in differences(old, empty)] == [Step.GONE]
    assert [d.step for d in differences(old, replace(empty, open=keys))] == [Step.NOT_EXAMINED]
    assert [d.step for d in differences(old, replace(empty, rules=frozenset()))] == [Step.NOT_EXAMINED]
    assert [d.step for d in differences(old, replace(empty, rules=frozenset(), closed=keys))] == [Step.GONE]
