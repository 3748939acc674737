"""Values of tables whose rows stand in the asset's text once more: a PDF's page is read as lines and as tables.

The lines are searched all the same: a table may have been seen where there is none. What both find counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from auditor.detectors.embedded.seen import RuledOut
from auditor.model.content import Table
from auditor.model.match import Match, MatchBlock

if TYPE_CHECKING:
    from auditor.detectors.detector import Detector

_MOST_HELD: Final = 20_000
"""Matches of lines that wait for a table's columns to be decided; with more of them, all count."""
_MOST_PARTS: Final = 16

_Value = tuple[str, bytes, str]
"""A value's entity, its fingerprint, and how it is protected."""


@dataclass(slots=True)
class _Part:
    """One part of the asset: the lines its tables stand in, and those of which names head the columns; what these hold, surely or perhaps, and what they cannot be."""

    lines: list[range] = field(default_factory=list)
    named: list[range] = field(default_factory=list)
    sure: set[_Value] = field(default_factory=set)
    perhaps: set[_Value] = field(default_factory=set)
    ruled_out: set[str] = field(default_factory=set)
    held: dict[_Value, list[Match]] = field(default_factory=dict)


class Again:
    """The values of the last parts of one asset that have such tables. A part's tables come before its text."""

    def __init__(self, detector: Detector) -> None:
        self._ruled_out = RuledOut(detector)
        self._parts: dict[str, _Part] = {}
        self._held = 0

    def begin(self, table: Table) -> None:
        """A table's rows, before their matches."""
        part = self._parts.setdefault(table.part, _Part())
        if table.again is not None:
            part.lines.append(table.again)
            if table.header:
                part.named.append(table.again)
        part.ruled_out.update(self._ruled_out.of(table))
        if len(self._parts) > _MOST_PARTS:
            done = next((name for name, one in self._parts.items() if not one.held and name != table.part), None)
            if done is not None:
                del self._parts[done]

    def holds(self, table: Table) -> bool:
        """Whether a table found in the text's lines is one of these, whose cells are whole."""
        part = self._parts.get(table.part)
        return part is not None and all(any(line in lines for lines in part.named) for line in table.lines or ())

    def keep(self, matches: Iterable[Match | MatchBlock]) -> Iterator[Match | MatchBlock]:
        """The matches of tables, remembered; what lines have found of them counts no more."""
        for match in matches:
            part = None if isinstance(match, MatchBlock) else self._parts.get(match.place.part)
            if part is not None and not isinstance(match, MatchBlock):
                value = match.entity, match.fingerprint, match.protection
                (part.perhaps if match.candidate else part.sure).add(value)
                held = part.held.pop(value, None)
                if held is not None:
                    left = [one for one in held if match.candidate and not one.candidate]
                    if left:
                        part.held[value] = left
                    self._held -= len(held) - len(left)
            yield match

    def others(self, matches: Iterable[Match]) -> Iterator[Match]:
        """The matches of lines but for those that a table has found, or has still to decide."""
        for match in matches:
            part = self._parts.get(match.place.part)
            line = match.place.line or 0
            if part is None or not any(line in lines for lines in part.lines):
                yield match
                continue
            value = match.entity, match.fingerprint, match.protection
            if match.entity in part.ruled_out or value in part.sure or (match.candidate and value in part.perhaps):
                continue
            part.held.setdefault(value, []).append(match)
            self._held += 1
            if self._held > _MOST_HELD:
                yield from self.finish()

    def finish(self) -> Iterator[Match]:
        """What no table has found."""
        for part in self._parts.values():
            for held in part.held.values():
                yield from held
            part.held = {}
        self._held = 0
