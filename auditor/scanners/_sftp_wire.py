"""The words of SFTP version 3 that a reader needs (draft-ietf-secsh-filexfer-02): none of them changes a file."""

from __future__ import annotations

import struct
from enum import Enum, IntEnum
from typing import Final, NamedTuple

from auditor.model.asset import GapCode

EOF: Final = 1
NO_SUCH_FILE: Final = 2
PERMISSION_DENIED: Final = 3

_USUAL: Final = 15
"""The flags of attributes with size, owner, mode and times, as OpenSSH sends them."""
_FACTS: Final = struct.Struct(">QIIIII")


class Kind(IntEnum):
    """A packet's first byte."""

    INIT = 1
    VERSION = 2
    OPEN = 3
    CLOSE = 4
    READ = 5
    LSTAT = 7
    FSTAT = 8
    OPENDIR = 11
    READDIR = 12
    REALPATH = 16
    STAT = 17
    STATUS = 101
    HANDLE = 102
    DATA = 103
    NAME = 104
    ATTRS = 105
    EXTENDED = 200
    EXTENDED_REPLY = 201


class SftpStatusError(Exception):
    """The server refused one request. Only its number is kept: the text is the vendor's."""

    def __init__(self, status: int) -> None:
        super().__init__(f"SFTP status {status}")
        self.status = status

    @property
    def gap(self) -> tuple[GapCode, str]:
        """What the refusal means for coverage."""
        if self.status == PERMISSION_DENIED:
            return GapCode.PERMISSION_DENIED, "The account may not read it."
        if self.status == NO_SUCH_FILE:
            return GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE, "It is not there any more."
        return GapCode.UNREACHABLE, f"The server could not read it (SFTP status {self.status})."


class Down(Enum):
    """Why a session is of no more use."""

    LOST = "The connection was lost."
    SILENT = "The server did not answer in time."
    GARBLED = "The server's answer was no SFTP."
    REFUSED = "The account may not run commands."


class SftpDownError(Exception):
    """The session is of no more use, and the connection with it."""

    def __init__(self, down: Down) -> None:
        super().__init__(down.value)
        self.down = down

    @property
    def gap(self) -> tuple[GapCode, str]:
        """What it means for the file or folder the session was lost on."""
        match self.down:
            case Down.LOST:
                return GapCode.UNREACHABLE, self.down.value
            case Down.SILENT:
                return GapCode.TIME_CUT_OFF_REACHED, self.down.value
            case Down.REFUSED:
                return GapCode.PERMISSION_DENIED, self.down.value
            case Down.GARBLED:
                return GapCode.SERVER_MISBEHAVED, self.down.value


class Attributes(NamedTuple):
    """What the server says of a file: bytes, POSIX mode with type, seconds since 1970."""

    size: int | None = None
    uid: int | None = None
    mode: int | None = None
    modified: int | None = None


class Reader:
    """Takes numbers and strings from an answer; GARBLED where it is too short."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        """The next `count` bytes."""
        end = self._at + count
        if end > len(self._data):
            raise SftpDownError(Down.GARBLED)
        part = self._data[self._at : end]
        self._at = end
        return part

    def number(self) -> int:
        """An unsigned number of 32 bits."""
        return int.from_bytes(self.take(4))

    def string(self) -> bytes:
        """A string of bytes."""
        start = self._at + 4
        end = start + int.from_bytes(self._data[self._at : start])
        if start > len(self._data) or end > len(self._data):
            raise SftpDownError(Down.GARBLED)
        self._at = end
        return self._data[start:end]

    def more(self) -> bool:
        """Whether anything is left."""
        return self._at < len(self._data)

    def attributes(self) -> Attributes:
        """The attributes of a file."""
        flags = self.number()
        if flags == _USUAL and self._at + _FACTS.size <= len(self._data):
            size, uid, _group, mode, _accessed, modified = _FACTS.unpack_from(self._data, self._at)
            self._at += _FACTS.size
            return Attributes(size, uid, mode, modified)
        size = int.from_bytes(self.take(8)) if flags & 1 else None
        uid = self.number() if flags & 2 else None
        if flags & 2:
            self.number()  # group
        mode = self.number() if flags & 4 else None
        if flags & 8:
            self.number()  # time of last access
        modified = self.number() if flags & 8 else None
        if flags & 0x80000000:
            for _ in range(self.number()):
                self.string()
                self.string()
        return Attributes(size=size, uid=uid, mode=mode, modified=modified)


def string(data: bytes) -> bytes:
    """A string as the protocol writes it: its length, then its bytes."""
    return len(data).to_bytes(4) + data
