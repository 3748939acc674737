"""Lists of literals whose names stand once, elsewhere: rows of a parametrised test or an array, columns of R, pandas, MATLAB.

Lists of one length that follow each other are rows, whose names stand in the first of them, in a list or string of names, in a
structure's fields or a function's parameters right before or behind; or they are columns, each behind its own name or all named by
a list as long as there are columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import chain
from typing import Final

from auditor.detectors.embedded.headings import names_of
from auditor.detectors.embedded.named import NamedRows
from auditor.detectors.embedded.rows import blanked
from auditor.detectors.fields import FieldIndex
from auditor.detectors.pair import NAME
from auditor.detectors.scene import file_kind
from auditor.model.content import Table, Text
from auditor.model.noun import noun

_TEXT: Final = r"(?:[bfruLN@]?(?:\"(?:[^\"\\\n]|\\.){0,4000}+\"|'(?:[^'\\\n]|''|\\.){0,4000}+'|`[^`\n]{0,4000}+`)|\$\{'[^'\n]{0,4000}+'\})"
_EACH: Final = re.compile(rf"\s{{0,40}}+(?P<item>{_TEXT}|[\w.+-]{{1,60}}+)\s{{0,40}}+(?P<after>[,;\])}}])")
_OPENS: Final = re.compile(rf"[\[({{](?=\s{{0,40}}+(?:{_TEXT}|[\w.+-]{{1,60}}+)\s{{0,40}}+[,;])")
_STRINGS: Final = re.compile(r"(?m)^[ \t]*+\"(?P<row>[^\"\n,|]{0,400}+[,|][^\"\n]{1,4000}+)\"[,;]?[ \t]*\r?$")
_CELL: Final = {
    delimiter: re.compile(
        rf"(?:^|(?<=[{delimiter}]))\s{{0,40}}+(?:'(?P<quoted>(?:[^']|'')*+)'\s{{0,40}}+(?=[{delimiter}]|$)|(?P<bare>[^{delimiter}]*+))"
    )
    for delimiter in ",|"
}
_QUOTED: Final = r"[\"'`]\s*[\])}]"
_BEGINS: Final = r"\s*@?[\w.]*[\[({]\s*[\"'`][^\"'`\n]*[\"'`]\s*[,;]"
MARK: Final = "|".join(
    (
        rf"[\w\"'`]\s*[,;]\s*[\"'`][^\"'`\n]*{_QUOTED}[\])}}]?\s*,(?:[ \t]*\.\.\.)?{_BEGINS}",
        r"[\"']\)\]\s*\[\w+\([\"']",
        r"^[ \t]*\"[^\"\n]*[,|][^\"\n]*\",[ \t]*\r?\n[ \t]*\"[^\"\n]*[,|][^\"\n]*\"[,;]?[ \t]*\r?$",
        rf"{_QUOTED}\s*,\s*[\"'`]?[\w.]+[\"'`]?\s?(?:=|:|=>|<-|,)\s?c?[\[({{]\s*[\"'][^\"'\n]*[\"']\s*[,;]",
    )
)
"""A list's end with a quote and the next one's beginning, two lines of text with delimiters, two columns with names."""
_OWN: Final = re.compile(
    rf"(?:(?P<name>{NAME})[`\"']?\s?(?:=>?|:|<-)\s?|[\"'](?P<quoted>{NAME})[\"'],\s?)(?:c|string|list|array)?$"
)
_BETWEEN: Final = re.compile(
    r"[\s,;)\]}.\"']{0,60}+(?:(?://|#|--|%)[^\n]{0,80}\n\s{0,40})?[\[@({]{0,3}(?P<word>(?:new\s)?[\w.]{0,40})(?:\[\])?\s{0,20}"
)
_DIVIDES: Final = re.compile(r",|\]\s{0,40}\[")
_PLAIN_NAMES: Final = re.compile(r"[\"'](?P<names>[^\W\d]\w{0,60}(?:\s{0,3}[,|]\s{0,3}[^\W\d]\w{0,60}){1,60})[\"']")
_PARAMETERS: Final = re.compile(r"\((?:\{\s{0,9})?(?P<names>[^(){};\"']{1,2000}?)(?:\s{0,9}\})?\)")
_FIELDS: Final = re.compile(r"\bstruct\b[^{}()\n]{0,80}\{(?P<names>[^{}]{1,4000})\}")
_PARAMETER: Final = re.compile(
    r"(?:@\w{1,40}\s)?(?:(?P<first>[^\W\d]\w{0,60})\??\s?:|.*?\$?(?P<last>[^\W\d]\w{0,60})\s*(?:=.*)?$)", re.DOTALL
)
_FAR: Final = 500
"""Characters between lists and their names at most."""
_LONGEST: Final = 1000
"""Characters of a structure before them whose end is that near."""
_APART: Final = 200
"""Characters between one table's columns at most."""
_WIDEST: Final = 300
_LEAST_IN_CODE: Final = 3

Item = tuple[str, int, int]
"""A value and where it stands."""


@noun
class _List:
    """Literals side by side. `name`: what stands right before it as its name; `quoted`: whether all are in quotes."""

    name: str
    items: tuple[Item, ...]
    start: int
    end: int
    quoted: bool


class Literals:
    """The lists in one asset's text that are a table."""

    goes_on = False

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._records = NamedRows(index, "lists")

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The tables of a text, and the text without their values."""
        data = text.text
        code = file_kind(text.asset.path).written
        taken: list[tuple[int, int]] = []
        groups = list(_groups(data, list(_lists(data))))
        alone = [group[0] for group in groups if len(group) == 1 and group[0].quoted]
        at, line = 0, text.first_line
        for group in groups:
            names, rows = self._table(data, group, alone, code=code)
            if not names:
                continue
            for row in rows:
                start = min(begin for _, begin, _ in row)
                line += data.count("\n", at, start) if start >= at else -data.count("\n", start, at)
                at = start
                if self._records.add(names, [value for value, _, _ in row], line):
                    taken.extend((begin, end) for _, begin, end in row if end > begin)
        return self._records.tables(text), blanked(text, sorted(taken))

    def _table(
        self, data: str, group: Sequence[_List], alone: Sequence[_List], *, code: bool
    ) -> tuple[list[str], list[tuple[Item, ...]]]:
        """The names and rows of lists that belong together; no names where none say anything."""
        width, lists = len(group[0].items), [one.items for one in group]
        if all(one.name for one in group):
            names = [one.name for one in group]
            strong = sum(bool(self._index.classify(name).strong) for name in names)
            sure = width > 1 and len(group) > 1 and (not code or (strong > 1 and width >= _LEAST_IN_CODE))
            return (names, list(zip(*lists, strict=True))) if sure and self._records.takes(names) else ([], [])
        if width > 1 and len(group) > 1 and group[0].quoted:
            first = [value for value, _, _ in group[0].items]
            if self._tells(first, code=code):
                return first, lists[1:]
        if len(group) < 2 or width < 2:  # one alone is a call's arguments as well
            return [], []
        start, end = group[0].start, group[-1].end
        near = [(one.start, one.end, [value for value, _, _ in one.items]) for one in alone if start - _FAR < one.end and one.start < end + _FAR]  # fmt: skip
        candidates = sorted(
            (max(start - ends, begins - end), names)
            for begins, ends, names in chain(near, _named(data, start, end))
            if len(names) in (width, len(group)) and (ends <= start or begins >= end)
        )
        for turned, count in ((False, width), (True, len(group))):
            for _, found in candidates:
                if len(found) == count and self._tells(found, code=code):
                    return found, list(zip(*lists, strict=True)) if turned else lists
        return [], []

    def _tells(self, names: Sequence[str], *, code: bool) -> bool:
        if names_of(names) is None:
            return False
        said = [self._index.classify(name) for name in names]
        return any(one.strong or (one.weak and not code) for one in said)


def _lists(data: str) -> Iterator[_List]:
    """The lists of literals in a text, in order; those within strings, whose cells a comma or bar divides, too."""
    found = merge(_OPENS.finditer(data), _STRINGS.finditer(data), key=lambda m: m.start())
    end = 0
    for m in found:
        if m.start() < end:
            continue
        if m.re is _STRINGS:
            items = list(_divided(m["row"], m.start("row")))
            end = m.end()
            yield _List(name="", items=tuple(items), start=m.start(), end=end, quoted=False)
            continue
        items, stop, quoted = _items(data, m.end())
        if items and quoted == len(items) and (rows := _rows(items)):
            end = stop
            yield from rows
        elif items and quoted:
            own = _OWN.search(data, max(0, m.start() - 80), m.start())
            name = (own["name"] or own["quoted"]) if own is not None else ""
            end = stop
            yield _List(name=name, items=tuple(items), start=m.start(), end=end, quoted=quoted == len(items))


def _rows(items: Sequence[Item]) -> list[_List]:
    """Strings as rows, where delimiters divide each into as many cells."""
    rows = [tuple(_divided(value, start)) for value, start, _ in items]
    if len(rows[0]) < 2 or len({len(row) for row in rows}) > 1 or (len(rows) == 1 and len(rows[0]) < 3):
        return []
    return [
        _List(name="", items=row, start=start, end=end, quoted=False)
        for row, (_, start, end) in zip(rows, items, strict=True)
    ]


def _divided(row: str, start: int) -> Iterator[Item]:
    """The cells of a row, which quotes may hold together, and where each stands."""
    for m in _CELL["|" if "|" in row else ","].finditer(row):
        group = "bare" if m["quoted"] is None else "quoted"
        yield m[group].strip(), start + m.start(group), start + m.end(group)


def _items(data: str, position: int) -> tuple[list[Item], int, int]:
    """The values from a place on, where they end, and how many are in quotes; none if something else stands among them."""
    items: list[Item] = []
    quoted = 0
    while (m := _EACH.match(data, position)) is not None:
        item, (start, end) = m["item"], m.span("item")
        position = m.end()
        if item[-1] in "\"'`}":
            quote = item[-2] if item[-1] == "}" else item[-1]
            start += item.index(quote) + 1
            end -= 1 + (item[-1] == "}")
            value = data[start:end]
            items.append((value.replace("\\" + quote, quote) if "\\" in value else value, start, end))
            quoted += 1
        else:
            items.append(("" if item.startswith(("NA", "nu", "NU", "No", "ni")) else item, start, end))
        if m["after"] not in ",;":
            return items, position, quoted
    bare = _CLOSES.match(data, position)
    return (items, bare.end(), quoted) if items and bare is not None else ([], position, 0)


_CLOSES: Final = re.compile(r"\s{0,40}+[\])}]")
"""After a last comma."""


def _groups(data: str, lists: Sequence[_List]) -> Iterator[list[_List]]:
    """Lists of one length that follow each other."""
    group: list[_List] = []
    for one in lists:
        if group and not _follows(data, group, one):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _follows(data: str, group: Sequence[_List], one: _List) -> bool:
    last = group[-1]
    if len(one.items) != len(last.items) or bool(one.name) != bool(last.name):
        return False
    if one.name:
        return (
            one.start - last.end <= _APART and len(group) < _WIDEST and all(other.name != one.name for other in group)
        )
    between = _BETWEEN.fullmatch(data, last.end, one.start)
    # calls one below the other are no rows: a comma or an attribute's brackets divide these
    return between is not None and (not between["word"] or _DIVIDES.search(between[0]) is not None)


def _named(data: str, start: int, end: int) -> Iterator[tuple[int, int, list[str]]]:
    """Names that stand together before or behind a place: where they begin and end, and they."""
    for begin, stop in ((max(0, start - _FAR - _LONGEST), start), (end, min(len(data), end + _FAR))):
        for m in _PLAIN_NAMES.finditer(data, begin, stop):
            yield *m.span(), re.split(r"\s*[,|]\s*", m["names"])
        for m in _PARAMETERS.finditer(data, begin, stop):
            parts = [_PARAMETER.match(part.strip()[:200]) for part in m["names"].split(",")]
            yield *m.span(), [(part["first"] or part["last"]) if part is not None else "" for part in parts]
        for m in _FIELDS.finditer(data, begin, stop):
            lines = [line.strip() for line in m["names"].split("\n")]
            yield *m.span(), [_field(line) for line in lines if line and not line.startswith("//")]


def _field(line: str) -> str:
    """The name of a structure's field: `Name string`, `char *name;`."""
    found = re.findall(r"[^\W\d]\w{0,60}", line.split("`")[0])
    return "" if not found else found[-1] if line.endswith(";") else found[0]
