"""Binary workbooks' sheets as tables, streamed: the cells of xls streams and of xlsb parts."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from auditor.extractors._office.biff import Records, SharedTable, real, rk, short, wide
from auditor.extractors._office.grid import Grid
from auditor.extractors._office.numbers import kind_of, shown
from auditor.extractors._office.prose import Seen
from auditor.extractors._office.rtf_tokens import code_page
from auditor.extractors._office.strings import Strings
from auditor.extractors.decoding import Readable
from auditor.extractors.limits import Budget
from auditor.model.asset import Asset
from auditor.model.content import Content
from auditor.model.text import printable


class _Sheet:
    """The sheet that is being read: cells of a row are gathered until the next row."""

    def __init__(self, name: str, asset: Asset, budget: Budget, seen: Seen) -> None:
        self._grid = Grid(asset, budget.limits, name=printable(name), part="", lettered=True)
        self._seen = seen
        self._row = -1
        self._cells: dict[int, str] = {}

    def add(self, row: int, column: int, text: str) -> Iterator[Content]:
        """A cell, counted from 0."""
        if row != self._row:
            yield from self._grid.add(self._row + 1, self._cells)
            self._row, self._cells = row, {}
        if text:
            self._seen.add(text)
            held = self._cells.get(column)
            self._cells[column] = text if held is None else f"{held}\n{text}"

    def finish(self) -> Iterator[Content]:
        """The last rows."""
        yield from self._grid.add(self._row + 1, self._cells)
        self._cells = {}
        yield from self._grid.finish()


class XlsReader:
    """One Workbook stream. `encrypted` and `damaged` are known afterwards."""

    def __init__(self, asset: Asset, budget: Budget, seen: Seen) -> None:
        self._asset = asset
        self._budget = budget
        self._seen = seen
        self.encrypted = False
        self.damaged = ""
        self._encoding = ""
        self._formats: dict[int, str] = {}
        self._kinds: list[int] = []
        self._names: dict[int, str] = {}
        self._since_1904 = False
        self._sheet: _Sheet | None = None
        self._depth = 0
        self._waiting: tuple[int, int] | None = None

    def read(self, stream: Readable, strings: Strings) -> Iterator[Content]:
        """The tables of its sheets."""
        records = Records(stream)
        table: SharedTable | None = None
        for number, (offset, kind, data) in enumerate(records.xls()):
            if not number % 5000:
                self._budget.check()
            if kind == 0x3C and table is not None:
                for text in table.feed(data):
                    strings.add(text)
                continue
            if kind in (0xFC, 0x3C):
                table = SharedTable() if kind == 0xFC else None
                for text in table.feed(data) if table is not None else ():
                    strings.add(text)
                continue
            table = None
            if kind == 0x2F:
                self.encrypted = True
                return
            try:
                yield from self._record(offset, kind, data, strings)
            except (struct.error, IndexError):
                self.damaged = "records of the workbook are damaged"
        if self._sheet is not None:
            yield from self._sheet.finish()
            self.damaged = self.damaged or "the workbook ends within a sheet: it was cut off"
        elif records.cut:
            self.damaged = self.damaged or "the workbook ends too early"

    def _record(self, offset: int, kind: int, data: bytes, strings: Strings) -> Iterator[Content]:
        if kind in (0x809, 0x409):
            self._depth += 1
            version, what = struct.unpack_from("<HH", data)
            if version < 0x600 and not self._encoding:
                self._encoding = "cp1252"
            if what in (0x10, 0x40) and self._sheet is None:
                name = self._names.get(offset, f"sheet at byte {offset}")
                self._sheet = _Sheet(name, self._asset, self._budget, self._seen)
        elif kind == 0x0A:
            self._depth = max(0, self._depth - 1)
            if self._sheet is not None and not self._depth:
                yield from self._sheet.finish()
                self._sheet = None
        elif self._sheet is not None:
            yield from self._cells(kind, data, strings)
        elif kind == 0x42:
            if self._encoding:
                self._encoding = code_page(struct.unpack_from("<H", data)[0]) or "cp1252"
        elif kind == 0x22:
            self._since_1904 = data[:1] == b"\1"
        elif kind == 0x41E:
            self._formats[struct.unpack_from("<H", data)[0]] = self._format(data)
        elif kind == 0xE0:
            self._kinds.append(struct.unpack_from("<H", data, 2)[0])
        elif kind == 0x85:
            self._names[struct.unpack_from("<I", data)[0]] = short(data, 7, data[6], self._encoding)

    def _format(self, data: bytes) -> str:
        if self._encoding:
            return short(data, 3, data[2], self._encoding)
        return short(data, 4, struct.unpack_from("<H", data, 2)[0], "")

    def _cells(self, kind: int, data: bytes, strings: Strings) -> Iterator[Content]:
        assert self._sheet is not None
        if kind == 0x207:
            if self._waiting is not None:
                row, column = self._waiting
                text = short(data, 2, struct.unpack_from("<H", data)[0], self._encoding)
                yield from self._sheet.add(row, column, text)
            self._waiting = None
            return
        if kind not in (0xFD, 0x203, 0x27E, 0xBD, 0x06, 0x206, 0x406, 0x204, 0xD6, 0x205):
            return
        row, column, style = struct.unpack_from("<HHH", data)
        if kind == 0xFD:
            index = struct.unpack_from("<I", data, 6)[0]
            if index >= len(strings):
                self.damaged = "cells refer to shared strings that are not there"
                return
            yield from self._sheet.add(row, column, strings[index])
        elif kind == 0x203:
            yield from self._sheet.add(row, column, self._shown(real(struct.unpack_from("<d", data, 6)[0]), style))
        elif kind == 0x27E:
            yield from self._sheet.add(row, column, self._shown(rk(struct.unpack_from("<I", data, 6)[0]), style))
        elif kind == 0xBD:
            for at in range((len(data) - 6) // 6):
                style, number = struct.unpack_from("<HI", data, 4 + 6 * at)
                yield from self._sheet.add(row, column + at, self._shown(rk(number), style))
        elif kind in (0x204, 0xD6):
            text = short(data, 8, struct.unpack_from("<H", data, 6)[0], self._encoding)
            yield from self._sheet.add(row, column, text)
        elif kind in (0x06, 0x206, 0x406):
            if data[12:14] != b"\xff\xff":
                yield from self._sheet.add(row, column, self._shown(real(struct.unpack_from("<d", data, 6)[0]), style))
            elif data[6:7] == b"\0":
                self._waiting = (row, column)

    def _shown(self, value: str, style: int) -> str:
        number = self._kinds[style] if style < len(self._kinds) else 0
        return shown(value, kind_of(number, self._formats.get(number, "")), since_1904=self._since_1904)


class XlsbBook:
    """What an xlsb workbook's parts say before its sheets are read: the sheets' relations, the styles, the strings."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False
        self._formats: dict[int, str] = {}
        self.kinds: list[str] = []

    def workbook(self, stream: Readable) -> None:
        """xl/workbook.bin."""
        for kind, data in Records(stream).xlsb():
            if kind == 153 and data:
                self.since_1904 = bool(data[0] & 1)
            elif kind == 156 and len(data) >= 16:
                key = wide(data, 8)
                self.sheets.append((wide(data, 12 + 2 * len(key)), key))

    def styles(self, stream: Readable) -> None:
        """xl/styles.bin."""
        cells = False
        for kind, data in Records(stream).xlsb():
            if kind == 44 and len(data) >= 6:
                self._formats[int.from_bytes(data[:2], "little")] = wide(data, 2)
            elif kind in (617, 618):
                cells = kind == 617
            elif kind == 47 and cells and len(data) >= 4 and len(self.kinds) < 100_000:
                number = int.from_bytes(data[2:4], "little")
                self.kinds.append(kind_of(number, self._formats.get(number, "")))

    @staticmethod
    def strings(stream: Readable, strings: Strings) -> None:
        """xl/sharedStrings.bin. ReadError beyond 16 million."""
        for kind, data in Records(stream).xlsb():
            if kind == 19:
                strings.add(wide(data, 1))

    def sheet(
        self, stream: Readable, name: str, asset: Asset, budget: Budget, strings: Strings, seen: Seen, damaged: list[str]
    ) -> Iterator[Content]:  # fmt: skip
        """A sheet's table. `damaged` gets a sentence where records do not fit."""
        sheet = _Sheet(name, asset, budget, seen)
        records = Records(stream)
        row = -1
        for number, (kind, data) in enumerate(records.xlsb()):
            if not number % 5000:
                budget.check()
            if kind == 0 and len(data) >= 4:
                row = int.from_bytes(data[:4], "little") & 0xFFFFF
            elif (1 < kind < 12 or kind == 62) and len(data) > 8:
                try:
                    text = self._text(kind, data, strings)
                except (struct.error, IndexError):
                    damaged.append("cells of a sheet are damaged")
                    continue
                yield from sheet.add(row, int.from_bytes(data[:4], "little") & 0x3FFF, text)
        if records.cut:
            damaged.append("a sheet ends too early")
        yield from sheet.finish()

    def _text(self, kind: int, data: bytes, strings: Strings) -> str:
        if kind in (6, 8):
            return wide(data, 8)
        if kind == 62:
            return wide(data, 9)
        if kind == 7:
            return strings[struct.unpack_from("<I", data, 8)[0]]
        if kind in (2, 5, 9):
            style = int.from_bytes(data[4:7], "little")
            value = (
                rk(struct.unpack_from("<I", data, 8)[0]) if kind == 2 else real(struct.unpack_from("<d", data, 8)[0])
            )
            return shown(value, self.kinds[style] if style < len(self.kinds) else "", since_1904=self.since_1904)
        return "" if kind in (3, 11) else ("FALSE", "TRUE")[data[8] & 1]
