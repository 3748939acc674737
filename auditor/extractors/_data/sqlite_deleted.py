"""What SQL does not show of an SQLite file: deleted rows on free pages and in freed space, and the frames of a write-ahead log."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, BinaryIO, Final, cast

from auditor.extractors._data.records import Records
from auditor.extractors._data.runs import text_runs
from auditor.extractors._data.sqlite_pages import LEAF_TABLE, Cell, freed, leaf_cells, unused
from auditor.extractors.limits import Budget
from auditor.extractors.tables import column_name
from auditor.model.asset import Gap, GapCode
from auditor.model.content import Content, Member, Source, Table

_ENCODINGS: Final = {1: "utf-8", 2: "utf-16-le", 3: "utf-16-be"}
_WAL_HEADER: Final = 32
_FRAME_HEADER: Final = 24
_GENERATED: Final = "deleted"
_LEAST: Final = 8
_INDEX_COLUMNS: Final = (2, 3)
"""An index's record has its columns and a row number."""

_INDEXES: Final = (0x02, 0x0A)
_LEAST_VALUE: Final = 6
_MOST_LIVE: Final = 1_000_000
"""Hashes of values that are kept, some 60 MB; with more than so many a copy may be counted again."""


class Deleted:
    """Searches the pages of one database or log. `columns` names the tables' columns as SQL told; with `all` every page is searched."""

    def __init__(self, source: Source, budget: Budget, file: IO[bytes]) -> None:
        self._source = source
        self._budget = budget
        self._file = file
        self._text = "utf-8"
        self.columns: dict[str, list[str]] = {}
        self.all = False
        self._live: set[int] = set()
        self._records = Records(source.asset, budget.limits, source.encodings)

    @property
    def binary(self) -> int:
        """Bytes of deleted values that are no text."""
        return self._records.binary

    def live(self, cells: list[str | None]) -> None:
        """Values that SQL has shown: pages that were split or moved leave copies behind, which are no deleted rows."""
        if len(self._live) < _MOST_LIVE:
            self._live.update(hash(cell) for cell in cells if cell and len(cell) >= _LEAST_VALUE)

    def pages(self) -> Iterator[Content]:
        """The rows and runs of all space of a database file that no live row uses; a gap if the file is cut off."""
        self._file.seek(0)
        head = self._file.read(100)
        size = _page_size(head)
        if size is None:
            yield self._gap(
                GapCode.MALFORMED_FILE, "the SQLite header is damaged: only the printable text was searched"
            )
            yield from self._everything()
            return
        usable = size - head[20]
        self._text = _ENCODINGS.get(int.from_bytes(head[56:60], "big"), "utf-8")
        free = self._free_pages(head, size)
        self._file.seek(0)
        number = 0
        stated = int.from_bytes(head[28:32], "big") if head[24:28] == head[92:96] else 0
        while page := self._file.read(size):
            if stated and number == stated:
                yield from self._flush()
                yield from self._behind(stated * size)
                return
            number += 1
            if not number % 64:
                self._budget.check()
            if len(page) < size:
                break
            yield from self._page(page, number, usable, number in free or self.all, (number - 1) * size)
        yield from self._flush()
        yield from self._cut_off(head, number, size, page)

    def _behind(self, at: int) -> Iterator[Content]:
        """What stands behind the database's last page: read as a file of its own, unless it is space set aside."""
        self._file.seek(at)
        while block := self._file.read(1 << 20):
            if block.count(0) < len(block):
                break
        else:
            return
        asset = self._source.asset
        size = self._file.seek(0, 2) - at
        if self._budget.full or asset.depth >= self._budget.limits.archive_depth:
            detail = "bytes behind the database's end were not read: too many members, or archives within archives"
            yield asset.gap(GapCode.ARCHIVE_NESTING_LEVEL_OVER_LIMIT, detail, size)
            return
        self._budget.members += 1
        self._file.seek(at)
        behind = replace(asset, path=f"{asset.path}!/behind its end", locator=None, size=size)
        yield Member(asset=behind, stream=cast(BinaryIO, self._file))

    def _cut_off(self, head: bytes, number: int, size: int, page: bytes) -> Iterator[Content]:
        stated = int.from_bytes(head[28:32], "big")
        if page:
            yield from text_runs(page, self._source.asset, self._source.encodings, first=(number - 1) * size)
        whole = number - bool(page)
        valid = head[24:28] == head[92:96]
        if (page or (valid and whole < stated)) and getattr(self._source.stream, "failed", None) is None:
            yield self._gap(GapCode.MALFORMED_FILE, "the database is cut off: it should have more pages")

    def wal(self) -> Iterator[Content]:
        """The rows of the pages in a write-ahead log: what was written last, or what has been written over since."""
        self._file.seek(0)
        head = self._file.read(_WAL_HEADER)
        size = int.from_bytes(head[8:12], "big") if len(head) == _WAL_HEADER else 0
        if size not in _PAGE_SIZES:
            yield from self._everything()
            yield self._gap(GapCode.MALFORMED_FILE, "the log's header is damaged: only its printable text was searched")
            return
        self.all = True
        at = _WAL_HEADER
        whole = True
        while header := self._file.read(_FRAME_HEADER):
            self._budget.check()
            page = self._file.read(size)
            if len(page) < size:
                whole = False
                yield from text_runs(page, self._source.asset, self._source.encodings, first=at + _FRAME_HEADER)
                break
            number = int.from_bytes(header[:4], "big")
            yield from self._page(page, number, size, True, at + _FRAME_HEADER)
            at += _FRAME_HEADER + size
        yield from self._flush()
        if not whole and getattr(self._source.stream, "failed", None) is None:
            yield self._gap(GapCode.MALFORMED_FILE, "the log is cut off within a page")

    def _page(self, page: bytes, number: int, usable: int, everything: bool, at: int) -> Iterator[Content]:
        """One page. Live rows are read of it too where `everything` is wanted, and its freed space in any case."""
        offset = 100 if number == 1 and page.startswith(b"SQLite format 3\0") else 0
        spans = unused(page, offset, usable)
        done: list[tuple[int, int]] = []
        if spans is None and not everything:
            return
        if everything:
            live = list(leaf_cells(page, offset, usable, self._text)) if page[offset] == LEAF_TABLE else []
            for cell in live:
                yield from self._row(cell)
                done.append((cell.start, cell.end if cell.whole else cell.start + 1))
            spans = [(0, usable)]
        counts = sorted({len(columns) for columns in self.columns.values()})
        if page[offset] in _INDEXES:
            counts = list(_INDEX_COLUMNS)
        for start, end in _without(spans or [], done):
            if end - start < _LEAST or not page[start:end].strip(b"\0"):
                continue
            first = start - 4 if start > offset + 12 and not everything else start
            for cell in freed(page, first, end, counts, usable, self._text):
                yield from self._row(cell)
                done.append((cell.start, cell.end))
        yield from self._runs(page, _without(spans or [], done), at)

    def _runs(self, page: bytes, spans: list[tuple[int, int]], at: int) -> Iterator[Content]:
        for start, end in spans:
            piece = page[start:end]
            if end - start < _LEAST or not piece.strip(b"\0"):
                continue
            for text in text_runs(
                piece, self._source.asset, self._source.encodings, first=at + start, part="deleted or free space"
            ):
                kept = [line for line in text.text.split("\n") if hash(line) not in self._live]
                if any(kept):
                    yield replace(text, text="\n".join(kept))

    def _row(self, cell: Cell) -> Iterator[Table]:
        """A row under the columns of the only table with so many, or columns without a name."""
        said = [value for value in cell.values if isinstance(value, str) and len(value) >= _LEAST_VALUE]
        if said and all(hash(value) in self._live for value in said):
            return
        fitting = [(name, columns) for name, columns in self.columns.items() if len(columns) == len(cell.values)]
        fitting = [item for item in fitting if item[0] != "sqlite_master"] or fitting
        name, columns = fitting[0] if len(fitting) == 1 else ("", [column_name(n + 1) for n in range(len(cell.values))])
        row = dict(zip(columns, cell.values, strict=True))
        for table in self._records.add(f"{name} (deleted)" if name else _GENERATED, row):
            yield table if name else replace(table, header=False)

    def _flush(self) -> Iterator[Table]:
        for table in self._records.flush():
            yield replace(table, header=False) if table.name == _GENERATED else table

    def _free_pages(self, head: bytes, size: int) -> set[int]:
        """The numbers of the free list's pages, trunks and leaves."""
        free: set[int] = set()
        trunk = int.from_bytes(head[32:36], "big")
        while trunk and trunk not in free:
            free.add(trunk)
            self._file.seek((trunk - 1) * size)
            page = self._file.read(size)
            if len(page) < 8:
                break
            trunk, count = struct.unpack_from(">II", page)
            count = min(count, (len(page) - 8) // 4)
            free.update(struct.unpack_from(f">{count}I", page, 8))
        return free

    def _everything(self) -> Iterator[Content]:
        from auditor.extractors._data.runs import stream_runs

        self._file.seek(0)
        yield from stream_runs(self._file, self._source.asset, self._source.encodings, self._budget)

    def _gap(self, code: GapCode, detail: str) -> Gap:
        asset = self._source.asset
        return asset.gap(code, detail)


_PAGE_SIZES: Final = frozenset(512 << n for n in range(8))


def _page_size(head: bytes) -> int | None:
    if len(head) < 100:
        return None
    size = int.from_bytes(head[16:18], "big")
    size = 65_536 if size == 1 else size
    return size if size in _PAGE_SIZES and head[20] <= size - 480 else None


def _without(spans: list[tuple[int, int]], done: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans less what was read."""
    left = []
    done = sorted(done)
    for start, end in spans:
        at = start
        for first, last in done:
            if first < end and last > at:
                if first > at:
                    left.append((at, first))
                at = max(at, last)
        if at < end:
            left.append((at, end))
    return left
