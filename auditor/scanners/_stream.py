"""A target's bytes as a stream that only reads on, over chunks that arrive one by one."""

from __future__ import annotations

import io
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from auditor.errors import ReadError, TargetError
from auditor.model.asset import Asset, GapCode

Chunks = Generator[bytes, None, None]
"""Bytes in order, ended by the generator's return; ReadError where they end too early."""


class ForwardStream(io.BufferedIOBase):
    """A buffered binary stream over chunks; memory is one chunk and what one `read` asks for.

    A ReadError never costs bytes that arrived before it, and is never mistaken for the end of the file: the read it
    meets returns what there is, the next one raises it, and `raise_pending` raises it for a reader that stopped there.
    """

    def __init__(self, chunks: Chunks) -> None:
        self._chunks = chunks
        self._chunk = b""
        self._at = 0
        self._ended = False
        self._error: ReadError | None = None
        self._raised = False

    def readable(self) -> bool:
        """Always true."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """`size` bytes, fewer at the end of the file alone or before a ReadError, which the next call raises."""
        self._check_open()
        wanted = -1 if size is None or size < 0 else size
        parts: list[bytes] = []
        gathered = 0
        while gathered != wanted and (self._at < len(self._chunk) or self._fill()):
            part = self._take(wanted - gathered if wanted >= 0 else -1)
            parts.append(part)
            gathered += len(part)
        if not parts and wanted != 0:
            self._raise()
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def read1(self, size: int = -1, /) -> bytes:
        """What has arrived, at most `size` bytes; waits for one chunk at most."""
        self._check_open()
        if size == 0:
            return b""
        if self._at >= len(self._chunk) and not self._fill():
            self._raise()
            return b""
        return self._take(size)

    def readline(self, size: int | None = -1, /) -> bytes:
        """One line with its end; IOBase's own reads past `size` where `peek` has more."""
        self._check_open()
        limit = -1 if size is None or size < 0 else size
        parts: list[bytes] = []
        gathered = 0
        while gathered != limit and (self._at < len(self._chunk) or self._fill()):
            end = self._chunk.find(b"\n", self._at) + 1 or len(self._chunk)
            part = self._take(end - self._at if limit < 0 else min(end - self._at, limit - gathered))
            parts.append(part)
            gathered += len(part)
            if part.endswith(b"\n"):
                break
        if not parts and limit != 0:
            self._raise()
        return b"".join(parts)

    def peek(self, _size: int = 0, /) -> bytes:
        """What the next read will return first, at least one byte unless the file is at its end."""
        self._check_open()
        if self._at >= len(self._chunk):
            self._fill()
        return self._chunk[self._at :]

    def close(self) -> None:
        """Let go of the source."""
        if not self.closed:
            self._chunks.close()
            self._chunk = b""
        super().close()

    def raise_pending(self) -> None:
        """Raise the ReadError that ended the stream, if no read has raised it."""
        if not self._raised:
            self._raise()

    def _take(self, size: int) -> bytes:
        end = len(self._chunk) if size < 0 else min(len(self._chunk), self._at + size)
        part = self._chunk if (self._at, end) == (0, len(self._chunk)) else self._chunk[self._at : end]
        self._at = end
        return part

    def _fill(self) -> bool:
        self._chunk, self._at = b"", 0
        while not self._ended:
            try:
                self._chunk = next(self._chunks)
            except StopIteration:
                self._ended = True
            except ReadError as error:
                self._ended, self._error = True, error
            if self._chunk:
                return True
        return False

    def _raise(self) -> None:
        if self._error is not None:
            self._raised = True
            raise self._error

    def _check_open(self) -> None:
        if self.closed:
            raise ValueError("read of a closed stream")


def arrived(chunk: bytes, took: Callable[[int], None]) -> Chunks:
    """Counts a chunk and waits at once, as a reader may not come back; hands it on before the end of the hours (TargetError)."""
    over: TargetError | None = None
    try:
        took(len(chunk))
    except TargetError as error:
        over = error
    yield chunk
    if over is not None:
        raise over


def as_listed(asset: Asset, size: int, modified: float | None) -> None:
    """ReadError where a file that is read in parts is not the one that was listed: shorter, or as long and written to since.

    `modified`: seconds since 1970 as the system says now. What was only appended to is read as far as it was listed.
    """
    listed = asset.size or 0
    if size < listed:
        raise ReadError(GapCode.CHANGED_DURING_READ, "The file became shorter while it was read.", listed)
    if (
        size == listed
        and modified is not None
        and asset.modified is not None
        and int(modified) != int(asset.modified.timestamp())
    ):
        raise ReadError(GapCode.CHANGED_DURING_READ, "The file was written to while it was read.", listed)


@contextmanager
def reading(chunks: Chunks) -> Iterator[BinaryIO]:
    """The chunks as a stream for the length of a `with` block.

    A ReadError that cut a read short and that no further read raised is raised where the block ends.
    """
    stream = ForwardStream(chunks)
    try:
        yield cast(BinaryIO, stream)
        stream.raise_pending()
    finally:
        stream.close()
