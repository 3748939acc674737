"""In place of the `Pool`: assets are examined on other machines, behind a `concurrent.futures.Executor`.

Assets are gathered into shards, each one task. A shard's results count only when it is complete, so one whose worker was
lost in the middle is simply run again, here or by the engine, with the same findings. Results are written down as they
arrive: row ids follow the listing (`Order.index`), whichever shard is first.
"""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from queue import Empty, SimpleQueue
from typing import Any, Final

import auditor
from auditor.errors import InputError, Problem, TargetError
from auditor.interrupt import held_back
from auditor.journal import Journal
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.engagement import DatabaseTarget, Target
from auditor.model.noun import noun
from auditor.scanners.travel import Luggage, pack
from auditor.workers import shard as form
from auditor.workers.arrivals import Arrivals, Told, Work
from auditor.workers.feed import Order
from auditor.workers.pool import Pool
from auditor.workers.remote import examine_shard
from auditor.workers.replay import Writer
from auditor.workers.shard import Sealed, Shard, seal, unseal
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


@noun(kw_only=False)
class Engine:
    """An executor, and what it can do beyond: `share` brings one object to all tasks, `forget` ends a run on the workers."""

    executor: Executor
    share: Callable[[Sealed], Any] = lambda sealed: sealed
    forget: Callable[[str], None] = lambda run: None  # noqa: ARG005
    close: Callable[[], None] = lambda: None


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
        self._arrivals = Arrivals(replay, gap=gap, begins=begins, read=read)
        self._make_local = local
        self._journal = journal
        self._part = part
        self._shard_bytes = shard_bytes
        self._shard_assets = shard_assets
        self._window = window
        self._run = os.urandom(12).hex()
        self._key = os.urandom(32)
        self._shared: Any = None
        self._local: Pool | None = None
        self._gathered = Work([])
        self._flying: dict[Future[bytes], Work] = {}
        self._ended: SimpleQueue[Future[bytes]] = SimpleQueue()
        self._packed: dict[str, tuple[float, Luggage]] = {}
        self._arrived_shards = 0
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

    def submit(self, order: Order, done: Told) -> None:
        """Have an asset examined; `done` is told its number of gaps. Waits while the window is full."""
        self._check()
        if isinstance(self._targets.get(order.asset.target), DatabaseTarget):  # one connection: read here
            self._arrivals.too_much.append((order, done, None))
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
        while self._flying or self._arrivals.parts:
            self._send_parts()
            self._take(None)
        while self._arrivals.too_much:  # after all others: both count what they read
            if self._local is None:
                self._local = self._make_local()
            self._local.submit(*self._arrivals.too_much.popleft())
        if self._local is not None:
            self._local.finish()
        self._arrivals.end()

    def _divide(self, order: Order, done: Told, at_once: int) -> None:
        """Send an asset's first part; the others follow once its worker has said how they end."""
        self._dispatch()
        self._gathered = self._arrivals.divide(order, done, at_once)
        self._dispatch()

    def _send_parts(self) -> None:
        while self._arrivals.parts and len(self._flying) < self._room():
            self._send(self._arrivals.parts.popleft())

    def interrupt(self) -> None:
        """Write down the shards that are complete, call off the others."""
        try:
            while self._flying and self._take(0):
                pass
        except TargetError:
            pass  # nothing more will come, which is what is wanted
        flying, self._flying, self._gathered = self._flying, {}, Work([])
        self._arrivals.too_much.clear()
        for future, work in flying.items():
            future.cancel()
            self._unknown(work)
        self._arrivals.end()
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
        work, self._gathered = self._gathered, Work([])
        if not work.orders:
            return
        while len(self._flying) >= self._room():
            self._take(None)
        self._send(work)

    def _room(self) -> int:
        """Shards that may be under way now: slowly more, as long as what they give is little enough."""
        light = int(_WAITING_BYTES / max(self._weight, 1.0))
        return max(_WINDOW_LEAST, min(self._window, _WINDOW_FIRST + 4 * self._arrived_shards, light))

    def _send(self, work: Work) -> None:
        self.start()
        luggage = self._luggage(work.orders[0][0].asset.target)
        try:
            assets = [(order.asset, order.allowance) for order, _ in work.orders]
            shard = Shard.of(self._run, self._key, luggage, assets, work.part)
        except (pickle.PicklingError, TypeError, AttributeError):
            self._arrivals.fail(work, "these assets could not be sent to the cluster")
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
            self._arrivals.fail(work, "what the cluster sent back was damaged")
        except Exception as error:
            self._unknown(work)
            self._arrivals.fail(work, f"the cluster gave this shard up ({type(error).__name__})")
        else:
            self._arrived(work, data)
            self._send_parts()
        return True

    def _arrived(self, work: Work, data: bytes) -> None:
        self._arrived_shards += 1
        self._weight += (len(data) - self._weight) / min(self._arrived_shards, 20)
        status = data[:1]
        if status in (form.FAILED, form.UNREACHABLE) and work.attempt < _ATTEMPTS:
            work.attempt += 1
            self._send(work)
        elif status == form.FAILED:
            self._arrivals.fail(work, data[1:].decode(errors="replace"))
        elif status == form.REFUSED:
            self._arrivals.fail(
                work, "a worker of the cluster cannot load the rules or the register that the audit has"
            )
        else:
            with held_back():  # of what arrived, everything is written down
                rest = self._arrivals.write(work, data)
                if rest is not None:
                    self._send(rest)

    def _unknown(self, work: Work) -> None:
        """Say in the journal what it cannot hold."""
        why = "what a worker of the cluster asked for these files, if anything, is not known"
        self._journal.write(work.orders[0][0].asset.target, "lost", why=why, assets=len(work.orders))

    def _lose(self) -> None:
        self._lost = True
        for work in self._flying.values():
            self._unknown(work)
        self._flying.clear()
        self._gathered = Work([])
        self._arrivals.end()
        self._check()

    def _luggage(self, name: str) -> Luggage:
        packed = self._packed.get(name)
        if packed is None or time.monotonic() - packed[0] > _FRESH:
            packed = self._packed[name] = time.monotonic(), pack(self._targets[name], self._journal)
        return packed[1]


def _unusable(cause: str, cure: str) -> InputError:
    return InputError(Problem(file="--executor", cause=cause, cure=cure))
