"""A profile's sample and time budget: which files of a target are read, and what to say of the rest.

The sample is chosen by a keyed hash of each file's identity: a vendor cannot foresee it, the listing's order does not change
it, and with a kept key the next run chooses the same. Nothing here reads a clock of its own: tests hand one in.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from heapq import heappush, heapreplace
from typing import Final

from auditor.errors import TargetError
from auditor.model.asset import Asset, Control, Gap, GapCode, Position
from auditor.model.course import Sampling
from auditor.model.rule import Sample

MOST_HELD: Final = 100_000
"""Files a target's sample holds while the listing goes on: some 60 MB. Those of folders met later are left out, and counted."""

Item = Asset | Gap | Control | Position
_Held = tuple[int, int, Asset]
"""Negated rank (a heap gives the smallest, and the largest is to go), place in the listing, the file."""


def rank(key: bytes, identity: str) -> int:
    """Where a file stands in the order in which a sample takes files; the lowest first. 128 bits."""
    made = hmac.digest(key, b"auditor sample\0" + identity.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return int.from_bytes(made[:16])


def choose(assets: Iterator[Asset], sample: Sample, key: bytes) -> tuple[list[Asset], int, int]:
    """The files to read in listing order, how many others there were, and their bytes. The same for any order of listing."""
    groups: dict[tuple[str, str], list[_Held]] = {}
    most = min(n for n in (sample.per_folder, sample.per_extension, sample.per_target, MOST_HELD) if n)
    held = count = size = 0
    for place, asset in enumerate(assets):
        count += 1
        size += asset.size or 0
        group = groups.setdefault(group_of(asset), [])
        entry = (-rank(key, asset.identity), place, asset)
        if len(group) < most and held < MOST_HELD:
            heappush(group, entry)
            held += 1
        elif group and entry[:2] > group[0][:2]:
            heapreplace(group, entry)
    chosen = sorted(_within(groups, sample))
    taken = sum(asset.size or 0 for _, asset in chosen)
    return [asset for _, asset in chosen], count - len(chosen), size - taken


def group_of(asset: Asset) -> tuple[str, str]:
    """Folder and ending, in small letters; "" for a name without an ending."""
    folder, _, name = asset.path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    return folder, ending.casefold() if dot and stem else ""


def _within(groups: dict[tuple[str, str], list[_Held]], sample: Sample) -> Iterator[tuple[int, Asset]]:
    """Every group's first file before any group's second: what a target may hold at most is spread over all of it."""
    order = []
    for (_, ending), group in groups.items():
        for number, (negated, place, asset) in enumerate(sorted(group, key=lambda entry: -entry[0])):
            order.append((number, -negated, place, ending, asset))
    endings: dict[str, int] = {}
    files = size = 0
    for _, _, place, ending, asset in sorted(order, key=lambda entry: entry[:3]):
        if sample.per_target and files >= sample.per_target:
            return
        if sample.per_extension and endings.get(ending, 0) >= sample.per_extension:
            continue
        if sample.bytes_per_target and size + (asset.size or 0) > sample.bytes_per_target:
            continue  # a smaller one may still go in
        files, size = files + 1, size + (asset.size or 0)
        endings[ending] = endings.get(ending, 0) + 1
        yield place, asset


class Limiter:
    """The sample and the time budget of one run. `clock` counts seconds."""

    def __init__(
        self, sample: Sample | None, seconds: float | None, key: bytes, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._sample = sample if sample != Sample() else None
        self._key = key
        self._clock = clock
        self._end = None if seconds is None else clock() + seconds
        self._done: list[Limited] = []
        self._sum = Sampling(
            per_folder=sample.per_folder if sample else None,
            per_extension=sample.per_extension if sample else None,
            per_target=sample.per_target if sample else None,
            bytes_per_target=sample.bytes_per_target if sample else None,
            seconds=None if seconds is None else int(seconds),
        )

    def target(self, name: str, left: int) -> Limited:
        """A target begins; `left` of them, this one included, share what is left of the time."""
        end = None
        if self._end is not None:
            now = self._clock()
            end = now + max(0.0, self._end - now) / left
        limited = Limited(name, self._sample, self._key, self._clock, end, self._delay)
        self._done.append(limited)
        return limited

    def _delay(self, seconds: float) -> None:
        if self._end is not None:
            self._end += seconds

    def sum(self, *, repeatable: bool) -> Sampling | None:
        """What was left out of the targets so far; None for a run without sample and budget."""
        if self._sample is None and self._end is None:
            return None
        return replace(
            self._sum,
            listed=sum(one.listed for one in self._done),
            left_out=sum(one.left_out for one in self._done),
            left_out_bytes=sum(one.left_out_bytes for one in self._done),
            unread=sum(one.unread for one in self._done),
            time_up=tuple(one.name for one in self._done if one.time_up),
            listing_cut=tuple(one.name for one in self._done if one.listing_cut),
            repeatable=repeatable,
        )


class Limited:
    """One target under a sample and a time budget: half of its time for the listing where a sample waits for it to end."""

    def __init__(
        self,
        name: str,
        sample: Sample | None,
        key: bytes,
        clock: Callable[[], float],
        end: float | None,
        delay: Callable[[float], None],
    ) -> None:
        self.name = name
        self.listed = self.left_out = self.left_out_bytes = self.unread = self.unread_bytes = 0
        self.listing_cut = False
        self._sample = sample
        self._key = key
        self._clock = clock
        self._end = end
        self._delay = delay
        self._began = clock() if end is not None else 0.0

    @property
    def time_up(self) -> bool:
        """Whether the time ended before the reading did."""
        return self.listing_cut or self.unread > 0

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Time in which we may not read, such as the wait for the vendor's window, does not count."""
        began = self._clock()
        yield
        if self._end is not None:
            waited = self._clock() - began
            self._end, self._began = self._end + waited, self._began + waited
            self._delay(waited)

    def listing(self, items: Iterator[Item]) -> Iterator[Item]:
        """The items to look at: all but the files that the sample leaves out, until the time for listing is up."""
        if self._sample is None:
            yield from self._until(items, self._end)
            return
        others: list[Gap | Control | Position] = []
        failure: list[TargetError] = []

        def assets() -> Iterator[Asset]:
            half = None if self._end is None else self._began + (self._end - self._began) / 2
            try:
                for item in self._until(items, half):
                    if isinstance(item, Asset):
                        yield item
                    else:
                        others.append(item)
            except TargetError as error:
                failure.append(error)

        chosen, self.left_out, self.left_out_bytes = choose(assets(), self._sample, self._key)
        yield from others
        yield from chosen
        if failure:
            raise failure[0]

    def _until(self, items: Iterator[Item], end: float | None) -> Iterator[Item]:
        while True:
            item = next(items, None)
            if item is None:
                return
            self.listed += isinstance(item, Asset)
            if end is None or self._clock() < end:
                yield item
                continue
            self.listing_cut = True
            if isinstance(item, Asset):
                self._pass_over(item)
            else:
                yield item
            return

    def admits(self, asset: Asset) -> bool:
        """Whether there is time left to begin this file; if not, it is counted."""
        if self._end is None or self._clock() < self._end:
            return True
        self._pass_over(asset)
        return False

    def _pass_over(self, asset: Asset) -> None:
        self.unread += 1
        self.unread_bytes += asset.size or 0

    def gaps(self) -> Iterator[Gap]:
        """What to say of the files that were not read: one gap a reason, for the target."""
        if self.left_out:
            detail = f"{self.left_out:,} of {self.listed:,} files listed were left out of the sample that the profile asks for."
            yield Gap(target=self.name, path="", code=GapCode.NOT_SAMPLED, detail=detail, size=self.left_out_bytes)
        if self.time_up:
            more = " The listing had not ended; nobody knows how much more there is." if self.listing_cut else ""
            detail = f"The profile's time was up; {self.unread:,} files listed were not read.{more}"
            size = None if self.listing_cut else self.unread_bytes
            yield Gap(target=self.name, path="", code=GapCode.TIME_CUT_OFF_REACHED, detail=detail, size=size)
