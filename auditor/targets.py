"""Reads the targets of one run, one after the other: listing → workers → store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final, Self

from auditor.course.sampling import Limited, Limiter
from auditor.errors import InputError, Problem, TargetError
from auditor.extractors.limits import Limits
from auditor.filenames import shown_path
from auditor.journal import Journal
from auditor.listing import ahead
from auditor.model.asset import Asset, Control, Gap, GapCode, Position
from auditor.model.calendar import zone_of_party
from auditor.model.course import Sampling
from auditor.model.engagement import Engagement, Executor, Target
from auditor.model.finding import Coverage
from auditor.model.noun import noun
from auditor.model.recheck import Recheck
from auditor.model.rule import Ruleset
from auditor.model.scanner import Resumable, Scanner
from auditor.pace import Pace
from auditor.people import People
from auditor.progress import Progress
from auditor.rechecks import Allowances, Rechecks
from auditor.scanners import scanner_of
from auditor.store.sqlite import Store
from auditor.workers.trail import NAME as TRAIL
from auditor.workers.trail import STOPS, At, Done, Trail, sealed, unsealed

if TYPE_CHECKING:
    from auditor.register.reader import Register
    from auditor.workers.cluster import Cluster
    from auditor.workers.feed import Order
    from auditor.workers.pool import Pool
    from auditor.workers.replay import Replay, Writer
    from auditor.workers.source import Source
    from auditor.workers.trail import Earlier
    from auditor.workers.worker import Setup

ENCODINGS: Final = {"KR": ("cp949",), "TH": ("cp874",), "CN": ("gb18030",), "TW": ("big5",), "JP": ("shift_jis",)}
"""The legacy encodings a country's files may be in: the prior for texts too short to tell."""


@noun
class Reading:
    """What reading all targets gave beside what went into the store."""

    controls: tuple[Control, ...]
    coverage: tuple[Coverage, ...]
    interrupted: bool
    recheck: Recheck = field(default_factory=Recheck)
    sampling: Sampling | None = None
    resumable: bool | None = None
    """Whether a later audit can go on from where this one was stopped; None: it wrote nothing down for that."""


@dataclass(slots=True)
class _Counts:
    """What was read of a target."""

    assets: int = 0
    examined: int = 0
    bytes: int = 0
    gaps: int = 0

    def coverage(self, target: str) -> Coverage:
        """The same as a noun of the report."""
        return Coverage(target=target, assets=self.assets, examined=self.examined, bytes=self.bytes, gaps=self.gaps)


class Reader:
    """Has the assets of all targets examined by workers. Use it as a context manager; it ends the workers.

    InputError, at once, where a recogniser of the user's cannot be made, or the `executor`'s cluster cannot be used.
    """

    def __init__(
        self, *, engagement: Engagement, ruleset: Ruleset, key: bytes, limits: Limits, register: Register | None, passwords: tuple[str, ...], workers: int, executor: Executor | None = None, store: Store,
        people: People, progress: Progress, journal: Journal | None = None, trail: Trail | None = None, earlier: Earlier | None = None,
    ) -> None:  # fmt: skip
        self._engagement = engagement
        self._pace = Pace(engagement.limits, zone_of_party(engagement.vendor))
        self._journal = journal or Journal()
        self._ruleset = ruleset
        self._key = key
        self._limits = limits
        self._register = register
        self._passwords = passwords
        self._workers = workers
        self._executor = executor
        self._store = store
        self._people = people
        self._progress = progress
        self._run = 0
        self._first = 0
        self._submitted = 0
        self._allowances = Allowances()
        self._rechecks = Rechecks()
        self._counts = _Counts()
        self._made: Pool | Cluster | None = None
        self._trail = trail or Trail()
        self._earlier = earlier
        self._before: dict[str, _Counts] = {}
        self._complete: set[str] = set()
        if ruleset.presidio or executor:
            try:
                self._pool().start()
            except BaseException:  # an interrupt too: there is no `with` yet that would let go of what was opened
                self.__exit__()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._made is not None:
            self._made.close()
        self._trail.close()

    def read(self, only: frozenset[str], run: int, limiter: Limiter, *, repeatable: bool) -> Reading:
        """Examine each target in turn, as far as the `limiter` lets it. After Ctrl-C the targets not yet read are gaps, so that nothing found is lost."""
        self._run, self._first = run, self._store.next_asset()
        self._allowances, self._rechecks = Allowances(), Rechecks()
        controls: list[Control] = []
        coverage: list[Coverage] = []
        interrupted = False
        try:
            controls.extend(self._again())
        except (KeyError, TypeError, ValueError):
            problem = Problem(file=TRAIL, cause="what the stopped audit left is damaged", cure="leave out --resume")
            raise InputError(problem) from None
        left = sum(target.name in only for target in self._engagement.targets)
        for target in self._engagement.targets:
            self._counts = self._before.get(target.name) or _Counts()
            try:
                if target.name not in only:
                    self._leave_out(target, GapCode.LEFT_OUT, "the audit was asked to leave this target out")
                elif target.name in self._complete:
                    pass  # an earlier run has read all of it
                elif not interrupted:
                    self._progress.target(target.name)
                    controls.extend(self._target(target, limiter.target(target.name, left)))
                    left -= 1
            except KeyboardInterrupt:
                interrupted = True
                self._trail.stop()
                if self._made is not None:
                    self._made.interrupt()
            if interrupted:
                why = "the audit was interrupted; what had not been read by then was not examined"
                self._leave_out(target, GapCode.INTERRUPTED, why)
            coverage.append(self._counts.coverage(target.name))
        self._trail.close()
        return Reading(
            controls=tuple(controls), coverage=tuple(coverage), interrupted=interrupted, recheck=self._rechecks.sum(),
            sampling=limiter.sum(repeatable=repeatable), resumable=not self._trail.complete if self._trail.kept else None,
        )  # fmt: skip

    def _target(self, target: Target, limited: Limited) -> Iterator[Control]:
        """Examine all of a target; its controls. A target out of reach is one gap, and the audit goes on with the next."""
        from auditor.workers.source import Source

        scanner = scanner_of(target, self._pace, self._journal)
        try:
            source = Source(scanner, self._key)
            with limited.paused():
                self._pace.wait_for_window(lambda why: self._wait(target, why))
            try:
                items = source.listing(self._listing(target, scanner))
                for item in ahead(limited.listing(items), self._progress):
                    match item:
                        case Asset():
                            if limited.admits(item):
                                self._examine(source, item)
                        case Gap():
                            self._listed_gap(item)
                        case Control():
                            control = self._masked(item)
                            self._trail.said(control)
                            yield control
                        case Position():
                            self._trail.at(self._submitted, At(target=target.name, token=sealed(self._key, item.token)))
            except KeyboardInterrupt:
                if self._made is not None:
                    self._made.interrupt()  # before `finish`, which would wait for all that is under way
                raise
            finally:
                if self._made is not None:
                    self._made.finish()
                source.close()
            self._trail.at(self._submitted, At(target=target.name, token=None))
        except TargetError as error:
            self._listed_gap(
                Gap(
                    target=target.name, path="", code=GapCode(error.code), detail=f"{error.detail} {error.cure}".strip()
                )
            )
            self._trail.at(self._submitted, At(target=target.name, token=None))
        finally:
            scanner.close()
            self._counts.assets += limited.left_out + limited.unread
            for gap in limited.gaps():
                self._gap(gap)

    def _wait(self, target: Target, why: str) -> None:
        self._progress.wait(why)
        self._journal.write(target.name, "waited", why=why)

    def _examine(self, source: Source, asset: Asset) -> None:
        from auditor.workers.feed import Order

        self._counts.assets += 1
        order = Order(self._submitted, source, asset, allowance=self._allowances.next(asset.size))
        self._pool().submit(order, partial(self._done, order))
        self._submitted += 1

    def _done(self, order: Order, gaps: int) -> None:
        self._counts.examined += not gaps
        self._trail.done(order.index, Done(gaps=gaps, read=order.fed.bytes, size=order.asset.size))

    def _gap(self, gap: Gap) -> None:
        self._counts.gaps += 1
        self._progress.gap()
        self._store.add_gap(self._run, self._shown(gap))

    def _lost(self, order: Order, gap: Gap) -> None:
        """A gap of an asset that its worker did not tell of."""
        self._gap(gap)
        self._trail.missed(order.index, self._shown(gap))

    def _listed_gap(self, gap: Gap) -> None:
        """A gap that the listing told of. Where one ends it that another run can do better, a later run goes on before it."""
        if not gap.path and gap.code in STOPS:
            self._trail.stop()
        self._gap(gap)
        self._trail.said(self._shown(gap))

    def _shown(self, gap: Gap) -> Gap:
        """What it says, with personal data in names of files masked."""
        return replace(gap, path=shown_path(gap.path, self._key), detail=shown_path(gap.detail, self._key))

    # The trail: what a later run goes on from.

    def _listing(self, target: Target, scanner: Scanner) -> Iterator[Asset | Gap | Control | Position]:
        """The scanner's listing, from where an earlier run came to."""
        if not self._trail.kept or not isinstance(scanner, Resumable):
            return scanner.scan()
        at = self._earlier.at if self._earlier is not None else None
        token = at.token if at is not None and at.target == target.name else None
        return scanner.listing(None if token is None else unsealed(self._key, token))

    def _again(self) -> Iterator[Control]:
        """Apply what an earlier run wrote down, as if it came from workers now; the controls it knew."""
        writers: dict[int, Replay] = {}
        sizes: dict[int, int | None] = {}
        self._counts = _Counts()
        earlier = self._earlier
        for index, said in earlier.said(self._trail) if earlier is not None else ():
            match said:
                case list():
                    if index not in writers:
                        writers[index] = self._replay()
                        writers[index].asset_begins(index)
                    for event in said:
                        writers[index].apply(event)
                case Done(gaps=gaps, read=read, size=size):
                    if index in writers:
                        writers.pop(index).asset_ends()
                    self._counts.assets += 1
                    self._counts.examined += not gaps
                    self._read(read)
                    sizes[index] = size
                    while self._submitted in sizes:  # what may be examined twice goes by the listing's order
                        self._allowances.next(sizes.pop(self._submitted))
                        self._submitted += 1
                case Gap():
                    self._gap(said)
                case Control():
                    yield said
                case At(target=target, token=token):
                    self._before[target] = self._counts
                    if token is None:
                        self._complete.add(target)
                        self._counts = _Counts()
        self._trail.begin()

    def _masked(self, control: Control) -> Control:
        """What it says, with personal data in names of files masked."""
        value = control.value
        return replace(
            control, path=shown_path(control.path, self._key), detail=shown_path(control.detail, self._key),
            value=shown_path(value, self._key) if isinstance(value, str) else value,
        )  # fmt: skip

    def _leave_out(self, target: Target, code: GapCode, why: str) -> None:
        self._gap(Gap(target=target.name, path="", code=code, detail=why))

    def _begins(self, asset: Asset) -> None:
        self._progress.file(shown_path(asset.path, self._key))

    def _read(self, size: int) -> None:
        self._counts.bytes += size
        self._progress.read(size)

    def _pool(self) -> Pool | Cluster:
        if self._made is None:
            self._made = self._own_pool() if self._executor is None else self._cluster(self._executor)
        return self._made

    def _own_pool(self) -> Pool:
        from auditor.workers.pool import Pool, default_workers

        return Pool(
            self._setup, self._workers or default_workers(), self._writer, gap=self._lost, begins=self._begins, read=self._read,
            part=self._limits.part_bytes,
        )  # fmt: skip

    def _cluster(self, executor: Executor) -> Cluster:
        from auditor.workers.cluster import Cluster
        from auditor.workers.engine import connect, refuse_limits

        refuse_limits(self._engagement)
        targets = {target.name: target for target in self._engagement.targets}
        return Cluster(
            connect(executor), self._setup, targets, self._replay, gap=self._gap, begins=self._begins, read=self._read, local=self._own_pool,
            part=self._limits.part_bytes, journal=self._journal,
        )  # fmt: skip

    def _writer(self) -> Writer:
        writer = self._replay()
        if not self._trail.kept:
            return writer
        from auditor.workers.recorded import Recorded

        return Recorded(writer, self._trail, self._shown)

    def _replay(self) -> Replay:
        from auditor.workers.replay import Replay

        return Replay(self._store, self._run, self._people, self._progress, self._gap, self._first, self._rechecks.add)

    def _setup(self, folder: str) -> Setup:

        from auditor.workers.confine import program_folders
        from auditor.workers.worker import Setup

        register, engagement = self._register, self._engagement
        countries = (engagement.entrusting.country, engagement.vendor.country)
        encodings = tuple(dict.fromkeys(encoding for country in countries for encoding in ENCODINGS.get(country, ())))
        return Setup(
            ruleset=self._ruleset, key=self._key, limits=self._limits, encodings=encodings, passwords=self._passwords, folder=folder,
            register=str(register.path) if register is not None else None, readable=program_folders(),
        )  # fmt: skip
