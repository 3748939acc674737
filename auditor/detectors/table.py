"""Personal data in tables: every distinct value of every column, vectorised gates first, then what the columns say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from auditor.detectors.columns import ENOUGH, Column
from auditor.detectors.floats import whole_numbers
from auditor.detectors.folding import fold
from auditor.detectors.hit import Hit
from auditor.detectors.quick import QuickColumns, Together, slices
from auditor.detectors.resolve import PERSON_LIKE, Value
from auditor.detectors.scene import FileKind
from auditor.model.content import Table
from auditor.model.match import Match, MatchBlock, Place

if TYPE_CHECKING:
    from auditor.detectors.detector import Detector
    from auditor.detectors.recheck import Recheck

_FEW_ROWS: Final = 3
_SAMPLE: Final = 64
"""Distinct values by which a column shows its shapes; the others are tried against those first."""
_MANY: Final = 4 * _SAMPLE
"""Distinct values of a table's first rows of which those behind the sample are worth settling together."""


class TableDetection:
    """One table of an asset, over all its batches. Memory holds one batch and at most `ENOUGH` undecided rows a column."""

    def __init__(self, detector: Detector, file: FileKind, recheck: Recheck | None = None) -> None:
        self._detector = detector
        self._recheck = recheck
        self._drawn: dict[int, list[Hit]] = {}
        self._file = file
        self._columns: dict[str, Column] = {}
        self._rows = 0
        self._present: set[str] = set()
        self._held: list[Match] = []
        able = detector.quick and not file.labels and detector.foreign is None
        self._quick = QuickColumns(detector) if able else None
        self._mentioned = detector.index.mentioned(file.path.rsplit("/", 1)[-1].split(".", 1)[0])

    def table(self, table: Table) -> Iterator[Match | MatchBlock]:
        """The matches of one batch, but for those that wait for more rows."""
        for part in slices(table, ENOUGH) if self._quick is not None and self._rows < ENOUGH else (table,):
            yield from self._batch(part)

    def _batch(self, table: Table) -> Iterator[Match | MatchBlock]:
        batch: list[Match] = []
        confirmed: set[int] = set()
        later: list[tuple[Column, list[tuple[int, Hit, Value]]]] = []
        together: list[MatchBlock] = []
        letters = table.letters or ("",) * len(table.columns)
        drawn = self._recheck.cells(len(table.arrays[0]), len(table.arrays)) if self._recheck and table.arrays else {}
        for number, (name, letter, array) in enumerate(zip(table.columns, letters, table.arrays, strict=True)):
            if name not in self._columns:
                self._columns[name] = Column(
                    self._detector, self._file, name, table.header, table.name, letter, spoken=table.spoken
                )
            column = self._columns[name]
            array = whole_numbers(array)
            rows, cells, blocks = None, array, list[MatchBlock]()
            self._drawn = {row: [] for row in drawn.get(number, ())}
            if self._quick is not None:
                blocks, left = self._quick.take(table, column, array)
                for block in blocks:
                    self._present.add(block.entity)
                    if block.entity == "KR_DI":
                        confirmed.update((block.rows - table.first_row).tolist())
                yield from blocks
                if not left.all():
                    rows = np.flatnonzero(left)
                    array = array.take(pa.array(rows))
            undecided, early = self._column(table, column, array, rows, batch, confirmed)
            together += early
            if self._recheck is not None and self._drawn:
                self._draw(self._recheck, table, column, cells, [*blocks, *early])
            if undecided:
                later.append((column, undecided))
        self._rows += len(table.arrays[0]) if table.arrays else 0
        # What waits for its column's decision belongs to the records of rows that were met already: these wait for it.
        if later or any(column.open for column in self._columns.values()):
            batch.extend(block.match(at) for block in together for at in range(len(block)))
        else:
            yield from together
        for column, undecided in later:
            for row, hit, value in undecided:
                place, record = _place(table, column, row)
                rule = hit.recognizer.rule
                if row in confirmed and rule.entity == "KR_CI":
                    batch.append(value.match(place, record, why="DI in the record", score=max(value.score, 0.9)))
                    self._present.add(rule.entity)
                    continue
                match column.decided.get(rule.id):
                    case "accepted":
                        batch.append(value.match(place, record, why="column", score=max(value.score, 0.7)))
                    case "candidate":
                        batch.append(value.match(place, record, candidate=True))
                    case "dropped":
                        pass
                    case _:
                        column.keep_open(hit, place, record, value)
        if self._rows >= ENOUGH:
            batch.extend(self._decide())
        yield from self._hold(batch)

    @property
    def columns(self) -> Mapping[str, Column]:
        """The columns met so far, by name."""
        return self._columns

    @property
    def present(self) -> frozenset[str]:
        """The entities found so far: what open columns stand beside."""
        return frozenset(self._present)

    def finish(self) -> Iterator[Match]:
        """Decide what is still open."""
        yield from self._hold(list(self._decide()))
        yield from self._let_go()

    def _column(
        self, table: Table, column: Column, array: pa.StringArray, places: npt.NDArray[np.intp] | None, batch: list[Match],
        confirmed: set[int],
    ) -> tuple[list[tuple[int, Hit, Value]], list[MatchBlock]]:  # fmt: skip
        """Add a column's settled matches to the batch; give back what only the column or record can decide, and what of the
        first rows was settled together.

        `places` are the rows of the table that the cells stand in; None: all of them.
        """
        encoded = array.dictionary_encode()
        indices = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        values = encoded.dictionary.to_pylist()
        if not values:
            return [], []
        times = np.bincount(indices[indices >= 0], minlength=len(values))
        counts = times.tolist()
        column.filled += sum(
            count for value, count in zip(values, counts, strict=True) if value and not value.isspace()
        )
        settled: dict[int, list[Value]] = {}
        undecided: dict[int, list[tuple[Hit, Value]]] = {}
        noise: dict[tuple[str, bool, bool], bool] = {}
        close = self._detector.vault.close
        quick = self._quick if places is None and self._is_early(table, column, values) else None
        ask = None if quick is None else partial(quick.together, column, encoded.dictionary, times)
        own, groups = self._distinct(column, values, counts, ask)
        if self._drawn:
            judged = {index: [group.hit(values[index])] for group in groups for index in group.taken.tolist()}
            self._note_drawn(indices, places, dict(own) | judged)
        for index, hits in self._with_foreign(column, values, own):
            for hit in hits:
                kind = (hit.recognizer.rule.id, hit.by_name, hit.named)
                if kind not in noise:
                    noise[kind] = column.noise(hit)
                if noise[kind]:
                    continue
                value = close(hit, "")
                if value is None:
                    continue
                value.why = column.told(value.why)
                if hit.status == "open":
                    if hit.recognizer.rule.column is not None or hit.recognizer.rule.candidates:
                        undecided.setdefault(index, []).append((hit, value))
                else:
                    settled.setdefault(index, []).append(value)
                    self._present.add(value.entity)
        early: list[MatchBlock] = []
        for group in groups:
            if quick is not None and not column.noise(group.settled.hit):
                block = quick.block(table, column, encoded.dictionary, indices, group)
                early.append(block)
                self._present.add(block.entity)
                if block.entity == "KR_DI":
                    confirmed.update((block.rows - table.first_row).tolist())
        waiting: list[tuple[int, Hit, Value]] = []
        if settled or undecided:
            touched = np.zeros(len(values) + 1, dtype=bool)  # the last one stands for null (-1)
            touched[list(settled) + list(undecided)] = True
            rows = np.flatnonzero(touched[indices])
            numbers = rows if places is None else places[rows]
            for row, index in zip(numbers.tolist(), indices[rows].tolist(), strict=True):
                for hit, value in undecided.get(index, ()):
                    waiting.append((row, hit, value))
                ready = settled.get(index)
                if ready:
                    place, record = _place(table, column, row)
                    for value in ready:
                        batch.append(value.match(place, record))
                        if value.entity == "KR_DI":
                            confirmed.add(row)
        return waiting, early

    def _is_early(self, table: Table, column: Column, values: list[str]) -> bool:
        """Whether these are a column's first rows, and so many values that most of them can be settled together."""
        plain = column.table_shown == table.name and not table.part  # a block tells its place by these names alone
        return self._rows < ENOUGH and len(values) >= _MANY and plain

    def _note_drawn(
        self, indices: npt.NDArray[np.int32], places: npt.NDArray[np.intp] | None, hits: Mapping[int, list[Hit]]
    ) -> None:
        """Keep what is said of the cells to examine twice, before the column has its say."""
        for row in self._drawn:
            at = row if places is None else int(np.searchsorted(places, row))
            if places is None or (at < len(places) and places[at] == row):
                self._drawn[row] = [replace(hit) for hit in hits.get(int(indices[at]), ())]

    def _draw(
        self, recheck: Recheck, table: Table, column: Column, cells: pa.StringArray, blocks: Sequence[MatchBlock]
    ) -> None:
        """Have some of a column's cells examined a second time."""
        for row, hits in self._drawn.items():
            value: str | None = cells[row].as_py()
            if value is not None:
                settled = frozenset(block.entity for block in blocks if _holds(block, table.first_row + row))
                recheck.cell(value, column, *_place(table, column, row), hits, settled)

    def _distinct(
        self, column: Column, values: list[str], counts: list[int], together: Callable[[int], list[Together]] | None
    ) -> tuple[list[tuple[int, list[Hit]]], list[Together]]:
        """(index, hits) of the distinct values that have any; and those that `together` settles once some have shown their shapes."""
        found: list[tuple[int, list[Hit]]] = []
        groups: list[Together] = []
        for first, last in ((0, _SAMPLE), (_SAMPLE, len(values))):
            indexes: Sequence[int] = range(first, min(last, len(values)))
            if first and together is not None:
                groups = together(first)
                left = np.ones(len(values), dtype=bool)
                for group in groups:
                    left[group.taken] = False
                indexes = (first + np.flatnonzero(left[first:])).tolist()
            folded = [values[index] if values[index].isascii() else fold(values[index]) for index in indexes]
            rest = []
            for index, form in zip(indexes, folded, strict=True):
                hits = column.known(values[index], form, counts[index])
                if hits is None:
                    rest.append((index, form))
                elif hits:
                    found.append((index, hits))
            rules = self._detector.gates.rules_for_each([form for _, form in rest])
            for (index, form), concerned in zip(rest, rules, strict=True):
                value = values[index]
                if (concerned or column.every_value) and value and not value.isspace():
                    hits = column.hits(value, form, concerned, counts[index])
                    if hits:
                        found.append((index, hits))
            column.forget()
        # Below a page's end the header may stand again: it is no value.
        return [one for one in found if values[one[0]] != column.header], groups

    def _with_foreign(
        self, column: Column, values: list[str], found: list[tuple[int, list[Hit]]]
    ) -> list[tuple[int, list[Hit]]]:
        """The same with the hits of recognisers that a user brought, where the rules' own do not stand already."""
        foreign = self._detector.foreign
        if foreign is None:
            return found
        own = dict(found)
        for index, value in enumerate(values):
            if value and not value.isspace():
                hits = own.get(index, [])
                settled = [hit for hit in hits if hit.status != "open"]
                own[index] = hits + [
                    hit
                    for hit in foreign.cell(value, column.header, self._file)
                    if not any(hit.start < other.end and other.start < hit.end for other in settled)
                ]
        return [(index, hits) for index, hits in own.items() if hits]

    def _decide(self) -> Iterator[Match]:
        """Decide every open column; shapes with check digits first, as they are what others stand beside."""
        columns = list(self._columns.values())
        todo = [(rule, column) for column in columns for rule in column.open if rule not in column.decided]
        todo.sort(key=lambda item: (self._needs_siblings(item[0]), -item[1].valid_share(item[0])))
        plain = {self._detector.by_id[rule].rule.entity for rule, column in todo if column.vouches(rule)}
        for rule, column in todo:
            outcome = column.decide(rule, columns, self._present | plain, self._file_says)
            if outcome == "accepted" and "accepted" in column.decided.values():
                outcome = "dropped"  # a column is one thing: the reading that more of its cells confirm
            column.decided[rule] = outcome
            if outcome == "accepted":
                self._present.add(self._detector.by_id[rule].rule.entity)
            yield from column.release(rule, outcome)

    def _needs_siblings(self, rule: str) -> bool:
        spec = self._detector.by_id[rule].rule.column
        return spec is not None and bool(spec.siblings)

    def _file_says(self, rule: str) -> bool:
        return rule in self._mentioned

    def _hold(self, matches: list[Match]) -> Iterator[Match]:
        """Let matches out; in a table of very few rows, or of labels, those known by name alone wait for company."""
        if self._rows >= _FEW_ROWS and not self._file.labels:
            yield from matches
            if self._held:
                yield from self._let_go()
            return
        for match in matches:
            if not match.candidate and _by_name_alone(match):
                self._held.append(match)
            else:
                yield match

    def _let_go(self) -> Iterator[Match]:
        held, self._held = self._held, []
        for match in held:
            company = (self._present - {match.entity}) & PERSON_LIKE
            if company or (self._rows >= _FEW_ROWS and not self._file.labels):
                yield match
            else:
                yield Match(
                    entity=match.entity, fingerprint=match.fingerprint, mask=match.mask, score=min(match.score, 0.3), place=match.place,
                    record=match.record, why=(*match.why, "nothing personal beside it"), candidate=True, protection=match.protection,
                )  # fmt: skip


def _holds(block: MatchBlock, row: int) -> bool:
    at = int(np.searchsorted(block.rows, row))
    return at < len(block.rows) and int(block.rows[at]) == row


def _by_name_alone(match: Match) -> bool:
    """Whether only a field's name speaks for it."""
    return len(match.why) == 1 and match.why[0].startswith("field name") and match.protection == "clear"


def _place(table: Table, column: Column, row: int) -> tuple[Place, tuple[str, int]]:
    number = table.first_row + row
    line = table.lines[row] if table.lines is not None else None
    place = Place(table=column.table_shown, column=column.place, row=number, line=line, part=table.part)
    return place, (table.name, number)
