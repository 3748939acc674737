"""How the rows below a header are divided into cells: each function makes a `Divide` of what a header says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from auditor.detectors.embedded import cells, places
from auditor.detectors.embedded.cells import Span

Divide = Callable[[str], tuple[int, Sequence[str]] | None]
"""Where a row's cells begin in its line, and the cells; None for what is no row."""


def framed(words: str) -> Divide:
    """Numbered rows whose cells end where the header's words do."""

    def divide(line: str) -> tuple[int, Sequence[str]] | None:
        row = places.right(words, line)
        return None if row is None else (0, row)

    return divide


def below(spans: list[Span]) -> Divide:
    """Rows at the places that dashes mark, whatever their program takes for a letter's width."""

    def divide(line: str) -> tuple[int, Sequence[str]] | None:
        for measure in range(len(places.MEASURES)):
            row = places.cut(line, spans, measure)
            if row is not None:
                return 0, row
        found = [line[start:end] for start, end in cells.spread(line)]
        return (0, found) if len(found) == len(spans) else None

    return divide


def listing(delimiter: str, shift: int) -> Divide:
    """Rows that a delimiter divides, behind so many characters."""

    def divide(line: str) -> tuple[int, Sequence[str]] | None:
        found = cells.listed(line[shift:], delimiter)
        return None if found is None else (shift, found)

    return divide


def within(header: str, names: list[Span]) -> Divide:
    """The same of rows between two bars."""
    inside = spreading(header, names, 0, tabs=False)

    def divide(line: str) -> tuple[int, Sequence[str]] | None:
        inner = cells.unframed(line)
        return None if inner is None else inside(inner)

    return divide


def spreading(header: str, names: list[Span], shift: int, tabs: bool) -> Divide:
    """Rows below names that blanks divide: as many cells, or one more in front that numbers them; or fewer, by
    their places."""

    width = len(names)

    def divide(line: str) -> tuple[int, Sequence[str]] | None:
        bare = line[shift:]
        if tabs:
            return (shift, [cell.strip() for cell in bare.split("\t")]) if "\t" in bare else None
        found = cells.spread(bare)
        row = [bare[start:end] for start, end in found]
        if len(row) == width:
            return shift + found[0][0], row
        if len(row) == width + 1 and row[0].isdigit():
            return shift + found[1][0], row[1:]
        under = places.beneath(header, names, bare, found) if 1 < len(row) < width else None
        return None if under is None else (shift + found[0][0], under)

    return divide
