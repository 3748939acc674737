"""Lines of a document's part → `Text`s that say which part they are of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from auditor.extractors.limits import Limits
from auditor.extractors.tables import without_surrogates
from auditor.extractors.windows import Windows
from auditor.model.asset import Asset
from auditor.model.content import Text

_BLOCK: Final = 256 << 10


class Prose:
    """Gathers lines and hands them out in blocks. `part` may hold characters that are not `printable` yet."""

    def __init__(self, asset: Asset, limits: Limits, part: str) -> None:
        self._windows = Windows(asset, limits)
        self._part = part
        self._held: list[str] = []
        self._size = 0

    def add(self, line: str) -> Iterator[Text]:
        """One line, without its end; a line end within it makes several."""
        self._held.append(line)
        self._size += len(line) + 1
        if self._size > _BLOCK:
            yield from self.flush()

    def all(self, lines: Iterable[str]) -> Iterator[Text]:
        """All of these, and what was held."""
        for line in lines:
            yield from self.add(line)
        yield from self.flush()

    def at(self, line: int) -> Iterator[Text]:
        """What is added next is this line, from 1."""
        yield from self.flush()
        self._windows.at(line)

    def flush(self) -> Iterator[Text]:
        """What is held."""
        if self._held:
            text = without_surrogates("\n".join(self._held)) + "\n"
            self._held, self._size = [], 0
            for piece in self._windows.feed(text.replace("\r", "\n")):
                yield replace(piece, part=self._part)


class Seen:
    """Lines that were handed out, by their hashes: a second pass over the same bytes leaves them out."""

    def __init__(self, most: int = 1_000_000) -> None:
        self._hashes: set[int] = set()
        self._most = most

    def add(self, text: str) -> None:
        """Remember the lines of `text`; beyond a million no more are remembered, and will be handed out twice."""
        if len(self._hashes) < self._most:
            self._hashes.update(hash(line.strip()) for line in text.splitlines())

    def __contains__(self, line: str) -> bool:
        return hash(line.strip()) in self._hashes
