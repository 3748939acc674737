"""The last allowed day is no finding and the next one is, in the entrusting company's calendar, whatever the dates; and
verdicts do not depend on the order in which evidence arrives."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from auditor.checks import agreement, combination, headcount, receipt, recency, residency, retention, subvendors
from auditor.judge import judge
from auditor.model.asset import Gap, GapCode
from auditor.model.calendar import day_of, zone_of
from auditor.model.engagement import (
    AgreedData,
    Contract,
    DataSent,
    Destruction,
    Engagement,
    LocalTarget,
    Party,
    Residency,
    Retained,
    SubVendor,
)
from auditor.model.finding import Coverage, EntityTally, Evidence, Observation, Status, Verdict
from auditor.model.rule import Level, PolicyRule
from auditor.model.text import Bilingual
from auditor.rulecommands import load

TEXT = Bilingual(en="x", ko="x")
RULE = PolicyRule(id="r", title=TEXT, level=Level.HIGH, check="x", description=TEXT, remediation=())
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31)) | st.sampled_from([date(2024, 2, 28), date(2024, 2, 29)])
PLACES = st.sampled_from(
    [
        ("KR", ""),
        ("TH", ""),
        ("IN", ""),
        ("US", "America/New_York"),
        ("DE", "Europe/Berlin"),
        ("NZ", "Pacific/Auckland"),
    ]
)
TALLY = EntityTally(entity="KR_CI", sensitivity="linking_identifier", matches=3, distinct=3)


def seen(path: str = "a.csv", **more: object) -> Observation:
    return replace(Observation(identity=path, target="dev", path=path, tallies=(TALLY,)), **more)  # type: ignore[arg-type]


def engagement(place: tuple[str, str] = ("KR", ""), **more: object) -> Engagement:
    base = Engagement(
        id="e",
        entrusting=Party(name="B", country=place[0], time_zone=place[1]),
        vendor=Party(name="V"),
        contract=Contract(),
        targets=(LocalTarget(name="dev", paths=()), LocalTarget(name="bucket", paths=())),
    )
    return replace(base, **more)  # type: ignore[arg-type]


def statuses(verdicts: Iterable[Verdict]) -> set[Status]:
    return {verdict.status for verdict in verdicts}


def first_moment(day: date, place: tuple[str, str]) -> datetime:
    """The first moment of a day there, in UTC."""
    return datetime.combine(day, time(), zone_of(*place)).astimezone(UTC)


@given(DAYS, st.integers(0, 400), PLACES)
def test_the_contract_allows_its_last_day_to_its_last_moment(ends: date, within: int, place: tuple[str, str]) -> None:
    contract = Contract(ends=ends, destroy_within=timedelta(days=within))
    night = first_moment(ends + timedelta(days=within + 1), place)
    given = Evidence(observations=(seen(),), engagement=engagement(place, contract=contract), now=night)
    (verdict,) = retention.check(RULE, given)
    assert (verdict.status, verdict.days) == (Status.FAIL, 1)
    before = replace(given, now=night - timedelta(microseconds=1))
    assert statuses(retention.check(RULE, before)) == {Status.PASS}


@given(DAYS, st.integers(-300, 300), st.integers(0, 30), PLACES)
def test_agreed_data_may_stay_until_its_own_day(ends: date, later: int, within: int, place: tuple[str, str]) -> None:
    """Until the contract's end or before, the days for destruction come on top; a later day is meant as it stands."""
    until = ends + timedelta(days=later)
    last = max(until, ends + timedelta(days=within)) if later >= 0 else until + timedelta(days=within)
    terms = engagement(
        place,
        contract=Contract(ends=ends, destroy_within=timedelta(days=within)),
        agreed_data=(AgreedData(entities=("KR_CI",), places=("dev",), until=until),),
    )
    now = first_moment(last + timedelta(days=1), place)
    given = Evidence(observations=(seen(),), engagement=terms, now=now)
    assert statuses(retention.check(RULE, given)) == {Status.FAIL}
    before = replace(given, now=now - timedelta(microseconds=1))
    assert Status.FAIL not in statuses(retention.check(RULE, before))


@given(DAYS, st.integers(1, 3000), PLACES)
def test_an_exception_covers_its_last_day_and_no_more(ends: date, kept: int, place: tuple[str, str]) -> None:
    until = ends + timedelta(days=5 + kept)
    terms = engagement(
        place,
        contract=Contract(ends=ends),
        exceptions=(Retained(entities=("KR_CI",), basis="law 6", until=until, paths=("/srv/legal",)),),
    )
    now = first_moment(until + timedelta(days=1), place)
    inside, outside = seen("/srv/legal/a.zip!/b.csv"), seen("/srv/legally/b.csv")
    given = Evidence(observations=(inside,), engagement=terms, now=now - timedelta(microseconds=1))
    verdicts = tuple(retention.check(RULE, given))
    assert statuses(verdicts) == {Status.PASS}
    assert any("law 6" in verdict.message.en and str(until) in verdict.message.ko for verdict in verdicts)
    (expired,) = retention.check(RULE, replace(given, now=now))
    assert (expired.status, expired.days) == (Status.FAIL, 1)
    assert "law 6 ended" in expired.message.en
    assert statuses(retention.check(RULE, replace(given, observations=(outside,)))) == {Status.FAIL}


@given(DAYS, st.integers(0, 3000), PLACES)
def test_data_is_younger_from_the_day_after_the_end(ends: date, after: int, place: tuple[str, str]) -> None:
    terms = engagement(place, contract=Contract(ends=ends))
    moment = first_moment(ends + timedelta(days=1), place)
    now = first_moment(ends + timedelta(days=6 + after), place)
    for field, level in (("rows_to", None), ("modified", Level.MEDIUM)):
        new = seen(**{field: moment}, modified_from="file" if field == "modified" else "")
        old = replace(new, **{field: moment - timedelta(microseconds=1)})
        (verdict,) = recency.check(RULE, Evidence(observations=(new,), engagement=terms, now=now))
        assert (verdict.status, verdict.days, verdict.level) == (Status.FAIL, 1, level)
        coverage = (Coverage(target="dev", assets=1, examined=1),)
        given = Evidence(observations=(old,), engagement=terms, now=now, coverage=coverage)
        assert statuses(recency.check(RULE, given)) == {Status.PASS}
        grace = first_moment(ends + timedelta(days=6), place) - timedelta(microseconds=1)
        early = Evidence(observations=(new,), engagement=terms, now=grace)
        assert statuses(recency.check(RULE, early)) == {Status.NOT_APPLICABLE}


@given(DAYS, PLACES)
def test_consent_holds_from_its_day_on(day: date, place: tuple[str, str]) -> None:
    terms = engagement(place, sub_vendors=(SubVendor(name="H", targets=("dev",), consented=day),))
    given = Evidence(
        observations=(seen(),),
        coverage=(Coverage(target="dev", assets=1, examined=1),),
        engagement=terms,
        now=first_moment(day, place),
    )
    assert statuses(subvendors.check(RULE, given)) == {Status.PASS}
    early = replace(given, now=given.now - timedelta(microseconds=1))
    assert statuses(subvendors.check(RULE, early)) == {Status.FAIL}


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)), PLACES)
def test_a_day_begins_and_ends_where_the_company_is(moment: datetime, place: tuple[str, str]) -> None:
    party = Party(name="B", country=place[0], time_zone=place[1])
    day = day_of(moment, party)
    assert first_moment(day, place) <= moment < first_moment(day + timedelta(days=1), place)
    assert day_of(moment.replace(tzinfo=None), party) == moment.date()


def test_the_clocks_of_march_and_october_move_no_deadline() -> None:
    """In Berlin the last day of March 2024 has 23 hours, the last Sunday of October 25."""
    for end in (date(2024, 3, 31), date(2024, 10, 27)):
        now = datetime.combine(end, time(23, 59, 59), ZoneInfo("Europe/Berlin")).astimezone(UTC)
        terms = engagement(("DE", "Europe/Berlin"), contract=Contract(ends=end, destroy_within=timedelta()))
        given = Evidence(observations=(seen(),), engagement=terms, now=now)
        assert statuses(retention.check(RULE, given)) == {Status.PASS}
        assert statuses(retention.check(RULE, replace(given, now=now + timedelta(seconds=1)))) == {Status.FAIL}


ENTITIES = {
    "KR_CI": "linking_identifier", "KR_RRN": "unique_identifier", "CRYPTO": "financial", "NICKNAME": "profile",
    "PHONE_NUMBER": "contact", "CREDENTIAL": "credential",
}  # fmt: skip
WHEN = st.none() | st.datetimes(datetime(2024, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    entities = draw(st.sets(st.sampled_from(sorted(ENTITIES)), min_size=1, max_size=4))
    path = draw(st.sampled_from(["a.csv", "logs/b.log", "test/c.json", "www/d.csv", "src/e.sql"]))
    target, version = draw(st.sampled_from(["dev", "bucket"])), draw(st.sampled_from(["", "1", "2"]))
    rows = draw(WHEN)
    return Observation(
        identity="\0".join((target, path, version)),
        target=target,
        path=path,
        version=version or None,
        people=draw(st.integers(0, 2000)),
        modified=draw(WHEN),
        modified_from=draw(st.sampled_from(["file", "object version", "archive member", "commit"])),
        rows_from=rows,
        rows_to=rows,
        together=(frozenset(entities),) if draw(st.booleans()) else (),
        tallies=tuple(
            EntityTally(entity=e, sensitivity=ENTITIES[e], matches=n, distinct=n, place="row 1, field password")
            for e in sorted(entities)
            for n in [draw(st.integers(1, 50))]
        ),
    )


@given(
    st.lists(observations(), max_size=6, unique_by=lambda o: o.identity),
    st.lists(st.sampled_from(["dev", "bucket"]), max_size=2),
    st.booleans(),
    st.integers(0, 10**6),
)
def test_the_same_evidence_gives_the_same_findings_in_any_order(
    held: list[Observation], gaps: list[str], ended: bool, seed: int
) -> None:
    terms = engagement(
        contract=Contract(signed=date(2024, 1, 1), ends=date(2025, 3, 31) if ended else date(2027, 3, 31)),
        agreed_data=(AgreedData(entities=("KR_CI", "NICKNAME"), places=("dev",), protection="encrypted"),),
        data_sent=(DataSent(sent=date(2024, 9, 10), entities=("KR_CI",), subjects=20, extract="a.csv"),),
        sub_vendors=(SubVendor(name="H", targets=("bucket",), consented=date(2024, 9, 1), entities=("NICKNAME",)),),
        residency=Residency(countries=("KR",)),
        countries={"bucket": "US"},
        destruction=Destruction(declared=date(2025, 4, 3), scope=("dev", "bucket")),
        exceptions=(Retained(entities=("PHONE_NUMBER",), basis="law", until=date(2030, 1, 1)),),
    )
    given = Evidence(
        observations=tuple(held),
        gaps=tuple(Gap(target=t, path="x", code=GapCode.MALFORMED_FILE) for t in gaps),
        coverage=(Coverage(target="dev", assets=3, examined=3), Coverage(target="bucket", assets=1, examined=1)),
        engagement=terms,
        people=30,
        now=datetime(2026, 1, 2, tzinfo=UTC),
    )
    shuffle = random.Random(seed).sample
    other = replace(
        given,
        observations=tuple(shuffle(held, len(held))),
        gaps=tuple(shuffle(given.gaps, len(given.gaps))),
        coverage=given.coverage[::-1],
    )
    policies = RULESET.policies
    findings, results, certificate = judge(policies, given, "e")
    again, results_again, certificate_again = judge(policies, other, "e")
    assert findings == again
    assert certificate == certificate_again
    said = [
        [(r.rule, r.status, r.counts, r.level, r.passed, r.undecided, r.decided, r.partial) for r in each]
        for each in (results, results_again)
    ]
    assert said[0] == said[1]


RULESET = load()
CHECKS = (agreement, combination, headcount, receipt, recency, residency, retention, subvendors)


@given(st.lists(observations(), max_size=3, unique_by=lambda o: o.identity), st.booleans())
def test_no_check_is_silent_and_gaps_never_pass_for_nothing_found(held: list[Observation], gap: bool) -> None:
    given = Evidence(
        observations=tuple(held),
        gaps=(Gap(target="dev", path="x", code=GapCode.MALFORMED_FILE),) if gap else (),
        coverage=(Coverage(target="dev", assets=1, examined=1),),
        engagement=engagement(contract=Contract(ends=date(2020, 1, 1))),
        now=datetime(2026, 1, 2, tzinfo=UTC),
    )
    for check in CHECKS:
        rule = replace(RULE, params={"together": [["KR_CI"], ["KR_RRN"]]}, sensitivities=("unique_identifier",))
        verdicts = tuple(check.check(rule, given))
        assert verdicts, check.__name__
        if gap and not any(tally.entity == "KR_RRN" for o in held for tally in o.tallies):
            assert Status.PASS not in statuses(verdicts), check.__name__
