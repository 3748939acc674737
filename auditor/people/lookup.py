"""Whether a key is held, one at a time. Best asked in ascending order, as the store gives them."""

from __future__ import annotations

import numpy as np

from auditor.people.arrays import NONE, Keys
from auditor.people.tables import FENCE_BITS, Table


class Lookup:
    """Over a set of keys, sealed; keeps one range of it at hand."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._range = -1
        self._keys: Keys = NONE

    def holds(self, key: int) -> bool:
        """Whether the set has the key."""
        place = key >> (64 - FENCE_BITS)
        if place != self._range:
            self._range, self._keys = place, self._table.between(place, place + 1)[0]
        at = int(np.searchsorted(self._keys, np.uint64(key)))
        return at < len(self._keys) and int(self._keys[at]) == key
