"""Small files come before their turn, each once, in bounded memory, and never instead of an error."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import BinaryIO

import pytest

from auditor.errors import ReadError
from auditor.model.asset import Asset, Control, Gap, GapCode, Probe
from auditor.model.scanner import Fetched
from auditor.workers import ahead
from auditor.workers.ahead import ReadAhead
from auditor.workers.source import Source


class Shelf:
    """A scanner of files named by their number; what it fetched is counted."""

    parallel = True

    def __init__(self, sizes: list[int | None]) -> None:
        self.assets = [
            Asset(target="t", path=str(number), locator=b"%d" % number, size=size) for number, size in enumerate(sizes)
        ]
        self.fetched: list[list[str]] = []
        self.opened: list[str] = []
        self.broken = False
        self.lock = threading.Lock()

    def scan(self) -> Iterator[Asset | Gap | Control]:
        yield from self.assets

    @contextmanager
    def open(self, asset: Asset) -> Iterator[BinaryIO]:
        with self.lock:
            self.opened.append(asset.path)
        yield io.BytesIO(content(asset))

    def fetch(self, assets: Sequence[Asset]) -> list[Fetched]:
        with self.lock:
            self.fetched.append([asset.path for asset in assets])
        if self.broken:
            raise RuntimeError
        return [
            ReadError(GapCode.PERMISSION_DENIED, "no")
            if asset.path.endswith("7")
            else None
            if asset.path.endswith("3")
            else content(asset)
            for asset in assets
        ]

    def probe(self) -> Iterator[Probe]:
        yield from ()

    def close(self) -> None:
        pass


def content(asset: Asset) -> bytes:
    return asset.path.encode() * 3


def read(source: Source, asset: Asset) -> bytes | str:
    try:
        with source.open(asset, lambda _: None) as take:
            return take(1 << 20)
    except ReadError as error:
        return error.code


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "BATCH_FILES", 10)


@pytest.mark.parametrize("threads", [1, 4])
def test_every_file_is_what_it_is(threads: int) -> None:
    shelf = Shelf([10, None, 1 << 30, *[100] * 200])
    source = Source(shelf, b"k" * 32)
    assets = [item for item in source.listing(shelf.scan()) if isinstance(item, Asset)]
    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(lambda asset: read(source, asset), assets))
    for asset, data in zip(assets, found, strict=True):
        fails = asset.path.endswith("7") and asset.size == 100
        assert data == (GapCode.PERMISSION_DENIED if fails else content(asset))
    assert {"1", "2"} <= set(shelf.opened), "what is large, or of unknown size, is opened"
    assert all(len(batch) <= 10 for batch in shelf.fetched)
    together = [path for batch in shelf.fetched for path in batch]
    assert len(together) == len(set(together)) >= 200, "each once; a last one alone is opened"


def test_what_is_never_opened_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf([100] * 500)
    reader = ReadAhead(shelf, shelf)
    for asset in shelf.assets:
        reader.expect(asset)
    for asset in shelf.assets[::10]:  # one of each batch
        reader.take(asset)
    assert len(reader._batches) <= ahead.BATCHES
    assert len(reader._of) <= ahead.BATCHES * 10
    assert reader.take(shelf.assets[1]) is None, "it is opened by itself then"


def test_a_scanner_that_fails_costs_nothing() -> None:
    shelf = Shelf([100] * 30)
    shelf.broken = True
    source = Source(shelf, b"k" * 32)
    assets = [item for item in source.listing(shelf.scan()) if isinstance(item, Asset)]
    assert [read(source, asset) for asset in assets] == [content(asset) for asset in assets]


def test_nothing_is_fetched_after_the_end() -> None:
    shelf = Shelf([100] * 30)
    source = Source(shelf, b"k" * 32)
    assets = [item for item in source.listing(shelf.scan()) if isinstance(item, Asset)]
    source.close()
    assert read(source, assets[0]) == content(assets[0])
    assert shelf.fetched == []


def test_a_batch_is_bounded_in_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "BATCH_BYTES", 250)
    shelf = Shelf([100] * 9)
    source = Source(shelf, b"k" * 32)
    for asset in [item for item in source.listing(shelf.scan()) if isinstance(item, Asset)]:
        read(source, asset)
    assert all(len(batch) <= 2 for batch in shelf.fetched)
