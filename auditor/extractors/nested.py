"""Values that are encoded inside text and tables: decoded where they stand, or handed on as members where they are files.

A short value takes the place of its encoding, so that the field's name beside it and the line's or row's other values stay with it:
`phone: MDEw…` becomes `phone: 010…`, a cell of base64 that holds a JSON object becomes columns of its row. Longer text, tables,
archives and documents become members (`app.har!/line 12, base64`), which re-enter the walk.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import re2
from re2 import _re2

from auditor.errors import ReadError
from auditor.extractors import encoded
from auditor.extractors._archive.members import member_asset, within
from auditor.extractors.json_records import Flattener, Members, embedded
from auditor.extractors.limits import Budget
from auditor.extractors.tables import RecordBatches, string_array
from auditor.extractors.windows import Windows
from auditor.model.asset import GapCode
from auditor.model.content import Content, Member, Source, Table, Text
from auditor.model.text import printable

if TYPE_CHECKING:
    import pyarrow as pa

_INLINE: Final = 4096
_SURE_PART: Final = 40
"""Characters: 30 bytes of noise are ASCII once in 10¹²."""
_LEVELS: Final = 6
_OPEN: Final = 1024
_LONGEST_RUN: Final = 64 << 20
_BLOCK_LINE: Final = re.compile(r"[ \t\"'+>#*-]*([A-Za-z0-9+/_-]{4,}={0,2})[\"',;\\ \t\r]*\n?")
_FOLDED_AT: Final = 56
_TAIL: Final = re.compile(r"={0,2}[A-Za-z0-9+/_-]{1024,}+")
"""Of a text read backwards: forwards every letter would be a place to begin."""
_GOES_ON: Final = re.compile(r"[A-Za-z0-9+/_-]*={0,2}")
_BESIDE: Final = re.compile(r"(?i)(?:basic|bearer)[ \t]+\Z|\.\Z")
_SECTION: Final = re.compile(r"\s*\n\s*")
_MANY: Final = re.compile(r"\[\s*\{|\}\s*,\s*\{")


_Take = Callable[[str, bytes], None]
"""What takes the kind and the bytes of something that becomes a member."""


class _Gate:
    """An RE2 expression over UTF-8: which lines it touches (detectors/search.py says why not `re2.compile`)."""

    def __init__(self, regex: str, *, lines: bool = True) -> None:
        options = re2.Options()
        options.max_mem = 64 << 20
        options.never_capture = True
        self._match = _re2.RE2(f"{'(?m)' * lines}{regex}".encode(), options).Match

    def touches(self, data: bytes) -> bool:
        """Whether it matches anywhere."""
        return bool(self._match(_re2.RE2.Anchor.UNANCHORED, data, 0, len(data))[0][0] >= 0)

    def lines(self, data: bytes) -> Iterator[tuple[int, int]]:
        """(start, end) of each line with a match, the end behind its newline."""
        position, size = 0, len(data)
        while position < size:
            first, past = self._match(_re2.RE2.Anchor.UNANCHORED, data, position, size)[0]
            if first < 0:
                return
            start = data.rfind(b"\n", 0, max(first, past - 1)) + 1
            end = data.find(b"\n", past - 1 if past > first else past) + 1 or size
            yield start, end
            position = end


_GATE: Final = _Gate(encoded.GATE)


def unfold(contents: Iterator[Content], source: Source, budget: Budget) -> Iterator[Content]:
    """The same contents with what is encoded in them decoded; members and gaps pass."""
    nested = _Nested(source, budget)
    try:
        for content in contents:
            if isinstance(content, Text):
                yield from nested.text(content)
            elif isinstance(content, Table):
                yield from nested.table(content)
            else:
                yield content
        yield from nested.finish()
    finally:
        close = getattr(contents, "close", None)
        if close is not None:
            close()


class _Nested:
    def __init__(self, source: Source, budget: Budget) -> None:
        self._asset = source.asset
        self._encodings = source.encodings
        self._budget = budget
        self._limits = budget.limits
        self._out: list[Content] = []
        self._names: dict[str, int] = {}
        self._told: set[str] = set()
        self._batches = RecordBatches(source.asset, budget.limits)
        self._flat = Flattener(self._batches)
        self._run: list[str] = []
        self._run_size = 0
        self._run_at = (0, 0, "")
        self._run_start = 0

    def text(self, text: Text) -> Iterator[Content]:
        """A text decoded, and the members found in it."""
        if self._run:
            text = self._continued(text)
            yield from self._taken()
        cut = self._tail(text)
        if cut is not None:
            text = cut
        data = text.text
        if data:
            overlap, done = text.overlap, self._lines(text)
            if done != data:
                if overlap:
                    overlap = (
                        len(self._line(data[:overlap], lambda *_: None)) if "\n" not in data[:overlap] else overlap
                    )
                text = replace(text, text=done, overlap=min(overlap, len(done)))
            yield text
        yield from self._taken()

    def finish(self) -> Iterator[Content]:
        """What was still open."""
        self._close_run()
        yield from self._taken()
        yield from self._batches.flush()

    def _taken(self) -> Iterator[Content]:
        """The members found, one at a time: a stream is good until the next is asked for."""
        out, self._out = self._out, []
        yield from out

    # A run of base64 that goes over the windows of a line too long to hold.

    def _tail(self, text: Text) -> Text | None:
        """The text without the run at its end, if the line may go on: the run is kept."""
        data = text.text
        if data.endswith("\n") or len(data) < self._limits.window // 2:
            return None
        found = _TAIL.match(data[data.rfind("\n") + 1 :][::-1])
        if found is None or not encoded.promising(found[0][::-1], self._encodings):
            return None
        first = len(data) - found.end()
        line = text.first_line + data.count("\n")
        start = max(first, text.overlap if "\n" not in data[: text.overlap + 1] else 0)
        end_offset = len(data) - data.rfind("\n") - 1 + (text.offset if "\n" not in data else 0)
        self._run, self._run_size = [data[start:]], len(data) - start
        self._run_at = (line, end_offset, text.part)
        self._run_start = max(0, end_offset - self._run_size)
        return replace(text, text=data[:first], overlap=min(text.overlap, first))

    def _continued(self, text: Text) -> Text:
        """The text without the characters that go on with the run kept."""
        line, offset, part = self._run_at
        goes_on = text.part == part and text.first_line == line and text.offset + text.overlap == offset
        if not goes_on or not text.offset:
            self._close_run()
            return text
        found = _GOES_ON.match(text.text, text.overlap)
        assert found is not None
        if self._run_size <= _LONGEST_RUN:
            self._run.append(found[0])
        self._run_size += len(found[0])
        rest = text.text[found.end() :]
        self._run_at = (line, text.offset + found.end(), part)
        if rest:
            self._close_run()
        return replace(text, text=rest, offset=text.offset + found.end(), overlap=0)

    def _close_run(self) -> None:
        if not self._run:
            return
        run, self._run = "".join(self._run), []
        line, _, part = self._run_at
        if self._run_size > _LONGEST_RUN:
            self._gap(
                GapCode.FILE_EXCEEDS_SIZE_LIMIT, "encoded data of more than 64 MiB in one line: searched to there"
            )
            run = run[: _LONGEST_RUN // 4 * 4]
        found = encoded.decoded(run, self._encodings)
        if found is not None:
            self._member(f"{part}, line {line}" if part else f"line {line}", *found)
            return
        windows = Windows(self._asset, self._limits)
        windows.at(line, self._run_start)
        self._out.extend(replace(piece, part=part) for piece in windows.feed(run))

    # Text

    def _lines(self, text: Text) -> str:
        """Every line decoded; lines that belong together (folded base64, listings of bytes) are one value."""
        data = text.text.encode("utf-8", "replace")
        pieces: list[bytes] = []
        position = number = counted = 0
        for start, end in _GATE.lines(data):
            if start < position:
                continue
            number += data.count(b"\n", counted, start)
            counted = start
            self._budget.check()
            line = data[start:end].decode()
            where = f"line {text.first_line + number}"
            where = f"{text.part}, {where}" if text.part else where
            after, block = self._block(line, data, end, where)
            if block is None:
                keep = line.endswith("\n")
                block = self._line(line[:-1] if keep else line, partial(self._member, where))
                block += "\n" if keep else ""
                after = end
            pieces += (data[position:start], block.encode("utf-8", "replace"))
            position = after
        return (b"".join(pieces) + data[position:]).decode() if pieces else text.text

    def _block(self, line: str, data: bytes, end: int, where: str) -> tuple[int, str | None]:
        """Where a value of several lines ends, and what stays in their place; None if there is none."""
        fits: Callable[[str], bool]
        if encoded.is_dump_line(line):
            kind, fits = "hex dump", encoded.is_dump_line
        elif (
            len(line) > _FOLDED_AT
            and (last := list(encoded.runs(line)))
            and len(last[-1][0]) >= _FOLDED_AT
            and (_BLOCK_LINE.fullmatch(line, last[-1].start()) or line.rstrip().endswith(last[-1][0]))
        ):
            kind, fits = "base64", lambda below: _BLOCK_LINE.fullmatch(below) is not None
        else:
            return end, None
        lines = [line]
        after = end
        size = 0
        while after < len(data) and size < _LONGEST_RUN:
            stop = data.find(b"\n", after) + 1 or len(data)
            below = data[after:stop].decode()
            if not fits(below):
                break
            lines.append(below)
            size += len(below)
            after = stop
            if kind == "base64" and (
                below.rstrip().rstrip("\"',;\\ ").endswith("=") or len(below.strip()) < _FOLDED_AT
            ):
                break
        if kind == "hex dump":
            found = encoded.dump_of(lines) if len(lines) > 1 or len(line) > 40 else None
            if not found or not encoded.worthy(found, self._encodings):
                return end, None
            self._member(where, kind, found)
            return after, "\n" * len(lines)
        if len(lines) == 1:
            return end, None
        first = last[-1]
        run = first[0] + "".join(match[1] for below in lines[1:] if (match := _BLOCK_LINE.fullmatch(below)))
        decoded = encoded.decoded(run, self._encodings)
        if decoded is None:
            return end, None
        inline = self._inline(decoded[1], 1)
        if inline is None:
            self._member(where, *decoded)
        newline = "\n" * (len(lines) if lines[-1].endswith("\n") else len(lines) - 1)
        return after, f"{line[: first.start()]}{inline or ''}{newline}"

    def _line(self, line: str, member: _Take, level: int = 0) -> str:
        """One line, or one cell, decoded layer by layer."""
        for _ in range(_LEVELS):
            before = line
            line = encoded.unescaped(line)
            line = self._runs(line, member, level)
            if line == before:
                break
        return line

    def _runs(self, line: str, member: _Take, level: int) -> str:
        parts: list[str] = []
        beside: list[str] = []
        position = 0
        for run in encoded.runs(line):
            found = self._decoded(line, run)
            if found is None:
                continue
            start, end, kind, data = found
            inline = self._inline(data, level + 1) if level < _LEVELS else None
            if inline is None:
                member(kind, data)
                parts += (line[position:start], "")
            elif _BESIDE.search(line, max(0, start - 10), start) or line[end : end + 1] == ".":
                if inline not in line:
                    beside.append(inline)
                continue
            else:
                parts += (line[position:start], inline)
            position = end
        return "".join((*parts, line[position:], *(f" {text}" for text in beside))) if parts or beside else line

    def _decoded(self, line: str, run: re.Match[str]) -> tuple[int, int, str, bytes] | None:
        """(start, end, kind, bytes) of what a run, or a part of it behind a separator, stands for."""
        start, end = run.span()
        whole = run[0]
        if whole[:2] in ("0x", "0X", "x'", "X'") or (whole[0] in "xX" and line[start - 1 : start] == "\\"):
            skip = 2 if whole[0] == "0" else 1
            found = encoded.decoded(whole[skip:], self._encodings)
            return (start - (skip == 1), end, *found) if found is not None else None
        found = encoded.decoded(whole, self._encodings)
        if found is not None:
            return start, end, *found
        # Behind a separator a part of noise decodes to a few letters now and then: of CIs, one in ten thousand has such an end.
        for cut in _SEPARATOR.finditer(whole, 0, min(400, len(whole) - _SURE_PART)):
            found = encoded.decoded(whole[cut.end() :], self._encodings)
            if found is not None:
                return start + cut.end(), end, *found
        return None

    def _inline(self, data: bytes, level: int) -> str | None:
        """What can stand in the place of its encoding: a short text of one line; None for all else."""
        if encoded.known(data) or len(data) > _INLINE:
            data = encoded.unpacked(data)
            if not data or len(data) > _INLINE:
                return None
        text = encoded.text_of(data, self._encodings)
        if text is None:
            unpacked = encoded.unpacked(data)
            text = encoded.text_of(unpacked, self._encodings) if unpacked and len(unpacked) <= _INLINE else None
        if text is None:
            return None
        text = text.strip("\ufeff\r\n ")
        if "\n" in text or "\r" in text:
            if text[:1] != "{" or not isinstance(embedded(text), Members):
                return None
            text = _SECTION.sub(" ", text)
        if _MANY.search(text):
            return None
        return (
            self._line(text, lambda kind, found: self._member(f"in {kind}", kind, found), level)
            if level <= _LEVELS
            else text
        )

    # Tables

    def table(self, table: Table) -> Iterator[Content]:
        """A table whose cells are decoded; a cell that was a JSON object becomes columns of its row."""
        arrays = list(table.arrays)
        more: dict[str, dict[int, str]] = {}
        changed = False
        for at, array in enumerate(arrays):
            rows = _gated(array)
            if not len(rows):
                continue
            cells: dict[int, str | None] = {}
            for row in rows:
                value = array[row].as_py()
                done = self._cell(table, table.columns[at], row, value, more)
                if done != value:
                    cells[row] = done
            if cells:
                changed = True
                values = array.to_pylist()
                for row, cell in cells.items():
                    values[row] = cell
                arrays[at] = string_array(values)
        if changed:
            count = len(arrays[0])
            names = [name for name in more if name not in table.columns]
            for name in more:
                if name in table.columns:  # beside a column of that name: what its cell lacks
                    at = table.columns.index(name)
                    values = arrays[at].to_pylist()
                    for row, cell in more[name].items():
                        values[row] = cell if not values[row] else f"{values[row]}\n{cell}"
                    arrays[at] = string_array(values)
            arrays += [string_array([more[name].get(row) for row in range(count)]) for name in names]
            letters = (*table.letters, *("",) * len(names)) if table.letters else ()
            table = replace(table, columns=(*table.columns, *names), arrays=tuple(arrays), letters=letters)
        yield table
        yield from self._taken()

    def _cell(self, table: Table, column: str, row: int, value: str, more: dict[str, dict[int, str]]) -> str | None:
        self._budget.check()
        line = table.lines[row] if table.lines is not None else None
        where = f"line {line}" if line is not None else f"row {table.first_row + row}"
        if table.part:
            where = f"{table.part}, {where}"
        elif table.name and line is None:
            where = f"{table.name}, {where}"
        where = printable(f"{where}, {column}" if column else where)

        def member(kind: str, data: bytes) -> None:
            self._member(where, kind, data)

        bare = "".join(value.split())
        if bare != value and len(value) >= _FOLDED_AT and (run := encoded.RUN.fullmatch(bare)):
            found = encoded.decoded(run[0], self._encodings)
            if found is not None:
                inline = self._inline(found[1], 1)
                if inline is None:
                    member(*found)
                    return None
                return self._object(inline, column, row, line or 1, more)
        lines = value.split("\n")
        done = "\n".join(self._line(part, member) if len(part) >= encoded.SHORTEST else part for part in lines)
        return value if done == value else self._object(done, column, row, line or 1, more)

    def _object(self, text: str, column: str, row: int, line: int, more: dict[str, dict[int, str]]) -> str | None:
        """A cell's text; a JSON object's members become columns instead."""
        held = embedded(text) if text[:1] == "{" else None
        if not isinstance(held, Members) or _MANY.search(text):
            return text
        pairs: list[tuple[str, str | None]] = []
        self._flat.members("", column, held, pairs)
        if len(more) + len(pairs) > self._limits.columns // 2:
            return text
        for name, cell in pairs:
            if cell is not None:
                cells = more.setdefault(name, {})
                cells[row] = f"{cells[row]}\n{cell}" if row in cells else cell
        self._out.extend(self._flat.pending(line))
        return None

    # Members

    def _member(self, where: str, kind: str, data: bytes) -> None:
        unpacked = encoded.unpacked(data) if data[:1] == b"x" else b""
        budget = self._budget
        try:
            if unpacked:
                data = unpacked
                budget.expand(len(data))
        except ReadError as error:
            self._gap(GapCode(error.code), error.detail)
            return
        if self._asset.depth >= self._limits.archive_depth:
            detail = f"more than {self._limits.archive_depth} files and encodings inside one another"
            self._gap(GapCode.ARCHIVE_NESTING_LEVEL_OVER_LIMIT, detail)
            return
        if budget.full:
            detail = f"more than {self._limits.members} files and encoded values within it"
            self._gap(GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT, detail)
            return
        budget.members += 1
        name = f"{where}, {kind}"
        times = self._names[name] = self._names.get(name, 0) + 1
        if len(self._names) > 100_000:
            self._names.clear()
        asset = member_asset(
            self._asset, within(self._asset, name if times == 1 else f"{name} ({times})"), size=len(data)
        )
        self._out.append(Member(asset=asset, stream=io.BytesIO(data)))

    def _gap(self, code: GapCode, detail: str) -> None:
        if code not in self._told:
            self._told.add(code)
            self._out.append(self._asset.gap(code, detail))


_SEPARATOR: Final = re.compile(r"[/_+-]|\\{1,3}[nrt]|(?<=[a-z0-9])x(?=[0-9a-fA-F]{20})")


def _gated(array: pa.StringArray) -> list[int]:
    """The rows whose cells may hold something encoded."""
    import pyarrow as pa
    import pyarrow.compute as pc

    sizes = pc.binary_length(array)
    longest = pc.max(sizes).as_py()
    if longest is None or longest < encoded.SHORTEST:
        return []
    if len(array) <= _FEW:  # Arrow compiles the expression anew for every array: more than looking at a short one takes
        cells = ((row, value.encode()) for row, value in enumerate(array.to_pylist()) if value)
        return [row for row, cell in cells if len(cell) >= encoded.SHORTEST and _may_hold(cell)]
    mask = pc.match_substring_regex(array, _CELLS)
    if longest >= _LONG_CELL:  # base64 of a text in a legacy encoding does not begin like one
        long = pc.and_(pc.greater_equal(sizes, _LONG_CELL), pc.match_substring_regex(array, _WHOLE_CELL))
        mask = pc.or_(mask, long)
    found: list[int] = pc.indices_nonzero(pc.fill_null(mask, pa.scalar(False))).to_pylist()
    return found


def _may_hold(cell: bytes) -> bool:
    return _CELL_GATE.touches(cell) or (len(cell) >= _LONG_CELL and _WHOLE_CELL_GATE.touches(cell))


_FEW: Final = 1_000
_LONG_CELL: Final = 100
_CELLS: Final = f"(?m){encoded.CELLS}"
_WHOLE_CELL: Final = r"^\s*(?:data:[^,]*,)?[A-Za-z0-9+/_=\s-]+$"
_CELL_GATE: Final = _Gate(encoded.CELLS)
_WHOLE_CELL_GATE: Final = _Gate(_WHOLE_CELL, lines=False)
