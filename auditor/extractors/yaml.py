"""YAML files that hold lists of maps: each map is a row of a table, so that one person's fields stand in one record.

Read by PyYAML's events, never loaded: an alias is nothing but an empty cell, a tag has no meaning. What went into a table is blanked
out of the text; everything else, comments too, stays text with its line numbers, and so does a file that is no YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from auditor.extractors.decoding import BLOCK, Decoder
from auditor.extractors.json_records import Flattener, Members, is_id
from auditor.extractors.limits import Budget
from auditor.extractors.tables import RecordBatches
from auditor.extractors.windows import Windows
from auditor.model.content import Content, Source, Text

_LONGEST: Final = 16 << 20
_DEPTH: Final = 200
_EVERY: Final = 5_000
_LISTS: Final = re.compile(
    r"(?m)^[ \t]*-[ \t]+(?:[^\s#\"'{\[|>&*!-][^\n:]{0,100}:(?:[ \t]|$)|\"[^\"\n]{1,100}\"[ \t]*:|\{)|\[\s*\{|\}\s*,\s*\{"
)
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BASE64: Final = re.compile(r"(?:[A-Za-z0-9+/]{40,}\s+)+[A-Za-z0-9+/]*={0,2}\s*")
_TEXT: Final = re.compile(r"[^\n]")


class YamlExtractor:
    """`Table`s of lists of maps, `Text` of all else. Files beyond 16 MiB are text."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._limits = budget.limits

    def extract(self, source: Source) -> Iterator[Content]:
        """The tables, then the text, then a gap for what was no text."""
        decoder = Decoder(source)
        windows = Windows(source.asset, self._limits)
        held: list[str] = []
        size = 0
        pieces = decoder.pieces()
        for piece in pieces:
            held.append(piece)
            size += len(piece)
            if size > _LONGEST:
                break
        text = "".join(held)
        held.clear()
        if size <= _LONGEST and len(_LISTS.findall(text, 0, size)) >= 2:
            walk = _Walk(source, self._budget)
            yield from walk.tables(text)
            text = _without(text, walk.taken)
        yield from _texts(windows, text)
        for piece in pieces:
            yield from windows.feed(piece)
        yield from decoder.gaps()


def _texts(windows: Windows, text: str) -> Iterator[Text]:
    position = 0
    while position < len(text):
        end = text.find("\n", position + BLOCK) + 1 or len(text)
        yield from windows.feed(text[position:end])
        position = end


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    position = 0
    for start, end in sorted(spans):
        if start >= position:
            pieces += (text[position:start], _TEXT.sub(" ", text[start:end]))
            position = end
    return "".join((*pieces, text[position:]))


def _span(event: yaml.Event) -> tuple[int, int]:
    """Where an event stands in the text, in characters."""
    start, end = event.start_mark, event.end_mark
    return (start.index, end.index) if start is not None and end is not None else (0, 0)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1


class _Node:
    """An open map or list. `key`: the name whose value comes next in a map."""

    __slots__ = ("is_map", "items", "key", "line", "path", "plain", "spans", "wants_key")

    def __init__(self, *, is_map: bool, path: str, line: int) -> None:
        self.is_map = is_map
        self.path = path
        self.line = line
        self.items: list[Any] = []
        self.key = ""
        self.wants_key = is_map
        self.spans: list[tuple[int, int]] = []
        self.plain = True


class _Walk:
    """One file's events. A list is settled when it ends: its maps are rows if they hold nothing but scalars, maps and lists of them."""

    def __init__(self, source: Source, budget: Budget) -> None:
        self._budget = budget
        self._batches = RecordBatches(source.asset, budget.limits)
        self._flat = Flattener(self._batches)
        self._stack: list[_Node] = []
        self.taken: list[tuple[int, int]] = []

    def tables(self, text: str) -> Iterator[Content]:
        """The rows of the whole text, as far as it is YAML."""
        try:
            for number, event in enumerate(yaml.parse(text, Loader=_LOADER)):
                if number % _EVERY == 0:
                    self._budget.check()
                if len(self._stack) > _DEPTH:
                    break
                yield from self._event(event)
        except (yaml.YAMLError, RecursionError, UnicodeError):
            pass  # what is no YAML stays text
        yield from self._batches.flush()

    def _event(self, event: yaml.Event) -> Iterator[Content]:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.AliasEvent):
            self._value(None, _span(event), plain=True)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            parent = self._stack[-1] if self._stack else None
            if parent is not None and parent.wants_key:
                parent.plain = False  # a key that is no scalar
            name = parent.key if parent is not None and parent.is_map else ""
            above = parent.path if parent is not None else ""
            name = "*" if is_id(name) else name
            path = f"{above}.{name}" if above and name else above or name
            is_map = isinstance(event, yaml.MappingStartEvent)
            self._stack.append(_Node(is_map=is_map, path=path, line=_line(event)))
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            yield from self._close(self._stack.pop())

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        node = self._stack[-1] if self._stack else None
        if node is None:
            return
        span = _span(event)
        if node.wants_key:
            node.key = event.value
            node.wants_key = False
            node.spans.append(span)
            return
        value: str | None = event.value
        folded = "\n" in event.value.strip() and _BASE64.fullmatch(event.value) is None
        if not event.value or (event.style is None and event.value in ("~", "null")):
            value = None
        self._value(value, span, plain=not folded)

    def _value(self, value: Any, span: tuple[int, int] | None, *, plain: bool) -> None:
        node = self._stack[-1] if self._stack else None
        if node is None:
            return
        node.plain = node.plain and plain
        if span is not None:
            node.spans.append(span)
        if node.is_map:
            if node.wants_key:
                node.plain = False
                node.key = ""
            node.items.append((node.key, value))
            node.wants_key = not node.wants_key
        else:
            node.items.append(value)

    def _close(self, node: _Node) -> Iterator[Content]:
        parent = self._stack[-1] if self._stack else None
        if node.is_map or not _is_records(node):
            if parent is None:
                return
            in_records = any(not above.is_map for above in self._stack)
            value: Any = Members(node.items) if node.is_map else list(node.items)
            if node.is_map and not parent.is_map:
                value = (value, node)
            parent.spans += node.spans if in_records else []
            kept = value if in_records else None
            self._value(kept, None, plain=node.plain)
            return
        for item in node.items:
            members, inner = item
            self.taken += inner.spans
            yield from self._flat.record(node.path or "", members, inner.line)
        if parent is not None:
            self._value(None, None, plain=True)


def _is_records(node: _Node) -> bool:
    """Whether a list is one of maps with at least two fields, none of them a text of several lines."""
    if len(node.items) < 2:
        return False
    return all(isinstance(item, tuple) and item[1].plain and len(item[0]) >= 2 for item in node.items)
