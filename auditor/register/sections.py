"""Sorts the records of one entity on disk: 55 million of them in well under 200 MB of memory.

Fingerprints are uniform, so their upper bits deal them out evenly to files, each small enough to be sorted in memory;
one after the other they are the whole in order. A value that very many customers share (a placeholder) would break the
evenness: it is folded into one record as soon as a batch shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from auditor.register.layout import KEPT, MANY, MOST_SHARING, SealedWriter, Section

_BATCH: Final = 1 << 19
_FILES: Final = 32
_SHIFT: Final = np.uint64(64 - _FILES.bit_length() + 1)
_RAW: Final = np.dtype([("hi", ">u8"), ("lo", ">u4")])
_RECORD: Final = np.dtype([("hi", "<u8"), ("lo", "<u4"), ("customer", "<u4")])
assert _RAW.itemsize == KEPT

Records = npt.NDArray[np.void]


class Sorter:
    """Takes the fingerprints of one entity in any order and writes them sorted. `folder` is a temporary one of its own."""

    def __init__(self, entity: str, *, identifies: bool, folder: Path) -> None:
        self.entity = entity
        self._identifies = identifies
        self._folder = folder
        self._held: list[Records] = []
        self._number = 0

    def add(self, fingerprints: npt.NDArray[np.uint8], customers: npt.NDArray[np.uint32]) -> None:
        """Values, (n, 16) bytes of which the first KEPT are used, and the customer of each. Customers come in ascending order."""
        raw = np.ascontiguousarray(fingerprints[:, :KEPT]).view(_RAW).reshape(-1)
        records = np.empty(len(raw), dtype=_RECORD)
        records["hi"], records["lo"], records["customer"] = raw["hi"], raw["lo"], customers
        self._held.append(records)
        self._number += len(records)
        if self._number >= _BATCH:
            self._deal()

    def _deal(self) -> None:
        if not self._number:
            return
        records = np.concatenate(self._held)
        self._held, self._number = [], 0
        records, _, _ = _folded(records)
        numbers = (records["hi"] >> _SHIFT).astype(np.intp)
        ends = np.searchsorted(numbers, np.arange(_FILES), side="right")
        start = 0
        for number, end in enumerate(ends):
            if end > start:
                with self._file(number).open("ab") as file:
                    file.write(records[start:end].tobytes())
            start = end

    def _file(self, number: int) -> Path:
        return self._folder / f"{number:02}"

    def _sorted(self) -> Iterator[tuple[Records, int, int]]:
        for number in range(_FILES):
            file = self._file(number)
            if file.exists():
                yield _folded(np.fromfile(file, dtype=_RECORD))
                file.unlink()

    def write(self, out: SealedWriter) -> Section:
        """Write the section: all upper halves, all lower halves, all customers, each an array a reader can map."""
        self._deal()
        offset = out.align()
        records = values = shared = 0
        with (
            (self._folder / "lower").open("w+b") as lower,
            (self._folder / "customers").open("w+b") as customers,
        ):
            for part, distinct, many in self._sorted():
                out.write(part["hi"].tobytes())
                lower.write(part["lo"].tobytes())
                customers.write(part["customer"].tobytes())
                records, values, shared = records + len(part), values + distinct, shared + many
            out.copy(lower)
            out.copy(customers)
        return Section(
            entity=self.entity, identifies=self._identifies, offset=offset, records=records, values=values, shared=shared
        )  # fmt: skip


def _folded(records: Records) -> tuple[Records, int, int]:
    """Sorted, each (value, customer) once, a value of too many customers as one record; its distinct and shared values."""
    records = records[np.lexsort((records["lo"], records["hi"]))]  # stable: customers stay in ascending order
    first = _first_of_value(records)
    again = np.zeros(len(records), dtype=bool)
    again[1:] = ~first[1:] & (records["customer"][1:] == records["customer"][:-1])
    records, first = records[~again], first[~again]
    starts = np.flatnonzero(first)
    sizes = np.diff(np.append(starts, len(records)))
    many = (sizes > MOST_SHARING) | (np.maximum.reduceat(records["customer"], starts) == MANY)
    if many.any():
        of_many = np.repeat(many, sizes)
        records["customer"][of_many] = MANY
        records = records[~of_many | first]
    return records, len(starts), int(many.sum())


def _first_of_value(records: Records) -> npt.NDArray[np.bool_]:
    first = np.ones(len(records), dtype=bool)
    first[1:] = (records["hi"][1:] != records["hi"][:-1]) | (records["lo"][1:] != records["lo"][:-1])
    return first
