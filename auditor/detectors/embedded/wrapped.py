"""CIs that their writer broke over lines: terminals of 80 columns, letters, quoted mails, pages, literals put together in code.

64 bytes in base64 are 88 characters, more than a line or a cell of a page holds as a rule. That number and the padding at the end tell
where such a value began; the same of a longer block of base64 is none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text

_LENGTH: Final = 88
_MOST_LINES: Final = 12
_LEAST: Final = 16
"""Characters of the first part, where other text follows it in its line: a page puts the cells beside it there."""

# In front of a line's part: quoting, borders, a comment, the operator and quote of a literal that goes on.
_LEAD: Final = r"[ \t>|*#│┃]{0,80}(?:[+.&][ \t]{0,8}[\"'`])?[\"'`]?"
_PART: Final = r"[A-Za-z0-9+/]"
_NO_PART: Final = r"[^A-Za-z0-9+/=]"
MARK: Final = rf"(?m)^{_LEAD}(?:{_PART}{{0,84}}[AQgw]==|={{1,2}})(?:{_NO_PART}|$)"
_END: Final = re.compile(rf"(?m)^{_LEAD}(?P<part>{_PART}{{0,84}}[AQgw]==|={{1,2}})(?![A-Za-z0-9+/=])")
_MIDDLE: Final = re.compile(
    rf"(?:{_LEAD})(?P<part>{_PART}{{1,86}}=?)(?P<rest>(?:[\"'`][ \t]{{0,8}}[+.&,\\]?|\\)?[ \t]{{0,80}}[|│┃]?\r?)$"
)
_PIECE: Final = re.compile(rf"(?<![A-Za-z0-9+/=_.-]){_PART}{{1,86}}=?(?![A-Za-z0-9+/=_.-])")
_CASES: Final = tuple(map(re.compile, ("[a-z]", "[A-Z]", "[0-9]")))
_CELL: Final = re.compile(rf"(?:{_PART}|\s){{85,100}}=\s{{0,4}}=")


class Wrapped:
    """Makes broken CIs of one asset's text whole; it finds no tables."""

    goes_on = False

    def __init__(self, _: FieldIndex) -> None:
        pass

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """No tables; and the text with each such value, and what follows it, in the line it began in."""
        return [], replace(text, text=joined(text.text))


def joined(data: str) -> str:
    """Lines with broken CIs whole, each in its first line; as many lines as before."""
    at = position = 0
    ends: list[tuple[int, re.Match[str]]] = []
    for end in _END.finditer(data):
        at += data.count("\n", position, end.start())
        position = end.start()
        ends.append((at, end))
    if not ends:
        return data
    lines = data.split("\n")
    for at, end in reversed(ends):  # the last first: where one ends the next may begin
        _join(lines, at, end)
    return "\n".join(lines)


def _join(lines: list[str], last: int, end: re.Match[str]) -> None:
    """Join the parts of a value that ends in a line, if they are one."""
    parts = [end["part"]]
    missing = _LENGTH - len(end["part"])
    for at in range(last - 1, max(last - _MOST_LINES, -1), -1):
        middle = _MIDDLE.match(lines[at])
        if middle is not None and len(middle["part"]) < missing:
            parts.append(middle["part"])
            missing -= len(middle["part"])
            continue
        span = _beginning(lines[at], missing)
        if span is None or _goes_on_above(lines, at, span[0]):
            return
        value = lines[at][slice(*span)] + "".join(reversed(parts))
        beside = lines[at][span[1] :].strip(" \t\r\"'`+.&,\\|│┃")
        own_end = lines[last][end.end() - end.start() :]
        lines[at] = f"{lines[at][: span[0]]}{value}{f' {beside} ' if beside else ''}{own_end}"
        lines[at + 1 : last + 1] = [""] * (last - at)
        return


def _beginning(line: str, missing: int) -> tuple[int, int] | None:
    """Where in a line the first part stands: at its end, or anywhere if it is long and nothing else can be it."""
    pieces = [piece for piece in _PIECE.finditer(line) if piece.end() - piece.start() == missing]
    if not pieces:
        # A name stands right before it: `ci=AbC…`.
        tail = re.search(rf"=({_PART}{{{missing}}})[ \t\"'`+.&,\\|│┃]*\r?$", line) if missing < _LENGTH - 1 else None
        return tail.span(1) if tail is not None else None
    if len(pieces) > 1:  # cells beside each other, each of which goes on below
        return None
    piece = pieces[0]
    if not line[piece.end() :].strip(" \t\r\"'`+.&,\\|│┃"):
        return piece.span()
    mixed = sum(case.search(piece[0]) is not None for case in _CASES) >= 2
    return piece.span() if missing >= _LEAST and mixed else None


def _goes_on_above(lines: list[str], at: int, start: int) -> bool:
    """Whether a part that begins its line only goes on a longer block of base64."""
    own = re.fullmatch(_LEAD, lines[at][:start])
    above = _MIDDLE.match(lines[at - 1]) if at else None
    return own is not None and above is not None and len(above["part"]) >= _LEAST


def whole_cell(value: str) -> str | None:
    """A cell that is a CI with white space in it, as one value; None if it is not."""
    if len(value) <= _LENGTH or _CELL.fullmatch(value.strip()) is None:
        return None
    bare = "".join(value.split())
    return bare if len(bare) == _LENGTH and bare[85] in "AQgw" else None
