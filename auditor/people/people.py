"""The interface: collect records from any number of assets and workers, then count."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auditor.model.noun import noun

if TYPE_CHECKING:  # numpy takes a tenth of a second: only when there is something to count
    import numpy as np
    import numpy.typing as npt

    from auditor.people.estimate import Estimate, Range
    from auditor.people.lookup import Lookup
    from auditor.people.records import Facts
    from auditor.people.tally import Counted, Tally

MEMORY: Final = 256 << 20
"""Bytes held in memory by default."""
BYTES_EACH: Final = 16
"""Bytes of the temporary file that an identifier takes at each place (asset, or record beside another), about."""
_PENDING: Final = 1 << 15
"""Identifiers of single records that are kept until they are worked on together."""
_FEW: Final = 1 << 10
"""Records of a table's batch that wait as well: numpy takes a tenth of a millisecond for any number of them."""
_SIGN: Final = 1 << 63


@noun
class Identifier:
    """A value that may join records: its entity, its fingerprint, and whether it is strong."""

    entity: str
    fingerprint: bytes
    strong: bool


@noun
class Column:
    """An entity's values in some rows of a table.

    `keys`: of each value the first 8 bytes of its fingerprint as a big-endian number. `rows`: the number of each value's row,
    ascending; a number comes twice where a cell holds several values. Rows that share a number are one record.
    """

    entity: str
    strong: bool
    keys: npt.NDArray[np.uint64]
    rows: npt.NDArray[np.int64]


class People:
    """Collects records, then counts. `memory`: bytes that may be held; the rest goes to a temporary file in `folder`
    (by default TMPDIR), about 16 bytes for each place an identifier stands in, which holds parts of keyed fingerprints and nothing else.

    `exact`: places of identifiers kept at most, about: ten assets of the same people are ten times as many. Beyond them
    people are estimated (`estimate`), if the library for it is installed.

    Assets are numbers from 0 on. An entity must be strong everywhere or weak everywhere: ValueError otherwise.
    """

    def __init__(self, *, memory: int = MEMORY, folder: Path | None = None, exact: int | None = None) -> None:
        self._memory = memory
        self._exact = exact
        self._estimate: Estimate | None = None
        self._folder = folder
        self._made: Facts | None = None
        self._strength: dict[str, bool] = {}
        self._assets: set[int] = set()
        self._record_assets = array("Q")
        self._pending: dict[tuple[str, int], tuple[array[int], array[int]]] = {}
        self._left = _PENDING
        self._also = array("Q"), array("Q")
        self._tally: Tally | None = None
        self._counted: Counted | None = None
        self._lookup: Lookup | None = None

    def add(self, asset: int, record: Iterable[Identifier]) -> None:
        """One record of an asset. A record that holds two values of one entity is a list: it joins nobody."""
        self._changed(asset)
        number = len(self._record_assets)
        self._record_assets.append(asset)
        self._left -= 1
        for identifier in record:
            self._agree(identifier.entity, identifier.strong)
            pending = self._waiting(identifier.entity)
            pending[0].append(int.from_bytes(identifier.fingerprint[:8], "big"))
            pending[1].append(number)
            self._left -= 1
        if self._left < 0:
            self._facts()
            self._bound()

    def add_rows(self, asset: int, columns: Sequence[Column]) -> None:
        """Many records of an asset at once; a record may not be spread over two calls. ValueError for a column that is not
        as described, and then nothing is added."""
        from auditor.people.records import checked

        for column in columns:
            self._agree(column.entity, column.strong)
        parts = checked(columns)
        self._changed(asset)
        if not parts:
            return
        first = min(int(part.rows[0]) for part in parts)
        records = max(int(part.rows[-1]) for part in parts) + 1 - first
        if records > _FEW:
            self._facts().add(asset, parts)
            self._bound()
            return
        number = len(self._record_assets)  # a small file's: they are worked on together with others
        self._record_assets.extend([asset] * records)
        columns_of: Counter[str] = Counter()
        for part in parts:
            pending = self._waiting(part.entity, columns_of[part.entity])
            columns_of[part.entity] += 1
            pending[0].frombytes(part.keys.tobytes())
            pending[1].frombytes((part.rows - first + number).tobytes())
            self._left -= len(part.rows)
        self._left -= records
        if self._left < 0:
            self._facts()
            self._bound()

    def add_to_asset(self, asset: int, fingerprint: bytes) -> None:
        """Count an identifier met elsewhere in this asset too (a candidate that was confirmed); nothing if it never was met."""
        self._counted = None
        self._also[0].append(int.from_bytes(fingerprint[:8], "big"))
        self._also[1].append(asset)

    def merge(self, other: People) -> None:
        """Take over all that another worker collected, under the same asset numbers and key; the other is empty afterwards."""
        for entity, strong in other._strength.items():
            self._agree(entity, strong)
        self._changed(*other._assets)
        mine, theirs = self._facts(), other._facts()
        for table, more in zip(mine.tables, theirs.tables, strict=True):
            more.seal()
            for run in more.runs:
                table.take(run)
        mine.space.adopt(theirs.space)
        for held, added in zip(self._also, other._also, strict=True):
            held.extend(added)
        if other._estimate is not None:
            self._estimating().merge(other._estimate)
        other.__init__(memory=other._memory, folder=other._folder, exact=other._exact)  # type: ignore[misc]
        self._bound()

    def count(self) -> int:
        """Distinct people over everything added."""
        if estimated := self.estimated:
            return estimated.people
        return self._count().people if self._assets else 0

    @property
    def estimated(self) -> Range | None:
        """The estimate and its bounds, where identifiers were too many to count exactly."""
        if self._estimate is None:
            return None
        self._drain(self._estimate)
        return self._estimate.people()

    @property
    def range(self) -> tuple[int, int] | None:
        """The estimate's bounds at 95 %; None where the count is exact."""
        estimated = self.estimated
        return None if estimated is None else (estimated.low, estimated.high)

    @property
    def certain(self) -> bool:
        """Whether every person counted has a strong identifier; else the count is a bound from weak ones."""
        if self._estimate is not None:
            return False
        return self._count().certain if self._assets else True

    def count_by_asset(self) -> dict[int, int]:
        """Distinct people of each asset, joined by what all assets together tell."""
        if self._estimate is not None:
            self._drain(self._estimate)
            return dict.fromkeys(sorted(self._assets), 0) | self._estimate.count_by_asset()
        return dict.fromkeys(sorted(self._assets), 0) | self._count().places if self._assets else {}

    def node(self, fingerprint: bytes) -> int | None:
        """The number of an identifier, for `count_of`; None if it was never added. It stays the same whatever is added."""
        if not self._assets:
            return None
        tally = self._counting()
        if self._lookup is None:
            from auditor.people.lookup import Lookup

            self._lookup = Lookup(tally.nodes())
        key = int.from_bytes(fingerprint[:8], "big")
        return key - _SIGN if self._lookup.holds(key) else None  # signed, so that it fits an array("q")

    def count_of(self, *groups: Iterable[int]) -> tuple[int, ...]:
        """Distinct people who hold at least one identifier of a group, for each group of `node` numbers. ValueError for others."""
        members = array("Q"), array("Q")
        for place, group in enumerate(groups):
            before = len(members[0])
            members[0].extend(node + _SIGN for node in group)
            members[1].extend(array("Q", [place]) * (len(members[0]) - before))
        if not members[0]:
            return (0,) * len(groups)
        places = self._counting().count_of(_pairs(members)).places
        return tuple(places.get(place, 0) for place in range(len(groups)))

    def groups(self) -> Groups:
        """To count the people of other groups of identifiers than assets. Good until something is added. Where people are
        estimated, nobody is known by an identifier: groups count nobody.
        """
        return Groups(self._counting() if self._assets and self._estimate is None else None)

    def save(self, path: Path) -> None:
        """Write all that was collected to a new file, mode 0600, for another process to `load`. FileExistsError if it is there."""
        from auditor.people.exchange import write

        write(path, self._facts(), self._strength, self._assets, self._also)

    @classmethod
    def load(cls, path: Path, *, memory: int = MEMORY, folder: Path | None = None) -> People:
        """What `save` wrote, to count or to `merge`. The file may be deleted at once. InputError if it is damaged."""
        from auditor.people.exchange import read

        people = cls(memory=memory, folder=folder)
        people._strength, people._assets, people._also = read(path, people._facts())
        return people

    def close(self) -> None:
        """Delete temporary files now. They are deleted with the object, and with the process, as well."""
        self._changed()
        if self._made is not None:
            self._made.space.close()

    def _facts(self) -> Facts:
        """All that was added, with the records that waited."""
        from auditor.people.records import Facts, waiting
        from auditor.people.tables import Space

        if self._made is None:
            self._made = Facts(Space(self._memory, self._folder))
        if self._record_assets:
            columns = waiting(self._pending, self._strength)
            assets, self._record_assets = self._record_assets, array("Q")
            self._pending, self._left = {}, _PENDING
            self._made.add(_numbers(assets), columns)
        return self._made

    def _bound(self) -> None:
        """Beyond what may be kept, only sketches of it are."""
        if self._exact is None or self._made is None:
            return
        rows = sum(map(len, self._made.tables))
        if self._estimate is not None:
            from auditor.people.estimate import DRAIN

            if rows > DRAIN:
                self._drain(self._estimate)
        elif rows > self._exact:
            from auditor.people.estimate import available

            if available():
                self._drain(self._estimating())
            else:
                self._exact = None  # exactly then, as far as the disk goes

    def _estimating(self) -> Estimate:
        from auditor.people.estimate import Estimate

        if self._estimate is None:
            self._estimate = Estimate()
        return self._estimate

    def _drain(self, estimate: Estimate) -> None:
        facts = self._facts()
        estimate.take(facts)
        facts.space.close()
        self._made = None
        if self._also[0]:
            estimate.add_to_assets(*_pairs(self._also))
            self._also = array("Q"), array("Q")

    def _waiting(self, entity: str, column: int = 0) -> tuple[array[int], array[int]]:
        """Keys and record numbers of what has not been worked on. Two columns of an entity are two: their numbers ascend."""
        waiting = self._pending.get((entity, column))
        if waiting is None:
            waiting = self._pending[entity, column] = (array("Q"), array("q"))
        return waiting

    def _agree(self, entity: str, strong: bool) -> None:
        if self._strength.setdefault(entity, strong) is not strong:
            raise ValueError(f"{entity} cannot be both strong and weak")

    def _changed(self, *assets: int) -> None:
        self._assets.update(assets)
        self._counted = self._lookup = None
        if self._tally is not None:
            self._tally.close()
            self._tally = None

    def _counting(self) -> Tally:
        if self._tally is None:
            from auditor.people.tally import Tally

            self._tally = Tally(self._facts())
        return self._tally

    def _count(self) -> Counted:
        if self._counted is None:
            self._counted = self._counting().count(_pairs(self._also))
        return self._counted


class Groups:
    """Groups of keys (the first 8 bytes of fingerprints); keys that were never added count nobody."""

    def __init__(self, tally: Tally | None) -> None:
        self._tally = tally
        self._members = tally.members() if tally else None

    def add(self, group: int, keys: npt.NDArray[np.uint64]) -> None:
        """Put keys into a group, in any order, as often as wanted."""
        if self._members is not None:
            self._members.append(keys, group)

    def count(self) -> dict[int, int]:
        """Distinct people who hold at least one identifier of each group that has any."""
        return self._tally.count_in(self._members).places if self._tally and self._members else {}


def _numbers(column: array[int]) -> npt.NDArray[np.uint64]:
    import numpy as np

    return np.frombuffer(column, np.uint64) if column else np.empty(0, np.uint64)


def _pairs(columns: tuple[array[int], array[int]]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    return _numbers(columns[0]), _numbers(columns[1])
