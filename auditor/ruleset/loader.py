"""Reads rule folders: every problem of every file at once. A rule of a later folder replaces the one of the same id."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from auditor.errors import InputError, Problem
from auditor.model.noun import noun
from auditor.model.rule import PresidioSource, RecognizerRule, Ruleset
from auditor.model.text import printable
from auditor.resources import rules_dir
from auditor.ruleset import lint
from auditor.ruleset.kinds import FOLDERS, NOUNS, PRESIDIO, Kind, rule_files
from auditor.ruleset.presidio import PresidioFiles, class_problems
from auditor.ruleset.rulefile import RuleFile
from auditor.ruleset.schema import used, written
from auditor.yamlfile import read
from auditor.yamlschema import in_order, validate


@noun
class Reading:
    """What reading rule folders gave: the files in force (replaced ones are left out), problems, digest.

    `presidio` are a user's own Presidio recognisers and NLP engine, `presidio_rules` the rules made for those in Presidio's YAML.
    """

    files: tuple[RuleFile, ...]
    problems: tuple[Problem, ...]
    digest: str
    presidio: tuple[PresidioSource, ...] = ()
    presidio_rules: tuple[RecognizerRule, ...] = ()

    def ruleset(self) -> Ruleset:
        """The rules that were read. InputError if there are problems."""
        if self.problems:
            raise InputError(*self.problems)
        by_kind: dict[Kind, list[Any]] = {kind: [] for kind in FOLDERS}
        for file in self.files:
            by_kind[file.kind].append(file.rule)
        return Ruleset(
            recognizers=(*_with_names(by_kind["recognizer"]), *self.presidio_rules),
            policies=tuple(by_kind["policy"]),
            profiles=tuple(by_kind["profile"]),
            digest=self.digest,
            presidio=self.presidio,
            scorecards=tuple(by_kind["scorecard"]),
            frameworks=tuple(by_kind["framework"]),
            checklists=tuple(by_kind["checklist"]),
            playbooks=tuple(by_kind["playbook"]),
        )


def _with_names(rules: Sequence[RecognizerRule]) -> Iterator[RecognizerRule]:
    """The rules, each with the field names of the rule it names them after."""
    names = {rule.id: rule.field_names for rule in rules}
    for rule in rules:
        yield replace(rule, field_names=(*names[rule.same_names_as], *rule.field_names)) if rule.same_names_as else rule


def load(
    directories: Sequence[Path] | None = None, *, validators: frozenset[str] | None = None, thorough: bool = False
) -> Ruleset:
    """The rules of some folders (default: the project's own alone). InputError with every problem.

    A folder holds `recognizers/`, `policies/` and `profiles/`, each with YAML files at any depth, and `presidio/` with
    files in Presidio's own format. To add to the
    project's own rules or to replace some, pass `(rules_dir(), *own)`. `validators` are the names recognisers may use.
    """
    return inspect(directories, validators=validators, thorough=thorough).ruleset()


def inspect(
    directories: Sequence[Path] | None = None, *, validators: frozenset[str] | None = None, thorough: bool = True
) -> Reading:
    """The same, with the problems as a result. `thorough`: the project's own expressions are tried in RE2 again."""
    directories = (rules_dir(),) if directories is None else tuple(directories)
    problems: list[Problem] = []
    digest = hashlib.sha256()
    in_force: dict[tuple[Kind, str], RuleFile] = {}
    presidio = PresidioFiles()
    for directory in directories:
        here: dict[tuple[Kind, str], RuleFile] = {}
        for kind, name in rule_files(directory, problems):
            if kind == PRESIDIO:
                presidio.read(directory, name, problems, digest)
                continue
            file = _read(kind, directory, name, problems, digest)
            if file is None:
                continue
            key = (kind, file.id or f"\0{name}")
            if key in here:
                cause = f'a second {kind} with the id "{printable(file.id)}" (the first is {here[key].name})'
                problems.append(file.document.problem(("id",), cause, "give each rule of a folder an id of its own"))
                key = (kind, f"{file.id}\0{name}")
            here[key] = file
        in_force |= here
    files = tuple(in_force.values())
    problems += lint.problems(files, validators=validators, thorough=thorough, entities=presidio.entities)
    problems += class_problems(files)
    sources, rules = presidio.finish(files)
    return Reading(
        files=files, problems=tuple(in_order(problems)), digest=digest.hexdigest(), presidio=tuple(sources),
        presidio_rules=tuple(rules),
    )  # fmt: skip


def _read(kind: Kind, directory: Path, name: str, problems: list[Problem], digest: Any) -> RuleFile | None:
    try:
        document = read(directory / name)
    except InputError as error:
        problems += error.problems
        return None
    digest.update(document.data)
    noun = NOUNS[kind]
    model, found = validate(written(noun), document)
    problems += found
    rule = None if model is None else used(noun, model, file=name)
    return RuleFile(kind=kind, directory=directory, name=name, document=document, rule=rule)
