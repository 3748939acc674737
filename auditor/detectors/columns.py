"""What one column is: its name's class, its values' shapes, and the statistics that decide what no single value can."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from auditor.detectors.embedded.wrapped import joined, whole_cell
from auditor.detectors.fields import FieldClass
from auditor.detectors.folding import fold
from auditor.detectors.hit import Hit
from auditor.detectors.recognizer import Recognizer
from auditor.detectors.resolve import Value, settle_record, without_overlaps
from auditor.detectors.scene import FileKind, Scene
from auditor.detectors.shown import may_show, shown_key
from auditor.detectors.tally import BEGINS, PLAINLY, Open, Tally
from auditor.detectors.validators import Validity
from auditor.detectors.values import plain
from auditor.model.match import Match, Place
from auditor.model.rule import ColumnRule, Pattern

if TYPE_CHECKING:
    from auditor.detectors.detector import Detector

ENOUGH: Final = 1000
"""Rows after which an open column is decided; what comes later follows that decision."""
LONGEST_PIECE: Final = 8192
_OVERLAP: Final = 1024
_MADE_UP: Final = re.compile(r"column [0-9]+")
"""What extractors call a column beyond the header's last: a row had more cells than there are names."""


class Column:
    """One column over all batches of its table."""

    def __init__(
        self,
        detector: Detector,
        file: FileKind,
        name: str,
        header: bool,
        table: str = "",
        letter: str = "",
        *,
        spoken: bool = False,
    ) -> None:
        self._detector = detector
        self._file = file
        self.name = name
        # A key of somebody's JSON or a dump's table may be called after a person: what is told of places must not repeat it.
        self.shown = shown_key(detector, name) if spoken else may_show(detector, name)
        self.table_shown = may_show(detector, table)
        self.place = f"{self.shown} (column {letter})" if letter else self.shown
        header = header and _MADE_UP.fullmatch(name) is None
        self.header = name if header else None
        self.named: FieldClass = detector.index.header(name) if header else FieldClass(name="")
        self.filled = 0
        self.tallies: dict[str, Tally] = {}
        self._tried: dict[str, tuple[str, ...]] = {}
        self.open: dict[str, Open] = {}
        self.decided: dict[str, str] = {}
        self.native = 0
        self._shapes: dict[str, None] = {}
        self._templates: dict[tuple[str, int, bool], Hit] = {}
        self._named_templates: dict[str, Hit] = {}
        here = [recognizer for recognizer in detector.recognizers if not recognizer.excludes(file.path)]
        self._here = frozenset(recognizer.rule.id for recognizer in here)
        self._strong = [r for r in here if r.rule.id in self.named.strong]
        self._weak = [r for r in here if r.rule.id in self.named.weak]
        self._unnamed = [
            r
            for r in here
            if not header and r.rule.column is not None and r.field_value is not None and r.validator is not None
        ]

    @property
    def every_value(self) -> bool:
        """Whether each value is looked at, gate or not: the name says that they are somebody's."""
        return bool(self._strong or self._weak or self._unnamed)

    def concerned(self) -> list[Recognizer]:
        """The rules for which the column's name, its place in a table without names, or its values so far speak."""
        shaped = (self._detector.by_id[rule] for rule in self._shapes)
        return [*self._strong, *self._weak, *self._unnamed, *shaped]

    def told(self, why: tuple[str, ...]) -> tuple[str, ...]:
        """Reasons, with the column's name as it may be shown."""
        if self.shown == self.name:
            return why
        return tuple(f"field name {self.shown}" if reason.startswith("field name ") else reason for reason in why)

    def fresh(self, detector: Detector) -> Column:
        """The same column under another detector, before its first row."""
        return Column(detector, self._file, self.name, self.header is not None)

    def known_hits(self, *, early: bool = False) -> Iterator[tuple[Hit, str]]:
        """The judgements that cells of this column get together: a hit without a value, and what became of such cells
        (`accepted`, or `dropped` by the whole column). Nothing before enough rows were seen, or where cells may be several things.

        `early`: before enough rows were seen, but only where nothing in the column waits for more of them.
        """
        if early and any(hit.status == "open" for hit in self._templates.values()):
            return
        if self.open or (self.filled < ENOUGH and not early):
            return
        counting = [hit for hit in self._templates.values() if _counts(hit)]
        if len({recognizer.rule.entity for recognizer in self._strong}) == 1:
            yield from (
                (hit, "accepted") for hit in self._named_templates.values()
            )  # no other rule has such a cell's shape
        alone = len({hit.recognizer.rule.id for hit in counting}) == 1 or len(self._shapes) == 1
        for (rule, _, _), hit in self._templates.items():
            outcome = self.decided.get(rule, "") if hit.status == "open" else hit.status
            if outcome in ("accepted", "dropped") and (alone or (hit.strong and self._first_of(hit))):
                yield hit, outcome

    def _first_of(self, hit: Hit) -> bool:
        """Whether no other shape in the column means anything else: a strong field name stands before all others."""
        entity = hit.recognizer.rule.entity
        return all(not other.strong or other.recognizer.rule.entity == entity for other in self._templates.values())

    def count(self, hit: Hit, rows: int, distinct: int) -> None:
        """Count rows whose values were settled together, for their rule's part of the column."""
        tally = self.tallies.setdefault(hit.recognizer.rule.id, Tally())
        tally.shaped += rows
        tally.possible += rows
        if hit.validity is Validity.VALID:
            tally.valid += rows
            tally.distinct += distinct

    def note_begins(self, hit: Hit, values: Iterable[str]) -> None:
        """Keep how values that were settled together begin."""
        tally = self.tallies.setdefault(hit.recognizer.rule.id, Tally())
        for value in values:
            if len(tally.begins) == BEGINS:
                return
            tally.note_begin(fold(value).strip())

    def known(self, value: str, folded: str, rows: int) -> list[Hit] | None:
        """The hits of a value that has a shape seen in this column before; None if it has none of them, or is none of what they
        stand for: then `hits` is asked with the other rules.
        """
        if not self._shapes:
            return None
        if len(self._shapes) > 1:
            found = self._whole(value, folded, self._shapes, rows)
            if found == []:
                self._tried[value] = tuple(self._shapes)
            return found or None
        (id,) = self._shapes  # most columns hold one thing: the same without lists
        recognizer = self._detector.by_id[id]
        whole = folded.strip()
        shape = recognizer.canonical(whole)
        if shape is None:
            return None
        hit = self._shaped(recognizer, *shape, whole, rows)
        if hit is None:
            self._tried[value] = (id,)
            return None
        return [hit.of(value.strip())]

    def forget(self) -> None:
        """No more values of this batch will come: let go of what is known of those that `hits` was not asked about."""
        self._tried.clear()

    def hits(self, value: str, folded: str, rules: tuple[str, ...], rows: int) -> list[Hit]:
        """The hits of one distinct value that stands in `rows` rows; `rules` are those whose gate it passed."""
        tried = self._tried.pop(value, ())
        others = dict.fromkeys(id for id in (*(r.rule.id for r in self._strong), *rules) if id not in tried)
        found = self._whole(value, folded, others, rows)
        if found is None and (whole := whole_cell(value)) is not None:
            found = self._whole(whole, whole, others, rows)
        if found is None and not tried:
            return self._search(value, rules, rows)
        return found or self._named_hit(value, rows)

    def _whole(self, value: str, folded: str, rules: Iterable[str], rows: int) -> list[Hit] | None:
        """The hits of a cell that is one value; None if it is none of these rules' shapes."""
        whole = folded.strip()
        found: list[Hit] | None = None
        new: list[str] = []
        for id in rules:
            if id not in self._here:
                continue
            recognizer = self._detector.by_id[id]
            shape = recognizer.canonical(whole)
            if shape is None or (shape[0].needs == "field" and not self._names(id)):
                continue  # a password has any shape: without the name the cell is text like any other
            found = [] if found is None else found
            if id not in self._shapes:
                new.append(id)
            hit = self._shaped(recognizer, *shape, whole, rows)
            if hit is not None:
                found.append(hit.of(value.strip()))
        for id in new:
            self._shapes[id] = None
        if not found or len(found) == 1:
            return found
        settled = without_overlaps([hit for hit in found if hit.status != "open"])
        return settled or found  # several readings of one cell stay open: the column tells which

    def _names(self, rule: str) -> bool:
        return rule in self.named.strong or rule in self.named.weak

    def _shaped(
        self, recognizer: Recognizer, pattern: Pattern, validity: Validity, whole: str, rows: int
    ) -> Hit | None:
        """Count a cell that has a shape; its hit's template, if it is one."""
        rule = recognizer.rule
        tally = self.tallies.get(rule.id)
        if tally is None:
            tally = self.tallies[rule.id] = Tally()
        tally.shaped += rows
        if validity is Validity.INVALID:
            return None
        tally.possible += rows
        tally.note_begin(whole)
        if validity is Validity.VALID:
            tally.valid += rows
            tally.distinct += 1
        hit = self._template(recognizer, pattern, validity, whole)
        return hit if _counts(hit) else None

    def _template(self, recognizer: Recognizer, pattern: Pattern, validity: Validity, whole: str) -> Hit:
        """A whole cell's judgement depends on header, pattern and validity alone: made once for all its values."""
        key = (recognizer.rule.id, id(pattern), validity is Validity.VALID)
        hit = self._templates.get(key)
        if hit is None:
            scene = Scene(text=whole, header=self.header, file=self._file)
            hit = recognizer.judge(scene, 0, len(whole), pattern, validity)
            if hit.named and not hit.strong and hit.status == "accepted" and recognizer.rule.column is not None:
                hit.status = "open"  # `pid`, `cid`: the whole column decides
            self._templates[key] = hit
        hit.end = len(whole)
        return hit

    def _search(self, value: str, rules: tuple[str, ...], rows: int) -> list[Hit]:
        """A cell that is no canonical value: the named entity as it is, else free text like any line."""
        if hits := self._named_hit(value, rows):
            return hits
        if rules:
            found = self._free_text(value, rules)
            if found:
                return found
        for recognizer in self._unnamed:
            hit = recognizer.named_value(value, FieldClass(name="", weak=frozenset({recognizer.rule.id})))
            if hit is not None:
                hit.named = False
                hit.why = ("looks like it",)
                self._count(hit, rows)
                return [hit]
        return []

    def _free_text(self, value: str, rules: tuple[str, ...]) -> list[Hit]:
        """The hits within a cell that is text: line by line, and long lines in pieces, as context costs its square."""
        if len(value) <= LONGEST_PIECE and "\n" not in value:
            return self._piece(value, rules)
        value = joined(value) if "=" in value else value
        found: dict[tuple[str, str | None], Hit] = {}
        for line in value.split("\n"):
            for start in range(0, max(len(line) - _OVERLAP, 1), LONGEST_PIECE - _OVERLAP):
                piece = line[start : start + LONGEST_PIECE]
                concerned = self._detector.gates.rules_for(fold(piece))
                for hit in self._piece(piece, concerned, cut_left=start > 0) if concerned else ():
                    found.setdefault((hit.recognizer.rule.id, hit.value), hit)
        return list(found.values())

    def _piece(self, text: str, rules: tuple[str, ...], *, cut_left: bool = False) -> list[Hit]:
        if (decoded := plain(text)) != text:
            text = decoded
            rules = self._detector.gates.rules_for(fold(text))
        scene = Scene(text=text, header=self.header, file=self._file, cut_left=cut_left)
        found = without_overlaps(self._detector.analyze(scene, rules))
        settle_record(found, lambda _: False, False)
        return [
            hit.of(hit.value or text[hit.start : hit.end])
            for hit in found
            if not (
                hit.company == "line" and hit.status == "open"
            )  # other columns are no company: a cell's line is its own
        ]

    def _named_hit(self, value: str, rows: int) -> list[Hit]:
        """The hit that the column's name alone makes of a value."""
        for recognizer in (*self._strong, *self._weak):
            hit = recognizer.named_value(value, self.named)
            if hit is not None:
                self._count(hit, rows)
                if hit.strong and hit.validity is Validity.VALID:
                    self._named_templates.setdefault(recognizer.rule.id, replace(hit, value=None))
                return [hit]
        for recognizer in self._strong:
            hit = recognizer.remaining_value(value, self.named)
            if hit is not None:
                return [hit]
        return []

    def _count(self, hit: Hit, rows: int) -> None:
        tally = self.tallies.setdefault(hit.recognizer.rule.id, Tally())
        tally.shaped += rows
        tally.valid += rows
        tally.distinct += 1

    def noise(self, hit: Hit) -> bool:
        """Whether the column's other values deny a hit: shaped alike, and failing the check digit as often as chance."""
        rule = hit.recognizer.rule
        tally = self.tallies.get(rule.id)
        if tally is None or rule.validator is None or not rule.patterns or hit.by_name:
            return False
        if not rule.strict and hit.named:
            return (
                False  # numbers without a check digit exist; without a name, nothing tells them from any other number
            )
        return tally.denies(rule.validator, self.filled)

    def keep_open(self, hit: Hit, place: Place, record: tuple[str, int], value: Value) -> None:
        """Let a row wait for the column's decision."""
        waiting = self.open.setdefault(hit.recognizer.rule.id, Open())
        waiting.rows.append((place, record, value))
        waiting.named = waiting.named or hit.named
        waiting.by_name = waiting.by_name or hit.by_name

    def decide(self, rule: str, others: Iterable[Column], present: set[str], file_says: Callable[[str], bool]) -> str:
        """`accepted`, `candidate` or `dropped`, by the rule's own conditions on a column."""
        recognizer = self._detector.by_id[rule]
        spec = recognizer.rule.column
        tally = self.tallies.get(rule, Tally())
        waiting = self.open.get(rule, Open())
        lonely = not any(other.share(rule) >= 0.5 for other in others if other is not self)
        fits = spec is not None and self._fits(spec, tally, waiting, present, rule, file_says)
        if fits and spec is not None and (lonely or not spec.only_one):
            return "accepted"
        return "candidate" if recognizer.rule.candidates and lonely else "dropped"

    def _fits(
        self,
        spec: ColumnRule,
        tally: Tally,
        waiting: Open,
        present: set[str],
        rule: str,
        file_says: Callable[[str], bool],
    ) -> bool:
        if not self._filled_by(rule, spec, tally):
            return False
        entity = self._detector.by_id[rule].rule.entity
        beside = not spec.siblings or bool((present - {entity}) & set(spec.siblings)) or file_says(rule)
        return beside and (self.filled >= spec.least_rows or waiting.named)

    def _filled_by(self, rule: str, spec: ColumnRule, tally: Tally) -> bool:
        """Whether enough of the column is valid under the rule, and varied."""
        return tally.fills(spec, self._detector.by_id[rule].rule.validator, self.filled)

    def vouches(self, rule: str) -> bool:
        """Whether an undecided column is so plainly one thing that it may stand beside another one that is still undecided."""
        spec = self._detector.by_id[rule].rule.column
        if spec is None or self._detector.by_id[rule].validator is None or self.filled < PLAINLY:
            return False
        return bool(spec.distinct) and self._filled_by(rule, spec, self.tallies.get(rule, Tally()))

    def share(self, rule: str) -> float:
        """The part of non-empty rows that have the rule's shape."""
        tally = self.tallies.get(rule)
        return tally.shaped / self.filled if tally is not None and self.filled else 0.0

    def valid_share(self, rule: str) -> float:
        """The part of non-empty rows that are valid under the rule."""
        tally = self.tallies.get(rule)
        return tally.valid / self.filled if tally is not None and self.filled else 0.0

    def release(self, rule: str, outcome: str) -> Iterable[Match]:
        """The matches of the rows that waited, after the decision."""
        waiting = self.open.pop(rule, None)
        if waiting is None or outcome == "dropped":
            return
        tally = self.tallies.get(rule, Tally())
        percent = 100 * tally.valid // self.filled if self.filled else 0
        for place, record, value in waiting.rows:
            if outcome == "accepted":
                yield value.match(place, record, why=f"column {percent} % valid", score=max(value.score, 0.7))
            else:
                yield value.match(place, record, candidate=True)


def _counts(hit: Hit) -> bool:
    """Whether a shape says anything of its cell, now or once the column is decided."""
    rule = hit.recognizer.rule
    return hit.status != "rejected" and (hit.status != "open" or rule.column is not None or rule.candidates)
