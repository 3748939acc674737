"""Archives and compressed files: every member is an asset of its own, which re-enters the walk."""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, cast

from auditor.errors import ReadError
from auditor.extractors._archive.container import ImageGatherer, Layer
from auditor.extractors._archive.members import Gatherer, member_asset, shown_name, within
from auditor.extractors._archive.reader import (
    FORMAT_CPIO,
    FORMAT_EMPTY,
    FORMAT_RAW,
    FORMAT_TAR,
    FORMAT_ZIP,
    ArchiveReader,
    Entry,
    LibraryMissingError,
)
from auditor.extractors._archive.zip_end import unread_of_zip, zip_comment
from auditor.extractors._git.gather import GitGatherer
from auditor.extractors._git.layout import Bundle
from auditor.extractors.limits import Budget, too_deep
from auditor.extractors.pgdump import PgDumpGatherer
from auditor.model.asset import MEMBER_SEPARATOR, Asset, GapCode
from auditor.model.content import Content, Member, Source, Text

_SUFFIXES: Final = (".gz", ".bz2", ".xz", ".zst", ".zstd", ".lz4", ".lzma", ".lz", ".z")
_SHORT: Final = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".tzst": ".tar", ".svgz": ".svg"}
_TAR_END: Final = 1024
_CPIO_END: Final = 300
"""A header, the end's own, and what fills them up: libarchive looks for the next header without a word."""

_ZIP_NAMES: Final = 200_000


class MemberStream(io.RawIOBase):
    """The bytes of one member, read on only. Where they cannot be read it ends, and `failed` says why."""

    def __init__(self, reader: ArchiveReader, budget: Budget) -> None:
        super().__init__()
        self._reader: ArchiveReader | None = reader
        self._budget = budget
        self.ended = False
        self.count = 0
        self.failed: ReadError | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Some bytes of the member; 0 at its end."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes, maybe fewer; b"" at the end."""
        reader = self._reader
        if reader is None or self.ended:
            return b""
        try:
            self._budget.check()
            data = reader.read(size if size >= 0 else 1 << 20)
            self._budget.expand(len(data))
        except ReadError as error:
            self.failed, self.ended = error, True
            return b""
        self.ended = not data and size != 0
        self.count += len(data)
        return data

    def leave(self) -> None:
        """The archive moves on: whoever still holds the stream reads nothing more."""
        self._reader = None


class ArchiveExtractor:
    """Streams zip, tar, 7z, rar, cpio, ar, iso, cab, rpm and single compressed files through libarchive.

    Names are only names: nothing is extracted to disk. What cannot be read is a gap of the member, or of the archive if
    it is the archive that is damaged, encrypted or too large; the other members are still handed out.
    """

    def __init__(self, budget: Budget) -> None:
        self._limits = budget.limits
        self._budget = budget
        self._read: dict[bytes, int] = {}  # of a zip: bytes by name, of members that were read to their end

    def extract(self, source: Source) -> Iterator[Content]:
        """`Member`s in the archive's order, and gaps."""
        asset = source.asset
        if (gap := too_deep(asset, self._limits)) is not None:
            yield gap
            return
        gatherers: list[Gatherer] = [
            each(source, self._budget) for each in (GitGatherer, ImageGatherer, PgDumpGatherer)
        ]
        try:
            try:
                with ArchiveReader(source.stream, source.head, self._budget, source.passwords) as reader:
                    yield from self._members(source, reader, gatherers)
            except ReadError as error:
                if not _source_failed(source):
                    yield asset.gap(error.code, error.detail)
            except LibraryMissingError:
                detail = "archives need libarchive: apt-get install libarchive13, or brew install libarchive"
                yield asset.gap(GapCode.UNSUPPORTED_FILE_TYPE, detail)
            for gatherer in gatherers:
                yield from gatherer.finish()
        finally:
            for gatherer in gatherers:
                gatherer.close()

    def _members(self, source: Source, reader: ArchiveReader, gatherers: list[Gatherer]) -> Iterator[Content]:
        names: dict[int, int] = {}
        count = 0
        for entry in reader.entries():
            count += 1
            if reader.format == FORMAT_RAW and not reader.compressed:
                raise ReadError(GapCode.MALFORMED_FILE, "begins like an archive and is none")
            if reader.format == FORMAT_EMPTY:
                return
            if self._budget.full:
                detail = f"more than {self._limits.members} members in archives of this file"
                raise ReadError(GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT, detail)
            self._budget.members += 1
            self._budget.expand(0)
            self._budget.check()
            yield from self._member(source, reader, entry, names, gatherers)
        if reader.damaged:
            yield source.asset.gap(GapCode.MALFORMED_FILE, f"a part was left out: {reader.damaged}")
        reader.drain()
        if _source_failed(source):
            return
        if reader.unpacking:
            yield source.asset.gap(GapCode.MALFORMED_FILE, reader.unpacking)
        if reader.format == FORMAT_ZIP and (comment := zip_comment(reader.tail)):
            yield Text(
                asset=source.asset, text=shown_name(comment, source.encodings) + "\n", part="the archive's comment"
            )
        if reader.format == FORMAT_ZIP and (unread := unread_of_zip(reader.tail, reader.consumed, count, self._read)):
            yield source.asset.gap(GapCode.ARCHIVE_CONTAINS_UNPROCESSED_FILES, unread)
        if reader.format == FORMAT_CPIO:
            if reader.end - reader.last > _CPIO_END:
                yield source.asset.gap(GapCode.MALFORMED_FILE, "a part was left out: a damaged header")
            if not reader.compressed and reader.tail[-max(1, reader.consumed - reader.end) :].strip(b"\0"):
                detail = "what follows the cpio archive was not read"
                yield source.asset.gap(GapCode.ARCHIVE_CONTAINS_UNPROCESSED_FILES, detail)
        if reader.format == FORMAT_TAR and not reader.compressed and reader.tail[-_TAR_END:].strip(b"\0"):
            yield source.asset.gap(GapCode.MALFORMED_FILE, "the tar has no end mark: it was cut off")

    def _member(
        self, source: Source, reader: ArchiveReader, entry: Entry, names: dict[int, int], gatherers: list[Gatherer]
    ) -> Iterator[Content]:
        raw = reader.format == FORMAT_RAW
        name = _inner_name(source.asset.name) if raw else shown_name(entry.name, source.encodings)
        joint = "/" if isinstance(source.asset.locator, Bundle) else MEMBER_SEPARATOR
        asset = _asset(source.asset, name, entry, names, joint)
        kind = entry.kind or stat.S_IFREG
        if stat.S_ISLNK(kind):
            for gatherer in gatherers:
                gatherer.linked(name)
            return
        if (stat.S_ISDIR(kind) and not entry.size) or (name.endswith("/") and not entry.size):
            return
        if entry.hard_link and not entry.size:
            return
        if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):  # a folder that holds bytes is read as a file
            yield asset.gap(GapCode.SPECIAL_FILE, "a device, pipe or socket in an archive")
            return
        if entry.encrypted and not source.passwords:
            yield asset.gap(GapCode.PASSWORD_PROTECTED, "this member is encrypted")
            return
        stream = MemberStream(reader, self._budget)
        readable = cast(BinaryIO, stream)
        try:
            for gatherer in gatherers:
                if not raw and gatherer.wants(name):
                    yield from gatherer.take(name, asset, readable)
                    break
            else:
                yield Member(asset=asset, stream=readable)
        finally:
            stream.leave()
        if reader.format == FORMAT_ZIP and stream.ended and stream.failed is None and len(self._read) < _ZIP_NAMES:
            self._read[entry.name] = self._read.get(entry.name, 0) + stream.count
        if stream.failed is not None:
            if not _source_failed(source):
                failed = stream.failed
                locked = entry.encrypted and not self._budget.spent
                yield asset.gap(GapCode.PASSWORD_PROTECTED if locked else failed.code, failed.detail)
            if self._budget.spent:
                raise stream.failed
        elif not stream.ended and not raw and reader.format != FORMAT_ZIP:
            reader.skip()


def _asset(archive: Asset, name: str, entry: Entry, names: dict[int, int], joint: str) -> Asset:
    """The member as an asset. A name that comes again gets a number, so that each keeps an identity of its own."""
    key = hash(name)
    again = names.get(key, 0) + 1
    names[key] = again
    note = archive.locator.note(name) if isinstance(archive.locator, Layer) else ""
    path = within(archive, f"{name}{f' ({again})' if again > 1 else ''}{note}", joint=joint)
    return member_asset(archive, path, size=entry.size, modified=entry.modified)


def _inner_name(name: str) -> str:
    """The name of what a compressed file holds: `users.csv.gz` holds `users.csv`, `backup.tgz` holds `backup.tar`."""
    low = name.lower()
    for suffix in _SUFFIXES:
        if low.endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)]
    for suffix, full in _SHORT.items():
        if low.endswith(suffix):
            return name[: -len(suffix)] + full
    return name


def _source_failed(source: Source) -> bool:
    """Whether it was the source that could not be read: then that is the reason, and the pipeline notes it."""
    return getattr(source.stream, "failed", None) is not None
