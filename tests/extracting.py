"""What extractor tests share: run a file through `identify.extract` as the pipeline does, from a stream that cannot seek."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from auditor.errors import ReadError
from auditor.extractors.identify import extract
from auditor.extractors.limits import Budget, Limits
from auditor.model.asset import Asset, Gap
from auditor.model.content import Content, Member, Source, Table, Text


class OneWay(io.RawIOBase):
    """A stream as SFTP and S3 give it: forward only, and a read may give less than was asked for."""

    def __init__(self, data: bytes, *, at_once: int = 1 << 30, fails_at: int | None = None) -> None:
        super().__init__()
        self._data = data if fails_at is None else data[:fails_at]
        self._fails = fails_at is not None
        self._at = 0
        self._at_once = at_once

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def readinto(self, buffer: Any, /) -> int:
        data = self._data[self._at : self._at + min(len(buffer), self._at_once)]
        if not data and self._fails and len(buffer):
            raise ReadError("UNREACHABLE", "the connection was lost")
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


class _Joined:
    def __init__(self, head: bytes, stream: Any) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int) -> bytes:
        if self._head:
            data, self._head = self._head[:size], self._head[size:]
            return data
        return bytes(self._stream.read(size))


def source_of(asset: Asset, stream: Any, encodings: tuple[str, ...] = ("cp949",)) -> Source:
    head = b""
    while len(head) < 65_536 and (data := stream.read(65_536 - len(head))):
        head += data
    return Source(asset=asset, head=head, stream=_Joined(head, stream), encodings=encodings)  # type: ignore[arg-type]


def walk(
    name: str,
    data: bytes | io.RawIOBase,
    *,
    limits: Limits | None = None,
    encodings: tuple[str, ...] = ("cp949",),
    asset: Asset | None = None,
    budget: Budget | None = None,
) -> Iterator[Content]:
    """All content of a file and of everything inside it."""
    stream = OneWay(data) if isinstance(data, bytes) else data
    size = len(data) if isinstance(data, bytes) else None
    asset = asset or Asset(target="t", path=name, size=size)
    budget = budget or Budget(limits or Limits())
    for item in extract(source_of(asset, stream, encodings), budget):
        yield item
        if isinstance(item, Member):
            yield from walk("", item.stream, asset=item.asset, budget=budget, encodings=encodings)  # type: ignore[arg-type]


def everything(contents: Iterator[Content] | list[Content]) -> str:
    """Every character that a detector would see, values apart."""
    parts = []
    for item in contents:
        if isinstance(item, Text):
            parts.append(item.text)
        elif isinstance(item, Table):
            parts.extend(value for array in item.arrays for value in array.to_pylist() if value is not None)
    return "\n".join(parts)


def gaps(contents: list[Content]) -> list[Gap]:
    return [item for item in contents if isinstance(item, Gap)]


def tables(contents: list[Content]) -> list[Table]:
    return [item for item in contents if isinstance(item, Table)]


def texts(contents: list[Content]) -> list[Text]:
    return [item for item in contents if isinstance(item, Text)]


def rows(contents: list[Content], name: str | None = None) -> list[dict[str, str]]:
    """The rows of all tables (or of those of one name), as dictionaries without the missing cells."""
    found = []
    for table in tables(contents):
        if name is None or table.name == name:
            columns = [array.to_pylist() for array in table.arrays]
            found += [
                {column: value for column, value in zip(table.columns, row, strict=True) if value is not None}
                for row in zip(*columns, strict=True)
            ]
    return found


def told(contents: list[Content]) -> tuple[Any, ...]:
    """What contents say, however the rows were put into tables: each row with its number, line and cells; all else; the columns' names."""
    by_table: dict[str, list[Any]] = {}
    for table in tables(contents):
        assert table.lines is not None
        for at, row in enumerate(zip(*(array.to_pylist() for array in table.arrays), strict=True)):
            cells = {name: cell for name, cell in zip(table.columns, row, strict=True) if cell is not None}
            by_table.setdefault(table.name, []).append((table.first_row + at, table.lines[at], table.header, cells))
    others = [item for item in contents if not isinstance(item, Table)]
    return by_table, others, {name for table in tables(contents) for name in table.columns}
