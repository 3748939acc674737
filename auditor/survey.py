"""A file's rejected readings, counted in a sample of its lines and cells: for `auditor explain` without a line."""

from __future__ import annotations

from typing import Final

from auditor.detectors.columns import Column
from auditor.detectors.detector import AssetDetection
from auditor.detectors.explain import TOUCHED, Considered
from auditor.explained import FileFacts, Judge
from auditor.model.content import Table, Text
from auditor.model.match import Match
from auditor.spotting import Readings

SAMPLE: Final = 2_000
"""Lines and distinct cells of a file that are looked at."""
_SAMPLE_COLUMN: Final = 100
_LONGEST: Final = 4_096


class Survey:
    """Feed it all content before detection sees it, and every match."""

    def __init__(self, readings: Readings, facts: FileFacts) -> None:
        self._readings = readings
        self._facts = facts
        self._groups: list[tuple[list[Considered], str, str]] = []
        self._columns: dict[tuple[str, str], Column] = {}
        self._seen: dict[tuple[str, str], set[str]] = {}
        self._awaited: dict[tuple[str, bytes], Match | None] = {}

    def text(self, content: Text) -> None:
        """Look at the lines that pass a gate."""
        lines: list[str] | None = None
        for index, _ in self._readings.detector.gates.lines(content.text):
            if self._facts.sampled >= SAMPLE:
                self._facts.complete = False
                return
            lines = lines if lines is not None else content.text.split("\n")
            self._facts.complete = self._facts.complete and len(lines[index]) <= _LONGEST
            readings = self._readings.line(lines[index][:_LONGEST], lines[index - 1] if index else "")
            self._add(list(readings), "", "")

    def table(self, content: Table) -> None:
        """Look at the first distinct cells of each column."""
        for name, array in zip(content.columns, content.arrays, strict=True):
            seen = self._seen.setdefault((content.name, name), set())
            for value in array.slice(0, 10 * _SAMPLE_COLUMN).to_pylist():
                if not value or value in seen:
                    continue
                if len(seen) >= _SAMPLE_COLUMN or self._facts.sampled >= SAMPLE:
                    self._facts.complete = False
                    break
                seen.add(value)
                column = self._columns.get((content.name, name))
                if column is None:
                    column = Column(self._readings.detector, self._readings.file, name, content.header)
                    self._columns[content.name, name] = column
                self._add(list(self._readings.cell(value[:_LONGEST], column)), content.name, name)
            if len(array) > 10 * _SAMPLE_COLUMN:
                self._facts.complete = False

    def met(self, match: Match) -> None:
        """A match: what is not met in the end was rejected."""
        key = (match.entity, match.fingerprint)
        if key in self._awaited and ((held := self._awaited[key]) is None or held.candidate):
            self._awaited[key] = match

    def finish(self, detection: AssetDetection) -> None:
        """Count into the facts, once the detection is finished."""
        matches = [match for match in self._awaited.values() if match is not None]
        judge = Judge(self._readings.detector, lambda *_: "", matches)
        for readings, table, name in self._groups:
            found = detection.tables.get(table)
            columns = list(found.columns.values()) if found else []
            column = found.columns.get(name) if found else None
            for outcome in judge.settle(readings, column, columns, found.present if found else frozenset()):
                if outcome.result == "rejected" and outcome.considered.refused != TOUCHED:
                    self._facts.counts[outcome.considered.entity, "rejected"] += 1
                    self._facts.rejections[outcome.considered.entity, outcome.reason] += 1
        self._seen.clear()

    def _add(self, readings: list[Considered], table: str, column: str) -> None:
        self._facts.sampled += 1
        if readings:
            self._groups.append((readings, table, column))
            for one in readings:
                if one.fingerprint:
                    self._awaited.setdefault((one.entity, one.fingerprint), None)
