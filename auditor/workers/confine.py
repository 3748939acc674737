"""Takes from a worker what it does not need: memory, files, the network. What the kernel cannot do is left out, and told.

Landlock needs no rights of its own (Linux 5.13; network rules 6.7). rlimits are everywhere.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same numbers on every architecture
_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE: Final = 1 << 14
_READ: Final = _EXECUTE | _READ_FILE | _READ_DIR
_FILE_ONLY: Final = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
# Filesystem rights and TCP rights that each version of the interface knows.
_RIGHTS: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_SYSTEM: Final = (
    "/usr", "/lib", "/lib64", "/bin", "/sbin", "/opt", "/nix", "/System", "/Library",
    "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/etc/mime.types", "/etc/alternatives",
    "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu", "/sys/fs/cgroup", "/dev/urandom",
)  # fmt: skip


def program_folders() -> tuple[str, ...]:
    """Where this program and its libraries lie. Not the current folder, which `python -m` puts among them."""
    own = str(Path(__file__).resolve().parents[2])
    here = os.path.realpath(".")
    paths = [path for path in sys.path if path and (os.path.realpath(path) != here or os.path.realpath(path) == own)]
    return (*paths, own, sys.prefix, sys.base_prefix)


def landlock_version() -> int:
    """The kernel's version of Landlock; 0 where there is none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_libc().syscall(_CREATE, None, ctypes.c_size_t(0), 1)))


def end_with_parent(parent: int) -> None:
    """Have the kernel end this process with its parent (Linux: prctl(2)): a parser in a loop would go on for nobody."""
    if sys.platform == "linux":
        _libc().prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
        if os.getppid() != parent:  # it ended in between
            os._exit(0)


def limit(*, memory: int, file_size: int) -> None:
    """Bound this process: `memory` bytes beyond what it holds now, no core dumps, no file larger than `file_size`."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for what, value in ((resource.RLIMIT_FSIZE, file_size), (resource.RLIMIT_DATA, _data_now() + memory)):
        _, hard = resource.getrlimit(what)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with suppress(ValueError, OSError):  # macOS knows no RLIMIT_DATA worth the name
            resource.setrlimit(what, (bound, bound))


def shut_in(readable: Iterable[str], writable: str) -> int:
    """Allow this process to read programs, libraries and `readable`, to write below `writable`, and no network.

    Returns the Landlock version in force; 0: the kernel has none, and only rlimits hold.
    """
    version = landlock_version()
    if not version:
        return 0
    rights = _RIGHTS[min(version, 5)]
    attributes = struct.pack("=Q", rights)
    if version >= 4:
        attributes += struct.pack("=Q", 3)  # TCP bind and connect: none is allowed
    if version >= 6:
        attributes += struct.pack("=Q", 3)  # abstract Unix sockets and signals beyond the worker
    libc = _libc()
    ruleset = int(libc.syscall(_CREATE, attributes, ctypes.c_size_t(len(attributes)), 0))
    if ruleset < 0:
        return 0
    try:
        for path in dict.fromkeys((*_SYSTEM, *readable)):
            _allow(libc, ruleset, path, _READ & rights)
        _allow(libc, ruleset, "/dev/null", (_READ_FILE | _WRITE_FILE) & rights)
        _allow(libc, ruleset, writable, rights)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        return 0 if libc.syscall(_RESTRICT, ruleset, 0) else version
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):  # noqa: PTH112 - a string from sys.path
            rights &= _FILE_ONLY
        libc.syscall(_ADD, ruleset, 1, struct.pack("=Qi", rights, descriptor), 0)
    finally:
        os.close(descriptor)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _data_now() -> int:
    """Bytes that count against RLIMIT_DATA at this moment."""
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:  # noqa: PTH123
            sizes = dict(line.split(":", 1) for line in status if line.startswith("VmData"))
        return int(sizes["VmData"].split()[0]) << 10
    except (OSError, KeyError, ValueError, IndexError):
        return 1 << 30
