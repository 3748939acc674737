"""OpenSSH's client configuration, as far as it says where a host is and who may log in (ssh_config(5)).

paramiko's reader ignores `Include` and runs `Match exec` commands; this one follows the former and never runs
anything: `Match exec`, `canonical` and `final` blocks do not apply.
"""

from __future__ import annotations

import getpass
import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from auditor.errors import TargetError
from auditor.model.asset import GapCode
from auditor.model.text import printable

_MAX_INCLUDES: Final = 16
_LINE: Final = re.compile(r"\s*([A-Za-z0-9]+)(?:\s*=\s*|\s+)(.*\S)")
_MANY: Final = frozenset({"identityfile", "certificatefile"})


@dataclass(slots=True, kw_only=True)
class HostConfig:
    """What the configuration says of one host: the first value of each keyword, all of those that may be repeated."""

    values: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)

    def get(self, keyword: str) -> str | None:
        """A keyword's value; None where it is not set."""
        return self.values.get(keyword)

    def none_or(self, keyword: str) -> str | None:
        """As `get`, with OpenSSH's own "none" as not set."""
        value = self.values.get(keyword)
        return None if value is None or value.lower() == "none" else value


def lookup(file: Path, host: str, user: str | None) -> HostConfig:
    """What `file` says of `host` as typed. A file that is not there says nothing.

    TargetError if the file or one it includes cannot be read or understood.
    """
    found = HostConfig()
    if user is not None:
        found.values["user"] = user  # the engagement's word stands before the file's, as -l does for ssh
    if file.is_file():
        _apply(file, file.parent, found, host, active=True, depth=0)
    return found


def expand(value: str, *, host: str, user: str) -> Path:
    """A path with ~, %-tokens and ${VARIABLES} replaced."""
    tokens = {"%": "%", "h": host, "r": user, "d": str(Path.home()), "u": getpass.getuser()}
    value = re.sub(r"%(.)", lambda found: tokens.get(found[1], found[0]), value)
    value = re.sub(r"\$\{(\w+)\}", lambda found: os.environ.get(found[1], ""), value)
    return Path(value).expanduser()


def _apply(file: Path, base: Path, found: HostConfig, host: str, *, active: bool, depth: int) -> None:
    """Read one file. `active` says whether the block that includes it applies; its own blocks can only narrow that.

    Relative includes start at `base`, the folder of the first file: ~/.ssh, as with ssh, where that is the user's own.
    """
    within = active
    for keyword, arguments in _lines(file):
        match keyword:
            case "host":
                within = active and _matches(arguments, host)
            case "match":
                within = active and _match_block(arguments, found, host)
            case "include":
                for included in _included(arguments, base):
                    if depth >= _MAX_INCLUDES:
                        raise _unreadable(file, "includes too many files within each other")
                    _apply(included, base, found, host, active=within, depth=depth + 1)
            case _ if within and keyword in _MANY:
                found.lists.setdefault(keyword, []).extend(arguments[:1])
            case _ if within:
                found.values.setdefault(keyword, " ".join(arguments))


def _lines(file: Path) -> Iterator[tuple[str, list[str]]]:
    try:
        text = file.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise _unreadable(file, f"cannot be read ({os.strerror(error.errno or 0)})") from None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.match(line)
        try:
            arguments = shlex.split(found[2], comments=True) if found else []
        except ValueError:
            arguments = []
        if not found or not arguments:
            raise _unreadable(file, f"cannot be understood in line {number}")
        yield found[1].lower(), arguments


def _included(patterns: list[str], base: Path) -> Iterator[Path]:
    for pattern in patterns:
        path = base.absolute() / Path(pattern).expanduser()
        root = Path(path.anchor)
        yield from sorted(p for p in root.glob(str(path.relative_to(root))) if p.is_file())


def _matches(patterns: list[str], value: str) -> bool:
    """OpenSSH's pattern list: one `!pattern` that matches refuses, else one pattern that matches is enough."""
    matched = False
    for pattern in patterns:
        if pattern.startswith("!"):
            if _pattern(value, pattern[1:]):
                return False
        elif _pattern(value, pattern):
            matched = True
    return matched


def _pattern(value: str, pattern: str) -> bool:
    return fnmatchcase(value.lower(), pattern.lower().replace("[", "[[]"))


def _match_block(criteria: list[str], found: HostConfig, host: str) -> bool:
    rest = iter(criteria)
    for criterion in rest:
        name = criterion.lower().removeprefix("!")
        negated = criterion.startswith("!")
        if name == "all":
            applies = True
        elif name in ("canonical", "final"):
            applies = False
        else:
            wanted = next(rest, "").split(",")
            match name:
                case "host":
                    applies = _matches(wanted, found.values.get("hostname", host))
                case "originalhost":
                    applies = _matches(wanted, host)
                case "user":
                    applies = _matches(wanted, found.values.get("user", getpass.getuser()))
                case "localuser":
                    applies = _matches(wanted, getpass.getuser())
                case _:  # exec and what newer versions add: never run, never guessed
                    return False
        if applies == negated:
            return False
    return True


def _unreadable(file: Path, why: str) -> TargetError:
    return TargetError(
        GapCode.NOT_FOUND,
        f"The SSH configuration {printable(str(file))} {why}.",
        "Correct the file, or name another as config_file in the engagement.",
    )
