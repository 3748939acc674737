"""What `auditor rules list|show|check|test|new` print, as lines; the command line prints them and takes the exit code from `ok`."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.errors import InputError, Problem
from auditor.model.guidance import Checklist, Framework, Playbook
from auditor.model.noun import noun
from auditor.model.rule import PolicyRule, Profile, RecognizerRule, Ruleset, ScorecardRule
from auditor.model.text import printable
from auditor.resources import rules_dir
from auditor.ruleset import compiled

if TYPE_CHECKING:
    from auditor.ruleset.loader import Reading
    from auditor.ruleset.rulefile import RuleFile
    from auditor.ruletest import ExampleResult

Rule = RecognizerRule | PolicyRule | Profile | ScorecardRule | Framework | Checklist | Playbook


@noun
class Answer:
    """Lines to print, and whether all is well."""

    lines: tuple[str, ...]
    ok: bool = True


def load(own: Sequence[Path] = (), *, examples: bool = False) -> Ruleset:
    """The project's rules with a user's own folders added; InputError with every problem.

    `examples`: those of the user's own rules must hold too. A rule that does not do what it says finds nothing, or
    everything; better that no audit starts with it.
    """
    if not own and (ready := compiled.load(rules_dir())):
        return ready
    reading = _read(own, thorough=False)
    ruleset = reading.ruleset()
    if examples and own and (failures := _failing(reading, ruleset, _ids_of(reading, own))):
        raise InputError(*failures)
    return ruleset


def _read(own: Sequence[Path], *, thorough: bool) -> Reading:
    from auditor.detectors.validators import VALIDATORS
    from auditor.ruleset import loader

    return loader.inspect((rules_dir(), *own), validators=frozenset(VALIDATORS), thorough=thorough)


def _ids_of(reading: Reading, own: Sequence[Path]) -> frozenset[str]:
    return frozenset(file.id for file in reading.files if file.directory in own)


def _failing(reading: Reading, ruleset: Ruleset, only: frozenset[str] | None) -> list[Problem]:
    """The examples that do not hold, each at its line."""
    from auditor import ruletest

    return [_problem(reading, result) for result in ruletest.run(ruleset, only) if not result.ok]


def _problem(reading: Reading, result: ExampleResult) -> Problem:
    wanted = ("playbook",) if result.kind == "follows" else ("recognizer", "policy")
    file = next(file for file in reading.files if file.id == result.rule_id and file.kind in wanted)
    cause = f"{result.rule_id}: {result.kind} {result.number}: {result.detail}"
    cure = "change the rule or the example; auditor explain shows what a rule makes of a file"
    at = ("examples", result.number - 1) if file.kind == "playbook" else ("examples", result.kind, result.number - 1)
    return file.document.problem(at, cause, cure)


def listing(ruleset: Ruleset, *, as_json: bool = False) -> Answer:
    """Every rule: id, what it finds, checks or holds, level or class of data, title, file."""
    judging: tuple[Rule, ...] = (*ruleset.recognizers, *ruleset.policies, *ruleset.profiles, *ruleset.scorecards)
    rules: tuple[Rule, ...] = (*judging, *ruleset.frameworks, *ruleset.checklists, *ruleset.playbooks)
    rows = [_row(rule) for rule in rules]
    if as_json:
        return Answer(lines=tuple(json.dumps(rows, ensure_ascii=False, indent=2).splitlines()))
    header = ("ID", "FINDS / CHECKS", "CLASS / LEVEL", "TITLE", "FILE")
    table = [
        header,
        *(
            (row["id"], row["what"], row["weight"], printable(row["title"]["en"]), printable(row["file"]))
            for row in rows
        ),
    ]
    widths = [max(_width(line[column]) for line in table) for column in range(len(header))]
    return Answer(
        lines=tuple(
            "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in table
        )
    )


def _row(rule: Rule) -> dict[str, Any]:
    match rule:
        case RecognizerRule():
            kind, what, weight = "recognizer", rule.entity, str(rule.sensitivity)
        case PolicyRule():
            kind, what, weight = "policy", rule.check, str(rule.level)
        case Profile():
            kind, what, weight = "profile", f"{len(rule.policies)} policies", f"fails on {rule.fail_on}"
        case Framework():
            unverified = sum(not requirement.verified for requirement in rule.requirements)
            said = f"{unverified} unverified" if unverified else "verified"
            kind, what, weight = "framework", f"{len(rule.requirements)} requirements", said
        case Checklist():
            kind, what, weight = "checklist", f"{len(rule.items)} rows", "form"
        case Playbook():
            kind, what, weight = "playbook", f"{len(rule.actions)} actions", f"{len(rule.clocks)} clocks"
        case ScorecardRule():
            kind, what, weight = "scorecard", f"{len(rule.questions)} questions", ""
    title = {"en": rule.title.en, "ko": rule.title.ko}
    return {"kind": kind, "id": rule.id, "what": what, "weight": weight, "title": title, "file": rule.file}


def _width(text: str) -> int:
    """Terminal cells: Hangul and other wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def show(id: str, own: Sequence[Path] = ()) -> Answer:
    """The file of a rule, by its id or entity, or of the framework with that requirement. InputError if there is none."""
    files = _read(own, thorough=False).files
    found = [file for file in files if id in (file.id, file.document.get("entity"))]
    found = found or [file for file in files if file.kind == "framework" and id in _requirements(file)]
    if not found:
        raise InputError(_unknown(id, (file.id for file in files)))
    return Answer(lines=tuple(line for file in found for line in _file_lines(file)))


def _requirements(file: RuleFile) -> frozenset[str]:
    return frozenset(requirement.id for requirement in file.rule.requirements) if file.rule else frozenset()


def _file_lines(file: RuleFile) -> list[str]:
    text = file.document.data.decode("utf-8-sig")
    return [f"# {printable(str(file.path))}", *(printable(line) for line in text.splitlines())]


def new(words: Sequence[str], own: Sequence[Path]) -> Answer:
    """Write the beginnings of a rule, `recognizer ID` or `policy ID`, into a user's folder. InputError where that cannot be."""
    from auditor import scaffold

    usage = "auditor rules new recognizer ID --rules DIR, or: auditor rules new policy ID --rules DIR"
    if len(words) != 2:
        raise InputError(Problem(file="rules new", cause="say what to make, and its id", cure=usage))
    if len(own) != 1:
        raise InputError(Problem(file="rules new", cause="say into which folder of your own rules", cure=usage))
    path = scaffold.new(words[0], words[1], own[0])
    folder = printable(str(own[0]))
    return Answer(
        lines=(
            f"Wrote {printable(str(path))}.",
            f"Fill in what is empty; auditor rules check --rules {folder} says what is left, and",
            f"auditor rules test {words[1]} --rules {folder} tries its examples.",
        )
    )


def check(own: Sequence[Path] = ()) -> Answer:
    """Every problem of the project's rules and of a user's own folders; where there is none, examples that do not hold.

    With folders of one's own only their examples are tried; `auditor rules test` tries all.
    """
    reading = _read(own, thorough=True)
    problems = list(reading.problems)
    if not problems:
        problems = _failing(reading, reading.ruleset(), _ids_of(reading, own) if own else None)
    lines = [line for problem in problems for line in str(problem).splitlines()]
    number = len(problems)
    summary = f"{number} problem{'s' * (number != 1)}" if number else "no problems"
    return Answer(lines=(*lines, f"{len(reading.files)} rules, {summary}"), ok=not number)


def test(own: Sequence[Path] = (), only: frozenset[str] | None = None) -> Answer:
    """Every rule's own examples, with `only` those of some ids: the failures, and a count.

    InputError if the rules do not load or one of the ids is none.
    """
    from auditor import ruletest

    reading = _read(own, thorough=False)
    ruleset = reading.ruleset()
    rules: tuple[RecognizerRule | PolicyRule | Playbook, ...] = (
        *ruleset.recognizers,
        *ruleset.policies,
        *ruleset.playbooks,
    )
    known = {rule.id for rule in rules}
    if unknown := [_unknown(id, known) for id in sorted((only or frozenset()) - known)]:
        raise InputError(*unknown)
    results = list(ruletest.run(ruleset, only))
    failures = [_problem(reading, result) for result in results if not result.ok]
    lines = [line for failure in failures for line in str(failure).splitlines()]
    summary = f"{len(results) - len(failures)} passed, {len(failures)} failed"
    return Answer(lines=(*lines, summary), ok=not failures)


def _unknown(id: str, known: Iterable[str]) -> Problem:
    from auditor.yamlschema import did_you_mean

    return Problem(file=printable(id), cause="is the id of no rule", cure=did_you_mean(id, known, "rules"))
