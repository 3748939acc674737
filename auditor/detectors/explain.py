"""Why a place holds personal data or not: every shape and every named field of one line or cell, masked.

Asks the same compiled rules as detection does; what became of a hit is told by the real detection's matches
(auditor/explain.py puts the two together). Nothing here is on a path that an audit takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from auditor.detectors.columns import Column
from auditor.detectors.context import word_pattern
from auditor.detectors.fields import FieldClass, qualified
from auditor.detectors.folding import fold
from auditor.detectors.hit import Hit
from auditor.detectors.pair import Pair
from auditor.detectors.recognizer import Recognizer
from auditor.detectors.scene import Scene, named_like
from auditor.detectors.shapes import goes_on
from auditor.detectors.shown import shown_key, shown_name
from auditor.detectors.validators import Validity
from auditor.detectors.values import unescape
from auditor.masking import mask
from auditor.model.noun import noun
from auditor.model.rule import RecognizerRule

if TYPE_CHECKING:
    from auditor.detectors.detector import Detector

TOUCHED: Final = "a letter, digit or sign touches it: it is a part of something longer"
Checksum = Literal["holds", "does not hold", "cannot tell", "none"]
_FOLLOWING: Final = 40
_LEAST_PART: Final = 6
"""A shorter piece of something longer is not worth a word."""


@noun
class FieldSaid:
    """A field name as it may be shown, and what it says to one rule."""

    name: str
    says: Literal["strong", "weak", "excluded", "credential", "nothing"]


@noun
class Considered:
    """One reading of one place by one rule. `start` and `end` are characters in the line or cell, from 1 and inclusive.

    `entity` and `fingerprint` are those a match of it would have; "" and b"" where it cannot become one. `reasons` are
    the recogniser's own words; `refused` is why it was turned down before any weighing.
    """

    rule: str
    entity: str
    fingerprint: bytes = field(default=b"", repr=False)
    start: int
    end: int
    column: str = ""
    mask: str
    pattern: str
    checksum: Checksum = "none"
    validator: str = ""
    fields: tuple[FieldSaid, ...] = ()
    gate: bool
    score: float = 0.0
    status: Literal["accepted", "open", "credential", "rejected"] = "rejected"
    reasons: tuple[str, ...] = ()
    refused: str = ""


def consider(detector: Detector, scene: Scene, *, gated: frozenset[str], at: int = 0, column: Column | None = None) -> list[Considered]:  # fmt: skip
    """Everything in a line or cell that any rule looks at, in the order of its place.

    `gated`: ids of the rules whose gate let it through. `at`: characters of the line before the scene.
    """
    found: list[Considered] = []
    parts: list[Considered] = []
    fields = [
        (pair, named) for pair in scene.pairs if (named := detector.index.classify(pair.key)).strong or named.weak
    ]
    for recognizer in detector.recognizers:
        look = _Look(detector, recognizer, scene, recognizer.rule.id in gated, at, column, fields)
        found += look.shapes()
        parts += look.parts()
        found += look.named()
    spans = [(one.start, one.end) for one in found]
    found += [part for part in parts if not any(part.start <= end and start <= part.end for start, end in spans)]
    found.sort(key=lambda one: (one.start, -one.end, one.rule))
    return found


class _Look:
    """One rule's view of one scene."""

    def __init__(
        self, detector: Detector, recognizer: Recognizer, scene: Scene, gate: bool, at: int, column: Column | None,
        fields: list[tuple[Pair, FieldClass]],
    ) -> None:  # fmt: skip
        self.named_fields = fields
        self.detector = detector
        self.recognizer = recognizer
        self.rule = recognizer.rule
        self.scene = scene
        self.gate = gate
        self.at = at
        self.column = column
        self.spans: list[tuple[int, int]] = []
        self._excluded = recognizer.excludes(scene.file.path)
        classes = [named for _, named in fields] + ([column.named] if column is not None else [])
        spoken = any(self.rule.id in named.strong or self.rule.id in named.weak for named in classes)
        # What counts under a field's name alone may have any shape: without the name there is nothing to explain.
        by_name = all(pattern.needs == "field" for pattern in self.rule.patterns)
        self._shapes = () if by_name and not spoken else recognizer.shapes

    def shapes(self) -> Iterator[Considered]:
        """Every place with one of the rule's shapes and its boundary."""
        for shape in self._shapes:
            for m in shape.search.finditer(self.scene.folded):
                start, end = m.span("value") if shape.grouped else m.span()
                if not self._free(start, end):
                    continue
                self.spans.append((start, end))
                validity = self.recognizer.validity(self.scene.folded[start:end])
                refused = ""
                if self._excluded:
                    refused = "in a file of this name nothing is taken for it"
                elif goes_on(self.scene.folded, start, end):
                    refused = "it is a part of a longer number"
                elif validity is Validity.INVALID:
                    refused = self._invalid(self.scene.folded[start:end])
                if refused:
                    yield self._refused(start, end, shape.pattern.name, validity, refused)
                else:
                    hit = self.recognizer.judge(self.scene, start, end, shape.pattern, validity)
                    if hit.status == "accepted" and hit.named and not hit.strong and self.column is not None and self.rule.column is not None:  # fmt: skip
                        hit.status = "open"  # as the column does with a weak name: its statistics decide
                    yield self._of(hit, shape.pattern.name)

    def parts(self) -> Iterator[Considered]:
        """Every place that has a shape but for what touches it."""
        for shape in self._shapes:
            for m in shape.whole.finditer(self.scene.folded) if shape.pattern.boundary else ():
                start, end = m.span("value") if shape.grouped else m.span()
                if end - start >= _LEAST_PART and self._free(start, end):
                    self.spans.append((start, end))
                    validity = self.recognizer.validity(self.scene.folded[start:end])
                    yield self._refused(start, end, shape.pattern.name, validity, TOUCHED)

    def named(self) -> Iterator[Considered]:
        """Every field whose name says so, where no shape stands in its value."""
        hits = [] if self._excluded else [hit for hit in self.recognizer.hits(self.scene) if hit.by_name]
        for hit in hits:
            if self._free(hit.start, hit.end):
                self.spans.append((hit.start, hit.end))
                if hit.protection != "clear":
                    told = hit.why[-1]
                else:
                    told = "none: a name" if hit.company else "none: the field's name alone"
                yield self._of(hit, told)
        for pair, named in self.named_fields:
            if (self.rule.id in named.strong or self.rule.id in named.weak) and self._free(pair.start, pair.end):
                self.spans.append((pair.start, pair.end))
                around = [self.recognizer.index.classify(p.key) for p in self.scene.pairs if p.start == pair.start]
                if self._excluded:
                    refused = "in a file of this name nothing is taken for it"
                elif qualified(named, around, self.rule.id):
                    refused = "the whole name of the field is a look-alike's"
                else:
                    refused = self._why_not(self.scene.text[pair.start : pair.end], named, bare=pair.style == "bare")
                yield self._refused(pair.start, pair.end, "none", Validity.DOUBTFUL, refused, names=(pair.key,))
        if self.column is not None and self._free(0, len(self.scene.text)):
            yield from self._cell(self.column)

    def _cell(self, column: Column) -> Iterator[Considered]:
        """A whole cell under a header that says so."""
        named = column.named
        if self.rule.id not in named.strong and self.rule.id not in named.weak:
            return
        hit = None if self._excluded else self.recognizer.named_value(self.scene.text, named)
        if hit is not None:
            yield self._of(hit, "none: the field's name alone" if hit.protection == "clear" else hit.why[-1])
        elif self.scene.text.strip() and not self.spans:
            refused = "in a file of this name nothing is taken for it" if self._excluded else self._why_not(self.scene.text, named)  # fmt: skip
            yield self._refused(0, len(self.scene.text), "none", Validity.DOUBTFUL, refused)

    # --- why not

    def _invalid(self, value: str) -> str:
        if any(re.fullmatch(known, value, re.IGNORECASE) for known in self.rule.look_alikes.values):
            return "a value that the rule lists as a placeholder or look-alike"
        if self.recognizer.validator is not None and self.recognizer.validator(value) is Validity.DOUBTFUL:
            return "nothing in the digits confirms it, and this rule asks for that"
        return "its checksum or date cannot be"

    def _why_not(self, value: str, named: FieldClass, *, bare: bool = False) -> str:
        """Why a field of that name does not hold the entity."""
        stripped = unescape(value.strip())
        if self.recognizer.values.masked(stripped):
            return "parts of the value are hidden (masked)"
        if self.rule.field_value is None:
            return "the name says so, but the value has none of the shapes"
        if self.recognizer.field_value is not None and not self.recognizer.field_value.fullmatch(stripped):
            return "the name says so, but the value does not look like one"
        if any(re.fullmatch(known, stripped, re.IGNORECASE) for known in self.rule.not_field_values):
            return "a well-known placeholder"
        if self.recognizer.values.label(stripped):
            return "the value names a field or is a label"
        if not self.recognizer.values.plausible(stripped):
            return "the value is code, a type, a placeholder, a hash or empty"
        if self.recognizer.validity(stripped) is Validity.INVALID:
            return self._invalid(stripped)
        if self.rule.id not in named.strong:
            return "the name alone says too little, and the value does not confirm it"
        return "in source code a value without quotes is a variable" if bare else "the value could be anything"

    # --- making one

    def _free(self, start: int, end: int) -> bool:
        return not any(start < other_end and other_start < end for other_start, other_end in self.spans)

    def _of(self, hit: Hit, pattern: str) -> Considered:
        value = self.detector.vault.close(hit, self.scene.text)
        return Considered(
            rule=self.rule.id, entity=value.entity if value else self.rule.entity, fingerprint=value.fingerprint if value else b"",
            start=self.at + hit.start + 1, end=self.at + hit.end, column=self._column(),
            mask=value.mask if value else _masked(self.rule, self.scene.text[hit.start : hit.end]), pattern=pattern,
            checksum=self._checksum(hit.validity), validator=self.rule.validator or "", fields=self._fields(hit.start, hit.end), gate=self.gate,
            score=value.score if value else hit.score, status=hit.status, reasons=hit.why,
        )  # fmt: skip

    def _refused(
        self, start: int, end: int, pattern: str, validity: Validity, refused: str, names: tuple[str, ...] = ()
    ) -> Considered:
        return Considered(
            rule=self.rule.id, entity=self.rule.entity, start=self.at + start + 1, end=self.at + end, column=self._column(),
            mask=_masked(self.rule, self.scene.text[start:end]), pattern=pattern,
            checksum="none" if pattern == "none" else self._checksum(validity), validator=self.rule.validator or "", fields=self._fields(start, end, names),
            gate=self.gate, refused=refused,
        )  # fmt: skip

    def _checksum(self, validity: Validity) -> Checksum:
        if self.recognizer.validator is None:
            return "none"
        match validity:
            case Validity.VALID:
                return "holds"
            case Validity.DOUBTFUL:
                return "cannot tell"
            case Validity.INVALID:
                return "does not hold"

    def _column(self) -> str:
        return "" if self.column is None else shown_name(self.detector, self.column.name)

    def _fields(self, start: int, end: int, names: tuple[str, ...] = ()) -> tuple[FieldSaid, ...]:
        keys = names or tuple(pair.key for pair in self.scene.keys_of(start, end))
        index = self.recognizer.index
        said = [
            FieldSaid(name=shown_key(self.detector, key), says=self._says(index.classify(key)))
            for key in dict.fromkeys(keys)
        ]
        if self.scene.header is not None:
            header = self.scene.header
            said.append(FieldSaid(name=shown_name(self.detector, header), says=self._says(index.header(header))))
        return tuple(said)

    def _says(self, named: FieldClass) -> Literal["strong", "weak", "excluded", "credential", "nothing"]:
        if self.rule.id in named.strong:
            return "strong"
        if self.rule.id in named.weak:
            return "weak"
        if self.rule.id in named.excluded:
            return "excluded"
        return "credential" if self.rule.id in named.credential else "nothing"


def _masked(rule: RecognizerRule, value: str) -> str:
    return mask(rule.mask, value)


# --- what stands around a place


@noun
class Announced:
    """A word that announces an entity, where nothing of its shape stands. `masked`: what follows it is hidden in part."""

    entity: str
    word: str
    masked: bool


def announced(detector: Detector, text: str, found: Sequence[Considered]) -> list[Announced]:
    """The context words and field names of a line whose rules looked at nothing in it."""
    folded = fold(text)
    told = {one.rule for one in found}
    result = []
    for recognizer in detector.recognizers:
        if recognizer.rule.id in told or not recognizer.rule.context or not recognizer.shapes:
            continue
        m = _words(recognizer.rule.context).search(folded)
        if m is not None:
            masked = recognizer.values.masked(folded[m.end() : m.end() + _FOLLOWING])
            result.append(Announced(entity=recognizer.rule.entity, word=m[0], masked=masked))
    return result


@lru_cache(maxsize=256)
def _words(terms: tuple[str, ...]) -> re.Pattern[str]:
    pattern = word_pattern(terms)
    assert pattern is not None
    return pattern


def named_file(detector: Detector, path: str) -> tuple[str, ...]:
    """Entities of which no unnamed value counts in a file of this name."""
    return tuple(
        sorted(
            {
                recognizer.rule.entity
                for recognizer in detector.recognizers
                if recognizer.rule.look_alikes.files and named_like(path, recognizer.rule.look_alikes.files)
            }
        )
    )
