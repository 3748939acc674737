"""Sessions on one server for several threads: as few connections as will do, never more than the engagement allows.

A connection that failed is let go with all its sessions; the next one who needs a session brings about a new one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from auditor.errors import TargetError
from auditor.journal import Conduct
from auditor.model.asset import GapCode
from auditor.model.engagement import SshTarget
from auditor.scanners._sftp import Sftp
from auditor.scanners._sftp_wire import Down, SftpDownError
from auditor.scanners._ssh_connect import Connection, SessionRefusedError, connect
from auditor.scanners._ssh_shell import Shell

MAX_STRIKES: Final = 5
"""Connections lost in a row, with nothing read in between, after which the target is given up."""
SESSIONS: Final = 8
"""Sessions of one connection at most; sshd's own default is 10, and less where it refuses one."""
_ENDING: Final = 3.0
"""Seconds that a server may take to let a session end."""


@dataclass(slots=True, eq=False)
class _Line:
    """One connection and its sessions."""

    connection: Connection
    sessions: set[Sftp] = field(default_factory=set)
    idle: list[Sftp] = field(default_factory=list)
    shells: list[Shell] = field(default_factory=list)
    busy: int = 0
    most: int = SESSIONS
    lost: bool = False
    ending: float = 0.0


class Sessions:
    """What the threads of one scanner share. `first` waits for the first connection; all raise TargetError where none is had."""

    def __init__(self, target: SshTarget, conduct: Conduct) -> None:
        self._target = target
        self._conduct = conduct
        self._most = conduct.pace.limits.connections
        self._state = threading.Condition()
        self._lines: list[_Line] = []
        self._connecting = 0
        self._met = False
        self._strikes = 0
        self._read_strikes = 0
        self._given_up: TargetError | None = None
        self._closed = False

    def first(self) -> Connection:
        """Some connection: for who was met, and what was agreed on."""
        with self._reserved() as line:
            return line.connection

    @contextmanager
    def sftp(self) -> Iterator[Sftp]:
        """A session for the length of a `with` block, for one thread. Say `lose` where it failed."""
        while True:
            with self._reserved() as line:
                sftp = self._session(line)
                if sftp is None:
                    continue
                try:
                    yield sftp
                finally:
                    with self._state:
                        if not line.lost:
                            line.idle.append(sftp)
                return

    @contextmanager
    def shell(self) -> Iterator[Shell]:
        """A shell for the length of a `with` block, for one thread. SftpDownError where there is none.

        One that is left in the middle of a command, by whatever exception, is ended.
        """
        while True:
            with self._reserved() as line:
                with self._state:
                    shell = line.shells.pop() if line.shells else None
                if shell is None:
                    try:
                        shell = line.connection.shell()
                    except SessionRefusedError:
                        if not self._refused(line):
                            raise SftpDownError(Down.LOST) from None
                        continue
                    except SftpDownError:
                        if not line.connection.alive:
                            self._drop(line)
                        raise
                try:
                    yield shell
                except BaseException:
                    # whatever went wrong, an interrupt too: a shell in an unknown state is not lent again
                    shell.close()
                    if not line.connection.alive:
                        self._drop(line)
                    raise
                with self._state:
                    if not line.lost:
                        line.shells.append(shell)
                return

    def lose(self, sftp: Sftp, *, reading: bool) -> None:
        """A session failed: let go of its connection, and of the target after MAX_STRIKES in a row."""
        with self._state:
            line = next((line for line in self._lines if sftp in line.sessions), None)
            if line is None:
                return  # another thread has said so already
            self._strikes += 1
            self._read_strikes += reading
            if max(self._strikes, self._read_strikes) >= MAX_STRIKES:
                self._given_up = TargetError(
                    GapCode.UNREACHABLE,
                    f"The server was given up: {MAX_STRIKES} times in a row the connection failed or nothing was answered.",
                    "Run the audit again when the server answers reliably, or raise the target's timeout.",
                )
        self._drop(line)

    def answered(self, *, read: bool) -> None:
        """The server answered, or (`read`) gave a whole file: what failed before does not count any more."""
        self._strikes = 0
        if read:
            self._read_strikes = 0

    def close(self) -> None:
        """Hang up, for good: a thread that still reads meets a TargetError."""
        with self._state:
            self._closed = True
            lines, self._lines = self._lines, []
            for line in lines:
                line.lost = True
            self._state.notify_all()
        for line in lines:
            line.connection.close()

    @contextmanager
    def _reserved(self) -> Iterator[_Line]:
        """A connection with room for one more session, made if need be."""
        line = self._reserve()
        try:
            yield line
        finally:
            with self._state:
                line.busy -= 1
                self._state.notify()

    def _reserve(self) -> _Line:
        while True:
            with self._state:
                line = self._free()
                if line is not None:
                    line.busy += 1
                    return line
                self._connecting += 1
            line = None
            try:
                line = self._connect()
            finally:
                with self._state:
                    self._connecting -= 1
                    late = self._closed
                    if line is not None and not late:
                        self._lines.append(line)
                    self._state.notify_all()
                if line is not None and late:
                    line.connection.close()
            if line is not None and not late:
                return line

    def _free(self) -> _Line | None:
        """A connection with room, the least busy; None where one more may be made. Waits for either."""
        while True:
            self._check_open()
            if self._given_up is not None:
                # a new one: an exception raised over and over keeps every trace it ever had
                raise TargetError(self._given_up.code, self._given_up.detail, self._given_up.cure)
            room = [line for line in self._lines if line.busy < line.most]
            line = min(room, key=lambda line: line.busy, default=None)
            full = len(self._lines) + self._connecting >= self._most
            if line is not None and (full or not line.busy):
                return line
            if not full:
                return None
            self._state.wait()

    def _check_open(self) -> None:
        if self._closed:
            raise TargetError(GapCode.INTERRUPTED, "The audit had let go of the server.", "Run the audit again.")

    def _connect(self) -> _Line | None:
        """The first time at once; later for as long as the target's timeout: a server that restarts is back in seconds.

        None where there are others and this one more is refused (MaxStartups, a firewall): they have to do.
        """
        if not self._met:
            connection = connect(self._target, self._conduct)
            self._met = True
            return _Line(connection, busy=1)
        deadline = time.monotonic() + self._target.timeout
        pause = 0.5
        while True:
            self._check_open()
            try:
                return _Line(connect(self._target, self._conduct), busy=1)
            except TargetError as error:
                with self._state:
                    if self._lines:
                        self._most = len(self._lines)
                        return None
                if error.code != GapCode.UNREACHABLE or time.monotonic() + pause > deadline:
                    self._given_up = error
                    raise
            time.sleep(pause)
            pause *= 2

    def _session(self, line: _Line) -> Sftp | None:
        """An idle session of a connection, or a new one; None where the connection takes no more."""
        with self._state:
            if line.idle:
                return line.idle.pop()
        try:
            sftp = line.connection.sftp()
        except SessionRefusedError:
            if self._refused(line):
                return None
            self._drop(line)
            raise TargetError(
                GapCode.UNREACHABLE,
                "The server lets us in but opens no session.",
                "Raise MaxSessions in its sshd_config.",
            ) from None
        except TargetError:
            self._drop(line)
            raise
        with self._state:
            line.sessions.add(sftp)
        return sftp

    def _refused(self, line: _Line) -> bool:
        """Make do with the sessions that this connection has; False if it has none that could end for a new one."""
        with self._state:
            for end in (*(sftp.close for sftp in line.idle), *(shell.close for shell in line.shells)):
                end()
                line.ending = time.monotonic() + _ENDING
            line.sessions.difference_update(line.idle)
            line.idle.clear()
            line.shells.clear()
            if line.busy > 1:
                line.most = line.busy - 1
                return True
            line.most = 1
        if time.monotonic() > line.ending:
            return False
        time.sleep(0.05)  # the server has not heard yet that a session has ended
        return True

    def _drop(self, line: _Line) -> None:
        with self._state:
            line.lost = True
            line.idle.clear()
            if line in self._lines:
                self._lines.remove(line)
            self._state.notify_all()
        line.connection.close()
