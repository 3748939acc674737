"""SARIF 2.1.0: valid against the published schema, and saying what code-scanning platforms look for."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from sample_run import GATE_CLEAN, GATE_FOUND, GATE_INCOMPLETE, INCIDENT, VERIFIED

from auditor.reporters.sarif import MOST_NOTIFICATIONS, report

SCHEMA = Path(__file__).parents[2] / "data" / "sarif-2.1.0.json"
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def sarif(run, language="en"):
    log = json.loads(report(run, language))
    VALIDATOR.validate(log)
    return log["runs"][0]


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("run", [INCIDENT, GATE_CLEAN, GATE_INCOMPLETE, GATE_FOUND, VERIFIED])
def test_valid(run, language) -> None:
    assert sarif(run, language)["language"] == {"en": "en-US", "ko": "ko-KR"}[language]


def test_rules_and_levels() -> None:
    run = sarif(INCIDENT)
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert rules["retained-after-contract"]["properties"]["security-severity"] == "9.5"
    assert "kr-pipa-21" in rules["retained-after-contract"]["properties"]["tags"]
    assert "helpUri" not in rules["retained-after-contract"]
    levels = {result["ruleId"]: result["level"] for result in run["results"] if result["kind"] == "fail"}
    assert levels == {
        "destruction-certificate": "error",
        "retained-after-contract": "error",
        "personal-data-in-test-data": "error",
        "world-readable": "warning",
    }
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_a_finding_is_located() -> None:
    results = {
        (result["properties"]["path"], result["properties"]["entity"]): result
        for result in sarif(INCIDENT)["results"]
        if result["ruleId"] == "retained-after-contract"
    }
    csv = results["/home/jhkim/export/회원_CI_최종.csv", "KR_CI"]
    (location,) = csv["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {
            "uri": "home/jhkim/export/%ED%9A%8C%EC%9B%90_CI_%EC%B5%9C%EC%A2%85.csv",
            "uriBaseId": "DEV-SERVER",
        },
        "region": {"startLine": 2},
    }
    member = results["/home/jhkim/backup/wallet_2025.tar.gz!/old/2024.zip!/users_utf8.csv", "KR_CI"]
    (location,) = member["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "home/jhkim/backup/wallet_2025.tar.gz"
    assert "region" not in location["physicalLocation"]  # the line is the member's, not the archive's
    assert [logical["name"] for logical in location["logicalLocations"]] == [
        "dev-server",
        "old/2024.zip",
        "users_utf8.csv",
    ]
    assert location["logicalLocations"][2]["fullyQualifiedName"].endswith("tar.gz!/old/2024.zip!/users_utf8.csv")
    assert member["properties"]["line"] == 2


def test_bases_hold_addresses_and_no_credentials() -> None:
    bases = sarif(INCIDENT)["originalUriBaseIds"]
    assert bases["DEV-SERVER"]["uri"] == "sftp://dev.labs.example/"
    assert bases["BUCKET"]["uri"] == "s3://nft-assets/"
    assert "uri" not in sarif(GATE_FOUND)["originalUriBaseIds"]["DELIVERY"]


def test_history() -> None:
    run = sarif(INCIDENT)
    states = {result["properties"]["change"]: (result["baselineState"], result["kind"]) for result in run["results"]}
    assert states == {
        "new": ("new", "fail"),
        "unchanged": ("unchanged", "fail"),
        "gone": ("absent", "fail"),
        "not-examined": ("unchanged", "open"),
    }
    assert all(result["partialFingerprints"]["auditorFinding/v1"] for result in run["results"])


def test_an_incomplete_run_without_results_was_not_successful() -> None:
    (invocation,) = sarif(GATE_INCOMPLETE)["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["level"] == "error"
    assert notification["descriptor"]["id"] == "PASSWORD_PROTECTED"
    assert "delivery.zip!/a.7z" in notification["message"]["text"]
    assert sarif(GATE_INCOMPLETE)["results"] == []
    (invocation,) = sarif(GATE_CLEAN)["invocations"]
    assert invocation["executionSuccessful"] is True
    assert invocation["toolExecutionNotifications"] == []
    for flawed in (replace(GATE_CLEAN, interrupted=True), replace(GATE_CLEAN, coverage=())):
        (invocation,) = sarif(flawed)["invocations"]
        assert invocation["executionSuccessful"] is False
        assert invocation["toolExecutionNotifications"]


def test_notifications_are_capped_with_a_count() -> None:
    gaps = tuple(replace(INCIDENT.gaps[0], path=f"{n}.zip") for n in range(MOST_NOTIFICATIONS + 234))
    (invocation,) = sarif(replace(GATE_CLEAN, gaps=gaps))["invocations"]
    assert len(invocation["toolExecutionNotifications"]) == MOST_NOTIFICATIONS + 1
    assert invocation["toolExecutionNotifications"][-1]["properties"] == {"count": 234}
    assert invocation["toolExecutionNotifications"][-1]["message"]["text"].startswith("234 more items")
