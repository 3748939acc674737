"""Lists in running text whose columns one line names: `성명 / 휴대폰 / 주소` above `김은하 / 010-… / 서울 …`.

The line may be introduced or in brackets (`형식: 이름 - 연락처`, `名单（姓名、电话、地址）：`), its rows quoted, numbered or commented out. Any few
words with commas look like such a line. So it names columns only where a rule knows two of them, one of them surely, and a line below
that is divided alike has a value's form in such a column. What `drawn` takes is blank before this reader comes.
"""

from __future__ import annotations

import re
from typing import Final

from auditor.detectors.embedded.headings import names_of
from auditor.detectors.embedded.lists import DIVIDES, Header, forms, named, row_of, split
from auditor.detectors.embedded.named import NamedRows
from auditor.detectors.embedded.rows import blanked, lines_of
from auditor.detectors.fields import FieldIndex
from auditor.detectors.search import Search
from auditor.model.content import Table, Text

_WORD: Final = r"(?:[^\s0-9.,，、;；/|｜·ㆍ・:：!?\"'<>={}()（）\[\]【】\\$&@^~]|[^\x00-\x7f]\.|[Nn]o\.)+"
"""A full stop is no part of it but behind Thai letters (`ว.ด.ป.`): else it is a file's name."""
_NAME: Final = rf"{_WORD}(?: {_WORD}){{0,3}}(?:[(（][^()（）\n]*[)）])?[ \t]*"
_NAMES: Final = (
    rf"(?:^[^\pL\pN\n(){{}}=]*|[:：(（\[【][ \t]*){_NAME}(?:(?:{DIVIDES})[ \t]*{_NAME})+[)）\]】]?[ \t]*[:：]?[ \t]*\r?"
)
MARK: Final = rf"{_NAMES}(?:\n(?:[^\n]*\n)?[^\n]*(?:(?:{DIVIDES})[^\n]*[\p{{Nd}}@]|[\p{{Nd}}@][^\n]*(?:{DIVIDES}))|\n?(?:[^\pL\pN\n]*\n)?\z)"
"""A few words each between delimiters, above a line with a delimiter and a digit or an `@`, or one more between them."""
_MARKED: Final = Search(MARK)
_DIVIDED: Final = re.compile(DIVIDES)
_LED: Final = re.compile(
    r"(?:[ \t]*(?:>|(?:#+|//+|--|[*;%])(?=[ \t])))*[ \t]*(?:\(?[0-9]{1,3}[.)][ \t]+|[①-⓿•▪■□○●◦◆▶※☞✔][ \t]*|[-+·][ \t]+)?[ \t]*"
)
"""What quotes a line, comments it out, numbers it or makes it an item."""
_PAGE: Final = re.compile(
    r"[\W_]*(?:(?i:page|쪽|페이지|第|หน้า)?[ ]?[0-9]{1,4}(?:[ ]?(?:/|of)[ ]?[0-9]{1,4})?[ ]?(?:쪽|페이지|页)?[\W_]*)?"
)
"""A line that is empty, ruled, or numbers a page."""
_TELLS: Final = re.compile(r"@|[0-9](?:[^0-9]{0,3}[0-9]){4}|[가-힣ก-๙][^\n]*[0-9]|[0-9][^\n]*[가-힣ก-๙]")
"""What stands in a row of which something has a value's form: in no menu."""
_LONGEST: Final = 400
_LONGEST_HEADER: Final = 200
_ABOVE: Final = 3
"""Lines above a row among which its header may be: rows of which nothing has a form may stand between."""
_GAP: Final = 3
"""Empty lines within a list, or such that number a page."""
_ASKED: Final = 3_000
"""Sets of words of one asset that rules are asked for: each costs a tenth of a millisecond."""

_Line = tuple[int, tuple[int, int], str, bool]
"""A line's number (0: of the text before), the place of what it holds, and that without what leads it; whether it may name columns."""


class Headed:
    """The lists of one asset."""

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._rows = NamedRows(index, "list")
        self._asked: dict[tuple[str, ...], tuple[frozenset[int], frozenset[int]]] = {}
        self._header: Header | None = None
        self._forms: frozenset[int] = frozenset()  # columns in which the last row has a value's form
        self._above: list[_Line] = []
        self._gap = 0

    @property
    def goes_on(self) -> bool:
        """Whether rows may stand at the beginning of the next text, be their header the last line of this one."""
        return self._header is not None or bool(self._above)

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The lists of a text, and the text with their rows blanked out."""
        taken: list[tuple[int, int]] = []
        self._above = [(0, (0, 0), bare, names) for _, _, bare, names in self._above]
        naming = _naming(text)
        position = 0
        for number, line in enumerate(lines_of(text), text.first_line):
            if number not in naming and self._header is None and not self._above:
                pass
            elif len(line) > _LONGEST:
                self._close()
            elif _PAGE.fullmatch(line):
                self._gap += 1
                if self._gap > _GAP:
                    self._close()
            elif _DIVIDED.search(line) is None:
                self._close()
            else:
                led = _LED.match(line)
                start = led.end() if led is not None else 0
                place = (position + start, position + len(line))
                self._line((number, place, line[start:].rstrip(), number in naming), taken)
            position += len(line) + 1
        return self._rows.tables(text), blanked(text, sorted(taken))

    def _close(self) -> None:
        """Here no list goes on."""
        self._header, self._above, self._gap = None, [], 0

    def _line(self, line: _Line, taken: list[tuple[int, int]]) -> None:
        """A line that is divided: a row, or what may name columns."""
        bare = line[2]
        if self._header is not None and bare == self._header.line:  # it stands on each page
            self._above, self._gap = [], 0
        elif _TELLS.search(bare) is None or not self._row(line, taken):
            going = self._header is not None and len(self._above) < _ABOVE and _whole(self._header, bare) is not None
            if self._gap or (self._header is not None and not going):
                self._close()
            self._above = (
                [*self._above[1 - _ABOVE :], line] if self._above or self._header is not None or line[3] else []
            )

    def _row(self, line: _Line, taken: list[tuple[int, int]]) -> bool:
        """Whether a line is a row: of the nearest header above that it fits, or of the list that goes on."""
        number, span, bare, _ = line
        header, above, row = self._header, self._above, None
        for at in range(len(above) - 1, -1, -1):
            nearer = self._read(above[at][2]) if above[at][3] else None
            if nearer is not None and (row := row_of(nearer, bare)) is not None:
                header, above = nearer, above[at + 1 :]
                break
        if header is None:
            return False
        if row is None:
            row = row_of(header, bare)
            if row is None or (self._gap and self._forms != forms(header, row)):
                return False
        for each, place, held, _ in above:
            cells = _whole(header, held)
            if each and cells is not None and self._rows.add(header.names, cells, each):
                taken.append(place)
        if self._rows.add(header.names, row, number):
            taken.append(span)
        self._header, self._forms, self._above, self._gap = header, forms(header, row), [], 0
        return True

    def _read(self, bare: str) -> Header | None:
        """The columns that a line names: of all ways to read it, the one of which a rule knows most."""
        best: Header | None = None
        for cells, divider in named(bare) if len(bare) <= _LONGEST_HEADER else ():
            names = names_of(cells)
            if names is None or (names not in self._asked and len(self._asked) >= _ASKED):
                continue
            if names not in self._asked:
                said = [self._index.classify(name) for name in names]
                strong = frozenset(at for at, each in enumerate(said) if each.strong)
                self._asked[names] = strong, strong | {at for at, each in enumerate(said) if each.weak}
            strong, known = self._asked[names]
            if strong and len(known) > max(1, len(best.known) if best is not None else 0):
                best = Header(bare, names, divider, strong, known)
        return best


def _naming(text: Text) -> set[int]:
    """The numbers of the lines that may name columns, and of those that `MARK` has below them."""
    data = text.text.encode("utf-8", "replace")
    found: set[int] = set()
    number, position = text.first_line, 0
    for start, _ in _MARKED.touched(data):
        number += data.count(b"\n", position, start)
        position = start
        found.add(number)
    return found


def _whole(header: Header, bare: str) -> list[str] | None:
    """A line as a row without a missing cell, whatever its cells look like."""
    cells = split(header, bare)
    return cells if cells is not None and len(cells) == len(header.names) else None
