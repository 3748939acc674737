"""In place of the `Pool`: assets are examined on other machines, behind a `concurrent.futures.Executor`.

Assets are gathered into shards, each one task. A shard's results count only when it is complete, so one whose worker was
lost in the middle is simply run again, here or by the engine, with the same findings. Results are written down as they
arrive: row ids follow the listing (`Order.index`), whichever shard is first.
"""

from __future__ import annotations

import os
import pickle
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from typing import Any, Final

import auditor
from auditor.errors import InputError, Problem, TargetError
from auditor.interrupt import held_back
from auditor.journal import Journal
from auditor.ledger import Divides, Done
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.engagement import DatabaseTarget, Target
from auditor.parts import Part
from auditor.scanners.travel import Luggage, pack
from auditor.workers import shard as form
from auditor.workers.division import Division, parts_of
from auditor.workers.feed import Order
from auditor.workers.pool import Pool
from auditor.workers.remote import examine_shard
from auditor.workers.replay import Writer
from auditor.workers.shard import Sealed, Shard, records, seal, unseal
from auditor.workers.worker import Setup

SHARD_BYTES: Final = 64 << 20
SHARD_ASSETS: Final = 500
"""A shard takes two seconds or more: an engine does a few hundred tasks a second (docs/scale.md)."""
WINDOW: Final = 1_000
"""Shards under way at most: enough for every worker, few enough for a scheduler."""
_WINDOW_FIRST: Final = 64
_WINDOW_LEAST: Final = 8
_WAITING_BYTES: Final = 512 << 20
"""Results that may have arrived and wait to be written down, about: where shards give much, fewer are under way."""
_UNKNOWN_SIZE: Final = 1 << 20
_ATTEMPTS: Final = 3
_START: Final = 120.0
"""Seconds for the first worker to answer: clusters start workers when there is work."""
_FRESH: Final = 300.0
"""Seconds after which credentials are taken anew, as short-lived ones change."""

_Done = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Engine:
    """An executor, and what it can do beyond: `share` brings one object to all tasks, `forget` ends a run on the workers."""

    executor: Executor
    share: Callable[[Sealed], Any] = lambda sealed: sealed
    forget: Callable[[str], None] = lambda run: None  # noqa: ARG005
    close: Callable[[], None] = lambda: None


@dataclass(slots=True)
class _Work:
    """A shard on its way."""

    orders: list[tuple[Order, _Done]]
    size: int = 0
    attempt: int = 1
    division: Division | None = None

    @property
    def part(self) -> Part | None:
        """The part of the only asset that is meant."""
        return self.orders[0][0].part if self.orders else None


class Cluster:
    """Has assets examined by an engine's workers; used as a `Pool` is, from one thread.

    `targets` by name; `local` makes the pool for what a shard cannot bring home. TargetError UNREACHABLE from `submit` and
    `finish` once the engine is lost, and AUTHENTICATION_FAILED where a target's proof of identity cannot travel.
    """

    def __init__(
        self, engine: Engine, setup: Callable[[str], Setup], targets: Mapping[str, Target], replay: Callable[[], Writer], *,
        gap: Callable[[Gap], None], begins: Callable[[Asset], None], read: Callable[[int], None], local: Callable[[], Pool],
        journal: Journal, part: int | None = None, shard_bytes: int = SHARD_BYTES, shard_assets: int = SHARD_ASSETS,
        window: int = WINDOW,
    ) -> None:  # fmt: skip
        self._engine = engine
        self._make_setup = setup
        self._targets = targets
        self._make_replay = replay
        self._gap = gap
        self._begins = begins
        self._read = read
        self._make_local = local
        self._journal = journal
        self._part = part
        self._parts: deque[_Work] = deque()
        self._divisions: list[Division] = []
        self._shard_bytes = shard_bytes
        self._shard_assets = shard_assets
        self._window = window
        self._run = os.urandom(12).hex()
        self._key = os.urandom(32)
        self._shared: Any = None
        self._replay: Writer | None = None
        self._local: Pool | None = None
        self._gathered = _Work([])
        self._flying: dict[Future[bytes], _Work] = {}
        self._ended: SimpleQueue[Future[bytes]] = SimpleQueue()
        self._packed: dict[str, tuple[float, Luggage]] = {}
        self._too_much: list[tuple[Order, _Done, Division | None]] = []
        self._arrivals = 0
        self._weight = 0.0
        self._lost = False

    def start(self) -> None:
        """Have one worker make ready. InputError where none answers, or none can: another version, a rule it cannot load."""
        if self._shared is not None:
            return
        setup = pickle.dumps(self._make_setup(""))
        self._shared = self._engine.share(Sealed(self._run, auditor.__version__, seal(self._key, setup)))
        first = self._engine.executor.submit(examine_shard, self._shared, Shard.of(self._run, self._key, None, []))
        try:
            data = form.of_journal(unseal(self._key, first.result(_START)), self._journal)
        except TimeoutError:
            first.cancel()
            raise _unusable(
                f"no worker of the cluster answered within {_START:.0f} s", "start workers (docs/scale.md)"
            ) from None
        except (Exception, CancelledError) as error:
            cure = "install the same version of vendor-auditor and of Python on every worker (docs/scale.md)"
            raise _unusable(f"the cluster's worker could not start ({type(error).__name__})", cure) from None
        if data.startswith(form.REFUSED):
            raise InputError(*form.problems_of(data))
        if data.startswith(form.FAILED):
            cure = "install the same version of vendor-auditor on every worker (docs/scale.md)"
            raise _unusable(data[1:].decode(errors="replace"), cure)

    def submit(self, order: Order, done: _Done) -> None:
        """Have an asset examined; `done` is told its number of gaps. Waits while the window is full."""
        self._check()
        if isinstance(self._targets.get(order.asset.target), DatabaseTarget):  # one connection: read here
            self._too_much.append((order, done, None))
            return
        if self._part and (order.asset.size or 0) >= 2 * self._part and order.source.divides(order.asset):
            self._divide(order, done, self._part)
            return
        gathered = self._gathered
        if gathered.orders and gathered.orders[0][0].asset.target != order.asset.target:
            self._dispatch()
            gathered = self._gathered
        gathered.orders.append((order, done))
        gathered.size += _UNKNOWN_SIZE if order.asset.size is None else order.asset.size
        if gathered.size >= self._shard_bytes or len(gathered.orders) >= self._shard_assets:
            self._dispatch()
        while self._take(0):
            pass

    def finish(self) -> None:
        """Wait until everything submitted has been examined."""
        if self._lost:
            self._check()
        self._dispatch()
        while self._flying or self._parts:
            self._send_parts()
            self._take(None)
        while self._too_much:  # after all others: both count what they read
            if self._local is None:
                self._local = self._make_local()
            self._local.submit(*self._too_much.pop(0))
        if self._local is not None:
            self._local.finish()
        self._divisions.clear()

    def _divide(self, order: Order, done: _Done, at_once: int) -> None:
        """Send an asset's first part; the others follow once its worker has said how they end."""
        self._dispatch()
        parts = parts_of(order.asset.size or 0, at_once)
        division = Division(self._make_replay(), order.index, order.asset, done, parts)
        self._divisions.append(division)
        self._gathered = _Work([(replace(order, part=division.first), done)], division=division)
        self._begins(order.asset)
        self._dispatch()

    def _send_parts(self) -> None:
        while self._parts and len(self._flying) < self._room():
            self._send(self._parts.popleft())

    def interrupt(self) -> None:
        """Write down the shards that are complete, call off the others."""
        try:
            while self._flying and self._take(0):
                pass
        except TargetError:
            pass  # nothing more will come, which is what is wanted
        flying, self._flying, self._gathered = self._flying, {}, _Work([])
        self._too_much.clear()
        self._parts.clear()
        for future, work in flying.items():
            future.cancel()
            self._unknown(work)
        self._close_divisions()
        if self._replay is not None:
            self._replay.asset_ends()
        if self._local is not None:
            self._local.interrupt()

    def close(self) -> None:
        """Have the workers forget the run, and let go of the engine."""
        for future in self._flying:
            future.cancel()
        self._flying.clear()
        if not self._lost and self._shared is not None:
            self._engine.forget(self._run)
        self._engine.close()
        if self._local is not None:
            self._local.close()

    def _check(self) -> None:
        if self._lost:
            raise TargetError(
                GapCode.UNREACHABLE,
                "The cluster was lost; what it had not examined by then was not examined.",
                "Start its scheduler and its workers again, and repeat the audit.",
            )

    def _dispatch(self) -> None:
        """Send what is gathered, once the window has room."""
        work, self._gathered = self._gathered, _Work([])
        if not work.orders:
            return
        while len(self._flying) >= self._room():
            self._take(None)
        self._send(work)

    def _room(self) -> int:
        """Shards that may be under way now: slowly more, as long as what they give is little enough."""
        light = int(_WAITING_BYTES / max(self._weight, 1.0))
        return max(_WINDOW_LEAST, min(self._window, _WINDOW_FIRST + 4 * self._arrivals, light))

    def _send(self, work: _Work) -> None:
        self.start()
        luggage = self._luggage(work.orders[0][0].asset.target)
        try:
            assets = [(order.asset, order.allowance) for order, _ in work.orders]
            shard = Shard.of(self._run, self._key, luggage, assets, work.part)
        except (pickle.PicklingError, TypeError, AttributeError):
            self._fail(work, "these assets could not be sent to the cluster")
            return
        try:
            future = self._engine.executor.submit(examine_shard, self._shared, shard)
        except Exception:  # closed, broken, gone: engines have each their own for that
            self._lose()
            return
        self._flying[future] = work
        future.add_done_callback(self._ended.put)

    def _take(self, timeout: float | None) -> bool:
        """Write down one shard that has ended, waiting for it; whether there was one. TargetError once the engine is lost."""
        try:
            future = self._ended.get(timeout=timeout) if timeout != 0 else self._ended.get_nowait()
        except Empty:
            return False
        work = self._flying.pop(future, None)
        if work is None:
            return True  # called off
        try:
            data = form.of_journal(unseal(self._key, future.result()), self._journal)
        except (CancelledError, BrokenExecutor):  # not by us: the engine does that when its scheduler is gone
            self._unknown(work)
            self._lose()
        except ValueError:
            self._unknown(work)
            self._fail(work, "what the cluster sent back was damaged")
        except Exception as error:
            self._unknown(work)
            self._fail(work, f"the cluster gave this shard up ({type(error).__name__})")
        else:
            self._arrived(work, data)
            self._send_parts()
        return True

    def _arrived(self, work: _Work, data: bytes) -> None:
        self._arrivals += 1
        self._weight += (len(data) - self._weight) / min(self._arrivals, 20)
        status = data[:1]
        if status in (form.FAILED, form.UNREACHABLE) and work.attempt < _ATTEMPTS:
            work.attempt += 1
            self._send(work)
        elif status == form.FAILED:
            self._fail(work, data[1:].decode(errors="replace"))
        elif status == form.REFUSED:
            self._fail(work, "a worker of the cluster cannot load the rules or the register that the audit has")
        else:
            with held_back():  # of what arrived, everything is written down
                self._write(work, data)

    def _write(self, work: _Work, data: bytes) -> None:
        written = 0
        try:
            for examined, (order, done) in zip(records(data), work.orders, strict=False):
                written += 1
                if examined.too_much:
                    self._too_much.append((order, done, work.division))
                elif work.division is not None:
                    self._one_part(order, done, work.division, examined)
                else:
                    self._one(order, done, examined)
        except ValueError:
            self._fail(_Work(work.orders[written:]), "what the cluster sent back was damaged")
            return
        rest = work.orders[written:] if work.division is None or not written else []
        if rest and written:
            self._send(_Work(rest))
        elif rest:
            self._fail(work, "the cluster sent nothing back")

    def _one(self, order: Order, done: _Done, examined: form.Examined) -> None:
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
            self._fail(_Work([(order, done)]), "what the cluster sent back was not what a worker says")
        else:
            done(gaps)

    def _one_part(self, order: Order, done: _Done, division: Division, examined: form.Examined) -> None:
        """Write one part's results down, or keep them until it is their turn."""
        part = order.part
        assert part is not None
        self._read(examined.read)
        ended = False
        try:
            for event in examined.events():
                if isinstance(event, Divides):
                    others = division.decided(event.cut)
                    self._parts += [
                        _Work([(replace(order, part=other, gaps=[]), done)], division=division) for other in others
                    ]
                division.apply(part.number, event)
                ended = ended or isinstance(event, Done)
            if ended:
                division.ended(part.number)
                return
            why = "what the cluster sent back was not what a worker says"
        except (KeyError, TypeError, ValueError, AttributeError):  # no honest worker sends this
            why = "what the cluster sent back was not what a worker says"
        except OSError:
            why = "not all that was found in it could be written down: make room on the disk"
        division.lost(part.number, GapCode.WORKER_CRASHED, why)

    def _close_divisions(self) -> None:
        for division in self._divisions:
            division.close()
        self._divisions.clear()

    def _fail(self, work: _Work, detail: str) -> None:
        if work.division is not None and work.part is not None:
            work.division.lost(work.part.number, GapCode.WORKER_CRASHED, detail)
            return
        for order, done in work.orders:
            asset = order.asset
            self._gap(
                asset.gap(GapCode.WORKER_CRASHED, detail)
            )  # fmt: skip
            done(1)

    def _unknown(self, work: _Work) -> None:
        """Say in the journal what it cannot hold."""
        why = "what a worker of the cluster asked for these files, if anything, is not known"
        self._journal.write(work.orders[0][0].asset.target, "lost", why=why, assets=len(work.orders))

    def _lose(self) -> None:
        self._lost = True
        for work in self._flying.values():
            self._unknown(work)
        self._flying.clear()
        self._gathered = _Work([])
        self._parts.clear()
        self._close_divisions()
        self._check()

    def _luggage(self, name: str) -> Luggage:
        packed = self._packed.get(name)
        if packed is None or time.monotonic() - packed[0] > _FRESH:
            packed = self._packed[name] = time.monotonic(), pack(self._targets[name], self._journal)
        return packed[1]


def _unusable(cause: str, cure: str) -> InputError:
    return InputError(Problem(file="--executor", cause=cause, cure=cure))
