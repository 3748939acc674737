"""Files in bulk: one `tar` on the server writes them, one after the other, in the order they were asked for.

tar opens regular files alone (never a pipe or a device), says each file's size and time in front of it, and fills up with
zero bytes what became shorter meanwhile. So nothing is believed before tar's exit status: a connection that drops looks
like an end, and a file that changed looks whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from auditor.errors import ReadError
from auditor.model.asset import GapCode
from auditor.model.noun import noun
from auditor.model.scanner import Fetched
from auditor.scanners._sftp_wire import Down, SftpDownError
from auditor.scanners._ssh_commands import TAR, TAR_VERSION, WRITABLE, as_root
from auditor.scanners._ssh_sessions import Sessions
from auditor.scanners._ssh_shell import Shell

BLOCK: Final = 512
MAX_SMALL: Final = 16 << 20
"""What is larger than this is no small file that grew."""
_RECORD: Final = 128 * BLOCK
_MISSING: Final = re.compile(rb"tar: .*: Cannot (?:open|stat): [A-Za-z ]+")
_ENDING: Final = b"tar: Exiting with failure status due to previous errors"
_VERSION: Final = re.compile(rb"^tar \(GNU tar\) (\d+)\.(\d+)")
_LEAST_VERSION: Final = (1, 29)
"""The first with --verbatim-files-from, without which a name could be an option."""
_REGULAR: Final = b"0\0"
_LONG_NAME: Final = b"L"
_SPECIAL: Final = b"23456"
"""Symbolic links, devices, folders, pipes: what took a file's place."""
NO_FILE: Final = (GapCode.SPECIAL_FILE, "It is not a regular file any more and was not read.")


class ChangedError(Exception):
    """The file changed while tar read it. `shorter`: and its end is filled up with zero bytes that were never in it."""

    def __init__(self, *, shorter: bool) -> None:
        super().__init__()
        self.shorter = shorter

    @property
    def gap(self) -> tuple[GapCode, str]:
        """What it means for coverage."""
        became = "became shorter" if self.shorter else "changed"
        return GapCode.CHANGED_DURING_READ, f"The file {became} while it was read."


@noun
class Head:
    """What stands in front of a file in a tar: bytes, seconds since 1970. Only regular files have content."""

    name: bytes
    size: int
    modified: int
    regular: bool = True


class Tar:
    """One run of tar. SftpDownError where the connection is lost, nothing comes, or what comes is no tar."""

    def __init__(self, shell: Shell, paths: Sequence[bytes], *, sudo: bool) -> None:
        self._shell = shell
        shell.run(as_root(TAR, sudo=sudo), b"".join(path + b"\0" for path in paths), paths=len(paths))

    def head(self) -> Head | None:
        """The next file's; None at the archive's end."""
        long_name = None
        while True:
            header = self._shell.take(BLOCK)
            kind = header[156:157]
            if kind == b"\0" and not any(header):
                self._shell.take(-self._shell.taken % _RECORD)
                return None
            if kind == _LONG_NAME:
                length = _number(header[124:136])
                if length > 1 << 16:
                    raise SftpDownError(Down.GARBLED)
                long_name = self._shell.take(length + -length % BLOCK)[:length].rstrip(b"\0")
                continue
            if header[257:262] != b"ustar" or kind not in _REGULAR + _SPECIAL:
                raise SftpDownError(Down.GARBLED)
            name = long_name if long_name is not None else header[:100].split(b"\0", 1)[0]
            if kind in _SPECIAL:
                return Head(name=name, size=0, modified=0, regular=False)
            return Head(name=name, size=_number(header[124:136]), modified=_number(header[136:148]))

    def content(self, size: int) -> bytes:
        """A small file's bytes."""
        padded = self._shell.take(size + -size % BLOCK)
        return padded if len(padded) == size else padded[:size]

    def stream(self, size: int) -> Iterator[bytes]:
        """The next `size` bytes as they arrive."""
        left = size
        while left:
            part = self._shell.take_some(left)
            left -= len(part)
            yield part
        self._shell.take(-size % BLOCK)

    def end(self) -> None:
        """Behind the last head: how it went. ChangedError; what tar did not find is no matter."""
        status, lines = self._shell.status()
        others = [line for line in lines if line != _ENDING and not _MISSING.fullmatch(line)]
        if status == 0 or (status == 2 and lines and not others):
            return
        if status == 1 or any(line.endswith(b"; padding with zeros") for line in lines):
            raise ChangedError(shorter=any(line.endswith(b"; padding with zeros") for line in lines))
        raise SftpDownError(Down.GARBLED)


class Bulk:
    """Reading with tar, by any number of threads."""

    def __init__(self, sessions: Sessions, *, sudo: bool) -> None:
        self._sessions = sessions
        self._sudo = sudo

    def refusal(self) -> str:
        """Why it cannot be done; "" if it can. SftpDownError where the server did not say; TargetError."""
        command = as_root(TAR_VERSION, sudo=self._sudo)
        try:
            with self._sessions.shell() as shell:
                shell.run(command)
                said, _, _ = shell.take_rest(1 << 16)
                shell.run(as_root(TAR, sudo=self._sudo), paths=0)  # sudoers may allow the one line without the other
                empty, status, _ = shell.take_rest(1 << 20)
        except SftpDownError as error:
            if error.down is Down.REFUSED:
                return "the account may not run commands"
            raise
        found = _VERSION.match(said)
        if found is None:
            return f"sudo refuses the account {command!r}" if self._sudo else "the server's tar is not GNU's"
        if (int(found[1]), int(found[2])) < _LEAST_VERSION:
            return "the server's tar is older than 1.29"
        if status or not empty or any(empty):
            return (
                f"sudo refuses the account {as_root(TAR, sudo=True)!r}"
                if self._sudo
                else "the server's tar does not run"
            )
        return ""

    def writable(self, paths: Sequence[bytes]) -> list[bool]:
        """Whether the account could write there, in the same order. SftpDownError; TargetError."""
        with self._sessions.shell() as shell:
            shell.run(WRITABLE, b"".join(path + b"\0" for path in paths), paths=len(paths))
            said, _, _ = shell.take_rest(1 << 20)
        answers = said.split()
        if len(answers) != len(paths):
            raise SftpDownError(Down.GARBLED)
        return [answer == b"yes" for answer in answers]

    @contextmanager
    def tar(self, paths: Sequence[bytes]) -> Iterator[Tar]:
        """A tar of these files, for the length of a `with` block. TargetError as well."""
        with self._sessions.shell() as shell:
            yield Tar(shell, paths, sudo=self._sudo)

    def fetch(self, wanted: Sequence[tuple[bytes, int]]) -> list[Fetched]:
        """The content of each (path, size as listed); None for what tar did not give whole and unchanged. TargetError."""
        fetched: list[Fetched] = [None] * len(wanted)
        numbers = {path: number for number, (path, _) in enumerate(wanted)}
        try:
            with self.tar(list(numbers)) as tar:
                while (head := tar.head()) is not None:
                    number = numbers.pop(head.name, None)
                    if number is None or head.size > MAX_SMALL:
                        raise SftpDownError(Down.GARBLED)
                    fetched[number] = tar.content(head.size) if head.regular else ReadError(*NO_FILE)
                tar.end()
        except (SftpDownError, ChangedError):
            return [None] * len(wanted)
        return fetched


def _number(field: bytes) -> int:
    """An octal number, or GNU's binary one."""
    if field[0] & 0x80:
        return int.from_bytes(bytes([field[0] & 0x7F]) + field[1:])
    try:
        return int(field.rstrip(b"\0 ") or b"0", 8)
    except ValueError:
        raise SftpDownError(Down.GARBLED) from None
