"""The bytes of an asset on their way: counted, and put back in front after a look at the head.

No `io.BufferedReader` here: when its raw stream fails in the middle of a `read(n)`, it drops what it had gathered, and
what was read before a failure must be searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import FrameType
from typing import BinaryIO, Protocol, TypeVar, cast

from auditor.errors import ReadError
from auditor.model.asset import GapCode

_Item = TypeVar("_Item")
HEAD = 64 * 1024
"""How many bytes are looked at to tell what a file is."""


class Readable(Protocol):
    """What extractors need of a stream."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes, b"" at the end. Raises ReadError, after all that came before it was handed out."""
        ...


def interruption() -> ReadError:
    """Of what was being read when the audit was interrupted."""
    return ReadError(GapCode.INTERRUPTED, "the audit was interrupted while this was read")


class Interrupted(BaseException):
    """Work was broken off in its middle. As KeyboardInterrupt, no Exception: no reader takes it for a damaged file."""


class Stop:
    """Ends work in the middle when the audit is interrupted: `now` is for a signal's handler, all else for the one thread that works.

    What is computed item by item (`guard`) is broken off at once, where no item is lost that was given before; nothing else is.
    """

    def __init__(self) -> None:
        self.said = False
        self._armed = False

    def now(self, _signal: int = 0, frame: FrameType | None = None) -> None:
        """Break off, or as soon as it may be: a module half imported would be of no use afterwards."""
        self.said = True
        if not self._armed:
            return
        while frame is not None:
            if frame.f_code.co_filename.startswith("<frozen importlib"):
                return
            frame = frame.f_back
        self._armed = False
        raise Interrupted

    def guard(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """The same items. Interrupted once it was said."""
        iterator = iter(items)
        while True:
            self._armed = True
            try:
                if self.said:
                    raise Interrupted
                item = next(iterator)
            except StopIteration:
                return
            finally:
                self._armed = False
            yield item


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
