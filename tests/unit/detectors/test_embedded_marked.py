"""Names and values in neighbouring elements, cells and members: found under their names, at their lines; and what is no such pair."""

from __future__ import annotations

import pytest
from detecting import detector, entities, in_table, in_text

from auditor.detectors.embedded import EmbeddedTables
from auditor.model.asset import Asset
from auditor.model.content import Table, Text

NICK = "춤추는붕어빵77"


def kept(text: str) -> tuple[list[Table], str]:
    """The tables taken out of a text, and what is left of it."""
    tables, _, rest = EmbeddedTables(detector().index).take(Text(asset=Asset(target="t", path="a.txt"), text=text))
    return tables, rest.text


def cells(table: Table) -> list[list[str | None]]:
    return [array.to_pylist() for array in table.arrays]


@pytest.mark.parametrize(
    "page",
    [
        "<table>\n<tr><td class=t>별명</td><td class=v>{0}</td></tr>\n<tr><td class=t>메모</td><td class=v>가나다</td></tr>\n<tr><td class=t>성명</td><td class=v>{1}</td></tr></table>",
        "<table>\n<tr><td>별명</td><td>{0}</td><td>비고</td><td>가나다</td></tr>\n<tr><td>상태</td><td>Y</td>\n<td>성명</td><td>{1}</td></tr></table>",
        "<dl>\n<dt>별명</dt><dd>{0}</dd>\n<dt>비고</dt>\n<dd>가나다</dd><dt>성명</dt><dd><a href='#'>{1}</a></dd></dl>",
        "<ul>\n<li><span class='l'>별명</span><span class='v'>{0}</span></li>\n\n<li><span class='l'>성명</span> <span class='v'>{1}</span></li></ul>",
        "<div><p>\n<strong>별명:</strong> {0}</p>\n<p>\n<b>성명</b> {1}</p></div>",
        "<form>\n<input value='{0}' type=text name='nickname'>\n<input name='score' value='3'>\n<input type='text' name='userName' id='n' value='{1}'>",
    ],
    ids=["td td", "several a row", "dl", "spans", "strong", "inputs"],
)
def test_names_stand_beside_their_values(page: str) -> None:
    tables, rest = kept(page.format(NICK, "변민서"))
    assert len(tables) == 1
    held = dict(zip(tables[0].columns, cells(tables[0]), strict=True))
    assert [NICK] in held.values()
    assert ["변민서"] in held.values()
    assert tables[0].lines == (2,)
    assert NICK not in rest
    assert rest.count("\n") == page.count("\n")
    found = in_text("\n".join([page.format(NICK, "변민서")] * 3), "members.txt")
    assert {match.entity for match in found if not match.candidate} == {"NICKNAME", "PERSON"}


def test_records_of_the_same_names_are_rows_of_one_table() -> None:
    one = "<dl><dt>별명</dt><dd>{}</dd>{}<dt>생년월일</dt><dd>1990-01-02</dd></dl>\n"
    tables, _ = kept("".join(one.format(f"닉{n}", "<dt>등급</dt><dd>A</dd>" * (n % 2)) for n in range(6)))
    assert [len(table.arrays[0]) for table in tables] == [6]
    assert tables[0].lines == (1, 2, 3, 4, 5, 6)


def test_another_list_is_another_record() -> None:
    tables, _ = kept(
        "<dl><dt>별명</dt><dd>파란곰</dd><dt>등급</dt><dd>A</dd></dl><dl><dt>성명</dt><dd>변민서</dd></dl>"
    )
    assert [cells(table) for table in tables] == [[["파란곰"], ["A"]], [["변민서"]]]


@pytest.mark.parametrize(
    "page",
    [
        "<p>The <b>name</b> of the member is shown here.</p>",
        "<pre><span class='k'>def</span> <span class='nf'>name</span><span class='p'>(</span></pre>",
        "<ul><li><a href='/a'>Name</a></li><li><a href='/b'>Phone</a></li></ul>",
        "<p><b>Menu</b> tea</p><p><b>Colour</b> green</p>",
        "<input type='submit' name='name' value='Send'>",
    ],
)
def test_other_elements_stay_text(page: str) -> None:
    assert kept(page) == ([], page)


def test_a_value_is_never_a_column() -> None:
    tables, _ = kept("<dl><dt>010-2345-6789</dt><dd>휴대폰</dd><dt>별명</dt><dd>파란곰</dd></dl>")
    assert [table.columns for table in tables] == [("별명",)]


def test_header_over_rows_is_no_form() -> None:
    rows = "".join(f"<tr><td>파란곰{n}</td><td>메모</td></tr>" for n in range(5))
    tables, _ = kept(f"<table><tr><td>닉네임</td><td>비고</td></tr>{rows}</table>")
    assert [table.columns for table in tables] == [("닉네임", "비고")]
    assert len(tables[0].arrays[0]) == 5


def test_dump_and_captions() -> None:
    dump = 'array(2) {\n  ["nickname"]=>\n  string(9) "파란곰"\n  ["age"]=>\n  int(31)\n}\n'
    assert [(t.columns, cells(t), t.lines) for t in kept(dump)[0]] == [
        (("nickname", "age"), [["파란곰"], ["31"]], (3,))
    ]
    form = "감사합니다\n  Nick Name : 파란곰\n  Order Id : 7\n\nPlease note: nothing\n"
    tables, rest = kept(form)
    assert [(t.columns, t.lines) for t in tables] == [(("Nick Name", "Order Id"), (2,))]
    assert "Please note: nothing" in rest


PEOPLE = [(f"파란곰{n}", f"김은{c}", f"199{n}-03-0{n + 1}") for n, c in enumerate("하주서민")]


def test_a_row_a_field() -> None:
    fields = ("nickname", "user_name", "birth_date")
    rows = [
        (str(n), field, value) for n, person in enumerate(PEOPLE) for field, value in zip(fields, person, strict=True)
    ]
    assert entities(in_table(["no", "항목", "값"], rows)) == sorted(["NICKNAME", "PERSON", "DATE_OF_BIRTH"] * 4)
    located = [("type", f"name={field}", value) for _, field, value in rows]
    assert entities(in_table(["command", "target", "value"], located)).count("NICKNAME") == 4
    assert entities(in_table(["setting", "value"], [("theme", "파란곰"), ("colour", "김은하")])) == []


def test_transposed_and_forms() -> None:
    down = [("닉네임", *(p[0] for p in PEOPLE)), ("등급", *"ABAB"), ("생년월일", *(p[2] for p in PEOPLE))]
    assert entities(in_table(None, down)) == sorted(["NICKNAME", "DATE_OF_BIRTH"] * 4)
    assert entities(in_table(down[0], down[1:])) == sorted(["NICKNAME", "DATE_OF_BIRTH"] * 4)
    forms = [
        row
        for nick, _, birth in PEOPLE
        for row in (("명단", None, None, None), ("닉네임", nick, "등급", "A"), ("생년월일", birth, None, None))
    ]
    found = in_table(None, forms)
    assert entities(found) == sorted(["NICKNAME", "DATE_OF_BIRTH"] * 4)


def test_ordinary_tables_are_left_alone() -> None:
    found = in_table(["nickname", "memo"], [("파란곰", "이름"), ("초록곰", "주소"), ("노란곰", "전화")])
    assert [match.place.column for match in found if match.entity == "NICKNAME"] == ["nickname"] * 3


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<b>",
        "<b>x</b>",
        "<p><br>",
        "<tr><td>",
        "<x value=' ",
        "<x name='a' value='b'>",
        "a b: ",
        "| a b :\n",
        '["a"]=>\n',
    ],
)
def test_hostile_text_costs_its_length(piece: str) -> None:
    def calls(times: int) -> int:
        import cProfile
        import pstats

        profile = cProfile.Profile()
        profile.runcall(kept, piece * times)
        return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]

    assert calls(8000) < 12 * calls(1000) + 1000
