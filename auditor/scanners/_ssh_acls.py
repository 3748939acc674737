"""Access lists beyond the modes (POSIX ACLs): whom a file lets in that its mode does not show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from auditor.model.asset import Control
from auditor.scanners._posix import shown
from auditor.scanners._sftp_wire import SftpDownError
from auditor.scanners._ssh_commands import ACLS
from auditor.scanners._ssh_shell import Shell

MOST: Final = 10_000
"""Files with a list of their own that are named; the number of all is said."""
_MOST_BYTES: Final = 64 << 20
_OCTAL: Final = re.compile(rb"\\(?:([0-7]{3})|(\\))")
_NAMED: Final = re.compile(r"(user|group):([^:\s]+):([r-][w-][x-])(?:\s+#effective:([r-][w-][x-]))?")
_UNKNOWN: Final = "ssh.acls"


def acl_controls(target: str, shell: Shell | None, roots: Sequence[tuple[bytes, bytes]], why: str) -> Iterator[Control]:
    """How many files have a list of their own, and each of them with the accounts that may read it. TargetError.

    `roots` are paths and how they are shown, as the walk's assets are. The number is None wherever a file's list may be
    unknown: without a `shell` (for the reason `why`), where the server has no getfacl, or it could not look at everything.
    """

    def unknown(detail: str) -> Control:
        return Control(target=target, name=_UNKNOWN, value=None, detail=detail)

    if shell is None:
        yield unknown(f"Access lists could not be looked at: {why}.")
        return
    if any(path == b"/" for path, _ in roots):
        why = "the whole server is audited, and looking at each file's would load it; name folders in paths"
        yield unknown(f"Access lists were not looked at: {why}.")
        return
    try:
        shell.run(ACLS, b"".join(path + b"\0" for path, _ in roots), paths=len(roots))
        said, status, _ = shell.take_rest(_MOST_BYTES)
    except SftpDownError:
        shell.close()
        yield unknown("Access lists could not be looked at to their end.")
        return
    if status == 127:
        yield unknown("Access lists could not be looked at: the server has no getfacl.")
        return
    files = list(_files(said))
    if status:
        yield unknown(f"{len(files)} lists were found, and not everything below the paths could be looked at.")
    elif len(files) > MOST:
        yield unknown(f"{len(files)} lists were found; only the first {MOST} are named.")
    else:
        detail = "Files and folders whose access list lets in more than their mode says."
        yield Control(target=target, name=_UNKNOWN, value=len(files), detail=detail)
    for path, readers in files[:MOST]:
        yield Control(
            target=target,
            name="ssh.acl",
            value=", ".join(readers),
            detail="Its access list lets them read it.",
            path=shown(_typed(path, roots)),
        )


def _typed(path: bytes, roots: Sequence[tuple[bytes, bytes]]) -> bytes:
    """The path below the root as the engagement names it."""
    for root, typed in sorted(roots, reverse=True):
        if path == root or path.startswith(root.rstrip(b"/") + b"/"):
            return typed + path[len(root) :]
    return path


def _files(said: bytes) -> Iterator[tuple[bytes, tuple[str, ...]]]:
    """Path, and who is named with a right to read, of each file that somebody is."""
    for block in said.split(b"\n\n"):
        head, _, rest = block.lstrip(b"\n").partition(b"\n")
        if not head.startswith(b"# file: "):
            continue
        path = _OCTAL.sub(lambda found: found[2] or bytes([int(found[1], 8) & 0xFF]), head.removeprefix(b"# file: "))
        readers = []
        for line in rest.decode("ascii", "replace").splitlines():
            found = _NAMED.fullmatch(line.strip())
            if found and (found[4] or found[3]).startswith("r"):
                readers.append(f"{found[1]} {found[2]}")
        if readers:
            yield path, tuple(readers)
