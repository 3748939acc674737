"""report.json keeps to its published schema and loses nothing of a run."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator, ValidationError
from sample_run import GATE_CLEAN, GATE_FOUND, GATE_INCOMPLETE, INCIDENT, VERIFIED

from auditor.reporters.json import report, schema

VALIDATOR = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())
    assert schema()["$id"] == json.loads(report(INCIDENT))["$schema"]


@pytest.mark.parametrize("run", [INCIDENT, GATE_CLEAN, GATE_INCOMPLETE, GATE_FOUND, VERIFIED])
def test_reports_are_valid(run) -> None:
    text = report(run)
    VALIDATOR.validate(json.loads(text))
    assert text.endswith("}\n")


def objects(value):
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from objects(part)
    elif isinstance(value, list):
        for part in value:
            yield from objects(part)


def test_the_schema_is_closed_everywhere() -> None:
    """No object of the report takes a field more, and none lets one go (but counts, which hold the statuses met)."""
    value = json.loads(report(INCIDENT))
    checked = 0
    for part in objects(value):
        part["unheard_of"] = 1
        with pytest.raises(ValidationError):
            VALIDATOR.validate(value)
        del part["unheard_of"]
        if set(part) <= {"fail", "pass", "not-checked"}:
            continue
        name, kept = next(iter(part.items()))
        del part[name]
        with pytest.raises(ValidationError):
            VALIDATOR.validate(value)
        part[name] = kept
        checked += 1
        if checked == 60:
            break
    assert checked >= 30


def test_nothing_of_the_run_is_lost() -> None:
    value = json.loads(report(INCIDENT))
    assert len(value["findings"]) == len(INCIDENT.findings)
    assert [gap["code"] for gap in value["gaps"]] == [gap.code.value for gap in INCIDENT.gaps]
    assert [asset["path"] for asset in value["data"]] == [seen.path for seen in INCIDENT.observations]
    assert value["data"][2]["current"] is False
    assert value["certificate"] == value["summary"]["verdict"] == "contradicted"
    assert value["summary"]["people"] == 17551
    assert value["summary"]["complete"] is value["run"]["complete"] is False
    assert [finding["change"] for finding in value["gone"]] == ["gone", "not-examined"]
    assert value["engagement"]["destruction"]["subjects"] == 17551
    assert {item["name"]: item["value"] for item in value["controls"]}["bucket.encryption"] is None
    assert value["policies"][0]["counts"] == {"fail": 21}
    finding = value["findings"][2]
    assert finding["title"] == {
        "en": "Personal data kept after the contract ended",
        "ko": "계약 종료 후 보유 중인 개인정보",
    }
    assert (finding["level"], finding["count"], finding["matches"]) == ("critical", 17551, 19501)


def test_paths_to_keys_and_passwords_are_not_told() -> None:
    target = replace(INCIDENT.engagement.targets[0], password_file="/secrets/password", key_file="/secrets/key")
    engagement = replace(INCIDENT.engagement, targets=(target,), key_file="/secrets/hmac")
    assert "/secrets" not in report(replace(INCIDENT, engagement=engagement))
