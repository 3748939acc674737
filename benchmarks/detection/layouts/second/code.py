"""The second set of layouts: calls and literals in tests, scripts and macros."""

# ruff: noqa: ARG001 - every writer takes the same arguments; SQL is written here, not run

from __future__ import annotations

from random import Random

from benchmarks.detection.documents import identifier, upper_name
from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.parts import doubled, grid, literals, padded, pairs, plain_json, single
from benchmarks.detection.tables import Sheet, Writer

CODE = ("snake", "camel")
PEOPLE = ("local", "space", "snake")


def _basic(text: str) -> str:
    return text.replace('"', '""')


def espresso(page: Page, table: Sheet, chance: Random) -> str:
    """Android's Espresso: a view by its id, and what is typed there."""
    lines = ["@RunWith(AndroidJUnit4.class)", "public class JoinTest {", "    @Rule public ActivityScenarioRule<JoinActivity> rule = new ActivityScenarioRule<>(JoinActivity.class);", ""]  # fmt: skip
    for number, row in enumerate(table.rows, 1):
        lines += ["    @Test", f"    public void join{number}() {{"]
        lines += [f'        onView(withId(R.id.{n})).perform(replaceText("{page.put(c, n, plain_json)}"), closeSoftKeyboard());' for n, c in pairs(table, row, identifier)]  # fmt: skip
        lines += ["        onView(withId(R.id.btn_join)).perform(click());", "    }", ""]
    return "\n".join([*lines, "}", ""])


def capybara(page: Page, table: Sheet, chance: Random) -> str:
    """A feature spec of Capybara: fill_in a field's name or label, with: the value."""
    mark = chance.choice(("'", '"'))
    escape = single if mark == "'" else plain_json
    lines = ["require 'rails_helper'", "", "RSpec.feature 'Join', type: :system do"]
    for number, row in enumerate(table.rows, 1):
        lines += [f"  scenario 'member {number}' do", "    visit new_member_path"]
        lines += [f"    fill_in {mark}{escape(n)}{mark}, with: {mark}{page.put(c, n, escape)}{mark}" for n, c in pairs(table, row)]  # fmt: skip
        lines += ["    click_button 'Save'", "  end", ""]
    return "\n".join([*lines, "end", ""])


def vba_cells(page: Page, table: Sheet, chance: Random) -> str:
    """An exported module of Excel: the header cell by cell, then the rows, each by its numbers."""
    lines = ['Attribute VB_Name = "Module1"', "Option Explicit", "", "Sub FillSample()", "    Dim ws As Worksheet", '    Set ws = ThisWorkbook.Worksheets("Sheet1")']  # fmt: skip
    lines += [f'    ws.Cells(1, {at}).Value = "{_basic(f)}"' for at, f in enumerate(table.fields, 1)]
    for down, row in enumerate(table.rows, 2):
        lines += [f'    ws.Cells({down}, {at}).Value = "{page.put(c, n, _basic)}"' for at, (n, c) in enumerate(pairs(table, row), 1)]  # fmt: skip
    return "\r\n".join([*lines, "End Sub", ""])


def apps_script(page: Page, table: Sheet, chance: Random) -> str:
    """Google Apps Script: setValues with an array of rows, the header first."""
    rows = ["    [" + ", ".join(f"'{single(f)}'" for f in table.fields) + "],"]
    rows += ["    [" + ", ".join(f"'{page.put(c, n, single)}'" for n, c in pairs(table, row)) + "]," for row in table.rows]  # fmt: skip
    head = ["function seed() {", "  const sheet = SpreadsheetApp.getActiveSpreadsheet().getSheetByName('members');", f"  sheet.getRange(1, 1, {len(rows)}, {len(table.fields)}).setValues(["]  # fmt: skip
    return "\n".join([*head, *rows, "  ]);", "}", ""])


def objective_c(page: Page, table: Sheet, chance: Random) -> str:
    """Objective-C's dictionaries in an array: @"name": @"value"."""
    rows = ["        @{\n" + literals(page, table, row, '            @"{}": @"{}"', ",\n") + "\n        }" for row in table.rows]  # fmt: skip
    return "\n".join(['#import "MemberFixtures.h"', "", "@implementation MemberFixtures", "", "+ (NSArray<NSDictionary *> *)members {", "    return @[", ",\n".join(rows), "    ];", "}", "", "@end", ""])  # fmt: skip


def go_table_test(page: Page, table: Sheet, chance: Random) -> str:
    """Go's table test: fields declared once, then values by position."""
    names = [identifier(f) for f in table.fields]
    longest = max(map(len, names))
    lines = ["package member", "", 'import "testing"', "", "func TestJoin(t *testing.T) {", "\ttests := []struct {", *(f"\t\t{n:<{longest}} string" for n in names), "\t}{"]  # fmt: skip
    lines += ["\t\t{" + ", ".join(f'"{page.put(c, n, plain_json)}"' for n, c in pairs(table, row, identifier)) + "}," for row in table.rows]  # fmt: skip
    return "\n".join([*lines, "\t}", "\tfor _, tt := range tests {", "\t\tjoin(t, tt)", "\t}", "}", ""])


def matlab_table(page: Page, table: Sheet, chance: Random) -> str:
    """MATLAB: a column an argument, and what they are called only at the end."""
    names = [identifier(f) for f in table.fields]
    columns = ["[" + "; ".join(f'"{page.put(row[at], n, _basic)}"' for row in table.rows) + "]" for at, n in enumerate(names)]  # fmt: skip
    shown = ", ".join(f"'{n}'" for n in names)
    return "\n".join(["% sample members", "members = table( ...", *(f"    {column}, ..." for column in columns), f"    'VariableNames', {{{shown}}});", "writetable(members, 'members.xlsx');", ""])  # fmt: skip


def csv_source(page: Page, table: Sheet, chance: Random) -> str:
    """JUnit's @CsvSource: rows in strings, their names only as the method's parameters below."""

    def write(text: str) -> str:
        inner = plain_json(text).replace("'", "''")
        return f"'{inner}'" if "," in text or "'" in text or " " in text else inner

    rows = ",\n".join('        "' + ", ".join(page.put(c, n, write) for n, c in pairs(table, row, identifier)) + '"' for row in table.rows)  # fmt: skip
    given = ", ".join(f"String {identifier(f)}" for f in table.fields)
    return "\n".join(["class JoinServiceTest {", "", "    @ParameterizedTest", "    @CsvSource({", rows, "    })", f"    void join({given}) {{", f"        assertThat(service.join({', '.join(identifier(f) for f in table.fields)})).isTrue();", "    }", "}", ""])  # fmt: skip


def jest_each(page: Page, table: Sheet, chance: Random) -> str:
    """Jest's tagged template: names between bars, then ${'value'} between bars."""
    names, texts, widths = grid(page, table, identifier, single)
    widths = [max(len(n), w + 5) for n, w in zip(names, widths, strict=True)]
    lines = ["import { join } from '../src/join';", "", "describe.each`", "  " + " | ".join(map(padded, names, widths)).rstrip()]  # fmt: skip
    lines += ["  " + " | ".join(padded(f"${{'{t}'}}", w) for t, w in zip(row, widths, strict=True)).rstrip() for row in texts]  # fmt: skip
    return "\n".join([*lines, f"`('join $#', ({{ {', '.join(names)} }}) => {{", "  it('joins', () => {", f"    expect(join({{ {', '.join(names)} }})).toBe(true);", "  });", "});", ""])  # fmt: skip


def sas_datalines(page: Page, table: Sheet, chance: Random) -> str:
    """SAS: names and lengths in INPUT, rows behind DATALINES with bars between."""
    names = [identifier(f) for f in table.fields]
    given = " ".join(f"{n} :${chance.choice((40, 100, 200))}." for n in names)
    lines = ["data work.members;", "  infile datalines dlm='|' dsd truncover;", f"  input {given};", "  datalines;"]
    lines += ["|".join(page.put(c, n) for n, c in pairs(table, row, identifier)) for row in table.rows]
    return "\n".join([*lines, ";", "run;", "", "proc print data=work.members noobs; run;", ""])


def cobol_moves(page: Page, table: Sheet, chance: Random) -> str:
    """COBOL, free format: MOVE 'value' TO a name."""
    lines = [">>SOURCE FORMAT IS FREE", "IDENTIFICATION DIVISION.", "PROGRAM-ID. MBRTEST.", "PROCEDURE DIVISION."]
    for number, row in enumerate(table.rows, 1):
        lines.append(f"{number:04}-CASE.")
        given = pairs(table, row, lambda f: "WS-" + upper_name(f).replace("_", "-"))
        lines += [f"    MOVE '{page.put(c, n, doubled)}' TO {n}" for n, c in given]
        lines.append("    CALL 'MBRJOIN' USING WS-MBR-REC.")
    return "\n".join([*lines, "    STOP RUN.", ""])


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "espresso": (espresso, "java", CODE), "capybara": (capybara, "rb", ("local", "space", "snake")), "vba cells": (vba_cells, "bas", PEOPLE), "apps script": (apps_script, "gs", PEOPLE),
    "objective-c": (objective_c, "m", CODE), "go table test": (go_table_test, "go", ("camel",)), "matlab table": (matlab_table, "m", CODE), "junit csvsource": (csv_source, "java", ("camel",)),
    "jest each": (jest_each, "js", CODE), "sas datalines": (sas_datalines, "sas", ("snake",)), "cobol moves": (cobol_moves, "cbl", ("snake",)),
}  # fmt: skip
