"""Zipped workbooks — xlsx, xlsm, xlsb, ods: their sheets as tables, and every other part swept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.extractors._office.expat import parse
from auditor.extractors._office.leftover import leftover
from auditor.extractors._office.package import Package, Part, Unread
from auditor.extractors._office.prose import Seen
from auditor.extractors._office.sheet_binary import XlsbBook
from auditor.extractors._office.sheet_xml import Index, OdsSweep, SharedStrings, SheetXml, unused
from auditor.extractors._office.strings import Strings
from auditor.extractors._office.sweep import Sweep, Tables
from auditor.extractors.limits import Budget
from auditor.extractors.office import ENCRYPTED, Sweeper, gap, opened
from auditor.model.asset import Asset, GapCode
from auditor.model.content import Content, Source

_INDEXES: Final = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml")
_STRINGS: Final = ("xl/sharedstrings.xml", "xl/sharedstrings.bin")


class SpreadsheetExtractor:
    """Streams xlsx and ods sheets itself, so that no sheet's extent costs memory; xlsb record by record."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def extract(self, source: Source) -> Iterator[Content]:
        """`Table`s named after the sheets, whose rows and letters are the sheet's own; `Text`s, members and gaps."""
        yield from opened(source, self._budget, self._workbook)

    def _workbook(self, source: Source, package: Package) -> Iterator[Content]:
        book = _Book(self._budget)
        try:
            book.read(package)
            yield from self._parts(source.asset, package, book)
        finally:
            book.strings.close()

    def _parts(self, asset: Asset, package: Package, book: _Book) -> Iterator[Content]:
        sweeper = Sweeper(asset, self._budget)
        tables = Tables()
        seen = Seen()
        if book.encrypted:
            yield gap(asset, GapCode.PASSWORD_PROTECTED, ENCRYPTED, asset.size)
        for problem in dict.fromkeys(book.problems):
            yield gap(asset, GapCode.MALFORMED_FILE, f"{problem}, in the workbook's index or its shared strings")
        names = book.names()
        lost = False
        for part in package.parts(final=True):
            if isinstance(part, Unread):
                yield sweeper.unread(part)
            elif part.name.lower() in _STRINGS:
                continue
            elif part.name in names or (
                part.name.startswith("xl/worksheets/sheet") and not part.name.endswith(".rels")
            ):
                name = names.get(part.name) or part.name.rpartition("/")[2].rpartition(".")[0]
                if not part.is_xml:
                    damaged: list[str] = []
                    yield from book.xlsb.sheet(part.stream, name, asset, self._budget, book.strings, seen, damaged)
                    if damaged:
                        yield gap(asset, GapCode.MALFORMED_FILE, f"{damaged[0]}, in {part.name[:200]}")
                    continue
                sheet = SheetXml(
                    asset, self._budget.limits, name=name, index=book.index, strings=book.strings, tables=tables
                )
                yield from self._handled(asset, part, sheet)
                lost = lost or sheet.lost
            elif part.name == "content.xml" and not book.encrypted:
                yield from self._handled(asset, part, OdsSweep(asset, self._budget.limits, "body", tables))
            elif part.name.startswith("xl/") and part.name.endswith(".bin") and "embed" not in part.name:
                yield from self._bytes(asset, part, seen)
            elif not book.encrypted or part.is_xml:
                yield from sweeper.part(part)
        if lost:
            yield gap(asset, GapCode.MALFORMED_FILE, "cells refer to shared strings that are not there")
        yield from unused(book.strings, asset, self._budget.limits)

    def _handled(self, asset: Asset, part: Part, handler: SheetXml | Sweep) -> Iterator[Content]:
        problems: list[str] = []
        yield from parse(part.stream, handler, self._budget, problems)
        if problems and part.stream.failed is None:
            yield gap(asset, GapCode.MALFORMED_FILE, f"{problems[0]}, in {part.name[:200]}")

    def _bytes(self, asset: Asset, part: Part, seen: Seen) -> Iterator[Content]:
        """The readable runs of a binary part that stood in no cell: comments, names, links, deleted strings."""
        yield from leftover(part.stream, asset, part.name, seen, self._budget, ())


class _Book:
    """What must be known of a workbook before its sheets are read."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.index = Index()
        self.strings = Strings()
        self.problems: list[str] = []
        self.encrypted = False
        self.xlsb = XlsbBook()

    def read(self, package: Package) -> None:
        """Go over the package once. ReadError when a budget is used up."""
        for part in package.parts(final=False):
            if isinstance(part, Unread):
                continue
            if part.name in _INDEXES:
                self._parse(part, self.index)
            elif part.name.lower() == _STRINGS[0]:
                self._parse(part, SharedStrings(self.strings, self.problems))
            elif part.name.lower() == _STRINGS[1]:
                XlsbBook.strings(part.stream, self.strings)
            elif part.name == "xl/workbook.bin":
                self.xlsb.workbook(part.stream)
            elif part.name == "xl/styles.bin":
                self.xlsb.styles(part.stream)
            elif part.name == "xl/_rels/workbook.bin.rels":
                self._parse(part, self.index)
            elif part.name == "META-INF/manifest.xml":
                data = b""
                while len(data) < 8 << 20 and (more := part.stream.read(1 << 16)):
                    data += more
                self.encrypted = b"encryption-data" in data

    def names(self) -> dict[str, str]:
        """The sheets' names by their parts."""
        self.index.sheets += self.xlsb.sheets
        return self.index.names()

    def _parse(self, part: Part, handler: Index | SharedStrings) -> None:
        for _ in parse(part.stream, handler, self._budget, self.problems):
            pass
