"""Brings assets to one worker: a thread that opens, reads and sends, one asset after another."""

from __future__ import annotations

import pickle
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from queue import Empty, SimpleQueue
from typing import Final

from auditor.errors import ReadError
from auditor.extractors._git.layout import Bundle
from auditor.extractors.cuts import WINDOW, Cut
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.noun import noun
from auditor.parts import Part
from auditor.streams import interruption
from auditor.workers import slices, wire
from auditor.workers.source import Source

_TOGETHER: Final = 128 << 10
"""Bytes that are gathered before they are sent: small files go in one piece."""
_LONGEST_HEAD: Final = 4 << 20
"""Bytes of a part's head at most, should a record be that long."""


@dataclass(slots=True)
class Fed:
    """How many bytes of an asset have been read."""

    bytes: int = 0


@noun(kw_only=False)
class Order:
    """An asset to be fed. `index` is its number in the run's listing, from 0; `gaps` are the parts of a bundle not read.
    `allowance`: how much of it may be examined twice. `part`: only that of it is fed; `cuts` is then told how parts end, by the worker
    that has the first.
    """

    index: int
    source: Source
    asset: Asset
    gaps: list[Gap] = field(default_factory=list)
    allowance: int = 20
    fed: Fed = field(default_factory=Fed)
    part: Part | None = None
    cuts: SimpleQueue[Cut | None] = field(default_factory=SimpleQueue)


class _GoneError(Exception):
    """The worker does not listen any more."""


class Feeder(threading.Thread):
    """Feeds one worker. `begins` is told of each asset whose turn it is, `read` of bytes read, both on this thread."""

    def __init__(self, out: socket.socket, begins: Callable[[Asset], None], read: Callable[[int], None]) -> None:
        super().__init__(name="feeder", daemon=True)
        self._out = out
        self._begins = begins
        self._read = read
        self._orders: SimpleQueue[Order | None] = SimpleQueue()
        self._fed = 0
        self.enough = 0
        """So many assets from the first need no more bytes."""
        self.interrupted = False
        self.reading = False
        """Whether the source is being waited for."""

    def put(self, order: Order) -> None:
        """Queue an asset."""
        self._orders.put(order)

    def end(self) -> None:
        """Nothing more will come."""
        self._orders.put(None)

    def run(self) -> None:
        """Feed until the end, or until the worker is gone."""
        try:
            while (order := self._orders.get()) is not None:
                self._fed += 1
                self._feed(order)
            self._out.shutdown(socket.SHUT_WR)
        except (_GoneError, OSError):
            pass  # the worker is gone: whoever reads its events knows
        finally:
            self._out.close()

    def _feed(self, order: Order) -> None:
        asset = order.asset
        if order.part is None or not order.part.number:
            self._begins(asset)
        order.gaps.clear()  # of a worker that died before
        named = replace(asset, path=order.source.shown(asset.path), locator=_marker(asset))
        held = [wire.frame(wire.ASSET, pickle.dumps((named, asset.name, order.allowance, order.part)))]
        size = 0
        try:
            self._check()
            self.reading = True
            for kind, data in self._content(order) if order.part is None else self._part(order, order.part):
                if kind == wire.DATA:
                    self._read(len(data))
                    order.fed.bytes += len(data)
                held.append(wire.frame(kind, data))
                size += len(data)
                # A part's worker must see what it is to say before the next cut.
                if size > _TOGETHER or order.part is not None:
                    self._send(held)
                    size = 0
                self._check()
                if self.enough >= self._fed:
                    break
            held.append(wire.frame(wire.END))
        except ReadError as error:
            held.append(wire.frame(wire.FAILED, wire.failure(error)))
        except _GoneError:
            raise
        except Exception as error:  # a fault of the scanner costs its asset; the message may hold a path
            failed = ReadError(GapCode.SERVER_MISBEHAVED, f"reading it failed: {type(error).__name__}")
            held.append(wire.frame(wire.FAILED, wire.failure(failed)))
        self.reading = False
        self._send(held)

    def _content(self, order: Order) -> Iterator[tuple[bytes, bytes]]:
        with order.source.open(order.asset, order.gaps.append) as read:
            while self.enough < self._fed and (data := self._next(read)):
                yield wire.DATA, data

    def _part(self, order: Order, part: Part) -> Iterator[tuple[bytes, bytes]]:
        """A part's frames: the head for all but the first, then what lies between its cuts; nothing if both are the same."""
        source, asset = order.source, order.asset
        head = b""
        if part.number:
            with source.open_at(asset, 0, part.head + WINDOW) as read:
                for data in slices.up_to(
                    slices.Reading(partial(self._next, read), 0), part.head, part.room, lambda: part.cut
                ):
                    head += data
                    if len(head) > _LONGEST_HEAD:
                        head = head[: head.rfind(b"\n") + 1]  # no file is cut whose first line is longer (dividing.py)
                        break
        until = (asset.size or 0 if part.end is None else part.end) + WINDOW
        # The first part may turn out to be all there is: it is opened as files are that are not cut.
        opened = source.open_at(asset, part.start, until) if part.number else source.open(asset, order.gaps.append)
        with opened as read:
            reading = slices.Reading(partial(self._next, read), part.start)
            if part.number:
                for _ in slices.up_to(reading, part.start, part.room, lambda: part.cut):
                    self._check()
                yield wire.HEAD, head
            end = sys.maxsize if part.end is None else part.end
            for data in slices.up_to(reading, end, part.room, lambda: part.cut or self._cut(order)):
                yield wire.DATA, data

    def _cut(self, order: Order) -> Cut | None:
        """What the first part's worker says of the parts' ends: it has had the head for long."""
        while True:
            with suppress(Empty):
                return order.cuts.get(timeout=1)
            self._check()

    def _next(self, read: Callable[[int], bytes]) -> bytes:
        self.reading = True
        data = read(wire.CHUNK)
        self.reading = False
        return data

    def _send(self, held: list[bytes]) -> None:
        try:
            self._out.sendall(b"".join(held))
        except OSError:
            raise _GoneError from None
        held.clear()

    def _check(self) -> None:
        if self.interrupted:
            raise interruption()


def _marker(asset: Asset) -> Bundle | None:
    """What a worker must know of a locator: that the stream is a bundle of files."""
    return Bundle(parts=()) if isinstance(asset.locator, Bundle) else None
