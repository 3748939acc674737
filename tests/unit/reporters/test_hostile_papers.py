"""Whatever a vendor calls a file: the papers of a finished run hold it as text, in HTML, in plain text and in a spreadsheet."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hostile_strings import CHUNKS, hostile_run
from judged_run import judged

from auditor.model.finding import Evidence
from auditor.reporters import html
from auditor.reporters import json as json_report
from auditor.reporters.document import Report
from auditor.reporters.papers import customer_message, regulator_report, response_page, statement
from auditor.reporters.spreadsheet import workbook
from auditor.response import respond
from auditor.ruleset.loader import load

RULES = load()
TAGS = {
    "html", "head", "meta", "title", "style", "body", "div", "p", "br", "b", "code", "span", "table", "thead", "tbody", "tr", "th", "td",
    "h1", "h2", "h3", "ul", "ol", "li", "footer", "wbr",
}  # fmt: skip
ATTRIBUTES = {"lang", "charset", "http-equiv", "content", "name", "class", "scope", "data-label"}


class Page(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def finished(chunk: Sequence[str], folder: Path) -> tuple[Report, html.Run]:
    run = hostile_run(chunk)
    evidence = Evidence(observations=run.observations, gaps=run.gaps, coverage=run.coverage, engagement=run.engagement, now=run.started)  # fmt: skip
    run = judged(run, RULES, evidence)
    run = replace(run, response=respond(run, RULES, evidence))
    file = folder / "report.json"
    file.write_text(json_report.report(run), encoding="utf-8")
    return json_report.read(file), run


@pytest.mark.parametrize("chunk", CHUNKS, ids=range(len(CHUNKS)))
def test_papers_hold_hostile_strings_as_text(chunk: Sequence[str], tmp_path: Path) -> None:
    report, run = finished(chunk, tmp_path)
    assert run.response
    plan = run.response.plan
    assert plan
    for language in ("en", "ko"):
        pages = [
            statement(report, "0" * 64, language),
            response_page(report, plan, RULES.frameworks, language),
            regulator_report(report, plan, RULES.frameworks, language),
            html.report(run, language),
        ]
        for page in pages[:3]:
            seen = Page(page)
            assert seen.tags <= TAGS, seen.tags - TAGS
            assert seen.attributes <= ATTRIBUTES, seen.attributes - ATTRIBUTES
        assert "script" not in Page(pages[3]).tags
        for text in (*pages, customer_message(report, plan, RULES.frameworks, language)):
            assert not [
                c for c in text if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
            ]
    with zipfile.ZipFile(io.BytesIO(workbook(report, "0" * 64))) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 2
        for name in sheets:
            data = book.read(name).decode()
            assert "<f>" not in data
            assert "<hyperlink" not in data
        assert not [name for name in book.namelist() if "external" in name.lower()]
