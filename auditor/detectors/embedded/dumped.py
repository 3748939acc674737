"""What PHP's `var_dump` shows: a name in one line, its value's type and itself in the next."""

from __future__ import annotations

import html
import re
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.records import Field, Records
from auditor.detectors.embedded.rows import blanked
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text

MARK: Final = r"\]=>\r?\n"
_FIELD: Final = re.compile(
    r"\[(?P<quote>\"|'|&quot;)(?P<name>[^\n\"'\]]{1,60}?)(?P=quote)(?::[^\]\n]{1,100})?\]=>\s{1,200}"
    r"(?:string\([0-9]{1,9}\) (?P=quote)(?P<value>[^\n]{1,4000}?)(?P=quote)(?=\r?\n|$)|(?:int|float)\((?P<number>[^()\n]{1,40})\))"
)


class Dumped:
    """The arrays and objects in one asset's text."""

    goes_on = False

    def __init__(self, index: FieldIndex) -> None:
        self._records = Records(index, "dump")

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The dumps of a text as tables, and the text with them blanked out."""
        data = text.text
        line, end = 1, 0
        for m in _FIELD.finditer(data):
            between = data[end : m.start()]
            line += between.count("\n")
            if "}" in between:
                self._records.close()
            group = "value" if m["value"] is not None else "number"
            if name := label(m["name"]):
                at = line + data.count("\n", m.start(), m.start(group))
                span = (m.start("name"), m.end(group))
                self._records.add(Field(name=name, value=html.unescape(m[group]), line=at, span=span))
            line += data.count("\n", m.start(), m.end())
            end = m.end()
        tables, taken = self._records.tables(text)
        return tables, blanked(text, taken)
