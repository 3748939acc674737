"""What a server's sshd does with its written configuration, worked out on this machine.

`sshd -T` needs root on the server, and none here: the files that were read there are written into a folder of our own, their
Include lines led to each other, and sshd resolves Match blocks and defaults (those of this machine's version).
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Final

_WAIT: Final = 10
_LINE: Final = re.compile(r"^\s*(\w+)(?:\s*=\s*|\s+)(.*)$")
_DEPTH: Final = 16
"""Of Include lines, as sshd's own."""
_RESOLVED: Final = frozenset({"user", "address", "localaddress", "localport", "all"})
"""What a Match line may ask without knowing the server's groups, names and commands."""
_OURS: Final = re.compile(
    r"^\s*(hostkey|hostcertificate|hostkeyagent|pidfile|authorizedkeyscommand|moduli\w*)\b", re.IGNORECASE
)


class NotResolvedError(Exception):
    """The configuration could not be resolved: why, in a sentence without its end."""


def effective(files: dict[str, str], user: str = "", connection: str = "") -> dict[str, str]:
    """Settings in force: keyword, in small letters → value. `files`: the main one first.

    For `user` on a `connection` as SSH_CONNECTION says it (its address and port, the server's address and port); without, what
    is in force outside Match blocks. NotResolvedError.
    """
    sshd, keygen = (_program(name) for name in ("sshd", "ssh-keygen"))
    if sshd is None or keygen is None:
        raise NotResolvedError("this machine has no sshd to work it out with")
    folder = Path(tempfile.mkdtemp(prefix="auditor-"))  # 0700
    try:
        names = {path: folder / f"{number}.conf" for number, path in enumerate(files)}
        for path, text in files.items():
            names[path].write_text(_rewritten(text, names, files), encoding="utf-8")
        key = folder / "key"
        subprocess.run(
            [keygen, "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True, timeout=_WAIT, capture_output=True
        )
        main = next(iter(names.values()))
        command = [sshd, "-T", "-f", str(main), "-h", str(key)]
        if connection:
            address, _, laddr, lport = connection.split()
            command += ["-C", f"user={user},host={address},addr={address},laddr={laddr},lport={lport}"]
        done = subprocess.run(command, timeout=_WAIT, capture_output=True, check=False, text=True, errors="replace")
    except (OSError, subprocess.SubprocessError) as error:
        raise NotResolvedError(f"this machine's sshd could not be run ({type(error).__name__})") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if done.returncode != 0:
        raise NotResolvedError("this machine's sshd does not understand it")
    lines = (line.partition(" ") for line in done.stdout.splitlines())
    return {keyword.lower(): value for keyword, _, value in lines}


def unfollowed(files: dict[str, str], includes: set[str]) -> str:
    """An Include pattern whose files are not among `files`; "" where there is none. `includes`: patterns that were looked up."""
    for text in files.values():
        for keyword, words in _lines(text):
            for pattern in _patterns(words) if keyword == "include" else ():
                if pattern not in includes:
                    return pattern
    return ""


def in_match_blocks(files: dict[str, str]) -> Iterator[tuple[str, str, bool]]:
    """What Match blocks set: keyword, value, and whether it can be resolved here for whom (not by group, host or command)."""
    main = next(iter(files))
    yield from _in_blocks(files, main, None, 0)


def _in_blocks(files: dict[str, str], path: str, resolved: bool | None, depth: int) -> Iterator[tuple[str, str, bool]]:
    """`resolved` None: outside any block. An included file begins as the line that includes it, and its blocks end with it."""
    for keyword, words in _lines(files[path]):
        if keyword == "match":
            asked = _asked(words)
            resolved = None if asked == {"all"} else asked <= _RESOLVED
        elif keyword == "include" and depth < _DEPTH:
            for inner in _matched(files, _patterns(words)):
                yield from _in_blocks(files, inner, resolved, depth + 1)
        elif resolved is not None:
            yield keyword, " ".join(words).lower(), resolved


def _lines(text: str) -> Iterator[tuple[str, list[str]]]:
    for line in text.splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        try:
            words = shlex.split(found[2], comments=True)
        except ValueError:
            words = found[2].split()
        yield found[1].lower(), words


def _patterns(words: Sequence[str]) -> list[str]:
    return [word if word.startswith("/") else f"/etc/ssh/{word}" for word in words]


def _matched(files: dict[str, str], patterns: Sequence[str]) -> list[str]:
    return [path for pattern in patterns for path in files if PurePosixPath(path).match(pattern)]


def _rewritten(text: str, names: dict[str, Path], files: dict[str, str]) -> str:
    """Include lines name our copies alone, so that nothing of this machine is read; Match lines that would ask this machine's
    groups or run a command match nobody.
    """
    lines = []
    for line in text.splitlines():
        [(keyword, words)] = list(_lines(line)) or [("", [])]
        if keyword == "include":
            lines += [f"Include {names[path]}" for path in _matched(files, _patterns(words))]
        elif keyword == "match" and not _asked(words) <= _RESOLVED:
            lines.append('Match User "!*"')
        elif not _OURS.match(line):
            lines.append(line)
    return "".join(f"{line}\n" for line in lines)


def _asked(words: Sequence[str]) -> set[str]:
    """The criteria of a Match line: `user a,b address c`, also written `user=a`."""
    asked: set[str] = set()
    following = False
    for word in words:
        if following:
            following = False
            continue
        name, equals, _ = word.partition("=")
        asked.add(name.lower())
        following = not equals and name.lower() != "all"
    return asked


def _program(name: str) -> str | None:
    return shutil.which(name, path=os.environ.get("PATH", os.defpath) + ":/usr/sbin:/usr/local/sbin:/sbin")
