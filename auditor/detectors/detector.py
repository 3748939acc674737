"""What the pipeline calls: a detector a worker, a detection an asset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from auditor.detectors.fields import FieldIndex
from auditor.detectors.gate import Gates
from auditor.detectors.hit import Hit
from auditor.detectors.recognizer import Recognizer
from auditor.detectors.resolve import CREDENTIAL, Vault
from auditor.detectors.scene import Scene, file_kind
from auditor.detectors.values import Values
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.content import Table, Text
from auditor.model.match import Match, MatchBlock
from auditor.model.rule import Ruleset

if TYPE_CHECKING:
    from auditor.detectors.again import Again
    from auditor.detectors.embedded import EmbeddedTables
    from auditor.detectors.embedded.seen import Seen
    from auditor.detectors.foreign import Foreign
    from auditor.detectors.presidio import Analyzer
    from auditor.detectors.recheck import Recheck
    from auditor.detectors.split import SplitColumns
    from auditor.detectors.table import TableDetection
    from auditor.detectors.text import TextDetection
    from auditor.detectors.vector import Form

_NOBODY: Final[frozenset[str]] = frozenset()


class Detector:
    """A ruleset's recognisers, compiled once for a worker. ValueError for a rule that does not compile, InputError for a
    recogniser or model of a user's that cannot be made.

    `quick` False sends every value of a table the long way, one match each (quick.py): for those who ask about single places.
    `lean` imports Presidio without what no rule needs (lean.py): for a process that does nothing else.

    Nothing heavy is imported before content arrives, and Presidio not before something passed a gate.
    """

    def __init__(
        self, ruleset: Ruleset, key: bytes, *, only: Sequence[str] | None = None, quick: bool = True, lean: bool = False
    ) -> None:
        rules = [rule for rule in ruleset.recognizers if only is None or rule.id in only or rule.entity in only]
        self.quick = quick
        self._lean = lean and not ruleset.presidio  # who brings Presidio's own recognisers gets all that it has
        self.asked = 0
        """How often Presidio was asked."""
        self.forms: dict[str, tuple[Form, ...]] = {}
        self.waiting: Counter[str] = Counter()
        """By rule: values of short tables that its forms would have settled."""
        self.index = FieldIndex(rules)
        self.values = Values(name for rule in rules for name in (*rule.field_names, *rule.weak_field_names))
        self.recognizers = tuple(Recognizer(rule, self.index, self.values) for rule in rules)
        self.by_id = {recognizer.rule.id: recognizer for recognizer in self.recognizers}
        credential = next((rule for rule in rules if rule.entity == CREDENTIAL), None)
        self.vault = Vault(key, credential)
        self.people = frozenset(rule.id for rule in rules if rule.validator == "person_name")
        """Rules that are asked of whatever concerns any other: somebody's name may stand beside it without a label."""
        self._presidio = ruleset.presidio
        if self._presidio:
            _ = self.foreign  # a model that does not load is bad input: told before anything is read

    @cached_property
    def gates(self) -> Gates:
        """The gates, compiled when the first content arrives."""
        return Gates(self.recognizers)

    @cached_property
    def foreign(self) -> Foreign | None:
        """Recognisers that a user brought; None where there are none. InputError where one cannot be made."""
        if not self._presidio:
            return None
        from auditor.detectors.foreign import Foreign

        return Foreign(self._presidio, self.by_id)

    @cached_property
    def analyzer(self) -> Analyzer:
        """Presidio, imported when the first line or cell has passed a gate."""
        if self._lean:
            from auditor.detectors.lean import import_presidio

            import_presidio()
        from auditor.detectors.presidio import Analyzer

        return Analyzer(self.recognizers)

    def analyze(self, scene: Scene, rules: Sequence[str]) -> list[Hit]:
        """What Presidio's engine answers for some rules in a line or cell that passed their gates, by rule and place.

        Asking for a few entities instead of all costs a fifth (facts/speed.md); nothing else is spared on this path.
        """
        return self.analyze_each([(scene, rules)])[0]

    def analyze_each(self, asked: Sequence[tuple[Scene, Sequence[str]]]) -> list[list[Hit]]:
        """The same for some lines at once, which share what a call of the engine costs."""
        self.asked += len(asked)
        asking = []
        for scene, rules in asked:
            people = self.people if self.gates.somebody(scene.encoded) else _NOBODY
            scene.bystanders = people.difference(rules)
            asking.append((scene, {*rules, *people}))
        return self.analyzer.analyze(asking) if asking else []

    def reference(self, scene: Scene) -> list[Hit]:
        """The hits of all rules in a line or cell through Presidio's engine, without any gate: what `analyze` is held against."""
        return self.analyzer.analyze([(scene, [recognizer.rule.id for recognizer in self.recognizers])])[0]

    def asset(self, asset: Asset, recheck: Recheck | None = None) -> AssetDetection:
        """A fresh detection for one asset; with a `recheck`, a random sample of it is examined twice."""
        return AssetDetection(self, asset, recheck)


class AssetDetection:
    """One asset being examined: give it all tables and text in order, then call `finish`."""

    def __init__(self, detector: Detector, asset: Asset, recheck: Recheck | None = None) -> None:
        self._detector = detector
        self._recheck = recheck
        self._file = file_kind(asset.path)
        self._text: TextDetection | None = None
        self._tables: dict[str, TableDetection] = {}
        self._split: dict[str, SplitColumns] = {}
        self._asset = asset
        self._seen: Seen | None = None
        self._again: Again | None = None
        self.watch: Callable[[Table], None] | None = None
        """Told of each table before it is examined, be it the file's own, one found in its text, or turned, with the values that it keeps in parts."""

    def table(self, table: Table) -> Iterator[Match | MatchBlock]:
        """The matches of some consecutive rows; those that only the whole column can decide come later."""
        if table.again is not None:
            if self._again is None:
                from auditor.detectors.again import Again

                self._again = Again(self._detector)
            self._again.begin(table)
        for one in (table,) if self._file.labels else self._embedded.turn(table):
            yield from self._rows(one) if self._again is None else self._again.keep(self._rows(one))

    def _rows(self, table: Table) -> Iterator[Match | MatchBlock]:
        if table.name not in self._tables:
            from auditor.detectors.split import SplitColumns
            from auditor.detectors.table import TableDetection

            self._tables[table.name] = TableDetection(self._detector, self._file, self._recheck)
            self._split[table.name] = SplitColumns(self._detector)
        table = self._split[table.name].take(table)
        if self.watch is not None:
            self.watch(table)
        return self._tables[table.name].table(table)

    def text(self, text: Text) -> Iterator[Match | MatchBlock]:
        """The matches of some consecutive lines, and of the tables among them."""
        if self._text is None:
            from auditor.detectors.text import TextDetection

            self._text = TextDetection(self._detector, self._file, self._recheck)
        read: frozenset[int] = frozenset()
        tables, text, left = self._embedded.take(text)
        if tables:
            tables = [one for table in tables for one in self._embedded.turn(table)]
            if self._seen is None:
                from auditor.detectors.embedded.seen import Seen

                self._seen = Seen(self._detector)
            read = self._seen.begin(tables, text, left)
            for table in tables:
                if self._again is None or not self._again.holds(table):
                    yield from self._seen.keep(self._rows(table))
        yield from self._new(self._text.text(text, read))

    def _new(self, matches: Iterator[Match]) -> Iterator[Match]:
        """The matches of lines but for those that tables in them have found already, or whose names rule them out."""
        if self._again is not None:
            matches = self._again.others(matches)
        return matches if self._seen is None else self._seen.others(matches)

    def apart(self) -> Iterator[Match]:
        """What follows stands elsewhere in the asset: text is no company for it. Tables go on, as columns are the whole table's."""
        if self._text is not None:
            yield from self._new(self._text.apart())

    @cached_property
    def _embedded(self) -> EmbeddedTables:
        from auditor.detectors.embedded import EmbeddedTables

        return EmbeddedTables(self._detector.index, self._file)

    @property
    def tables(self) -> Mapping[str, TableDetection]:
        """The tables met so far, by name: `auditor explain` shows their columns."""
        return self._tables

    def gaps(self) -> Iterator[Gap]:
        """Recognisers of a user's that failed on this asset, and so did not see all of it. Ask after `finish`."""
        if self._detector.foreign is not None:
            for rule, why in self._detector.foreign.failures().items():
                detail = f"the recogniser of rule {rule} stopped: {why}; all other rules went on"
                asset = self._asset
                yield asset.gap(GapCode.RULE_TIMEOUT, detail, part=True)  # fmt: skip

    def finish(self) -> Iterator[Match]:
        """What only the whole asset could decide."""
        if self._text is not None:
            yield from self._new(self._text.finish())
        for detection in self._tables.values():
            if self._again is None:
                yield from detection.finish()
            else:
                yield from (match for match in self._again.keep(detection.finish()) if isinstance(match, Match))
        if self._again is not None:
            yield from self._again.finish()
        if self._recheck is not None:
            yield from self._recheck.matches(self._asset)
