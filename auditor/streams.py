"""The bytes of an asset on their way: counted, and put back in front after a look at the head.

No `io.BufferedReader` here: when its raw stream fails in the middle of a `read(n)`, it drops what it had gathered, and
what was read before a failure must be searched.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, Protocol, cast

from auditor.errors import ReadError

HEAD = 64 * 1024
"""How many bytes are looked at to tell what a file is."""


class Readable(Protocol):
    """What extractors need of a stream."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes, b"" at the end. Raises ReadError, after all that came before it was handed out."""
        ...


class Counted:
    """Reads on from `stream` and tells `count` how many bytes each read gave."""

    def __init__(self, stream: Readable, count: Callable[[int], None]) -> None:
        self._stream = stream
        self._count = count

    def read(self, size: int = -1, /) -> bytes:
        """What the stream gives."""
        data = self._stream.read(size)
        if data:
            self._count(len(data))
        return data


class _Rewound:
    """The head, then the rest of the stream; or, where the stream failed within the head, that failure."""

    def __init__(self, head: bytes, stream: Readable, failure: ReadError | None) -> None:
        self._head = memoryview(head)
        self._stream = stream
        self._failure = failure

    def read(self, size: int = -1, /) -> bytes:
        """As `Readable`; a read over the head's end may give less than asked for."""
        if self._head:
            cut = len(self._head) if size < 0 else size
            data, self._head = bytes(self._head[:cut]), self._head[cut:]
            if size >= 0 or self._failure is not None:
                return data
            return data + self._stream.read()
        if self._failure is not None:
            raise self._failure
        return self._stream.read(size)


def peek(stream: Readable) -> tuple[bytes, BinaryIO]:
    """The stream's head (up to HEAD bytes), and a stream that starts at its first byte again."""
    parts = []
    missing = HEAD
    failure = None
    try:
        while missing and (data := stream.read(missing)):
            parts.append(data)
            missing -= len(data)
    except ReadError as error:
        failure = error
    head = b"".join(parts)
    # The extractors' contract says BinaryIO and uses read() alone.
    return head, cast(BinaryIO, _Rewound(head, stream, failure))
