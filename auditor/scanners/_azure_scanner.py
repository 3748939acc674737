"""A container of Azure Blob Storage: every blob with its versions and snapshots, read and never written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, BinaryIO, Final

from azure.core import MatchConditions

from auditor.errors import ReadError, TargetError
from auditor.journal import Conduct, Journal
from auditor.model.asset import Asset, Control, Gap, GapCode, Position, Probe
from auditor.model.engagement import AzureTarget
from auditor.pace import Pace
from auditor.scanners._azure_client import PIECE, Container
from auditor.scanners._azure_controls import Controls
from auditor.scanners._azure_errors import AzureFailure, read_error, status_of
from auditor.scanners._azure_listing import Listing, askable
from auditor.scanners._azure_probe import probes
from auditor.scanners._stream import Chunks, arrived, as_listed, reading

SAMPLE_AMONG: Final = 1000
"""Among how many first items to look for a current blob to try without credentials."""
_OUT_OF_RANGE: Final = 416


class AzureScanner:
    """Lists and reads a container. Only GET and HEAD are ever sent."""

    parallel = True

    def __init__(self, target: AzureTarget, pace: Pace | None = None, journal: Journal | None = None) -> None:
        self._target = target
        self._conduct = Conduct(target.name, pace, journal)
        self._open_container: Container | None = None

    def scan(self) -> Iterator[Asset | Gap | Control]:
        """How the container is guarded, then what it holds. TargetError if it cannot be listed at all."""
        return (item for item in self.listing(None) if not isinstance(item, Position))

    def listing(self, after: str | None) -> Iterator[Asset | Gap | Control | Position]:
        """`scan` with a position after each page; behind one, what comes after it: how the container is guarded was said before."""
        items = Listing(self._target, self._container).run(after)
        if after is not None:
            yield from items
            return
        first: list[Asset | Gap | Control | Position] = []
        sample: Asset | None = None
        for item in islice(items, SAMPLE_AMONG):
            first.append(item)
            if isinstance(item, Asset) and item.current and askable(item.locator.name):
                sample = item
                break
        yield from Controls(self._target, self._container, sample).run()
        yield from chain(first, items)

    @contextmanager
    def open(self, asset: Asset) -> Iterator[BinaryIO]:
        """The blob's bytes. ReadError with the reason: gone, refused, archived, another's key, changed, cut off."""
        with self.open_at(asset, 0, 0) as stream:
            yield stream

    @contextmanager
    def open_at(self, asset: Asset, start: int, until: int) -> Iterator[BinaryIO]:  # noqa: ARG002 - pieces are asked for one by one
        """The same from a byte on; ReadError as well where the blob is not the one that was listed."""
        if not askable(asset.locator.name):
            raise ReadError(
                GapCode.NAME_UNDECODABLE, "A part of its name is . or .., which no HTTP client asks for as it stands.", asset.size
            )  # fmt: skip
        pieces = self._pieces(asset, start)
        first = next(pieces, b"")  # what refuses it, is said at once
        with reading(self._chunks(first, pieces, None if asset.size is None else asset.size - start)) as stream:
            yield stream

    def probe(self) -> Iterator[Probe]:
        """Credentials, container, listing, one blob's bytes, and what the credentials would let their holder write."""
        yield from probes(self._target, lambda: self._container, self.open)

    def close(self) -> None:
        """Let go of the connections."""
        if self._open_container is not None:
            self._open_container.close()
            self._open_container = None

    @property
    def _container(self) -> Container:
        if self._open_container is None:
            self._open_container = Container(self._target, self._conduct)
        return self._open_container

    def _chunks(self, first: bytes, pieces: Chunks, size: int | None) -> Chunks:
        """All pieces, each counted; where the audit's hours end, a ReadError like any other. `size`: their bytes as listed."""
        received = 0
        try:
            for piece in chain((first,) if first else (), pieces):
                received += len(piece)
                yield from arrived(piece, self._conduct.took)
        except TargetError as error:
            raise ReadError(error.code, error.detail, None if size is None else max(size - received, 0)) from None

    def _pieces(self, asset: Asset, start: int) -> Chunks:
        """The blob in ranges, one after another, all of the same state of it (its ETag) and each as long as it has to be."""
        where, received = asset.locator, start
        total: int | None = None
        same: dict[str, Any] = {}
        while total is None or received < total:
            size = asset.size if total is None else total
            unread = None if size is None else max(size - received, 0)
            try:
                blob = self._container.client.get_blob_client(
                    where.name, snapshot=where.snapshot, version_id=where.version
                )
                # Compressed as it is stored: a range of it could not be unpacked.
                answer = blob.download_blob(offset=received, length=PIECE, decompress=False, **same)
                told = _total(answer.properties.content_range)
                data = bytes(answer.readall())
            except TargetError as error:
                raise ReadError(error.code, error.detail, unread) from None
            except AzureFailure as error:
                if total is None and status_of(error) == _OUT_OF_RANGE:
                    if start:
                        raise ReadError(GapCode.CHANGED_DURING_READ, "The blob became shorter.", unread) from None
                    return  # it is there, and empty
                raise read_error(error, unread) from None
            if told is None or total not in (None, told) or len(data) != min(PIECE, told - received):
                raise ReadError(
                    GapCode.SERVER_MISBEHAVED, "The service sent another part than it was asked for.", unread
                )
            if start and total is None:
                _same(asset, told, answer.properties)
            total, received = told, received + len(data)
            same = {"etag": answer.properties.etag, "match_condition": MatchConditions.IfNotModified}
            yield data


def _same(asset: Asset, size: int, now: Any) -> None:
    """ReadError where it is not the blob that was listed. An append blob may have grown, others are overwritten whole or in between."""
    if size > (asset.size or 0) and now.blob_type != "AppendBlob":
        raise ReadError(GapCode.CHANGED_DURING_READ, "The blob is another than was listed.", asset.size)
    as_listed(asset, size, now.last_modified and now.last_modified.timestamp())


def _total(content_range: object) -> int | None:
    """The blob's whole size by `bytes 0-9/100`; None where it is not told."""
    _, _, size = str(content_range or "").rpartition("/")
    return int(size) if size.isdecimal() else None
