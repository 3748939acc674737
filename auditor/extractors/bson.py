"""BSON as mongodump writes it: a collection's documents one behind another, or many collections in an archive file.

Layout of an archive: mongo-tools, common/archive: mark, a header document, the collections' documents up to a terminator,
then blocks, each a namespace's document, documents of it, and a terminator.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any, Final

import bson
from bson import Binary, Code, DBRef, Regex, Timestamp
from bson.codec_options import CodecOptions, DatetimeConversion
from bson.errors import BSONError

from auditor.errors import ReadError
from auditor.extractors._data.exact import ExactReader
from auditor.extractors._data.records import Records
from auditor.extractors._data.runs import stream_runs, text_runs
from auditor.extractors.limits import Budget
from auditor.extractors.tables import without_surrogates
from auditor.model.asset import Gap, GapCode
from auditor.model.content import Content, Source

_ARCHIVE: Final = b"\x6d\xe2\x99\x81"
_END: Final = b"\xff\xff\xff\xff"
_LEAST: Final = 5
_MOST: Final = 64 << 20
"""Bytes of a document: MongoDB keeps to 16 MiB, dumps of its logs to a little more."""

_ENCRYPTED: Final = 6
"""Subtype of binary values that the client had encrypted."""

_UUIDS: Final = (3, 4)
_OPTIONS: Final[CodecOptions[dict[str, Any]]] = CodecOptions(
    unicode_decode_error_handler="replace", datetime_conversion=DatetimeConversion.DATETIME_AUTO
)


class BsonExtractor:
    """`Table`s with dotted paths, a document at a time. A document that is broken is searched as it is; so is all behind a
    length that cannot be.
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._limits = budget.limits

    def extract(self, source: Source) -> Iterator[Content]:
        """Rows, then gaps for what was broken, encrypted or no text."""
        walk = _Walk(source, self._budget)
        try:
            yield from walk.run()
        except ReadError as error:
            yield from walk.records.flush()
            yield walk.gap(GapCode(error.code), error.detail)


class _Walk:
    def __init__(self, source: Source, budget: Budget) -> None:
        self._source = source
        self._budget = budget
        self._reader = ExactReader(source.stream)
        self.records = Records(source.asset, budget.limits, source.encodings, self._special)
        self._encrypted = 0
        self._broken = 0
        self._table = without_surrogates(source.asset.name.removesuffix(".bson"))

    def run(self) -> Iterator[Content]:
        archive = self._reader.peek(4) == _ARCHIVE
        whole = True
        if archive:
            self._reader.exactly(4)
        number = 0
        while not self._reader.at_end():
            if not number % 100:
                self._budget.check()
            number += 1
            mark = self._reader.peek(4)
            if archive and mark == _END:
                self._reader.exactly(4)
                continue
            size = struct.unpack("<i", mark)[0] if len(mark) == 4 else 0
            if not _LEAST <= size <= _MOST:
                whole = False
                break
            at = self._reader.at
            try:
                data = self._reader.exactly(size)
            except EOFError:
                whole = False
                break
            yield from self._document(data, at, archive)
        yield from self.records.flush()
        if not whole:
            yield from stream_runs(self._reader, self._source.asset, self._source.encodings, self._budget)
        yield from self._gaps(whole)

    def _document(self, data: bytes, at: int, archive: bool) -> Iterator[Content]:
        try:
            document = bson.decode(data, _OPTIONS)
            rows = list(self.records.add(self._table, document))
        except (BSONError, ValueError, TypeError, KeyError, OverflowError, RecursionError, IndexError):
            self._broken += len(data)
            yield from self.records.flush()
            yield from text_runs(data, self._source.asset, self._source.encodings, first=at)
            return
        if archive and {"db", "collection", "EOF"} <= document.keys():
            self._table = without_surrogates(f"{document['db']}.{document['collection']}")
        yield from rows

    def _special(self, value: Any) -> Any:
        """BSON's own types as what people know."""
        if isinstance(value, Binary):
            if value.subtype == _ENCRYPTED:
                self._encrypted += len(value)
                return ""
            return value.hex() if value.subtype in _UUIDS and len(value) == 16 else bytes(value)
        if isinstance(value, Code):
            return {"code": str(value), "scope": value.scope} if value.scope else str(value)
        if isinstance(value, DBRef):
            return dict(value.as_doc())
        if isinstance(value, Regex):
            return value.pattern
        return value.time if isinstance(value, Timestamp) else value

    def _gaps(self, whole: bool) -> Iterator[Gap]:
        if not whole and getattr(self._source.stream, "failed", None) is None:
            detail = "the bson file is damaged or cut off: of the rest only its printable text was searched"
            yield self.gap(GapCode.MALFORMED_FILE, detail)
        if self._broken:
            detail = "documents of the bson file are broken: only their printable text was searched"
            yield self.gap(GapCode.MALFORMED_FILE, detail, self._broken)
        if self._encrypted:
            yield self.gap(GapCode.PASSWORD_PROTECTED, "fields that the client had encrypted", self._encrypted)
        if self.records.binary:
            detail = "binary values in a document: only their printable text was searched"
            yield self.gap(GapCode.UNSUPPORTED_FILE_TYPE, detail, self.records.binary)

    def gap(self, code: GapCode, detail: str, size: int | None = None) -> Gap:
        asset = self._source.asset
        return Gap(
            target=asset.target, path=asset.path, version=asset.version, code=code, detail=detail,
            size=asset.size if size is None else size,
        )  # fmt: skip
