"""What tables in text have found already. Their lines are searched all the same: a row may hold more than its cells tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from auditor.model.content import Table, Text
from auditor.model.match import Match, MatchBlock

if TYPE_CHECKING:
    from auditor.detectors.detector import Detector


class Seen:
    """The values found in the tables of one asset's last two texts: lines wait for their neighbours in the next."""

    def __init__(self, detector: Detector) -> None:
        self._index = detector.index
        self._entities = {recognizer.rule.id: recognizer.rule.entity for recognizer in detector.recognizers}
        self._found: list[set[tuple[str, bytes]]] = [set(), set()]
        self._lines: list[set[int]] = [set(), set()]
        self._not: list[set[str]] = [set(), set()]

    def begin(self, tables: Sequence[Table], text: Text, left: Text) -> None:
        """The tables of the next text, and what is left of it without them."""
        both = zip(text.text.split("\n"), left.text.split("\n"), strict=False)
        lines = {number for number, (one, other) in enumerate(both, text.first_line) if one != other}
        self._found = [self._found[1], set()]
        self._lines = [self._lines[1], lines]
        self._not = [self._not[1], {entity for table in tables for entity in self._ruled_out(table)}]

    def keep(self, matches: Iterable[Match | MatchBlock]) -> Iterator[Match | MatchBlock]:
        """The same matches, remembered."""
        found = self._found[1]
        for match in matches:
            if isinstance(match, MatchBlock):
                found.update((match.entity, fingerprint.tobytes()) for fingerprint in match.fingerprints)
            else:
                found.add((match.entity, match.fingerprint))
            yield match

    def others(self, matches: Iterable[Match]) -> Iterator[Match]:
        """The matches of lines that no table in them has found, and none of its columns says are something else."""
        for match in matches:
            if not any(
                match.place.line in lines and ((match.entity, match.fingerprint) in found or match.entity in ruled_out)
                for lines, found, ruled_out in zip(self._lines, self._found, self._not, strict=True)
            ):
                yield match

    def _ruled_out(self, table: Table) -> Iterator[str]:
        """What one of a table's columns says its values are not: below `salt` stands no CI."""
        for name in table.columns:
            said = self._index.header(name)
            for rule in said.credential:
                if rule in self._entities:
                    yield self._entities[rule]
