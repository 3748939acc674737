"""Walking a server's folders: stable order, bounded, nothing left out without a word."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final, Protocol, TypeVar

from auditor.errors import TargetError
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import SshTarget
from auditor.model.text import printable
from auditor.scanners._posix import is_whiteout, joined, shown, special_file, utc
from auditor.scanners._sftp import Sftp
from auditor.scanners._sftp_listing import Entry, Listing
from auditor.scanners._sftp_wire import NO_SUCH_FILE, PERMISSION_DENIED, Attributes, SftpDownError, SftpStatusError
from auditor.scanners._ssh_folders import Folders
from auditor.scanners._ssh_shell import Shell

KERNEL_FOLDERS: Final = ("/dev", "/proc", "/run", "/sys")
"""Left out below a root of "/": file systems that the kernel makes up, whose files can hang or have no end. Only where they are
(`_made_up`): an account in a chroot may see folders of the vendor's by these names."""
CACHES: Final = (
    "/usr/share/doc", "/usr/share/locale", "/usr/share/man", "/var/cache/apt", "/var/cache/dnf", "/var/cache/yum", "/var/lib/apt/lists",
    "/var/lib/dpkg", "/var/lib/rpm",
)  # fmt: skip
"""Left out too: what the system's packages keep. A user's own ~/.cache is not: people's downloads lie there."""
MAX_PATH: Final = 4096
"""Linux's PATH_MAX: what lies deeper cannot be opened, and only a server that makes folders up shows it."""
MAX_FOLDERS: Final = 5_000_000
MAX_REPEATS: Final = 8
"""Folders within each other whose listings are the same to the last time stamp: the server runs in a circle."""

_PROOFS: Final = {
    "/dev": ((b"/dev/null", stat.S_IFCHR),),
    "/proc": ((b"/proc/version", stat.S_IFREG),),
    "/run": ((b"/proc/version", stat.S_IFREG), (b"/sys/kernel", stat.S_IFDIR)),
    "/sys": ((b"/sys/kernel", stat.S_IFDIR),),
}
"""What lies in these folders where the kernel makes them up: root's (in a container nobody's), and of no size."""
_CACHE_FOLDERS: Final = frozenset(folder.encode() for folder in CACHES)
_OVERRIDE: Final = "Name it in paths, or set default_excludes: false, to examine it."

_T = TypeVar("_T")


class Request(Protocol):
    """Ask the server something, over a new connection if the one there is gets lost."""

    def __call__(self, ask: Callable[[Sftp], _T], *, reading: bool = False) -> _T:
        """SftpStatusError, SftpDownError or TargetError where there is no answer."""
        ...


@dataclass(slots=True, kw_only=True)
class _Folder:
    path: bytes
    shown: bytes
    digest: int
    entries: list[bytes]
    """Those that the walk has not come to yet, the next one last; `folders`: which of them are folders."""
    folders: list[bytes]
    owners: dict[int, str]


class Walk:
    """One walk over a target's paths."""

    def __init__(
        self, target: SshTarget, request: Request, as_root: Callable[[bytes], Listing | None] = lambda _path: None,
        shell: Callable[[], AbstractContextManager[Shell]] | None = None,
    ) -> None:  # fmt: skip
        self._target = target
        self._as_root = as_root
        self._request = request
        self._folders = Folders(lambda path: request(lambda sftp: sftp.listdir(path)), shell)
        self._roots: list[tuple[bytes, bytes]] = []
        self._kernel: set[bytes] = set()
        self._left = MAX_FOLDERS
        self._patterns = tuple(pattern.rstrip("/") or "/" for pattern in target.exclude)

    def run(self) -> Iterator[Asset | Gap | Control]:
        """What is left out on purpose, then the files of each path in the engagement's order."""
        try:
            self._roots = self._resolved()
            yield from self._exclusions()
            for path, typed in self._roots:
                yield from self._root(path, typed)
        except TargetError as error:
            # What was found stays; what was not seen is said once, for the whole target.
            detail = f"The listing stopped, and what comes after was not seen. {error.detail}"
            yield Gap(target=self._target.name, path="", code=GapCode(error.code), detail=detail)

    def roots(self) -> list[tuple[bytes, bytes]]:
        """The paths, as the server resolves them, and as their files are shown."""
        return self._resolved()

    def _resolved(self) -> list[tuple[bytes, bytes]]:
        """The paths as the server resolves them, each once, with how to show them."""
        roots: dict[bytes, bytes] = {}
        for typed in self._target.paths:
            path = typed.removeprefix("~/") if typed != "~" else "."
            name = path.encode("utf-8", "surrogateescape") or b"."
            try:
                real = self._request(lambda sftp: sftp.realpath(name))  # noqa: B023 - called at once
            except (SftpStatusError, SftpDownError):
                real = name
            shown_root = name if name.startswith(b"/") else real
            roots.setdefault(real, shown_root)
        return list(roots.items())

    def _exclusions(self) -> Iterator[Control]:
        for pattern in self._target.exclude:
            detail = "Paths that match this pattern were not examined, as the engagement says."
            yield Control(target=self._target.name, name="ssh.excluded", value=printable(pattern), detail=detail)
        if not self._target.default_excludes:
            return
        if any(path == b"/" for path, _ in self._roots):
            for folder in filter(self._made_up, KERNEL_FOLDERS):
                self._kernel.add(folder.encode())
                detail = "Not examined below /: the kernel makes it up in memory. Name it in paths to examine it."
                yield Control(target=self._target.name, name="ssh.excluded", value=folder, detail=detail)
        for folder in CACHES:
            if any(folder.encode().startswith(path.rstrip(b"/") + b"/") for path, _ in self._roots):
                detail = f"Not examined: the system's packages keep it. {_OVERRIDE}"
                yield Control(target=self._target.name, name="ssh.excluded", value=folder, detail=detail)

    def _made_up(self, folder: str) -> bool:
        """Whether it is proven that the kernel makes a folder up."""
        for path, kind in _PROOFS[folder]:
            try:
                facts = self._request(lambda sftp: sftp.lstat(path))  # noqa: B023 - called at once
            except (SftpStatusError, SftpDownError):
                return False
            if stat.S_IFMT(facts.mode or 0) != kind or facts.uid not in (0, 65534) or facts.size:
                return False
        return True

    def _root(self, path: bytes, typed: bytes) -> Iterator[Asset | Gap]:
        try:
            facts = self._request(lambda sftp: sftp.stat(path))
        except SftpStatusError as error:
            if error.status == NO_SUCH_FILE:
                yield self._gap(typed, GapCode.NOT_FOUND, "There is no such file or folder on the server.")
            elif error.status == PERMISSION_DENIED and self._target.sudo:
                yield from self._walk(path, typed)
            else:
                yield self._gap(typed, *error.gap)
            return
        except SftpDownError as error:
            yield self._gap(typed, *error.gap)
            return
        kind = stat.S_IFMT(facts.mode or 0)
        if kind == stat.S_IFREG:
            yield self._asset(path, typed, facts, {})
        elif kind in (stat.S_IFDIR, 0):
            yield from self._walk(path, typed)
        else:
            yield special_file(self._target.name, shown(typed), facts.mode or 0)

    def _walk(self, root: bytes, typed_root: bytes) -> Iterator[Asset | Gap]:
        roots = {path for path, _ in self._roots}  # each is walked as such

        def left_out(path: bytes) -> bool:
            return path in roots or self._excluded(root, path)

        stack: list[_Folder] = []
        yield from self._enter(root, typed_root, stack, left_out)
        while stack:
            folder = stack[-1]
            if not folder.entries:
                stack.pop()
                continue
            name, facts = Entry.of(folder.entries.pop())
            path = joined(folder.path, name)
            typed = path if folder.shown is folder.path else joined(folder.shown, name)
            kind = stat.S_IFMT(facts.mode or 0)
            if kind == stat.S_IFDIR:
                folder.folders.pop()
            if left_out(path):
                continue
            if not kind:
                known = self._facts(path, typed)
                if isinstance(known, Gap):
                    yield known
                    continue
                facts, kind = known, stat.S_IFMT(known.mode or 0)
            match kind:
                case stat.S_IFREG:
                    yield self._asset(path, typed, facts, folder.owners)
                case stat.S_IFDIR:
                    yield from self._enter(path, typed, stack, left_out)
                case stat.S_IFLNK:
                    pass
                case _:
                    if not is_whiteout(path, facts.mode or 0):
                        yield special_file(self._target.name, shown(typed), facts.mode or 0)

    def _enter(
        self, path: bytes, typed: bytes, stack: list[_Folder], left_out: Callable[[bytes], bool]
    ) -> Iterator[Gap]:
        """List a folder and put it on the stack; the gaps are what could not be listed of it."""
        self._left -= 1
        if len(path) > MAX_PATH or self._left < 0:
            yield self._gap(typed, GapCode.SERVER_MISBEHAVED, "The server shows folders without an end.")
            return
        listing: Listing | None
        try:
            listing = self._folders.listing(path, lambda: _coming(stack), left_out)
        except (SftpStatusError, SftpDownError) as error:
            denied = isinstance(error, SftpStatusError) and error.status == PERMISSION_DENIED
            listing = self._as_root(path) if denied else None
            if listing is None:
                yield self._gap(typed, *error.gap)
                return
        digest = hash(tuple(listing.entries))
        if listing.entries and sum(folder.digest == digest for folder in stack) >= MAX_REPEATS:
            yield self._gap(typed, GapCode.SERVER_MISBEHAVED, "The server shows the same folder within itself.")
            return
        if listing.cut is not None:
            yield self._gap(typed, *listing.cut)
        if listing.bad_names:
            detail = (
                f"The server listed {len(listing.bad_names)} names that are none (with a / in them, empty or too long); "
                f"they were not followed. The first: {shown(listing.bad_names[0])}"
            )
            yield self._gap(typed, GapCode.SERVER_MISBEHAVED, detail)
        listing.entries.reverse()
        shown_as = path if typed == path else typed
        stack.append(
            _Folder(
                path=path, shown=shown_as, digest=digest, entries=listing.entries, folders=[*reversed(listing.folders)],
                owners=listing.owners,
            )
        )  # fmt: skip

    def _facts(self, path: bytes, typed: bytes) -> Attributes | Gap:
        """For servers whose listings do not say what an entry is."""
        try:
            return self._request(lambda sftp: sftp.lstat(path))
        except (SftpStatusError, SftpDownError) as error:
            return self._gap(typed, *error.gap)

    def _excluded(self, root: bytes, path: bytes) -> bool:
        if self._target.default_excludes and (path in _CACHE_FOLDERS or (root == b"/" and path in self._kernel)):
            return True
        if not self._patterns:
            return False
        text = path.decode("utf-8", "surrogateescape")
        name = text.rsplit("/", 1)[-1]
        return any(fnmatchcase(text if "/" in pattern else name, pattern) for pattern in self._patterns)

    def _asset(self, path: bytes, typed: bytes, facts: Attributes, owners: dict[int, str]) -> Asset:
        owner = None if facts.uid is None else owners.get(facts.uid, str(facts.uid))
        return Asset(
            target=self._target.name,
            path=shown(typed),
            locator=path,
            size=facts.size,
            modified=utc(facts.modified),
            mode=None if facts.mode is None else stat.S_IMODE(facts.mode),
            owner=owner,
        )

    def _gap(self, typed: bytes, code: GapCode, detail: str) -> Gap:
        return Gap(target=self._target.name, path=shown(typed), code=code, detail=detail)


def _coming(stack: list[_Folder]) -> Iterator[bytes]:
    """The folders that the walk comes to next, as far as it knows."""
    for folder in reversed(stack):
        for name in reversed(folder.folders):
            yield joined(folder.path, name)
