"""What stands in the cells of a PDF page's tables: pieces of text, joined as they were before they were wrapped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from auditor.extractors._pdf.layout import PageText, Run, decoded
from auditor.model.noun import noun

_ABOVE: Final = 0.28
"""Of its height, how far a letter's middle stands above its line."""
_SAME_LINE: Final = 0.45
GOES_ON: Final = re.compile(r"(?<!\s)[-/+_.@&=:]\Z")
"""What ends with this goes on in the next line without a space."""
_OPEN: Final = re.compile("[\u0e00-\u0e7f\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
"""Letters that a line may end after without a space: Thai, Chinese, Korean."""

_WORD: Final = re.compile(r"[A-Za-z0-9+/=_.@-]*")
_BROKEN: Final = 2.0
_THAI_WORD: Final = 4


@dataclass(slots=True, kw_only=True)
class Piece:
    """A run, or what of it stands in one column. `start` is its first character's number, `line` its line's among the page's."""

    text: str = field(repr=False)
    left: float
    right: float
    base: float
    height: float
    start: int
    line: int
    spaced: bool
    """Whether a space ends it."""

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return self.base + _ABOVE * self.height

    @property
    def inner(self) -> float:
        """A point that its column holds, even where it is too long for it."""
        return self.left + min(self.right - self.left, self.height) / 2


@noun
class Found:
    """A table on a page: its rows of cells, the line of the page's text where each begins and the one where the last ends, from 1.

    `edges` are where its columns begin and the last one ends; `runs` the first characters of what it holds. `open` are the
    columns of which the last line fills the cell: what the next page begins with goes on in it without a space.
    `head` is the row that names its columns, for the page that goes on.
    """

    rows: list[list[str]] = field(repr=False)
    lines: list[int]
    ends: int
    edges: list[float]
    ruled: bool
    runs: frozenset[int] = field(repr=False)
    open: frozenset[int] = frozenset()
    head: tuple[str, ...] = ()


Cell = list[Piece]


def pieces(run: Run, page: PageText, line: int, edges: Sequence[float]) -> list[Piece]:
    """A run, cut at its spaces where a column's edge goes through them."""
    across = [edge for edge in edges if run.left < edge < run.right] if run.blanks else []
    cuts = (
        [blank for blank in run.blanks if any(blank[1] - 1 <= edge <= blank[2] + 1 for edge in across)]
        if across
        else []
    )
    spaced = page.codes[run.end - 1] <= 32
    if not cuts:
        text = _text(page, run.start, run.end) if any(at in page.apart for at, _, _ in run.blanks) else run.text
        whole = Piece(
            text=text, left=run.left, right=run.right, base=run.base, height=run.height, start=run.start, line=line, spaced=spaced,
        )  # fmt: skip
        return [whole]
    starts = [(run.start, run.left), *((at + 1, after) for at, _, after in cuts)]
    stops = [*((at, before) for at, before, _ in cuts), (run.end, run.right)]
    return [
        Piece(
            text=_text(page, start, end), left=left, right=right, base=run.base, height=run.height, start=run.start, line=line,
            spaced=end == run.end and spaced,
        )
        for (start, left), (end, right) in zip(starts, stops, strict=True)
    ]  # fmt: skip


def _text(page: PageText, start: int, end: int) -> str:
    return decoded([page.codes[at] for at in range(start, end) if at not in page.apart]).strip()


def joined(cell: Cell, room: float) -> tuple[str, bool]:
    """A cell's text, where a line may be `room` long; and whether its last line is full."""
    if len(cell) == 1:
        return cell[0].text, _length(cell) + _BROKEN * _letter(cell) > room
    text = ""
    above: Cell = []
    for line in lines_of(cell):
        if above and not _wrapped(above, line, room):
            text += " "
        text += " ".join(piece.text for piece in line)
        above = line
    return text, bool(above) and _length(above) + _BROKEN * _letter(above) > room


def goes_on(above: str, below: str, *, full: bool) -> str:
    """A cell's two parts, of which the second stands on the next page; `full`: no letter more had room in the first."""
    if not above or not below:
        return above or below
    whole = GOES_ON.search(above) or (
        full and (" " not in above or bool(_OPEN.match(above[-1]) and _OPEN.match(below[0])))
    )
    return above + ("" if whole else " ") + below


def lines_of(cell: Cell) -> list[Cell]:
    """A cell's lines from the top, each from the left."""
    found: list[Cell] = []
    for piece in sorted(cell, key=lambda piece: (-piece.base, piece.left)):
        if found and abs(found[-1][0].base - piece.base) <= _SAME_LINE * min(found[-1][0].height, piece.height):
            found[-1].append(piece)
        else:
            found.append([piece])
    for line in found:
        line.sort(key=lambda piece: piece.left)
    return found


def _wrapped(above: Cell, below: Cell, room: float) -> bool:
    """Whether a line was broken where no space stood.

    Between two such letters a line ends anywhere: where the next one would have had room, a space was there (Thai lines end
    between words). What is one word to the line's end goes on, if it is full: a name, a value in base64.
    """
    last, first = above[-1].text, below[0].text
    if above[-1].spaced:
        return False
    if GOES_ON.search(last):
        return True
    free = room - _length(above)
    if _OPEN.match(last[-1]) and _OPEN.match(first[0]):
        return free < _letter([*above, *below]) * (_THAI_WORD if _is_thai(last[-1]) and _is_thai(first[0]) else 1)
    if len(above) > 1 or " " in last:
        return False
    if _OPEN.match(last[-1]) or _OPEN.match(first[0]):
        unit = _WORD.match(first)
        return free < _letter(below) * (max(1, len(unit[0])) if unit else 1)
    return free < _letter(above) * _BROKEN


def _is_thai(letter: str) -> bool:
    return "\u0e00" <= letter <= "\u0e7f"


def _length(line: Cell) -> float:
    return line[-1].right - line[0].left


def _letter(line: Cell) -> float:
    """How wide a letter is: a Latin one takes half of a Korean one's width, a mark above or below takes none."""
    text = "".join(piece.text for piece in line)
    width = sum(piece.right - piece.left for piece in line)
    if text.isascii():
        return width / max(1, len(text))
    marks = sum(unicodedata.combining(letter) > 0 or unicodedata.category(letter) == "Mn" for letter in text)
    narrow = sum(letter.isascii() for letter in text)
    return width / max(0.5, len(text) - marks - narrow / 2)
