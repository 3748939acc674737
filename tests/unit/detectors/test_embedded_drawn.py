"""Tables drawn with characters: their values are found under their columns, at their lines; what is no table stays text."""

from __future__ import annotations

import pytest
from detecting import detector, in_text

from auditor.detectors.embedded import EmbeddedTables
from auditor.detectors.embedded.cells import led, ruler
from auditor.model.asset import Asset
from auditor.model.content import Text

BOX = """\
+----+------------+------------+
| id | nickname   | birth_date |
+----+------------+------------+
|  1 | 파란곰돌이 | 1984-05-01 |
|  2 | sky.king   | 1991-01-05 |
|  3 | 심심한오리 | 1978-03-03 |
+----+------------+------------+
"""
LAYOUTS = {
    "a client's box": (BOX, 4),
    "quoted in a mail": ("".join(f"> {line}\n" for line in BOX.splitlines()), 4),
    "commented out": ("".join(f"-- {line}\n" for line in BOX.splitlines()), 4),
    "logged": ("".join(f"2024-01-01 10:00:00.123 INFO app - {line}\n" for line in BOX.splitlines()), 4),
    "types below the names": (
        "┌───────┬────────────┬────────────┐\n│  id   │  nickname  │ birth_date │\n│ int32 │  varchar   │    date    │\n"
        "├───────┼────────────┼────────────┤\n│     1 │ 파란곰돌이 │ 1984-05-01 │\n│     2 │ sky.king   │ 1991-01-05 │\n"
        "│     3 │ 심심한오리 │ 1978-03-03 │\n└───────┴────────────┴────────────┘\n", 5,
    ),
    "bars between, none around": (
        "id | nickname | birth_date\n--- | --- | ---\n1 | 파란곰돌이 | 1984-05-01\n2 | sky.king | 1991-01-05\n3 | 심심한오리 | 1978-03-03\n", 3,
    ),
    "headings in double bars": (
        "||id||nickname||birth_date||\n|1|파란곰돌이|1984-05-01|\n|2|sky.king|1991-01-05|\n|3|심심한오리|1978-03-03|\n", 2,
    ),
    "places as on a screen": (
        "id nickname   birth_date\n-- ---------- ----------\n 1 파란곰돌이 1984-05-01\n 2 sky.king   1991-01-05\n 3 심심한오리 1978-03-03\n", 3,
    ),
    "places as letters are counted": (
        "id nickname   birth_date\n-- ---------- ----------\n 1 파란곰돌이      1984-05-01\n 2 sky.king   1991-01-05\n"
        " 3 심심한오리      1978-03-03\n", 3,
    ),
    "blanks between, a cell empty": (
        "NICKNAME     MEMO   BIRTH_DATE   AGE\n파란곰돌이   a b    1984-05-01   3d\nsky.king            1991-01-05   4d\n"
        "심심한오리   x      1978-03-03   5d\n", 2,
    ),
    "rows numbered in front": (
        "     nickname  birth_date  seq\n0  파란곰돌이  1984-05-01    1\n1    sky.king  1991-01-05  NaN\n2  심심한오리  1978-03-03    3\n", 2,
    ),
    "pasted into a chat": (
        "[김하늘] [오후 5:41] id\tnickname\tbirth_date\n1\t파란곰돌이\t1984-05-01\n2\tsky.king\t1991-01-05\n3\t심심한오리\t1978-03-03\n", 2,
    ),
    "removed by a patch": (
        "@@ -1,4 +0,0 @@\n-id,nickname,birth_date\n-1,파란곰돌이,1984-05-01\n-2,sky.king,1991-01-05\n-3,심심한오리,1978-03-03\n", 3,
    ),
    "a cell a line": (
        "|===\n|id |nickname |birth_date\n\n|1\n|파란곰돌이\n|1984-05-01\n\n|2\n|sky.king\n|1991-01-05\n\n|3\n|심심한오리\n|1978-03-03\n|===\n", 4,
    ),
    "a wiki's": (
        '{| class="wikitable"\n! id !! nickname !! birth_date\n|-\n| 1 || 파란곰돌이 || 1984-05-01\n|-\n| 2\n| style="color:red" | sky.king\n'
        "| 1991-01-05\n|-\n| 3 || 심심한오리 || 1978-03-03\n|}\n", 4,
    ),
    "rows in a log": (
        "<==    Columns: id, company, nickname, birth_date\n<==        Row: 1, Blue Tree Co., Ltd., 파란곰돌이, 1984-05-01\n"
        "<==        Row: 2, 하늘소프트, sky.king, 1991-01-05\n<==        Row: 3, Blue Tree Co., Ltd., 심심한오리, 1978-03-03\n", 2,
    ),
    "a copybook and its records": (
        "       05  NICKNAME     PIC X(010).\n       05  BIRTH-DATE   PIC X(010).\n파란곰돌이1984-05-01\nsky.king  1991-01-05\n심심한오리1978-03-03\n", 3,
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_values_are_found_under_their_columns_at_their_lines(layout: str) -> None:
    text, first = LAYOUTS[layout]
    found = [match for match in in_text(text, "dump.log") if not match.candidate]
    nicknames = [match for match in found if match.entity == "NICKNAME"]
    births = [match for match in found if match.entity == "DATE_OF_BIRTH"]
    assert len(found) == 6 and len(nicknames) == len(births) == 3
    assert {match.place.column.lower() for match in nicknames} == {"nickname"}
    assert {match.place.column.lower().replace("-", "_") for match in births} == {"birth_date"}
    assert nicknames[0].place.line == first
    assert len({match.place.table for match in found}) == 1


def test_a_screens_form_is_a_row_a_screen() -> None:
    screen = "[MB10] MEMBERS\n NICKNAME          [{}          ]   BIRTH_DATE        [{}  ]\n E_MAIL  [haneul{}@podomail.kr ]\n=====\n"
    people = (("파란곰돌이", "1984-05-01"), ("sky.king", "1991-01-05"), ("심심한오리", "1978-03-03"))
    text = "".join(screen.format(name, birth, number) for number, (name, birth) in enumerate(people))
    found = [(match.entity, match.place.line) for match in in_text(text, "screen.txt") if not match.candidate]
    assert found.count(("NICKNAME", 2)) == found.count(("DATE_OF_BIRTH", 10)) == found.count(("EMAIL_ADDRESS", 6)) == 1
    assert len(found) == 9


@pytest.mark.parametrize("layout", ["a client's box", "places as on a screen", "a cell a line", "removed by a patch"])
def test_a_table_goes_on_in_the_next_text(layout: str) -> None:
    text, _ = LAYOUTS[layout]
    asset = Asset(target="t", path="dump.log")
    whole, _, _ = EmbeddedTables(detector().index).take(Text(asset=asset, text=text))
    for end in range(1, text.count("\n")):
        lines = text.splitlines(keepends=True)
        embedded = EmbeddedTables(detector().index)
        first, _, left = embedded.take(Text(asset=asset, text="".join(lines[:end])))
        second, _, rest = embedded.take(Text(asset=asset, text="".join(lines[end:]), first_line=end + 1))
        rows = [line for table in (*first, *second) for line in table.lines or ()]
        expected = [line for table in whole for line in table.lines or ()]
        missing = set(expected) - set(rows)
        assert rows == [line for line in expected if line in rows]
        for line in missing:  # a row that the end of a text divides stays text
            assert lines[line - 1] in left.text + rest.text


def test_what_is_taken_is_no_text_any_more_and_the_rest_stays() -> None:
    asset = Asset(target="t", path="dump.log")
    text = f"before 010-1234-5678\n{BOX}| 9 | too | many | cells |\nafter\n"
    tables, _, left = EmbeddedTables(detector().index).take(Text(asset=asset, text=text))
    assert [len(table.arrays[0]) for table in tables] == [3]
    assert len(left.text) == len(text) and left.text.count("\n") == text.count("\n")
    assert "파란곰돌이" not in left.text and "before 010-1234-5678" in left.text and "| too | many |" in left.text


@pytest.mark.parametrize(
    "text",
    [
        "a || b ||\nc || d ||\n",
        "| option | type | default |\n|---|---|---|\n| verbose | bool | false |\n",
        "| 파란곰돌이 | 1984-05-01 |\n| sky.king | 1991-01-05 |\n",  # no names
        "| 010-1234-5678 | nickname |\n| a | b |\n",  # a value is never a column's name
        "Please send us name, nickname, birth date of all.\nWe ask, as agreed, for this.\n",
    ],
)
def test_what_names_nothing_is_no_table(text: str) -> None:
    tables, _, left = EmbeddedTables(detector().index).take(Text(asset=Asset(target="t", path="a.txt"), text=text))
    assert not tables and left.text == text


def test_rulers_and_rows_are_told_apart() -> None:
    assert ruler("+----+---+") and ruler("|:---|---:|") and ruler("----- ---") and ruler("10:00:01 INFO x - |----|---|")
    assert not ruler("-----") and not ruler("a - b") and not ruler("| 12:30:01 | wFieFCyhop2A== |")
    assert led("|a|b||") == (0, ["a", "b", ""]) and led("foo | bar | baz |") is None


def test_hostile_headers_are_asked_only_above_rows() -> None:
    index = detector().index
    before = index.classify.cache_info()
    text = "\n".join(f"a{n}b,c{n}d,e{n}f\nx y" for n in range(3_000))
    EmbeddedTables(index).take(Text(asset=Asset(target="t", path="a.txt"), text=text))
    after = index.classify.cache_info()
    assert after.hits + after.misses - before.hits - before.misses < 10
