"""A waivers file as written, and reading it. rules/schema/waivers.schema.json is generated from this (`make schema`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final

from pydantic import AfterValidator, Field

from auditor.engagement.days import DayError, Days
from auditor.engagement.fields import Line, Moment, Name
from auditor.errors import InputError, Problem
from auditor.model.calendar import a_year_after
from auditor.model.course import Waiver, Waivers
from auditor.model.engagement import Contract
from auditor.model.text import printable
from auditor.yamlfile import Document, read
from auditor.yamlschema import did_you_mean, in_order, validate
from auditor.yamltypes import Day, Written, mistake

_NO_EXPIRY: Final = "every waiver ends: write expires with the last day it holds, at most a year after granted"


def _glob(value: str) -> str:
    if not value.strip("*?/!"):
        raise mistake("the path matches everything", "leave path out to waive the rule for the whole target")
    return value


class WaiverFile(Written):
    """One accepted deviation: what, why, who answers for it, and until when."""

    cures: ClassVar = {
        "until": 'did you mean "expires"?',
        "expiry": 'did you mean "expires"?',
        "approved": 'did you mean "granted"?',
        "approver": 'did you mean "owner"?',
        "justification": 'did you mean "reason"?',
        "glob": 'did you mean "path"?',
    }

    id: Name = Field(description="its number or name; reports name it", examples=["W-2026-014"])
    rule: Line = Field(
        description="the policy whose findings are accepted (auditor rules list)", examples=["public-bucket"]
    )
    owner: Line = Field(description="who answers for it", examples=["privacy@bank.example"])
    reason: Line = Field(
        description="why it is accepted", examples=["Synthetic data, checked on 2026-09-01 (ticket 4711)"]
    )
    granted: Day = Field(description="the day it was granted; it holds from then on", examples=["2026-09-01"])
    expires: Moment = Field(
        description="the last day it holds: a date, or contract.ends + 5d; at most a year after granted",
        examples=["2026-12-31", "contract.ends"],
    )
    target: Line | None = Field(None, description="only on this target", examples=["dev-server"])
    path: Annotated[Line, AfterValidator(_glob)] | None = Field(
        None,
        description="only at paths that match this glob, or lie in a folder that does; * matches / too, and without a / it is held against each part of a path",
        examples=["/home/*/fixtures", "sample-*.csv"],
    )
    entity: Line | None = Field(None, description="only this kind of data", examples=["EMAIL_ADDRESS"])


class WaiversFile(Written):
    """Findings that the bank accepts for a while."""

    waivers: tuple[WaiverFile, ...] = Field(description="the waivers", examples=[[]])


def load(
    path: Path,
    *,
    contract: Contract,
    rules: frozenset[str],
    never: frozenset[str],
    targets: frozenset[str],
    entities: frozenset[str],
) -> Waivers:
    """The waivers of a file. InputError with every problem: unknown rules, targets and entities, no expiry, too long a term.

    Rules in `never` judge a destruction certificate: that the vendor's word is contradicted cannot be waived.
    """
    document = read(path)
    written, problems = validate(WaiversFile, document)
    problems = [_ends(problem) for problem in problems]
    problems += _across(document, contract, rules, targets, entities)
    problems += _certificate(document, never)
    if written is None or problems:
        raise InputError(*in_order(problems))
    waivers = tuple(_used(entry, contract, document, number) for number, entry in enumerate(written.waivers))
    return Waivers(file=printable(str(path)), digest=document.digest, waivers=waivers)


def _ends(problem: Problem) -> Problem:
    """Where `expires` is missing, say why it must not be."""
    if "expires" in problem.cause and "missing" in problem.cause:
        return Problem(
            file=problem.file, line=problem.line, column=problem.column, cause=problem.cause, cure=_NO_EXPIRY
        )
    return problem


def _across(
    document: Document, contract: Contract, rules: frozenset[str], targets: frozenset[str], entities: frozenset[str]
) -> Iterator[Problem]:
    entries = document.get("waivers")
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if not isinstance(entry, dict):
            continue
        id = entry.get("id")
        if isinstance(id, str) and id in seen:
            line = document.values["waivers", seen[id]][0]
            cause = f'a second waiver "{printable(id)}" (the first stands in line {line})'
            yield document.problem(("waivers", number, "id"), cause, "give each waiver an id of its own")
        elif isinstance(id, str):
            seen[id] = number
        for key, known, what in (
            ("rule", rules, "policy"),
            ("target", targets, "target"),
            ("entity", entities, "entity"),
        ):
            word = entry.get(key)
            if isinstance(word, str) and word not in known:
                cause = f'there is no {what} "{printable(word)}"'
                kinds = {"policy": "policies", "target": "targets", "entity": "entities"}[what]
                yield document.problem(("waivers", number, key), cause, did_you_mean(word, known, kinds))
        yield from _term(document, number, entry, contract)


def _certificate(document: Document, never: frozenset[str]) -> Iterator[Problem]:
    entries = document.get("waivers")
    for number in range(len(entries) if isinstance(entries, list) else 0):
        rule = document.get("waivers", number, "rule")
        if isinstance(rule, str) and rule in never:
            cause = f'"{printable(rule)}" cannot be waived: a contradicted destruction certificate stays contradicted'
            yield document.problem(
                ("waivers", number, "rule"), cause, "waive the findings about the data that may stay"
            )


def _term(document: Document, number: int, entry: dict[str, Any], contract: Contract) -> Iterator[Problem]:
    granted, expires = _day(entry.get("granted"), Contract()), _day(entry.get("expires"), contract)
    at = ("waivers", number, "expires")
    if expires is None:
        if isinstance(entry.get("expires"), str) and entry["expires"].startswith("contract."):
            cause = f"{printable(entry['expires'])} needs a contract with that day"
            yield document.problem(at, cause, "write a date")
        return
    if granted is None:
        return
    if expires < granted:
        yield document.problem(at, f"it ends ({expires}) before it was granted ({granted})", "check both dates")
    elif expires > (longest := a_year_after(granted)):
        cause = f"it would hold until {expires}; a year after {granted} is the longest ({longest})"
        yield document.problem(at, cause, "write an earlier day, and decide again then")


def _day(value: Any, contract: Contract) -> date | None:
    try:
        return Days.of(contract).day(value)
    except DayError:
        return None  # said by the schema, or below


def _used(entry: WaiverFile, contract: Contract, document: Document, number: int) -> Waiver:
    expires = Days.of(contract).day(entry.expires)
    line = document.values["waivers", number][0]
    return Waiver(
        id=entry.id, rule=entry.rule, owner=entry.owner, reason=entry.reason, granted=entry.granted, expires=expires,
        target=entry.target or "", path=entry.path or "", entity=entry.entity or "", place=f"{document.file}:{line}",
    )  # fmt: skip
