"""Write the inspection checklist of a finished audit as a spreadsheet (XLSX), in Korean and English, to work on.

It is filled as far as the evidence goes. What the tool cannot see stays blank and says who must look. Written beside the
reports, or to --output; what exists is not overwritten, as people fill it in.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from auditor.commands._finished import add_run_argument
from auditor.commands._options import add_language_option

EXAMPLES = """\
examples:
  auditor checklist audit-output/nft
  auditor checklist audit-output/nft --output inspection-2026-11.xlsx --language ko
"""
EXIT_CODES = """\
exit codes of this command:
  0  written
  2  bad input: no run, or the file exists already
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_run_argument(parser)
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE.xlsx",
        help="file to write (default: RUN/checklist.xlsx); its folder is made if missing",
    )
    add_language_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """0."""
    from collections import Counter

    from auditor.commands._finished import finished, write_new
    from auditor.reporters.spreadsheet import workbook
    from auditor.reporters.strings import load_strings

    done = finished(arguments.run)
    write_new({arguments.output or done.folder / "checklist.xlsx": workbook(done.report, done.digest)})
    language = arguments.language
    strings = load_strings(language)
    names = {mark: strings.text(f"mark.{mark}").lower() for mark in ("good", "partly", "poor", "n/a")}
    names["blank"] = strings.text("papers.blank")
    for form in done.report.response.checklists:
        marks: Counter[str] = Counter(row.mark or "blank" for row in form.rows)
        said = ", ".join(
            strings.text("papers.marked", n=marks[mark], mark=name) for mark, name in names.items() if marks[mark]
        )
        print(strings.text("papers.form", title=getattr(form.title, language), n=len(form.rows), marks=said))
    return 0
