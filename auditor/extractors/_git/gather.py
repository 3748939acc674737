"""Git directories among an archive's members: their objects are kept until the archive ends, then read as repositories."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final, cast

from auditor.extractors._archive.members import Joined, Spool, member_asset, read_up_to
from auditor.extractors._git import layout as git_layout
from auditor.extractors.decoding import Readable
from auditor.extractors.git import Repository, read_repository
from auditor.extractors.limits import Budget
from auditor.model.asset import Asset, GapCode
from auditor.model.content import Content, Member, Source

_KEPT: Final = 32 << 20
_KEPT_FILE: Final = 8 << 20
_DERIVED: Final = (b"RIDX", b"BITM", b"MIDX", b"CGPH", b"MTME")
_NEAR: Final = re.compile(r"\.git/|objects/|HEAD$|packed-refs$|shallow$|index$|refs/")
"""What a name must hold to be looked at closer."""

_INDEX_MARK: Final = b"DIRC\0\0\0"  # holds names and ids alone
_REFERENCE: Final = re.compile(rb"(?:ref: [^\s]{1,500}|[0-9a-f]{40}|[0-9a-f]{64})\s*")
_META: Final = re.compile(
    r"(?:[A-Z_]{1,20}|packed-refs|shallow|index|config|refs/.{1,500}|logs/.{1,500}|worktrees/.{1,200}/[^/]+|worktrees/.{1,200}/logs/.{1,300})"
)
_REFLOG: Final = re.compile(rb"(?m)^[0-9a-f]{40,64} ([0-9a-f]{40,64}) ([^<>\n]*<[^<>\n]*> \d+ [+-]\d{4})\t?(.*)$")
"""Written as `git log` writes it: those who commit stand after a word that says so, and are no leaked customers."""

_LFS_OBJECT: Final = re.compile(r"lfs/objects/[0-9a-f]{2}/[0-9a-f]{2}/([0-9a-f]{64})")
_MOST_DIRECTORIES: Final = 10_000
_MOST_OBJECTS: Final = 400_000
"""More are read one by one, as loose objects and packs met alone are."""


@dataclass(slots=True)
class _Directory:
    """What was kept of one git directory, submodules' own ones included; names are those below it."""

    path: str
    loose: list[tuple[str, int, int, bytes]] = field(default_factory=list)
    packs: list[tuple[str, str, int, int]] = field(default_factory=list)
    indexes: dict[str, tuple[int, int]] = field(default_factory=dict)
    meta: dict[str, bytes] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)
    sure: bool = False


class GitGatherer:
    """Keeps objects in one temporary file without a name; all else of a git directory is handed on as it is."""

    def __init__(self, source: Source, budget: Budget) -> None:
        self._archive = source.asset
        self._encodings = source.encodings
        self._budget = budget
        self._joint = "/" if isinstance(source.asset.locator, git_layout.Bundle) else "!/"
        self._spool = Spool(budget.limits)
        self._kept = 0
        self._objects = 0
        self._directories: dict[str, _Directory] = {}

    def wants(self, name: str) -> bool:
        """Files of a git directory, and those that may turn out to be."""
        if _NEAR.search(name) is None:
            return False
        found = git_layout.git_root(name)
        if found is not None:
            known = found[0] in self._directories or len(self._directories) < _MOST_DIRECTORIES
            return known and self._objects < _MOST_OBJECTS
        return len(self._directories) < _MOST_DIRECTORIES and bool(git_layout.maybe_bare(name))

    def take(self, name: str, asset: Asset, stream: Readable) -> Iterator[Content]:
        """Keep an object; keep and hand on a small file."""
        found = git_layout.git_root(name)
        if found is None:
            head = self._keep_meta(git_layout.maybe_bare(name), stream)
            if not head.startswith(_INDEX_MARK):
                yield Member(asset=asset, stream=cast(BinaryIO, Joined(head, stream)))
            return
        root, rest = found
        directory = self._directory(root)
        directory.sure = True
        head = read_up_to(stream, 1100)
        whole = Joined(head, stream)
        if git_layout.LOOSE.search(rest) and _is_zlib(head):
            prefix, _, hexed = rest.rpartition("objects/")
            hexed = hexed.replace("/", "")
            place = yield from self._spooled(asset, whole)
            if place is not None:
                directory.loose.append((prefix, *place, b"" if "tmp" in hexed else bytes.fromhex(hexed)))
        elif git_layout.PACK.search(rest) and head.startswith(b"PACK"):
            place = yield from self._spooled(asset, whole)
            if place is not None:
                directory.packs.append((rest.rpartition("objects/")[0], rest.removesuffix(".pack"), *place))
        elif git_layout.INDEX.search(rest) and (head.startswith(b"\xfftOc") or len(head) >= 1024):
            place = yield from self._spooled(asset, whole)
            if place is not None:
                directory.indexes[rest.removesuffix(".idx")] = place
        elif "objects/" in rest and head.startswith(_DERIVED):
            return  # what git works out from the objects
        else:
            if match := _LFS_OBJECT.search(rest):
                directory.stored.add(match[1])
            kept = self._keep_meta([(root, rest)], whole)
            if kept.startswith(_INDEX_MARK) or (_REFERENCE.fullmatch(kept) and len(kept) < 600):
                return
            if "logs/" in rest:
                kept = _REFLOG.sub(rb"\1\nCommitter: \2\n    \3", kept)
            yield Member(asset=asset, stream=cast(BinaryIO, Joined(kept, whole)))

    def linked(self, name: str) -> None:
        """Links hold nothing."""

    def finish(self) -> Iterator[Content]:
        """The repositories, one after another."""
        for directory in list(self._directories.values()):
            if directory.sure:
                for prefix in sorted({item[0] for item in directory.loose} | {item[0] for item in directory.packs}):
                    yield from read_repository(self._repository(directory, prefix), self._budget, self._encodings)
        for directory in self._directories.values():
            for base in directory.indexes.keys() - {item[1] for item in directory.packs}:
                asset = self._asset(git_layout.below(directory.path, f"{base}.pack"))
                yield asset.gap(
                    GapCode.ARCHIVE_CONTAINS_UNPROCESSED_FILES, "this pack is missing: only its index is there"
                )

    def close(self) -> None:
        """The temporary file goes."""
        self._spool.close()

    def _directory(self, root: str) -> _Directory:
        if root not in self._directories:
            self._directories[root] = _Directory(root)
        return self._directories[root]

    def _keep_meta(self, places: list[tuple[str, str]], stream: Readable) -> bytes:
        """The beginning of a file, kept if it tells of references."""
        if not any(_META.fullmatch(_inner(rest)) for _, rest in places):
            return b""
        head = read_up_to(stream, _KEPT_FILE)
        for root, rest in places:
            if self._kept + len(head) <= _KEPT and _META.fullmatch(_inner(rest)):
                self._directory(root).meta[rest] = head
                self._kept += len(head) + 200
        return head

    def _spooled(self, asset: Asset, stream: Readable) -> Generator[Content, None, tuple[int, int] | None]:
        """(offset, size) of the stream's copy; None with a gap if there is no room."""
        place = self._spool.keep(stream)
        if place is None:
            detail = f"objects of git of more than {self._budget.limits.spool_bytes} bytes were not all read"
            yield asset.gap(GapCode.FILE_EXCEEDS_SIZE_LIMIT, detail)
            return None
        self._objects += 1
        return place

    def _repository(self, directory: _Directory, prefix: str) -> Repository:
        file = self._spool.file
        meta = {name[len(prefix) :]: data for name, data in directory.meta.items() if name.startswith(prefix)}
        if not prefix:
            meta = {name: data for name, data in meta.items() if not name.startswith("modules/")}
        config = meta.get("config", b"")
        loose = [item[1:] for item in directory.loose if item[0] == prefix]
        sha256 = re.search(rb"(?mi)^\s*objectformat\s*=\s*sha256", config) is not None or any(
            len(item[2]) == 32 for item in loose
        )

        def index_of(base: str) -> bytes:
            if base not in directory.indexes:
                return b""
            start, size = directory.indexes[base]
            file.seek(start)
            return file.read(min(size, 64 << 20))

        return Repository(
            asset=self._asset(git_layout.below(directory.path, prefix.rstrip("/"))),
            file=file,
            loose=loose,
            packs=[
                (start, size, lambda base=base: index_of(base))  # type: ignore[misc]
                for where, base, start, size in directory.packs
                if where == prefix
            ],
            meta=meta,
            stored=directory.stored,
            sha256=sha256,
            thin=b"promisor" in config or b"partialclone" in config,
        )

    def _asset(self, name: str) -> Asset:
        archive = self._archive
        path = f"{archive.path}{self._joint}{name}" if name else archive.path
        return member_asset(archive, path)


def _inner(rest: str) -> str:
    """The name below the submodule's own directory: `modules/lib/HEAD` is its HEAD."""
    if rest.startswith("modules/"):
        for part in ("/refs/", "/logs/", "/worktrees/"):
            if part in rest:
                return rest[rest.index(part) + 1 :]
        return rest.rpartition("/")[2]
    return rest


def _is_zlib(head: bytes) -> bool:
    return len(head) >= 2 and head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0
