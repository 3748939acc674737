"""The built-in templates' code is shipped: a report compiles none of them, and its pages are those of the templates themselves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from jinja2 import Environment
from sample_run import INCIDENT

from auditor.model.text import LANGUAGES, Language
from auditor.reporters import html, templates

_COMPILE: Final = Environment.compile


@pytest.fixture(autouse=True)
def compiled_by_jinja(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The templates that Jinja compiles in a test, which begins with none in memory."""
    names: list[str] = []

    def noted(self: Environment, source: Any, name: Any = None, *more: Any, **options: Any) -> Any:
        names.append(name)
        return _COMPILE(self, source, name, *more, **options)

    monkeypatch.setattr(Environment, "compile", noted)
    monkeypatch.setattr(
        templates, "COMPILED", {escaped: templates.Compiled(autoescape=escaped) for escaped in (True, False)}
    )
    monkeypatch.setattr(html, "COMPILED", templates.COMPILED)
    templates._shipped.cache_clear()
    yield names
    templates._shipped.cache_clear()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_compiles_none(compiled_by_jinja: list[str], language: Language) -> None:
    html.report(INCIDENT, language)
    assert compiled_by_jinja == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_release_of_jinja_compiles_them_and_makes_the_same_page(
    compiled_by_jinja: list[str], language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = html.report(INCIDENT, language)
    monkeypatch.setattr(templates, "_release", lambda: "jinja2 99.0")
    templates._shipped.cache_clear()
    monkeypatch.setattr(html, "COMPILED", {True: templates.Compiled(autoescape=True)})
    assert html.report(INCIDENT, language) == shipped
    assert "report.html" in compiled_by_jinja


def test_a_users_template_is_compiled_and_those_it_leaves_alone_are_not(
    compiled_by_jinja: list[str], tmp_path: Path
) -> None:
    (tmp_path / "report.html").write_text(
        '{% extends "default/report.html" %}{% block title %}ours{% endblock %}', encoding="utf-8"
    )
    html.report(INCIDENT, "en", tmp_path)
    assert set(compiled_by_jinja) <= {"report.html", "default/report.html"}
    assert "report.html" in compiled_by_jinja


def test_a_template_whose_code_would_depend_on_the_language_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.html").write_text('{{ "KR_CI" | entity }}', encoding="utf-8")  # Jinja asks the filter as it compiles
    monkeypatch.setattr(templates, "templates_dir", lambda: tmp_path)

    def apart(_: bool) -> list[Environment]:
        made = [Environment(autoescape=True), Environment(autoescape=True)]
        for environment, title in zip(made, ("a person's CI", "연계정보"), strict=True):
            environment.filters["entity"] = lambda _, title=title: title
        return made

    with pytest.raises(ValueError, match="depends on the language"):
        templates.compiled_templates(apart)
