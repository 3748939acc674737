"""Word 97–2003: the text of all stories by the piece table ([MS-DOC] 2.4.1), tables as tables."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import IO, Final

from auditor.extractors._office.grid import Grid
from auditor.extractors._office.prose import Prose
from auditor.extractors._office.sweep import Tables
from auditor.extractors.limits import Limits
from auditor.model.asset import Asset
from auditor.model.content import Table, Text

_STORIES: Final = (
    "body", "footnotes", "headers and footers", "macros", "comments", "endnotes", "text boxes", "text boxes of headers",
)  # fmt: skip
_MOST_PIECES: Final = 2_000_000
_BLOCK: Final = 256 << 10
_SIGNS: Final = {
    "\x0b": " ",
    "\x1e": "-",
    "\x1f": "",
    "\x01": "",
    "\x02": "",
    "\x05": "",
    "\x08": "",
    "\x0c": "\n",
    "\x0e": "\n",
}
_TRANSLATED: Final = str.maketrans(_SIGNS)
_LONG: Final = 64 << 10


class DamagedError(Exception):
    """The document's structure cannot be followed."""


def is_encrypted(word: IO[bytes]) -> bool:
    """Whether a WordDocument stream says so of itself."""
    word.seek(0)
    head = word.read(12)
    return len(head) == 12 and bool(struct.unpack_from("<H", head, 10)[0] & 0x100)


def table_stream(word: IO[bytes]) -> str:
    """The name of the stream beside it that holds the piece table."""
    word.seek(0)
    head = word.read(12)
    return "1Table" if len(head) == 12 and struct.unpack_from("<H", head, 10)[0] & 0x200 else "0Table"


def read(word: IO[bytes], table: IO[bytes], asset: Asset, limits: Limits, tables: Tables) -> Iterator[Table | Text]:
    """The text of every story. DamagedError, after what could be read, where the structure ends."""
    word.seek(0)
    fib = word.read(0x1AA)
    if len(fib) < 0x1AA or struct.unpack_from("<H", fib, 0)[0] != 0xA5EC:
        raise DamagedError("not a Word 97 document")
    offset, size = struct.unpack_from("<II", fib, 0x1A2)
    lengths = [max(0, length) for length in struct.unpack_from("<8i", fib, 0x4C)]
    lengths[3:4] = [0]
    pieces = _pieces(table, offset, size)
    characters = Characters(word, pieces)
    for story, length in zip(_STORIES, lengths, strict=True):
        if length:
            yield from _story(characters, length, asset, limits, tables, story)
    if rest := characters.rest():
        yield from Prose(asset, limits, "text after the stories").all(rest.translate(_TRANSLATED).split("\r"))


def _pieces(table: IO[bytes], offset: int, size: int) -> list[tuple[int, int, bool]]:
    """(characters, byte offset, 8-bit?) of each piece."""
    table.seek(offset)
    clx = table.read(min(size, _MOST_PIECES * 12))
    at = 0
    while at + 3 <= len(clx) and clx[at] == 1:  # formatting
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        raise DamagedError("the document's piece table is missing")
    length = min(struct.unpack_from("<I", clx, at + 1)[0], len(clx) - at - 5)
    count = (length - 4) // 12
    if count < 1:
        raise DamagedError("the document's piece table is empty")
    ends = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    pieces = []
    for number in range(count):
        place = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)[0]
        narrow = bool(place & 0x40000000)
        place &= 0x3FFFFFFF
        characters = ends[number + 1] - ends[number]
        if characters < 0:
            raise DamagedError("the document's piece table is damaged")
        pieces.append((characters, place // 2 if narrow else place, narrow))
    return pieces


class Characters:
    """The document's characters in their order."""

    def __init__(self, word: IO[bytes], pieces: list[tuple[int, int, bool]]) -> None:
        self._word = word
        self._pieces = iter(pieces)
        self._left = 0
        self._at = 0
        self._narrow = False
        self.missing = False

    def take(self, count: int) -> str:
        """Some of the next `count` characters; "" at the end."""
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return ""
            self._left, self._at, self._narrow = piece
        count = min(count, self._left, _BLOCK)
        width = 1 if self._narrow else 2
        self._word.seek(self._at)
        data = self._word.read(count * width)
        if len(data) < count * width:
            self.missing = True
            self._left = 0
        else:
            self._left -= count
            self._at += count * width
        if self._narrow:
            return data.decode("cp1252", "replace")
        return data.decode("utf-16-le", "surrogatepass" if len(data) % 2 == 0 else "replace")

    def rest(self) -> str:
        """What no story claims, up to 1 MiB. DamagedError if pieces lay outside of the stream."""
        text = ""
        while len(text) < 1 << 20 and (more := self.take(_BLOCK)):
            text += more
        if self.missing:
            raise DamagedError("the document's text ends too early")
        return text


def _story(
    characters: Characters, length: int, asset: Asset, limits: Limits, tables: Tables, part: str
) -> Iterator[Table | Text]:
    prose = Prose(asset, limits, part)
    codes = Prose(asset, limits, f"{part}, fields")
    layout = _Layout(asset, limits, tables, part, prose)
    line: list[str] = []
    fields: list[list[str]] = []
    while length > 0 and (text := characters.take(length)):
        length -= len(text)
        for letter in text:
            if letter >= " " or letter == "\t":
                (fields[-1] if fields else line).append(letter)
                if len(line) > _LONG:
                    text_so_far = "".join(line)
                    yield from prose.add(text_so_far)
                    line = [*text_so_far[-256:]]  # no value is cut
            elif letter == "\r" or letter == "\x0c":
                yield from layout.line("".join(line))
                line = []
            elif letter == "\x07":
                yield from layout.mark("".join(line))
                line = []
            elif letter == "\x13":
                fields.append([])
            elif letter in "\x14\x15":
                if fields:
                    yield from codes.add("".join(fields.pop()))
            else:
                (fields[-1] if fields else line).append(_SIGNS.get(letter, ""))
    yield from layout.line("".join(line))
    yield from layout.finish()
    yield from prose.flush()
    yield from codes.flush()


class _Layout:
    """Tells a story's tables from its paragraphs. A cell ends with a mark, and so does a row: a row's end is an empty cell."""

    def __init__(self, asset: Asset, limits: Limits, tables: Tables, part: str, prose: Prose) -> None:
        self._asset = asset
        self._limits = limits
        self._tables = tables
        self._part = part
        self._prose = prose
        self._grid: Grid | None = None
        self._lines: list[str] = []
        self._cells: list[str] = []
        self._width = 0
        self._row = 0
        self._size = 0

    def line(self, text: str) -> Iterator[Table | Text]:
        """A paragraph, of the text or of a cell that is not finished."""
        self._lines.append(text)
        self._size += len(text)
        if len(self._lines) > 200 or self._size > _LONG:
            yield from self._let_go()

    def mark(self, text: str) -> Iterator[Table | Text]:
        """The end of a cell or of a row; `text` is the cell's last paragraph."""
        if not self._cells and self._lines:
            yield from self._let_go()
        self._lines.append(text)
        cell = "\n".join(filter(None, self._lines))
        self._lines, self._size = [], 0
        if not cell and self._cells and len(self._cells) >= self._width:
            yield from self._end_row()
        elif len(self._cells) < 2_000:
            self._cells.append(cell)
        else:
            yield from self._prose.add(cell)

    def finish(self) -> Iterator[Table | Text]:
        """What is left."""
        if self._cells:
            yield from self._end_row()
        yield from self._let_go()
        if self._grid is not None:
            yield from self._grid.finish()

    def _end_row(self) -> Iterator[Table | Text]:
        if self._grid is None:
            name = self._tables.next()
            self._grid = Grid(self._asset, self._limits, name=name, part=self._part, lettered=False)
            self._row = 0
        self._row += 1
        self._width = self._width or len(self._cells)
        yield from self._grid.add(self._row, {at: cell for at, cell in enumerate(self._cells) if cell})
        self._cells = []

    def _let_go(self) -> Iterator[Table | Text]:
        """These paragraphs are no part of a table: one that was open before them has ended."""
        if any(self._lines) and not self._cells and self._grid is not None:
            yield from self._grid.finish()
            self._grid, self._width = None, 0
        for line in self._lines:
            if line:
                yield from self._prose.add(line)
        self._lines, self._size = [], 0
