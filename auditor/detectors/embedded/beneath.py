"""Columns that stand one below another: a line with a name, and all its values in the lines below, or above.

What the line looks like is learnt from names whose values tell themselves; with it the other names are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.named import NamedRows
from auditor.detectors.embedded.rows import blanked
from auditor.detectors.embedded.telltale import Telltale, windows
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text
from auditor.model.noun import noun

_BEFORE: Final = 200
_AFTER: Final = 200
"""Bytes around a value that tells itself in which a column of such values begins."""
_LEAST: Final = 3
"""Values of a column."""
_TELLING: Final = 5
"""Values by which the line with their name is learnt."""
_SHARE: Final = 0.6
_LONGEST: Final = 400
_LONGEST_HEADING: Final = 160
_PLACES: Final = (-1, -2, 0)
"""Where the line with the name stands: right above the values, one line further above, right below them."""
_VALUE: Final = re.compile(
    r"(?P<indent>[ \t]*)(?P<number>[0-9]{1,6}[.:)]?[ \t]+)?(?P<mark>[-*•][ \t]+)?(?P<quote>[\"'`]?)(?P<value>[^\n]*?)(?P=quote)[;,]?[ \t]*\r?"
)
_WORD: Final = re.compile(r"\w+(?:-\w+)*")
_NAME: Final = r"(?P<name>[^\W\d][\w$.-]*(?: [^\W\d][\w$-]*){0,4}(?:[ ]?\([^()\n]{1,20}\))?)"
_NAMED: Final = re.compile(_NAME)
_DIGITS: Final = re.compile(r"[0-9]+")


@noun
class _Run:
    """Lines from `first` on, counted from 0, with one value each: (value, where it begins and ends in the text)."""

    first: int
    cells: tuple[tuple[str, int, int], ...]


@noun
class _Heading:
    """A line with a name: where it stands (`_PLACES`), and what it looks like."""

    place: int
    line: str


class Beneath:
    """The columns of one asset that stand so. What one text has taught holds for the next."""

    goes_on = False

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._telltale = Telltale(index)
        self._rows = NamedRows(index, "column")
        self._known: dict[_Heading, re.Pattern[str]] = {}

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The columns of a text, those of one length that follow each other as one table; and the text without their values."""
        lines = text.text.split("\n")
        near = windows(text.text, _BEFORE, _AFTER)
        if not near:
            return [], text
        line = position = 0
        for first, last in near:
            line += text.text.count("\n", position, first)
            position = first
            for run in _runs(lines, first, line, line + text.text.count("\n", first, last)):
                self._learn(lines, run)
        runs = _runs(lines) if self._known else ()
        taken: list[tuple[int, int]] = []
        together: list[tuple[str, _Run]] = []
        for run in runs:
            name = self._named(lines, run)
            if not name:
                continue
            if together and (
                len(together[0][1].cells) != len(run.cells) or any(name == other for other, _ in together)
            ):
                taken += self._add(together, text.first_line)
                together = []
            together.append((name, run))
        taken += self._add(together, text.first_line)
        return self._rows.tables(text), blanked(text, sorted(taken))

    def _learn(self, lines: Sequence[str], run: _Run) -> None:
        values = [value for value, _, _ in run.cells]
        if len(values) < _TELLING or not any(map(self._telltale.rules, values[:_TELLING])):
            return
        for place in _PLACES:
            line = _heading(lines, run, place)
            for m in _WORD.finditer(line):
                for name in _from(line, m.start()):
                    said = [self._telltale.fits(self._index.classify(name).strong, value) for value in values]
                    asked = [fits for fits in said if fits is not None]
                    if sum(asked) >= _TELLING and sum(asked) >= _SHARE * len(asked):
                        before, behind = line[: m.start()], line[m.start() + len(name) :]
                        shape = f"{_numbers(before)}{_NAME}{_numbers(behind)}"
                        self._known.setdefault(_Heading(place=place, line=shape), re.compile(shape))
                        return

    def _named(self, lines: Sequence[str], run: _Run) -> str:
        for heading, pattern in self._known.items():
            m = pattern.fullmatch(_heading(lines, run, heading.place))
            if m is not None and (name := label(m["name"])):
                return name
        return ""

    def _add(self, together: Sequence[tuple[str, _Run]], first_line: int) -> list[tuple[int, int]]:
        """Take columns of one length; where their values stand."""
        names = [name for name, _ in together]
        taken: list[tuple[int, int]] = []
        if names and self._rows.takes(names):
            first = min(run.first for _, run in together)
            for number, row in enumerate(zip(*(run.cells for _, run in together), strict=True)):
                if self._rows.add(names, [value for value, _, _ in row], first_line + first + number):
                    taken += [(start, end) for _, start, end in row if end > start]
        return taken


def _runs(lines: Sequence[str], position: int = 0, first: int = 0, last: int | None = None) -> Iterator[_Run]:
    """Lines that follow each other and hold one value each in the same way: numbered, marked, in quotes or indented.

    Of some lines only, where they are given: from the `first` on, counted from 0, which begins at `position`.
    """
    last = len(lines) if last is None else last
    cells: list[tuple[str, int, int]] = []
    kind: tuple[bool, str, str, bool] | None = None
    for number in range(first, last):
        line = lines[number]
        m = _VALUE.fullmatch(line) if 0 < len(line) <= _LONGEST else None
        own = None
        if m is not None and m["value"]:
            own = (
                m["number"] is not None,
                (m["mark"] or "").strip(),
                m["quote"],
                bool(m["indent"]) or m["number"] is not None,
            )
        if own != kind or own is None:
            if len(cells) >= _LEAST:
                yield _Run(first=number - len(cells), cells=tuple(cells))
            cells, kind = [], own if own is not None and any(own) else None
        if kind is not None and m is not None:
            cells.append((m["value"], position + m.start("value"), position + m.end("value")))
        position += len(line) + 1
    if len(cells) >= _LEAST:
        yield _Run(first=last - len(cells), cells=tuple(cells))


def _heading(lines: Sequence[str], run: _Run, place: int) -> str:
    """The line that stands there; "" for none or a long one."""
    at = run.first + place if place else run.first + len(run.cells)
    line = lines[at].rstrip("\r") if 0 <= at < len(lines) else ""
    return line if len(line) <= _LONGEST_HEADING else ""


def _from(line: str, start: int) -> Iterator[str]:
    """What may be a name from a place on, the longest first."""
    m = _NAMED.match(line, start)
    if m is not None:
        name = m["name"]
        yield name
        while " " in name:
            name = name.rpartition(" ")[0]
            yield name


def _numbers(text: str) -> str:
    """An expression for a text with any numbers in it."""
    return "[0-9]+".join(map(re.escape, _DIGITS.split(text)))
