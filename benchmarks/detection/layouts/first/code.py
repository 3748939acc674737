"""Layouts nobody had seen when the rules were written: how languages print and write values."""

# ruff: noqa: ARG001 - every writer takes the same arguments; SQL is written here, not run

from __future__ import annotations

from functools import partial
from random import Random
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import identifier, json_text, token
from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.parts import grid, literals, padded, pairs, plain_json, single, width
from benchmarks.detection.tables import Sheet, Writer

CODE = ("snake", "camel")


def _upper_first(field: str) -> str:
    name = identifier(field)
    return name[:1].upper() + name[1:]


def pprint_dicts(page: Page, table: Sheet, chance: Random) -> str:
    """Python's pprint in a notebook's or a shell's transcript: a key a line, sorted."""
    rows = []
    for row in table.rows:
        given = sorted(pairs(table, row, token), key=lambda p: p[0])
        rows.append("{" + ",\n  ".join(f"'{n}': '{page.put(c, n, single)}'" for n, c in given) + "}")
    return ">>> pprint(rows)\n[" + ",\n ".join(rows) + "]\n"


def json_split(page: Page, table: Sheet, chance: Random) -> str:
    """Names once, then arrays of values: pandas' orient="split", Metabase, BigQuery's and Grafana's answers."""
    write = json_text(chance)
    names, values = chance.choice((("columns", "data"), ("cols", "rows"), ("fields", "rows")))
    heads = ",".join(
        f'"{write(f)}"' if names == "columns" else f'{{"name":"{write(f)}","base_type":"type/Text"}}'
        for f in table.fields
    )
    rows = ",".join("[" + ",".join(f'"{page.put(c, n, write)}"' for n, c in pairs(table, row)) + "]" for row in table.rows)  # fmt: skip
    return f'{{"{names}":[{heads}],"{values}":[{rows}]}}\n'


def column_arrays(page: Page, table: Sheet, chance: Random, *, r: bool) -> str:
    """A name, then all its values: JSON of to_dict("list"), or R's dput."""
    columns = []
    for at, field in enumerate(table.fields):
        n = identifier(field)
        texts = ", ".join(f'"{page.put(row[at], n, plain_json)}"' for row in table.rows)
        columns.append(f"{n} = c({texts})" if r else f'"{n}": [{texts}]')
    if r:
        return (
            "structure(list("
            + ", \n    ".join(columns)
            + f'), class = "data.frame", row.names = c(NA, -{len(table.rows)}L))\n'
        )
    return "{" + ", ".join(columns) + "}\n"


def ruby_inspect(page: Page, table: Sheet, chance: Random) -> str:
    """ActiveRecord's inspect, or Rails' log of parameters with hash rockets."""
    rails = chance.random() < 0.5
    lines = []
    for number, row in enumerate(table.rows, 1):
        if rails:
            lines += [f'Started POST "/members" for 10.0.1.{chance.randint(2, 250)} at {moment(chance):%Y-%m-%d %H:%M:%S} +0900', "Processing by MembersController#create as HTML",
                      f'  Parameters: {{"authenticity_token"=>"[FILTERED]", "member"=>{{{literals(page, table, row, chr(34) + "{}" + chr(34) + "=>" + chr(34) + "{}" + chr(34))}}}, "commit"=>"Save"}}']  # fmt: skip
        else:
            lines.append(f'#<Member id: {number}, {literals(page, table, row, "{}: " + chr(34) + "{}" + chr(34))}, created_at: "{moment(chance):%Y-%m-%d %H:%M:%S}.000000000 +0900">')  # fmt: skip
    return "\n".join([*lines, ""])


def named_arguments(page: Page, table: Sheet, chance: Random) -> str:
    """Objects made with named arguments: Kotlin, Swift, Dart, factory_bot, C's designators."""
    head, form, tail = chance.choice(
        (
            ("Member(", '{} = "{}"', "),"),
            ("Member(", '{}: "{}"', "),"),
            ("Member(", "{}: '{}'", "),"),
            ("create(:member, ", '{}: "{}"', ")"),
            ("{ ", '.{} = "{}"', " },"),
            ("new Member { ", '{} = "{}"', " },"),
        )
    )
    lines = ["    " + head + literals(page, table, row, form) + tail for row in table.rows]
    return "\n".join(["// sample members", *lines, ""])


def php_var_dump(page: Page, table: Sheet, chance: Random) -> str:
    """var_dump: a name, then string(length in bytes) and the value in the next line."""
    lines = [f"array({len(table.rows)}) {{"]
    for number, row in enumerate(table.rows):
        lines += [f"  [{number}]=>", f"  array({len(row)}) {{"]
        for n, c in pairs(table, row, token):
            lines += [f'    ["{n}"]=>', f'    string({len(c.text.encode())}) "{page.put(c, n)}"']
        lines.append("  }")
    return "\n".join([*lines, "}", ""])


def php_var_export(page: Page, table: Sheet, chance: Random) -> str:
    """var_export: => and single quotes."""
    lines = ["<?php", "return array ("]
    for number, row in enumerate(table.rows):
        lines += [f"  {number} => ", "  array (", *(f"    '{n}' => '{page.put(c, n, single)}'," for n, c in pairs(table, row, token)), "  ),"]  # fmt: skip
    return "\n".join([*lines, ");", ""])


def php_serialize(page: Page, table: Sheet, chance: Random) -> str:
    """Sessions and caches: every string behind its length in bytes."""
    lines = []
    for row in table.rows:
        inner = "".join(f's:{len(n.encode())}:"{n}";s:{len(c.text.encode())}:"{page.put(c, n)}";' for n, c in pairs(table, row, token))  # fmt: skip
        lines.append(f"sess_{chance.randbytes(13).hex()} member|a:{len(row)}:{{{inner}}}")
    return "\n".join([*lines, ""])


def dotnet(page: Page, table: Sheet, chance: Random) -> str:
    """A record's ToString() in a log, or Json.NET with $type."""
    typed = chance.random() < 0.5
    lines = []
    for row in table.rows:
        given = pairs(table, row, _upper_first)
        if typed:
            lines.append('{"$type":"Vendor.Member.MemberDto, Vendor.Member",' + ",".join(f'"{n}":"{page.put(c, n, plain_json)}"' for n, c in given) + "}")  # fmt: skip
        else:
            lines.append(f"{moment(chance):%Y-%m-%d %H:%M:%S}.{chance.randrange(1000):03} +09:00 [INF] joined MemberDto {{ {', '.join(f'{n} = {page.put(c, n)}' for n, c in given)} }}")  # fmt: skip
    return "\n".join([*lines, ""])


def go_verbs(page: Page, table: Sheet, chance: Random) -> str:
    """Go's %+v: names with colons, blanks between, no quotes; or %#v with them."""
    sharp = chance.random() < 0.5
    lines = []
    for row in table.rows:
        given = pairs(table, row, _upper_first)
        inner = ", ".join(f'{n}:"{page.put(c, n, plain_json)}"' for n, c in given) if sharp else " ".join(f"{n}:{page.put(c, n)}" for n, c in given)  # fmt: skip
        lines.append(f"{moment(chance):%Y/%m/%d %H:%M:%S} join.go:{chance.randint(10, 300)}: saved {'member.Member' if sharp else '&'}{{{inner}}}")  # fmt: skip
    return "\n".join([*lines, ""])


def rust_debug(page: Page, table: Sheet, chance: Random) -> str:
    """Rust's {:#?}: some fields in Some(…), over three lines."""
    some = [chance.random() < 0.4 for _ in table.fields]
    lines = []
    for row in table.rows:
        lines.append("[src/main.rs:42:5] &member = Member {")
        for (n, c), optional in zip(pairs(table, row, identifier), some, strict=True):
            text = f'"{page.put(c, n, plain_json)}"'
            lines += [f"    {n}: Some(", f"        {text},", "    ),"] if optional else [f"    {n}: {text},"]
        lines.append("}")
    return "\n".join([*lines, ""])


def node_console(page: Page, table: Sheet, chance: Random) -> str:
    """console.log of an array of objects, as util.inspect breaks lines."""
    rows = ["  {\n" + literals(page, table, row, "    {}: '{}'", ",\n") + "\n  }" for row in table.rows]
    return "> console.log(rows)\n[\n" + ",\n".join(rows) + "\n]\n"


def console_table(page: Page, table: Sheet, chance: Random) -> str:
    """console.table: a box, index first, strings in quotes."""
    names, texts, _ = grid(page, table, identifier, single)
    names = ["(index)", *names]
    texts = [[str(at), *(f"'{t}'" for t in row)] for at, row in enumerate(texts)]
    widths = [max(width(row[i]) for row in (names, *texts)) + 2 for i in range(len(names))]

    def line(row: list[str]) -> str:
        return "│" + "│".join(padded(" " * ((w - width(t)) // 2) + t, w) for t, w in zip(row, widths, strict=True)) + "│"  # fmt: skip

    def bar(left: str, cross: str, right: str) -> str:
        return left + cross.join("─" * w for w in widths) + right

    return "\n".join([bar("┌", "┬", "┐"), line(names), bar("├", "┼", "┤"), *map(line, texts), bar("└", "┴", "┘"), ""])


def _nsstring(text: str) -> str:
    units = text.encode("utf-16-be")
    escaped = "".join(chr(units[i + 1]) if units[i] == 0 and units[i + 1] < 127 else f"\\\\U{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))  # fmt: skip
    return escaped if text.isalnum() and text.isascii() else f'"{escaped}"'


def nsdictionary(page: Page, table: Sheet, chance: Random) -> str:
    r"""NSLog of a dictionary: quotes where needed, letters as \\Uae40, sorted."""
    lines = []
    for row in table.rows:
        lines.append(f"{moment(chance):%Y-%m-%d %H:%M:%S}.{chance.randrange(10**6):06}+0900 Vendor[{chance.randint(300, 9000)}:{chance.randint(10000, 99999)}] response: {{")  # fmt: skip
        lines += [f"    {n} = {page.put(c, n, _nsstring)};" for n, c in sorted(pairs(table, row, identifier), key=lambda p: p[0])]  # fmt: skip
        lines.append("}")
    return "\n".join([*lines, ""])


def _perl(text: str) -> str:
    if text.isascii():
        return f"'{single(text)}'"
    inner = "".join("\\" + c if c in '"\\$@' else c if c.isascii() else f"\\x{{{ord(c):x}}}" for c in text)
    return f'"{inner}"'


def perl_dumper(page: Page, table: Sheet, chance: Random) -> str:
    r"""Data::Dumper: letters as \x{ae40}."""
    lines = []
    for number, row in enumerate(table.rows, 1):
        given = ",\n".join(f"          '{n}' => {page.put(c, n, _perl)}" for n, c in pairs(table, row, token))
        lines.append(f"$VAR{number} = {{\n{given}\n        }};")
    return "\n".join([*lines, ""])


def powershell_list(page: Page, table: Sheet, chance: Random) -> str:
    """Format-List: names padded before a colon."""
    left = max(width(f) for f in table.fields)
    lines = [""]
    for row in table.rows:
        lines += [*(f"{padded(n, left)} : {page.put(c, n)}" for n, c in pairs(table, row)), ""]
    return "\r\n".join([*lines, ""])


def elixir_lua(page: Page, table: Sheet, chance: Random) -> str:
    """Maps of smaller languages: Elixir's inspect, Lua's tables, Clojure's EDN."""
    head, form, joint, tail = chance.choice((("%{{", '{}: "{}"', ", ", "}}"), ("  {{ ", '{} = "{}"', ", ", " }},"), ("{{", ':{} "{}"', ", ", "}}")))  # fmt: skip
    return "\n".join([*(head.format() + literals(page, table, row, form, joint) + tail.format() for row in table.rows), ""])  # fmt: skip


def pandas_text(page: Page, table: Sheet, chance: Random) -> str:
    """A printed data frame: index, right-justified columns, two blanks between."""
    names, texts, _ = grid(page, table, token)
    widths = [max(len(row[i]) for row in (names, *texts)) for i in range(len(names))]
    left = len(str(len(texts) - 1))
    lines = [">>> print(df.to_string())", " " * left + "".join("  " + n.rjust(w) for n, w in zip(names, widths, strict=True))]  # fmt: skip
    lines += [
        str(at).ljust(left) + "".join("  " + t.rjust(w) for t, w in zip(row, widths, strict=True))
        for at, row in enumerate(texts)
    ]
    return "\n".join([*lines, ""])


def notebook(page: Page, table: Sheet, chance: Random) -> str:
    """A Jupyter notebook whose output shows the frame as HTML."""
    heads = "".join(f'\n       "      <th>{xml_escape(token(f))}</th>\\n",' for f in table.fields)
    lines = [f'"<table border=\\"1\\" class=\\"dataframe\\">\\n",\n       "  <thead>\\n",\n       "    <tr style=\\"text-align: right;\\">\\n",\n       "      <th></th>\\n",{heads}\n       "    </tr>\\n",\n       "  </thead>\\n",\n       "  <tbody>\\n",']  # fmt: skip
    for number, row in enumerate(table.rows):
        lines.append(f'"    <tr>\\n",\n       "      <th>{number}</th>\\n",')
        lines += [f'"      <td>{page.put(c, n, lambda t: plain_json(xml_escape(t)))}</td>\\n",' for n, c in pairs(table, row, token)]  # fmt: skip
        lines.append('"    </tr>\\n",')
    body = "\n       ".join([*lines, '"  </tbody>\\n",', '"</table>"'])
    return f'{{\n "cells": [\n  {{\n   "cell_type": "code",\n   "execution_count": 3,\n   "metadata": {{}},\n   "outputs": [\n    {{\n     "data": {{\n      "text/html": [\n       {body}\n      ]\n     }},\n     "execution_count": 3,\n     "metadata": {{}},\n     "output_type": "execute_result"\n    }}\n   ],\n   "source": [\n    "df.head(24)"\n   ]\n  }}\n ],\n "metadata": {{}},\n "nbformat": 4,\n "nbformat_minor": 5\n}}\n'  # fmt: skip


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "pprint": (pprint_dicts, "txt", (*CODE, "local")), "pandas text": (pandas_text, "txt", (*CODE, "local")), "json split": (json_split, "json", (*CODE, "upper", "local")),
    "json of columns": (partial(column_arrays, r=False), "json", CODE), "r dput": (partial(column_arrays, r=True), "txt", CODE),
    "notebook": (notebook, "ipynb", (*CODE, "local")), "ruby inspect": (ruby_inspect, "log", ("snake",)), "named arguments": (named_arguments, "txt", CODE),
    "php var_dump": (php_var_dump, "html", CODE), "php var_export": (php_var_export, "php", CODE), "php serialize": (php_serialize, "txt", CODE),
    "dotnet": (dotnet, "log", ("pascal",)), "go verbs": (go_verbs, "log", ("pascal", "camel")), "rust debug": (rust_debug, "log", ("snake",)),
    "node console": (node_console, "log", CODE), "console.table": (console_table, "log", CODE), "nsdictionary log": (nsdictionary, "log", CODE),
    "perl dumper": (perl_dumper, "log", CODE), "powershell list": (powershell_list, "txt", ("pascal", "local", "space")), "elixir lua edn": (elixir_lua, "txt", ("snake",)),
}  # fmt: skip
