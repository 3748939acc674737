"""The same customers in files that are no tables: JSON, XML, YAML, logs, test code, environment files."""

# ruff: noqa: ARG001 - every writer takes the same arguments; SQL is written here, not run

from __future__ import annotations

import json
import re
from collections.abc import Callable
from random import Random
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection.columns import moment
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.tables import Sheet, Writer


def json_text(chance: Random) -> Callable[[str], str]:
    """How one program writes JSON strings: as they are, with \\uXXXX, or with \\/ as PHP does."""
    style = chance.choice(("plain", "plain", "ascii", "slash"))

    def write(text: str) -> str:
        inner = json.dumps(text, ensure_ascii=style == "ascii")[1:-1]
        return inner.replace("/", "\\/") if style == "slash" else inner

    return write


def json_object(
    page: Page, fields: tuple[str, ...], row: tuple[Cell, ...], write: Callable[[str], str], *, compact: bool = True
) -> str:
    """One object on one line."""
    colon, comma = (":", ",") if compact else (": ", ", ")
    return (
        "{"
        + comma.join(f'"{write(f)}"{colon}"{page.put(c, f, write)}"' for f, c in zip(fields, row, strict=True))
        + "}"
    )


def json_array(page: Page, table: Sheet, chance: Random) -> str:
    """An array of flat objects."""
    write = json_text(chance)
    return (
        "[\n"
        + ",\n".join("  " + json_object(page, table.fields, row, write, compact=False) for row in table.rows)
        + "\n]\n"
    )


def json_nested(page: Page, table: Sheet, chance: Random) -> str:
    """An API's answer: the fields spread over nested objects and arrays."""
    write = json_text(chance)
    records = []
    for number, row in enumerate(table.rows, 1):
        cut = max(1, len(row) // 2)
        outer, inner = chance.choice(
            (
                ("profile", "verification"),
                ("user", "detail"),
                ("kakao_account", "certification"),
                ("customer", "private"),
            )
        )
        first = json_object(page, table.fields[:cut], row[:cut], write)
        second = json_object(page, table.fields[cut:], row[cut:], write)
        records.append(f'{{"id":{number},"{outer}":{first},"{inner}":{{"items":[{second}]}}}}')
    return f'{{"code":"0000","message":"ok","data":{{"total":{len(records)},"list":[{",".join(records)}]}}}}'


def jsonl(page: Page, table: Sheet, chance: Random) -> str:
    """One object a line, as mongoexport and log shippers write."""
    write = json_text(chance)
    return "".join(
        f'{{"_id":{{"$oid":"{chance.randbytes(12).hex()}"}},{json_object(page, table.fields, row, write)[1:]}\n'
        for row in table.rows
    )


def json_in_log(page: Page, table: Sheet, chance: Random) -> str:
    """A request body in a log line, its quotes as they are or escaped once more."""
    write = json_text(chance)
    again = chance.random() < 0.4
    lines = []
    for row in table.rows:
        inner: Callable[[str], str] = (lambda t: json.dumps(write(t), ensure_ascii=False)[1:-1]) if again else write
        body = (
            "{"
            + ",".join(
                f"{_q(again)}{f}{_q(again)}:{_q(again)}{page.put(c, f, inner)}{_q(again)}"
                for f, c in zip(table.fields, row, strict=True)
            )
            + "}"
        )
        lines.append(
            f"{moment(chance):%Y-%m-%d %H:%M:%S}.{chance.randrange(1000):03} DEBUG 1 --- [nio-8080-exec-{chance.randint(1, 10)}] k.c.a.MemberController : request body={body}"
        )
    return "\n".join(lines) + "\n"


def _q(again: bool) -> str:
    return '\\"' if again else '"'


def xml(page: Page, table: Sheet, chance: Random) -> str:
    """Elements, or attributes; names with spaces become underscores, as XML wants."""
    names = [token(f) for f in table.fields]
    attributes = chance.random() < 0.4
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<members>"]
    for row in table.rows:
        if attributes:
            lines.append(
                "  <member "
                + " ".join(f'{n}="{page.put(c, n, attribute_text)}"' for n, c in zip(names, row, strict=True))
                + "/>"
            )
        else:
            lines += [
                "  <member>",
                *(f"    <{n}>{page.put(c, n, xml_escape)}</{n}>" for n, c in zip(names, row, strict=True)),
                "  </member>",
            ]
    return "\n".join([*lines, "</members>", ""])


def attribute_text(text: str) -> str:
    """Between double quotes in XML."""
    return xml_escape(text, {'"': "&quot;"})


def token(field: str) -> str:
    """A name without spaces and signs."""
    kept = "".join(c if c.isalnum() or c in "_-" or "\u0e00" <= c <= "\u0e7f" else "_" for c in field).strip("_-")
    return kept if kept[0].isalpha() else "f_" + kept


def yaml(page: Page, table: Sheet, chance: Random) -> str:
    """ORM fixtures, as Rails or Doctrine load them."""
    quote_mark = chance.choice(("", "'", '"'))
    lines = []
    for number, row in enumerate(table.rows, 1):
        lines.append(f"{token(table.name)}_{number}:")
        for f, c in zip(table.fields, row, strict=True):
            needs = quote_mark or ("'" if c.text[:1] in "@`&*!|>%{[#-?:" or ": " in c.text or " #" in c.text else "")
            lines.append(f"  {token(f)}: {needs}{page.put(c, token(f))}{needs}")
    return "\n".join(lines) + "\n"


def key_value_log(page: Page, table: Sheet, chance: Random) -> str:
    """key=value, separated by spaces, commas or `&`."""
    joint, equal = chance.choice(((" ", "="), (", ", "="), (", ", ": "), (" | ", "=")))
    lines = []
    for row in table.rows:
        pairs = joint.join(
            f"{token(f)}{equal}{_quoted(page.put(c, token(f)), joint)}" for f, c in zip(table.fields, row, strict=True)
        )
        lines.append(f"[{moment(chance):%Y-%m-%d %H:%M:%S}] INFO  member.join {pairs} result{equal}OK")
    return "\n".join(lines) + "\n"


def _quoted(text: str, joint: str) -> str:
    return f'"{text}"' if " " in text and joint == " " else text


def lombok_log(page: Page, table: Sheet, chance: Random) -> str:
    """What Lombok's @ToString or Kotlin's data class prints."""
    mark = chance.choice(("", "", "'"))
    lines = []
    for row in table.rows:
        pairs = ", ".join(
            f"{token(f)}={mark}{page.put(c, token(f))}{mark}" for f, c in zip(table.fields, row, strict=True)
        )
        lines.append(
            f"{moment(chance):%Y-%m-%dT%H:%M:%S} INFO  [http-nio-8080] c.v.service.MemberService - saved MemberDto({pairs})"
        )
    return "\n".join(lines) + "\n"


def access_log(page: Page, table: Sheet, chance: Random) -> str:
    """nginx: everything in the query string, percent-encoded, the client in a private network."""
    encode = chance.choice((quote_plus, lambda t: quote(t, safe="")))
    lines = []
    for row in table.rows:
        query = "&".join(
            f"{quote_plus(token(f))}={page.put(c, token(f), encode)}" for f, c in zip(table.fields, row, strict=True)
        )
        lines.append(
            f'10.20.{chance.randint(0, 9)}.{chance.randint(1, 254)} - - [{moment(chance):%d/%b/%Y:%H:%M:%S} +0900] "GET /api/member/verify?{query} HTTP/1.1" 200 '
            f'{chance.randint(80, 9000)} "-" "okhttp/4.{chance.randint(1, 12)}.0" {chance.random():.3f}'
        )
    return "\n".join(lines) + "\n"


def python_fixture(page: Page, table: Sheet, chance: Random) -> str:
    """A test's literals: dictionaries, or keyword arguments of a factory."""
    rows = []
    factory = chance.random() < 0.5
    for row in table.rows:
        cells = list(zip((identifier(f) for f in table.fields), row, strict=True))
        if factory:
            rows.append(
                "    MemberFactory(" + ", ".join(f"{f}={chr(34)}{page.put(c, f)}{chr(34)}" for f, c in cells) + "),"
            )
        else:
            rows.append("    {" + ", ".join(f"'{f}': '{page.put(c, f)}'" for f, c in cells) + "},")
    return "import pytest\n\nfrom app.member import MemberFactory\n\nMEMBERS = [\n" + "\n".join(rows) + "\n]\n"


def java_builder(page: Page, table: Sheet, chance: Random) -> str:
    """Builder or setter calls of a JUnit fixture."""
    setters = chance.random() < 0.5
    lines = ["package kr.co.vendor.member;", "", "class MemberFixtures {"]
    for number, row in enumerate(table.rows, 1):
        cells = [(identifier(f), c) for f, c in zip(table.fields, row, strict=True)]
        lines.append(f"    static Member member{number}() {{")
        if setters:
            lines.append("        Member m = new Member();")
            lines += [f'        m.set{f[:1].upper()}{f[1:]}("{page.put(c, f)}");' for f, c in cells]
            lines.append("        return m;")
        else:
            lines.append("        return Member.builder()")
            lines += [f'            .{f}("{page.put(c, f)}")' for f, c in cells]
            lines.append("            .build();")
        lines.append("    }")
    return "\n".join([*lines, "}", ""])


def typescript_fixture(page: Page, table: Sheet, chance: Random) -> str:
    """A mock of an API."""
    mark = chance.choice(("'", '"', "`"))
    lines = ["import type { Member } from './types';", "", "export const members: Member[] = ["]
    for row in table.rows:
        lines += [
            "  {",
            *(
                f"    {identifier(f)}: {mark}{page.put(c, identifier(f))}{mark},"
                for f, c in zip(table.fields, row, strict=True)
            ),
            "  },",
        ]
    return "\n".join([*lines, "];", ""])


def identifier(field: str) -> str:
    """A name that programming languages take."""
    return token(field).replace("-", "_")


def upper_name(field: str) -> str:
    """`userNick` as USER_NICK."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier(field)).upper()


def properties(page: Page, table: Sheet, chance: Random) -> str:
    """Test accounts in a .env: names numbered in front or behind, or commented out in blocks."""
    lines = ["# test accounts, remove before release"]
    before, behind = chance.choice((("TEST{}_", ""), ("", "_{}"), ("# ", "")))
    mark = chance.choice(("", '"'))
    for number, row in enumerate(table.rows, 1):
        for f, c in zip(table.fields, row, strict=True):
            field = f"{before.format(number)}{upper_name(f)}{behind.format(number)}"
            lines.append(f"{field}={mark}{page.put(c, before.format('1').strip('# ') + upper_name(f))}{mark}")
    return "\n".join(lines) + "\n"


def php_dump(page: Page, table: Sheet, chance: Random) -> str:
    """print_r in an error log."""
    lines = []
    for row in table.rows:
        lines += [f"[{moment(chance):%d-%b-%Y %H:%M:%S} Asia/Seoul] Array", "("]
        lines += [f"    [{token(f)}] => {page.put(c, token(f))}" for f, c in zip(table.fields, row, strict=True)]
        lines += [")", ""]
    return "\n".join(lines)


def html(page: Page, table: Sheet, chance: Random) -> str:
    """A report's table, as a browser saved it: only what is told by its own shape is required there."""
    lines = [
        "<!doctype html><html><body><table>",
        "<tr>" + "".join(f"<th>{xml_escape(f)}</th>" for f in table.fields) + "</tr>",
    ]
    lines += ["<tr>" + "".join(f"<td>{page.put(c, '', xml_escape)}</td>" for c in row) + "</tr>" for row in table.rows]
    return "\n".join([*lines, "</table></body></html>", ""])


WRITERS: dict[str, tuple[Writer, str]] = {
    "json": (json_array, "json"), "json nested": (json_nested, "json"), "json lines": (jsonl, "jsonl"), "json in log": (json_in_log, "log"), "xml": (xml, "xml"),
    "yaml fixture": (yaml, "yml"), "key=value log": (key_value_log, "log"), "toString log": (lombok_log, "log"), "access log": (access_log, "log"),
    "python fixture": (python_fixture, "py"), "java fixture": (java_builder, "java"), "ts fixture": (typescript_fixture, "ts"), "env": (properties, "env"),
    "print_r log": (php_dump, "log"), "html table": (html, "html"),
}  # fmt: skip
SPARSE = ("html table",)
"""Kinds whose fields no name stands right beside: treated like tables without a header."""
CODE = ("snake", "camel")
STYLES: dict[str, tuple[str, ...]] = {
    "json": ("snake", "camel", "pascal", "upper", "kebab", "local"), "json nested": CODE, "json lines": (*CODE, "upper", "local"), "json in log": CODE,
    "xml": ("snake", "camel", "pascal", "upper", "kebab", "local"), "yaml fixture": (*CODE, "kebab", "local"), "key=value log": (*CODE, "upper", "local"), "toString log": ("camel",),
    "access log": (*CODE, "kebab", "upper"), "python fixture": (*CODE, "local"), "java fixture": ("camel",), "ts fixture": (*CODE, "pascal"), "env": ("snake",), "print_r log": (*CODE, "upper"),
    "html table": ("space", "local"),
}  # fmt: skip
"""How fields are named in each kind; tables use every style."""
