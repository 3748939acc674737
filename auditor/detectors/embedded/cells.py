"""Lines divided into cells: by bars, by two blanks or more, by tabs, by commas, by the places that dashes mark."""

from __future__ import annotations

import csv
import re
from typing import Final

BARS: Final = "|│┃║┆┊"
_JOINTS: Final = "+┼╪╫╬├┤┝┥╞╡╟╢╠╣┬┴╤╧╥╨┌┐└┘╒╕╓╖╔╗╘╛╙╜╚╝╭╮╰╯┠┨┯┷┿┏┓┗┛┳┻╋┣┫┡┩╇╈╂┢┪╄┞┦"
DASHES: Final = "-=─━═╌┄╍┈┅"
_CORNERS: Final = tuple("┌╭╔┏")
_RULED: Final = DASHES + _JOINTS + BARS + ": \t\r"
_ONE_BAR: Final = str.maketrans(dict.fromkeys(BARS, "|"))
_CARET: Final = str.maketrans("^", "|")
_BAR: Final = re.compile(r"(?<!\\)\|")
_BETWEEN_RUNS: Final = re.compile(f"[{_JOINTS}{BARS}]")
_BLANKS: Final = re.compile(r" {2,}|[ ]*\t[ \t]*")
_TEX_END: Final = re.compile(r"\\\\(?:\[[^\[\]\n]{0,20}\])?[ \t]{0,20}(?:\\[a-z]{1,20}[ \t]{0,20}){0,4}\r?$")
_AMPERSAND: Final = re.compile(r"(?<!\\)&")
_STYLED: Final = re.compile(r"\\[a-z]{2,12}\{([^{}]{0,400})\}")
_RAISED: Final = re.compile(r"\\([_&%$#{}])")
TEX_RULE: Final = re.compile(
    r"[ \t]*\\(?:hline|[a-z]{1,8}rule|cline|addlinespace|end[a-z]{0,9}head|end[a-z]{0,9}foot)\b[^&]{0,80}"
)
_ROW_NUMBER: Final = re.compile(r"[ \t]*[0-9]{1,9}[.):]?[ \t]*")
_PIPE: Final = re.compile(r"\|\|?")
_LITERAL: Final = re.compile(r"\$\{[^{}]{0,400}\}|\"[^\"]*\"|'[^']*'|-?[0-9.]{1,40}|null|None|nil|true|false")
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
    if "&" in bare and _TEX_END.search(line) is not None:
        return len(line) - len(line.lstrip()), [_plain_tex(cell) for cell in _AMPERSAND.split(_TEX_END.sub("", line))]
    first = bare.find("|")
    if first < 0 or bare[-1] != "|" or len(bare) - first < 4:
        return None
    before = bare[:first]
    if (
        before.strip(_MARKS)
        and not before.rstrip().endswith((":", "："))
        and not (len(before) <= 200 and _TIME.search(before))
        and not _ROW_NUMBER.fullmatch(before)
    ):
        return None
    inner = bare[first:]
    if inner.startswith("||") and inner.count("|") == 2 * inner.count("||") and "|||" not in inner:
        inner = inner.replace("||", "|")
    cells = _BAR.split(inner)[1:-1]
    return (first, [bare_cell(cell) for cell in cells]) if len(cells) > 1 else None


def unframed(line: str) -> str | None:
    """The inside of `| a   b |`, one cell of several columns, at its place in the line; None for other lines."""
    if not line.isascii():
        line = line.translate(_ONE_BAR)
    bare = line.rstrip()
    first = bare.find("|")
    if first < 0 or bare[-1] != "|" or bare.count("|") != 2 or len(bare) - first < 4:
        return None
    before = bare[:first]
    if before.strip() and not _ROW_NUMBER.fullmatch(before):
        return None
    return " " * (first + 1) + bare[first + 1 : -1]


def framed(line: str) -> list[str] | None:
    """The names in a table's upper border: `┌─name─┬─phone─┐`; None for other lines."""
    bare = line.strip()
    if bare[:1] not in _CORNERS or len(bare) < 3:
        return None
    names = [cell.strip(DASHES + " ") for cell in _BETWEEN_RUNS.split(bare.strip(_JOINTS))]
    return names if len(names) > 1 and all(names) else None


def piped(line: str, width: int, *, literal: bool) -> tuple[int, list[str]] | None:
    """The cells of `'a' | 'b' || 'c'`, as many as a header has; `literal`: none is anything but a literal."""
    cells = [cell.strip() for cell in _PIPE.split(line)]
    if len(cells) != width or (literal and not all(map(_LITERAL.fullmatch, cells))):
        return None
    return len(line) - len(line.lstrip()), [
        bare_cell(cell[2:-1] if cell.startswith("${") and cell.endswith("}") else cell) for cell in cells
    ]


def _plain_tex(cell: str) -> str:
    return _RAISED.sub(r"\1", _STYLED.sub(r"\1", cell)).strip()


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
    if line[:1].isalnum():
        return ""
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
