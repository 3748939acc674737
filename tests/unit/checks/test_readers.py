"""Grants joined to data. A database's controls are policies whose examples test them."""

from __future__ import annotations

from dataclasses import replace

from auditor.checks import readers
from auditor.checks.examples import evidence
from auditor.model.asset import Control
from auditor.model.finding import Evidence, Status, Verdict
from auditor.model.rule import Level, PolicyRule
from auditor.model.text import Bilingual

TEXT = Bilingual(en="x", ko="x")


def rule(check: str, **params: object) -> PolicyRule:
    return PolicyRule(
        id="r", title=TEXT, level=Level.HIGH, check=check, description=TEXT, remediation=(), params=params
    )


def with_readers(given: Evidence, *controls: tuple[str, object]) -> Evidence:
    made = tuple(
        Control(target="example", name="database.readers", value=value, detail="Others: app.", path=path)
        for path, value in controls
    )  # type: ignore[arg-type]
    return replace(given, controls=made)


def judged(check: object, given: Evidence, **params: object) -> list[Verdict]:
    return list(check.check(rule("readers", **params), given))  # type: ignore[attr-defined]


FOUND = evidence({"entities": {"KR_CI": 3}, "path": "public.members"})


class TestReaders:
    def test_clear_values_that_everybody_reads_are_one_critical_finding(self) -> None:
        (verdict,) = judged(
            readers, with_readers(FOUND, ("public.members", "public"), ("public.other", "public")), everybody=True
        )
        assert (verdict.status, verdict.level, verdict.path) == (Status.FAIL, Level.CRITICAL, "public.members")
        assert "3 KR_CI values, 3 in clear" in verdict.message.en
        assert "평문 3건" in verdict.message.ko

    def test_protected_values_keep_the_rules_level(self) -> None:
        given = evidence({"entities": {"KR_CI": 3}, "protected": 3, "path": "public.members"})
        (verdict,) = judged(readers, with_readers(given, ("public.members", "public")), everybody=True)
        assert (verdict.status, verdict.level) == (Status.FAIL, None)

    def test_a_file_in_a_cell_is_its_tables(self) -> None:
        given = evidence({"entities": {"KR_CI": 3}, "path": "public.files!/photo/1!/a.csv"})
        (verdict,) = judged(readers, with_readers(given, ("public.files", "public")), everybody=True)
        assert verdict.status is Status.FAIL

    def test_more_accounts_than_the_policy_allows(self) -> None:
        for number, status in ((3, Status.PASS), (4, Status.FAIL)):
            (verdict,) = judged(readers, with_readers(FOUND, ("public.members", number)), most=3)
            assert verdict.status is status
            assert "Others: app." in verdict.message.en
            assert "그 외 계정: app." in verdict.message.ko

    def test_what_everybody_reads_is_one_finding_not_two(self) -> None:
        (verdict,) = judged(readers, with_readers(FOUND, ("public.members", "public")), most=3)
        assert verdict.status is Status.NOT_APPLICABLE

    def test_unknown_grants_are_not_checked_even_beside_a_table_without_data(self) -> None:
        verdicts = judged(readers, with_readers(FOUND, ("", None)), everybody=True)
        assert [v.status for v in verdicts] == [Status.NOT_CHECKED]
        verdicts = judged(readers, with_readers(evidence({}), ("", None)), most=3)
        assert [v.status for v in verdicts] == [Status.NOT_CHECKED]

    def test_a_gap_is_no_pass(self) -> None:
        (verdict,) = judged(readers, with_readers(evidence({"gaps": 1}), ("public.members", 0)), everybody=True)
        assert verdict.status is Status.NOT_CHECKED

    def test_no_database(self) -> None:
        assert [v.status for v in judged(readers, FOUND, everybody=True)] == [Status.NOT_APPLICABLE]
