"""Write what to do about a finished audit's findings, by when, and drafts of the messages that this takes.

From the set of exposed fields follow the actions (rules/playbooks/) and the notification deadlines, counted from when the bank
became aware. Writes response.LANGUAGE.html (the playbook), customer-message.LANGUAGE.txt and regulator-report.LANGUAGE.html, in
English and Korean: drafts, marked as such, for counsel and the privacy officer to complete. Where credentials alone are exposed
there is nobody to tell: the playbook alone is written. What exists is not overwritten.
"""

from __future__ import annotations

import argparse
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.commands._finished import add_run_argument, add_templates_option
from auditor.commands._options import add_language_option, add_rules_option

if TYPE_CHECKING:
    from auditor.reporters.strings import Strings

EXAMPLES = """\
examples:
  auditor respond audit-output/nft
  auditor respond audit-output/nft --aware-at 2026-11-20T09:30      (in the time zone of the entrusting company)
  auditor respond audit-output/nft --aware-at 2026-11-20T00:30Z --output incident-7/
"""
EXIT_CODES = """\
exit codes of this command:
  0  nothing is exposed: nothing to respond to, nothing written
  1  something is exposed; the drafts are written
  2  bad input: no run, a time that is none, a file that exists already
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_run_argument(parser)
    parser.add_argument("--aware-at", metavar="TIME", help="when the bank became aware: ISO 8601, such as 2026-11-20T09:30+09:00; without an offset, in the entrusting company's time zone; a day alone is its start (default: the run's start)")  # fmt: skip
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="folder to write into (default: RUN); made if it is missing"
    )
    add_language_option(parser)
    add_templates_option(parser)
    add_rules_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """1 if anything is exposed, else 0."""
    from datetime import UTC

    from auditor.commands._finished import finished, write_new
    from auditor.model.calendar import zone_of
    from auditor.model.response import Due, Exposure
    from auditor.model.text import LANGUAGES, printable
    from auditor.reporters.papers import customer_message, regulator_report, response_page
    from auditor.reporters.strings import entity_names, load_strings, zoned
    from auditor.response.playbook import plan
    from auditor.rulecommands import load as load_rules

    done = finished(arguments.run)
    now = datetime.now(UTC)
    bank = done.report.engagement.entrusting
    zone = zone_of(bank.country, bank.time_zone)
    aware = aware_at(arguments.aware_at, zone, now) if arguments.aware_at else done.report.run.started
    told = done.report.response.exposure
    exposure = Exposure(
        entities=tuple(told.entities),
        personal=told.personal,
        people=told.people,
        at_least=told.at_least,
        countries=tuple(told.countries),
        accepted=told.accepted,
    )
    ruleset = load_rules(arguments.rules, examples=True)
    made = plan(ruleset.playbooks, exposure, aware, entity_names(ruleset.recognizers))
    strings = load_strings(arguments.language)
    if made is None:
        print(strings.text("respond.nothing"))
        return 0
    folder: Path = arguments.output or done.folder
    files: dict[Path, str | bytes] = {}
    for language in LANGUAGES:
        papers = (done.report, made, ruleset.frameworks, language, arguments.templates)
        files[folder / f"response.{language}.html"] = response_page(*papers)
        if exposure.personal:
            files[folder / f"customer-message.{language}.txt"] = customer_message(*papers)
            files[folder / f"regulator-report.{language}.html"] = regulator_report(*papers)
    write_new(files)
    for clock in made.deadlines:
        if clock.state not in (Due.DUE, Due.DECIDE):
            continue
        if clock.until is None:
            until = strings.text(f"deadline.{clock.term}")
        else:
            until = strings.text("respond.until", until=zoned(clock.until), left=_left(clock.until, now, strings))
        print(f"{printable(clock.to.get(arguments.language))}: {strings.text(f'clock.{clock.state}')}, {until}")
    tasks = sum(len(section.tasks) for section in made.sections)
    print(strings.text("respond.tasks", n=tasks, file=folder / f"response.{arguments.language}.html"))
    return 1


def aware_at(text: str, zone: tzinfo, now: datetime) -> datetime:
    """The time of --aware-at, aware; in `zone` where it has no offset. InputError for what is none, or lies after `now`."""
    from auditor.errors import InputError, Problem
    from auditor.model.text import printable

    shown = printable(text)
    try:
        moment = datetime.fromisoformat(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        later = aware > now
    except (ValueError, OverflowError):
        cure = "write it as 2026-11-20T09:30+09:00, 2026-11-20T09:30 or 2026-11-20"
        raise InputError(Problem(file="--aware-at", cause=f"{shown!r} is no time", cure=cure)) from None
    if later:
        cause = f"{shown} lies in the future"
        raise InputError(Problem(file="--aware-at", cause=cause, cure="give the time at which the bank became aware"))
    return aware


def _left(until: datetime, now: datetime, strings: Strings) -> str:
    """Whole hours left, or gone by since; within the hour, minutes."""
    minutes = int(abs((until - now).total_seconds()) // 60)
    unit, n = ("minutes", minutes) if minutes < 60 else ("hours", minutes // 60)
    return strings.text(f"respond.{unit}_{'left' if until >= now else 'passed'}", n=n)
