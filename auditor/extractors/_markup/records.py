"""XML that is a list of records, `<row><ci>…</ci><nick>…</nick></row>`, as rows of a table: one person's fields stand in one row.

Repeated siblings that hold named values are records: elements, attributes, `<field name="ci">` of mysqldump, cells of SpreadsheetML.
They are cut out of the text, and all else of it goes on as text, line by line; so does everything from where the XML is damaged or
declares entities, which are never expanded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final, Protocol
from xml.parsers import expat

from auditor.extractors.json_records import Flattener, Members, is_id
from auditor.extractors.limits import Budget
from auditor.extractors.tables import RecordBatches, column_name
from auditor.model.asset import Asset
from auditor.model.content import Content

_LONGEST: Final = 1 << 20
_DEPTH: Final = 200
_PATHS: Final = 20_000
_ROOT: Final = re.compile(
    r"(?:\s|<\?[^>]{0,500}\?>|<!--.{0,4000}?-->|<!DOCTYPE[^\[>]{0,500}>)*<(?P<name>[A-Za-z_][\w:.-]*)", re.DOTALL
)
_NO_DATA: Final = frozenset(
    "html svg body table tbody tr div p ul form schema stylesheet transform manifest resources math layout".split()  # noqa: SIM905
)
"""Roots of markup that shows, styles or describes: their elements are no records."""
_TAG: Final = re.compile(rb"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_NAMED: Final = ("name", "Name", "key", "column", "field")
_ROWS: Final = frozenset(("row", "tr", "table-row"))
_MOST_REPEATED: Final = 64
_MOST_LABELS: Final = 1000
_LONGEST_LABEL: Final = 129
_LONG_NUMBER: Final = re.compile(r"[0-9]{4}")


class TextSink(Protocol):
    """Where what is no record goes: consecutive pieces of the file's text."""

    def feed(self, piece: str) -> Iterator[Content]:
        """The contents of a piece."""
        ...

    def end(self) -> Iterator[Content]:
        """What was kept."""
        ...


class _Refused(Exception):  # noqa: N818 - never leaves this module
    """The document declares entities, or is nested too deep."""


class _Element:
    """An open element. `children` is None while nobody gathers it."""

    __slots__ = ("attributes", "children", "labels", "leaves", "name", "parts", "path", "single", "start")

    def __init__(self, name: str, path: tuple[str, ...], attributes: dict[str, str], start: int) -> None:
        self.name = name
        self.path = path
        self.attributes = attributes
        self.start = start
        self.children: list[_Element] = []
        self.labels: list[tuple[str, str]] = []
        self.leaves = 0
        self.single = False
        self.parts: list[str] = []

    @property
    def text(self) -> str:
        return "".join(self.parts).strip()


class _Parser:
    """Follows the events; keeps the elements of the record that is open, and of others only how many leaves they have."""

    def __init__(self, known: set[tuple[str, ...]]) -> None:
        self.known = known
        self.done: list[tuple[int, int, int, _Element, str]] = []
        self.record: _Element | None = None
        self.line = 1
        self._size = 0
        self._seen: dict[tuple[str, ...], int] = {}
        self._stack: list[_Element] = []
        self._refused: set[tuple[str, ...]] = set()
        parser = self.parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._comment
        parser.EntityDeclHandler = self._entity

    def _entity(self, *_: object) -> None:
        raise _Refused

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._stack) >= _DEPTH:
            raise _Refused
        parent = self._stack[-1] if self._stack else None
        path = (*parent.path, name) if parent is not None else (name,)
        element = _Element(name, path, attributes, self.parser.CurrentByteIndex)
        if parent is not None and self.record is None and path in self.known and path not in self._refused:
            self.record, self.line, self._size = element, self.parser.CurrentLineNumber, 0
        if self.record is not None and parent is not None and element is not self.record:
            parent.children.append(element)
        self._stack.append(element)

    def _text(self, data: str) -> None:
        if self.record is not None:
            self._stack[-1].parts.append(data)
            self._size += len(data)
        elif self._stack and not self._stack[-1].parts:
            self._stack[-1].parts.append(data[:_LONGEST_LABEL])

    def _comment(self, data: str) -> None:
        if self.record is not None:
            element = _Element("comment", (), {}, 0)
            element.parts.append(data)
            self._stack[-1].children.append(element)

    def _end(self, _: str) -> None:
        element = self._stack.pop()
        parent = self._stack[-1] if self._stack else None
        if parent is not None:
            leaf = not element.leaves and not element.single
            if leaf or (element.leaves == 1 and not element.single):
                parent.leaves += 1
            else:
                parent.single = True
            if (
                leaf
                and self.record is None
                and element.text
                and not element.attributes
                and len(parent.labels) < _MOST_LABELS
            ):
                parent.labels.append((element.name, element.text))
            if self.record is None and (element.leaves >= 2 or (leaf and len(element.attributes) >= 2)):
                times = self._seen[element.path] = self._seen.get(element.path, 0) + 1
                if times >= 2 and len(self.known) < _PATHS:
                    self.known.add(element.path)
                if len(self._seen) > _PATHS:
                    self._seen.clear()
        if element is self.record:
            self.record = None
            label = next(
                (
                    above.attributes[key]
                    for above in reversed(self._stack)
                    for key in above.attributes
                    if key.rpartition(":")[2] in _NAMED
                ),
                "",
            )
            if parent is not None and parent.labels:
                element.labels = parent.labels
            self.done.append((element.start, self.parser.CurrentByteIndex, self.line, element, label))

    def give_up_record(self) -> None:
        """The open record is no record: too long."""
        if self.record is not None:
            self._refused.add(self.record.path)
            self.record.children.clear()
            self.record = None


def records_in(head: str) -> set[tuple[str, ...]] | None:
    """The paths of the records that the first characters of a file show; None if it is no XML of records."""
    root = _ROOT.match(head)
    if root is None or root["name"].rpartition(":")[2].lower() in _NO_DATA:
        return None
    parser = _Parser(set())
    with suppress(expat.ExpatError, _Refused):
        parser.parser.Parse(head.encode("utf-8", "replace"), False)
    return parser.known or None


class XmlRecords:
    """One file of records on its way through. `feed` and `end` as `html.Markup` has them."""

    def __init__(self, asset: Asset, budget: Budget, known: set[tuple[str, ...]], sink: TextSink) -> None:
        self._budget = budget
        self._sink = sink
        self._batches = RecordBatches(asset, budget.limits)
        self._flat = Flattener(self._batches)
        self._parser = _Parser(known)
        self._raw = b""
        self._at = 0
        self._broken = False
        self._headers: dict[str, list[str]] = {}

    def feed(self, piece: str) -> Iterator[Content]:
        """The tables and texts of a piece as `Decoder.pieces` gives it."""
        if self._broken:
            yield from self._sink.feed(piece)
            return
        data = piece.encode("utf-8", "replace")
        self._raw += data
        yield from self._parse(data, final=False)

    def end(self) -> Iterator[Content]:
        """What was kept."""
        if not self._broken:
            yield from self._parse(b"", final=True)
            yield from self._release(self._at + len(self._raw))
        yield from self._batches.flush()
        yield from self._sink.end()

    def _parse(self, data: bytes, *, final: bool) -> Iterator[Content]:
        parser = self._parser
        self._budget.check()
        try:
            parser.parser.Parse(data, final)
        except (expat.ExpatError, _Refused):
            self._broken = True
            parser.record = None
        open_ = parser.record
        upto = open_.start if open_ is not None else max(parser.parser.CurrentByteIndex, self._at)
        if self._broken:
            upto = self._at + len(self._raw)
        elif open_ is not None and self._at + len(self._raw) - open_.start > _LONGEST:
            parser.give_up_record()
        elif len(self._raw) > 4 * _LONGEST:
            upto = self._at + len(self._raw)
        yield from self._release(upto)

    def _release(self, upto: int) -> Iterator[Content]:
        """Hand out what was parsed up to a byte: records as rows, newlines in their place, all else as text."""
        raw, base = self._raw, self._at
        pieces: list[bytes] = []
        position = 0
        done, self._parser.done = self._parser.done, []
        for start, last, line, element, label in done:
            tag = _TAG.match(raw, start - base) if start >= base else None
            if tag is not None and not tag[0].endswith(b"/>"):
                tag = _TAG.match(raw, last - base)
            if tag is None:
                continue
            end = tag.end()
            yield from self._row(element, line, label)
            pieces += (raw[position : start - base], b"\n" * raw.count(b"\n", start - base, end))
            position = end
        stop = max(position, min(upto - base, len(raw)))
        pieces.append(raw[position:stop])
        self._raw, self._at = raw[stop:], base + stop
        text = b"".join(pieces).decode("utf-8", "replace")
        if text:
            yield from self._sink.feed(text)

    def _row(self, element: _Element, line: int, label: str) -> Iterator[Content]:
        table = label or "/".join(element.path)
        alike = (
            element.name.rpartition(":")[2].lower() in _ROWS and len({child.name for child in element.children}) == 1
        )
        if alike and not any(_label_of(child) for child in element.children):
            yield from self._cells(element, table, line)
            return
        value = _value(element)
        if isinstance(value, Members) and value:
            yield from self._flat.record(table, value, line)
        elif isinstance(value, str):
            yield from self._flat.record(table, Members([(element.name, value)]), line)

    def _cells(self, row: _Element, table: str, line: int) -> Iterator[Content]:
        """A row of cells without names; the first row of a table names them, if it holds no numbers."""
        cells: dict[int, str] = {}
        at = 0
        for cell in row.children:
            own = {k.rpartition(":")[2]: v for k, v in cell.attributes.items()}
            index, times = own.get("Index", ""), own.get("number-columns-repeated", "1")
            at = int(index) if index.isdecimal() and len(index) < 6 else at + 1
            cells[at] = " ".join(_all_text(cell).split())
            if len(times) < 6 and times.isdecimal() and int(times) > 1:
                text = cells.pop(at) if not cells[at] else cells[at]
                cells |= dict.fromkeys(range(at, at + min(int(times), _MOST_REPEATED)), text) if text else {}
                at += int(times) - 1
        names_before = _labels(row, len(row.children))
        if names_before and self._headers.get(table) != names_before:
            self._headers[table] = names_before
        header = self._headers.get(table)
        if header is None and not any(_LONG_NUMBER.search(text) for text in cells.values()):
            self._headers[table] = [cells.get(number, "") for number in range(1, max(cells, default=0) + 1)]
            yield from self._batches.add(
                table, [(column_name(n), text) for n, text in cells.items()], line, header=False
            )
            return
        names = header or []
        pairs: list[tuple[str, str | None]] = [
            ((names[n - 1] if n <= len(names) else "") or column_name(n), text) for n, text in cells.items()
        ]
        yield from self._batches.add(table, pairs, line, header=header is not None)


def _labels(row: _Element, width: int) -> list[str]:
    """The names that stand before the rows, one element each: `<column>ci</column>…<row><value>…</value>…</row>`; empty if none do."""
    names = [text for name, text in row.labels if name == row.labels[0][0]]
    fit = len(names) == len(row.labels) == width and len({*names}) == width
    return names if fit and not any(len(name) >= _LONGEST_LABEL or is_id(name) for name in names) else []


def _label_of(element: _Element) -> str:
    """The column's name that an element of no telling name carries: `<field name="ci">`."""
    return next((v for k, v in element.attributes.items() if k.rpartition(":")[2] in _NAMED), "")


def _by_turns(children: Sequence[_Element]) -> list[tuple[str, object]] | None:
    """A property list's names and values, `<key>ci</key><string>…</string>` and so on; None where they are no such."""
    names, values = children[::2], children[1::2]
    if len(names) != len(values) or len(names) < 2 or any(name.children or name.attributes for name in names):
        return None
    kinds, told = {name.name for name in names}, [name.text for name in names]
    if kinds != {"key"} or any(value.name in kinds for value in values) or len({*told}) < len(told):
        return None
    if any(not name or len(name) >= _LONGEST_LABEL or is_id(name) for name in told):
        return None
    return [(name, _value(value)) for name, value in zip(told, values, strict=True)]


def _all_text(element: _Element) -> str:
    return " ".join((element.text, *map(_all_text, element.children))).strip()


def _value(element: _Element) -> str | Members | None:
    """An element as JSON would have it: a leaf is its text, all else an object; names that come twice make an array."""
    label = _label_of(element) if element.text or element.children else ""
    pairs: list[tuple[str, object]] = [
        (name, value) for name, value in element.attributes.items() if not (label and value == label)
    ]
    text = element.text
    if not element.children and not pairs:
        return text or None
    if not element.children and text:
        return Members([("", text), *pairs]) if pairs else text
    if (turns := _by_turns(element.children)) is not None:
        return Members([*pairs, *turns])
    by_name: dict[str, list[object]] = {}
    for child in element.children:
        value = _value(child)
        name = (_label_of(child) if child.text or child.children else "") or child.name
        if isinstance(value, Members) and value and value[0][0] == "":  # a text with attributes beside it
            pairs += [(f"{name}.{key}", item) for key, item in value[1:]]
            value = value[0][1]
        by_name.setdefault(name, []).append(value)
    if text:
        pairs.append(("text", text))
    pairs += [(name, values[0] if len(values) == 1 else values) for name, values in by_name.items()]
    return Members(pairs)
