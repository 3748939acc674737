"""Write a commented engagement to start from, and beside it a fresh key for the fingerprints (mode 0600)."""

from __future__ import annotations

import argparse
from pathlib import Path

EXAMPLES = """\
examples:
  auditor init                       writes engagement.yaml and engagement.key
  auditor init audits/nft.yaml
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("file", nargs="?", type=Path, default=Path("engagement.yaml"), metavar="ENGAGEMENT.yaml", help="file to write (default: engagement.yaml); it must not exist")  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """0, or 2 if a file exists already."""
    import os
    import secrets

    from auditor.engagement.template import template
    from auditor.errors import InputError, Problem

    file: Path = arguments.file
    key = file.with_suffix(".key")
    problems = [
        Problem(file=str(path), cause="this file exists already", cure="name another, or move it away")
        for path in (file, key)
        if path.exists()
    ]
    if not file.parent.is_dir():
        problems.append(Problem(file=str(file.parent), cause="there is no such folder"))
    if problems:
        raise InputError(*problems)
    file.write_text(template(key_file=key.name), encoding="utf-8")
    with os.fdopen(os.open(key, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as stream:
        stream.write(secrets.token_hex(32) + "\n")
    print(f"Wrote {file} and {key}.")
    print(f"Edit {file}, then: auditor doctor {file}")
    print(f"Keep {key} apart from the reports: with it, values can be looked up; without it, they cannot.")
    return 0
