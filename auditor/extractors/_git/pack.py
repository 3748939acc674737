"""The objects of a git repository: loose ones and packs, all in one seekable file (gitformat-pack(5)).

Own code, as libraries open a repository by path (pygit2), or hold whole chains of deltas in memory and trust the index
that lies beside a pack (dulwich): what an index leaves out is read here too.
"""

from __future__ import annotations

import hashlib
import struct
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import IO, Final

from auditor.errors import ReadError
from auditor.extractors._git import delta as git_delta
from auditor.extractors._git.chains import WHOLE, BaseMissingError, Chains
from auditor.extractors._git.delta import DamagedError
from auditor.extractors._git.entries import BLOCK, KINDS, NAMES, Entries, Inflated
from auditor.extractors.limits import Budget
from auditor.model.asset import GapCode

_MOST_OBJECTS: Final = 1_000_000


class ObjectStore:
    """Objects by number, found by `add_pack` and `add_loose`; `problems` counts what could not be read, by reason.

    An object's name is the hash of what it holds, never what a file's name or an index says.
    """

    def __init__(self, file: IO[bytes], budget: Budget, *, sha256: bool = False) -> None:
        self._budget = budget
        self._hash = hashlib.sha256 if sha256 else hashlib.sha1
        self.width = 32 if sha256 else 20
        self.numbers: dict[bytes, int] = {}
        self.kinds = array("B")
        self.sizes = array("Q")
        self._offsets = array("q")  # of a pack's entry; of a loose object, -1 - offset
        self.problems: dict[str, int] = {}
        self._entries = Entries(file, budget, width=self.width, find=self._found)
        self._chains = Chains(self._entries)
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
            for data in Inflated(self._entries, offset, offset + size):
                digest.update(data)
                if not kind:
                    head += data
                    end = head.find(b"\0", 0, 64)
                    if end < 0:
                        if len(head) > 64:
                            return False
                        continue
                    word, _, number = head[:end].partition(b" ")
                    if word not in KINDS or not number.isdigit():
                        return False
                    kind, declared, count = KINDS[word], int(number), len(head) - end - 1
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
        head = self._entries.at(start, 12)
        if len(head) < 12 or head[:4] != b"PACK" or struct.unpack(">L", head[4:8])[0] not in (2, 3):
            self.problem("a pack has no header")
            return
        count = struct.unpack(">L", head[8:12])[0]
        self._entries.add_pack(start, end)
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
                except BaseMissingError:
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
            yield from self._entries.loose(-1 - offset)
            return
        _, size, base, _ = self._entries.header(offset)
        if base is None and size > WHOLE:
            yield from self._entries.inflated(offset)
        elif self.sizes[number] <= WHOLE:
            yield self._chains.content(offset)[1]
        else:
            with self._chains.large(offset) as file:
                while data := file.read(BLOCK):
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

    def _found(self, name: bytes) -> int | None:
        number = self.numbers.get(name)
        return None if number is None else self._offsets[number]

    def _scan(self, offset: int, end: int) -> int:
        """Note the object at `offset` and say where the next one begins."""
        kind, size, base, body = self._entries.header(offset)
        digest = self._hash(NAMES[kind] + b" %d\0" % size) if base is None else None
        count = 0
        stream = Inflated(self._entries, body, end, step=min(size + 64, BLOCK), what="an object in a pack")
        for data in stream:
            count += len(data)
            if count > size:
                break
            if digest is not None:
                digest.update(data)
        if count != size:
            raise DamagedError("an object in a pack is damaged")
        if digest is not None:
            self._add(digest.digest(), kind, size, offset)
        else:
            self._waiting.append(offset)
        return stream.after

    def _add_delta(self, offset: int) -> None:
        result = git_delta.sizes(self._chains.delta_head(offset))[1]
        if result <= WHOLE:
            kind, content = self._chains.content(offset)
            digest = self._hash(NAMES[kind] + b" %d\0" % result)
            digest.update(content)
        else:
            kind = self._chains.kind(offset)
            digest = self._hash(NAMES[kind] + b" %d\0" % result)
            with self._chains.large(offset) as file:
                while data := file.read(BLOCK):
                    digest.update(data)
                    self._budget.check()
        self._add(digest.digest(), kind, result, offset)

    def _checksum(self, start: int, end: int) -> bool:
        digest = self._hash()
        at = start
        while at < end - self.width:
            data = self._entries.at(at, min(1 << 20, end - self.width - at))
            if not data:
                return False
            digest.update(data)
            at += len(data)
            self._budget.check()
        return digest.digest() == self._entries.at(end - self.width, self.width)
