"""Files and folders of this machine: what `auditor gate` reads."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import BinaryIO, Final

from auditor.errors import ReadError, TargetError
from auditor.journal import Journal
from auditor.model.asset import Asset, Control, Gap, GapCode, Probe
from auditor.model.engagement import LocalTarget
from auditor.model.text import printable
from auditor.pace import Pace
from auditor.scanners._posix import is_whiteout, joined, shown, special_file, utc
from auditor.scanners._stream import Chunks, as_listed, reading

CHUNK: Final = 1 << 20

# O_NONBLOCK: a FIFO that took a file's place must not hang us. O_NOATIME: reading leaves no trace (owner only).
_FLAGS: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_NO_ATIME: Final = getattr(os, "O_NOATIME", 0)


class LocalScanner:
    """Walks folders in the byte order of their names. Symbolic links are not followed, except a root path itself."""

    parallel = True

    def __init__(self, target: LocalTarget, pace: Pace | None = None, _journal: Journal | None = None) -> None:
        self._target = target
        self._pace = pace or Pace()
        typed = [os.fsencode(path) for path in target.paths]
        self._roots = list({os.path.realpath(path): path for path in reversed(typed)}.items())[::-1]
        self._real_roots = frozenset(real for real, _ in self._roots)

    def scan(self) -> Iterator[Asset | Gap | Control]:
        """Every regular file below the paths, each once. TargetError if none of the paths exists."""
        missing = [typed for real, typed in self._roots if _is_missing(real)]
        if len(missing) == len(self._roots):
            raise TargetError(
                GapCode.NOT_FOUND,
                f"There is no such file or folder: {', '.join(map(shown, missing))}.",
                "Check the path; a relative one starts at the folder the command runs in.",
            )
        for real, typed in self._roots:
            yield from self._root(real, typed)

    @contextmanager
    def open(self, asset: Asset) -> Iterator[BinaryIO]:
        """The file's bytes. ReadError if it is gone, refused, no regular file any more, or shorter than when opened."""
        with self.open_at(asset, 0, 0) as stream:
            yield stream

    @contextmanager
    def open_at(self, asset: Asset, start: int, until: int) -> Iterator[BinaryIO]:  # noqa: ARG002 - the system reads ahead
        """The same from a byte on; ReadError as well where the file has become shorter than was listed."""
        descriptor = _open(asset.locator)
        try:
            facts = os.fstat(descriptor)
            if not stat.S_ISREG(facts.st_mode):
                raise ReadError(GapCode.SPECIAL_FILE, "It is not a regular file any more and was not read.")
            if start:
                as_listed(asset, facts.st_size, facts.st_mtime)
                os.lseek(descriptor, start, os.SEEK_SET)
            with reading(_chunks(descriptor, facts.st_size, self._pace, start)) as stream:
                yield stream
        finally:
            os.close(descriptor)

    def probe(self) -> Iterator[Probe]:
        """Try to list each folder and to open each file that was named."""
        for real, typed in self._roots:
            what = f"read {shown(typed)}"
            try:
                if os.path.isdir(real):  # noqa: PTH112 - names are bytes
                    with os.scandir(real):
                        pass
                else:
                    os.close(_open(real))
                yield Probe(target=self._target.name, what=what, ok=True)
            except (OSError, ReadError) as error:
                code, detail = (error.code, error.detail) if isinstance(error, ReadError) else _explain(error)
                cure = "Check the path." if code == GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE else _PERMISSION_CURE
                yield Probe(target=self._target.name, what=what, ok=False, detail=detail, cure=cure)

    def close(self) -> None:
        """Nothing is held open between files."""

    def _root(self, real: bytes, typed: bytes) -> Iterator[Asset | Gap]:
        try:
            facts = os.stat(real)  # noqa: PTH116 - names are bytes
        except (FileNotFoundError, NotADirectoryError):
            yield self._gap(typed, GapCode.NOT_FOUND, "There is no such file or folder.")
            return
        except OSError as error:
            yield self._gap(typed, *_explain(error))
            return
        if stat.S_ISDIR(facts.st_mode):
            yield from self._walk(real, typed)
        elif stat.S_ISREG(facts.st_mode):
            yield self._asset(real, typed, facts)
        else:
            yield special_file(self._target.name, shown(typed), facts.st_mode)

    def _walk(self, real: bytes, typed: bytes) -> Iterator[Asset | Gap]:
        # One list of names a level, emptied while it is walked: memory is the folders above, whatever lies below.
        stack: list[tuple[bytes, bytes, list[bytes]]] = []
        found = self._names(real, typed)
        if isinstance(found, Gap):
            yield found
            return
        stack.append((real, typed, found))
        while stack:
            folder, shown_folder, names = stack[-1]
            if not names:
                stack.pop()
                continue
            name = names.pop()
            path, typed_path = joined(folder, name), joined(shown_folder, name)
            if path in self._real_roots:
                continue  # it is walked as a root of its own
            try:
                facts = os.lstat(path)
            except OSError as error:
                yield self._gap(typed_path, *_explain(error))
                continue
            if stat.S_ISREG(facts.st_mode):
                yield self._asset(path, typed_path, facts)
            elif stat.S_ISDIR(facts.st_mode):
                found = self._names(path, typed_path)
                if isinstance(found, Gap):
                    yield found
                else:
                    stack.append((path, typed_path, found))
            elif not stat.S_ISLNK(facts.st_mode) and not is_whiteout(path, facts.st_mode, facts.st_rdev):
                yield special_file(self._target.name, shown(typed_path), facts.st_mode)

    def _names(self, folder: bytes, typed: bytes) -> list[bytes] | Gap:
        """The folder's names, the first one last."""
        try:
            return sorted(os.listdir(folder), reverse=True)  # noqa: PTH208 - names are bytes
        except OSError as error:
            return self._gap(typed, *_explain(error))

    def _asset(self, path: bytes, typed: bytes, facts: os.stat_result) -> Asset:
        return Asset(
            target=self._target.name,
            path=shown(typed),
            locator=path,
            size=facts.st_size,
            modified=utc(facts.st_mtime),
            mode=stat.S_IMODE(facts.st_mode),
            owner=_owner(facts.st_uid),
        )

    def _gap(self, typed: bytes, code: GapCode, detail: str) -> Gap:
        return Gap(target=self._target.name, path=shown(typed), code=code, detail=detail)


_PERMISSION_CURE: Final = "Run as a user who may read it, or give this user the right to read."


def _is_missing(path: bytes) -> bool:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _open(path: bytes) -> int:
    try:
        try:
            return os.open(path, _FLAGS | _NO_ATIME)
        except PermissionError:  # O_NOATIME is for the owner alone
            return os.open(path, _FLAGS)
    except OSError as error:
        raise ReadError(*_explain(error)) from None


def _chunks(descriptor: int, size: int, pace: Pace, received: int = 0) -> Chunks:
    while True:
        try:
            chunk = os.read(descriptor, CHUNK)
        except OSError as error:
            code, detail = _explain(error)
            raise ReadError(code, detail, max(size - received, 0)) from None
        if not chunk:
            break
        received += len(chunk)
        yield chunk
        try:
            pace.took(len(chunk))
        except TargetError as error:
            raise ReadError(error.code, error.detail, max(size - received, 0)) from None
    if received < size:
        raise ReadError(GapCode.CHANGED_DURING_READ, "The file became shorter while it was read.", size - received)


def _explain(error: OSError) -> tuple[GapCode, str]:
    """What an error of the operating system means for coverage; its own text could hold a name."""
    reason = os.strerror(error.errno) if error.errno else "unknown error"
    match error.errno:
        case errno.EACCES | errno.EPERM:
            return GapCode.PERMISSION_DENIED, "This user may not read it."
        case errno.ENOENT:
            return GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE, "It is not there any more."
        case errno.ENOTDIR | errno.ELOOP | errno.ENXIO:
            return GapCode.CHANGED_DURING_READ, f"Something else took its place while the folder was walked ({reason})."
        case _:
            return GapCode.UNREACHABLE, f"The operating system could not read it ({reason})."


@lru_cache(maxsize=4096)
def _owner(uid: int) -> str:
    """The user's name, or the number where this machine has no name for it."""
    import pwd

    try:
        return printable(pwd.getpwuid(uid).pw_name)
    except KeyError:
        return str(uid)
