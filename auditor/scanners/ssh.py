"""A vendor's server by SFTP: nothing is executed there, nothing can be written there."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final, TypeVar

from auditor.errors import ReadError, TargetError
from auditor.model.asset import Asset, Control, Gap, GapCode, Probe
from auditor.model.engagement import SshTarget
from auditor.model.text import printable
from auditor.scanners._sftp import Sftp, SftpFile
from auditor.scanners._sftp_wire import Down, SftpDownError, SftpStatusError
from auditor.scanners._ssh_connect import Connection, connect
from auditor.scanners._ssh_probe import probes
from auditor.scanners._ssh_walk import Walk
from auditor.scanners._stream import Chunks, reading

MAX_GROWTH: Final = 1 << 30
"""How far a file may grow beyond its size at open before reading it is given up."""
MAX_STRIKES: Final = 5
"""Connections lost in a row, with nothing read in between, after which the target is given up."""

_T = TypeVar("_T")


class SshScanner:
    """Lists and reads over one connection, for one thread; a lost connection is made anew for the next file."""

    parallel = False

    def __init__(self, target: SshTarget) -> None:
        self._target = target
        self._connection: Connection | None = None
        self._met = False
        self._strikes = 0
        self._read_strikes = 0
        self._given_up: TargetError | None = None

    def scan(self) -> Iterator[Asset | Gap | Control]:
        """What met us first, then every regular file below the paths. TargetError if the server cannot be audited."""
        connection = self._connected()
        *jumps, host = connection.hosts
        for met in (*jumps, host):
            how = "the engagement pins it" if met.pinned else "known_hosts holds it"
            name = "ssh.host_key" if met is host else "ssh.jump_host_key"
            yield Control(
                target=self._target.name, name=name, value=met.fingerprint, detail=f"The key of {met.host}: {how}."
            )
        yield Control(target=self._target.name, name="ssh.account", value=printable(connection.user))
        yield from Walk(self._target, self.request).run()

    @contextmanager
    def open(self, asset: Asset) -> Iterator[BinaryIO]:
        """The file's bytes. ReadError where it is refused, no regular file any more, cut off, or the connection fails."""
        try:
            file = self.request(lambda sftp: sftp.open(asset.locator, asset.size or 0), reading=True)
        except SftpStatusError as error:
            raise ReadError(*error.gap) from None
        except SftpDownError as error:
            raise ReadError(*error.gap, unread=asset.size) from None
        except TargetError as error:
            raise ReadError(error.code, error.detail, asset.size) from None
        try:
            if not stat.S_ISREG(file.attributes.mode or stat.S_IFREG):
                raise ReadError(GapCode.SPECIAL_FILE, "It is not a regular file any more and was not read.")
            with reading(self._chunks(file)) as stream:
                yield stream
        finally:
            self._release(file)

    def probe(self) -> Iterator[Probe]:
        """Connection, host key, login, SFTP, each path, one file's first bytes. Writing is never tried."""
        yield from probes(self._target, self._connected, self.request)

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def request(self, ask: Callable[[Sftp], _T], *, reading: bool = False) -> _T:
        """Ask something over the connection, once more over a new one if it turns out to be lost.

        SftpStatusError, SftpDownError; TargetError if there is no connection and none can be made.
        """
        try:
            answer = ask(sftp := self._connected().sftp)
        except SftpDownError as error:
            self._lose(sftp, reading=reading)
            if error.down is not Down.LOST:
                raise  # a question that silenced the server once would do so again
            try:
                answer = ask(sftp := self._connected().sftp)
            except SftpDownError:
                self._lose(sftp, reading=reading)
                raise
        if not reading:
            self._strikes = 0
        return answer

    def _connected(self) -> Connection:
        if self._given_up is not None:
            # a new one: an exception raised over and over keeps every trace it ever had
            raise TargetError(self._given_up.code, self._given_up.detail, self._given_up.cure)
        if self._connection is None:
            self._connection = self._reconnected() if self._met else connect(self._target)
            self._met = True
        return self._connection

    def _reconnected(self) -> Connection:
        """Try for as long as the target's timeout: a server that restarts is back in seconds."""
        deadline = time.monotonic() + self._target.timeout
        pause = 0.5
        while True:
            try:
                return connect(self._target)
            except TargetError as error:
                if error.code != GapCode.UNREACHABLE or time.monotonic() + pause > deadline:
                    self._given_up = error
                    raise
            time.sleep(pause)
            pause *= 2

    def _lose(self, sftp: Sftp, *, reading: bool) -> None:
        self._hang_up(sftp)
        self._strikes += 1
        self._read_strikes += reading
        if max(self._strikes, self._read_strikes) >= MAX_STRIKES:
            self._given_up = TargetError(
                GapCode.UNREACHABLE,
                f"The server was given up: {MAX_STRIKES} times in a row the connection failed or nothing was answered.",
                "Run the audit again when the server answers reliably, or raise the target's timeout.",
            )

    def _hang_up(self, sftp: Sftp) -> None:
        if self._connection is not None and self._connection.sftp is sftp:
            self.close()

    def _chunks(self, file: SftpFile) -> Chunks:
        size = file.attributes.size or 0
        received = 0
        try:
            for block in file.blocks():
                received += len(block)
                yield block
                if received > size + MAX_GROWTH:
                    raise ReadError(GapCode.CHANGED_DURING_READ, "The file kept growing while it was read.")
        except SftpStatusError as error:
            raise ReadError(*error.gap, unread=max(size - received, 0)) from None
        except SftpDownError as error:
            self._lose(file.sftp, reading=True)
            raise ReadError(*error.gap, unread=max(size - received, 0)) from None
        if received < size:
            raise ReadError(
                GapCode.CHANGED_DURING_READ, "The file ended before the size it had when opened.", size - received
            )
        self._strikes = self._read_strikes = 0

    def _release(self, file: SftpFile) -> None:
        try:
            file.close()
        except SftpDownError:
            self._hang_up(file.sftp)
