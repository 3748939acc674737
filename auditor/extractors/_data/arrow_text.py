"""Arrow batches → `Table`s of text: structs flattened to dotted columns, lists and maps as JSON, bytes as what they hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from auditor.extractors._data.runs import runs
from auditor.extractors.limits import Limits
from auditor.extractors.tables import column_name, string_array
from auditor.model.asset import Asset
from auditor.model.content import Table

_NESTED: Final = 32


class Columns:
    """Turns the batches of one file into `Table`s and counts rows. `binary`: the bytes of values that are no text."""

    def __init__(self, asset: Asset, limits: Limits) -> None:
        self._asset = asset
        self._limits = limits
        self._rows: dict[tuple[str, ...], int] = {}
        self.binary = 0

    def tables(self, batch: pa.RecordBatch) -> Iterator[Table]:
        """One table, or several if flattening made too many columns."""
        names: list[str] = []
        arrays: list[pa.StringArray] = []
        for number, (field, column) in enumerate(zip(batch.schema, batch.columns, strict=True), 1):
            column = _valid(column)
            for name, array in self._flat(field.name or column_name(number), column, 0):
                names.append(name)
                arrays.append(array)
        most = self._limits.columns
        for at in range(0, len(names), most):
            key = tuple(names[at : at + most])
            first = self._rows.get(key, 1)
            self._rows[key] = first + batch.num_rows
            if batch.num_rows:
                yield Table(asset=self._asset, columns=key, arrays=tuple(arrays[at : at + most]), first_row=first)

    def _flat(self, name: str, array: pa.Array, depth: int) -> Iterator[tuple[str, pa.StringArray]]:
        kind = array.type
        if isinstance(array, pa.ExtensionArray):
            yield from self._flat(name, array.storage, depth)
        elif pa.types.is_struct(kind) and kind.num_fields and depth < _NESTED:
            for field, child in zip(kind, array.flatten(), strict=True):
                yield from self._flat(f"{name}.{field.name}", child, depth + 1)
        elif pa.types.is_dictionary(kind):
            yield from self._flat(name, array.dictionary_decode(), depth)
        elif pa.types.is_run_end_encoded(kind):
            yield from self._flat(name, pc.run_end_decode(array), depth)
        else:
            yield name, self._text(array)

    def _text(self, array: pa.Array) -> pa.StringArray:
        kind = array.type
        if pa.types.is_string(kind):
            return array
        if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
            try:
                return _joined(array.cast(pa.binary()).cast(pa.string()))
            except pa.ArrowInvalid:
                return string_array([None if value is None else self._bytes(value) for value in array.to_pylist()])
        if pa.types.is_timestamp(kind):
            return _times(array)
        written = None if pa.types.is_nested(kind) or pa.types.is_duration(kind) else _written(array)
        if written is not None:
            return written
        return string_array([None if value is None else self._value(value) for value in _plain(array)])

    def _value(self, value: Any) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, bytes):
            return self._bytes(value)
        if isinstance(value, (list, dict, tuple)):
            return json.dumps(_json(value, self._bytes), ensure_ascii=False, default=str)
        return str(value)

    def _bytes(self, value: bytes) -> str:
        """UTF-8 as it is; of anything else the readable runs, each a line."""
        try:
            text = value.decode()
            if "\0" not in text or not text.strip("\0"):
                return text
        except UnicodeDecodeError:
            pass
        self.binary += len(value)
        return "\n".join(runs(value))


def _written(array: pa.Array) -> pa.StringArray | None:
    """As Arrow writes a type. None where it cannot (a view, an interval) or will not: then it is as Python writes it."""
    try:
        return _joined(_whole(array).cast(pa.string()))
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return None  # nothing is left out: `_text` writes each value itself


def _valid(column: pa.Array) -> pa.Array:
    """A column that can be read without harm; text that is no UTF-8 as bytes. ArrowInvalid if the file is damaged."""
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        if not pa.types.is_string(column.type) and not pa.types.is_large_string(column.type):
            raise
        column = column.view(pa.binary() if pa.types.is_string(column.type) else pa.large_binary())
        column.validate(full=True)
    return column


def _joined(array: pa.Array | pa.ChunkedArray) -> pa.StringArray:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _whole(array: pa.Array) -> pa.Array:
    """Numbers as people write them: whole ones without a fraction, whatever type holds them."""
    if not pa.types.is_floating(array.type):
        return array
    try:
        return array.cast(pa.int64())  # a column of whole numbers with gaps, which pandas keeps as floats
    except pa.ArrowInvalid:
        return array


def _times(array: pa.Array) -> pa.StringArray:
    """`2024-05-01 09:00:00` as in the value's own zone, without a fraction of nothing."""
    text = array.cast(pa.string())
    return pc.replace_substring_regex(text, pattern=r"\.0+(Z?)$", replacement=r"\1")


def _plain(array: pa.Array) -> list[Any]:
    try:
        return array.to_pylist()  # type: ignore[no-any-return]
    except (
        ValueError,
        OverflowError,
        pa.ArrowException,
    ):  # a date beyond the calendar: one of them must not cost the others
        values = []
        for item in array:
            try:
                values.append(item.as_py())
            except (ValueError, OverflowError, pa.ArrowException):
                values.append(str(getattr(item, "value", "")))
        return values


def _json(value: Any, text: Any) -> Any:
    """With what JSON lacks written out; a map of text keys is an object."""
    if isinstance(value, dict):
        return {str(key): _json(item, text) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        pairs = [item for item in value if isinstance(item, tuple) and len(item) == 2 and isinstance(item[0], str)]
        if pairs and len({key for key, _ in pairs}) == len(value):
            return {key: _json(item, text) for key, item in pairs}
        return [_json(item, text) for item in value]
    if isinstance(value, bytes):
        return text(value)
    if isinstance(value, (datetime, date, time)):
        return str(value)
    return value
