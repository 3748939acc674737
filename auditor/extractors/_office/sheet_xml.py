"""The XML of workbooks: xlsx sheets, shared strings, styles, and the tables of ods, all streamed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.extractors._office.grid import Grid
from auditor.extractors._office.numbers import kind_of, shown
from auditor.extractors._office.prose import Prose
from auditor.extractors._office.strings import Strings
from auditor.extractors._office.sweep import MOST_CELLS, Open, Sweep, Tables
from auditor.extractors.limits import Limits
from auditor.model.asset import Asset
from auditor.model.content import Content
from auditor.model.text import printable

_COLUMNS: Final = 16_384
_ROWS: Final = 1_048_576
_LONGEST_STRING: Final = 16_000_000
_LONGEST_CELL: Final = 1 << 20
_OVERLAP: Final = 1024
_REPEATED_CELLS: Final = 64
_REPEATED_ROWS: Final = 100


class Quiet:
    """A handler that collects and hands out nothing."""

    def __init__(self) -> None:
        self.out: list[Content] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Some characters."""

    def rest(self, line: str) -> None:
        """A line of what is no XML."""

    def finish(self) -> None:
        """The end."""


class Index(Quiet):
    """workbook.xml, its relations and styles.xml: sheets' names and files, and what the cells' styles make of numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.targets: dict[str, str] = {}
        self.kinds: list[str] = []
        self.since_1904 = False
        self._formats: dict[int, str] = {}
        self._cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep what is known by these few names."""
        if name == "sheet":
            self.sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "Relationship":
            target = attributes.get("Target", "")
            self.targets[attributes.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"
        elif name == "numFmt":
            self._formats[_int(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._cells = True
        elif name == "xf" and self._cells and len(self.kinds) < 100_000:
            number = _int(attributes.get("numFmtId"))
            self.kinds.append(kind_of(number, self._formats.get(number, "")))

    def end(self, name: str) -> None:
        """Only the styles of cells count."""
        if name == "cellXfs":
            self._cells = False

    def names(self) -> dict[str, str]:
        """The sheets' names by their files."""
        return {self.targets[id]: printable(name) for name, id in self.sheets if id in self.targets}


class SharedStrings(Quiet):
    """sharedStrings.xml into `Strings`. A string's runs are joined; how it is pronounced is not part of it."""

    def __init__(self, strings: Strings, problems: list[str]) -> None:
        super().__init__()
        self.problems = problems
        self._size = 0
        self._strings = strings
        self._parts: list[str] = []
        self._open = False
        self._aside = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        """An element begins."""
        if name == "t":
            self._open = not self._aside
        elif name == "rPh":
            self._aside += 1

    def end(self, name: str) -> None:
        """A string ends with its `si`."""
        if name == "t":
            self._open = False
        elif name == "rPh":
            self._aside -= 1
        elif name == "si":
            self._strings.add("".join(self._parts))
            self._parts, self._size = [], 0

    def text(self, data: str) -> None:
        """Part of a string."""
        if self._open and self._size < _LONGEST_STRING:
            self._parts.append(data)
            self._size += len(data)
            if self._size >= _LONGEST_STRING:
                self.problems.append("a shared string is longer than 16 million characters: its end was not read")


class SheetXml:
    """An xlsx sheet: its cells into a `Grid`, all else of it (headers, links, validations) into a `Sweep`."""

    def __init__(
        self, asset: Asset, limits: Limits, *, name: str, index: Index, strings: Strings, tables: Tables
    ) -> None:
        self.lost = False
        self._index = index
        self._strings = strings
        self._grid = Grid(asset, limits, name=name, part="", lettered=True)
        self._formulas = Prose(asset, limits, f"sheet {name}, formulas")
        self._sweep = Sweep(asset, limits, f"sheet {name}, other than cells", tables)
        self._data = False
        self._number = 0
        self._cells: dict[int, str] = {}
        self._column = -1
        self._kind = ""
        self._type = ""
        self._value: list[str] = []
        self._formula: list[str] = []
        self._into: list[str] | None = None
        self._size = 0
        self._letters: dict[str, int] = {}

    @property
    def out(self) -> list[Content]:
        """What was made since it was last emptied."""
        return self._sweep.out

    @out.setter
    def out(self, items: list[Content]) -> None:
        self._sweep.out = items

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if not self._data:
            if name == "sheetData":
                self._data = True
            else:
                self._sweep.start(name, attributes)
        elif name == "c":
            self._begin(attributes)
        elif name == "v" or name == "t":
            self._into = self._value
        elif name == "row":
            number = attributes.get("r", "")
            self._number = int(number) if number.isdecimal() and len(number) < 9 else self._number + 1
            self._cells, self._column = {}, -1
        elif name == "f":
            self._into = self._formula
        elif name == "rPh":
            self._into = None

    def end(self, name: str) -> None:
        """An element ends."""
        if not self._data:
            self._sweep.end(name)
        elif name == "v" or name == "t" or name == "f":
            self._into = None
        elif name == "c":
            if self._value or self._formula:
                self._end_cell()
        elif name == "row":
            self._end_row()
        elif name == "sheetData":
            self._data = False

    def text(self, data: str) -> None:
        """Part of a cell's value or formula."""
        if self._into is not None:
            self._into.append(data)
            self._size += len(data)
            if self._size > _LONGEST_CELL:  # no program writes such a cell: as text, in pieces that overlap
                text = "".join(self._into)
                self.out.extend(self._formulas.add(text))
                self._into[:] = [text[-_OVERLAP:]]
                self._size = _OVERLAP
        elif not self._data:
            self._sweep.text(data)

    def rest(self, line: str) -> None:
        """A line of what is no XML."""
        self._sweep.rest(line)

    def finish(self) -> None:
        """The last row, of a sheet that was cut off as well."""
        if self._value:
            self._end_cell()
        if self._cells:
            self._end_row()
        self.out.extend(self._grid.finish())
        self.out.extend(self._formulas.flush())
        self._sweep.finish()

    def _begin(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = self._column + 1 if reference is None else self._column_of(reference)
        style = attributes.get("s")
        self._kind = ""
        if style is not None and style.isdecimal() and len(style) < 7 and int(style) < len(self._index.kinds):
            self._kind = self._index.kinds[int(style)]
        self._type = attributes.get("t", "n")
        self._value.clear()
        self._formula.clear()
        self._size = 0

    def _column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        column = self._letters.get(letters)
        if column is None:
            column = 0
            for letter in letters[:8].upper():
                column = column * 26 + ord(letter) - 64
            column = column - 1 if 0 < column <= _COLUMNS else self._column + 1
            self._letters[letters] = column
        return column

    def _end_cell(self) -> None:
        value = "".join(self._value)
        formula = "".join(self._formula)
        self._value.clear()
        self._formula.clear()
        if self._type == "s":
            try:
                value = self._strings[int(value)]
            except (ValueError, IndexError):
                self.lost = True
        elif self._type == "n" and value:
            value = shown(value, self._kind, since_1904=self._index.since_1904)
        if formula and (not value or '"' in formula):
            self.out.extend(self._formulas.add(formula))
        if value:
            held = self._cells.get(self._column)
            self._cells[self._column] = value if held is None else f"{held}\n{value}"

    def _end_row(self) -> None:
        self.out.extend(self._grid.add(self._number, self._cells))
        self._cells = {}


class OdsSweep(Sweep):
    """An ods document's content.xml: its tables are sheets."""

    def __init__(self, asset: Asset, limits: Limits, part: str, tables: Tables) -> None:
        super().__init__(asset, limits, part, tables)
        self._repeat_cell = 1
        self._repeat_row = 1
        self._given = ""

    def _grid(self, attributes: dict[str, str]) -> Grid:
        if self._grids:
            return super()._grid(attributes)
        name = printable(attributes.get("name", "")) or self._tables.next()
        return Grid(self._asset, self._limits, name=name, part="", lettered=True)

    def _row(self, attributes: dict[str, str]) -> None:
        super()._row(attributes)
        self._repeat_row = max(1, min(_int(attributes.get("number-rows-repeated"), 1), _ROWS))

    def _cell(self, attributes: dict[str, str]) -> None:
        if self._grids:
            self._grids[-1].cell = []
        self._repeat_cell = max(1, min(_int(attributes.get("number-columns-repeated"), 1), _COLUMNS))
        self._given = ""
        if attributes.get("value-type") == "date":
            self._given = attributes.get("date-value", "").removesuffix("T00:00:00")
        elif "value" in attributes:
            self._given = shown(attributes["value"], "")
        else:
            self._given = attributes.get("string-value", "")
        formula = attributes.get("formula", "")
        if '"' in formula:
            self.out.extend(self._spoken.add(formula))

    def _cell_ends(self, table: Open, text: str) -> None:
        given, digits = self._given, re.sub(r"\D", "", text)
        if given and (not text or "-" in given or (len(given) >= 8 and given.isdigit() and given not in digits)):
            text = given if text.isascii() or "-" in given else f"{text} {given}"
        if text:
            for column in range(table.column, table.column + min(self._repeat_cell, _REPEATED_CELLS)):
                if len(table.cells) < MOST_CELLS * 8:
                    table.cells[column] = text
                else:
                    self.out.extend(self._prose.add(text))
        table.column += self._repeat_cell
        table.cell = None

    def _row_ends(self, table: Open) -> None:
        if table.cells:
            for number in range(table.number, table.number + min(self._repeat_row, _REPEATED_ROWS)):
                self.out.extend(table.grid.add(number, table.cells))
        table.number += self._repeat_row - 1
        table.cells, table.column = {}, 0


def _int(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else otherwise


def unused(strings: Strings, asset: Asset, limits: Limits) -> Iterator[Content]:
    """The shared strings that stand in no cell: what was deleted, or belongs to a part that is not there any more."""
    prose = Prose(asset, limits, "shared strings that stand in no cell")
    yield from prose.all(strings.unused())
