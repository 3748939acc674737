"""Show what was considered at one place of a file, what was taken and what rejected, and why. Every value is masked.

FILE:LINE is one line of text, or the row of a table (CSV, JSON, SQL) that stands there; an archive's member is
ARCHIVE!/MEMBER:LINE. Without a line: which extractor, which columns, what was found, what rejected. The file is read as in
an audit, to its end: its columns and neighbours say here what they say there. Nothing is written.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from auditor.commands._options import add_rules_option

EXAMPLES = """\
examples:
  auditor explain delivery/members.csv:12
  auditor explain backup.zip!/dump.sql:40
  auditor explain package-lock.json            what was rejected in it?
  auditor explain members.csv:12 --register bank.register --key-file bank.key --json
"""

EXIT_CODES = """\
exit codes:
  0  explained, whatever was found
  2  bad input: no such file, member or line, a rule, a key
  3  incomplete: the file, or a part of it, could not be read; what was read is explained
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("place", metavar="FILE[:LINE]", help="a file, or one line of it (from 1)")
    parser.add_argument("--json", action="store_true", help="as JSON instead")
    parser.add_argument("--country", default="KR", metavar="CC", help="whose legacy encodings are likely: KR, TH, CN, TW, JP (default: KR)")  # fmt: skip
    parser.add_argument("--key-file", type=Path, metavar="K", help="key of the register")
    parser.add_argument("--register", type=Path, metavar="FILE", help="the bank's register of its own customers: says of each value whether it is theirs")  # fmt: skip
    add_rules_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 explained, 3 where something could not be read."""
    from auditor.commands import _outcome as outcome
    from auditor.commands._explained import as_json, as_text
    from auditor.explain import Target, explain
    from auditor.model.text import printable
    from auditor.rulecommands import load as load_rules

    target = Target.parse(arguments.place)
    ruleset = load_rules(arguments.rules)
    key, kept = outcome.key_of(arguments)
    register = outcome.register_of(arguments, key, kept)

    def asked(entity: str, fingerprint: bytes) -> str:
        if register is None or entity not in register.entities:
            return ""
        return "yes" if register.holds(entity, fingerprint) else "no"

    explanation = explain(ruleset, target, country=arguments.country, key=key, in_register=asked)
    print(as_json(explanation) if arguments.json else as_text(explanation))
    codes = sorted({str(gap.code) for file in explanation.files for gap in file.gaps})
    if codes:
        said = f"auditor: not all of {printable(arguments.place)} could be read ({', '.join(codes)}): nothing is said of what was not"
        print(said, file=sys.stderr)
    return 3 if codes else 0
