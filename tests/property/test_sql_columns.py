# ruff: noqa: S608 - the statements are read, never run
"""Long INSERTs and COPY blocks read as columns say what the same rows say one by one."""

from __future__ import annotations

import io
from typing import Any

import pytest
from extracting import told
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from auditor.extractors import sql, sql_columns
from auditor.extractors.limits import Budget, Limits
from auditor.extractors.sql import SqlExtractor
from auditor.extractors.sql_values import MYSQL, STANDARD, copy_cells
from auditor.model.asset import Asset
from auditor.model.content import Content, Source

LETTERS = "'" + '"' + "\\,();\nab\x02\x1f가0N %"
WORDS = st.sampled_from(
    ["", "홍길동", "a),(b", "O''Brien", "''", "it\\'s", "a\\\\", "\\n", "(101)", ";", "NULL", "0x41", "--", "/*", "\\%"]
)
INSIDE = st.one_of(WORDS, st.text(LETTERS, max_size=5))
STRINGS = INSIDE.map(lambda text: f"'{text}'")
BARE = st.sampled_from(["1", "-1.5", "NULL", "null", "Null", "NULLS", "0xEAB080", "0X41", "0x4", "TRUE", "가", "1e5"])
ODD = st.sampled_from(
    [
        "N'가'",
        "_binary 'x'",
        "X'41'",
        "E'\\n'",
        '"double"',
        '"it\'s"',
        "now()",
        "CAST('a' AS char)",
        "'a' 'b'",
        "",
        "'open",
    ]
)


@st.composite
def inserts(draw: st.DrawFn) -> str:
    """One INSERT of many tuples, mostly of the same kinds of values, and what may follow it."""
    usual = st.one_of(STRINGS, BARE)
    width = draw(st.integers(1, 4))
    kinds = draw(st.lists(st.sampled_from([STRINGS, BARE, usual]), min_size=width, max_size=width))
    rows = draw(st.lists(st.tuples(*kinds), min_size=1, max_size=6)) * draw(st.sampled_from([1, 4]))
    for _ in range(draw(st.sampled_from([0, 0, 0, 1]))):
        rows.insert(
            draw(st.integers(0, len(rows))), draw(st.tuples(*[st.one_of(ODD, usual)] * draw(st.integers(1, width))))
        )
    comma, between = (
        draw(st.sampled_from([",", ",", ", ", " ,"])),
        draw(st.sampled_from([",", ",", ",\n", ", ", ",\n\t", ", -- and\n"])),
    )
    tuples = between.join("(" + comma.join(row) + ")" for row in rows)
    after = draw(
        st.sampled_from([";\n", ";", "", " ON CONFLICT DO NOTHING;\n", ";\nINSERT INTO `b` VALUES ('x','y');\n"])
    )
    return f"INSERT INTO `t` VALUES {tuples}{after}"


@st.composite
def copies(draw: st.DrawFn) -> str:
    """A COPY block."""
    cells = st.one_of(
        INSIDE.map(lambda text: text.replace("\n", "")),
        st.sampled_from(["\\N", "\\\\N", "\\t", "\\x41", "\\101", "\r"]),
    )
    width = draw(st.integers(1, 3))
    rows = draw(st.lists(st.lists(cells, min_size=width, max_size=width), max_size=6))
    for _ in range(draw(st.sampled_from([0, 0, 1]))):
        rows.insert(draw(st.integers(0, len(rows))), draw(st.lists(cells, max_size=width + 1)))
    lines = "".join("\t".join(row) + "\n" for row in rows)
    return f"COPY public.t (a, b) FROM stdin;\n{lines}" + draw(
        st.sampled_from(["\\.\n", "\\.", "", "\\.\nSELECT 1;\n"])
    )


MYSQL_HEAD = "-- MySQL dump\n"


def insert(*tuples: str) -> str:
    """An INSERT of these tuples, nine times."""
    return "INSERT INTO `t` VALUES " + ",".join([*tuples] * 9) + ";\n"


def read(text: str) -> list[Content]:
    data = text.encode()
    source = Source(asset=Asset(target="t", path="x.sql"), head=data[:65_536], stream=io.BytesIO(data))
    return list(SqlExtractor(Budget(Limits())).extract(source))


@given(
    st.one_of(inserts(), copies(), st.tuples(inserts(), copies()).map("".join)),
    st.sampled_from([MYSQL_HEAD, "-- PostgreSQL\n"]),
    st.sampled_from([sql._TOGETHER, 200, 37]),
)
@example(insert("('a''b','','''','(1),(2)',NULL,0x41,'it\\'s\\n')"), MYSQL_HEAD, sql._TOGETHER)
@example(insert('("it\'s",1)', "('b',2)"), MYSQL_HEAD, sql._TOGETHER)
@example(insert("('a'b,1)", "('c',2)"), MYSQL_HEAD, sql._TOGETHER)
@example(insert("('a\\\\','b')"), MYSQL_HEAD, sql._TOGETHER)
@example(insert('("double",1)'), MYSQL_HEAD, sql._TOGETHER)
@example(insert("('two\nlines')"), MYSQL_HEAD, sql._TOGETHER)
@example(insert("('a\x02\x02b','c\\'')"), MYSQL_HEAD, sql._TOGETHER)
@example(insert("('a')").replace(";", "x('b');"), MYSQL_HEAD, sql._TOGETHER)
@example("COPY public.t (a, b) FROM stdin;\n\t\n\n\\.\n", "-- PostgreSQL\n", sql._TOGETHER)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_columns_say_what_rows_say(monkeypatch: pytest.MonkeyPatch, text: str, head: str, together: int) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sql, "_TOGETHER", together)
        patch.setattr(sql, "_LEAST", 1)
        patch.setattr(sql_columns, "_FEW", 2)
        fast = told(read(head + text))
        patch.undo()
        patch.setattr(sql, "_LEAST", 1 << 40)
        slow = told(read(head + text))
    assert fast == slow


@pytest.mark.parametrize("between", [",", ", ", ",\n"])
@pytest.mark.parametrize("syntax", [MYSQL, STANDARD], ids=["mysql", "standard"])
def test_the_usual_inserts_are_columns(between: str, syntax: Any) -> None:
    found = sql_columns.tuple_columns(between.join(["(1,'a''b','',NULL)"] * 9) + ";\n-- it's", syntax, 4)
    assert found is not None
    assert [column.to_pylist() for column in found.columns] == [["1"] * 9, ["a'b"] * 9, [""] * 9, [None] * 9]
    assert (found.rows, found.own_lines) == (9, between == ",\n")
    assert found.size == 9 * 18 + 8 * len(between)


def test_a_usual_copy_is_columns() -> None:
    lines = ["1\t홍길동\t\\N", "2\ta\\tb\t", "3\t\\\\N\tc"]
    found = sql_columns.copy_columns("\n".join(lines) + "\n", 3)
    assert found is not None
    assert [list(row) for row in zip(*(column.to_pylist() for column in found), strict=True)] == [
        copy_cells(line) for line in lines
    ]


def test_escaped_strings_are_columns() -> None:
    found = sql_columns.tuple_columns(",".join(["('it\\'s','C:\\\\','a\\nb')"] * 9), MYSQL, 3)
    assert found is not None
    assert [column[8].as_py() for column in found.columns] == ["it's", "C:\\", "a\nb"]
