"""What scanner tests share: a target listed to its end, one asset read whole, and what was said of controls."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing

from auditor.model.asset import Asset, Control, Gap, Position
from auditor.model.engagement import Target
from auditor.scanners import scanner_of

Item = Asset | Gap | Control


def scan(target: Target) -> list[Item]:
    """All that a scanner of its own lists."""
    with closing(scanner_of(target)) as scanner:
        return list(scanner.scan())


def read(target: Target, asset: Asset) -> bytes:
    """All bytes of an asset, through a scanner of its own."""
    with closing(scanner_of(target)) as scanner, scanner.open(asset) as stream:
        return stream.read()


def controls(items: Iterable[Item | Position]) -> dict[str, bool | str | int | None]:
    """What each control is; of several with one name the last."""
    return {item.name: item.value for item in items if isinstance(item, Control)}
