"""Values whose names stand in a border, a signature, a label, a question or the first cells that are filled."""
# ruff: noqa: S608 - SQL is read here, not run

from __future__ import annotations

import time

import pytest
from detecting import detector, in_table, in_text

from auditor.detectors.embedded import EmbeddedTables
from auditor.detectors.pairs import pairs
from auditor.model.asset import Asset
from auditor.model.content import Text

NICK, NAME, PHONE, BORN = "파란곰돌이", "김은하", "010-2831-3381", "1984-05-01"
TEXTS = {
    "values before their statements": (
        "a.log",
        f"Parameters=[@p0='{NICK}' (Size = 40), @p1='{PHONE}' (Size = 20)]\nINSERT INTO [m] ([Nickname], [Phone])\nOUTPUT INSERTED.[Id]\nVALUES (@p0, @p1);\n",
    ),
    "bindings in lines of their own": (
        "a.log", f"bindings: [\n  '{NICK}',\n  '{PHONE}'\n],\nsql: 'insert into m (nickname, phone) values (?, ?)'\n",
    ),
    "values in backquotes": ("a.log", f"[INSERT INTO `m` (`nickname`, `phone`) VALUES (?, ?)] - `{NICK}`, `{PHONE}`\n"),
    "no into": ("a.sql", f"exec sp_executesql N'INSERT [m]([nickname], [phone]) VALUES (@0, @1)',N'@0 nvarchar(9)',@0=N'{NICK}',@1=N'{PHONE}'\n"),
    "a value below its number": (
        "a.trc", f"INSERT INTO M (NICKNAME, PHONE) VALUES (:1, :2)\nBINDS #1:\n Bind#0\n  oacdty=01\n  value=\"{NICK}\"\n Bind#1\n  oacdty=01\n  value=\"{PHONE}\"\n",
    ),
    "rows of a test": ("a_test.go", f'tests := []struct {{\n\tnickname string\n\tphone    string\n}}{{\n\t{{"{NICK}", "{PHONE}"}},\n\t{{"sky.king", "010-2831-3382"}},\n}}\n'),
    "names in a signature": ("A.java", f'@CsvSource({{\n  "{NICK}, {PHONE}",\n  "sky.king, 010-2831-3382"\n}})\nvoid join(String nickname, String phone) {{}}\n'),
    "columns named behind": ("a.m", f"t = table( ...\n  [\"{NICK}\"; \"sky.king\"], ...\n  [\"{PHONE}\"; \"010-2831-3382\"], ...\n  'VariableNames', {{'nickname', 'phone'}});\n"),
    "names in a border": ("a.txt", f"   ┌─nickname───┬─phone─────────┐\n1. │ {NICK} │ {PHONE} │\n   └────────────┴───────────────┘\n"),
    "LaTeX": ("a.tex", f"\\textbf{{nickname}} & \\textbf{{phone}} \\\\\n\\midrule\n{NICK} & {PHONE} \\\\\n"),
    "literals below names": ("a.js", f"each`\n  nickname | phone\n  ${{'{NICK}'}} | ${{'{PHONE}'}}\n`\n"),
    "a data frame": ("a.txt", f"    nickname         phone\n1   {'sky.king'} {PHONE}\n2    sky.kin 010-2831-3382\n"),
    "a header over lines": ("a.rst", f"+------------+---------------+\n| Nick       | Mobile        |\n| Name       | Phone         |\n+============+===============+\n| {NICK} | {PHONE} |\n+------------+---------------+\n".replace("| Name       | Phone         |", "| Name       |               |")),
    "a form between bars": ("a.txt", f"│ 닉네임 │ {NICK} │ 휴대폰 │ {PHONE} │\n├──┼──┼──┼──┤\n│ 등급 │ VIP │ 메모 │ 없음 │\n"),
    "a label of a field": ("a.html", f'<label for="a">닉네임</label><div><input id="a" value="{NICK}"></div>\n<label for="b">휴대폰</label><div><input id="b" value="{PHONE}"></div>\n'),
    "a screen's elements": ("a.xml", f'<node text="닉네임" class="TextView" /><node text="{NICK}" class="EditText" /><node text="휴대폰" class="TextView" /><node text="{PHONE}" class="EditText" />\n'),
    "definitions": ("a.txt", f"닉네임\n:   {NICK}\n\n휴대폰\n:   {PHONE}\n\n등급\n:   VIP\n"),
    "questions": ("a.txt", f"[08:00:01] 봇: 닉네임을(를) 알려주세요\n[08:00:05] 고객: {NICK}\n[08:00:06] 봇: 휴대폰 번호를 입력해 주세요\n[08:00:09] 고객: {PHONE}\n"),
    "questions in English": ("a.txt", f"bot: Please enter your nickname.\nuser: {NICK}\nbot: What is your phone number?\nuser: {PHONE}\n"),
    "cells one by one": ("a.bas", f'Cells(1, 1).Value = "nickname"\nCells(1, 2).Value = "phone"\nCells(2, 1).Value = "{NICK}"\nCells(2, 2).Value = "{PHONE}"\n'),
    "cells by letters": ("a.py", f"ws['A1'] = 'nickname'\nws['B1'] = 'phone'\nws['A2'] = '{NICK}'\nws['B2'] = '{PHONE}'\n"),
    "cells of rows": ("A.java", f'r.createCell(0).setCellValue("nickname");\nr.createCell(1).setCellValue("phone");\nr.createCell(0).setCellValue("{NICK}");\nr.createCell(1).setCellValue("{PHONE}");\n'),
    "SAS": ("a.sas", f"data m; infile datalines dlm='|';\n input nickname :$40. phone :$20.;\n datalines;\n{NICK}|{PHONE}\n;\n"),
    "a tab below a mail's mark": ("a.txt", f"> nickname\tphone\tgrade\n> {NICK}\t{PHONE}\tVIP\n"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "text"), TEXTS.values(), ids=TEXTS)
def test_values_are_found_under_names_that_stand_elsewhere(file: str, text: str) -> None:
    found = {match.entity for match in in_text(text, file) if not match.candidate}
    assert {"NICKNAME", "PHONE_NUMBER"} <= found


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        (f"MOVE '{NAME}' TO WS-USER-NAME", "WS-USER-NAME", NAME),
        (f"05 WS-USER-NAME PIC X(20) VALUE '{NAME}'.", "WS-USER-NAME", NAME),
        (f'fill_in "user_name", with: "{NAME}"', "user_name", NAME),
        (f'onView(withId(R.id.user_name)).perform(replaceText("{NAME}"))', "user_name", NAME),
    ],
)
def test_a_value_is_moved_or_typed_into_a_field(line: str, key: str, value: str) -> None:
    assert (key, value) in {(pair.key, pair.value) for pair in pairs(line)}


def test_names_come_again_and_again_above_their_values() -> None:
    rows = [
        ["닉네임", "휴대폰"], [NICK, PHONE], ["생년월일", "회원등급"], [BORN, "VIP"], [None, None],
        ["닉네임", "휴대폰"], ["sky.king", "010-2831-3382"], ["생년월일", "회원등급"], ["1991-01-05", "VIP"],
    ]  # fmt: skip
    found = [match.entity for match in in_table(None, rows) if not match.candidate]
    assert sorted(found) == ["DATE_OF_BIRTH"] * 2 + ["NICKNAME"] * 2 + ["PHONE_NUMBER"] * 2


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.py", 'self.assertIn("nickname", text)\nself.assertIn("phone", text)\nself.assertEqual("a b", "c d")\n'),
        ("a.py", 'check(1, 2, "nickname")\ncheck(1, 3, "phone")\n'),
        ("a.c", "// nickname of phone\nint a = 1; // x\n"),
        ("a.md", "User name\n:   What others see\n\nPassword\n:   What nobody sees\n\n"),
        ("a.txt", "bot: 안녕하세요\nuser: 닉네임이 뭐예요\n"),
    ],
)
def test_calls_and_sentences_are_no_tables(file: str, text: str) -> None:
    assert [match.entity for match in in_text(text, file) if not match.candidate] == []


@pytest.mark.parametrize(
    "part",
    ["('a', ", "[[", '"a", "b"],\n', "{'a', 'b'}, ", "Cells(1, 2", "ws['A1'", "text=\"a\" ", "<label for='a'>", "a & b \\\\", "│ a ", " a b\n1 ", "닉네임을(를) ",
     "a:\nb: 알려주세요\n", "a\n: b\n", "Bind#0\n", "insert t (a", "`a`, ", "struct { a ", "move 'a' ", "a | b\n", "┌─a─┬", "a.type("],
)  # fmt: skip
def test_what_never_ends_costs_no_more_than_its_length(part: str) -> None:
    text = "nickname phone\n" + part * (200_000 // len(part))
    began = time.process_time()
    EmbeddedTables(detector().index).take(Text(asset=Asset(target="t", path="a.txt"), text=text))
    pairs(text[:8192].replace("\n", " "))
    assert time.process_time() - began < 8
