"""SQL dumps: INSERT tuples and COPY blocks as rows with their columns, all else as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from auditor.extractors import sql_values as grammar
from auditor.extractors.buffer import Buffer
from auditor.extractors.decoding import BLOCK, Decoder
from auditor.extractors.limits import Budget, Limits
from auditor.extractors.tables import RowBatch, column_name
from auditor.extractors.windows import Windows
from auditor.model.content import Content, Source

if TYPE_CHECKING:
    from auditor.extractors.sql_columns import Tuples

_LONGEST_TUPLE: Final = 8 * BLOCK
_LOOK_AHEAD: Final = 64 << 10
_TABLES: Final = 10_000
_MOST_SKIPPED: Final = 4096
"""Tuples that go one by one at most before another try of many: a later table may be of the usual form."""
_TOGETHER: Final = BLOCK
"""Characters of rows that are looked at together."""
_LEAST: Final = 4 << 10
"""Characters of rows below which one by one is faster."""

_BETWEEN: Final = re.compile(r"(?:\s++|--[^\n]*+\n|/\*(?:[^*]++|\*(?!/))*+\*/)*+")
_COPY_END: Final = re.compile(r"^\\\.[ \t]*$", re.MULTILINE)


class SqlExtractor:
    """Reads mysqldump, pg_dump, SQL Server, Oracle and SQLite scripts. What does not parse comes as `Text`, whole."""

    def __init__(self, budget: Budget) -> None:
        self._limits = budget.limits

    def extract(self, source: Source) -> Iterator[Content]:
        """`Table`s named as in the dump, `Text` for every other statement and comment, and gaps."""
        decoder = Decoder(source)
        yield from _Run(source, self._limits, Buffer(decoder.pieces())).run()
        yield from decoder.gaps()


class _Run:
    """One dump on its way through."""

    def __init__(self, source: Source, limits: Limits, buffer: Buffer) -> None:
        self._asset = source.asset
        self._limits = limits
        self._buffer = buffer
        self._windows = Windows(source.asset, limits)
        self._created: dict[str, tuple[str, ...]] = {}
        self._rows: dict[str, int] = {}
        self._batch: RowBatch | None = None
        self._syntax = grammar.STANDARD
        # Tuples to read one by one before the next try of many; how many it was the last time.
        self._skip = self._skipped = 0

    def run(self) -> Iterator[Content]:
        """All of it."""
        buffer = self._buffer
        buffer.fill(BLOCK)
        self._syntax = grammar.syntax_of(buffer.text[: 256 << 10])
        ahead = 0  # where to look for the next statement, from the buffer's position on
        while buffer.fill(BLOCK):
            match = grammar.STATEMENT.search(buffer.text, buffer.position + ahead)
            if match is None:
                end = len(buffer.text) if buffer.ended else buffer.text.rfind("\n") + 1
                if end <= buffer.position:  # one long line
                    end = max(len(buffer.text) - _LOOK_AHEAD, buffer.position + 1)
                yield from self._text(end)
                ahead = 0
                continue
            start = match.end()
            if len(buffer.text) - start < _LOOK_AHEAD and not buffer.ended:
                yield from self._text(start)
                buffer.fill(BLOCK)
                start = buffer.position
            keyword = match[1].upper()
            ahead = start - buffer.position + 1
            if keyword == "CREATE":
                self._create(start)
            elif keyword == "COPY":
                if (copy := grammar.COPY.match(buffer.text, start)) and not re.search(r"\w", copy[3]):
                    yield from self._text(copy.end())
                    yield from self._copy(copy)
                    ahead = 0
            elif insert := grammar.INSERT.match(buffer.text, start):
                yield from self._text(start)
                yield from self._insert(insert)
                ahead = 0
        if self._batch is not None:
            yield from self._batch.flush()

    def _text(self, end: int) -> Iterator[Content]:
        """Hand out what stands before `end` as it is, if it says anything."""
        buffer = self._buffer
        if end > buffer.position:
            place = buffer.place()
            chunk = buffer.text[buffer.position : end]
            buffer.position = end
            if re.search(r"\w", chunk):
                self._windows.at(*place)
                yield from self._windows.feed(chunk)

    def _create(self, start: int) -> None:
        match = grammar.CREATE.match(self._buffer.text, start)
        if match and len(self._created) < _TABLES:
            columns = grammar.columns_of(self._buffer.text[: start + 4 * _LOOK_AHEAD], match.end())
            if columns:
                self._created[_key(grammar.unquote(match[1]))] = columns

    def _use(self, name: str, listed: str | None, width: int) -> Iterator[Content]:
        """Make the batch one of this table, handing out that of another."""
        columns = grammar.names(listed) if listed else self._created.get(_key(name), ())
        header = bool(columns) and (listed is not None or len(columns) == width)
        if not header:
            columns = tuple(column_name(number) for number in range(1, width + 1))
        batch = self._batch
        if batch is None or (batch.name, batch.columns, batch.header) != (name, columns, header):
            if batch is not None:
                yield from batch.flush()
                if len(self._rows) < _TABLES:
                    self._rows[batch.name] = batch.next_row
            self._batch = RowBatch(self._asset, self._limits, columns, name=name, header=header)
            self._batch.next_row = self._rows.get(name, 1)

    def _insert(self, match: re.Match[str]) -> Iterator[Content]:
        buffer = self._buffer
        name, listed = grammar.unquote(match[1]), match[2]
        buffer.position = match.end()
        used = False
        while True:
            if len(buffer.text) - buffer.position < _LOOK_AHEAD:
                buffer.fill(BLOCK)
            if (run := self._run()) is not None:
                if not used:
                    yield from self._use(name, listed, len(run.columns))
                    used = True
                line = buffer.place()[0]
                buffer.position += run.size
                lines = range(line, line + run.rows) if run.own_lines else [line] * run.rows
                if self._batch is not None:
                    yield from self._batch.add_arrays(run.columns, lines, run.size)
            elif (found := self._row()) is not None:
                values, end = found
                if not used:
                    yield from self._use(name, listed, len(values))
                    used = True
                yield from self._one(values, end)
            else:
                break
            between = _BETWEEN.match(buffer.text, buffer.position)
            after = between.end() if between else buffer.position
            if after >= len(buffer.text) - 1 and not buffer.ended:
                yield from self._text(after)
                buffer.fill(BLOCK)
                between = _BETWEEN.match(buffer.text, buffer.position)
                after = between.end() if between else buffer.position
            if buffer.text[after : after + 1] != ",":
                break
            yield from self._text(after + 1)
            buffer.fill(_LOOK_AHEAD)
            between = _BETWEEN.match(buffer.text, buffer.position)
            if between:
                yield from self._text(between.end())
            if buffer.text[buffer.position : buffer.position + 1] != "(":
                break

    def _run(self) -> Tuples | None:
        """The tuples from the position on, if they are many and of the usual form. After each try that fails more go one by one."""
        buffer = self._buffer
        if self._skip > 0:
            self._skip -= 1
            return None
        start = buffer.position
        end = buffer.text.find(";\n", start, start + _TOGETHER) + 1 or start + _TOGETHER
        if min(end, len(buffer.text)) - start < _LEAST:
            return None
        from auditor.extractors.sql_columns import tuple_columns  # numpy and Arrow's reader: short files need neither

        run = tuple_columns(buffer.text[start:end], self._syntax, self._limits.columns)
        self._skipped = 0 if run is not None else min(2 * self._skipped + 16, _MOST_SKIPPED)
        self._skip = self._skipped
        return run

    def _row(self) -> tuple[list[str | None], int] | None:
        """The values of the tuple at the position and its end; None if it is broken."""
        row = self._syntax.row.match(self._buffer.text, self._buffer.position)
        return (grammar.cells(row[0], self._syntax), row.end()) if row is not None else self._tuple()

    def _one(self, values: list[str | None], end: int) -> Iterator[Content]:
        """A row that ends at `end`, and those that follow without a space."""
        buffer, batch = self._buffer, self._batch
        if batch is None or len(values) > max(self._limits.columns, len(batch.columns)):
            yield from self._text(end)
            return
        line, size = buffer.place()[0], end - buffer.position
        buffer.position = end
        yield from batch.add(values, line, size)
        yield from self._neighbours(batch, line)

    def _neighbours(self, batch: RowBatch, line: int) -> Iterator[Content]:
        """The fast way through a long INSERT: rows that follow on the same line without a space, as mysqldump writes them."""
        buffer, match, syntax = self._buffer, self._syntax.row.match, self._syntax
        text, position = buffer.text, buffer.position
        safe = len(text) - _LOOK_AHEAD
        while position < safe and text.startswith(",(", position) and (row := match(text, position + 1)):
            values = grammar.cells(row[0], syntax)
            if len(values) > self._limits.columns:
                break
            position = row.end()
            buffer.position = position
            yield from batch.add(values, line, len(row[0]))
            if "\n" in row[0]:
                break

    def _tuple(self) -> tuple[list[str | None], int] | None:
        """A tuple with expressions, or one longer than what was looked ahead; None if it is broken."""
        buffer = self._buffer
        ahead = BLOCK
        other = grammar.STANDARD if self._syntax.backslash else grammar.MYSQL
        while True:
            if row := self._syntax.row.match(buffer.text, buffer.position):
                return grammar.cells(row[0], self._syntax), row.end()
            for syntax in (self._syntax, other):
                if found := grammar.tuple_at(buffer.text, buffer.position, syntax):
                    return found
            if buffer.ended or ahead >= _LONGEST_TUPLE:
                return None
            ahead *= 2
            buffer.fill(ahead)

    def _copy(self, match: re.Match[str]) -> Iterator[Content]:
        name, listed = grammar.unquote(match[1]), match[2]
        buffer = self._buffer
        used = False
        while buffer.fill(BLOCK):
            stop = self._copy_end()
            end = stop.start() if stop else len(buffer.text) if buffer.ended else buffer.text.rfind("\n") + 1
            if end <= buffer.position and not stop:
                yield from self._long_line()
                continue
            chunk = buffer.text[buffer.position : end]
            if not used and chunk:
                yield from self._use(name, listed, len(grammar.copy_cells(chunk.partition("\n")[0])))
                used = True
            yield from self._copied(chunk)
            if stop:
                buffer.position = stop.end()
                return

    def _copy_end(self) -> re.Match[str] | None:
        buffer = self._buffer
        at = buffer.text.find("\\.", buffer.position)
        while at >= 0:
            if stop := _COPY_END.match(buffer.text, at):
                return stop
            at = buffer.text.find("\\.", at + 1)
        return None

    def _copied(self, chunk: str) -> Iterator[Content]:
        """The rows of whole lines at the position."""
        buffer, batch = self._buffer, self._batch
        if batch is None:
            return
        line = buffer.place()[0]
        if len(chunk) >= _LEAST:
            # numpy and Arrow's reader: short files need neither
            from auditor.extractors.sql_columns import copy_columns

            width = chunk.count("\t", 0, chunk.find("\n")) + 1
            columns = copy_columns(chunk, width) if width <= self._limits.columns else None
            if columns is not None:
                buffer.position += len(chunk)
                yield from batch.add_arrays(columns, range(line, line + len(columns[0])), len(chunk))
                return
        lines = chunk.split("\n")
        if not lines[-1]:
            lines.pop()
        for text in lines:
            values = grammar.copy_cells(text)
            after = min(buffer.position + len(text) + 1, len(buffer.text))
            if len(values) > self._limits.columns:
                yield from self._text(after)
                continue
            line = buffer.place()[0]
            buffer.position = after
            yield from batch.add(values, line, len(text))

    def _long_line(self) -> Iterator[Content]:
        """A line of more than a block, as text."""
        buffer = self._buffer
        while (end := buffer.text.find("\n", buffer.position) + 1) == 0:
            yield from self._text(len(buffer.text))
            if not buffer.fill(BLOCK):
                return
        yield from self._text(end)


def _key(name: str) -> str:
    return name.rpartition(".")[2].lower()
