"""One asset: extract, detect, keep. Archive members re-enter the walk here. Runs in a worker."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, assert_never

from auditor.errors import ReadError
from auditor.extractors.limits import Budget, Limits
from auditor.filenames import holds_identifier, shown_path
from auditor.ledger import Begins, Divides, Done, Ended, Ledger, Met, Missed, Rechecked
from auditor.model.asset import Asset, Gap
from auditor.model.content import Member, Source, Table, Text
from auditor.model.match import Match, MatchBlock
from auditor.parts import Counted, Own, Part
from auditor.streams import Interrupted, Readable, Stop, interruption, peek

if TYPE_CHECKING:
    from auditor.detectors.detector import AssetDetection, Detector
    from auditor.detectors.recheck import Recheck
    from auditor.finds import Finds
    from auditor.register.reader import Register

_KEEP_EVERY: Final = 0.05
"""Seconds after which what was found goes out: a parser that kills its process takes at most that with it."""


class Examiner:
    """Examines assets of one run. Holds clear values only between a reader and the mask.

    `joins`: how an entity's equal values join people, by entity. `alarm` is told how many seconds of processor time an
    extractor may take from now on, and None when it is not its turn. `key` is that of the fingerprints. `stop` ends an asset early,
    with what was found by then.
    """

    def __init__(
        self, *, detector: Detector, joins: Mapping[str, str], ledger: Ledger, limits: Limits, encodings: tuple[str, ...] = (),
        key: bytes, passwords: tuple[str, ...] = (), register: Register | None = None, alarm: Callable[[float | None], None] | None = None,
        stop: Stop | None = None,
    ) -> None:  # fmt: skip
        self._detector = detector
        self._joins = joins
        self._ledger = ledger
        self._limits = limits
        self._encodings = encodings
        self._key = key
        self._passwords = passwords
        self._register = register
        self._alarm = alarm
        self._stop = stop or Stop()
        self._gaps = 0
        self._kept = 0.0
        self._recheck: Recheck | None = None
        self._allowance = 0

    def examine(self, asset: Asset, name: str, stream: Readable, allowance: int = 0, part: Part | None = None) -> None:
        """Read one asset to its end, or note why not; what was found before a failure is kept. `name` is its own, which its path may
        hide: a file may be called after its customer. `allowance`: how much of it may be examined twice (recheck.py), in all its
        parts. `part`: the stream is only that of it, behind the head.
        """
        self._gaps = 0
        self._allowance = allowance
        later = part is not None and part.number > 0
        self._recheck = self._rechecking(asset, part if later else None)
        try:
            if part is None:
                self._walk(asset, name, stream, Budget(self._limits, alarm=self._alarm))
            else:
                self._part(asset, name, Counted(stream, part), part)
        except ReadError as error:
            self.failed(asset, error)
        except Interrupted:
            self.failed(asset, interruption())

    def failed(self, asset: Asset, error: ReadError) -> None:
        """The source could not be read on: a gap."""
        self._gap(asset.gap(error.code, error.detail, error.unread))

    def done(self) -> None:
        """No more will come of this asset: everything goes out."""
        check = self._recheck
        if check is not None and check.sampled:
            self._ledger.note(Rechecked(check.sampled, check.differing, check.differences))
        self._recheck = None
        self._ledger.note(Done(self._gaps))
        self._ledger.flush()

    def _part(self, asset: Asset, name: str, stream: Counted, part: Part) -> None:
        own = Own(part)
        if self._recheck is not None:
            self._recheck.after = part.lines
        self._ledger.note(Begins(None, part.lines))
        try:
            self._walk(asset, name, stream, Budget(self._limits, alarm=self._alarm), own)
        finally:
            rows = [(table, count - own.before.get(table, count)) for table, count in own.rows.items()]
            self._ledger.note(Ended(stream.lines, rows))

    def _rechecking(self, asset: Asset, part: Part | None) -> Recheck | None:
        """The self-check of an asset or of a part of it; None where nothing is allowed."""
        allowance = self._allowance if part is None else part.share(self._allowance)
        if not allowance:
            return None
        from auditor.detectors.recheck import Recheck

        return Recheck(self._detector, asset, allowance)

    def _gap(self, gap: Gap) -> None:
        self._gaps += 1
        self._ledger.note(
            Missed(replace(gap, path=shown_path(gap.path, self._key), detail=shown_path(gap.detail, self._key)))
        )

    def _walk(self, asset: Asset, name: str, stream: Readable, budget: Budget, own: Own | None = None) -> None:
        from auditor.detectors.dates import RowDates
        from auditor.extractors.identify import extract
        from auditor.finds import Finds

        head, whole = peek(stream)
        source = Source(asset=asset, head=head, stream=whole, encodings=self._encodings, passwords=self._passwords)
        if own is not None and own.first:
            from auditor.extractors.dividing import cut_of

            cut = cut_of(source)
            self._ledger.note(Divides(cut))
            self._ledger.flush()
            if cut is not None:  # the others have their shares
                self._recheck = self._rechecking(asset, own.part)
        detection = self._detector.asset(asset, self._recheck)
        finds = Finds(self._ledger, asset, self._joins, self._register, own)
        dates = RowDates(datetime.now(UTC))
        in_head = own is not None and not own.first
        try:
            if holds_identifier(name) and (own is None or own.first):
                self._keep(finds, detection, Text(asset=asset, text=name, part="the file's name"))
            for content in self._stop.guard(extract(source, budget)):
                match content:
                    case Table() | Text():
                        for piece, counts in own.divide(content) if own is not None else ((content, True),):
                            if in_head and counts:
                                in_head = False
                                for match in detection.apart():
                                    finds.head(match)
                            if isinstance(piece, Table) and counts:
                                dates.see(piece)
                            self._keep(finds, detection, piece, own, counts=counts)
                    case Member():
                        if own is not None and not own.holds(content.asset, asset):
                            continue
                        member = replace(content.asset, path=shown_path(content.asset.path, self._key))
                        self._walk(member, content.asset.name, content.stream, budget)
                    case Gap():
                        self._gap(content)
                    case _:
                        assert_never(content)
        finally:  # a reader that fails half-way must not take with it what was found before
            broken_off = False
            try:
                for match in detection.finish():
                    if own is None or own.counts(match):
                        finds.add(match)
            except Exception:
                if not self._stop.said:
                    raise
                broken_off = True  # within a table, of which it may hold half: a gap, as `Interrupted` becomes one
            finds.finish(dates)
            for gap in detection.gaps():
                self._gap(gap)
            if broken_off:
                raise Interrupted

    def _keep(
        self,
        finds: Finds,
        detection: AssetDetection,
        content: Table | Text,
        own: Own | None = None,
        *,
        counts: bool = True,
    ) -> None:
        """Examine some rows or lines. Of those that do not count the detection learns, and nothing is kept."""
        if own is not None and counts and isinstance(content, Table):
            for before in own.begun(content.name):
                self._ledger.note(Begins(content.name, before))
        if content.part:  # "message 3, a sheet's name": a vendor's own words in part
            content = replace(content, part=shown_path(content.part, self._key))
        found = 0
        matches = detection.table(content) if isinstance(content, Table) else detection.text(content)
        for match in self._stop.guard(matches):
            if not counts or (own is not None and isinstance(match, Match) and not own.counts(match)):
                finds.head(match)
            elif isinstance(match, MatchBlock):
                finds.add_block(match)
                found += len(match)
            else:
                finds.add(match)
                found += 1
        finds.content_ends()
        if found:
            self._ledger.note(Met(found))
        now = time.monotonic()
        if now - self._kept > _KEEP_EVERY:
            finds.flush()
            self._ledger.flush()
            self._kept = now
