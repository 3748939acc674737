"""What `auditor doctor` tries alike in every store of objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import BinaryIO

from auditor.errors import ReadError
from auditor.model.asset import Asset


def first_byte(
    items: Iterable[object], opened: Callable[[Asset], AbstractContextManager[BinaryIO]], *, what: str, cure: str
) -> tuple[bool, str, str]:
    """Whether the first of some listed assets that has content can be read: (ok, its path or why not, the cure)."""
    refused: ReadError | None = None
    for asset in items:
        if not isinstance(asset, Asset) or not asset.size:
            continue
        try:
            with opened(asset) as stream:
                stream.read(1)
        except ReadError as error:
            refused = error
        else:
            return True, asset.path, ""
    if refused is not None:
        return False, refused.detail, cure
    return True, f"There is no {what} with content among the first ones listed.", ""


def encryption(*, encrypted: bool, loopback: bool, travels: str) -> tuple[bool, str, str]:
    """Whether what travels can be read by nobody on the way: (ok, why, the cure)."""
    if encrypted:
        return True, "", ""
    if loopback:
        return True, "http, but it does not leave this machine.", ""
    return False, f"{travels} travel in clear (http).", "Write endpoint_url with https."
