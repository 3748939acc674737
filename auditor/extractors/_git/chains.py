"""What deltas make of their bases, along chains of any length: in memory, or through temporary files where it is large."""

from __future__ import annotations

import tempfile
from collections import OrderedDict
from typing import IO, Final, cast

from auditor.extractors._git import delta as git_delta
from auditor.extractors._git.delta import DamagedError
from auditor.extractors._git.entries import BLOB, BLOCK, KINDS, MISSING, Entries, Inflated

WHOLE: Final = 32 << 20
"""Larger objects are not held in memory."""

_CACHE: Final = 64 << 20
_LONGEST_CHAIN: Final = 10_000


class BaseMissingError(DamagedError):
    """The base of a delta is not known, or not yet."""


class Chains:
    """Objects with their deltas applied, the last ones kept."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._cache: OrderedDict[int, tuple[int, bytes]] = OrderedDict()
        self._cached = 0

    def _chain(self, offset: int) -> list[tuple[int, int, int]]:
        """From the object at `offset` down: (offset, where its bytes begin, size), ending with one that is no delta or is cached."""
        chain: list[tuple[int, int, int]] = []
        while True:
            if offset in self._cache:
                return [*chain, (offset, -1, 0)]
            if offset < 0:
                if offset == MISSING:
                    raise BaseMissingError
                return [*chain, (offset, -1, 0)]
            _, size, base, body = self._entries.header(offset)
            chain.append((offset, body, size))
            if base is None:
                return chain
            if len(chain) > _LONGEST_CHAIN:
                raise DamagedError("a chain of deltas is too long")
            offset = base

    def content(self, offset: int) -> tuple[int, bytes]:
        """(type, content) of the object at `offset`, no part of whose chain is larger than WHOLE but by `_large`."""
        chain = self._chain(offset)
        base_offset, body, size = chain.pop()
        if body < 0:
            kind, content = self._base(base_offset)
        else:
            kind = self._entries.header(base_offset)[0]
            if size > WHOLE:
                with self.large(offset) as file:
                    return kind, file.read()
            content = self._inflate(base_offset, body, size)
            self._keep(base_offset, kind, content)
        while chain:
            self._entries.budget.check()
            delta_offset, body, size = chain.pop()
            delta = self._inflate(delta_offset, body, size)
            if git_delta.sizes(delta)[1] > WHOLE:
                with self.large(offset) as file:
                    return kind, file.read()
            content = git_delta.apply(content, delta)
            self._keep(delta_offset, kind, content)
        return kind, content

    def _base(self, offset: int) -> tuple[int, bytes]:
        """What a chain ends with: cached, or loose."""
        if offset in self._cache:
            self._cache.move_to_end(offset)
            return self._cache[offset]
        head = next(iter(self._entries.inflated(offset)), b"")
        kind = KINDS.get(head.partition(b" ")[0], BLOB)
        content = bytearray()
        for data in self._entries.loose(-1 - offset):
            content += data
            if len(content) > WHOLE:
                raise DamagedError("an object is a delta of a large loose one")
        return kind, bytes(content)

    def large(self, offset: int) -> IO[bytes]:
        """The object at `offset` in a temporary file."""
        chain = self._chain(offset)
        base, body, size = chain.pop()
        current = _temporary()
        try:
            if body < 0:
                size = current.write(self._base(base)[1])
            else:
                for data in self._entries.inflated(base):
                    current.write(data)
            while chain:
                delta_offset, body, delta_size = chain.pop()
                delta = self._inflate(delta_offset, body, delta_size)
                after = _temporary()
                try:
                    size = git_delta.apply_to_file(current, size, delta, after)
                except BaseException:  # as below
                    after.close()
                    raise
                current.close()
                current = after
            current.seek(0)
        except BaseException:  # whatever ends it, an interrupt too: nobody else closes the file
            current.close()
            raise
        return current

    def kind(self, offset: int) -> int:
        """The type of what its chain of deltas makes."""
        last = self._chain(offset)[-1]
        return self._base(last[0])[0] if last[1] < 0 else self._entries.header(last[0])[0]

    def delta_head(self, offset: int) -> bytes:
        """Its first bytes, which hold the sizes of the base and of the result."""
        data = b""
        for piece in self._entries.inflated(offset):
            data += piece
            if len(data) >= 20:
                break
        return data[:64]

    def _inflate(self, offset: int, body: int, size: int) -> bytes:
        if size > WHOLE:
            raise DamagedError("a delta is too large")
        return b"".join(Inflated(self._entries, body, self._entries.end_of(offset), step=min(size + 64, BLOCK)))

    def _keep(self, offset: int, kind: int, content: bytes) -> None:
        if len(content) > _CACHE // 2 or offset in self._cache:
            return
        self._cache[offset] = (kind, content)
        self._cached += len(content) + 128
        while self._cached > _CACHE:
            _, (_, dropped) = self._cache.popitem(last=False)
            self._cached -= len(dropped) + 128


def _temporary() -> IO[bytes]:
    return cast(IO[bytes], tempfile.TemporaryFile())
