"""JSON documents, JSON Lines and concatenated JSON, of any size."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, Final

from auditor.extractors.buffer import Buffer
from auditor.extractors.decoding import BLOCK, Decoder
from auditor.extractors.json_records import DECODER, Flattener, Members, child, embedded, is_id, scalar
from auditor.extractors.json_runs import Runs
from auditor.extractors.json_texts import LinesOfText, holds_lines, is_text
from auditor.extractors.limits import Budget, Limits
from auditor.extractors.tables import RecordBatches, without_surrogates
from auditor.extractors.windows import Windows
from auditor.model.asset import Gap, GapCode
from auditor.model.content import Content, Source, Text

_SPACE: Final = re.compile(r"[\s\x1e\ufeff]*")
_GAP: Final = re.compile(r"[\s\x1e\ufeff,]*")
_SCALAR: Final = r"(?:-?\d[\d.eE+-]*|true|false|null|NaN|-?Infinity)"
_PLAIN: Final = re.compile(_SCALAR + r"(?=\s*(?:[,}\]]|\Z))")
_PLAIN_LINE: Final = re.compile(_SCALAR + r"(?=[ \t,]*(?:\n|\Z))")
_EMPTY: Final = re.compile(r"\{\s*\}|\[\s*\]")
_LINE_END: Final = re.compile(r"[ \t,]*(?:\n|\Z)")
_IN_STRING: Final = re.compile(r'[^"\\]*(?:\\.[^"\\]*)*', re.DOTALL)
_NEXT_VALUE: Final = re.compile(r"\n(?=[{\[])")
_LITERALS: Final = {"true": "true", "false": "false", "null": None}
_RECORD: Final = BLOCK
"""Characters within which a record is parsed at once; a longer one is walked token by token."""

_LONGEST_STRING: Final = 4 * BLOCK
_LOOK_AHEAD: Final = 4096
_COLLECTION: Final = 50


class _Frame:
    """An open object or array. Objects that belong to one row share `pairs`."""

    __slots__ = ("collection", "is_object", "is_row", "line", "lines", "name", "objects", "pairs", "path", "table")

    def __init__(
        self, *, table: str, path: str, is_object: bool, pairs: list[tuple[str, str | None]] | None, line: int
    ) -> None:
        self.table = table
        self.path = path
        self.is_object = is_object
        self.is_row = pairs is None and is_object
        self.pairs: list[tuple[str, str | None]] = [] if pairs is None else pairs
        self.line = line
        self.name: str | None = None
        self.collection = False
        self.objects = 0
        self.lines: LinesOfText | None = None


class _MalformedError(Exception):
    """What follows the position is no JSON."""


class JsonExtractor:
    """Each line of JSON Lines, each object in an array and each member of a map is a row; nested objects stay in it.

    Records are parsed by the standard library's scanner; what is around them, and records of more than 1 MiB, token
    by token. Where the JSON ends or is broken, rows read so far are kept and the rest comes as `Text`.
    """

    def __init__(self, budget: Budget) -> None:
        self._limits = budget.limits

    def extract(self, source: Source) -> Iterator[Content]:
        """`Table`s named by the JSON path of their array, `Text` for what is no JSON, and gaps."""
        decoder = Decoder(source)
        yield from _Walk(source, self._limits, Buffer(decoder.pieces())).run()
        yield from decoder.gaps()


class _Walk:
    """One file on its way through: a stack of open containers instead of recursion."""

    def __init__(self, source: Source, limits: Limits, buffer: Buffer) -> None:
        self._source = source
        self._limits = limits
        self._buffer = buffer
        self._batches = RecordBatches(source.asset, limits)
        self._flat = Flattener(self._batches)
        self._windows = Windows(source.asset, limits)
        self._frames: list[_Frame] = []
        self._runs = Runs(buffer, limits.columns)
        self._told = False

    def run(self) -> Iterator[Content]:
        """All of it."""
        while self._next_token():
            if not self._frames and (run := self._runs.next()) is not None:
                yield from self._batches.add_arrays("", *run)
                continue
            try:
                yield from self._step()
            except _MalformedError:
                yield from self._give_up()
        yield from self._close_all()
        yield from self._batches.flush()

    def _next_token(self) -> bool:
        """Skip white space and separators; False at the file's end. RFC 7464's record separator counts as space."""
        buffer = self._buffer
        skip = _GAP if not self._frames or not self._frames[-1].is_object or self._frames[-1].name is None else _SPACE
        buffer.fill(_LOOK_AHEAD) if len(buffer.text) - buffer.position > BLOCK // 2 else buffer.fill(BLOCK)
        while True:
            match = skip.match(buffer.text, buffer.position)
            assert match is not None
            buffer.position = match.end()
            if buffer.ended or len(buffer.text) - buffer.position >= _LOOK_AHEAD:
                return buffer.position < len(buffer.text)
            buffer.fill(BLOCK)

    def _step(self) -> Iterator[Content]:
        buffer = self._buffer
        character = buffer.text[buffer.position]
        frame = self._frames[-1] if self._frames else None
        if frame is not None and character in "]}" and (character == "}") == frame.is_object and frame.name is None:
            buffer.position += 1
            yield from self._close()
        elif frame is not None and frame.is_object and frame.name is None:
            yield from self._name(frame)
        elif character in "{[":
            yield from self._container(frame, character == "{")
        elif character == '"':
            yield from self._string(frame)
        else:
            match = (_PLAIN_LINE if frame is None else _PLAIN).match(buffer.text, buffer.position)
            if match is None:
                raise _MalformedError
            buffer.position = match.end()
            yield from self._scalar(frame, _LITERALS.get(match[0], match[0]))

    def _name(self, frame: _Frame) -> Iterator[Content]:
        buffer = self._buffer
        if buffer.text[buffer.position] != '"':
            raise _MalformedError
        name, end = self._scan_string()
        if name is None or "\n" in name:
            raise _MalformedError
        length = end - buffer.position
        buffer.fill(length + _LOOK_AHEAD)
        colon = _SPACE.match(buffer.text, buffer.position + length)
        assert colon is not None
        if buffer.text[colon.end() : colon.end() + 1] != ":":
            raise _MalformedError
        buffer.position = colon.end() + 1
        frame.name = name
        if len(frame.pairs) >= self._limits.columns:
            yield from self._add_row(frame)

    def _scan_string(self) -> tuple[str | None, int]:
        """The string at the position and its end; None if it is unfinished even after 4 MiB, or broken."""
        buffer = self._buffer
        ahead = BLOCK
        while True:
            try:
                text, end = scanstring(buffer.text, buffer.position + 1, False)
            except json.JSONDecodeError as error:
                if not error.msg.startswith("Unterminated") or buffer.ended or ahead >= _LONGEST_STRING:
                    return None, buffer.position
                ahead *= 2
                buffer.fill(ahead)
            else:
                return text, end

    def _container(self, frame: _Frame | None, is_object: bool) -> Iterator[Content]:
        buffer = self._buffer
        empty = _EMPTY.match(buffer.text, buffer.position)
        if empty and frame is not None and frame.is_object and not is_id(frame.name or ""):
            buffer.position = empty.end()
            yield from self._scalar(frame, None)  # the name at least
            return
        if self._at_once(frame, is_object):
            try:
                value, end = DECODER.raw_decode(buffer.text, buffer.position)
            except (json.JSONDecodeError, RecursionError):
                pass
            else:
                # A document of several lines is walked instead: its arrays' rows then have lines of their own. So is
                # what holds a text as a list of its lines.
                apart = buffer.text.find("\n", buffer.position, end) >= 0 if frame is None else False
                if not apart and not holds_lines(buffer.text, buffer.position, end):
                    line = buffer.place()[0]
                    buffer.position = end
                    yield from self._value(frame, value, line)
                    return
        if len(self._frames) >= self._limits.json_depth:
            yield from self._too_deep()
            raise _MalformedError
        self._open(frame, is_object)

    def _at_once(self, frame: _Frame | None, is_object: bool) -> bool:
        """Whether to try and parse the container whole: it is a record, not a part of the way to one."""
        if frame is None or not frame.is_object:
            return True
        return is_object and (frame.collection or is_id(frame.name or ""))

    def _open(self, frame: _Frame | None, is_object: bool) -> None:
        line = self._buffer.place()[0]
        self._buffer.position += 1
        if frame is None:
            new = _Frame(table="", path="", is_object=is_object, pairs=None, line=line)
        elif not frame.is_object:
            table = frame.table if is_object else child(frame.table, "") or ""
            new = _Frame(table=table, path="", is_object=is_object, pairs=None, line=line)
        else:
            name = frame.name or ""
            frame.name = None
            frame.objects += is_object
            if is_object and (is_id(name) or frame.objects > _COLLECTION):
                frame.collection = True
            if is_object and frame.collection:
                new = _Frame(table=child(frame.table, frame.path), path="", is_object=True, pairs=None, line=line)
                new.pairs.append(("key", name))
            else:
                if is_id(name):
                    frame.pairs.append(("key", name))
                    name = "*"
                path = f"{frame.path}.{name}" if frame.path else name
                if is_object:
                    new = _Frame(table=frame.table, path=path, is_object=True, pairs=frame.pairs, line=frame.line)
                else:
                    new = _Frame(table=child(frame.table, path), path="", is_object=False, pairs=None, line=line)
        self._frames.append(new)

    def _value(self, frame: _Frame | None, value: Any, line: int) -> Iterator[Content]:
        """A container that was parsed whole."""
        if frame is None:
            if type(value) is list:
                for item in value:
                    yield from self._flat.record("", item, line)
            else:
                yield from self._flat.record("", value, line)
        elif frame.is_object:
            name, frame.name = frame.name, None
            frame.collection = True
            yield from self._flat.record(child(frame.table, frame.path), value, line, name)
        else:
            yield from self._flat.record(frame.table, value, line)

    def _scalar(self, frame: _Frame | None, value: str | None) -> Iterator[Content]:
        line = self._buffer.place()[0]
        if frame is None or not frame.is_object:
            yield from self._flat.record(frame.table if frame else "", value, line)
            return
        name, frame.name = frame.name or "", None
        held = embedded(value) if value is not None and value[:1] in "{[ \n" else None
        if is_id(name):
            yield from self._flat.record(child(frame.table, frame.path), held or value, line, name)
            return
        column = f"{frame.path}.{name}" if frame.path else name
        if type(held) is Members:
            self._flat.members(frame.table, column, held, frame.pairs)
            yield from self._flat.pending(line)
        elif held is not None:
            for item in held:
                yield from self._flat.record(child(frame.table, column), item, line)
        else:
            frame.pairs.append((column, scalar(value)))

    def _string(self, frame: _Frame | None) -> Iterator[Content]:
        buffer = self._buffer
        value, end = self._scan_string()
        if value is not None:
            if frame is None and not _LINE_END.match(buffer.text, end):
                raise _MalformedError
            if "\n" in value and frame is not None and buffer.text.find("\n", buffer.position, end) >= 0:
                raise _MalformedError  # a line that was cut off: its string would swallow the line after it
            buffer.position = end
            if (
                frame is not None
                and not frame.is_object
                and (frame.lines is not None or (value[-1:] == "\n" and is_text(frame.table)))
            ):
                frame.lines = frame.lines or LinesOfText()
                if frame.lines.add(value, buffer.place()[0]):
                    if frame.lines.whole:
                        yield from self._lines(frame)
                    return
            yield from self._scalar(frame, value)
            return
        if buffer.ended or len(buffer.text) - buffer.position < _LONGEST_STRING:
            raise _MalformedError
        yield from self._long_string()
        if frame is not None:
            frame.name = None

    def _long_string(self) -> Iterator[Content]:
        """A string of more than 4 MiB comes as text, as it is written."""
        buffer = self._buffer
        buffer.position += 1
        while buffer.fill(BLOCK):
            match = _IN_STRING.match(buffer.text, buffer.position)
            assert match is not None
            end = match.end()
            yield from self._text(end)
            if buffer.position < len(buffer.text) and buffer.text[buffer.position] == '"':
                buffer.position += 1
                return
            if buffer.ended or len(buffer.text) - buffer.position > 1:
                return

    def _text(self, end: int) -> Iterator[Content]:
        """Hand out the text up to `end` as it is."""
        buffer = self._buffer
        if end > buffer.position:
            self._windows.at(*buffer.place())
            chunk = buffer.text[buffer.position : end]
            buffer.position = end
            yield from self._windows.feed(chunk)

    def _give_up(self) -> Iterator[Content]:
        """Keep the rows, hand out text up to the next line that may begin a value, and go on there."""
        frame = self._frames[-1] if self._frames else None
        buffer = self._buffer
        if frame is not None and frame.name is not None:  # was consumed already, and tells what the broken value is
            value = buffer.text[buffer.position : buffer.position + _LOOK_AHEAD].partition("\n")[0]
            text = without_surrogates(f"{json.dumps(frame.name, ensure_ascii=False)}: {value}")
            yield Text(asset=self._source.asset, text=text, first_line=buffer.place()[0])
        yield from self._close_all()
        while True:
            match = _NEXT_VALUE.search(buffer.text, buffer.position)
            if match is not None:
                yield from self._text(match.end())
                return
            yield from self._text(len(buffer.text))
            if not buffer.fill(BLOCK):
                return

    def _close(self) -> Iterator[Content]:
        frame = self._frames.pop()
        if frame.lines is not None:
            yield from self._lines(frame)
        if frame.is_row:
            yield from self._add_row(frame)

    def _close_all(self) -> Iterator[Content]:
        while self._frames:
            yield from self._close()

    def _lines(self, frame: _Frame) -> Iterator[Content]:
        """The text whose lines an array holds."""
        assert frame.lines is not None
        if (alone := frame.lines.alone()) is not None:
            yield from self._flat.record(frame.table, *alone)
        else:
            yield from self._batches.flush()
            yield from frame.lines.text(self._source.asset, self._limits)

    def _add_row(self, frame: _Frame) -> Iterator[Content]:
        if frame.pairs:
            pairs = list(frame.pairs)
            frame.pairs.clear()
            yield from self._batches.add(frame.table, pairs, frame.line)

    def _too_deep(self) -> Iterator[Content]:
        if not self._told:
            self._told = True
            asset = self._source.asset
            yield Gap(
                target=asset.target,
                path=asset.path,
                version=asset.version,
                code=GapCode.JSON_NESTING_LEVEL_OVER_LIMIT,
                detail=f"more than {self._limits.json_depth} levels: from there on it was searched as plain text",
            )
