"""What a server's sshd does with its written configuration, worked out on this machine.

`sshd -T` needs root on the server, and none here: the files that were read there are written into a folder of our own, their
Include lines led to each other, and sshd resolves Match blocks and defaults (those of this machine's version).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

_WAIT: Final = 10
_INCLUDE: Final = re.compile(r"^\s*include\b[\s=]*(.*)$", re.IGNORECASE)
_OURS: Final = re.compile(
    r"^\s*(hostkey|hostcertificate|hostkeyagent|pidfile|authorizedkeyscommand|moduli\w*)\b", re.IGNORECASE
)


class NotResolvedError(Exception):
    """The configuration could not be resolved: why, in a sentence without its end."""


def effective(files: dict[str, str], user: str, address: str) -> dict[str, str]:
    """Settings in force for `user` who comes from `address`: keyword, in small letters → value. `files`: the main one first.

    NotResolvedError.
    """
    sshd, keygen = (_program(name) for name in ("sshd", "ssh-keygen"))
    if sshd is None or keygen is None:
        raise NotResolvedError("this machine has no sshd to work it out with")
    folder = Path(tempfile.mkdtemp(prefix="auditor-"))  # 0700
    try:
        names = {path: folder / f"{number}.conf" for number, path in enumerate(files)}
        for path, text in files.items():
            names[path].write_text(_rewritten(text, names), encoding="utf-8")
        key = folder / "key"
        subprocess.run(
            [keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True, timeout=_WAIT, capture_output=True
        )
        main = next(iter(names.values()))
        command = [sshd, "-T", "-f", str(main), "-h", str(key), "-C", f"user={user},host={address},addr={address}"]
        done = subprocess.run(command, timeout=_WAIT, capture_output=True, check=False, text=True, errors="replace")
    except (OSError, subprocess.SubprocessError) as error:
        raise NotResolvedError(f"this machine's sshd could not be run ({type(error).__name__})") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if done.returncode != 0:
        raise NotResolvedError("this machine's sshd does not understand it")
    lines = (line.partition(" ") for line in done.stdout.splitlines())
    return {keyword.lower(): value for keyword, _, value in lines}


def _rewritten(text: str, names: dict[str, Path]) -> str:
    """Include lines name our copies alone, so that nothing of this machine is read; files we have not are left out."""
    lines = []
    for line in text.splitlines():
        found = _INCLUDE.match(line)
        if found:
            wanted = [pattern if pattern.startswith("/") else f"/etc/ssh/{pattern}" for pattern in found[1].split()]
            copies = [
                str(copy) for path, copy in names.items() if any(fnmatchcase(path, pattern) for pattern in wanted)
            ]
            lines += [f"Include {copy}" for copy in copies]
        elif not _OURS.match(line):
            lines.append(line)
    return "".join(f"{line}\n" for line in lines)


def _program(name: str) -> str | None:
    return shutil.which(name, path=os.environ.get("PATH", os.defpath) + ":/usr/sbin:/usr/local/sbin:/sbin")
