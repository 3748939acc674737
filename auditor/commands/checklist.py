"""Write the inspection checklist of a finished audit as a spreadsheet (XLSX), in Korean and English, to work on.

It is filled as far as the evidence goes. What the tool cannot see stays blank and says who must look. Written beside the
reports, or to --output; what exists is not overwritten, as people fill it in.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from auditor.commands._finished import add_run_argument

EXAMPLES = """\
examples:
  auditor checklist audit-output/nft
  auditor checklist audit-output/nft --output inspection-2026-11.xlsx
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


def run(arguments: argparse.Namespace) -> int:
    """0."""
    from collections import Counter

    from auditor.commands._finished import finished, write_new
    from auditor.reporters.spreadsheet import workbook

    done = finished(arguments.run)
    write_new({arguments.output or done.folder / "checklist.xlsx": workbook(done.report, done.digest)})
    for form in done.report.response.checklists:
        marks = Counter(row.mark or "blank" for row in form.rows)
        said = ", ".join(f"{marks[mark]} {mark}" for mark in ("good", "partly", "poor", "n/a", "blank") if marks[mark])
        print(f"{form.title.en}: {len(form.rows)} rows: {said}.")
    return 0
