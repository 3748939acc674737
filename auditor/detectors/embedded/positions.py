"""Records of fixed width below what declares their columns: `NAME PIC X(20)` of a copybook, or names with start and length."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import Final

from auditor.detectors.embedded.headings import Headings
from auditor.detectors.embedded.places import MEASURES, places
from auditor.detectors.embedded.rows import blanked, lines_of
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text

_PICTURE: Final = re.compile(
    r"[ \t*]*[0-9]{1,2}[ \t]+(?P<name>\S{1,64})[ \t]+PIC(?:TURE)?(?: +IS)?[ \t]+[XNAS]?9?\(?0*(?P<width>[0-9]{0,5})\)?[^()\n]{0,40}"
)
_PLACED: Final = re.compile(
    r"[ \t#*;/|-]*(?P<name>[^\s|,;]{1,64})[\s|,;][^0-9\n]{0,40}0*(?P<start>[0-9]{1,5})[^0-9\n]{1,20}0*(?P<width>[0-9]{1,5})[ \t)|;,]*\r?"
)
MARK: Final = "|".join(
    (
        r"^[ \t*]*[0-9]+[ \t]+\S+[ \t]+PIC(?:TURE)?[ \t]",
        r"^[ \t#*;/|-]*[^\s|,;()\[\]{}\"'=]+[ \t|,;][ \ta-zA-Z:=|,;]*0*[01][ \ta-zA-Z:=|,;-]+[0-9]+[ \t)|;,]*\r?\n"
        r"[ \t#*;/|-]*[^\s|,;()\[\]{}\"'=]+[ \t|,;][ \ta-zA-Z:=|,;]*[0-9]+[ \ta-zA-Z:=|,;-]+[0-9]+[ \t)|;,]*\r?$",
    )
)
_MOST: Final = 300
_WIDEST: Final = 20_000


class Positions:
    """Such records of one asset, over all its text."""

    def __init__(self, index: FieldIndex) -> None:
        self._headings = Headings(index, "fixed width")
        self._declared: list[tuple[str, int, int]] = []  # name, start from 0, width
        self._columns: tuple[str, ...] | None = None
        self._bounds: list[int] = []
        self._going = False
        self._base = 0

    @property
    def goes_on(self) -> bool:
        """Whether records may stand at the beginning of the next text."""
        return self._columns is not None or bool(self._declared)

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The records of a text, and the text with them blanked out: nothing is seen twice."""
        taken: list[tuple[int, int]] = []
        position = 0
        for number, line in enumerate(lines_of(text), text.first_line):
            if self._line(line.rstrip("\r") if len(line) <= _WIDEST else "", number):
                taken.append((position, position + len(line)))
            position += len(line) + 1
        return self._headings.tables(text), blanked(text, taken)

    def _line(self, line: str, number: int) -> bool:
        """Whether a line is a record that is taken."""
        if self._declares(line):
            self._columns = None
            return False
        if self._declared:
            self._close_declaration()
        if self._columns is None:
            return False
        row = self._cut(line)
        if row is None:
            if line.strip() or self._going:
                self._columns = None
            return False
        self._going = True
        self._headings.add(self._columns, row, number)
        return True

    def _declares(self, line: str) -> bool:
        if (m := _PICTURE.fullmatch(line)) is not None:
            start = self._declared[-1][1] + self._declared[-1][2] if self._declared else 0
            width = int(m["width"] or 1)
        elif (m := _PLACED.fullmatch(line)) is not None:
            start, width = int(m["start"]), int(m["width"])
            if not self._declared:
                self._base = start
            start -= self._base
            after = self._declared[-1][1] + self._declared[-1][2] if self._declared else 0
            if start != after:  # not a length but an end, or something else altogether
                self._declared.clear()
                return False
        else:
            return False
        if width and len(self._declared) < _MOST:
            self._declared.append((m["name"], start, width))
        return True

    def _close_declaration(self) -> None:
        declared, self._declared = self._declared, []
        self._bounds = [start for _, start, _ in declared]
        if declared:
            self._bounds.append(declared[-1][1] + declared[-1][2])
        self._going = False
        self._columns = self._headings.telling([name for name, _, _ in declared], strong=False)

    def _cut(self, line: str) -> list[str] | None:
        """The cells of a record, whatever its program takes for a letter's width."""
        total, found = self._bounds[-1], None
        if not line.strip():
            return None
        for measure in range(len(MEASURES)):
            at = places(line, measure)
            length = len(line) if at is None else at[-1]
            if length > total or (length < total and (found is not None or length * 3 < total)):
                continue
            edges = []
            for bound in self._bounds:
                edge = min(bound, len(line)) if at is None else bisect_left(at, bound)
                while at is not None and edge + 1 < len(at) and at[edge + 1] == at[edge]:
                    edge += 1
                if at is not None and edge < len(line) and at[edge] != bound:
                    break
                edges.append(min(edge, len(line)))
            else:
                row = [line[start:end].strip() for start, end in pairwise(edges)]
                if length == total:
                    return row
                found = row
        return found
