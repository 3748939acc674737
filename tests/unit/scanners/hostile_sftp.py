"""An SSH server in this process whose SFTP does whatever a test says, byte by byte."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import paramiko

from auditor.model.engagement import SshTarget

INIT, OPEN, CLOSE, READ, LSTAT, FSTAT, OPENDIR, READDIR, REALPATH, STAT = 1, 3, 4, 5, 7, 8, 11, 12, 16, 17
STATUS, HANDLE, DATA, NAME, ATTRS = 101, 102, 103, 104, 105
FILE, FOLDER = 0o100644, 0o040755


class Silence(Exception):  # noqa: N818 - a reaction, not an error
    """Do not answer."""


class HangUp(Exception):  # noqa: N818 - a reaction, not an error
    """Close the connection."""


def string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def status(code: int) -> tuple[int, bytes]:
    return STATUS, struct.pack(">I", code) + string(b"\x1b]0;vendor says\x07") + string(b"")


def attributes(mode: int | None, size: int = 0) -> bytes:
    if mode is None:
        return struct.pack(">I", 0)
    return struct.pack(">IQIIIII", 1 | 2 | 4 | 8, size, 1000, 1000, mode, 0, 1_700_000_000)


def names(*entries: tuple[bytes, int | None, int]) -> tuple[int, bytes]:
    body = b"".join(string(name) + string(b"") + attributes(mode, size) for name, mode, size in entries)
    return NAME, struct.pack(">I", len(entries)) + body


@dataclass
class Vendor:
    """An honest server of one tree; a test replaces what it wants by its own reaction.

    `tree`: folder → its entries (name, mode, size); `content`: file → bytes. `reactions`: request kind → what is
    answered for a path or handle (and offset, length); None falls back to the honest answer.
    """

    tree: dict[bytes, list[tuple[bytes, int | None, int]]] = field(default_factory=dict)
    content: dict[bytes, bytes] = field(default_factory=dict)
    reactions: dict[int, Callable[[bytes, int, int], tuple[int, bytes] | None]] = field(default_factory=dict)
    requests: list[tuple[int, bytes]] = field(default_factory=list)
    connections: int = 0
    listed: set[bytes] = field(default_factory=set)

    def answer(self, kind: int, body: bytes) -> tuple[int, bytes]:
        length = struct.unpack_from(">I", body)[0]
        subject, rest = body[4 : 4 + length], body[4 + length :]
        offset, count = struct.unpack(">QI", rest) if kind == READ else (0, 0)
        self.requests.append((kind, subject))
        reaction = self.reactions.get(kind)
        special = reaction(subject, offset, count) if reaction else None
        return special if special is not None else self.honest(kind, subject, offset, count)

    def honest(self, kind: int, subject: bytes, offset: int, count: int) -> tuple[int, bytes]:
        match kind:
            case 16:
                return names((subject, FOLDER, 0))
            case 11:
                self.listed.discard(subject)
                return (HANDLE, string(subject)) if subject in self.tree else status(2)
            case 12:
                if subject in self.listed:
                    return status(1)
                self.listed.add(subject)
                return names(*self.tree[subject])
            case 3:
                return (HANDLE, string(subject)) if subject in self.content else status(2)
            case 5:
                data = self.content[subject][offset : offset + count]
                return (DATA, string(data)) if data else status(1)
            case 7 | 17 | 8:
                if subject in self.tree:
                    return ATTRS, attributes(FOLDER)
                if subject in self.content:
                    return ATTRS, attributes(FILE, len(self.content[subject]))
                return status(2)
            case _:
                return status(0)


class _Subsystem(paramiko.SubsystemHandler):
    vendor: Vendor

    def __init__(self, channel: paramiko.Channel, name: str, server: paramiko.ServerInterface, vendor: Vendor) -> None:
        super().__init__(channel, name, server)
        self.vendor = vendor

    def start_subsystem(self, name: str, transport: paramiko.Transport, channel: paramiko.Channel) -> None:
        self.vendor.connections += 1
        try:
            self._serve(channel)
        except (EOFError, OSError, paramiko.SSHException):
            return
        except HangUp:
            transport.close()

    def _serve(self, channel: paramiko.Channel) -> None:
        while True:
            length, kind = struct.unpack(">IB", self._take(channel, 5))
            body = self._take(channel, length - 1)
            if kind == INIT:
                channel.sendall(struct.pack(">IBI", 5, 2, 3))
                continue
            try:
                answered, answer = self.vendor.answer(kind, body[4:])
            except Silence:
                continue
            channel.sendall(struct.pack(">IB", len(answer) + 5, answered) + body[:4] + answer)

    def _take(self, channel: paramiko.Channel, count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = channel.recv(count - len(data))
            if not part:
                raise EOFError
            data += part
        return data


class _Server(paramiko.ServerInterface):
    def check_auth_password(self, username: str, password: str) -> int:
        return paramiko.AUTH_SUCCESSFUL

    def get_allowed_auths(self, username: str) -> str:
        return "password"

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED


@contextmanager
def hostile(vendor: Vendor, folder: Path, timeout: float = 2.0) -> Iterator[SshTarget]:
    """Serve `vendor` on loopback; the target that leads to it, with paths=("/v",)."""
    key = paramiko.ECDSAKey.generate()
    password = folder / "password"
    password.write_text("any password will do here\n")
    listener = socket.create_server(("127.0.0.1", 0))
    transports: list[paramiko.Transport] = []

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            transport = paramiko.Transport(connection)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", _Subsystem, vendor)
            transports.append(transport)
            try:
                transport.start_server(server=_Server(), event=threading.Event())
            except (EOFError, paramiko.SSHException):
                continue

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield SshTarget(
            name="hostile",
            host="127.0.0.1",
            port=listener.getsockname()[1],
            user="audit",
            host_key=key.fingerprint,
            password_file=password,
            agent=False,
            paths=("/v",),
            timeout=timeout,
        )
    finally:
        listener.close()
        for transport in transports:
            transport.close()
