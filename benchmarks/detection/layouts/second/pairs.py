"""The second set of layouts: names and values side by side, in elements, members, lines and cells."""

# ruff: noqa: ARG001 - every writer takes the same arguments; SQL is written here, not run

from __future__ import annotations

import csv
import io
from itertools import zip_longest
from random import Random
from urllib.parse import quote
from xml.sax.saxutils import escape as xml_escape

from benchmarks.detection.columns import moment, uuid
from benchmarks.detection.documents import attribute_text, identifier, json_text, token, upper_name
from benchmarks.detection.labels import Cell, Page
from benchmarks.detection.layouts.parts import DAY, TITLES, BytesWriter, padded, pairs, plain_json, width
from benchmarks.detection.tables import Sheet, Writer

API = ("camel", "snake")
PEOPLE = ("local", "space")
STANDARD = {"PERSON": "name", "NICKNAME": "nickname", "PHONE_NUMBER": "phone_number", "EMAIL_ADDRESS": "email", "DATE_OF_BIRTH": "birthdate", "ADDRESS": "address"}  # fmt: skip
"""OpenID Connect's names of attributes."""
THANKS = {"kr": "감사합니다.", "th": "ขอบคุณค่ะ", "cn": "谢谢。"}
QUESTIONS = {"kr": ("{} 입력해 주세요.", "{}을(를) 알려주세요", "[{}] 항목을 입력하세요"), "th": ("กรุณากรอก{}", "ขอ{}ด้วยค่ะ", "โปรดระบุ {}"), "cn": ("请输入您的{}", "请提供{}", "请填写【{}】")}  # fmt: skip
SPEAKERS = {"kr": ("챗봇", "고객"), "th": ("บอท", "ลูกค้า"), "cn": ("机器人", "客户")}


def label_for(page: Page, table: Sheet, chance: Random) -> str:
    """A page to look at, of Bootstrap: a label, and within a div an input that only shows."""
    lines = ["<!doctype html>", '<html><head><meta charset="utf-8"><title>member</title></head><body>']
    for number, row in enumerate(table.rows, 1):
        lines.append('<div class="card-body">')
        for at, (n, c) in enumerate(pairs(table, row), 1):
            lines += ['  <div class="row mb-2">', f'    <label for="f{number}-{at}" class="col-sm-3 col-form-label">{xml_escape(n)}</label>', '    <div class="col-sm-9">', f'      <input type="text" readonly class="form-control-plaintext" id="f{number}-{at}" value="{page.put(c, n, attribute_text)}">', "    </div>", "  </div>"]  # fmt: skip
        lines.append("</div>")
    return "\n".join([*lines, "</body></html>", ""])


def uiautomator(page: Page, table: Sheet, chance: Random) -> str:
    """Android's uiautomator dump, a screen a line: a TextView's text, then an EditText's."""
    lines = []
    for row in table.rows:
        nodes = []
        for at, (n, c) in enumerate(pairs(table, row)):
            top = 210 + 140 * at
            rest = 'package="kr.co.vendor.member" content-desc="" checkable="false" checked="false" clickable="{}" enabled="true" focusable="{}" focused="false" scrollable="false" long-clickable="{}" password="false" selected="false" bounds="[{},{}][{},{}]"'
            nodes.append(f'<node index="{2 * at}" text="{attribute_text(n)}" resource-id="kr.co.vendor.member:id/tv_title" class="android.widget.TextView" {rest.format("false", "false", "false", 48, top, 330, top + 60)} />')  # fmt: skip
            nodes.append(f'<node index="{2 * at + 1}" text="{page.put(c, n, attribute_text)}" resource-id="kr.co.vendor.member:id/et_value" class="android.widget.EditText" {rest.format("true", "true", "true", 48, top + 60, 1032, top + 130)} />')  # fmt: skip
        lines.append("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation=\"0\">" + "".join(nodes) + "</hierarchy>")  # fmt: skip
    return "\n".join([*lines, ""])


def xml_rpc(page: Page, table: Sheet, chance: Random) -> str:
    """XML-RPC: a struct's members, name and value."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<methodResponse>", "<params><param><value><array><data>"]
    for row in table.rows:
        lines.append("<value><struct>")
        lines += [f"<member><name>{n}</name><value><string>{page.put(c, n, xml_escape)}</string></value></member>" for n, c in pairs(table, row, identifier)]  # fmt: skip
        lines.append("</struct></value>")
    return "\n".join([*lines, "</data></array></value></param></params>", "</methodResponse>", ""])


def xfdf(page: Page, table: Sheet, chance: Random) -> str:
    """What Acrobat exports of filled forms: fields in fields, a value within each."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<xfdf xmlns="http://ns.adobe.com/xfdf/" xml:space="preserve"', "><f href=\"application.pdf\"", "/><fields"]  # fmt: skip
    for number, row in enumerate(table.rows, 1):
        lines.append(f'><field name="applicant{number}"')
        lines += [f'><field name="{attribute_text(n)}"\n><value\n>{page.put(c, n, xml_escape)}</value\n></field' for n, c in pairs(table, row)]  # fmt: skip
        lines.append("></field")
    return "\n".join([*lines, "></fields", f'><ids original="{chance.randbytes(16).hex().upper()}" modified="{chance.randbytes(16).hex().upper()}"', "/></xfdf", ">", ""])  # fmt: skip


def typeform(page: Page, table: Sheet, chance: Random) -> str:
    """Typeform's answers: titles with their ids in the form, then values with those ids; with readable references or without."""
    write = json_text(chance)
    readable = chance.random() < 0.5
    fields = [("".join(chance.choices("ABCDEFGHijklmnop0123456789", k=12)), f) for f in table.fields]
    references = [identifier(f) if readable else uuid(chance) for f in table.fields]  # fmt: skip
    shown = ",".join(f'{{"id":"{i}","title":"{write(f)}","type":"short_text","ref":"{write(r)}","properties":{{}}}}' for (i, f), r in zip(fields, references, strict=True))  # fmt: skip
    lines = []
    for row in table.rows:
        answers = ",".join(
            f'{{"type":"text","text":"{page.put(c, f, write)}","field":{{"id":"{i}","type":"short_text","ref":"{write(r)}"}}}}'
            for (i, f), r, c in zip(fields, references, row, strict=True)
        )
        lines.append(f'{{"event_id":"01{chance.randbytes(12).hex().upper()}","event_type":"form_response","form_response":{{"form_id":"g8hcyeXS","submitted_at":"{moment(chance):%Y-%m-%dT%H:%M:%SZ}","definition":{{"id":"g8hcyeXS","title":"Join","fields":[{shown}]}},"answers":[{answers}]}}}}')  # fmt: skip
    return "\n".join([*lines, ""])


def cognito(page: Page, table: Sheet, chance: Random) -> str:
    """aws cognito-idp list-users: attributes as Name and Value, those of one's own behind custom:."""
    users = []
    for row in table.rows:
        given = [(STANDARD.get(c.entity, f"custom:{n}"), c) for n, c in pairs(table, row, identifier)]
        inner = ",\n".join(f'                {{\n                    "Name": "{n}",\n                    "Value": "{page.put(c, n, plain_json)}"\n                }}' for n, c in given)  # fmt: skip
        users.append(f'        {{\n            "Username": "{chance.randbytes(6).hex()}",\n            "Attributes": [\n{inner}\n            ],\n            "UserCreateDate": "{moment(chance):%Y-%m-%dT%H:%M:%S}.123000+09:00",\n            "Enabled": true,\n            "UserStatus": "CONFIRMED"\n        }}')  # fmt: skip
    return '{\n    "Users": [\n' + ",\n".join(users) + "\n    ]\n}\n"


def form_builder(page: Page, table: Sheet, chance: Random) -> str:
    """jQuery formBuilder's userData: a label, some settings, then the value in an array of one."""
    write = json_text(chance)
    names = [f"text-{int(moment(chance).timestamp() * 1000)}-0" for _ in table.fields]
    lines = []
    for row in table.rows:
        given = ",".join(
            f'{{"type":"text","required":false,"label":"{write(f)}","className":"form-control","name":"{n}","access":false,"subtype":"text","userData":["{page.put(c, f, write)}"]}}'
            for n, (f, c) in zip(names, pairs(table, row), strict=True)
        )
        lines.append(f"[{given}]")
    return "\n".join([*lines, ""])


def fhir(page: Page, table: Sheet, chance: Random) -> str:
    """Patients in FHIR: what it knows in its own members, the rest as identifiers whose type is told, or as extensions."""
    own = {
        "PERSON": ("name", '{{"use":"official","text":"{}"}}'), "NICKNAME": ("name", '{{"use":"nickname","text":"{}"}}'), "PHONE_NUMBER": ("telecom", '{{"system":"phone","value":"{}","use":"mobile"}}'),
        "EMAIL_ADDRESS": ("telecom", '{{"system":"email","value":"{}"}}'), "ADDRESS": ("address", '{{"use":"home","text":"{}"}}'), "DATE_OF_BIRTH": ("birthDate", '"{}"'),
    }  # fmt: skip
    lines = []
    for row in table.rows:
        members: dict[str, list[str]] = {name: [] for name in ("extension", "identifier", "name", "telecom", "birthDate", "address")}  # fmt: skip
        for n, c in pairs(table, row):
            if c.entity in own:
                name, form = own[c.entity]
            elif c.entity and c.entity != "CREDENTIAL":
                name, form = (
                    "identifier",
                    f'{{{{"use":"official","type":{{{{"text":"{plain_json(n)}"}}}},"value":"{{}}"}}}}',
                )
            else:
                name, form = "extension", f'{{{{"url":"https://fhir.vendor.example/StructureDefinition/{token(n)}","valueString":"{{}}"}}}}'  # fmt: skip
            members[name].append(
                form.format(
                    page.put(c, name if c.entity in own else token(n) if name == "extension" else n, plain_json)
                )
            )
        parts = [f'"{name}":' + (given[0] if name == "birthDate" else f"[{','.join(given)}]") for name, given in members.items() if given]  # fmt: skip
        lines.append(f'{{"resourceType":"Patient","id":"{chance.randbytes(6).hex()}","meta":{{"versionId":"1"}},{",".join(parts)}}}')  # fmt: skip
    return "\n".join([*lines, ""])


def actions_env(page: Page, table: Sheet, chance: Random) -> str:
    """A GitHub Actions log: a step's environment, a time before every line."""
    lines = []
    for number, row in enumerate(table.rows, 1):
        when = f"{moment(chance):%Y-%m-%dT%H:%M:%S}.{chance.randrange(10**7):07}Z"
        given = [f"  {n}: {page.put(c, n)}" for n, c in pairs(table, row, upper_name)]
        texts = [f"##[group]Run ./gradlew e2e -Pcase={number}", "\x1b[36;1m./gradlew e2e\x1b[0m", "shell: /usr/bin/bash -e {0}", "env:", "  JAVA_HOME: /opt/hostedtoolcache/Java_Temurin/17", *given, "##[endgroup]", f"join case {number} ... ok"]  # fmt: skip
        lines += [f"{when} {text}" for text in texts]
    return "\n".join([*lines, ""])


def cookies(page: Page, table: Sheet, chance: Random) -> str:
    """A proxy's dump of requests: everything in one Cookie header, percent-encoded."""
    lines = []
    for row in table.rows:
        given = "; ".join(f"{n}={page.put(c, n, lambda t: quote(t, safe=''))}" for n, c in pairs(table, row, token))
        lines += ["GET /mypage HTTP/1.1", "Host: m.vendor.example", "Accept: text/html,application/xhtml+xml", f"Cookie: _ga=GA1.3.{chance.randint(10**8, 10**9)}.{chance.randint(10**8, 10**9)}; lang=ko; {given}", "Connection: keep-alive", "", ""]  # fmt: skip
    return "\r\n".join(lines)


def definition_list(page: Page, table: Sheet, chance: Random) -> str:
    """Pandoc's definition list, a colon before the value in the next line; or AsciiDoc's, two colons behind the name."""
    pandoc = chance.random() < 0.6
    lines = ["# test members" if pandoc else "== test members", ""]
    for number, row in enumerate(table.rows, 1):
        lines += [f"{'##' if pandoc else '==='} {number}", ""]
        for n, c in pairs(table, row):
            lines += [n, f":   {page.put(c, n)}", ""] if pandoc else [f"{n}:: {page.put(c, n)}"]
        lines.append("")
    return "\n".join(lines)


def paper_trail(page: Page, table: Sheet, chance: Random) -> str:
    """PaperTrail's versions: of every attribute an array of what it was and what it became."""
    lines = []
    for number, (old, new) in enumerate(zip_longest(table.rows[::2], table.rows[1::2]), 1001):
        changes = []
        for at, field in enumerate(table.fields):
            n = identifier(field)
            texts = [f'"{page.put(row[at], n, plain_json)}"' for row in (old, new) if row]
            changes.append(f'"{n}":[{",".join(texts if new else ["null", *texts])}]')
        lines.append(f'{{"item_type":"Member","item_id":{number},"event":"{"update" if new else "create"}","whodunnit":"{chance.randint(1, 40)}","created_at":"{moment(chance):%Y-%m-%dT%H:%M:%S}.000Z","object_changes":{{{",".join(changes)}}}}}')  # fmt: skip
    return "\n".join([*lines, ""])


def chatbot(page: Page, table: Sheet, chance: Random) -> str:
    """A transcript: what the bot asks for, and the customer's answer in the next line."""
    bot, customer = SPEAKERS[table.country]
    question = chance.choice(QUESTIONS[table.country])
    lines = []
    for row in table.rows:
        when = f"{moment(chance):%H:%M:%S}"
        lines.append(f"--- session {chance.randbytes(4).hex()} {moment(chance):%Y-%m-%d} ---")
        for n, c in pairs(table, row):
            lines += [f"[{when}] {bot}: {question.format(n)}", f"[{when}] {customer}: {page.put(c, n)}"]
        lines += [f"[{when}] {bot}: {THANKS[table.country]}", ""]
    return "\n".join(lines)


def drawn_form(page: Page, table: Sheet, chance: Random) -> str:
    """A form drawn with lines: label, value, label, value in each row of cells."""
    lines = []
    for row in table.rows:
        cells = [part for n, c in pairs(table, row) for part in (n, page.put(c, n))]
        cells += ["", ""] if len(cells) % 4 else []
        rows = [cells[at : at + 4] for at in range(0, len(cells), 4)]
        columns = [max(width(r[at]) for r in rows) for at in range(4)]

        def bar(signs: str, columns: list[int] = columns) -> str:
            return signs[0] + signs[1].join("─" * (w + 2) for w in columns) + signs[2]

        drawn = ["│ " + " │ ".join(map(padded, r, columns)) + " │" for r in rows]
        lines += [f"[ {TITLES[table.country][0]} ]", bar("┌┬┐"), f"\n{bar('├┼┤')}\n".join(drawn), bar("└┴┘"), ""]
    return "\n".join(lines)


def _above(page: Page, table: Sheet, row: tuple[Cell, ...]) -> list[list[str]]:
    """Four labels in a row, their values in the next."""
    given = [(n, page.put(c, n)) for n, c in pairs(table, row)]
    rows = []
    for at in range(0, len(given), 4):
        part = given[at : at + 4]
        rows += [[n for n, _ in part], [t for _, t in part]]
    return rows


def csv_labels_above(page: Page, table: Sheet, chance: Random) -> str:
    """A form of a spreadsheet as CSV: labels in a row, values below, then the next labels."""
    out = io.StringIO()
    rows: list[list[str]] = []
    for row in table.rows:
        rows += [[TITLES[table.country][0], "", "", ""], *([*r, *[""] * (4 - len(r))] for r in _above(page, table, row)), [""] * 4]  # fmt: skip
    csv.writer(out).writerows(rows)
    return out.getvalue()


def xlsx_labels_above(page: Page, table: Sheet, chance: Random) -> bytes:
    """The same in a workbook, the forms one below the other."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": DAY})
    sheet = book.add_worksheet("form")
    down = 0
    for row in table.rows:
        sheet.merge_range(down, 1, down, 4, TITLES[table.country][0])
        down += 1
        for texts in _above(page, table, row):
            for at, text in enumerate(texts, 1):
                sheet.write_string(down, at, text)
            down += 1
        down += 1
    book.close()
    return out.getvalue()


WRITERS: dict[str, tuple[Writer, str, tuple[str, ...]]] = {
    "html label for": (label_for, "html", PEOPLE), "uiautomator dump": (uiautomator, "xml", PEOPLE), "xml-rpc": (xml_rpc, "xml", API),
    "xfdf": (xfdf, "xfdf", (*PEOPLE, "camel")), "typeform": (typeform, "json", PEOPLE), "cognito users": (cognito, "json", ("snake",)), "formbuilder": (form_builder, "json", PEOPLE),
    "fhir patient": (fhir, "ndjson", ("kebab", "local")), "actions env": (actions_env, "log", ("snake",)), "cookies": (cookies, "txt", API), "definition list": (definition_list, "md", PEOPLE),
    "paper trail": (paper_trail, "json", ("snake",)), "chatbot": (chatbot, "txt", ("local",)), "drawn form": (drawn_form, "txt", PEOPLE), "csv labels above": (csv_labels_above, "csv", PEOPLE),
}  # fmt: skip
BYTES_WRITERS: dict[str, tuple[BytesWriter, str, tuple[str, ...]]] = {
    "xlsx labels above": (xlsx_labels_above, "xlsx", PEOPLE),
}  # fmt: skip
