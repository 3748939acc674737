"""Print the keyed fingerprints of values (docs/fingerprints.md). Values come on standard input, one a line, in any of
the ways they are written; one fingerprint a line comes out, 32 hexadecimal digits, in the same order."""

from __future__ import annotations

import argparse

from auditor.commands._options import add_value_options

EXAMPLES = """\
examples:
  auditor fingerprint --entity KR_CI --key-file bank.key < customers-ci.txt
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_value_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """0."""
    import sys

    from auditor.fingerprint import read_key
    from auditor.lookup import fingerprints, normal_form_of
    from auditor.rulecommands import load as load_rules

    form = normal_form_of(load_rules(arguments.rules), arguments.entity)
    key = read_key(arguments.key_file)
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
    for made in fingerprints(sys.stdin, arguments.entity, form, key):
        print(made.hex())
    return 0
