"""Whatever a writer writes, every value comes out: JSON, CSV, SQL and text against the standard library's writers."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from typing import Any

from extracting import everything, gaps, tables, texts, walk
from hypothesis import assume, given
from hypothesis import strategies as st

from auditor.extractors._csv.header import header_of
from auditor.extractors.limits import Limits

HANGUL_MISREAD = "".join(map(chr, [*range(0x1E1, 0x200), *range(0x221, 0x240)]))
"""A file with nothing else beyond ASCII is taken for CP949: these letters are what a single Korean name looks like."""
VALUES = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\0" + HANGUL_MISREAD, exclude_categories=["Cc", "Cs"]),
    max_size=12,
)
SCALARS = st.one_of(VALUES, st.integers(), st.floats(allow_nan=False), st.booleans(), st.none())
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(VALUES, inner, max_size=5), max_leaves=25
)


def leaves(value: Any) -> list[str]:
    """Every scalar as the JSON text it is written as; strings that hold JSON are looked into."""
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)]
    if value is None or value == "":
        return []
    if isinstance(value, str):
        bare = value.strip()
        if len(bare) >= 4 and bare[0] + bare[-1] in ("{}", "[]"):
            try:
                return leaves(json.loads(bare, parse_int=str, parse_float=str))
            except ValueError:
                pass
        return [value]
    return [json.dumps(value)]


@given(value=st.lists(JSON, max_size=4), indent=st.sampled_from([None, 1]), ascii=st.booleans())
def test_json_documents(value: list[Any], indent: int | None, ascii: bool) -> None:
    contents = list(walk("x.json", json.dumps(value, indent=indent, ensure_ascii=ascii).encode()))
    assert gaps(contents) == []
    assert texts(contents) == []
    seen = sorted(v for t in tables(contents) for a in t.arrays for v in a.to_pylist() if v)
    wanted = leaves(value)
    names = {name for name in seen if name not in wanted}
    for leaf in wanted:
        assert seen.count(leaf) >= wanted.count(leaf), (leaf, names)


@given(records=st.lists(st.dictionaries(VALUES, JSON, min_size=1, max_size=4), min_size=1, max_size=6))
def test_json_lines(records: list[dict[str, Any]]) -> None:
    contents = list(walk("x.jsonl", "".join(json.dumps(record) + "\n" for record in records).encode()))
    assert gaps(contents) == []
    assert texts(contents) == []
    for table in tables(contents):
        assert table.lines is not None
        assert all(1 <= line <= len(records) for line in table.lines)
    seen = [v for t in tables(contents) for a in t.arrays for v in a.to_pylist() if v]
    for leaf in leaves(list(records)):
        assert leaf in seen


@given(value=JSON, cut=st.floats(0, 1), junk=st.text(max_size=5))
def test_json_cut_anywhere_still_shows_every_long_word(value: Any, cut: float, junk: str) -> None:
    body = json.dumps({"a": value, "words": [{"w": f"CANARY{n}X"} for n in range(8)]}, indent=1)
    at = int(len(body) * cut)
    data = body[:at] + junk + body[at:] if junk else body[:at]
    contents = list(walk("x.json", data.encode("utf-8", "replace")))
    seen = everything(contents)
    for number in range(8 if not gaps(contents) else 0):  # control characters make it binary: that is a gap
        if f'"CANARY{number}X"' in data:
            assert f"CANARY{number}X" in seen


@given(
    rows=st.integers(1, 5).flatmap(
        lambda width: st.lists(st.lists(VALUES, min_size=width, max_size=width), min_size=1, max_size=8)
    ),
    delimiter=st.sampled_from([",", "\t", ";", "|"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_csv_loses_no_cell(rows: list[list[str]], delimiter: str, quoting: int) -> None:
    full = [row for row in rows if any(cell.strip() for cell in row)]
    assume(len(full) != 1 or not header_of(full))  # names of columns with nothing below them hold nothing
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
    contents = list(walk("x.csv", file.getvalue().encode()))
    assert gaps(contents) == []
    seen = everything(contents) + "\n" + "\n".join(column for table in tables(contents) for column in table.columns)
    for word in {word for row in rows for value in row for word in re.findall(r"\w+", value)}:
        assert word in seen


@given(
    rows=st.lists(
        st.tuples(VALUES, SCALARS.filter(lambda v: not isinstance(v, int) or abs(v) < 2**60)), min_size=1, max_size=6
    )
)
def test_sqlite_dumps(rows: list[tuple[str, Any]]) -> None:
    with sqlite3.connect(":memory:") as database:
        database.execute('create table "t x" (a text, b)')
        database.executemany('insert into "t x" values (?, ?)', rows)
        dump = "\n".join(database.iterdump())
    database.close()
    contents = list(walk("dump.sql", dump.encode()))
    seen = [tuple(row) for t in tables(contents) for row in zip(*(a.to_pylist() for a in t.arrays), strict=True)]
    assert [row[0] for row in seen] == [row[0] for row in rows]
    for (_, written), (_, read) in zip(rows, seen, strict=True):
        if isinstance(written, str) or written is None:
            assert read == written


@given(
    lines=st.lists(
        st.text(
            st.characters(codec="utf-8", exclude_characters="\r\n\0" + HANGUL_MISREAD, exclude_categories=["Cc", "Cs"]),
            max_size=300,
        ),
        max_size=30,
    ),
    window=st.integers(20, 400),
)
def test_text_comes_out_whole_whatever_the_window(lines: list[str], window: int) -> None:
    body = "\n".join(lines)
    out = texts(list(walk("x.txt", body.encode(), limits=Limits(window=window, overlap=10))))
    joined = "".join(text.text[text.overlap :] for text in out)
    assert joined.split() == body.removeprefix("\ufeff").split()
    for text in out:
        line = body.removeprefix("\ufeff").split("\n")[text.first_line - 1]
        assert line[text.offset :].startswith(text.text.split("\n")[0])


@given(data=st.binary(max_size=3000), name=st.sampled_from(["x", "x.csv", "x.json", "x.sql", "x.txt", "x.zip"]))
def test_any_bytes_end_in_content_or_gaps(data: bytes, name: str) -> None:
    list(walk(name, data))
