"""The parts of a zipped document, read forward through libarchive: what the zip's directory hides is met as well."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from typing import IO, Final

from auditor.errors import ReadError
from auditor.extractors._archive.reader import FORMAT_ZIP, ArchiveReader
from auditor.extractors._archive.zip_end import unread_of_zip
from auditor.extractors.archive import MemberStream
from auditor.extractors.limits import Budget
from auditor.model.asset import MEMBER_SEPARATOR, GapCode
from auditor.model.noun import noun
from auditor.model.text import printable

_PEEK: Final = 512
_NAMES: Final = 100_000


class PartStream:
    """A part's bytes, of which the first few were looked at already. `failed` says why it ended too early."""

    def __init__(self, stream: MemberStream) -> None:
        self._stream = stream
        self.head = b""
        while len(self.head) < _PEEK and (data := stream.read(_PEEK - len(self.head))):
            self.head += data
        self._ahead = self.head
        self.taken = len(self.head)

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes (all for -1, which only other libraries ask for); b"" at the end."""
        if self._ahead:
            if size < 0 or size >= len(self._ahead):
                data, self._ahead = self._ahead, b""
                return data + self.read() if size < 0 else data
            data, self._ahead = self._ahead[:size], self._ahead[size:]
            return data
        data = bytes(self._stream.read(size) or b"")
        self.taken += len(data)
        return data

    @property
    def failed(self) -> ReadError | None:
        """Why it could not be read to its end."""
        return self._stream.failed


@noun
class Part:
    """One member: its name, `printable`, and its bytes, which are good until the next part is asked for."""

    name: str
    size: int | None
    stream: PartStream

    @property
    def is_xml(self) -> bool:
        """Whether it begins like XML, whatever its name."""
        head = self.stream.head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:64].replace(b"\0", b"")
        if head.startswith((b"<?xml", b"<!--", b"<!DOCTYPE")):
            return not self.name.lower().endswith((".htm", ".html", ".mht"))
        return head[:1] == b"<" and self.name.lower().endswith((".xml", ".rels", ".vml", ".svg", ".hpf", ".rdf"))


@noun
class Unread:
    """Something of the package that cannot be read. `name` is a part's, or "" for the package."""

    name: str
    code: GapCode
    detail: str
    size: int | None = None


class Package:
    """A zip that was copied to where it can be read twice. `passwords` are tried on parts that are encrypted."""

    def __init__(self, file: IO[bytes], budget: Budget, passwords: tuple[str, ...] = ()) -> None:
        self.file = file
        self._budget = budget
        self._passwords = passwords

    def parts(self, *, final: bool) -> Iterator[Part | Unread]:
        """Every part in the zip's order. Only the `final` pass counts members and says what could not be read.

        ReadError when a budget is used up; all else is an `Unread`.
        """
        self.file.seek(0)
        count = 0
        read: dict[bytes, int] = {}
        try:
            with ArchiveReader(self.file, b"", self._budget, self._passwords) as reader:
                for entry in reader.entries():
                    count += 1
                    self._budget.check()
                    self._budget.expand(0)
                    name = printable(entry.name.decode("utf-8", "surrogateescape")) or "(no name)"
                    name = name.replace(MEMBER_SEPARATOR, "!\\x2f")
                    if stat.S_ISDIR(entry.kind) or stat.S_ISLNK(entry.kind) or (name.endswith("/") and not entry.size):
                        continue
                    if final:
                        self._count()
                    if entry.encrypted and not self._passwords:
                        if final:
                            detail = "this part is encrypted"
                            yield Unread(name=name, code=GapCode.PASSWORD_PROTECTED, detail=detail, size=entry.size)
                        continue
                    raw = MemberStream(reader, self._budget)
                    part = Part(name=name, size=entry.size, stream=PartStream(raw))
                    yield part
                    raw.leave()
                    if raw.ended and raw.failed is None and len(read) < _NAMES:
                        read[entry.name] = read.get(entry.name, 0) + part.stream.taken
                    if raw.failed is not None:
                        if self._budget.spent:
                            raise raw.failed
                        if final:
                            # A wrong password may pass the check of one byte: what comes out then is damaged.
                            code = GapCode.PASSWORD_PROTECTED if entry.encrypted else GapCode(raw.failed.code)
                            yield Unread(name=name, code=code, detail=raw.failed.detail, size=entry.size)
                if not final:
                    return
                if reader.damaged:
                    yield Unread(name="", code=GapCode.MALFORMED_FILE, detail=f"a part was left out: {reader.damaged}")
                reader.drain()
                if reader.format != FORMAT_ZIP:
                    yield Unread(name="", code=GapCode.MALFORMED_FILE, detail="begins like a zip and is none")
                elif unread := unread_of_zip(reader.tail, reader.consumed, count, read):
                    yield Unread(name="", code=GapCode.ARCHIVE_CONTAINS_UNPROCESSED_FILES, detail=unread)
        except ReadError as error:
            if self._budget.spent or error.code == GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT:
                raise
            if final:
                yield Unread(name="", code=GapCode(error.code), detail=error.detail)

    def _count(self) -> None:
        if self._budget.full:
            detail = f"more than {self._budget.limits.members} members in archives of this file"
            raise ReadError(GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT, detail)
        self._budget.members += 1
