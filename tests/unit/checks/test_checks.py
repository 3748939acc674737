"""What a bank acts on: each check at its boundaries."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from auditor.checks import content, control, destruction, lifecycle, permissions, protection, retention
from auditor.checks.examples import NOW, evidence
from auditor.model.asset import Gap, GapCode
from auditor.model.engagement import AgreedData, Contract
from auditor.model.finding import Evidence, Status
from auditor.model.rule import Level, PolicyRule
from auditor.model.text import Bilingual

TEXT = Bilingual(en="x", ko="x")


def rule(check: str, **more: object) -> PolicyRule:
    return PolicyRule(id="r", title=TEXT, level=Level.HIGH, check=check, description=TEXT, remediation=(), **more)  # type: ignore[arg-type]


def statuses(verdicts: object) -> list[Status]:
    return [verdict.status for verdict in verdicts]  # type: ignore[attr-defined]


def with_contract(given: Evidence, **contract: object) -> Evidence:
    assert given.engagement
    return replace(given, engagement=replace(given.engagement, contract=Contract(**contract)))  # type: ignore[arg-type]


class TestRetention:
    found = evidence({"entities": {"KR_CI": 3}})

    def test_the_last_day_still_passes_and_the_next_fails(self) -> None:
        ends = date(2026, 6, 10)
        given = with_contract(self.found, ends=ends, destroy_within=timedelta(days=5))
        assert statuses(retention.check(rule("retention"), given)) == [Status.PASS]
        later = replace(given, now=NOW + timedelta(days=1))
        (verdict,) = retention.check(rule("retention"), later)
        assert (verdict.status, verdict.days) == (Status.FAIL, 1)

    def test_days_are_korean_days(self) -> None:
        given = with_contract(self.found, ends=date(2026, 6, 10), destroy_within=timedelta(days=5))
        before = replace(given, now=datetime(2026, 6, 15, 14, 59, tzinfo=UTC))  # 23:59 in Seoul
        after = replace(given, now=datetime(2026, 6, 15, 15, 0, tzinfo=UTC))  # midnight in Seoul
        assert statuses(retention.check(rule("retention"), before)) == [Status.PASS]
        assert statuses(retention.check(rule("retention"), after)) == [Status.FAIL]

    def test_the_message_names_days_clause_and_origin(self) -> None:
        given = with_contract(self.found, ends=date(2025, 3, 31), clause="제12조 2항")
        (verdict,) = retention.check(rule("retention"), given)
        assert "436 days past" in verdict.message.en
        assert "제12조 2항 allows 5 days" in verdict.message.en
        assert "by file time" in verdict.message.en
        assert "제12조 2항" in verdict.message.ko
        assert "436일" in verdict.message.ko

    def test_agreed_data_with_a_later_date_may_stay(self) -> None:
        assert self.found.engagement
        agreed = AgreedData(entities=("KR_CI",), until=NOW.date())
        given = replace(self.found, engagement=replace(self.found.engagement, agreed_data=(agreed,)))
        assert Status.FAIL not in statuses(retention.check(rule("retention"), given))
        expired = replace(given, now=NOW + timedelta(days=1))
        assert Status.FAIL in statuses(retention.check(rule("retention"), expired))

    def test_without_an_end_date_nothing_is_said_to_pass(self) -> None:
        assert statuses(retention.check(rule("retention"), with_contract(self.found))) == [Status.NOT_CHECKED]


class TestDestruction:
    def test_one_value_contradicts(self) -> None:
        (verdict,) = destruction.check(rule("destruction"), evidence({"entities": {"KR_CI": 1}, "certificate": True}))
        assert (verdict.status, verdict.days) == (Status.FAIL, 30)

    def test_a_gap_keeps_it_from_being_verified(self) -> None:
        given = evidence({"certificate": True, "gaps": 1})
        assert statuses(destruction.check(rule("destruction"), given)) == [Status.NOT_CHECKED]

    def test_values_that_may_be_identifiers_keep_it_from_being_verified(self) -> None:
        given = evidence({"certificate": True, "possible": {"KR_CI": 1}})
        (verdict,) = destruction.check(rule("destruction"), given)
        assert verdict.status is Status.NOT_CHECKED
        assert "1 item holds values that may be identifiers" in verdict.message.en
        assert verdict.partial  # they have a finding of their own, which may be accepted
        unread = replace(given, coverage=tuple(replace(seen, examined=0) for seen in given.coverage))
        assert not any(verdict.partial for verdict in destruction.check(rule("destruction"), unread))
        moved = replace(given, possible=tuple(replace(o, target="elsewhere") for o in given.possible))
        assert statuses(destruction.check(rule("destruction"), moved)) == [Status.PASS]

    def test_a_target_that_was_not_read_is_not_verified(self) -> None:
        given = replace(evidence({"certificate": True}), coverage=())
        assert statuses(destruction.check(rule("destruction"), given)) == [Status.NOT_CHECKED]

    def test_everything_examined_and_nothing_found_verifies(self) -> None:
        assert statuses(destruction.check(rule("destruction"), evidence({"certificate": True}))) == [Status.PASS]

    def test_no_certificate(self) -> None:
        assert statuses(destruction.check(rule("destruction"), evidence({}))) == [Status.NOT_APPLICABLE]

    def test_another_targets_data_does_not_contradict(self) -> None:
        given = evidence({"entities": {"KR_CI": 1}, "certificate": True})
        moved = replace(given, observations=tuple(replace(o, target="elsewhere") for o in given.observations))
        assert statuses(destruction.check(rule("destruction"), moved)) == [Status.PASS]


class TestContent:
    folders = rule("content", params={"folders": ["test", "*.git"]})

    @pytest.mark.parametrize("path", ["a/test/b.csv", "a/TEST/b.csv", "x.tar!/test/b.csv", "srv/app.git/x"])
    def test_in_such_a_folder(self, path: str) -> None:
        given = evidence({"entities": {"KR_CI": 1}, "path": path})
        assert statuses(content.check(self.folders, given)) == [Status.FAIL]

    @pytest.mark.parametrize("path", ["a/latest/b.csv", "a/contest.csv", "srv/app.github/x"])
    def test_not_in_such_a_folder(self, path: str) -> None:
        given = evidence({"entities": {"KR_CI": 1}, "path": path})
        assert statuses(content.check(self.folders, given)) == [Status.PASS]

    def test_nothing_found_in_an_incomplete_run_is_no_pass(self) -> None:
        given = replace(evidence({}), gaps=(Gap(target="t", path="p", code=GapCode.MALFORMED_FILE),))
        assert statuses(content.check(rule("content"), given)) == [Status.NOT_CHECKED]

    def test_entities_and_classes_limit_the_rule(self) -> None:
        given = evidence({"entities": {"KR_CI": 1}})
        assert statuses(content.check(rule("content", entities=("KR_RRN",)), given)) == [Status.PASS]
        assert statuses(content.check(rule("content", sensitivities=("contact",)), given)) == [Status.PASS]


@pytest.mark.parametrize(("mode", "status"), [("0644", Status.FAIL), ("0604", Status.FAIL), ("0660", Status.PASS)])
def test_permissions(mode: str, status: Status) -> None:
    given = evidence({"entities": {"KR_CI": 1}, "mode": mode})
    assert statuses(permissions.check(rule("permissions"), given)) == [status]


WORDS = {which: {"en": f"{which}: {{target}} {{value}}", "ko": f"{which} 대상"} for which in ("bad", "good", "unknown")}


def guarded(**params: object) -> PolicyRule:
    return replace(rule("control"), level=Level.HIGH, params={"control": "x", "words": WORDS, **params})


def test_a_bad_control_over_personal_data_is_one_finding_of_a_higher_level() -> None:
    given = evidence({"entities": {"KR_CI": 1}, "controls": {"x": True}, "people": 3})
    (verdict,) = control.check(guarded(bad=True), given)
    assert (verdict.status, verdict.level, verdict.count) == (Status.FAIL, Level.CRITICAL, 3)
    assert verdict.message.en == "bad: example yes (example); 1 item there holds personal data."
    (empty,) = control.check(guarded(bad=True), evidence({"controls": {"x": True}}))
    assert (empty.status, empty.level) == (Status.FAIL, None)


@pytest.mark.parametrize(
    ("params", "value", "status"),
    [
        ({"bad": False}, False, Status.FAIL), ({"bad": False}, 0, Status.PASS), ({"bad": False}, "off", Status.PASS),
        ({"bad": ["off", "weak"]}, "weak", Status.FAIL), ({"bad": ["off", "weak"]}, "strong", Status.PASS),
        ({"most": 1}, 2, Status.FAIL), ({"most": 1}, 1, Status.PASS), ({"most": "destroy_within"}, 6, Status.FAIL),
        ({"most": "destroy_within"}, 5, Status.PASS), ({"bad": False}, None, Status.NOT_CHECKED), ({"most": 1}, None, Status.NOT_CHECKED),
    ],
)  # fmt: skip
def test_what_is_bad_is_the_policy_s_to_say(params: dict[str, object], value: object, status: Status) -> None:
    (verdict,) = control.check(guarded(**params), evidence({"controls": {"x": value}, "entities": {"KR_CI": 1}}))
    assert verdict.status is status


@pytest.mark.parametrize("days", [False, 0, 5, 6, None])
@pytest.mark.parametrize("versioning", [False, "Enabled", "Suspended", None])
def test_old_versions_must_go_within_the_contract_s_days(days: int | None, versioning: object) -> None:
    given = evidence({"controls": {"bucket.versioning": versioning, "bucket.lifecycle_noncurrent_days": days}})
    (verdict,) = lifecycle.check(rule("lifecycle"), given)
    if versioning is False:
        expected = Status.PASS
    elif versioning is None or days is None:
        expected = Status.NOT_CHECKED
    else:
        expected = Status.FAIL if days is False or days > 5 else Status.PASS
    assert verdict.status is expected


def test_an_old_version_with_personal_data_makes_it_worse() -> None:
    given = evidence(
        {
            "entities": {"KR_CI": 2},
            "controls": {"bucket.versioning": "Enabled", "bucket.lifecycle_noncurrent_days": False},
        }
    )
    (current,) = lifecycle.check(rule("lifecycle"), given)
    assert current.level is None
    old = replace(given, observations=tuple(replace(each, current=False) for each in given.observations))
    (verdict,) = lifecycle.check(rule("lifecycle"), old)
    assert verdict.level is Level(rule("lifecycle").level + 1)
    assert "1 old version holds personal data" in verdict.message.en


def test_protected_values_pass_only_all_together() -> None:
    some = evidence({"entities": {"KR_CI": 3}, "protected": 2})
    all_of_them = evidence({"entities": {"KR_CI": 3}, "protected": 3})
    assert statuses(protection.check(rule("protection"), some)) == [Status.FAIL]
    assert statuses(protection.check(rule("protection"), all_of_them)) == [Status.PASS]


def test_an_example_with_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown key 'entitys'"):
        evidence({"entitys": {}})
