"""PostgreSQL dumps that are no script: `pg_dump -Fc`, and the tables of contents of `-Ft` and `-Fd`.

Read as the script that `pg_restore -f -` would write, made while it is read; libraries for it (pgdumplib) need to seek, and
fail on a dump that was written into a pipe.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import BinaryIO, Final, cast

from auditor import registry
from auditor.errors import ReadError
from auditor.extractors._archive.members import Chunked, Joined, Spool, member_asset, read_up_to, within
from auditor.extractors._archive.reader import ArchiveReader, LibraryMissingError
from auditor.extractors._data.pgdump_toc import (
    CUSTOM,
    GZIP,
    DumpReader,
    Entry,
    Head,
    MalformedError,
    UnknownVersionError,
)
from auditor.extractors.decoding import Readable
from auditor.extractors.limits import Budget
from auditor.model.asset import Asset, GapCode
from auditor.model.content import Content, Member, Source, Table, Text

_HEAD: Final = 64 << 10
_DATA: Final = 1
_LARGE_OBJECTS: Final = 3
_PART: Final = "as pg_restore -f - writes it"
_TOC: Final = re.compile(r"((?:.*/)?)toc\.dat")
_DATA_FILE: Final = re.compile(r"((?:.*/)?)(\d{1,10}\.dat)(\.(?:gz|lz4|zst))?")
_TOC_BYTES: Final = 64 << 20
_KEPT: Final = 32 << 20


class PgDumpExtractor:
    """Data as `Table`s under their tables' and columns' names, definitions as `Text`, large objects as `Member`s."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def extract(self, source: Source) -> Iterator[Content]:
        """All that can be read on; a gap where it cannot."""
        try:
            yield from _Dump(source, self._budget).run()
        except UnknownVersionError as error:
            detail = f"a PostgreSQL dump of {error}: write it as a script with pg_restore -f - and audit that"
            yield source.asset.gap(GapCode.UNSUPPORTED_FILE_TYPE, detail)
        except MalformedError as error:
            if getattr(source.stream, "failed", None) is None:
                yield source.asset.gap(GapCode.MALFORMED_FILE, f"the dump could not be read on: {error}")
        except ReadError as error:
            yield source.asset.gap(error.code, error.detail)


class _Dump:
    """One dump on its way through."""

    def __init__(self, source: Source, budget: Budget) -> None:
        self._source = source
        self._budget = budget
        self._reader = DumpReader(source.stream)
        self._copies: dict[int, bytes] = {}
        self._missing: set[int] = set()
        self._kept = 0
        self._objects = False
        self._failed: Exception | None = None
        self._damaged: list[str] = []

    def run(self) -> Iterator[Content]:
        """The script, interrupted by large objects."""
        head = self._reader.head()
        yield from self._as_sql(chain(self._definitions(head), self._tables(head)))
        while self._objects and self._failed is None:
            self._objects = False
            yield from self._large_objects(head)
            yield from self._as_sql(self._tables(head))
        for why in dict.fromkeys(self._damaged):
            yield self._source.asset.gap(GapCode.MALFORMED_FILE, why)
        if self._failed is not None:
            raise self._failed
        if self._missing:
            raise MalformedError(f"the data of {len(self._missing)} tables is missing")

    def _definitions(self, head: Head) -> Iterator[bytes]:
        try:
            for entry in self._reader.entries(head):
                self._budget.check()
                if entry.data:
                    self._missing.add(entry.number)
                if entry.copy:
                    self._kept += len(entry.copy) + 100
                    if self._kept > _KEPT:
                        raise MalformedError("its table of contents is too large")
                    self._copies[entry.number] = entry.copy
                yield entry.script()
        except (MalformedError, ReadError) as error:
            self._failed = error

    def _tables(self, head: Head) -> Iterator[bytes]:
        """Blocks of data up to large objects or the end."""
        if self._failed is not None or head.format != CUSTOM:
            return
        try:
            while not self._reader.at_end():
                kind, number = self._reader.byte(), self._reader.integer()
                self._missing.discard(number)
                if kind == _LARGE_OBJECTS:
                    self._objects = True
                    return
                if kind != _DATA:
                    raise MalformedError("a block is of an unknown kind")
                yield b"\n" + self._copies.get(number, b"")
                yield from self._block(head)
                yield b"\n"
        except (MalformedError, ReadError) as error:
            self._failed = error

    def _large_objects(self, head: Head) -> Iterator[Content]:
        while (number := self._reader.integer()) != 0:
            self._budget.members += 1
            self._budget.check()
            path = within(self._source.asset, f"large object {number}")
            chunks = self._guarded(self._block(head))
            yield Member(asset=member_asset(self._source.asset, path), stream=cast(BinaryIO, Chunked(chunks)))
            for _ in chunks:
                pass  # what nobody read
            if self._failed is not None:
                return

    def _guarded(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """A member's stream raises nothing: it ends, and the dump ends behind it."""
        try:
            yield from chunks
        except (MalformedError, ReadError) as error:
            self._failed = error

    def _block(self, head: Head) -> Iterator[bytes]:
        """A block's content, inflated. Where that is damaged, the block is gone over and noted."""
        chunks = self._reader.chunks()
        try:
            for piece in _inflated(chunks, head.compression, self._budget):
                self._budget.expand(len(piece))
                self._budget.check()
                yield piece
        except (zlib.error, _DamagedError):
            self._damaged.append("compressed data in the dump is damaged")
        except LibraryMissingError:
            self._damaged.append("the dump's compression needs libarchive: apt-get install libarchive13")
        for _ in chunks:
            self._budget.check()

    def _as_sql(self, script: Iterator[bytes]) -> Iterator[Content]:
        stream = Chunked(script)
        head = read_up_to(stream, _HEAD)
        source = replace(self._source, head=head, stream=cast(BinaryIO, Joined(head, stream)))
        for item in registry.load("extractors", "sql")(self._budget).extract(source):
            if isinstance(item, Table):  # its lines are those of a script that nobody has
                yield replace(item, lines=None, part="")
            elif isinstance(item, Text):
                yield replace(item, part=_PART)
            else:
                yield item


class _DamagedError(Exception):
    """Compressed data that cannot be read."""


def _inflated(chunks: Iterator[bytes], compression: int, budget: Budget) -> Iterator[bytes]:
    """What a block's pieces hold: as they are, zlib, or a frame of LZ4 or Zstandard, which libarchive reads."""
    if compression == 0:
        yield from chunks
    elif compression == GZIP:
        decoder = zlib.decompressobj()
        for chunk in chunks:
            data = chunk
            while data:
                yield decoder.decompress(data, 1 << 20)
                data = decoder.unconsumed_tail
                if decoder.eof:
                    break
        yield decoder.flush()
        if not decoder.eof:
            raise _DamagedError
    else:
        yield from decompressed(Chunked(chunks), budget)


def decompressed(stream: Readable, budget: Budget) -> Iterator[bytes]:
    """A stream that libarchive can decompress. _DamagedError where it cannot be read on."""
    head = stream.read(4096)
    if not head:
        return
    try:
        with ArchiveReader(Joined(head, stream), head, budget) as reader:
            for _ in reader.entries():
                while data := reader.read(256 << 10):
                    yield data
    except ReadError:
        if budget.spent:
            raise
        raise _DamagedError from None


class PgDumpGatherer:
    """The data files of `pg_dump -Ft` and `-Fd` in an archive get the COPY statement they belong to in front.

    The table of contents comes first in what pg_dump and our own bundles write; elsewhere the files wait for it.
    """

    def __init__(self, source: Source, budget: Budget) -> None:
        self._budget = budget
        self._spool = Spool(budget.limits)
        self._copies: dict[str, dict[str, bytes]] = {}
        self._waiting: list[tuple[str, str, str, Asset, tuple[int, int]]] = []
        self._source = source

    def wants(self, name: str) -> bool:
        """The table of contents, and files that are named as data is."""
        return name.endswith(("dat", "gz", "lz4", "zst")) and (
            _TOC.fullmatch(name) is not None or _DATA_FILE.fullmatch(name) is not None
        )

    def take(self, name: str, asset: Asset, stream: Readable) -> Iterator[Content]:
        """Read the table of contents and hand it on; hand on data under its statement."""
        if match := _TOC.fullmatch(name):
            head = read_up_to(stream, _TOC_BYTES)
            if head.startswith(b"PGDMP"):
                self._copies[match[1]] = _copies(head)
            yield Member(asset=asset, stream=cast(BinaryIO, Joined(head, stream)))
            return
        match = _DATA_FILE.fullmatch(name)
        assert match is not None
        folder, file, suffix = match[1], match[2], match[3] or ""
        if folder not in self._copies and self._spool.has_room(asset.size) and len(self._waiting) < 100_000:
            place = self._spool.keep(stream)
            if place is not None:
                self._waiting.append((folder, file, suffix, asset, place))
                return
            yield asset.gap(GapCode.FILE_EXCEEDS_SIZE_LIMIT, "larger than the archive says")
            return
        yield from self._data(folder, file, suffix, asset, stream)

    def linked(self, name: str) -> None:
        """Links hold nothing."""

    def finish(self) -> Iterator[Content]:
        """What waited."""
        for folder, file, suffix, asset, place in self._waiting:
            yield from self._data(folder, file, suffix, asset, self._spool.segment(place))

    def close(self) -> None:
        """The temporary file goes."""
        self._spool.close()

    def _data(self, folder: str, file: str, suffix: str, asset: Asset, stream: Readable) -> Iterator[Content]:
        copy = self._copies.get(folder, {}).get(file)
        if copy is None:
            yield Member(asset=asset, stream=cast(BinaryIO, stream))
            return
        if not suffix:
            yield Member(asset=asset, stream=cast(BinaryIO, Joined(copy, stream)))
            return
        inner = member_asset(asset, within(asset, file))
        content = _Decompressed(stream, self._budget)
        yield Member(asset=inner, stream=cast(BinaryIO, Joined(copy, content)))
        while content.read(256 << 10):
            pass  # to its end, so that damage is seen
        if content.gap is not None:
            yield asset.gap(*content.gap)


class _Decompressed:
    """A compressed data file, read on at the budget's cost; where it is damaged it ends and `gap` says so."""

    def __init__(self, stream: Readable, budget: Budget) -> None:
        self._chunks = Chunked(decompressed(stream, budget))
        self._budget = budget
        self.gap: tuple[GapCode, str] | None = None

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes; b"" at the end."""
        if self.gap is not None:
            return b""
        try:
            data = self._chunks.read(size)
            self._budget.expand(len(data))
            self._budget.check()
        except _DamagedError:
            self.gap = (GapCode.MALFORMED_FILE, "compressed data in the dump is damaged")
        except LibraryMissingError:
            self.gap = (GapCode.UNSUPPORTED_FILE_TYPE, "archives need libarchive: apt-get install libarchive13")
        except ReadError as error:
            self.gap = (GapCode(error.code), error.detail)
        else:
            return data
        return b""


def _copies(toc: bytes) -> dict[str, bytes]:
    """The COPY statement of each data file, as far as the table of contents can be read."""
    reader = DumpReader(io.BytesIO(toc))
    found: dict[str, bytes] = {}
    try:
        entry: Entry
        for entry in reader.entries(reader.head()):
            if entry.file and entry.copy:
                found[entry.file] = entry.copy
    except (MalformedError, UnknownVersionError):
        pass  # told of when it is read as a dump itself
    return found
