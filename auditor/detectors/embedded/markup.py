"""Tables in HTML: a saved report, a "spreadsheet" that a web application wrote as markup, a page of forms.

A table's first row names its columns, or each row holds names beside their values. Only tables whose names say something
personal are taken out of the text; the rest stays text, line by line.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.records import Field, Records
from auditor.detectors.embedded.rows import Rows, blanked, distinct, telling
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text
from auditor.model.noun import noun

MARK: Final = r"<[tT][rR][\s>]"
_ROW: Final = re.compile(r"(?is)<table\b|<tr\b[^<>]{0,500}>(?P<row>.{0,20000}?)(?=</tr|<tr\b|</table)")
_CELL: Final = re.compile(
    r"(?is)<(?P<kind>t[hd])\b(?P<attributes>[^<>]{0,500})>(?P<text>.{0,4000}?)(?=</t[hd]|<t[hd]\b|</tr|$(?![\s\S]))"
)
_CLASS: Final = re.compile(r"""(?i)\bclass\s{0,9}=\s{0,9}["']?([^"'>]{0,200})""")
_TAG: Final = re.compile(r"<[^<>]*>")
_LONG_NUMBER: Final = re.compile(r"[0-9]{4}")
_MOST_TABLES: Final = 256


@noun
class _Row:
    """A row of cells. `kinds`: each cell's tag and class; `line`: counted from 0; `span`: where it stands in the text."""

    kinds: tuple[tuple[str, str], ...]
    cells: tuple[str, ...]
    line: int
    span: tuple[int, int]

    @property
    def names(self) -> tuple[str, ...]:
        """Every other cell, if each of them may be a name."""
        names = tuple(map(label, self.cells[::2]))
        return names if len(self.cells) > 1 and len(self.cells) % 2 == 0 and any(names) else ()

    def by_turns(self) -> bool:
        """Whether two kinds of cells come by turns."""
        return len(self.kinds) % 2 == 0 and len({*self.kinds[::2]}) == 1 and self.kinds[0] not in self.kinds[1::2]


class Markup:
    """The tables in one asset's markup, over all its text."""

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._forms = Records(index, "table form")
        self._form = False
        self._header: tuple[str, ...] | None = None
        self._numbers: dict[tuple[str, ...], int] = {}
        self._rows: list[int] = []
        self._begun = False

    goes_on = False  # its rows tell themselves

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The tables of a text, and the text with their cells blanked out: nothing is seen twice."""
        found: dict[int, Rows] = {}
        taken: list[tuple[int, int]] = []
        for rows in _tables(text.text):
            if rows is None:
                self._forms.close()
                self._header, self._form, self._begun = None, False, False
                continue
            if not self._begun:
                self._form = self._is_form(rows)
            for row in rows:
                if self._takes(row, text.first_line, found):
                    taken.append(row.span)
                self._begun = True
        forms, spans = self._forms.tables(text)
        return [*(rows.table(text) for rows in found.values()), *forms], blanked(text, sorted({*taken, *spans}))

    def _is_form(self, rows: Sequence[_Row]) -> bool:
        """Whether names stand beside their values in the first rows of a table, instead of over them."""
        first = rows[0]
        if not first.names or telling(self._index, first.cells[1::2]) or {kind for kind, _ in first.kinds} == {"th"}:
            return False
        telling_rows = [
            row for row in rows if telling(self._index, row.names) and not telling(self._index, row.cells[1::2])
        ]
        if first.by_turns() and telling_rows:
            return True
        several = any(sum(telling(self._index, (name,)) for name in row.names) > 1 for row in telling_rows[:1])
        return (len(telling_rows) * 3 >= len(rows) and len(telling_rows) > 1) or (
            bool(telling_rows) and (several or len(rows) == 1)
        )

    def _takes(self, row: _Row, first_line: int, found: dict[int, Rows]) -> bool:
        """Whether a row belongs to a table that is taken as it is; it is added to what was found then."""
        if len(row.cells) < 2:
            return False
        kinds = [kind for kind, _ in row.kinds]
        if row.names and (self._form or kinds == ["th", "td"] * (len(kinds) // 2)):
            for name, value in zip(row.names, row.cells[1::2], strict=True):
                if name and value:
                    self._forms.add(Field(name=name, value=value, line=row.line + 1, span=row.span))
            return False
        header_like = set(kinds) == {"th"}
        if header_like or not (self._begun or self._form or any(map(_LONG_NUMBER.search, row.cells))):
            header = distinct(row.cells)
            known = header in self._numbers or len(self._numbers) < _MOST_TABLES
            self._header = header if known and telling(self._index, header) else None
            return False
        if self._header is None or len(row.cells) != len(self._header):
            return False
        number = self._numbers.setdefault(self._header, len(self._numbers))
        if number == len(self._rows):
            self._rows.append(0)
        if number not in found:
            found[number] = Rows(name=f"table {number + 1}", columns=self._header, first_row=self._rows[number] + 1)
        self._rows[number] += 1
        found[number].add(row.cells, first_line + row.line)
        return True


def _tables(data: str) -> Iterator[list[_Row] | None]:
    """The rows of each table, those of one together; None where a table begins."""
    rows: list[_Row] = []
    line = position = 0
    for m in _ROW.finditer(data):
        line += data.count("\n", position, m.start())
        position = m.start()
        if m["row"] is None:
            if rows:
                yield rows
                rows = []
            yield None
            continue
        cells = [((c["kind"].lower(), _class(c["attributes"])), _clean(c["text"])) for c in _CELL.finditer(m["row"])]
        if cells:
            kinds, texts = zip(*cells, strict=True)
            rows.append(_Row(kinds=kinds, cells=texts, line=line, span=m.span("row")))
    if rows:
        yield rows


def _class(attributes: str) -> str:
    found = _CLASS.search(attributes) if attributes else None
    return found[1] if found is not None else ""


def _clean(cell: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", cell)).split())
