"""Tables that stand in text: in HTML, drawn with characters, listed name by name.

The names of their values stand elsewhere than right beside them, so that no line tells what it holds. A reader takes such
values out of the text as `Table`s; the rest stays text, line by line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from auditor.detectors.embedded.markup import Markup, holds_rows
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text


class Reader(Protocol):
    """Finds tables of one kind in the text of one asset, which comes in order, whole lines at a time."""

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The tables in it, and the text with their values blanked out."""
        ...


READERS: Final[tuple[tuple[Callable[[str], bool], Callable[[FieldIndex], Reader]], ...]] = ((holds_rows, Markup),)
"""Each reader, and before it what tells cheaply whether it has anything to do with a text: most have nothing for any."""


class EmbeddedTables:
    """All readers, over the text of one asset."""

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._readers: dict[int, Reader] = {}

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The tables in a text, and what is left of it. A window of a line too long to hold has none."""
        found: list[Table] = []
        if text.overlap:
            return found, text
        for number, (concerns, make) in enumerate(READERS):
            if not concerns(text.text):
                continue
            if number not in self._readers:
                self._readers[number] = make(self._index)
            tables, text = self._readers[number].take(text)
            found += tables
        return found, text
