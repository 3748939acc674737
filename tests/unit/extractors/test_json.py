"""JSON: records stay whole, every value is kept, and broken files are searched to their end."""

from __future__ import annotations

import json

import pytest
from extracting import everything, gaps, rows, tables, texts, walk

from auditor.extractors.limits import Limits
from auditor.model.asset import GapCode


def read(value: object, **options: object) -> list[object]:
    return list(walk("x.json", json.dumps(value, ensure_ascii=False, **options).encode()))  # type: ignore[arg-type]


def test_sibling_objects_stay_one_record() -> None:
    users = [
        {"profile": {"nickname": "고양이"}, "verifiedCustomer": {"ci": "A", "phone": "010"}},
        {"profile": {"nickname": "강아지"}},
    ]
    contents = read({"page": 1, "users": users})
    assert rows(contents, "users") == [
        {"profile.nickname": "고양이", "verifiedCustomer.ci": "A", "verifiedCustomer.phone": "010"},
        {"profile.nickname": "강아지"},
    ]
    assert rows(contents, "") == [{"page": "1"}]


def test_numbers_are_kept_as_written() -> None:
    contents = list(
        walk(
            "x.json",
            b'{"rrn": 9001011234567, "f": 9.0e12, "big": 123456789012345678901234567890, "t": true, "z": null, "n": -0.10}',
        )
    )
    assert rows(contents) == [
        {"rrn": "9001011234567", "f": "9.0e12", "big": "123456789012345678901234567890", "t": "true", "n": "-0.10"}
    ]


def test_strings_are_unescaped() -> None:
    contents = list(walk("x.json", b'{"ci": "a\\/b+c=\\u003d", "n": "\\ud64d\\uae38", "bad": "\\ud800"}'))
    assert rows(contents) == [{"ci": "a/b+c==", "n": "홍길", "bad": "�"}]


def test_json_lines_have_line_numbers_and_varying_columns() -> None:
    data = b'{"a": 1}\n\n{"b": {"ci": "X"}}\n{"a": 2, "c": "Y"}\n'
    (table,) = tables(list(walk("x.jsonl", data)))
    assert table.columns == ("a", "b.ci", "c")
    assert table.lines == (1, 3, 4)
    assert table.arrays[1].to_pylist() == [None, "X", None]


def test_concatenated_and_record_separated() -> None:
    assert rows(list(walk("x.json", b'{"a":1}{"a":2} {"a":\n3}\x1e{"a":4}'))) == [{"a": str(n)} for n in (1, 2, 3, 4)]


def test_lines_of_records_in_a_document() -> None:
    data = b'{\n "version": 1,\n "users": [\n  {"ci": "A"},\n  {\n   "ci": "B"\n  }\n ]\n}\n'
    found = {table.name: table.lines for table in tables(list(walk("x.json", data)))}
    assert found == {"users": (4, 5), "": (1,)}


def test_every_value_of_an_array_is_kept() -> None:
    contents = read([{"id": 1, "phones": ["010", "011", "012"], "tags": ["x", "y"], "empty": []}])
    assert rows(contents) == [
        {"id": "1", "phones": "010", "tags": "x"},
        {"phones": "011", "tags": "y"},
        {"phones": "012"},
    ]
    many = read([{"id": 1, "list": [str(number) for number in range(50_000)]}])
    assert [row["list"] for row in rows(many)] == [str(number) for number in range(50_000)]
    assert everything(read([["a", 1], ["b", 2]])).split("\n") == ["a", "b", "1", "2"]
    assert rows(read(["x", "y"])) == [{"value": "x"}, {"value": "y"}]
    assert rows(read({"list": [{"o": [{"z": 1}, {"z": 2}]}]}), "list[].o") == [{"z": "1"}, {"z": "2"}]


def test_a_name_that_comes_twice_keeps_both_values() -> None:
    assert everything(list(walk("x.json", b'[{"ci": "A", "ci": "B"}]'))).split("\n") == ["A", "B"]
    assert set(everything(list(walk("x.json", b'{\n"ci": "A",\n"ci": "B"}'))).split("\n")) == {"A", "B"}


@pytest.mark.parametrize("indent", [None, 2])
def test_maps_by_id_are_rows_and_ids_are_values(indent: int | None) -> None:
    users = {"1042": {"n": {"nick": "a"}, "ci": "A"}, "1043": {"n": {"nick": "b"}, "ci": "B"}}
    contents = read({"users": users}, indent=indent)
    assert rows(contents, "users") == [
        {"key": "1042", "n.nick": "a", "ci": "A"},
        {"key": "1043", "n.nick": "b", "ci": "B"},
    ]


@pytest.mark.parametrize("indent", [None, 2])
def test_personal_data_in_names_is_a_value_and_never_a_column_or_table(indent: int | None) -> None:
    ci = "M2UJOuVP016n91j2bDYYYNE4VyCmF3Ax2uFutLAQNQuhs84V0iQII9RKWD8QAK/PXOPG/7PVoIFIFZs1KfKUZmx9UaTBBw=="
    for name in (ci, "010-1234-5678", "kim@example.com", "9001011234567"):
        contents = read(
            {
                "by": {name: {"list": [{"n": 1}], "deep": {"x": "y"}}, "plain": 1},
                "flat": {name: "v"},
                "l": {name: [1, {"a": 2}]},
            },
            indent=indent,
        )
        assert all(name not in "".join(table.columns) and name not in table.name for table in tables(contents))
        assert everything(contents).count(name) >= 2


@pytest.mark.parametrize("indent", [None, 2])
def test_names_of_empty_things_are_columns_or_values(indent: int | None) -> None:
    contents = read(
        {"홍길동": {}, "none": [], "010-1234-5678": {}, "kim@example.com": [], "inner": [{"김철수": {}}]}, indent=indent
    )
    columns = {column for table in tables(contents) for column in table.columns}
    values = set(everything(contents).split("\n"))
    assert {"홍길동", "none", "김철수"} <= columns | values
    assert {"010-1234-5678", "kim@example.com"} <= values


def test_package_lock_gives_rows_with_lines() -> None:
    packages = {f"node_modules/p{n}": {"version": "1.0.0", "integrity": f"sha512-{n}"} for n in range(200)}
    contents = read({"name": "x", "packages": packages}, indent=2)
    assert sum(len(table.arrays[0]) for table in tables(contents) if table.name == "packages") >= 100
    assert everything(contents).count("sha512-") == 200


def test_json_in_strings() -> None:
    inner = json.dumps({"user": {"ci": "A", "again": json.dumps({"phone": "010"})}})
    contents = read({"body": inner, "list": [json.dumps({"k": "v"})]})
    assert rows(contents, "") == [{"body.user.ci": "A", "body.user.again.phone": "010"}]
    assert rows(contents, "list") == [{"k": "v"}]
    assert rows(read({"template": "{name} is {age}", "b": "[x]"})) == [{"template": "{name} is {age}", "b": "[x]"}]


def test_cut_off_keeps_rows_and_searches_the_rest() -> None:
    data = json.dumps({"users": [{"ci": f"C{n}", "s": {"t": "x"}} for n in range(100)]}, indent=1).encode()
    contents = list(walk("x.json", data[: len(data) - 250] + b'\n   "ci": "LAST'))
    assert len(rows(contents, "users")) >= 95
    assert "LAST" in everything(contents)
    assert gaps(contents) == []


def test_a_broken_line_costs_only_itself() -> None:
    data = b'{"a": "one"}\n{"a": "cut, ci=CANARY1\n{"a": "two"}\nnot json CANARY2\n{"a": "three"}\n'
    contents = list(walk("x.jsonl", data))
    assert [row["a"] for row in rows(contents)] == ["one", "two", "three"]
    seen = "".join(text.text for text in texts(contents))
    assert "CANARY1" in seen and "CANARY2" in seen


def test_not_json_at_all_is_text() -> None:
    contents = list(walk("x.json", "// settings\n전화 010 1234 5678, 900101 1234567\nplain\n".encode()))
    assert everything(contents) == "// settings\n전화 010 1234 5678, 900101 1234567\nplain\n"
    assert "4111 1111 1111 1111" in everything(list(walk("x.json", b"4111 1111 1111 1111\n[4111 1111 1111 1111]\n")))


def test_deep_nesting_is_a_gap_and_the_rest_is_searched() -> None:
    data = b'{"ci": "FIRST", "deep": ' + b"[" * 1_000_000 + b'"INSIDE"' + b"]" * 1_000_000 + b"}"
    contents = list(walk("x.json", data))
    assert [gap.code for gap in gaps(contents)] == [GapCode.JSON_NESTING_LEVEL_OVER_LIMIT]
    assert "FIRST" in everything(contents) and "INSIDE" in everything(contents)
    objects = b'{"a":' * 5000 + b'"INSIDE"' + b"}" * 5000
    assert "INSIDE" in everything(list(walk("x.json", objects)))
    assert gaps(list(walk("x.json", b'{"a":' * 400 + b"1" + b"}" * 400))) == []


def test_big_documents_are_read_as_small_ones() -> None:
    users = [{"id": n, "c": {"ci": f"ci-{n}"}, "memo": "x" * 100} for n in range(12_000)]
    for value, name in (({"meta": {"v": 1}, "data": {"users": users}}, "data.users"), (users, "")):
        for indent in (None, 1):
            contents = read(value, indent=indent)
            found = rows(contents, name)
            assert [row["c.ci"] for row in found if "c.ci" in row] == [f"ci-{n}" for n in range(12_000)]
            assert gaps(contents) == [] and texts(contents) == []


def test_a_record_of_several_megabytes() -> None:
    record = {
        "nick": "kim",
        "blob": "A" * 2_500_000,
        "ci": "CANARY",
        "list": [{"n": n, "pad": "y" * 100} for n in range(15_000)],
    }
    contents = read([record, {"nick": "lee"}])
    (row,) = [row for row in rows(contents, "") if row.get("ci")]
    assert (row["nick"], row["ci"], len(row["blob"])) == ("kim", "CANARY", 2_500_000)
    assert len(rows(contents, "list")) == 15_000
    huge = read({"before": "B", "blob": "z" * 9_000_000 + "INSIDE", "after": "CANARY"})
    assert rows(huge, "") == [{"before": "B", "after": "CANARY"}]
    assert "INSIDE" in everything(huge)


def test_columns_are_capped_and_nothing_is_lost() -> None:
    contents = list(
        walk("x.json", json.dumps([{f"c{n}": f"v{n}" for n in range(700)}]).encode(), limits=Limits(columns=100))
    )
    assert all(len(table.columns) <= 100 for table in tables(contents))
    assert len(everything(contents).split("\n")) == 700


def test_utf16_and_korean() -> None:
    contents = list(walk("x.json", json.dumps({"이름": "홍길동"}, ensure_ascii=False).encode("utf-16")))
    assert rows(contents) == [{"이름": "홍길동"}]
    contents = list(walk("x.json", json.dumps({"이름": "홍길동"}, ensure_ascii=False).encode("cp949")))
    assert rows(contents) == [{"이름": "홍길동"}]


@pytest.mark.parametrize("indent", [1, None])
def test_a_text_kept_as_a_list_of_its_lines_is_a_text(indent: int | None) -> None:
    document = {"cells": [{"outputs": [{"data": {"text/html": ["<tr>\n", "<td>1</td>\n", "</tr>"]}, "n": 7}]}]}
    content = list(walk("a.ipynb", json.dumps(document, indent=indent).encode()))
    (text,) = texts(content)
    assert text.text == "<tr>\n<td>1</td>\n</tr>"
    assert (text.first_line, text.part) == ((8, "") if indent else (1, "text that begins in line 1"))
    assert "7" in str(rows(content)) and "<td>" not in str(rows(content))


def test_strings_that_end_lines_now_and_then_stay_values() -> None:
    content = read({"messages": ["hello\n"], "notes": [{"a": "x\n", "b": "y"}]})
    assert not texts(content)
    assert {"hello\n", "x\n", "y"} <= {value for row in rows(content) for value in row.values()}
