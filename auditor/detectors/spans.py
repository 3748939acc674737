"""Hits that do not overlap, kept by their places: a line may have thousands, and each new one is asked about its neighbours alone."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from typing import Final

from auditor.detectors.hit import Hit


class Spans:
    """Hits of one text, no two of which overlap."""

    def __init__(self) -> None:
        self._starts: Final[list[int]] = []
        self._hits: Final[dict[int, Hit]] = {}

    def __iter__(self) -> Iterator[Hit]:
        """In the order of their places."""
        return (self._hits[start] for start in self._starts)

    def overlapping(self, start: int, end: int) -> list[Hit]:
        """The hits that share a character with this stretch."""
        last = bisect_left(self._starts, end)
        found = []
        while last and self._hits[self._starts[last - 1]].end > start:
            last -= 1
            found.append(self._hits[self._starts[last]])
        return found

    def add(self, hit: Hit) -> None:
        """A hit that overlaps none of them."""
        if hit.start not in self._hits:
            insort(self._starts, hit.start)
        self._hits[hit.start] = hit

    def drop(self, hit: Hit) -> None:
        """One of them."""
        del self._hits[hit.start]
        del self._starts[bisect_left(self._starts, hit.start)]
