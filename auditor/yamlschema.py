"""Holds a YAML document against models "as written" and says what is wrong in plain words, with line and column.

Import it only where something is validated: pydantic takes 0.1 s to import.
"""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterable
from typing import Annotated, Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from auditor.errors import Problem
from auditor.model.text import printable
from auditor.yamlfile import Document, Location
from auditor.yamltypes import Written, quote, type_name

Model = TypeVar("Model", bound=Written)

# pydantic's error types → what was expected there.
_EXPECTED: Final = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}
_FORMS: Final = {
    "text": "put it in quotes",
    "a whole number": "write digits only, without quotes",
    "a number": "write a number, without quotes",
    "true or false": "write true or false (yes, no, on and off are plain text)",
    "a list": 'write "[one, two]", or one entry a line, each starting with "- "',
    "a mapping": 'write "{key: value}", or one "key: value" a line, indented',
}


def validate(model: type[Model], document: Document) -> tuple[Model | None, list[Problem]]:
    """The document as `model`, and every problem of it, those of reading included. None as soon as there is one."""
    problems = list(document.problems)
    written: Model | None = None
    try:
        written = model.model_validate(document.tree)
    except ValidationError as error:
        details = error.errors(include_url=False)
        misspelt = {(*d["loc"][:-1], _nearest(model, d["loc"])) for d in details if d["type"] == "extra_forbidden"}
        for detail in details:
            location = detail["loc"]
            if any(location[: len(refused)] == refused for refused in document.refused):
                continue  # reading has said why there is nothing here
            if detail["type"] == "missing" and location in misspelt and location not in document.keys:
                continue  # said at the misspelt key
            if detail["type"] == "too_short" and document.get(*location):
                continue  # pydantic counts only entries without a mistake, and theirs are told
            problems.append(_problem(model, document, detail))
    return (None if problems else written), in_order(problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """By file, line and column, each once."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.line, p.column, p.cause))


def did_you_mean(word: str, known: Iterable[str], what: str) -> str:
    """A cure for an unknown word: the nearest known one, else all of them."""
    names = sorted(set(known))
    if near := nearest(word, names):
        return f'did you mean "{near}"?'
    return f"{what}: {', '.join(names)}" if names else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, whatever the case; "" if none is alike."""
    lower = {name.lower(): name for name in known}
    for near in difflib.get_close_matches(word.lower(), lower, n=1, cutoff=0.6):
        return lower[near]
    return ""


def _problem(model: type[Written], document: Document, detail: ErrorDetails) -> Problem:
    location, kind, value = detail["loc"], detail["type"], detail["input"]
    context = detail.get("ctx", {})
    name = printable(str(location[-1])) if location else ""
    match kind:
        case "mistake":
            cause = str(context["cause"])
            return document.problem(location, f"{_subject(location)}{cause}", str(context["cure"]))
        case "extra_forbidden":
            at = _model_at(model, location[:-1])
            cure = at.cures.get(name) if at else None
            cure = cure or did_you_mean(name, at.keys() if at else (), "keys known here")
            return document.problem(location, f'unknown key "{name}"', cure, at_key=True)
        case "missing" if location in document.keys:
            return document.problem(location, f'"{name}" has no value', _description(model, location), at_key=True)
        case "missing":
            return document.problem(location[:-1], f'the key "{name}" is missing', _description(model, location))
        case "literal_error":
            words = [word.strip("'") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
            cause = f"{_subject(location)}{quote(value)} is not one of the words allowed here"
            return document.problem(location, cause, did_you_mean(str(value), words, "allowed"))
        case "too_short":
            return document.problem(location, f"{_subject(location)}nothing is listed", _description(model, location))
        case _ if kind in _EXPECTED:
            expected = _EXPECTED[kind]
            cause = f"{_subject(location)}{type_name(value)} stands where {expected} is expected"
            return document.problem(location, cause, _FORMS[expected])
        case _:  # bounds and the like: pydantic's sentence names the rule, never the value
            cause = f"{_subject(location)}{detail['msg'].removeprefix('Input ')}"
            return document.problem(location, cause, _description(model, location))


def _subject(location: Location) -> str:
    """`host: ` or `paths, entry 2: ` — what a cause is about."""
    if not location:
        return ""
    last = location[-1]
    if isinstance(last, str):
        return f"{printable(last)}: "
    name = next((printable(step) for step in reversed(location) if isinstance(step, str)), "")
    return f"{name}, entry {last + 1}: " if name else f"entry {last + 1}: "


def _nearest(model: type[Written], location: Location) -> str:
    at = _model_at(model, location[:-1])
    return nearest(str(location[-1]), at.keys()) if at and str(location[-1]) not in at.cures else ""


def _description(model: type[Written], location: Location) -> str:
    """What belongs under a key, as its schema describes it, with an example."""
    at = _model_at(model, location[:-1])
    if at is None:
        return ""
    for name, info in at.model_fields.items():
        if (info.alias or name) == location[-1]:
            example = f", such as: {_shown(info.examples[0])}" if info.examples else ""
            return f"{printable(str(location[-1]))}: {info.description or 'needed here'}{example}"
    return ""


def _shown(example: Any) -> str:
    match example:
        case dict():
            return "{" + ", ".join(f"{key}: {_shown(value)}" for key, value in example.items()) + "}"
        case list():
            return "[" + ", ".join(map(_shown, example)) + "]"
        case _:
            return str(example)


def _model_at(model: type[Written], location: Location) -> type[Written] | None:
    """The model of the mapping at a place; None where any key may stand."""
    kind: Any = model
    for step in location:
        kind = _bare(kind)
        if isinstance(kind, type) and issubclass(kind, Written):
            kind = kind.keys().get(str(step))
        else:
            arguments = [argument for argument in typing.get_args(kind) if argument is not ...]
            kind = arguments[-1] if arguments else None
    kind = _bare(kind)
    return kind if isinstance(kind, type) and issubclass(kind, Written) else None


def _bare(kind: Any) -> Any:
    """The type without `| None` and Annotated."""
    while True:
        origin = typing.get_origin(kind)
        if origin is Annotated:
            kind = typing.get_args(kind)[0]
        elif origin is typing.Union or origin is types.UnionType:
            kind = next(argument for argument in typing.get_args(kind) if argument is not type(None))
        else:
            return kind
