"""How much an asset may cost: bounds of one extractor (`Limits`) and what a whole nest of archives shares (`Budget`)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from auditor.errors import ReadError
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.noun import noun

_MIB: Final = 1 << 20


@noun
class Limits:
    """Defaults of facts/faults.md. Every bound that is hit becomes a gap; what was read before it is kept.

    `archive_depth` archives inside one another; `members` and `expanded_bytes` over the whole nest;
    `seconds_per_asset` of this thread's processor time, to which each MiB of the file itself adds one second: a bomb is
    small, an honest 50 GB dump is not. `window` and `overlap` are characters of a long line; `batch_rows` and
    `columns` bound one `Table`; `part_bytes`: a file of two such parts or more is examined in parts, if it can be cut (128 KiB at least); `json_depth` bounds open containers; `spool_bytes` is how much of an archive
    that must be read backwards (7z) may be kept in an unlinked temporary file. `ocr`: pictures are read, at one to two
    seconds each. `worker_memory` bytes beyond what it starts with are a worker process's; a parser that wants more costs
    its asset. `people_bytes` of a temporary file may be used to count people exactly, 16 for each place an
    identifier stands in; beyond, they are estimated.
    """

    archive_depth: int = 16
    members: int = 1_000_000
    expanded_bytes: int = 64 << 30
    seconds_per_asset: float = 300.0
    part_bytes: int = 32 << 20
    window: int = 64 << 10
    overlap: int = 1024
    batch_rows: int = 50_000
    columns: int = 2_000
    json_depth: int = 1_000
    spool_bytes: int = 4 << 30
    ocr: bool = False
    worker_memory: int = 512 << 20
    people_bytes: int = 8 << 30


def too_deep(asset: Asset, limits: Limits) -> Gap | None:
    """The gap of an archive that lies within as many others as may be; None for any other."""
    if asset.depth < limits.archive_depth:
        return None
    detail = f"more than {limits.archive_depth} archives inside one another"
    return asset.gap(GapCode.ARCHIVE_NESTING_LEVEL_OVER_LIMIT, detail)


class Budget:
    """What one top-level asset has used so far, everything inside it included.

    The pipeline makes one for each file of a target and hands it to `identify.extract` for the file and for all its members.
    Only time spent in extractors counts, not what detectors do between two items, nor waiting for a server. `alarm` is told
    how many seconds are left when the clock starts, and None when it stops: for those who can end a parser that hangs.
    """

    __slots__ = ("_alarm", "_allowed", "_began", "_used", "expanded", "limits", "members")

    def __init__(self, limits: Limits, *, alarm: Callable[[float | None], None] | None = None) -> None:
        self.limits = limits
        self._alarm = alarm
        self.members = 0
        self.expanded = 0
        self._allowed = limits.seconds_per_asset
        self._used = 0.0
        self._began: float | None = None

    def start(self) -> None:
        """The clock runs until `stop`."""
        self._began = time.thread_time()
        if self._alarm is not None:
            self._alarm(self._allowed - self._used)

    def stop(self) -> None:
        """The clock stands."""
        if self._began is not None:
            self._used += time.thread_time() - self._began
            self._began = None
            if self._alarm is not None:
                self._alarm(None)

    def earn(self, size: int) -> None:
        """`size` bytes of the file itself were read."""
        self._allowed += size / _MIB

    def expand(self, size: int) -> None:
        """`size` bytes came out of an archive. ReadError if those before were too many already."""
        self.expanded += size
        if self.expanded > self.limits.expanded_bytes:
            raise ReadError(
                GapCode.ARCHIVE_TOTAL_BYTES_EXTRACTED_OVER_LIMIT,
                f"more than {self.limits.expanded_bytes} bytes came out of archives in this file",
            )

    def check(self) -> None:
        """ReadError when the time is used up."""
        used = self._used + (time.thread_time() - self._began if self._began is not None else 0.0)
        if used > self._allowed:
            raise ReadError(GapCode.TIME_CUT_OFF_REACHED, f"not finished after {used:.0f} seconds of processor time")

    @property
    def full(self) -> bool:
        """Whether another member would be one too many."""
        return self.members >= self.limits.members

    @property
    def spent(self) -> bool:
        """Whether expanded bytes or time are used up already."""
        try:
            self.expand(0)
            self.check()
        except ReadError:
            return True
        return False
