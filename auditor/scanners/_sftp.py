"""A reader's SFTP client: version 3 of the protocol, without one request that could change anything.

Names are bytes (paramiko's own client raises on a CP949 name and hides the folder), every wait has an end, every
listing a bound, and a file's blocks are requested ahead with bounded memory (facts: paramiko's limit on concurrent
requests is unsafe). limits@openssh.com: OpenSSH's PROTOCOL, 4.8.
"""

from __future__ import annotations

import struct
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

import paramiko

from auditor.journal import Conduct
from auditor.model.asset import GapCode
from auditor.scanners._sftp_listing import Gathered, Listing, refused_midway
from auditor.scanners._sftp_wire import EOF, Attributes, Down, Kind, Reader, SftpDownError, SftpStatusError, string
from auditor.scanners._ssh_socket import AT_ONCE

MAX_PACKET: Final = 1 << 20
"""OpenSSH's own limit is 256 KiB; a server that sends more is not to be believed."""
BLOCKS_AHEAD: Final = 64
SAFE_BLOCK: Final = 32768
"""What every server reads at once; more only where the server says so."""
MAX_BLOCK: Final = 261120
LISTING_TIMEOUTS: Final = 2
"""A folder's listing may take this many times the target's timeout."""
MAX_UNANSWERED: Final = 10_000

_HEAD: Final = struct.Struct(">IBI")
_READ_ONLY: Final = 1  # SSH_FXF_READ, the only flag this client ever sends


class Sftp:
    """One SFTP session on an open channel whose subsystem has been asked for. For one thread.

    Every method raises SftpStatusError where the server refuses, SftpDownError where the session is of no more use, and
    TargetError where `conduct` does not let it ask.
    """

    def __init__(self, channel: paramiko.Channel, timeout: float, conduct: Conduct) -> None:
        self._channel = channel
        self._timeout = timeout
        self._conduct = conduct
        self._buffer = b""
        self._at = 0
        self._arrived = 0
        self._held_back = 0.0
        self._next_id = 0
        self._answers: dict[int, tuple[int, bytes] | None] = {}
        self._unwanted: set[int] = set()
        self.block = SAFE_BLOCK
        self.read_only: bool | None = None
        """Whether the server refuses every write; None where it does not say."""
        self._start()

    def stat(self, path: bytes) -> Attributes:
        """The attributes of what a path leads to, symbolic links followed."""
        return self._attributes(Kind.STAT, path)

    def lstat(self, path: bytes) -> Attributes:
        """The attributes of a path itself."""
        return self._attributes(Kind.LSTAT, path)

    def realpath(self, path: bytes) -> bytes:
        """The absolute path, symbolic links resolved as the server does it."""
        answer = self._ask(Kind.NAME, Kind.REALPATH, string(path))
        if answer.number() != 1:
            raise SftpDownError(Down.GARBLED)
        return answer.string()

    def listdir(self, path: bytes) -> Listing:
        """A folder's entries without "." and ".."; nothing of it is yielded before all of it is here."""
        handle = self._ask(Kind.HANDLE, Kind.OPENDIR, string(path)).string()
        gathered = Gathered()
        deadline = time.monotonic() + LISTING_TIMEOUTS * self._timeout - self._held_back
        asked: deque[int] = deque()
        ahead = 2
        try:
            while not gathered.full:
                asked.extend(self.send(Kind.READDIR, *[string(handle)] * (ahead - len(asked))))
                if time.monotonic() > deadline + self._held_back:
                    gathered.cut = (GapCode.TIME_CUT_OFF_REACHED, "Listing this folder took too long.")
                    break
                try:
                    gathered.add(self._expect(Kind.NAME, asked.popleft()))
                except SftpStatusError as error:
                    if error.status != EOF:
                        gathered.cut = refused_midway(error.status)
                    break
                ahead = min(ahead * 2, 32)
        finally:
            self.forget(asked)
        self.forget(self.send(Kind.CLOSE, string(handle)))
        if gathered.nothing:
            # OpenSSH leaves out what it may not look at: a folder that may be read and not entered seems to be empty.
            self.lstat(path.rstrip(b"/") + b"/.")
        return gathered.listing()

    def open(self, path: bytes, expected: int, start: int = 0, until: int | None = None) -> SftpFile:
        """Open for reading from byte `start` on; so many bytes as are `expected` are asked for at once, and none ahead behind `until`."""
        handle = self._ask(Kind.HANDLE, Kind.OPEN, open_request(path)).string()
        return SftpFile(self, handle, expected, start, until)

    def send(self, kind: Kind, *payloads: bytes) -> list[int]:
        """Send requests in one go, without waiting; their numbers."""
        return self.send_all([(kind, payload) for payload in payloads])

    def send_all(self, requests: list[tuple[Kind, bytes]]) -> list[int]:
        """The same for requests of several kinds."""
        for kind, count in Counter(kind for kind, _ in requests).items():
            self._conduct.ask(f"sftp {kind.name.lower()}", count)
        numbers = []
        packets = []
        for kind, payload in requests:
            self._next_id = (self._next_id + 1) & 0xFFFFFFFF
            self._answers[self._next_id] = None
            numbers.append(self._next_id)
            packets.append(_HEAD.pack(len(payload) + 5, kind, self._next_id) + payload)
        if packets:
            self._transmit(b"".join(packets))
        return numbers

    def answered(self, number: int) -> bool:
        """Whether a request's answer is here, or in what has arrived."""
        while self._answers[number] is None:
            left = len(self._buffer) - self._at
            length = int.from_bytes(self._buffer[self._at : self._at + 4]) if left >= 4 else 0
            if left < 4 + length or left < 5:
                return False
            self._take_answer(time.monotonic() + self._timeout)
        return True

    def wait(self, number: int) -> tuple[int, bytes]:
        """The kind and body of a request's answer; the answers of others are kept for them."""
        deadline = time.monotonic() + self._timeout
        while (answer := self._answers[number]) is None:
            self._take_answer(deadline)
        del self._answers[number]
        self._count()
        return answer

    def _count(self) -> None:
        """Say what arrived, and wait as long as the bandwidth wants: between answers, where no deadline runs but a listing's."""
        arrived, self._arrived = self._arrived, 0
        if arrived:
            before = time.monotonic()
            self._conduct.took(arrived)
            self._held_back += time.monotonic() - before

    def _take_answer(self, deadline: float) -> None:
        kind, body = self._packet(deadline)
        if len(body) < 4:
            raise SftpDownError(Down.GARBLED)
        answered = int.from_bytes(body[:4])
        if answered in self._unwanted:
            self._unwanted.discard(answered)
        elif answered in self._answers and self._answers[answered] is None:
            self._answers[answered] = (kind, body[4:])
        else:
            raise SftpDownError(Down.GARBLED)

    def forget(self, numbers: Iterable[int]) -> None:
        """Drop these requests' answers when they come."""
        for number in numbers:
            if self._answers.pop(number, None) is None:
                self._unwanted.add(number)
        if len(self._unwanted) > MAX_UNANSWERED:
            raise SftpDownError(Down.SILENT)

    def close(self) -> None:
        """End the session; its connection stays."""
        with suppress(OSError, EOFError, paramiko.SSHException):
            self._channel.close()

    def _ask(self, kind: Kind, request: Kind, payload: bytes) -> Reader:
        return self._expect(kind, self.send(request, payload)[0])

    def _expect(self, kind: Kind, number: int) -> Reader:
        got, body = self.wait(number)
        if got == Kind.STATUS:
            raise SftpStatusError(Reader(body).number())
        if got != kind:
            raise SftpDownError(Down.GARBLED)
        return Reader(body)

    def _attributes(self, kind: Kind, path: bytes) -> Attributes:
        return self._ask(Kind.ATTRS, kind, string(path)).attributes()

    def _start(self) -> None:
        self._transmit(struct.pack(">IBI", 5, Kind.INIT, 3))
        kind, body = self._packet(time.monotonic() + self._timeout)
        if kind != Kind.VERSION:
            raise SftpDownError(Down.GARBLED)
        version = Reader(body)
        version.number()
        extensions = {}
        while version.more():
            name, value = version.string(), version.string()
            extensions[name] = value
        if b"posix-rename@openssh.com" in extensions:
            self.read_only = False
        elif b"statvfs@openssh.com" in extensions:  # OpenSSH's under -R, which offers none that writes
            self.read_only = True
        if extensions.get(b"limits@openssh.com") == b"1":
            try:
                limits = self._ask(Kind.EXTENDED_REPLY, Kind.EXTENDED, string(b"limits@openssh.com"))
            except SftpStatusError:
                return
            _packet, most = int.from_bytes(limits.take(8)), int.from_bytes(limits.take(8))
            self.block = max(SAFE_BLOCK, min(most, MAX_BLOCK))

    def _transmit(self, packet: bytes) -> None:
        self._channel.settimeout(self._timeout)
        try:
            self._channel.sendall(packet)
        except TimeoutError:
            raise SftpDownError(Down.SILENT) from None
        except (OSError, EOFError, paramiko.SSHException):
            raise SftpDownError(Down.LOST) from None

    def _packet(self, deadline: float) -> tuple[int, bytes]:
        length = int.from_bytes(self._exactly(4, deadline))
        if not 1 <= length <= MAX_PACKET:
            raise SftpDownError(Down.GARBLED)
        body = self._exactly(length, deadline)
        return body[0], body[1:]

    def _exactly(self, count: int, deadline: float) -> bytes:
        while len(self._buffer) - self._at < count:
            left = deadline - time.monotonic()
            if left <= 0:
                raise SftpDownError(Down.SILENT)
            self._channel.settimeout(left)
            try:
                received = self._channel.recv(AT_ONCE)
            except TimeoutError:
                raise SftpDownError(Down.SILENT) from None
            except (OSError, EOFError, paramiko.SSHException):
                raise SftpDownError(Down.LOST) from None
            if not received:
                raise SftpDownError(Down.LOST)
            self._arrived += len(received)
            self._buffer = self._buffer[self._at :] + received if self._at < len(self._buffer) else received
            self._at = 0
        taken = self._buffer[self._at : self._at + count]
        self._at += count
        return taken


def open_request(path: bytes) -> bytes:
    """What OPEN is sent with: reading, and no attributes."""
    return string(path) + struct.pack(">II", _READ_ONLY, 0)


class SftpFile:
    """An open file, read from `start` to its end with up to BLOCKS_AHEAD requests under way."""

    def __init__(self, sftp: Sftp, handle: bytes, expected: int, start: int = 0, until: int | None = None) -> None:
        self.sftp = sftp
        self._handle = handle
        self._asked: deque[tuple[int, int, int]] = deque()
        self._next = start
        self._ahead = 4
        self._block = sftp.block
        # The first blocks are asked for together with the attributes: one round trip instead of two.
        [facts] = sftp.send(Kind.FSTAT, string(handle))
        self._expected = expected
        self._ask()
        try:
            self.attributes = self._answered(facts)
        except SftpStatusError:
            self.close()
            raise
        self._expected = self.attributes.size if self.attributes.size is not None else expected
        if until is not None:
            self._expected = min(self._expected, until)

    def blocks(self) -> Iterator[bytes]:
        """The file's bytes until the server says that it ends; what it declared as size is not believed."""
        while True:
            self._ask()
            number, at, length = self._asked.popleft()
            kind, body = self.sftp.wait(number)
            answer = Reader(body)
            if kind == Kind.STATUS:
                status = answer.number()
                if status == EOF:
                    return
                raise SftpStatusError(status)
            if kind != Kind.DATA:
                raise SftpDownError(Down.GARBLED)
            data = answer.string()
            if not 0 < len(data) <= length:
                raise SftpDownError(Down.GARBLED)
            if len(data) < length:  # a server that gives less than asked: the rest comes first, and ask for less
                self._block = max(min(self._block, len(data)), 4096)
                self._asked.extendleft(self._read((at + len(data), length - len(data))))
            self._ahead = min(self._ahead * 2, BLOCKS_AHEAD)
            yield data

    def close(self) -> None:
        """Give the handle back without waiting for the server's word on it."""
        self.sftp.forget([number for number, _, _ in self._asked])
        self._asked.clear()
        self.sftp.forget(self.sftp.send(Kind.CLOSE, string(self._handle)))

    def _ask(self) -> None:
        """Keep requests under way, sent in groups: each one alone costs a system call and a thread switch."""
        if len(self._asked) > self._ahead // 2:
            return
        blocks: list[tuple[int, int]] = []
        while (not self._asked and not blocks) or len(self._asked) + len(blocks) < self._ahead:
            left = self._expected - self._next
            if left < 0 and (self._asked or blocks):
                break  # one block beyond the expected end is asked for, to learn that it is the end
            blocks.append((self._next, min(self._block, left) if left > 0 else self._block))
            self._next += blocks[-1][1]
        if blocks:
            self._asked.extend(self._read(*blocks))

    def _read(self, *blocks: tuple[int, int]) -> list[tuple[int, int, int]]:
        handle = string(self._handle)
        numbers = self.sftp.send(Kind.READ, *(handle + struct.pack(">QI", at, length) for at, length in blocks))
        return [(number, at, length) for number, (at, length) in zip(numbers, blocks, strict=True)]

    def _answered(self, number: int) -> Attributes:
        kind, body = self.sftp.wait(number)
        if kind == Kind.STATUS:
            raise SftpStatusError(Reader(body).number())
        if kind != Kind.ATTRS:
            raise SftpDownError(Down.GARBLED)
        return Reader(body).attributes()
