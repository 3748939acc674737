"""The head and the table of contents of PostgreSQL's own dump formats (pg_backup_archiver.c, format versions 1.10 to 1.16)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.extractors.decoding import Readable
from auditor.model.noun import noun

CUSTOM: Final = 1
TAR: Final = 3
DIRECTORY: Final = 5
GZIP: Final = 1
_OLDEST: Final = (1, 10)
_NEWEST: Final = (1, 16)
_HAS_DATA: Final = (1, 2)  # where it stands is not known (the dump was piped), or known
_LONGEST_STRING: Final = 64 << 20
_MOST_ENTRIES: Final = 2_000_000


class MalformedError(Exception):
    """The dump is damaged or cut off."""


class UnknownVersionError(Exception):
    """A version that is not known here."""


@noun
class Head:
    """`format` is CUSTOM, TAR or DIRECTORY; `compression` 0 none, 1 gzip, 2 LZ4, 3 Zstandard; `entries` how many follow."""

    version: tuple[int, int]
    format: int
    compression: int
    entries: int


@noun
class Entry:
    """One thing that was dumped. `copy` is the statement its data belongs to, `file` its file in a tar or a folder;
    `data`: a block of data of this number stands in the dump."""

    number: int
    tag: str
    kind: str
    schema: str
    definition: bytes
    copy: bytes
    owner: str
    file: str
    data: bool

    def script(self) -> bytes:
        """As `pg_restore -f -` writes it."""
        head = f"--\n-- Name: {self.tag}; Type: {self.kind}; Schema: {self.schema or '-'}; Owner: {self.owner}\n--\n\n"
        return head.encode("utf-8", "surrogateescape") + self.definition + b"\n"


class DumpReader:
    """Reads numbers, strings and blocks from a stream that only goes forward. MalformedError where it ends too early."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._block = b""
        self._at = 0
        self._integer = 4
        self._offset = 8

    def some(self, size: int) -> bytes:
        """Up to so many bytes, as they come; b"" at the end."""
        if self._at >= len(self._block):
            self._block, self._at = self._stream.read(256 << 10), 0
        data = self._block[self._at : self._at + size]
        self._at += len(data)
        return data

    def exactly(self, size: int) -> bytes:
        """So many bytes."""
        data = self._block[self._at : self._at + size]
        self._at += len(data)
        if len(data) == size:
            return data
        parts = [data]
        missing = size - len(data)
        while missing:
            self._block, self._at = self._stream.read(256 << 10), 0
            if not self._block:
                raise MalformedError("it ends too early")
            part = self._block[:missing]
            self._at = len(part)
            missing -= len(part)
            parts.append(part)
        return b"".join(parts)

    def byte(self) -> int:
        """One byte."""
        return self.exactly(1)[0]

    def at_end(self) -> bool:
        """Whether nothing follows."""
        if self._at >= len(self._block):
            self._block, self._at = self._stream.read(256 << 10), 0
        return not self._block

    def integer(self) -> int:
        """A sign, and bytes of which the first counts least."""
        data = self.exactly(1 + self._integer)
        value = int.from_bytes(data[1:], "little")
        return -value if data[0] else value

    def string(self) -> bytes | None:
        """A length, -1 for none, and bytes."""
        size = self.integer()
        if size < 0:
            return None
        if size > _LONGEST_STRING:
            raise MalformedError("a string in it is too long")
        return self.exactly(size)

    def text(self) -> str:
        """A string, "" for none."""
        return (self.string() or b"").decode("utf-8", "surrogateescape")

    def head(self) -> Head:
        """The head; UnknownVersionError if the rest cannot be read."""
        if self.exactly(5) != b"PGDMP":
            raise MalformedError("it does not begin as a dump does")
        version = (self.byte(), self.byte())
        if not _OLDEST <= version <= _NEWEST:
            raise UnknownVersionError(f"format version {version[0]}.{version[1]}")
        self.byte()  # the revision
        self._integer, self._offset = self.byte(), self.byte()
        form = self.byte()
        if not 1 <= self._integer <= 16 or not 1 <= self._offset <= 16 or form not in (CUSTOM, TAR, DIRECTORY):
            raise MalformedError("its head is damaged")
        compression = self.byte() if version >= (1, 15) else int(self.integer() != 0)
        for _ in range(7):
            self.integer()  # when it was made
        for _ in range(3):
            self.string()  # the database's name, the server's version, pg_dump's
        entries = self.integer()
        if not 0 <= entries <= _MOST_ENTRIES:
            raise MalformedError("its table of contents is damaged")
        return Head(version=version, format=form, compression=compression, entries=entries)

    def entries(self, head: Head) -> Iterator[Entry]:
        """The table of contents."""
        for _ in range(head.entries):
            number = self.integer()
            self.integer()  # whether data follows
            self.string()  # the catalogue's table
            self.string()  # the number there
            tag, kind = self.text(), self.text()
            if head.version >= (1, 11):
                self.integer()  # the section
            definition = self.string() or b""
            self.string()  # how to drop it
            copy = self.string() or b""
            schema = self.text()
            self.string()  # the table space
            if head.version >= (1, 14):
                self.string()  # the access method
            if head.version >= (1, 16):
                self.integer()  # the kind of relation
            owner = self.text()
            self.string()  # whether rows have numbers
            while self.string() is not None:
                pass  # what it depends on
            file, data = "", False
            if head.format == CUSTOM:
                data = self.exactly(1 + self._offset)[0] in _HAS_DATA
            else:
                file = self.text()
            yield Entry(
                number=number, tag=tag, kind=kind, schema=schema, definition=definition, copy=copy, owner=owner, file=file, data=data,
            )  # fmt: skip

    def chunks(self) -> Iterator[bytes]:
        """A block's pieces up to the one of no length."""
        while (size := self.integer()) != 0:
            if size < 0:
                raise MalformedError("a block's length is damaged")
            while size:
                piece = self.some(min(size, 256 << 10))
                if not piece:
                    raise MalformedError("it ends too early")
                size -= len(piece)
                yield piece
