"""What a container holds: blobs, their versions and snapshots, what is deleted and kept, and uploads never completed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any, Final

from auditor.model.asset import Asset, Control, Gap, GapCode, Position
from auditor.model.engagement import AzureTarget
from auditor.model.noun import noun
from auditor.model.text import printable
from auditor.scanners._azure_client import Container
from auditor.scanners._azure_errors import AzureFailure, gap_of, is_unknown_request, target_error
from auditor.scanners._prefixes import in_scope

_UNCOMMITTED: Final = "uncommittedblobs"
#: What is asked for beside the blobs themselves, and less where the service does not know it: accounts with a hierarchical
#: namespace have no versions.
_WAYS: Final = (
    ("snapshots", "versions", "deleted", _UNCOMMITTED),
    ("snapshots", "deleted", _UNCOMMITTED),
    ("snapshots", _UNCOMMITTED),
)
MAX_EMPTY_PAGES: Final = 1000
Item = Asset | Gap | Control | Position
PAGE: Final = 5000
"""Blobs asked for at a time: as many as the service sends."""


@noun
class Locator:
    """What names the bytes: the blob's name, and its version or snapshot unless it is the current one."""

    name: str
    version: str | None = None
    snapshot: str | None = None


def askable(name: str) -> bool:
    """Whether a blob can be asked for by its name: HTTP clients take `.` and `..` out of a path, and ask for another one."""
    return not {".", ".."} & set(name.split("/"))


class Listing:
    """One listing of a container, in the service's order."""

    def __init__(self, target: AzureTarget, container: Container) -> None:
        self._target = target
        self._container = container
        self._began = False
        self._told: set[str] = set()

    def run(self, after: str | None = None) -> Iterator[Item]:
        """All there is, or what comes behind a position. TargetError where not even the first page can be had; later failures are a gap."""
        begun: dict[str, Any] | None = None if after is None else json.loads(after)
        for prefix in in_scope(self._target.prefixes):
            if begun is not None and prefix != begun["prefix"]:
                continue
            try:
                if begun is None:
                    yield from self._below(prefix)
                else:
                    self._told = set(begun["told"])
                    beside, token, begun = tuple(begun["beside"]), begun["after"], None
                    yield from self._pages(prefix, beside, token)
            except AzureFailure as error:
                if not self._began:
                    raise target_error(error, self._container.name, self._container.endpoint) from None
                code, detail = gap_of(error)
                yield self._whole(code, f"The listing stopped, and what comes after was not seen. {detail}")

    def _below(self, prefix: str) -> Iterator[Item]:
        """All there is below one prefix, with as much beside the blobs themselves as the service knows."""
        if self._target.versions == "current":
            detail = "The engagement asks for current blobs alone (versions: current)."
            yield from self._once("bucket.versions_listed", False, detail)
            yield from self._pages(prefix, (_UNCOMMITTED,))
            return
        for way in _WAYS:
            pages = self._pages(prefix, way)
            try:
                first = next(pages, None)
            except AzureFailure as error:
                if not is_unknown_request(error) or way == _WAYS[-1]:
                    raise
                continue
            if "versions" in way:
                detail = "Versions, snapshots and deleted blobs that are kept were listed."
                yield from self._once("bucket.versions_listed", True, detail)
            else:
                detail = "The service does not list versions of this account's blobs; snapshots and deleted blobs that are kept were listed."
                if "deleted" not in way:
                    detail = "The service does not list versions of this account's blobs, nor deleted blobs that are kept; snapshots were listed."
                yield from self._once("bucket.versions_listed", None, detail)
            if first is not None:
                yield first
            yield from pages
            return

    def _pages(
        self, prefix: str, beside: tuple[str, ...], token: str | None = None
    ) -> Iterator[Asset | Gap | Position]:
        empty = 0
        while True:
            pages = self._container.client.list_blobs(
                name_starts_with=prefix or None, include=list(beside), results_per_page=PAGE
            ).by_page(token)
            items = list(next(pages, ()))
            self._began = True
            for item in items:
                yield self._item(item)
            after = pages.continuation_token  # type: ignore[attr-defined]
            if not after:
                return
            empty = 0 if items else empty + 1
            if after == token or empty > MAX_EMPTY_PAGES:
                yield self._whole(
                    GapCode.SERVER_MISBEHAVED, "The service lists in a circle, and what comes after was not seen."
                )
                return
            token = after
            told = {"prefix": prefix, "beside": beside, "after": token, "told": sorted(self._told)}
            yield Position(token=json.dumps(told))

    def _item(self, item: Any) -> Asset | Gap:
        name = str(item.name)
        version = (item.snapshot and f"snapshot {item.snapshot}") or item.version_id
        # A version that is not the current one; of an account without versions nothing says so.
        current = not item.snapshot and (item.version_id is None or bool(item.is_current_version))
        if item.deleted:
            days = item.remaining_retention_days
            left = f" for {days} more day(s)" if days is not None else ""
            return self._gap(
                name, f"It was deleted and is kept{left}: nobody can read it unless the vendor restores it.",
                version, item.size,
            )  # fmt: skip
        if item.size == 0 and not item.server_encrypted and not version and askable(name):
            # Only what was completed is said to be encrypted by the service, and all of that is.
            waiting = self._uncommitted(name)
            if waiting:
                detail = "An upload that was never completed: its blocks are kept, but nobody can read them."
                return self._gap(name, detail, None, waiting)
        modified = item.last_modified
        return Asset(
            target=self._target.name,
            path=self._path(name),
            locator=Locator(name=name, version=None if current else item.version_id, snapshot=item.snapshot),
            size=item.size,
            modified=modified.astimezone(UTC) if modified else None,
            version=None if version is None else printable(version),
            current=current,
        )

    def _uncommitted(self, name: str) -> int | None:
        """Bytes of a blob's blocks that wait to be made a blob of; None where they may not be listed."""
        try:
            _, waiting = self._container.client.get_blob_client(name).get_block_list("uncommitted")
        except AzureFailure:
            return None
        return sum(int(block.size or 0) for block in waiting)

    def _path(self, name: str) -> str:
        return printable(f"az://{self._container.name}/{name}")

    def _gap(self, name: str, detail: str, version: str | None, size: int | None) -> Gap:
        shown = None if version is None else printable(version)
        return Gap(
            target=self._target.name, path=self._path(name), code=GapCode.INVALID_OBJECT_STATE, detail=detail,
            version=shown, size=size,
        )  # fmt: skip

    def _whole(self, code: GapCode, detail: str) -> Gap:
        return Gap(target=self._target.name, path="", code=code, detail=detail)

    def _once(self, name: str, value: bool | None, detail: str) -> Iterator[Control]:
        """A control of the container, whatever the number of prefixes."""
        if name not in self._told:
            self._told.add(name)
            yield Control(target=self._target.name, name=name, value=value, detail=detail)
