"""What the audit and its workers say to each other, over Unix sockets.

To a worker: frames of a kind, a length and bytes. From a worker: frames of a length and a pickle. A worker reads hostile files, so
what it sends is unpickled with a fixed list of classes and nothing else: it can lie about findings, it cannot run code.
"""

from __future__ import annotations

import io
import pickle
import signal
import socket
import struct
from collections.abc import Iterator
from types import FunctionType
from typing import Any, Final

from auditor.errors import ReadError
from auditor.ledger import Event
from auditor.model.asset import GapCode

ASSET: Final = b"A"
HEAD: Final = b"H"
"""The head of the file that a part is of; it comes before the part's own bytes."""
DATA: Final = b"D"
END: Final = b"E"
FAILED: Final = b"F"
STOP: Final = signal.SIGUSR1
"""To a worker: look at no more bytes, whatever is on its way; hand in what was found."""
CHUNK: Final = 1 << 20
"""Bytes of a DATA frame at most."""
_HEADER: Final = struct.Struct(">cI")
_LENGTH: Final = struct.Struct(">I")
_LONGEST: Final = 1 << 30

_CLASSES: Final = frozenset(
    {
        *(("auditor.ledger", name) for name in ("Holds", "Values", "Block", "BlocksEnd", "Records", "Rows", "Described", "Divides", "Begins", "Ended", "Missed", "Rechecked", "Met", "Enough", "Done")),
        ("auditor.extractors.cuts", "Cut"),
        ("auditor.model.asset", "Asset"),
        ("auditor.model.asset", "Gap"),
        ("auditor.model.asset", "GapCode"),
        ("auditor.model.match", "Match"),
        ("auditor.model.match", "Place"),
        ("auditor.model.recheck", "Difference"),
        ("auditor.people.people", "Column"),
        ("auditor.people.people", "Identifier"),
        ("datetime", "datetime"),
        ("datetime", "timezone"),
        ("datetime", "timedelta"),
        ("numpy", "dtype"),
        ("numpy", "ndarray"),
        ("numpy.core.multiarray", "_reconstruct"),
        ("numpy.core.numeric", "_frombuffer"),
        ("numpy._core.multiarray", "_reconstruct"),
        ("numpy._core.numeric", "_frombuffer"),
        ("_codecs", "encode"),
    }
)  # fmt: skip


class _Events(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Only what events are made of, and nothing that a pickle could change: it sets attributes of whatever takes them."""
        if (module, name) in _CLASSES:
            found = super().find_class(module, name)
            return (lambda *given: found(*given)) if found is GapCode or isinstance(found, FunctionType) else found
        raise pickle.UnpicklingError(f"a worker may not send {module}.{name}")


def frame(kind: bytes, data: bytes = b"") -> bytes:
    """One frame to a worker."""
    return _HEADER.pack(kind, len(data)) + data


def events_frame(events: list[Event]) -> bytes:
    """One frame from a worker."""
    data = pickle.dumps(events, protocol=5)
    return _LENGTH.pack(len(data)) + data


class EventReader:
    """Takes bytes as they arrive, gives whole lists of events. ValueError for what no honest worker sends."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[list[Event]]:
        """The lists that these bytes complete."""
        self._buffer += data
        while len(self._buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._buffer)
            if length > _LONGEST:
                raise ValueError("a frame too long")
            end = _LENGTH.size + length
            if len(self._buffer) < end:
                return
            with memoryview(self._buffer) as view:
                body = bytes(view[_LENGTH.size : end])
            del self._buffer[:end]
            try:
                events: list[Event] = _Events(io.BytesIO(body)).load()
                for event in events:
                    event.__getstate__()  # AttributeError for one that was never filled
            except Exception:  # whatever a broken pickle raises, it is the worker that is broken
                raise ValueError("not a list of events") from None
            yield events


class FrameReader:
    """A worker's side: frames from a socket."""

    def __init__(self, stream: socket.socket) -> None:
        self._socket = stream

    def next(self) -> tuple[bytes, bytes]:
        """A kind and its bytes; EOFError where the audit has hung up."""
        kind, length = _HEADER.unpack(self._exactly(_HEADER.size))
        return kind, self._exactly(length) if length else b""

    def _exactly(self, size: int) -> bytes:
        data = self._socket.recv(size, socket.MSG_WAITALL)
        while len(data) < size:
            more = self._socket.recv(size - len(data), socket.MSG_WAITALL)
            if not more:
                raise EOFError
            data += more
        return data


def failure(error: ReadError) -> bytes:
    """A ReadError of the source, for FAILED."""
    return pickle.dumps((str(error.code), error.detail, error.unread))


def as_error(data: bytes) -> ReadError:
    """The same on the other side."""
    return ReadError(*pickle.loads(data))  # noqa: S301 - the audit's own words
