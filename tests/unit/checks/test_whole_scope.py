"""Unknown is never a pass: what was left out, not examined, or is still to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from auditor.checks import control, destruction, permissions, protection, readers, receipt, residency, retention
from auditor.checks.examples import NOW, evidence
from auditor.model.asset import Control
from auditor.model.engagement import AgreedData, Destruction, SshTarget, SubVendor
from auditor.model.finding import Evidence, Status, Verdict
from auditor.model.rule import Level, PolicyRule
from auditor.model.text import Bilingual

TEXT = Bilingual(en="x", ko="x")


def rule(**params: Any) -> PolicyRule:
    return PolicyRule(id="r", title=TEXT, level=Level.HIGH, check="x", description=TEXT, remediation=(), params=params)


def terms(given: Evidence, **more: Any) -> Evidence:
    assert given.engagement
    return replace(given, engagement=replace(given.engagement, **more))


def fact(name: str, value: Any) -> Control:
    return Control(target="example", name=name, value=value)


class TestCertificate:
    excluding = terms(
        evidence({"certificate": True}), targets=(SshTarget(name="example", host="h", exclude=("/home/*",)),)
    )

    def test_a_folder_that_the_engagement_leaves_out_is_not_verified(self) -> None:
        given = replace(self.excluding, controls=(fact("ssh.excluded", "/home/*"),))
        (verdict,) = destruction.check(rule(), given)
        assert verdict.status is Status.NOT_CHECKED
        assert "/home/*" in verdict.message.en
        assert "/home/*" in verdict.message.ko

    def test_the_kernel_s_folders_do_not_hinder(self) -> None:
        given = replace(self.excluding, controls=(fact("ssh.excluded", "/proc"),))
        assert [v.status for v in destruction.check(rule(), given)] == [Status.PASS]

    @pytest.mark.parametrize(
        ("listed", "status"), [(True, Status.PASS), (False, Status.NOT_CHECKED), (None, Status.NOT_CHECKED)]
    )
    def test_old_versions_that_were_not_listed_are_not_verified(self, listed: bool | None, status: Status) -> None:
        given = replace(evidence({"certificate": True}), controls=(fact("bucket.versions_listed", listed),))
        assert [v.status for v in destruction.check(rule(), given)] == [status]

    def test_a_sample_and_less_examined_than_listed_are_not_verified(self) -> None:
        whole = evidence({"certificate": True})
        short = replace(whole, coverage=tuple(replace(c, assets=2) for c in whole.coverage))
        for given in (replace(whole, cut=True), short):
            assert [v.status for v in destruction.check(rule(), given)] == [Status.NOT_CHECKED]

    @pytest.mark.parametrize(("ahead", "status"), [(1, Status.NOT_CHECKED), (0, Status.FAIL)])
    def test_data_held_before_the_declared_day_contradicts_nothing(self, ahead: int, status: Status) -> None:
        declared = Destruction(declared=NOW.date() + timedelta(days=ahead))
        (verdict,) = destruction.check(rule(), terms(evidence({"entities": {"KR_CI": 1}}), destruction=declared))
        assert verdict.status is status


@pytest.mark.parametrize(
    ("check", "params", "example"),
    [
        (permissions, {}, {"mode": "0600"}),
        (protection, {}, {"protected": 3}),
        (receipt, {}, {"age": "10d", "sent": [{"age": "90d", "entities": ["KR_CI"], "extract": "a.csv"}]}),
        (readers, {"most": 3}, {"controls": {"database.readers": 1}}),
        (retention, {}, {"exception": {"entities": ["KR_CI"], "until": "-10d"}}),
    ],
)
def test_what_is_well_with_a_sample_is_no_pass_of_the_rest(check: Any, params: Any, example: dict[str, Any]) -> None:
    def statuses(**more: Any) -> set[Status]:
        found: list[Verdict] = list(
            check.check(rule(**params), evidence({"entities": {"KR_CI": 3}, **example, **more}))
        )
        return {verdict.status for verdict in found}

    assert statuses() == {Status.PASS}
    assert Status.NOT_CHECKED in statuses(gaps=1)


@pytest.mark.parametrize(("until", "status"), [("40d", Status.NOT_CHECKED), ("-10d", Status.PASS), (None, Status.PASS)])
def test_before_the_deadline_a_gap_counts_once_something_had_to_go_earlier(until: str | None, status: Status) -> None:
    given = evidence({"contract_ends": "-100d", "gaps": 1, "agreed": [{"entities": ["KR_CI"], "until": until}]})
    assert [v.status for v in retention.check(rule(), given)] == [status]


def test_encryption_that_nobody_agreed_on_does_not_apply() -> None:
    agreed = (AgreedData(entities=("KR_CI",)),)
    given = terms(evidence({"entities": {"KR_CI": 3}}), agreed_data=agreed)
    assert [v.status for v in protection.check(rule(agreed=True), given)] == [Status.NOT_APPLICABLE]
    asked = terms(given, agreed_data=(*agreed, AgreedData(entities=("NICKNAME",), protection="encrypted")))
    assert [v.status for v in protection.check(rule(agreed=True), asked)] == [Status.PASS]


def test_people_of_two_files_are_not_added_up() -> None:
    given = evidence({"entities": {"KR_CI": 1}, "controls": {"x": True}, "people": 3})
    (seen,) = given.observations
    both = replace(given, observations=(seen, replace(seen, identity="other", path="copy.csv", people=5)))
    (verdict,) = control.check(rule(control="x", bad=True), both)
    assert verdict.count == 5


@pytest.mark.parametrize(
    ("country", "status"), [("TH", Status.FAIL), ("KR", Status.NOT_CHECKED), ("", Status.NOT_CHECKED)]
)
def test_a_holder_abroad_counts_against_a_place_nobody_names(country: str, status: Status) -> None:
    found = evidence({"entities": {"KR_CI": 1}, "residency": {"countries": ["KR"]}})
    given = terms(found, sub_vendors=(SubVendor(name="Thai Host", targets=("example",), country=country),))
    (verdict,) = residency.check(rule(), given)
    assert verdict.status is status
    assert ("Thai Host (TH)" in verdict.message.ko) is (status is Status.FAIL)
    declared = terms(given, countries={"example": "KR"})
    assert [v.status for v in residency.check(rule(), declared)] == [Status.PASS]
