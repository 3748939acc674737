"""CSV, TSV and their kin: rows with columns, quoted cells, ragged rows, with a header or without."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from typing import Final

import pyarrow as pa

from auditor.extractors._csv.blocks import Block, Blocks
from auditor.extractors._csv.dialect import HINT, Dialect, records, split, split_all
from auditor.extractors._csv.header import distinct, fitting, header_of
from auditor.extractors._csv.sniff import dialect_of, sniff
from auditor.extractors._data.split import read_lines
from auditor.extractors.limits import Budget, Limits
from auditor.extractors.tables import RowBatch, column_name
from auditor.extractors.windows import Windows
from auditor.model.asset import GapCode
from auditor.model.content import Content, Source

_HEADER_ROWS: Final = 50
_HEADER_AT: Final = 20
"""A header stands among so many records."""

_QUOTED_LINES: Final = 200
"""A quoted cell of more lines is taken for a quote that was never closed."""

_SHORT: Final = 5
"""The same for a record without its last cells."""

_QUOTED_CHARACTERS: Final = 256 << 10
_FAST_FAILURES: Final = 3
_EDGE: Final = 64 << 10
"""So far from either end of a row too long to hold its cells are read."""

_SAMPLE: Final = 256 << 10
_PART: Final = 1 << 20


class CsvExtractor:
    """Every row as it stands: cells beyond the header get columns of their own, lines that are no rows come as `Text`.

    Regular blocks go through Arrow's reader; what it finds irregular goes through the standard library's, record by
    record. A quote that is not closed within 200 lines, or whose record does not have the table's width, is an
    ordinary character, so that it swallows nothing.
    """

    def __init__(self, budget: Budget) -> None:
        self._limits = budget.limits

    def extract(self, source: Source) -> Iterator[Content]:
        """`Table`s in the file's order, `Text` for what is no row, and gaps."""
        csv.field_size_limit(1 << 30)
        decoder = Blocks(source)
        blocks = decoder.blocks()
        first = list(_first(blocks))
        if first:
            run = _Run(source, self._limits, "".join(text for text, _ in first))
            for block, whole in chain(first, blocks):
                yield from run.block(block, whole)
            yield from run.finish()
        yield from decoder.gaps()


def _first(blocks: Iterator[tuple[Block, bool]]) -> Iterator[tuple[str, bool]]:
    """Blocks up to the first that show some rows: below the header may stand a row of megabytes."""
    size = lines = 0
    for block, whole in blocks:
        text = block if isinstance(block, str) else block.decode()
        yield text, whole
        size += len(text)
        lines += text.count("\n")
        if lines >= _HEADER_ROWS or size >= _SAMPLE:
            return


def _parts(block: bytes) -> Iterator[bytes]:
    """Whole lines, about as many at a time as `_PART` holds."""
    at = 0
    while at < len(block):
        end = block.find(b"\n", at + _PART // 2) + 1 or len(block)
        yield block[at:end]
        at = end


def _holds_null(block: bytes) -> bool:
    """Whether `\\N` stands in it. One byte is sought twenty times as fast as two, and few files have it."""
    return b"\\" in block and b"\\N" in block


_FEW_BYTES: Final = 2_048
"""Bytes below which record by record is faster: Arrow's reader takes a millisecond to begin."""


class _Run:
    """One file on its way through."""

    def __init__(self, source: Source, limits: Limits, sample: str) -> None:
        self._limits = limits
        self._windows = Windows(source.asset, limits)
        sample = sample[:_SAMPLE]
        name = source.asset.name
        self._asset = source.asset
        self._named = name.lower().endswith((".csv", ".tsv", ".psv", ".tab"))
        self._too_long = 0
        sniffed = None if self._named else sniff(sample, whole=False)
        self._dialect: Dialect = sniffed or dialect_of(sample, name)
        self._line = 1
        self._as_bytes = not self._dialect.joint
        self._open: list[str] = []  # lines of a record whose quote is not closed yet
        self._offset = 0
        self._fast_chances = _FAST_FAILURES
        self._inside = False  # a row too long to hold, its first cells, its line
        self._row: list[str] = []
        self._row_line = 1
        self._skip = 0  # lines up to and with the header
        self._preamble = 0  # of these, lines above it
        columns, header = self._columns(sample)
        self._batch = RowBatch(source.asset, limits, columns, header=header)

    def _columns(self, sample: str) -> tuple[tuple[str, ...], bool]:
        """The columns, and whether a row names them; `_skip` is then how many lines to leave out of the rows."""
        dialect = self._dialect
        lines = dialect.plain(sample).split("\n")[: _HEADER_ROWS + 20]
        if len(lines) > 2:
            lines.pop()  # maybe only a part of one; the start of a first long row still tells a header from it
        rows = list(records(lines, dialect))
        made_up = tuple(column_name(column) for column in range(1, dialect.width + 1))
        if dialect.width > self._limits.columns:
            return made_up, False
        hint = HINT.match(lines[0]) is not None
        self._skip = self._preamble = int(hint)
        for index, (end, cells) in enumerate(rows[:_HEADER_AT]):
            if hint and not index:
                continue
            below = [row for _, row in rows[index + 1 :] if any(row) and row != cells]  # a page may repeat its header
            names = fitting(cells, dialect.width, below)
            if names and header_of([names, *(row for row in below if len(row) in (dialect.width, len(names)))]):
                self._skip = end
                self._preamble = rows[index - 1][0] if index else 0
                return distinct(names), True
            filled = sum(bool(cell.strip()) for cell in cells)
            if len(cells) == dialect.width and filled > max(1, dialect.width // 3) and not cells[0].startswith("#"):
                break  # a row of values
        return made_up, False

    def block(self, block: Block, whole: bool) -> Iterator[Content]:
        """Rows of a block of whole lines; the parts of a line too long for a row."""
        if isinstance(block, bytes):
            if (
                self._as_bytes
                and not self._skip
                and not _holds_null(block)
                and (table := self._fast(block)) is not None
            ):
                yield from self._whole(table, len(block))
                return
            if len(block) > _PART:  # one irregular row: only those around it are read record by record
                for part in _parts(block):
                    yield from self.block(part, True)
                return
            block = block.decode()
        text = self._dialect.plain(block)
        if not whole:
            self._too_long += len(text)
            yield from self._rows(self._held(), final=True)
            yield from self._part_of_row(text)
            return
        while self._skip and text:  # a title above the header is searched too, the header itself is no value
            end = text.find("\n") + 1 or len(text)
            line, text = text[:end], text[end:]
            if self._preamble > 0:
                yield from self._text(line)
            else:
                self._line += 1
            self._preamble -= 1
            self._skip -= 1
        if text:
            if (table := self._fast(text.encode("utf-8", "replace"))) is not None:
                yield from self._whole(table, len(text))
                return
            lines = text.split("\n")
            if not lines[-1]:
                lines.pop()
            yield from self._rows(self._held() + lines, final=False)

    def _part_of_row(self, text: str) -> Iterator[Content]:
        """A part of a row too long to hold, as text; at its end the cells around the long one, under their columns' names."""
        if not self._inside:
            self._row, text = self._start_of_row(text)
            self._row_line = self._line
        self._inside = not text.endswith("\n")
        missing = len(self._batch.columns) - len(self._row) - 1
        last: list[str] = []
        if not self._inside and self._row and missing > 0:
            last, text = self._end_of_row(text, missing)
        yield from self._text(text)
        if not self._inside and self._row:
            nothing = [None] * (1 + missing - len(last))
            yield from self._batch.add([*self._row, *nothing, *last], self._row_line, len(text))

    def _start_of_row(self, text: str) -> tuple[list[str], str]:
        """The cells before the long one, and what is left of the text."""
        end = text.rfind(self._dialect.delimiter, 0, _EDGE)
        if self._skip or end < 0 or self._dialect.unclosed(text[:end]):
            return [], text
        rows = split_all([text[:end]], self._dialect, strict=True)
        if len(rows) != 1 or len(rows[0]) >= len(self._batch.columns):
            return [], text
        self._offset = end + 1
        return rows[0], text[end + 1 :]

    def _end_of_row(self, text: str, missing: int) -> tuple[list[str], str]:
        """The cells behind the long one, and what is left of the text."""
        delimiter, quote = self._dialect.delimiter, self._dialect.quote
        last = text[-_EDGE:].rstrip("\n").rsplit(delimiter, missing)[1:]
        if len(last) < missing or any(len(cell) > _EDGE // 16 or quote in cell.strip(quote) for cell in last):
            return [], text
        return [cell.strip(quote) for cell in last], text[: -len(delimiter.join(last)) - 1] + "\n"

    def finish(self) -> Iterator[Content]:
        """What is held."""
        if self._inside and self._row:
            yield from self._batch.add(self._row, self._row_line, 0)
        yield from self._rows(self._held(), final=True)
        yield from self._batch.flush()
        if self._too_long and self._named:
            asset = self._asset
            detail = "a row too long to hold was searched as text, without the names of its columns"
            yield asset.gap(GapCode.UNABLE_TO_PARSE_FILE, detail, self._too_long, part=True)  # fmt: skip

    def _held(self) -> list[str]:
        lines, self._open = self._open, []
        return lines

    def _whole(self, table: tuple[tuple[pa.StringArray, ...], int], size: int) -> Iterator[Content]:
        arrays, count = table
        yield from self._batch.add_arrays(arrays, range(self._line, self._line + count), size)
        self._line += count

    def _fast(self, data: bytes) -> tuple[tuple[pa.StringArray, ...], int] | None:
        """Arrow's reading of a block in which each line is one row of the table's width; None if it is not so."""
        dialect = self._dialect
        width = dialect.width
        if (
            len(data) < _FEW_BYTES
            or self._open
            or not self._fast_chances
            or dialect.backslash
            or dialect.spaced
            or b"\r" in data
        ):
            return None
        if width > self._limits.columns or width != len(self._batch.columns):
            return None
        try:
            columns = read_lines(
                data, dialect.delimiter, width, dialect.quote if dialect.quote.encode() in data else ""
            )
        except pa.ArrowInvalid:  # a ragged row
            self._fast_chances -= 1
            return None
        return (tuple(columns), len(columns[0])) if columns else None

    def _rows(self, lines: list[str], *, final: bool) -> Iterator[Content]:
        """Rows, record by record. Without `final` the lines of a record that may go on are kept for the next block."""
        at = 0
        while at < len(lines):
            end = at
            while end < len(lines) and not self._dialect.unclosed(lines[end]):
                end += 1
            if end > at:
                yield from self._regular(lines[at:end])
                at = end
                continue
            count = self._closing(lines, at)
            if count is None and not final:
                self._open = lines[at:]
                return
            if count:
                record = "\n".join(lines[at : at + count])
                yield from self._cells(record, split(record, self._dialect), count)
                at += count
            else:  # the quote is an ordinary character
                yield from self._cells(lines[at], lines[at].split(self._dialect.delimiter), 1)
                at += 1

    def _regular(self, lines: list[str]) -> Iterator[Content]:
        """Lines that are each one record."""
        rows = split_all(lines, self._dialect)
        widest = max(map(len, rows), default=0)
        if len(rows) == len(lines) and widest <= max(self._limits.columns, len(self._batch.columns)):
            yield from self._batch.extend(rows, self._line, sum(map(len, lines)))
            self._line += len(lines)
            return
        for line in lines:
            yield from self._cells(line, split(line, self._dialect), 1)

    def _closing(self, lines: list[str], at: int) -> int | None:
        """How many lines the record takes whose quote is open at the end of its first; 0: it is no record;
        None: the lines end before that can be said.
        """
        size = 0
        odd = False
        for count in range(1, _QUOTED_LINES + 1):
            if at + count > len(lines):
                return None
            line = lines[at + count - 1]
            size += len(line)
            if size > _QUOTED_CHARACTERS:
                return 0
            odd ^= self._dialect.unclosed(line)
            if not odd:
                rows = split_all(["\n".join(lines[at : at + count])], self._dialect, strict=True)
                widths = [len(row) for row in rows]
                if widths == [self._dialect.width]:
                    return count
                return count if count <= _SHORT and len(widths) == 1 and 1 < widths[0] < self._dialect.width else 0
        return 0

    def _cells(self, record: str, cells: list[str], lines: int) -> Iterator[Content]:
        if len(cells) > max(self._limits.columns, len(self._batch.columns)):
            yield from self._text(record + "\n")
            return
        if any(cells):
            yield from self._batch.add(cells, self._line, len(record))
        self._line += lines

    def _text(self, text: str) -> Iterator[Content]:
        """What is no row: a title, a line too long."""
        yield from self._batch.flush()
        self._windows.at(self._line, self._offset)
        yield from self._windows.feed(text)
        self._line += text.count("\n")
        self._offset = 0 if text.endswith("\n") else self._offset + len(text)
