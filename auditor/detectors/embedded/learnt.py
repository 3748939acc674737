"""Values in a layout that no reader knows: learnt from those that tell themselves.

A mail address stands some characters behind the word for it, a resident's number as many behind another, a date of birth as well: what
lies between each of them and its label is the layout's own, and whatever lies behind it elsewhere is a value under the label before it.
Names and nicknames, which nothing else would tell, are found so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.records import Field, Records
from auditor.detectors.embedded.rows import blanked
from auditor.detectors.embedded.telltale import Telltale, windows
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text
from auditor.model.noun import noun

_FAR: Final = 240
"""Characters between a label and its value, at most."""
_AROUND: Final = 1_000
"""Bytes around a value that is somebody's in which others are learnt from."""
_NEAR: Final = 60
"""Characters between a value and its label behind it."""
_LINES: Final = 8
_GLANCE: Final = 300
_EARLY: Final = 60
"""Values of a text from which its layouts are learnt; and after how many it is given up where none stand alike."""
_LEAST: Final = 3
"""Values that must stand alike, under two labels or more."""
_ALONE: Final = 8
"""The same under one label, where what stands between is no chance: two numbers, or letters and the value in quotes or brackets."""
_SHARE: Final = 0.6
"""Of the values that a layout gives labels of a certain form, the part that must have it."""
_MOST: Final = 8
_LONGEST: Final = 400
_WORD: Final = re.compile(r"[\w$]+(?:-[\w$]+)*")
_PHRASE: Final = 4
_BACK: Final = 10
"""Words between a label and its value, at most."""
_JOINED: Final = re.compile(r"[ /]|\. ?")
_BRACKETED: Final = r"(?:[ ]?\([^()\n]{1,20}\))?"
_QUOTES: Final = "\"'`"
_PAIRS: Final = {"[": "]", "(": ")", "{": "}", "<": ">", "「": "」", "【": "】"}
# What stands between a name and its value where a line alone tells both (told.py, pairs.py).
_PLAIN: Final = re.compile(r"[\"'`\])}]{0,3}[ \t]*(?::=|=>|->|[:=>,;|]|：)[ \t]*[\"'`(\[{]{0,2}|[ \t]?")
_PLAINLY: Final = re.compile(r"[\w\])\"'`][ \t]*(?:=>|[:=>])[ \t]*[\"'`]?$")
"""What ends a line before a value whose own label stands there already."""
_LETTERS: Final = re.compile(r"(?<!\\)[A-Za-z]{3}|[가-힣ก-๙一-龥]{2}")
_CLOSING: Final = "\"'`])}>」】"
_BREAK: Final = r"\s*\n[ \t]*"
_PART: Final = re.compile(r"[0-9]+|[ \t]*(?:\r?\n[ \t]*)+|[ \t]+")


@noun
class _Layout:
    """What stands between a label and its value, as an expression; and what ends the value, "" for the line's end.

    `after`: the label stands behind the value, which begins behind `end` then.
    """

    between: str
    end: str
    after: bool = False

    @property
    def below(self) -> bool:
        """Whether the value is simply the line below: its label is a line then."""
        return self.between == _BREAK

    def taught(self, pairs: set[tuple[str, str]]) -> bool:
        """Whether so many labels and values tell that it is one."""
        if len({name for name, _ in pairs}) > 1:
            return len(pairs) >= _LEAST
        if len(pairs) < _ALONE:
            return False
        return self.between.count("[0-9]+") > 1 or (bool(_LETTERS.search(self.between)) and self.end in tuple(_CLOSING))


class Learnt:
    """The layouts of one asset. What one text has taught holds for the next."""

    goes_on = False

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._telltale = Telltale(index)
        self._seen: dict[_Layout, set[tuple[str, str]]] = {}
        self._agreed: set[_Layout] = set()
        self._records = Records(index, "layout")

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The labels and values of a text that stand in a learnt layout, as records, and the text without them."""
        data = text.text
        self._learn(data)
        known = Counter({layout: len(pairs) for layout, pairs in self._seen.items() if layout.taught(pairs)})
        fields: list[Field] = []
        for layout, _ in known.most_common(_MOST):
            found = list(self._read(data, layout))
            if self._agree(found, 1 if layout in self._agreed else _LEAST):
                self._agreed.add(layout)
                fields += found
        end = line = position = 0
        for field in sorted(fields, key=lambda field: (field.span, -len(field.name))):
            if field.span[0] < end:
                continue
            end = field.span[1]
            line += data.count("\n", position, field.span[0])
            position = field.span[0]
            self._records.add(Field(name=field.name, value=field.value, line=line + 1, span=field.span))
        tables, taken = self._records.tables(text)
        return tables, blanked(text, sorted(taken))

    def _learn(self, data: str) -> None:
        """Look for labels around values that tell themselves."""
        for start, end, value in self._values(data):
            before = data[max(0, start - _FAR) : start]
            before = "\n".join(before.split("\n")[-_LINES:])
            name, at = self._before(before, value)
            if name and not _PLAIN.fullmatch(before, at) and not self._nearer(name, before[at:]):
                closing = _closing(before, data[end : end + 80])
                if closing is not None:
                    self._note(_Layout(between=_expression(before[at:]), end=closing), name, value)
            if not name or len(before) - at > _NEAR:
                self._learn_after(data, start, end, value)

    def _values(self, data: str) -> Iterator[tuple[int, int, str]]:
        count = 0
        for first, last in windows(data, _AROUND, _AROUND, mail=True):
            for value in self._telltale.values(data, _GLANCE, first, last):
                yield value
                count += 1
                if count == _GLANCE or (count == _EARLY and not any(len(pairs) > 1 for pairs in self._seen.values())):
                    return

    def _learn_after(self, data: str, start: int, end: int, value: str) -> None:
        opened = data[start - 1 : start]
        line = data.rfind("\n", 0, start) + 1
        if not opened or opened.isalnum() or _PLAINLY.search(data[max(line, start - 80) : start]):
            return
        behind = data[end : end + _NEAR].split("\n", 1)[0]
        wanted = self._telltale.rules(value)
        for words in _phrases_on(behind):
            for first, last in words:
                if self._index.classify(behind[first:last]).strong & wanted:
                    if first > 1:
                        layout = _Layout(between=_expression(behind[:first]), end=opened, after=True)
                        self._note(layout, behind[first:last], value)
                    return

    def _nearer(self, name: str, between: str) -> bool:
        """Whether another value that may be the label's stands nearer to it."""
        wanted = self._index.classify(name).strong
        return any(self._telltale.rules(value) & wanted for _, _, value in self._telltale.values(between, _LINES))

    def _note(self, layout: _Layout, name: str, value: str) -> None:
        if layout in self._seen or len(self._seen) < 20 * _GLANCE:
            self._seen.setdefault(layout, set()).add((name, value))

    def _before(self, before: str, value: str) -> tuple[str, int]:
        """The nearest label whose values look like this one, and where it ends; "" if there is none."""
        wanted = self._telltale.rules(value)
        for words in _phrases(before):
            for start, end in words:
                if (
                    not before[words[-1][0] : end].isdecimal()
                    and self._index.classify(before[start:end]).strong & wanted
                ):
                    return before[start:end], end
        return "", 0

    def _read(self, data: str, layout: _Layout) -> Iterator[Field]:
        """What stands in a layout: the longest name that a rule knows, else the word, and what is behind it."""
        for m in _compiled(layout).finditer(data):
            value = m["value"].strip()
            if not value:
                continue
            if layout.after:
                words = next(_phrases_on(data[m.end() : m.end() + 80].split("\n", 1)[0]), None)
                if words is not None and words[0][0] == 0:
                    name = self._name([data[m.end() : m.end() + end] for _, end in words])
                    if name:
                        yield Field(name=name, value=value, line=0, span=m.span("value"))
                continue
            before = data[max(data.rfind("\n", 0, m.start()) + 1, m.start() - 80) : m.start()]
            words = next(_phrases(before), None)
            if words is None or words[0][1] != len(before):
                continue
            if layout.below and before[: words[0][0]].strip():
                continue
            name = self._name([before[start:end] for start, end in words])
            if name:
                yield Field(name=name, value=value, line=0, span=m.span("value"))

    def _name(self, phrases: list[str]) -> str:
        for phrase in phrases:  # the longest first
            said = self._index.classify(phrase)
            if said.strong or said.excluded or said.credential:
                return label(phrase)
        return label(phrases[-1])

    def _agree(self, fields: list[Field], least: int) -> bool:
        """Whether most values whose labels want a certain form have it, and there are enough of them."""
        fit = asked = 0
        for field in fields:
            said = self._telltale.fits(self._index.classify(field.name).strong, field.value)
            if said is not None:
                asked += 1
                fit += said
        return asked >= least and fit >= _SHARE * asked


def _phrases(before: str) -> Iterator[list[tuple[int, int]]]:
    """For each of the last words, from the last one on: where the phrases begin and end that end with it, the longest first."""
    words = [m.span() for m in _WORD.finditer(before)]
    for last in range(len(words) - 1, max(-1, len(words) - 1 - _BACK), -1):
        first = last
        while (
            first
            and last - first < _PHRASE - 1
            and not before[words[first - 1][0]].isdecimal()
            and _JOINED.fullmatch(before, words[first - 1][1], words[first][0]) is not None
        ):
            first -= 1
        yield [(words[at][0], words[last][1]) for at in range(first, last + 1)]


def _phrases_on(behind: str) -> Iterator[list[tuple[int, int]]]:
    """For each word in order: where the phrases of words begin and end that begin with it, the longest first."""
    words = [m.span() for m in _WORD.finditer(behind)]
    for first in range(len(words)):
        last = first
        while (
            last + 1 < len(words)
            and last - first < _PHRASE - 1
            and _JOINED.fullmatch(behind, words[last][1], words[last + 1][0]) is not None
        ):
            last += 1
        yield [(words[first][0], words[at][1]) for at in range(last, first - 1, -1)]


def _expression(between: str) -> str:
    """What stands between, with any numbers and any blanks in their places."""
    parts = []
    position = 0
    for m in _PART.finditer(between):
        parts.append(re.escape(between[position : m.start()]))
        parts.append(r"[0-9]+" if m[0].isdigit() else _BREAK if "\n" in m[0] else r"[ \t]+")
        position = m.end()
    parts.append(re.escape(between[position:]))
    return "".join(parts)


def _closing(before: str, after: str) -> str | None:
    """What ends a value: the quote or bracket that opened before it, another mark, "" for a line's end; None where words go on."""
    opened = before.rstrip(" \t")[-1:]
    rest = after.lstrip(" \t")
    if opened in _QUOTES and opened and after.startswith(opened):
        return opened
    if rest[:1] and _PAIRS.get(opened) == rest[0]:
        return rest[0]
    if not rest.rstrip("\r\n ") or rest[0] in "\r\n":
        return ""
    return None if rest[0].isalnum() or rest[0] in ".-_" else rest[0]


@lru_cache(maxsize=256)
def _compiled(layout: _Layout) -> re.Pattern[str]:
    end = layout.end
    if layout.after:
        value = rf"(?P<value>[^{re.escape(end)}\n]{{1,{_LONGEST}}}?)"
        return re.compile(rf"{re.escape(end)}{value}{layout.between}(?=[\w$])")
    if end in _QUOTES and end:
        value = rf"(?P<value>(?:[^{end}\\\n]|\\.){{1,{_LONGEST}}})"
    elif end:
        value = rf"(?P<value>[^{re.escape(end)}\n]{{1,{_LONGEST}}})"
    else:
        value = rf"(?P<value>[^\n]{{1,{_LONGEST}}})"
    return re.compile(rf"(?<=[\w$]){_BRACKETED}{layout.between}{value}{re.escape(end) if end else '$'}", re.MULTILINE)
