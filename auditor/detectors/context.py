"""The words around a value: which of a rule's words stands nearest, for or against it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from auditor.detectors.answers import ANSWER
from auditor.detectors.scene import Scene

BEFORE: Final = 60
AFTER: Final = 16
"""How many characters around a hit may hold its context: bounded, or one long line costs its square."""
_JOINT: Final = r"[\s_-]{0,3}"
_CLAUSE_END: Final = re.compile(r"[,;|\n\"'=:<>\[\]{}]")
_CODED: Final = re.compile(
    r"[A-Za-z0-9+/]{20,}+==|(?=[A-Za-z0-9/]{0,80}\+)(?=[A-Za-z+/]{0,80}[0-9])(?=[A-Z0-9+/]{0,80}[a-z])(?=[a-z0-9+/]{0,80}[A-Z])[A-Za-z0-9+/]{20,}+={0,2}"
)
"""A value in base64. A path has no `+`, words that `+` joins have no digits and capitals among them."""
_STANDS_ALONE: Final = re.compile(rf"[\s\"'`,;:|>\[({{*\-]*(?:<[^<>]*>\s*)*[\s\"'`]*|{ANSWER}")


class Context:
    """A rule's context words, compiled. `same_kind` tells whether a text has one of the rule's own shapes."""

    def __init__(
        self, words: tuple[str, ...], against: tuple[str, ...], same_kind: Callable[[str], bool], *, needs_company: bool
    ) -> None:
        self._context = word_pattern(words)
        self._not_context = word_pattern(against)
        self._same_kind = same_kind
        self._needs_company = needs_company

    def nearby(self, scene: Scene, start: int, end: int, *, keyed: bool = False) -> str:
        """The nearest context word; "-" if a word against it is nearer; "" if there is none.

        Words before a hit count up to the value before it, which they belong to; over values of the same kind, as in a
        list, unless the hit is the whole value of a field of its own (`keyed`).
        """
        if self._context is None and self._not_context is None:
            return ""
        text = scene.folded
        left = max(0, start - BEFORE)
        for pair in scene.pairs:
            if not left < pair.end <= start or _told(self._context, pair.value) is not None:
                continue  # a context word as a value is a word about what follows
            if keyed or not self._same_kind(pair.value):
                left = pair.end
        before = text[left:start]
        if self._not_context is None and self._context is not None and not scene.lead and len(text) == end - start:
            return ""
        if scene.header is not None:
            before = f"{scene.header} {before}" if left == 0 else before
        elif scene.lead and left == 0 and _STANDS_ALONE.fullmatch(before):
            before = f"{scene.lead} {before}"
        word = _told(self._context, before)
        # Whose address it is stands before the name: `Author: A B <a@b>`. Elsewhere a word belongs to the value after it.
        against = _told(self._not_context, text[max(0, start - BEFORE) : start] if self._needs_company else before)
        if against is not None and (word is None or (against[0], len(against[1])) > (word[0], len(word[1]))):
            return "-"
        if word is not None:
            return word[1]
        after = _CLAUSE_END.split(text[end : end + AFTER], 1)[0]
        if self._not_context is not None and self._not_context.search(after):
            return "-"
        m = self._context.search(after) if self._context is not None else None
        return m[0] if m is not None else ""


def _told(words: re.Pattern[str] | None, text: str) -> tuple[int, str] | None:
    """The last of some words and where it ends; letters of a value in base64 (`…9/cI+…`) are no word."""
    found = _last(words, text)
    if found is not None and _CODED.search(text) is not None:
        found = _last(words, _CODED.sub(lambda m: " " * len(m[0]), text))
    return found


def word_pattern(terms: tuple[str, ...]) -> re.Pattern[str] | None:
    """Context words as one regex: Latin words whole, though `_` may join them; others wherever they stand."""
    latin = _alternatives([term for term in terms if term.isascii()])
    mixed = _alternatives([term for term in terms if not term.isascii() and term[0].isascii()])
    other = _alternatives([term for term in terms if not term[0].isascii()])
    parts = [part for part in (mixed, latin and rf"(?<![A-Za-z]){latin}(?![A-Za-z])", other) if part]
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _alternatives(terms: list[str]) -> str:
    """Any of some words, the longest first. What they begin with is told before they are tried one by one."""
    if not terms:
        return ""
    bodies = [_JOINT.join(map(re.escape, term.split())) for term in sorted(terms, key=len, reverse=True)]
    begin = "".join(sorted({re.escape(term.split()[0][0]) for term in terms}))
    return f"(?=[{begin}])(?:{'|'.join(bodies)})"


def _last(words: re.Pattern[str] | None, text: str) -> tuple[int, str] | None:
    found = None
    if words is not None:
        for m in words.finditer(text):
            found = m.end(), m[0]
    return found
