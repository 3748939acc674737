"""What one rule makes of a sentence: values beside labels as people write them (told.py), and names without a label (bare.py).

Neither is a sign by itself, as the next word of a sentence stands there too. So a value's own form decides, and where that says little, company.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from auditor.detectors.fields import FieldClass, qualified, shown
from auditor.detectors.hit import Hit
from auditor.detectors.pair import Pair
from auditor.detectors.scene import Scene
from auditor.detectors.spoken import NOBODY, english_words, romanised, spread, sure, word
from auditor.detectors.told import SAID
from auditor.detectors.validators import Validity

if TYPE_CHECKING:
    from auditor.detectors.recognizer import Recognizer

_OF_GROUPS: Final = frozenset("팀원자인부과처")
"""With which words for those who do something end."""
_LEAST_DOUBTFUL: Final = 3
"""Letters of a name that begins as a word does, behind a label and a blank."""


class Sentence:
    """A recogniser's view of sentences."""

    def __init__(self, recognizer: Recognizer) -> None:
        rule = recognizer.rule
        self._recognizer = recognizer
        self._rule = rule.id
        self.people = rule.validator == "person_name"
        self._told = rule.field_value is not None and rule.entity != "CREDENTIAL"  # a password has any form

    def hits(self, scene: Scene) -> Iterator[Hit]:
        """The values beside labels, then the names without one."""
        if self._told and (scene.latin or self._rule not in scene.bystanders):
            for pair, named in scene.named_told(self._recognizer.index):
                if self._rule in named.strong or self._rule in named.weak:
                    around = map(self._recognizer.index.classify, scene.keys_at(pair.start, told=True))
                    hit = None if qualified(named, list(around), self._rule) else self._value(scene, pair, named)
                    if hit is not None and not (hit.status == "open" and self.is_word(pair.value, pair.key)):
                        yield hit.moved(pair.start)
        if self.people:
            yield from self._names(scene)

    def label(self, scene: Scene, start: int, end: int) -> FieldClass | None:
        """What the label says that somebody wrote beside a shape, if it says this rule's name."""
        told = (pair for pair in scene.told if pair.start == start and pair.end == end)
        classes = (self._recognizer.index.classify(pair.key) for pair in told)
        return next((said for said in classes if self._rule in said.strong), None)

    def romanised(self, value: str, named: FieldClass) -> Hit | None:
        """The open hit that a Korean or Chinese name in Latin letters is under a weak name: it counts beside other personal data in its line."""
        if not self.people or self._rule not in named.weak or not value.isascii() or not romanised(value):
            return None
        hit = self._recognizer.named_value(value, replace(named, strong=named.strong | {self._rule}))
        if hit is not None:
            hit.status, hit.company, hit.strong = "open", "line", False
        return hit

    def is_word(self, value: str, key: str) -> bool:
        """Whether what a weak label calls a name is a word: `담당자: 개발팀`, `대상자: 전체`."""
        return (
            self.people
            and not key.isascii()
            and word(value)
            and (len(value) == 2 or value[-1] in _OF_GROUPS or value in NOBODY)
        )

    def _value(self, scene: Scene, pair: Pair, named: FieldClass) -> Hit | None:
        """The hit that a value is which somebody wrote beside a label; None where its form does not say so too."""
        value = scene.text[pair.start : pair.end]
        strong = self._rule in named.strong
        if not strong and pair.style == "below" and not (self.people and "가" <= value[0] <= "힣" and sure(value)):
            return None
        if not strong and self.people and value.isascii():
            named = replace(named, strong=named.strong | {self._rule})
        hit = self._recognizer.named_value(value, named)
        if (
            hit is None
            or hit.protection != "clear"
            or (self.people and pair.style == "beside" and english_words(value))
        ):
            return None
        if self.people:
            return self._name(hit, value, pair, scene, strong=strong)
        if self._recognizer.validator is None:
            hit.status = "open"
        elif hit.validity is not Validity.VALID:
            return None
        return hit

    def _name(self, hit: Hit, value: str, pair: Pair, scene: Scene, *, strong: bool) -> Hit | None:
        """The same of a name: found, open, or nobody's, by how sure it is, its label and what stands between them."""
        certain = sure(value)
        marked = pair.style == "told"
        said = SAID.match(scene.folded, pair.end) is not None
        doubtful = (
            not certain and not said and (pair.style == "beside" or len(value) == 2) and word(value)
        )  # `예금주 조회`, `성명 지연성`
        short = "가" <= value[0] <= "힣" and len(value) < _LEAST_DOUBTFUL
        if pair.style == "beside" and ((short and not strong) or (doubtful and (short or not strong))):
            return None
        foreign = value.isascii() and not certain and (not strong or not pair.key.isascii())
        found = (certain or marked) if strong else (certain and marked and not pair.key.isascii())
        below = pair.style == "below" and not strong
        hit.company = "line" if doubtful or foreign else "near" if below else ""
        hit.status = "accepted" if found and not hit.company else "open"
        hit.strong = strong
        if spread(value):
            hit.value = "".join(value.split())
        return hit

    def _names(self, scene: Scene) -> Iterator[Hit]:
        """The open hits of names without a label: one with a title counts near personal data, others in their line."""
        whole = scene.text.strip()
        for name in scene.bare:
            value = scene.text[name.start : name.end]
            if value == whole or not self._recognizer.validity(value):
                continue  # what is all of a cell is for its column to decide
            near = bool(name.title) and (not value.isascii() or romanised(value))
            yield Hit(
                recognizer=self._recognizer, start=name.start, end=name.end, score=0.6, status="open", validity=Validity.VALID,
                why=(f"title {shown(name.title)}",) if name.title else ("a person's name",), named=True, by_name=True,
                company="near" if near else "line", value="".join(value.split()) if spread(value) else value,
            )  # fmt: skip
