"""One long asset in parts: examined by several workers at a time, written down in their order as if by one.

What a part gives before its turn waits in a nameless file (`spool`): masks and keyed fingerprints, as in the store.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from auditor.beside import largest
from auditor.detectors.dates import instant
from auditor.extractors.cuts import Cut
from auditor.interrupt import held_back
from auditor.ledger import (
    Begins,
    Block,
    BlocksEnd,
    Described,
    Divides,
    Done,
    Ended,
    Enough,
    Event,
    Holds,
    Met,
    Missed,
    Rechecked,
    Records,
    Rows,
    Values,
)
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.match import Match
from auditor.parts import HEAD, Part, moved
from auditor.workers.spool import Spool

if TYPE_CHECKING:
    from auditor.workers.replay import Writer

_LONGEST_DELIMITER: Final = 8
_FULL: Final = (
    "not all that was found in a part could be kept until its turn: make room on the disk of temporary files (TMPDIR)"
)


def parts_of(size: int, at_once: int) -> list[Part]:
    """The parts of an asset of so many bytes, nominally `at_once` each; the last takes what is left."""
    starts = range(0, max(size - at_once, 0) + 1, at_once)
    head = min(HEAD, at_once // 4)
    return [
        Part(
            number=number,
            start=start,
            end=start + at_once if number + 1 < len(starts) else None,
            head=head,
            room=at_once,
            of=len(starts),
        )
        for number, start in enumerate(starts)
    ]


@dataclass(slots=True)
class _State:
    """What is known of a part. Its rows and lines follow behind `before` and `lines_before` of the head's."""

    part: Part
    broken: bool = False
    """No more of it could be kept, or read back: what had been kept stands."""
    ended: bool = False
    numbers: dict[int, int] = field(default_factory=dict)
    main: int = -1
    lines_before: int = 0
    before: dict[str, int] = field(default_factory=dict)
    lines: int | None = None
    rows: Sequence[tuple[str, int]] = ()


@dataclass(slots=True)
class _Facts:
    """What the parts say of an asset."""

    earliest: datetime | None = None
    latest: datetime | None = None
    groups: set[frozenset[str]] = field(default_factory=set)
    tables: dict[str, set[str]] = field(default_factory=dict)

    def add(self, more: Described) -> None:
        self.earliest = min(filter(None, (self.earliest, more.earliest)), key=instant, default=None)
        self.latest = max(filter(None, (self.latest, more.latest)), key=instant, default=None)
        self.groups.update(map(frozenset, more.together))
        for table, entities in more.tables:
            self.tables.setdefault(table, set()).update(entities)

    def described(self, number: int) -> Described:
        found = self.groups | {frozenset(entities) for entities in self.tables.values()}
        return Described(number, self.earliest, self.latest, largest(found))


class Division:
    """The parts of one asset, from one thread. `writer` takes the events of the whole; `done` is told its number of gaps.

    Call `decided` with the first part's word, `apply` with each part's events, `ended` once for each part, `close` if not all will come.
    """

    def __init__(
        self, writer: Writer, index: int, asset: Asset, done: Callable[[int], None], parts: Sequence[Part]
    ) -> None:
        self._writer = writer
        self._depth = asset.depth
        self._asset = asset
        self._done = done
        self._planned = parts
        self._states = [_State(parts[0])]
        self._now = 0
        self._spool = Spool()
        self._closed = False
        self._lines: int | None = 0
        self._rows: dict[str, int] = {}
        self._numbers: dict[tuple[str, str | None], int] = {}
        self._bulk: set[tuple[int, str]] = set()
        self._facts: dict[int, _Facts] = {}
        self._gaps: dict[tuple[str, str | None, str, str], Gap] = {}
        writer.asset_begins(index)

    @property
    def first(self) -> Part:
        """The part to begin with."""
        return self._planned[0]

    def decided(self, cut: Cut | None) -> list[Part]:
        """The other parts, now that it is known how they are cut. ValueError for a cut that no honest worker tells."""
        if cut is None or self._states[0].ended or len(self._states) > 1:
            return []
        if not _is_cut(cut):
            raise ValueError("no cut")
        others = [replace(part, cut=cut) for part in self._planned[1:]]
        self._states += map(_State, others)
        return others

    def apply(self, number: int, event: Event) -> None:
        """An event of a part. KeyError, TypeError or ValueError for what no honest worker sends."""
        if self._closed:
            return
        state = self._states[number]
        if state.broken:
            if isinstance(event, Ended):  # where the next part's lines begin is known all the same
                self._write(state, event)
        elif number == self._now:
            self._write(state, event)
        else:
            try:
                self._spool.keep(number, event)
            except OSError:
                self._breaks(state, _FULL)

    def gap(self, gap: Gap) -> None:
        """Something that was not examined; the same thing of several parts is told once."""
        key = (gap.path, gap.version, gap.code, gap.detail)
        held = self._gaps.get(key)
        size = gap.size if held is None or held.size is None or gap.size is None else held.size + gap.size
        self._gaps[key] = replace(gap, size=size)

    def lost(self, number: int, code: GapCode, detail: str) -> None:
        """A part's worker is gone: what it had told is kept."""
        state = self._states[number]
        if len(self._states) == 1:
            self.gap(self._asset.gap(code, detail))
        elif not state.broken:
            detail = f"{detail} (bytes from {state.part.start} on)"
            self.gap(self._asset.gap(code, detail, self._size(state.part), part=True))
        self.ended(number)

    def ended(self, number: int) -> None:
        """No more of a part will come. Ctrl-C waits: what has been taken from the spool is written down."""
        if self._closed:
            return
        with held_back():
            self._ended(number)

    def _ended(self, number: int) -> None:
        state = self._states[number]
        state.ended = True
        if number > self._now and not state.broken:
            try:
                self._spool.flush(number)
            except OSError:
                self._breaks(state, _FULL)
        while self._now < len(self._states) and self._states[self._now].ended:
            self._turn_ends(self._states[self._now])
            self._now += 1
            if self._now < len(self._states):
                self._replay(self._states[self._now])
        if self._now == len(self._states):
            self.close()

    def close(self) -> None:
        """Write down what there is: all parts have ended, or the others never will."""
        if self._closed:
            return
        self._closed = True
        for state in self._states[self._now + 1 :]:
            self._turn_ends(self._states[self._now])
            self._now += 1
            self._replay(state)
        self._spool.close()
        for gap in self._gaps.values():
            self._writer.apply(Missed(gap))
        for number, entity in sorted(self._bulk):
            self._writer.apply(BlocksEnd(number, entity))
        for number, facts in self._facts.items():
            self._writer.apply(facts.described(number))
        self._writer.asset_ends()
        if all(state.ended for state in self._states):
            self._done(len(self._gaps))

    def _turn_ends(self, state: _State) -> None:
        for table, rows in state.rows:
            self._rows[table] = self._rows.get(table, 0) + rows
        self._lines = None if self._lines is None or state.lines is None else self._lines + state.lines

    def _replay(self, state: _State) -> None:
        try:
            for event in self._spool.take(state.part.number):
                self._write(state, event)
        except (OSError, EOFError, pickle.UnpicklingError):
            self._breaks(state, _FULL)
        except (KeyError, TypeError, ValueError, AttributeError):  # its worker is done, and cannot be ended for it
            self._breaks(state, "a worker sent what no worker says")

    def _breaks(self, state: _State, detail: str) -> None:
        """No more of a part is taken in. The parts a disk is too full for are one gap."""
        state.broken = True
        self.gap(self._asset.gap(GapCode.WORKER_CRASHED, detail, self._size(state.part), part=True))

    def _size(self, part: Part) -> int | None:
        end = self._asset.size if part.end is None else part.end
        return None if end is None else end - part.start

    def _write(self, state: _State, event: Event) -> None:
        match event:
            case Begins(None, before):
                state.lines_before = before
            case Begins(str() as table, before):
                state.before[table] = before
            case Ended(lines, rows):
                state.lines, state.rows = lines, rows
            case Holds(number, asset):
                self._holds(state, number, asset)
            case Values(number, matches):
                if number == state.main and state.part.number:
                    matches = [(self._moved(state, match), count) for match, count in matches]
                self._writer.apply(Values(state.numbers[number], matches))
            case Block(number, keys, first):
                if number == state.main and state.part.number:
                    first = self._moved(state, first)
                self._writer.apply(Block(state.numbers[number], keys, first))
            case BlocksEnd(number, entity):
                self._bulk.add((state.numbers[number], entity))
            case Records(number) | Rows(number):
                self._writer.apply(replace(event, number=state.numbers[number]))
            case Described(number):
                self._facts.setdefault(state.numbers[number], _Facts()).add(event)
            case Missed(gap):
                self.gap(replace(gap, path=self._path(state, gap.path)))
            case Rechecked(sampled, differing, differences):
                shift = self._shift(state)
                told = [replace(d, line=d.line + shift, place=moved(d.place, shift)) for d in differences]
                self._writer.apply(Rechecked(sampled, differing, told))
            case Met():
                self._writer.apply(event)
            case Divides() | Done() | Enough():
                pass

    def _holds(self, state: _State, number: int, asset: Asset) -> None:
        """Parts and their workers each have numbers of their own; here an asset has one."""
        if asset.depth == self._depth:
            state.main = number
        asset = replace(asset, path=self._path(state, asset.path))
        key = (asset.path, asset.version)
        new = key not in self._numbers
        state.numbers[number] = self._numbers.setdefault(key, len(self._numbers) + 1)
        if new:
            self._writer.apply(Holds(self._numbers[key], asset))

    def _shift(self, state: _State) -> int:
        return (self._lines or 0) - state.lines_before

    def _path(self, state: _State, path: str) -> str:
        """A member's path, which may hold the line it stands in."""
        if not state.part.number or path.count("!/") <= self._depth:
            return path
        outer, separator, inner = path.partition("!/")
        return f"{outer}{separator}{moved(inner, self._shift(state))}"

    def _row_shift(self, state: _State, table: str) -> int:
        known = 0 if self._lines is None else self._rows.get(table, 0)
        return known - state.before.get(table, 0)

    def _moved(self, state: _State, match: Match) -> Match:
        place = match.place
        row = None if place.row is None else place.row + self._row_shift(state, match.record[0])
        line = None if place.line is None else place.line + self._shift(state)
        return replace(match, place=replace(place, row=row, line=line, part=self._where(state, place.part)))

    def _where(self, state: _State, part: str) -> str:
        """Behind a part that was not read to its end, lines are counted from the next one's start."""
        if self._lines is not None:
            return part
        return ", ".join(filter(None, (part, f"from byte {state.part.start} on")))


def _is_cut(said: object) -> bool:
    """Whether a worker, which may be in the hands of a hostile file, said what can be worked with."""
    if not isinstance(said, Cut):
        return False
    made: tuple[object, ...] = (said.delimiter, said.first, said.width)
    if not all(isinstance(value, kind) for value, kind in zip(made, (bytes, bytes, int), strict=True)):
        return False
    return (
        len(said.delimiter) <= _LONGEST_DELIMITER
        and len(said.first) <= 1
        and (said.width > 0) == (len(said.delimiter) > 0)
    )
