"""Names, assets and streams of what lies inside another file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import IO, Final, Protocol, cast

from auditor.extractors._encodings.choice import legacy_encoding
from auditor.extractors.decoding import Readable
from auditor.extractors.limits import Limits
from auditor.model.asset import MEMBER_SEPARATOR, Asset
from auditor.model.content import Content
from auditor.model.text import printable

_DOS_EPOCH: Final = 315_619_200
"""1980-01-02: zips made reproducible write 1980-01-01, others 0, and neither is a time of change."""

_NAME_ENCODINGS: Final = ("cp949", "gb18030")


class Gatherer(Protocol):
    """Looks at an archive's members on their way and keeps those that only make sense together."""

    def wants(self, name: str) -> bool:
        """Whether the member of this name, as the archive writes it, is to be handed to `take`."""
        ...

    def take(self, name: str, asset: Asset, stream: Readable) -> Iterator[Content]:
        """Keep the member, or hand it on."""
        ...

    def linked(self, name: str) -> None:
        """A link of this name stands in the archive."""
        ...

    def finish(self) -> Iterator[Content]:
        """After the archive's last member: what was kept. Raises nothing."""
        ...

    def close(self) -> None:
        """Let go of every temporary file."""
        ...


def shown_name(name: bytes, encodings: tuple[str, ...]) -> str:
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


def within(archive: Asset, name: str, *, joint: str = MEMBER_SEPARATOR) -> str:
    """The path of a member: its name cannot look like another archive's."""
    return f"{archive.path}{joint}{name.replace(MEMBER_SEPARATOR, _NO_SEPARATOR)}"


_NO_SEPARATOR: Final = "!\\x2f"


def member_asset(archive: Asset, path: str, *, size: int | None = None, modified: int | None = None) -> Asset:
    """A member as an asset: what nobody said of it is as the archive has it. `modified` in seconds since 1970."""
    when = archive.modified
    if modified is not None and modified > _DOS_EPOCH:
        with suppress(OverflowError, ValueError, OSError):  # a time beyond the calendar is none
            when = datetime.fromtimestamp(modified, UTC)
    return Asset(  # `replace` takes three times as long, a million times
        target=archive.target, path=path, size=size, modified=when, mode=archive.mode, owner=archive.owner,
        version=archive.version, current=archive.current,
    )  # fmt: skip


class Joined:
    """Some bytes, then a stream: what was looked at is read again."""

    def __init__(self, head: bytes, rest: Readable | None = None) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes, maybe fewer; b"" at the end."""
        if self._head:
            cut = len(self._head) if size < 0 else size
            data, self._head = bytes(self._head[:cut]), self._head[cut:]
            return data
        return b"" if self._rest is None else self._rest.read(size if size >= 0 else 1 << 20)


class Chunked:
    """A stream of what `chunks` gives, read on."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = memoryview(b"")

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes, maybe fewer; b"" at the end."""
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._left = memoryview(chunk)
        cut = len(self._left) if size < 0 else size
        data, self._left = bytes(self._left[:cut]), self._left[cut:]
        return data


class Segment:
    """A part of a file that others read too, read on."""

    def __init__(self, file: IO[bytes], offset: int, size: int) -> None:
        self._file = file
        self._at = offset
        self._end = offset + size

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes; b"" at the end."""
        left = self._end - self._at
        if self._file.closed or left <= 0:
            return b""
        self._file.seek(self._at)
        data = self._file.read(left if size < 0 else min(size, left))
        self._at += len(data)
        return data


class Spool:
    """One temporary file without a name for many members of an archive, up to `limits.spool_bytes`."""

    def __init__(self, limits: Limits) -> None:
        self._room = limits.spool_bytes
        self._file: IO[bytes] | None = None
        self._size = 0

    @property
    def file(self) -> IO[bytes]:
        """The file itself."""
        if self._file is None:
            self._file = cast(IO[bytes], tempfile.SpooledTemporaryFile(max_size=_SPOOL_MEMORY))  # noqa: SIM115 - close()
        return self._file

    def has_room(self, size: int | None) -> bool:
        """Whether so many bytes more would fit."""
        return size is not None and self._size + size <= self._room

    def keep(self, stream: Readable) -> tuple[int, int] | None:
        """Copy a stream to its end: (offset, size); None if there is no room, the stream is lost then."""
        start = self._size
        self.file.seek(start)
        while data := stream.read(256 << 10):
            if self._size + len(data) > self._room:
                self._size = start
                return None
            self.file.write(data)
            self._size += len(data)
        return start, self._size - start

    def segment(self, place: tuple[int, int]) -> Segment:
        """What was kept there, as a stream."""
        return Segment(self.file, *place)

    def close(self) -> None:
        """The file goes."""
        if self._file is not None:
            self._file.close()
            self._file = None


_SPOOL_MEMORY: Final = 8 << 20


def read_up_to(stream: Readable, size: int) -> bytes:
    """`size` bytes, fewer only at the stream's end."""
    parts = []
    while size > 0 and (data := stream.read(min(size, 1 << 20))):
        parts.append(data)
        size -= len(data)
    return b"".join(parts)
