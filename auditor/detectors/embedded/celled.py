"""Tables of wikis and manuals whose cells may stand a line each: AsciiDoc's `|===`, MediaWiki's `{| … |}`."""

from __future__ import annotations

import re
from typing import Final

from auditor.detectors.embedded.headings import Headings
from auditor.detectors.embedded.rows import blanked, lines_of
from auditor.detectors.fields import FieldIndex
from auditor.detectors.scene import file_kind
from auditor.model.content import Table, Text

_CELL: Final = re.compile(r"(?:(?<=\s)|^)(?:[0-9.]{1,7}[+*])?[<>^.]{0,3}[a-z]?(?<!\\)\|")
"""What begins a cell of AsciiDoc, with what says how it is laid out: `|`, `2+|`, `a|`."""
_ATTRIBUTES: Final = re.compile(r"[^|\[\]{}=]{0,60}=[^|\[\]{}]{0,200}\|(?!\|)")
"""What may stand before a cell of MediaWiki: `style="…" |`."""
_MOST: Final = 300

_LONGEST_CELL: Final = 4_000
MARK: Final = r"\|===|^\{\|"


class Celled:
    """Such tables of one asset, over all its text. A row that goes over the end of a text stays there as it is."""

    def __init__(self, index: FieldIndex) -> None:
        self._headings = Headings(index, "cells")
        self._open = ""  # what began the table
        self._names: list[str] = []  # of a header that goes on
        self._width = 0
        self._columns: tuple[str, ...] | None = None
        self._cells: list[str] = []
        self._spans: list[tuple[int, int]] = []
        self._first = 0  # the line of the row's first cell
        self._whole = True  # whether the row began in this text
        self._taken: list[tuple[int, int]] = []
        self._strong = False

    @property
    def goes_on(self) -> bool:
        """Whether a table is open: cells may stand at the beginning of the next text."""
        return self._open != ""

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The tables of a text, and the text with their rows blanked out: nothing is seen twice."""
        self._strong = file_kind(text.asset.path).written
        self._taken = []
        self._whole = not self._cells
        self._spans = []
        position = 0
        for number, line in enumerate(lines_of(text), text.first_line):
            self._line(line, position, number)
            position += len(line) + 1
        if len(self._cells) == self._width:
            self._row()
        return self._headings.tables(text), blanked(text, self._taken)

    def _line(self, line: str, position: int, number: int) -> None:
        bare = line.strip()
        if bare[:4] == "|===" or bare.startswith("{|"):
            opens = not self._open or bare.startswith("{|")
            self._end(opens=("{" if bare[0] == "{" else "=") if opens else "")
        elif self._open == "{":
            self._wiki(line, bare, position, number)
        elif self._open:
            self._ascii(line, bare, position, number)

    def _end(self, *, opens: str) -> None:
        self._row()
        self._open, self._names, self._width, self._columns = opens, [], 0, None

    # AsciiDoc: the header's cells stand in one line; then each so many cells are a row.

    def _ascii(self, line: str, bare: str, position: int, number: int) -> None:
        if not bare:
            return
        begins = list(_CELL.finditer(line))
        if not begins or line[: begins[0].start()].strip():
            if self._columns is not None:
                self._more(bare, position, len(line))
            return
        ends = [m.start() for m in begins[1:]] + [len(line)]
        cells = [line[m.end() : end].strip() for m, end in zip(begins, ends, strict=True)]
        if not self._width:
            self._width = len(cells)
            self._columns = self._headings.telling(cells, strong=self._strong)
            return
        if self._columns is None:
            return
        for m, end, cell in zip(begins, ends, cells, strict=True):
            if len(self._cells) == self._width:
                self._row()
            self._add(cell, position + m.end(), position + end, number)

    # MediaWiki: `|-` begins a row, `!` a name, `|` a cell; `!!` and `||` divide them in a line.

    def _wiki(self, line: str, bare: str, position: int, number: int) -> None:
        if bare.startswith("|}"):
            self._end(opens="")
        elif bare.startswith("|-"):
            self._row()
        elif bare.startswith("|+"):
            return
        elif bare.startswith("!") and self._columns is None and len(self._names) < _MOST:
            names = re.split(r"!!|\|\|", bare[1:])
            self._names += [_content(name) for name in names]
            self._width = len(self._names)
        elif bare.startswith(("|", "!")):
            if self._columns is None and self._names:
                self._columns = self._headings.telling(self._names, strong=self._strong)
                self._names = []
            if self._columns is None:
                return
            at = line.index(bare[0]) + 1
            for cell in re.split(r"\|\||!!", line[at:]):
                value = _content(cell)
                self._add(value, position + at, position + at + len(cell), number)
                at += len(cell) + 2
        elif bare:
            self._more(bare, position, len(line))

    def _more(self, bare: str, position: int, length: int) -> None:
        """A line more of the last cell; one that grows too long is none."""
        if self._cells and len(self._cells[-1]) < _LONGEST_CELL:
            self._cells[-1] += f" {bare}"
            self._spans.append((position, position + length))
        elif self._cells:
            self._whole = False

    def _add(self, cell: str, start: int, end: int, number: int) -> None:
        if not self._cells:
            self._first = number
        if len(self._cells) <= self._width:
            self._cells.append(cell)
            self._spans.append((start, end))

    def _row(self) -> None:
        """The row is whole: it is taken if it is as wide as the header, and all of it stands in this text."""
        if self._columns is not None and self._whole and len(self._cells) == self._width:
            self._headings.add(self._columns, self._cells, self._first)
            self._taken += self._spans
        self._cells, self._spans, self._whole = [], [], True


def _content(cell: str) -> str:
    """A cell of MediaWiki without its attributes."""
    m = _ATTRIBUTES.match(cell)
    return cell[m.end() if m is not None else 0 :].strip()
