"""Writes down what a worker found, in the process that owns the store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol, assert_never

from auditor.ledger import (
    Block,
    BlocksEnd,
    Described,
    Done,
    Enough,
    Event,
    Holds,
    Met,
    Missed,
    Rechecked,
    Records,
    Rows,
    Values,
)  # fmt: skip
from auditor.model.asset import Gap
from auditor.people import People
from auditor.progress import Progress
from auditor.store.sqlite import Store

MEMBERS: Final = 1 << 20
"""Row ids set apart for one file of the target and what lies in it: more than `Limits.members`."""


class Writer(Protocol):
    """What takes one worker's events: `Replay`, or on a cluster's worker what sends them on."""

    def asset_begins(self, index: int) -> None:
        """The events of the asset with this number in the listing come now."""

    def apply(self, event: Event) -> None:
        """An event. KeyError, TypeError or ValueError for what no honest worker sends."""

    def asset_ends(self) -> None:
        """The asset is done, or its worker is gone."""


class Replay:
    """One worker's events, in their order. `gap` is told of each gap, `rechecked` of each self-check. `first` is the row id of the run's first asset: ids follow the
    listing, whichever worker is done first, so that reports do not depend on it.
    """

    def __init__(
        self, store: Store, run: int, people: People, progress: Progress, gap: Callable[[Gap], None], first: int,
        rechecked: Callable[[Rechecked], None] | None = None,
    ) -> None:  # fmt: skip
        self._store = store
        self._run = run
        self._people = people
        self._progress = progress
        self._gap = gap
        self._rechecked = rechecked
        self._first = first
        self._next = first
        self._rows: dict[int, int] = {}
        self._open: set[tuple[int, str]] = set()

    def asset_begins(self, index: int) -> None:
        """The events of the asset with this number in the listing come now."""
        self._next = self._first + index * MEMBERS

    def apply(self, event: Event) -> None:
        """Write one event down. KeyError, TypeError or ValueError for what no honest worker sends."""
        match event:
            case Holds(number, asset):
                self._rows[number] = self._store.add_asset(self._run, asset, self._next)
                self._next += 1
            case Values(number, matches):
                self._store.add_matches(self._rows[number], matches)
            case Block(number, keys, first):
                self._open.add((number, first.entity))
                self._store.bulk(self._rows[number], first.entity).add(keys, first)
            case BlocksEnd(number, entity):
                self._open.discard((number, entity))
                self._store.bulk(self._rows[number], entity).close()
            case Records(number, records):
                for record in records:
                    self._people.add(self._rows[number], record)
            case Rows(number, columns):
                self._people.add_rows(self._rows[number], columns)
            case Described(number, earliest, latest, together):
                self._store.describe(self._rows[number], earliest, latest, together)
            case Missed(gap):
                self._gap(gap)
            case Rechecked():
                if self._rechecked is not None:
                    self._rechecked(event)
            case Met(values):
                self._progress.found(values)
            case Done() | Enough():
                pass
            case _:
                assert_never(event)

    def asset_ends(self) -> None:
        """The asset is done, or its worker is gone: close what is open."""
        for number, entity in sorted(self._open):
            self._store.bulk(self._rows[number], entity).close()
        self._open.clear()
        self._rows.clear()
