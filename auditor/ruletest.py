"""Each rule's own examples are its tests: recognisers through the detector, policies through their checks, playbooks applied."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from auditor import registry
from auditor.checks.examples import NOW, evidence
from auditor.detectors.detector import Detector
from auditor.errors import InputError
from auditor.model.asset import Asset
from auditor.model.content import Table, Text
from auditor.model.finding import Status
from auditor.model.guidance import Playbook
from auditor.model.match import Match, MatchBlock
from auditor.model.names import Names
from auditor.model.noun import noun
from auditor.model.response import Due, Exposure
from auditor.model.rule import PolicyRule, RecognizerRule, Ruleset
from auditor.response.playbook import plan

Expectation = Literal["match", "not_match", "fail", "pass", "follows"]


@noun
class ExampleResult:
    """One example tried. `number` counts from 1 among the rule's examples of that kind. `detail` holds no value of it."""

    rule_id: str
    kind: Expectation
    number: int
    ok: bool
    detail: str = ""


def run(ruleset: Ruleset, only: frozenset[str] | None = None) -> Iterator[ExampleResult]:
    """Try every example; with `only`, those of these rule ids. Memory and time are those of single short texts."""
    recognizers = [rule for rule in ruleset.recognizers if only is None or rule.id in only]
    if recognizers:
        detector = Detector(ruleset, os.urandom(32), quick=False)
        for rule in recognizers:
            for number, example in enumerate(rule.matches, 1):
                yield _match(rule, number, example, _matches(detector, example))
            for number, example in enumerate(rule.not_matches, 1):
                yield _not_match(rule, number, _matches(detector, example))
    for policy in ruleset.policies:
        if only is None or policy.id in only:
            yield from _policy(policy)
    for book in ruleset.playbooks:
        if only is None or book.id in only:
            yield from _playbook(book)


def _matches(detector: Detector, example: Mapping[str, Any]) -> list[Match]:
    """What counts of what the detector finds in one example: candidates that nothing confirmed do not."""
    table = example.get("table")
    asset = Asset(target="example", path=example.get("file") or ("example.csv" if table else "example.txt"))
    found: list[Match | MatchBlock] = []
    work = detector.asset(asset)
    if table:
        found.extend(work.table(_table(asset, table)))
    else:
        found.extend(work.text(Text(asset=asset, text=example["text"])))
    found.extend(work.finish())
    return [match for match in found if isinstance(match, Match) and not match.candidate]


def _table(asset: Asset, table: Mapping[str, Any]) -> Table:
    import pyarrow as pa

    rows: Sequence[Sequence[str | None]] = table["rows"]
    columns: Sequence[str] | None = table.get("columns")
    names = columns if columns is not None else [f"column {index + 1}" for index in range(len(rows[0]))]
    return Table(
        asset=asset,
        columns=tuple(names),
        header=columns is not None,
        arrays=tuple(pa.array(cells, pa.string()) for cells in zip(*rows, strict=True)),
    )


def _match(rule: RecognizerRule, number: int, example: Mapping[str, Any], found: list[Match]) -> ExampleResult:
    own = sum(match.entity == rule.entity for match in found)
    wanted = example.get("count")
    ok = own == wanted if wanted is not None else own > 0
    detail = (
        "" if ok else f"{rule.entity} found {own} times, expected {wanted or 'at least one'}; {_others(rule, found)}"
    )
    return ExampleResult(rule_id=rule.id, kind="match", number=number, ok=ok, detail=detail)


def _not_match(rule: RecognizerRule, number: int, found: list[Match]) -> ExampleResult:
    own = [match for match in found if match.entity == rule.entity]
    why = f": {', '.join(own[0].why)} (score {own[0].score})" if own and own[0].why else ""
    detail = f"{rule.entity} found {len(own)} times, expected none{why}" if own else ""
    return ExampleResult(rule_id=rule.id, kind="not_match", number=number, ok=not own, detail=detail)


def _others(rule: RecognizerRule, found: list[Match]) -> str:
    others = sorted({match.entity for match in found if match.entity != rule.entity})
    return f"found instead: {', '.join(others)}" if others else "nothing else was found"


def _policy(rule: PolicyRule) -> Iterator[ExampleResult]:
    check = registry.load("checks", rule.check)
    kinds: tuple[tuple[Expectation, tuple[Mapping[str, Any], ...]], ...] = (
        ("fail", rule.fail_examples),
        ("pass", rule.pass_examples),
    )
    for kind, examples in kinds:
        for number, example in enumerate(examples, 1):
            try:
                statuses = [verdict.status for verdict in check(rule, evidence(example))]
            except (
                ValueError,
                TypeError,
                KeyError,
                AttributeError,
                InputError,
            ) as error:  # the example or params are wrong
                detail = f"cannot be judged: {error}"
                yield ExampleResult(rule_id=rule.id, kind=kind, number=number, ok=False, detail=detail)
                continue
            failed = Status.FAIL in statuses
            said = ", ".join(sorted({str(status) for status in statuses})) or "nothing"
            ok = failed == (kind == "fail")
            yield ExampleResult(
                rule_id=rule.id,
                kind=kind,
                number=number,
                ok=ok,
                detail="" if ok else f"the check {rule.check} says {said}",
            )


def _playbook(book: Playbook) -> Iterator[ExampleResult]:
    """Exactly the actions that an example expects, and exactly the clocks that are due."""
    for number, example in enumerate(book.examples, 1):
        exposure = Exposure(entities=example.exposed, people=example.people, countries=example.countries)
        made = plan((book,), exposure, NOW, Names())
        tasks = {task.id for section in made.sections for task in section.tasks} if made else set()
        due = {deadline.id for deadline in made.deadlines if deadline.state is Due.DUE} if made else set()
        wrong = [
            f"{word}: expected {', '.join(sorted(wanted)) or 'none'}, got {', '.join(sorted(got)) or 'none'}"
            for word, wanted, got in (("actions", set(example.actions), tasks), ("clocks", set(example.clocks), due))
            if wanted != got
        ]
        yield ExampleResult(rule_id=book.id, kind="follows", number=number, ok=not wrong, detail="; ".join(wrong))
