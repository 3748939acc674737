"""Options that several commands share, so that each has one name and one meaning."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import get_args

from auditor.model.rule import Level
from auditor.model.text import Language

LEVELS = tuple(str(level) for level in Level)


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """What `audit` and `gate` share."""
    parser.add_argument("--key-file", type=Path, metavar="K", help="key of the fingerprints (16 bytes or more); keep it apart from the store. Without one, a one-time key")  # fmt: skip
    parser.add_argument("--register", type=Path, metavar="FILE", help="the bank's register of its own customers, to say which of the data found is theirs (auditor register --help); needs the key it was built with")  # fmt: skip
    parser.add_argument("--matches", type=Path, metavar="FILE.jsonl", help="write a line a distinct value: asset path, entity, fingerprint, count, mask, first location, score")  # fmt: skip
    parser.add_argument("--fail-on", choices=LEVELS, metavar="LEVEL", help=f"lowest level that makes the exit code 1: {', '.join(LEVELS)} (default: the profile's)")  # fmt: skip
    parser.add_argument("--accept-gap", action="append", default=[], metavar="CODE", help="a gap of this reason code does not make the exit code 3; it is still reported. May be repeated")  # fmt: skip
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="passwords to try on encrypted archives and documents, one a line; without the right one they are gaps")  # fmt: skip
    parser.add_argument("--ocr", action="store_true", help="read pictures and scanned pages with tesseract: one to two seconds each. Without it they are gaps")  # fmt: skip
    parser.add_argument("--limit", action="append", default=[], metavar="NAME=VALUE", help="how much reading one file may cost: archive_depth, members, expanded_bytes, seconds_per_asset, spool_bytes, worker_memory, such as --limit expanded_bytes=10GB. May be repeated; what is hit is a gap (docs/coverage.md)")  # fmt: skip
    parser.add_argument("--time-budget", metavar="TIME", help="begin no further file after this time, such as 30m; what is left is a gap (default: the profile's)")  # fmt: skip
    parser.add_argument("--waivers", type=Path, metavar="FILE.yaml", help="findings that are accepted for a while: each with rule, owner, reason and last day (docs/course.md). They are listed, and do not count for the exit code")  # fmt: skip
    parser.add_argument("--workers", type=_count, default=0, metavar="N", help="processes that read and search at the same time, each with up to 512 MB (default: one for each processor)")  # fmt: skip
    add_language_option(parser, "the summary")
    parser.add_argument("--templates", type=Path, metavar="DIR", help="own report templates, searched before the project's; they run in Jinja's sandbox")  # fmt: skip
    add_rules_option(parser)
    parser.add_argument("--quiet", action="store_true", help="no progress")


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError("a number from 1 to 256 is needed")
    return int(text)


def add_language_option(parser: argparse.ArgumentParser, of: str = "what is printed") -> None:
    """--language."""
    parser.add_argument("--language", choices=get_args(Language), default="en", help=f"language of {of} (default: en)")


def add_rules_option(parser: argparse.ArgumentParser) -> None:
    """Own rules beside the project's."""
    parser.add_argument("--rules", type=Path, action="append", default=[], metavar="DIR", help="own rules, added to the project's; the same id replaces. May be repeated")  # fmt: skip


def add_value_options(parser: argparse.ArgumentParser) -> None:
    """What `lookup` and `fingerprint` share."""
    parser.add_argument("--entity", required=True, metavar="NAME", help="entity of the values, such as KR_CI; `auditor rules list` shows all")  # fmt: skip
    parser.add_argument("--key-file", type=Path, required=True, metavar="K", help="key file of the fingerprints")
    add_rules_option(parser)
