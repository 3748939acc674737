"""What a local disk and an SFTP server have in common: names as bytes, modes, times."""

from __future__ import annotations

import re
import stat
from datetime import UTC, datetime
from typing import Final

from auditor.model.asset import Gap, GapCode
from auditor.model.text import printable

_SPECIAL: Final = {
    stat.S_IFIFO: "a named pipe (FIFO)",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a character device",
    stat.S_IFBLK: "a block device",
}
_LAYER: Final = re.compile(
    rb"/overlay2?/(?:[0-9a-f]{64}(?:-init)?|[0-9a-z]{25})/diff/|/io\.containerd\.snapshotter\.v1\.overlayfs/snapshots/[0-9]+/fs/"
)
"""Where Docker, Podman and containerd keep the layers, whatever folder is their root."""


def shown(name: bytes) -> str:
    """A file name or path as a person may see it. Bytes that are no UTF-8 (a CP949 name) appear as `\\xNN`."""
    return printable(name.decode("utf-8", "surrogateescape"))


def joined(folder: bytes, name: bytes) -> bytes:
    """`folder/name`; a folder of b"." or b"" adds nothing."""
    if folder in (b"", b"."):
        return name
    return folder + name if folder.endswith(b"/") else folder + b"/" + name


def utc(seconds: float | None) -> datetime | None:
    """A POSIX time as an aware datetime; None for one that no calendar holds."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def is_whiteout(path: bytes, mode: int, device: int | None = None) -> bool:
    """Whether it only says, in a layer of a container's image, that a file of a lower layer was deleted.

    For overlayfs that is a character device with the number 0/0, which no driver has: `device`. SFTP does not tell it (None): there
    any character device counts that lies in a layer as Docker, Podman and containerd lay them out, and none elsewhere.
    """
    if not stat.S_ISCHR(mode):
        return False
    return _LAYER.search(path) is not None if device is None else device == 0


def special_file(target: str, path: str, mode: int) -> Gap:
    """The gap of what is neither file, folder nor symbolic link: opening it could hang, or act."""
    kind = _SPECIAL.get(stat.S_IFMT(mode), "not a regular file")
    return Gap(target=target, path=path, code=GapCode.SPECIAL_FILE, detail=f"It is {kind} and was not opened.")
