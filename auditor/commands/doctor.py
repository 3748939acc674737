"""Try every connection and permission of an engagement, and say what would not be reachable. Nothing is audited.

It also warns of accounts that could write at the vendor, without ever trying to."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

EXAMPLES = """\
examples:
  auditor doctor nft-platform.yaml
  auditor doctor nft-platform.yaml --journal doctor.jsonl
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("engagement", type=Path, metavar="ENGAGEMENT.yaml", help="the engagement to try")
    parser.add_argument(
        "--journal", type=Path, metavar="FILE", help="append what is asked of the vendor's machines to this file"
    )


def run(arguments: argparse.Namespace) -> int:
    """0 if everything can be reached, also by an account that is too strong; 3 if not."""
    from datetime import UTC, datetime

    from auditor.doctor import examine_setup
    from auditor.engagement.loader import load
    from auditor.errors import InputError, Problem
    from auditor.journal import Journal
    from auditor.model.text import printable

    engagement = load(arguments.engagement)
    if engagement.waivers_file is not None:
        from auditor.commands._outcome import waivers_of
        from auditor.rulecommands import load as load_rules

        waivers = waivers_of(None, engagement, load_rules([]))
        assert waivers is not None
        print(f"ok    waivers {waivers.file} — {len(waivers.waivers):,}")
    failed = warned = 0
    try:
        opened = Journal(arguments.journal)
    except OSError as error:
        cause = f"it cannot be written ({os.strerror(error.errno or 0)})"
        cure = "name a file in a folder that may be written to"
        raise InputError(Problem(file=str(arguments.journal), cause=cause, cure=cure)) from None
    with opened as journal:
        for probe in examine_setup(engagement, datetime.now(UTC), journal):
            failed += not probe.ok
            warned += probe.ok and probe.warning
            mark = "FAIL" if not probe.ok else "warn" if probe.warning else "ok  "
            head = f"{probe.target}: {probe.what}" if probe.target else probe.what
            detail = f" — {printable(probe.detail)}" if probe.detail else ""
            print(f"{mark}  {printable(head)}{detail}", flush=True)
            if probe.cure and (probe.warning or not probe.ok):
                print(f"      → {printable(probe.cure)}", flush=True)
    if failed:
        print(f"\n{failed} of the above would keep an audit from being complete.")
        return 3
    print("\nEverything the engagement names can be reached.")
    if warned:
        print(f"{warned} of the above could do more than an audit needs (docs/vendor-access.md).")
    return 0
