"""What a rule file's schema cannot tell: names that do not exist, expressions that fail, texts not translated.

Works on the files' trees, so that a file with other mistakes still has all of these told.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from auditor import registry
from auditor.errors import Problem
from auditor.model.rule import Level, RecognizerRule
from auditor.model.text import printable
from auditor.resources import rules_dir
from auditor.ruleset import expressions
from auditor.ruleset.rulefile import RuleFile
from auditor.yamlfile import Document, Location
from auditor.yamlschema import did_you_mean

_LONGEST_CURE: Final = 200
_HANGUL: Final = re.compile("[가-힣]")

# Where a recogniser's file holds regular expressions; "*" is every entry of a list.
_EXPRESSIONS: Final[tuple[tuple[str, ...], ...]] = (
    ("patterns", "*", "regex"),
    ("patterns", "*", "gate"),
    ("protected", "*", "regex"),
    ("protected", "*", "gate"),
    ("field_value",),
    ("not_field_values", "*"),
    ("look_alikes", "values", "*"),
)
_BOUNDARIES: Final[tuple[tuple[str, ...], ...]] = (("patterns", "*", "boundary"), ("protected", "*", "boundary"))
# Rules that share an entity must agree on these, or one value gets two fingerprints or two classes.
_SHARED: Final = {
    item.name: None if item.default is dataclasses.MISSING else item.default
    for item in dataclasses.fields(RecognizerRule)
    if item.name in ("sensitivity", "normal_form", "joins")
}


def problems(
    files: Sequence[RuleFile],
    *,
    validators: frozenset[str] | None = None,
    thorough: bool = True,
    entities: frozenset[str] = frozenset(),
) -> Iterator[Problem]:
    """Everything wrong across and within files. `thorough`: expressions of the project's own rules in RE2 too.

    `entities` are found by others besides these files.
    """
    entities |= frozenset(_texts(files, "recognizer", "entity"))
    policies = frozenset(_texts(files, "policy", "id"))
    requirements = frozenset(_all_at(files, "framework", ("requirements", "*", "id")))
    scorecards = frozenset(_texts(files, "scorecard", "id"))
    naming = frozenset(_texts([f for f in files if f.document.get("same_names_as") is None], "recognizer", "id"))
    own = rules_dir()
    for file in files:
        document = file.document
        match file.kind:
            case "recognizer":
                yield from _expressions(document, thorough=thorough or file.directory != own)
                yield from _finds_something(document)
                yield from _examples(document)
                yield from _known(
                    document, ("same_names_as",), naming, "no rule with names of its own is called", "rules"
                )
                yield from _known(document, ("column", "siblings", "*"), entities, "no rule finds", "entities")
                if validators is not None:
                    yield from _known(document, ("validator",), validators, "there is no validator", "validators")
            case "policy":
                checks = registry.names("checks")
                yield from _known(document, ("check",), frozenset(checks), "there is no check", "checks")
                yield from _known(document, ("entities", "*"), entities, "no rule finds", "entities")
                yield from _steps(document)
                if requirements:
                    yield from _cited(document, ("maps_to", "*"), requirements)
            case "framework":
                yield from _repeated(document, ("requirements", "*", "id"), "the requirement")
            case "checklist":
                yield from _repeated(document, ("items", "*", "id"), "the row")
                yield from _cited(document, ("items", "*", "basis", "*"), requirements)
                yield from _known(document, ("items", "*", "policies", "*"), policies, "there is no policy", "policies")
            case "playbook":
                yield from _playbook(document, entities, requirements)
            case "scorecard":
                yield from _known(
                    document, ("questions", "*", "policies", "*"), policies, "there is no policy", "policies"
                )
            case "profile":
                yield from _known(document, ("scorecard",), scorecards, "there is no scorecard", "scorecards")
                yield from _known(document, ("policies", "*"), policies, "there is no policy", "policies")
                yield from _repeated(document, ("policies", "*"), "the policy")
        yield from _translations(document)
    yield from _agreement(files)
    yield from _once(files)


def _cited(document: Document, path: tuple[str, ...], requirements: frozenset[str]) -> Iterator[Problem]:
    for location, id in _at(document, path):
        if id not in requirements:
            cure = did_you_mean(id, requirements, "requirements")
            if len(cure) > _LONGEST_CURE:  # nothing is like it: all of them would fill the screen
                cure = "auditor rules list names the frameworks, auditor rules show kr-pipa the requirements of one"
            yield document.problem(location, f'no framework has a requirement "{printable(id)}"', cure)


def _playbook(document: Document, entities: frozenset[str], requirements: frozenset[str]) -> Iterator[Problem]:
    for part in ("any_of", "all_of", "with_any_of"):
        yield from _known(document, ("actions", "*", part, "*"), entities, "no rule finds", "entities")
    for path in (("clocks", "*", "entities", "*"), ("clocks", "*", "any_of", "*"), ("examples", "*", "exposed", "*")):
        yield from _known(document, path, entities, "no rule finds", "entities")
    for part in ("actions", "clocks"):
        yield from _cited(document, (part, "*", "basis", "*"), requirements)
        yield from _repeated(document, (part, "*", "id"), f"the {part[:-1]}")
        own = frozenset(id for _, id in _at(document, (part, "*", "id")))
        yield from _known(document, ("examples", "*", part, "*"), own, f"the playbook has no {part[:-1]}", part)
        tried = {id for _, id in _at(document, ("examples", "*", part, "*"))}
        for location, id in _at(document, (part, "*", "id")):
            if id not in tried:
                cause = f'no example expects "{printable(id)}", so nothing shows that it ever applies'
                yield document.problem(location, cause, "add an example that does")


def _all_at(files: Sequence[RuleFile], kind: str, path: tuple[str, ...]) -> Iterator[str]:
    for file in files:
        if file.kind == kind:
            yield from (text for _, text in _at(file.document, path))


def _texts(files: Sequence[RuleFile], kind: str, key: str) -> Iterator[str]:
    for file in files:
        value = file.document.get(key)
        if file.kind == kind and isinstance(value, str):
            yield value


def _at(document: Document, path: tuple[str, ...], location: Location = ()) -> Iterator[tuple[Location, str]]:
    """The texts at a path, with `*` for every entry of a list."""
    if not path:
        value = document.get(*location)
        if isinstance(value, str):
            yield location, value
    elif path[0] == "*":
        value = document.get(*location)
        for index in range(len(value) if isinstance(value, list) else 0):
            yield from _at(document, path[1:], (*location, index))
    else:
        yield from _at(document, path[1:], (*location, path[0]))


def _known(
    document: Document, path: tuple[str, ...], known: frozenset[str], cause: str, what: str
) -> Iterator[Problem]:
    for location, word in _at(document, path):
        if word not in known:
            yield document.problem(
                location, f'{cause} "{printable(word)}"', did_you_mean(word, known, f"{what} known here")
            )


def _expressions(document: Document, *, thorough: bool) -> Iterator[Problem]:
    for path in _EXPRESSIONS:
        for location, expression in _at(document, path):
            key = next(str(step) for step in reversed(location) if isinstance(step, str))
            for fault in expressions.faults(expression, thorough=thorough):
                yield document.problem(location, f"{key}: {fault.cause}", fault.cure)
    for path in _BOUNDARIES:
        for location, expression in _at(document, path):
            if not expression:
                continue
            if not expressions.is_class(expression):
                cause = "boundary: is not a character class"
                yield document.problem(location, cause, "write the characters in brackets, such as [A-Za-z0-9]")
            else:
                for fault in expressions.faults(expression, thorough=thorough):
                    yield document.problem(location, f"boundary: {fault.cause}", fault.cure)
    for path in (("patterns", "*", "name"), ("protected", "*", "name")):
        yield from _repeated(document, path, "the name")


def _repeated(document: Document, path: tuple[str, ...], what: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for location, word in _at(document, path):
        if word in seen:
            yield document.problem(location, f'{what} "{printable(word)}" stands here twice', "change or delete one")
        seen.add(word)


def _finds_something(document: Document) -> Iterator[Problem]:
    names = document.get("field_names") or document.get("weak_field_names") or document.get("same_names_as")
    context = document.get("context")
    if not document.get("patterns") and not names and not document.get("recognizer"):
        cause = "the rule can find nothing: it has neither patterns nor field names"
        yield document.problem((), cause, "add patterns or field_names")
    for location, needs in _at(document, ("patterns", "*", "needs")):
        if needs == "field" and not names:
            yield document.problem(location, "needs a field name, and the rule has none", "add field_names")
        elif needs == "context" and not names and not context:
            cause = "needs a field name or context word, and the rule has none"
            yield document.problem(location, cause, "add context or field_names")


def _examples(document: Document) -> Iterator[Problem]:
    for kind in ("match", "not_match"):
        examples = document.get("examples", kind)
        for index, example in enumerate(examples if isinstance(examples, list) else ()):
            if not isinstance(example, dict) or not set(example) <= {"text", "table", "file", "count"}:
                continue
            location: Location = ("examples", kind, index)
            if (example.get("text") is None) == (example.get("table") is None):
                both = "neither a text nor a table" if example.get("text") is None else "both a text and a table"
                yield document.problem(location, f"the example has {both}", "give it a text or a table")
            elif isinstance(example.get("table"), dict):
                yield from _rows(document, (*location, "table"))


def _rows(document: Document, location: Location) -> Iterator[Problem]:
    columns = document.get(*location, "columns")
    rows = document.get(*location, "rows")
    lists = [row for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
    if not lists:
        return
    width = len(columns) if isinstance(columns, list) else len(lists[0])
    for index, row in enumerate(rows):
        if isinstance(row, list) and len(row) != width:
            cause = f"{len(row)} cells in a table of {width} columns"
            yield document.problem((*location, "rows", index), cause, "write ~ for an empty cell")


def _steps(document: Document) -> Iterator[Problem]:
    steps = document.get("steps")
    before: tuple[int, Level] | None = None
    for index, step in enumerate(steps if isinstance(steps, list) else ()):
        people = step.get("people") if isinstance(step, dict) else None
        level = str(step.get("level")).upper() if isinstance(step, dict) else ""
        if not isinstance(people, int) or level not in Level.__members__:
            continue
        if before and (people <= before[0] or Level[level] <= before[1]):
            cause = "a step must have more people and a higher level than the one before it"
            yield document.problem(("steps", index), cause, "order the steps by people")
        before = (people, Level[level])


def _translations(document: Document) -> Iterator[Problem]:
    for location, value in _mappings(document.tree, ()):
        korean = value.get("ko")
        if set(value) == {"en", "ko"} and isinstance(korean, str) and korean and not _HANGUL.search(korean):
            cause = "ko: the text is not translated: it holds no Hangul"
            yield document.problem((*location, "ko"), cause, "write it in Korean")


def _mappings(node: Any, location: Location) -> Iterator[tuple[Location, dict[str, Any]]]:
    if isinstance(node, dict):
        yield location, node
        for key, value in node.items():
            if key not in ("params", "examples"):
                yield from _mappings(value, (*location, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _mappings(value, (*location, index))


def _agreement(files: Sequence[RuleFile]) -> Iterator[Problem]:
    """Rules of one entity must agree on what belongs to the entity."""
    first: dict[str, RuleFile] = {}
    for file in files:
        entity = file.document.get("entity")
        if file.kind != "recognizer" or not isinstance(entity, str):
            continue
        other = first.setdefault(entity, file)
        for key, default in _SHARED.items():
            if (file.document.get(key) or default) != (other.document.get(key) or default):
                cause = f'{key} differs from that of {other.name}, which finds "{printable(entity)}" too'
                yield file.document.problem((key,), cause, "let both say the same")


def _once(files: Sequence[RuleFile]) -> Iterator[Problem]:
    """A requirement belongs to one framework."""
    first: dict[str, RuleFile] = {}
    for file in files:
        if file.kind == "framework":
            for location, id in _at(file.document, ("requirements", "*", "id")):
                other = first.setdefault(id, file)
                if other is not file:
                    cause = f'"{printable(id)}" is a requirement of {other.name} too'
                    yield file.document.problem(location, cause, "give it an id of its own")
