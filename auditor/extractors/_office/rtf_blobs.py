"""Binary data within RTF, as hexadecimal digits or as bytes: pictures and embedded objects, as members."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, BinaryIO, Final, cast

from auditor.errors import ReadError
from auditor.extractors.limits import Budget
from auditor.model.asset import MEMBER_SEPARATOR, Asset, GapCode
from auditor.model.content import Member

BLOBS: Final = frozenset({b"pict", b"objdata", b"datastore", b"themedata", b"colorschememapping", b"blipuid", b"svb"})
"""The control words whose groups hold binary data."""

_IN_MEMORY: Final = 4 << 20
_SMALLEST: Final = 20
_NOT_HEX: Final = bytes(set(range(256)) - set(b"0123456789abcdefABCDEF"))


class Blobs:
    """The blobs of one document, one after the other; groups within a blob belong to it. `close` gives its file back."""

    def __init__(self, asset: Asset, budget: Budget) -> None:
        self._asset = asset
        self._budget = budget
        self._file: IO[bytes] | None = None
        self._kind = b""
        self._digit = b""
        self._count = 0

    def close(self) -> None:
        """Give the temporary file back."""
        if self._file is not None:
            self._file.close()

    def begin(self, word: bytes) -> None:
        """A group of binary data begins, called by its control word."""
        if self._file is None:
            self._file = cast(IO[bytes], tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 - see `close`
            self._kind, self._digit = word, b""

    def hexadecimal(self, data: bytes) -> None:
        """Some of its digits; what is none is left out."""
        digits = self._digit + data.translate(None, _NOT_HEX)
        even = len(digits) & ~1
        self._digit = digits[even:]
        if self._file is not None:
            self._file.write(bytes.fromhex(digits[:even].decode("ascii")))

    def raw(self, data: bytes) -> None:
        """Some of its bytes, as `\\bin` gives them."""
        if self._file is not None:
            self._file.write(data)

    def end(self) -> Iterator[Member]:
        """What is complete: a picture, or an object without its OLE 1.0 header ([MS-OLEDS] 2.2.5). ReadError beyond the limits."""
        file, self._file = self._file, None
        if file is None:
            return
        with file:
            size = file.tell()
            start = 0
            if self._kind == b"objdata":
                file.seek(0)
                start = _native(file.read(4096))
            if size - start < _SMALLEST:
                return
            file.seek(start)
            self._count += 1
            if self._budget.full:
                detail = f"more than {self._budget.limits.members} members in archives of this file"
                raise ReadError(GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT, detail)
            self._budget.members += 1
            self._budget.expand(size)
            what = {b"pict": "picture", b"objdata": "object"}.get(self._kind, self._kind.decode("ascii"))
            path = f"{self._asset.path}{MEMBER_SEPARATOR}{what} {self._count}"
            yield Member(
                asset=replace(self._asset, path=path, locator=None, size=size - start), stream=cast(BinaryIO, file)
            )


def _native(head: bytes) -> int:
    """Where an embedded object's own bytes begin; 0 if it has no such header."""
    at = 8
    if len(head) < 24 or head[4:8] != b"\2\0\0\0":
        return 0
    for _ in range(3):
        if at + 4 > len(head):
            return 0
        at += 4 + struct.unpack_from("<I", head, at)[0]
    return at + 4 if at + 4 <= len(head) else 0
