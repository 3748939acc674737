"""A cluster is no help with one connection: what a database holds is read by the audit itself, and no password leaves it."""

from __future__ import annotations

from typing import Any

from auditor.journal import Journal
from auditor.model.asset import Asset
from auditor.model.engagement import DatabaseTarget
from auditor.workers.cluster import Cluster
from auditor.workers.feed import Order


class Refuses:
    """An engine that must not be asked for anything."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(name)


class Here:
    def __init__(self) -> None:
        self.examined: list[str] = []

    def submit(self, order: Order, done: Any, division: object = None) -> None:
        self.examined.append(order.asset.path)

    def finish(self) -> None:
        pass


def test_a_database_is_read_by_the_audit_itself() -> None:
    here = Here()
    target = DatabaseTarget(name="prod-db", engine="postgresql", host="db.example")
    cluster = Cluster(
        Refuses(), lambda folder: None, {"prod-db": target}, lambda: None, gap=print, begins=print, read=print, local=lambda: here,  # type: ignore[arg-type, return-value]
        journal=Journal(),
    )  # fmt: skip
    for number in range(3):
        asset = Asset(target="prod-db", path=f"public.t{number}", size=1 << 40)
        cluster.submit(Order(number, None, asset), lambda gaps: None)  # type: ignore[arg-type]
    cluster.finish()
    assert here.examined == ["public.t0", "public.t1", "public.t2"]
