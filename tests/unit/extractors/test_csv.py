"""Delimited tables as vendors write them: Excel, database tools, scripts."""

from __future__ import annotations

import csv
import io
import random

import pytest
from extracting import everything, gaps, rows, tables, texts, walk

from auditor.extractors._csv.header import header_of
from auditor.extractors._csv.sniff import sniff


def test_korean_cp949_with_a_header() -> None:
    data = "이름,연계정보,전화\r\n홍길동,QUJD,010-1234-5678\r\n김철수,REVG,010-2345-6789\r\n".encode("cp949")
    contents = list(walk("고객.csv", data))
    (table,) = tables(contents)
    assert table.columns == ("이름", "연계정보", "전화")
    assert table.header
    assert tuple(table.lines or ()) == (2, 3)
    assert rows(contents)[1] == {"이름": "김철수", "연계정보": "REVG", "전화": "010-2345-6789"}


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("name", ["x.csv", "x.tsv", "export.dat", "noextension"])
def test_delimiters(delimiter: str, name: str) -> None:
    lines = ["nick,ci,day", "kim,a1,2024-01-01", "lee,b2,2024-01-02", "park,c3,2024-01-03"]
    contents = list(walk(name, "\n".join(lines).replace(",", delimiter).encode()))
    assert rows(contents) == [
        {"nick": "kim", "ci": "a1", "day": "2024-01-01"},
        {"nick": "lee", "ci": "b2", "day": "2024-01-02"},
        {"nick": "park", "ci": "c3", "day": "2024-01-03"},
    ]


def test_without_a_header_the_first_row_is_data() -> None:
    data = "홍길동,010-1234-5678,2024-01-01\n김철수,010-2345-6789,2024-01-02\n".encode()
    (table,) = tables(list(walk("x.csv", data)))
    assert not table.header
    assert table.columns == ("column 1", "column 2", "column 3")
    assert table.arrays[0].to_pylist() == ["홍길동", "김철수"]
    assert tuple(table.lines or ()) == (1, 2)


@pytest.mark.parametrize(
    ("sample", "header"),
    [
        ([["name", "ci"], ["kim", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHU="]], True),
        ([["닉네임", "이름"], ["행복", "홍길동"]], True),
        ([["행복한고양이", "홍길동"], ["슬픈강아지", "김철수"]], False),
        ([["kim", "seoul"], ["lee", "busan"]], False),
        ([["id", "id"], ["1", "2"]], False),
        ([["1", "name"], ["2", "x"]], False),
        ([["", "name", "age"], ["0", "kim", "20"]], True),
        ([["kim@example.com", "kim"], ["lee@example.com", "lee"]], False),
        ([["name", "email"]], True),
        ([["kim", "lee"]], False),
        ([["status"], ["status"], ["x"]], False),
        ([["연계정보(CI)", "가입일시"], ["x", "2024-01-01 10:00:00"]], True),
    ],
)
def test_header_only_where_no_value_can_be_lost(sample: list[list[str]], header: bool) -> None:
    assert header_of(sample) is header


def test_quotes_line_ends_and_line_numbers() -> None:
    data = '﻿"name","memo","n"\r\n"kim","line 1\r\nline 2, ""quoted""",1\r\n"lee","x",2\r\n'.encode()
    contents = list(walk("x.csv", data))
    (table,) = tables(contents)
    assert table.columns == ("name", "memo", "n")
    assert table.arrays[1].to_pylist() == ['line 1\nline 2, "quoted"', "x"]
    assert tuple(table.lines or ()) == (2, 4)


def test_backslash_escapes() -> None:
    data = b'"name","memo","n"\n"kim","5\\" pipe","1"\n"lee","x","2"\n"park","7\\" tile, red","3"\n'
    assert [row["memo"] for row in rows(list(walk("x.csv", data)))] == ['5" pipe', "x", '7" tile, red']


def test_an_unclosed_quote_swallows_nothing() -> None:
    data = 'name,ci,day\nkim,"a1,2024-01-01\n' + "".join(f"n{n},c{n},2024-01-02\n" for n in range(1000))
    found = rows(list(walk("x.csv", data.encode())))
    assert {"name": "n999", "ci": "c999", "day": "2024-01-02"} in found
    assert {"name": "kim", "ci": '"a1', "day": "2024-01-01"} in found
    assert len(found) == 1001


def test_two_stray_quotes_far_apart_leave_the_rows_between_them() -> None:
    body = [f"n{n},c{n},2024-01-02" for n in range(300)]
    body[10] = '"n10,c10,2024-01-02'
    body[120] = '"n120,c120,2024-01-02'
    found = rows(list(walk("x.csv", ("name,ci,day\n" + "\n".join(body)).encode())))
    assert {row["ci"] for row in found} == {f"c{n}" for n in range(300)}


def test_ragged_rows_keep_their_cells() -> None:
    contents = list(walk("x.csv", b"name,ci\nkim,a1,extra,more\nlee\n\npark,c3\n"))
    (table,) = tables(contents)
    assert table.columns == ("name", "ci", "column 3", "column 4")
    assert rows(contents) == [
        {"name": "kim", "ci": "a1", "column 3": "extra", "column 4": "more"},
        {"name": "lee"},
        {"name": "park", "ci": "c3"},
    ]
    assert tuple(table.lines or ()) == (2, 3, 5)


def test_a_title_above_the_header_is_searched() -> None:
    data = "회원 명단 (담당 kim@example.com)\n\nname,ci,day\nkim,a1,2024-01-01\nlee,b2,2024-01-02\n"
    contents = list(walk("x.csv", data.encode()))
    assert "kim@example.com" in everything(contents)
    (table,) = tables(contents)
    assert table.columns == ("name", "ci", "day")
    assert tuple(table.lines or ()) == (4, 5)


def test_one_column_of_values() -> None:
    contents = list(walk("ci.csv", b"ci\nQUJD\nREVG\n"))
    assert everything(contents).count("QUJD") == 1


def test_a_line_too_long_and_a_row_too_wide_come_as_text() -> None:
    wide = ",".join(f"w{n}" for n in range(5000))
    long = "L" * 3_000_000 + ",END"
    contents = list(walk("x.csv", f"a,b,n\n1,2,3\n{wide}\n4,5,6\n{long}\n7,8,9\n".encode()))
    seen = everything(contents)
    assert "w4999" in seen and "END" in seen
    assert {text.first_line for text in texts(contents)} == {3, 5}
    assert [line for table in tables(contents) for line in table.lines or ()] == [2, 4, 6]


def test_batches_are_bounded_and_numbered() -> None:
    body = "".join(f"kim{n},2024-01-01,{n}\n" for n in range(120_000))
    found = tables(list(walk("x.csv", ("name,day,n\n" + body).encode())))
    assert len(found) > 1
    row = 1
    for table in found:
        assert table.first_row == row
        assert table.lines is not None
        assert table.lines[0] == row + 1
        row += len(table.arrays[0])
    assert row == 120_001


def test_same_as_the_standard_library_on_what_it_writes() -> None:
    chance = random.Random(3)
    alphabet = ["a", "홍", ",", '"', "\n", " ", "1", ";", "'", "\\"]
    for _ in range(60):
        width = chance.randrange(2, 6)
        body = [["".join(chance.choices(alphabet, k=chance.randrange(8))) for _ in range(width)] for _ in range(30)]
        file = io.StringIO()
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([[f"name_{n}" for n in range(width)], *body])
        contents = list(walk("x.csv", file.getvalue().encode()))
        assert gaps(contents) == []
        seen = [
            [cell or "" for cell in row]
            for table in tables(contents)
            for row in zip(*(a.to_pylist() for a in table.arrays), strict=True)
        ]
        expected = [row for row in body if any(row)]
        if '\\"' not in file.getvalue():
            assert seen[-len(expected) :] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Dear Sir, I write, again.\nYou said, once, that.\nI came, saw, left.\n",
        "a = f(b, c);\nd = g(e, f);\nh = i(j, k);\n",
        "SELECT a, b;\nSELECT c, d;\nSELECT e, f;\n",
        "one,two\n" * 50,
        "| a | b |\n| 1 | 2 |\n| 3 | 4 |\n",
        "key: 1, other\nkey: 2, other\nkey: 3, other\n",
    ],
)
def test_no_table_in_prose_and_code(text: str) -> None:
    assert sniff(text, whole=True) is None


def test_pages_that_repeat_their_header_are_one_table_with_names() -> None:
    page = "Page {}\nname,phone,seq\n김하늘,010-1234-567{},{}\n\n"
    (table,) = tables(list(walk("a.csv", "".join(page.format(n, n, n) for n in (1, 2, 3)).encode())))
    assert table.header and table.columns[:3] == ("name", "phone", "seq")
