"""Labels in one order, values in the same: columns that are declared line by line above rows of literals, labels one below another
above their values, numbered questions and numbered answers.

Nothing tells that the two belong together but the values themselves: those whose labels want a certain form must have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.named import NamedRows
from auditor.detectors.embedded.rows import blanked
from auditor.detectors.embedded.telltale import Telltale, windows
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text
from auditor.model.noun import noun

_BEFORE: Final = 8_000
_AFTER: Final = 2_000
"""Bytes around a value that tells itself in which its labels and its neighbours are looked for."""
_LEAST: Final = 3
"""Labels that make a list, two of which want values of a certain form."""
_MOST: Final = 200
_LONGEST_LABEL: Final = 120
_LONGEST_ROW: Final = 20_000
_SHARE: Final = 0.6
_TITLES: Final = 3
"""Lines above labels that may be none."""
_NUMBERED: Final = re.compile(r"(?P<number>[0-9]{1,3})(?P<dot>[.)]\s?|:\s)")
_LONG_NUMBER: Final = re.compile(r"[0-9]{5}")
_BARE: Final = re.compile(r"[^\W\d_][^\n\"'`=<>{}|\\;,.?!]{0,40}")
_WORD: Final = re.compile(r"[\w$]+(?:-[\w$]+)*")
_SLOT: Final = re.compile(r"[^\W\d][\w$.-]*(?: [^\W\d][\w$-]*){0,3}(?:[ ]?\([^()\n]{1,20}\))?")
_ITEM: Final = re.compile(
    r"""\s*(?:N?"(?P<double>(?:[^"\\\n]|\\.|"")*)"|N?'(?P<single>(?:[^'\\\n]|\\.|'')*)'|(?P<bare>[^,()\[\]{}"'\n]*?))\s*(?:,|(?=[)\]};])|$)"""
)
_OPENS: Final = re.compile(r"[(\[{]")


@noun
class _List:
    """Labels in order. `numbered`: what stands behind each one's number, "" for labels without; `alone`: nothing else stands in their lines."""

    names: tuple[str, ...]
    numbered: str
    alone: bool


_Cell = tuple[str, int, int]
"""A value and where it stands."""


class Ordered:
    """The lists of labels of one asset, each good for the values below it up to the next one."""

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._telltale = Telltale(index)
        self._rows = NamedRows(index, "order")
        self._list: _List | None = None
        self._wants = lru_cache(maxsize=20_000)(self._wanted)

    @property
    def goes_on(self) -> bool:
        """Whether rows of values may stand in the next text."""
        return self._list is not None and not self._list.alone

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The values of a text under their labels, and the text without them."""
        data = text.text
        taken: list[tuple[int, int]] = []
        line, position = text.first_line, 0
        for first, last in windows(data, _BEFORE, _AFTER):
            line += data.count("\n", position, first)
            position = first
            taken += self._read(data, first, last, line)
        return self._rows.tables(text), blanked(text, sorted(taken))

    def _read(self, data: str, first: int, last: int, number: int) -> list[tuple[int, int]]:
        """Take the records between two places of the text, of which the first begins a line of this number; where the values stand."""
        lines = data[first:last].split("\n")
        begins = list(accumulate((len(line) + 1 for line in lines), initial=first))
        taken: list[tuple[int, int]] = []
        at = since = 0
        while at < len(lines):
            found = self._labels(lines, at, since)
            if found is not None and found[0].alone and not found[0].numbered:
                self._list = None
                record = self._stacked(lines, begins, at, found[1])
                if record is not None:
                    after, names, cells = record
                    self._rows.add(names, [value for value, _, _ in cells], number + at)
                    taken += [(start, end) for _, start, end in cells]
                at = since = found[1] if record is None else record[0]
                continue
            if found is not None:
                self._list, at = found
                since = at
                continue
            cells, after = self._values(lines, begins, at)
            if cells and self._list is not None:
                self._rows.add(self._list.names, [value for value, _, _ in cells], number + at)
                taken += [(start, end) for _, start, end in cells if end > start]
            at = max(after, at + 1)
        return taken

    def _labels(self, lines: Sequence[str], at: int, since: int) -> tuple[_List, int] | None:
        """The list of labels that begins in a line, and the line after it."""
        if at + _LEAST > len(lines) or not _alike(lines[at], lines[at + 1]):
            return None
        first = self._label_of(lines[at], lines[at + 1])
        if first is None:
            return None
        lead, name, numbered, alone = first
        names, after = [name], at + 1
        while (
            not alone
            and at > since
            and len(names) < _MOST
            and (above := _named(lines[at - 1], lead, alone=False, number=0))
        ):
            names.insert(0, above)
            at -= 1
        while after < len(lines) and len(names) <= _MOST and _alike(lines[after - 1], lines[after]):
            name = _named(lines[after], lead, alone=alone, number=len(names) + 1 if numbered else 0)
            if not name or (alone and name == names[0]):
                break
            names.append(name)
            after += 1
        if len(names) < _LEAST or sum(map(self._wants, names)) < 2:
            return None
        return _List(names=tuple(names), numbered=numbered, alone=alone), after

    def _label_of(self, line: str, below: str) -> tuple[str, str, str, bool] | None:
        """(what stands before a line's label, the label, what stands behind its number, whether it is all of the line)."""
        bare = line.strip()
        number = _NUMBERED.match(bare)
        if number is not None and number["number"] == "1" and _BARE.fullmatch(bare, number.end()):
            return "", label(bare[number.end() :]), number["dot"], True
        lead, blank, _ = bare.partition(" ")
        if _BARE.fullmatch(bare) and not (
            blank and below.strip().startswith(lead + blank)
        ):  # `field name`, `field phone`
            return ("", label(bare), "", True) if label(bare) else None
        for word in _WORD.finditer(line):
            name = _slot(line, word.start())
            if name and self._wants(name) and word.start():
                return line[: word.start()], name, "", False
        return None

    def _wanted(self, name: str) -> bool:
        return self._telltale.formed(self._index.classify(name).strong)

    def _values(self, lines: Sequence[str], begins: Sequence[int], at: int) -> tuple[list[_Cell], int]:
        """The values of one record that begins in a line, and the line after it."""
        of = self._list
        if of is None:
            return [], at
        if of.numbered:
            cells, after = _answers(lines, begins, at, of)
        else:
            cells, after = _literals(lines[at], begins[at], len(of.names)), at + 1
        return (cells, after) if cells and self._fit(of.names, cells) else ([], at)

    def _stacked(
        self, lines: Sequence[str], begins: Sequence[int], first: int, last: int
    ) -> tuple[int, list[str], list[_Cell]] | None:
        """(the line after it, labels, values) of the first record of which the labels stand in lines of `first` to `last`, and as
        many values below them: a title may stand above, and the first values may look like labels themselves.
        """
        best: tuple[int, tuple[int, list[str], list[_Cell]]] | None = None
        for start in range(first, min(first + _TITLES, last)):
            for count in range(min(last - start, (len(lines) - start) // 2), _LEAST - 1, -1):
                middle, after = start + count, start + 2 * count
                if after < last or not all(lines[start:after]):
                    continue
                names = [label(line.strip()) for line in lines[start:middle]]
                cells = [_cell(lines[n], begins[n], 0, len(lines[n])) for n in range(middle, after)]
                fit = self._fit(names, cells)
                if fit and (best is None or fit >= best[0]):  # a title is no label
                    best = fit, (after, names, cells)
        return None if best is None else best[1]

    def _fit(self, names: Sequence[str], cells: Sequence[_Cell]) -> int:
        """How many values have the form that their labels want; 0 where fewer than two have, or too many have not."""
        said = [
            fits
            for name, (value, _, _) in zip(names, cells, strict=True)
            if value and (fits := self._telltale.fits(self._index.classify(name).strong, value)) is not None
        ]
        return sum(said) if sum(said) >= 2 and sum(said) >= _SHARE * len(said) else 0


def _alike(line: str, below: str) -> bool:
    """Whether two lines may name two columns: short, without long numbers, and begun alike."""
    if not 0 < len(line) <= _LONGEST_LABEL or not 0 < len(below) <= _LONGEST_LABEL:
        return False
    one, other = line.lstrip(), below.lstrip()
    if len(one) < 2 or len(other) < 2 or _LONG_NUMBER.search(one) or _LONG_NUMBER.search(other):
        return False
    return (
        one[:2] == other[:2]
        or (one[0].isdigit() and other[0].isdigit())
        or bool(_BARE.fullmatch(one.rstrip()) and _BARE.fullmatch(other.rstrip()))
    )


def _named(line: str, lead: str, *, alone: bool, number: int) -> str:
    """The label of a further line, written as the first one; "" if it has none."""
    if alone:
        bare = line.strip()
        if number:
            m = _NUMBERED.match(bare)
            return (
                label(bare[m.end() :])
                if m is not None and int(m["number"]) == number and _BARE.fullmatch(bare, m.end())
                else ""
            )
        return label(bare) if _BARE.fullmatch(bare) else ""
    return _slot(line, len(lead)) if line.startswith(lead) else ""


def _slot(line: str, start: int) -> str:
    """The label that begins there: what stands in quotes, else a word; "" if it is none."""
    m = _SLOT.match(line, start)
    if m is None:
        return ""
    before, behind = line[start - 1 : start], line[m.end() : m.end() + 1]
    return label(m[0] if before and before in "\"'`" and behind == before else m[0].split(" ")[0])


def _answers(lines: Sequence[str], begins: Sequence[int], at: int, of: _List) -> tuple[list[_Cell], int]:
    """As many lines with the labels' numbers and values; the first may have something before it, as who says it."""
    cells: list[_Cell] = []
    after = at
    for number in range(1, len(of.names) + 1):
        if after >= len(lines):
            return [], at
        line = lines[after]
        mark = f"{number}{of.numbered.rstrip()}"
        place = line.find(mark) if number == 1 else len(line) - len(line.lstrip())
        if place < 0 or not line.startswith(mark, place) or (place and line[place - 1] not in " \t:]>"):
            return [], at
        start = place + len(mark)
        cells.append(_cell(line, begins[after], start, len(line)))
        after += 1
    return cells, after


def _literals(line: str, begin: int, count: int) -> list[_Cell]:
    """A line's list of as many literals, in brackets or from its beginning."""
    if line.count(",") < count - 1 or len(line) > _LONGEST_ROW:
        return []
    for start in (0, *(m.end() for m in _OPENS.finditer(line, 0, 200))):
        cells = list(_items(line, start, count, begin))
        if len(cells) == count:
            return cells
    return []


def _items(line: str, start: int, count: int, begin: int) -> Iterator[_Cell]:
    for _ in range(count + 1):
        m = _ITEM.match(line, start)
        if m is None or m.end() == start:
            return
        kind = m.lastgroup or "bare"
        value = m[kind]
        if kind == "single":
            value = value.replace("''", "'")
        yield value, begin + m.start(kind), begin + m.end(kind)
        start = m.end()
        if line[start - 1] != ",":
            return


def _cell(line: str, begin: int, start: int, end: int) -> _Cell:
    value = line[start:end]
    left, right = len(value) - len(value.lstrip()), len(value.rstrip())
    return value.strip(), begin + start + left, begin + start + max(left, right)
