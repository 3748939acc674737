"""Build the register of the bank's own customers, or say what one holds.

With a register, an audit says how much of what it found is the bank's own: "41,230 of 1,000,000 people are in the register".
It holds keyed fingerprints and encrypted references, no clear value, and stays at the bank; docs/register.md has its format.
Map each column that holds an identifier, as NAME=COLUMN; several columns may have one NAME. NAME is a short one
(ci di rrn frn phone email card account passport nickname name …) or an entity (auditor rules list).
`reference` is what you know a customer by (a customer number): `auditor affected` lists it. Default: the row's number.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.commands._options import add_rules_option

if TYPE_CHECKING:
    from auditor.register.layout import Section

EXAMPLES = """\
examples:
  auditor register build customers.csv --map ci=연계정보 --map phone=휴대폰번호 --map reference=고객번호 \\
      --key-file bank.key --output register.bin
  auditor register build customers.csv --map rrn=주민번호 --map frn=주민번호 --key-file bank.key   (one column, two kinds)
  export-customers | auditor register build - --map ci=CI --key-file bank.key --output register.bin
  auditor register info register.bin --key-file bank.key
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    whats = parser.add_subparsers(dest="what", required=True, metavar="build|info")
    build = whats.add_parser("build", help="write a register from a CSV of customers", description="Write a register from a CSV or TSV of customers: a header, then a row each.", allow_abbrev=False)  # fmt: skip
    build.add_argument(
        "file", type=Path, metavar="CUSTOMERS.csv", help="customers with a header; - reads standard input"
    )
    build.add_argument("--map", action="append", default=[], metavar="NAME=COLUMN", help="what a column holds, such as ci=연계정보. May be repeated")  # fmt: skip
    build.add_argument("--key-file", type=Path, required=True, metavar="K", help="key of the fingerprints: the one audits use; keep it apart from the register")  # fmt: skip
    build.add_argument("--output", type=Path, default=Path("register.bin"), metavar="FILE", help="register to write (default: register.bin)")  # fmt: skip
    build.add_argument("--encoding", metavar="NAME", help="encoding of the customers (default: UTF-8 or CP949, by their first bytes)")  # fmt: skip
    build.add_argument("--any-shape", action="store_true", help="register a column even if its values do not look like what it is mapped to")  # fmt: skip
    add_rules_option(build)
    info = whats.add_parser("info", help="say what a register holds, and check it", description="Say what a register holds; with the key, also whether it is whole.", allow_abbrev=False)  # fmt: skip
    info.add_argument("file", type=Path, metavar="REGISTER", help="what `auditor register build` wrote")
    info.add_argument("--key-file", type=Path, metavar="K", help="the key it was built with: every byte is checked")


def run(arguments: argparse.Namespace) -> int:
    """0."""
    return _build(arguments) if arguments.what == "build" else _info(arguments)


def _build(arguments: argparse.Namespace) -> int:
    import sys
    import time

    from auditor import ours
    from auditor.fingerprint import read_key
    from auditor.register.build import build
    from auditor.register.customer_file import CustomerFile
    from auditor.register.mapping import parse
    from auditor.rulecommands import load as load_rules

    kinds = ours.kinds(load_rules(arguments.rules))
    mapped = parse(arguments.map, kinds)
    key = read_key(arguments.key_file)
    started = time.monotonic()

    def tell(customers: int) -> None:
        if sys.stderr.isatty():
            rate = customers / max(0.001, time.monotonic() - started)
            print(f"\r{customers:,} customers, {rate:,.0f} a second ", end="", file=sys.stderr, flush=True)

    with CustomerFile(arguments.file, encoding=arguments.encoding) as source:
        try:
            built = build(source, mapped, kinds, key, arguments.output, any_shape=arguments.any_shape, progress=tell)
        finally:
            if sys.stderr.isatty():
                print(file=sys.stderr)
    print(f"Wrote {arguments.output}: {built.index.customers:,} customers, {built.size:,} bytes, {time.monotonic() - started:,.0f} s.")  # fmt: skip
    for section in built.index.sections:
        note = f"; {built.empty[section.entity]:,} empty" if built.empty[section.entity] else ""
        print(f"  {_section(section)}{note}")
    print(f"Key {built.key_id}. Keep the key file apart from the register, and both at the bank.")
    return 0


def _info(arguments: argparse.Namespace) -> int:
    from auditor.fingerprint import read_key
    from auditor.register.reader import Register, read_index

    index, key_id, size = read_index(arguments.file)
    whole = "not checked: --key-file is needed for that"
    if arguments.key_file is not None:
        with Register(arguments.file, read_key(arguments.key_file)) as register:
            index, whole = register.index, "whole: every byte is as it was built"
    print(f"{arguments.file}: {index.customers:,} customers, {size:,} bytes, built {index.created:%Y-%m-%d %H:%M} UTC by {index.tool}")  # fmt: skip
    for section in index.sections:
        print(f"  {_section(section)}")
    print(f"References: {'row numbers' if index.blocks is None else 'the bank’s own, encrypted'}")
    print(f"Key: {key_id}")
    print(f"Seal: {whole}")
    return 0


def _section(section: Section) -> str:
    from auditor.register.layout import MOST_SHARING

    text = f"{section.entity}: {section.values:,} distinct values"
    if section.shared:
        text += f", {section.shared:,} of them of more than {MOST_SHARING} customers each and so of nobody"
    return text if section.identifies else f"{text}; compared, but names nobody"
