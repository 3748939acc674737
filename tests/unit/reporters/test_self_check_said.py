"""The self-check's sentence: none, all the same, and a warning with rules and places."""

from __future__ import annotations

import json
from dataclasses import replace

from sample_run import GATE_FOUND

from auditor.model.recheck import Difference, Recheck
from auditor.reporters import html
from auditor.reporters import json as report_json
from auditor.reporters.summary import summary

DIFFERENT = replace(
    GATE_FOUND,
    recheck=Recheck(
        sampled=1412, differing=2,
        differences=(
            Difference(target="delivery", path="log/app.log", line=7, place="line 7", rule="kr-ci", kind="missed"),
            Difference(target="delivery", path="users.csv", place="row 9, field memo\x1b[2J", rule="kr-phone", kind="more"),
        ),
    ),
)  # fmt: skip


def test_a_difference_is_a_warning_with_its_rules() -> None:
    said = "Self-check: 1,412 randomly chosen lines and cells were examined a second time by the reference path. Warning: 2 of them gave another result"
    assert said in summary(DIFFERENT, "en")
    assert "Rules: kr-ci, kr-phone." in summary(DIFFERENT, "en")
    assert "경고: 이 중 2개" in summary(DIFFERENT, "ko")
    page = html.report(DIFFERENT, "en")
    assert said in page
    assert "missed by the first pass, added" in page
    assert "row 9, field memo" in page
    assert "\x1b" not in page


def test_the_json_report_tells_each_place() -> None:
    told = json.loads(report_json.report(DIFFERENT))["recheck"]
    assert (told["sampled"], told["differing"], told["rules"]) == (1412, 2, ["kr-ci", "kr-phone"])
    first, second = told["differences"]
    assert first == {"target": "delivery", "path": "log/app.log", "version": None, "place": "line 7", "line": 7, "rule": "kr-ci", "kind": "missed"}  # fmt: skip
    assert (second["line"], second["kind"]) == (None, "more")


def test_nothing_checked_twice_is_said_as_well() -> None:
    assert "no line or cell was examined a second time" in summary(GATE_FOUND, "en")
    assert "All gave the same result." in summary(replace(GATE_FOUND, recheck=Recheck(sampled=412)), "en")
