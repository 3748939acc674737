"""Bulk values in SQLite: one head an asset and entity, and sorted blocks of keys that do not overlap."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from auditor.store.bulk import BulkValues
from auditor.store.keys import Keys, merged, rechunked
from auditor.store.records import StoredBulk
from auditor.store.transaction import whole

BLOCK_KEYS: Final = 1 << 14
"""Keys of a block: 128 KiB. A look-up reads one."""


class Blocks:
    """Reads and writes the two tables."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def keep(self, values: BulkValues) -> None:
        """Write what was collected, together with what was kept before for the same asset and entity: all or nothing."""
        example = values.example
        assert example is not None
        with whole(self._db):
            head = self._db.execute(
                "INSERT INTO bulk_head (asset, entity, occurrences, number, mask, place, line, score, why)"
                " VALUES (?,?,?,0,?,?,?,?,?) ON CONFLICT DO UPDATE SET occurrences = occurrences + excluded.occurrences,"
                " score = max(score, excluded.score) RETURNING id",
                (
                    values.asset, values.entity, values.occurrences, example.mask, str(example.place), example.place.line,
                    example.score, "; ".join(example.why),
                ),
            ).fetchone()[0]  # fmt: skip
            before = [row for (row,) in self._db.execute("SELECT id FROM bulk WHERE head = ? ORDER BY first", (head,))]
            keys = merged((values.sorted(), self._read(before))) if before else values.sorted()
            number = 0
            for block in rechunked(keys, BLOCK_KEYS):
                data = block.astype(">u8").tobytes()
                row = (head, data[:8], data[-8:], len(block), data)
                self._db.execute("INSERT INTO bulk (head, first, last, number, keys) VALUES (?,?,?,?,?)", row)
                number += len(block)
            self._db.executemany("DELETE FROM bulk WHERE id = ?", ((row,) for row in before))
            self._db.execute("UPDATE bulk_head SET number = ? WHERE id = ?", (number, head))

    def _read(self, rows: Iterable[int]) -> Iterator[Keys]:
        for row in rows:
            yield _keys(self._db.execute("SELECT keys FROM bulk WHERE id = ?", (row,)).fetchone()[0])

    def keys(self, head: StoredBulk) -> Iterator[Keys]:
        """All its keys: ascending, each once."""
        rows = self._db.execute("SELECT id FROM bulk WHERE head = ? ORDER BY first", (head.id,)).fetchall()
        return self._read(row for (row,) in rows)

    def contain(self, head: StoredBulk, keys: Keys) -> npt.NDArray[np.bool_]:
        """Which of some keys, in any order, are among the head's."""
        if not len(keys):
            return np.zeros(0, dtype=bool)
        index = self._db.execute("SELECT first, id FROM bulk WHERE head = ? ORDER BY first", (head.id,)).fetchall()
        firsts = _keys(b"".join(first for first, _ in index))
        order = np.argsort(keys)
        asked = keys[order]
        blocks = np.searchsorted(firsts, asked, side="right") - 1
        found = np.zeros(len(keys), dtype=bool)
        numbers, starts = np.unique(blocks, return_index=True)
        for number, start, end in zip(
            numbers.tolist(), starts.tolist(), [*starts[1:].tolist(), len(keys)], strict=True
        ):
            if number >= 0:
                (held,) = self._read((index[number][1],))
                places = np.minimum(np.searchsorted(held, asked[start:end]), len(held) - 1)
                found[order[start:end]] = held[places] == asked[start:end]
        return found

    def holds(self, head: StoredBulk, prefix: bytes) -> bool:
        """Whether a value is among the head's, by the first 8 bytes of its fingerprint: one search in a B-tree, one block read."""
        query = "SELECT last, keys FROM bulk WHERE head = ? AND first <= ? ORDER BY first DESC LIMIT 1"
        row = self._db.execute(query, (head.id, prefix)).fetchone()
        if row is None or row[0] < prefix:
            return False
        held, key = _keys(row[1]), int.from_bytes(prefix)
        return int(held[np.searchsorted(held, np.uint64(key))]) == key


def _keys(data: bytes) -> Keys:
    return np.frombuffer(data, dtype=">u8").astype(np.uint64)
