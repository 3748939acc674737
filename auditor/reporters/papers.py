"""Papers about a finished run, made from its report.json: the statement on a destruction certificate, the playbook, drafts.

Their templates run in the same sandbox as the report's, and a bank's own folder is searched first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from auditor.errors import InputError, Problem
from auditor.model.guidance import Framework
from auditor.model.response import Plan
from auditor.model.text import Language
from auditor.reporters.document import Report
from auditor.reporters.html import render, requirements_of
from auditor.reporters.strings import Strings, load_strings

FILES_SHOWN: Final = 60
"""Rows of the list of remaining files; the rest is counted and stands in report.json."""


def statement(report: Report, digest: str, language: Language, templates: Path | None = None) -> str:
    """The verification statement as an HTML page for A4. `digest` is the SHA-256 of report.json, hexadecimal."""
    scope = {item.target for item in report.response.scope}
    named = {(item.target, file.path, file.version) for item in report.response.scope for file in item.files}
    files = [asset for asset in report.data if (asset.target, asset.path, asset.version) in named]
    files.sort(key=lambda asset: (-asset.people, asset.target, asset.path, asset.version or ""))
    contradicting = sum(item.assets for item in report.response.scope)
    gaps = Counter((gap.target, gap.code) for gap in report.gaps if gap.target in scope)
    values = {
        "digest": digest,
        "files": files[:FILES_SHOWN],
        "files_more": contradicting - len(files[:FILES_SHOWN]),
        "gaps": [(target, code, count) for (target, code), count in sorted(gaps.items())],
        "outside": [target.name for target in report.engagement.targets if target.name not in scope],
        "addresses": {target.name: target.address for target in report.engagement.targets},
    }
    return _page("statement.html", report, values, language, templates, requirements_of(report.response.frameworks))


def response_page(
    report: Report, plan: Plan, frameworks: Iterable[Framework], language: Language, templates: Path | None = None
) -> str:
    """What to do and by when, counted from `plan.aware`."""
    return _page("response.html", report, {"plan": plan}, language, templates, requirements_of(frameworks))


def customer_message(
    report: Report, plan: Plan, frameworks: Iterable[Framework], language: Language, templates: Path | None = None
) -> str:
    """A draft of what customers are told, as plain text."""
    name = f"drafts/customer-message.{language}.txt"
    return _page(name, report, {"plan": plan}, language, templates, requirements_of(frameworks))


def regulator_report(
    report: Report, plan: Plan, frameworks: Iterable[Framework], language: Language, templates: Path | None = None
) -> str:
    """A draft of the report to an authority, as an HTML page for A4."""
    name = f"drafts/regulator-report.{language}.html"
    return _page(name, report, {"plan": plan}, language, templates, requirements_of(frameworks))


def _page(
    template: str,
    report: Report,
    values: dict[str, Any],
    language: Language,
    templates: Path | None,
    cited: dict[str, str],
) -> str:
    if templates is not None and not templates.is_dir():
        raise InputError(Problem(file=str(templates), cause="the templates folder does not exist"))
    templates = templates.resolve() if templates is not None else None
    bank = report.engagement.entrusting
    strings: Strings = load_strings(language, templates, country=bank.country, time_zone=bank.time_zone)
    css = "document.css" if template.endswith(".html") else ""
    given = {"report": report, "engagement": report.engagement, "exposure": report.response.exposure, **values}
    return render(template, css, strings, templates, given, cited)
