"""A PDF page's text as lines, the way a reader sees them: what stands side by side is one line, a tab between columns.

A PDF holds pieces of text in any order. pdfium tells the pieces (it ends a line where the next piece stands elsewhere); here they are
put beside each other by where they stand. Tables among them are told in tables.py.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from auditor.model.noun import noun

_MOST: Final = 2_000_000
"""Characters of one page that are read."""
_BLANK: Final = 32
_BEFORE_MARK: Final = re.compile("(?<=[\u0e01-\u0e2e]) (?=[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e])")
"""A space that pdfium sees between a Thai letter and the mark above or below it."""
_LINE_ENDS: Final = frozenset({10, 13})
_SAME_LINE: Final = 0.45
_COLUMN: Final = 0.6
_SPACE: Final = 0.12
_WRAPPED: Final = re.compile(r"[A-Za-z0-9+/=_-]{12,}\Z")
_GOES_ON: Final = re.compile(r"[A-Za-z0-9+/=_-]{1,200}\Z")
_NUMBER_WRAPPED: Final = re.compile(r"(?<![0-9])[0-9]{2,8}-?\Z|[0-9]-[0-9]{1,8}-?\Z")
_NUMBER_GOES_ON: Final = re.compile(r"-?[0-9]{2,8}(?:-[0-9]{1,8})?(?![0-9])")
_EASTERN: Final = 0x0E00
_SET_APART: Final = 0.3
_SAMPLES: Final = 3000


@dataclass(slots=True, kw_only=True)
class Run:
    """A piece of text on one line: its left and right edge, the line it stands on (upwards), its letters' height."""

    text: str = field(repr=False)
    left: float
    right: float
    base: float
    height: float
    upright: bool
    start: int
    end: int
    blanks: list[tuple[int, float, float]] = field(repr=False)
    """Of each space in it, whose number among the page's characters comes first: where what is before it ends, and what follows begins."""


@noun
class PageText:
    """A page's text. `lines` hold the upright `runs` from the top; `aslant` is what stands otherwise.

    `unmapped` is the share of its characters of which the font does not say what they mean. `codes` are all characters, `apart` the numbers of
    those that are spaces and may be none.
    """

    lines: list[list[Run]] = field(repr=False)
    aslant: list[str] = field(repr=False)
    runs: list[Run] = field(repr=False)
    codes: list[int] = field(repr=False)
    apart: frozenset[int] = field(repr=False)
    unmapped: float
    whole: bool

    def text(self, more: Sequence[str] = (), without: Collection[int] = ()) -> str:
        """Lines from the top; then what stands aslant; then `more`, and long words that were wrapped, in one piece.

        `without`: the first characters of runs whose wrapped words are held elsewhere, by their numbers.
        """
        lines = [*map(_line, self.lines), *self.aslant, *more, *_unwrapped(self.runs, without)]
        return "".join(f"{line}\n" for line in lines)


def read_page(textpage: Any, rotation: int) -> PageText:
    """The text of a pypdfium2 text page; `rotation` in degrees, clockwise."""
    import pypdfium2.raw as c

    handle = textpage.raw
    count = min(max(0, c.FPDFText_CountChars(handle)), _MOST)
    unicode_of = c.FPDFText_GetUnicode
    codes = [unicode_of(handle, index) for index in range(count)]
    runs: list[Run] = []
    start = 0
    blanks: list[tuple[int, float, float]] = []
    for index in range(count + 1):
        if (
            index == count
            or codes[index] in _LINE_ENDS
            or (codes[index] == _BLANK and _apart(c, handle, codes, index, rotation, blanks))
        ):
            if index > start:
                run = _run(c, handle, codes, start, index, rotation)
                if run is not None:
                    run.blanks = blanks
                    runs.append(run)
            start, blanks = index + 1, []
    step = max(1, count // _SAMPLES)
    asked = [index for index in range(0, count, step) if codes[index] > 32]
    unmapped = sum(
        c.FPDFText_HasUnicodeMapError(handle, index) == 1 or codes[index] == 0xFFFD or 0xE000 <= codes[index] < 0xF900
        for index in asked
    )
    return PageText(
        lines=_lines(runs),
        aslant=[run.text for run in runs if not run.upright],
        runs=runs,
        codes=codes,
        apart=_set_apart(c, handle, codes, runs),
        unmapped=unmapped / len(asked) if asked else 0.0,
        whole=count < _MOST,
    )


def _set_apart(c: Any, handle: Any, codes: list[int], runs: list[Run]) -> frozenset[int]:
    """Spaces that pdfium sees where a word processor sets Korean, Thai or Chinese and Latin letters apart: `달빛여우0`.

    They are none where the document holds spaces of its own.
    """
    found = [
        at
        for run in runs
        for at, before, after in run.blanks
        if (codes[at - 1] >= _EASTERN) != (codes[at + 1] >= _EASTERN)
        and after - before < _SET_APART * run.height
        and c.FPDFText_IsGenerated(handle, at) == 1
    ]
    if not found or all(c.FPDFText_IsGenerated(handle, at) == 1 for run in runs for at, _, _ in run.blanks):
        return frozenset()
    return frozenset(found)


def _run(c: Any, handle: Any, codes: list[int], start: int, end: int, rotation: int) -> Run | None:
    """The characters from `start` to `end` as a run."""
    text = decoded(codes[start:end])
    while start < end and codes[start] <= 32:
        start += 1
    while end > start and codes[end - 1] <= 32:
        end -= 1
    if start == end:
        return None
    first, last = place(c, handle, start, rotation), place(c, handle, end - 1, rotation)
    height = max(first[3], 0.1)
    upright = abs(last[2] - first[2]) <= height
    return Run(
        text=text.strip(), left=first[0], right=max(last[1], first[1]), base=first[2], height=height, upright=upright,
        start=start, end=end, blanks=[],
    )  # fmt: skip


def _apart(
    c: Any, handle: Any, codes: list[int], blank: int, rotation: int, blanks: list[tuple[int, float, float]]
) -> bool:
    """Whether what stands before a space is in another column than what stands after it; if not, `blanks` has it."""
    if blank == 0 or blank + 1 >= len(codes) or codes[blank - 1] <= _BLANK or codes[blank + 1] <= _BLANK:
        return False
    before, after = place(c, handle, blank - 1, rotation), place(c, handle, blank + 1, rotation)
    gap = after[0] - before[1]
    if gap > _COLUMN * before[3] or gap < -before[3]:
        return True
    blanks.append((blank, before[1], after[0]))
    return False


def decoded(codes: list[int]) -> str:
    """Characters; a hyphen that pdfium marks at a line's end is one, pairs of surrogates are joined, Thai marks follow their letters."""
    text = "".join("-" if code in (2, 0xFFFE) else chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _BEFORE_MARK.sub("", text)


def place(c: Any, handle: Any, index: int, rotation: int) -> tuple[float, float, float, float]:
    """(left, right, base, height) of a character, as the page is shown."""
    box = c.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    c.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(box))
    c.FPDFText_GetCharOrigin(handle, index, ctypes.byref(x), ctypes.byref(y))
    if rotation == 90:
        return box.bottom, box.top, -x.value, abs(box.right - box.left)
    if rotation == 180:
        return -box.right, -box.left, -y.value, abs(box.top - box.bottom)
    if rotation == 270:
        return -box.top, -box.bottom, x.value, abs(box.right - box.left)
    return box.left, box.right, y.value, abs(box.top - box.bottom)


def _lines(runs: list[Run]) -> list[list[Run]]:
    """What stands side by side, from the left; from the top."""
    upright = sorted((run for run in runs if run.upright), key=lambda run: (-run.base, run.left))
    lines: list[list[Run]] = []
    for run in upright:
        if lines and abs(lines[-1][0].base - run.base) <= _SAME_LINE * min(lines[-1][0].height, run.height):
            lines[-1].append(run)
        else:
            lines.append([run])
    for line in lines:
        line.sort(key=lambda run: run.left)
    return lines


def _line(runs: list[Run]) -> str:
    parts = [runs[0].text]
    for before, run in pairwise(runs):
        gap = (run.left - before.right) / run.height
        parts += ["\t" if gap > _COLUMN else " " if gap > _SPACE else "", run.text]
    return "".join(parts)


def _unwrapped(runs: list[Run], without: Collection[int]) -> list[str]:
    """Words that go on in the line below, once more in one piece: a base64 value in a table's cell, say."""
    found = []
    index = 0
    while index < len(runs):
        pieces = [runs[index].text]
        while index + 1 < len(runs) and _goes_on(runs[index], runs[index + 1]):
            index += 1
            pieces.append(runs[index].text)
        if len(pieces) > 1 and runs[index].start not in without:
            found.append("".join(pieces))
        index += 1
    return found


def _goes_on(run: Run, below: Run) -> bool:
    step = run.base - below.base
    return (
        run.upright
        and 0.5 * run.height < step < 2.5 * run.height
        and abs(below.left - run.left) < run.height
        and below.right <= run.right + run.height
        and (
            (_WRAPPED.search(run.text) is not None and _GOES_ON.match(below.text) is not None)
            or (_NUMBER_WRAPPED.search(run.text) is not None and _NUMBER_GOES_ON.match(below.text) is not None)
        )
    )
