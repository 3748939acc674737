"""Rows, columns and small tables put together: nothing is lost, moved or counted twice."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pytest

from auditor.errors import ReadError
from auditor.extractors.limits import Limits
from auditor.extractors.tables import RecordBatches, RowBatch, string_array, together
from auditor.model.asset import Asset
from auditor.model.content import Table, Text

ASSET = Asset(target="t", path="x")


def columns(*values: str) -> pa.StringArray:
    return string_array(values)


def test_rows_and_columns_of_one_table_keep_their_order_and_lines() -> None:
    batch = RowBatch(ASSET, Limits(), ["a", "b"])
    given = [
        *batch.add(["1", "one"], 2, 4),
        *batch.add_arrays([columns("2", "3")], [3, 5], 2),
        *batch.add(["4", "four", "more"], 7, 9),
        *batch.flush(),
    ]
    (table,) = given
    assert table.columns == ("a", "b", "column 3")
    assert table.lines == (2, 3, 5, 7)
    assert [array.to_pylist() for array in table.arrays] == [
        ["1", "2", "3", "4"],
        ["one", None, None, "four"],
        [None, None, None, "more"],
    ]


def test_records_and_columns_of_one_table_keep_their_order_and_lines() -> None:
    batches = RecordBatches(ASSET, Limits())
    given = [
        *batches.add("t", [("a", "1"), ("b", "one")], 1),
        *batches.add_arrays("t", {"c": columns("x", "y"), "a": columns("2", "3")}, [2, 3], 4),
        *batches.add("t", [("b", "four")], 9),
        *batches.flush(),
    ]
    (table,) = given
    assert table.lines == (1, 2, 3, 9)
    assert dict(zip(table.columns, (array.to_pylist() for array in table.arrays), strict=True)) == {
        "a": ["1", "2", "3", None],
        "b": ["one", None, None, "four"],
        "c": [None, "x", "y", None],
    }


def _small(first: int, *values: str, name: str = "a") -> Table:
    return Table(asset=ASSET, columns=(name,), arrays=(columns(*values),), first_row=first)


def test_small_tables_become_one_up_to_the_bound_and_only_those_of_the_same_columns() -> None:
    note = Text(asset=ASSET, text="a note")
    items = [
        _small(1, "1", "2"),
        _small(3, "3"),
        _small(4, "4", "5", "6"),
        note,
        _small(7, "7"),
        _small(1, "8", name="b"),
    ]
    found = list(together(items, Limits(batch_rows=4)))
    assert [(item.first_row, item.arrays[0].to_pylist()) if isinstance(item, Table) else item for item in found] == [
        (1, ["1", "2", "3"]),
        (4, ["4", "5", "6"]),
        note,
        (7, ["7"]),
        (1, ["8"]),
    ]


def test_rows_before_a_failure_come_before_it() -> None:
    def items() -> Iterator[Table]:
        yield _small(1, "1")
        raise ReadError("UNREACHABLE", "the connection was lost")

    found = together(items(), Limits())
    assert next(found) == _small(1, "1")
    with pytest.raises(ReadError):
        next(found)
