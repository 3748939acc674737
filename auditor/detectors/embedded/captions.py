"""Forms in lines, `Business Reg No : 457-25-40308`: names of several words, which no single line tells from a sentence."""

from __future__ import annotations

import re
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.records import Field, Records
from auditor.detectors.embedded.rows import blanked, telling
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text

_NAME: Final = r"(?P<name>[^\W\d_][^\n:：|=,;<>{}\[\]\"'`]{1,50}?)"
_FIELD: Final = re.compile(
    rf"(?m)(?:^[ \t]{{0,40}}+(?:[-*•·▪][ \t]{{1,4}}|[0-9]{{1,3}}[.)][ \t]{{1,4}})?|\|[ \t]{{1,4}}){_NAME}"
    r"[ \t]{0,20}[:：][ \t]{0,20}+(?P<value>[^\s|:=][^\n|]{0,300}+)(?=\||$)"
)
_BEGIN: Final = r"[ \t]*(?:[-*•·▪][ \t]+|[0-9]+[.)][ \t]+)?"
_COLON: Final = r"[ \t]*[:：][^\n]*[^\s:=]"
MARK: Final = (
    rf"^{_BEGIN}[A-Za-z][A-Za-z0-9]* [A-Za-z][A-Za-z0-9 ]*{_COLON}[^\n]*(?:\n|\| ){_BEGIN}[A-Za-z][A-Za-z0-9 ()/.]*{_COLON}"
    rf"|^{_BEGIN}[A-Za-z][A-Za-z0-9 ()/.]*{_COLON}[^\n]*(?:\n|\| ){_BEGIN}[A-Za-z][A-Za-z0-9]* [A-Za-z][A-Za-z0-9 ]*{_COLON}"
)
"""Two fields one below or beside the other, one of which has a name of several words."""


class Captions:
    """The forms in one asset's lines: two fields at least, one below or beside the other."""

    goes_on = False

    def __init__(self, index: FieldIndex) -> None:
        self._index = index
        self._records = Records(index, "lines")

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The forms of a text as tables, and the text with them blanked out."""
        data = text.text
        group: list[Field] = []
        line, counted, last = 1, 0, 0
        for m in _FIELD.finditer(data):
            line += data.count("\n", counted, m.start("value"))
            counted = m.start("value")
            if line - last > 1:
                self._add(group)
                group = []
            if name := label(m["name"]):
                last = line
                group.append(
                    Field(name=name, value=m["value"].strip(), line=line, span=(m.start("name"), m.end("value")))
                )
        self._add(group)
        tables, taken = self._records.tables(text)
        return tables, blanked(text, taken)

    def _add(self, group: list[Field]) -> None:
        """Lines that follow each other, if a name of several words among them tells something."""
        if len(group) > 1 and telling(self._index, [field.name for field in group if " " in field.name]):
            for field in group:
                self._records.add(field)
        self._records.close()
