"""Values whose names stand at other places of a statement, in the line before or in a list: found under the right name and line."""
# ruff: noqa: S608 - SQL is read here, not run

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from detecting import detector, in_text

from auditor.detectors.embedded import READERS, EmbeddedTables
from auditor.detectors.embedded.statements import bound, names, statements
from auditor.detectors.pairs import pairs
from auditor.detectors.search import Search
from auditor.detectors.values import plain
from auditor.model.asset import Asset
from auditor.model.content import Table, Text

NICK, NAME, PHONE = "파란곰", "김은하", "010-2831-3381"
_LOG = "2024-03-02 10:00:00.123 DEBUG 12 --- [exec-2] "
_INSERT = "insert into m (id, nickname, usr_nm, phone) values (default, ?, ?, ?)"


def _tables(text: str, path: str = "a.log", **more: int) -> tuple[list[Table], str]:
    asset = Asset(target="t", path=path)
    found, _, left = EmbeddedTables(detector().index).take(Text(asset=asset, text=text, **more))
    return found, left.text


def _told(text: str, path: str = "a.log") -> list[tuple[str, int | None, str]]:
    return sorted((m.entity, m.place.line, m.place.column) for m in in_text(text, path) if not m.candidate)


def _all(line: int, columns: Sequence[str] = ("nickname", "usr_nm", "phone")) -> list[tuple[str, int, str]]:
    nick, name, phone = columns
    return [("NICKNAME", line, nick), ("PERSON", line, name), ("PHONE_NUMBER", line, phone)]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (_LOG + _INSERT + "".join(f"\n{_LOG}binding parameter [{n}] as [VARCHAR] - [{v}]" for n, v in enumerate((NICK, NAME, PHONE), 1)), "a.log"),
        (_LOG + _INSERT + "".join(f"\n{_LOG}binding parameter ({n}:VARCHAR) <- [{v}]" for n, v in enumerate((NICK, NAME, PHONE), 1)), "a.log"),
        (f"{_LOG}==>  Preparing: {_INSERT}\n{_LOG}==> Parameters: {NICK}(String), {NAME}(String), {PHONE}(String)", "a.log"),
        (f"LOG:  execute <unnamed>: UPDATE m SET nickname = $2, usr_nm = $1 WHERE phone = $3\nDETAIL:  parameters: $1 = '{NAME}', $2 = '{NICK}', $3 = '{PHONE}'", "a.log"),
        (f"select * from m where nickname = ? and usr_nm like ? and phone in (?)\n\tbind => [{NICK}, {NAME}, {PHONE}]", "a.log"),
        (f"INSERT INTO m (nickname, usr_nm, phone) VALUES (@p0, @p1, @p2)\n [Parameters=[@p0='{NICK}' (Size = 4000), @p1='{NAME}' (Size = 4000), @p2='{PHONE}']]", "a.log"),
        (f"sqlalchemy.engine INSERT INTO m (nickname, usr_nm, phone) VALUES (%s, %s, %s)\nsqlalchemy.engine [generated in 0.0003s] ('{NICK}', '{NAME}', '{PHONE}')", "a.log"),
        (f"insert into m (nickname, usr_nm, phone) \n values ('{NICK}', '{NAME}', '{PHONE}') \n {{executed in 3 msec}}", "a.log"),
        (f'String sql = "{_INSERT}"; PreparedStatement ps = con.prepareStatement(sql);\n    ps.setString(1, "{NICK}");\n    ps.setString(2, "{NAME}");\n    ps.setString(3, "{PHONE}");', "A.java"),
        (f'  cur.execute("insert into m (nickname, usr_nm, phone) values (%s, %s, %s)",\n              ("{NICK}", "{NAME}", "{PHONE}"))', "a.py"),
    ],
)  # fmt: skip
def test_values_of_a_statement_are_found_under_its_columns(text: str, path: str) -> None:
    assert _told(text + "\n", path) == _all(2)


def test_what_a_statement_holds_is_seen_once_and_rows_share_a_table() -> None:
    line = f"INSERT INTO m (nickname, usr_nm) VALUES (?, ?)\nParameters: {NICK}(String), {NAME}(String)\n"
    found, left = _tables(line * 3)
    assert [(table.name, len(table.arrays[0]), table.lines) for table in found] == [("statement 1", 3, (2, 4, 6))]
    assert NICK not in left and NAME not in left and left.count("\n") == 6 and "Parameters: " in left


def test_a_statement_stands_in_the_block_before() -> None:
    asset = Asset(target="t", path="a.log")
    reader = EmbeddedTables(detector().index)
    reader.take(Text(asset=asset, text="insert into m (nickname, usr_nm) values (?, ?)\n"))
    found, _, _ = reader.take(
        Text(asset=asset, text=f"where x = ?\nParameters: {NICK}(String), {NAME}(String)\n", first_line=2)
    )
    assert [table.lines for table in found] == [(3,)]


@pytest.mark.parametrize(
    "text",
    [
        "insert into m (colour, size) values (?, ?)\nParameters: red(String), 3(Integer)\n",  # names say nothing
        "insert into m (nickname, usr_nm) values (?, ?)\nParameters: a(String)\n",  # not as many
        "insert into m (nickname, usr_nm) values (now(), 'x?')\n('a', 'b')\n",  # no placeholder
        "insert into m (nickname) values (?)\n" + "x\n" * 9000 + "Parameters: a(String)\n",  # too far
    ],
)
def test_what_is_bound_to_nothing_stays_text(text: str) -> None:
    assert _tables(text) == ([], text)


def test_placeholders_find_their_columns() -> None:
    for sql, slots in (
        ("update m set a = ?, b = now(), c=? where `d` like concat('%', ?) and e between ? and 3", {1: "a", 2: "c", 3: "d", 4: "e"}),
        ("insert into s.m (a, b, c) values ('?', ?, upper(:2))", {1: "b", 2: "c"}),
        ("delete from m where m.a <> @p0 and lower(b) = @p1", {1: "a", 2: "b"}),
    ):  # fmt: skip
        (m,) = statements(sql)
        statement = bound(sql, m.end(), m["columns"], len(sql))
        assert statement is not None and statement.slots == slots
    assert names('"A", d.`b`, [c]') == ["A", "b", "c"]


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        (f'array(3) {{\n  ["nickname"]=>\n  string(9) "{NICK}"\n  ["usr_nm"]=>\n  string(9) "{NAME}"\n  ["phone"]=>\n  string(13) "{PHONE}"\n}}\n', "a.txt", 3),
        (f'redis> HGETALL m:1\n 1) "nickname"\n 2) "{NICK}"\n 3) "usr_nm"\n 4) "{NAME}"\n 5) "phone"\n 6) "{PHONE}"\n', "a.txt", 3),
        ("POST /x\r\n" + "".join(f'--b\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in (("nickname", NICK), ("usr_nm", NAME), ("phone", PHONE))) + "--b--\r\n", "a.log", 5),
        (f"A new response was submitted.\n\nnickname\n{NICK}\n\nusr_nm\n{NAME}\n\nphone\n{PHONE}\n\n", "a.txt", 4),
        (f"nickname|^|usr_nm|^|phone\n{NICK}|^|{NAME}|^|{PHONE}\n", "a.txt", 2),
        (f"LOAD DATA\nINFILE *\nINTO TABLE m\nFIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '\"'\n(nickname CHAR(99),\n usr_nm CHAR(9), phone)\nBEGINDATA\n\"{NICK}\",{NAME},{PHONE}\n", "a.ctl", 8),
        (f'structure(list(nickname = c("{NICK}", "x.y.z"), \n usr_nm = c("{NAME}", "-"), \n phone = c("{PHONE}", NA)), class = "data.frame")\n', "a.txt", 1),
    ],
)  # fmt: skip
def test_values_that_follow_their_names_are_found(text: str, path: str, line: int) -> None:
    told = _told(text, path)
    assert set(_all(line)) <= set(told)


def test_cards_and_folded_lines_are_whole() -> None:
    assert _told(f"MECARD:N:{NAME};NICKNAME:{NICK};TEL:{PHONE};;\n") == _all(1, ("NICKNAME", "full name", "TEL"))
    calendar = (
        f"BEGIN:VEVENT\r\nDESCRIPTION:nickname: {NICK}\\nUsr Nm: {NAME}\\nshop: {'x' * 40}\\npho\r\n ne: {PHONE}\r\n"
    )
    assert _told(calendar, "a.ics") == _all(2, ("nickname", "Usr Nm", "phone"))
    ldif = "dn: uid=1\nnickname:: 7YyM656A6rOw\ncn: x\nphone: " + PHONE + "\n"
    assert ("NICKNAME", 2, "") in _told(ldif, "a.ldif")
    assert ("NICKNAME", 2, "") in _told(f'M {{\n  nickname: Some(\n    "{NICK}",\n  ),\n  phone: "{PHONE}",\n}}\n')


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("  await page.fill('#nick', 'v w');", "nick", "v w"),
        ("cy.get('[name=nick]').type('v')", "nick", "v"),
        ('driver.findElement(By.id("nick")).sendKeys("v");', "nick", "v"),
        ('1700000.1 [0 10.0.3.2:45] "HSET" "m:1" "a" "b" "nick" "v"', "nick", "v"),
        ('a:1:{s:4:"nick";s:1:"v";}', "nick", "v"),
        ("    Input Text    id=nick    v w", "nick", "v w"),
        ("${NICK_1}    v", "NICK_1", "v"),
        ("      | nick | v w |", "nick", "v w"),
        ("3) nick name - v w", "nick name", "v w"),
        ("3. nick ............ v", "nick", "v"),
        ("  -F 'nick=v w' \\", "nick", "v w"),
        ("DETAIL:  Key (id, nick)=(3, v) already exists.", "nick", "v"),
        ("Duplicate entry 'v' for key 'm.uk_nick'", "m.uk_nick", "v"),
        ("USING (SELECT 'it''s' AS a, 'v' AS nick FROM dual)", "nick", "v"),
        ('Map("nick" -> "v")', "nick", "v"),
    ],
)
def test_a_name_and_its_value_are_tokens_side_by_side(line: str, name: str, value: str) -> None:
    assert (name, value) in [(pair.key, pair.value) for pair in pairs(line)]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        (r'"\x{ae40}\x{c740}"', '"김은"'),
        (r'"\352\271\200"', '"김"'),
        (r'"\xea\xb9\x80"', '"김"'),
        (r'a = "\\Uae40";', 'a = "김";'),
        (r'"\xff\xfe" \U0001f43b', '"\\xff\\xfe" 🐻'),
    ],
)
def test_what_programs_escape_is_read(line: str, meant: str) -> None:
    assert plain(line) == meant


HOSTILE = (
    "select ", "into a (b) values (", "into into ", "update x set ", "insert into t (nick) values (?) params: ", "where a=? '", "form-data; name=\"a\"\n", '1) "a"\n',
    '["a"]=>\n', "BEGIN:VCARD\n x", "dn: \n a:: ", 'nick = c("a", ', "a||b||c", "nick\na\n\n", "MECARD:N:", "BEGINDATA\nterminated by ',' (", "nick: Some(\n",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_costs_what_its_length_says(piece: str) -> None:
    def cost(size: int) -> float:
        text = Text(asset=Asset(target="t", path="a.log"), text=piece * (size // len(piece)))
        began = time.process_time()
        for mark, make, _ in READERS:
            if Search(mark).within(text.text.encode()):
                make(detector().index).take(text)
        return time.process_time() - began

    cost(1000)
    least = min(cost(20_000) for _ in range(3))
    assert min(cost(160_000) for _ in range(2)) < 40 * max(
        least, 0.005
    )  # eight times as long; quadratic would be 64 times
