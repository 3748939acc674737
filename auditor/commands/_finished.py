"""What `certificate`, `checklist` and `respond` share: a finished run is read from its report.json, and no file is overwritten."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.errors import InputError, Problem
from auditor.model.noun import noun
from auditor.model.text import printable

if TYPE_CHECKING:
    from auditor.reporters.document import Report

REPORT = "report.json"


@noun
class Finished:
    """A finished run: its report, the folder it lies in, and the SHA-256 of report.json, hexadecimal."""

    report: Report
    folder: Path
    digest: str


def add_run_argument(parser: argparse.ArgumentParser) -> None:
    """RUN, and where to write."""
    parser.add_argument("run", type=Path, metavar="RUN", help="output folder of an audit, or its report.json")


def add_templates_option(parser: argparse.ArgumentParser) -> None:
    """Own templates, as an audit has them."""
    parser.add_argument("--templates", type=Path, metavar="DIR", help="own templates, searched before the project's; they run in Jinja's sandbox")  # fmt: skip


def finished(run: Path) -> Finished:
    """The run that RUN names. InputError if it is none, or was made without an engagement."""
    from auditor.reporters.json import read

    file = run / REPORT if run.is_dir() else run
    report = read(file)
    if not report.engagement.file:
        cause = "was made without an engagement, so there is no contract it answers to"
        raise InputError(Problem(file=printable(str(file)), cause=cause, cure="use an audit's output, not the gate's"))
    return Finished(report=report, folder=file.parent, digest=hashlib.sha256(file.read_bytes()).hexdigest())


def write_new(files: dict[Path, str | bytes]) -> None:
    """Write files only their owner may read, into folders that are made if missing. InputError if one exists: what a person has
    filled in is not overwritten.
    """
    problems = [
        Problem(file=printable(str(path)), cause="this file exists already", cure="move it away, or name another with --output")
        for path in files
        if path.exists()
    ]  # fmt: skip
    folders = dict.fromkeys(path.parent for path in files)
    problems += [
        Problem(file=printable(str(folder)), cause="is no folder") for folder in folders if folder.exists() and not folder.is_dir()
    ]  # fmt: skip
    if problems:
        raise InputError(*problems)
    from auditor.commands._outcome import private

    for folder in folders:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(Problem(file=printable(str(folder)), cause=f"cannot be made: {error.strerror}")) from None
    for path, content in files.items():
        with private(path) as file:
            if isinstance(content, bytes):
                file.buffer.write(content)
            else:
                file.write(content)
        print(f"  {path}")
