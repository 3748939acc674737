"""The audit's side of its workers: hands assets out, takes events in, replaces a worker that died."""

from __future__ import annotations

import os
import selectors
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from queue import SimpleQueue
from typing import Final, Self, TypeVar

from auditor.interrupt import held_back
from auditor.ledger import Divides, Done, Enough
from auditor.model.asset import Asset, Gap, GapCode
from auditor.workers import wire
from auditor.workers.crew import Hand, Task
from auditor.workers.division import Division, parts_of
from auditor.workers.feed import Feeder, Order
from auditor.workers.replay import Writer
from auditor.workers.worker import Setup
from auditor.workers.zygote_client import Zygote

_WAITING: Final = 4
"""Assets that may wait for one worker, as long as they are small: a worker must not wait for the audit."""
_SMALL: Final = 1 << 20
_PATIENCE: Final = 10.0
"""Seconds that an interrupted worker has to hand in what it found."""
_LOOK_EVERY: Final = 2.0
"""Seconds between two looks at workers from which nothing is heard."""
_ADVICE: Final = "its parser took the process down: look at it with another program"


_T = TypeVar("_T")


def default_workers() -> int:
    """One for each processor that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Pool:
    """Up to `size` workers, made when there is work for them. Use it as a context manager, from one thread.

    `replay` makes what one worker's events are written down with; `begins` and `read` are told of assets and bytes as they are
    fed, from other threads, one at a time. An asset of two parts of `part` bytes or more is divided, where it can be; with None, the
    orders say what is a part. InputError where a recogniser of the user's cannot be made.
    """

    def __init__(
        self, setup: Callable[[str], Setup], size: int, replay: Callable[[], Writer], *, gap: Callable[[Order, Gap], None],
        begins: Callable[[Asset], None], read: Callable[[int], None], part: int | None = None,
    ) -> None:  # fmt: skip
        self._part = part
        self._parts: deque[Task] = deque()
        self._divisions: list[Division] = []
        self._zygote = Zygote(setup)
        self._size = max(1, size)
        self._make_replay = replay
        self._gap = gap
        self._lock = threading.Lock()
        self._begins = self._locked(begins)
        self._read = self._locked(read)
        self._workers: dict[int, Hand] = {}
        self._made = 0
        self._selector = selectors.DefaultSelector()
        self._looked = time.monotonic()
        self._again: deque[Task] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, order: Order, done: Callable[[int], None], division: Division | None = None) -> None:
        """Have an asset examined, or a part of one that is divided; `done` is told its number of gaps. Waits while every worker has
        enough to do.
        """
        self._place(self._divided(order, done) if order.part is None else Task(order, done, division))
        while self._parts:  # what was listed before comes first
            self._place(self._parts.popleft())

    def _place(self, task: Task) -> None:
        while True:
            worker = self._free(task.size)
            if worker is not None:
                worker.waiting.append(task)
                if len(worker.waiting) == 1:
                    worker.begins()
                worker.feeder.put(task.order)
                self.pump(0)
                return
            self.pump(None)

    def _divided(self, order: Order, done: Callable[[int], None]) -> Task:
        """The asset as one task, or the first part of it."""
        size = order.asset.size or 0
        if self._part is None or size < 2 * self._part or not order.source.divides(order.asset):
            return Task(order, done)
        parts = parts_of(size, self._part)
        order = replace(order, part=parts[0])
        division = Division(self._make_replay(), order.index, order.asset, done, parts)
        self._divisions.append(division)
        return Task(order, done, division)

    def _divides(self, task: Task, event: Divides) -> None:
        """The first part's word on the others."""
        if task.division is not None:
            parts = task.division.decided(event.cut)
            self._parts.extend(
                replace(task, order=replace(task.order, part=part, gaps=[], cuts=SimpleQueue())) for part in parts
            )
        task.order.cuts.put(event.cut)

    def finish(self) -> None:
        """Wait until everything submitted has been examined."""
        while self._again or self._parts or any(worker.waiting for worker in self._workers.values()):
            if self._again or self._parts:
                self._place((self._again or self._parts).popleft())
            else:
                self.pump(None)
        self._divisions.clear()

    def interrupt(self) -> None:
        """Stop reading. Workers hand in what they have found, at once but for the rows they are at, or are killed.

        They are told by a signal: what was already sent to them would take seconds to look at.
        """
        for worker in self._workers.values():
            worker.feeder.interrupted = True
            if worker.waiting:
                with suppress(ProcessLookupError):
                    os.kill(worker.process, wire.STOP)
        self._again.clear()
        self._parts.clear()
        until = time.monotonic() + _PATIENCE
        with suppress(KeyboardInterrupt):  # a second Ctrl-C: they are not waited for
            while any(worker.waiting for worker in self._workers.values()) and (left := until - time.monotonic()) > 0:
                self.pump(left)
        for worker in list(self._workers.values()):
            if worker.waiting:
                worker.replay.asset_ends()
                worker.waiting.clear()
                with suppress(ProcessLookupError):
                    os.kill(worker.process, signal.SIGKILL)
        self._parts.clear()  # of a file whose first part was being looked at just then
        for division in self._divisions:
            division.close()
        self._divisions.clear()

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers.values():
            worker.feeder.end()
            self._selector.unregister(worker.events)
            worker.events.close()
            worker.replay.asset_ends()
        self._workers.clear()
        self._selector.close()
        self._zygote.close()

    def start(self) -> None:
        """Start the process that workers are forked from, if it does not run yet. InputError as in `Pool`."""
        self._zygote.start()

    def pump(self, timeout: float | None) -> None:
        """Take in what workers have sent, waiting for it up to `timeout` seconds; with None up to some seconds."""
        self._look_at_idle()
        for key, _ in self._selector.select(_LOOK_EVERY if timeout is None else timeout):
            with held_back():  # of what was taken in, everything is written down
                self._take_in(key.data)

    def _take_in(self, worker: Hand) -> None:
        """What one worker has sent."""
        if worker.number not in self._workers:
            return
        try:
            data = worker.events.recv(1 << 20)
        except BlockingIOError:
            return
        except ConnectionResetError:
            data = b""
        if not data:
            self._lost(worker)
            return
        try:
            for events in worker.reader.feed(data):
                for event in events:
                    if isinstance(event, Enough):
                        worker.feeder.enough = worker.done + 1
                    elif isinstance(event, Divides) and worker.waiting:
                        self._divides(worker.waiting[0], event)
                    worker.apply(event)
                    if isinstance(event, Done):
                        self._done(worker, event.gaps)
        except Exception:  # no honest worker sends what cannot be written down, and a hostile one may send anything
            with suppress(ProcessLookupError):
                os.kill(worker.process, signal.SIGKILL)
            self._lost(worker)

    def _look_at_idle(self) -> None:
        """End workers that use no processor time, for as long as they may use some, while they have bytes to work on. The alarm within
        them counts processor time alone: a parser that waits for what never comes would hold up the audit for ever.
        """
        now = time.monotonic()
        if now - self._looked < _LOOK_EVERY:
            return
        self._looked = now
        for worker in self._workers.values():
            used = worker.processor_time()
            if used is None or used != worker.used or not worker.waiting or worker.feeder.reading:
                worker.used, worker.idle_since = used or 0, now
            elif now - worker.idle_since > self._zygote.seconds_per_asset and not worker.overdue:
                worker.overdue = True
                with suppress(ProcessLookupError):
                    os.kill(worker.process, signal.SIGKILL)

    def _done(self, worker: Hand, gaps: int) -> None:
        worker.replay.asset_ends()
        worker.done += 1
        task = worker.waiting.popleft()
        worker.begins()
        if task.division is not None:
            task.division.ended(task.number)
            return
        for gap in task.order.gaps:
            self._gap(task.order, gap)
        task.done(gaps + len(task.order.gaps))

    def _free(self, size: int) -> Hand | None:
        """The worker to give an asset to: one that waits, a new one, or one with little before it."""
        workers = sorted(self._workers.values(), key=lambda worker: (len(worker.waiting), worker.number))
        if workers and not workers[0].waiting:
            return workers[0]
        room = [worker for worker in workers if len(worker.waiting) < _WAITING and worker.load() + size <= _SMALL]
        if len(workers) < self._size and not (len(workers) == 1 and room):
            return self._make()
        return min(room, key=Hand.load) if room else None

    def _make(self) -> Hand:
        """A new worker. TargetError where none can be started."""
        forked = self._zygote.fork()
        forked.events.setblocking(False)
        self._made += 1
        worker = Hand(
            number=self._made, process=forked.process, events=forked.events, zygote=forked.zygote,
            feeder=Feeder(forked.feed, self._begins, self._read), replay=self._make_replay(),
        )  # fmt: skip
        self._workers[self._made] = worker
        self._selector.register(worker.events, selectors.EVENT_READ, worker)
        worker.feeder.start()
        return worker

    def _lost(self, worker: Hand) -> None:
        """A worker died: the asset it was at is a gap, the others go to another worker."""
        self._selector.unregister(worker.events)
        worker.events.close()
        del self._workers[worker.number]
        worker.feeder.interrupted = True
        worker.feeder.end()
        worker.replay.asset_ends()
        waiting = list(worker.waiting)
        worker.waiting.clear()
        if not waiting:
            return
        task = waiting[0]
        code, detail = self._why(self._zygote.status(worker.process, worker.zygote), overdue=worker.overdue)
        if task.division is not None:
            task.division.lost(task.number, code, detail)
        else:
            self._gap(task.order, task.order.asset.gap(code, detail))
            for gap in task.order.gaps:
                self._gap(task.order, gap)
            task.done(1)
        self._again.extend(waiting[1:])  # not from here: the caller may be going over the workers

    def _why(self, status: int, *, overdue: bool) -> tuple[GapCode, str]:
        if overdue:
            return (
                GapCode.TIME_CUT_OFF_REACHED,
                f"a parser did nothing for {self._zygote.seconds_per_asset:.0f} s and was ended",
            )
        signalled = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        if signalled in (signal.SIGPROF, signal.SIGXCPU):
            return GapCode.TIME_CUT_OFF_REACHED, "a parser did not come back within its processor time and was ended"
        if signalled:
            name = signal.Signals(signalled).name if signalled in set(signal.Signals) else str(signalled)
            return GapCode.WORKER_CRASHED, f"the worker process was ended by {name}; {_ADVICE}"
        return GapCode.WORKER_CRASHED, f"the worker process ended early (status {os.WEXITSTATUS(status)}); {_ADVICE}"

    def _locked(self, tell: Callable[[_T], None]) -> Callable[[_T], None]:
        def told(what: _T) -> None:
            with self._lock:
                tell(what)

        return told
