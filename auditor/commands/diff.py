"""Say what is new, grew, changed and is gone between two runs.

OLD and NEW are each an output folder or its audit.sqlite (the last run in it), FOLDER@3 for the third run in it, @3 for the
third run of the store that was named first, or a report.json. Both must be of one engagement, the older first. A finding counts
as gone only if the newer run examined it again. Times are in the entrusting company's time zone where a report says which that is
(report.json itself, or beside the store), else in UTC.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.commands._options import add_language_option

if TYPE_CHECKING:
    from auditor.course.difference import Difference, Side
    from auditor.reporters.strings import Strings

EXAMPLES = """\
examples:
  auditor diff audit-output/nft@4 @5                    two runs of one store
  auditor diff audits/january audits/february           the last run of each folder
  auditor diff old/report.json new/report.json --json
  auditor diff audit-output/nft@1 @5 --all --language ko
"""

EXIT_CODES = """\
exit codes:
  0  nothing new, and the newer run examined everything
  1  a finding is new or has more distinct values, and is not accepted by a waiver or a baseline
  2  bad input: no such run, runs of different engagements, the newer run first
  3  nothing new in what the newer run examined, but it did not examine everything (also where its gaps were accepted)
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("old", metavar="OLD", help="the older run")
    parser.add_argument("new", metavar="NEW", help="the newer run")
    parser.add_argument("--all", action="store_true", help="list unchanged findings as well")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")
    add_language_option(parser, "the text")


def run(arguments: argparse.Namespace) -> int:
    """Compare; the exit code."""
    import json

    from auditor.course.difference import Step, differences
    from auditor.errors import InputError, Problem
    from auditor.reporters.strings import load_strings

    old = _side(arguments.old, "")
    new = _side(arguments.new, arguments.old)
    if old.engagement != new.engagement:
        cause = f"these are runs of different engagements: {old.engagement!r} and {new.engagement!r}"
        raise InputError(Problem(file=arguments.new, cause=cause, cure="name two runs of one engagement"))
    if old.started > new.started:
        cause = f"{arguments.old} is newer than {arguments.new}"
        raise InputError(Problem(file=arguments.old, cause=cause, cure="name the older run first"))
    found = differences(old, new)
    if arguments.json:
        print(json.dumps(_document(old, new, found), ensure_ascii=False, indent=1))
    else:
        home = new if new.country else old
        strings = load_strings(arguments.language, country=home.country, time_zone=home.time_zone)
        print(f"{_head(old, strings)} → {_head(new, strings)}")
        shown = [d for d in found if arguments.all or d.step is not Step.UNCHANGED]
        for difference in shown:
            print(_line(difference, strings))
        counts = ", ".join(
            f"{strings.text(f'diff.{step}')} {number:,}"
            for step in Step
            if (number := sum(d.step is step for d in found))
        )
        alarming = sum(difference.alarming for difference in found)
        print(
            strings.text("diff.some", n=alarming) if alarming else strings.text("diff.none"),
            f"({counts})" if counts else "",
        )
        if not new.complete:
            print(strings.text("diff.incomplete"))
    if any(difference.alarming for difference in found):
        return 1
    return 0 if new.complete else 3


def _side(argument: str, first: str) -> Side:
    """A run by its name; `@N` is one of the store that `first` names."""
    from auditor.course.sides import reported, stored
    from auditor.errors import InputError, Problem
    from auditor.lookup import find_run

    if argument.startswith("@"):
        if not first or first.endswith(".json"):
            cause = f"{argument} names a run of the store before it, and there is none"
            raise InputError(Problem(file=argument, cause=cause, cure="write FOLDER@NUMBER"))
        folder, _, number = first.rpartition("@")
        argument = (folder if number.isdigit() and folder else first) + argument
    path = Path(argument).expanduser()
    if path.suffix == ".json":
        return reported(path, argument)
    store, known = find_run(argument)
    with store:
        side = stored(store, known, argument)
    beside = _folder(argument) / "report.json"
    if beside.is_file():
        report = reported(beside, argument)
        if report.engagement == side.engagement:
            return replace(side, country=report.country, time_zone=report.time_zone)
    return side


def _folder(argument: str) -> Path:
    """The folder that a store named so lies in."""
    text, _, number = argument.rpartition("@")
    path = Path(text if number.isdigit() and text else argument).expanduser()
    return path if path.is_dir() else path.parent


def _head(side: Side, strings: Strings) -> str:
    return f"{side.label} ({strings.time(side.started)})"


def _line(difference: Difference, strings: Strings) -> str:
    from auditor.course.difference import Step
    from auditor.model.text import printable

    finding = difference.finding
    verdict, language = finding.verdict, strings.language
    counts = f"{verdict.count:,}"
    if difference.old is not None and difference.new is not None and difference.step in (Step.GROWN, Step.SHRUNK):
        counts = strings.text("diff.counts", old=difference.old.verdict.count, new=verdict.count)
    accepted = f" ({strings.text('diff.accepted')})" if difference.accepted else ""
    place = " ".join(part for part in (verdict.target, verdict.path) if part)
    entity = strings.entity(verdict.entity) if verdict.entity else finding.title.get(language)
    level = strings.text(f"level.{finding.level}")
    return printable(
        f"{strings.text(f'diff.{difference.step}')}{accepted}: {place}: {level}: {entity}, {counts} [{finding.rule}]"
    )


def _document(old: Side, new: Side, found: tuple[Difference, ...]) -> dict[str, object]:
    from auditor.course.difference import Step

    def side(one: Side) -> dict[str, object]:
        return {
            "run": one.label, "engagement": one.engagement, "profile": one.profile, "started": one.started.isoformat(),
            "complete": one.complete, "findings": len(one.findings),
        }  # fmt: skip

    return {
        "old": side(old),
        "new": side(new),
        "counts": {step.value: sum(d.step is step for d in found) for step in Step},
        "alarming": sum(difference.alarming for difference in found),
        "differences": [
            {
                "step": d.step.value, "accepted": d.accepted, "fingerprint": d.finding.fingerprint, "rule": d.finding.rule,
                "level": str(d.finding.level), "target": d.finding.verdict.target, "path": d.finding.verdict.path,
                "version": d.finding.verdict.version, "entity": d.finding.verdict.entity,
                "distinct": {"old": d.old.verdict.count if d.old else None, "new": d.new.verdict.count if d.new else None},
            }
            for d in found
        ],
    }  # fmt: skip
