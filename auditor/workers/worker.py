"""A worker: assets come in over one socket, events go out over another. It ends when the audit hangs up."""

from __future__ import annotations

import os
import pickle
import signal
import socket
import tempfile
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auditor.errors import ReadError
from auditor.examine import Examiner
from auditor.extractors.limits import Limits
from auditor.ledger import Enough, Event, Ledger
from auditor.model.asset import Asset
from auditor.model.noun import noun
from auditor.model.rule import Ruleset
from auditor.parts import Part
from auditor.streams import Interrupted, Stop
from auditor.workers import confine, wire

if TYPE_CHECKING:
    from auditor.detectors.detector import Detector
    from auditor.register.reader import Register

GRACE: Final = 10.0
"""Seconds of processor time beyond its budget after which a parser that does not look at the clock is killed."""


@noun
class Setup:
    """What all workers of a run share: all they ever know. `folder` is the only one they may write to."""

    ruleset: Ruleset
    key: bytes = field(repr=False)
    limits: Limits
    encodings: tuple[str, ...]
    passwords: tuple[str, ...] = field(default=(), repr=False)
    register: str | None = None
    folder: str
    readable: tuple[str, ...] = ()

    @property
    def joins(self) -> Mapping[str, str]:
        """How equal values of each entity join people."""
        return {rule.entity: rule.joins for rule in self.ruleset.recognizers}


class Incoming:
    """The asset that is being fed, as a stream that only reads on."""

    def __init__(self, frames: wire.FrameReader) -> None:
        self._frames = frames
        self._data = memoryview(b"")
        self._ended = True
        self._failed: ReadError | None = None
        self.stop = Stop()
        """The audit was interrupted: every read says so at once."""

    def next_asset(self) -> tuple[Asset, str, int, Part | None]:
        """The next asset; its own name, which its path may hide; how much of it may be examined twice; the part of it that comes.
        EOFError when there is none.
        """
        kind, data = self._frames.next()
        if kind != wire.ASSET:
            raise EOFError
        self._data, self._ended, self._failed = memoryview(b""), False, None
        asset: tuple[Asset, str, int, Part | None] = pickle.loads(data)  # noqa: S301 - the audit's own words
        part = asset[3]
        if part is not None and part.number and self._fill():
            part = replace(part, lines=bytes(self._data).count(b"\n"))
        return (*asset[:3], part)

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes, b"" at the end. ReadError where the source failed, after all that came before it; Interrupted."""
        if size < 0:
            parts = []
            while data := self.read(wire.CHUNK):
                parts.append(data)
            return b"".join(parts)
        if self.stop.said:
            raise Interrupted
        if not self._data and not self._fill():
            if self._failed is not None:
                raise self._failed
            return b""
        data, self._data = bytes(self._data[:size]), self._data[size:]
        return data

    @property
    def ended(self) -> bool:
        """Whether all of it has arrived."""
        return self._ended

    def drain(self) -> ReadError | None:
        """Go over what is left; how the source failed meanwhile, if no read has told."""
        told = self.stop.said or (self._ended and not self._data)
        while not self._ended:
            self._fill()
        self._data = memoryview(b"")
        return None if told else self._failed

    def _fill(self) -> bool:
        if self._ended:
            return False
        kind, data = self._frames.next()
        if kind in (wire.HEAD, wire.DATA):
            self._data = memoryview(data)
            return True
        self._ended = True
        if kind == wire.FAILED:
            self._failed = wire.as_error(data)
        return False


def serve(setup: Setup, detector: Detector, register: Register | None, feed: socket.socket, out: socket.socket) -> None:
    """Examine what is fed until the audit hangs up."""
    folder = str(Path(setup.folder) / str(os.getpid()))  # its own: the zygote clears it away when the worker has ended
    Path(folder).mkdir(mode=0o700)
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    confine.limit(memory=setup.limits.worker_memory, file_size=setup.limits.spool_bytes)
    confine.shut_in(setup.readable, folder)

    def send(events: list[Event]) -> None:
        out.sendall(wire.events_frame(events))

    incoming = Incoming(wire.FrameReader(feed))
    ledger = Ledger(send)
    examiner = Examiner(
        detector=detector, joins=setup.joins, ledger=ledger, limits=setup.limits, encodings=setup.encodings,
        passwords=setup.passwords, register=register, alarm=_alarm, key=setup.key, stop=incoming.stop,
    )  # fmt: skip
    signal.signal(wire.STOP, incoming.stop.now)
    try:
        while True:
            asset, name, allowance, part = incoming.next_asset()
            examiner.examine(asset, name, incoming, allowance, part)
            if not incoming.ended:
                ledger.note(Enough())
                ledger.flush()
            if error := incoming.drain():
                examiner.failed(asset, error)
            examiner.done()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the audit has what it wanted, or is gone


def _alarm(seconds: float | None) -> None:
    """SIGPROF ends the process: a parser in C never comes back to look at the clock."""
    signal.setitimer(signal.ITIMER_PROF, 0 if seconds is None else max(seconds, 0) + GRACE)
