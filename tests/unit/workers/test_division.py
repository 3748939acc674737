"""A long asset's parts as they come, out of their order: what waits for its turn, and what if the disk is full."""

from __future__ import annotations

import errno
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from auditor.extractors.cuts import Cut
from auditor.ledger import Done, Ended, Event, Holds, Missed, Values
from auditor.model.asset import Asset, GapCode
from auditor.model.match import Match, Place
from auditor.workers.arrivals import Arrivals, Work
from auditor.workers.division import Division, parts_of
from auditor.workers.feed import Order
from auditor.workers.shard import Results

PART = 1 << 20


class Written:
    """In place of a `Replay`."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.done: list[int] = []
        self.ended = 0

    def asset_begins(self, index: int) -> None:
        pass

    def apply(self, event: Event) -> None:
        self.events.append(event)

    def asset_ends(self) -> None:
        self.ended += 1

    def lines(self) -> list[int | None]:
        return [match.place.line for event in self.events if isinstance(event, Values) for match, _ in event.matches]

    def gaps(self) -> list[tuple[str, int | None]]:
        return [(event.gap.code, event.gap.size) for event in self.events if isinstance(event, Missed)]


def divided(parts: int) -> tuple[Division, Asset, Written]:
    asset, written = Asset(target="t", path="/a.log", size=parts * PART), Written()
    division = Division(written, 0, asset, written.done.append, parts_of(parts * PART, PART))
    assert len(division.decided(Cut())) == parts - 1
    return division, asset, written


def values(line: int, count: int = 1) -> Values:
    mask = (str(at) * 100 for at in range(count))
    return Values(
        1, [(Match(entity="P", fingerprint=bytes(32), mask=m, score=1.0, place=Place(line=line), record=("", line)), 1) for m in mask]
    )  # fmt: skip


@contextmanager
def limited(what: int, value: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(what)
    resource.setrlimit(what, (value, hard))
    try:
        yield
    finally:
        resource.setrlimit(what, (soft, hard))


def test_parts_that_wait_need_no_file_each() -> None:
    division, asset, written = divided(300)
    with limited(resource.RLIMIT_NOFILE, 100):
        for number in reversed(range(300)):
            division.apply(number, Holds(1, asset))
            division.apply(number, values(1))
            division.apply(number, Ended(1, []))
            division.ended(number)
    assert written.lines() == list(range(1, 301))
    assert (written.gaps(), written.done) == ([], [0])


def test_parts_come_out_whole_when_they_are_told_alternately() -> None:
    division, asset, written = divided(4)
    for number in (1, 2, 3):
        division.apply(number, Holds(1, asset))
    for line in range(1, 200):
        for number in (1, 2, 3):
            division.apply(number, values(line, 20))
    for number in (2, 0, 1, 3):
        division.apply(number, Ended(1000, []))
        division.ended(number)
    expected = [number * 1000 + line for number in (1, 2, 3) for line in range(1, 200) for _ in range(20)]
    assert written.lines() == expected


def test_of_a_part_that_the_disk_has_no_room_for_what_was_kept_stands() -> None:
    division, asset, written = divided(4)
    for number in (2, 1):
        division.apply(number, Holds(1, asset))
        division.apply(number, values(1))
    with limited(resource.RLIMIT_FSIZE, 200_000):
        for line in range(2, 100):
            division.apply(1, values(line, 100))
    division.apply(1, Ended(500, []))
    division.apply(2, Ended(500, []))
    division.ended(1)
    division.ended(2)
    division.lost(3, GapCode.WORKER_CRASHED, "gone")
    division.apply(0, Ended(1000, []))
    division.ended(0)
    lines = written.lines()
    assert (lines[0], lines[-1]) == (1001, 1501)
    assert 5 < len(set(lines)) < 99
    assert written.gaps() == [("WORKER_CRASHED", PART), ("WORKER_CRASHED", PART)]
    assert (written.ended, written.done) == (1, [2])


def test_a_full_disk_when_a_part_has_ended_loses_nothing_of_it() -> None:
    division, asset, written = divided(3)
    with limited(resource.RLIMIT_FSIZE, 0):
        for number in (1, 2, 0):
            division.apply(number, Holds(1, asset))
            division.apply(number, values(1))
            division.apply(number, Ended(1, []))
            division.ended(number)
    assert written.lines() == [1, 2, 3]
    assert written.done == [1]


def test_ctrl_c_waits_until_what_waited_is_written_down() -> None:
    division, asset, written = divided(3)
    for number in (1, 2):
        division.apply(number, Holds(1, asset))
        for line in range(1, 10):
            division.apply(number, values(line))
        division.ended(number)
    apply = written.apply

    def pressed(event: Event) -> None:
        if len(written.events) == 5:
            signal.raise_signal(signal.SIGINT)
        apply(event)

    written.apply = pressed  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        division.ended(0)
    assert len(written.lines()) == 18
    assert written.done == [0]


def test_a_cluster_whose_audit_cannot_write_a_part_down_tells_of_a_gap() -> None:
    division, asset, written = divided(2)
    apply = written.apply

    def full(event: Event) -> None:
        if isinstance(event, Values):
            raise OSError(errno.ENOSPC, "No space left on device")
        apply(event)

    written.apply = full  # type: ignore[method-assign]
    unused: Any = None
    arrivals = Arrivals(unused, gap=unused, begins=unused, read=lambda _: None)
    for part in parts_of(2 * PART, PART):
        results = Results([asset])
        for event in (Holds(1, asset), values(1), Done(0)):
            results.note(0, event)
        results.done(0, 0)
        arrivals.write(Work([(Order(0, unused, asset, part=part), unused)], division=division), results.data())
    assert written.gaps() == [("WORKER_CRASHED", PART)] * 2
    assert written.done == [2]


@pytest.mark.parametrize("left", [0, 700])
def test_a_spool_that_was_cut_off_is_a_gap(left: int) -> None:
    division, asset, written = divided(3)
    for number in (1, 2):
        division.apply(number, Holds(1, asset))
        for line in range(1, 10):
            division.apply(number, values(line))
        division.apply(number, Ended(9, []))
        division.ended(number)
    spool: Any = division._spool
    spool._file.truncate(left)
    division.ended(0)
    assert [code for code, _ in written.gaps()] == ["WORKER_CRASHED"]
    assert (written.ended, written.done) == (1, [1])
