"""Ask a run whether it met certain values, without any clear value having been stored.

Values come on standard input, one a line, in any of the ways they are written. The answer for each line goes to
standard output as a tab-separated line: number, found or absent, fingerprint, then a line a place. Values are not repeated.
A line that is written as no value of the entity is answered with not-a-value: a typing error is not absence.
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

EXIT_CODES = """\
exit codes:
  0  none of the values was found
  1  at least one was found
  2  bad input: a run, a key, an entity; or no value was found and a line is no value of the entity (the others are answered)
"""


_LINES_NAMED = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("run", metavar="RUN", help="output folder of an audit, or its audit.sqlite")
    parser.add_argument("--json", action="store_true", help="a JSON line an answer instead")
    add_value_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """1 if any value was found, else 2 if one was none of the entity, else 0."""
    import json
    import sys

    from auditor.fingerprint import read_key
    from auditor.lookup import find_run, look_up, normal_form_of, shape_of
    from auditor.rulecommands import load as load_rules

    ruleset = load_rules(arguments.rules)
    form = normal_form_of(ruleset, arguments.entity)
    known = shape_of(ruleset, arguments.entity)
    key = read_key(arguments.key_file)
    store, stored = find_run(arguments.run)
    found = asked = 0
    strange: list[int] = []
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
    with store:
        for answer in look_up(store, stored, sys.stdin, arguments.entity, form, key, known):
            asked += 1
            found += bool(answer.places)
            if not answer.known:
                strange.append(answer.line)
            if arguments.json:
                places = [{"target": p.target, "path": p.path, "version": p.version, "location": p.place, "count": p.count} for p in answer.places]  # fmt: skip
                print(json.dumps({"line": answer.line, "found": bool(places), "known": answer.known, "fingerprint": answer.fingerprint.hex(), "places": places}, ensure_ascii=False))  # fmt: skip
                continue
            said = "found" if answer.places else "absent" if answer.known else "not-a-value"
            print(f"{answer.line}\t{said}\t{answer.fingerprint.hex()}")
            for place in answer.places:
                version = f" (version {place.version})" if place.version else ""
                print(
                    f"\t{place.target}: {place.path}{version}\t{place.place}\t{'≥1' if place.count is None else place.count}×"
                )
    print(f"{found:,} of {asked:,} value(s) found in run {stored.id} of {stored.started:%Y-%m-%d}.", file=sys.stderr)
    if strange:
        lines = ", ".join(map(str, strange[:_LINES_NAMED])) + (", …" if len(strange) > _LINES_NAMED else "")
        print(
            f"auditor: {len(strange):,} line(s) are written as no value of {arguments.entity} ({lines}): correct them and ask again",
            file=sys.stderr,
        )
    return 1 if found else 2 if strange else 0
