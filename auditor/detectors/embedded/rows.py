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
