"""Folders as a fixed `find` lists them, bounded as an SFTP server's listing is: many at a time, or with sudo one that is closed."""

from __future__ import annotations

import re
import stat
from collections.abc import Sequence
from typing import Final

from auditor.model.asset import GapCode
from auditor.scanners._posix import shown
from auditor.scanners._sftp_listing import MAX_ENTRIES, Gathered, Listing
from auditor.scanners._sftp_wire import Attributes, Down, SftpDownError
from auditor.scanners._ssh_commands import FIND, FOLDERS, as_root
from auditor.scanners._ssh_shell import Shell

_LATEST: Final = (1 << 32) - 1
"""The last second that SFTP can say."""
_RECORD: Final = re.compile(rb"(\d+) ([0-7]+) (-?\d+)[.\d]* (\d+) ([^/]*) (.)/(.+)", re.DOTALL)
_KINDS: Final = {
    b"f": stat.S_IFREG, b"d": stat.S_IFDIR, b"l": stat.S_IFLNK, b"p": stat.S_IFIFO, b"s": stat.S_IFSOCK, b"c": stat.S_IFCHR,
    b"b": stat.S_IFBLK,
}  # fmt: skip
_DENIED: Final = b": Permission denied"
_LETTERS: Final = dict(zip(b"\a\b\t\n\v\f\r'\\", (b"\\" + bytes([letter]) for letter in b"abtnvfr'\\"), strict=True))


def list_folder(shell: Shell, path: bytes) -> Listing | None:
    """A folder's entries with sudo; None where sudo, or find, refuses. SftpDownError as `Shell`; TargetError."""
    shell.run(as_root(FIND, sudo=True), path + b"\0", paths=1)
    gathered = Gathered()
    heard = 0
    for records in shell.records():
        for record in records:
            _take(gathered, record)
        heard += len(records)
        if heard > MAX_ENTRIES:
            raise SftpDownError(Down.GARBLED)
    status, _ = shell.status()
    if status:
        if not heard:
            return None
        gathered.cut = (GapCode.PERMISSION_DENIED, "A part of this folder could not be listed, not with sudo either.")
    return gathered.listing()


def list_folders(shell: Shell, paths: Sequence[bytes], most: int) -> dict[bytes, Listing | None]:
    """The folders at absolute paths, as far as they have `most` entries together, the first in any case.

    None for one that the account may not list, or that is gone. Nothing at all where something in one of several folders
    could not be looked at: ask for fewer. SftpDownError as `Shell`, and where the server knows none of the folders, lists
    without an end, or says what no `find` says; TargetError.
    """
    starts = {path.rstrip(b"/") + b"/.": path for path in paths}
    shell.run(FOLDERS, b"".join(start + b"\0" for start in starts), paths=len(paths))
    found: dict[bytes, Gathered] = {}
    entries: dict[bytes, int] = {}
    heard = 0
    start = b""
    gathered = None
    for records in shell.records():
        for record in records:
            if record[:1] == b"/":
                start = record[1:]
                if start not in starts or start in entries:
                    raise SftpDownError(Down.GARBLED)
                entries[start] = 0
                gathered = Gathered() if heard <= most or not found else None
                if gathered is not None:
                    found[start] = gathered
            elif gathered is not None:
                _take(gathered, record)
                entries[start] += 1
            elif not start:
                raise SftpDownError(Down.GARBLED)
        heard += len(records)
        if heard > max(MAX_ENTRIES, most):
            raise SftpDownError(Down.GARBLED)
    status, lines = shell.status()
    if not entries:
        raise SftpDownError(Down.GARBLED)  # no find that we know
    refused: set[bytes] = set()
    if status:
        fruitless = {b"find: '" + _quoted(start) + b"'" + _DENIED: start for start in starts if not entries.get(start)}
        refused = {fruitless[line] for line in lines if line in fruitless}
        others = [line for line in lines if line not in fruitless]
        if others and len(paths) > 1:
            return {}
        for other in others:
            code = GapCode.PERMISSION_DENIED if other.endswith(_DENIED) else GapCode.UNREACHABLE
            for gathered in found.values():
                gathered.cut = code, "Something in this folder could not be looked at."
    gone = starts.keys() - entries.keys()
    return {
        path: None if start in refused or start in gone else found[start].listing()
        for start, path in starts.items()
        if start in found or start in refused or start in gone
    }


def _take(gathered: Gathered, record: bytes) -> None:
    found = _RECORD.fullmatch(record)
    if found is None:
        raise SftpDownError(Down.GARBLED)
    size, mode, modified, uid, owner, kind, name = found.groups()
    facts = Attributes(int(size), int(uid), _KINDS.get(kind, 0) | int(mode, 8), min(max(int(modified), 0), _LATEST))
    gathered.take(name, facts, lambda: shown(owner))


def _quoted(name: bytes) -> bytes:
    """As GNU programs write a name in an error message, in the C locale."""
    return b"".join(_LETTERS.get(byte) or (bytes([byte]) if 0x20 <= byte < 0x7F else b"\\%03o" % byte) for byte in name)
