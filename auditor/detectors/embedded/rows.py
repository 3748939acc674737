"""What the readers of tables in text share: rows on their way to a `Table`, and text without them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text

if TYPE_CHECKING:
    import pyarrow as pa

_VISIBLE: Final = re.compile(r"[^\n]")


@dataclass(slots=True, kw_only=True)
class Rows:
    """Rows that follow one header. `name`: the table's, within the asset; `lines`: each row's, counted from 1."""

    name: str
    columns: tuple[str, ...]
    first_row: int = 1
    cells: list[tuple[str | None, ...]] = field(default_factory=list, repr=False)
    lines: list[int] = field(default_factory=list)

    def add(self, row: Sequence[str | None], line: int) -> None:
        """A row as wide as the columns; None is a missing cell."""
        self.cells.append(tuple(row))
        self.lines.append(line)

    def table(self, text: Text) -> Table:
        """The rows as columns, in the asset and part of a text."""
        import pyarrow as pa

        arrays = tuple(pa.array(column, pa.string()) for column in zip(*self.cells, strict=True))
        return Table(
            asset=text.asset, name=self.name, columns=self.columns, arrays=arrays, first_row=self.first_row,
            lines=tuple(self.lines), part=text.part, spoken=True,
        )  # fmt: skip


def lines_of(text: Text) -> list[str]:
    """The lines of a text without their ends; nothing after the last end is no line."""
    lines = text.text.split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


class RowsByColumns:
    """The rows of one asset: those whose columns are called alike are one table. `kind` begins the tables' names."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._names: dict[tuple[str, ...], str] = {}
        self._counts: dict[str, int] = {}
        self._found: dict[str, Rows] = {}

    def __len__(self) -> int:
        """How many tables there are."""
        return len(self._names)

    def __contains__(self, columns: tuple[str, ...]) -> bool:
        return columns in self._names

    def add(self, columns: tuple[str, ...], row: Sequence[str], line: int) -> None:
        """A row as wide as its columns."""
        name = self._names.setdefault(columns, f"{self._kind} {len(self._names) + 1}")
        if name not in self._found:
            self._found[name] = Rows(name=name, columns=columns, first_row=self._counts.get(name, 0) + 1)
        self._found[name].add(row, line)
        self._counts[name] = self._counts.get(name, 0) + 1

    def take_back(self, columns: tuple[str, ...], count: int) -> None:
        """The last rows of these columns were none."""
        name = self._names[columns]
        rows = self._found[name]
        del rows.cells[-count:], rows.lines[-count:]
        self._counts[name] -= count
        if not rows.cells:
            del self._found[name]

    def tables(self, text: Text) -> list[Table]:
        """What was added since the last time."""
        found, self._found = self._found, {}
        return [rows.table(text) for rows in found.values()]


def telling(index: FieldIndex, names: Sequence[str]) -> bool:
    """Whether one of these names says something for a rule. Only such tables are taken out of the text."""
    return any(said.strong or said.weak for said in map(index.classify, names))


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Column names, told apart where a table repeats one or leaves one out."""
    seen: dict[str, int] = {}
    unique = []
    for number, name in enumerate(names, 1):
        name = name or f"column {number}"
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(unique)


def without(array: pa.StringArray, gone: Sequence[bool]) -> pa.StringArray:
    """A column without the cells that were taken out of it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pa.array(gone, pa.bool_()), pa.scalar(None, pa.string()), array) if any(gone) else array


def blanked(text: Text, spans: Sequence[tuple[int, int]]) -> Text:
    """The text with spaces in place of what stands in these spans, which are in order: nothing is seen twice."""
    return replace(text, text="".join(_pieces(text.text, spans))) if spans else text


def _pieces(data: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    end = 0
    for start, stop in spans:
        yield data[end:start]
        yield _VISIBLE.sub(" ", data[start:stop])
        end = stop
    yield data[end:]
