"""Exactly so many bytes of a stream that gives what it likes: for formats made of lengths and contents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.extractors.decoding import Readable

_BLOCK: Final = 256 << 10


class ExactReader:
    """Reads on. `at` is the number of bytes handed out. EOFError where a piece is not whole: then `left` is what there is of it."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._buffer = bytearray()
        self._from = 0
        self.at = 0

    def exactly(self, size: int) -> bytes:
        """The next `size` bytes."""
        self._fill(size)
        if len(self._buffer) - self._from < size:
            raise EOFError
        return self._take(size)

    def peek(self, size: int) -> bytes:
        """The next bytes, less at the end; they stay."""
        self._fill(size)
        return bytes(memoryview(self._buffer)[self._from : self._from + size])

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; b"" at the end."""
        self._fill(1)
        return self._take(min(size, len(self._buffer) - self._from))

    def left(self) -> bytes:
        """What was read of the stream and not handed out."""
        return self._take(len(self._buffer) - self._from)

    def at_end(self) -> bool:
        """Whether nothing is left."""
        return not self.peek(1)

    def until(self, mark: bytes) -> Iterator[bytes]:
        """The bytes before the next `mark`, in pieces, and to behind it; without one all that is left."""
        while True:
            at = self._buffer.find(mark, self._from)
            if at >= 0:
                yield self._take(at - self._from)
                self._take(len(mark))
                return
            yield self._take(max(0, len(self._buffer) - self._from - len(mark) + 1))
            if len(self.peek(len(mark))) < len(mark):
                yield self.left()
                return

    def back(self, data: bytes) -> None:
        """Bytes that were handed out are next again."""
        self._buffer[: self._from] = data
        self._from = 0
        self.at -= len(data)

    def _fill(self, size: int) -> None:
        while len(self._buffer) - self._from < size:
            data = self._stream.read(max(_BLOCK, min(size, 16 << 20)))
            if not data:
                return
            if self._from:
                del self._buffer[: self._from]
                self._from = 0
            self._buffer += data

    def _take(self, size: int) -> bytes:
        data = bytes(memoryview(self._buffer)[self._from : self._from + size])
        self._from += size
        self.at += size
        return data
