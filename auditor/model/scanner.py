"""What every scanner does: list, open, and say what it may reach. Nothing it does writes at the target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol, runtime_checkable

from auditor.model.asset import Asset, Control, Gap, Position, Probe


class Opens(Protocol):
    """What opens assets."""

    def open(self, asset: Asset) -> AbstractContextManager[BinaryIO]:
        """The asset's bytes from the start, read on only. `open` and `read` raise ReadError."""
        ...


class Scanner(Opens, Protocol):
    """One target's reader. Connects on first use; `close` may be called at any time, more than once; it is for good."""

    parallel: bool
    """Whether several threads may list and read at the same time; else each call waits for its turn."""

    def scan(self) -> Iterator[Asset | Gap | Control]:
        """List what is there, in a stable order, with bounded memory. TargetError if the whole target is out of reach."""
        ...

    def probe(self) -> Iterator[Probe]:
        """For `auditor doctor`: try each connection and permission, go on after a failure where that makes sense."""
        ...

    def close(self) -> None:
        """Let go of every connection."""
        ...


@runtime_checkable
class Ranges(Protocol):
    """A scanner that reads from anywhere in a file; `parallel`, too. One that may not do so with all that `open` reads has `ranged` False."""

    def open_at(self, asset: Asset, start: int, until: int) -> AbstractContextManager[BinaryIO]:
        """As `open`, from byte `start`, which is not behind the end. Not much behind `until` will be read."""
        ...


@runtime_checkable
class Resumable(Protocol):
    """A scanner whose listing another run can go on with."""

    def listing(self, after: str | None) -> Iterator[Asset | Gap | Control | Position]:
        """As `scan`, with positions between the items. `after`: the token of one of them, and only what comes behind it."""
        ...


Fetched = bytes | Exception | None


@runtime_checkable
class Fetches(Protocol):
    """A scanner that brings many small files at once; `parallel`, too."""

    def fetch(self, assets: Sequence[Asset]) -> list[Fetched]:
        """For each asset its whole content, the ReadError that `open` would raise, or None: `open` it. Never raises."""
        ...
