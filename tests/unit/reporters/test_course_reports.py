"""What reports say of waivers, baselines, samples, due days, trend and scorecard. Never "clean" where something was left out."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sample_run import GATE_CLEAN, GATE_FOUND, INCIDENT, VERIFIED

from auditor.commands._outcome import exit_code
from auditor.model.asset import Gap, GapCode
from auditor.model.course import (
    Answer,
    Answered,
    BaselineUse,
    Course,
    Remediation,
    Sampling,
    Scorecard,
    Suppression,
    Track,
    TrendPoint,
    WaiverState,
    WaiverUse,
)
from auditor.model.finding import CertificateStatus, Run
from auditor.model.rule import Level
from auditor.model.text import Bilingual, Language
from auditor.reporters import html, sarif
from auditor.reporters import json as json_report
from auditor.reporters.course import sentences
from auditor.reporters.course_view import HEIGHT, WIDTH, columns
from auditor.reporters.facts import Verdict, facts
from auditor.reporters.strings import load_strings
from auditor.reporters.summary import summary
from tests.unit.course_model import waiver

SARIF = Draft202012Validator(json.loads((Path(__file__).parents[2] / "data/sarif-2.1.0.json").read_text("utf-8")))
LANGUAGES: tuple[Language, ...] = ("en", "ko")
SUPPRESSION = Suppression(kind="waiver", by="W-1", reason="because", owner="o@bank.example", expires=date(2026, 12, 31))


def accepted(run: Run, suppression: Suppression = SUPPRESSION) -> Run:
    """The run with all its findings accepted."""
    suppressed = tuple(replace(f, track=replace(f.track, suppression=suppression)) for f in run.findings)
    use = WaiverUse(waiver=waiver(), state=WaiverState.ACTIVE, findings=len(suppressed), days_left=39)
    return replace(run, findings=(), course=Course(suppressed=suppressed, waivers=(use,), waivers_file="w.yaml"))


def sampled(run: Run, **more: Any) -> Run:
    gap = Gap(target=run.engagement.targets[0].name, path="", code=GapCode.NOT_SAMPLED, detail="left out", size=7)
    return replace(
        run, gaps=(*run.gaps, gap), course=Course(sampling=Sampling(per_folder=2, listed=9, left_out=7, **more))
    )


def point(run: int, **levels: int) -> TrendPoint:
    counts = tuple((level, levels.get(str(level), 0)) for level in sorted(Level, reverse=True))
    return TrendPoint(
        run=run, started=datetime(2026, run, 5, tzinfo=UTC), levels=counts, suppressed=0, not_examined=0, people=1, gaps=0,
        interrupted=False,
    )  # fmt: skip


CARD = Scorecard(
    id="c", title=Bilingual(en="Card <b>", ko="평가표 <b>"), lead=Bilingual(en="lead", ko="설명"), score=2, best=4, to_ask=1,
    rows=(
        Answered(
            area=Bilingual(en="Area", ko="영역"), question=Bilingual(en="Is it?", ko="그러한가?"), answer=Answer.ASK, score=None,
            evidence=(), ask=Bilingual(en="Ask them", ko="물어볼 것"),
        ),
    ),
)  # fmt: skip
FULL = replace(
    accepted(INCIDENT),
    findings=tuple(
        replace(f, track=Track(first_seen=INCIDENT.started, opened=INCIDENT.started, due=date(2026, 11, 1), state=Remediation.OVERDUE, known=2, reopened=INCIDENT.started))
        for f in INCIDENT.findings[:3]
    ),
)  # fmt: skip
FULL = replace(
    FULL,
    course=replace(
        FULL.course, baseline=BaselineUse(name="b.json", digest="0", entries=3, accepted=1, unmet=1, grown=1), scorecard=CARD,
        sampling=Sampling(per_folder=2, per_extension=3, per_target=4, bytes_per_target=10**9, seconds=90, listed=9, left_out=7, unread=1, time_up=("bucket",), listing_cut=("bucket",)),
        trend=(point(1, high=2), point(2, high=1, critical=3)), remediation=((Remediation.OVERDUE, 3), (Remediation.IN_TIME, 1)),
    ),
)  # fmt: skip
RUNS = {"accepted": accepted(GATE_FOUND), "sampled": sampled(GATE_CLEAN), "full": FULL, "none": INCIDENT}


def test_accepted_findings_do_not_fail_the_run_and_never_make_it_clean() -> None:
    run = accepted(GATE_FOUND)
    assert exit_code(GATE_FOUND) == 1
    assert exit_code(run) == 0
    assert facts(run).verdict is Verdict.ACCEPTED
    assert not Verdict.ACCEPTED.clean
    assert facts(run).suppressed == len(GATE_FOUND.findings)
    assert "ONLY ACCEPTED FINDINGS" in summary(run, "en")


def test_a_contradicted_certificate_stays_so() -> None:
    assert facts(accepted(INCIDENT)).verdict is Verdict.CONTRADICTED
    assert facts(accepted(replace(INCIDENT, certificate=CertificateStatus.NONE))).verdict is Verdict.INCOMPLETE


@pytest.mark.parametrize("run", [GATE_CLEAN, VERIFIED])
@pytest.mark.parametrize("codes", [(), (GapCode.NOT_SAMPLED, GapCode.TIME_CUT_OFF_REACHED)])
def test_a_sample_is_never_clean_or_verified_whatever_was_accepted(run: Run, codes: tuple[GapCode, ...]) -> None:
    half = replace(sampled(run), accepted_gaps=codes)
    assert facts(run).verdict.clean
    assert facts(half).verdict is Verdict.SAMPLED
    assert not facts(half).verdict.clean
    assert exit_code(half) == 3
    assert json.loads(sarif.report(half, "en"))["runs"][0]["invocations"][0]["executionSuccessful"] is False
    said = summary(half, "en")
    assert said.startswith("SAMPLE ONLY")
    assert "7 of 9" in said


def test_a_sample_with_other_gaps_is_incomplete() -> None:
    half = sampled(GATE_CLEAN)
    locked = Gap(target="delivery", path="a.7z", code=GapCode.PASSWORD_PROTECTED)
    assert facts(replace(half, gaps=(*half.gaps, locked))).verdict is Verdict.INCOMPLETE
    one_slow = Gap(target="delivery", path="a.pdf", code=GapCode.TIME_CUT_OFF_REACHED)
    assert facts(replace(half, gaps=(*half.gaps, one_slow))).verdict is Verdict.INCOMPLETE
    assert facts(replace(half, interrupted=True)).verdict is Verdict.INCOMPLETE


def test_a_sample_that_found_something_says_that_it_is_one() -> None:
    run = sampled(GATE_FOUND)
    assert facts(run).verdict is Verdict.FOUND
    assert exit_code(run) == 1
    for language in LANGUAGES:
        assert "7" in html.report(run, language)
    assert "Only a sample was examined: 7 of 9" in summary(run, "en")


@pytest.mark.parametrize("name", RUNS)
def test_json_fits_its_schema_and_lists_what_does_not_count(name: str) -> None:
    run = RUNS[name]
    report = json.loads(json_report.report(run))
    Draft202012Validator(json_report.schema()).validate(report)
    assert len(report["suppressed"]) == len(run.course.suppressed) == report["summary"]["suppressed"]
    assert len(report["findings"]) == len(run.findings)
    if name == "full":
        assert report["suppressed"][0]["track"]["suppression"] == {
            "kind": "waiver", "by": "W-1", "reason": "because", "owner": "o@bank.example", "expires": "2026-12-31",
        }  # fmt: skip
        assert report["findings"][0]["track"]["remediation"] == "overdue"
        assert report["course"]["trend"][1]["levels"]["critical"] == 3
        assert report["course"]["waivers"]["entries"][0]["state"] == "active"


@pytest.mark.parametrize("name", RUNS)
def test_sarif_says_of_every_result_whether_it_is_suppressed(name: str) -> None:
    run = RUNS[name]
    log = json.loads(sarif.report(run, "en"))
    SARIF.validate(log)
    results = log["runs"][0]["results"]
    assert len(results) == len(run.findings) + len(run.course.suppressed) + len(run.gone)
    assert all("suppressions" in result for result in results)
    held = [result for result in results if result["suppressions"]]
    assert len(held) == len(run.course.suppressed)
    for result in held:
        assert result["suppressions"][0]["kind"] == "external"
        assert result["suppressions"][0]["status"] == "accepted"
        assert result["suppressions"][0]["justification"] == "because"


def test_sarif_holds_what_a_baseline_knows_against_it() -> None:
    known = accepted(GATE_FOUND, Suppression(kind="baseline", by="b.json"))
    [result] = json.loads(sarif.report(known, "en"))["runs"][0]["results"]
    assert (result["baselineState"], result["suppressions"][0]["properties"]["id"]) == ("unchanged", "b.json")
    grown = replace(GATE_FOUND, findings=tuple(replace(f, track=Track(known=1)) for f in GATE_FOUND.findings))
    [result] = json.loads(sarif.report(grown, "en"))["runs"][0]["results"]
    assert (result["baselineState"], result["suppressions"]) == ("updated", [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_every_part(language: Language) -> None:
    page = html.report(FULL, language)
    for part in ("accepted", "deadlines", "trend", "scorecard"):
        assert f'id="{part}"' in page
        assert f'href="#{part}"' in page
    assert "W-1" in page
    assert "o@bank.example" in page
    assert "Card <b>" not in page, "texts are escaped"
    assert "style=" not in page.partition("</style>")[2], "the page's policy admits no inline style"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plain_run_has_none_of_it(language: Language) -> None:
    page = html.report(GATE_CLEAN, language)
    assert not re.search(r'(id="|href="#)(accepted|deadlines|trend|scorecard)"', page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_says_that_no_policy_failed_where_all_is_accepted(language: Language) -> None:
    none = {"en": "No policy failed.", "ko": "부적합 정책이 없습니다."}[language]
    assert none in html.report(GATE_CLEAN, language)
    assert none not in html.report(accepted(GATE_FOUND), language)


def test_columns_fill_the_chart_and_do_not_overlap() -> None:
    assert columns(()) == columns((point(1, high=2),)) == ()
    made = columns((point(1, high=2), point(2, high=1, critical=3), point(3)))
    assert all(column.x >= 0 and column.x + column.width <= WIDTH for column in made)
    assert all(one.x + one.width <= other.x for one, other in pairwise(made))
    highest = made[1]
    assert [part.level for part in highest.segments] == [Level.HIGH, Level.CRITICAL], "the worst on top"
    assert highest.segments[0].y == pytest.approx(highest.segments[1].y + highest.segments[1].height, abs=0.2)
    assert highest.top < made[0].top < HEIGHT
    assert made[2].segments == ()
    many = columns(tuple(replace(point(1), run=n) for n in range(24)))
    assert many[-1].label
    assert sum(column.label for column in many) == 12


@pytest.mark.parametrize(
    ("left", "state", "said"),
    [
        (30, "active", "ends within 30 days"),
        (31, "active", ""),
        (-1, "expired", "has expired"),
        (0, "unused", "matched nothing"),
        (5, "not-yet", ""),
    ],
)
def test_the_first_screen_says_what_becomes_of_waivers(left: int, state: str, said: str) -> None:
    use = WaiverUse(waiver=waiver(), state=WaiverState(state), findings=0, days_left=left)
    text = " ".join(sentences(replace(GATE_CLEAN, course=Course(waivers=(use,))), load_strings("en")))
    assert said in text
    assert bool(text) == bool(said)
