"""The project's own rules once checked: `rules/compiled.jsonl`; what that is and when it counts, resources.py says.

Reading and checking the YAML files instead takes half a second. A user's own rules are always read and checked.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import sys
import types
import typing
from pathlib import Path
from typing import Any, Final, NamedTuple

from auditor.errors import Problem
from auditor.model.rule import Level, Ruleset
from auditor.resources import compile_text, read_compiled
from auditor.ruleset.kinds import NOUNS, PRESIDIO, Kind, rule_files

FILE: Final = "compiled.jsonl"


class Sources(NamedTuple):
    """A folder's rule files: the digest of all names and bytes, and a ruleset's (bytes alone)."""

    files: str
    ruleset: str


def load(directory: Path) -> Ruleset | None:
    """The rules of the project's own folder without reading its YAML; None where `compiled.jsonl` was not made from it."""
    sources = sources_of(directory)
    lines = sources and read_compiled(directory / FILE, sources.files)
    if sources is None or lines is None:
        return None
    rules: dict[Kind, list[Any]] = {kind: [] for kind in NOUNS}
    try:
        for kind, values in lines:
            rules[kind].append(_noun(NOUNS[kind], values))
    except (ValueError, TypeError, KeyError, AttributeError):  # another version's
        return None
    return Ruleset(
        recognizers=tuple(rules["recognizer"]), policies=tuple(rules["policy"]), profiles=tuple(rules["profile"]),
        digest=sources.ruleset, scorecards=tuple(rules["scorecard"]), frameworks=tuple(rules["framework"]),
        checklists=tuple(rules["checklist"]), playbooks=tuple(rules["playbook"]),
    )  # fmt: skip


def text(directory: Path, ruleset: Ruleset) -> str:
    """What the file must hold for these rules of that folder. ValueError if they cannot be written there."""
    sources = sources_of(directory)
    if sources is None or sources.ruleset != ruleset.digest or ruleset.presidio:
        raise ValueError("only a folder's own rules can be compiled, and none in Presidio's format")
    rules: dict[Kind, tuple[Any, ...]] = {
        "recognizer": ruleset.recognizers, "policy": ruleset.policies, "profile": ruleset.profiles, "scorecard": ruleset.scorecards,
        "framework": ruleset.frameworks, "checklist": ruleset.checklists, "playbook": ruleset.playbooks,
    }  # fmt: skip
    return compile_text(sources.files, ([kind, _written(rule)] for kind, of_kind in rules.items() for rule in of_kind))


def sources_of(directory: Path) -> Sources | None:
    """The digests of a folder's rule files; None if one cannot be read, has no place there, or is Presidio's."""
    problems: list[Problem] = []
    files, ruleset = hashlib.sha256(), hashlib.sha256()
    for kind, name in rule_files(directory, problems):
        if kind == PRESIDIO:
            return None
        try:
            data = (directory / name).read_bytes()
        except OSError:
            return None
        ruleset.update(data)
        files.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return None if problems else Sources(files=files.hexdigest(), ruleset=ruleset.hexdigest())


def _written(value: Any) -> Any:
    """A noun as JSON: what is as the noun has it by default is left out."""
    match value:
        case Level():
            return str(value)
        case tuple():
            return [_written(item) for item in value]
        case _ if dataclasses.is_dataclass(value):
            values = ((item, getattr(value, item.name)) for item in dataclasses.fields(value))
            return {item.name: _written(here) for item, here in values if here != _default(item)}
        case _:
            return value


def _default(item: dataclasses.Field[Any]) -> Any:
    return item.default_factory() if item.default_factory is not dataclasses.MISSING else item.default


def _noun(kind: Any, values: Any) -> Any:
    """The reverse of `_written`; it uses up `values`."""
    for name, maker in _makers(kind).items():
        if name in values:
            values[name] = maker(values[name])
    return kind(**values)


@functools.cache
def _makers(noun: type[Any]) -> dict[str, Any]:
    """For the fields of a noun that JSON writes otherwise: what makes the value."""
    makers = {item.name: _maker_of(str(item.type), noun.__module__) for item in dataclasses.fields(noun)}
    return {name: maker for name, maker in makers.items() if maker is not None}


@functools.cache
def _maker_of(annotation: str, module: str) -> Any:
    """The nouns' hundreds of fields have some twenty annotations: each is worked out once."""
    annotated = types.SimpleNamespace(__annotations__={"value": annotation})
    return _maker(typing.get_type_hints(annotated, vars(sys.modules[module]))["value"])


def _maker(kind: Any) -> Any:
    if kind is Level:
        return Level.parse
    if dataclasses.is_dataclass(kind):
        return functools.partial(_noun, kind)
    arguments = typing.get_args(kind)
    if isinstance(kind, types.UnionType):
        inner = _maker(arguments[0])
        return inner and (lambda value: None if value is None else inner(value))
    if typing.get_origin(kind) is tuple:
        inner = _maker(arguments[0])
        return (lambda values: tuple(map(inner, values))) if inner else tuple
    return None
