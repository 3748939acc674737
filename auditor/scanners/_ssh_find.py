"""A folder that the account may not list, listed with sudo: by one fixed `find`, bounded as an SFTP server's listing is."""

from __future__ import annotations

import re
import stat
from typing import Final

from auditor.model.asset import GapCode
from auditor.scanners._posix import shown
from auditor.scanners._sftp_listing import Gathered, Listing
from auditor.scanners._sftp_wire import Attributes, Down, SftpDownError
from auditor.scanners._ssh_commands import FIND, as_root
from auditor.scanners._ssh_shell import Shell

_MOST_BYTES: Final = 256 << 20
_RECORD: Final = re.compile(rb"(\d+) ([0-7]+) (-?\d+)[.\d]* (\d+) ([^ /]+) (.)/(.+)", re.DOTALL)
_KINDS: Final = {
    b"f": stat.S_IFREG, b"d": stat.S_IFDIR, b"l": stat.S_IFLNK, b"p": stat.S_IFIFO, b"s": stat.S_IFSOCK, b"c": stat.S_IFCHR,
    b"b": stat.S_IFBLK,
}  # fmt: skip


def list_folder(shell: Shell, path: bytes) -> Listing | None:
    """A folder's entries; None where sudo, or find, refuses. SftpDownError where the shell is of no more use; TargetError."""
    shell.run(as_root(FIND, sudo=True), path + b"\0", paths=1)
    heard, status, _ = shell.take_rest(_MOST_BYTES)
    gathered = Gathered()
    for record in heard.split(b"\0"):
        if not record:
            continue
        found = _RECORD.fullmatch(record)
        if found is None:
            raise SftpDownError(Down.GARBLED)
        size, mode, modified, uid, owner, kind, name = found.groups()
        facts = Attributes(
            size=int(size), uid=int(uid), mode=_KINDS.get(kind, 0) | int(mode, 8), modified=max(int(modified), 0)
        )
        gathered.take(name, facts, lambda owner=owner: shown(owner))  # type: ignore[misc]
    if status:
        if not heard:
            return None
        gathered.cut = (GapCode.PERMISSION_DENIED, "A part of this folder could not be listed, not with sudo either.")
    return gathered.listing()
