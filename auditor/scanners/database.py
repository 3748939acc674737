"""A database: every table as an asset, read through one connection that cannot write, directly or through SSH."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from typing import BinaryIO, Final, cast

from auditor.errors import ReadError, TargetError
from auditor.journal import Conduct, Journal
from auditor.model.asset import Asset, Control, Gap, GapCode, Probe
from auditor.model.engagement import DatabaseTarget, LocalTarget
from auditor.model.scanner import Scanner
from auditor.pace import Pace
from auditor.scanners._db_session import Endpoint, Session, password_of, unreachable
from auditor.scanners._ssh_forward import Forward
from auditor.scanners._stream import Chunks, arrived, reading
from auditor.scanners.local import LocalScanner

_SESSIONS: Final = {
    "postgresql": "auditor.scanners._db_postgres",
    "mysql": "auditor.scanners._db_mysql",
    "redis": "auditor.scanners._db_redis",
}
_SIDE_FILES: Final = ("-wal", "-journal")


def scanner_of(target: DatabaseTarget, pace: Pace | None = None, journal: Journal | None = None) -> Scanner:
    """The scanner of a database target. An SQLite file is a file: its extractor reads it, deleted rows and all."""
    if target.file is not None:
        files = (target.file, *(target.file.with_name(target.file.name + end) for end in _SIDE_FILES))
        paths = tuple(file for file in files if file == target.file or file.exists())
        return LocalScanner(LocalTarget(name=target.name, paths=paths), pace, journal)
    return DatabaseScanner(target, pace, journal)


class DatabaseScanner:
    """Lists and reads over one connection. A second `open` waits until the first is closed; a lost connection is made anew."""

    parallel = True

    def __init__(self, target: DatabaseTarget, pace: Pace | None = None, journal: Journal | None = None) -> None:
        self._target = target
        self._conduct = Conduct(target.name, pace, journal)
        self._turn = threading.Lock()
        self._session: Session | None = None
        self._resources = ExitStack()

    def scan(self) -> Iterator[Asset | Gap | Control]:
        """How the database is guarded, then its tables. TargetError if it cannot be audited at all."""
        with self._turn:  # all of it at once: a table that is being read has the connection for itself
            session = self._connected()
            items: list[Asset | Gap | Control] = [*session.controls(), *session.listing()]
        yield from items

    @contextmanager
    def open(self, asset: Asset) -> Iterator[BinaryIO]:
        """The table's rows. ReadError where it is refused, gone, locked, cut off or only sampled."""
        with self._turn:
            try:
                session = self._connected()
            except TargetError as error:
                raise ReadError(error.code, error.detail, asset.size) from None
            with reading(self._chunks(session, asset)) as stream:
                yield stream

    def probe(self) -> Iterator[Probe]:
        """Connection and account, what it may read, one table's rows, and whether it could write: by its grants, never by trying."""
        from auditor.scanners._db_probe import probes

        yield from probes(self._target, self.scan, self.open)

    def close(self) -> None:
        """Hang up."""
        session, self._session = self._session, None
        if session is not None:
            session.close()
        self._resources.close()

    def _connected(self) -> Session:
        if self._session is None:
            self._resources.close()
            target = self._target
            password = password_of(target)
            self._conduct.note("connected", engine=target.engine, through=target.via.name if target.via else None)
            endpoint = Endpoint(host=target.host, port=target.port or 0)
            forward: Forward | None = None
            with ExitStack() as resources:
                if target.via is not None:
                    silence = target.statement_timeout + target.timeout
                    forward = Forward(target.via, endpoint.host, endpoint.port, silence=silence, conduct=self._conduct)
                    resources.enter_context(forward)
                    endpoint = Endpoint(host=endpoint.host, port=endpoint.port, socket=forward.path)
                try:
                    connect = import_module(_SESSIONS[target.engine]).connect
                    self._session = cast(Session, connect(target, endpoint, password, self._conduct))
                except TargetError:
                    if forward is not None and forward.refused:
                        raise _not_forwarded(target) from None
                    raise
                self._resources = resources.pop_all()
        return self._session

    def _chunks(self, session: Session, asset: Asset) -> Chunks:
        deadline = time.monotonic() + self._target.statement_timeout + self._target.timeout
        chunks = session.rows(asset)
        usable = False  # a connection on which rows may still be under way answers no other question
        try:
            for chunk in chunks:
                yield from arrived(chunk, self._conduct.took)
                if time.monotonic() > deadline:  # the server's own limit comes first, if it keeps to it
                    detail = "Reading it took longer than statement_timeout allows."
                    raise TargetError(GapCode.TIME_CUT_OFF_REACHED, detail, "Raise statement_timeout.")
            usable = True
        except TargetError as error:  # that, or the hours in which the vendor may be audited are over
            raise ReadError(error.code, error.detail) from None
        except ReadError as error:
            usable = error.code != GapCode.UNREACHABLE
            raise
        finally:
            chunks.close()
            if not usable:
                self.close()


def _not_forwarded(target: DatabaseTarget) -> TargetError:
    via = target.via.name if target.via else ""
    return unreachable(
        target, f"{via} let us in, but does not connect on to it.",
        f"Have the vendor allow it for our account (AllowTcpForwarding local, PermitOpen {target.host}:{target.port}), "
        "and check host and port as seen from that server.",
    )  # fmt: skip
