"""Lines divided into cells: by bars, by two blanks or more, by tabs, by commas, by the places that dashes mark."""

from __future__ import annotations

import csv
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

BARS: Final = "|│┃║┆┊"
_JOINTS: Final = "+┼╪╫╬├┤┝┥╞╡╟╢╠╣┬┴╤╧╥╨┌┐└┘╒╕╓╖╔╗╘╛╙╜╚╝╭╮╰╯┠┨┯┷┿┏┓┗┛┳┻╋┣┫┡┩╇╈╂┢┪╄┞┦"
DASHES: Final = "-=─━═╌┄╍┈┅"
_RULED: Final = DASHES + _JOINTS + BARS + ": \t\r"
_ONE_BAR: Final = str.maketrans(dict.fromkeys(BARS, "|"))
_CARET: Final = str.maketrans("^", "|")
_BAR: Final = re.compile(r"(?<!\\)\|")
_BETWEEN_RUNS: Final = re.compile(f"[{_JOINTS}{BARS}]")
_BLANKS: Final = re.compile(r" {2,}|[ ]*\t[ \t]*")
_TABS: Final = re.compile(r" *\t *")
_TIME: Final = re.compile(r"[0-9]:[0-9]{2}")
_BETWEEN: Final = re.compile(r"[ \t:]*(?:-[ \t])?")
"""What stands between a log's own words and what it tells."""
_MARKS: Final = " \t>#*/;%!+-"
"""What stands before the lines of a table that is quoted, commented out or in a patch."""
_PREFIX: Final = re.compile(r"[ \t]*(?:(?:--|//|#+|>|\*|;|%)[ \t])?")
LONGEST: Final = 20_000
"""Characters of a line beyond which it is no table's."""

Span = tuple[int, int]


def led(line: str) -> tuple[int, list[str]] | None:
    """Where the first bar stands and the cells of `| a | b |`, `||a||b||`, `^ a ^ b ^`; None for other lines."""
    if not line.isascii():
        line = line.translate(_ONE_BAR)
    bare = line.rstrip(" \t\r\\")
    if bare[-1:] == "^" and bare.lstrip(_MARKS)[:1] in ("^", "|"):
        bare = bare.translate(_CARET)
    first = bare.find("|")
    if first < 0 or bare[-1] != "|" or len(bare) - first < 4:
        return None
    before = bare[:first]
    if before.strip(_MARKS) and not (len(before) <= 200 and _TIME.search(before)):
        return None
    inner = bare[first:]
    if inner.startswith("||") and inner.count("|") == 2 * inner.count("||") and "|||" not in inner:
        inner = inner.replace("||", "|")
    cells = _BAR.split(inner)[1:-1]
    return (first, [bare_cell(cell) for cell in cells]) if len(cells) > 1 else None


def barred(line: str, prefix: str, width: int) -> tuple[int, list[str]] | None:
    """The same of `a | b | c`, with or without bars at its ends, in a table of so many columns."""
    if not line.isascii():
        line = line.translate(_ONE_BAR)
    if not line.startswith(prefix):
        return None
    cells = _BAR.split(line[len(prefix) :])
    if len(cells) > width and not cells[0].strip():
        del cells[0]
    if len(cells) > width and not cells[-1].strip():
        del cells[-1]
    return (len(prefix), [bare_cell(cell) for cell in cells]) if len(cells) == width else None


def bare_cell(cell: str) -> str:
    """A cell without blanks and quotes around it."""
    cell = cell.strip()
    if len(cell) > 1 and cell[0] == cell[-1] and cell[0] in "'\"`":
        return cell[1:-1].strip()
    return cell.replace("\\|", "|") if "\\|" in cell else cell


def ruler(line: str) -> str | None:
    """The ruler that a line ends with (`+---+---+`, `|---|---|`, `---- ----`), with blanks in place of what stands before it."""
    bare = line.rstrip()
    if bare[-1:] not in _RULED or len(bare) < 3:
        return None
    before = bare.rstrip(_RULED)
    rule = bare[len(before) :]
    if before and (before[-1].isalnum() or (before.strip(_MARKS) and not _TIME.search(before))):
        between = _BETWEEN.match(rule)
        end = between.end() if between is not None else 0
        before, rule = before + rule[:end], rule[end:]
        if not _TIME.search(before) or not any(dash * 3 in rule for dash in DASHES):
            return None
    marks = {*rule.strip()}
    if marks.isdisjoint(DASHES) or (len(rule.split()) < 2 and marks.isdisjoint(_JOINTS + BARS)):
        return None
    return " " * len(before) + rule


def marked(rule: str) -> list[Span] | None:
    """The places of columns below `-----  ------`; None if it is another ruler."""
    spans = [m.span() for m in re.finditer(r"\S+", rule)]
    plain = all(rule[start:end].strip(rule[start]) == "" and rule[start] in DASHES for start, end in spans)
    return spans if plain and len(spans) > 1 else None


def columns_of(rule: str) -> int:
    """How many columns a ruler with joints or bars has."""
    return len(_BETWEEN_RUNS.findall(rule.strip().strip(_JOINTS + BARS))) + 1


def prefix_of(line: str) -> str:
    """What a commented or quoted line begins with."""
    m = _PREFIX.match(line)
    return m[0] if m is not None else ""


def spread(line: str) -> list[Span]:
    """The places of what two blanks or a tab divide."""
    tabs = "\t" in line.strip()
    spans, at = [], 0 if tabs else len(line) - len(line.lstrip())
    end = len(line.rstrip(" \r" if tabs else None))
    for m in (_TABS if tabs else _BLANKS).finditer(line, at, end):
        spans.append((at, m.start()))
        at = m.end()
    spans.append((at, end))
    return spans


def listed(line: str, delimiter: str) -> list[str] | None:
    """The cells of a record in one line that commas or the like divide; None where a quote goes on."""
    if '"' not in line:
        return [cell.strip() for cell in line.split(delimiter)]
    try:
        cells = next(csv.reader([line], delimiter=delimiter, strict=True), None)
    except csv.Error:
        return None
    return None if cells is None else [cell.strip() for cell in cells]


# Wide letters take two places on a screen, marks above others none; some programs count letters, some bytes.


@lru_cache(maxsize=8192)
def _shown(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _bytes(letter: str) -> int:
    return len(letter.encode("utf-8", "replace"))


def _double(letter: str) -> int:
    return 1 if letter < "\x80" else 2


def _letter(_: str) -> int:
    return 1


MEASURES: Final = (_shown, _letter, _double, _bytes)


def places(line: str, measure: int) -> list[int] | None:
    """At which place of a screen each letter begins, and the line ends; None: each at its own number."""
    if line.isascii() or measure == 1:
        return None
    width, at, found = MEASURES[measure], 0, []
    for letter in line:
        found.append(at)
        at += width(letter)
    found.append(at)
    return found


def cut(line: str, spans: Sequence[Span], measure: int) -> list[str] | None:
    """The cells at these places of a line; None if something stands between two of them."""
    at = places(line, measure)
    cells, first, letters = [], 0, len(line)
    for number in range(len(spans)):
        last = len(spans) == number + 1
        until = None if last else spans[number + 1][0]
        if at is None:
            end = letters if until is None else min(until, letters)
        else:
            end = letters if until is None else _index(at, until, letters)
            if until is not None and end < letters and at[end] != until:
                return None
        if number == 0 and line[:first].strip():
            return None
        if not last and end < letters and end > first and not line[end - 1].isspace():
            return None
        cells.append(bare_cell(line[first:end]))
        first = end
    return cells


def beneath(header: str, names: Sequence[Span], line: str, found: Sequence[Span]) -> list[str] | None:
    """Fewer cells than names, each below the one name that it touches; None if one touches two names, none, or another's."""
    for measure in range(len(MEASURES)):
        above, at = places(header, measure), places(line, measure)
        row, column = [""] * len(names), 0
        for start, end in found:
            first, last = (start, end) if at is None else (at[start], at[end])
            touched = []
            for number in range(column, len(names)):
                left, right = names[number] if above is None else (above[names[number][0]], above[names[number][1]])
                if left < last and first < right:
                    touched.append(number)
                elif left >= last:
                    break
            if len(touched) != 1:
                break
            row[touched[0]] = line[start:end]
            column = touched[0] + 1
        else:
            return row
    return None


def _index(at: Sequence[int], place: int, letters: int) -> int:
    """The first letter that begins at a place or after it, with no mark above the letter before it."""
    found = bisect_left(at, place)
    while found < letters and at[found + 1] == at[found]:  # a mark belongs to the letter before
        found += 1
    return min(found, letters)
