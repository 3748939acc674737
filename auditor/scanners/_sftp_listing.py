"""A folder as an SFTP server lists it: bounded, packed, its names checked."""

from __future__ import annotations

import re
import stat
import struct
from collections.abc import Callable
from typing import Final, NamedTuple

from auditor.model.asset import GapCode
from auditor.model.noun import noun
from auditor.scanners._posix import shown
from auditor.scanners._sftp_wire import PERMISSION_DENIED, Attributes, Reader

MAX_ENTRIES: Final = 1_000_000
"""Entries of one folder, and MAX_NAME_BYTES what their names may hold: about 200 MB of memory at the very most."""
MAX_NAME_BYTES: Final = 64 << 20
MAX_NAME: Final = 1024
"""POSIX systems end at 255 bytes."""
MAX_OWNERS: Final = 1000

_ENTRY: Final = struct.Struct(">QIqI")
_LS_LINE: Final = re.compile(rb"[-bcdlps][-rwxsStT]{9}[+.@]? +[0-9]+ +([^ ]{1,64}) ")
_NO_SIZE: Final = (1 << 64) - 1
_UNKNOWN: Final = Attributes()


@noun
class Listing:
    """A folder: its entries in byte order of their names, and what was wrong with the answer, if anything was.

    An entry is packed (`Entry.of` unpacks it), so that a million of them fit into memory.
    """

    entries: list[bytes]
    owners: dict[int, str]
    folders: tuple[bytes, ...] = ()
    """Names of those that are known to be folders, in the same order."""
    bad_names: tuple[bytes, ...] = ()
    cut: tuple[GapCode, str] | None = None


class Entry(NamedTuple):
    """One entry of a folder. Its attributes are empty where the server did not say what kind of file it is."""

    name: bytes
    attributes: Attributes

    @classmethod
    def of(cls, packed: bytes) -> Entry:
        """Unpack an entry of a `Listing`."""
        size, mode, modified, uid = _ENTRY.unpack_from(packed, len(packed) - _ENTRY.size)
        name = packed[: -_ENTRY.size - 1]
        if not stat.S_IFMT(mode):
            return cls(name, _UNKNOWN)
        return cls(name, Attributes(None if size == _NO_SIZE else size, uid, mode, modified))


class Gathered:
    """A folder's entries while they arrive, within their bounds."""

    def __init__(self) -> None:
        self._entries: list[bytes] = []
        self._folders: set[bytes] = set()
        self._seen = 0
        self._bytes = 0
        self._bad: list[bytes] = []
        self._owners: dict[int, str] = {}
        self.cut: tuple[GapCode, str] | None = None

    @property
    def full(self) -> bool:
        """Whether no more is to be asked for."""
        return self.cut is not None

    @property
    def nothing(self) -> bool:
        """Whether no name was told, not even the folder's own."""
        return self._seen == 0 and self.cut is None

    def add(self, answer: Reader) -> None:
        """Take one answer's names."""
        count = answer.number()
        if count == 0:
            self.cut = (GapCode.SERVER_MISBEHAVED, "The server listed this folder without an end.")
        for _ in range(count):
            name = answer.string()
            line = answer.string()
            facts = answer.attributes()
            if not self.take(name, facts, lambda line=line, facts=facts: owner(line, facts.uid or 0)):  # type: ignore[misc]
                return

    def take(self, name: bytes, facts: Attributes, owner_of: Callable[[], str]) -> bool:
        """Take one name; False where it is one too many."""
        self._seen += 1
        self._bytes += len(name)
        if self._seen > MAX_ENTRIES or self._bytes > MAX_NAME_BYTES:
            self.cut = (
                GapCode.SERVER_MISBEHAVED,
                f"The server listed more than {MAX_ENTRIES:,} entries or {MAX_NAME_BYTES:,} bytes of names.",
            )
            return False
        if name in (b".", b".."):
            return True
        if not name or b"/" in name or b"\0" in name or len(name) > MAX_NAME:
            if len(self._bad) < 1000:
                self._bad.append(name[:256])
            return True
        if facts.uid is not None and facts.uid not in self._owners and len(self._owners) < MAX_OWNERS:
            self._owners[facts.uid] = owner_of()
        packed = _ENTRY.pack(
            _NO_SIZE if facts.size is None else facts.size, facts.mode or 0, facts.modified or 0, facts.uid or 0
        )
        self._entries.append(name + b"\0" + packed)
        if stat.S_ISDIR(facts.mode or 0):
            self._folders.add(name)
        return True

    def listing(self) -> Listing:
        """What arrived, sorted. A name may come twice where the folder changed meanwhile: it counts once."""
        self._entries.sort()
        entries = [
            entry
            for before, entry in zip([b"", *self._entries], self._entries, strict=False)
            if before[: -_ENTRY.size] != entry[: -_ENTRY.size]
        ]
        return Listing(
            entries=entries, owners=self._owners, folders=tuple(sorted(self._folders)), bad_names=tuple(self._bad), cut=self.cut,
        )  # fmt: skip


def owner(line: bytes, uid: int) -> str:
    """The owner's name in the line that servers send as `ls -l` writes it; the number where there is none."""
    found = _LS_LINE.match(line)
    return shown(found[1]) if found else str(uid)


def refused_midway(status: int) -> tuple[GapCode, str]:
    """The gap of a folder whose listing the server broke off."""
    code = GapCode.PERMISSION_DENIED if status == PERMISSION_DENIED else GapCode.UNREACHABLE
    return code, f"The server stopped listing this folder with SFTP status {status}."
