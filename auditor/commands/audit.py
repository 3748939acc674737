"""Audit a vendor's servers, buckets and databases, read-only, and hold what is found against the engagement.

Reads everything the engagement names, writes reports (HTML in each language, JSON, SARIF), the store and a journal of
what it asked of each target (journal.jsonl) into the output folder, and prints a summary. Run it again with the same folder to see what is new, unchanged and gone.
Ctrl-C stops the reading: what was found so far is still judged and reported, as incomplete. --resume goes on from there.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from auditor.commands._options import add_run_options

EXAMPLES = """\
examples:
  auditor audit nft-platform.yaml
  auditor audit nft-platform.yaml --output audits/nft --language ko
  auditor audit nft-platform.yaml --target bucket --matches matches.jsonl
  auditor audit nft-platform.yaml --fail-on critical --quiet
  auditor audit vendor.yaml --profile due-diligence      a sample, in limited time, and a scorecard
  auditor audit nft-platform.yaml --resume               go on where the last one was stopped or killed
  auditor audit nft-platform.yaml --waivers waivers.yaml
  auditor audit nft-platform.yaml --executor tls://scheduler:8786 --executor-tls ca.pem audit.pem audit-key.pem
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("engagement", type=Path, metavar="ENGAGEMENT.yaml", help="what was agreed, and where to look")
    parser.add_argument("--output", type=Path, metavar="DIR", help="folder of the reports and the store (default: audit-output/ENGAGEMENT)")  # fmt: skip
    parser.add_argument(
        "--profile",
        default="scheduled",
        metavar="NAME",
        help="which policies run, and how much is read: scheduled, due-diligence (default: scheduled)",
    )
    parser.add_argument("--target", action="append", default=[], metavar="NAME", help="only this target; the others count as not examined. May be repeated")  # fmt: skip
    parser.add_argument("--resume", action="store_true", help="go on where the last audit of this output folder was stopped, killed or met the end of its hours, instead of reading everything again (docs/buckets.md)")  # fmt: skip
    parser.add_argument("--executor", metavar="ADDRESS", help="a cluster that examines in place of this machine: its dask scheduler, tls://HOST:PORT (docs/scale.md). Local targets then need a file system that its workers share")  # fmt: skip
    parser.add_argument("--executor-tls", nargs=3, type=Path, metavar=("CA", "CERT", "KEY"), help="PEM files for tls://: the cluster's authority, our certificate, its key")  # fmt: skip
    add_run_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Audit; the exit code."""
    from auditor.commands import _outcome as outcome
    from auditor.engagement.loader import load
    from auditor.journal import NAME as JOURNAL
    from auditor.journal import Journal
    from auditor.lookup import STORE_NAME
    from auditor.pipeline import Job, audit
    from auditor.progress import Shown
    from auditor.reporters.summary import summary
    from auditor.rulecommands import load as load_rules
    from auditor.store.sqlite import Store
    from auditor.workers.trail import NAME as TRAIL

    ruleset = load_rules(arguments.rules, examples=True)
    engagement = load(arguments.engagement, entities=frozenset(rule.entity for rule in ruleset.recognizers))
    profile = outcome.profile_of(ruleset, arguments.profile)
    budget = outcome.time_budget_of(arguments, profile)
    accepted = outcome.accepted_gaps(arguments, timed=budget is not None)
    waivers = outcome.waivers_of(arguments.waivers, engagement, ruleset)
    passwords = outcome.passwords_of(arguments, engagement.password_file)
    limits = outcome.limits_of(arguments, profile, engagement.budgets, ocr=engagement.ocr)
    outcome.check_writable(arguments)
    key, kept = outcome.key_of(arguments, engagement.key_file)
    register = outcome.register_of(arguments, key, kept, engagement.register_file)
    executor = outcome.executor_of(arguments, engagement.executor)
    only = _only(arguments, tuple(target.name for target in engagement.targets))
    output = arguments.output or Path("audit-output") / engagement.id
    journal = Journal(output / JOURNAL)
    job = Job(
        engagement=engagement, ruleset=ruleset, profile=profile, fail_on=outcome.fail_on(arguments, profile), key=key,
        key_kept=kept, only=only, accepted_gaps=accepted, workers=arguments.workers, executor=executor, passwords=passwords, limits=limits, register=register,
        time_budget=budget, waivers=waivers, journal=journal, trail=output / TRAIL, resume=arguments.resume,
    )  # fmt: skip
    if (output / TRAIL).exists() and not arguments.resume:
        said = f"{output / TRAIL}: an earlier audit was stopped before its end, and this one begins anew (--resume would go on from there)"
        print(f"auditor: {said}", file=sys.stderr)
    with Store(output / STORE_NAME) as store, journal:
        with Shown(quiet=arguments.quiet) as progress:
            done = audit(job, store, progress)
        written = outcome.write_reports(output, done, arguments.templates)
        if arguments.matches:
            outcome.write_matches(arguments.matches, store, done)
            written.append(arguments.matches)
    print(summary(done, arguments.language))
    outcome.say_reports(written)
    if done.resumable:
        print("\nThe audit was stopped before its end. To go on from there, run it again with --resume.")
    elif done.resumable is False:
        (output / TRAIL).unlink(missing_ok=True)  # not before its reports are written: until then it could be killed
    return outcome.exit_code(done)


def _only(arguments: argparse.Namespace, names: tuple[str, ...]) -> frozenset[str]:
    from auditor.errors import InputError, Problem

    for name in arguments.target:
        if name not in names:
            raise InputError(
                Problem(
                    file="--target", cause=f"the engagement has no target {name!r}", cure=f"one of: {', '.join(names)}"
                )
            )
    return frozenset(arguments.target or names)
