"""What runs on a cluster's worker: a shard of assets in, sealed events out.

Parsers run in processes of their own here as well (`pool`), so that one that dies costs one asset. A pool, the rules in it and the
connection to a target are kept from one shard of a run to the next, and let go a minute after the last.
"""

from __future__ import annotations

import atexit
import os
import pickle
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from hashlib import sha256
from typing import Any, BinaryIO, Final

import auditor
from auditor.errors import InputError, ReadError
from auditor.journal import Journal
from auditor.ledger import Block, BlocksEnd, Event, Holds, Records, Rows, Values
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.engagement import LocalTarget
from auditor.parts import Part
from auditor.scanners import scanner_of
from auditor.scanners.travel import Luggage, unpack
from auditor.workers import shard as form
from auditor.workers.confine import program_folders
from auditor.workers.feed import Order
from auditor.workers.pool import Pool
from auditor.workers.shard import FullError, Results, Sealed, Shard, seal, unseal
from auditor.workers.source import Source
from auditor.workers.worker import Setup

IDLE: Final = 60.0
"""Seconds after which what a run left here is let go, should the audit have vanished."""
_FORGOTTEN: Final = 100


def hold(sealed: Sealed) -> Sealed:
    """The same: a task, so that a cluster can bring it to each worker once, and make it anew where it was lost."""
    return sealed


def examine_shard(sealed: Sealed, shard: Shard) -> bytes:
    """Examine some assets; sealed results. It never raises: an exception's text may hold data, and clusters log it."""
    journal = Journal()
    try:
        if sealed.version != auditor.__version__:
            said = f"the worker has version {auditor.__version__} of the auditor, the audit {sealed.version}"
            data = form.FAILED + said.encode()
        else:
            with _benches.bench(sealed, shard.key) as bench:
                journal = bench.journal
                data = bench.examine(*shard.open())
    except InputError as error:
        data = form.refusal(error.problems)
    except Exception as error:
        data = form.FAILED + f"the cluster's worker could not do it ({type(error).__name__})".encode()
    return seal(shard.key, form.journalled(journal, data))


def forget(run: str) -> None:
    """Let go of everything that a run left in this process."""
    _benches.forget(run)


class _Recorder:
    """In place of a `Replay`: keeps the events for the audit."""

    def __init__(self, bench: _Bench) -> None:
        self._bench = bench
        self._index = 0
        self._held: set[int] = set()

    def asset_begins(self, index: int) -> None:
        self._index = index

    def apply(self, event: Event) -> None:
        match event:
            case Holds(number, _):
                self._held.add(number)
            case Values(number) | Block(number) | BlocksEnd(number) | Records(number) | Rows(number):
                if number not in self._held:
                    raise ValueError("an asset that was not told of")
            case _:
                pass
        self._bench.results.note(self._index, event)

    def asset_ends(self) -> None:
        self._held.clear()


class _Bench:
    """What one task at a time works with: a pool of one parser process, and an open scanner for each target."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._pool: Pool | None = None
        self._sources: dict[bytes, tuple[Source, ExitStack]] = {}
        self.results = Results([])
        self.journal = Journal(keep=True)
        """What was asked of targets since the last shard's results."""
        self.used = time.monotonic()

    def examine(self, packed: bytes, assets: list[tuple[Asset, int]], part: Part | None) -> bytes:
        """The results of these assets, or of the first of them. Without any: start, to see whether it can be done at all."""
        self.results = results = Results([asset for asset, _ in assets])
        if self._pool is None:
            self._pool = Pool(
                self._own_setup,
                1,
                lambda: _Recorder(self),
                gap=lambda _, gap: self._gap(gap),
                begins=self._begins,
                read=self._read,
            )
            self._pool.start()
        try:
            for asset, _ in assets:
                self._source(packed).expect(asset)
            for index, (asset, allowance) in enumerate(assets):
                order = Order(index, self._source(packed), asset, allowance=allowance, part=part)
                self._pool.submit(order, partial(self._done, index))
            self._pool.finish()
        except FullError:
            self._pool.close()
            self._pool = None
        self.used = time.monotonic()
        return results.data()

    def close(self) -> None:
        """End the processes, hang up, drop the credentials."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None
        for source, resources in self._sources.values():
            source.close()
            resources.close()
        self._sources.clear()

    def _own_setup(self, folder: str) -> Setup:
        return replace(self._setup, folder=folder, readable=program_folders())

    def _source(self, packed: bytes) -> Source:
        name = sha256(packed).digest()
        if name not in self._sources:
            luggage: Luggage = pickle.loads(packed)  # noqa: S301 - the audit's own words
            resources = ExitStack()
            target = unpack(luggage, resources)
            scanner: Any = scanner_of(target, None, self.journal)
            resources.callback(scanner.close)
            if isinstance(target, LocalTarget):
                scanner = _SharedFiles(scanner)
            self._sources[name] = Source(scanner, self._setup.key), resources
        return self._sources[name][0]

    # Bound to the bench, not to one shard's results: the pool outlives them.

    def _gap(self, gap: Gap) -> None:
        self.results.gap(gap)

    def _begins(self, asset: Asset) -> None:
        self.results.begins(asset)

    def _read(self, size: int) -> None:
        self.results.read(size)

    def _done(self, index: int, gaps: int) -> None:
        self.results.done(index, gaps)


class _SharedFiles:
    """Files of a shared file system: one that is not what the audit listed is another machine's of the same name."""

    def __init__(self, scanner: Any) -> None:
        self._scanner = scanner
        self.parallel = True

    @contextmanager
    def open(self, asset: Asset) -> Iterator[BinaryIO]:
        """As LocalScanner's; ReadError as well where size or time are not those of the listing."""
        self._check(asset)
        with self._scanner.open(asset) as stream:
            yield stream

    @contextmanager
    def open_at(self, asset: Asset, start: int, until: int) -> Iterator[BinaryIO]:
        """The same from a byte on."""
        self._check(asset)
        with self._scanner.open_at(asset, start, until) as stream:
            yield stream

    @staticmethod
    def _check(asset: Asset) -> None:
        try:
            facts = os.lstat(asset.locator)
        except OSError:
            facts = None  # the scanner says why
        if facts is not None and stat.S_ISREG(facts.st_mode):
            modified = asset.modified.timestamp() if asset.modified else facts.st_mtime
            if facts.st_size != asset.size or abs(facts.st_mtime - modified) > 1:
                raise ReadError(
                    GapCode.CHANGED_DURING_READ,
                    "The cluster's worker sees another file there, or it was changed: paths need a shared file system.",
                )


class _Benches:
    """Those of this process: one for each task that runs here at the same time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[str, list[_Bench]] = {}
        self._forgotten: list[str] = []
        self._watched = False

    @contextmanager
    def bench(self, sealed: Sealed, key: bytes) -> Iterator[_Bench]:
        """A bench for one shard; one that failed is not used again."""
        with self._lock:
            idle = self._idle.get(sealed.run)
            bench = idle.pop() if idle else None
        if bench is None:
            bench = _Bench(pickle.loads(unseal(key, sealed.data)))  # noqa: S301 - sealed by the audit
        try:
            yield bench
        except BaseException:
            # whatever went wrong, a cancelled task too: a bench in an unknown state is not used again
            bench.close()
            raise
        with self._lock:
            keep = sealed.run not in self._forgotten
            if keep:
                self._idle.setdefault(sealed.run, []).append(bench)
        if not keep:
            bench.close()
            return
        self._watch()

    def sweep(self) -> None:
        """Close what nobody has used for a minute."""
        before = time.monotonic() - IDLE
        with self._lock:
            old = [bench for benches in self._idle.values() for bench in benches if bench.used <= before]
            self._idle = {
                run: left for run, benches in self._idle.items() if (left := [b for b in benches if b not in old])
            }
            self._watched = False
        for bench in old:
            bench.close()
        if self._idle:
            self._watch()

    def forget(self, run: str | None = None) -> None:
        """Close a run's benches, or all; those at work close themselves."""
        with self._lock:
            runs = list(self._idle) if run is None else [run]
            self._forgotten = [*self._forgotten, *runs][-_FORGOTTEN:]
            found = [bench for name in runs for bench in self._idle.pop(name, [])]
        for bench in found:
            bench.close()

    def _watch(self) -> None:
        with self._lock:
            if self._watched:
                return
            self._watched = True
        timer = threading.Timer(IDLE, self.sweep)
        timer.daemon = True
        timer.start()


_benches: Final = _Benches()
atexit.register(_benches.forget)
