"""Tables that stand in text: in HTML, drawn with characters, listed name by name.

The names of their values stand elsewhere than right beside them, so that no line tells what it holds. A reader takes such
values out of the text as `Table`s. Their lines are searched all the same (seen.py): docs/decisions/016-tables-in-text.md.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final, Protocol

from auditor.detectors.embedded import (
    addressed,
    beneath,
    bound,
    captions,
    celled,
    counted,
    delimited,
    drawn,
    dumped,
    elements,
    folded,
    headed,
    learnt,
    listings,
    literals,
    markup,
    ordered,
    positions,
    screens,
    telltale,
    turns,
    wrapped,
)
from auditor.detectors.embedded.tables import NamesInCells
from auditor.detectors.fields import FieldIndex
from auditor.detectors.scene import NO_FILE, FileKind
from auditor.detectors.search import Search
from auditor.model.content import Table, Text


class Reader(Protocol):
    """Finds tables of one kind in the text of one asset, which comes in order, whole lines at a time."""

    @property
    def goes_on(self) -> bool:
        """Whether a table may go on in the next text, which alone would not tell that it concerns the reader."""
        ...

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The tables in it, and the text with their values blanked out."""
        ...


Make = Callable[[FieldIndex], Reader]
READERS: Final[tuple[tuple[str, Make, bool], ...]] = (
    (folded.MARK, folded.Folded, False),  # first, these two: they make lines whole for all
    (wrapped.MARK, wrapped.Wrapped, True),
    (markup.MARK, markup.Markup, True),
    (elements.MARK, elements.Elements, True),
    (drawn.MARK, drawn.Drawn, True),
    (bound.MARK, bound.Bound, True),
    (dumped.MARK, dumped.Dumped, False),
    (celled.MARK, celled.Celled, False),
    (listings.MARK, listings.Listings, False),
    (screens.MARK, screens.Screens, False),
    (addressed.MARK, addressed.Addressed, True),
    (literals.MARK, literals.Literals, True),
    (captions.MARK, captions.Captions, False),
    (positions.MARK, positions.Positions, False),
    (turns.MARK, turns.Turns, False),
    (counted.MARK, counted.Counted, False),
    (delimited.MARK, delimited.Delimited, False),
    (headed.MARK, headed.Headed, False),  # after `drawn`: what that takes is blank then
    (telltale.MARK, ordered.Ordered, True),
    (telltale.MARK, beneath.Beneath, True),
    (telltale.MARK, learnt.Learnt, True),  # last: of what no other reader knows
)
"""Each reader, with an RE2 expression that matches in every text it finds a table in, and whether source code is read by it too."""


_AT_ONCE: Final = 4
"""Expressions asked as one: more of them make an automaton that RE2 builds anew again and again, at ten times the cost."""


@cache
def _searches(*, code: bool) -> tuple[tuple[Search, ...], tuple[tuple[Search, Make], ...]]:
    """The readers of text, or of source code, each behind its search; and searches for any of them: most text concerns none."""
    asked = [(mark, make) for mark, make, in_code in READERS if in_code or not code]
    marks = [mark for mark, _ in asked]
    together = (Search.union(marks[at : at + _AT_ONCE]) for at in range(0, len(marks), _AT_ONCE))
    return tuple(together), tuple((Search(mark), make) for mark, make in asked)


class EmbeddedTables:
    """All readers, over the text of one asset; and its tables whose names stand in cells."""

    def __init__(self, index: FieldIndex, file: FileKind = NO_FILE) -> None:
        self._index = index
        self._any, self._asked = _searches(
            code=file.code and not file.path.endswith(".ipynb")
        )  # which holds what code printed
        self._readers: dict[int, Reader] = {}
        self._tables = NamesInCells(index)

    def take(self, text: Text) -> tuple[list[Table], Text, Text]:
        """The tables in a text; the text, in which folded lines are whole; and what is left of it without the tables.

        A window of a line too long to hold has none.
        """
        found: list[Table] = []
        if text.overlap:
            return found, text, text
        going = [number for number, reader in self._readers.items() if reader.goes_on]
        data = text.text.encode("utf-8", "replace")
        if not going and not any(search.within(data) for search in self._any):
            return found, text, text
        left = text
        for number, (search, make) in enumerate(self._asked):
            if number not in going and not search.within(data):
                continue
            if number not in self._readers:
                self._readers[number] = make(self._index)
            reader = self._readers[number]
            tables, left = reader.take(left)
            found += tables
            if isinstance(reader, folded.Folded) and reader.whole is not None:
                text = reader.whole
            elif isinstance(reader, wrapped.Wrapped):
                text = reader.take(text)[1]
        return found, text, left

    def turn(self, table: Table) -> list[Table]:
        """A table as it is, or where its names stand in cells, with these as its columns."""
        return self._tables.take(table)
