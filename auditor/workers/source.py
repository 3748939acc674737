"""A scanner as several threads may use it."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from auditor.bundles import Item, bundled, open_bundle
from auditor.extractors._git.layout import Bundle
from auditor.filenames import shown_path
from auditor.model.asset import Asset, Gap
from auditor.model.scanner import Fetches, Opens, Ranges, Scanner
from auditor.workers.ahead import ReadAhead


class Source:
    """A scanner, used by several threads: one at a time where it has a single connection. Workers and reports get its paths as
    they may be shown (`filenames`, under `key`). Small files are brought before their turn where the scanner can do that.
    """

    def __init__(self, scanner: Scanner, key: bytes) -> None:
        self._key = key
        self._scanner = scanner
        self._fetches = scanner if isinstance(scanner, Fetches) and scanner.parallel else None
        self._ahead = ReadAhead(scanner, self._fetches) if self._fetches is not None else None
        self._turn: AbstractContextManager[object] = nullcontext() if scanner.parallel else threading.Lock()

    def shown(self, path: str) -> str:
        """A path of this scanner's as it may be shown."""
        return shown_path(path, self._key)

    @contextmanager
    def open(self, asset: Asset, report: Callable[[Gap], None]) -> Iterator[Callable[[int], bytes]]:
        """A function that reads on. ReadError as the scanner's; `report` is told of parts of a bundle that could not be read."""
        held = self._ahead.take(asset) if self._ahead is not None else None
        if isinstance(held, bytes):
            yield io.BytesIO(held).read
            return
        if held is not None:
            raise held
        opened = open_bundle(self._opener(asset), asset, report)
        with self._turn:
            stream = opened.__enter__()

        def read(size: int) -> bytes:
            with self._turn:
                return stream.read(size)

        try:
            yield read
        except BaseException as error:
            with self._turn:
                if not opened.__exit__(type(error), error, error.__traceback__):
                    raise
        else:
            with self._turn:
                opened.__exit__(None, None, None)

    def divides(self, asset: Asset) -> bool:
        """Whether it can be opened in the middle."""
        ranges = isinstance(self._scanner, Ranges) and self._scanner.parallel
        return ranges and getattr(self._scanner, "ranged", True) and not isinstance(asset.locator, Bundle)

    @contextmanager
    def open_at(self, asset: Asset, start: int, until: int) -> Iterator[Callable[[int], bytes]]:
        """A function that reads on from a byte (`Ranges.open_at`), for an asset that `divides`."""
        assert isinstance(self._scanner, Ranges)
        with self._scanner.open_at(asset, start, until) as stream:
            yield stream.read

    def listing(self, items: Iterator[Item]) -> Iterator[Item]:
        """The same items, bundled: the listing takes its turn as well."""
        items = bundled(items)
        while True:
            with self._turn:
                item = next(items, None)
            if item is None:
                return
            if isinstance(item, Asset):
                self.expect(item)
            yield item

    def expect(self, asset: Asset) -> None:
        """It is going to be opened, after those named before it."""
        if self._ahead is not None:
            self._ahead.expect(asset)

    def close(self) -> None:
        """Bring nothing more before its turn. The scanner is whoever's who made it."""
        if self._ahead is not None:
            self._ahead.close()

    def _opener(self, asset: Asset) -> Opens:
        if self._fetches is not None and isinstance(asset.locator, Bundle):
            return ReadAhead(self._scanner, self._fetches, asset.locator.parts)
        return self._scanner
