"""The fast path through a long table: whole columns at a time, once a column's first rows have shown what it holds.

The first rows of every column go the long way, value by value (table.py). They tell which rule's values these are, and with what
score and reason. From then on, cells that surely have that rule's form (vector/) are settled together; all others still go
the long way, so that nothing is lost: a column's class chooses the path, never what is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from auditor.detectors.hit import Hit
from auditor.detectors.vector import Form, forms
from auditor.masking import mask
from auditor.model.content import Table
from auditor.model.match import MatchBlock

if TYPE_CHECKING:
    import pyarrow as pa

    from auditor.detectors.columns import Column
    from auditor.detectors.detector import Detector

DETAILED: Final = 20_000
"""Values of an entity in a table whose masks are kept one by one; of later ones, fingerprints and numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settled:
    """A form whose values the column is known to hold, and the judgement each of them gets."""

    hit: Hit = field(repr=False)
    form: Form = field(repr=False)
    score: float
    why: tuple[str, ...]
    kept: bool


class QuickColumns:
    """The fast path of one table, over all its batches."""

    def __init__(self, detector: Detector) -> None:
        self._detector = detector
        self._forms = detector.forms
        self._detailed: dict[str, int] = {}

    def take(
        self, table: Table, column: Column, cells: pa.StringArray
    ) -> tuple[list[MatchBlock], npt.NDArray[np.bool_]]:
        """The values of a column that are settled together; and which rows are left for the long way."""
        left = np.ones(len(cells), dtype=bool)
        blocks: list[MatchBlock] = []
        for settled in self._settled(column):
            rows = np.flatnonzero(left)
            if not len(rows):
                break
            found, normal = settled.form.match(cells if len(rows) == len(cells) else cells.take(rows))
            taken = rows[found]
            if not len(taken):
                continue
            normal = normal.filter(found)
            spec = settled.hit.recognizer.rule.column
            counted = spec is not None and spec.distinct > 0  # a cell of another form may still ask how varied they are
            column.count(settled.hit, len(taken), len(normal.unique()) if counted else 0)
            if settled.kept and column.noise(settled.hit):
                continue  # shaped alike, and mostly invalid: the long way says what becomes of each
            left[taken] = False
            if settled.kept:
                blocks.append(self._block(table, column, settled, taken, cells, normal))
        return blocks, left

    def _settled(self, column: Column) -> list[_Settled]:
        settled = []
        for hit, outcome in column.known_hits():
            decided = hit.status == "open"
            for form in self._forms_of(hit):
                name = form.pattern.name if form.pattern is not None else None
                if form.validity is hit.validity and name == (None if hit.by_name else hit.why[0]):
                    settled.append(
                        _Settled(
                            hit=hit,
                            form=form,
                            score=max(hit.score, 0.7) if decided else hit.score,
                            why=(*hit.why, "column") if decided else hit.why,
                            kept=outcome == "accepted",
                        )
                    )
        return settled

    def _forms_of(self, hit: Hit) -> tuple[Form, ...]:
        rule = hit.recognizer.rule.id
        if rule not in self._forms:
            self._forms[rule] = forms(hit.recognizer)
        return self._forms[rule]

    def _block(
        self, table: Table, column: Column, settled: _Settled, rows: npt.NDArray[np.intp], cells: pa.StringArray, normal: pa.StringArray
    ) -> MatchBlock:  # fmt: skip
        rule = settled.hit.recognizer.rule
        kept = self._detailed.get(rule.entity, 0)
        clear: Sequence[str] = cells.take(rows if kept < DETAILED else rows[:1]).to_pylist()
        masks = [mask(rule.mask, value.strip()) for value in clear]
        self._detailed[rule.entity] = kept + len(rows)
        return MatchBlock(
            entity=rule.entity,
            rows=rows.astype(np.int64) + table.first_row,
            fingerprints=self._detector.vault.fingerprints(rule.entity, normal),
            mask=masks[0],
            masks=masks if kept < DETAILED else (),
            score=settled.score,
            table=column.table_shown,
            column=column.shown,
            line=table.lines[rows[0]] if table.lines is not None else None,
            lines=[table.lines[row] for row in rows.tolist()] if table.lines is not None and kept < DETAILED else None,
            why=column.told(settled.why),
        )


def slices(table: Table, first: int) -> tuple[Table, ...]:
    """A table's first rows, and the rest of it."""
    rows = len(table.arrays[0]) if table.arrays else 0
    if rows <= first:
        return (table,)
    lines = table.lines
    return (
        replace(table, arrays=tuple(array.slice(0, first) for array in table.arrays), lines=lines and lines[:first]),
        replace(
            table,
            arrays=tuple(array.slice(first) for array in table.arrays),
            lines=lines and lines[first:],
            first_row=table.first_row + first,
        ),
    )
