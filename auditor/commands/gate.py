"""Check what a vendor hands over: folders, files and archives, without an engagement.

Prints one line a finding and a summary. Nothing is written but what --output, --sarif, --matches and --write-baseline ask for,
and while it runs a private folder under $TMPDIR for files that can only be read from a copy (up to 4 GiB a worker, gone at the end).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.commands._options import add_run_options

if TYPE_CHECKING:
    from auditor.model.finding import Finding
    from auditor.model.text import Language

GAPS_SHOWN = 20
"""A folder of pictures must not push the findings off the screen."""

EXAMPLES = """\
examples:
  auditor gate delivery/
  auditor gate app.tar.gz dump.sql --sarif gate.sarif
  auditor gate . --fail-on critical --accept-gap UNSUPPORTED_FILE_TYPE
  auditor gate . --write-baseline gate-baseline.json     once; then commit the file
  auditor gate . --baseline gate-baseline.json           fails only on what is new or grew
  auditor gate delivery/ --matches matches.jsonl --key-file bank.key
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="folder, file or archive that was delivered"
    )
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="also write reports (HTML, JSON, SARIF) and the store here"
    )
    parser.add_argument("--sarif", type=Path, metavar="FILE", help="write SARIF 2.1.0 here, for a code host to show")
    parser.add_argument("--profile", default="ci-gate", metavar="NAME", help="which policies run (default: ci-gate)")
    parser.add_argument("--baseline", type=Path, metavar="FILE.json", help="accept the findings of this file, and fail on what is new or has more distinct values. It holds hashes and counts, and can be committed (docs/course.md)")  # fmt: skip
    parser.add_argument("--write-baseline", type=Path, metavar="FILE.json", help="write what was found as a baseline, for the next run; the exit code stays what it is")  # fmt: skip
    add_run_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check; the exit code."""
    from auditor.commands import _outcome as outcome
    from auditor.course.baseline import read as read_baseline
    from auditor.model.engagement import Contract, Engagement, LocalTarget, Party
    from auditor.pipeline import Job, audit
    from auditor.progress import Shown
    from auditor.reporters.register import Tallies
    from auditor.reporters.strings import load_strings
    from auditor.reporters.summary import summary
    from auditor.rulecommands import load as load_rules
    from auditor.store.sqlite import Store

    _check_paths(arguments.paths)
    ruleset = load_rules(arguments.rules, examples=True)
    profile = outcome.profile_of(ruleset, arguments.profile)
    budget = outcome.time_budget_of(arguments, profile)
    accepted = outcome.accepted_gaps(arguments, timed=budget is not None)
    passwords, limits = outcome.passwords_of(arguments), outcome.limits_of(arguments, profile)
    outcome.check_writable(arguments)
    outcome.check_writable_file(arguments.write_baseline)
    baseline = read_baseline(arguments.baseline) if arguments.baseline else None
    key, kept = outcome.key_of(arguments)
    engagement = Engagement(
        id="gate", entrusting=Party(name=""), vendor=Party(name=""), contract=Contract(),
        targets=(LocalTarget(name="delivery", paths=tuple(arguments.paths)),),
    )  # fmt: skip
    waivers = outcome.waivers_of(arguments.waivers, engagement, ruleset)
    job = Job(
        engagement=engagement, ruleset=ruleset, profile=profile, fail_on=outcome.fail_on(arguments, profile), key=key,
        key_kept=kept, only=frozenset({"delivery"}),
        accepted_gaps=accepted, workers=arguments.workers, passwords=passwords, limits=limits, register=outcome.register_of(arguments, key, kept),
        time_budget=budget, waivers=waivers, baseline=baseline, reports=arguments.output is not None,
    )  # fmt: skip
    with Store(_store_path(arguments.output)) as store:
        with Shown(quiet=arguments.quiet) as progress:
            done = audit(job, store, progress)
        written = outcome.write_reports(arguments.output, done, arguments.templates) if arguments.output else []
        if arguments.sarif:
            from auditor.reporters.sarif import report as sarif

            with outcome.private(arguments.sarif) as file:
                file.write(sarif(done, arguments.language))
            written.append(arguments.sarif)
        if arguments.matches:
            outcome.write_matches(arguments.matches, store, done)
            written.append(arguments.matches)
        if arguments.write_baseline:
            from auditor.course.baseline import text

            known = [
                f for f in done.course.suppressed if f.track.suppression and f.track.suppression.kind == "baseline"
            ]
            arguments.write_baseline.write_text(text((*done.findings, *known)), encoding="utf-8", newline="\n")
            written.append(arguments.write_baseline)
    tallies, strings = Tallies(done), load_strings(arguments.language)
    for finding in done.findings:
        notes = [tallies.note(finding, strings)]
        if finding.track.known is not None:
            notes.append(strings.text("course.grown", n=finding.track.known))
        print(" — ".join([_line(finding, arguments.language), *filter(None, notes)]))
    for gap in done.gaps[:GAPS_SHOWN]:
        print(f"{gap.path or gap.target}: not examined: {gap.detail} [{gap.code}]")
    if len(done.gaps) > GAPS_SHOWN:
        print(f"… and {len(done.gaps) - GAPS_SHOWN:,} more not examined: --output DIR lists all")
    if done.findings or done.gaps:
        print()
    print(summary(done, arguments.language))
    if written:
        outcome.say_reports(written)
    return outcome.exit_code(done)


def _line(finding: Finding, language: Language) -> str:
    """`path:line: level: what it is [rule]`, as compilers and linters write it, so that editors and CI find the place."""
    verdict = finding.verdict
    where = f"{verdict.path}:{verdict.line}" if verdict.line else verdict.path
    return f"{where}: {finding.level}: {verdict.message.get(language)} {verdict.mask} [{finding.rule}]"


def _store_path(output: Path | None) -> Path | None:
    if output is None:
        return None
    from auditor.lookup import STORE_NAME

    return output / STORE_NAME


def _check_paths(paths: list[Path]) -> None:
    from auditor.errors import InputError, Problem

    missing = [path for path in paths if not path.exists() and not path.is_symlink()]
    if missing:
        raise InputError(*(Problem(file=str(path), cause="there is no such file or folder") for path in missing))
