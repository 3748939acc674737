"""A vendor's server by SSH: files are listed by SFTP and read by SFTP or, where commands may be run, by one fixed tar.

Nothing can be written there: the SFTP client knows no request that changes anything, and `_ssh_commands` no such command.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, Final, TypeVar

from auditor.errors import ReadError, TargetError
from auditor.journal import Conduct, Journal
from auditor.model.asset import Asset, Control, Gap, Probe
from auditor.model.engagement import SshTarget
from auditor.model.scanner import Fetched
from auditor.model.text import printable
from auditor.pace import Pace
from auditor.scanners._sftp import Sftp
from auditor.scanners._sftp_fetch import fetch
from auditor.scanners._sftp_listing import Listing
from auditor.scanners._sftp_wire import Down, SftpDownError
from auditor.scanners._ssh_acls import acl_controls
from auditor.scanners._ssh_collector import Facts, collect
from auditor.scanners._ssh_controls import login_controls, server_controls
from auditor.scanners._ssh_find import list_folder
from auditor.scanners._ssh_probe import probes
from auditor.scanners._ssh_read import FileReading
from auditor.scanners._ssh_sessions import MAX_STRIKES, Sessions
from auditor.scanners._ssh_tar import Bulk
from auditor.scanners._ssh_walk import Walk
from auditor.scanners._stream import as_listed, reading

__all__ = ("MAX_STRIKES", "SshScanner")

LARGE: Final = 4 << 20
"""Bytes from which on starting a tar for one file is worth it."""
_UNANSWERED: Final = "the server's shell did not answer, or the connection was lost"
_TRIES: Final = 3
"""Shells that did not answer, after which none is tried any more: each costs seconds."""

_T = TypeVar("_T")


class SshScanner:
    """Lists and reads for any number of threads, over as many connections as the engagement allows."""

    parallel = True

    def __init__(self, target: SshTarget, pace: Pace | None = None, journal: Journal | None = None) -> None:
        self._target = target
        self._conduct = Conduct(target.name, pace, journal)
        self._sessions = Sessions(target, self._conduct)
        self._bulk_lock = threading.Lock()
        self._bulk_found: tuple[Bulk | None, str] | None = None
        self._unanswered = 0

    def scan(self) -> Iterator[Asset | Gap | Control]:
        """What met us first, then every regular file below the paths. TargetError if the server cannot be audited."""
        connection = self._sessions.first()
        *jumps, host = connection.hosts
        for met in (*jumps, host):
            how = "the engagement pins it" if met.pinned else "known_hosts holds it"
            name = "ssh.host_key" if met is host else "ssh.jump_host_key"
            yield Control(
                target=self._target.name,
                name=name,
                value=met.fingerprint,
                detail=f"The key of {met.host.rpartition('@')[2]}: {how}.",
            )
        yield Control(target=self._target.name, name="ssh.account", value=printable(connection.user))
        with self._sessions.sftp():
            pass  # a server without SFTP is told before anything else is tried
        bulk, why = self._bulk()
        detail = "Files were read in bulk by tar." if bulk else f"Files were read over SFTP: {why}."
        yield Control(target=self._target.name, name="ssh.reading", value="tar" if bulk else "sftp", detail=detail)
        yield from login_controls(self._target.name, connection.offered, connection.methods)
        facts, unseen = self._facts(why)
        yield from server_controls(self._target.name, facts, unseen, connection.user, self._paths())
        yield from self._acls(facts is not None, unseen)
        yield from self.files()

    def files(self) -> Iterator[Asset | Gap | Control]:
        """The regular files alone, and what of the paths is left out or cannot be listed; TargetError as `scan`."""
        shell = self._sessions.shell if self._bulk()[0] is not None else None
        yield from Walk(self._target, self.request, self._listed_as_root, shell).run()

    @contextmanager
    def open(self, asset: Asset) -> Iterator[BinaryIO]:
        """The file's bytes. ReadError where it is refused, no regular file any more, cut off, or the connection fails."""
        size = asset.size or 0
        file = FileReading(self._sessions, self._conduct, asset.locator, size)
        try:
            file.start(self._bulk_for(size))
            with reading(file.chunks()) as stream:
                yield stream
        finally:
            file.close()

    @property
    def ranged(self) -> bool:
        """Whether `open_at` reads what `open` does: SFTP asks as the account, and what only root may read comes by `sudo -n tar`."""
        return not self._target.sudo

    @contextmanager
    def open_at(self, asset: Asset, start: int, until: int) -> Iterator[BinaryIO]:
        """The same from a byte on, over SFTP; ReadError as well where the file has become shorter than was listed."""
        size = asset.size or 0
        file = FileReading(self._sessions, self._conduct, asset.locator, size, start, until)
        try:
            file.start(None)
            as_listed(asset, file.size, file.modified)
            with reading(file.chunks()) as stream:
                yield stream
        finally:
            file.close()

    def fetch(self, assets: Sequence[Asset]) -> list[Fetched]:
        """The content of small files, in one go: see `Fetches`."""
        fetched: list[Fetched] = [None] * len(assets)
        wanted = [(asset.locator, asset.size or 0) for asset in assets]
        try:
            if (bulk := self._bulk()[0]) is not None:
                fetched = bulk.fetch(wanted)
            left = [number for number, found in enumerate(fetched) if found is None]
            if left:
                by_sftp = self.request(lambda sftp: fetch(sftp, [wanted[number] for number in left]), reading=True)
                for number, found in zip(left, by_sftp, strict=True):
                    fetched[number] = found
        except (SftpDownError, TargetError):
            return fetched  # each is opened by itself, and says then what is the matter
        self._sessions.answered(read=True)
        return fetched

    def probe(self) -> Iterator[Probe]:
        """Connection, host key, login, SFTP, each path, one file's first bytes. Writing is never tried."""
        yield from probes(self._target, self._sessions.first, self.request, self._bulk)

    def close(self) -> None:
        """Hang up."""
        self._sessions.close()

    def request(self, ask: Callable[[Sftp], _T], *, reading: bool = False) -> _T:
        """Ask something over a session, once more over a new connection if the first turns out to be lost.

        SftpStatusError, SftpDownError; TargetError if there is no connection and none can be made.
        """
        for last in (False, True):
            with self._sessions.sftp() as sftp:
                try:
                    answer = ask(sftp)
                except SftpDownError as error:
                    self._sessions.lose(sftp, reading=reading)
                    if last or error.down is not Down.LOST:
                        raise  # a question that silenced the server once would do so again
                else:
                    if not reading:
                        self._sessions.answered(read=False)
                    return answer
        raise AssertionError("the second try answers or raises")

    def _facts(self, why: str) -> tuple[Facts | None, str]:
        """The server's settings; None, and why they could not be looked at."""
        if not self._target.shell:
            return None, why
        try:
            with self._sessions.shell() as shell:
                return collect(shell), ""
        except SftpDownError as error:
            if error.down is Down.REFUSED:
                return None, "the account may not run commands"
            return None, _UNANSWERED

    def _paths(self) -> list[str]:
        """What is audited, as the server resolves it."""
        return [path.decode("utf-8", "surrogateescape") for path, _ in Walk(self._target, self.request).roots()]

    def _acls(self, able: bool, why: str) -> Iterator[Control]:
        """Access lists, by a command; without one it is said that they are not known."""
        name = self._target.name
        if not able:
            yield from acl_controls(name, None, (), why)
            return
        roots = Walk(self._target, self.request).roots()
        try:
            with self._sessions.shell() as shell:
                yield from list(acl_controls(name, shell, roots, why))
        except SftpDownError:
            yield from acl_controls(name, None, (), "the connection was lost")

    def _listed_as_root(self, path: bytes) -> Listing | None:
        """A folder that the account may not list; None without sudo."""
        if not self._target.sudo or self._bulk()[0] is None:
            return None
        try:
            with self._sessions.shell() as shell:
                return list_folder(shell, path)
        except SftpDownError:
            return None

    def _bulk_for(self, size: int) -> Bulk | None:
        """How to read one file of so many bytes in bulk; None: over SFTP. ReadError."""
        if size < LARGE and not self._target.sudo:
            return None
        try:
            return self._bulk()[0]
        except TargetError as error:
            raise ReadError(error.code, error.detail, size) from None

    def _bulk(self) -> tuple[Bulk | None, str]:
        """How to read in bulk; None, and why it cannot be done."""
        with self._bulk_lock:
            if self._bulk_found is None:
                if not self._target.shell:
                    return None, "the engagement leaves commands off"
                bulk = Bulk(self._sessions, sudo=self._target.sudo)
                try:
                    why = bulk.refusal()
                except SftpDownError:
                    self._unanswered += 1
                    if self._unanswered < _TRIES:
                        return None, _UNANSWERED  # no refusal: the next one who asks tries again
                    why = _UNANSWERED
                self._bulk_found = (None if why else bulk), why
            return self._bulk_found
