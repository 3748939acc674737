"""A name and all values of its column behind it: R's dput, arrays in a dump."""

from __future__ import annotations

import re
from typing import Final

from auditor.detectors.embedded.named import NamedRows
from auditor.detectors.embedded.rows import blanked
from auditor.detectors.fields import FieldIndex
from auditor.detectors.pair import NAME
from auditor.detectors.scene import file_kind
from auditor.model.content import Table, Text

_TEXT: Final = r"\"(?:[^\"\\\n]|\\.){0,4000}\""
_ITEM: Final = rf"(?:{_TEXT}|NA(?:_character_)?|null|NULL|None|-?[0-9][0-9.eL]{{0,30}})"
MARK: Final = r"(?:=|:|<-)\s?(?:c\(|\[)\"[^\"\n]*\",\s*\""
_BEGINS: Final = re.compile(rf"(?P<name>{NAME})[`\"]?\s?(?:=|:|<-)\s?(?:c\(|\[)\s{{0,20}}(?=\")")
_EACH: Final = re.compile(rf"\s{{0,20}}(?P<item>{_ITEM})\s{{0,20}}(?P<after>[,)\]])")
_FAR: Final = 200
"""Characters between one table's columns at most."""


class Series:
    """The columns of one asset that are written one behind the other. Source code has lists of words by such names: it has none."""

    goes_on = False

    def __init__(self, index: FieldIndex) -> None:
        self._records = NamedRows(index, "columns")

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The columns of a text as rows, and the text without them."""
        if file_kind(text.asset.path).written:
            return [], text
        data = text.text
        taken: list[tuple[int, int]] = []
        names: list[str] = []
        columns: list[list[tuple[str, int, int]]] = []
        line, position, end = text.first_line, 0, 0

        def close() -> None:
            nonlocal line, position
            if not columns or not self._records.takes(names):
                return
            for row in zip(*columns, strict=True):
                line += data.count("\n", position, max(position, row[0][1]))
                position = max(position, row[0][1])
                if self._records.add(names, [value for value, _, _ in row], line):
                    taken.extend((start, stop) for _, start, stop in row if stop > start)

        for m in _BEGINS.finditer(data):
            if m.start() < end:
                continue
            items, stop = _items(data, m.end())
            if len(items) < 2:
                continue
            if columns and (
                len(items) != len(columns[0]) or m.start() - end > _FAR or m["name"] in names or len(names) > 300
            ):
                close()
                names, columns = [], []
            names.append(m["name"])
            columns.append(items)
            end = stop
        close()
        return self._records.tables(text), blanked(text, sorted(taken))


def _items(data: str, position: int) -> tuple[list[tuple[str, int, int]], int]:
    """The values from a place on, with where each stands, and where they end; none if they do not."""
    items: list[tuple[str, int, int]] = []
    while (m := _EACH.match(data, position)) is not None:
        start, end = m.span("item")
        quoted = m["item"][0] == '"'
        value = m["item"][1:-1] if quoted else "" if m["item"][0] in "Nn" else m["item"]
        items.append((value.replace('\\"', '"'), start + quoted, end - quoted))
        position = m.end()
        if m["after"] != ",":
            return items, position
    return [], position
