"""The HTML report: one file, no script, nothing fetched, a Content-Security-Policy that admits only its own style.

Templates always run in Jinja's sandbox with autoescape on, but for plain text. A bank's own folder is searched before the built-in one,
which stays within reach as `default/…`: `{% extends "default/report.html" %}`.
"""

from __future__ import annotations

import base64
import hashlib
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, PrefixLoader, StrictUndefined
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from auditor.errors import InputError, Problem
from auditor.model.control_words import korean
from auditor.model.finding import Run
from auditor.model.text import LANGUAGES, Language, printable
from auditor.reporters.course_view import course_view
from auditor.reporters.recheck import sentence
from auditor.reporters.register import note, sentences
from auditor.reporters.safe import printable_run
from auditor.reporters.strings import Strings, load_strings, zoned
from auditor.reporters.templates import COMPILED, PREFIX, Loader, compiled_templates, escapes
from auditor.reporters.view import view
from auditor.resources import templates_dir


def report(run: Run, language: Language, templates: Path | None = None) -> str:
    """The whole page. `templates` is a folder with a user's own templates; InputError names file, line and cause."""
    if templates is not None and not templates.is_dir():
        raise InputError(Problem(file=str(templates), cause="the templates folder does not exist"))
    templates = templates.resolve() if templates is not None else None
    run = printable_run(run)
    strings = load_strings(
        language, templates, country=run.engagement.entrusting.country, time_zone=run.engagement.entrusting.time_zone
    )
    values = {
        "view": view(run),
        "run": run,
        "engagement": run.engagement,
        "register_sentences": sentences(run, strings),
        "course": course_view(run, strings),
        "recheck_sentence": sentence(run, strings),
        "register_note": lambda tally: note(run, tally, strings),
    }
    frameworks = run.response.frameworks if run.response else ()
    return render("report.html", "report.css", strings, templates, values, requirements_of(frameworks))


def requirements_of(frameworks: Iterable[Any]) -> dict[str, str]:
    """How each requirement of a run's frameworks is cited, by id and language: of a Run's or of report.json's."""
    return {
        f"{language}:{row.id}": getattr(row.ref, language)
        for framework in frameworks
        for row in framework.requirements
        for language in LANGUAGES
    }


def render(
    template: str,
    css: str,
    strings: Strings,
    templates: Path | None,
    values: Mapping[str, Any],
    cited: Mapping[str, str],
) -> str:
    """A page of the report's kind: sandboxed, with its style inside (`css` "": none). InputError for a user's template."""
    environment = _environment(strings, templates, cited, autoescape=escapes(template))
    try:
        style = _style(environment, templates, css) if css else ""
        return environment.get_template(template).render(
            **values,
            language=strings.language,
            style=Markup(style),  # noqa: S704 - a file of ours or the user's, refused if it holds "</"
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        )
    except Exception as error:  # a user's template may raise anything; what is not its fault is raised on
        problem = _problem(error, templates)
        if problem is None:
            raise
        raise InputError(problem) from None


def compiled() -> str:
    """What the file with the built-in templates' code must hold (templates.py)."""
    return compiled_templates(
        lambda autoescape: [
            _environment(load_strings(language), None, {}, autoescape=autoescape) for language in LANGUAGES
        ]
    )


def _environment(
    strings: Strings, templates: Path | None, cited: Mapping[str, str], *, autoescape: bool
) -> Environment:
    default = Loader(templates_dir())
    loaders: list[BaseLoader] = [default, PrefixLoader({PREFIX: default})]
    if templates is not None:
        loaders.insert(0, Loader(templates))
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader(loaders),
        autoescape=autoescape,  # off for plain text alone
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=COMPILED[autoescape],
    )

    def own(text: Any) -> str:
        return str(getattr(text, strings.language))  # a Bilingual, or report.json's Words

    def framework(id: str) -> str:
        return cited.get(f"{strings.language}:{id}") or strings.framework(id)

    environment.filters |= {
        "own": own,
        "number": strings.show,
        "date": strings.date,
        "day": strings.day,
        "mask": strings.mask,
        "why": strings.why,
        "time": strings.time,
        "size": strings.size,
        "entity": strings.entity,
        "control": strings.control,
        "detail": korean if strings.language == "ko" else str,
        "framework": framework,
        "zoned": zoned,
        "place": strings.place,
        "breakable": breakable,
    }
    environment.globals |= {"t": strings.text, "strings": strings.texts}
    return environment


def breakable(path: str) -> Markup:
    """A path that may wrap after each `/`; the browser breaks what is still too long anywhere."""
    return Markup("/<wbr>").join(escape(part) for part in path.split("/"))


def _style(environment: Environment, templates: Path | None, css: str) -> str:
    """The style sheet's text, not a template. It may not hold `</`: that would end the element it stands in."""
    loader: Any = environment.loader
    style, file, _ = loader.get_source(environment, css)
    style = str(style).strip()
    if "</" in style:
        line = style[: style.index("</")].count("\n") + 1
        raise InputError(
            Problem(file=str(file or templates), line=line, column=1, cause="a style sheet may not hold “</”")
        )
    return style


def _problem(error: Exception, templates: Path | None) -> Problem | None:
    """What to tell the user, if the error comes from a template of theirs: the innermost line of it that ran."""
    if templates is None or isinstance(error, InputError):
        return None
    cause = printable(f"{type(error).__name__}: {error}")
    if isinstance(error, TemplateSyntaxError):
        if error.filename is None or not Path(error.filename).is_relative_to(templates):
            return None
        return Problem(file=error.filename, line=error.lineno, column=1, cause=cause)
    lines = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(templates)
    ]
    if not lines:
        return None
    return Problem(file=lines[-1].filename, line=lines[-1].lineno or 0, column=1, cause=cause)
