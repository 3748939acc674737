"""Every character of an XML part: paragraphs with their runs joined, tables with their column names, attributes that hold text."""

from __future__ import annotations

import re
from typing import Final

from auditor.extractors._office.grid import Grid
from auditor.extractors._office.prose import Prose
from auditor.extractors.limits import Limits
from auditor.model.asset import Asset
from auditor.model.content import Content

# Local names, as WordprocessingML, DrawingML, SpreadsheetML, OpenDocument and HWPML share most of them.
_PARAGRAPHS: Final = frozenset({
    "p", "h", "si", "is", "text", "note-citation", "creator", "date", "rPh", "rubyText", "ruby-text", "subText",
    "title", "desc", "posOffset", "align", "pctWidth", "pctHeight",
})  # fmt: skip
_SPACES: Final = {
    "tab": "\t", "br": " ", "cr": " ", "lineBreak": " ", "line-break": " ", "s": " ", "nbSpace": " ", "fwSpace": " ",
    "noBreakHyphen": "-", "hyphen": "-",
}  # fmt: skip
_TABLES: Final = frozenset({"tbl", "table"})
_ROWS: Final = frozenset({"tr", "table-row"})
_CELLS: Final = frozenset({"tc", "table-cell", "covered-table-cell"})
_GONE: Final = frozenset({"del", "moveFrom"})
_NEW: Final = frozenset({"ins", "moveTo"})
_ASIDE: Final = frozenset({"annotation", "note-body"})
_LONG_CELL: Final = 64 << 10
_LONGEST: Final = 1 << 20
_OVERLAP: Final = 1024
MOST_CELLS: Final = 2_000

# Attributes that hold what somebody wrote, even where it looks like a number.
_SPOKEN: Final = frozenset({
    "descr", "title", "value", "string-value", "content", "Target", "href", "name", "userName", "alt", "tooltip", "display",
    "default", "text", "val", "v", "author", "initials", "subject", "instr", "displayText", "string", "caption", "label",
    "formula", "date-value", "description", "password", "prompt", "error", "promptTitle", "errorTitle", "command",
})  # fmt: skip
_OFTEN: Final = frozenset({"val", "v", "name", "value"})
_LAYOUT: Final = re.compile(
    r"[-+]?[0-9A-Fa-f.,:%{}()\s-]*(?:pt|cm|in|mm|px|em|%)?|[a-z]+[A-Z]?[a-z0-9]*|[A-Z][a-z]+|rId\d+|true|false",
    re.ASCII,
)
_NUMBER: Final = re.compile(r"\d[\d\s.+-]{6,}")
_URI: Final = re.compile(r"(?:https?://(?:schemas|purl|www\.w3|docs\.oasis|openoffice|www\.hancom)|urn:|application/)")
_KNOWN: Final = 5_000


class _Paragraph:
    """One being read. `now` is how it stands, `before` how it stood before tracked changes, `code` its fields' instructions."""

    __slots__ = ("before", "changed", "code", "now", "size")

    def __init__(self) -> None:
        self.now: list[str] = []
        self.before: list[str] = []
        self.code: list[str] = []
        self.changed = False
        self.size = 0


class Open:
    """A table being read: its grid, and the row and the cell that are open."""

    __slots__ = ("cell", "cells", "column", "grid", "number", "size")

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.number = 0
        self.column = 0
        self.cells: dict[int, str] = {}
        self.cell: list[str] | None = None
        self.size = 0


class Tables:
    """Numbers a document's tables over all its parts: a table's name must be its own."""

    def __init__(self) -> None:
        self.count = 0

    def next(self) -> str:
        """The next table's name."""
        self.count += 1
        return str(self.count)


class Sweep:
    """An expat handler for any document's part. `part` is what it is called; `pages` names what a drawing's pages are."""

    def __init__(self, asset: Asset, limits: Limits, part: str, tables: Tables, *, pages: str = "page") -> None:
        self.out: list[Content] = []
        self._asset = asset
        self._limits = limits
        self._tables = tables
        self._pages = pages
        self._page = 0
        self._whole = part
        self._part = part
        self._prose = Prose(asset, limits, part)
        self._spoken = Prose(asset, limits, f"{part}, attributes")
        self._known: set[int] = set()
        self._open: list[_Paragraph] = []
        self._grids: list[Open] = []
        self._loose: list[str] = []
        self._loose_size = 0
        self._labels: list[str] = []
        self._gone = self._new = self._instruction = self._aside = 0
        self.encrypted = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if self._loose:
            self._flush_loose("")
        if name in _PARAGRAPHS:
            self._open.append(_Paragraph())
        elif name in _SPACES:
            if self._open:
                self.text(_SPACES[name])
        elif name in _TABLES:
            self._grids.append(Open(self._grid(attributes)))
        elif name in _ROWS:
            self._row(attributes)
        elif name in _CELLS:
            self._cell(attributes)
        elif name in _GONE:
            self._gone += 1
        elif name in _NEW:
            self._new += 1
        elif name == "instrText" or name == "delInstrText":
            self._instruction += 1
        elif name in _ASIDE:
            self._aside += 1
        elif name == "page" and "master-page-name" in attributes:
            self._next_page()
        elif name == "encryption-data":
            self.encrypted = True
        self._labels.append(attributes.get("name", "") if attributes else "")
        if attributes and name not in _CELLS:
            self._attributes(attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._loose:
            self._flush_loose(name)
        self._labels.pop()
        if name in _PARAGRAPHS:
            self._paragraph(self._open.pop())
        elif name in _CELLS:
            if self._grids and (table := self._grids[-1]).cell is not None:
                self._cell_ends(table, "\n".join(table.cell).strip())
        elif name in _ROWS:
            if self._grids and (table := self._grids[-1]).number:
                self._row_ends(table)
        elif name in _TABLES:
            self.out.extend(self._grids.pop().grid.finish())
        elif name in _GONE:
            self._gone -= 1
        elif name in _NEW:
            self._new -= 1
        elif name == "instrText" or name == "delInstrText":
            self._instruction -= 1
        elif name in _ASIDE:
            self._aside -= 1

    def text(self, data: str) -> None:
        """Characters go to the paragraph that is open; outside of one they are a line of their own."""
        if not self._open:
            self._loose.append(data)
            self._loose_size += len(data)
            if self._loose_size > _LONGEST:
                self._flush_loose("")
            return
        paragraph = self._open[-1]
        paragraph.size += len(data)
        if paragraph.size > _LONGEST:  # in pieces that overlap, so that no value is cut
            self._paragraph(paragraph)
            for kept in (paragraph.now, paragraph.before, paragraph.code):
                kept[:] = ["".join(kept)[-_OVERLAP:]]
            paragraph.size = _OVERLAP
        if self._instruction:
            paragraph.code.append(data)
        elif self._gone:
            paragraph.before.append(data)
            paragraph.changed = True
        else:
            paragraph.now.append(data)
            if self._new:
                paragraph.changed = True
            else:
                paragraph.before.append(data)

    def rest(self, line: str) -> None:
        """A line of what is no XML."""
        self.out.extend(self._prose.add(line))

    def finish(self) -> None:
        """Hand out what is held, of unfinished elements as well."""
        self._flush_loose("")
        while self._open:
            self._paragraph(self._open.pop())
        while self._grids:
            table = self._grids.pop()
            if table.cell:
                table.cells[table.column] = "\n".join(table.cell)
            self.out.extend(table.grid.add(table.number, table.cells))
            self.out.extend(table.grid.finish())
        self.out.extend(self._prose.flush())
        self.out.extend(self._spoken.flush())

    def _grid(self, attributes: dict[str, str]) -> Grid:  # noqa: ARG002 - a spreadsheet's has a name
        return Grid(self._asset, self._limits, name=self._tables.next(), part=self._part, lettered=False)

    def _row(self, attributes: dict[str, str]) -> None:  # noqa: ARG002 - a spreadsheet's may be repeated
        if self._grids:
            table = self._grids[-1]
            table.number += 1
            table.cells, table.column, table.size = {}, 0, 0

    def _cell(self, attributes: dict[str, str]) -> None:  # noqa: ARG002 - a spreadsheet's may be repeated
        if self._grids and self._grids[-1].column < MOST_CELLS:
            self._grids[-1].cell = []

    def _cell_ends(self, table: Open, text: str) -> None:
        if text:
            table.cells[table.column] = text
        table.column += 1
        table.cell = None

    def _row_ends(self, table: Open) -> None:
        self.out.extend(table.grid.add(table.number, table.cells))
        table.cells, table.column = {}, 0

    def _next_page(self) -> None:
        self._page += 1
        self._part = f"{self._pages} {self._page}"
        self.out.extend(self._prose.flush())
        self._prose = Prose(self._asset, self._limits, self._part)

    def _paragraph(self, paragraph: _Paragraph) -> None:
        self._line("".join(paragraph.now))
        if paragraph.changed:
            self._line("".join(paragraph.before))
        if paragraph.code:
            self.out.extend(self._spoken.add("".join(paragraph.code)))

    def _flush_loose(self, name: str) -> None:
        text, self._loose, self._loose_size = "".join(self._loose).strip(), [], 0
        if text:
            label = next((label for label in reversed(self._labels[-3:]) if label), "") or name
            self._line(f"{label}: {text}" if label and len(label) <= 100 else text)

    def _line(self, line: str) -> None:
        """A line goes to the cell that is open, or to the part's text."""
        if not line or line.isspace():
            return
        table = self._grids[-1] if self._grids and not self._aside else None
        if table is not None and table.cell is not None and table.size + len(line) < _LONG_CELL:
            table.cell.append(line)
            table.size += len(line)
        else:
            self.out.extend(self._prose.add(line.replace("\n", " ")))

    def _attributes(self, attributes: dict[str, str]) -> None:
        spoken = [f"{key}={value}" for key, value in attributes.items() if _says(key, value)]
        if not spoken:
            return
        line = " ".join(spoken)
        known = hash(line)
        if known in self._known:
            return
        if len(self._known) > _KNOWN:
            self._known.clear()
        self._known.add(known)
        self.out.extend(self._spoken.add(line.replace("\n", " ")))


def _says(key: str, value: str) -> bool:
    """Whether an attribute holds what somebody wrote: no measure, colour, identifier of the program or schema."""
    if len(value) < 2:
        return False
    if key in _SPOKEN and (key not in _OFTEN or _NUMBER.fullmatch(value)):
        return True
    return len(value) > 200 or (_LAYOUT.fullmatch(value) is None and _URI.match(value) is None)
