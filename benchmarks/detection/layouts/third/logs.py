"""The third set of layouts: debuggers, batch programs, failed checks, screens told in words."""

# ruff: noqa: ARG001 - every writer takes the same arguments

from __future__ import annotations

import re
from dataclasses import replace
from html import escape as html_escape
from itertools import zip_longest
from random import Random

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import identifier
from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.parts import padded, pairs, plain_json, single, width
from benchmarks.detection.tables import Sheet, Writer

CODE = ("snake", "camel")
PEOPLE = ("local", "space")
LONGEST = 90
"""What Dio's logger writes into a line, counted in characters."""


def pretty_dio(page: Page, table: Sheet, chance: Random) -> str:
    """Flutter's PrettyDioLogger: fields of a body in a box, what does not fit beside its name below it; longer still it is cut."""
    head = f"I/flutter ({chance.randint(10000, 30000)}): "
    lines = []
    for row in table.rows:
        given = ["╔╣ Request ║ POST ", "║  https://stg.vendor.example/api/v1/members", "╚" + "═" * LONGEST + "╝", "╔ Body "]  # fmt: skip
        for n, c in pairs(table, row, identifier):
            if len(c.text) > LONGEST:  # nobody need put the pieces together
                pieces = [c.text[at : at + LONGEST] for at in range(0, len(c.text), LONGEST)]
                page.put(replace(c, required=False, alternatives=tuple(pieces)), n)
                given += [f"╟ {n}: ", *(f"║ {piece}" for piece in pieces)]
            elif len(n) + len(c.text) + 4 > LONGEST:
                given += [f"╟ {n}: ", f"║ {page.put(c, n)}"]
            else:
                given.append(f"╟ {n}: {page.put(c, n)}")
        lines += [head + line for line in [*given, "╚" + "═" * LONGEST + "╝"]]
    return "\n".join([*lines, ""])


def swift_dump(page: Page, table: Sheet, chance: Random) -> str:
    """Swift's dump(): a member a line, an optional once more below."""
    optional = [chance.random() < 0.5 for _ in table.fields]
    lines = [f"▿ {len(table.rows)} elements"]
    for row in table.rows:
        lines.append("  ▿ VendorApp.Member")
        for (n, c), maybe in zip(pairs(table, row, identifier), optional, strict=True):
            text = f'"{page.put(c, n, plain_json)}"'
            lines += [f"    ▿ {n}: Optional({text})", f"      - some: {text}"] if maybe else [f"    - {n}: {text}"]
    return "\n".join([*lines, ""])


def pentaho(page: Page, table: Sheet, chance: Random) -> str:
    """Pentaho's step "Write to log": a field a line behind time and step."""
    lines = []
    for number, row in enumerate(table.rows, 1):
        head = f"{moment(chance):%Y/%m/%d %H:%M:%S} - Write to log.0 - "
        given = [f"{n} = {page.put(c, n)}" for n, c in pairs(table, row)]
        lines += [head + t for t in ("", f"------------> Linenr {number}------------------------------", *given, "", "====================")]  # fmt: skip
    return "\n".join([*lines, ""])


def great_expectations(page: Page, table: Sheet, chance: Random) -> str:
    """Great Expectations' result: the column in the expectation, all its values in a list further down."""
    results = []
    for at, field in enumerate(table.fields):
        values = ",\n".join(f'          "{page.put(row[at], field, plain_json)}"' for row in table.rows)
        results.append(f'    {{\n      "success": false,\n      "expectation_config": {{\n        "expectation_type": "expect_column_values_to_be_null",\n        "kwargs": {{\n          "column": "{plain_json(field)}",\n          "batch_id": "{chance.randbytes(16).hex()}"\n        }},\n        "meta": {{}}\n      }},\n      "result": {{\n        "element_count": {len(table.rows)},\n        "unexpected_count": {len(table.rows)},\n        "unexpected_percent": 100.0,\n        "unexpected_list": [\n{values}\n        ]\n      }}\n    }}')  # fmt: skip
    return '{\n  "success": false,\n  "results": [\n' + ",\n".join(results) + "\n  ]\n}\n"


def pandas_series(page: Page, table: Sheet, chance: Random) -> str:
    """A column printed alone: its name stands below, beside its type."""
    lines = [">>> pd.set_option('display.max_colwidth', None)"]
    for at, field in enumerate(table.fields):
        texts = [page.put(row[at], field) for row in table.rows]
        left, right = len(str(len(texts) - 1)), max(map(len, texts))
        lines += [f">>> df.iloc[:, {at}]", *(f"{i:<{left}}    {t:>{right}}" for i, t in enumerate(texts)), f"Name: {field}, dtype: object"]  # fmt: skip
    return "\n".join([*lines, ">>> exit()", ""])


def assertj(page: Page, table: Sheet, chance: Random) -> str:
    """AssertJ compares field by field: a name, then what it is and what it should be."""
    lines = []
    for old, new in zip_longest(table.rows[::2], table.rows[1::2]):
        lines += ["java.lang.AssertionError: ", "Expecting actual:", f"  kr.co.vendor.member.Member@{chance.randbytes(4).hex()}", "to be equal to:", f"  kr.co.vendor.member.Member@{chance.randbytes(4).hex()}", f"when recursively comparing field by field, but found the following {len(old)} differences:", ""]  # fmt: skip
        for at, field in enumerate(table.fields):
            n = identifier(field)
            actual = f'"{page.put(old[at], n)}"'
            expected = f'"{page.put(new[at], n)}"' if new else "null"
            lines += [f"field/property '{n}' differ:", f"- actual value  : {actual}", f"- expected value: {expected}", ""]  # fmt: skip
        lines.append(f"\tat kr.co.vendor.member.JoinTest.join(JoinTest.java:{chance.randint(20, 300)})")
    return "\n".join([*lines, ""])


def rich_locals(page: Page, table: Sheet, chance: Random) -> str:
    """Rich's traceback with show_locals: names on the right before =, in a box in a box."""
    left = max(len(identifier(f)) for f in table.fields)
    lines = []
    for row in table.rows:
        given = [f"{n:>{left}} = '{page.put(c, n, single)}'" for n, c in sorted(pairs(table, row, identifier), key=lambda p: p[0])]  # fmt: skip
        right = max(76, *(width(t) for t in given))
        number = chance.randint(10, 300)

        def boxed(text: str, right: int = right) -> str:
            return f"│ {padded(text, right + 4)} │"

        bars = "─" * ((right - 6) // 2), "─" * (right - 6 - (right - 6) // 2)
        lines += ["╭" + "─" * ((right - 28) // 2) + " Traceback (most recent call last) " + "─" * (right - 29 - (right - 28) // 2) + "╮", boxed(f"/app/member/join.py:{number} in join"), boxed(""), boxed(f"❱ {number}     repository.save(member)"), boxed(""), boxed(f"╭{bars[0]} locals {bars[1]}╮"), *(boxed(f"│ {padded(t, right)} │") for t in given), boxed("╰" + "─" * (right + 2) + "╯"), "╰" + "─" * (right + 6) + "╯", "IntegrityError: duplicate key"]  # fmt: skip
    return "\n".join([*lines, ""])


def loguru(page: Page, table: Sheet, chance: Random) -> str:
    """Loguru's diagnosis: a call, and below each argument a line down to its value. It cuts what is longer: left out."""
    lines = []
    for row in table.rows:
        given = [(n, c) for n, c in pairs(table, row, identifier) if len(c.text) < 126]
        call = "save("
        starts = []
        for n, _ in given:
            starts.append(len(call))
            call += n + ", "
        lines += [f"{moment(chance):%Y-%m-%d %H:%M:%S}.{chance.randrange(1000):03} | ERROR    | member.join:join:{chance.randint(10, 300)} - could not save", "Traceback (most recent call last):", "", f'> File "/app/member/join.py", line {chance.randint(10, 300)}, in join', "    " + call.removesuffix(", ") + ")"]  # fmt: skip
        stops = [0, *starts]
        texts = [f"<function save at 0x7f{chance.randbytes(5).hex()}>", *(f"'{page.put(c, n, single)}'" for n, c in given)]  # fmt: skip
        for last in range(len(stops) - 1, -1, -1):
            line = ""
            for stop in stops[:last]:
                line = line.ljust(stop) + "│"
            lines.append("    " + line.ljust(stops[last]) + "└ " + texts[last])
        lines += ["", "sqlalchemy.exc.IntegrityError: duplicate key", ""]
    return "\n".join([*lines, ""])


def debugger(page: Page, table: Sheet, chance: Random) -> str:
    """A session of pdb, of Rails' console or of jdb: what was asked for, the value in the next line."""
    question, answer = chance.choice((("(Pdb) p member.{}", "'{}'"), ("irb(main):{:03}:0> m.{}", '=> "{}"'), ("http-nio-8080-exec-1[1] print m.{}", ' m.{} = "{}"')))  # fmt: skip
    escape = single if "'" in answer else plain_json
    lines: list[str] = []
    for row in table.rows:
        for n, c in pairs(table, row, identifier):
            text = page.put(c, n, escape)
            lines.append(question.format(len(lines) // 2 + 1, n) if "irb" in question else question.format(n))
            lines.append(answer.format(n, text) if answer.startswith(" m") else answer.format(text))
        lines.append("(Pdb) c" if "Pdb" in question else "")
    return "\n".join([*lines, ""])


def _octal(text: str) -> str:
    return "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\' else "\\" + chr(b) if b < 127 else f"\\{b:03o}" for b in text.encode())  # fmt: skip


def gdb_print(page: Page, table: Sheet, chance: Random) -> str:
    """gdb prints a struct of char arrays: letters as octal bytes, and how often a zero is repeated."""
    sizes = [next(s for s in (32, 64, 128, 256, 512) if s > 16 + max(len(row[at].text.encode()) for row in table.rows)) for at in range(len(table.fields))]  # fmt: skip
    lines = ["(gdb) set print pretty on"]
    for number, row in enumerate(table.rows, 1):
        given = [f"  {n} = \"{page.put(c, n, _octal)}\", '\\000' <repeats {size - 1 - len(c.text.encode())} times>" for size, (n, c) in zip(sizes, pairs(table, row, identifier), strict=True)]  # fmt: skip
        lines += ["(gdb) p *mbr", f"${number} = {{", ",\n".join(given), "}"]
    return "\n".join([*lines, "(gdb) quit", ""])


def django_debug(page: Page, table: Sheet, chance: Random) -> str:
    """Django's debug page: POST's variables as Python writes them, in pre."""
    lines = ["<!DOCTYPE html>", '<html lang="en"><head><meta charset="utf-8"><title>IntegrityError at /join/</title></head><body>']  # fmt: skip
    for row in table.rows:
        lines += ['<h3 id="post-info">POST</h3>', '<table class="req">', "  <thead>", "    <tr>", "      <th>Variable</th>", "      <th>Value</th>", "    </tr>", "  </thead>", "  <tbody>"]  # fmt: skip
        for n, c in pairs(table, row, identifier):
            text = page.put(c, n, lambda t: html_escape(single(t)).replace("&quot;", '"'))
            lines += ["    <tr>", f"      <td>{n}</td>", f'      <td class="code"><pre>&#x27;{text}&#x27;</pre></td>', "    </tr>"]  # fmt: skip
        lines += ["  </tbody>", "</table>"]
    return "\n".join([*lines, "</body></html>", ""])


def _yaml(text: str) -> str:
    plain = not re.search(r"^[-&*\],?!>|@\"'#%\[]|[{}`]|:\s|:$|\s#", text) and not re.fullmatch(r"[-+0-9.eE]+|0x[0-9a-fA-F]+|(?i:y|n|yes|no|true|false|on|off|null)", text)  # fmt: skip
    return text if plain else f'"{plain_json(text)}"'


def aria_snapshot(page: Page, table: Sheet, chance: Random) -> str:
    """Playwright's snapshot of a page: a role, a name in quotes, the value behind a colon."""
    lines = []
    for number, row in enumerate(table.rows, 1):
        lines += [f"- heading \"member {number}\" [level=2]", "- form:"]  # fmt: skip
        lines += [f'  - textbox "{plain_json(n)}": {page.put(c, n, _yaml)}' for n, c in pairs(table, row)]
        lines.append('  - button "Save"')
    return "\n".join([*lines, ""])


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "pretty dio": (pretty_dio, "log", CODE), "swift dump": (swift_dump, "txt", ("camel",)), "pentaho write to log": (pentaho, "log", ("snake", "upper", "local")),
    "great expectations": (great_expectations, "json", ("snake", "local")), "pandas series": (pandas_series, "txt", ("snake", "local")), "assertj differences": (assertj, "log", ("camel",)),
    "rich locals": (rich_locals, "log", ("snake",)), "loguru": (loguru, "log", ("snake",)), "debugger": (debugger, "txt", ("snake",)), "gdb print": (gdb_print, "txt", ("snake",)),
    "django debug page": (django_debug, "html", ("snake",)), "aria snapshot": (aria_snapshot, "yml", PEOPLE),
}  # fmt: skip
