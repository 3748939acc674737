"""The matches of one asset on their way into the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from auditor.beside import Beside
from auditor.ledger import Described
from auditor.model.asset import Asset
from auditor.model.match import Match, MatchBlock
from auditor.people import Column, Identifier

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from auditor.detectors.dates import RowDates
    from auditor.ledger import Ledger
    from auditor.register.reader import Register

FLUSH_AT: Final = 20_000
"""Distinct values held before they go on."""
_WAITING_RECORDS: Final = 20_000
"""Records that wait for columns still undecided: some 10 MB."""
_AT_ONCE: Final = 1 << 17
"""Values in blocks after which the ledger hands on what it holds: some 5 MB."""


class Finds:
    """The matches of one asset on their way into the ledger: one entry a distinct value, long tables' values in bulk."""

    def __init__(self, ledger: Ledger, asset: Asset, joins: Mapping[str, str], register: Register | None) -> None:
        self._ledger = ledger
        self._asset = asset
        self._joins = joins
        self._register = register
        self._row: int | None = None
        self._values: dict[tuple[str, bytes], list[Match | int]] = {}
        self._records: dict[tuple[str, int], list[Identifier]] = defaultdict(list)
        self._blocks: dict[str, list[Column]] = defaultdict(list)
        self._run: npt.NDArray[np.int64] | None = None
        self._bulk: set[str] = set()
        self._waiting = 0
        self._beside = Beside()

    def add(self, match: Match) -> None:
        """Keep a match; the first place of a value is kept, its highest score, and how often it stands there."""
        if match.candidate and self._register is not None and self._register.holds(match.entity, match.fingerprint):
            # Step 7 of the CI decision order: nothing but a customer's own CI has the fingerprint of one.
            match = replace(match, candidate=False, score=max(match.score, 0.99), why=(*match.why, "in the register"))
        self._count(match, 1)
        self._beside.add(match)
        strength = self._joins.get(match.entity, "none")
        if strength != "none" and not match.candidate and match.protection == "clear":
            identifier = Identifier(entity=match.entity, fingerprint=match.fingerprint, strong=strength == "strong")
            self._records[match.record].append(identifier)

    def add_block(self, block: MatchBlock) -> None:
        """Keep the values of a column of a long table: each of them as long as they are few, else all in bulk."""
        import numpy as np

        from auditor.store.keys import keys_of

        self._beside.add_block(block)
        keys = keys_of(block.fingerprints)
        if block.masks:
            _, first, counts = np.unique(keys, return_index=True, return_counts=True)
            for at, count in zip(first.tolist(), counts.tolist(), strict=True):
                self._count(block.match(at), count)
        else:
            self._bulk.add(block.entity)
            self._ledger.add_block(self._number(), keys, block.match())
            self._waiting += len(block)
        strength = self._joins.get(block.entity, "none")
        if strength != "none":
            column = Column(entity=block.entity, strong=strength == "strong", keys=keys, rows=self._same(block.rows))
            self._blocks[block.table].append(column)

    def _same(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The rows, as the object that stood for the same ones before: what is sent twice is then sent once."""
        held = self._run
        if held is None or len(held) != len(rows) or held[0] != rows[0] or (held != rows).any():
            self._run = rows
            return rows
        return held

    def _count(self, match: Match, times: int) -> None:
        key = (match.entity, match.fingerprint)
        held = self._values.get(key)
        if held is None:
            self._values[key] = [match, times]
            if len(self._values) >= FLUSH_AT:
                self.flush()
        else:
            first = held[0]
            assert isinstance(first, Match)
            if (not match.candidate, match.score) > (not first.candidate, first.score):
                held[0] = replace(match, place=first.place)
            held[1] += times  # type: ignore[operator]

    def content_ends(self) -> None:
        """All matches of a batch have arrived. Records wait as long as they are few: a column may be decided with the last row,
        and its values belong to the records that stand here already.
        """
        if self._blocks or len(self._records) > _WAITING_RECORDS:
            self.close_records()
        if self._waiting > _AT_ONCE:
            self._ledger.flush()
            self._waiting = 0

    def close_records(self) -> None:
        """All matches of the records met so far have arrived: join what stands in one record."""
        if not self._records and not self._blocks:
            return
        row = self._number()
        for table, blocks in self._blocks.items():
            self._ledger.add_rows(row, [*blocks, *self._columns_beside(table)])
        self._blocks.clear()
        for record in self._records.values():
            self._ledger.add_record(row, record)
        self._records.clear()

    def _columns_beside(self, table: str) -> Iterator[Column]:
        """What was found value by value in the rows of a table whose other values came in blocks."""
        import numpy as np

        from auditor.store.keys import keys_in

        own = [record for record in self._records if record[0] == table]
        cells: dict[tuple[str, bool], list[tuple[int, bytes]]] = defaultdict(list)
        for record in sorted(own):
            for identifier in self._records.pop(record):
                cells[identifier.entity, identifier.strong].append((record[1], identifier.fingerprint))
        for (entity, strong), found in cells.items():
            rows = np.array([row for row, _ in found], dtype=np.int64)
            yield Column(entity=entity, strong=strong, keys=keys_in([value for _, value in found]), rows=rows)

    def flush(self) -> None:
        """Hand on what is held."""
        if self._values:
            self._ledger.add_matches(self._number(), ((m, n) for m, n in self._values.values()))  # type: ignore[misc]
            self._values.clear()

    def finish(self, dates: RowDates | None = None) -> None:
        """Hand on everything: no more matches of this asset will come. `dates` are those of its tables' rows."""
        self.close_records()
        self.flush()
        for entity in sorted(self._bulk):
            self._ledger.close_blocks(self._number(), entity)
        if self._row is not None:
            span = dates.span(self._beside.tables, self._beside.births) if dates else None
            together = self._beside.groups()
            if span is not None or together:
                earliest, latest = (span.earliest, span.latest) if span else (None, None)
                self._ledger.note(Described(self._row, earliest, latest, together))

    def _number(self) -> int:
        if self._row is None:
            self._row = self._ledger.holds(self._asset)
        return self._row
