"""Tables with what is encoded in their cells decoded; a cell that was a JSON object becomes columns of its row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from auditor.extractors._nested import encoded
from auditor.extractors._nested.candidates import candidates
from auditor.extractors._nested.found import Found
from auditor.extractors._nested.values import MANY, Values
from auditor.extractors.json_records import Flattener, Members, embedded
from auditor.extractors.limits import Budget
from auditor.extractors.tables import RecordBatches, string_array
from auditor.model.content import Content, Source, Table
from auditor.model.text import printable

_FOLDED_AT: Final = 56


class Tables:
    """The tables of one asset, in order."""

    def __init__(self, source: Source, budget: Budget, found: Found, values: Values) -> None:
        self._encodings = source.encodings
        self._budget = budget
        self._limits = budget.limits
        self._found = found
        self._values = values
        self._batches = RecordBatches(source.asset, budget.limits)
        self._flat = Flattener(self._batches)

    def table(self, table: Table) -> Iterator[Content]:
        """A table whose cells are decoded; a cell that was a JSON object becomes columns of its row."""
        arrays = list(table.arrays)
        more: dict[str, dict[int, str]] = {}
        changed = False
        for at, array in enumerate(arrays):
            rows = candidates(array)
            if not rows:
                continue
            cells: dict[int, str | None] = {}
            for row in rows:
                value = array[row].as_py()
                done = self._cell(table, table.columns[at], row, value, more)
                if done != value:
                    cells[row] = done
            if cells:
                changed = True
                values = array.to_pylist()
                for row, cell in cells.items():
                    values[row] = cell
                arrays[at] = string_array(values)
        if changed:
            count = len(arrays[0])
            names = [name for name in more if name not in table.columns]
            for name in more:
                if name in table.columns:  # beside a column of that name: what its cell lacks
                    at = table.columns.index(name)
                    values = arrays[at].to_pylist()
                    for row, cell in more[name].items():
                        values[row] = cell if not values[row] else f"{values[row]}\n{cell}"
                    arrays[at] = string_array(values)
            arrays += [string_array([more[name].get(row) for row in range(count)]) for name in names]
            letters = (*table.letters, *("",) * len(names)) if table.letters else ()
            table = replace(table, columns=(*table.columns, *names), arrays=tuple(arrays), letters=letters)
        yield table
        yield from self._found.taken()

    def _cell(self, table: Table, column: str, row: int, value: str, more: dict[str, dict[int, str]]) -> str | None:
        self._budget.check()
        line = table.lines[row] if table.lines is not None else None
        where = f"line {line}" if line is not None else f"row {table.first_row + row}"
        if table.part:
            where = f"{table.part}, {where}"
        elif table.name and line is None:
            where = f"{table.name}, {where}"
        where = printable(f"{where}, {column}" if column else where)

        def member(kind: str, data: bytes) -> None:
            self._found.member(where, kind, data)

        bare = "".join(value.split())
        if bare != value and len(value) >= _FOLDED_AT and (run := encoded.RUN.fullmatch(bare)):
            found = encoded.decoded(run[0], self._encodings)
            if found is not None:
                inline = self._values.inline(found[1], 1)
                if inline is None:
                    member(*found)
                    return None
                return self._object(inline, column, row, line or 1, more)
        lines = value.split("\n")
        done = "\n".join(self._values.line(part, member) if len(part) >= encoded.SHORTEST else part for part in lines)
        return value if done == value else self._object(done, column, row, line or 1, more)

    def _object(self, text: str, column: str, row: int, line: int, more: dict[str, dict[int, str]]) -> str | None:
        """A cell's text; a JSON object's members become columns instead."""
        held = embedded(text) if text[:1] == "{" else None
        if not isinstance(held, Members) or MANY.search(text):
            return text
        pairs: list[tuple[str, str | None]] = []
        self._flat.members("", column, held, pairs)
        if len(more) + len(pairs) > self._limits.columns // 2:
            return text
        for name, cell in pairs:
            if cell is not None:
                cells = more.setdefault(name, {})
                cells[row] = f"{cells[row]}\n{cell}" if row in cells else cell
        self._found.add(self._flat.pending(line))
        return None

    def finish(self) -> Iterator[Content]:
        """Rows that wait for more."""
        yield from self._batches.flush()
