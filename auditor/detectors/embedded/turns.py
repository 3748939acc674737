"""Names and values by turns, a line each: what redis-cli prints, the parts of a form that was sent, a web form's mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.detectors.embedded.named import NamedRows
from auditor.detectors.embedded.rows import blanked, telling
from auditor.detectors.fields import FieldIndex
from auditor.detectors.search import Search
from auditor.detectors.values import plain
from auditor.model.content import Table, Text

_WORDS: Final = r"[^\W\d_][^\n\t\"'`=<>{}|\\;:.!?]{0,40}"
_LINES: Final = r"[^\n\t\"'`=<>{}|\\;:.!?,]+[ \t]*[:*]?\r?\n[^\n]+\r?\n\r?\n"
MARK: Final = rf"^[ \t]*[0-9]+\) \"[^\n]*\n[ \t]*[0-9]+\) |form-data; name=\"|^{_LINES}{_LINES}{_LINES}"
"""A mark behind a name, or three times two lines with an empty one after them."""
# `1) "name"` above `2) "value"`: redis-cli.
_LISTED: Final = re.compile(
    r"^[ \t]*[0-9]{1,6}\) \"(?P<name>[^\"\n]{1,200})\"[ \t]*\r?\n[ \t]*[0-9]{1,6}\) \"(?P<value>[^\n]{0,4000})\"[ \t]*$",
    re.MULTILINE,
)
# A part of a form that was sent: its name, other headers, an empty line, the value.
_PART: Final = re.compile(
    r"^content-disposition: ?form-data; ?name=\"(?P<name>[^\"\n]{1,80})\"(?![^\n]*filename)[^\n]*\r?\n(?:[\w-]{1,40}:[^\n]{0,200}\r?\n){0,4}"
    r"\r?\n(?P<value>[^\n]{1,4000}?)\r?$",
    re.MULTILINE | re.IGNORECASE,
)
# A question in a line, the answer in the next, an empty line.
_ASKED: Final = re.compile(
    rf"^[ \t]*(?P<name>{_WORDS})(?:\([^()\n]{{1,30}}\))?[ \t]*[:*]?\r?\n[ \t]*(?P<value>[^\s][^\n]{{0,400}}?)[ \t]*\r?\n(?=[ \t]*\r?$)",
    re.MULTILINE,
)
_FAR: Final = 400
"""Characters between a record's names at most, besides its values."""
_LEAST: Final = 3
"""Questions in a row that make a form."""
_RAISED: Final = re.compile(r"\\(.)")
_ASKS: Final = Search(rf"^{_LINES}{_LINES}{_LINES}")


class Turns:
    """The names and values of one asset that take turns."""

    goes_on = False

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._records = NamedRows(index, "record")

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The names and values of a text as records, and the text without the values."""
        data = text.text
        taken: list[tuple[int, int]] = []
        line, position = text.first_line, 0
        for record in [*_records(_marked(data)), *(r for r in _records(_asked(data)) if self._form(r))]:
            start = record[0][2]
            if start < position:
                line, position = text.first_line, 0
            line += data.count("\n", position, start)
            position = start
            names, values = [name for name, *_ in record], [value for _, value, *_ in record]
            if self._records.add(names, values, line):
                taken += [(begin, end) for _, _, begin, end in record if end > begin]
        return self._records.tables(text), blanked(text, _apart(sorted(taken)))

    def _form(self, record: list[_Turn]) -> bool:
        """Whether questions in a row are a form: enough of them, two of which say something, and no answer is a question."""
        return (
            len(record) >= _LEAST
            and sum(telling(self._index, [name]) for name, *_ in record) > 1
            and not any(
                telling(self._index, [value]) and value.isascii() and value.isalpha() for _, value, *_ in record
            )
        )


_Turn = tuple[str, str, int, int]
"""A name, its value and where the value stands."""


def _marked(data: str) -> Iterator[tuple[int, _Turn]]:
    """Names that are marked as such, and where each begins."""
    for mark, expression in ((') "', _LISTED), ("form-data", _PART)):
        if mark not in data:
            continue
        for m in expression.finditer(data):
            value = plain(m["value"])
            if "\\" in value:
                value = _RAISED.sub(r"\1", value)
            yield m.start(), (plain(m["name"]), value, *m.span("value"))


def _asked(data: str) -> Iterator[tuple[int, _Turn]]:
    """Questions with answers, and where each begins."""
    if not _ASKS.within(data.encode("utf-8", "replace")):
        return
    for m in _ASKED.finditer(data):
        yield m.start(), (m["name"].strip(), m["value"], *m.span("value"))


def _records(turns: Iterator[tuple[int, _Turn]]) -> Iterator[list[_Turn]]:
    """Turns that belong together: until a name comes again or much else stands between."""
    record: list[_Turn] = []
    names: set[str] = set()
    for start, turn in turns:
        if record and (turn[0] in names or start - record[-1][3] > _FAR or len(record) > 200):
            yield record
            record, names = [], set()
        record.append(turn)
        names.add(turn[0])
    if record:
        yield record


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in order of which none overlaps the one before."""
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept
