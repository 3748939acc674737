"""What every run ends with: files written, words for the terminal, an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from auditor import registry
from auditor.errors import InputError, Problem
from auditor.fingerprint import read_key
from auditor.model.asset import GapCode
from auditor.model.engagement import Budgets, Engagement, Executor
from auditor.model.finding import Run
from auditor.model.rule import Level, Profile, Ruleset
from auditor.model.text import printable
from auditor.reporters.facts import facts
from auditor.store.sqlite import Store

if TYPE_CHECKING:
    from auditor.extractors.limits import Limits
    from auditor.model.course import Waivers
    from auditor.register.reader import Register


def profile_of(ruleset: Ruleset, name: str) -> Profile:
    """A profile by id; InputError names those there are."""
    try:
        return ruleset.profile(name)
    except KeyError:
        known = ", ".join(profile.id for profile in ruleset.profiles)
        raise InputError(
            Problem(file="--profile", cause=f"there is no profile {name!r}", cure=f"one of: {known}")
        ) from None


def fail_on(arguments: argparse.Namespace, profile: Profile) -> Level:
    """The level from which on findings make the exit code 1."""
    return Level.parse(arguments.fail_on) if arguments.fail_on else profile.fail_on


def key_of(arguments: argparse.Namespace, from_engagement: Path | None = None) -> tuple[bytes, bool]:
    """The key, and whether it is kept (False: one-time)."""
    path = arguments.key_file or from_engagement
    return (read_key(path), True) if path else (os.urandom(32), False)


def passwords_of(arguments: argparse.Namespace, from_engagement: Path | None = None) -> tuple[str, ...]:
    """The lines of --password-file, else of the engagement's. InputError if it cannot be read or holds none."""
    path: Path | None = arguments.password_file or from_engagement
    if path is None:
        return ()
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        cause = f"cannot be read: {error.strerror if isinstance(error, OSError) else 'it is not UTF-8'}"
        raise InputError(Problem(file=str(path), cause=cause, cure="name a text file with a password a line")) from None
    found = tuple(dict.fromkeys(line for line in lines if line))
    if not found:
        raise InputError(Problem(file=str(path), cause="it holds no password", cure="write one password a line"))
    return found


def limits_of(
    arguments: argparse.Namespace, profile: Profile, budgets: Budgets | None = None, *, ocr: bool = False
) -> Limits:
    """The defaults, but for the profile's limits, the engagement's `budgets` and each --limit, in this order. InputError for one
    that is none."""
    from auditor.extractors.limits import Limits

    names = tuple(field.name for field in fields(Budgets))
    given = {
        name: value
        for source in (profile.limits, budgets)
        for name in names
        if source is not None and (value := getattr(source, name)) is not None
    }
    for text in arguments.limit:
        from auditor.yamltypes import parse_size  # pydantic: not for those without a limit

        name, _, value = text.partition("=")
        size = parse_size(value)
        if (
            name not in names
            or not size
            or (not name.endswith(("bytes", "memory")) and not (value.strip().isdigit() and size <= 1_000_000))
        ):
            cure = f"write NAME=VALUE, the name one of {', '.join(names)}, the value a number or a size such as 10GB"
            raise InputError(Problem(file="--limit", cause=f"{printable(text)!r} is no limit", cure=cure))
        given[name] = size
    return replace(Limits(ocr=ocr or arguments.ocr), **given)


def register_of(
    arguments: argparse.Namespace, key: bytes, key_kept: bool, from_engagement: Path | None = None
) -> Register | None:
    """The bank's register, opened and checked, if one is named. InputError without the key it was built with."""
    path = arguments.register or from_engagement
    if path is None:
        return None
    if not key_kept:
        cause = "the register can only be asked with the key it was built with, and no key file is given"
        raise InputError(Problem(file=str(path), cause=cause, cure="give --key-file, or key_file in the engagement"))
    from auditor.register.reader import Register  # numpy: not for those without a register

    return Register(path, key)


def executor_of(arguments: argparse.Namespace, from_engagement: Executor | None) -> Executor | None:
    """The cluster of --executor, else of the engagement; --executor-tls counts for either. InputError if it cannot be one."""
    address, files = arguments.executor, arguments.executor_tls
    if address is None and from_engagement is None:
        if files:
            raise InputError(
                Problem(file="--executor-tls", cause="there is no cluster", cure="give --executor as well")
            )
        return None
    ca, cert, key = files or (None, None, None)
    if from_engagement is not None and files is None:
        ca, cert, key = from_engagement.ca_file, from_engagement.cert_file, from_engagement.key_file
    if address is None and from_engagement is not None:
        address = from_engagement.address
    from auditor.workers.engine import check

    executor = Executor(address=address, ca_file=ca, cert_file=cert, key_file=key)
    check(executor)
    return executor


def time_budget_of(arguments: argparse.Namespace, profile: Profile) -> float | None:
    """Seconds of --time-budget, else of the profile; None: no bound. InputError for what is no duration."""
    text = arguments.time_budget or profile.time_budget
    if text is None:
        return None
    from auditor.yamltypes import parse_duration  # pydantic: not for those without a budget

    try:
        seconds = parse_duration(text).total_seconds()
    except ValueError:
        seconds = 0.0
    if not seconds:
        cause = f"{printable(text)!r} is no time to read in"
        raise InputError(Problem(file="--time-budget", cause=cause, cure="write a duration such as 30m or 2h"))
    return seconds


def waivers_of(given: Path | None, engagement: Engagement, ruleset: Ruleset) -> Waivers | None:
    """The waivers of the file that is `given` (--waivers), else of the engagement's. InputError with every problem of the file."""
    path = given or engagement.waivers_file
    if path is None:
        return None
    from auditor.course.waiverfile import load

    return load(
        path, contract=engagement.contract, rules=frozenset(policy.id for policy in ruleset.policies),
        never=frozenset(policy.id for policy in ruleset.policies if policy.check == "destruction"),
        targets=frozenset(target.name for target in engagement.targets),
        entities=frozenset(rule.entity for rule in ruleset.recognizers),
    )  # fmt: skip


def accepted_gaps(arguments: argparse.Namespace, *, timed: bool) -> frozenset[GapCode]:
    """The codes of --accept-gap; InputError for one that does not exist, or that a sample or a time budget (`timed`) makes."""
    refused = {GapCode.NOT_SAMPLED: "a sample is never complete", **({GapCode.TIME_CUT_OFF_REACHED: "the profile or --time-budget limits the time: what it cuts off cannot be accepted beforehand"} if timed else {})}  # fmt: skip
    try:
        codes = frozenset(GapCode(code) for code in arguments.accept_gap)
    except ValueError as error:
        known = ", ".join(GapCode)
        raise InputError(Problem(file="--accept-gap", cause=str(error), cure=f"one of: {known}")) from None
    if problems := [
        Problem(
            file="--accept-gap",
            cause=f"{code} cannot be accepted: {refused[code]}",
            cure="use a profile that reads all",
        )
        for code in sorted(codes & refused.keys())
    ]:
        raise InputError(*problems)
    return codes


def check_writable(arguments: argparse.Namespace) -> None:
    """Refuse a --matches file that cannot be written before hours of reading, not after."""
    check_writable_file(arguments.matches)
    if arguments.templates is not None and not arguments.templates.is_dir():
        raise InputError(Problem(file=str(arguments.templates), cause="there is no such folder of templates"))


def check_writable_file(path: Path | None) -> None:
    """The same of any file; None is none."""
    if path is not None and (path.is_dir() or not path.resolve().parent.is_dir()):
        raise InputError(
            Problem(file=str(path), cause="this file cannot be written", cure="name a file in a folder that exists")
        )


def write_matches(path: Path, store: Store, run: Run) -> None:
    """`--matches`: private, as fingerprints are pseudonymous personal data."""
    from auditor.lookup import match_line

    with private(path) as file:
        for match in store.matches(run.id):
            file.write(match_line(match) + "\n")


def private(path: Path):  # type: ignore[no-untyped-def]  # the stream's type is open()'s own
    """A text file only its owner may read, written anew."""
    path.unlink(missing_ok=True)
    return open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w", encoding="utf-8")  # noqa: PTH123


def write_reports(output: Path, run: Run, templates: Path | None) -> list[Path]:
    """HTML in each language, JSON and SARIF; the paths written."""
    output.mkdir(parents=True, exist_ok=True, mode=0o700)
    written = []
    languages = run.engagement.languages
    plan = [("html", f"report.{language}.html", language) for language in languages]
    plan += [("json", "report.json", languages[0]), ("sarif", "report.sarif", languages[0])]
    for reporter, name, language in plan:
        with private(output / name) as file:
            file.write(registry.load("reporters", reporter)(run, language, templates))
        written.append(output / name)
    return written


def exit_code(run: Run) -> int:
    """0 clean and complete, 1 findings at or above the threshold, 3 incomplete: what the report's verdict says."""
    if run.worst is not None and run.worst >= run.fail_on:
        return 1
    return 0 if facts(run).complete else 3


def say_reports(written: list[Path]) -> None:
    """Where the reports are."""
    print("\nReports:")
    for path in written:
        print(f"  {path}")
    sys.stdout.flush()
