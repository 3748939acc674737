"""A register in use: who holds this value, and which reference does the bank have for them."""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from auditor.errors import InputError, Problem
from auditor.fingerprint import key_id
from auditor.register.layout import (
    BLOCK,
    HEADER,
    KEPT,
    MAGIC,
    MANY,
    RECORD_BYTES,
    TRAILER,
    VERSION,
    Index,
    Section,
    keystream,
    seal_holds,
)

_FORGET_EVERY: Final = 1 << 16
"""Look-ups after which the pages read so far are given back: the file is mapped, and may be larger than the memory."""

_RAW: Final = np.dtype([("hi", ">u8"), ("lo", ">u4")])


class Register:
    """An opened register. Opening checks every byte of it against its seal; InputError if it is not whole, or of another key."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.name, self.path = path.name, path
        self.key_id = key_id(key)
        with _opened(path) as file:
            size = os.fstat(file.fileno()).st_size
            head = file.read(HEADER.size)
            made_with, salt = _read_header(path, head)
            if made_with != self.key_id:
                cause = f"this register was built with another key ({made_with}); the key given is {self.key_id}"
                raise InputError(Problem(file=str(path), cause=cause, cure="give the key file it was built with"))
            if size < HEADER.size + TRAILER.size or not seal_holds(file, size, key, salt):
                raise _damaged(path)
            file.seek(size - TRAILER.size)
            start, length, _ = TRAILER.unpack(file.read(TRAILER.size))
            file.seek(start)
            self.index = Index.from_json(file.read(length))
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._key, self._salt = key, salt
        self._sections = {section.entity: _Arrays(self._map, section) for section in self.index.sections}
        self._asked = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; may be called twice."""
        self._sections.clear()
        with suppress(BufferError):  # an answer still being read holds it: it goes with that
            self._map.close()

    @property
    def build(self) -> str:
        """What tells this register from any other that was ever built, also of the same customers."""
        return self._salt.hex()

    @property
    def entities(self) -> tuple[str, ...]:
        """The entities it can be asked about; values of others cannot be compared."""
        return tuple(section.entity for section in self.index.sections)

    @property
    def customers(self) -> int:
        """How many customers it holds."""
        return self.index.customers

    def identifies(self, entity: str) -> bool:
        """Whether a value of this entity names a customer; False also for one that the register does not hold."""
        return any(section.identifies for section in self.index.sections if section.entity == entity)

    def holds(self, entity: str, fingerprint: bytes) -> bool:
        """Whether some customer has this value."""
        return entity in self._sections and next(self.find(entity, (fingerprint,))) is not None

    def find(self, entity: str, fingerprints: Sequence[bytes]) -> Iterator[tuple[int, ...] | None]:
        """The customers (from 0) of each value: None if it is nobody's, empty if it is shared by too many to mean one.

        Sorted fingerprints are found fastest. KeyError for an entity that the register does not hold.
        """
        arrays = self._sections[entity]
        raw = np.frombuffer(b"".join(value[:KEPT] for value in fingerprints), dtype=_RAW)
        upper, lower = raw["hi"].astype(np.uint64), raw["lo"].astype(np.uint32)
        places = np.searchsorted(arrays.upper, upper)
        within = places < len(arrays.upper)
        within[within] = arrays.upper[places[within]] == upper[within]
        self._forget(len(raw))
        for place, there, hi, lo in zip(places.tolist(), within.tolist(), upper, lower, strict=True):
            yield arrays.customers_of(place, hi, lo) if there else None

    def holds_many(self, entity: str, fingerprints: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
        """`holds` of each of many values, (n, 16) bytes."""
        found = np.zeros(len(fingerprints), dtype=bool)
        if entity not in self._sections:
            return found
        raw = np.ascontiguousarray(fingerprints[:, :KEPT]).view(_RAW).reshape(-1)
        upper, lower = raw["hi"].astype(np.uint64), raw["lo"].astype(np.uint32)
        places, there = self._places(entity, upper)
        arrays, left = self._sections[entity], np.flatnonzero(there)
        while len(left):  # as often as records share the upper half: those of one value, or by an accident of 2⁻⁶⁴
            found[left] = arrays.lower[places[left]] == lower[left]
            places[left] += 1
            left = left[~found[left] & (places[left] < len(arrays.upper))]
            left = left[arrays.upper[places[left]] == upper[left]]
        return found

    def holds_keys(self, entity: str, keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        """The same by the first 8 bytes alone, as big-endian numbers. Ascending ones are found fastest. KeyError: not its entity."""
        return self._places(entity, keys)[1]

    def customers_of_keys(
        self, entity: str, keys: npt.NDArray[np.uint64]
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.uint32]]:
        """Whose values these are: pairs of a place in `keys` and a customer (from 0). Values of too many customers have none."""
        places, there = self._places(entity, keys)
        asked, arrays = np.flatnonzero(there), self._sections[entity]
        places = places[asked]
        found: list[tuple[npt.NDArray[np.intp], npt.NDArray[np.uint32]]] = []
        while len(asked):  # a round for each customer more that shares a value
            customers = arrays.customers[places]
            named = customers != MANY
            found.append((asked[named], customers[named]))
            places = places + 1
            more = places < len(arrays.upper)
            more[more] = arrays.upper[places[more]] == keys[asked[more]]
            asked, places = asked[more], places[more]
        if not found:
            return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.uint32)
        return np.concatenate([one for one, _ in found]), np.concatenate([one for _, one in found])

    def _places(self, entity: str, upper: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
        """Where the records of each upper half begin, and whether there are any."""
        self._forget(len(upper))
        held = self._sections[entity].upper
        if not len(upper) or not len(held):
            return np.zeros(len(upper), dtype=np.intp), np.zeros(len(upper), dtype=bool)
        low, high = int(np.searchsorted(held, upper.min())), int(np.searchsorted(held, upper.max(), side="right"))
        part = held[low:high]  # searching the part that sorted keys span is faster than searching all
        places = np.searchsorted(part, upper)
        there = places < len(part)
        there[there] = part[places[there]] == upper[there]
        return places + low, there

    def _forget(self, asked: int) -> None:
        self._asked += asked
        if self._asked >= _FORGET_EVERY:
            self._asked = 0
            self._map.madvise(mmap.MADV_DONTNEED)

    def references(self, customers: Iterable[int]) -> Iterator[str]:
        """The bank's own reference of each customer; customers in ascending order. Row numbers where none was registered."""
        if self.index.blocks is None:
            for customer in customers:
                yield str(customer + 1)
            return
        number, slots, width = -1, b"", 0
        for customer in customers:
            if customer // BLOCK != number:
                number = customer // BLOCK
                slots, width = self._block(number)
            at = customer % BLOCK * width
            yield slots[at + 1 : at + 1 + slots[at]].decode("utf-8")

    def _block(self, number: int) -> tuple[bytes, int]:
        assert self.index.blocks is not None
        offset, width = self.index.blocks[number]
        length = width * min(BLOCK, self.customers - number * BLOCK)
        return keystream(self._key, self._salt, number).update(self._map[offset : offset + length]), width


class _Arrays:
    """One section's three arrays, mapped, not read."""

    def __init__(self, file: mmap.mmap, section: Section) -> None:
        at, n = section.offset, section.records
        self.upper: npt.NDArray[np.uint64] = np.frombuffer(file, dtype="<u8", count=n, offset=at)
        self.lower: npt.NDArray[np.uint32] = np.frombuffer(file, dtype="<u4", count=n, offset=at + 8 * n)
        self.customers: npt.NDArray[np.uint32] = np.frombuffer(file, dtype="<u4", count=n, offset=at + 12 * n)

    def customers_of(self, place: int, hi: np.uint64, lo: np.uint32) -> tuple[int, ...] | None:
        """The customers of the value whose upper half starts at `place`."""
        found = []
        while place < len(self.upper) and self.upper[place] == hi:
            if self.lower[place] == lo:
                found.append(int(self.customers[place]))
            place += 1
        return () if found == [MANY] else tuple(found) or None


def read_index(path: Path) -> tuple[Index, str, int]:
    """For `auditor register info` without the key: the index as it stands (not checked), the key's id, the size in bytes."""
    with _opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        made_with, _ = _read_header(path, file.read(HEADER.size))
        try:
            file.seek(max(0, size - TRAILER.size))
            start, length, _ = TRAILER.unpack(file.read(TRAILER.size))
            if start + length + TRAILER.size != size:
                raise _damaged(path)
            file.seek(start)
            return Index.from_json(file.read(length)), made_with, size
        except (ValueError, KeyError, TypeError, OSError, OverflowError):
            raise _damaged(path) from None


def _opened(path: Path):  # type: ignore[no-untyped-def]  # the stream's type is open()'s own
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        return path.open("rb")
    except OSError as error:
        cause = f"the register cannot be read: {error.strerror}"
        raise InputError(Problem(file=str(path), cause=cause, cure="make one with: auditor register build")) from None


def _read_header(path: Path, head: bytes) -> tuple[str, bytes]:
    if len(head) < HEADER.size or not head.startswith(MAGIC):
        cure = "name the file that `auditor register build` wrote; transfer it in binary mode"
        raise InputError(Problem(file=str(path), cause="this is no register", cure=cure))
    _, version, _, made_with, salt = HEADER.unpack(head)
    if version != VERSION:
        cause = f"the register has format {version}, this version reads {VERSION}"
        raise InputError(Problem(file=str(path), cause=cause, cure="build it anew with: auditor register build"))
    return made_with.hex(), salt


def _damaged(path: Path) -> InputError:
    cause = "the register is damaged, cut off or was changed after it was built: its seal does not hold"
    return InputError(Problem(file=str(path), cause=cause, cure="copy it again, or build it again"))


assert RECORD_BYTES == 8 + 4 + 4
