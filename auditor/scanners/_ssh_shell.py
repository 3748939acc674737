"""One shell on the server, to which fixed commands are given one after the other, each with its input.

Inputs are the vendor's file names, and must never be taken for commands. A command's input is sent once it is ready for it;
`head` hands on exactly so many bytes, and `cat` takes what the command leaves of them, so that `head` does not die early. And
whatever is left over after all (of a `head` that was killed) is no command: the shell runs only lines that begin with a secret
word, and ends at any other. A command's status comes behind its output, and a mark behind what it says of errors.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

import paramiko

from auditor.journal import Conduct
from auditor.scanners._sftp_wire import Down, SftpDownError
from auditor.scanners._ssh_socket import AT_ONCE

_ALL: Final = 1 << 30
_MOST_GREETING: Final = 1 << 16
_MOST_RECORD: Final = 1 << 16
_MOST_MESSAGES: Final = 1 << 20
_GREETING_WAIT: Final = 10.0
_END: Final = b"auditor: end\n"


class Shell:
    """For one thread. Every method raises SftpDownError where the shell is of no more use: let go of it then."""

    def __init__(self, channel: paramiko.Channel, timeout: float, conduct: Conduct) -> None:
        self._channel = channel
        self._timeout = timeout
        self._conduct = conduct
        self._buffer = b""
        self._at = 0
        self._messages = bytearray()
        self._taken = 0
        self._word = f"auditor-{os.urandom(8).hex()}"
        self._ended = re.compile(rb"\n%s (\d{1,3})\n\Z" % self._word.encode())
        self._greet()

    def run(self, command: str, given: bytes = b"", **facts: int) -> None:
        """Start a command with so much on its standard input. Then `take` its output, then `status`. TargetError."""
        self._conduct.command(command, **facts)
        self._messages.clear()
        mark = _END.decode().rstrip("\n")
        line = (
            f"{self._word} printf '\\001'; head -c {len(given)} | ( {command}; s=$?; cat >/dev/null; exit $s ); "
            f"printf '\\n{self._word} %d\\n' $?; printf '{mark}\\n' >&2\n"
        )
        self._send(line.encode())
        if self.take(1) != b"\x01":
            raise SftpDownError(Down.GARBLED)
        self._taken = 0
        if given:
            self._send(given)

    @property
    def taken(self) -> int:
        """Bytes of the command's output that were taken."""
        return self._taken

    def take(self, count: int) -> bytes:
        """Exactly so many bytes of the output."""
        end = self._at + count
        self._taken += count
        if end <= len(self._buffer):
            taken = self._buffer[self._at : end]
            self._at = end
            return taken
        # What arrives is never moved whole: only the piece that lies across two arrivals is put together.
        parts = [self._buffer[self._at :]]
        missing = count - len(parts[0])
        while missing > 0:
            self._buffer = self._receive()
            parts.append(self._buffer[:missing])
            self._at = len(parts[-1])
            missing -= self._at
        return b"".join(parts)

    def take_some(self, most: int) -> bytes:
        """What there is of the output, at least one byte."""
        if self._at >= len(self._buffer):
            self._buffer, self._at = self._receive(), 0
        part = self._buffer[self._at : self._at + most]
        self._at += len(part)
        self._taken += len(part)
        return part

    def records(self) -> Iterator[list[bytes]]:
        """All the output of a command that ends each record by a zero byte, as it arrives. Then `status`."""
        rest = b""
        while self._ended.search(rest) is None:
            *found, rest = (rest + self.take_some(_ALL)).split(b"\0")
            if len(rest) > _MOST_RECORD:
                raise SftpDownError(Down.GARBLED)
            yield found
        self._buffer, self._at = rest, 0

    def take_rest(self, most: int) -> tuple[bytes, int, list[bytes]]:
        """All the rest of the output, `most` bytes at most, and as `status`."""
        said = bytearray()
        while (ended := self._ended.search(said, max(len(said) - 64, 0))) is None:
            said += self.take_some(_ALL)
            if len(said) > most:
                raise SftpDownError(Down.GARBLED)
        return bytes(said[: ended.start()]), int(ended[1]), self._lines()

    def status(self) -> tuple[int, list[bytes]]:
        """The command's exit status, and the lines it said of errors, once all its output has been taken."""
        _, status, lines = self.take_rest(64)
        return status, lines

    def close(self) -> None:
        """End it; a command that still runs finds its output closed."""
        with suppress(OSError, EOFError, paramiko.SSHException):
            self._channel.close()

    def _lines(self) -> list[bytes]:
        deadline = time.monotonic() + self._timeout
        while not self._messages.endswith(_END):
            self._channel.settimeout(max(deadline - time.monotonic(), 0.01))
            try:
                said = self._channel.recv_stderr(1 << 16)
            except TimeoutError:
                raise SftpDownError(Down.SILENT) from None
            except (OSError, EOFError, paramiko.SSHException):
                raise SftpDownError(Down.LOST) from None
            if not said:
                raise SftpDownError(Down.LOST)
            self._hear(said)
        return bytes(self._messages[: -len(_END)]).splitlines()

    def _greet(self) -> None:
        """Wait for the shell's own first word: what start-up files print comes before it."""
        word = self._word
        head, tail = word[:8], word[8:]
        only_ours = f'while IFS= read -r l; do case $l in "{word} "*) eval "${{l#* }}";; *) exit 3;; esac; done'
        self._send(f"LC_ALL=C; export LC_ALL; printf '%s%s\\n' {head} {tail}; {only_ours}; exit 0\n".encode())
        heard = b""
        deadline = time.monotonic() + min(self._timeout, _GREETING_WAIT)
        while f"{word}\n".encode() not in heard:
            if len(heard) > _MOST_GREETING or time.monotonic() > deadline:
                raise SftpDownError(Down.GARBLED)
            self._channel.settimeout(max(deadline - time.monotonic(), 0.01))
            heard += self._receive()
        self._channel.settimeout(self._timeout)
        self._buffer, self._at = heard.partition(f"{word}\n".encode())[2], 0

    def _send(self, data: bytes) -> None:
        try:
            self._channel.settimeout(self._timeout)
            self._channel.sendall(data)
        except TimeoutError:
            raise SftpDownError(Down.SILENT) from None
        except (OSError, EOFError, paramiko.SSHException):
            raise SftpDownError(Down.LOST) from None

    def _receive(self) -> bytes:
        try:
            while self._channel.recv_stderr_ready():  # so that the command never waits for us
                self._hear(self._channel.recv_stderr(1 << 16))
            data = self._channel.recv(AT_ONCE)
        except TimeoutError:
            raise SftpDownError(Down.SILENT) from None
        except (OSError, EOFError, paramiko.SSHException):
            raise SftpDownError(Down.LOST) from None
        if not data:
            raise SftpDownError(Down.LOST)
        self._conduct.took(len(data))
        return data

    def _hear(self, said: bytes) -> None:
        self._messages += said
        if len(self._messages) > 2 * _MOST_MESSAGES:
            del self._messages[_MOST_MESSAGES : -len(_END)]
