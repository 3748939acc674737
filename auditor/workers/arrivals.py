"""Writes down what a cluster's workers sent back: the results of a shard's assets, or of one part of a divided asset."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

from auditor.ledger import Divides, Done
from auditor.model.asset import Asset, Gap, GapCode
from auditor.parts import Part
from auditor.workers.division import Division, parts_of
from auditor.workers.feed import Order
from auditor.workers.replay import Writer
from auditor.workers.shard import Examined, records

Told = Callable[[int], None]
"""Is told an asset's number of gaps."""

_DISHONEST = "what the cluster sent back was not what a worker says"


@dataclass(slots=True)
class Work:
    """A shard on its way: assets, or one part of the one that is in a `division`. `size` in bytes, as declared."""

    orders: list[tuple[Order, Told]]
    size: int = 0
    attempt: int = 1
    division: Division | None = None

    @property
    def part(self) -> Part | None:
        """The part of the only asset that is meant."""
        return self.orders[0][0].part if self.orders else None


class Arrivals:
    """Where results go. `replay` makes what they are written down with; `begins` and `read` are told of assets and bytes.

    `parts` are those that a first part's results have called for, and `too_much` what a worker could not send home: whoever
    uses this empties both.
    """

    def __init__(
        self, replay: Callable[[], Writer], *, gap: Callable[[Gap], None], begins: Callable[[Asset], None],
        read: Callable[[int], None],
    ) -> None:  # fmt: skip
        self._make_replay = replay
        self._gap = gap
        self._begins = begins
        self._read = read
        self._replay: Writer | None = None
        self._divisions: list[Division] = []
        self.parts: deque[Work] = deque()
        self.too_much: deque[tuple[Order, Told, Division | None]] = deque()

    def divide(self, order: Order, done: Told, at_once: int) -> Work:
        """An asset's first part, of `at_once` bytes; the others are in `parts` once its worker has said how they end."""
        parts = parts_of(order.asset.size or 0, at_once)
        division = Division(self._make_replay(), order.index, order.asset, done, parts)
        self._divisions.append(division)
        self._begins(order.asset)
        return Work([(replace(order, part=division.first), done)], division=division)

    def write(self, work: Work, data: bytes) -> Work | None:
        """Write a shard's results down; what is left of it where its worker had not got to its end."""
        written = 0
        try:
            for examined, (order, done) in zip(records(data), work.orders, strict=False):
                written += 1
                if examined.too_much:
                    self.too_much.append((order, done, work.division))
                elif work.division is not None:
                    self._one_part(order, done, work.division, examined)
                else:
                    self._one(order, done, examined)
        except ValueError:
            self.fail(Work(work.orders[written:]), "what the cluster sent back was damaged")
            return None
        rest = work.orders[written:] if work.division is None or not written else []
        if rest and written:
            return Work(rest)
        if rest:
            self.fail(work, "the cluster sent nothing back")
        return None

    def fail(self, work: Work, detail: str) -> None:
        """Write down that assets, or a part of one, were not examined, and why."""
        if work.division is not None and work.part is not None:
            work.division.lost(work.part.number, GapCode.WORKER_CRASHED, detail)
            return
        for order, done in work.orders:
            self._gap(order.asset.gap(GapCode.WORKER_CRASHED, detail))
            done(1)

    def end(self) -> None:
        """Nothing more comes: what is known of divided assets is written down, what was still to be sent is forgotten."""
        self.parts.clear()
        for division in self._divisions:
            division.close()
        self._divisions.clear()
        if self._replay is not None:
            self._replay.asset_ends()

    def _one(self, order: Order, done: Told, examined: Examined) -> None:
        """Write one asset's results down."""
        self._begins(order.asset)
        self._read(examined.read)
        if self._replay is None:
            self._replay = self._make_replay()
        self._replay.asset_begins(order.index)
        gaps: int | None = None
        try:
            for event in examined.events():
                self._replay.apply(event)
                if isinstance(event, Done):
                    gaps = event.gaps
        except (KeyError, TypeError, ValueError, AttributeError):  # no honest worker sends this
            gaps = None
        self._replay.asset_ends()
        if gaps is None:
            self.fail(Work([(order, done)]), _DISHONEST)
        else:
            done(gaps)

    def _one_part(self, order: Order, done: Told, division: Division, examined: Examined) -> None:
        """Write one part's results down, or keep them until it is their turn."""
        part = order.part
        assert part is not None
        self._read(examined.read)
        ended = False
        try:
            for event in examined.events():
                if isinstance(event, Divides):
                    others = division.decided(event.cut)
                    self.parts += [
                        Work([(replace(order, part=other, gaps=[]), done)], division=division) for other in others
                    ]
                division.apply(part.number, event)
                ended = ended or isinstance(event, Done)
            if ended:
                division.ended(part.number)
                return
            why = _DISHONEST
        except (KeyError, TypeError, ValueError, AttributeError):  # no honest worker sends this
            why = _DISHONEST
        except OSError:
            why = "not all that was found in it could be written down: make room on the disk"
        division.lost(part.number, GapCode.WORKER_CRASHED, why)
