"""One asset: open it, extract, detect, keep. Archive members re-enter the walk here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from auditor.errors import ReadError
from auditor.extractors.limits import Budget, Limits
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.content import Member, Source, Table, Text
from auditor.model.finding import Coverage
from auditor.model.match import MatchBlock
from auditor.model.rule import Ruleset
from auditor.model.scanner import Scanner
from auditor.people import People
from auditor.progress import Progress
from auditor.store.sqlite import Store
from auditor.streams import Counted, Readable, peek

if TYPE_CHECKING:
    from auditor.detectors.detector import AssetDetection, Detector
    from auditor.finds import Finds
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


class Examiner:
    """Examines assets of one run. Holds clear values only between a reader and the mask.

    `detector` gives the run's detector; it is asked for the first asset; extractors and what keeps matches are imported then.
    """

    def __init__(
        self, *, ruleset: Ruleset, detector: Callable[[], Detector], store: Store, run: int, people: People, progress: Progress,
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
        from auditor.extractors.identify import extract
        from auditor.finds import Finds

        head, whole = peek(stream)
        source = Source(asset=asset, head=head, stream=whole, encodings=self._encodings)
        detection = self._detector().asset(asset)
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
            finds.finish()
            for gap in detection.gaps():
                self.gap(gap, counts)

    def _keep(self, finds: Finds, detection: AssetDetection, content: Table | Text) -> None:
        found = 0
        for match in detection.table(content) if isinstance(content, Table) else detection.text(content):
            if isinstance(match, MatchBlock):
                finds.add_block(match)
                found += len(match)
            else:
                finds.add(match)
                found += 1
        finds.content_ends()
        if found:
            self._progress.found(found)
