"""The keys that known_hosts files hold for a host (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT).

Own reader: paramiko's fails on the first @cert-authority line and takes a @revoked one as a host's name.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

SSH_PORT = 22


@dataclass(slots=True, kw_only=True)
class KnownKeys:
    """A host's keys by type, as the wire format's bytes; `revoked` ones must never be accepted."""

    trusted: dict[str, set[bytes]] = field(default_factory=dict)
    revoked: set[bytes] = field(default_factory=set)
    authorities: bool = False


def read_known_hosts(files: Iterable[Path], host: str, port: int) -> KnownKeys:
    """What the files say of a host. A file that is not there, or a line that says nothing to us, says nothing.

    As ssh does, a port other than 22 is looked for as `[host]:port` first and as the plain host after.
    """
    names = [host.lower()] if port == SSH_PORT else [f"[{host.lower()}]:{port}", host.lower()]
    lines = [line for file in files for line in _lines(file)]
    found = KnownKeys()
    for name in names:
        for line in lines:
            _take(line, name, found)
        if found.trusted:
            break
    return found


def _lines(file: Path) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _take(line: str, name: str, found: KnownKeys) -> None:
    marker, *fields = line.split() if line.lstrip().startswith("@") else ["", *line.split()]
    if len(fields) < 3 or not _names(fields[0], name):
        return
    try:
        key = base64.b64decode(fields[2], validate=True)
    except binascii.Error:
        return
    match marker:
        case "":
            found.trusted.setdefault(fields[1], set()).add(key)
        case "@revoked":
            found.revoked.add(key)
        case "@cert-authority":
            found.authorities = True
        case _:
            pass


def _names(patterns: str, name: str) -> bool:
    matched = False
    for pattern in patterns.split(","):
        if pattern.startswith("|1|"):
            matched = matched or _hashed(pattern, name)
        elif pattern.startswith("!"):
            if _glob(name, pattern[1:]):
                return False
        else:
            matched = matched or _glob(name, pattern)
    return matched


def _glob(name: str, pattern: str) -> bool:
    # only * and ? are wild in OpenSSH: a bracket stands for itself, as in [host]:port
    return fnmatchcase(name, pattern.lower().replace("[", "[[]"))


def _hashed(pattern: str, name: str) -> bool:
    try:
        salt, digest = (base64.b64decode(part, validate=True) for part in pattern.split("|")[2:4])
    except (ValueError, binascii.Error):
        return False
    return hmac.compare_digest(hmac.digest(salt, name.encode(), hashlib.sha1), digest)
