"""Write the verification statement of a destruction certificate: declared, verified or contradicted, item by item.

One printable page after another (A4) in English and Korean, to be filed: what the vendor declared, what a finished audit
found, which files contradict it, and what was not inspected. Blanks are for what only people know, and to sign.
Written beside the reports, or into --output; what exists is not overwritten.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from auditor.commands._finished import add_run_argument, add_templates_option
from auditor.commands._options import add_language_option

EXAMPLES = """\
examples:
  auditor certificate audit-output/nft
  auditor certificate audit-output/nft/report.json --output statements/ --language ko
"""
EXIT_CODES = """\
exit codes of this command:
  0  verified: every item was wholly examined, and nothing was found
  1  contradicted: at least one item still holds what was declared destroyed
  2  bad input: no run, or an engagement without a destruction certificate
  3  declared: not contradicted, but not everything could be examined
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_run_argument(parser)
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="folder to write into (default: RUN); made if it is missing"
    )
    add_language_option(parser)
    add_templates_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 verified, 1 contradicted, 3 declared."""
    from auditor.commands._finished import finished, write_new
    from auditor.errors import InputError, Problem
    from auditor.model.text import LANGUAGES, printable
    from auditor.reporters.papers import statement
    from auditor.reporters.strings import load_strings

    done = finished(arguments.run)
    if done.report.engagement.destruction is None:
        cause = "the engagement of this run names no destruction certificate"
        cure = "add destruction: {declared: …, scope: […]} to the engagement and audit again"
        raise InputError(Problem(file=printable(str(arguments.run)), cause=cause, cure=cure))
    folder: Path = arguments.output or done.folder
    write_new({folder / f"certificate.{language}.html": statement(done.report, done.digest, language, arguments.templates) for language in LANGUAGES})  # fmt: skip
    language = arguments.language
    strings = load_strings(language, arguments.templates)
    status = {
        name: strings.text(f"certificate.{name}").lower() for name in ("none", "declared", "verified", "contradicted")
    }
    for item in done.report.response.scope:
        why = printable(getattr(item.message, language))
        print(strings.text("papers.item", target=printable(item.target), status=status[item.status], why=why))
    print(strings.text("papers.certificate", status=status[done.report.certificate]))
    return {"verified": 0, "contradicted": 1}.get(done.report.certificate, 3)
