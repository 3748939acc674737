"""Lines of one kind: a program's log statement writes the same line again and again, with other values in it.

Presidio's engine answers for the first line of a kind. In the others each rule looks for its shapes and validates them as ever;
only what their surroundings say is taken from what was said before: the fields, the words around. Two lines are of one kind if they
differ in digits and long identifiers alone, place by place, so that every word stands where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from auditor.detectors.context import BEFORE, begins
from auditor.detectors.hit import Hit

if TYPE_CHECKING:
    from auditor.detectors.detector import Detector
    from auditor.detectors.recognizer import Field, Recognizer
    from auditor.detectors.scene import Scene
    from auditor.model.rule import RecognizerRule

_MOST: Final = 4096
"""Kinds held at a time; then all are forgotten: a file of that many has no statements that repeat."""
_LONGEST: Final = 1024
_OPAQUE: Final = re.compile(
    r"(?<=[=:\"'])[A-Za-z0-9+][A-Za-z0-9+/]{63,}|(?<![A-Za-z0-9_])(?=[a-f]*[0-9])[0-9a-f]{8,}(?![A-Za-z0-9_])"
)
"""What is no word: a long identifier in base64 behind its field's name, hexadecimal digits."""
_BASE64: Final = 64
_LEAST_DIGITS: Final = 4
"""Fewer in 64 characters are a path, whose words say something."""
_LETTERS: Final = re.compile("[A-Za-z]+")
_ZEROS: Final = dict.fromkeys(map(ord, "0123456789"), "0")
_KEPT: Final = {ord("0") + digit: chr(0xE000 + digit) for digit in range(10)}
_SPELLING: Final = re.compile(r"%|\\[ux]|&#|[^\x00-\x7f] [0-9]{4}")
"""Digits that spell a character, or a date behind its name, are no values: such lines are of no kind."""


_Place = tuple[str, int, int, str, int, tuple[bool, ...]]
"""Rule, start, end, pattern, validity, and which of the values before it have the rule's shape."""


@dataclass(slots=True)
class _Kind:
    """What was said of one kind's lines: of each shape at its place, and by what the values before it are; of each rule, the fields
    it names; where the fields' values stand.
    """

    judged: dict[_Place, Hit] = field(default_factory=dict)
    fields: dict[str, list[Field]] = field(default_factory=dict)
    values: list[tuple[int, int]] | None = None

    def before(self, recognizer: Recognizer, scene: Scene, start: int) -> tuple[bool, ...]:
        """Which of the values before a place have the rule's shape: what words before these say, they say of the place (context.py)."""
        if self.values is None:
            self.values = [(pair.start, pair.end) for pair in scene.pairs]
        return tuple(
            recognizer.same_kind(scene.folded[first:last])
            for first, last in self.values
            if start - BEFORE < last <= start
        )


class Masker:
    """Makes lines of one kind alike. Kept are the digits of what may be a name, and of some rule's words: `sha512`, `13 หลัก`."""

    def __init__(self, rules: Iterable[RecognizerRule]) -> None:
        words = [word for rule in rules for word in _words(rule)]
        numbers = sorted({number for word in words for number in re.findall("[0-9]+", word)}, key=len, reverse=True)
        any_of = "|".join(numbers) or "(?!)"
        self._words = {"".join(word.lower().split()) for word in words if word.isascii()}
        letter = r"[^\W\d_]"
        self._own = re.compile(
            rf"{letter}[\w$.-]*(?=[\"'`]?[ \t]{{0,3}}[]:=<>|(){{}},→⇒\t\"'])"
            rf"|(?:(?<={letter})|(?<={letter}[ _-]))(?:{any_of})(?![0-9])|(?<![0-9])(?:{any_of})(?=[ _-]?{letter})"
        )

    def mask(self, text: str) -> str:
        """The text, of the same length, with its values hidden."""
        return self._own.sub(_kept, _OPAQUE.sub(self._hidden, text)).translate(_ZEROS)

    def _hidden(self, found: re.Match[str]) -> str:
        run = found[0]
        if len(run) >= _BASE64 and sum(map(run.count, "0123456789")) < _LEAST_DIGITS:
            return run
        if any(word.lower() in self._words for word in _LETTERS.findall(run)):
            return run  # `…+CI/…`: by chance, and a word like any other to what reads context
        return "0" * len(run)


def _words(rule: RecognizerRule) -> Iterable[str]:
    alike = rule.look_alikes
    return (
        *rule.field_names, *rule.weak_field_names, *rule.context, *rule.not_context,
        *alike.prefixes, *alike.fields, *alike.credential_fields, *alike.hashed_fields,
    )  # fmt: skip


def _kept(found: re.Match[str]) -> str:
    return found[0].translate(_KEPT)


class Lines:
    """The lines of one asset."""

    def __init__(self, detector: Detector) -> None:
        self._detector = detector
        self._kinds: dict[str, _Kind] = {}

    def hits(self, scene: Scene, rules: tuple[str, ...]) -> list[Hit]:
        """What `Detector.analyze` answers; the hits are the caller's own."""
        text = scene.folded
        if len(text) > _LONGEST or scene.cut_left or _SPELLING.search(text):
            return self._detector.analyze(scene, rules)
        key = self._detector.masker.mask(text)
        kind = self._kinds.get(key)
        if kind is None:
            if len(self._kinds) >= _MOST:
                self._kinds.clear()
            self._kinds[key] = _Kind()
            return self._detector.analyze(scene, rules)
        found = [hit for rule in rules for hit in _of_rule(kind, self._detector.by_id[rule], scene)]
        if _alike(found):
            return self._detector.analyze(scene, rules)  # the engine says which of them stands
        found.sort(key=lambda hit: (-hit.score, hit.start, hit.start - hit.end))
        return found


def _of_rule(kind: _Kind, recognizer: Recognizer, scene: Scene) -> list[Hit]:
    """What `Recognizer.hits` answers."""
    rule = recognizer.rule.id
    if rule not in kind.fields:
        kind.fields[rule] = list(recognizer.fields_in(scene))
    if recognizer.excludes(scene.file.path):
        return []
    found = []
    for start, end, pattern, validity in recognizer.shapes_in(scene):
        key = (rule, start, end, pattern.name, validity, kind.before(recognizer, scene, start))
        known = kind.judged.get(key)
        if known is None:
            known = recognizer.judge(scene, start, end, pattern, validity)
            if not begins(scene.folded, start):  # else the line before has a say
                kind.judged[key] = known
        if known.status != "rejected":
            found.append(known.of(None))
    return recognizer.with_named(found, scene, kind.fields[rule])


def _alike(found: Sequence[Hit]) -> bool:
    """Whether one rule's hits lie in each other, or one is worth nothing: Presidio leaves some of these out."""
    return any(hit.score <= 0 for hit in found) or any(
        first.recognizer is second.recognizer and first.start <= second.end and second.start <= first.end
        for at, first in enumerate(found)
        for second in found[:at]
    )
