"""PostgreSQL by psycopg: every statement in a read-only transaction of its own, tables by COPY.

The search path is pg_catalog alone, so that no function of the vendor's runs under a well-known name. Messages of the server may
hold data: what reaches a report is our own sentence and the SQLSTATE.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from auditor.errors import ReadError, TargetError
from auditor.journal import Conduct
from auditor.model import rows
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import DatabaseTarget
from auditor.scanners._db_postgres_listing import Listing, Locator
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
    import psycopg
    from psycopg import sql

logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # what matters arrives as an exception

_LARGE_OBJECT_PIECE: Final = 1 << 20
_TLS: Final = {"verify": "verify-full", "unverified": "require", "off": "disable", None: "prefer"}
_OF_THE_CLIENT: Final = {
    "Connection refused": "It refused the connection.",
    "timeout expired": "It did not answer in time.",
    "could not translate host name": "Its name is not known here.",
    "No route to host": "There is no route to it.",
    "Network is unreachable": "There is no route to it.",
    "No such file or directory": "The connection through SSH is gone.",
    "server closed the connection": "It closed the connection.",
}
_OF_TLS: Final = ("certificate", "does not support SSL", "SSL error", "SSL SYSCALL")

_CODES: Final[dict[str, tuple[GapCode, str]]] = {
    "42501": (GapCode.PERMISSION_DENIED, "The account may not read it."),
    "57014": (GapCode.TIME_CUT_OFF_REACHED, "Reading it took longer than statement_timeout allows."),
    "55P03": (GapCode.TIME_CUT_OFF_REACHED, f"Another session kept it locked for more than {LOCK_TIMEOUT} s."),
    "42P01": (GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE, "It is gone."),
    "42704": (GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE, "It is gone."),
    "3F000": (GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE, "Its schema is gone."),
    "22021": (GapCode.UNABLE_TO_PARSE_FILE, "It holds text that is not in the database's encoding."),
    "22P05": (GapCode.UNABLE_TO_PARSE_FILE, "It holds characters that cannot be converted to UTF-8."),
    "XX001": (GapCode.MALFORMED_FILE, "The server says that the table is damaged."),
    "XX002": (GapCode.MALFORMED_FILE, "The server says that an index is damaged."),
}


def connect(target: DatabaseTarget, endpoint: Endpoint, password: str | None, conduct: Conduct) -> PostgresSession:
    """Log in. TargetError UNREACHABLE or AUTHENTICATION_FAILED, each with its cure."""
    try:
        import psycopg
    except ImportError:
        raise missing_driver(target) from None

    options: dict[str, Any] = {
        "host": str(endpoint.socket.parent) if endpoint.socket else endpoint.host,
        "port": 5432 if endpoint.socket else endpoint.port,
        "user": target.user, "dbname": target.database, "sslmode": "disable" if endpoint.socket else _TLS[target.tls],
        "connect_timeout": max(2, round(target.timeout)), "application_name": "vendor-auditor", "client_encoding": "UTF8",
        "options": "", "hostaddr": "", "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "gssencmode": "disable",
        "sslrootcert": str(target.ca_file) if target.ca_file else "system" if target.tls == "verify" else "",
    }  # fmt: skip
    if password is not None:
        options["password"] = password
    try:
        connection = psycopg.connect(autocommit=True, prepare_threshold=None, **options)
    except psycopg.Error as error:
        raise _not_connected(target, str(error)) from None
    return PostgresSession(target, connection, conduct)


def _not_connected(target: DatabaseTarget, message: str) -> TargetError:
    """The message is libpq's and the server's, with names and addresses: only what kind of failure it is gets out."""
    for words, why in _OF_THE_CLIENT.items():
        if words in message:
            return unreachable(target, why)
    if any(words in message for words in _OF_TLS):
        return unreachable(
            target, "The connection could not be encrypted under a certificate that we trust.",
            "Name the certificate authority (ca_file) and the host as its certificate does, or write tls: unverified or off.",
        )  # fmt: skip
    return refused(target, "Account, password, database, or the server's rules about them (pg_hba.conf) do not fit.")


class PostgresSession:
    """One connection. Each question is a transaction of its own: nothing of the vendor's waits for us longer than a table takes."""

    def __init__(self, target: DatabaseTarget, connection: psycopg.Connection[Any], conduct: Conduct) -> None:
        self.target = target
        self._connection = connection
        self._conduct = conduct
        self._listing = Listing(target, self.ask)

    def ask(self, query: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a query. ReadError."""
        with self._transaction(named(query), self.target.timeout) as cursor:
            return cursor.execute(query.encode(), parameters).fetchall()

    def controls(self) -> Iterator[Control]:
        """See `_db_postgres_controls`."""
        from auditor.scanners._db_postgres_controls import Controls

        with whole_target():
            yield from Controls(self.target, self.ask).run()

    def listing(self) -> Iterator[Asset | Gap | Control]:
        """See `_db_postgres_listing`."""
        with whole_target():
            yield from self._listing.run()

    def rows(self, asset: Asset) -> Chunks:
        """A table by COPY, a large object in pieces."""
        where: Locator = asset.locator
        if where.large_object is not None:
            return self._large_object(where.large_object)
        return self._table(where)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _table(self, where: Locator) -> Chunks:
        from psycopg import sql

        with self._transaction("sql select pg_attribute", self.target.timeout) as cursor:
            columns = self._listing.columns(cursor, where)
        selected = [sql.Identifier(column.name) for column in columns]
        kinds: list[tuple[str, rows.Kind]] = [(column.name, "bytes" if column.bytes else "text") for column in columns]
        long = [column for column in columns if column.long] if where.size > LONGEST_VALUE else []
        expressions: list[sql.Composable] = [*selected]
        if long:
            expressions = [_start(column.name) if column.long else sql.Identifier(column.name) for column in columns]
            too_long = [
                sql.SQL("coalesce(octet_length({}) > {}, false)").format(sql.Identifier(c.name), LONGEST_VALUE)
                for c in long
            ]
            expressions.append(sql.SQL("({})::int").format(sql.SQL(" or ").join(too_long)))
            kinds.append(("", "cut"))
        query = sql.SQL("select {} from {}{}").format(
            sql.SQL(", ").join(expressions),
            sql.SQL("only " if where.kind == "r" else ""),
            sql.Identifier(where.schema, where.table),
        )
        yield rows.head(kinds)
        yield from self._copy(query, where)

    def _copy(self, query: sql.Composed, where: Locator) -> Chunks:
        import psycopg
        from psycopg import sql

        sample = self.target.sample
        spread = sample is not None and where.rows > 2 * sample
        if sample is not None:
            if spread:  # over the whole table; half as many again, so that there are enough
                share = min(100.0, max(0.0001, 150.0 * sample / where.rows))
                query += sql.SQL(" tablesample system ({}) repeatable (1)").format(share)
            query += sql.SQL(" limit {}").format(sample + 1)
        # A database without an encoding holds what programs put there: its bytes as they are, for the worker to read.
        plain = self._connection.info.parameter_status("server_encoding") == "SQL_ASCII"
        command = sql.SQL("copy ({}) to stdout with (format csv, encoding {})").format(
            query, sql.Literal("SQL_ASCII" if plain else "UTF8")
        )
        held: list[bytes] = []
        size = count = 0
        more = False
        with self._transaction("sql copy", self.target.statement_timeout) as cursor, cursor.copy(command) as copy:
            try:
                for row in copy:
                    if count == sample:  # the row behind the sample only tells that there is one
                        more = True
                        continue
                    held.append(row)  # type: ignore[arg-type]  # a buffer, which `join` takes
                    size += len(row)
                    count += 1
                    if size >= rows.BLOCK_BYTES or len(held) >= rows.BLOCK_ROWS:
                        yield rows.block(b"".join(held), len(held))
                        held, size = [], 0
            except psycopg.Error:
                yield rows.block(b"".join(held), len(held))  # what came before is searched
                raise
            yield rows.block(b"".join(held), len(held))
        if more or spread:
            about = f" of about {where.rows:,}" if where.rows > count else ""
            raise ReadError(GapCode.NOT_SAMPLED, f"A sample was read: {count:,}{about} rows.")

    def _large_object(self, number: int) -> Chunks:
        at = 0
        while True:
            with self._transaction("sql select lo_get", self.target.timeout) as cursor:
                query = "select lo_get(%(number)s, %(at)s, %(size)s)"
                found = cursor.execute(query, {"number": number, "at": at, "size": _LARGE_OBJECT_PIECE}).fetchone()
            piece = bytes(found[0]) if found else b""
            if not piece:
                return
            yield piece
            at += len(piece)

    @contextmanager
    def _transaction(self, name: str, seconds: float) -> Iterator[psycopg.Cursor[Any]]:
        """For one statement, called `name` in the journal. TargetError outside the window, before anything is sent."""
        import psycopg

        for sent in ("sql begin", "sql set local", name, "sql rollback"):
            self._conduct.ask(sent)
        try:
            with self._connection.cursor() as cursor:
                cursor.execute("begin transaction isolation level repeatable read, read only")
                try:
                    cursor.execute(
                        f"set local search_path = pg_catalog; set local statement_timeout = {round(seconds * 1000)}; "
                        f"set local lock_timeout = {LOCK_TIMEOUT * 1000}; set local bytea_output = hex; "
                        "set local datestyle = iso; set local row_security = on"
                    )
                    yield cursor
                finally:
                    if not self._connection.closed:
                        cursor.execute("rollback")
        except psycopg.Error as error:
            raise _read_error(error) from None


def _start(name: str) -> sql.Composable:
    from psycopg import sql

    column = sql.Identifier(name)
    return sql.SQL("case when octet_length({0}) > {1} then substring({0} from 1 for {2}) else {0} end").format(
        column, LONGEST_VALUE, LONGEST_VALUE // 4
    )


def _read_error(error: psycopg.Error) -> ReadError:
    state = error.sqlstate
    if state is None or (state[:2] in ("08", "57") and state != "57014"):
        return ReadError(GapCode.UNREACHABLE, "The connection to the database was lost.")
    known = _CODES.get(state)
    if known is not None:
        return ReadError(*known)
    return ReadError(GapCode.SERVER_MISBEHAVED, f"The server answered with an error (SQLSTATE {state}).")
