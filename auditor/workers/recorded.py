"""A worker's events on their way into the store, written into the trail as well."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Final

from auditor.ledger import Block, Event, Missed, Rows
from auditor.model.asset import Gap
from auditor.workers.replay import Writer
from auditor.workers.trail import Trail

_HELD: Final = 200


class Recorded:
    """A writer whose events are written down as well. `shown` masks what a gap says."""

    def __init__(self, writer: Writer, trail: Trail, shown: Callable[[Gap], Gap]) -> None:
        self._writer = writer
        self._trail = trail
        self._shown = shown
        self._index = 0
        self._held: list[Event] = []

    def asset_begins(self, index: int) -> None:
        """As `Writer`."""
        self._index = index
        self._writer.asset_begins(index)

    def apply(self, event: Event) -> None:
        """As `Writer`."""
        self._writer.apply(event)
        if isinstance(event, Missed):
            self._trail.note(self._index, event.gap)
            event = replace(event, gap=self._shown(event.gap))
        self._held.append(event)
        if len(self._held) >= _HELD or isinstance(event, Block | Rows):
            self._flush()

    def asset_ends(self) -> None:
        """As `Writer`."""
        # What a hostile worker sent may not be written a second time: without its end, the asset is read again by a run that goes on.
        with suppress(AttributeError, TypeError, ValueError, pickle.PicklingError):
            self._flush()
        self._writer.asset_ends()

    def _flush(self) -> None:
        held, self._held = self._held, []
        if held:
            self._trail.events(self._index, held)
