"""What tables in text have found already. Their lines are searched all the same: a row may hold more than its cells tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from auditor.model.content import Table, Text
from auditor.model.match import Match, MatchBlock

if TYPE_CHECKING:
    from auditor.detectors.detector import Detector

_Value = tuple[str, bytes, str]
"""A value's entity, its fingerprint, and how it is protected."""
_Line = tuple[str, int]
"""A part of the asset, and a line in it: parts count theirs from 1 each."""


class Seen:
    """The values found in the tables of one asset's last two texts: lines wait for their neighbours in the next."""

    def __init__(self, detector: Detector) -> None:
        self._ruled_out = RuledOut(detector)
        self._found: list[set[_Value]] = [set(), set()]
        self._lines: list[dict[_Line, set[str]]] = [{}, {}]

    def begin(self, tables: Sequence[Table], text: Text, left: Text) -> frozenset[int]:
        """Take the tables of the next text, and what is left of it without them; the numbers of the lines that they have read."""
        both = zip(text.text.split("\n"), left.text.split("\n"), strict=False)
        lines: dict[_Line, set[str]] = {
            (text.part, number): set() for number, (one, other) in enumerate(both, text.first_line) if one != other
        }
        for table in tables:
            ruled_out = set(self._ruled_out.of(table))
            for line in (table.lines or ()) if ruled_out else ():
                if (table.part, line) in lines:
                    lines[table.part, line] |= ruled_out
        self._found = [self._found[1], set()]
        self._lines = [self._lines[1], lines]
        return frozenset(number for _, number in lines)

    def keep(self, matches: Iterable[Match | MatchBlock]) -> Iterator[Match | MatchBlock]:
        """The same matches, remembered; but for candidates, which may come to nothing."""
        found = self._found[1]
        for match in matches:
            if isinstance(match, MatchBlock):
                found.update((match.entity, fingerprint.tobytes(), "clear") for fingerprint in match.fingerprints)
            elif not match.candidate:
                found.add((match.entity, match.fingerprint, match.protection))
            yield match

    def others(self, matches: Iterable[Match]) -> Iterator[Match]:
        """The matches of lines that no table in them has found, and none of their columns says are something else."""
        for match in matches:
            value, line = (match.entity, match.fingerprint, match.protection), (match.place.part, match.place.line or 0)
            if not any(
                line in lines and (value in found or match.entity in lines[line])
                for lines, found in zip(self._lines, self._found, strict=True)
            ):
                yield match


class RuledOut:
    """What one of a table's columns says its values are not: below `salt` stands no CI."""

    def __init__(self, detector: Detector) -> None:
        self._index = detector.index
        self._entities = {recognizer.rule.id: recognizer.rule.entity for recognizer in detector.recognizers}

    def of(self, table: Table) -> Iterator[str]:
        """The entities."""
        for name in table.columns:
            for rule in self._index.header(name).credential:
                if rule in self._entities:
                    yield self._entities[rule]
