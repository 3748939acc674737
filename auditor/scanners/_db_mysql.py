"""MySQL and MariaDB by PyMySQL: an unbuffered cursor in a read-only transaction, one table after another.

Messages of the server may hold data: what reaches a report is our own sentence and the error's number.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from auditor.errors import ReadError, TargetError
from auditor.journal import Conduct
from auditor.model import rows
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import DatabaseTarget
from auditor.scanners._db_mysql_listing import Listing, Locator
from auditor.scanners._db_rows import as_csv
from auditor.scanners._db_session import (
    LOCK_TIMEOUT,
    LONGEST_VALUE,
    Endpoint,
    missing_driver,
    named,
    refused,
    unreachable,
    whole_target,
)
from auditor.scanners._stream import Chunks

if TYPE_CHECKING:
    import pymysql
    from pymysql.cursors import SSCursor

_BATCH: Final = 1_000
_UNKNOWN_VARIABLE: Final = 1193
_DENIED: Final = frozenset({1044, 1142, 1143, 1227, 1356, 1370})
_GONE: Final = frozenset({1049, 1146, 1051, 1054})
_LOCKED: Final = frozenset({1205, 1213})
_TOO_LONG: Final = frozenset({1969, 3024, 1317})
_DAMAGED: Final = frozenset({126, 127, 144, 145, 1034, 1194, 1195, 1712, 1932})
_LOST: Final = frozenset({0, 1053, 1152, 1159, 1160, 1161, 2003, 2006, 2013, 2014, 4031})
_REFUSED: Final = frozenset({1044, 1045, 1130, 1129, 1698, 1040, 1203, 1226, 1820, 1862, 3118, 4151, 2059, 1251})


def connect(target: DatabaseTarget, endpoint: Endpoint, password: str | None, conduct: Conduct) -> MysqlSession:
    """Log in. TargetError UNREACHABLE or AUTHENTICATION_FAILED, each with its cure."""
    try:
        import pymysql
        from pymysql.converters import encoders
        from pymysql.cursors import SSCursor
    except ImportError:
        raise missing_driver(target) from None
    tls = None if endpoint.socket or target.tls in ("off", None) else _tls(target)
    options: dict[str, Any] = {
        "host": endpoint.host, "port": endpoint.port, "unix_socket": str(endpoint.socket) if endpoint.socket else None,
        "user": target.user, "password": password or "", "charset": "utf8mb4", "connect_timeout": max(1, round(target.timeout)),
        "read_timeout": target.statement_timeout + target.timeout, "write_timeout": target.timeout, "autocommit": True,
        "cursorclass": SSCursor, "conv": dict(encoders), "local_infile": False, "program_name": "vendor-auditor",
        "ssl": tls, "ssl_disabled": tls is None,
    }  # fmt: skip
    try:
        connection = pymysql.connect(**options)
        session = MysqlSession(target, connection, conduct)
        session.prepare()
    except pymysql.Error as error:
        raise _not_connected(target, error) from None
    except (OSError, RuntimeError) as error:  # RuntimeError: a login that needs a library of its own
        raise unreachable(target, f"The connection failed ({type(error).__name__}).") from None
    return session


def _tls(target: DatabaseTarget) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=str(target.ca_file) if target.ca_file else None)
    except (OSError, ssl.SSLError):
        raise unreachable(target, "The certificate authority's file cannot be read.", "Check ca_file.") from None
    if target.tls == "unverified":
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _not_connected(target: DatabaseTarget, error: pymysql.Error) -> TargetError:
    number = error.args[0] if error.args and isinstance(error.args[0], int) else 0
    if number in _REFUSED:
        return refused(target, f"Account, password, or the host it may come from do not fit (error {number}).")
    cause: BaseException | None = error.__context__
    if isinstance(cause, ssl.SSLError) or number == 2026:
        return unreachable(
            target, "The connection could not be encrypted under a certificate that we trust.",
            "Name the certificate authority (ca_file) and the host as its certificate does, or write tls: unverified or off.",
        )  # fmt: skip
    return unreachable(target, f"The connection failed (error {number}).")


class MysqlSession:
    """One connection, read-only for its whole life."""

    def __init__(self, target: DatabaseTarget, connection: pymysql.Connection[SSCursor], conduct: Conduct) -> None:
        self.target = target
        self._connection = connection
        self._conduct = conduct
        self._maria = "mariadb" in str(connection.get_server_info()).lower()
        self._listing = Listing(target, self.ask)

    def prepare(self) -> None:
        """Settings of this session alone. pymysql's errors."""
        with self._connection.cursor() as cursor:
            self._execute(cursor, "set session transaction read only")
            self._execute(cursor, f"set session lock_wait_timeout = {LOCK_TIMEOUT}, net_write_timeout = 600")
            self._execute(cursor, "set session sql_mode = ''")  # `"` quotes text, as our own statements expect
            self._limit(cursor, self.target.timeout)

    def ask(self, query: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query. ReadError."""
        with self._reading(self.target.timeout) as cursor:
            self._execute(cursor, query, parameters)
            return list(cursor.fetchall())

    def controls(self) -> Iterator[Control]:
        """See `_db_mysql_controls`."""
        from auditor.scanners._db_mysql_controls import Controls

        with whole_target():
            yield from Controls(self.target, self.ask, maria=self._maria).run()

    def listing(self) -> Iterator[Asset | Gap | Control]:
        """See `_db_mysql_listing`."""
        with whole_target():
            yield from self._listing.run()

    def rows(self, asset: Asset) -> Chunks:
        """A table, unbuffered."""
        where: Locator = asset.locator
        columns = [column for column in self._listing.columns(where) if column.readable]
        if not columns:
            raise ReadError(GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE, "It is gone.")
        kinds: list[tuple[str, rows.Kind]] = [
            (column.name, "bytes" if column.binary or column.raw else "text") for column in columns
        ]
        long = [column for column in columns if column.long] if where.size > LONGEST_VALUE else []
        selected = [
            _start(column.sql) if column in long else f"cast({column.sql} as binary)" if column.raw else column.sql
            for column in columns
        ]
        if long:
            selected.append(
                " or ".join(f"coalesce(octet_length({column.sql}) > {LONGEST_VALUE}, 0)" for column in long)
            )
            kinds.append(("", "cut"))
        sample = self.target.sample
        limit = f" limit {sample + 1}" if sample is not None else ""
        query = f"select {', '.join(selected)} from {where.sql}{limit}"  # noqa: S608 - quoted names of the catalogue
        yield rows.head(kinds)
        yield from self._select(query, [kind == "bytes" for _, kind in kinds])

    def close(self) -> None:
        """Hang up."""
        if self._connection.open:
            self._connection.close()

    def _select(self, query: str, binary: list[bool]) -> Chunks:
        sample = self.target.sample
        count = 0
        more = False
        with self._reading(self.target.statement_timeout) as cursor:
            self._execute(cursor, query)
            while found := cursor.fetchmany(_BATCH):
                if sample is not None and count + len(found) > sample:
                    found, more = found[: sample - count], True
                count += len(found)
                yield rows.block(as_csv(found, binary), len(found))
        if more:
            raise ReadError(GapCode.NOT_SAMPLED, f"A sample was read: the first {count:,} rows.")

    @contextmanager
    def _reading(self, seconds: float) -> Iterator[SSCursor]:
        import pymysql

        cursor = self._connection.cursor()
        finished = False
        try:
            self._limit(cursor, seconds)
            yield cursor
            finished = True
        except pymysql.Error as error:
            finished = _number(error) not in _LOST
            raise _read_error(error) from None
        except OSError:
            raise ReadError(GapCode.UNREACHABLE, "The connection to the database was lost.") from None
        finally:
            if finished:
                cursor.close()
            else:  # what the server still sends is not waited for
                self._abandon(cursor)

    def _abandon(self, cursor: SSCursor) -> None:
        result = getattr(cursor, "_result", None)
        if result is not None:
            result.unbuffered_active = False
            result.connection = None
        cursor.connection = None
        self.close()

    def _execute(self, cursor: SSCursor, query: str, parameters: tuple[Any, ...] = ()) -> None:
        """The one place where statements are sent. TargetError outside the window, pymysql's errors."""
        self._conduct.ask(named(query))
        cursor.execute(query, parameters or None)

    def _limit(self, cursor: SSCursor, seconds: float) -> None:
        """Have the server end a statement after so long; older ones (MySQL before 5.7.8, MariaDB before 10.1) cannot: there our
        own wait ends it.
        """
        import pymysql

        setting = (
            f"max_statement_time = {seconds:g}" if self._maria else f"max_execution_time = {round(seconds * 1000)}"
        )
        try:
            self._execute(cursor, f"set session {setting}")
        except pymysql.Error as error:
            if _number(error) != _UNKNOWN_VARIABLE:
                raise


def _start(name: str) -> str:
    return f"if(octet_length({name}) > {LONGEST_VALUE}, substring({name}, 1, {LONGEST_VALUE // 4}), {name})"


def _number(error: Exception) -> int:
    return error.args[0] if error.args and isinstance(error.args[0], int) else 0


def _read_error(error: Exception) -> ReadError:
    number = _number(error)
    for numbers, code, detail in (
        (_DENIED, GapCode.PERMISSION_DENIED, "The account may not read it."),
        (_GONE, GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE, "It is gone."),
        (_LOCKED, GapCode.TIME_CUT_OFF_REACHED, f"Another session kept it locked for more than {LOCK_TIMEOUT} s."),
        (_TOO_LONG, GapCode.TIME_CUT_OFF_REACHED, "Reading it took longer than statement_timeout allows."),
        (_DAMAGED, GapCode.MALFORMED_FILE, "The server says that the table is damaged."),
        (_LOST, GapCode.UNREACHABLE, "The connection to the database was lost."),
    ):
        if number in numbers:
            return ReadError(code, detail)
    return ReadError(GapCode.SERVER_MISBEHAVED, f"The server answered with an error (number {number}).")
