"""What paramiko reads from and reads into, without its many small system calls and copies.

Measured on one transfer of 1 GiB (benchmarks/ssh.py): half of paramiko's time went into asking the kernel twice a packet
and into moving each byte through an `array` twice.
"""

# ruff: noqa: SLF001 - paramiko keeps the state of its ciphers to itself; tests/integration/test_ssh_scanner.py meets a change of it

from __future__ import annotations

import socket
import threading
from collections import deque
from typing import Any, Final, Protocol, cast

import paramiko
from paramiko.buffered_pipe import BufferedPipe, PipeTimeout
from paramiko.packet import Packetizer

AT_ONCE: Final = 1 << 18
"""Bytes to take at once of what has arrived: more in one piece is memory that the kernel has to make ready each time."""
_KEXINIT: Final = 20
_MOST_PACKET: Final = 1 << 20


class _Wire(Protocol):
    """What a socket and a channel of a jump host have in common."""

    def recv(self, size: int, /) -> bytes: ...


class Packets(Packetizer):
    """paramiko's packets, with the rekeying left to the server (paramiko's own can deadlock a transfer, its issue 822), and
    those of AES-GCM read with three copies less: at 1 GiB they were a fifth of all processor time.
    """

    REKEY_BYTES = 1 << 50
    REKEY_PACKETS = 1 << 50
    REKEY_BYTES_OVERFLOW_MAX = 1 << 50
    REKEY_PACKETS_OVERFLOW_MAX = 1 << 50

    offered = b""
    """The server's first word on algorithms (RFC 4253, 7.1), from its cookie on."""

    def read_message(self) -> tuple[int, paramiko.Message]:
        """The next packet: its kind, and what is in it."""
        own: Any = self
        # before the first key exchange has ended, paramiko's own rules on sequence numbers hold
        if not own._Packetizer__aead_in or not own._initial_kex_done or own._Packetizer__compress_engine_in is not None:
            kind, message = super().read_message()
            if kind == _KEXINIT and not self.offered:
                self.offered = message.asbytes()
            return kind, message
        length = self.read_all(4, check_rekey=True)
        size = int.from_bytes(length)
        if not 16 <= size <= _MOST_PACKET:
            raise paramiko.SSHException("a packet of no possible size")
        sealed = self.read_all(size + own._Packetizer__mac_size_in)
        plain = own._Packetizer__block_engine_in.decrypt(own._Packetizer__iv_in, sealed, length)
        own._Packetizer__iv_in = own._inc_iv_counter(own._Packetizer__iv_in)
        end = size - plain[0]
        if end < 2:
            raise paramiko.SSHException("a packet of padding alone")
        read = paramiko.Message(plain[2:end])
        read.seqno = own._Packetizer__sequence_number_in
        own._Packetizer__sequence_number_in = (read.seqno + 1) & 0xFFFFFFFF
        return plain[1], read


class BufferedSocket:
    """A socket that reads ahead. Everything but `recv` is the socket's own; read by one thread, as paramiko does."""

    def __init__(self, wire: _Wire) -> None:
        self._wire = wire
        self._held = b""
        self._at = 0

    def recv(self, size: int) -> bytes:
        """Up to `size` bytes, as a socket's."""
        left = len(self._held) - self._at
        if not left:
            if size >= AT_ONCE:
                return self._wire.recv(size)
            self._held, self._at = self._wire.recv(AT_ONCE), 0
            left = len(self._held)
        end = self._at + min(size, left)
        data = self._held[self._at : end]
        self._at = end
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._wire, name)


class Chunks(BufferedPipe):  # type: ignore[type-arg, unused-ignore]
    """A channel's buffer that hands out what arrived as it arrived: nothing is moved or joined but what `read` asks for."""

    def __init__(self) -> None:
        super().__init__()
        self._chunks: deque[bytes] = deque()
        self._size = 0
        self._cond = threading.Condition()
        self._ended = False
        self._told: Any = None

    def set_event(self, event: Any) -> None:
        """As paramiko's."""
        with self._cond:
            self._told = event
            (event.set if self._ended or self._size else event.clear)()

    def feed(self, data: bytes | str) -> None:
        """Take what arrived."""
        with self._cond:
            self._chunks.append(cast(bytes, data))
            self._size += len(data)
            if self._told is not None:
                self._told.set()
            self._cond.notify()

    def read_ready(self) -> bool:
        """Whether there is anything to read."""
        return self._size > 0

    def read(self, nbytes: int, timeout: float | None = None) -> bytes:
        """Up to `nbytes`; b"" at the end. PipeTimeout."""
        with self._cond:
            if (
                not self._size
                and not self._ended
                and not self._cond.wait_for(lambda: self._size or self._ended, timeout)
            ):
                raise PipeTimeout
            return self._take(nbytes)

    def empty(self) -> bytes:
        """Everything there is."""
        with self._cond:
            return self._take(self._size)

    def close(self) -> None:
        """No more will come."""
        with self._cond:
            self._ended = True
            if self._told is not None:
                self._told.set()
            self._cond.notify_all()

    def __len__(self) -> int:
        return self._size

    def _take(self, wanted: int) -> bytes:
        """As many whole arrivals as `wanted` bytes hold; a part of one where it holds more by itself."""
        parts: list[bytes] = []
        room = wanted
        while self._chunks and len(self._chunks[0]) <= room:
            parts.append(self._chunks.popleft())
            room -= len(parts[-1])
        if not parts and self._chunks and room:
            parts.append(self._chunks[0][:room])
            self._chunks[0] = self._chunks[0][room:]
        data = parts[0] if len(parts) == 1 else b"".join(parts)
        self._size -= len(data)
        if not self._size and not self._ended and self._told is not None:
            self._told.clear()
        return data


def lighten(channel: paramiko.Channel) -> None:
    """Give a channel that has received nothing yet the buffer above."""
    channel.in_buffer = Chunks()  # type: ignore[assignment, unused-ignore]


def no_delay(connection: socket.socket) -> None:
    """Send small packets at once: paramiko sets it not, which costs 40 ms a command."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
