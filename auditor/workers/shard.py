"""What travels between the audit and a cluster: sealed under a key of the run, so that a scheduler's or worker's memory,
spill files, logs and dashboards hold nothing that can be read.

The run's setup is sent once, sealed; each shard brings the key that opens it. A shard comes back as bytes:
first what it asked of the target (`journalled`), then a status, then for each of its first assets how much was read and the
frames of its events (`wire.events_frame`).
"""

from __future__ import annotations

import json
import os
import pickle
import socket
import struct
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from auditor.errors import Problem
from auditor.journal import Journal
from auditor.ledger import Block, Done, Event, Missed, Rows
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.noun import noun
from auditor.model.text import printable
from auditor.parts import Part
from auditor.scanners.travel import Luggage
from auditor.workers import wire

EXAMINED: Final = b"R"
UNREACHABLE: Final = b"U"
"""As EXAMINED, but this worker got nothing at all from the target: another may."""
FAILED: Final = b"F"
"""The worker could not do it; a sentence follows."""
REFUSED: Final = b"I"
"""No worker can: the problems of an InputError follow."""
RESULT_BYTES: Final = 64 << 20
"""Events of a shard at most. What comes after is sent again as a shard of its own."""
_RECORD: Final = struct.Struct(">?QQ")
_LENGTH: Final = struct.Struct(">I")
_NONCE: Final = 12
_NOWHERE: Final = frozenset({GapCode.UNREACHABLE, GapCode.AUTHENTICATION_FAILED, GapCode.HOST_KEY_REFUSED})


@noun(kw_only=False)
class Sealed:
    """The run's `Setup`, readable with a shard's key alone. `version` is the auditor's that sent it."""

    run: str
    version: str
    data: bytes

    def __repr__(self) -> str:
        return "Sealed(…)"


@noun(kw_only=False)
class Shard:
    """One task: assets of one target or a part of one, and the key. It shows nothing of itself: dask logs a failed task's arguments."""

    run: str
    key: bytes
    body: bytes

    def __repr__(self) -> str:
        return "Shard(…)"

    def __dask_tokenize__(self) -> str:
        return os.urandom(16).hex()

    @classmethod
    def of(
        cls, run: str, key: bytes, luggage: Luggage | None, assets: list[tuple[Asset, int]], part: Part | None = None
    ) -> Shard:  # fmt: skip
        """A shard to send, each asset with how much of it may be examined twice; whatever pickle raises for a locator that cannot travel."""
        packed = pickle.dumps(luggage)
        return cls(run, key, pickle.dumps((packed, assets, part)))

    def open(self) -> tuple[bytes, list[tuple[Asset, int]], Part | None]:
        """The pickled `Luggage`, the assets with their allowances, and the part of the only one that is meant."""
        found: tuple[bytes, list[tuple[Asset, int]], Part | None] = pickle.loads(self.body)  # noqa: S301 - the audit's own words
        return found


def seal(key: bytes, data: bytes) -> bytes:
    """AES-GCM under a fresh nonce."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, None)


def unseal(key: bytes, data: bytes) -> bytes:
    """What was sealed; ValueError if it was not, or under another key."""
    try:
        return AESGCM(key).decrypt(data[:_NONCE], data[_NONCE:], None)
    except InvalidTag:
        raise ValueError("not sealed under this run's key") from None


class FullError(Exception):
    """This asset's events go beyond what a shard may give."""


class Results:
    """What a shard gives, as it is examined. Assets are called by their number in the shard."""

    def __init__(self, assets: list[Asset]) -> None:
        self._numbers = {id(asset): number for number, asset in enumerate(assets)}
        self._now = 0
        self._read = [0] * len(assets)
        self._frames = [bytearray() for _ in assets]
        self._held: list[Event] = []
        self._size = 0
        self._complete = 0
        self._closed = [False] * len(assets)
        self._crashed: list[Gap] = []
        self._nothing: set[int] = set()
        self._too_much = False

    def begins(self, asset: Asset) -> None:
        """Reading goes on with this one."""
        self._now = self._numbers[id(asset)]

    def read(self, size: int) -> None:
        """So many bytes more."""
        self._read[self._now] += size

    def note(self, number: int, event: Event) -> None:
        """An event of an asset. FullError where it is one too many: take the results, and stop."""
        self._held.append(event)
        self._closed[number] = isinstance(event, Done)
        if isinstance(event, Missed) and event.gap.code in _NOWHERE:
            self._nothing.add(number)
        if self._closed[number] or len(self._held) >= 200 or isinstance(event, Block | Rows):
            self._flush(number)

    def gap(self, gap: Gap) -> None:
        """Something of the asset whose `done` comes next could not be read, or it took its parser down."""
        self._crashed.append(gap)

    def done(self, number: int, gaps: int) -> None:
        """An asset is finished, in whatever way."""
        if self._crashed or not self._closed[number]:
            self._held += [*map(Missed, self._crashed), Done(gaps)]
            self._flush(number)
        self._crashed.clear()
        self._complete += 1

    def data(self) -> bytes:
        """The assets that are complete; if the first is too much by itself, that."""
        if self._too_much and not self._complete:
            return EXAMINED + _RECORD.pack(True, 0, 0)
        count = self._complete
        nothing = count and all(number in self._nothing and not self._read[number] for number in range(count))
        parts = [UNREACHABLE if nothing else EXAMINED]
        for read, frames in zip(self._read[:count], self._frames[:count], strict=True):
            parts += [_RECORD.pack(False, read, len(frames)), bytes(frames)]
        return b"".join(parts)

    def _flush(self, number: int) -> None:
        frame = wire.events_frame(self._held)
        self._held = []
        self._size += len(frame)
        if self._size > RESULT_BYTES:
            self._too_much = True
            raise FullError
        self._frames[number] += frame


@noun(kw_only=False)
class Examined:
    """One asset's results; `too_much`: none, it has to be read by the audit itself."""

    too_much: bool
    read: int
    frames: bytes

    def events(self) -> Iterator[Event]:
        """In their order. ValueError for what no honest worker sends."""
        for events in wire.EventReader().feed(self.frames):
            yield from events


def journalled(journal: Journal, data: bytes) -> bytes:
    """What a shard gives, behind what was asked for it and by whom."""
    worker = printable(f"{socket.gethostname()}:{os.getpid()}")
    lines = json.dumps({"worker": worker, "lines": journal.take()}).encode()
    return _LENGTH.pack(len(lines)) + lines + data


def of_journal(data: bytes, journal: Journal) -> bytes:
    """Write down what was asked; the rest of it. ValueError for what no honest worker sends."""
    try:
        (length,) = _LENGTH.unpack_from(data)
        found = json.loads(data[_LENGTH.size : _LENGTH.size + length])
        journal.add(found["lines"], printable(str(found["worker"])[:100]))
    except (struct.error, KeyError, TypeError):
        raise ValueError("no journal") from None
    return data[_LENGTH.size + length :]


def records(data: bytes) -> Iterator[Examined]:
    """What `Results.data` holds behind its status. ValueError if it is cut off."""
    at = 1
    while at < len(data):
        try:
            too_much, read, length = _RECORD.unpack_from(data, at)
        except struct.error:
            raise ValueError("cut off") from None
        at += _RECORD.size
        if at + length > len(data):
            raise ValueError("cut off")
        yield Examined(too_much, read, data[at : at + length])
        at += length


def refusal(problems: tuple[Problem, ...]) -> bytes:
    """An InputError as it travels."""
    return REFUSED + json.dumps([asdict(problem) for problem in problems]).encode()


def problems_of(data: bytes) -> list[Problem]:
    """The same on the other side."""
    make: Any = partial(Problem)
    return [make(**problem) for problem in json.loads(data[1:])]
