"""One file of a server, read to its end: in bulk or over SFTP, and on from where it was when a connection broke."""

from __future__ import annotations

import stat
from contextlib import ExitStack, suppress
from typing import Final

from auditor.errors import ReadError, TargetError
from auditor.journal import Conduct
from auditor.model.asset import GapCode
from auditor.scanners._sftp import Sftp, SftpFile
from auditor.scanners._sftp_wire import Attributes, Down, SftpDownError, SftpStatusError
from auditor.scanners._ssh_sessions import Sessions
from auditor.scanners._ssh_tar import NO_FILE, Bulk, ChangedError, Tar
from auditor.scanners._stream import Chunks

MAX_GROWTH: Final = 1 << 30
"""How far a file may grow beyond its size at open before reading it is given up."""
RESUMES_WITHOUT_PROGRESS: Final = 1


class _Left(Exception):  # noqa: N818 - a way out
    """Reading stops here."""


class FileReading:
    """Use it once: `start`, `chunks` to its end or not, `close`. All raise ReadError. From byte `start` on, SFTP alone can; not much
    behind `until` is then asked for.
    """

    def __init__(
        self, sessions: Sessions, conduct: Conduct, path: bytes, expected: int, start: int = 0, until: int | None = None
    ) -> None:
        self._sessions = sessions
        self._conduct = conduct
        self._path = path
        self._size = expected
        self._modified: int | None = None
        self._received = start
        self._until = until
        self._held = ExitStack()
        self._sftp: Sftp | None = None
        self._file: SftpFile | None = None
        self._tar: Tar | None = None

    def start(self, bulk: Bulk | None) -> None:
        """Open the file, with `bulk` by tar if it can. Whatever is no regular file is refused.

        tar gives what a file's size says, and procfs and FUSE say 0 of files that are not empty: those are read over SFTP, to
        their end, unless that may not open them.
        """
        if bulk is not None and self._size and self._start_tar(bulk):
            return
        try:
            facts = self._opened()
        except ReadError as error:
            self._abandon()
            if bulk is None or self._size or error.code != GapCode.PERMISSION_DENIED or not self._start_tar(bulk):
                raise
            return
        self._size = facts.size if facts.size is not None else self._size
        self._modified = facts.modified

    def chunks(self) -> Chunks:
        """The bytes in order."""
        if self._tar is not None:
            yield from self._from_tar(self._tar)
        fruitless = 0
        while self._file is not None:
            before = self._received
            try:
                for block in self._file.blocks():
                    self._received += len(block)
                    yield block
                    if self._received > self._size + MAX_GROWTH:
                        raise ReadError(GapCode.CHANGED_DURING_READ, "The file kept growing while it was read.")
                break
            except SftpStatusError as error:
                raise ReadError(*error.gap, unread=self._unread) from None
            except TargetError as error:
                raise ReadError(error.code, error.detail, self._unread) from None
            except SftpDownError as error:
                if self._received > before:
                    self._sessions.answered(read=True)
                self._lose()
                fruitless = 0 if self._received > before else fruitless + 1
                if error.down is not Down.LOST or fruitless > RESUMES_WITHOUT_PROGRESS:
                    raise ReadError(*error.gap, unread=self._unread) from None
            self._resume()
        if self._received < self._size:
            raise ReadError(
                GapCode.CHANGED_DURING_READ, "The file ended before the size it had when opened.", self._unread
            )
        self._sessions.answered(read=True)

    def close(self) -> None:
        """Give back what it was read with."""
        if self._file is not None and self._sftp is not None:
            try:
                self._file.close()
            except SftpDownError:
                self._sessions.lose(self._sftp, reading=False)
            except TargetError:
                pass  # outside the hours: the handle ends with the session
        self._file = None
        self._abandon()

    @property
    def modified(self) -> int | None:
        """When it was last written to, in seconds since 1970, as it was when it was opened."""
        return self._modified

    @property
    def size(self) -> int:
        """Bytes of the file as it was when it was opened."""
        return self._size

    @property
    def _unread(self) -> int:
        return max(self._size - self._received, 0)

    def _opened(self) -> Attributes:
        """Open the file over SFTP, once more over another connection if the first turns out to be lost."""
        for last in (False, True):
            try:
                self._sftp = self._held.enter_context(self._sessions.sftp())
                self._file = self._sftp.open(self._path, self._unread, self._received, self._until)
                break
            except SftpStatusError as error:
                raise ReadError(*error.gap) from None
            except TargetError as error:
                raise ReadError(error.code, error.detail, self._unread) from None
            except SftpDownError as error:
                self._lose()
                if last or error.down is not Down.LOST:
                    raise ReadError(*error.gap, unread=self._unread) from None
        assert self._file is not None
        facts = self._file.attributes
        if not stat.S_ISREG(facts.mode or stat.S_IFREG):
            raise ReadError(*NO_FILE)
        return facts

    def _resume(self) -> None:
        """Open the file again and read on, if it is still the same."""
        facts = self._opened()
        if (facts.size, facts.modified) != (
            self._size,
            self._modified if self._modified is not None else facts.modified,
        ):
            raise ReadError(
                GapCode.CHANGED_DURING_READ,
                "The connection broke, and when it was back the file had changed.",
                self._unread,
            )

    def _lose(self) -> None:
        if self._sftp is not None:
            self._sessions.lose(self._sftp, reading=True)
        self._file = self._sftp = None
        self._held.close()

    def _abandon(self) -> None:
        """Let go of what it is read with; of a shell in the middle of a command, for good."""
        held, self._held = self._held, ExitStack()
        with suppress(_Left):
            held.__exit__(_Left, _Left(), None)

    def _start_tar(self, bulk: Bulk) -> bool:
        """Whether tar is at it. Where it is not, SFTP says why."""
        try:
            tar = self._held.enter_context(bulk.tar([self._path]))
            head = tar.head()
        except SftpDownError:
            head = None
        except TargetError as error:
            self._held.close()
            raise ReadError(error.code, error.detail, self._size) from None
        if head is None or head.name != self._path:
            self._abandon()
            return False
        if not head.regular:
            raise ReadError(*NO_FILE)
        self._tar, self._size, self._modified = tar, head.size, head.modified
        return True

    def _from_tar(self, tar: Tar) -> Chunks:
        """What tar gives; where it breaks off, or says that the file grew, SFTP goes on."""
        try:
            for part in tar.stream(self._size):
                self._received += len(part)
                yield part
            if tar.head() is not None:
                raise SftpDownError(Down.GARBLED)
            tar.end()
        except TargetError as error:
            raise ReadError(error.code, error.detail, self._unread) from None
        except ChangedError as error:
            if error.shorter:
                raise ReadError(*error.gap) from None
            self._held.close()
            self._opened()  # it grew, or was touched: on to its new end
        except SftpDownError:
            self._abandon()
            if self._received:
                self._sessions.answered(read=True)
            self._resume()
        else:
            self._held.close()
