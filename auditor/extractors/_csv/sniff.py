"""Finds out how a CSV is written, from where it starts: every delimiter is tried, and the likeliest table wins."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from math import log2
from typing import Final

from auditor.extractors._csv.dialect import HINT, Dialect, records
from auditor.extractors._csv.header import VALUE, header_of, known_names
from auditor.model.noun import noun

_SAMPLE_LINES: Final = 100
_DELIMITERS: Final = (",", "\t", ";", "|", "\x01", "\x1f", "^", "~")
_PREFERRED: Final = {".tsv": "\t", ".tab": "\t", ".psv": "|"}
_JOINTS: Final = ("|@|", "|^|", "||", "^|", "~|", "@@", "^^", "~~")
_JOINED: Final = "\x1d"
_NEVER: Final = "\x1e"
_GLANCE: Final = 30
_WIDTHS: Final = 4
_ABOVE: Final = 6
"""So many lines may stand above a table in a text whose name tells nothing."""

_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.|"")*"?')

_CODE: Final = re.compile(
    r"[{}]|=>|\(\)|\);?\s*$|^\s*(?:#include|import|from|def|class|function|var|let|const|return|//)\b"
)

_LOG: Final = re.compile(r"\W?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d,\d{3}\b")  # milliseconds after a comma


@noun
class _Reading:
    """A sample read in one dialect. `above`: records before the first of the table's width. `quality`: the higher the likelier."""

    dialect: Dialect
    rows: list[list[str]]
    above: int
    share: float
    quality: float


def dialect_of(sample: str, name: str) -> Dialect:
    """The dialect of a file that is a table by its name. `sample` is where it starts, whole lines."""
    lines = _lines(sample)
    if lines and (hint := HINT.fullmatch(lines[0])):  # Excel's own line
        return _read(lines[1:], hint[1]).dialect
    suffix = name.lower()[-4:]
    if suffix in _PREFERRED and (told := _read(lines, _PREFERRED[suffix])).dialect.width > 1:
        return told.dialect
    best = _best(lines, _DELIMITERS)
    if best is None:
        return replace(_read(lines, _NEVER).dialect, width=1)
    if best.dialect.width == 2 and best.above and _wordy(best):  # sentences or addresses under one name
        return replace(_read(lines, _NEVER).dialect, width=1)
    return best.dialect


def sniff(sample: str, *, whole: bool) -> Dialect | None:
    """The dialect of a text without a telling name, only if it is a table beyond doubt: prose and code are not.

    `whole` says that the sample is the whole file; otherwise its last line is a part of one.
    """
    end = sample.rfind("\n")
    text = sample if whole else sample[:end]
    lines = _lines(text)
    hint = HINT.fullmatch(lines[0]) if lines else None
    if hint is not None:
        lines = lines[1:]
    if len(lines) < 2:
        return None
    best = _read(lines, hint[1]) if hint is not None else _best(lines, _dividing(lines))
    if best is None or best.dialect.width < 2 or best.above > _ABOVE:
        return None
    if hint is None and not _table_beyond_doubt(lines, best):
        return None
    return best.dialect


def _dividing(lines: list[str]) -> tuple[str, ...]:
    """The delimiters that stand equally often in many lines: what is no table mostly has none."""
    some = [_bare(line) if '"' in line else line for line in lines[:_GLANCE]]
    found = []
    for delimiter in _DELIMITERS:
        counts = Counter(line.count(delimiter) for line in some if delimiter in line)
        if counts and max(counts.values()) * 3 >= len(some):
            found.append(delimiter)
    if found and sum(_CODE.search(line) is not None for line in some) * 2 > len(some):
        return ()
    return tuple(found)


def _table_beyond_doubt(lines: list[str], reading: _Reading) -> bool:
    body = reading.rows[reading.above :]
    delimiter = reading.dialect.joint or reading.dialect.delimiter
    regular = reading.share == 1 and not reading.above
    rest = lines[reading.above :]
    code = sum(_CODE.search(line) is not None or _LOG.match(line) is not None for line in map(_bare, rest))
    if code * 5 > len(rest):
        return False
    width, known = reading.dialect.width, known_names(body[0])
    telling = (known * 2 >= width and reading.share >= 0.9) or (known * 4 >= width * 3 and reading.share >= 0.6)
    if width > 2 and telling and header_of(body):
        return True  # its names tell, be it of one row and below a title
    if not regular or len(body) < 3:
        return False
    if delimiter not in ",;|^~":
        return True
    return _tabular(lines, delimiter)


def _bare(line: str) -> str:
    return _QUOTED.sub('""', line)


def _best(lines: list[str], delimiters: tuple[str, ...]) -> _Reading | None:
    """The likeliest reading with more than one column."""
    readings = [_read(lines, delimiter) for delimiter in delimiters if any(delimiter in line for line in lines)]
    start = "\n".join(lines[:_GLANCE])
    joints = [joint for joint in _JOINTS if joint in start and sum(joint in line for line in lines) * 2 > len(lines)]
    readings += [_read(lines, _JOINED, joint) for joint in joints]
    good = [reading for reading in readings if reading.dialect.width > 1]
    return max(good, key=lambda reading: reading.quality, default=None)


def _read(lines: list[str], delimiter: str, joint: str = "") -> _Reading:
    if joint:
        lines = [line.replace(joint, delimiter) for line in lines]
    dialect = _quoting(lines, Dialect(delimiter=delimiter, width=1, joint=joint))
    rows = [row for _, row in records(lines, dialect) if any(row)]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return _Reading(dialect=dialect, rows=rows, above=0, share=0.0, quality=0.0)
    best = [_judged(dialect, rows, width) for width, _ in widths.most_common(_WIDTHS)]
    return max(best, key=lambda reading: reading.quality)


def _judged(dialect: Dialect, rows: list[list[str]], width: int) -> _Reading:
    """How much these records look like a table of this width: regular, with names above and values below."""
    above = next(index for index, row in enumerate(rows) if len(row) == width)
    body = rows[above:]
    regular = [row for row in body if len(row) == width]
    cells = [cell for row in regular for cell in row]
    shaped = sum(not cell.strip() or VALUE.fullmatch(cell.strip()) is not None for cell in cells) / len(cells)
    blanks = 0.0 if dialect.spaced else sum(cell[:1] == " " for cell in cells) / len(cells)
    share = len(regular) / len(body)
    quality = share * len(body) / len(rows) + 0.08 * log2(min(width, 32)) + 0.3 * shaped - 0.6 * blanks
    if above:
        quality -= 0.1
    if dialect.joint:
        quality += 0.3
    if known_names(body[0]) * 2 >= width and len(regular) * 2 >= len(body) and header_of(regular):
        quality += 0.5
    return _Reading(dialect=replace(dialect, width=width), rows=rows, above=above, share=share, quality=quality)


def _quoting(lines: list[str], dialect: Dialect) -> Dialect:
    """The dialect with the quotes that most lines use: an apostrophe or a backtick only where it stands around whole cells."""
    text = "\n".join(lines)
    between = re.escape(dialect.delimiter)
    for quote in "`'":
        around = len(re.findall(rf"(?m)(?:^|{between}) ?{quote}[^{quote}\n]*{quote}(?=$|{between})", text))
        if around >= len(lines) and text.count('"') * 4 < around:
            dialect = replace(dialect, quote=quote)
    spaced = len(re.findall(rf"{between} {dialect.quote}", text))
    tight = len(re.findall(rf"{between}{dialect.quote}", text))
    doubled = re.search(rf"[^{between}\n]{dialect.quote}{dialect.quote}", text) is not None
    backslash = "\\" + dialect.quote in text and not doubled
    return replace(dialect, spaced=spaced > tight, backslash=backslash)


def _wordy(reading: _Reading) -> bool:
    cells = [row[-1] for row in reading.rows[reading.above :] if len(row) == reading.dialect.width]
    return sum(cell[:1] == " " for cell in cells) * 5 > len(cells) * 4


def _tabular(lines: list[str], delimiter: str) -> bool:
    """Whether lines with as many commas each are rows, not sentences or statements."""
    bare = [_QUOTED.sub('""', line) for line in lines]
    if any(_CODE.search(line) or _LOG.match(line) for line in bare):
        return False
    if all(line.rstrip().endswith(delimiter) or line.lstrip().startswith(delimiter) for line in bare):
        return False
    if sum(f"{delimiter} " in line for line in bare) * 2 > len(bare):
        return False
    cells = [cell.strip() for line in bare for cell in line.split(delimiter)]
    wordy = sum(cell.count(" ") > 4 for cell in cells)
    if wordy * 5 > len(cells) or len(set(lines)) * 2 < len(lines):
        return False
    # Of a list of words nothing tells that it is a table but a second column beside values.
    return any(VALUE.fullmatch(cell) for cell in cells if cell)


def _lines(sample: str) -> list[str]:
    return [line for line in sample.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES] if line.strip()]
