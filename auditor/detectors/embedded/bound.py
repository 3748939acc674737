"""Values bound to a statement's placeholders: logs and programs name the columns in one line and hold the values in those below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.detectors.embedded.named import NamedRows
from auditor.detectors.embedded.rows import blanked
from auditor.detectors.embedded.statements import Statement, bound, literals, names, statements
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text

_FAR: Final = 6000
"""Characters between a statement, or the last of its values, and the next: a stack of log lines."""
_LONGEST_LINE: Final = 20_000
"""Characters of a line that are looked at."""
MARK: Final = r"(?i:\b(?:into|insert)\s+[^\s(;]+\s*\([^()]+\)\s*(?:output\s[^()]+)?values?\s*\(|\b(?:select\s|update\s|delete\s+from\s)[^;]*\b(?:where|set)\s[^;]*(?:=|<|>|\blike)\s*(?:\?|\$[0-9]|%s|[:@]\w))"
_TEXT: Final = r"(?:(?<!\\)\"(?:[^\"\\\n]|\\.){0,4000}+\"|N?(?<!\\)'(?:[^'\\\n]|''|\\.){0,4000}+')"
_ITEM: Final = (
    rf"(?:[bu]?{_TEXT}|`[^`\n]{{0,4000}}+`|-?[0-9][0-9.]{{0,30}}|[nN]ull|NULL|None|nil|undefined|[tT]rue|[fF]alse)"
)
# One value with its number: `parameter [1] as [VARCHAR] - [value]`, `parameter (1:VARCHAR) <- [value]`, `setString(1, "value")`.
_ONE: Final = re.compile(
    r"(?i:param(?:eter)?|bind(?:ing)?)s?[ ]{0,3}[\[(#:]?[ ]?(?P<place>[0-9]{1,4})[^\n\[\"']{0,40}(?:[\[(][\w ]{1,40}[\])])?[ ]{0,3}(?:-|<-|=|:|->|=>)[ ]{0,3}"
    r"\[(?P<logged>[^\n]{0,400}?)\](?=\s*$|\r?\n|,)"
    rf"|\b(?:set|bind)\w{{0,30}}\((?:[\w.&>-]{{1,40}},\s?)?(?P<number>[0-9]{{1,4}})\s?,\s?(?P<given>{_TEXT})"
    rf"|(?<![\w$@:])(?:[$@:#]p?|p)(?P<named>[0-9]{{1,4}})\s?=\s?(?P<said>{_TEXT})",
    re.MULTILINE,
)
# All in order: `Parameters: value(String), value(String)`; `bind => [value, value]`; `("value", 'value', 3)`.
_TYPED: Final = re.compile(
    r"(?i)\b(?:parameters?|params|bind\w{0,30}+|args|values)\s?(?:=>|[:=])\s?(?P<list>\S[^\n]{0,16000}\([A-Z]\w{1,30}\))"
)
_TYPE: Final = re.compile(r"\([A-Z][A-Za-z0-9]{1,30}\)(?:, |\s*$)|(?<![^ ])null(?:, |\s*$)")
_BARE: Final = re.compile(
    r"(?i)\b(?:parameters?|params|bind\w{0,30}+|args|values)\s?(?:=>|[:=])\s?\[(?P<list>[^\n]{1,16000})\]"
)
# A value some lines below its number: Oracle's trace.
_BELOW: Final = re.compile(
    rf"(?i:bind|param(?:eter)?|arg(?:ument)?)[ ]?#(?P<place>[0-9]{{1,4}})[ \t:]*\r?\n(?:[^\n#]{{0,200}}\n){{0,8}}?[ \t]*value\s?[=:]\s?(?P<value>{_TEXT})"
)
_INSERTS: Final = re.compile(r"(?i)insert\s+(?:ignore\s+)?$")
_SPACE: Final = re.compile(r"\s*+")
_QUOTES: Final = ("'", '"', "`")
_BEFORE_VALUES: Final = ("-", "[", ":", "=", ">")
"""What stands before a list in backquotes that is none of columns."""
_RUN: Final = re.compile(rf"{_ITEM}(?:\s{{0,20}},\s{{0,20}}{_ITEM}){{0,400}}")
_EACH: Final = re.compile(_ITEM)

Found = list[tuple[int, str, int, int]]
"""Values: the number of each one's placeholder, what it is, and where it stands."""


class Bound:
    """The bound values in one asset's text, over all of it: a statement may stand in the block before."""

    def __init__(self, index: FieldIndex) -> None:
        self._records = NamedRows(index, "statement")
        self._statement: Statement | None = None
        self._row: dict[int, str] = {}
        self._row_line = 0
        self._before: bool | None = None
        """Whether values stand before their statements; None before the first statement."""

    @property
    def goes_on(self) -> bool:
        """Whether the values of a statement may follow in the next text."""
        return self._statement is not None

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The bound values of a text as rows, and the text without them."""
        data = text.text
        taken: list[tuple[int, int]] = []
        lines = _Lines(data, text.first_line)
        begun = since = 0
        begins = list(statements(data))
        ends = [*(m.start() for m in begins[1:]), len(data)]
        for m, after in zip(begins, ends, strict=False):
            if m.start() < begun:
                continue
            self._values(data, begun, m.start(), lines, taken)
            self._flush()
            begun = m.end()
            statement = bound(data, m.end(), m["columns"], after)
            if statement is not None:
                if self._before is None:
                    self._before = _come_first(data, m.start(), statement, begins)
                self._statement = statement
                if self._before:
                    self._values(data, max(since, m.start() - _FAR), m.start(), lines, taken)
                    self._statement = None
                since = begun = statement.end
                continue
            self._statement = None
            if m["into"] is not None:
                begun = self._literals(data, m, lines, taken)
        self._values(data, begun, len(data), lines, taken)
        self._flush()  # a row that goes on in the next block is two: nothing tells whether one does
        return self._records.tables(text), blanked(text, sorted(taken))

    def _literals(self, data: str, m: re.Match[str], lines: _Lines, taken: list[tuple[int, int]]) -> int:
        """Rows of literals where the list of columns stands in another line, or no INSERT right before it."""
        columns, position = names(m["columns"]), m.end()
        inserts = m[0][:6].lower() == "insert" or _INSERTS.search(data[max(0, m.start() - 20) : m.start()])
        alone = inserts and "\n" not in m[0]
        if alone or not self._records.takes(columns):
            return position
        while data.startswith("(", position):
            values, end = literals(data, position)
            if len(values) != len(columns):
                break
            self._records.add(columns, [value for value, _, _ in values], lines.at(values[0][1]))
            taken += [(start, stop) for _, start, stop in values if stop > start]
            between = re.compile(r"\s{0,40},\s{0,40}(?=\()").match(data, end)
            if between is None:
                return end
            position = between.end()
        return position

    def _values(self, data: str, start: int, stop: int, lines: _Lines, taken: list[tuple[int, int]]) -> None:
        """The values of the statement, from `start` on."""
        statement = self._statement
        if statement is None or start >= stop:
            return
        if not self._records.takes(list(statement.slots.values())):
            self._statement = None
            return
        last = start
        for found in _found(data, start, stop, statement.count):
            place, last = found[0][2], found[-1][3]
            if len(found) > 1 or found[0][0] in self._row or not self._row:
                self._flush()
                self._row_line = lines.at(place)
            for slot, value, begin, end in found:
                if slot in statement.slots:
                    self._row[slot] = value
                    taken.append((begin, end))
        if stop < len(data) or len(data) - last > _FAR:
            self._flush()
            self._statement = None

    def _flush(self) -> None:
        if self._row and self._statement is not None:
            slots = self._statement.slots
            self._records.add(list(slots.values()), [self._row.get(slot, "") for slot in slots], self._row_line)
        self._row = {}


class _Lines:
    """The numbers of lines in a text, asked in order."""

    def __init__(self, data: str, first: int) -> None:
        self._data = data
        self._line = first
        self._position = 0

    def at(self, position: int) -> int:
        """The line of a place, which is none before the last one asked for."""
        self._line += self._data.count("\n", self._position, position)
        self._position = max(position, self._position)
        return self._line


def _found(data: str, start: int, stop: int, width: int) -> Iterator[Found]:
    """The values that follow, in order: one by one with their numbers, or as lists as long as the statement wants."""
    position = last = start
    while position < min(stop, last + _FAR):
        end = data.find("\n", position, stop)
        end = stop if end < 0 else end
        until = min(end, position + _LONGEST_LINE)
        found = _in_line(data, position, until, width)
        if found:
            last = end
        else:
            for run in _runs(data, position, until, stop):
                items = list(_EACH.finditer(run[0]))
                if len(items) == width and (width > 1 or data[run.end() : run.end() + 40].lstrip()[:1] in (")", "]")):
                    at, last = run.start(), max(end, run.end())
                    yield [(n, _literal(i[0]), at + i.start() + _quoted(i[0]), at + i.end() - _quoted(i[0])) for n, i in enumerate(items, 1)]  # fmt: skip
        if len({slot for slot, *_ in found}) < len(found):
            yield from ([one] for one in found)
        elif found:
            yield found
        position = max(end, last) + 1


def _runs(data: str, start: int, end: int, stop: int) -> Iterator[re.Match[str]]:
    """The lists of literals in a line, or of the lines below where one opens at its end."""
    bare = data[start:end].rstrip()
    if bare.endswith(("[", "(")):
        opened = _SPACE.match(data, start + len(bare), stop)
        run = _RUN.match(data, opened.end(), stop) if opened is not None else None
        if run is not None:
            yield run
        return
    for run in _RUN.finditer(data, start, end):
        if run[0][0] != "`" or data[max(0, run.start() - 3) : run.start()].rstrip()[-1:] in _BEFORE_VALUES:
            yield run


def _come_first(data: str, start: int, first: Statement, begins: list[re.Match[str]]) -> bool:
    """Whether the values of statements stand before them: some do before the first, and none after the last."""
    if not any(_found(data, max(0, start - _FAR), start, first.count)):
        return False
    for m in reversed(begins):
        last = bound(data, m.end(), m["columns"], len(data))
        if last is not None:
            return not any(_found(data, last.end, len(data), last.count))
    return False


def _in_line(data: str, start: int, end: int, width: int) -> Found:
    """The values of one line that come with numbers, or behind a word for parameters."""
    found: Found = []
    for m in _ONE.finditer(data, start, end):
        if m["logged"] is not None:
            found.append((int(m["place"]), m["logged"], *m.span("logged")))
            continue
        group, number = ("given", m["number"]) if m["given"] is not None else ("said", m["named"])
        first, last = m.span(group)
        zero = group == "said" and m[0].startswith("@p")
        found.append((int(number) + zero, _literal(m[group]), first + 1 + (data[first] == "N"), last - 1))
    if found:
        return found
    if (below := _BELOW.match(data, start + len(data[start:end]) - len(data[start:end].lstrip()))) is not None:
        return [(int(below["place"]) + 1, _literal(below["value"]), below.start("value") + 1, below.end() - 1)]
    if (typed := _TYPED.search(data, start, end)) is not None:
        begin = typed.start("list")
        for number, m in enumerate(_TYPE.finditer(data, begin, typed.end()), 1):
            found.append((number, data[begin : m.start()], begin, m.start()))
            begin = m.end()
        if len(found) == width:
            return found
    if (bare := _BARE.search(data, start, end)) is not None and not bare["list"].lstrip().startswith(
        ("'", '"', "[", "(")
    ):
        values = bare["list"].split(", ")
        if len(values) == width:
            begin = bare.start("list")
            placed = []
            for number, value in enumerate(values, 1):
                placed.append((number, value, begin, begin + len(value)))
                begin += len(value) + 2
            return placed
    return []


def _quoted(item: str) -> int:
    return 1 if item[-1] in _QUOTES else 0


def _literal(item: str) -> str:
    if item[-1:] not in _QUOTES:
        return item
    quote, body = item[-1], item[:-1]
    body = body[body.index(quote) + 1 :]
    return body.replace("''", "'").replace('\\"', '"').replace("\\'", "'") if quote in body or "\\" in body else body
