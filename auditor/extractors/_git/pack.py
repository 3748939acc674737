"""The objects of a git repository: loose ones and packs, all in one seekable file (gitformat-pack(5)).

Own code, as libraries open a repository by path (pygit2), or hold whole chains of deltas in memory and trust the index
that lies beside a pack (dulwich): what an index leaves out is read here too.
"""

from __future__ import annotations

import hashlib
import struct
import tempfile
import zlib
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import IO, Final, cast

from auditor.errors import ReadError
from auditor.extractors._git import delta as git_delta
from auditor.extractors._git.delta import DamagedError
from auditor.extractors.limits import Budget
from auditor.model.asset import GapCode

COMMIT: Final = 1
TREE: Final = 2
BLOB: Final = 3
TAG: Final = 4
_OFS_DELTA: Final = 6
_REF_DELTA: Final = 7
_NAMES: Final = {COMMIT: b"commit", TREE: b"tree", BLOB: b"blob", TAG: b"tag"}
_KINDS: Final = {name: kind for kind, name in _NAMES.items()}
WHOLE: Final = 32 << 20
"""Larger objects are not held in memory."""

_CACHE: Final = 64 << 20
_BLOCK: Final = 64 << 10
_LONGEST_CHAIN: Final = 10_000
_MOST_OBJECTS: Final = 1_000_000


class ObjectStore:
    """Objects by number, found by `add_pack` and `add_loose`; `problems` counts what could not be read, by reason.

    An object's name is the hash of what it holds, never what a file's name or an index says.
    """

    def __init__(self, file: IO[bytes], budget: Budget, *, sha256: bool = False) -> None:
        self._file = file
        self._budget = budget
        self._hash = hashlib.sha256 if sha256 else hashlib.sha1
        self.width = 32 if sha256 else 20
        self.numbers: dict[bytes, int] = {}
        self.kinds = array("B")
        self.sizes = array("Q")
        self._offsets = array("q")  # of a pack's entry; of a loose object, -1 - offset
        self._ends: list[tuple[int, int]] = []
        self._cache: OrderedDict[int, tuple[int, bytes]] = OrderedDict()
        self._cached = 0
        self.problems: dict[str, int] = {}
        self._waiting: list[int] = []  # where deltas begin that were not resolved yet

    def __len__(self) -> int:
        return len(self.kinds)

    def add_loose(self, offset: int, size: int, name: bytes) -> bool:
        """A loose object of `size` bytes at `offset`; False if it is none."""
        head = b""
        digest = self._hash()
        count = 0
        kind = declared = 0
        try:
            for data in self._inflated(offset, offset + size):
                digest.update(data)
                if not kind:
                    head += data
                    end = head.find(b"\0", 0, 64)
                    if end < 0:
                        if len(head) > 64:
                            return False
                        continue
                    word, _, number = head[:end].partition(b" ")
                    if word not in _KINDS or not number.isdigit():
                        return False
                    kind, declared, count = _KINDS[word], int(number), len(head) - end - 1
                else:
                    count += len(data)
                if count > declared:
                    break
        except DamagedError:
            return False
        if not kind or count != declared:
            return False
        if name and digest.digest() != name:
            self.problem("objects hold something else than their name says")
        self._add(digest.digest(), kind, declared, -1 - offset)
        return True

    def add_pack(self, start: int, size: int, known: Callable[[], list[int]]) -> None:
        """A pack of `size` bytes at `start`. `known` gives where its index says that objects begin, for after a damage."""
        end = start + size
        head = self._at(start, 12)
        if len(head) < 12 or head[:4] != b"PACK" or struct.unpack(">L", head[4:8])[0] not in (2, 3):
            self.problem("a pack has no header")
            return
        count = struct.unpack(">L", head[8:12])[0]
        self._ends.append((start, end))
        if not self._checksum(start, end):
            self.problem("a pack is cut off or damaged: its checksum is wrong")
        marks: list[int] | None = None
        offset, met = start + 12, 0
        bodies_end = end - self.width
        while met < count and offset < bodies_end:
            self._budget.check()
            if len(self) >= _MOST_OBJECTS:
                detail = f"more than {_MOST_OBJECTS} objects in a git repository"
                raise ReadError(GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT, detail)
            try:
                offset = self._scan(offset, end)
                met += 1
            except DamagedError as error:
                self.problem(str(error))
                if marks is None:
                    marks = sorted(mark for mark in known() if 12 <= mark < size)
                place = bisect_right(marks, offset - start)
                if place == len(marks):
                    return
                offset, met = start + marks[place], met + 1
        if met < count:
            self.problem("a pack ends before its last object")

    def resolve(self) -> None:
        """Once everything was added: the objects that are deltas."""
        waiting, self._waiting = self._waiting, []
        while waiting:
            later = []
            for offset in waiting:
                self._budget.check()
                try:
                    self._add_delta(offset)
                except _BaseMissingError:
                    later.append(offset)
                except DamagedError as error:
                    self.problem(str(error))
            if len(later) == len(waiting):
                self.problem("objects build on others that are not in the repository", len(later))
                return
            waiting = later

    def read(self, number: int) -> bytes:
        """A whole object. DamagedError if it cannot be read or is larger than WHOLE."""
        if self.sizes[number] > WHOLE:
            raise DamagedError("an object is too large to be a commit or a folder")
        return b"".join(self.chunks(number))

    def chunks(self, number: int) -> Iterator[bytes]:
        """An object in pieces, whatever its size. DamagedError where it cannot be read."""
        offset = self._offsets[number]
        if offset < 0:
            yield from self._loose(-1 - offset)
            return
        _, size, base, body = self._header(offset)
        if base is None and size > WHOLE:
            yield from self._inflated(body, self._end_of(offset))
        elif self.sizes[number] <= WHOLE:
            yield self._content(offset)[1]
        else:
            with self._large(offset) as file:
                while data := file.read(_BLOCK):
                    yield data

    def problem(self, why: str, count: int = 1) -> None:
        """Note what could not be read."""
        self.problems[why] = self.problems.get(why, 0) + count

    def _add(self, name: bytes, kind: int, size: int, offset: int) -> None:
        if name not in self.numbers:
            self.numbers[name] = len(self.kinds)
            self.kinds.append(kind)
            self.sizes.append(size)
            self._offsets.append(offset)

    def _scan(self, offset: int, end: int) -> int:
        """Note the object at `offset` and say where the next one begins."""
        kind, size, base, body = self._header(offset)
        whole = base is None
        digest = self._hash(_NAMES[kind] + b" %d\0" % size) if whole else None
        at = body
        count = 0
        decoder = zlib.decompressobj()
        step = min(size + 64, _BLOCK)
        while not decoder.eof:
            data = self._at(at, min(step, end - at))
            if not data:
                raise DamagedError("a pack is cut off")
            at += len(data)
            step = _BLOCK
            while data and not decoder.eof:
                try:
                    out = decoder.decompress(data, _BLOCK * 4)
                except zlib.error:
                    raise DamagedError("an object in a pack is damaged") from None
                data = decoder.unconsumed_tail
                count += len(out)
                if count > size:
                    raise DamagedError("an object in a pack is damaged")
                if digest is not None:
                    digest.update(out)
                self._budget.check()
        if count != size:
            raise DamagedError("an object in a pack is damaged")
        if digest is not None:
            self._add(digest.digest(), kind, size, offset)
        else:
            self._waiting.append(offset)
        return at - len(decoder.unused_data)

    def _add_delta(self, offset: int) -> None:
        result = git_delta.sizes(self._delta_head(offset))[1]
        if result <= WHOLE:
            kind, content = self._content(offset)
            digest = self._hash(_NAMES[kind] + b" %d\0" % result)
            digest.update(content)
        else:
            kind = self._kind(offset)
            digest = self._hash(_NAMES[kind] + b" %d\0" % result)
            with self._large(offset) as file:
                while data := file.read(_BLOCK):
                    digest.update(data)
                    self._budget.check()
        self._add(digest.digest(), kind, result, offset)

    def _header(self, offset: int) -> tuple[int, int, int | None, int]:
        """(type, size, offset of the base if it is a delta, where its compressed bytes begin) of a pack's entry."""
        data = self._at(offset, 64)
        at = 0
        try:
            byte = data[0]
            kind, size, shift = byte >> 4 & 7, byte & 15, 4
            while byte & 0x80:
                at += 1
                byte = data[at]
                size |= (byte & 0x7F) << shift
                shift += 7
            at += 1
            if kind in _NAMES:
                return kind, size, None, offset + at
            if kind == _OFS_DELTA:
                byte = data[at]
                distance = byte & 0x7F
                while byte & 0x80:
                    at += 1
                    byte = data[at]
                    distance = distance + 1 << 7 | byte & 0x7F
                if not 0 < distance <= offset:
                    raise DamagedError("a delta has no base")
                return kind, size, offset - distance, offset + at + 1
            if kind == _REF_DELTA:
                number = self.numbers.get(data[at : at + self.width])
                base = -(1 << 62) if number is None else self._offsets[number]
                return kind, size, base, offset + at + self.width
        except IndexError:
            pass
        raise DamagedError("a pack holds an object of an unknown kind")

    def _chain(self, offset: int) -> list[tuple[int, int, int]]:
        """From the object at `offset` down: (offset, where its bytes begin, size), ending with one that is no delta or is cached."""
        chain: list[tuple[int, int, int]] = []
        while True:
            if offset in self._cache:
                return [*chain, (offset, -1, 0)]
            if offset < 0:
                if offset == -(1 << 62):
                    raise _BaseMissingError
                return [*chain, (offset, -1, 0)]
            _, size, base, body = self._header(offset)
            chain.append((offset, body, size))
            if base is None:
                return chain
            if len(chain) > _LONGEST_CHAIN:
                raise DamagedError("a chain of deltas is too long")
            offset = base

    def _content(self, offset: int) -> tuple[int, bytes]:
        """(type, content) of the object at `offset`, no part of whose chain is larger than WHOLE but by `_large`."""
        chain = self._chain(offset)
        base_offset, body, size = chain.pop()
        if body < 0:
            kind, content = self._base(base_offset)
        else:
            kind = self._header(base_offset)[0]
            if size > WHOLE:
                with self._large(offset) as file:
                    return kind, file.read()
            content = self._inflate(base_offset, body, size)
            self._keep(base_offset, kind, content)
        while chain:
            self._budget.check()
            delta_offset, body, size = chain.pop()
            delta = self._inflate(delta_offset, body, size)
            if git_delta.sizes(delta)[1] > WHOLE:
                with self._large(offset) as file:
                    return kind, file.read()
            content = git_delta.apply(content, delta)
            self._keep(delta_offset, kind, content)
        return kind, content

    def _base(self, offset: int) -> tuple[int, bytes]:
        """What a chain ends with: cached, or loose."""
        if offset in self._cache:
            self._cache.move_to_end(offset)
            return self._cache[offset]
        head = next(self._inflated(-1 - offset, self._end_of(offset)), b"")
        kind = _KINDS.get(head.partition(b" ")[0], BLOB)
        content = bytearray()
        for data in self._loose(-1 - offset):
            content += data
            if len(content) > WHOLE:
                raise DamagedError("an object is a delta of a large loose one")
        return kind, bytes(content)

    def _large(self, offset: int) -> IO[bytes]:
        """The object at `offset` in a temporary file."""
        chain = self._chain(offset)
        base, body, size = chain.pop()
        current = _temporary()
        try:
            if body < 0:
                size = current.write(self._base(base)[1])
            else:
                for data in self._inflated(body, self._end_of(base)):
                    current.write(data)
            while chain:
                delta_offset, body, delta_size = chain.pop()
                delta = self._inflate(delta_offset, body, delta_size)
                after = _temporary()
                try:
                    size = git_delta.apply_to_file(current, size, delta, after)
                except BaseException:
                    after.close()
                    raise
                current.close()
                current = after
            current.seek(0)
        except BaseException:
            current.close()
            raise
        return current

    def _kind(self, offset: int) -> int:
        last = self._chain(offset)[-1]
        return self._base(last[0])[0] if last[1] < 0 else self._header(last[0])[0]

    def _delta_head(self, offset: int) -> bytes:
        _, _, _, body = self._header(offset)
        data = b""
        for piece in self._inflated(body, self._end_of(offset)):
            data += piece
            if len(data) >= 20:
                break
        return data[:64]

    def _inflate(self, offset: int, body: int, size: int) -> bytes:
        if size > WHOLE:
            raise DamagedError("a delta is too large")
        return b"".join(self._inflated(body, self._end_of(offset), step=min(size + 64, _BLOCK)))

    def _inflated(self, at: int, end: int, *, step: int = _BLOCK) -> Iterator[bytes]:
        """What a zlib stream holds, in pieces. DamagedError if it is none or ends too early."""
        decoder = zlib.decompressobj()
        while not decoder.eof:
            data = self._at(at, min(step, end - at))
            if not data:
                raise DamagedError("an object is cut off")
            at += len(data)
            step = _BLOCK
            while data and not decoder.eof:
                try:
                    out = decoder.decompress(data, _BLOCK * 4)
                except zlib.error:
                    raise DamagedError("an object is damaged") from None
                data = decoder.unconsumed_tail
                self._budget.check()
                if out:
                    yield out

    def _loose(self, offset: int) -> Iterator[bytes]:
        """What a loose object holds after its own head."""
        head: bytes | None = b""
        for data in self._inflated(offset, self._end_of(-1 - offset)):
            if head is None:
                yield data
                continue
            head += data
            if (at := head.find(b"\0")) >= 0:
                if head[at + 1 :]:
                    yield head[at + 1 :]
                head = None

    def _end_of(self, offset: int) -> int:
        if offset >= 0:
            return self._ends[bisect_right(self._ends, (offset, 1 << 62)) - 1][1]
        return 1 << 62  # a loose one ends where its zlib stream does

    def _keep(self, offset: int, kind: int, content: bytes) -> None:
        if len(content) > _CACHE // 2 or offset in self._cache:
            return
        self._cache[offset] = (kind, content)
        self._cached += len(content) + 128
        while self._cached > _CACHE:
            _, (_, dropped) = self._cache.popitem(last=False)
            self._cached -= len(dropped) + 128

    def _at(self, offset: int, size: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(size) if size > 0 else b""

    def _checksum(self, start: int, end: int) -> bool:
        digest = self._hash()
        at = start
        while at < end - self.width:
            data = self._at(at, min(1 << 20, end - self.width - at))
            if not data:
                return False
            digest.update(data)
            at += len(data)
            self._budget.check()
        return digest.digest() == self._at(end - self.width, self.width)


class _BaseMissingError(DamagedError):
    """The base of a delta is not known, or not yet."""


def _temporary() -> IO[bytes]:
    return cast(IO[bytes], tempfile.TemporaryFile())


def index_offsets(data: bytes, width: int) -> list[int]:
    """Where a pack's index (version 1 or 2) says that its objects begin; what cannot be read is left out."""
    if data[:8] == b"\xfftOc\0\0\0\x02" and len(data) >= 1032:
        count = struct.unpack_from(">L", data, 1028)[0]
        at = 1032 + count * (width + 4)
        small = data[at : at + 4 * count]
        large = data[at + 4 * count :]
        found = []
        for (offset,) in struct.iter_unpack(">L", small[: len(small) & ~3]):
            if offset & 0x80000000:
                place = (offset & 0x7FFFFFFF) * 8
                if place + 8 > len(large):
                    continue
                offset = struct.unpack_from(">Q", large, place)[0]
            found.append(offset)
        return found
    if len(data) >= 1024:
        entries = data[1024 : 1024 + struct.unpack_from(">L", data, 1020)[0] * (4 + width)]
        whole = len(entries) - len(entries) % (4 + width)
        return [item[0] for item in struct.iter_unpack(f">L{width}s", entries[:whole])]
    return []
