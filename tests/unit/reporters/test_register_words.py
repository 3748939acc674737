"""What the reports say of a register: how many are the bank's own, and what could not be compared."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from jsonschema import Draft202012Validator
from sample_run import GATE_CLEAN, GATE_FOUND, INCIDENT

from auditor.model.finding import ComparedEntity, RegisterComparison, Run
from auditor.reporters.html import report as html
from auditor.reporters.json import report, schema
from auditor.reporters.register import Tallies, sentences
from auditor.reporters.sarif import report as sarif
from auditor.reporters.strings import load_strings
from auditor.reporters.summary import summary

EN, KO = load_strings("en"), load_strings("ko")

HELD = RegisterComparison(
    name="register.bin", key_id="5f0d3a9be1c27846", built=datetime(2026, 11, 1, tzinfo=UTC), customers=55_000_000,
    matched_customers=4123, people_compared=17_000, people_matched=4120,
    entities=(ComparedEntity(entity="KR_CI", compared=17_551, matched=4123), ComparedEntity(entity="KR_DI", compared=0, matched=0)),
)  # fmt: skip


def held_against(run: Run, held: RegisterComparison = HELD) -> Run:
    """CI compared, the rest not comparable."""
    seen = tuple(
        replace(s, tallies=tuple(replace(t, compared=t.distinct - 3, matched=7) if t.entity == "KR_CI" and t.distinct > 9 else t for t in s.tallies))
        for s in run.observations
    )  # fmt: skip
    return replace(run, observations=seen, register=held)


RUN = held_against(INCIDENT)


def test_the_first_screen_says_it_in_both_languages() -> None:
    assert sentences(RUN, EN) == (
        "4,120 of 17,551 people found are in the bank's register of customers.",
        "551 people could not be compared with it.",
        "4,123 customers to notify (auditor affected).",
    )
    assert "17,551명 중 4,120명이 은행 고객 대장에" in " ".join(sentences(RUN, KO))
    for language, strings in (("en", EN), ("ko", KO)):
        text = summary(RUN, language)
        assert sentences(RUN, strings)[0] in text
        assert text.count("\n") <= 25
        assert sentences(RUN, strings)[0].replace("'", "&#39;") in html(RUN, language)


def test_without_people_values_are_counted_and_without_values_nothing_is_claimed() -> None:
    values = replace(RUN, register=replace(HELD, people_compared=0, people_matched=0))
    assert sentences(values, EN)[0] == "4,123 of 17,551 values compared are in the bank's register of customers."
    nothing = replace(
        values, register=replace(HELD, people_compared=0, people_matched=0, matched_customers=0, entities=())
    )
    assert sentences(nothing, EN) == ("Nothing that was found can be compared with the bank's register of customers.",)


def test_no_register_no_words_and_a_clean_run_needs_none() -> None:
    assert sentences(INCIDENT, EN) == sentences(replace(GATE_CLEAN, register=HELD), EN) == ()
    assert {Tallies(INCIDENT).note(finding, EN) for finding in INCIDENT.findings} == {""}
    assert "register" not in html(GATE_FOUND, "en").partition("</style>")[2]


def test_each_finding_says_matched_not_or_not_comparable() -> None:
    tallies = Tallies(RUN)
    notes = {(f.verdict.path, f.verdict.entity): tallies.note(f, EN) for f in RUN.findings if f.verdict.entity}
    assert {note for (_, entity), note in notes.items() if entity != "KR_CI"} == {"not comparable with the register"}
    assert all(note.startswith("7 of ") and note.endswith("; 3 not comparable") for (path, e), note in notes.items() if e == "KR_CI" and "메모" not in path)  # fmt: skip
    page = html(RUN, "en")
    assert page.count("not comparable with the register") > 5
    assert "고객 대장 대조" in html(RUN, "ko")


@pytest.mark.parametrize("run", [RUN, replace(RUN, register=replace(HELD, entities=()))])
def test_json_is_valid_and_whole(run: Run) -> None:
    value = json.loads(report(run))
    Draft202012Validator(schema()).validate(value)
    assert value["register"]["people_matched"] == 4120
    assert value["register"]["compared"] == sum(entity["compared"] for entity in value["register"]["entities"])
    ci, nickname = value["data"][0]["tallies"][:2]
    assert (ci["compared"], ci["matched"]) == (ci["distinct"] - 3, 7)
    assert (nickname["compared"], nickname["matched"]) == (None, None)
    found = [finding for finding in value["findings"] if finding["entity"] == "KR_CI"]
    assert {finding["matched"] for finding in found} == {7, None}  # None: the note with three values
    assert json.loads(report(INCIDENT))["register"] is None


def test_sarif_carries_it() -> None:
    results = json.loads(sarif(RUN, "en"))["runs"][0]["results"]
    assert {r["properties"].get("inRegister") for r in results if r["properties"]["entity"] == "KR_CI"} >= {7}
    assert all("inRegister" not in r["properties"] for r in json.loads(sarif(INCIDENT, "en"))["runs"][0]["results"])
