"""One line or row of a file, held while the file goes by, then put before every rule: for `auditor explain`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from auditor.detectors.columns import LONGEST_PIECE, Column
from auditor.detectors.detector import AssetDetection, Detector
from auditor.detectors.explain import Announced, Considered, announced, consider
from auditor.detectors.explain_columns import facts_of
from auditor.detectors.folding import fold
from auditor.detectors.scene import FileKind, Scene, named_like
from auditor.detectors.shown import shown_name
from auditor.detectors.text import LEAD, OVERLAP, SEGMENT
from auditor.detectors.values import plain
from auditor.explained import InRegister, Judge, Outcome, Spot
from auditor.model.content import Table, Text
from auditor.model.match import Match

MOST: Final = 200
"""Readings of one line or row that are told; a line may be megabytes long."""
ROWS: Final = 10
"""Rows beginning in one line that are told; a dump's line may hold thousands."""
DONE_AFTER: Final = 64
"""Lines after which nothing can change what a line of text says."""
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})")


@dataclass(slots=True, kw_only=True)
class _Row:
    table: str
    number: int
    line: int
    cells: list[tuple[str, str]] = field(repr=False)


class Readings:
    """Puts lines and cells of one file before the rules."""

    def __init__(self, detector: Detector, file: FileKind) -> None:
        self.detector = detector
        self.file = file
        self._unnamed = not any(
            named_like(file.path, recognizer.rule.look_alikes.files)
            for recognizer in detector.recognizers
            if recognizer.rule.candidates
        )

    def gated(self, lead: str, line: str) -> frozenset[str]:
        """The rules whose gates let a line through, as its neighbour before it lets it."""
        passed = any(index == 1 for index, _ in self.detector.gates.lines(f"{lead}\n{line}", unnamed=self._unnamed))
        return frozenset(self.detector.gates.rules_for(fold(line))) if passed else frozenset()

    def line(self, line: str, lead: str, *, at: int = 0, cut_left: bool = False) -> Iterator[Considered]:
        """All readings of a line, or of a window of one that begins `at` characters into it.

        Places are those of the line as an audit reads it: without encoding and disguise (values.py), where it has any.
        """
        line = plain(line)
        told: set[tuple[int, int, str]] = set()
        for start in range(0, max(len(line) - OVERLAP, 1), SEGMENT - OVERLAP):
            piece = line[start : start + SEGMENT]
            scene = Scene(
                text=piece, lead="" if start else lead[-LEAD:], file=self.file, cut_left=cut_left or start > 0
            )
            gated = self.gated("" if start or at else lead, piece)
            for one in consider(self.detector, scene, gated=gated, at=at + start):
                if (one.start, one.end, one.rule) not in told:
                    told.add((one.start, one.end, one.rule))
                    yield one

    def cell(self, cell: str, column: Column) -> Iterator[Considered]:
        """All readings of a cell."""
        always = frozenset((*column.named.strong, *column.named.weak))
        at = 0
        for line in cell.split("\n") if "\n" in cell or len(cell) > LONGEST_PIECE else (cell,):
            for start in range(0, max(len(line) - OVERLAP, 1), SEGMENT - OVERLAP):
                piece = line[start : start + SEGMENT]
                scene = Scene(text=piece, header=column.header, file=self.file, cut_left=start > 0)
                gated = always | frozenset(self.detector.gates.rules_for(fold(piece)))
                yield from consider(self.detector, scene, gated=gated, at=at + start, column=column)
            at += len(line) + 1


class Spotter:
    """Looks out for one line. Feed it all content before detection sees it."""

    def __init__(self, readings: Readings, line: int) -> None:
        self._readings = readings
        self._line = line
        self._lines: list[Considered] = []
        self._announced: list[Announced] = []
        self._more = 0
        self._rows: dict[str, list[_Row]] = {}
        self._hidden: dict[str, int] = {}
        self._tables = False
        self._passed = False
        self.met_text = False

    @property
    def done(self) -> bool:
        """Whether the rest of the file cannot change the answer: it is text, and the line is well behind."""
        return self._passed and not self._tables

    def text(self, content: Text) -> None:
        """Look into some lines."""
        index = self._line - content.first_line
        if index < 0:
            self._passed = self._passed or content.first_line > self._line + DONE_AFTER
            return
        lines = content.text.split("\n")
        if index < len(lines) and (index or not content.offset) and (index < len(lines) - 1 or lines[index]):
            self._take(lines[index].rstrip("\r"), lines[index - 1] if index else "", 0)
        elif not index and content.offset:
            self._take(lines[0], "", content.offset)
        self._passed = self._passed or (self.met_text and index < len(lines) - DONE_AFTER)

    def _take(self, line: str, lead: str, at: int) -> None:
        self.met_text = True
        for one in self._readings.line(line, lead, at=at, cut_left=at > 0):
            if len(self._lines) < MOST:
                self._lines.append(one)
            else:
                self._more += 1
        if len(line) <= SEGMENT:
            self._announced += announced(self._readings.detector, line, self._lines)

    def table(self, content: Table) -> None:
        """Keep the rows that begin in the line, or else the last one before it."""
        self._tables = True
        if content.lines is None:
            return
        best = max((line for line in content.lines if line <= self._line), default=0)
        held = self._rows.get(content.name)
        if not best or (held and held[0].line > best):
            return
        if not held or held[0].line < best:
            held = self._rows[content.name] = []
            self._hidden[content.name] = 0
        for index, line in enumerate(content.lines):
            if line != best:
                continue
            if len(held) >= ROWS:
                self._hidden[content.name] += 1
                continue
            cells = [
                (name, value)
                for name, array in zip(content.columns, content.arrays, strict=True)
                if (value := array[index].as_py())
            ]
            held.append(_Row(table=content.name, number=content.first_row + index, line=line, cells=cells))

    def wants(self, match: Match) -> bool:
        """Whether a match stands in the line, or in a row that may be the one."""
        table, number = match.record
        return match.place.line == self._line or any(row.number == number for row in self._rows.get(table, ()))

    def spots(self, detection: AssetDetection, matches: list[Match], in_register: InRegister, raw: str) -> list[Spot]:
        """The answer, once the detection is finished. `raw`: the line as it stands in the file, as far as it is known."""
        found = []
        chosen = self._chosen(raw)
        if self.met_text:
            here = [m for m in matches if m.place.line == self._line and m.record == ("", self._line)]
            judge = Judge(self._readings.detector, in_register, here)
            outcomes = (*judge.settle(self._lines), *judge.rest())
            if chosen:  # the table's row tells the rest: what it found there is not told twice
                outcomes = tuple(outcome for outcome in outcomes if outcome.result != "rejected")
            if outcomes or not chosen:
                found.append(
                    Spot(line=self._line, outcomes=outcomes, announced=tuple(self._announced), more=self._more)
                )
        for rows in chosen:
            for row in rows:
                hidden = self._hidden[row.table] if row is rows[-1] else 0
                found.append(self._row(detection, row, [m for m in matches if m.record == (row.table, row.number)], in_register, hidden))  # fmt: skip
        return found

    def _chosen(self, raw: str) -> list[list[_Row]]:
        """The rows that begin in the line; if none does and it is no text, those begun before it that it belongs to."""
        exact = [rows for rows in self._rows.values() if rows[0].line == self._line]
        if exact or self.met_text or not self._rows:
            return exact
        plain = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), raw)
        holding = [r for r in self._rows.values() if any(v in plain for row in r for _, v in row.cells if len(v) > 1)]
        if holding:  # a row of many lines: of it, what stands in this one
            for row in (row for rows in holding for row in rows):
                row.cells = [(name, value) for name, value in row.cells if value in plain] or row.cells
            return holding
        nearest = max(rows[0].line for rows in self._rows.values())
        return [rows for rows in self._rows.values() if rows[0].line == nearest]

    def _row(
        self, detection: AssetDetection, row: _Row, matches: list[Match], in_register: InRegister, hidden: int
    ) -> Spot:
        table = detection.tables[row.table]
        columns = list(table.columns.values())
        outcomes: list[Outcome] = []
        more = 0
        for name, value in row.cells:
            column = table.columns[name]
            here = [match for match in matches if match.place.column == name]
            judge = Judge(self._readings.detector, in_register, here)
            readings = list(self._readings.cell(value, column))
            more += max(0, len(outcomes) + len(readings) - MOST)
            readings = readings[: max(0, MOST - len(outcomes))]
            outcomes += judge.settle(readings, column, columns, table.present)
            outcomes += judge.rest()
        facts = tuple(facts_of(self._readings.detector, table.columns[name]) for name, _ in row.cells)
        shown = shown_name(self._readings.detector, row.table) if row.table else ""
        return Spot(
            line=row.line, table=shown, row=row.number, outcomes=tuple(outcomes), columns=facts, more=more + hidden
        )
