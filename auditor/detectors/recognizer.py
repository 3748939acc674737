"""One rule, compiled: finds shapes, weighs what speaks for and against them, and says why.

Both paths use this one object: the fast path on cells and lines that a gate let through, and the Presidio recogniser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import chain
from typing import Final

from auditor.detectors.context import Context
from auditor.detectors.fields import FieldClass, FieldIndex, qualified, shown
from auditor.detectors.hit import UNMISTAKABLE, Hit
from auditor.detectors.pair import Pair
from auditor.detectors.scene import Scene, named_like
from auditor.detectors.search import Search, Which
from auditor.detectors.sentence import Sentence
from auditor.detectors.shapes import Shape, compiled, goes_on, without_last
from auditor.detectors.spans import Spans
from auditor.detectors.spoken import untitled
from auditor.detectors.validators import VALIDATORS, Validator, Validity
from auditor.detectors.validators.people import kr_corporate_registry
from auditor.detectors.validators.validity import digits_of
from auditor.detectors.values import Values, unescape
from auditor.model.rule import Pattern, RecognizerRule

_COMMENT: Final = re.compile(r"""[ \t]*(?:\#|//|"[ \t]|;|--|<!--|%|dnl\b|\.\\"|REM\b)""")

_OF_WORK: Final = re.compile(
    "(?i)location|venue|place|office|company|site|store|shop|branch|head|장소|회의|행사|매장|지점|본사|사옥|센터|영업|소재|사업장|업체|회사|기관|场所|地点|公司|门店|单位|สถานที่|สาขา|บริษัท"
)
"""Names of fields in which places stand that are nobody's home."""
_EMPHASIS: Final = "_*`~"
"""Marks of Markdown around a value."""


class Recognizer:
    """A rule's patterns, names, context and validator, ready to use. ValueError for an unknown validator.

    Expressions are compiled when a gate first lets something through to the rule (ValueError for a bad one, which the
    ruleset's own checks have refused before): most of them never are, and together they cost more than a small delivery.
    """

    def __init__(self, rule: RecognizerRule, index: FieldIndex, values: Values) -> None:
        self.rule = rule
        self.index = index
        self.values = values
        self.shapes = tuple(Shape(pattern) for pattern in rule.patterns)
        self.protected = tuple(Shape(pattern) for pattern in rule.protected)
        if rule.validator is not None and rule.validator not in VALIDATORS:
            raise ValueError(f"{rule.id}: no validator is called {rule.validator!r}")
        self.sentence = Sentence(self)
        self._excluded_files = rule.look_alikes.excluded_files
        self.validator: Validator | None = VALIDATORS[rule.validator] if rule.validator is not None else None

    @cached_property
    def field_value(self) -> re.Pattern[str] | None:
        """What a value of a so-named field looks like."""
        return compiled(self.rule.field_value) if self.rule.field_value is not None else None

    @cached_property
    def _not_values(self) -> re.Pattern[str]:
        return compiled("|".join(self.rule.not_field_values) or r"(?!)", re.IGNORECASE)

    @cached_property
    def _placeholders(self) -> re.Pattern[str]:
        return compiled("|".join(self.rule.look_alikes.values) or r"(?!)", re.IGNORECASE)

    @cached_property
    def _context(self) -> Context:
        rule = self.rule
        return Context(rule.context, rule.not_context, self._same_kind, needs_company=rule.needs_company)

    def _same_kind(self, value: str) -> bool:
        size = len(value)
        return any(shape.shortest <= size and shape.whole.fullmatch(value) for shape in self.shapes)

    # --- shapes

    def validity(self, value: str) -> Validity:
        """What the value says about itself: VALID where the rule has no validator."""
        if self._placeholders.fullmatch(value):
            return Validity.INVALID
        if self.validator is None:
            return Validity.VALID
        validity = self.validator(value)
        return Validity.INVALID if self.rule.strict and validity is Validity.DOUBTFUL and self.shapes else validity

    def canonical(self, value: str) -> tuple[Pattern, Validity] | None:
        """The pattern that a whole folded cell has, and its validity; None if it has none of them."""
        found = None
        for shape in self.shapes:
            if not shape.grouped and shape.whole.fullmatch(value):
                validity = self.validity(value)
                if validity:
                    return shape.pattern, validity
                found = found or (shape.pattern, validity)
        return found

    @cached_property
    def _anywhere(self) -> Search | None:
        """All shapes in one search; None where one has a gate of its own, because it is no part of a union."""
        return None if any(shape.pattern.gate for shape in self.shapes) else Search.union([s.core for s in self.shapes])

    @cached_property
    def _which(self) -> Which:
        """All shapes, each by its gate if it has one, which is seen wherever the shape is."""
        return Which([shape.pattern.gate or shape.core for shape in self.shapes])

    def shapes_in(self, scene: Scene) -> Iterator[tuple[int, int, Pattern, Validity]]:
        """Every place of the text that has one of the shapes and may be valid, widest pattern first."""
        text = scene.folded
        room = len(text)
        taken: list[tuple[int, int]] = []
        several = len(self.shapes) > 1
        seen = sorted(self._which.within(scene.encoded)) if several else range(len(self.shapes))
        for shape in (self.shapes[number] for number in seen):
            if taken and not shape.grouped and shape.shortest > room:
                continue  # what it finds would overlap what is found
            begin = scene.first(shape.anywhere) if several else 0
            if begin < 0:
                continue
            before = len(taken)
            for m in shape.search.finditer(text, begin):
                start, end = m.span("value") if shape.grouped else m.span()
                if start == 0 and scene.cut_left:
                    continue
                if taken and any(start < other_end and other_start < end for other_start, other_end in taken):
                    continue
                if goes_on(text, start, end) and (end := self.shorter(shape, text, start, end)) < 0:
                    continue
                validity = self.validity(text[start:end])
                if validity:
                    taken.append((start, end))
                    yield start, end, shape.pattern, validity
            if len(taken) > before and shape is not self.shapes[seen[-1]]:
                room = self._room(scene, taken)

    def shorter(self, shape: Shape, text: str, start: int, end: int) -> int:
        """Where a hit ends that goes on as a longer number, without it; -1 where nothing is left."""
        return without_last(shape, text, start, end) if self.rule.entity in UNMISTAKABLE else -1

    def _room(self, scene: Scene, taken: list[tuple[int, int]]) -> int:
        """Characters of the longest stretch beside some spans that may hold one of the shapes."""
        widest, end, past = 0, 0, len(scene.folded)
        if self._anywhere is not None:
            end = scene.first(self._anywhere)
            last = max(end for _, end in taken)
            if scene.first(self._anywhere, last) < 0:
                past = last
        for start, stop in sorted(taken):
            widest, end = max(widest, start - end), stop
        return max(widest, past - end)

    # --- evidence

    def excludes(self, path: str) -> bool:
        """Whether in a file of that name nothing is it, named or not."""
        return self._excluded_files != () and named_like(path, self._excluded_files)

    def hits(self, scene: Scene) -> list[Hit]:
        """Every hit in a line or cell, judged by what stands in it."""
        if self.excludes(scene.file.path):
            return []
        found = Spans()
        for shape in self.shapes_in(scene):
            hit = self.judge(scene, *shape)
            if hit.status != "rejected":
                found.add(hit)
        if self.field_value is not None or self.protected:
            told = chain(self._by_name(scene), self.sentence.hits(scene))
            for hit in sorted(told, key=lambda hit: hit.status != "accepted"):
                inside = found.overlapping(hit.start, hit.end)
                if all(not other.by_name and hit.start <= other.start and other.end <= hit.end for other in inside):
                    for other in inside:  # the field's whole value, not its shape within
                        found.drop(other)
                    found.add(hit)
        return list(found)

    def judge(self, scene: Scene, start: int, end: int, pattern: Pattern, validity: Validity) -> Hit:
        """Weigh one shape by the field names and words around it."""
        rule = self.rule
        why = [pattern.name]
        if self.validator is not None and validity is Validity.VALID:
            why.append("valid")
        hit = Hit(
            recognizer=self,
            start=start,
            end=end,
            score=pattern.score,
            status="open",
            validity=validity,
            why=(),
            protection=pattern.protection,
        )
        text = scene.folded
        if rule.look_alikes.prefixes and text[max(0, start - 12) : start].lower().endswith(rule.look_alikes.prefixes):
            hit.status = "rejected"
            hit.why = (pattern.name, "a look-alike's mark right in front of it")
            return hit
        keys = scene.keys_of(start, end)
        classes = [self.index.classify(pair.key) for pair in keys]
        if scene.header is not None:
            classes.append(self.index.header(scene.header))
        named = None
        if classes:
            named = next((c for c in classes if rule.id in c.strong), None) or next(
                (c for c in classes if rule.id in c.weak), None
            )
        hit.unkeyed = not classes
        hit.deaf = (
            scene.cells  # what a row's column is called has been read
            or any(
                pair.start == start and (rule.entity not in UNMISTAKABLE or _OF_WORK.search(pair.key)) for pair in keys
            )
            or (
                validity is Validity.DOUBTFUL
                and (text[start:end].isdigit() or kr_corporate_registry(digits_of(text[start:end])))
            )
        )
        if named is None and pattern.needs == "field":
            named = self.sentence.label(scene, start, end)
        if named is not None and qualified(named, classes, rule.id):
            named = None
        if named is None and classes:
            if (other := next((c for c in classes if rule.id in c.excluded), None)) is not None:
                hit.status = "rejected"
                hit.why = (pattern.name, f"field name {shown(other.told)} is a look-alike's")
                return hit
            secret = next((c for c in classes if rule.id in c.credential), None)
            if (
                secret is not None and pattern.needs != "field"
            ):  # no gate lets through what only the rule's own names would
                hit.status = "credential"
                hit.protection = "hashed" if any(rule.id in c.hashed for c in classes) else "clear"
                hit.why = (pattern.name, f"field name {shown(secret.told)}")
                return hit
        context = (
            ""
            if named is not None and rule.id in named.strong
            else self._context.nearby(
                scene, start, end, keyed=any(pair.start == start and pair.end == end for pair in keys)
            )
        )
        if named is not None and context != "-":
            hit.named = True
            hit.strong = rule.id in named.strong
            why.append(f"field name {shown(named.told)}")
        elif context == "-":
            why.append("context against it")
        elif context:
            why.append(f"context {shown(context)}")
        speaks = hit.named or (bool(context) and context != "-")
        unnamed_file = bool(rule.look_alikes.files) and named_like(scene.file.path, rule.look_alikes.files)
        need = pattern.needs
        if (
            rule.needs_company
            and not speaks
            and (text.isascii() or scene.file.written or not scene.bare)
            and _COMMENT.match(text)
        ):
            hit.status = "rejected"
            hit.why = (*why, "in a comment")
            return hit
        if need == "nothing" and (context == "-" or unnamed_file or validity is Validity.DOUBTFUL):
            need = "context"
        enough = {"nothing": True, "context": speaks, "field": hit.named}[need]
        if enough and not (unnamed_file and not hit.named):
            hit.status = "accepted"
            hit.score = _score(pattern.score, hit.named, speaks, validity, self.validator is not None)
        elif unnamed_file or context == "-" or need == "field":
            hit.status = "rejected"
            if context != "-":
                why.append("only a field name counts in such a file" if unnamed_file else "only a field name would do")
        hit.why = tuple(why)
        return hit

    # --- values known by their field's name alone

    def _by_name(self, scene: Scene) -> Iterator[Hit]:
        rule = self.rule.id
        for pair, named in () if rule in scene.bystanders else scene.named(self.index):
            if rule not in named.strong and rule not in named.weak:
                continue
            around = list(map(self.index.classify, scene.keys_at(pair.start, told=False)))
            if qualified(named, around, self.rule.id):
                continue
            if pair.style == "passed" or (
                pair.style == "bare" and (scene.file.code or self._looks_like_code(scene, pair))
            ):
                continue
            value = scene.text[pair.start : pair.end]
            if scene.header is None and self.sentence.people:
                value = untitled(value)
            hit = self.named_value(value, named) or self.sentence.romanised(value, named)
            if hit is not None and not (hit.status == "open" and self.sentence.is_word(value, pair.key)):
                yield hit.moved(pair.start)

    @staticmethod
    def _looks_like_code(scene: Scene, pair: Pair) -> bool:
        """Whether a value without quotes is followed by what only code has: a call, an index, the end of a statement."""
        after = scene.folded[pair.end : pair.end + 2]
        return after[:1] in ("(", "[", "{", "<", "`") or (
            after[:1] == ";" and scene.folded.rstrip().endswith(";") and "&" not in scene.folded
        )

    def named_value(self, value: str, named: FieldClass) -> Hit | None:
        """The hit that a whole value of a so-named field is, in clear or protected; None if it is nobody's."""
        raw = value.strip()
        if len(raw) > 2 and raw[0] == raw[-1] and raw[0] in _EMPHASIS:
            raw = raw[1:-1]
        start = value.find(raw) if raw else 0
        stripped = unescape(raw)
        strong = self.rule.id in named.strong
        for shape in self.protected if strong else ():
            if shape.whole.fullmatch(stripped):
                why: tuple[str, ...] = (f"field name {shown(named.told)}",)
                return Hit(
                    recognizer=self, start=start, end=start + len(raw), score=shape.pattern.score, status="accepted",
                    validity=Validity.DOUBTFUL, why=(*why, shape.pattern.name), named=True, strong=True, protection=shape.pattern.protection,
                    by_name=True, value=stripped,
                )  # fmt: skip
        if self.field_value is None or not self.field_value.fullmatch(stripped) or self._not_values.fullmatch(stripped):
            return None
        if not self.values.plausible(stripped):
            return None
        validity = self.validity(stripped)
        if (
            validity is Validity.INVALID
            or (not strong and validity is not Validity.VALID)
            or (not strong and self.validator is None)
        ):
            return None
        return Hit(
            recognizer=self, start=start, end=start + len(raw), score=0.9 if validity is Validity.VALID and strong else 0.6,
            status="accepted" if strong else "open", validity=validity, why=(f"field name {shown(named.told)}",), named=True, strong=strong, by_name=True,
            value=stripped,
        )  # fmt: skip

    def remaining_value(self, value: str, named: FieldClass) -> Hit | None:
        """The open hit of a cell that by itself looks like nobody's value (`271`, `echo.river`), for its column to decide."""
        stripped = value.strip()
        rule = self.rule
        if (
            rule.patterns
            or rule.column is None
            or self.field_value is None
            or not self.field_value.fullmatch(stripped)
            or self._placeholders.fullmatch(stripped)
            or not self.values.possible(stripped)
        ):
            return None
        start = value.find(stripped)
        return Hit(
            recognizer=self, start=start, end=start + len(stripped), score=0.5, status="open", validity=Validity.DOUBTFUL,
            why=(f"field name {shown(named.told)}",), named=True, strong=True, by_name=True, value=stripped,
        )  # fmt: skip


@lru_cache(maxsize=1024)
def _score(base: float, named: bool, context: bool, validity: Validity, checked: bool) -> float:
    """From 0 to 1: a shape's own score, raised by a check digit, by context, most by a field name."""
    score = base
    if checked:
        score += 0.2 if validity is Validity.VALID else -0.1
    score += 0.35 if named else 0.25 if context else 0.0
    return round(min(score, 1.0), 2)
