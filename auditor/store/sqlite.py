"""SQLite store: WAL, one writer, rows in listing order (measured in facts/sources.md "State")."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any, Self

from auditor.errors import InputError, Problem
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.finding import EntityTally, Finding, Observation
from auditor.model.match import Match
from auditor.model.rule import Protection

FORMAT = 1
"""`PRAGMA user_version` of the files this code writes."""

FLUSH_AT = 100_000
"""Distinct values of one asset held in memory before they are written: bounds memory at about 100 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMatch:
    """One distinct value in one asset; a line of `--matches`."""

    target: str
    path: str
    version: str | None
    entity: str
    fingerprint: bytes
    count: int
    mask: str
    place: str
    line: int | None
    score: float
    why: str
    protection: Protection


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredValue:
    """One distinct value of a run, and the row ids of the assets it stands in."""

    entity: str
    fingerprint: bytes
    assets: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRun:
    """The head of a run."""

    id: int
    engagement: str
    profile: str
    started: datetime
    finished: datetime | None
    interrupted: bool
    key_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFinding:
    """A finding of an earlier run: enough to compare with and to list it as gone."""

    fingerprint: str
    rule: str
    target: str
    path: str
    matches: int
    content: str


class Store:
    """One file of runs. `path` None keeps it in memory (`auditor gate` without --output)."""

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        self._path = path
        self._lock: int | None = None
        if path is None:
            self._db = sqlite3.connect(":memory:", isolation_level=None)
        elif read_only:
            if not path.is_file():
                raise InputError(
                    Problem(
                        file=str(path),
                        cause="there is no such store",
                        cure="give a run's output folder or its audit.sqlite",
                    )
                )
            self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
        else:
            try:
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._take_lock(path)
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            except OSError as error:
                cause = f"the output folder cannot be made or written: {error.strerror}"
                raise InputError(Problem(file=str(path.parent), cause=cause, cure="name another --output")) from None
            self._db = sqlite3.connect(path, isolation_level=None)
        try:
            self._check_format(read_only)
        except sqlite3.DatabaseError as error:
            self.close()
            raise InputError(
                Problem(
                    file=str(path),
                    cause=f"this is not an audit store, or it is damaged: {error}",
                    cure="name another --output",
                )
            ) from None

    def _check_format(self, read_only: bool) -> None:
        found = self._db.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, FORMAT) or (read_only and found == 0):
            raise sqlite3.DatabaseError(f"store format {found}, this version reads {FORMAT}")
        if not read_only:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(files("auditor.store").joinpath("schema.sql").read_text("utf-8"))
            self._db.execute(f"PRAGMA user_version = {FORMAT}")

    def _take_lock(self, path: Path) -> None:
        """One writer a store. The lock goes with the process, so a killed audit leaves none behind."""
        self._lock = os.open(path.with_name(path.name + ".lock"), os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            self._lock = None
            raise InputError(
                Problem(
                    file=str(path),
                    cause="another audit is writing to this store",
                    cure="wait for it, or name another --output",
                )
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and give the lock back; may be called twice."""
        self._db.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    # Writing, in the order of a run.

    def begin(
        self, *, engagement: str, profile: str, started: datetime, key_id: str, tool_version: str, ruleset_digest: str
    ) -> int:
        """Start a run; its id. All its rows are one transaction an asset, so that a kill loses at most one asset."""
        cursor = self._db.execute(
            "INSERT INTO run (engagement, profile, started, key_id, tool_version, ruleset_digest) VALUES (?,?,?,?,?,?)",
            (engagement, profile, started.isoformat(), key_id, tool_version, ruleset_digest),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def add_asset(self, run: int, asset: Asset) -> int:
        """Note an asset that holds something; its row id."""
        modified = asset.modified.astimezone(UTC).isoformat() if asset.modified else None
        cursor = self._db.execute(
            "INSERT INTO asset (run, target, path, version, current, size, modified, mode) VALUES (?,?,?,?,?,?,?,?)",
            (run, asset.target, asset.path, asset.version, asset.current, asset.size, modified, asset.mode),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def add_matches(self, asset: int, matches: Iterable[tuple[Match, int]]) -> None:
        """Add distinct values with their counts; a value that stands there already gets its counts added."""
        self._db.execute("BEGIN")
        self._db.executemany(
            "INSERT INTO match VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET count = count + excluded.count,"
            " score = max(score, excluded.score), candidate = min(candidate, excluded.candidate),"
            " protection = min(protection, excluded.protection)",
            (
                (
                    asset, m.entity, m.fingerprint, count, m.mask, str(m.place), m.place.line, m.score,
                    "; ".join(m.why), m.protection, m.candidate,
                )
                for m, count in matches
            ),
        )  # fmt: skip
        self._db.execute("COMMIT")

    def add_gap(self, run: int, gap: Gap) -> None:
        """Note what was not examined."""
        self._db.execute(
            "INSERT INTO gap VALUES (?,?,?,?,?,?,?)",
            (run, gap.target, gap.path, gap.version, gap.code, gap.detail, gap.size),
        )

    def promote(self, run: int) -> list[tuple[int, bytes]]:
        """Confirm each candidate whose value is confirmed in another asset of the run: (asset, fingerprint) of each.

        Step 6 of the CI decision order: salts and lock-file hashes do not stand in a second place under a CI's name.
        """
        rows = self._db.execute(
            "SELECT c.asset, c.entity, c.fingerprint FROM match c JOIN asset a ON a.id = c.asset AND a.run = ?1"
            " WHERE c.candidate AND EXISTS (SELECT 1 FROM match m JOIN asset b ON b.id = m.asset AND b.run = ?1"
            "  WHERE m.entity = c.entity AND m.fingerprint = c.fingerprint AND NOT m.candidate)",
            (run,),
        ).fetchall()
        self._db.execute("BEGIN")
        self._db.executemany(
            "UPDATE match SET candidate = 0, score = max(score, 0.9), why = why || '; same value confirmed elsewhere'"
            " WHERE asset = ? AND entity = ? AND fingerprint = ?",
            rows,
        )
        self._db.execute("COMMIT")
        return [(asset, fingerprint) for asset, _, fingerprint in rows]

    def set_people(self, counts: Iterable[tuple[int, int]]) -> None:
        """(asset row id, distinct people) of each asset."""
        self._db.execute("BEGIN")
        self._db.executemany("UPDATE asset SET people = ? WHERE id = ?", ((people, asset) for asset, people in counts))
        self._db.execute("COMMIT")

    def set_registered(self, run: int, counts: Iterable[tuple[int, str, int, int]]) -> None:
        """(asset row id, entity, values compared with the register, values in it), replacing what a run had."""
        self._db.execute("BEGIN")
        self._db.execute("DELETE FROM registered WHERE asset IN (SELECT id FROM asset WHERE run = ?)", (run,))
        self._db.executemany("INSERT INTO registered VALUES (?,?,?,?)", counts)
        self._db.execute("COMMIT")

    def save_findings(self, run: int, findings: Iterable[tuple[Finding, str]]) -> None:
        """Keep the run's findings, each with its JSON, for the next run to be held against."""
        self._db.execute("BEGIN")
        self._db.executemany(
            "INSERT INTO finding VALUES (?,?,?,?,?,?,?)",
            (
                (run, f.fingerprint, f.rule, f.verdict.target, f.verdict.path, f.verdict.matches, content)
                for f, content in findings
            ),
        )
        self._db.execute("COMMIT")

    def finish(self, run: int, *, finished: datetime, interrupted: bool, people: int) -> None:
        """End a run. Only finished runs are compared with."""
        self._db.execute(
            "UPDATE run SET finished = ?, interrupted = ?, people = ? WHERE id = ?",
            (finished.isoformat(), interrupted, people, run),
        )

    # Reading.

    def runs(self) -> list[StoredRun]:
        """Every run, the newest first."""
        rows = self._db.execute(
            "SELECT id, engagement, profile, started, finished, interrupted, key_id FROM run ORDER BY id DESC"
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
            )
            for id, engagement, profile, started, finished, interrupted, key in rows
        ]

    def observations(self, run: int, sensitivity: dict[str, str]) -> Iterator[Observation]:
        """Each asset with its tallies, in listing order. `sensitivity` gives each entity's class."""
        query = "SELECT id, target, path, version, current, size, modified, mode, people FROM asset WHERE run = ? ORDER BY id"
        for id, target, path, version, current, size, modified, mode, people in self._db.execute(query, (run,)):
            tallies = tuple(self._tallies(id, sensitivity))
            if not tallies:
                continue
            asset = Asset(target=target, path=path, version=version)
            when = datetime.fromisoformat(modified) if modified else None
            source = "archive member" if asset.depth else "object version" if version else "file"
            yield Observation(
                identity=asset.identity,
                target=target,
                path=path,
                tallies=tallies,
                people=people,
                modified=when,
                modified_from=source if when else "",  # type: ignore[arg-type]
                mode=mode,
                size=size,
                version=version,
                current=bool(current),
            )

    def _tallies(self, asset: int, sensitivity: dict[str, str]) -> Iterator[EntityTally]:
        # min(ifnull(line…)) makes SQLite take mask, place and why from that very row (its documented bare-column rule).
        query = (
            "SELECT entity, sum(count), count(*), sum(count * (protection <> 'clear')), sum(count * (protection = 'hashed')), mask, place, line, score,"
            " why, min((protection <> 'clear') * 1e9 + ifnull(line, 1e8)) FROM match WHERE asset = ? AND NOT candidate GROUP BY entity ORDER BY entity"
        )
        held = self._db.execute("SELECT entity, compared, matched FROM registered WHERE asset = ?", (asset,))
        registered = {entity: (compared, matched) for entity, compared, matched in held}
        for entity, matches, distinct, protected, hashed, mask, place, line, score, why, _ in self._db.execute(
            query, (asset,)
        ):
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

    def gaps(self, run: int) -> Iterator[Gap]:
        """What was not examined, in the order it was met."""
        query = "SELECT target, path, version, code, detail, size FROM gap WHERE run = ? ORDER BY rowid"
        for target, path, version, code, detail, size in self._db.execute(query, (run,)):
            yield Gap(target=target, path=path, version=version, code=GapCode(code), detail=detail, size=size)

    def matches(self, run: int) -> Iterator[StoredMatch]:
        """Every distinct value of every asset, in listing order, then by entity and fingerprint. Candidates left out."""
        query = (
            "SELECT a.target, a.path, a.version, m.entity, m.fingerprint, m.count, m.mask, m.place, m.line, m.score, m.why,"
            " m.protection FROM asset a JOIN match m ON m.asset = a.id WHERE a.run = ? AND NOT m.candidate"
            " ORDER BY a.id, m.entity, m.fingerprint"
        )
        for row in self._db.execute(query, (run,)):
            yield _stored_match(row)

    def values(self, run: int, entities: Iterable[str], *, candidates: bool = False) -> Iterator[StoredValue]:
        """Every distinct clear value of some entities in a run, by entity and fingerprint; `candidates` with those too."""
        query = (
            "SELECT m.entity, m.fingerprint, m.asset FROM asset a JOIN match m ON m.asset = a.id"
            " WHERE a.run = ? AND m.entity = ? AND m.protection = 'clear' AND m.candidate <= ? ORDER BY m.fingerprint, a.id"
        )
        for entity in sorted(entities):
            rows = self._db.execute(query, (run, entity, candidates))
            for (_, fingerprint), same in groupby(rows, key=lambda row: row[:2]):
                yield StoredValue(entity=entity, fingerprint=fingerprint, assets=tuple(asset for _, _, asset in same))

    def find(self, run: int, entity: str, fingerprint: bytes, *, candidates: bool = False) -> list[StoredMatch]:
        """Every place of one value in a run; `candidates` with those where its shape alone speaks for it."""
        query = (
            "SELECT a.target, a.path, a.version, m.entity, m.fingerprint, m.count, m.mask, m.place, m.line, m.score, m.why,"
            " m.protection FROM match m JOIN asset a ON a.id = m.asset"
            " WHERE m.entity = ? AND m.fingerprint = ? AND a.run = ? AND m.candidate <= ? ORDER BY a.id"
        )
        return [_stored_match(row) for row in self._db.execute(query, (entity, fingerprint, run, candidates))]

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

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the one file."""
        with suppress(sqlite3.OperationalError):  # a reader holds it: the next close does it
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _stored_match(row: tuple[Any, ...]) -> StoredMatch:
    target, path, version, entity, fingerprint, count, mask, place, line, score, why, protection = row
    return StoredMatch(
        target=target, path=path, version=version, entity=entity, fingerprint=fingerprint, count=count, mask=mask,
        place=place, line=line, score=score, why=why, protection=protection,
    )  # fmt: skip
