"""What a store says of its runs. Bulk values stand beside the values with a row each, and what counts, counts both."""

from __future__ import annotations

import heapq
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from auditor.model.asset import Asset, Gap, GapCode, committed
from auditor.model.finding import DatedBy, EntityTally, Observation
from auditor.store.history import History
from auditor.store.records import StoredBulk, StoredFinding, StoredMatch, StoredRun, StoredValue

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from auditor.store.blocks import Blocks
    from auditor.store.keys import Keys

FLUSH_AT = 100_000
"""Distinct values of one asset held in memory before they are written: bounds memory at about 100 MB."""

PREFIX: Final = 8
"""Bytes of a fingerprint that are kept of a bulk value."""

_MATCH: Final = "SELECT a.id, a.target, a.path, a.version, m.entity, m.fingerprint, m.count, m.mask, m.place, m.line, m.score, m.why, m.protection"

_NOTHING: Final = (0, 0, 0, 0, "", "", None, 0.0, "", None)


class Reading(ABC):
    """The reading half of a store."""

    _db: sqlite3.Connection

    @abstractmethod
    def close_bulk(self) -> None:
        """Close all bulk values that are open."""

    def _blocks(self) -> Blocks:
        from auditor.store.blocks import Blocks

        return Blocks(self._db)

    @property
    def history(self) -> History:
        """Findings over all runs."""
        return History(self._db)

    def runs(self) -> list[StoredRun]:
        """Every run, the newest first."""
        rows = self._db.execute(
            "SELECT id, engagement, profile, started, finished, interrupted, key_id, ruleset_digest FROM run ORDER BY id DESC"
        )
        return [
            StoredRun(
                id=id,
                engagement=engagement,
                profile=profile,
                started=datetime.fromisoformat(started),
                finished=datetime.fromisoformat(finished) if finished else None,
                interrupted=bool(interrupted),
                key_id=key,
                ruleset_digest=digest,
            )
            for id, engagement, profile, started, finished, interrupted, key, digest in rows
        ]

    def observations(self, run: int, sensitivity: dict[str, str]) -> Iterator[Observation]:
        """Each asset with its tallies, in listing order. `sensitivity` gives each entity's class."""
        heads: dict[int, dict[str, StoredBulk]] = {}
        for head in self.bulk_heads(run):
            heads.setdefault(head.asset, {})[head.entity] = head
        for id, asset in self._assets(run):
            tallies = tuple(self._tallies(id, sensitivity, heads.get(id, {})))
            if tallies:
                yield replace(asset, tallies=tallies)

    def possible(self, run: int, sensitivity: dict[str, str]) -> Iterator[Observation]:
        """Each asset with the clear values whose shape alone speaks for them, of the entities that `sensitivity` names."""
        found: dict[int, list[EntityTally]] = {}
        query = (  # SQLite takes mask, place and why from the row of the least line (its documented bare-column rule)
            "SELECT m.asset, m.entity, sum(m.count), count(*), m.mask, m.place, m.line, m.score, m.why, min(ifnull(m.line, 1e8))"
            " FROM match m JOIN asset a ON a.id = m.asset WHERE a.run = ? AND m.entity = ? AND m.candidate AND m.protection = 'clear'"
            " GROUP BY m.asset ORDER BY m.asset"
        )
        for name in sorted(sensitivity):
            for id, entity, matches, distinct, mask, place, line, score, why, _ in self._db.execute(query, (run, name)):
                found.setdefault(id, []).append(
                    EntityTally(
                        entity=entity, sensitivity=sensitivity[entity], matches=matches, distinct=distinct, mask=mask, place=place,
                        line=line, score=score, why=tuple(why.split("; ")),
                    )
                )  # fmt: skip
        if found:
            yield from (replace(asset, tallies=tuple(found[id])) for id, asset in self._assets(run) if id in found)

    def _assets(self, run: int) -> Iterator[tuple[int, Observation]]:
        """Each asset that holds something, in listing order, without its tallies."""
        query = (
            "SELECT id, target, path, version, current, size, modified, mode, people, rows_from, rows_to, together"
            " FROM asset WHERE run = ? ORDER BY id"
        )
        for id, target, path, version, current, size, modified, mode, people, since, to, together in self._db.execute(
            query, (run,)
        ):
            asset = Asset(target=target, path=path, version=version)
            when = datetime.fromisoformat(modified) if modified else None
            source = _dated_by(asset)
            yield (
                id,
                Observation(
                    identity=asset.identity, target=target, path=path, tallies=(), people=people, modified=when,
                    modified_from=source if when else "", rows_from=datetime.fromisoformat(since) if since else None,
                    rows_to=datetime.fromisoformat(to) if to else None,
                    together=tuple(frozenset(group.split()) for group in together.split("|") if group),
                    mode=mode, size=size, version=version, current=bool(current),
                ),
            )  # fmt: skip

    def _tallies(self, asset: int, sensitivity: dict[str, str], bulk: dict[str, StoredBulk]) -> Iterator[EntityTally]:
        # min(ifnull(line…)) makes SQLite take mask, place and why from that very row (its documented bare-column rule).
        query = (
            "SELECT entity, sum(count), count(*), sum(count * (protection <> 'clear')),"
            " sum(count * (protection IN ('hashed', 'masked'))), mask, place, line, score, why, min((protection <> 'clear') * 1e9 + ifnull(line, 1e8)) FROM match WHERE asset = ? AND NOT candidate GROUP BY entity ORDER BY entity"
        )
        held = self._db.execute("SELECT entity, compared, matched FROM registered WHERE asset = ?", (asset,))
        registered = {entity: (compared, matched) for entity, compared, matched in held}
        rows = {row[0]: row[1:] for row in self._db.execute(query, (asset,))}
        for entity in sorted({*rows, *bulk}):
            matches, distinct, protected, hashed, *example, rank = rows.get(entity, _NOTHING)
            if head := bulk.get(entity):
                matches += head.occurrences
                distinct += head.distinct - self._also_in_bulk(head)
                if rank is None or (head.line if head.line is not None else 1e8) < rank:
                    example = [head.mask, head.place, head.line, head.score, head.why]
            mask, place, line, score, why = example
            yield EntityTally(
                entity=entity,
                sensitivity=sensitivity.get(entity, ""),
                matches=matches,
                distinct=distinct,
                protected=protected,
                hashed=hashed,
                compared=registered[entity][0] if entity in registered else None,
                matched=registered[entity][1] if entity in registered else None,
                mask=mask,
                place=place,
                line=line,
                score=score,
                why=tuple(why.split("; ")),
            )

    def _also_in_bulk(self, head: StoredBulk) -> int:
        """How many values of the asset have a row of their own besides."""
        query = "SELECT fingerprint FROM match WHERE asset = ? AND entity = ? AND NOT candidate ORDER BY fingerprint"
        cursor = self._db.execute(query, (head.asset, head.entity))
        number = 0
        while rows := cursor.fetchmany(FLUSH_AT):
            number += int(self.in_bulk(head, [fingerprint for (fingerprint,) in rows]).sum())
        return number

    def gaps(self, run: int) -> Iterator[Gap]:
        """What was not examined, by target and path."""
        query = "SELECT target, path, version, code, detail, size FROM gap WHERE run = ? ORDER BY target, path, version, rowid"
        for target, path, version, code, detail, size in self._db.execute(query, (run,)):
            yield Gap(target=target, path=path, version=version, code=GapCode(code), detail=detail, size=size)

    def matches(self, run: int) -> Iterator[StoredMatch]:
        """Every distinct value of every asset, in listing order, then by entity and fingerprint. Candidates left out.

        After an asset's values with a row each, its bulk values: one for each entity, with `fingerprint` None.
        """
        rows = self._db.execute(f"{_MATCH} FROM asset a JOIN match m ON m.asset = a.id WHERE a.run = ? AND NOT m.candidate ORDER BY a.id, m.entity, m.fingerprint", (run,))  # fmt: skip
        each = ((asset, 0, _stored_match(row)) for asset, *row in rows)
        bulk = ((head.asset, 1, match) for head, match in self._bulk_matches(run))
        for _, _, match in heapq.merge(each, bulk, key=lambda item: item[:2]):
            yield match

    def values(self, run: int, entities: Iterable[str], *, candidates: bool = False) -> Iterator[StoredValue]:
        """Every distinct clear value of some entities in a run that has a row of its own, by entity and fingerprint.

        `candidates` with those too. The others: `bulk_heads` and `bulk_keys`; a value may be among both.
        """
        query = (
            "SELECT m.entity, m.fingerprint, m.asset FROM asset a JOIN match m ON m.asset = a.id"
            " WHERE a.run = ? AND m.entity = ? AND m.protection = 'clear' AND m.candidate <= ? ORDER BY m.fingerprint, a.id"
        )
        for entity in sorted(entities):
            rows = self._db.execute(query, (run, entity, candidates))
            for (_, fingerprint), same in groupby(rows, key=lambda row: row[:2]):
                yield StoredValue(entity=entity, fingerprint=fingerprint, assets=tuple(asset for _, _, asset in same))

    def bulk_heads(self, run: int, entity: str | None = None) -> list[StoredBulk]:
        """The bulk values of a run (of one entity), by asset in listing order, then by entity."""
        self.close_bulk()
        return [head for head, _ in self._bulk_matches(run, entity)]

    def bulk_keys(self, head: StoredBulk) -> Iterator[Keys]:
        """The first 8 bytes of each value's fingerprint as a big-endian number: ascending arrays, each above the one before."""
        return self._blocks().keys(head)

    def bulk_union(self, heads: Iterable[StoredBulk]) -> Iterator[Keys]:
        """The same of several bulk values together, each key once."""
        from auditor.store.keys import merged

        return merged(map(self.bulk_keys, heads))

    def in_bulk(self, head: StoredBulk, fingerprints: Sequence[bytes]) -> npt.NDArray[np.bool_]:
        """Which of some fingerprints are among bulk values, by their first 8 bytes. Sorted ones are found fastest."""
        from auditor.store.keys import keys_in

        return self._blocks().contain(head, keys_in(fingerprints))

    def _bulk_matches(self, run: int, of: str | None = None) -> Iterator[tuple[StoredBulk, StoredMatch]]:
        self.close_bulk()
        query = (
            "SELECT a.target, a.path, a.version, h.id, h.asset, h.entity, h.occurrences, h.number, h.mask, h.place, h.line,"
            " h.score, h.why FROM bulk_head h CROSS JOIN asset a ON a.id = h.asset WHERE a.run = ?1"  # few heads, many assets
            " AND (?2 IS NULL OR h.entity = ?2) ORDER BY a.id, h.entity"
        )
        for row in self._db.execute(query, (run, of)):
            target, path, version, id, asset, entity, occurrences, number, mask, place, line, score, why = row
            yield (
                StoredBulk(
                    id=id, asset=asset, entity=entity, occurrences=occurrences, distinct=number, mask=mask, place=place,
                    line=line, score=score, why=why,
                ),
                StoredMatch(
                    target=target, path=path, version=version, entity=entity, fingerprint=None, count=occurrences,
                    distinct=number, mask=mask, place=place, line=line, score=score, why=why, protection="clear",
                ),
            )  # fmt: skip

    def find(self, run: int, entity: str, fingerprint: bytes, *, candidates: bool = False) -> list[StoredMatch]:
        """Every place of one value in a run; `candidates` with those where its shape alone speaks for it.

        The first 8 bytes of a fingerprint do too. Among bulk values a value's own place and count were not kept: then `place`
        says so and `count` is None, also where the value has a row of its own in that asset besides.
        """
        prefix, rest = fingerprint[:PREFIX], fingerprint[PREFIX:]
        rows = self._db.execute(
            f"{_MATCH} FROM match m JOIN asset a ON a.id = m.asset WHERE m.entity = ? AND m.fingerprint BETWEEN ? AND ?"
            " AND a.run = ? AND m.candidate <= ? ORDER BY a.id",
            (entity, prefix + (rest or b"\0" * PREFIX), prefix + (rest or b"\xff" * PREFIX), run, candidates),
        )
        found = {asset: _stored_match(row) for asset, *row in rows}
        for head, match in self._bulk_matches(run, entity):
            if self._blocks().holds(head, prefix):
                place = f"among {head.distinct:,} values, the first at {head.place}"
                among = replace(match, fingerprint=fingerprint, distinct=1, mask="", place=place, line=None)
                found[head.asset] = replace(found.get(head.asset, among), count=None)
        return [found[asset] for asset in sorted(found)]

    def findings_before(self, run: int, engagement: str, profile: str) -> dict[str, StoredFinding] | None:
        """The findings of the last finished run before this one, by fingerprint; None if there is no such run."""
        row = self._db.execute(
            "SELECT max(id) FROM run WHERE id < ? AND engagement = ? AND profile = ? AND finished IS NOT NULL",
            (run, engagement, profile),
        ).fetchone()
        if row[0] is None:
            return None
        query = "SELECT fingerprint, rule, target, path, matches, content FROM finding WHERE run = ?"
        return {
            fingerprint: StoredFinding(
                fingerprint=fingerprint, rule=rule, target=target, path=path, matches=matches, content=content
            )
            for fingerprint, rule, target, path, matches, content in self._db.execute(query, (row[0],))
        }


def _dated_by(asset: Asset) -> DatedBy:
    if asset.depth:
        return "commit" if committed(asset.path) else "archive member"
    return "object version" if asset.version else "file"


def _stored_match(row: Sequence[Any]) -> StoredMatch:
    target, path, version, entity, fingerprint, count, mask, place, line, score, why, protection = row
    return StoredMatch(
        target=target, path=path, version=version, entity=entity, fingerprint=fingerprint, count=count, mask=mask,
        place=place, line=line, score=score, why=why, protection=protection,
    )  # fmt: skip
