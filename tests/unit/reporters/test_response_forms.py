"""The matrix, the checklist and the certificate item by item: unknown is never good, and no word is said of what was not seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judged_run import judged
from sample_run import GATE_FOUND, INCIDENT, VERIFIED

from auditor.model.asset import Gap, GapCode
from auditor.model.course import Sampling
from auditor.model.engagement import SubVendor
from auditor.model.finding import CertificateStatus, Change, EntityTally, Evidence, Status
from auditor.model.response import Mapping, Mark
from auditor.model.rule import Level
from auditor.reporters.strings import entity_names
from auditor.response import certificate, checklist, matrix, respond, seen
from auditor.response.playbook import exposure_of
from auditor.ruleset.loader import load

RULES = load()
NAMES = entity_names(RULES.recognizers)
STATUSES = st.lists(st.sampled_from(list(Status)))


@given(statuses=STATUSES, others=st.booleans(), random=st.randoms())
def test_a_requirement_has_no_finding_only_where_everything_was_checked(statuses, others, random) -> None:
    result = matrix.mapping_of(statuses, others=others)
    mixed = list(statuses)
    random.shuffle(mixed)
    assert matrix.mapping_of(mixed, others=others) is result
    if result is Mapping.NO_FINDING:
        assert set(statuses) <= {Status.PASS, Status.NOT_APPLICABLE}
        assert Status.PASS in statuses
    assert (result is Mapping.FINDINGS) == (Status.FAIL in statuses)
    assert (result in (Mapping.NOT_COVERED, Mapping.NOT_RUN)) == (not statuses)


def test_every_requirement_has_a_row_the_home_countrys_first() -> None:
    frameworks = list(matrix.results(RULES, INCIDENT))
    assert {f.id for f in frameworks} == {f.id for f in RULES.frameworks}
    assert all(f.id.startswith("kr-") for f in frameworks[: sum(f.id.startswith("kr-") for f in RULES.frameworks)])
    rows = {row.id: row for framework in frameworks for row in framework.requirements}
    assert len(rows) == sum(len(f.requirements) for f in RULES.frameworks)
    assert rows["kr-pipa-21"].result is Mapping.FINDINGS
    assert [(p.rule, p.findings) for p in rows["kr-pipa-21"].policies] == [("retained-after-contract", 21)]
    assert rows["kr-pipa-34-2"].result is Mapping.NO_FINDING
    assert rows["kr-network-decree-13-2"].result is Mapping.NOT_CHECKED
    assert rows["kr-ismsp-2.7.2"].result is Mapping.NOT_RUN
    assert rows["kr-ismsp-2.7.2"].not_run
    assert "retained-after-contract" not in rows["kr-pipa-21"].not_run  # it ran
    assert rows["gdpr-33"].result is Mapping.NOT_COVERED


@given(statuses=st.lists(st.sampled_from([s for s in Status if s is not Status.FAIL]), max_size=4), whole=st.booleans(), ran=st.booleans())  # fmt: skip
def test_a_row_is_good_only_where_its_policies_see_all_of_it_and_passed(statuses, whole, ran) -> None:
    policies = [replace(INCIDENT.policies[0], status=status) for status in statuses]
    mark = checklist.mark_of(policies, [], whole=whole, ran=ran)
    if mark is Mark.GOOD:
        assert whole
        assert ran
        assert set(statuses) <= {Status.PASS, Status.NOT_APPLICABLE}
        assert Status.PASS in statuses
    else:
        assert mark in (Mark.BLANK, Mark.NOT_APPLICABLE)


@pytest.mark.parametrize(("level", "mark"), [(Level.CRITICAL, Mark.POOR), (Level.HIGH, Mark.POOR), (Level.MEDIUM, Mark.PARTLY)])  # fmt: skip
def test_findings_decide_a_row_even_where_the_rest_is_unknown(level: Level, mark: Mark) -> None:
    findings = [replace(INCIDENT.findings[0], level=level)]
    assert checklist.mark_of([INCIDENT.policies[0]], findings, whole=False, ran=False) is mark


def test_the_form_is_filled_as_far_as_the_evidence_goes() -> None:
    form = checklist.fill(RULES.checklists[0], INCIDENT, NAMES)
    rows = {row.id: row for row in form.rows}
    assert len(rows) >= 20
    assert {row.area for row in form.rows} >= {"contract", "organisation", "technical", "administrative", "destruction", "physical", "self-audit"}  # fmt: skip
    kept = rows["retained-after-contract"]
    assert (kept.mark, kept.who) == (Mark.POOR, None)
    assert any("17,551" in text.en for text in kept.finding)
    assert kept.plan == INCIDENT.policies[0].remediation
    assert [text.en for text in kept.recheck] == [
        "7 already found last time",
        "1 no longer found",
        "1 not examined again",
    ]
    changed = replace(INCIDENT, findings=tuple(replace(f, change=Change.UPDATED) for f in INCIDENT.findings), gone=())
    (again,) = [
        row for row in checklist.fill(RULES.checklists[0], changed, NAMES).rows if row.id == "retained-after-contract"
    ]
    assert [text.en for text in again.recheck] == ["21 already found last time"]
    for id in ("copies-laptops", "leaver-accounts", "physical-media", "vendor-education"):
        assert rows[id].mark is Mark.BLANK
        assert rows[id].who is not None
        assert not rows[id].finding
    assert any("old object version" in text.en for text in rows["copies-versions"].evidence)
    assert rows["copies-versions"].mark is Mark.BLANK
    assert Counter(row.mark for row in form.rows)[Mark.GOOD] == 0


def test_a_verified_certificate_is_a_good_row_and_a_row_not_run_stays_blank() -> None:
    rows = {row.id: row for row in checklist.fill(RULES.checklists[0], VERIFIED, NAMES).rows}
    assert rows["certificate-versus-scan"].mark is Mark.GOOD
    assert rows["retained-after-contract"].mark is Mark.BLANK  # one of its policies passed, the others did not run
    assert rows["copies-test"].mark is Mark.BLANK  # not among that run's policies


def items(run, **changes):
    evidence = Evidence(
        observations=run.observations, gaps=changes.get("gaps", run.gaps), coverage=changes.get("coverage", run.coverage), engagement=run.engagement,
        cut=replace(run, **changes).interrupted or replace(run, **changes).sampled, now=datetime(2026, 11, 22, tzinfo=UTC),
    )  # fmt: skip
    run = judged(replace(run, **changes), RULES, evidence)
    return {item.target: item for item in certificate.items(RULES, run, evidence)}


def test_each_item_of_the_scope_has_its_own_word() -> None:
    found = items(VERIFIED)
    assert {item.status for item in found.values()} == {CertificateStatus.VERIFIED}
    gap = Gap(target="bucket", path="a.zip", code=GapCode.PASSWORD_PROTECTED)
    found = items(VERIFIED, gaps=(gap,), accepted_gaps=(GapCode.PASSWORD_PROTECTED,))
    assert (found["dev-server"].status, found["bucket"].status) == (
        CertificateStatus.VERIFIED,
        CertificateStatus.DECLARED,
    )
    found = items(INCIDENT)
    assert (found["dev-server"].status, found["dev-server"].assets, found["dev-server"].people) == (CertificateStatus.CONTRADICTED, 7, 17551)  # fmt: skip


def test_only_what_the_check_counts_contradicts() -> None:
    """A file that holds nothing but credentials is a finding of its own, and no personal data that was to be destroyed."""
    keys = EntityTally(entity="CREDENTIAL", sensitivity="credential", matches=1, distinct=1)
    beside = replace(INCIDENT.observations[0], path="/srv/.env", identity="x", tallies=(keys,), people=0)
    item = items(replace(INCIDENT, observations=(beside, *INCIDENT.observations)))["dev-server"]
    assert item.assets == 7
    assert item.files[0].path.endswith("nft_prod.sql")  # those with most people first
    assert not any(file.path == "/srv/.env" for file in item.files)
    assert items(INCIDENT)["bucket"].files[0].version == "3HL4kqtJlcpXroDTDmJ"


def test_what_was_interrupted_listed_and_not_read_or_not_judged_is_not_verified() -> None:
    assert {item.status for item in items(VERIFIED, interrupted=True).values()} == {CertificateStatus.DECLARED}
    short = tuple(replace(coverage, assets=coverage.assets + 1) for coverage in VERIFIED.coverage)
    assert {item.status for item in items(VERIFIED, coverage=short).values()} == {CertificateStatus.DECLARED}
    assert {item.status for item in items(VERIFIED, policies=()).values()} == {CertificateStatus.DECLARED}
    sampled = replace(VERIFIED.course, sampling=Sampling(per_folder=1, listed=9, left_out=8))
    assert {item.status for item in items(VERIFIED, course=sampled).values()} == {CertificateStatus.DECLARED}


def test_what_is_exposed_is_what_findings_name() -> None:
    exposure = exposure_of(INCIDENT)
    assert exposure.entities == ("KR_CI", "NICKNAME", "PHONE_NUMBER")
    assert (exposure.people, exposure.at_least, exposure.countries) == (17551, True, ("KR",))
    allowed = replace(INCIDENT, findings=())
    assert exposure_of(allowed).entities == ()
    only_certificate = replace(
        INCIDENT, findings=tuple(f for f in INCIDENT.findings if f.rule == "destruction-certificate")
    )
    assert exposure_of(only_certificate).entities == ("KR_CI", "NICKNAME", "PHONE_NUMBER")


def test_a_finding_exposes_all_that_stands_in_its_place() -> None:
    retained = next(f for f in INCIDENT.findings if f.rule == "retained-after-contract" and f.verdict.entity == "KR_CI")
    (seen,) = [o for o in INCIDENT.observations if o.identity == retained.verdict.subject]
    assert exposure_of(replace(INCIDENT, findings=(retained,))).entities == tuple(
        sorted(t.entity for t in seen.tallies)
    )
    unguarded = replace(retained, verdict=replace(retained.verdict, entity="", path="", count=0, matches=0))
    assert exposure_of(replace(INCIDENT, findings=(unguarded,))).entities == ()  # a setting exposes nothing by itself


def test_what_the_bank_accepts_shrinks_nothing_that_is_told_and_alone_begins_nothing() -> None:
    seen = INCIDENT.observations[0]
    counting = next(f for f in INCIDENT.findings if f.verdict.subject != seen.identity and f.verdict.entity)
    waived = next(f for f in INCIDENT.findings if f.verdict.subject == seen.identity)
    seen = replace(seen, tallies=(*seen.tallies, replace(seen.tallies[0], entity="KR_RRN")))
    run = replace(INCIDENT, observations=(seen, *INCIDENT.observations[1:]), findings=(counting,))
    accepted = replace(run, course=replace(INCIDENT.course, suppressed=(waived,)))
    assert "KR_RRN" not in exposure_of(run).entities
    assert "KR_RRN" in exposure_of(accepted).entities
    assert exposure_of(replace(accepted, findings=())).entities == ()


def test_what_is_to_be_decided_begins_no_response_and_fills_no_row() -> None:
    found, *others = INCIDENT.observations
    bare = replace(found, identity="t\0bare.txt\0", path="bare.txt", people=0, tallies=found.tallies[:1])
    (entity,) = (tally.entity for tally in bare.tallies)
    finding = replace(
        INCIDENT.findings[0],
        rule="possible-identifiers",
        verdict=replace(INCIDENT.findings[0].verdict, subject=bare.identity, path=bare.path, entity=entity),
    )
    alone = replace(INCIDENT, observations=(), people=0, possible=(bare,), findings=(finding,))
    assert exposure_of(alone).entities == ()
    beside = replace(alone, observations=tuple(others), findings=(finding, *INCIDENT.findings))
    known = replace(beside, possible=(), findings=INCIDENT.findings)
    assert exposure_of(beside) == exposure_of(known)
    certain = replace(alone, observations=(bare,))
    assert exposure_of(certain).entities == (entity,)
    for run, marks in (
        (VERIFIED, {Mark.GOOD, Mark.NOT_APPLICABLE}),
        (replace(VERIFIED, possible=(bare,)), {Mark.BLANK}),
    ):
        form = {item.id: item for item in RULES.checklists[0].items}
        rows = [
            row
            for row in checklist.fill(RULES.checklists[0], run, NAMES).rows
            if form[row.id].whole and not row.finding
        ]
        assert rows
        assert {row.mark for row in rows} & {Mark.GOOD} == marks & {Mark.GOOD}
        assert any("may be identifiers" in line.en for row in rows for line in row.evidence) is (run is not VERIFIED)


def test_credentials_alone_are_no_personal_data() -> None:
    keys = EntityTally(entity="CREDENTIAL", sensitivity="credential", matches=1, distinct=1)
    seen = replace(INCIDENT.observations[0], path="/srv/.env", identity="x", tallies=(keys,), people=0)
    finding = replace(
        INCIDENT.findings[0], verdict=replace(INCIDENT.findings[0].verdict, subject="x", entity="CREDENTIAL")
    )
    alone = exposure_of(replace(INCIDENT, observations=(seen,), findings=(finding,)))
    assert (alone.entities, alone.personal) == (("CREDENTIAL",), False)
    assert exposure_of(INCIDENT).personal


def test_gaps_make_counts_a_minimum_though_they_were_accepted() -> None:
    gap = Gap(target="bucket", path="a.zip", code=GapCode.PASSWORD_PROTECTED)
    sure = replace(VERIFIED, people_certain=True)
    assert not exposure_of(sure).at_least
    accepted = replace(sure, gaps=(gap,), accepted_gaps=(gap.code,), people=3)
    assert exposure_of(accepted).at_least
    assert [line.en for line in seen.lines("people", accepted, NAMES)] == ["At least 3 distinct people found"]


def test_the_countries_are_those_of_every_company_and_place() -> None:
    other = SubVendor(name="Thai Host", targets=("bucket",), country="TH")
    engagement = replace(INCIDENT.engagement, sub_vendors=(other,), countries={"dev-server": "DE"})
    assert exposure_of(replace(INCIDENT, engagement=engagement)).countries == ("KR", "TH", "DE")


def test_what_the_bank_accepts_stays_in_the_forms() -> None:
    open_, accepted = INCIDENT.findings[:2], INCIDENT.findings[2:]
    run = replace(INCIDENT, findings=open_, course=replace(INCIDENT.course, suppressed=accepted))
    assert exposure_of(run).accepted == len(accepted)
    rows = {row.id: row for row in checklist.fill(RULES.checklists[0], run, NAMES).rows}
    assert rows["retained-after-contract"].mark is Mark.POOR
    assert any("21 accepted" in text.en for text in rows["retained-after-contract"].evidence)
    (policy,) = [
        p for f in matrix.results(RULES, run) for r in f.requirements if r.id == "th-pdpa-37-3" for p in r.policies
    ]
    assert (policy.findings, policy.accepted, policy.level) == (0, 21, Level.CRITICAL)


def test_a_row_is_due_when_its_first_finding_is() -> None:
    days = (date(2026, 12, 3), date(2026, 12, 1), None)
    found = [
        replace(f, track=replace(f.track, due=day))
        for f, day in zip([f for f in INCIDENT.findings if f.rule == "retained-after-contract"][:3], days, strict=True)
    ]
    rows = {
        row.id: row for row in checklist.fill(RULES.checklists[0], replace(INCIDENT, findings=tuple(found)), NAMES).rows
    }
    assert rows["retained-after-contract"].due == date(2026, 12, 1)
    assert rows["copies-backups"].due is None


def test_evidence_counts_what_it_says() -> None:
    rows = {
        row.id: [text.en for text in row.evidence] for row in checklist.fill(RULES.checklists[0], INCIDENT, NAMES).rows
    }
    assert rows["copies-versions"] == ["Personal data in 1 old object version, such as exports/2024/holders.csv"]
    assert any(text.startswith("Personal data in 2 archive members") for text in rows["copies-dumps"])
    assert any(text.startswith("Personal data in 2 logs") for text in rows["copies-dumps"])
    assert rows["self-audit"] == [
        "dev-server: 48,209 of 48,213 files and objects examined", "bucket: 9,119 of 9,120 files and objects examined",
    ]  # fmt: skip


def test_the_gate_has_the_matrix_alone() -> None:
    evidence = Evidence(now=GATE_FOUND.started)
    response = respond(GATE_FOUND, RULES, evidence)
    assert response.frameworks
    assert (response.checklists, response.scope, response.plan) == ((), (), None)
