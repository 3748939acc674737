"""How much of an asset may be examined twice reaches whoever examines it, whole or in parts, here or on a cluster."""

from __future__ import annotations

import gzip
import io
import time
from concurrent.futures import Executor, Future
from typing import Any

import pytest

from auditor.detectors.detector import Detector
from auditor.detectors.recheck import Recheck
from auditor.examine import Examiner
from auditor.extractors.limits import Limits
from auditor.journal import Journal
from auditor.ledger import Ledger
from auditor.model.asset import Asset
from auditor.rulecommands import load as load_rules
from auditor.workers import remote
from auditor.workers.cluster import Cluster, Engine
from auditor.workers.division import parts_of
from auditor.workers.feed import Order
from auditor.workers.pool import Pool
from auditor.workers.shard import Shard

SIZE = 8 << 20
PARTS = parts_of(SIZE, 1 << 20)
LOG = b"request done\n" * 10


class Divisible:
    def divides(self, asset: Asset) -> bool:
        return True


def never(*_: Any) -> Any:
    raise AssertionError


def nothing(*_: Any) -> None:
    pass


@pytest.mark.parametrize("allowance", [0, 1, 7, 8, 200])
def test_the_parts_shares_are_the_whole(allowance: int) -> None:
    shares = [part.share(allowance) for part in PARTS]
    assert sum(shares) == allowance
    assert max(shares) - min(shares) <= 1


@pytest.mark.parametrize(
    ("number", "data", "granted"), [(0, LOG, [200, 25]), (1, LOG, [25]), (0, gzip.compress(LOG, mtime=0), [200])]
)
def test_only_a_file_that_is_cut_is_checked_by_shares(
    number: int, data: bytes, granted: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []

    class Told(Recheck):
        def __init__(self, by: Detector, asset: Asset, allowance: int) -> None:
            told.append(allowance)
            super().__init__(by, asset, allowance)

    monkeypatch.setattr("auditor.detectors.recheck.Recheck", Told)
    detector = Detector(load_rules([], examples=False), b"k" * 32, only=["KR_RRN"])
    examiner = Examiner(detector=detector, joins={}, ledger=Ledger(nothing), limits=Limits(), key=b"k" * 32)
    asset = Asset(target="t", path="/a", size=SIZE)
    examiner.examine(asset, "a", io.BytesIO(data), 200, PARTS[number])
    assert told == granted


def test_a_pool_sends_the_whole_allowance_with_the_first_part() -> None:
    class Writes:
        def asset_begins(self, index: int) -> None:
            pass

    replay: Any = Writes
    pool = Pool(never, 1, replay, gap=never, begins=never, read=never, part=1 << 20)
    source: Any = Divisible()
    task = pool._divided(Order(0, source, Asset(target="t", path="/a", size=SIZE), allowance=200), nothing)
    assert task.order.part is not None
    assert task.order.allowance == 200
    pool.close()


class Takes(Executor):
    """Takes shards, and does nothing."""

    def __init__(self) -> None:
        self.shards: list[Shard] = []

    def submit(self, fn: Any, /, *args: Any, **_: Any) -> Future[Any]:
        self.shards.append(args[1])
        return Future()


@pytest.mark.parametrize("part", [None, 1 << 20])
def test_a_cluster_takes_the_allowances_along(part: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[Order] = []

    class Pooled:
        def __init__(self, *_: Any, **__: Any) -> None:
            pass

        def start(self) -> None:
            pass

        def submit(self, order: Order, _: Any) -> None:
            taken.append(order)

        def finish(self) -> None:
            pass

    class Sources:
        def expect(self, asset: Asset) -> None:
            pass

    class Writes:
        def asset_begins(self, index: int) -> None:
            pass

    executor = Takes()
    replay: Any = Writes
    cluster = Cluster(
        Engine(executor), never, {}, replay, gap=never, begins=nothing, read=never, local=never, journal=Journal(), part=part, shard_assets=2,
    )  # fmt: skip
    cluster._shared = object()
    luggage: Any = None
    cluster._packed["t"] = time.monotonic(), luggage
    source: Any = Divisible()
    for index, allowance in enumerate((3, 200)):
        asset = Asset(target="t", path=f"/{index}", size=SIZE if index else 1000)
        cluster.submit(Order(index, source, asset, allowance=allowance), nothing)
    monkeypatch.setattr(remote, "Pool", Pooled)
    monkeypatch.setattr(remote._Bench, "_source", lambda *_: Sources())
    setup: Any = None
    for shard in executor.shards:
        remote._Bench(setup).examine(*shard.open())
    assert [order.allowance for order in taken] == [3, 200]
