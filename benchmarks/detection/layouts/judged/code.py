"""The judging set of layouts: sample data in source code, test pages and settings."""

from __future__ import annotations

from random import Random
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection.columns import moment
from benchmarks.detection.documents import attribute_text, identifier
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.layouts.judged.parts import CODE, message, names_of
from benchmarks.detection.layouts.parts import doubled, json_twice, pairs, plain_json, single
from benchmarks.detection.tables import Sheet, Writer


def record_fields(page: Page, table: Sheet, chance: Random) -> str:
    """Older desktop and web programs fill a record: PowerBuilder's SetItem, Delphi's FieldByName, ASP's rs("…")."""
    form, escape, remark = chance.choice(
        (
            ('dw_1.SetItem(ll_row, "{n}", "{v}")', lambda t: t.replace("~", "~~").replace('"', '~"'), "// "),
            ("  qryMember.FieldByName('{n}').AsString := '{v}';", doubled, "  // "),
            ('rs("{n}") = "{v}"', lambda t: t.replace('"', '""'), "' "),
            ('    rs.Fields("{n}").Value = "{v}"', lambda t: t.replace('"', '""'), "    ' "),
        )
    )
    head, tail = {"d": ("ll_row = dw_1.InsertRow(0)", "dw_1.Update()"), "q": ("qryMember.Append;", "qryMember.Post;"), "r": ("rs.AddNew", "rs.Update")}[form.strip()[0]]  # fmt: skip
    lines = [f"{remark.strip()} {moment(chance):%Y.%m.%d}"]
    for number, row in enumerate(table.rows, 1):
        lines += [f"{remark}{number}", head, *(form.format(n=n, v=page.put(c, n, escape)) for n, c in pairs(table, row, identifier)), form.format(n="SITE_CD", v="01"), tail, ""]  # fmt: skip
    return "\r\n".join(lines)


def fill_form(page: Page, table: Sheet, chance: Random) -> str:
    """A tester's script for the console: jQuery's val(), getElementById, or a form's fields."""
    forms = ("$('#{n}').val('{v}');", "document.getElementById('{n}').value = '{v}';", "document.frm.{n}.value='{v}';", "$(\"input[name='{n}']\").val('{v}');")  # fmt: skip
    lines = ["// paste into the console on /member/joinForm.do", ""]
    for number, row in enumerate(table.rows, 1):
        form = chance.choice(forms)
        lines += [f"function fill{number}() {{", *("    " + form.format(n=n, v=page.put(c, n, single)) for n, c in pairs(table, row, identifier)), "    $('#agree1, #agree2').prop('checked', true);", f"    $('.btn_next').eq({number % 3}).trigger('click');", "}", ""]  # fmt: skip
    return "\n".join(lines)


def script_variables(page: Page, table: Sheet, chance: Random) -> str:
    """Plain variables at a script's top, one block a person, a remark behind some: PHP, shell, Python, JavaScript, batch."""
    form, escape, head, remark = chance.choice(
        (
            ("${n} = '{v}';", single, ["<?php", "require_once 'common.php';"], "//"),
            ('{n}="{v}"', plain_json, ["#!/bin/bash", "cd $(dirname $0)"], "#"),
            ('{n} = "{v}"', plain_json, ["# -*- coding: utf-8 -*-", "import requests"], "#"),
            ("var {n} = '{v}';", single, ["// join test", "var BASE_URL = 'https://stg.vendor.example';"], "//"),
            ("    String {n} = \"{v}\";", plain_json, ["public class JoinMain {", "  public static void main(String[] args) {"], "//"),
        )
    )  # fmt: skip
    lines = [*head, ""]
    for number, row in enumerate(table.rows, 1):
        lines.append(f"{remark} case {number}")
        for n, c in pairs(table, row, identifier):
            text = form.format(n=n, v=page.put(c, n, escape))
            lines.append(f"{text}   {remark} {chance.choice(('O', 'must', 'len<=200'))}" if chance.random() < 0.2 else text)  # fmt: skip
        lines += [form.format(n="ord_no", v=f"{moment(chance):%Y%m%d}0000{number:03}"), ""]
    return "\n".join([*lines, *(["  }", "}", ""] if head[0].startswith("public") else [""])])


def positional(page: Page, table: Sheet, chance: Random) -> str:
    """A record or data class, and below it objects made by position, as a sample list of a screen."""
    names = [identifier(f) for f in table.fields]
    head, form, tail = chance.choice(
        (
            ([f"public record Member({names_of(table, 'String {}')}) {{}}", "", "class Samples {", "    static final List<Member> MEMBERS = List.of("], "        new Member({})", ["    );", "}"]),
            (["data class Member(", *(f"    val {n}: String," for n in names), ")", "", "val sampleMembers = listOf("], "    Member({})", [")"]),
            (["class Member:", f"    def __init__(self, {', '.join(names)}):", *(f"        self.{n} = {n}" for n in names), "", "", "MEMBERS = ["], "    Member({})", ["]"]),
            (["class Member {", f"  Member({names_of(table, 'this.{}')});", *(f"  final String {n};" for n in names), "}", "", "final members = ["], "  Member({})", ["];"]),
        )
    )  # fmt: skip
    rows = [form.format(", ".join(f'"{page.put(c, n, plain_json)}"' for n, c in pairs(table, row, identifier))) for row in table.rows]  # fmt: skip
    return "\n".join([*head, ",\n".join(rows), *tail, ""])


def json_in_java(page: Page, table: Sheet, chance: Random) -> str:
    """A test's request as a Java string: quotes escaped, a member a line joined by +, or in one content("…")."""
    joined = chance.random() < 0.5
    lines = ["@WebMvcTest(MemberController.class)", "class MemberControllerTest {", "    @Autowired MockMvc mvc;", ""]
    for number, row in enumerate(table.rows, 1):
        given = [f'\\"{n}\\":\\"{page.put(c, n, json_twice)}\\"' for n, c in pairs(table, row, identifier)]
        lines += ["    @Test", f"    void join_{number:02}() throws Exception {{"]
        if joined:
            body = [f'                "{text},"' if at < len(given) else f'                "{text}"' for at, text in enumerate(given, 1)]  # fmt: skip
            lines += ['        String body = "{" +', *(text + " +" for text in body), '                "}";', '        mvc.perform(post("/api/v1/members").contentType(APPLICATION_JSON).content(body))']  # fmt: skip
        else:
            lines += ['        mvc.perform(post("/api/v1/members").contentType(APPLICATION_JSON)', f'                .content("{{{",".join(given)}}}"))']  # fmt: skip
        lines += ["                .andDo(print())", f"                .andExpect(status().is({chance.choice((200, 201, 400))}));", "    }", ""]  # fmt: skip
    return "\n".join([*lines, "}", ""])


def spring_beans(page: Page, table: Sheet, chance: Random) -> str:
    """Objects in Spring's XML: <property name="…" value="…"/>, or the value as an element."""
    inner = chance.random() < 0.3
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<beans xmlns="http://www.springframework.org/schema/beans">', '  <bean id="dataSource" class="org.apache.commons.dbcp2.BasicDataSource" destroy-method="close">', '    <property name="initialSize" value="5"/>', "  </bean>"]  # fmt: skip
    for number, row in enumerate(table.rows, 1):
        lines.append(f'  <bean id="testMember{number:02}" class="kr.co.vendor.member.MemberVO" scope="prototype">')
        for n, c in pairs(table, row, identifier):
            lines += [f'    <property name="{n}">', f"      <value>{page.put(c, n, xml_escape)}</value>", "    </property>"] if inner else [f'    <property name="{n}" value="{page.put(c, n, attribute_text)}"/>']  # fmt: skip
        lines += [f'    <property name="pageUnit" value="{chance.randint(1, 9)}0"/>', "  </bean>"]
    return "\n".join([*lines, "</beans>", ""])


def _scalar(text: str) -> str:
    return f'"{plain_json(text)}"' if text[:1] in "@`&*!|>%{[#-?:'\"," or ": " in text or " #" in text else text


def yaml_list(page: Page, table: Sheet, chance: Random) -> str:
    """application-local.yml: a list of test users some levels deep, a dash before the first member, remarks between."""
    lines = ["spring:", "  profiles: local", "  datasource:", "    url: jdbc:mariadb://10.0.1.20:3306/vendor", "    hikari:", "      maximum-pool-size: 10", "", "vendor:", "  batch:", '    cron: "0 0 3 * * *"', "  test-users:"]  # fmt: skip
    for number, row in enumerate(table.rows, 1):
        given = [f"{n}: {page.put(c, n, _scalar)}" for n, c in pairs(table, row)]
        lines += [f"    # {number}"] if chance.random() < 0.3 else []
        lines += [f"    - {given[0]}", *("      " + t for t in given[1:]), "      roles: [USER]", "      enabled: true"]
    return "\n".join([*lines, "", "logging:", "  level:", "    kr.co.vendor: debug", ""])


def indexed_properties(page: Page, table: Sheet, chance: Random) -> str:
    """application.properties in UTF-8: a list's index within the key, the name behind the last dot."""
    head = chance.choice(("test.users[{}]", "vendor.sample.member[{}]", "mock.member.{}"))
    lines = ["spring.profiles.active=local", "server.port=8080", "spring.jpa.show-sql=true", ""]
    for number, row in enumerate(table.rows):
        place = head.format(number)
        lines += [f"{place}.{n}={page.put(c, n)}" for n, c in pairs(table, row, identifier)]
        lines += [f"{place}.limit={chance.randint(1, 99)}0000", ""]
    return "\n".join([*lines, "vendor.batch.chunk-size=500", ""])


def found_lines(page: Page, table: Sheet, chance: Random) -> str:
    """What grep -rn told of a repository: path, number, and the line, of several kinds of file."""
    lines = [f"$ grep -rn {chance.choice(('TODO', 'member', '-i test'))} src/ | tee /tmp/g.txt"]
    forms = (("src/main/resources/members.yml", "  {}: '{}'", doubled), ("src/test/resources/join.json", '    "{}": "{}",', plain_json), ("src/main/webapp/WEB-INF/jsp/test.jsp", '<input type="hidden" name="{}" value="{}"/>', attribute_text), ("src/test/java/kr/co/vendor/JoinTest.java", '        req.setParameter("{}", "{}");', plain_json))  # fmt: skip
    for row in table.rows:
        path, form, escape = chance.choice(forms)
        start = chance.randint(10, 900)
        lines += [f"{path}:{start + at}:{form.format(n, page.put(c, n, escape))}" for at, (n, c) in enumerate(pairs(table, row, identifier))]  # fmt: skip
        lines += [f"src/main/java/kr/co/vendor/goods/GoodsService.java:{chance.randint(10, 400)}:        log.info(\"{message(chance)}\");"] if chance.random() < 0.6 else []  # fmt: skip
    return "\n".join([*lines, ""])


def fixture_diff(page: Page, table: Sheet, chance: Random) -> str:
    """git diff of a JSON fixture: a record's members taken away and others put in, lines that stay between."""
    lines = ["diff --git a/test/fixtures/members.json b/test/fixtures/members.json", f"index {chance.randbytes(4).hex()[:7]}..{chance.randbytes(4).hex()[:7]} 100644", "--- a/test/fixtures/members.json", "+++ b/test/fixtures/members.json"]  # fmt: skip

    def member(mark: str, name: str, cell: Cell) -> str:
        return f'{mark}    "{name}": "{page.put(cell, name, plain_json)}",'

    at = 4
    for old, new in zip(table.rows[::2], table.rows[1::2], strict=False):
        body = ["   {", f'     "pk": {at},']
        for i, (n, c) in enumerate(pairs(table, old, identifier)):
            body += [member(" ", n, c)] if chance.random() < 0.3 else [member("-", n, c), member("+", n, new[i])]
        body += ['     "site_cd": "01"', "   },"]
        before, after = (sum(line[0] in marks for line in body) for marks in (" -", " +"))
        lines += [f"@@ -{at},{before} +{at},{after} @@", *body]
        at += before + 12
    return "\n".join([*lines, ""])


def api_guide(page: Page, table: Sheet, chance: Random) -> str:
    """An interface's guide in Markdown: a block of JSON as request, then one as answer, remarks behind // on some lines."""
    lines = ["# Member API", "", "> base URL: https://stg.vendor.example/api/v1", ""]
    for number, row in enumerate(table.rows, 1):
        given = [f'  "{n}": "{page.put(c, n, plain_json)}",' for n, c in pairs(table, row, identifier)]
        shown = [t + chance.choice(("", "", "", f" // {chance.choice(('M', 'O'))}, AN({chance.choice((20, 100))})")) for t in given]  # fmt: skip
        lines += [f"## {number}. POST /members", "", "```json", "{", *shown, '  "reqDtm": "20250331090000"', "}", "```", "", "**Response**", "", "```json", f'{{"code":"0000","seq":{chance.randint(1000, 9999)}}}', "```", ""]  # fmt: skip
    return "\n".join(lines)


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "record fields": (record_fields, "txt", ("snake", "upper")), "fill form": (fill_form, "js", CODE), "script variables": (script_variables, "txt", CODE), "positional objects": (positional, "txt", CODE),
    "json in java": (json_in_java, "java", ("camel",)), "spring beans": (spring_beans, "xml", ("camel",)), "yaml list": (yaml_list, "yml", ("kebab", "camel")),
    "indexed properties": (indexed_properties, "properties", CODE), "grep output": (found_lines, "txt", CODE), "fixture diff": (fixture_diff, "diff", CODE), "api guide": (api_guide, "md", CODE),
}  # fmt: skip
