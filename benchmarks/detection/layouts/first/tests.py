"""Layouts nobody had seen when the rules were written: fixtures, what testers' scripts type, patches."""

# ruff: noqa: ARG001 - every writer takes the same arguments; SQL is written here, not run

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection.documents import attribute_text, identifier, json_object, json_text, token, upper_name
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.layouts.parts import grid, literals, padded, pairs, plain_json, single
from benchmarks.detection.tables import Sheet, Writer

CODE = ("snake", "camel")


def dataclass_failure(page: Page, table: Sheet, chance: Random) -> str:
    """Pytest's report of an assertion: a dataclass's repr behind E."""
    lines = ["=================================== FAILURES ==================================="]
    for number, row in enumerate(table.rows, 1):
        given = literals(page, table, row, "{}='{}'")
        lines += [f"_____________________________ test_member_{number} _____________________________", "", "    def test_member(client):", ">       assert client.get(1) == expected",
                  f"E       AssertionError: assert Member({given}) == None", f"tests/test_member.py:{chance.randint(10, 400)}: AssertionError"]  # fmt: skip
    return "\n".join([*lines, ""])


def django_fixture(page: Page, table: Sheet, chance: Random) -> str:
    """Dumpdata: model, pk, fields."""
    write = json_text(chance)
    rows = [
        f'{{"model": "member.member", "pk": {number}, "fields": {json_object(page, table.fields, row, write, compact=False)}}}'
        for number, row in enumerate(table.rows, 1)
    ]
    return "[" + ", ".join(rows) + "]\n" if chance.random() < 0.5 else "[\n" + ",\n".join(rows) + "\n]\n"


def browser_script(page: Page, table: Sheet, chance: Random, *, tool: str) -> str:
    """What a tester's script types: Selenium, Cypress, Playwright, Robot Framework."""
    forms: dict[str, tuple[str, Callable[[str], str]]] = {
        "selenium python": ('    driver.find_element(By.NAME, "{}").send_keys("{}")', plain_json), "selenium java": ('        driver.findElement(By.id("{}")).sendKeys("{}");', plain_json),
        "cypress": ("    cy.get('[name={}]').type('{}')", single), "playwright": ("  await page.fill('#{}', '{}');", single), "robot keyword": ("    Input Text    id={}    {}", str),
    }  # fmt: skip
    form, escape = forms[tool]
    lines = []
    for number, row in enumerate(table.rows, 1):
        lines.append(f"# join {number}" if "Input" in form or "By.NAME" in form else f"// join {number}")
        lines += [form.format(n, page.put(c, n, escape)) for n, c in pairs(table, row, identifier)]
    return "\n".join([*lines, ""])


def selenium_ide(page: Page, table: Sheet, chance: Random) -> str:
    """A recorded .side: the element's name in the target, what was typed in the value."""
    commands = []
    for row in table.rows:
        for n, c in pairs(table, row, identifier):
            commands.append(f'      {{\n        "id": "{chance.randbytes(8).hex()}",\n        "comment": "",\n        "command": "type",\n        "target": "name={n}",\n        "targets": [["name={n}", "name"], ["css=input:nth-child(2)", "css:finder"]],\n        "value": "{page.put(c, n, plain_json)}"\n      }}')  # fmt: skip
    return '{\n  "version": "2.0",\n  "name": "join",\n  "tests": [{\n    "name": "join",\n    "commands": [\n' + ",\n".join(commands) + "\n    ]\n  }]\n}\n"  # fmt: skip


def gherkin(page: Page, table: Sheet, chance: Random, *, examples: bool) -> str:
    """Cucumber's Examples, or a table of two columns a customer."""
    lines = ["Feature: join", ""]
    if examples:
        names, texts, widths = grid(page, table, token)
        lines += ["  Scenario Outline: a member joins", *(f'    When I enter "<{n}>" in "{n}"' for n in names), "", "    Examples:"]  # fmt: skip
        return "\n".join([*lines, *("      | " + " | ".join(map(padded, row, widths)) + " |" for row in (names, *texts)), ""])  # fmt: skip
    for number, row in enumerate(table.rows, 1):
        lines += [f"  Scenario: member {number} joins", "    Given a member with"]
        lines += [f"      | {n} | {page.put(c, n)} |" for n, c in pairs(table, row, token)]
    return "\n".join([*lines, ""])


def robot_table(page: Page, table: Sheet, chance: Random, *, variables: bool) -> str:
    """Robot Framework: variables, or a template's rows under their names, four blanks between."""
    if variables:
        lines = ["*** Variables ***"]
        for number, row in enumerate(table.rows, 1):
            lines += [f"${{{n}_{number}}}    {page.put(c, n)}" for n, c in pairs(table, row, upper_name)]  # fmt: skip
        return "\n".join([*lines, ""])
    lines = ["*** Test Cases ***    " + "    ".join(f"${{{identifier(f)}}}" for f in table.fields)]
    lines += [f"Member {number}    " + "    ".join(page.put(c, n) for n, c in pairs(table, row, identifier)) for number, row in enumerate(table.rows, 1)]  # fmt: skip
    return "\n".join([*lines, ""])


def gatling(page: Page, table: Sheet, chance: Random) -> str:
    """A Scala feeder: Map("ci" -> "…")."""
    rows = ",\n".join("    Map(" + literals(page, table, row, '"{}" -> "{}"') + ")" for row in table.rows)
    return f"package simulations\n\nclass JoinSimulation extends Simulation {{\n  val feeder = Array(\n{rows}\n  ).circular\n}}\n"


def _csv(text: str) -> str:
    return f'"{text}"' if ("," in text or '"' in text) and not text.startswith('"') else text


def git_patch(page: Page, table: Sheet, chance: Random, *, of_csv: bool) -> str:
    """A patch that takes a CSV or a YAML fixture away: a minus before every line."""
    page.put(Cell(text="dev@vendor.example", entity="EMAIL_ADDRESS", form="header", required=False))
    head = [f"From {chance.randbytes(20).hex()} Mon Sep 17 00:00:00 2001", "From: dev <dev@vendor.example>", "Subject: [PATCH] drop test data", "", "---"]  # fmt: skip
    if of_csv:
        lines = ["-" + ",".join(map(token, table.fields))]
        lines += ["-" + ",".join(page.put(c, n, _csv) for n, c in pairs(table, row, token)) for row in table.rows]
        name = "members.csv"
    else:
        lines = []
        for number, row in enumerate(table.rows, 1):
            lines += [f"-member_{number}:", *(f"-  {n}: '{page.put(c, n)}'" for n, c in pairs(table, row, token))]
        name = "members.yml"
    middle = [f"diff --git a/test/fixtures/{name} b/test/fixtures/{name}", "deleted file mode 100644", f"index {chance.randbytes(4).hex()[:7]}..0000000", f"--- a/test/fixtures/{name}", "+++ /dev/null", f"@@ -1,{len(lines)} +0,0 @@"]  # fmt: skip
    return "\n".join([*head, *middle, *lines, "-- ", "2.43.0", ""])


def dbunit(page: Page, table: Sheet, chance: Random) -> str:
    """DbUnit's full data set: column names first, then rows of values, each an element."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<dataset>", f'  <table name="{attribute_text(table.name)}">']
    lines += [f"    <column>{identifier(f)}</column>" for f in table.fields]
    for row in table.rows:
        lines += ["    <row>", *(f"      <value>{page.put(c, n, xml_escape)}</value>" for n, c in pairs(table, row, identifier)), "    </row>"]  # fmt: skip
    return "\n".join([*lines, "  </table>", "</dataset>", ""])


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "pytest failure": (dataclass_failure, "log", ("snake",)), "django fixture": (django_fixture, "json", ("snake",)),
    "selenium python": (partial(browser_script, tool="selenium python"), "py", CODE), "selenium java": (partial(browser_script, tool="selenium java"), "java", CODE),
    "cypress": (partial(browser_script, tool="cypress"), "js", CODE), "playwright": (partial(browser_script, tool="playwright"), "ts", CODE),
    "robot keyword": (partial(browser_script, tool="robot keyword"), "robot", CODE), "selenium ide": (selenium_ide, "side", CODE),
    "gherkin examples": (partial(gherkin, examples=True), "feature", (*CODE, "local")), "gherkin pairs": (partial(gherkin, examples=False), "feature", (*CODE, "local")),
    "robot variables": (partial(robot_table, variables=True), "robot", CODE), "robot template": (partial(robot_table, variables=False), "robot", CODE),
    "gatling": (gatling, "scala", CODE), "git patch of csv": (partial(git_patch, of_csv=True), "patch", ("snake",)),
    "git patch of yaml": (partial(git_patch, of_csv=False), "patch", ("snake",)), "dbunit": (dbunit, "xml", ("upper", "snake")),
}  # fmt: skip
