"""Avro container files: blocks of records, one block in memory. fastavro decodes, the container is read here: a block that is
damaged costs no more than itself (Avro 1.12 specification, "Object Container Files").
"""

from __future__ import annotations

import bz2
import io
import json
import lzma
import zlib
from collections.abc import Iterator
from typing import Any, Final

from auditor.errors import ReadError
from auditor.extractors._data.exact import ExactReader
from auditor.extractors._data.records import Records
from auditor.extractors._data.runs import Runs, stream_runs, text_runs
from auditor.extractors.limits import Budget
from auditor.extractors.tables import without_surrogates
from auditor.model.asset import GapCode
from auditor.model.content import Content, Source, Text
from auditor.model.text import printable

_MAGIC: Final = b"Obj\x01"
_MOST_HEADER: Final = 16 << 20
_MOST_BLOCK: Final = 64 << 20
_MOST_UNPACKED: Final = 128 << 20
_KNOWN: Final = frozenset({"avro.schema", "avro.codec", "avro.sync"})


class _BadBlockError(Exception):
    """The block cannot be decoded; the message says why, without its data."""


class AvroExtractor:
    """`Table`s with the schema's field names; the schema's words and other metadata are text."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._limits = budget.limits

    def extract(self, source: Source) -> Iterator[Content]:
        """Rows a block at a time; a gap for what is damaged or packed by an unknown codec."""
        reader = ExactReader(source.stream)
        records = Records(source.asset, self._limits, source.encodings)
        try:
            yield from self._file(source, reader, records)
        except ReadError as error:
            yield from records.flush()
            yield source.asset.gap(GapCode(error.code), error.detail)
        except EOFError:
            yield from records.flush()
            yield from text_runs(reader.left(), source.asset, source.encodings)
            if getattr(source.stream, "failed", None) is None:
                yield source.asset.gap(GapCode.MALFORMED_FILE, "the avro file is cut off: it ends within a block")
        except (ValueError, KeyError, TypeError, RecursionError, AttributeError) as error:
            yield from records.flush()
            yield from self._rest(source, reader)
            yield source.asset.gap(
                GapCode.MALFORMED_FILE, f"the avro file's header cannot be read ({type(error).__name__})"
            )
        if records.binary:
            detail = "binary values in a table: only their printable text was searched"
            yield source.asset.gap(GapCode.UNSUPPORTED_FILE_TYPE, detail, records.binary)

    def _rest(self, source: Source, reader: ExactReader) -> Iterator[Content]:
        yield from stream_runs(reader, source.asset, source.encodings, self._budget)

    def _file(self, source: Source, reader: ExactReader, records: Records) -> Iterator[Content]:
        if reader.exactly(4) != _MAGIC:
            raise ValueError
        notes = _notes(reader)
        sync = reader.exactly(16)
        for key, value in notes.items():
            if key not in _KNOWN:
                text = value.decode("utf-8", "replace")
                yield Text(asset=source.asset, text=text + "\n", part=f"file metadata, {printable(key)[:100]}")
        schema = json.loads(notes["avro.schema"])
        yield from _documentation(source, schema)
        decode = _decoder(schema)
        codec = notes.get("avro.codec", b"null").decode("ascii", "replace")
        name = str(schema.get("name", "")) if isinstance(schema, dict) else ""
        damaged = False
        while not reader.at_end():
            self._budget.check()
            count, size = _long(reader), _long(reader)
            data = reader.exactly(size) if 0 <= size <= _MOST_BLOCK and count >= 0 else b""
            if (not data and size) or reader.peek(16) != sync:
                damaged = True
                reader.back(data)
                yield from records.flush()
                yield from self._skipped(source, reader, sync)
                continue
            try:
                unpacked = _unpack(codec, data)
                self._budget.expand(len(unpacked) if codec != "null" else 0)
                for row in decode(unpacked, count, self._budget):
                    yield from records.add(without_surrogates(name), row)
            except _BadBlockError as error:
                yield from records.flush()
                yield from text_runs(data, source.asset, source.encodings, first=reader.at - size)
                code = GapCode.UNSUPPORTED_FILE_TYPE if "codec" in str(error) else GapCode.MALFORMED_FILE
                yield source.asset.gap(code, str(error), size)
            reader.exactly(16)
        yield from records.flush()
        if damaged:
            detail = "blocks of the avro file are damaged: of these only the printable text was searched"
            yield source.asset.gap(GapCode.MALFORMED_FILE, detail)

    def _skipped(self, source: Source, reader: ExactReader, sync: bytes) -> Iterator[Content]:
        """The printable runs up to behind the next sync mark."""
        finder = Runs(source.asset, source.encodings, first=reader.at)
        for piece in reader.until(sync):
            self._budget.check()
            yield from finder.feed(piece)
        yield from finder.feed(b"", last=True)


def _notes(reader: ExactReader) -> dict[str, bytes]:
    notes: dict[str, bytes] = {}
    total = 0
    while (count := _long(reader)) != 0:
        if count < 0:
            count = -count
            _long(reader)
        for _ in range(count):
            pair = []
            for _ in range(2):
                size = _long(reader)
                total += size
                if size < 0 or total > _MOST_HEADER:
                    raise ValueError
                pair.append(reader.exactly(size))
            notes[pair[0].decode("utf-8", "replace")] = pair[1]
    return notes


def _documentation(source: Source, schema: Any) -> Iterator[Text]:
    """`doc`, `default` and enum symbols of the schema: the file's own words beyond its rows."""
    words: list[str] = []
    stack = [schema]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            for key in ("doc", "default"):
                words += [node[key]] if isinstance(node.get(key), str) and node[key] else []
            stack.extend(value for value in node.values() if isinstance(value, (dict, list)))
        elif isinstance(node, list):
            stack.extend(value for value in node if isinstance(value, (dict, list)))
    if words:
        yield Text(asset=source.asset, text=without_surrogates("\n".join(words)) + "\n", part="schema")


def _long(reader: ExactReader) -> int:
    """A zigzag varint."""
    value = shift = 0
    while True:
        byte = reader.exactly(1)[0]
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return (value >> 1) ^ -(value & 1)
        shift += 7
        if shift > 63:
            raise ReadError(GapCode.MALFORMED_FILE, "a number in the avro file has no end")


def _unpack(codec: str, data: bytes) -> bytes:
    import pyarrow as pa

    try:
        if codec == "null":
            return data
        if codec == "deflate":
            unpacker = zlib.decompressobj(-15)
            result = unpacker.decompress(data, _MOST_UNPACKED)
            if unpacker.unconsumed_tail:
                raise _BadBlockError(f"a block of the avro file unpacks to more than {_MOST_UNPACKED} bytes")
            return result
        if codec == "snappy":
            size, at = 0, 0
            while True:
                size |= (data[at] & 0x7F) << (7 * at)
                at += 1
                if data[at - 1] < 0x80:
                    break
            if size > _MOST_UNPACKED:
                raise _BadBlockError(f"a block of the avro file unpacks to more than {_MOST_UNPACKED} bytes")
            return bytes(pa.Codec("snappy").decompress(data[:-4], decompressed_size=size, asbytes=True))
        if codec == "zstandard":
            stream = pa.CompressedInputStream(pa.BufferReader(data), "zstd")
            result = stream.read(_MOST_UNPACKED)
        elif codec == "bzip2":
            result = bz2.BZ2Decompressor().decompress(data, _MOST_UNPACKED)
        elif codec == "xz":
            result = lzma.LZMADecompressor(memlimit=256 << 20).decompress(data, _MOST_UNPACKED)
        else:
            raise _BadBlockError("the avro file is packed by a codec that this version does not know")
        if len(result) >= _MOST_UNPACKED:
            raise _BadBlockError(f"a block of the avro file unpacks to more than {_MOST_UNPACKED} bytes")
        return result
    except (zlib.error, OSError, lzma.LZMAError, EOFError, ValueError, IndexError, pa.ArrowException) as error:
        raise _BadBlockError("a block of the avro file cannot be unpacked") from error


def _decoder(schema: Any) -> Any:
    """A function from a block's bytes and its number of records to the records."""
    import fastavro

    try:
        parsed = fastavro.parse_schema(schema)
        plain = fastavro.parse_schema(_without_logical(schema))
    except (fastavro.schema.SchemaParseException, fastavro.schema.UnknownType) as error:
        raise ValueError("no schema") from error

    def decode(data: bytes, count: int, budget: Budget) -> Iterator[Any]:
        file = io.BytesIO(data)
        for number in range(count):
            if not number % 1000:
                budget.check()
            at = file.tell()
            if at == len(data) and number:
                return
            try:
                try:
                    row = fastavro.schemaless_reader(file, parsed, None, handle_unicode_errors="replace")
                except (ValueError, OverflowError, ArithmeticError):
                    file.seek(at)  # a date beyond the calendar: as the number it is
                    row = fastavro.schemaless_reader(file, plain, None, handle_unicode_errors="replace")
            except (
                EOFError,
                ValueError,
                TypeError,
                KeyError,
                IndexError,
                ArithmeticError,
                RecursionError,
                MemoryError,
            ) as error:
                raise _BadBlockError("a block of the avro file holds something else than its schema says") from error
            yield row
        if file.tell() != len(data):
            raise _BadBlockError("a block of the avro file holds more than its records")

    return decode


def _without_logical(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _without_logical(value) for key, value in node.items() if key != "logicalType"}
    return [_without_logical(item) for item in node] if isinstance(node, list) else node
