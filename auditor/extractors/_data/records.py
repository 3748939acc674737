"""Values of a binary format's documents (Avro, BSON, Redis, nested Arrow) → rows, flattened as JSON's are."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from auditor.extractors._data.runs import runs
from auditor.extractors.json_records import Flattener, Members
from auditor.extractors.limits import Limits
from auditor.extractors.tables import RecordBatches
from auditor.model.asset import Asset
from auditor.model.content import Table

_DEEP: Final = 200
_MOST_UNPACKED: Final = 4 << 20


class Records:
    """Gathers documents into `Table`s. `binary` counts the bytes of values whose printable text alone could be read.

    `special` makes a format's own types into text, bytes, numbers, dicts or lists.
    """

    def __init__(
        self, asset: Asset, limits: Limits, encodings: tuple[str, ...] = (), special: Callable[[Any], Any] | None = None
    ) -> None:
        self._special = special
        self._batches = RecordBatches(asset, limits)
        self._flattener = Flattener(self._batches)
        self._encodings = encodings
        self.binary = 0

    def add(self, table: str, value: Any) -> Iterator[Table]:
        """A document of a table; what is full is handed out."""
        for item in self._flattener.record(table, self.plain(value), 1):
            yield replace(item, lines=None)

    def flush(self) -> Iterator[Table]:
        """What is left."""
        for item in self._batches.flush():
            yield replace(item, lines=None)

    def plain(self, value: Any, depth: int = 0) -> Any:
        """Objects as `Members`, everything else as text, lists of them, or None. RecursionError where it is nested too deep."""
        kind = type(value)
        if kind is str:
            return value
        if value is None:
            return None
        if kind is int:
            return str(value)
        if depth > _DEEP:
            raise RecursionError
        if kind is dict:
            plain, name = self.plain, self._name
            return Members([(name(key), plain(item, depth + 1)) for key, item in value.items()])
        if kind is list:
            return [self.plain(item, depth + 1) for item in value]
        if self._special is not None:
            value = self._special(value)
            if type(value) is not kind:
                return self.plain(value, depth + 1)
        if isinstance(value, Mapping):
            return self.plain(dict(value), depth + 1)
        if isinstance(value, (tuple, set, frozenset)):
            return self.plain(list(value), depth + 1)
        if isinstance(value, (bytes, bytearray, memoryview)):
            return self.text(bytes(value))
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
            return str(int(value))
        return str(value)

    def text(self, value: bytes) -> str:
        """What bytes say: UTF-8 or another text as it is, zlib and gzip unpacked, else the printable runs, a line each."""
        try:
            text = value.decode()
            if not text.isprintable() and sum(not (c.isprintable() or c in "\t\r\n") for c in text) * 10 > len(text):
                raise UnicodeError
            return text
        except UnicodeError:
            pass
        if value[:1] == b"x" or value[:2] == b"\x1f\x8b":
            unpacked = _unpacked(value)
            if unpacked:
                return self.text(unpacked)
        for encoding in self._encodings:
            try:
                text = value.decode(encoding)
            except (UnicodeDecodeError, LookupError):
                continue
            if text.isprintable():
                return text
        self.binary += len(value)
        return "\n".join(runs(value, self._encodings))

    def _name(self, key: Any) -> str:
        return key if isinstance(key, str) else self.text(key) if isinstance(key, bytes) else str(key)


def _unpacked(value: bytes) -> bytes:
    """What a zlib or gzip value holds, up to a bound; b"" if it is none. Unpacked values never are unpacked again."""
    try:
        data = zlib.decompressobj(wbits=47).decompress(value, _MOST_UNPACKED)
    except zlib.error:
        return b""
    return data if data[:1] != b"x" and data[:2] != b"\x1f\x8b" else b""
