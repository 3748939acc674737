"""List, show, check and test the rules, or begin a new one: what personal data looks like, what may be kept, which profile judges,
what the law asks for, what to do once data is exposed.

`check` finds every mistake in rule files, with file, line, column, cause and cure. `test` runs each rule's own examples.
`new` writes a recogniser or a policy that passes `check` but for what only you can say.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from auditor.commands._options import add_rules_option

EXAMPLES = """\
examples:
  auditor rules list
  auditor rules show kr-ci
  auditor rules check --rules my-rules/
  auditor rules test kr-ci retained-after-contract
  auditor rules new recognizer bank-member-no --rules my-rules/
  auditor rules new policy data-in-presentations --rules my-rules/
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("what", choices=("list", "show", "check", "test", "new"), help="what to do with them")
    parser.add_argument(
        "ids",
        nargs="*",
        metavar="ID",
        help="show: the rule to show; test: only these rules; new: recognizer or policy, and its id",
    )
    parser.add_argument("--json", action="store_true", help="list: as JSON")
    add_rules_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """0, or 2 where a rule is wrong or an example fails."""
    from auditor import rulecommands
    from auditor.errors import InputError, Problem

    own: list[Path] = arguments.rules
    match arguments.what:
        case "list":
            answer = rulecommands.listing(rulecommands.load(own), as_json=arguments.json)
        case "show":
            if len(arguments.ids) != 1:
                raise InputError(Problem(file="rules show", cause="name one rule", cure="auditor rules list shows all"))
            answer = rulecommands.show(arguments.ids[0], own)
        case "new":
            answer = rulecommands.new(arguments.ids, own)
        case "check":
            answer = rulecommands.check(own)
        case _:
            answer = rulecommands.test(own, frozenset(arguments.ids) or None)
    for line in answer.lines:
        print(line)
    return 0 if answer.ok else 2
