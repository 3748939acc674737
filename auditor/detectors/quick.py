"""The fast path through a long table: whole columns at a time, once a column's first rows have shown what it holds.

The first rows of every column go the long way, value by value (table.py). They tell which rule's values these are, and with what
score and reason. From then on, cells that surely have that rule's form (vector/) are settled together; all others still go
the long way, so that nothing is lost: a column's class chooses the path, never what is looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from auditor.detectors.columns import ENOUGH
from auditor.detectors.hit import Hit
from auditor.detectors.vector import Form, forms
from auditor.detectors.vector.numbers import Numbers
from auditor.masking import mask
from auditor.model.content import Table
from auditor.model.match import MatchBlock
from auditor.model.noun import noun

if TYPE_CHECKING:
    import pyarrow as pa

    from auditor.detectors.columns import Column
    from auditor.detectors.detector import Detector

DETAILED: Final = 20_000
"""Values of an entity in a table whose masks are kept one by one; of a batch that goes beyond, and of later ones, fingerprints and
numbers. A longer table's values are told by their numbers anyway, and each one kept costs more than a thousand that are counted.
"""

_GLANCE: Final = 1000
_DIFFERENT: Final = 0.9
"""Of so many cells, the part that may differ where a batch is worth sorting into its distinct values first: names, roads, days."""

WORTHWHILE = 3_000
"""Values of a rule in short tables after which its forms are made: each takes the time of so many."""

Codes = npt.NDArray[np.int32]


@noun
class _Settled:
    """A form whose values the column is known to hold, and the judgement each of them gets."""

    hit: Hit = field(repr=False)
    form: Form = field(repr=False)
    score: float
    why: tuple[str, ...]
    kept: bool


@noun
class Together:
    """Distinct values of a column, by their places, that are one thing; `normal` are their normal forms."""

    settled: _Settled
    taken: npt.NDArray[np.intp]
    normal: pa.StringArray = field(repr=False)

    def hit(self, value: str) -> Hit:
        """What the long way would say of one of the values."""
        whole = value.strip()
        return replace(self.settled.hit, start=0, end=len(whole), value=whole)


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
        blocks: list[MatchBlock] = []
        all_settled = self._settled(column)
        cells, codes = _by_value(cells) if all_settled else (cells, None)
        times = None if codes is None else np.bincount(codes[codes >= 0], minlength=len(cells))
        left = np.ones(len(cells), dtype=bool)
        for settled in all_settled:
            rest = np.flatnonzero(left)
            if not len(rest):
                break
            found, normal = settled.form.match(cells if len(rest) == len(cells) else cells.take(rest))
            taken = rest[found]
            if not len(taken):
                continue
            normal = normal if found.all() else normal.filter(found)
            spec = settled.hit.recognizer.rule.column
            counted = spec is not None and spec.distinct > 0  # a cell of another form may still ask how varied they are
            rows = len(taken) if times is None else int(times[taken].sum())
            column.filled += rows
            column.count(settled.hit, rows, _distinct(normal) if counted else 0)
            if settled.kept and column.noise(settled.hit):
                continue  # shaped alike, and mostly invalid: the long way says what becomes of each
            left[taken] = False
            if settled.kept:
                blocks.append(self._block(table, column, settled, _Taken(cells, codes, taken), normal))
        if codes is not None:
            return blocks, np.append(left, True)[codes]  # -1 is a null, which nothing settles
        return blocks, self._but_silent(column, cells, left)

    def together(
        self, column: Column, values: pa.StringArray, counts: npt.NDArray[np.int64], first: int
    ) -> list[Together]:
        """Of a column's distinct values from the `first` on: those that are surely what the ones before them were.

        `counts[i]` is in how many rows a value stands. For the first rows of a table: they are counted, and settled if the column
        does not turn out to be noise.
        """
        left = np.ones(len(values), dtype=bool)
        left[:first] = False
        found: list[Together] = []
        detailed = Counter(self._detailed)
        for settled in self._settled(column, early=len(values) - first):
            rest = np.flatnonzero(left)
            if not len(rest):
                break
            told, normal = settled.form.match(values.take(rest))
            taken = rest[told]
            rows = int(counts[taken].sum())
            entity = settled.hit.recognizer.rule.entity
            if not rows or detailed[entity] + rows > DETAILED:
                continue  # a block without its masks could not be given out one by one
            detailed[entity] += rows
            left[taken] = False
            column.count(settled.hit, rows, len(taken))
            column.note_begins(settled.hit, values.take(taken).to_pylist())
            found.append(Together(settled=settled, taken=taken, normal=normal.filter(told)))
        return found

    def block(
        self, table: Table, column: Column, values: pa.StringArray, codes: Codes, together: Together
    ) -> MatchBlock:
        """The matches of values that were settled together; a row's code is its value's place, -1 for null."""
        return self._block(table, column, together.settled, _Taken(values, codes, together.taken), together.normal)

    def _but_silent(self, column: Column, cells: pa.StringArray, left: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """The rows that are left, without those whose numbers are nobody's: most of a column of running numbers."""
        rows = np.flatnonzero(left)
        if column.filled < ENOUGH or len(rows) < _GLANCE:
            return left
        silent = self._numbers.silent(cells if len(rows) == len(cells) else cells.take(rows), column.concerned())
        column.filled += int(np.count_nonzero(silent))
        left[rows[silent]] = False
        return left

    @cached_property
    def _numbers(self) -> Numbers:
        return Numbers(self._detector.recognizers)

    def _settled(self, column: Column, early: int = 0) -> list[_Settled]:
        """`early`: how many values there are, before enough rows of the column were seen."""
        settled = []
        for hit, outcome in column.known_hits(early=early > 0):
            if early and not self._worthwhile(hit, early):
                continue
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

    def _worthwhile(self, hit: Hit, values: int) -> bool:
        """Whether a rule's forms are made, or so many of its values were met that making them is the lesser work."""
        rule = hit.recognizer.rule.id
        self._detector.waiting[rule] += values
        return rule in self._forms or self._detector.waiting[rule] >= WORTHWHILE

    def _forms_of(self, hit: Hit) -> tuple[Form, ...]:
        rule = hit.recognizer.rule.id
        if rule not in self._forms:
            self._forms[rule] = forms(hit.recognizer)
        return self._forms[rule]

    def _block(
        self, table: Table, column: Column, settled: _Settled, taken: _Taken, normal: pa.StringArray
    ) -> MatchBlock:
        rule = settled.hit.recognizer.rule
        rows, which = taken.rows()
        prints = self._detector.vault.fingerprints(rule.entity, normal)
        kept = self._detailed.get(rule.entity, 0)
        each = kept + len(rows) <= DETAILED
        masks = [mask(rule.mask, value.strip()) for value in taken.clear(None if each else which[:1])]
        self._detailed[rule.entity] = kept + len(rows)
        if taken.codes is not None:
            prints = prints[which]
            masks = [masks[value] for value in which.tolist()] if each else masks
        lines = table.lines
        return MatchBlock(
            entity=rule.entity,
            rows=rows.astype(np.int64) + table.first_row,
            fingerprints=prints,
            mask=masks[0],
            masks=masks if each else (),
            score=settled.score,
            table=column.table_shown,
            column=column.place,
            line=lines[rows[0]] if lines is not None else None,
            lines=[lines[row] for row in rows.tolist()] if lines is not None and each else None,
            why=column.told(settled.why),
        )


class _Taken:
    """Cells of a column that are settled together. With `codes`, `cells` are its distinct values, and a row's code is its value's place."""

    def __init__(self, cells: pa.StringArray, codes: Codes | None, taken: npt.NDArray[np.intp]) -> None:
        self.codes = codes
        self._cells = cells
        self._taken = taken

    def rows(self) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """(the rows of the table's batch, for each of them which of the taken cells it holds)."""
        if self.codes is None:
            return self._taken, np.arange(len(self._taken))
        place = np.full(len(self._cells) + 1, -1, np.intp)
        place[self._taken] = np.arange(len(self._taken))
        which = place[self.codes]
        rows = np.flatnonzero(which >= 0)
        return rows, which[rows]

    def clear(self, some: npt.NDArray[np.intp] | None) -> Sequence[str]:
        """Some of the taken cells, or all, in clear."""
        cells: list[str] = self._cells.take(self._taken if some is None else self._taken[some]).to_pylist()
        return cells


def _by_value(cells: pa.StringArray) -> tuple[pa.StringArray, Codes | None]:
    """(a column's distinct values, the place of each cell's among them, -1 for null) where values repeat much; else (cells, None)."""
    if len(cells) < 4 * _GLANCE or len(cells.slice(len(cells) // 2, _GLANCE).unique()) > _DIFFERENT * _GLANCE:
        return cells, None
    encoded = cells.dictionary_encode()
    if len(encoded.dictionary) * 2 > len(cells):
        return cells, None
    return encoded.dictionary, encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)


def _distinct(values: pa.StringArray) -> int:
    """About how many different ones there are: as varied as so many in their middle."""
    middle = values.slice(max(len(values) - _GLANCE, 0) // 2, _GLANCE)
    return len(middle.unique()) * len(values) // max(len(middle), 1)


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
