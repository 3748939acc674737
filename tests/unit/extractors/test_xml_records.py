"""XML that is a list of records comes as rows: the fields of one person in one row, on their own line, seen once."""

from __future__ import annotations

import random

import pytest
from extracting import everything, gaps, rows, tables, texts, walk

PEOPLE = [(f"고래{n}", f"010-1234-{n:04}") for n in range(50)]


def elements() -> str:
    body = "".join(
        f"  <user>\n    <nick>{nick}</nick>\n    <phone>{phone}</phone>\n  </user>\n" for nick, phone in PEOPLE
    )
    return f'<?xml version="1.0"?>\n<!-- export 010-9999-0000 -->\n<users>\n{body}</users>\n'


def test_elements_on_lines_of_their_own_are_one_row() -> None:
    contents = list(walk("a.xml", elements().encode()))
    assert rows(contents, "users/user") == [{"nick": nick, "phone": phone} for nick, phone in PEOPLE]
    (table,) = tables(contents)
    assert table.lines is not None
    assert list(table.lines)[:3] == [4, 8, 12]
    seen = everything(contents)
    assert all(seen.count(phone) == 1 for _, phone in PEOPLE)
    assert "010-9999-0000" in seen
    assert gaps(contents) == []


def test_attributes_are_columns() -> None:
    body = "".join(f'<user nick="{nick}" phone="{phone}" note="a>b"/>\n' for nick, phone in PEOPLE)
    contents = list(walk("a.xml", f"<users>\n{body}</users>".encode()))
    assert rows(contents)[7] == {"nick": "고래7", "phone": "010-1234-0007", "note": "a>b"}
    assert "010" not in "".join(text.text for text in texts(contents))


def test_a_dump_of_mysql_has_its_columns_and_table() -> None:
    body = "".join(
        f'\t<row>\n\t\t<field name="id">{n}</field>\n\t\t<field name="nickname">{nick}</field>\n'
        f'\t\t<field name="phone">{phone}</field>\n\t\t<field name="gone" xsi:nil="true" />\n\t</row>\n'
        for n, (nick, phone) in enumerate(PEOPLE)
    )
    data = (
        '<?xml version="1.0"?>\n<mysqldump xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n<database name="shop">\n'
        f'\t<table_data name="users">\n{body}\t</table_data>\n</database>\n</mysqldump>\n'
    )
    found = rows(list(walk("dump.xml", data.encode())), "users")
    assert len(found) == len(PEOPLE)
    assert {"id": "3", "nickname": "고래3", "phone": "010-1234-0003"}.items() <= found[3].items()


def test_a_spreadsheet_of_xml_has_its_header() -> None:
    def row(*cells: str) -> str:
        return "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in cells) + "</Row>\n"

    body = row("닉네임", "전화") + "".join(row(*person) for person in PEOPLE)
    data = (
        '<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">\n'
        f'<Worksheet ss:Name="회원"><Table>\n{body}</Table></Worksheet></Workbook>'
    )
    contents = list(walk("a.xml", data.encode()))
    assert rows(contents, "회원")[1:] == [{"닉네임": nick, "전화": phone} for nick, phone in PEOPLE]


def test_a_flat_sheet_has_its_header_and_repeated_cells() -> None:
    def row(*cells: str) -> str:
        made = (f'<t:table-cell o:type="string"><x:p>{cell}</x:p></t:table-cell>' for cell in cells)
        return f"<t:table-row>{''.join(made)}</t:table-row>\n".replace("<x:p>=</x:p>", "")

    body = row("닉네임", "메모", "전화") + "".join(row(nick, "-", phone) for nick, phone in PEOPLE)
    body += '<t:table-row><t:table-cell t:number-columns-repeated="2"/><t:table-cell><x:p>010-7777-0000</x:p></t:table-cell></t:table-row>'
    data = f'<?xml version="1.0"?>\n<o:document xmlns:o="o" xmlns:t="t" xmlns:x="x"><t:table t:name="명단">{body}</t:table></o:document>'
    found = rows(list(walk("a.fods", data.encode())), "명단")
    assert {"닉네임": "고래4", "메모": "-", "전화": "010-1234-0004"} in found
    assert found[-1]["전화"] == "010-7777-0000"


def test_names_stand_before_the_rows_or_by_turns() -> None:
    body = "".join(f"<row><value>{nick}</value><value>{phone}</value></row>\n" for nick, phone in PEOPLE)
    data = f"<dataset><table name='users'><column>nick</column><column>phone</column>\n{body}</table></dataset>"
    assert rows(list(walk("a.xml", data.encode())), "users")[0] == {"nick": "고래0", "phone": "010-1234-0000"}
    body = "".join(
        f"<dict><key>nick</key><string>{nick}</string><key>on</key><true/><key>phone</key><string>{phone}</string></dict>\n"
        for nick, phone in PEOPLE
    )
    found = rows(list(walk("a.plist", f"<plist><array>{body}</array></plist>".encode())))
    assert found[3]["nick"] == "고래3"
    assert found[3]["phone"] == "010-1234-0003"


def test_rows_inside_a_record_are_rows_of_their_own() -> None:
    team = "".join(
        f"<team><name>t{t}</name><code>{t}</code><people>"
        + "".join(
            f"<man><nick>{nick}</nick><phone>{phone}</phone></man>" for nick, phone in PEOPLE[t * 10 : t * 10 + 10]
        )
        + "</people></team>\n"
        for t in range(5)
    )
    contents = list(walk("a.xml", f"<teams>\n{team}</teams>\n".encode()))
    found = [row for row in rows(contents) if "nick" in row]
    assert found == [{"nick": nick, "phone": phone} for nick, phone in PEOPLE]


@pytest.mark.parametrize("encoding", ["cp949", "utf-16"])
def test_other_encodings(encoding: str) -> None:
    data = elements().replace('"1.0"', f'"1.0" encoding="{encoding}"').encode(encoding)
    assert rows(list(walk("a.xml", data)))[0] == {"nick": "고래0", "phone": "010-1234-0000"}


def test_prose_and_settings_stay_text() -> None:
    for data in (
        "<a><b>x</b></a>",
        "<p>One <b>word</b> and 010-1234-5678.</p>\n<p>Two</p>",
        "<html><body><p>x</p></body></html>",
    ):
        contents = list(walk("a.xml", data.encode()))
        assert not tables(contents)
        assert len(texts(contents)) >= 1


def test_entities_are_refused_and_everything_is_text() -> None:
    bomb = '<!DOCTYPE u [<!ENTITY a "010-7777-7777"><!ENTITY b "&a;&a;&a;&a;">]>\n'
    contents = list(
        walk(
            "a.xml",
            ('<?xml version="1.0"?>\n' + bomb + elements().split("\n", 1)[1].replace("고래1<", "&b;<")).encode(),
        )
    )
    seen = everything(contents)
    assert all(seen.count(phone) == 1 for _, phone in PEOPLE)
    assert seen.count("010-7777-7777") == 1


def test_where_it_is_damaged_the_rest_is_text_on_its_own_line() -> None:
    data = elements().replace("<nick>고래30</nick>", "<nick>고래30 & <</nick>")
    contents = list(walk("a.xml", data.encode()))
    seen = everything(contents)
    assert all(seen.count(phone) == 1 for _, phone in PEOPLE)
    assert len(rows(contents)) >= 25
    last = data.split("\n").index("    <phone>010-1234-0049</phone>") + 1
    assert [
        text.first_line + text.text[: text.text.index("010-1234-0049")].count("\n") for text in texts(contents) if "010-1234-0049" in text.text
    ] == [last]  # fmt: skip


def test_a_record_of_megabytes_and_a_large_file() -> None:
    huge = f"<user><nick>{'가' * 1_500_000}</nick><phone>010-5555-5555</phone></user>\n"
    data = elements().replace("</users>", huge + "".join(elements().split("\n")[3:-2]) * 800 + "</users>")
    contents = list(walk("a.xml", data.encode()))
    assert "010-5555-5555" in everything(contents)
    assert everything(contents).count("010-1234-0007") == 801


def test_cut_and_flipped_anywhere_nothing_is_lost_silently() -> None:
    chance = random.Random(1)
    data = elements().encode()
    for turn in range(220):
        damaged = bytearray(data[: chance.randrange(50, len(data))] if turn % 2 else data)
        for _ in range(chance.choice((0, 1, 4))):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        contents = list(walk("a.xml", bytes(damaged)))
        seen = everything(contents)
        text = bytes(damaged).decode("utf-8", "replace")
        missing = [phone for _, phone in PEOPLE if phone in text and phone not in seen]
        assert not missing or gaps(contents), turn
