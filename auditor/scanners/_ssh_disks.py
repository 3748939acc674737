"""Whether what is audited lies on an encrypted volume, from lsblk and /proc/self/mountinfo."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

_NETWORK: Final = re.compile(r"nfs\d?|cifs|smb\d?|fuse(?:\..*)?|ceph|glusterfs|9p|overlay|btrfs|zfs")
"""File systems whose volumes lsblk does not tell."""
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")


def encrypted(disks: str, mounts: str, paths: Sequence[str]) -> tuple[bool | None, str]:
    """True where all volumes of the paths are encrypted (dm-crypt), False where one is not, None where it cannot be seen.

    `disks`: `lsblk -Pno MAJ:MIN,KNAME,PKNAME,TYPE`; a sentence beside it.
    """
    rows = [dict(pair.partition("=")[::2] for pair in shlex.split(line)) for line in disks.splitlines() if line.strip()]
    if not rows:
        return None, "lsblk shows no disks to this account."
    numbers = {row.get("MAJ:MIN", row.get("MAJ_MIN", "")).strip(): row.get("KNAME", "") for row in rows}
    kinds = {row.get("KNAME", ""): row.get("TYPE", "") for row in rows}
    parents: dict[str, list[str]] = {}
    for row in rows:
        if row.get("PKNAME"):
            parents.setdefault(row.get("KNAME", ""), []).append(row["PKNAME"])
    unknown = ""
    for number, point, kind in _below(list(_mounts(mounts)), paths):
        if number not in numbers:
            if kind is not None:
                unknown = unknown or point
        elif not _is_encrypted(numbers[number], kinds, parents, 0):
            detail = f"{point} lies on no encrypted volume; what lies below the system cannot be seen from it."
            return False, detail
    if unknown or not paths or not mounts.strip():
        if unknown:
            return None, f"On what kind of volume {unknown} lies cannot be seen."
        return None, "On what kind of volume the paths lie cannot be seen."
    return True, "All volumes of the paths are encrypted (dm-crypt)."


def _is_encrypted(name: str, kinds: Mapping[str, str], parents: Mapping[str, list[str]], depth: int) -> bool:
    if kinds.get(name) == "crypt":
        return True
    above = parents.get(name, [])
    return bool(above) and depth < 16 and all(_is_encrypted(parent, kinds, parents, depth + 1) for parent in above)


def _mounts(said: str) -> Iterator[tuple[str, str, str]]:
    """Device number, mount point, file system (man 5 proc: mountinfo)."""
    for line in said.splitlines():
        words = line.split()
        if len(words) > 6 and "-" in words[6:-1]:
            point = _ESCAPED.sub(lambda found: chr(int(found[1], 8)), words[4])
            yield words[2], point, words[words.index("-", 6) + 1]


def _below(mounts: Sequence[tuple[str, str, str]], paths: Sequence[str]) -> Iterator[tuple[str, str, str | None]]:
    """The mount that each path lies in, and those below it; the kind None where a mount holds nothing that lasts."""
    for path in paths:
        above = [mount for mount in mounts if _within(path, mount[1])]
        if above:
            yield max(enumerate(above), key=lambda mount: (len(mount[1][1]), mount[0]))[1]
        for number, point, kind in mounts:
            if point != path and _within(point, path) and not _within(point, "/boot"):
                yield number, point, kind if _NETWORK.fullmatch(kind) else None


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")
