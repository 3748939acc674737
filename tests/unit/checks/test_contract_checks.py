"""What findings about the contract say, and what their examples in rules/policies/ cannot show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from auditor.checks import (
    agreement,
    combination,
    destruction,
    headcount,
    protection,
    receipt,
    recency,
    residency,
    retention,
    subvendors,
)
from auditor.checks.examples import NOW, evidence
from auditor.model.engagement import Clauses, Contract, Engagement, Retained, S3Target, SubVendor
from auditor.model.finding import Coverage, Evidence, Status, Verdict
from auditor.model.rule import Level, PolicyRule
from auditor.model.text import Bilingual

TEXT = Bilingual(en="x", ko="x")


def rule(**more: Any) -> PolicyRule:
    return PolicyRule(id="r", title=TEXT, level=Level.HIGH, check="x", description=TEXT, remediation=(), **more)


def terms(given: Evidence, **more: Any) -> Evidence:
    assert given.engagement
    return replace(given, engagement=replace(given.engagement, **more))


def one(verdicts: Any) -> Verdict:
    (verdict,) = verdicts
    assert isinstance(verdict, Verdict)
    return verdict


CI: Mapping[str, Any] = {"entities": {"KR_CI": 3}}


@pytest.mark.parametrize(
    ("example", "english", "korean"),
    [
        ({"rows_age": "10d"}, "Data of 2026-06-05 by the rows' own dates", "행에 기록된 일시 기준"),
        ({"age": "10d", "dated_by": "commit"}, "by the commit's author date, which the author's computer", "작성자 PC"),
        ({"age": "10d", "dated_by": "object version"}, "by the time of the object version", "저장소가 기록한 값"),
        (
            {"age": "10d", "dated_by": "archive member"},
            "by the time in the archive, which copying keeps",
            "압축 파일 내",
        ),
        ({"age": "10d", "dated_by": "file"}, "by file time, which copying or a command can change", "파일 시각 기준"),
        ({"age": "99d", "rows_age": "10d", "dated_by": "commit"}, "by the rows' own dates", "행에 기록된"),
        ({"age": None}, "Nothing says from when the data is", "자료 시점을 확인할 수 없음"),
    ],
)
def test_the_origin_of_a_date_and_its_doubt_are_said(example: dict[str, Any], english: str, korean: str) -> None:
    verdict = one(retention.check(rule(), evidence({**CI, **example})))
    assert english in verdict.message.en
    assert korean in verdict.message.ko
    assert verdict.since == (None if "from when" in english else date(2026, 6, 5))


def test_days_past_the_end_and_the_clause_are_said() -> None:
    given = terms(evidence(CI), contract=Contract(ends=NOW.date() - timedelta(days=214), clause="clause 12(2)"))
    verdict = one(retention.check(rule(), given))
    assert "209 days past the last day for destruction, 214 days past the contract's end" in verdict.message.en
    assert "clause 12(2) allows 5 days" in verdict.message.en
    assert "209일째" in verdict.message.ko
    assert "214일" in verdict.message.ko


def test_data_agreed_for_less_than_the_contract_is_kept_too_long_while_it_runs() -> None:
    given = evidence({**CI, "contract_ends": "-100d", "agreed": [{"entities": ["KR_CI"], "until": "40d"}]})
    verdict = one(retention.check(rule(), given))
    assert (verdict.status, verdict.days) == (Status.FAIL, 35)
    assert "agreed until" in verdict.message.en
    elsewhere = {"entities": ["KR_CI"], "until": "40d", "places": ["other"]}
    passed = one(retention.check(rule(), evidence({**CI, "contract_ends": "-100d", "agreed": [elsewhere]})))
    assert passed.status is Status.PASS


def test_the_exception_with_the_latest_end_counts() -> None:
    short, long = (
        Retained(entities=("KR_CI",), basis=f"law {days}", until=NOW.date() + timedelta(days=days)) for days in (1, 9)
    )
    for order in ((short, long), (long, short)):
        verdicts = list(retention.check(rule(), terms(evidence(CI), exceptions=order)))
        assert "law 9" in verdicts[0].message.en


@pytest.mark.parametrize(
    ("paths", "path", "covered"),
    [
        ((), "/srv/a.csv", True),
        (("/srv/legal",), "/srv/legal/a.csv", True),
        (("/srv/legal/",), "/srv/legal/b/a.csv", True),
        (("srv/legal",), "/srv/legal/a.csv", True),
        (("/srv/legal",), "/srv/legal.zip!/a.csv", False),
        (("/srv/legal.zip",), "/srv/legal.zip!/a.csv", True),
        (("*/legal/*.csv",), "/srv/x/legal/a.csv", True),
        (("*.csv",), "/srv/a.csv.bak", False),
        (("/srv/legal",), "/home/srv/legal/a.csv", False),
        (("/srv/lega?",), "/srv/legal/a.csv", True),
        (("/srv/[a]",), "/srv/a", False),
        (("/",), "/srv/a.csv", True),
        (("/no", "/srv"), "/srv/a.csv", True),
        (("s3://b/legal",), "s3://b/legal/a.csv", True),
    ],
)
def test_what_an_exception_covers(paths: tuple[str, ...], path: str, covered: bool) -> None:
    kept = Retained(entities=("KR_CI",), basis="law", until=NOW.date(), paths=paths)
    given = terms(evidence({**CI, "path": path}), exceptions=(kept,))
    found = {verdict.status for verdict in retention.check(rule(), given)}
    assert (Status.FAIL not in found) is covered


def test_an_exception_for_another_target_covers_nothing() -> None:
    kept = Retained(entities=("KR_CI",), basis="law", until=NOW.date(), places=("other",))
    given = terms(evidence({**CI, "certificate": True}), exceptions=(kept,))
    assert one(retention.check(rule(), given)).status is Status.FAIL
    assert one(destruction.check(rule(), given)).status is Status.FAIL


def test_what_is_kept_by_law_does_not_contradict_the_certificate_but_the_rest_does() -> None:
    kept = Retained(entities=("KR_CI",), basis="law", until=NOW.date())
    both = evidence({"entities": {"KR_CI": 3, "PERSON": 1}, "certificate": True})
    verdict = one(destruction.check(rule(), terms(both, exceptions=(kept,))))
    assert verdict.status is Status.FAIL
    assert "PERSON" in verdict.message.en
    assert "KR_CI" not in verdict.message.en


def test_younger_data_says_what_happened_after_the_end() -> None:
    rows = one(recency.check(rule(), evidence({**CI, "contract_ends": "90d", "rows_age": "80d", "age": "95d"})))
    assert (rows.days, rows.level) == (10, None)
    assert "it has rows from 10 days after the contract's end" in rows.message.en
    copied = one(recency.check(rule(), evidence({**CI, "contract_ends": "90d", "rows_age": "95d", "age": "80d"})))
    assert (copied.days, copied.level) == (10, Level.MEDIUM)
    assert "it was written 10 days after" in copied.message.en
    assert "종료 후 10일" in copied.message.ko


def test_rows_tell_more_surely_than_the_file_that_is_new_too() -> None:
    verdict = one(recency.check(rule(), evidence({**CI, "contract_ends": "90d", "rows_age": "80d", "age": "10d"})))
    assert (verdict.days, verdict.level) == (10, None)


def test_a_sub_vendors_finding_names_it_its_clause_and_the_worst_place() -> None:
    given = terms(
        evidence({"entities": {"KR_CI": 3, "PERSON": 2}, "people": 7, "sub_vendor": {"consented": None}}),
        contract=Contract(clauses=Clauses(sub_vendors="제9조")),
    )
    verdict = one(subvendors.check(rule(), given))
    assert (verdict.target, verdict.path, verdict.count, verdict.matches) == ("example", "data/users.csv", 7, 5)
    assert "Example Hosting holds KR_CI, PERSON in 1 item on example" in verdict.message.en
    assert "(제9조)" in verdict.message.ko


def test_every_target_of_a_sub_vendor_has_its_verdict() -> None:
    company = SubVendor(name="H", targets=("example", "unread"))
    verdicts = list(subvendors.check(rule(), terms(evidence({}), sub_vendors=(company,))))
    assert [(v.target, v.status) for v in verdicts] == [("example", Status.PASS), ("unread", Status.NOT_CHECKED)]


@pytest.mark.parametrize(
    ("region", "endpoint", "declared", "status"),
    [
        ("ap-northeast-2", None, "", Status.PASS),
        ("us-west-2", None, "", Status.FAIL),
        ("us-west-2", None, "KR", Status.FAIL),
        ("us-west-2", "https://s3.vendor.example", "KR", Status.PASS),
        ("us-west-2", "https://s3.vendor.example", "", Status.NOT_CHECKED),
        ("moon-1", None, "", Status.NOT_CHECKED),
        (None, None, "CN", Status.FAIL),
    ],
)
def test_where_a_bucket_is(region: str | None, endpoint: str | None, declared: str, status: Status) -> None:
    target = S3Target(name="example", bucket="bk", region=region, endpoint_url=endpoint)
    given = evidence({**CI, "residency": {"countries": ["KR"]}, "country": declared})
    assert one(residency.check(rule(), terms(given, targets=(target,)))).status is status


def test_a_bucket_elsewhere_that_was_not_wholly_read_is_not_said_to_be_empty() -> None:
    given = evidence({"residency": {"countries": ["KR"]}, "country": "US", "gaps": 1})
    assert one(residency.check(rule(), given)).status is Status.NOT_CHECKED


def test_handovers_to_come_send_nobody_yet() -> None:
    sent = [{"age": "200d", "entities": ["KR_CI"], "subjects": 3}, {"age": "-1d", "entities": ["KR_CI"], "subjects": 9}]
    verdict = one(headcount.check(rule(), evidence({"entities": {"KR_CI": 4}, "people": 4, "sent": sent})))
    assert verdict.status is Status.FAIL
    assert "4 people's KR_CI held, but only 3 people's data was sent" in verdict.message.en


def test_two_cis_of_a_person_are_one_person() -> None:
    sent = [{"age": "200d", "entities": ["KR_CI"], "subjects": 3}]
    example = {"entities": {"KR_CI": 6}, "people": 3, "sent": sent}
    assert one(headcount.check(rule(), evidence(example))).status is Status.PASS


def test_files_not_examined_may_hold_more_people() -> None:
    sent = [{"age": "200d", "entities": ["KR_CI"], "subjects": 3}]
    given = evidence({**CI, "people": 3, "sent": sent, "gaps": 2})
    assert one(headcount.check(rule(), given)).status is Status.NOT_CHECKED
    doubted = one(headcount.check(rule(), evidence({**CI, "people": 3, "all_people": 5, "sent": sent, "gaps": 2})))
    assert (doubted.status, doubted.level) == (Status.FAIL, Level.MEDIUM)


@pytest.mark.parametrize(
    ("bounds", "gaps", "status", "said"),
    [
        ((1_001, 1_020), 2, Status.FAIL, "About 1,010 people (estimated; 95 %: 1,001 to 1,020) (some may be the vendor's own, or one person counted twice) held"),
        ((1_000, 1_020), 2, Status.NOT_CHECKED, "the estimate cannot tell whether that is more"),
        ((980, 1_001), 0, Status.NOT_CHECKED, "the estimate cannot tell whether that is more"),
        ((980, 1_000), 0, Status.PASS, "About 1,010 people (estimated; 95 %: 980 to 1,000) found, 1,000 were sent."),
        ((980, 1_000), 2, Status.NOT_CHECKED, "2 items were not examined"),
    ],
)  # fmt: skip
def test_estimated_people_are_more_or_not_only_where_both_bounds_say_so(
    bounds: tuple[int, int], gaps: int, status: Status, said: str
) -> None:
    """An asset's own number is a rough estimate too: it makes nothing sure, however high."""
    sent = [{"age": "200d", "entities": ["KR_CI"], "subjects": 1_000}]
    example = {"entities": {"KR_CI": 1_040}, "people": 1_040, "all_people": 1_010, "sent": sent, "gaps": gaps}
    verdict = one(headcount.check(rule(), replace(evidence(example), people_range=bounds)))
    assert verdict.status is status
    assert said in verdict.message.en
    assert verdict.message.en.startswith("About 1,010 people (estimated")
    assert verdict.message.ko.startswith("약 1,010명(추정치")
    assert verdict.level is (Level.MEDIUM if status is Status.FAIL else None)
    assert verdict.partial is (bounds[1] == 1_000 and gaps > 0)


def test_what_cannot_be_told_of_a_receipt_is_not_checked() -> None:
    sent = {"age": "200d", "entities": ["KR_CI"], "extract": "a.csv"}
    for example in (CI, {**CI, "sent": [{**sent, "extract": " "}]}, {**CI, "sent": [sent], "age": None}):
        assert one(receipt.check(rule(), evidence(example))).status is Status.NOT_CHECKED
    assert one(receipt.check(rule(), evidence({**CI, "sent": [sent]}))).status is Status.PASS


@pytest.mark.parametrize(("age", "status"), [("230d", Status.PASS), ("231d", Status.FAIL)])
def test_an_extract_may_lie_thirty_days_before_it_is_sent(age: str, status: Status) -> None:
    sent = [{"age": "200d", "entities": ["KR_CI"], "extract": "a.csv"}]
    assert one(receipt.check(rule(), evidence({**CI, "sent": sent, "age": age}))).status is status


def test_two_tables_of_one_file_are_no_combination() -> None:
    given = evidence({"entities": {"KR_CI": 3, "KR_RRN": 3, "PERSON": 3}})
    groups = (frozenset({"KR_CI", "PERSON"}), frozenset({"KR_RRN", "PERSON"}))
    apart = replace(given, observations=tuple(replace(seen, together=groups) for seen in given.observations))
    wanted = rule(params={"together": [["KR_CI"], ["KR_RRN"]]})
    assert one(combination.check(wanted, apart)).status is Status.PASS
    assert one(combination.check(wanted, given)).status is Status.FAIL


def test_a_password_that_can_be_decrypted_is_not_one_way() -> None:
    example = {"entities": {"CREDENTIAL": 3, "EMAIL_ADDRESS": 3}, "place": "row 1, field passwd", "protected": 3}
    for hashed, status in ((2, Status.FAIL), (3, None)):
        verdicts = list(
            protection.check(
                rule(entities=("CREDENTIAL",), params={"one_way": True}), evidence({**example, "hashed": hashed})
            )
        )
        assert [v.status for v in verdicts] == ([status] if status else [Status.PASS])
        assert ("not hashed" in verdicts[0].message.en) is (status is not None)


def test_a_combination_counts_people_and_shows_the_first_entity() -> None:
    wanted = rule(params={"together": [["KR_CI"], ["KR_RRN", "KR_FRN"]]})
    given = evidence({"entities": {"KR_CI": 5, "KR_FRN": 3, "PERSON": 9}})
    verdict = one(combination.check(wanted, given))
    assert (verdict.entity, verdict.count) == ("KR_CI", 3)
    assert ": KR_CI, KR_FRN" in verdict.message.en
    assert one(combination.check(wanted, replace(given, gaps=evidence({"gaps": 1}).gaps, observations=()))).status is (
        Status.NOT_CHECKED
    )


def test_hashed_values_are_in_no_combination() -> None:
    given = evidence({"entities": {"KR_CI": 3, "KR_RRN": 3}, "hashed": 3, "protected": 3})
    assert one(combination.check(rule(params={"together": [["KR_CI"], ["KR_RRN"]]}), given)).status is Status.PASS


def test_agreed_protection_holds_where_it_was_agreed() -> None:
    for places, status in ((["example"], Status.FAIL), (["other"], Status.PASS)):
        terms_of = [{"entities": ["KR_CI"], "protection": "encrypted", "places": places}]
        verdict = one(protection.check(rule(params={"agreed": True}), evidence({**CI, "agreed": terms_of})))
        assert verdict.status is status


def test_after_the_deadline_nothing_is_agreed_any_more() -> None:
    example = {"entities": {"PERSON": 1}, "agreed": [{"entities": ["KR_CI"]}]}
    last = one(agreement.check(rule(), evidence({**example, "contract_ends": "5d"})))
    over = one(agreement.check(rule(), evidence({**example, "contract_ends": "6d"})))
    assert (last.status, over.status) == (Status.FAIL, Status.NOT_APPLICABLE)


def test_an_engagement_that_leaves_parts_out_is_judged_by_the_rest() -> None:
    given = evidence({**CI, "contract_ends": None})
    for check in (agreement, subvendors, residency, headcount):
        assert one(check.check(rule(), given)).status is Status.NOT_APPLICABLE, check.__name__
    for check in (retention, recency):
        assert one(check.check(rule(), given)).status is Status.NOT_CHECKED, check.__name__
    gate = Evidence(now=datetime(2026, 1, 1, tzinfo=UTC), coverage=(Coverage(target="t", assets=1, examined=1),))
    for check in (agreement, subvendors, residency, headcount, retention, recency, receipt):
        assert list(check.check(rule(), gate)), check.__name__


def test_the_example_is_an_engagement_like_any_other() -> None:
    assert isinstance(evidence({}).engagement, Engagement)
