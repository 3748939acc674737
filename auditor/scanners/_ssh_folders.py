"""The folders of a walk, listed before it comes to them: many with one `find`, as each request by itself costs a round trip.

Where commands may not be run, where there is no GNU find, and for whatever find could not list whole, each is asked of the SFTP
server. Memory is bounded by HELD entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import islice, repeat
from typing import Final

from auditor.scanners._posix import joined
from auditor.scanners._sftp_listing import Listing
from auditor.scanners._sftp_wire import SftpDownError
from auditor.scanners._ssh_find import list_folders
from auditor.scanners._ssh_shell import Shell

HELD: Final = 100_000
"""Entries that may wait for the walk: about 15 MB."""
MOST: Final = 512
"""Folders listed at once; fewer where they are large."""
_FIRST: Final = 16
_MOST_BYTES: Final = 100_000
"""Paths of one batch: below what xargs gives to one run."""
_LOOKED_AT: Final = 4 * MOST
_FAILURES: Final = 3
"""Batches of which nothing came, after which none is tried any more."""


class Folders:
    """For one walk. `one` lists a folder over SFTP; `shell` lends a shell (None: there is none)."""

    def __init__(
        self, one: Callable[[bytes], Listing], shell: Callable[[], AbstractContextManager[Shell]] | None
    ) -> None:
        self._one = one
        self._shell = shell
        self._held: dict[bytes, Listing | None] = {}
        self._entries = 0
        self._most = _FIRST
        self._failures = 0

    def listing(self, path: bytes, coming: Callable[[], Iterable[bytes]], left_out: Callable[[bytes], bool]) -> Listing:
        """A folder; those that are `coming` next may be listed with it, and what lies in them but what is `left_out`.

        SftpStatusError, SftpDownError and TargetError as `one` raises them.
        """
        if path not in self._held and self._shell is not None and path.startswith(b"/"):
            found = self._found(self._shell, self._batch(path, coming, left_out))
            self._held.update(found)
            self._entries += sum(map(_size, found.values()))
        listing = self._held.pop(path, None)
        self._entries -= _size(listing)
        return self._one(path) if listing is None else listing

    def _batch(
        self, path: bytes, coming: Callable[[], Iterable[bytes]], left_out: Callable[[bytes], bool]
    ) -> list[bytes]:
        batch = [path]
        size = len(path)
        for other in islice(self._next(coming(), left_out), self._most - 1 if self._entries <= HELD // 2 else 0):
            size += len(other) + 3
            if size > _MOST_BYTES:
                break
            batch.append(other)
        return batch

    def _next(self, coming: Iterable[bytes], left_out: Callable[[bytes], bool]) -> Iterator[bytes]:
        """What the walk will come to, as far as that is known now."""
        levels = [iter(coming)]
        for _ in range(_LOOKED_AT):
            path = next(levels[-1], None)
            if path is None:
                levels.pop()
                if not levels:
                    return
            elif left_out(path):
                continue
            elif path not in self._held:
                yield path
            elif (held := self._held[path]) is not None and held.folders:
                levels.append(map(joined, repeat(path), held.folders))

    def _found(
        self, shell: Callable[[], AbstractContextManager[Shell]], batch: list[bytes]
    ) -> dict[bytes, Listing | None]:
        """What find lists of them: of fewer, where something in one of them spoils it for all."""
        found: dict[bytes, Listing | None] = {}
        while not found:
            try:
                with shell() as lent:
                    found = list_folders(lent, batch, HELD - self._entries)
            except SftpDownError:
                self._failures += 1
                if self._failures == _FAILURES:
                    self._shell = None
                self._most = 1
                return {}
            batch = batch[: max(len(batch) // 2, 1)]
        self._failures = 0
        entries = sum(map(_size, found.values()))
        self._most = min(self._most * 2, MOST) if entries < HELD // 8 else max(self._most // 4, 1)
        return found


def _size(listing: Listing | None) -> int:
    return 0 if listing is None else len(listing.entries)
