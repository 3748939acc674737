"""A value of a table that is a file by itself: an archive, a document, a picture."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import BinaryIO, Final, cast

from auditor.extractors.limits import Budget
from auditor.extractors.magic import identify
from auditor.model.asset import Asset
from auditor.model.content import Member
from auditor.model.text import printable

_LEAST: Final = 64


def file_in(asset: Asset, budget: Budget, value: bytes, where: str) -> Member | None:
    """The member at `asset!/where` if the bytes of a value are a file of a known format, and another member may come."""
    if len(value) < _LEAST or identify(value[:65_536], "", binary=True) is None:
        return None
    if budget.full or asset.depth >= budget.limits.archive_depth:
        return None
    budget.members += 1
    inner = replace(asset, path=f"{asset.path}!/{printable(where)}", locator=None, size=len(value))
    return Member(asset=inner, stream=cast(BinaryIO, BytesIO(value)))
