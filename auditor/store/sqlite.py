"""SQLite store: WAL, one writer, rows in listing order (measured in facts/sources.md "State")."""

from __future__ import annotations

import fcntl
import os
import re
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from auditor.errors import InputError, Problem
from auditor.model.asset import Asset, Gap
from auditor.model.finding import Finding
from auditor.store.reading import FLUSH_AT, Reading
from auditor.store.records import StoredBulk, StoredFinding, StoredMatch, StoredRun, StoredValue
from auditor.store.transaction import whole

if TYPE_CHECKING:
    from auditor.model.match import Match
    from auditor.store.bulk import Budget, BulkValues

__all__ = ["FLUSH_AT", "FORMAT", "Store", "StoredBulk", "StoredFinding", "StoredMatch", "StoredRun", "StoredValue"]

FORMAT = 3
"""`PRAGMA user_version` of the files this code writes."""

_ADD: Final = """
INSERT INTO match VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET
  count = count + excluded.count,
  mask = CASE WHEN (NOT excluded.candidate, excluded.score) > (NOT candidate, score) THEN excluded.mask ELSE mask END,
  why = CASE WHEN (NOT excluded.candidate, excluded.score) > (NOT candidate, score) THEN excluded.why ELSE why END,
  protection = CASE WHEN (NOT excluded.candidate, excluded.score) > (NOT candidate, score) THEN excluded.protection ELSE protection END,
  score = CASE WHEN (NOT excluded.candidate, excluded.score) > (NOT candidate, score) THEN excluded.score ELSE score END,
  candidate = min(candidate, excluded.candidate)
"""


class Store(Reading):
    """One file of runs. `path` None keeps it in memory (`auditor gate` without --output)."""

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        self._path = path
        self._lock: int | None = None
        self._budget: Budget | None = None
        self._bulk: dict[tuple[int, str], BulkValues] = {}
        if path is None:
            self._db = sqlite3.connect(":memory:", isolation_level=None)
            self._db.execute("PRAGMA temp_store = MEMORY")  # no disk is written to
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
            folder = str(path.parent.resolve()).replace("'", "''")
            self._db.execute(f"PRAGMA temp_store_directory = '{folder}'")  # what it sorts lies there, without a name
        try:
            found = self._check_format(read_only)
        except sqlite3.DatabaseError as error:
            self.close()
            raise InputError(
                Problem(
                    file=str(path),
                    cause=f"this is not an audit store, or it is damaged: {error}",
                    cure="name another --output",
                )
            ) from None
        if found != FORMAT:
            self.close()
            age = "an older" if found < FORMAT else "a newer"
            cause = f"this store was written by {age} version of the auditor (format {found}; this one reads {FORMAT})"
            cure = "name another --output, or move the file away; its reports stay as they are"
            raise InputError(Problem(file=str(path), cause=cause, cure=cure))

    def _check_format(self, read_only: bool) -> int:
        """The file's format; of a new file, that of this code."""
        found: int = self._db.execute("PRAGMA user_version").fetchone()[0]
        if read_only and found == 0:
            raise sqlite3.DatabaseError("it has no format")
        if found not in (0, FORMAT):
            return found
        if not read_only:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.executescript(Path(__file__).with_name("schema.sql").read_text("utf-8"))
            self._db.execute(f"PRAGMA user_version = {FORMAT}")
        return FORMAT

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
        for values in self._bulk.values():
            values.discard()
        self._bulk.clear()
        self._db.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    # Writing, in the order of a run.

    def begin(
        self, *, engagement: str, profile: str, started: datetime, key_id: str, tool_version: str, ruleset_digest: str
    ) -> int:
        """Start a run; its id. All its rows are one transaction an asset, so that a kill loses at most one asset."""
        # Adding a value to the index takes ten times as long as making it of all; but who has values is being asked for them.
        if self._db.execute("SELECT 1 FROM match LIMIT 1").fetchone() is None:
            self._db.execute("DROP INDEX IF EXISTS match_of_value")
        cursor = self._db.execute(
            "INSERT INTO run (engagement, profile, started, key_id, tool_version, ruleset_digest) VALUES (?,?,?,?,?,?)",
            (engagement, profile, started.isoformat(), key_id, tool_version, ruleset_digest),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def next_asset(self) -> int:
        """A row id above all assets': those of a run may be given out from here on."""
        last: int = self._db.execute("SELECT ifnull(max(id), 0) FROM asset").fetchone()[0]
        return last + 1

    def add_asset(self, run: int, asset: Asset, row: int | None = None) -> int:
        """Note an asset that holds something; its row id, which is `row` if that is given. Ascending ones are listing order."""
        modified = asset.modified.astimezone(UTC).isoformat() if asset.modified else None
        cursor = self._db.execute(
            "INSERT INTO asset (id, run, target, path, version, current, size, modified, mode) VALUES (?,?,?,?,?,?,?,?,?)",
            (row, run, asset.target, asset.path, asset.version, asset.current, asset.size, modified, asset.mode),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def describe(
        self, asset: int, earliest: datetime | None, latest: datetime | None, together: Iterable[tuple[str, ...]]
    ) -> None:
        """Note an asset's rows' own dates, and which entities stand together. ValueError for what can be neither."""
        words = "|".join(" ".join(group) for group in together)
        if not re.fullmatch(r"[A-Z0-9_ |]*", words):
            raise ValueError("not entities")
        if not all(moment is None or isinstance(moment, datetime) for moment in (earliest, latest)):
            raise ValueError("not moments")
        self._db.execute(
            "UPDATE asset SET rows_from = ?, rows_to = ?, together = ? WHERE id = ?",
            (earliest and earliest.isoformat(), latest and latest.isoformat(), words, asset),
        )

    def add_matches(self, asset: int, matches: Iterable[tuple[Match, int]]) -> None:
        """Add distinct values with their counts. A value that stands there already gets its counts added; its first place stays,
        and what is told of it is the surer one's, just as in `Finds`: how often values come is then of no consequence.
        """
        with whole(self._db):
            self._db.executemany(
                _ADD,
                (
                    (
                        asset, m.entity, m.fingerprint, count, m.mask, str(m.place), m.place.line, m.score,
                        "; ".join(m.why), m.protection, m.candidate,
                    )
                    for m, count in matches
                ),
            )  # fmt: skip

    def bulk(self, asset: int, entity: str) -> BulkValues:
        """Where to put the values of an entity of which an asset has too many for a row each; the same until it is closed.

        `asset` is a row id. Whatever reads the store afterwards closes it first.
        """
        from auditor.store.bulk import Budget, BulkValues  # numpy: not for those without a long table

        values = self._bulk.get((asset, entity))
        if values is None:
            self._budget = self._budget or Budget()
            folder = self._path.parent if self._path else None
            values = self._bulk[asset, entity] = BulkValues(asset, entity, self._budget, folder, self._keep_bulk)
        return values

    def _keep_bulk(self, values: BulkValues) -> None:
        self._blocks().keep(values)
        self._bulk.pop((values.asset, values.entity), None)

    def close_bulk(self) -> None:
        """Close all bulk values that are open."""
        for values in tuple(self._bulk.values()):
            values.close()
        self._bulk.clear()

    def add_gap(self, run: int, gap: Gap) -> None:
        """Note what was not examined."""
        self._db.execute(
            "INSERT INTO gap VALUES (?,?,?,?,?,?,?)",
            (run, gap.target, gap.path, gap.version, gap.code, gap.detail, gap.size),
        )

    def promote(self, run: int) -> list[tuple[int, bytes]]:
        """Confirm each candidate whose value is confirmed in another asset of the run: (asset, fingerprint) of each. All values of the
        run are there; from here on they are found by an index.

        Step 6 of the CI decision order: salts and lock-file hashes do not stand in a second place under a CI's name. Bulk
        values confirm as well; none of them is a candidate.
        """
        with suppress(sqlite3.OperationalError):  # a full disk: all is found without it, more slowly
            self._db.execute("CREATE INDEX IF NOT EXISTS match_of_value ON match (entity, fingerprint)")
        rows = self._confirmed_by_bulk(run)
        rows += self._db.execute(
            "SELECT c.asset, c.entity, c.fingerprint FROM match c JOIN asset a ON a.id = c.asset AND a.run = ?1"
            " WHERE c.candidate AND EXISTS (SELECT 1 FROM match m JOIN asset b ON b.id = m.asset AND b.run = ?1"
            "  WHERE m.entity = c.entity AND m.fingerprint = c.fingerprint AND NOT m.candidate"
            " AND m.why NOT LIKE '%; file name%')",
            (run,),
        ).fetchall()
        with whole(self._db):
            self._db.executemany(
                "UPDATE match SET candidate = 0, score = max(score, 0.9), why = why || '; same value confirmed elsewhere'"
                " WHERE asset = ? AND entity = ? AND fingerprint = ?",
                rows,
            )
        return [(asset, fingerprint) for asset, _, fingerprint in sorted(set(rows))]

    def _confirmed_by_bulk(self, run: int) -> list[tuple[int, str, bytes]]:
        """(asset, entity, fingerprint) of each candidate that is among the bulk values of the run."""
        found: list[tuple[int, str, bytes]] = []
        query = (
            "SELECT c.asset, c.entity, c.fingerprint FROM asset a JOIN match c ON c.asset = a.id"
            " WHERE a.run = ? AND c.entity = ? AND c.candidate"
        )
        for head in self.bulk_heads(run):
            cursor = self._db.execute(query, (run, head.entity))
            while rows := cursor.fetchmany(FLUSH_AT):
                held = self.in_bulk(head, [fingerprint for _, _, fingerprint in rows])
                found += (row for row, there in zip(rows, held.tolist(), strict=True) if there)
        return found

    def set_people(self, counts: Iterable[tuple[int, int]]) -> None:
        """(asset row id, distinct people) of each asset."""
        with whole(self._db):
            self._db.executemany(
                "UPDATE asset SET people = ? WHERE id = ?", ((people, asset) for asset, people in counts)
            )

    def set_registered(self, run: int, counts: Iterable[tuple[int, str, int, int]]) -> None:
        """(asset row id, entity, values compared with the register, values in it), replacing what a run had."""
        with whole(self._db):
            self._db.execute("DELETE FROM registered WHERE asset IN (SELECT id FROM asset WHERE run = ?)", (run,))
            self._db.executemany("INSERT INTO registered VALUES (?,?,?,?)", counts)

    def save_findings(self, run: int, findings: Iterable[tuple[Finding, str]]) -> None:
        """Keep the run's findings, each with its JSON, for the next run to be held against."""
        with whole(self._db):
            self._db.executemany(
                "INSERT INTO finding VALUES (?,?,?,?,?,?,?)",
                (
                    (run, f.fingerprint, f.rule, f.verdict.target, f.verdict.path, f.verdict.matches, content)
                    for f, content in findings
                ),
            )

    def finish(self, run: int, *, finished: datetime, interrupted: bool, people: int) -> None:
        """End a run. Only finished runs are compared with."""
        self._db.execute(
            "UPDATE run SET finished = ?, interrupted = ?, people = ? WHERE id = ?",
            (finished.isoformat(), interrupted, people, run),
        )

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the one file."""
        with suppress(sqlite3.OperationalError):  # a reader holds it: the next close does it
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
