"""Rule files as written, derived from the nouns of model/rule.py and model/guidance.py, and the way from one to the other.

A field added to a noun is thereby a key of its file; describe it in `KEYS` (a test asks for it).
rules/schema/*.schema.json are generated from these models (`make schema`).
"""

from __future__ import annotations

import dataclasses
import functools
import re
import types
import typing
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, create_model

from auditor.model.engagement import Budgets
from auditor.model.guidance import (
    Checklist,
    ChecklistItem,
    Clock,
    Framework,
    Playbook,
    PlaybookAction,
    PlaybookExample,
    Requirement,
)
from auditor.model.rule import (
    ColumnRule,
    Level,
    LevelStep,
    Pattern,
    PolicyRule,
    Profile,
    Question,
    RecognizerRule,
    Sample,
    ScorecardRule,
    Terms,
)
from auditor.model.text import Bilingual
from auditor.ruleset.keys import KEYS, Key
from auditor.yamltypes import Number, Size, Switch, Term, TimeBudget, Whole, Written, mistake, quote, type_name

# Examples stand together in a file and apart in the nouns.
_GROUPED: Final[Mapping[type[Any], Mapping[str, str]]] = {
    RecognizerRule: {"match": "matches", "not_match": "not_matches"},
    PolicyRule: {"fail": "fail_examples", "pass": "pass_examples"},
}


def _level(value: Any) -> Level:
    try:
        return Level[value.upper()]
    except (KeyError, AttributeError):
        words = ", ".join(str(level) for level in reversed(Level))
        raise mistake(f"{quote(value)} is not a level", f"write one of {words}") from None


def _id(value: str) -> str:
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", value):
        raise mistake(f"{quote(value)} cannot be an id", "use small letters, digits and single dashes, such as kr-ci")
    return value


def _requirement(value: str) -> str:
    if not re.fullmatch("[a-z0-9]+([-.][a-z0-9]+)*", value):
        cure = "use small letters, digits, single dashes and dots, such as kr-ismsp-2.3.4"
        raise mistake(f"{quote(value)} cannot be the id of a requirement", cure)
    return value


def _country(value: str) -> str:
    if not re.fullmatch("[A-Z]{2}", value):
        raise mistake(f"{quote(value)} is no country", "write its two capital letters (ISO 3166), such as KR")
    return value


def _entity(value: str) -> str:
    if not re.fullmatch("[A-Z][A-Z0-9_]*", value):
        raise mistake(f"{quote(value)} cannot be an entity", "use capital letters, digits and underscores: KR_CI")
    return value


def _filled(value: str) -> str:
    if not value.strip():
        raise mistake("is empty", "write the text")
    return value


def _cell(value: Any) -> str | None:
    """A table's cell; whole numbers stand for their digits, as reading keeps only canonical ones as numbers."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise mistake(f"{type_name(value)} stands where text is expected", "put it in quotes")


Id = Annotated[str, AfterValidator(_id)]
RequirementId = Annotated[str, AfterValidator(_requirement)]
Country = Annotated[str, AfterValidator(_country)]
Entity = Annotated[str, AfterValidator(_entity)]
Filled = Annotated[str, AfterValidator(_filled)]
Cell = Annotated[str | None, BeforeValidator(_cell), WithJsonSchema({"type": ["string", "integer", "null"]})]
Share = Annotated[Number, Field(ge=0, le=1)]
Least = Annotated[Whole, Field(ge=1, le=1_000_000)]
LevelName = Annotated[
    Level, BeforeValidator(_level), WithJsonSchema({"enum": [str(level) for level in reversed(Level)]})
]

_SCALARS: Final[Mapping[Any, Any]] = {str: str, int: Whole, float: Number, bool: Switch, Level: LevelName, Any: Any}
_NARROWER: Final[Mapping[tuple[type[Any], str], Any]] = {
    (RecognizerRule, "id"): Id,
    (RecognizerRule, "entity"): Entity,
    (RecognizerRule, "threshold"): Share,
    (PolicyRule, "id"): Id,
    (PolicyRule, "entities"): tuple[Entity, ...],
    (Profile, "id"): Id,
    (Profile, "policies"): tuple[Id, ...],
    (Profile, "time_budget"): TimeBudget | None,
    (Profile, "scorecard"): Id | None,
    (PolicyRule, "remediate_within"): Term | None,
    **{(Terms, str(level)): Term | None for level in Level},
    **{(Sample, f"per_{of}"): Least | None for of in ("folder", "extension", "target")},
    (Sample, "bytes_per_target"): Size | None,
    **{(Budgets, name): Size | None for name in ("expanded_bytes", "spool_bytes", "worker_memory", "people_bytes")},
    **{(Budgets, name): Least | None for name in ("archive_depth", "members", "seconds_per_asset")},
    (ScorecardRule, "id"): Id,
    (Question, "policies"): tuple[Id, ...],
    (Bilingual, "en"): Filled,
    (Bilingual, "ko"): Filled,
    (Pattern, "regex"): Filled,
    (Pattern, "score"): Share,
    (ColumnRule, "share"): Share,
    (ColumnRule, "distinct"): Share,
    (ColumnRule, "siblings"): tuple[Entity, ...],
    (LevelStep, "people"): Annotated[Whole, Field(ge=1)],
    (Framework, "id"): Id,
    (Requirement, "id"): RequirementId,
    (Checklist, "id"): Id,
    (ChecklistItem, "id"): Id,
    (ChecklistItem, "policies"): tuple[Id, ...],
    (Playbook, "id"): Id,
    (PlaybookAction, "id"): Id,
    (PlaybookAction, "any_of"): tuple[Entity, ...],
    (PlaybookAction, "all_of"): tuple[Entity, ...],
    (PlaybookAction, "with_any_of"): tuple[Entity, ...],
    (Clock, "id"): Id,
    (Clock, "hours"): Annotated[Whole, Field(ge=1)] | None,
    (Clock, "country"): Country,
    (Clock, "countries"): tuple[Country, ...],
    (Clock, "entities"): tuple[Entity, ...],
    (Clock, "any_of"): tuple[Entity, ...],
    (Clock, "people"): Annotated[Whole, Field(ge=1)] | None,
    (PlaybookExample, "exposed"): tuple[Entity, ...],
    (PlaybookExample, "countries"): tuple[Country, ...],
}
_NOT_EMPTY: Final = frozenset(
    {
        (PolicyRule, "remediation"),
        (Profile, "policies"),
        (ScorecardRule, "questions"),
        (Framework, "requirements"),
        (Checklist, "items"),
        (ChecklistItem, "basis"),
        (Playbook, "examples"),
        (Clock, "basis"),
    }
)


class TableExample(Written):
    """A small table: what a CSV file or a database would hold."""

    columns: tuple[str, ...] | None = Field(None, description="field names; left out: a table without a header")
    rows: tuple[tuple[Cell, ...], ...] = Field(
        min_length=1, description="rows of cells", examples=[[["hong", "0105550000"]]]
    )


class RecognizerExample(Written):
    """One text or one table. Synthetic values only."""

    text: str | None = Field(None, description="lines of text")
    table: TableExample | None = Field(None, description="a table instead of text")
    file: str | None = Field(None, description="the name of the file it stands in", examples=["package-lock.json"])
    count: Whole | None = Field(None, ge=1, description="how many values must be found; left out: any number")


class RecognizerExamples(Written):
    """The rule's own tests (`auditor rules test`)."""

    match: tuple[RecognizerExample, ...] = Field(
        min_length=1, description="where the entity must be found", examples=[[{"text": "…"}]]
    )
    not_match: tuple[RecognizerExample, ...] = Field(
        min_length=1, description="where it must not be found", examples=[[{"text": "…"}]]
    )


class PolicyExamples(Written):
    """The rule's own tests (`auditor rules test`); the keys of an example are auditor/checks/examples.py's."""

    fail: tuple[dict[str, Any], ...] = Field(
        min_length=1, description="evidence that fails", examples=[[{"age": "91d", "entities": {"KR_CI": 3}}]]
    )
    pass_: tuple[dict[str, Any], ...] = Field(
        alias="pass", min_length=1, description="evidence that passes", examples=[[{"entities": {"KR_CI": 3}}]]
    )


_EXAMPLES: Final[Mapping[type[Any], type[Written]]] = {
    RecognizerRule: RecognizerExamples,
    PolicyRule: PolicyExamples,
}


_models: Final[dict[type[Any], type[Written]]] = {}


def written(noun: type[Any]) -> type[Written]:
    """The model of a noun as a file writes it; made once."""
    if noun not in _models:
        _models[noun] = _model(noun)
    return _models[noun]


def _model(noun: type[Any]) -> type[Written]:
    grouped = _GROUPED.get(noun, {})
    hints = typing.get_type_hints(noun)
    fields: dict[str, Any] = {}
    for item in dataclasses.fields(noun):
        if item.name == "file" or item.name in grouped.values():
            continue
        kind = _NARROWER.get((noun, item.name)) or _written_type(hints[item.name])
        if (noun, item.name) in _NOT_EMPTY:
            kind = Annotated[kind, Field(min_length=1)]
        fields[item.name] = (kind, _field(noun, item))
    if noun in _EXAMPLES:
        description = "the rule's own tests: auditor rules test"
        fields["examples"] = (_EXAMPLES[noun], Field(description=description))
    title = (noun.__doc__ or "").strip().partition("\n")[0].replace("`", "")
    return create_model(f"{noun.__name__}File", __base__=Written, __doc__=title, **fields)


def _written_type(kind: Any) -> Any:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return written(kind)
    if kind in _SCALARS:
        return _SCALARS[kind]
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return tuple[_written_type(arguments[0]), ...]  # type: ignore[misc]
    if origin is types.UnionType or origin is typing.Union:
        return typing.Optional[_written_type(arguments[0])]  # noqa: UP045 - the type is computed
    if origin is Mapping or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return dict[str, Any]
    return kind  # a Literal


def _field(noun: type[Any], item: dataclasses.Field[Any]) -> Any:
    key = KEYS.get(noun, {}).get(item.name, Key(""))
    about: dict[str, Any] = {"description": key.description or None, "examples": list(key.examples) or None}
    if item.default_factory is not dataclasses.MISSING or dataclasses.is_dataclass(item.default):
        return Field(default_factory=lambda: None, **about)  # never looked at: `used` leaves the noun its own default
    if item.default is not dataclasses.MISSING:
        return Field(item.default, **about)
    return Field(**about)


_hints: Final[Callable[[Any], dict[str, Any]]] = functools.cache(typing.get_type_hints)


def used(noun: type[Any], model: Written, **more: Any) -> Any:
    """The noun that a file says. What the file leaves out has the noun's own default."""
    hints = _hints(noun)
    values: dict[str, Any] = dict(more)
    for name in sorted(model.model_fields_set):
        value = getattr(model, name)
        if name == "examples" and noun in _GROUPED:
            values |= _examples(_GROUPED[noun], value)
        else:
            values[name] = _used_value(hints[name], value)
    return noun(**values)


def _used_value(kind: Any, value: Any) -> Any:
    arguments = [argument for argument in typing.get_args(kind) if argument not in (..., type(None))]
    if isinstance(value, Written):
        noun = next(k for k in (kind, *arguments) if dataclasses.is_dataclass(k))
        return used(typing.cast("type[Any]", noun), value)
    if isinstance(value, tuple):
        return tuple(_used_value(arguments[0], item) for item in value)
    return value


def _examples(grouped: Mapping[str, str], examples: Written) -> dict[str, Any]:
    fields = type(examples).model_fields
    return {
        grouped[info.alias or name]: tuple(
            example.model_dump(mode="json", exclude_unset=True) if isinstance(example, Written) else example
            for example in getattr(examples, name)
        )
        for name, info in fields.items()
    }
