"""Rows whose delimiter is longer than a character, and those of a SQL*Loader control file or a SAS program with its data."""

from __future__ import annotations

import csv
import re
from typing import Final

from auditor.detectors.embedded.named import NamedRows
from auditor.detectors.embedded.rows import blanked
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text

_WORD: Final = r"[^\W\d][\w .()-]{0,60}?"
_HEADER: Final = re.compile(
    rf"\ufeff?(?P<first>{_WORD})(?P<delimiter>[^\w\s\"'().:;-]{{2,4}}){_WORD}(?:(?P=delimiter){_WORD}){{1,300}}\r?\n"
)
_BEGINDATA: Final = re.compile(r"(?im)^[ \t]*(?:begindata|(?:datalines|cards)4?;)[ \t]*\r?\n")
_TERMINATED: Final = re.compile(
    r"(?i)terminated\s{1,9}by\s{1,9}(?:'(?P<delimiter>[^'\n]{1,4})'|whitespace|x'(?P<code>[0-9a-f]{2})')"
)
_INPUT: Final = re.compile(r"(?i)\binput\s(?P<names>[^;]{1,8000});[^;]*\Z")
_DIVIDED: Final = re.compile(
    r"(?i)\b(?:dlm|delimiter)\s?=\s?(?:'(?P<delimiter>[^'\n]{1,4})'|\"(?P<other>[^\"\n]{1,4})\")"
)
_NAME: Final = re.compile(r"(?<![\w$:.@+-])[^\W\d]\w{0,60}(?![\w.])")
"""A variable of SAS's `input`, not what reads it: `:$40.`, `yymmdd10.`."""
_LONGEST_HEAD: Final = 20_000
MARK: Final = r"(?i:^[ \t]*(?:begindata|(?:datalines|cards)4?;)\s*$)|\A[^\n\"'=().:;]*[^\w\s\"'().:;-][^\w\s\"'().:;-][^\n\"'=().:;]*\n"
_COLUMN: Final = re.compile(r'(?:^|,)\s{0,40}"?(?P<name>[^\W\d][\w$#]{0,60})"?(?=[\s,]|$)')
_BRACKETS: Final = re.compile(r"\([^()]{0,200}\)")


class Delimited:
    """The rows of one asset. What goes on in the next block has the delimiter and columns of this one."""

    def __init__(self, index: FieldIndex) -> None:
        self._records = NamedRows(index, "rows")
        self._columns: list[str] = []
        self._delimiter = ""

    @property
    def goes_on(self) -> bool:
        """Whether rows may follow in the next text."""
        return bool(self._columns)

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The rows of a text, and the text without them."""
        data = text.text
        start = 0
        loaded = _BEGINDATA.search(data)
        if loaded is not None:
            self._load(data[max(0, loaded.start() - _LONGEST_HEAD) : loaded.start()])
            start = loaded.end()
        elif text.first_line == 1 and (header := _HEADER.match(data)) is not None:
            self._begin(header[0].strip("\ufeff\r\n").split(header["delimiter"]), header["delimiter"])
            start = header.end()
        if not self._columns:
            return [], text
        taken = self._rows(data, start, text.first_line + data.count("\n", 0, start))
        return self._records.tables(text), blanked(text, taken)

    def _load(self, head: str) -> None:
        """Take the delimiter and the columns from what stands before a control file's data."""
        if (variables := _INPUT.search(head)) is not None:
            divided = _DIVIDED.search(head[-_LONGEST_HEAD:])
            delimiter = (divided["delimiter"] or divided["other"]) if divided is not None else " "
            self._begin(_NAME.findall(variables["names"]), delimiter)
            return
        terminated = _TERMINATED.search(head)
        if terminated is None or not head.rstrip().endswith(")"):
            return
        opened = head.find("(", terminated.end())
        listed = _BRACKETS.sub("", head[opened + 1 : head.rindex(")")])
        code = chr(int(terminated["code"], 16)) if terminated["code"] else " "
        self._begin([m["name"] for m in _COLUMN.finditer(listed)], terminated["delimiter"] or code)

    def _begin(self, columns: list[str], delimiter: str) -> None:
        columns = [column.strip() for column in columns]
        self._columns = columns if len(columns) > 1 and self._records.takes(columns) else []
        self._delimiter = delimiter

    def _rows(self, data: str, start: int, number: int) -> list[tuple[int, int]]:
        """Add the rows from `start` on, which is in line `number`; where they stand. What is no row stays."""
        taken: list[tuple[int, int]] = []
        for line in data[start:].split("\n"):
            if self._delimiter in line:
                cells = self._cells(line.rstrip("\r"))
                if len(cells) == len(self._columns) and self._records.add(self._columns, cells, number):
                    taken.append((start, start + len(line)))
            start += len(line) + 1
            number += 1
        return taken

    def _cells(self, line: str) -> list[str]:
        if len(self._delimiter) == 1 and '"' in line:
            try:
                return next(csv.reader([line], delimiter=self._delimiter))
            except csv.Error:
                return []
        return line.split(self._delimiter)
