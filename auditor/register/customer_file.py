"""A bank's customer file, row by row: CSV in any of the usual dialects and encodings, with a header, of any length."""

from __future__ import annotations

import codecs
import csv
import io
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, Final, Self

from auditor.errors import InputError, Problem

STDIN: Final = "-"
_SNIFFED: Final = 1 << 20
_DELIMITERS: Final = (",", "\t", ";", "|")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class CustomerFile(AbstractContextManager["CustomerFile"]):
    """Opens a file (`-`: standard input) and reads its header; iterating gives (line, fields) of each row.

    Every row must have the header's number of fields: a shifted column would register the wrong values, and a customer
    would pass for a stranger. InputError names the line, never its content.
    """

    def __init__(self, path: Path, *, encoding: str | None = None) -> None:
        self.name = "standard input" if str(path) == STDIN else str(path)
        self._binary = self._open(path)
        head = self._binary.peek(_SNIFFED)
        self.encoding = encoding or _encoding_of(head)
        try:
            self._text = io.TextIOWrapper(self._binary, encoding=self.encoding, errors="strict", newline="")
        except LookupError:
            cure = "utf-8, cp949, gb18030, cp874, utf-16 …"
            raise InputError(
                Problem(file="--encoding", cause=f'there is no encoding "{encoding}"', cure=cure)
            ) from None
        first = head.split(b"\n", 1)[0].decode(self.encoding, "replace") if not self.encoding.startswith("utf-16") else head.decode("utf-16", "replace").split("\n", 1)[0]  # fmt: skip
        delimiter = max(_DELIMITERS, key=first.count)
        self._rows = csv.reader(self._text, delimiter=delimiter, strict=True)
        header = next(self._read(), None)
        if header is None:
            raise InputError(Problem(file=self.name, cause="the file is empty", cure="give a CSV file with a header"))
        self.header = [cell.lstrip("\ufeff") for cell in header[1]]

    def _open(self, path: Path) -> io.BufferedReader:
        if str(path) == STDIN:
            raw: BinaryIO = sys.stdin.buffer
            return raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(raw)  # type: ignore[arg-type]
        try:
            return io.BufferedReader(path.open("rb", buffering=0), buffer_size=_SNIFFED)
        except OSError as error:
            raise InputError(Problem(file=str(path), cause=f"cannot be read: {error.strerror}")) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._text.close()

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        width = len(self.header)
        for line, fields in self._read():
            if len(fields) != width and (len(fields) < width or any(fields[width:])):
                cause = f"this row has {len(fields)} field(s), the header {width}"
                raise InputError(Problem(file=self.name, line=line, column=1, cause=cause, cure="quote fields that hold the separator, and export again"))  # fmt: skip
            yield line, fields

    def _read(self) -> Iterator[tuple[int, list[str]]]:
        rows = self._rows
        try:
            for fields in rows:
                if fields:
                    yield rows.line_num, fields
        except UnicodeDecodeError:
            cause = f"not all of the file is {self.encoding}, as its beginning is (after line {rows.line_num})"
            cure = "say --encoding, such as --encoding cp949, or export as UTF-8"
            raise InputError(Problem(file=self.name, cause=cause, cure=cure)) from None
        except csv.Error as error:
            cause = f"this is no well-formed CSV: {error}"
            raise InputError(Problem(file=self.name, line=rows.line_num, column=1, cause=cause, cure="export it again, with quotes doubled inside quoted fields")) from None  # fmt: skip


def _encoding_of(head: bytes) -> str:
    """UTF-8 if the beginning is that, else CP949, which Korean spreadsheets write."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp949"
    return "utf-8"
