"""How a CSV is written: its delimiter, its quotes and escapes. Splits lines by it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from auditor.model.noun import noun

_QUOTED_LINES: Final = 50
HINT: Final = re.compile(r"\ufeff?(?i:sep)=(.)$", re.MULTILINE)
"""Excel's own first line."""


@noun
class Dialect:
    """`width` is the number of columns that most rows have; `backslash`: a quote inside is `\\"`, not `""`; `spaced`: a blank follows
    each delimiter; `joint`: what stands for the delimiter in the file, if that is longer than one character.
    """

    delimiter: str
    width: int
    quote: str = '"'
    backslash: bool = False
    spaced: bool = False
    joint: str = ""

    def plain(self, text: str) -> str:
        """The text with one character for a delimiter, and without what stands for NULL in MySQL's exports."""
        if self.joint:
            text = text.replace(self.joint, self.delimiter)
        if "\\N" in text:
            text = re.sub(rf"(?m)(?:(?<={re.escape(self.delimiter)})|^)\\N(?={re.escape(self.delimiter)}|$)", "", text)
        return text

    def unclosed(self, line: str) -> bool:
        """Whether a quote is open at the line's end, if none was at its start."""
        quotes = line.count(self.quote)
        if quotes and self.backslash:
            quotes -= line.count("\\" + self.quote)
        return quotes % 2 == 1


def split(line: str, dialect: Dialect) -> list[str]:
    """The cells of one record. A quote that is never closed is an ordinary character."""
    rows = split_all([line], dialect)
    return rows[0] if len(rows) == 1 else line.split(dialect.delimiter)


def split_all(lines: list[str], dialect: Dialect, *, strict: bool = False) -> list[list[str]]:
    """The cells of each record; as many rows as lines unless quotes or line ends are not as they should be.

    `strict`: after a closing quote only a delimiter or the record's end will do; otherwise there are no rows.
    """
    quoted = any(dialect.quote in line for line in lines)
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    try:
        return list(
            csv.reader(
                lines,
                delimiter=dialect.delimiter,
                quoting=quoting,
                quotechar=dialect.quote,
                escapechar="\\" if dialect.backslash else None,
                doublequote=not dialect.backslash,
                skipinitialspace=dialect.spaced,
                strict=strict,
            )
        )
    except csv.Error:
        return []


def records(lines: Sequence[str], dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """The cells of each record, which may take several lines, and the number of the line behind it."""
    at = 0
    while at < len(lines):
        end = at + 1
        record = lines[at]
        if dialect.unclosed(record):
            for stop in range(at + 1, min(len(lines), at + _QUOTED_LINES)):
                if dialect.unclosed(lines[stop]):
                    end = stop + 1
                    record = "\n".join(lines[at:end])
                    break
        yield end, split(record, dialect)
        at = end
