"""List the bank's own references of the customers whose data a run met, so that the bank can notify them.

One reference a line on standard output, sorted, each once; what it comes to goes to standard error. A run made without
the register can be asked as well: it only needs the same key. Being in the register also confirms what the audit could
not tell by its shape alone. Whoever matches by nothing but a nickname, a name, a birth date or an address is not listed:
such a value names nobody; --attributes lists them too.
RUN is an output folder or its audit.sqlite; FOLDER@3 names the third run in it (default: the last).
"""

from __future__ import annotations

import argparse
from pathlib import Path

EXAMPLES = """\
examples:
  auditor affected audit-output/nft --register register.bin --key-file bank.key > to-notify.txt
  auditor affected audit-output/nft@2 --register register.bin --key-file bank.key --json

exit codes of this command:
  0  no customer of the register is affected
  1  at least one is
  2  bad input: a run, a register, a key
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("run", metavar="RUN", help="output folder of an audit, or its audit.sqlite")
    parser.add_argument("--register", type=Path, required=True, metavar="FILE", help="the bank's register (auditor register)")  # fmt: skip
    parser.add_argument("--key-file", type=Path, required=True, metavar="K", help="key of the run and the register")
    parser.add_argument("--attributes", action="store_true", help="also whom nothing but a nickname, name, birth date or address matches")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="a JSON line a customer instead, with entities and places")


def run(arguments: argparse.Namespace) -> int:
    """1 if any customer is affected, else 0."""
    import json
    import sys

    from auditor.fingerprint import read_key
    from auditor.lookup import check_key, find_run
    from auditor.model.text import printable
    from auditor.ours import AffectedCustomers
    from auditor.register.reader import Register

    key = read_key(arguments.key_file)
    store, stored = find_run(arguments.run)
    number = 0
    with store:
        check_key(stored, key)
        with Register(arguments.register, key) as register:
            affected = AffectedCustomers(register, store, stored.id, attributes=arguments.attributes)
            if arguments.json:
                for customer in affected.details():
                    number += 1
                    places = [{"target": p.target, "path": p.path, "version": p.version, "entity": p.entity, "location": p.place, "line": p.line, "count": p.count} for p in customer.places]  # fmt: skip
                    print(json.dumps({"reference": customer.reference, "entities": customer.entities, "places": places}, ensure_ascii=False))  # fmt: skip
            else:
                for reference in affected.references():
                    number += 1
                    print(printable(reference))
            said = f"{number:,} of the bank's customers affected by run {stored.id} of {stored.started:%Y-%m-%d}; the register holds {register.customers:,}."  # fmt: skip
            if affected.resembling:
                said += f" {affected.resembling:,} more match by attributes only (--attributes)."
    print(said, file=sys.stderr)
    return 1 if number else 0
