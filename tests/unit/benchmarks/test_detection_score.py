"""The scorer: what is counted, what is left open, and that no tool can gain by shouting."""

from __future__ import annotations

import math

from benchmarks.detection import report
from benchmarks.detection.labels import ANY, Label
from benchmarks.detection.score import Found, Result, score


def plain(entity: str, value: str) -> str:
    return f"{entity}:{value.replace('-', '')}"


def label(entity: str, value: str, **rest) -> Label:
    return Label(**{"path": "a.csv", "entity": entity, "value": value, "written": value, "kind": "csv", **rest})


def found(entity: str, value: str, path: str = "a.csv", **rest) -> Found:
    return Found(path=path, entity=entity, fingerprint=plain(entity, value), **rest)


def counts(result: Result, entity: str) -> tuple[int, int, int]:
    tally = result.tally(entity)
    return tally.planted, tally.found, tally.false_alarms


def test_a_value_counts_once_however_written_and_however_often():
    labels = [
        label("PHONE_NUMBER", "010-1234-5678"),
        label("PHONE_NUMBER", "01012345678"),
        label("PHONE_NUMBER", "010-9999-0000"),
    ]
    result = score(labels, [found("PHONE_NUMBER", "01012345678"), found("PHONE_NUMBER", "010-1234-5678")], plain)
    assert counts(result, "PHONE_NUMBER") == (2, 1, 0)
    assert [miss.value for miss in result.misses] == ["010-9999-0000"]


def test_another_file_or_another_entity_is_a_miss_and_a_false_alarm_that_says_what_it_was():
    labels = [label("KR_RRN", "900101-1234567", form="legacy dash"), label("", "8801234567890", form="EAN-13")]
    result = score(
        labels,
        [
            found("KR_RRN", "900101-1234567", path="b.csv"),
            found("PHONE_NUMBER", "9001011234567"),
            found("KR_RRN", "8801234567890"),
        ],
        plain,
    )
    assert counts(result, "KR_RRN") == (1, 0, 2)
    assert counts(result, "PHONE_NUMBER") == (0, 0, 1)
    assert {really for _, _, really in result.false_alarms} == {
        "unplanted text, or only a part of a value",
        "KR_RRN (legacy dash)",
        "EAN-13",
    }


def test_what_is_optional_neither_helps_nor_harms():
    labels = [label("PERSON", "홍길동", required=False), label("NICKNAME", ANY, required=False)]
    result = score(labels, [found("PERSON", "홍길동"), found("NICKNAME", "아무거나")], plain)
    assert counts(result, "PERSON") == (0, 0, 0)
    assert not result.false_alarms
    assert not result.misses
    assert not score(labels, [], plain).misses


def test_an_optional_value_excuses_its_own_entity_only():
    result = score([label("CREDENTIAL", "c2FsdA==", required=False, form="salt")], [found("KR_CI", "c2FsdA==")], plain)
    assert counts(result, "KR_CI") == (0, 0, 1)


def test_a_required_whole_needs_one_match_in_its_file():
    key = label("CREDENTIAL", ANY)
    assert counts(score([key], [found("CREDENTIAL", "x"), found("CREDENTIAL", "y")], plain), "CREDENTIAL") == (1, 1, 0)
    assert score([key], [], plain).misses == [key]


def test_another_extent_answers_for_its_label():
    url = label("CREDENTIAL", "db://u:p@h/", alternatives=("p",))
    result = score([url], [found("CREDENTIAL", "p")], plain)
    assert counts(result, "CREDENTIAL") == (1, 1, 0)
    assert counts(
        score([url], [found("CREDENTIAL", "p"), found("CREDENTIAL", "db://u:p@h/")], plain), "CREDENTIAL"
    ) == (1, 1, 0)
    assert counts(score([url], [], plain), "CREDENTIAL") == (1, 0, 0)


def test_a_hash_reported_as_a_clear_value_is_wrong_both_ways():
    hashed = label("KR_CI", "abcd", protected=True)
    assert counts(score([hashed], [found("KR_CI", "abcd", protected=True)], plain), "KR_CI") == (1, 1, 0)
    assert counts(score([hashed], [found("KR_CI", "abcd")], plain), "KR_CI") == (1, 0, 1)


def test_a_masked_decoy_may_be_reported_as_protected_only():
    masked = label("", "010****5678", form="masked phone")
    assert counts(score([masked], [found("PHONE_NUMBER", "010****5678", protected=True)], plain), "PHONE_NUMBER") == (
        0,
        0,
        0,
    )
    assert counts(score([masked], [found("PHONE_NUMBER", "010****5678")], plain), "PHONE_NUMBER") == (0, 0, 1)


def test_tables_mark_a_missed_target_and_never_round_up():
    result = score([label("KR_CI", str(i)) for i in range(2000)], [found("KR_CI", str(i)) for i in range(1999)], plain)
    assert report.percent(result.tally("KR_CI").recall) == "99.9"
    assert "| KR_CI | 2,000 | 99 | 99.9 | 100.0 |" in report.table({"auditor": result})
    few = score([label("KR_CI", str(i)) for i in range(100)], [found("KR_CI", str(i)) for i in range(98)], plain)
    assert "| KR_CI ✗ |" in report.table({"auditor": few})
    assert report.percent(math.nan) == "–"


def test_reports_hold_no_clear_value():
    secret = "900101-1234567"
    result = score(
        [label("KR_RRN", secret, field="jumin", form="dash")],
        [found("PHONE_NUMBER", secret, mask="9*****", place="line 3")],
        plain,
    )
    text = report.failures(result)
    assert "jumin" in text
    assert "9*****" in text
    assert secret not in text
    assert plain("PHONE_NUMBER", secret) not in text


def test_results_of_corpora_add_up():
    one = score([label("KR_CI", "a")], [found("KR_CI", "a")], plain)
    one.add(score([label("KR_CI", "b")], [found("KR_CI", "c")], plain))
    assert counts(one, "KR_CI") == (2, 1, 1)
    assert len(one.misses) == 1
    assert len(one.false_alarms) == 1
