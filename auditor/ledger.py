"""What examining an asset gives, as events: made in a worker, carried over a socket, written down where the store is.

Events hold masks and keyed fingerprints, never clear values. Assets that hold something are numbered by the worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from datetime import datetime
from itertools import starmap
from typing import TYPE_CHECKING, Any

from auditor.model.asset import Asset, Gap
from auditor.model.match import Match, fields, made
from auditor.model.noun import noun
from auditor.model.recheck import Difference
from auditor.people import Column, Identifier

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from auditor.extractors.cuts import Cut


@noun(kw_only=False)
class Holds:
    """An asset that holds something, from now on called by its number."""

    number: int
    asset: Asset


@noun(kw_only=False)
class Values:
    """Distinct values of an asset with how often each stands there."""

    number: int
    matches: list[tuple[Match, int]]

    def __getstate__(self) -> tuple[object, ...]:
        return self.number, [count for _, count in self.matches], [fields(match) for match, _ in self.matches]

    def __setstate__(self, state: tuple[int, list[int], list[Any]]) -> None:  # a match by itself is four times as dear
        number, counts, found = state
        object.__setattr__(self, "number", number)
        object.__setattr__(self, "matches", list(zip(starmap(made, found), counts, strict=True)))


@noun(kw_only=False)
class Block:
    """Values of a long table's column, by the keys of their fingerprints (store/keys.py), and the first of them."""

    number: int
    keys: npt.NDArray[np.uint64]
    first: Match


@noun(kw_only=False)
class BlocksEnd:
    """No more blocks of this entity in this asset."""

    number: int
    entity: str


@noun(kw_only=False)
class Records:
    """The identifiers of some records of an asset."""

    number: int
    records: list[tuple[Identifier, ...]]


@noun(kw_only=False)
class Rows:
    """The identifiers of some consecutive rows of a table, by column."""

    number: int
    columns: list[Column]


@noun(kw_only=False)
class Described:
    """Of an asset: its rows' own dates, where they have any, and which entities stand together in a table or record. Of a part of
    one, the entities of each table by themselves: those of all parts stand together.
    """

    number: int
    earliest: datetime | None
    latest: datetime | None
    together: list[tuple[str, ...]]
    tables: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


@noun(kw_only=False)
class Divides:
    """How records of a long asset end, so that it may be examined in parts; None: it must not."""

    cut: Cut | None


@noun(kw_only=False)
class Begins:
    """The own rows of a part's table follow behind so many of the head's; with table None, its own lines behind the head's."""

    table: str | None
    before: int


@noun(kw_only=False)
class Ended:
    """A part has been read: how many lines it had and how many rows of each table; None where not all of it was read."""

    lines: int | None
    rows: list[tuple[str, int]]


@noun(kw_only=False)
class Missed:
    """Something was not examined."""

    gap: Gap


@noun(kw_only=False)
class Rechecked:
    """So many lines and cells of an asset were examined twice; at so many the results differed, first at these."""

    sampled: int
    differing: int
    differences: list[Difference]


@noun(kw_only=False)
class Met:
    """So many more values were found: for the progress alone."""

    values: int


@noun(kw_only=False)
class Enough:
    """The rest of the asset's bytes is not needed."""


@noun(kw_only=False)
class Done:
    """The asset has been examined as far as it can be; so many gaps were noted in it."""

    gaps: int


Event = (
    Holds
    | Values
    | Block
    | BlocksEnd
    | Records
    | Rows
    | Described
    | Divides
    | Begins
    | Ended
    | Missed
    | Rechecked
    | Met
    | Enough
    | Done
)


class Ledger:
    """Collects events and hands them on in batches, at the latest with `flush`. `Finds` writes into it."""

    def __init__(self, send: Callable[[list[Event]], None], *, at_once: int = 200) -> None:
        self._send = send
        self._at_once = at_once
        self._events: list[Event] = []
        self._records: tuple[int, list[tuple[Identifier, ...]]] | None = None
        self._assets = 0

    def holds(self, asset: Asset) -> int:
        """Note an asset that holds something; its number."""
        self._assets += 1
        self.note(Holds(self._assets, asset))
        return self._assets

    def add_matches(self, number: int, matches: Iterable[tuple[Match, int]]) -> None:
        """Distinct values with their counts."""
        self.note(Values(number, list(matches)))

    def add_block(self, number: int, keys: npt.NDArray[np.uint64], first: Match) -> None:
        """Values of a long table in bulk."""
        self.note(Block(number, keys, first))

    def close_blocks(self, number: int, entity: str) -> None:
        """No more of them."""
        self.note(BlocksEnd(number, entity))

    def add_record(self, number: int, record: Sequence[Identifier]) -> None:
        """What stands in one record."""
        if self._records is None or self._records[0] != number:
            self._close_records()
            self._records = number, []
        self._records[1].append(tuple(record))
        if len(self._records[1]) >= self._at_once:
            self._close_records()

    def add_rows(self, number: int, columns: Sequence[Column]) -> None:
        """What stands in some consecutive rows."""
        self.note(Rows(number, list(columns)))

    def note(self, event: Event) -> None:
        """Any other event."""
        self._close_records()
        self._events.append(event)
        if len(self._events) >= self._at_once:
            self.flush()

    def flush(self) -> None:
        """Hand on what is held."""
        self._close_records()
        if self._events:
            events, self._events = self._events, []
            self._send(events)

    def _close_records(self) -> None:
        if self._records is not None:
            number, records = self._records
            self._records = None
            self._events.append(Records(number, records))
