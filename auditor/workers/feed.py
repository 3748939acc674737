"""Brings assets to one worker: a thread that opens, reads and sends, one asset after another."""

from __future__ import annotations

import pickle
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from typing import Final

from auditor.errors import ReadError
from auditor.extractors._git.layout import Bundle
from auditor.model.asset import Asset, Gap, GapCode
from auditor.streams import interruption
from auditor.workers import wire
from auditor.workers.source import Source

_TOGETHER: Final = 128 << 10
"""Bytes that are gathered before they are sent: small files go in one piece."""


@dataclass(slots=True)
class Fed:
    """How many bytes of an asset have been read."""

    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """An asset to be fed. `index` is its number in the run's listing, from 0; `gaps` are the parts of a bundle not read.
    `allowance`: how much of it may be examined twice.
    """

    index: int
    source: Source
    asset: Asset
    gaps: list[Gap] = field(default_factory=list)
    allowance: int = 20
    fed: Fed = field(default_factory=Fed)


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
        self._begins(asset)
        order.gaps.clear()  # of a worker that died before
        named = replace(asset, path=order.source.shown(asset.path), locator=_marker(asset))
        held = [wire.frame(wire.ASSET, pickle.dumps((named, asset.name, order.allowance)))]
        size = 0
        try:
            self._check()
            self.reading = True
            with order.source.open(asset, order.gaps.append) as read:
                while self.enough < self._fed and (data := self._next(read)):
                    self._read(len(data))
                    order.fed.bytes += len(data)
                    held.append(wire.frame(wire.DATA, data))
                    size += len(data)
                    if size > _TOGETHER:
                        self._send(held)
                        size = 0
                    self._check()
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
