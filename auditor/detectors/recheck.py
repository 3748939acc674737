"""The audit's check of itself: random lines and cells once more, without gates or shortcuts, through all rules and Presidio's engine.

What is compared is what each path says of that very line or cell, before anything that neighbours, columns or records decide.
What only the reference finds is added to the matches; a difference of either kind is told, by rule and place.

The sample is random to whoever does not hold the fingerprint key, and the same in every run under one key: a place is drawn from
each stretch of lines and cells, and neither batches nor workers matter. Its cost is bounded by an allowance (auditor/rechecks.py): the
reference takes about a millisecond a line, as long as the fast path takes for a thousand, and Presidio a second to import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from auditor.detectors.detector import Detector
from auditor.detectors.folding import fold
from auditor.detectors.gate import Gates
from auditor.detectors.hit import Hit
from auditor.detectors.scene import Scene
from auditor.model.asset import Asset
from auditor.model.match import Match, Place
from auditor.model.recheck import Difference

if TYPE_CHECKING:
    from auditor.detectors.columns import Column

STRIDE: Final = 2000
"""Lines and cells of which one is drawn, at first; the longer an asset, the fewer."""
LONGEST: Final = 8192
"""Characters of a cell at most: of a longer one, pieces are examined, and its context costs their square."""
WORTH_IT: Final = 200_000
"""Lines and cells from which on an asset that needed Presidio for nothing is checked all the same, though it takes a second to import."""
_PAYS: Final = 500
"""Characters for which one of the allowance pays."""
_TOLD: Final = 50


@dataclass(slots=True, kw_only=True)
class _Sample:
    """A line or cell as it was met, until the asset's end. `fast`: what the fast path said, of `piece`s of a line not of this text alone;
    `entities`: whole columns settled this cell as those. `reference` gives the other path's word.
    """

    text: str = field(repr=False)
    place: Place
    record: tuple[str, int]
    fast: Sequence[Hit] = field(repr=False)
    entities: frozenset[str] = frozenset()
    piece: bool = False
    weak: bool = False
    reference: Callable[[], list[Hit]] = field(repr=False)

    def told(self, hit: Hit) -> bool:
        """Whether it will be, or may be once its neighbours are known; what is open in a column is the column's."""
        return hit.status in ("accepted", "credential") or (self.weak and hit.status == "open" and hit.by_name)

    def among(self, hit: Hit, others: Sequence[Hit], entities: frozenset[str] = frozenset()) -> bool:
        """Whether the other path says so too; of a cell it may leave that to the column."""
        rule = hit.recognizer.rule
        return rule.entity in entities or any(
            other.recognizer.rule.id == rule.id and (other.start, other.end) == (hit.start, hit.end)
            for other in others
            if self.place.row is not None or other.status == hit.status
        )


class _Every(Gates):
    """No gate: every rule is concerned."""

    def __init__(self, rules: Sequence[str]) -> None:
        self._rules = tuple(rules)

    def rules_for(self, folded: str) -> tuple[str, ...]:  # noqa: ARG002
        return self._rules

    def rules_for_each(self, folded: Sequence[str]) -> list[tuple[str, ...]]:
        return [self._rules] * len(folded)


class Reference(Detector):
    """The same rules without gates: whatever is asked of it goes to Presidio's engine with every rule."""

    def __init__(self, detector: Detector) -> None:
        self.__dict__.update(detector.__dict__)
        self._of = detector
        self.gates = _Every([*detector.by_id])

    def analyze(self, scene: Scene, rules: Sequence[str]) -> list[Hit]:  # noqa: ARG002
        """All rules' hits."""
        return self._of.reference(scene)


class Recheck:
    """The self-check of one asset of the listing with all its members: how much was examined twice, and what came of it."""

    def __init__(self, detector: Detector, asset: Asset, allowance: int) -> None:
        self.sampled = 0
        self.differing = 0
        self.differences: list[Difference] = []
        self.after = 0
        """What stands up to this line is another part's."""
        self._detector = detector
        self._asset = asset
        self._allowance = self._left = allowance
        self._asked = detector.asked
        self._seen = 0
        self._drawn = 0
        self._end = 0
        self._samples: list[_Sample] = []
        self._references: dict[tuple[str, str], Column] = {}
        self._next = self._draw()

    def lines(self, number: int) -> list[int]:
        """Which of the next so many lines to examine twice, from 0."""
        return self._picks(number)

    def cells(self, rows: int, columns: int) -> Mapping[int, list[int]]:
        """The rows, from 0, to examine twice of each column of the next so many rows."""
        picked: dict[int, list[int]] = {}
        for at in self._picks(rows * columns):
            picked.setdefault(at % columns, []).append(at // columns)
        return picked

    def line(
        self, scene: Scene, place: Place, fast: Sequence[Hit], settle: Callable[[list[Hit]], list[Hit]], *, seen: int = 0,
        piece: bool = False,
    ) -> None:  # fmt: skip
        """A line, or a piece of a long one, and what the fast path says of it. What ends within `seen` was another window's.

        `settle` lets what stands in the line decide, as it does on the fast path.
        """

        def reference() -> list[Hit]:
            hits = self._detector.reference(scene)
            if piece:
                hits = [hit for hit in hits if hit.end < len(scene.text)]  # the next piece has it whole
            return [hit for hit in settle(hits) if hit.end > seen]

        said = [hit for hit in settle([replace(hit) for hit in fast]) if hit.end > seen]
        record = (place.part, place.line or 0)
        weak = not scene.file.labels
        self._keep(
            _Sample(text=scene.text, place=place, record=record, fast=said, piece=piece, weak=weak, reference=reference)
        )

    def cell(
        self, value: str, column: Column, place: Place, record: tuple[str, int], fast: Sequence[Hit], entities: frozenset[str],
    ) -> None:  # fmt: skip
        """A cell, what the fast path says of it, or the entities as which whole columns settled it."""
        if not value or value.isspace() or len(value) > LONGEST or value.count("\n") * _PAYS > LONGEST:
            return

        def reference() -> list[Hit]:
            key = (record[0], column.name)
            if key not in self._references:
                self._references[key] = column.fresh(Reference(self._detector))
            folded = value if value.isascii() else fold(value)
            return self._references[key].hits(value, folded, tuple(self._detector.by_id), 1)

        said = [replace(hit) for hit in fast]
        self._keep(_Sample(text=value, place=place, record=record, fast=said, entities=entities, reference=reference))

    def matches(self, asset: Asset) -> Iterator[Match]:
        """Compare what was kept of an asset, of the listing or in it, at its end; what only the reference found."""
        samples, self._samples = self._samples, []
        self._references.clear()
        if self._detector.asked == self._asked and self._seen < WORTH_IT:
            self._left += sum(map(_cost, samples))
            return
        for sample in samples:
            yield from self._compare(asset, sample)

    def _compare(self, asset: Asset, sample: _Sample) -> Iterator[Match]:
        self.sampled += 1
        reference = sample.reference()
        missed = [hit for hit in reference if sample.told(hit) and not sample.among(hit, sample.fast, sample.entities)]
        more = {hit.recognizer.rule.id for hit in sample.fast if sample.told(hit) and not sample.among(hit, reference)}
        more |= sample.entities - {hit.recognizer.rule.entity for hit in reference}
        if sample.piece:
            more.clear()  # the piece beside it may have seen more of the context
        if not missed and not more:
            return
        self.differing += 1
        self._tell(asset, sample.place, "missed", {hit.recognizer.rule.id for hit in missed})
        self._tell(asset, sample.place, "more", more)
        for hit in missed:
            value = self._detector.vault.close(hit, sample.text)
            if value is not None:
                yield value.match(sample.place, sample.record, candidate=hit.status == "open", why="self-check")

    def _tell(self, asset: Asset, place: Place, kind: str, rules: set[str]) -> None:
        for rule in sorted(rules)[: _TOLD - len(self.differences)]:
            self.differences.append(
                Difference(
                    target=asset.target, path=asset.path, version=asset.version or "", line=place.line or 0,
                    place=str(place), rule=rule, kind="missed" if kind == "missed" else "more",
                )
            )  # fmt: skip

    def _keep(self, sample: _Sample) -> None:
        if (sample.place.line or self.after + 1) <= self.after:
            return
        if (cost := _cost(sample)) <= self._left:
            self._left -= cost
            self._samples.append(sample)

    def _picks(self, number: int) -> list[int]:
        """Which of the next so many places are drawn, from 0."""
        found = []
        last = self._seen + number
        while self._next < last and self._left > 0:
            found.append(self._next - self._seen)
            self._drawn += 1
            self._next = self._draw()
        self._seen = last
        return found

    def _draw(self) -> int:
        """The next place: one at random of the next stretch. Stretches grow once half the allowance is used, to reach a far end."""
        start, stride = self._end, STRIDE
        if self._drawn * 2 >= self._allowance:
            stride = max(stride, start // max(1, self._allowance // 20))
        self._end += stride
        drawn = self._detector.vault.fingerprint("auditor self-check", f"{self._asset.identity}\0{start}")
        return start + int.from_bytes(drawn[:8]) % stride


def _cost(sample: _Sample) -> int:
    return 1 + len(sample.text) // _PAYS
