"""Archives and compressed files: every member is an asset of its own, which re-enters the walk."""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final, cast

from auditor.errors import ReadError
from auditor.extractors.archive_reader import (
    FORMAT_EMPTY,
    FORMAT_RAW,
    FORMAT_TAR,
    FORMAT_ZIP,
    ArchiveReader,
    Entry,
    LibraryMissingError,
)
from auditor.extractors.encodings import legacy_encoding
from auditor.extractors.limits import Budget, Limits
from auditor.extractors.zip_end import unread_of_zip
from auditor.model.asset import MEMBER_SEPARATOR, Asset, Gap, GapCode
from auditor.model.content import Content, Member, Source
from auditor.model.text import printable

_SUFFIXES: Final = (".gz", ".bz2", ".xz", ".zst", ".zstd", ".lz4", ".lzma", ".lz", ".z")
_SHORT: Final = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".tzst": ".tar", ".svgz": ".svg"}
_DOS_EPOCH: Final = 315_619_200
"""1980-01-02: zips made reproducible write 1980-01-01, others 0, and neither is a time of change."""

_TAR_END: Final = 1024
_NAME_ENCODINGS: Final = ("cp949", "gb18030")


class MemberStream(io.RawIOBase):
    """The bytes of one member, read on only. Where they cannot be read it ends, and `failed` says why."""

    def __init__(self, reader: ArchiveReader, budget: Budget) -> None:
        super().__init__()
        self._reader: ArchiveReader | None = reader
        self._budget = budget
        self.ended = False
        self.failed: ReadError | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Some bytes of the member; 0 at its end."""
        reader = self._reader
        if reader is None or self.ended:
            return 0
        try:
            self._budget.check()
            data = reader.read(len(buffer))
            self._budget.expand(len(data))
        except ReadError as error:
            self.failed, self.ended = error, True
            return 0
        self.ended = not data
        buffer[: len(data)] = data
        return len(data)

    def leave(self) -> None:
        """The archive moves on: whoever still holds the stream reads nothing more."""
        self._reader = None


class ArchiveExtractor:
    """Streams zip, tar, 7z, rar, cpio, ar, iso, cab, rpm and single compressed files through libarchive.

    Names are only names: nothing is extracted to disk. What cannot be read is a gap of the member, or of the archive if
    it is the archive that is damaged, encrypted or too large; the other members are still handed out.
    """

    def __init__(self, limits: Limits, budget: Budget | None = None) -> None:
        self._limits = limits
        self._budget = budget if budget is not None else Budget(limits)

    def extract(self, source: Source) -> Iterator[Content]:
        """`Member`s in the archive's order, and gaps."""
        asset = source.asset
        if asset.depth >= self._limits.archive_depth:
            detail = f"more than {self._limits.archive_depth} archives inside one another"
            yield _gap(asset, GapCode.ARCHIVE_NESTING_LEVEL_OVER_LIMIT, detail)
            return
        try:
            with ArchiveReader(source.stream, source.head, self._budget) as reader:
                yield from self._members(source, reader)
        except ReadError as error:
            if not _source_failed(source):
                yield _gap(asset, GapCode(error.code), error.detail)
        except LibraryMissingError:
            detail = "archives need libarchive: apt-get install libarchive13, or brew install libarchive"
            yield _gap(asset, GapCode.UNSUPPORTED_FILE_TYPE, detail)

    def _members(self, source: Source, reader: ArchiveReader) -> Iterator[Content]:
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
            yield from self._member(source, reader, entry, names)
        if reader.damaged:
            yield _gap(source.asset, GapCode.MALFORMED_FILE, f"a part was left out: {reader.damaged}")
        reader.drain()
        if _source_failed(source):
            return
        if reader.format == FORMAT_ZIP and (unread := unread_of_zip(reader.tail, reader.consumed, count)):
            yield _gap(source.asset, GapCode.ARCHIVE_CONTAINS_UNPROCESSED_FILES, unread)
        if reader.format == FORMAT_TAR and not reader.compressed and reader.tail[-_TAR_END:].strip(b"\0"):
            yield _gap(source.asset, GapCode.MALFORMED_FILE, "the tar has no end mark: it was cut off")

    def _member(self, source: Source, reader: ArchiveReader, entry: Entry, names: dict[int, int]) -> Iterator[Content]:
        raw = reader.format == FORMAT_RAW
        name = _inner_name(source.asset.name) if raw else _name(entry.name, source.encodings)
        asset = _asset(source.asset, name, entry, names)
        kind = entry.kind or stat.S_IFREG
        if stat.S_ISDIR(kind) or stat.S_ISLNK(kind) or (name.endswith("/") and not entry.size):
            return
        if entry.hard_link and not entry.size:
            return
        if not stat.S_ISREG(kind):
            yield _gap(asset, GapCode.SPECIAL_FILE, "a device, pipe or socket in an archive")
            return
        if entry.encrypted:
            yield _gap(asset, GapCode.PASSWORD_PROTECTED, "this member is encrypted")
            return
        stream = MemberStream(reader, self._budget)
        try:
            yield Member(asset=asset, stream=cast(BinaryIO, stream))
        finally:
            stream.leave()
        if stream.failed is not None:
            if not _source_failed(source):
                yield _gap(asset, GapCode(stream.failed.code), stream.failed.detail)
            if self._budget.spent:
                raise stream.failed
        elif not stream.ended and not raw and reader.format != FORMAT_ZIP:
            reader.skip()


def _asset(archive: Asset, name: str, entry: Entry, names: dict[int, int]) -> Asset:
    """The member as an asset. A name that comes again gets a number, so that each keeps an identity of its own."""
    name = name.replace(MEMBER_SEPARATOR, "!\\x2f")
    key = hash(name)
    again = names.get(key, 0) + 1
    names[key] = again
    modified = archive.modified
    if entry.modified is not None and entry.modified > _DOS_EPOCH:
        with suppress(OverflowError, ValueError, OSError):  # a time beyond the calendar is none
            modified = datetime.fromtimestamp(entry.modified, UTC)
    return replace(
        archive,
        path=f"{archive.path}{MEMBER_SEPARATOR}{name}{f' ({again})' if again > 1 else ''}",
        locator=None,
        size=entry.size,
        modified=modified,
    )


def _name(name: bytes, encodings: tuple[str, ...]) -> str:
    """A member's name, `printable`. Zips made on a Korean Windows hold CP949."""
    try:
        return printable(name.decode()) or "(no name)"
    except UnicodeDecodeError:
        pass
    for encoding in (legacy_encoding(name, encodings), *encodings, *_NAME_ENCODINGS):
        try:
            return printable(name.decode(encoding)) or "(no name)"
        except (UnicodeDecodeError, LookupError):
            continue
    return printable(name.decode("utf-8", "surrogateescape"))


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


def _gap(asset: Asset, code: GapCode, detail: str) -> Gap:
    return Gap(target=asset.target, path=asset.path, version=asset.version, code=code, detail=detail, size=asset.size)
