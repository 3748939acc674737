"""One rule, compiled: finds shapes, weighs what speaks for and against them, and says why.

Both paths use this one object: the fast path on cells and lines that a gate let through, and the Presidio recogniser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import chain
from typing import Final

from auditor.detectors.context import Context
from auditor.detectors.fields import FieldClass, FieldIndex
from auditor.detectors.hit import Hit
from auditor.detectors.pair import Pair
from auditor.detectors.scene import Scene, named_like
from auditor.detectors.search import Search
from auditor.detectors.shapes import Shape, compiled, goes_on
from auditor.detectors.spans import Spans
from auditor.detectors.spoken import romanised, spread, sure, word
from auditor.detectors.validators import VALIDATORS, Validator, Validity
from auditor.detectors.validators.people import kr_corporate_registry
from auditor.detectors.validators.validity import digits_of
from auditor.detectors.values import Values, unescape
from auditor.model.rule import Pattern, RecognizerRule

_OF_GROUPS: Final = frozenset("팀원자인부과처")
"""With which words for those who do something end."""
_LEAST_DOUBTFUL: Final = 3
"""Letters of a name that begins as a word does, behind a label and a blank."""
_COMMENT: Final = re.compile(r"""[ \t]*(?:\#|//|"[ \t]|;|--|<!--|%|dnl\b|\.\\"|REM\b)""")


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
        self._is_told = rule.field_value is not None and rule.entity != "CREDENTIAL"
        """Whether values beside a label in a sentence may be its own: a password has any form."""
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

    def shapes_in(self, scene: Scene) -> Iterator[tuple[int, int, Pattern, Validity]]:
        """Every place of the text that has one of the shapes and may be valid, widest pattern first."""
        text = scene.folded
        room = len(text)
        taken: list[tuple[int, int]] = []
        for shape in self.shapes:
            if taken and not shape.grouped and shape.shortest > room:
                continue  # what it finds would overlap what is found
            begin = scene.first(shape.anywhere) if len(self.shapes) > 1 else 0
            if begin < 0:
                continue
            before = len(taken)
            for m in shape.search.finditer(text, begin):
                start, end = m.span("value") if shape.grouped else m.span()
                if start == 0 and scene.cut_left:
                    continue
                if taken and any(start < other_end and other_start < end for other_start, other_end in taken):
                    continue
                if goes_on(text, start, end):
                    continue
                validity = self.validity(text[start:end])
                if validity:
                    taken.append((start, end))
                    yield start, end, shape.pattern, validity
            if len(taken) > before and shape is not self.shapes[-1]:
                room = self._room(scene, taken)

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
            told = self._by_name(scene)
            if self.rule.validator == "person_name":
                told = chain(told, self._unlabelled(scene))
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
            or any(pair.start == start for pair in keys)
            or (
                validity is Validity.DOUBTFUL
                and (text[start:end].isdigit() or kr_corporate_registry(digits_of(text[start:end])))
            )
        )
        if named is None and pattern.needs == "field":
            named = self._told(scene, start, end)
        if named is not None and qualified(named, classes, rule.id):
            named = None
        if named is None and classes:
            if (other := next((c for c in classes if rule.id in c.excluded), None)) is not None:
                hit.status = "rejected"
                hit.why = (pattern.name, f"field name {_shown(other.told)} is a look-alike's")
                return hit
            if (secret := next((c for c in classes if rule.id in c.credential), None)) is not None:
                hit.status = "credential"
                hit.protection = "hashed" if any(rule.id in c.hashed for c in classes) else "clear"
                hit.why = (pattern.name, f"field name {_shown(secret.told)}")
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
            why.append(f"field name {_shown(named.told)}")
        elif context == "-":
            why.append("context against it")
        elif context:
            why.append(f"context {_shown(context)}")
        speaks = hit.named or (bool(context) and context != "-")
        unnamed_file = bool(rule.look_alikes.files) and named_like(scene.file.path, rule.look_alikes.files)
        need = pattern.needs
        if rule.needs_company and not speaks and _COMMENT.match(text):
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
        bystander = rule in scene.bystanders  # then no label in another script than Latin says its name
        fields = [] if bystander else scene.named(self.index)
        if self._is_told and (scene.latin or not bystander):
            fields = [*fields, *scene.named_told(self.index)]
        for pair, named in fields:
            if rule not in named.strong and rule not in named.weak:
                continue
            said = pair.style in ("told", "beside", "below")
            around = list(map(self.index.classify, scene.keys_at(pair.start, told=said)))
            if qualified(named, around, self.rule.id):
                continue
            if pair.style == "passed" or (
                pair.style == "bare" and (scene.file.code or self._looks_like_code(scene, pair))
            ):
                continue
            value = scene.text[pair.start : pair.end]
            hit = self._told_value(value, named, pair) if said else self.named_value(value, named)
            if hit is None and not said and rule in named.weak and self._is_romanised(value):
                hit = self.named_value(value, replace(named, strong=named.strong | {rule}))
                if hit is not None:
                    hit.status, hit.company, hit.strong = "open", "line", False
            if hit is not None and hit.status == "open" and not pair.key.isascii() and self._is_word(value):
                continue  # `담당자: 개발팀`, `대상자: 전직원`
            if hit is not None:
                hit.start += pair.start
                hit.end += pair.start
                yield hit

    @staticmethod
    def _looks_like_code(scene: Scene, pair: Pair) -> bool:
        """Whether a value without quotes is followed by what only code has: a call, an index, the end of a statement."""
        after = scene.folded[pair.end : pair.end + 2]
        return after[:1] in ("(", "[", "{", "<", "`") or (
            after[:1] == ";" and scene.folded.rstrip().endswith(";") and "&" not in scene.folded
        )

    def _unlabelled(self, scene: Scene) -> Iterator[Hit]:
        """The open hits of names without a label, which count where something else is personal: one with a title near it, others in their line."""
        whole = scene.text.strip()
        for name in scene.bare:
            value = scene.text[name.start : name.end]
            if value != whole and self.validity(value):  # what is all of a cell is for its column to decide
                yield Hit(
                    recognizer=self, start=name.start, end=name.end, score=0.6, status="open", validity=Validity.VALID,
                    why=(f"title {_shown(name.title)}",) if name.title else ("a person's name",), named=True, by_name=True,
                    company="near" if name.title and (not value.isascii() or romanised(value)) else "line", value=value,
                )  # fmt: skip

    def _told(self, scene: Scene, start: int, end: int) -> FieldClass | None:
        """What the label says that somebody wrote beside a shape, if it says this rule's name."""
        told = (pair for pair in scene.told if pair.start == start and pair.end == end)
        return next((said for pair in told if self.rule.id in (said := self.index.classify(pair.key)).strong), None)

    def _is_romanised(self, value: str) -> bool:
        """Whether a value in Latin letters is a name that counts beside other personal data."""
        return self.rule.validator == "person_name" and value.isascii() and romanised(value)

    def _is_word(self, value: str) -> bool:
        """Whether what a weak label calls a name is a word: `담당자: 개발팀`, `대상자: 전체`."""
        return self.rule.validator == "person_name" and word(value) and (len(value) == 2 or value[-1] in _OF_GROUPS)

    def _told_value(self, value: str, named: FieldClass, pair: Pair) -> Hit | None:
        """The hit that a value is which somebody wrote beside a label; None where its form does not say so too."""
        rule = self.rule
        weak = rule.id not in named.strong
        if weak and pair.style == "below":
            return None
        latin = rule.validator == "person_name" and value.isascii()
        if weak and latin:
            named = replace(named, strong=named.strong | {rule.id})
        hit = self.named_value(value, named)
        if hit is None or hit.protection != "clear":
            return None
        if rule.validator is None:
            hit.status = "open"
        elif rule.validator == "person_name":
            certain = sure(value)
            doubtful = (
                not certain and (pair.style == "beside" or len(value) == 2) and word(value)
            )  # `예금주 조회`, and `성명 지연성`
            short = "가" <= value[0] <= "힣" and len(value) < _LEAST_DOUBTFUL
            if pair.style == "beside" and ((weak and short) or (doubtful and (weak or short))):
                return None
            settled = (not weak and (certain or pair.style == "told")) or (
                certain and pair.style == "told" and not pair.key.isascii()
            )
            if doubtful or (latin and not certain and (weak or not pair.key.isascii())):
                settled, hit.company = False, "line"
            hit.value = "".join(value.split()) if spread(value) else hit.value
            hit.status, hit.strong = "accepted" if settled else "open", not weak
        elif hit.validity is not Validity.VALID:
            return None
        return hit

    def named_value(self, value: str, named: FieldClass) -> Hit | None:
        """The hit that a whole value of a so-named field is, in clear or protected; None if it is nobody's."""
        raw = value.strip()
        start = value.find(raw) if raw else 0
        stripped = unescape(raw)
        strong = self.rule.id in named.strong
        for shape in self.protected if strong else ():
            if shape.whole.fullmatch(stripped):
                why: tuple[str, ...] = (f"field name {_shown(named.told)}",)
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
            status="accepted" if strong else "open", validity=validity, why=(f"field name {_shown(named.told)}",), named=True, strong=strong, by_name=True,
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
            why=(f"field name {_shown(named.told)}",), named=True, strong=True, by_name=True, value=stripped,
        )  # fmt: skip


def qualified(named: FieldClass, classes: list[FieldClass], rule: str) -> bool:
    """Whether the same field read with more words is something else: `주소` of `본사 주소`."""
    return any(rule in c.excluded and len(c.name) > len(named.name) and c.name.endswith(named.name) for c in classes)


@lru_cache(maxsize=1024)
def _score(base: float, named: bool, context: bool, validity: Validity, checked: bool) -> float:
    """From 0 to 1: a shape's own score, raised by a check digit, by context, most by a field name."""
    score = base
    if checked:
        score += 0.2 if validity is Validity.VALID else -0.1
    score += 0.35 if named else 0.25 if context else 0.0
    return round(min(score, 1.0), 2)


@lru_cache(maxsize=4096)
def _shown(name: str) -> str:
    """A field name as it may be shown: the vendor wrote it, so it is short and made safe."""
    from auditor.model.text import printable

    return printable(name[-60:])
