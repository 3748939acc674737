"""The third set of layouts: tests, fixtures and constants in a dozen languages."""

# ruff: noqa: ARG001 - every writer takes the same arguments

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.detection.documents import identifier, upper_name
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.layouts.parts import doubled, pairs, plain_json, single
from benchmarks.detection.tables import Sheet, Writer

CODE = ("snake", "camel")
STEPS = {
    "kr": ("# language: ko", "기능: 회원가입", "  시나리오: {}번 회원", "    먼저 가입 화면을 연다", '    그리고 "{n}" 항목에 "{v}" 값을 입력한다', "    그러면 가입이 완료된다"),
    "th": ("# language: th", "โครงหลัก: สมัครสมาชิก", "  เหตุการณ์: ลูกค้า {}", "    กำหนดให้ เปิดหน้าสมัคร", '    และ กรอก "{v}" ในช่อง "{n}"', "    ดังนั้น สมัครสำเร็จ"),
    "cn": ("# language: zh-CN", "功能: 注册", "  场景: 客户 {}", "    假如打开注册页面", '    而且在"{n}"中输入"{v}"', "    那么注册成功"),
}  # fmt: skip


def _upper_first(field: str) -> str:
    name = identifier(field)
    return name[:1].upper() + name[1:]


def cucumber_steps(page: Page, table: Sheet, chance: Random) -> str:
    """Gherkin's sentences: a field and what is typed there, both in quotes; in Thai the value comes first."""
    language, feature, scenario, given, step, then = STEPS[table.country]
    lines = [language, feature, ""]
    for number, row in enumerate(table.rows, 1):
        steps = [step.format(n=plain_json(n), v=page.put(c, n, plain_json)) for n, c in pairs(table, row)]
        lines += [scenario.format(number), given, *steps, then, ""]
    return "\n".join(lines)


def java_enum(page: Page, table: Sheet, chance: Random) -> str:
    """Constants with arguments; what they are says the constructor below."""
    names = [identifier(f) for f in table.fields]
    constants = [f"    MEMBER_{number:02}(" + ", ".join(f'"{page.put(c, n, plain_json)}"' for n, c in pairs(table, row, identifier)) + ")" for number, row in enumerate(table.rows, 1)]  # fmt: skip
    given = ", ".join(f"String {n}" for n in names)
    return "\n".join(["package kr.co.vendor.member;", "", "import lombok.Getter;", "", "@Getter", "public enum TestMember {", ",\n".join(constants) + ";", "", *(f"    private final String {n};" for n in names), "", f"    TestMember({given}) {{", *(f"        this.{n} = {n};" for n in names), "    }", "}", ""])  # fmt: skip


def switch_cases(page: Page, table: Sheet, chance: Random) -> str:
    """A stub that answers by name: case "…": return "…"; on one line or two, or with an arrow."""
    form = chance.choice(('            case "{}":\n                return "{}";', '            case "{}": return "{}";', '            case "{}" -> "{}";'))  # fmt: skip
    lines = ["package kr.co.vendor.member;", "", "class MemberStub {"]
    for number, row in enumerate(table.rows, 1):
        lines += [f"    static String member{number}(String field) {{", "        return switch (field) {" if "->" in form else "        switch (field) {"]  # fmt: skip
        lines += [form.format(n, page.put(c, n, plain_json)) for n, c in pairs(table, row, identifier)]
        lines += ['            default -> "";', "        };", "    }"] if "->" in form else ["            default:", '                return "";', "        }", "    }"]  # fmt: skip
    return "\n".join([*lines, "}", ""])


def two_arguments(page: Page, table: Sheet, chance: Random) -> str:
    """A name and a value as a call's two arguments: Java's map, Android's extras, a form in JavaScript, ADO.NET, MockMvc."""
    form = chance.choice(('        params.put("{}", "{}");', '        intent.putExtra("{}", "{}");', "    form.append('{}', '{}');", '            cmd.Parameters.AddWithValue("@{}", "{}");', '                .param("{}", "{}")'))  # fmt: skip
    escape = single if "'" in form else plain_json
    head, tail = {"params": ("        Map<String, Object> params = new HashMap<>();", "        service.join(params);"), "intent": ("        Intent intent = new Intent(this, JoinActivity.class);", "        startActivity(intent);"), "form": ("    const form = new FormData();", "    await api.post('/members', form);"),
                  "cmd": ('            var cmd = new SqlCommand("dbo.usp_Join", con);', "            cmd.ExecuteNonQuery();"), "": ('        mvc.perform(post("/members")', "                ).andExpect(status().isOk());")}[form.strip().split(".")[0]]  # fmt: skip
    lines = []
    for number, row in enumerate(table.rows, 1):
        lines += [f"// case {number}", head, *(form.format(n, page.put(c, n, escape)) for n, c in pairs(table, row, identifier)), tail, ""]  # fmt: skip
    return "\n".join(lines)


def asserted_getters(page: Page, table: Sheet, chance: Random) -> str:
    """What a test expects: the value, then the getter it came from, or the other way round."""
    form, name, escape = chance.choice(
        (
            ('        assertEquals("{v}", saved.get{n}());', _upper_first, plain_json),
            ('        assertThat(saved.get{n}()).isEqualTo("{v}");', _upper_first, plain_json),
            ('        Assert.AreEqual("{v}", saved.{n});', _upper_first, plain_json),
            ("        $this->assertSame('{v}', $saved->{n});", identifier, single),
            ("    expect(saved.{n}).toBe('{v}');", identifier, single),
            ('    XCTAssertEqual(saved.{n}, "{v}")', identifier, plain_json),
        )
    )  # fmt: skip
    return _cases(page, table, form, name, escape)


def expectations(page: Page, table: Sheet, chance: Random) -> str:
    """A path into an answer, a column of a mocked row, a text on a screen, and what stands there."""
    form = chance.choice(('            .andExpect(jsonPath("$.data.{n}").value("{v}"))', '        when(rs.getString("{n}")).thenReturn("{v}");', '        given(saved.get("{n}")).willReturn("{v}");', '            .body("data.{n}", equalTo("{v}"))', '    expect(find.byKey(Key("{n}")), hasText("{v}"));'))  # fmt: skip
    return _cases(page, table, form, identifier, plain_json)


def _cases(page: Page, table: Sheet, form: str, name: Callable[[str], str], escape: Callable[[str], str]) -> str:
    lines = []
    for number, row in enumerate(table.rows, 1):
        lines += [f"    // case {number}", *(form.format(n=n, v=page.put(c, n, escape)) for n, c in pairs(table, row, name)), ""]  # fmt: skip
    return "\n".join(lines)


def data_table(page: Page, table: Sheet, chance: Random) -> str:
    """.NET's DataTable: Columns.Add for every name, then Rows.Add with values in their order."""
    lines = [
        "var dt = new DataTable();",
        *(f'dt.Columns.Add("{plain_json(f)}", typeof(string));' for f in table.fields),
    ]
    lines += ["dt.Rows.Add(" + ", ".join(f'"{page.put(c, n, plain_json)}"' for n, c in pairs(table, row)) + ");" for row in table.rows]  # fmt: skip
    return "\r\n".join([*lines, 'grid.DataSource = dt;', ""])  # fmt: skip


def tribble(page: Page, table: Sheet, chance: Random) -> str:
    """R's tribble(): names behind tildes, then values, a row a line."""
    lines = ["library(tibble)", "", "members <- tribble(", "  " + ", ".join(f"~{identifier(f)}" for f in table.fields) + ","]  # fmt: skip
    rows = ["  " + ", ".join(f'"{page.put(c, n, plain_json)}"' for n, c in pairs(table, row, identifier)) for row in table.rows]  # fmt: skip
    return "\n".join([*lines, ",\n".join(rows), ")", ""])


def batch_insert(page: Page, table: Sheet, chance: Random) -> str:
    """A migration of Yii: an array of names, then an array of rows."""
    names = ", ".join(f"'{identifier(f)}'" for f in table.fields)
    lines = ["<?php", "", "class m250331_090000_test_members extends \\yii\\db\\Migration", "{", "    public function safeUp()", "    {", f"        $this->batchInsert('{{{{%member}}}}', [{names}], ["]  # fmt: skip
    lines += ["            [" + ", ".join(f"'{page.put(c, n, single)}'" for n, c in pairs(table, row, identifier)) + "]," for row in table.rows]  # fmt: skip
    return "\n".join([*lines, "        ]);", "    }", "}", ""])


def cobol_values(page: Page, table: Sheet, chance: Random) -> str:
    """COBOL's working storage: a name, a picture, and the value a line below."""
    sizes = [max(len(row[at].text.encode()) for row in table.rows) + chance.choice((0, 4, 20)) for at in range(len(table.fields))]  # fmt: skip
    lines = [">>SOURCE FORMAT IS FREE", "IDENTIFICATION DIVISION.", "PROGRAM-ID. MBRDATA.", "DATA DIVISION.", "WORKING-STORAGE SECTION."]  # fmt: skip
    for number, row in enumerate(table.rows, 1):
        lines.append(f"01  TEST-MBR-{number:02}.")
        for size, (n, c) in zip(sizes, pairs(table, row, lambda f: upper_name(f).replace("_", "-")), strict=True):
            lines += [f"    05  {n:<28} PIC X({size:03})", f"        VALUE '{page.put(c, n, doubled)}'."]
    return "\n".join([*lines, "PROCEDURE DIVISION.", "    GOBACK.", ""])


def _constant(page: Page, form: str, number: int, name: str, cell: Cell) -> str:
    return form.format(n=name, i=number, v=page.put(cell, name, plain_json))


def constants(page: Page, table: Sheet, chance: Random) -> str:
    """Constants of a test, numbered, their type before the name or behind it."""
    form = chance.choice(('    public static final String {n}_{i} = "{v}";', '    const val {n}_{i}: String = "{v}"', '#define {n}_{i} "{v}"', '    public const string {n}_{i} = "{v}";', 'pub const {n}_{i}: &str = "{v}";', '  static const String {n}_{i} = "{v}";'))  # fmt: skip
    lines = []
    for number, row in enumerate(table.rows, 1):
        lines += [*(_constant(page, form, number, n, c) for n, c in pairs(table, row, upper_name)), ""]
    return "\n".join(["// values for manual tests, delete before go-live", "", *lines])


def abap(page: Page, table: Sheet, chance: Random) -> str:
    """ABAP: components of a structure, assigned one by one or within VALUE #( … )."""
    new = chance.random() < 0.5
    lines = ["REPORT zmbr_testdata.", "", "DATA: lt_member TYPE STANDARD TABLE OF zmember,", "      ls_member TYPE zmember.", ""]  # fmt: skip
    left = max(len(identifier(f)) for f in table.fields)
    for row in table.rows:
        given = pairs(table, row, identifier)
        if new:
            lines += ["APPEND VALUE #(", *(f"  {n:<{left}} = '{page.put(c, n, doubled)}'" for n, c in given), ") TO lt_member."]  # fmt: skip
        else:
            lines += ["CLEAR ls_member.", *(f"ls_member-{n:<{left}} = '{page.put(c, n, doubled)}'." for n, c in given), "APPEND ls_member TO lt_member."]  # fmt: skip
    return "\n".join([*lines, "", "MODIFY zmember FROM TABLE lt_member.", ""])


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "cucumber steps": (cucumber_steps, "feature", ("local", "space")), "java enum": (java_enum, "java", ("camel",)), "switch cases": (switch_cases, "java", CODE),
    "two arguments": (two_arguments, "txt", CODE), "asserted getters": (asserted_getters, "txt", ("camel",)), "expectations": (expectations, "txt", CODE),
    "data table": (data_table, "cs", ("pascal", "local")), "r tribble": (tribble, "R", CODE), "yii batch insert": (batch_insert, "php", ("snake",)),
    "cobol values": (cobol_values, "cbl", ("snake",)), "typed constants": (constants, "txt", ("snake",)), "abap": (abap, "txt", ("snake",)),
}  # fmt: skip
