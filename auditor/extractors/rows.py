"""A database's table on its way from the server (model/rows.py): every row under its columns' names, files in its cells as members."""

from __future__ import annotations

import csv
import io
import json
import struct
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
import pyarrow.csv

from auditor.errors import ReadError
from auditor.extractors._data.cells import file_in
from auditor.extractors._data.exact import ExactReader
from auditor.extractors._data.records import Records
from auditor.extractors._data.runs import text_runs
from auditor.extractors.limits import Budget
from auditor.extractors.tables import string_array, without_surrogates
from auditor.model import rows
from auditor.model.asset import GapCode
from auditor.model.content import Content, Source, Table

_LONGEST: Final = 1 << 30


class _DamagedError(Exception):
    """The stream is none of ours."""


class RowsExtractor:
    """`Table`s in the server's order, `Member`s of values that are files, and gaps for what is binary or was cut."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def extract(self, source: Source) -> Iterator[Content]:
        """Block by block. A stream that breaks off is the scanner's to tell."""
        reader = ExactReader(source.stream)
        table: _Table | None = None
        detail = ""
        try:
            if reader.exactly(len(rows.MAGIC)) != rows.MAGIC:
                raise _DamagedError
            table = _Table(source, self._budget, _columns(_frame(reader, rows.HEAD)))
            while not reader.at_end():
                self._budget.check()
                yield from table.block(_frame(reader, rows.ROWS))
        except EOFError:
            yield from text_runs(reader.left(), source.asset, source.encodings, part="the rows where it breaks off")
            if getattr(source.stream, "failed", None) is None:
                detail = "the stream of a table's rows is cut off"
        except ReadError as error:
            yield source.asset.gap(GapCode(error.code), error.detail, part=True)
        except (_DamagedError, ValueError, KeyError, TypeError, struct.error):
            detail = "the stream of a table's rows is damaged"
        if detail:
            yield source.asset.gap(GapCode.MALFORMED_FILE, detail)
        if table is not None:
            yield from table.gaps()


def _frame(reader: ExactReader, kind: bytes) -> bytes:
    found, size = rows.FRAME.unpack(reader.exactly(rows.FRAME.size))
    if found != kind or size > _LONGEST:
        raise _DamagedError
    return reader.exactly(size)


def _columns(data: bytes) -> list[tuple[str, str]]:
    return [(without_surrogates(str(name)), str(kind)) for name, kind in json.loads(data)["columns"]]


class _Table:
    """One table on its way through."""

    def __init__(self, source: Source, budget: Budget, columns: list[tuple[str, str]]) -> None:
        self._source = source
        self._budget = budget
        self._columns = columns
        self._values = Records(source.asset, budget.limits, source.encodings)
        self._next = 1
        self._cut = 0
        self._unread = 0

    def block(self, data: bytes) -> Iterator[Content]:
        """A block's rows: a `Table`, or several of a table with very many columns."""
        (count,) = rows.COUNT.unpack_from(data)
        body = data[rows.COUNT.size :]
        if not count or not self._columns:  # a table without columns has rows all the same
            return
        cells = self._parsed(body, count)
        if cells is None:
            self._unread += len(body)
            yield from text_runs(body, self._source.asset, self._source.encodings, part=f"from row {self._next}")
            self._next += count
            return
        names: list[str] = []
        arrays: list[pa.StringArray] = []
        for (name, kind), column in zip(self._columns, cells, strict=True):
            if kind == "cut":
                self._cut += sum(value == b"1" for value in column.to_pylist())
                continue
            if kind == "bytes":
                texts: list[str | None] = []
                for row, value in enumerate(column.to_pylist(), self._next):
                    yield from self._bytes(name, row, value, texts)
                array = string_array(texts)
            else:
                array = self._text(column)
            names.append(name)
            arrays.append(array)
        most = self._budget.limits.columns
        for at in range(0, len(names), most):
            yield Table(
                asset=self._source.asset, columns=tuple(names[at : at + most]), arrays=tuple(arrays[at : at + most]),
                first_row=self._next,
            )  # fmt: skip
        self._next += count

    def gaps(self) -> Iterator[Content]:
        """What could not be read as it should."""
        asset = self._source.asset
        if self._unread:
            detail = "rows that do not fit the table's columns: their text was searched without the columns' names"
            yield asset.gap(GapCode.UNABLE_TO_PARSE_FILE, detail, self._unread)
        if self._cut:
            detail = f"{self._cut} rows hold values longer than can be read: only the start of these was examined"
            yield asset.gap(GapCode.FILE_EXCEEDS_SIZE_LIMIT, detail, part=True)
        if self._values.binary:
            detail = "binary values in the table: only their printable text was searched"
            yield asset.gap(GapCode.UNSUPPORTED_FILE_TYPE, detail, self._values.binary)

    def _parsed(self, body: bytes, count: int) -> list[pa.BinaryArray] | None:
        """The block's cells, a column each; None if they are not `count` rows of the table's width."""
        names = [str(number) for number in range(len(self._columns))]
        try:
            table = pyarrow.csv.read_csv(
                pa.BufferReader(body),
                read_options=pyarrow.csv.ReadOptions(use_threads=False, column_names=names, block_size=len(body) + 64),
                parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
                convert_options=pyarrow.csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.binary()), strings_can_be_null=False, check_utf8=False
                ),
            )
        except pa.ArrowInvalid:
            return _record_by_record(body, count, len(names))
        if table.num_rows != count:
            return _record_by_record(body, count, len(names))
        return [table.column(number).combine_chunks() for number in range(len(names))]

    def _text(self, column: pa.BinaryArray) -> pa.StringArray:
        try:
            return column.cast(pa.string())
        except pa.ArrowInvalid:  # a database without an encoding, or columns that lie about theirs
            return string_array([self._values.text(value) for value in column.to_pylist()])

    def _bytes(self, name: str, row: int, value: bytes, texts: list[str | None]) -> Iterator[Content]:
        if not value:
            texts.append(None)
            return
        data = bytes.fromhex(value[2:].decode("ascii")) if value[:2] == b"\\x" else value
        member = file_in(self._source.asset, self._budget, data, f"{name}/{row}")
        if member is None:
            texts.append(self._values.text(data))
        else:
            texts.append(None)
            yield member


def _record_by_record(body: bytes, count: int, width: int) -> list[Any] | None:
    """The same by the standard library, which has no bound on a row's length that Arrow may have."""
    csv.field_size_limit(_LONGEST)
    text = io.StringIO(body.decode("utf-8", "surrogateescape"), newline="")
    found = [row or [""] for row in csv.reader(text, strict=False)]
    if len(found) != count or any(len(row) != width for row in found):
        return None
    return [pa.array([row[at].encode("utf-8", "surrogateescape") for row in found], pa.binary()) for at in range(width)]
