"""One asset: open it, extract, detect, keep. Archive members re-enter the walk here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from auditor.detectors.detector import AssetDetection, Detector
from auditor.errors import ReadError
from auditor.extractors.identify import extract
from auditor.extractors.limits import Budget, Limits
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.content import Member, Source, Table, Text
from auditor.model.finding import Coverage
from auditor.model.match import Match
from auditor.model.rule import Ruleset
from auditor.model.scanner import Scanner
from auditor.people import Identifier, People
from auditor.progress import Progress
from auditor.store.sqlite import FLUSH_AT, Store
from auditor.streams import Counted, Readable, peek

if TYPE_CHECKING:
    from auditor.register.reader import Register


@dataclass(slots=True)
class Counts:
    """What was read of a target."""

    assets: int = 0
    examined: int = 0
    bytes: int = 0
    gaps: int = 0

    def coverage(self, target: str) -> Coverage:
        """The same as a noun of the report."""
        return Coverage(target=target, assets=self.assets, examined=self.examined, bytes=self.bytes, gaps=self.gaps)


class Finds:
    """The matches of one asset on their way into the store: one entry a distinct value."""

    def __init__(
        self, store: Store, run: int, asset: Asset, people: People, joins: Mapping[str, str], register: Register | None
    ) -> None:
        self._store = store
        self._run = run
        self._asset = asset
        self._people = people
        self._joins = joins
        self._register = register
        self._row: int | None = None
        self._values: dict[tuple[str, bytes], list[Match | int]] = {}
        self._records: dict[tuple[str, int], list[Identifier]] = defaultdict(list)

    def add(self, match: Match) -> None:
        """Keep a match; the first place of a value is kept, its highest score, and how often it stands there."""
        if match.candidate and self._register is not None and self._register.holds(match.entity, match.fingerprint):
            # Step 7 of the CI decision order: nothing but a customer's own CI has the fingerprint of one.
            match = replace(match, candidate=False, score=max(match.score, 0.99), why=(*match.why, "in the register"))
        key = (match.entity, match.fingerprint)
        held = self._values.get(key)
        if held is None:
            self._values[key] = [match, 1]
            if len(self._values) >= FLUSH_AT:
                self.flush()
        else:
            first = held[0]
            assert isinstance(first, Match)
            if match.score > first.score or (first.candidate and not match.candidate):
                held[0] = match
            held[1] += 1  # type: ignore[operator]
        strength = self._joins.get(match.entity, "none")
        if strength != "none" and not match.candidate and match.protection == "clear":
            identifier = Identifier(entity=match.entity, fingerprint=match.fingerprint, strong=strength == "strong")
            self._records[match.record].append(identifier)

    def close_records(self) -> None:
        """All matches of the records met so far have arrived: join what stands in one record."""
        if not self._records:
            return
        row = self._row_id()
        for record in self._records.values():
            self._people.add(row, record)
        self._records.clear()

    def flush(self) -> None:
        """Write what is held."""
        if self._values:
            self._store.add_matches(self._row_id(), ((m, n) for m, n in self._values.values()))  # type: ignore[misc]
            self._values.clear()

    def _row_id(self) -> int:
        if self._row is None:
            self._row = self._store.add_asset(self._run, self._asset)
        return self._row


class Examiner:
    """Examines assets of one run. Holds clear values only between a reader and the mask."""

    def __init__(
        self, *, ruleset: Ruleset, detector: Detector, store: Store, run: int, people: People, progress: Progress,
        limits: Limits, encodings: tuple[str, ...], register: Register | None = None,
    ) -> None:  # fmt: skip
        self._joins = {rule.entity: rule.joins for rule in ruleset.recognizers}
        self._detector = detector
        self._store = store
        self._run = run
        self._people = people
        self._progress = progress
        self._limits = limits
        self._encodings = encodings
        self._register = register

    def examine(self, scanner: Scanner, asset: Asset, counts: Counts) -> None:
        """Read one asset to its end, or note why not; what was found before a failure is kept."""
        counts.assets += 1
        self._progress.file(asset.path)
        gaps_before = counts.gaps

        def count(read: int) -> None:
            counts.bytes += read
            self._progress.read(read)

        try:
            with scanner.open(asset) as stream:
                self._walk(asset, Counted(stream, count), Budget(self._limits), counts)
        except ReadError as error:
            self.gap(
                Gap(
                    target=asset.target,
                    path=asset.path,
                    version=asset.version,
                    code=GapCode(error.code),
                    detail=error.detail,
                    size=error.unread if error.unread is not None else asset.size,
                ),
                counts,
            )
        if counts.gaps == gaps_before:
            counts.examined += 1

    def gap(self, gap: Gap, counts: Counts) -> None:
        """Note what was not examined."""
        counts.gaps += 1
        self._progress.gap()
        self._store.add_gap(self._run, gap)

    def _walk(self, asset: Asset, stream: Readable, budget: Budget, counts: Counts) -> None:
        head, whole = peek(stream)
        source = Source(asset=asset, head=head, stream=whole, encodings=self._encodings)
        detection = self._detector.asset(asset)
        finds = Finds(self._store, self._run, asset, self._people, self._joins, self._register)
        try:
            for content in extract(source, budget):
                match content:
                    case Table():
                        self._keep(finds, detection, content)
                    case Text():
                        self._keep(finds, detection, content)
                    case Member():
                        self._walk(content.asset, content.stream, budget, counts)
                    case Gap():
                        self.gap(content, counts)
                    case _:
                        assert_never(content)
        finally:  # a reader that fails half-way must not take with it what was found before
            for match in detection.finish():
                finds.add(match)
            finds.close_records()
            finds.flush()
            for gap in detection.gaps():
                self.gap(gap, counts)

    def _keep(self, finds: Finds, detection: AssetDetection, content: Table | Text) -> None:
        found = 0
        for match in detection.table(content) if isinstance(content, Table) else detection.text(content):
            finds.add(match)
            found += 1
        finds.close_records()
        if found:
            self._progress.found(found)
