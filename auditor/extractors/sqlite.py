"""SQLite databases: every table through SQL, then what was deleted and is still in the file; write-ahead logs and journals."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import IO, Any, Final

from auditor.errors import ReadError
from auditor.extractors._data.cells import file_in
from auditor.extractors._data.records import Records
from auditor.extractors._data.runs import stream_runs
from auditor.extractors._data.sqlite_deleted import Deleted
from auditor.extractors.limits import Budget
from auditor.extractors.spool import spooled
from auditor.extractors.tables import RowBatch, without_surrogates
from auditor.model.asset import GapCode
from auditor.model.content import Content, Source
from auditor.model.text import printable

_WALS: Final = (b"7\x7f\x06\x82", b"7\x7f\x06\x83")
_HEAD: Final = b"SQLite format 3\0"
_STEPS: Final = 100_000
_INDEX: Final = frozenset({"data", "idx", "docsize", "segments", "segdir", "stat"})
"""Endings of a full-text index's tables: the words of its `_content` again, packed."""


class SqliteExtractor:
    """`Table`s of the database's own tables and columns, `Member`s of values that are files, `Table`s and `Text`s of the deleted."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._limits = budget.limits
        self._names: frozenset[str] = frozenset()

    def extract(self, source: Source) -> Iterator[Content]:
        """Live rows, deleted rows, and gaps for what is damaged."""
        return spooled(source, self._limits, partial(self._file, source), named=True)

    def _file(self, source: Source, file: IO[bytes]) -> Iterator[Content]:
        deleted = Deleted(source, self._budget, file)
        if source.head.startswith(_HEAD):
            try:
                yield from self._live(source, file, deleted)
            except ReadError as error:
                yield source.asset.gap(GapCode(error.code), error.detail)
                return
            yield from deleted.pages()
        elif source.head.startswith(_WALS):
            yield from deleted.wal()
        else:
            file.seek(0)
            yield from stream_runs(file, source.asset, source.encodings, self._budget)
            detail = "an SQLite file without its header: only its printable text was searched"
            yield source.asset.gap(GapCode.UNSUPPORTED_FILE_TYPE, detail)
        if deleted.binary:
            detail = "deleted binary values: only their printable text was searched"
            yield source.asset.gap(GapCode.UNSUPPORTED_FILE_TYPE, detail, deleted.binary)

    def _live(self, source: Source, file: IO[bytes], deleted: Deleted) -> Iterator[Content]:
        file.flush()
        uri = f"file:{file.name}?mode=ro&immutable=1"
        database = sqlite3.connect(uri, uri=True, isolation_level=None)
        try:
            database.text_factory = _text
            database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 256 << 20)
            database.set_progress_handler(self._stop, _STEPS)
            try:
                names = self._tables(database)
            except (sqlite3.Error, UnicodeError) as error:
                deleted.all = True
                detail = (
                    f"the database's list of tables cannot be read ({type(error).__name__}): its pages were searched"
                )
                yield source.asset.gap(GapCode.MALFORMED_FILE, detail)
                return
            if not self._sound(database):
                deleted.all = True
                yield source.asset.gap(
                    GapCode.MALFORMED_FILE,
                    "the database is damaged: its pages were searched besides its tables",
                )
            broken = 0
            for name in names:
                try:
                    yield from self._rows(source, database, name, deleted)
                except (sqlite3.Error, UnicodeError, OverflowError, MemoryError):
                    self._budget.check()
                    broken += 1
            if broken:
                deleted.all = True
                detail = f"{broken} tables of the database cannot be read to their end: the pages were searched instead"
                yield source.asset.gap(GapCode.MALFORMED_FILE, detail)
        finally:
            database.close()

    def _sound(self, database: sqlite3.Connection) -> bool:
        """Whether SQLite's own quick check finds no damage."""
        try:
            return bool(database.execute("pragma quick_check(1)").fetchone() == ("ok",))
        except (sqlite3.Error, UnicodeError):
            self._budget.check()
            return False

    def _stop(self) -> int:
        try:
            self._budget.check()
        except ReadError:
            return 1
        return 0

    def _tables(self, database: sqlite3.Connection) -> list[str]:
        """What holds rows: no views, and of a virtual table the shadow tables alone, which need no extension."""
        found = database.execute("select name, sql from sqlite_master where type = 'table' order by rowid").fetchall()
        names = [
            name for name, sql in found if name and not str(sql or "").upper().lstrip().startswith("CREATE VIRTUAL")
        ]
        self._names = frozenset(names)
        return [*names, "sqlite_master"]

    def _rows(self, source: Source, database: sqlite3.Connection, name: str, deleted: Deleted) -> Iterator[Content]:
        quoted = '"' + name.replace('"', '""') + '"'
        cursor = database.execute(f"select * from {quoted}")  # noqa: S608 - a quoted name of the file itself
        columns = [without_surrogates(column[0]) for column in cursor.description]
        deleted.columns[without_surrogates(name)] = columns
        batch = RowBatch(source.asset, self._limits, columns, name=without_surrogates(name))
        values = Records(source.asset, self._limits, source.encodings)
        number = 0
        try:
            for row in cursor:
                number += 1
                if not number % 1000:
                    self._budget.check()
                cells: list[str | None] = []
                for column, value in zip(columns, row, strict=True):
                    if type(value) is bytes and (
                        member := file_in(source.asset, self._budget, value, f"{name}/{column}/{number}")
                    ):
                        yield member
                        cells.append(None)
                    else:
                        cells.append(_plain(value, values))
                deleted.live(cells)
                for table in batch.add(cells, 0, sum(map(len, filter(None, cells)))):
                    yield replace(table, lines=None)
        finally:
            for table in batch.flush():
                yield replace(table, lines=None)
        base, _, kind = name.rpartition("_")
        if values.binary and not (kind in _INDEX and f"{base}_content" in self._names):
            detail = f"binary values in table {printable(name)}: only their printable text was searched"
            yield source.asset.gap(GapCode.UNSUPPORTED_FILE_TYPE, detail, values.binary)


def _text(value: bytes) -> str:
    """Text as it is stored: UTF-8, or what an old program took for it."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        try:
            return value.decode("cp949")
        except UnicodeDecodeError:
            return value.decode("utf-8", "replace")


def _plain(value: Any, values: Records) -> str | None:
    plain = values.plain(value)
    return None if plain is None else str(plain)
