"""The lines of a list in running text: which may name its columns, and how a row below is divided into cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from auditor.detectors.names import full_name
from auditor.detectors.spoken import sure
from auditor.model.noun import noun

DIVIDES: Final = r"[,，、;；/|｜·ㆍ・\t]|[ ][-–—][ ]"
_LISTS: Final = "、"
_DIVIDERS: Final = tuple(
    (re.compile(rf"[ \t]+{mark}[ \t]+"), re.compile(mark))
    for mark in (r"[|｜]", r"\t", "[;；]", _LISTS, "[,，]", "/", "[·ㆍ・]", r"(?<=[ \t])[-–—](?=[ \t])")
)
"""What divides cells: with blanks on both sides, and anywhere."""
_WRAPPED: Final = re.compile(
    r"[(（\[【](?P<inside>[^()（）\[\]【】]+(?:[(（][^()（）]*[)）][^()（）\[\]【】]*)*)[)）\]】][ \t]*[:：]?\Z"
)
_AFTER: Final = re.compile(r"[:：][ \t]*(?P<inside>[^:：]+)[:：]?\Z")
_HEADED: Final = re.compile(r"\A[ \t]*(?:<[^<>]{1,20}>|\[[^\[\]]{1,20}\]|【[^【】]{1,20}】)[ \t]+(?=\S)")
"""What a list is called, before the names of its columns: `<참가자> 이름 | 생일 | 폰`."""
_ORDER: Final = re.compile(r"[ \t]*순(?:서|으로)?\Z")
_COUNTED: Final = re.compile(r"[0-9]{1,3}、")
"""A row's number, where nothing else stands before that mark."""
_TOLD: Final = re.compile(r"[:：](?![0-9])")
"""What makes a cell a field with its own name, or a sentence."""
_DAY: Final = re.compile(r"(?<![0-9/])([0-9]{1,4})/([0-9]{1,2})/([0-9]{1,4})(?![0-9/])")
_KEPT: Final = "\u2215"
"""Stands for the slash of a day."""
_FORMED: Final = re.compile(
    r"[+(]?[0-9](?:[ ()+./년월年月-]{0,3}[0-9*xX]){4,30}[ .]?[일日]?생?|[^\s@]{1,80}@[^\s@]{1,80}\.[^\s@]{2,20}"
    r"|(?=[A-Za-z_-]{0,12}[0-9]{4})[A-Za-z0-9_-]{6,40}"
)
"""A number, a day, an address of mail, a code: a whole cell that is no word."""
_LONGEST_NAME: Final = 30
_LONGEST_CELL: Final = 60
_WIDEST: Final = 40
_EXTRA: Final = 6
"""Cells more than columns at most, where the delimiter stands in a value too."""


@noun(kw_only=False)
class Header:
    """A line that names columns, what divides it, and which columns a rule knows: surely, or at all."""

    line: str
    names: tuple[str, ...]
    divider: int
    strong: frozenset[int]
    known: frozenset[int]


def named(line: str) -> Iterator[tuple[list[str], int]]:
    """The ways to read a line as names, with what divides them: what its brackets hold, what stands behind a colon, all of it."""
    inside = [m["inside"] for m in (_WRAPPED.search(line), _AFTER.search(line)) if m is not None]
    for text in (*inside, _HEADED.sub("", line)):
        text = _ORDER.sub("", text.strip(" \t:："))
        for number, (_, divider) in enumerate(_DIVIDERS):
            cells = [cell.strip() for cell in divider.split(text)]
            if 1 < len(cells) <= _WIDEST and all(len(cell) <= _LONGEST_NAME for cell in cells):
                yield cells, number


def row_of(header: Header, line: str) -> list[str] | None:
    """The cells of a line in which a column that says something holds what has a value's form; missing ones are empty.

    Names in brackets may be divided otherwise than their rows: `(성명, 휴대폰, 주소)` above `김은하 / 010-… / 서울 …`.
    """
    width = len(header.names)
    row = split(header, line)
    if (row is None or len(row) < width) and width > 2:
        others = (split(replace(header, divider=other), line) for other in range(len(_DIVIDERS)))
        row = next((cells for cells in others if cells is not None and len(cells) == width), row)
    return [*row, *[""] * (width - len(row))] if row is not None and forms(header, row) else None


def split(header: Header, line: str) -> list[str] | None:
    """A line's cells, no more than there are columns: what is too much belongs to the one with which most others have a form."""
    width = len(header.names)
    text = _DAY.sub(rf"\1{_KEPT}\2{_KEPT}\3", line.rstrip(" \t,;，；"))
    if _DIVIDERS[header.divider][1].pattern != _LISTS:
        text = _COUNTED.sub("", text, count=1) if _COUNTED.match(text) else text
    if (whole := _WRAPPED.fullmatch(text)) is not None:
        text = whole["inside"]
    ends: list[tuple[int, int]] = []
    for divider in _DIVIDERS[header.divider]:
        ends = [(0, 0), *(m.span() for m in divider.finditer(text)), (len(text), len(text))]
        if len(ends) == width + 1:
            break
    more = len(ends) - 1 - width
    if len(ends) < 3 or more > _EXTRA:
        return None
    ways = [ends]
    if more > 0:
        ways = [[*ends[: at + 1], *ends[at + 1 + more :]] for at in range(width - 1, -1, -1)]
        ways.append([*ends[: width + 1]])  # a note behind the last cell
    rows = [[text[a:b].strip().replace(_KEPT, "/") for (_, a), (b, _) in pairwise(way)] for way in ways]
    best = max(rows, key=lambda row: len(forms(header, row)))
    said = any(len(cell) > _LONGEST_CELL or _TOLD.search(cell) is not None for cell in best[:-1])
    return best if best[0] and not said else None


def forms(header: Header, row: Sequence[str]) -> frozenset[int]:
    """The columns in which a row holds what has a value's form, or is surely a name."""
    return frozenset(
        at
        for at, cell in enumerate(row)
        if cell and ((at in header.strong and _FORMED.fullmatch(cell)) or (at in header.known and _is_name(cell)))
    )


def _is_name(cell: str) -> bool:
    """Whether a cell is a name and hardly anything else. Three Chinese characters may be any word."""
    return not "\u4e00" <= cell[0] <= "\u9fff" and full_name(cell) != "" and sure(cell)
