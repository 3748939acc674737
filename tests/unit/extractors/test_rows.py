"""A database's table as a worker reads it: exact cells, values that are files, what is cut off or no row."""

from __future__ import annotations

import gzip

from extracting import OneWay
from hypothesis import given
from hypothesis import strategies as st

from auditor.extractors.identify import extract
from auditor.extractors.limits import Budget, Limits
from auditor.model import rows
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.content import Content, Member, Source, Table, Text
from auditor.scanners._db_rows import as_csv

ASSET = Asset(target="db", path="public.members")


def read(data: bytes) -> list[Content]:
    found: list[Content] = []
    for item in extract(
        Source(asset=ASSET, head=data[:65_536], stream=OneWay(data), encodings=("cp949",)), Budget(Limits())
    ):  # type: ignore[arg-type]
        found.append(item)
    return found


def stream(columns: list[tuple[str, rows.Kind]], *blocks: tuple[int, bytes]) -> bytes:
    return rows.head(columns) + b"".join(rows.block(data, count) for count, data in blocks)


def cells(items: list[Content]) -> list[list[str | None]]:
    tables = [item for item in items if isinstance(item, Table)]
    return [[array[row].as_py() for array in table.arrays] for table in tables for row in range(len(table.arrays[0]))]


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ['"', "\r", "\n", ",", "\\.", "\\N", "\0", " "]
)


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(CELL | st.none(), min_size=width, max_size=width), min_size=1, max_size=8)
    )
)
def test_every_cell_arrives_as_it_was(table: list[list[str | None]]) -> None:
    columns: list[tuple[str, rows.Kind]] = [(f"c{at}", "text") for at in range(len(table[0]))]
    found = read(stream(columns, (len(table), as_csv(table, [False] * len(columns)))))
    assert cells(found) == [[cell or "" for cell in row] for row in table]
    assert not [item for item in found if isinstance(item, Gap)]


def test_rows_are_counted_over_blocks_and_columns_keep_their_names() -> None:
    found = read(stream([("ci", "text"), ("닉네임", "text")], (2, b"a,b\nc,d\n"), (1, b"e,f\n")))
    assert [(item.columns, item.first_row, item.header) for item in found if isinstance(item, Table)] == [
        (("ci", "닉네임"), 1, True),
        (("ci", "닉네임"), 3, True),
    ]


def test_binary_values_are_members_text_or_counted() -> None:
    packed = gzip.compress(b"a text that is packed and long enough to be taken for a file by itself" * 3)
    assert len(packed) >= 64
    found = read(
        stream(
            [("id", "text"), ("data", "bytes")],
            (4, as_csv([[1, packed], [2, "글".encode()], [3, b"\xff\0\xfe"], [4, None]], [False, True])),
        )
    )
    (member,) = [item for item in found if isinstance(item, Member)]
    assert member.asset.path == "public.members!/data/1"
    assert [row[1] for row in cells(found)] == [None, "글", "", None]
    (gap,) = [item for item in found if isinstance(item, Gap)]
    assert (gap.code, gap.size) == (GapCode.UNSUPPORTED_FILE_TYPE, 3)


def test_values_that_were_cut_are_counted() -> None:
    found = read(stream([("a", "text"), ("", "cut")], (3, b"x,1\ny,0\nz,1\n")))
    assert cells(found) == [["x"], ["y"], ["z"]]
    (gap,) = [item for item in found if isinstance(item, Gap)]
    assert gap.code == GapCode.FILE_EXCEEDS_SIZE_LIMIT
    assert gap.detail.startswith("2 rows")


def test_text_in_another_encoding_is_read_value_by_value() -> None:
    found = read(stream([("a", "text")], (2, "홍길동\n".encode() + "홍길동\n".encode("cp949"))))
    assert cells(found) == [["홍길동"], ["홍길동"]]


def test_what_does_not_fit_is_searched_as_text_and_told() -> None:
    found = read(stream([("a", "text"), ("b", "text")], (2, b"one,two,three needles\nx\n")))
    assert any("three needles" in item.text for item in found if isinstance(item, Text))
    assert [item.code for item in found if isinstance(item, Gap)] == [GapCode.UNABLE_TO_PARSE_FILE]


def test_a_stream_that_is_no_stream_is_never_clean() -> None:
    whole = stream([("a", "text")], (1, b"needle in the rows\n"))
    for data in (
        whole[:-5],
        whole[:20],
        rows.MAGIC + b"H\xff\xff\xff\xff",
        rows.MAGIC + rows.FRAME.pack(rows.HEAD, 2) + b"{]",
        whole + b"X\0\0\0\1a",
    ):
        assert GapCode.MALFORMED_FILE in [item.code for item in read(data) if isinstance(item, Gap)], data
