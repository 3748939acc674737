"""Brings small files before their turn: many at once where a scanner can, so that none waits for a round trip of its own.

Files are announced in the order of the listing and opened in about that order, by several threads. Memory is bounded by
BATCHES times BATCH_BYTES, whatever is announced and whatever is never opened.
"""

from __future__ import annotations

import io
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

from auditor.extractors._git.layout import Bundle
from auditor.model.asset import Asset
from auditor.model.scanner import Fetched, Fetches, Scanner

SMALL: Final = 256 << 10
"""Larger files are opened by themselves."""
BATCH_FILES: Final = 2048
BATCH_BYTES: Final = 16 << 20
BATCHES: Final = 3
"""The one being opened, the one before it that stragglers still want, and the next, on its way."""
ANNOUNCED: Final = 100_000
"""Assets remembered until their turn; the listing runs ahead by half of that at most (auditor/listing.py)."""


class _Batch:
    """Files on their way, or here. `found` is set once they are."""

    def __init__(self, assets: list[Asset]) -> None:
        self.assets = {id(asset): number for number, asset in enumerate(assets)}
        self.list = assets
        self.found: list[Fetched] = []
        self.ready = threading.Event()
        self.opened = False


class ReadAhead:
    """Opens a scanner's assets as the scanner does. `coming`: assets already known to follow, in their order."""

    parallel = True

    def __init__(self, scanner: Scanner, fetches: Fetches, coming: Iterable[Asset] | None = None) -> None:
        self._scanner = scanner
        self._fetches = fetches
        self._coming = deque(coming) if coming is not None else deque(maxlen=ANNOUNCED)
        self._lock = threading.Lock()
        self._batches: deque[_Batch] = deque()
        self._of: dict[int, _Batch] = {}
        self._closed = False

    def expect(self, asset: Asset) -> None:
        """It will be opened, after those that were announced before it."""
        with self._lock:
            self._coming.append(asset)

    def close(self) -> None:
        """Fetch no more."""
        with self._lock:
            self._closed = True
            self._coming.clear()
            self._batches.clear()
            self._of.clear()

    def take(self, asset: Asset) -> Fetched:
        """Its content if it was brought, or the error that reading it meets; None: open it."""
        batch = self._of.get(id(asset))
        if batch is None:
            if not _is_small(asset):
                return None
            with self._lock:
                batch = self._of.get(id(asset)) or self._next()
        if batch is None:
            return None
        if not batch.opened:
            self._begun(batch)
        if not batch.ready.is_set():
            batch.ready.wait()
        number = batch.assets.pop(id(asset), None)
        self._of.pop(id(asset), None)
        if number is None or not batch.found:
            return None
        found, batch.found[number] = batch.found[number], None
        return found

    def _begun(self, batch: _Batch) -> None:
        """The first of a batch is wanted: time for the one after it."""
        with self._lock:
            newest = bool(self._batches) and batch is self._batches[-1]
            if newest and not batch.opened:
                self._next()
            batch.opened = True

    @contextmanager
    def open(self, asset: Asset) -> Iterator[BinaryIO]:
        """As `Scanner.open`."""
        match self.take(asset):
            case bytes(found):
                yield io.BytesIO(found)
            case Exception() as error:
                raise error
            case None:
                with self._scanner.open(asset) as stream:
                    yield stream

    def _next(self) -> _Batch | None:
        """Have the next small files fetched, by a thread of their own."""
        assets: list[Asset] = []
        size = 0
        while self._coming and len(assets) < BATCH_FILES and not self._closed:
            asset = self._coming[0]
            if _is_small(asset):
                size += asset.size or 0
                if size > BATCH_BYTES and assets:
                    break
                assets.append(asset)
            self._coming.popleft()
        if len(assets) < 2:
            return None
        batch = _Batch(assets)
        if len(self._batches) == BATCHES:
            for key in self._batches.popleft().assets:
                self._of.pop(key, None)
        self._batches.append(batch)
        self._of.update(dict.fromkeys(batch.assets, batch))
        threading.Thread(target=self._fetch, args=(batch,), name="ahead", daemon=True).start()
        return batch

    def _fetch(self, batch: _Batch) -> None:
        try:
            batch.found = self._fetches.fetch(batch.list)
        except Exception:  # a fault of the scanner: each file is opened by itself, and says then what is the matter
            batch.found = []
        finally:
            batch.ready.set()


def _is_small(asset: Asset) -> bool:
    # A file that says it is empty is opened and read to its end: procfs and FUSE say so of files that are not.
    return asset.size is not None and 0 < asset.size <= SMALL and not isinstance(asset.locator, Bundle)
