"""Forms of a terminal's screen: labels, each before its value in brackets that mark how long it may be: `NAME [value   ]`."""

from __future__ import annotations

import re
from typing import Final

from auditor.detectors.embedded.headings import Headings
from auditor.detectors.embedded.rows import blanked, lines_of
from auditor.detectors.fields import FieldIndex
from auditor.detectors.scene import file_kind
from auditor.model.content import Table, Text

_WORD: Final = r"[^\s\[\]:=|,;\"'<>{}]{1,40}+"
_FIELD: Final = re.compile(
    rf"(?<![^\s\]])(?P<name>{_WORD}(?: {_WORD}){{0,5}}+)[ :]{{1,60}}+\[(?P<value>[^\[\]\n]{{0,400}}+)\](?=\s|$)"
)
MARK: Final = r"[ \t]\[[^\[\]\n]*  \](?:[ \t\r]|$)"
_MOST: Final = 200


class Screens:
    """Such forms of one asset, over all its text; a form that goes over a text's end counts as two."""

    goes_on = False

    def __init__(self, index: FieldIndex) -> None:
        self._headings = Headings(index, "screen")

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The forms of a text as rows of tables, and the text with their values blanked out: nothing is seen twice."""
        if file_kind(text.asset.path).written:
            return [], text
        taken: list[tuple[int, int]] = []
        form: list[tuple[str, str, int, int]] = []
        first = position = 0
        for number, line in enumerate(lines_of(text), text.first_line):
            fields = list(_FIELD.finditer(line)) if "[" in line and len(line) <= 4_000 else []
            names = {name for name, *_ in form}
            if form and (not fields or len(form) >= _MOST or any(m["name"] in names for m in fields)):
                taken += self._settled(form, first)
                form = []
            if fields and not form:
                first = number
            form += [
                (m["name"].rstrip("."), m["value"].strip(), position + m.start("value"), position + m.end("value"))
                for m in fields
            ]
            position += len(line) + 1
        taken += self._settled(form, first)
        return self._headings.tables(text), blanked(text, taken)

    def _settled(self, form: list[tuple[str, str, int, int]], line: int) -> list[tuple[int, int]]:
        if len(form) < 2:
            return []
        columns = self._headings.telling([name for name, *_ in form], strong=False)
        if columns is None:
            return []
        self._headings.add(columns, [value for _, value, _, _ in form], line)
        return [(start, end) for _, _, start, end in form]
