"""A server that only another one reaches: a Unix socket here that leads through that one's SSH connection."""

from __future__ import annotations

import contextlib
import shutil
import socket
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Final, Self

import paramiko

from auditor.journal import Conduct
from auditor.model.engagement import SshTarget
from auditor.scanners._ssh_connect import HostKey, log_in

_WINDOW: Final = 32 << 20
_PACKET: Final = 1 << 18
_PIECE: Final = 256 << 10


class Forward:
    """Forwards connections to (host, port) as the SSH server sees them. Use it as a context manager.

    The socket lies in a folder of mode 0700: nobody else on this machine gets at the database. `silence`: seconds without a byte
    after which a connection counts as lost. Logging in is asked for through `conduct`; who uses the forward counts what comes
    through it. TargetError as the ssh target's.
    """

    def __init__(
        self, via: SshTarget, host: str, port: int, *, name: str = ".s.PGSQL.5432", silence: float, conduct: Conduct
    ) -> None:
        self._via = via
        self._address = (host, port)
        self._name = name
        self._silence = silence
        self._conduct = conduct
        self._resources = ExitStack()
        self.hosts: tuple[HostKey, ...] = ()
        self.folder = Path()
        self.refused = False
        """Whether the SSH server would not connect on."""

    @property
    def path(self) -> Path:
        """The socket's file."""
        return self.folder / self._name

    def __enter__(self) -> Self:
        with ExitStack() as resources:
            transport, _, self.hosts = log_in(self._via, resources, self._conduct)
            self.folder = Path(tempfile.mkdtemp(prefix="auditor-"))  # 0700
            resources.callback(shutil.rmtree, self.folder, ignore_errors=True)
            listener = resources.enter_context(socket.socket(socket.AF_UNIX))
            listener.bind(str(self.path))
            listener.listen(8)
            resources.callback(listener.shutdown, socket.SHUT_RDWR)  # wakes `accept`
            threading.Thread(target=self._accept, args=(listener, transport), name="forward", daemon=True).start()
            self._resources = resources.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._resources.close()

    def _accept(self, listener: socket.socket, transport: paramiko.Transport) -> None:
        while True:
            try:
                ours, _ = listener.accept()
            except OSError:
                return  # closed
            try:
                channel = transport.open_channel(
                    "direct-tcpip", self._address, ("127.0.0.1", 0), window_size=_WINDOW, max_packet_size=_PACKET,
                    timeout=self._via.timeout,
                )  # fmt: skip
            except (paramiko.SSHException, EOFError, OSError):
                self.refused = True
                ours.close()
                continue
            channel.settimeout(self._silence)
            for pump in (_out, _in):
                threading.Thread(target=pump, args=(ours, channel), name="forward", daemon=True).start()


def _out(ours: socket.socket, channel: paramiko.Channel) -> None:
    """What we say."""
    with contextlib.suppress(OSError, EOFError):
        while data := ours.recv(_PIECE):
            channel.sendall(data)
    with contextlib.suppress(OSError, EOFError):
        channel.close()


def _in(ours: socket.socket, channel: paramiko.Channel) -> None:
    """What the server says; TimeoutError is an OSError."""
    with contextlib.suppress(OSError, EOFError):
        while data := channel.recv(_PIECE):
            ours.sendall(data)
    with contextlib.suppress(OSError, EOFError):
        channel.close()
    with contextlib.suppress(OSError):
        ours.shutdown(socket.SHUT_RDWR)
    ours.close()
