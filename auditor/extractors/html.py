"""HTML and XML: text as it stands, line by line, but for what would keep a value from being seen.

Character references are decoded and tags that stand within a number go behind it, in the same line, so that every line keeps its
number and nothing is lost or seen twice. Tables in it are the detectors' (auditor/detectors/embedded/markup.py), XML records xml_records.py's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.extractors._markup.records import TextSink, XmlRecords, records_in
from auditor.extractors._markup.text import readable
from auditor.extractors.decoding import BLOCK, Decoder
from auditor.extractors.limits import Budget, Limits
from auditor.extractors.windows import Windows
from auditor.model.asset import Asset
from auditor.model.content import Content, Source, Text

_HEAD: Final = 64 << 10
_ROW_STARTS: Final = ("<tr", "<TR", "<Row", "<row", "<ROW", "<")


class HtmlExtractor:
    """Hands out the lines of the file as `Text`, XML records as `Table`s. Entities a file declares itself are never expanded."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._limits = budget.limits

    def extract(self, source: Source) -> Iterator[Content]:
        """`Text`s and `Table`s, then a gap for what was no text."""
        decoder = Decoder(source)
        markup: TextSink | None = None
        for piece in decoder.pieces():
            if markup is None:
                markup = Markup(source.asset, self._limits)
                if (known := records_in(piece[:_HEAD])) is not None:
                    markup = XmlRecords(source.asset, self._budget, known, markup)
            yield from markup.feed(piece)
        if markup is not None:
            yield from markup.end()
        yield from decoder.gaps()


class Markup:
    """Consecutive markup of one asset as `Text`. A line too long for a window is cut before a row, or before a tag."""

    def __init__(self, asset: Asset, limits: Limits) -> None:
        self._windows = Windows(asset, limits)
        self._window = limits.window
        self._line = 1
        self._offset = 0
        self._rest = ""

    def feed(self, piece: str) -> Iterator[Text]:
        """The text of a piece as `Decoder.pieces` gives it. What a later piece may belong to is kept until then."""
        if self._rest:
            piece, self._rest = self._rest + piece, ""
        if not piece.endswith("\n"):  # a line longer than a block, or the end of the file
            cut = piece.rfind("\n") + 1
            if len(piece) - cut > BLOCK:
                cut = max(cut, piece.rfind("<", len(piece) - self._window)) or len(piece)
            piece, self._rest = piece[:cut], piece[cut:]
        yield from self._lines(readable(piece))

    def end(self) -> Iterator[Text]:
        """What was kept."""
        rest, self._rest = self._rest, ""
        yield from self._lines(readable(rest))

    def _lines(self, text: str) -> Iterator[Text]:
        position = 0
        while position < len(text):
            end = self._end(text, position)
            part = text[position:end]
            if self._offset and part[0] == "<":
                self._windows.at(self._line + 1)  # no value goes over a tag: nothing of what came before is repeated
            self._windows.at(self._line, self._offset)
            yield from self._windows.feed(part)
            newlines = part.count("\n")
            self._line += newlines
            self._offset = len(part) - part.rfind("\n") - 1 if newlines else self._offset + len(part)
            position = end

    def _end(self, text: str, start: int) -> int:
        """Where to cut: behind whole lines, or in a line that is too long before the last row or tag of a window."""
        limit = start + self._window
        newline = text.rfind("\n", start, limit)
        if newline < 0:
            if len(text) <= limit:
                return len(text)
            newline = text.find("\n", limit)
            ends = len(text) if newline < 0 else newline + 1
            for mark in _ROW_STARTS:
                cut = text.rfind(mark, start + 1, limit)
                if cut > start:
                    return cut
            return min(ends, limit)
        end = newline + 1
        while (newline := text.rfind("\n", end, end + self._window)) >= 0:
            end = newline + 1
        return len(text) if len(text) - end <= self._window and "\n" in text[end:] else end
