"""The verdict and the first screen's numbers: no run that is not complete ever sounds clean."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest
from sample_run import GATE_CLEAN, GATE_FOUND, GATE_INCOMPLETE, INCIDENT, VERIFIED

from auditor.model.asset import GapCode
from auditor.model.finding import CertificateStatus, Coverage, Status
from auditor.reporters.facts import Verdict, facts


@pytest.mark.parametrize(
    ("run", "verdict"),
    [
        (INCIDENT, Verdict.CONTRADICTED),
        (GATE_FOUND, Verdict.FOUND),
        (GATE_INCOMPLETE, Verdict.INCOMPLETE),
        (GATE_CLEAN, Verdict.CLEAN),
        (VERIFIED, Verdict.VERIFIED),
        (replace(VERIFIED, gaps=INCIDENT.gaps), Verdict.INCOMPLETE),
        (replace(VERIFIED, certificate=CertificateStatus.DECLARED), Verdict.DECLARED),
        (replace(GATE_FOUND, findings=()), Verdict.AS_AGREED),
        (replace(GATE_FOUND, observations=(), people=0), Verdict.NOT_MET),
        (replace(GATE_FOUND, observations=(), people=0, possible=GATE_FOUND.observations), Verdict.POSSIBLE),
        (replace(GATE_FOUND, possible=GATE_FOUND.observations), Verdict.FOUND),
    ],
)
def test_verdict(run, verdict) -> None:
    assert facts(run).verdict is verdict


def test_nothing_but_a_complete_run_without_findings_sounds_clean() -> None:
    flaws = {
        "gap": lambda run: replace(run, gaps=GATE_INCOMPLETE.gaps),
        "interrupted": lambda run: replace(run, interrupted=True),
        "policy not checked": lambda run: replace(run, policies=(replace(run.policies[0], status=Status.NOT_CHECKED),)),
        "policy in error": lambda run: replace(run, policies=(replace(run.policies[0], status=Status.ERROR),)),
        "fewer examined than listed": lambda run: replace(
            run, coverage=(replace(run.coverage[0], assets=9, examined=8), *run.coverage[1:])
        ),
        "a target nobody speaks of": lambda run: replace(run, coverage=run.coverage[1:]),
        "nothing examined at all": lambda run: replace(
            run, coverage=tuple(Coverage(target=seen.target) for seen in run.coverage)
        ),
        "values that may be identifiers": lambda run: replace(run, possible=GATE_FOUND.observations),
        "finding": lambda run: replace(run, findings=INCIDENT.findings[-1:]),
    }
    for (name, flaw), run, certificate in product(flaws.items(), (GATE_CLEAN, VERIFIED), CertificateStatus):
        if name == "nothing examined at all" and run is GATE_CLEAN:
            continue  # an empty delivery: see the next test
        known = facts(flaw(replace(run, certificate=certificate)))
        assert not known.verdict.clean, (name, certificate)
    for run in (GATE_CLEAN, VERIFIED):
        assert facts(run).verdict.clean
        assert facts(run).complete


def test_values_to_be_decided_are_hidden_by_their_own_waiver_alone() -> None:
    seen = GATE_FOUND.observations[0]
    seen = replace(seen, tallies=seen.tallies[:1])
    about = replace(GATE_FOUND.findings[0].verdict, subject=seen.identity, entity=seen.tallies[0].entity)
    own = replace(GATE_FOUND.findings[0], rule="possible-identifiers", verdict=about)
    other = replace(own, verdict=replace(about, subject="elsewhere"))
    for suppressed, verdict in (((own,), Verdict.ACCEPTED), ((other,), Verdict.POSSIBLE), ((), Verdict.POSSIBLE)):
        run = replace(GATE_CLEAN, possible=(seen,), course=replace(GATE_CLEAN.course, suppressed=suppressed))
        assert facts(run).verdict is verdict
        assert facts(run).complete is bool(
            own in suppressed
        )  # where no policy judges them, no exit code says that all is well


def test_an_empty_delivery_is_clean_and_an_accepted_gap_is_still_listed() -> None:
    assert facts(replace(GATE_CLEAN, coverage=(Coverage(target="delivery"),))).verdict is Verdict.CLEAN
    accepted = replace(
        GATE_INCOMPLETE, accepted_gaps=tuple({gap.code for gap in GATE_INCOMPLETE.gaps}), policies=GATE_CLEAN.policies
    )
    assert facts(accepted).verdict is Verdict.CLEAN
    [policy] = [replace(p, status=Status.NOT_CHECKED) for p in GATE_CLEAN.policies[:1]]
    assert facts(replace(accepted, policies=(replace(policy, partial=True),))).complete, (
        "not checked for those gaps alone"
    )
    assert not facts(replace(accepted, policies=(policy,))).complete
    assert facts(accepted).gap_count == len(GATE_INCOMPLETE.gaps)


def test_an_empty_bucket_beside_an_examined_server_is_no_gap() -> None:
    empty = replace(VERIFIED, coverage=(VERIFIED.coverage[0], Coverage(target="bucket")))
    assert facts(empty).complete


def test_incident() -> None:
    known = facts(INCIDENT)
    assert (known.people, known.people_certain) == (17551, True)
    assert [total.entity for total in known.entities] == ["KR_CI", "NICKNAME", "PHONE_NUMBER"]
    assert [(total.target, total.assets, total.most.people) for total in known.targets] == [
        ("dev-server", 7, 17551),
        ("bucket", 3, 9120),
    ]
    assert known.due == date(2025, 4, 5)
    assert known.overdue == 596
    assert next((gap.code, gap.count) for gap in known.gaps) == (GapCode.PERMISSION_DENIED, 2)
    assert sum(gap.count for gap in known.gaps) == known.gap_count == 5
    assert [action.rule for action in known.actions] == [
        "retained-after-contract",
        "retained-after-contract",
        "retained-after-contract",
        "destruction-certificate",
        "personal-data-in-test-data",
        "world-readable",
    ]


def test_nothing_is_overdue_where_nothing_is_held_without_leave() -> None:
    assert facts(VERIFIED).overdue is None
    agreed = replace(INCIDENT.engagement.agreed_data[0], places=(), until=date(2027, 1, 1))
    kept = replace(INCIDENT, engagement=replace(INCIDENT.engagement, agreed_data=(agreed,)))
    assert facts(kept).overdue == 596  # the mobile numbers are not agreed
    assert facts(replace(kept, observations=INCIDENT.observations[:1])).overdue is None


def test_days_are_counted_in_the_entrusting_companys_calendar() -> None:
    """At 23:30 on 5 April in UTC it is already 6 April in Korea: one day past the last day for destruction."""
    late = replace(INCIDENT, started=datetime(2025, 4, 5, 23, 30, tzinfo=UTC))
    assert facts(late).overdue == 1
    in_time = replace(INCIDENT, started=datetime(2025, 4, 5, 14, 30, tzinfo=UTC))
    assert facts(in_time).overdue is None


def test_the_oldest_and_newest_data_are_dated_by_the_best_evidence() -> None:
    """Rows know more surely than the file they lie in; without an offset they are in the entrusting company's calendar."""
    seen = replace(INCIDENT.observations[0], rows_from=datetime(2023, 1, 1, 1), rows_to=datetime(2026, 1, 1, 23))
    known = facts(replace(INCIDENT, observations=(seen,)))
    assert known.earliest is not None
    assert known.latest is not None
    assert known.earliest.isoformat() == "2023-01-01T01:00:00+09:00"
    assert known.latest.isoformat() == "2026-01-01T23:00:00+09:00"
