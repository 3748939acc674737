"""Ask a run whether it met certain values, without any clear value having been stored.

Values come on standard input, one a line, in any of the ways they are written. The answer for each line goes to
standard output as a tab-separated line: number, found or absent, fingerprint, then a line a place. Values are not repeated.
RUN is an output folder or its audit.sqlite; FOLDER@3 names the third run in it (default: the last).
"""

from __future__ import annotations

import argparse

from auditor.commands._options import add_value_options

EXAMPLES = """\
examples:
  auditor lookup audit-output/nft --entity KR_CI --key-file bank.key < customers-ci.txt
  auditor lookup audit-output/nft@2 --entity PHONE_NUMBER --key-file bank.key --json < phones.txt
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("run", metavar="RUN", help="output folder of an audit, or its audit.sqlite")
    parser.add_argument("--json", action="store_true", help="a JSON line an answer instead")
    add_value_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """1 if any value was found, else 0."""
    import json
    import sys

    from auditor.fingerprint import read_key
    from auditor.lookup import find_run, look_up, normal_form_of
    from auditor.rulecommands import load as load_rules

    form = normal_form_of(load_rules(arguments.rules), arguments.entity)
    key = read_key(arguments.key_file)
    store, stored = find_run(arguments.run)
    found = asked = 0
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
    with store:
        for answer in look_up(store, stored, sys.stdin, arguments.entity, form, key):
            asked += 1
            found += bool(answer.places)
            if arguments.json:
                places = [{"target": p.target, "path": p.path, "version": p.version, "location": p.place, "count": p.count} for p in answer.places]  # fmt: skip
                print(json.dumps({"line": answer.line, "found": bool(places), "fingerprint": answer.fingerprint.hex(), "places": places}, ensure_ascii=False))  # fmt: skip
                continue
            print(f"{answer.line}\t{'found' if answer.places else 'absent'}\t{answer.fingerprint.hex()}")
            for place in answer.places:
                version = f" (version {place.version})" if place.version else ""
                print(
                    f"\t{place.target}: {place.path}{version}\t{place.place}\t{'≥1' if place.count is None else place.count}×"
                )
    print(f"{found:,} of {asked:,} value(s) found in run {stored.id} of {stored.started:%Y-%m-%d}.", file=sys.stderr)
    return 1 if found else 0
