"""The verification statement names what was left out on purpose, and does not say that all was inspected."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from judged_run import judged
from sample_run import VERIFIED

from auditor.model.asset import Control
from auditor.model.finding import Evidence
from auditor.model.text import Language
from auditor.reporters import json as json_report
from auditor.reporters.papers import statement
from auditor.response import respond
from auditor.ruleset.loader import load

RULES = load()


def page(controls: tuple[Control, ...], folder: Path, language: Language) -> str:
    evidence = Evidence(
        controls=controls, coverage=VERIFIED.coverage, engagement=VERIFIED.engagement, now=VERIFIED.started
    )
    run = judged(replace(VERIFIED, controls=controls), RULES, evidence)
    file = folder / "report.json"
    file.write_text(json_report.report(replace(run, response=respond(run, RULES, evidence))), encoding="utf-8")
    return statement(json_report.read(file), "0" * 64, language)


@pytest.mark.parametrize(
    ("language", "everything", "left_out", "versions"),
    [
        ("en", "everything listed was inspected", "left out, as the engagement says", "older and deleted object versions"),
        ("ko", "모두 점검하였습니다", "제외한 경로", "이전·삭제 객체 버전은 조회하지 않음"),
    ],
)  # fmt: skip
def test_what_was_left_out_is_listed(
    language: Language, everything: str, left_out: str, versions: str, tmp_path: Path
) -> None:
    whole = page((), tmp_path, language)
    assert everything in whole
    assert left_out not in whole
    listed = Control(target="bucket", name="bucket.versions_listed", value=True)
    assert everything in page((listed,), tmp_path, language)
    excluded = tuple(Control(target="dev-server", name="ssh.excluded", value=value) for value in ("/home/*", "/proc"))
    said = page((*excluded, replace(listed, value=False)), tmp_path, language)
    assert everything not in said
    assert left_out in said
    assert "/home/*" in said
    assert "/proc" in said
    assert versions in said
    elsewhere = replace(excluded[0], target="another")
    assert "/home/*" not in page((elsewhere,), tmp_path, language)
