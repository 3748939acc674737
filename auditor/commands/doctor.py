"""Try every connection and permission of an engagement, and say what would not be reachable. Nothing is audited."""

from __future__ import annotations

import argparse
from pathlib import Path

EXAMPLES = """\
examples:
  auditor doctor nft-platform.yaml
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("engagement", type=Path, metavar="ENGAGEMENT.yaml", help="the engagement to try")


def run(arguments: argparse.Namespace) -> int:
    """0 if everything can be reached, 3 if not."""
    from auditor.doctor import examine_setup
    from auditor.engagement.loader import load
    from auditor.model.text import printable

    engagement = load(arguments.engagement)
    failed = 0
    for probe in examine_setup(engagement):
        failed += not probe.ok
        head = f"{probe.target}: {probe.what}" if probe.target else probe.what
        detail = f" — {printable(probe.detail)}" if probe.detail else ""
        mark = "FAIL" if not probe.ok else "warn" if probe.cure else "ok  "
        print(f"{mark}  {printable(head)}{detail}", flush=True)
        if probe.cure:
            print(f"      → {printable(probe.cure)}", flush=True)
    if failed:
        print(f"\n{failed} of the above would keep an audit from being complete.")
        return 3
    print("\nEverything the engagement names can be reached.")
    return 0
