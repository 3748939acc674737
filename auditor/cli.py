"""The `auditor` command: arguments and exit codes, nothing else. A command's module is imported when it is called."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

import auditor
from auditor.errors import InputError
from auditor.processor import spare_numpy

COMMANDS: Final = {
    "audit": "Audit a vendor's servers, buckets and databases against an engagement",
    "gate": "Check a delivered folder or archive; for pipelines, needs no engagement",
    "diff": "Say what is new, grew and is gone between two runs",
    "doctor": "Try every connection and permission of an engagement first",
    "init": "Write a commented engagement to start from, and a key",
    "explain": "Show what was considered at one place of a file, taken and rejected, and why; masked",
    "rules": "List, show, check and test the rules",
    "register": "Build the register of the bank's own customers: keyed, no clear values",
    "affected": "List the bank's own references of the customers whose data a run met",
    "lookup": "Ask whether a run met certain values, without any having been stored",
    "fingerprint": "Print the keyed fingerprints of values",
    "certificate": "Write the verification statement of a destruction certificate",
    "checklist": "Write the inspection checklist of a run as a spreadsheet",
    "respond": "Write what to do about a run's findings, by when, and drafts of the messages",
}

EXIT_CODES: Final = """\
exit codes:
  0  clean and complete
  1  findings at or above the profile's threshold (--fail-on)
  2  bad input: arguments, an engagement, a rule, a key
  3  incomplete, or a sample: something was not examined, so nothing is called clean
     (findings come first: 1 wins over 3)
"""

EXAMPLES: Final = """\
examples:
  auditor init nft-platform.yaml          write an engagement, then edit it
  auditor doctor nft-platform.yaml        what would not be reachable?
  auditor audit nft-platform.yaml         audit, and write the reports
  auditor gate delivery/ app.tar.gz       in a pipeline
  auditor diff audit-output/nft@1 @2      what changed from one audit to the next?
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    spare_numpy()
    argv = list(sys.argv[1:] if argv is None else argv)
    name = next((word for word in argv if not word.startswith("-")), None)
    if name in COMMANDS and argv[0] == name:
        command = import_module(f"auditor.commands.{name}")
        own = argparse.ArgumentParser(
            prog=f"auditor {name}", description=command.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
            epilog=f"{command.EXAMPLES}\n{getattr(command, 'EXIT_CODES', EXIT_CODES)}", allow_abbrev=False,
        )  # fmt: skip
        command.add_arguments(own)
        arguments = own.parse_args(argv[1:])
    else:
        parser = _parser()
        parser.parse_args(argv)
        parser.print_help()
        return 2
    try:
        code: int = command.run(arguments)
    except InputError as error:
        print(f"auditor: {len(error.problems)} problem(s) in the input", file=sys.stderr)
        for problem in error.problems:
            print(f"  {problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        print("auditor: interrupted", file=sys.stderr)
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS))
    listing = "\n".join(f"  {name:<{width}}  {help}" for name, help in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="auditor", description=auditor.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="auditor [--version] [--help] COMMAND …", allow_abbrev=False,
        epilog=f"commands:\n{listing}\n\n  auditor COMMAND --help says more.\n\n{EXAMPLES}\n{EXIT_CODES}",
    )  # fmt: skip
    parser.add_argument("--version", action="version", version=f"auditor {auditor.__version__}")
    parser.add_argument("command", nargs="?", choices=tuple(COMMANDS), help=argparse.SUPPRESS)
    return parser
