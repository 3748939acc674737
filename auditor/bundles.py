"""Files of a listing that only make sense together, read as one: a git directory, a folder that pg_dump wrote (`-Fd`).

For the pipeline, two functions between a scanner and the examiner:

* ``bundled(scanner.scan())`` gives the same items, but the consecutive files below one git directory become one asset:
  its path is the directory's (``/srv/app/.git``), its size the sum, its time the latest, its mode all bits that any file
  has, its locator a ``Bundle`` of the parts. Gaps and controls pass, as do old versions of objects in a bucket. It relies
  on the order in which scanners list (byte order of names, a folder's files together); memory is what is kept of
  up to MOST_PARTS files; more of them come as files of their own.
* ``open_bundle(scanner, asset, report)`` is ``scanner.open(asset)`` for any asset: for one of these bundles it gives a tar
  stream of the parts, made while it is read. A part that cannot be opened is left out; one that fails or changes its size
  while it is read is filled up with zero bytes or cut; each is told to ``report`` as a gap of the part's own path.

The asset must keep its locator on the way to ``identify.extract``: by it the archive extractor knows that the members'
paths are joined by ``/`` and not by ``!/``. A bundle counts as one asset.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import BinaryIO, Final, cast

from auditor.errors import ReadError
from auditor.extractors._git.layout import Bundle, git_root, is_part
from auditor.model.asset import Asset, Control, Gap, GapCode, Position
from auditor.model.scanner import Opens

MOST_PARTS: Final = 1_000_000
_MOST_WAITING: Final = 20_000
_BLOCK: Final = 1 << 20
_TAR_BLOCK: Final = 512
_DUMP_PART: Final = re.compile(
    r"(?:\d{1,10}\.dat(?:\.(?:gz|lz4|zst))?|blobs?_[\w.]{1,40}|blobs(?:_\d{1,10})?\.toc|toc\.dat)"
)
_DUMP_LISTING: Final = "toc.dat"
Item = Asset | Gap | Control | Position


def bundled(items: Iterator[Item]) -> Iterator[Item]:
    """The listing with each git directory and each `pg_dump -Fd` folder as one asset."""
    group: _Group | None = None
    for item in items:
        if isinstance(item, Asset) and item.current:
            if group is not None and group.admits(item):
                group.add(item)
                if group.full:
                    yield from group.items()
                    group = None
                continue
            if group is not None:
                yield from group.items()
            group = _group_of(item)
            if group is None:
                yield item
        elif group is None or not isinstance(item, Position):  # nobody can list on from the midst of a group
            yield item
    if group is not None:
        yield from group.items()


class _Group(ABC):
    """Files being gathered below `root`. `sure` says that they are what they look like."""

    def __init__(self, root: str, target: str, *, sure: bool) -> None:
        self.root = root
        self._target = target
        self._sure = sure
        self._parts: list[Asset] = []

    @property
    def full(self) -> bool:
        """Whether no more are to be kept."""
        return len(self._parts) >= (MOST_PARTS if self._sure else _MOST_WAITING)

    @abstractmethod
    def admits(self, asset: Asset) -> bool:
        """Whether the asset goes on with the group."""

    def add(self, asset: Asset) -> None:
        """Keep it."""
        self._parts.append(asset)

    def items(self) -> Iterator[Asset]:
        """The bundle, or its parts if they turned out to be none."""
        if not self._sure:
            yield from self._parts
            return
        parts = self.ordered(self._parts)
        sizes = [part.size for part in parts]
        times = [part.modified for part in parts if part.modified is not None]
        modes = [part.mode for part in parts if part.mode is not None]
        mode = 0
        for each in modes:
            mode |= each
        yield replace(
            parts[0],
            path=self.root,
            locator=Bundle(parts=tuple(parts)),
            size=None if None in sizes else sum(size or 0 for size in sizes),
            modified=max(times, default=None),
            mode=mode if modes else None,
            version=None,
        )

    def ordered(self, parts: list[Asset]) -> list[Asset]:
        """The parts as they are to stand in the tar."""
        return parts

    def _inside(self, asset: Asset) -> str | None:
        """The name below the group's folder."""
        if asset.target != self._target or not asset.path.startswith(f"{self.root}/"):
            return None
        return asset.path[len(self.root) + 1 :]


class _GitGroup(_Group):
    """A git directory; one that begins with `HEAD` alone is sure once objects of git are met."""

    def admits(self, asset: Asset) -> bool:
        """Whatever lies below a sure one, and what git keeps below one that may be."""
        name = self._inside(asset)
        if name is None:
            return False
        if not self._sure:
            found = git_root(asset.path)
            self._sure = found is not None and found[0] == self.root
        return self._sure or is_part(name.partition("/")[0])


class _DumpGroup(_Group):
    """The files of one folder that are named as pg_dump names them; sure once its table of contents is met."""

    def admits(self, asset: Asset) -> bool:
        """Files of the folder itself, up to its table of contents."""
        name = self._inside(asset)
        return name is not None and not self._sure and _DUMP_PART.fullmatch(name) is not None

    def add(self, asset: Asset) -> None:
        """Keep it."""
        super().add(asset)
        self._sure = self._sure or asset.path.endswith(f"/{_DUMP_LISTING}")

    def ordered(self, parts: list[Asset]) -> list[Asset]:
        """The table of contents first: it tells of which table the others are."""
        return sorted(parts, key=lambda part: not part.path.endswith(f"/{_DUMP_LISTING}"))


def _group_of(asset: Asset) -> _Group | None:
    """The group that begins with this file, if one may."""
    found = git_root(asset.path)
    group: _Group
    folder, _, name = asset.path.rpartition("/")
    if found is not None and found[0]:
        group = _GitGroup(found[0], asset.target, sure=True)
    elif name == "HEAD" and folder:
        group = _GitGroup(folder, asset.target, sure=False)
    elif folder and name != _DUMP_LISTING and _DUMP_PART.fullmatch(name):
        group = _DumpGroup(folder, asset.target, sure=False)
    else:
        return None
    group.add(asset)
    return group


@contextmanager
def open_bundle(scanner: Opens, asset: Asset, report: Callable[[Gap], None]) -> Iterator[BinaryIO]:
    """As `Scanner.open`; see the module's text. ReadError only for an asset that is no bundle."""
    if not isinstance(asset.locator, Bundle):
        with scanner.open(asset) as stream:
            yield stream
        return
    from auditor.extractors._archive.members import Chunked  # with encodings and more: for those who have a bundle

    chunks = _tar(scanner, asset, report)
    try:
        yield cast(BinaryIO, Chunked(chunks))
    finally:
        chunks.close()


def _tar(scanner: Opens, asset: Asset, report: Callable[[Gap], None]) -> Generator[bytes, None, None]:
    for part in asset.locator.parts:
        name = part.path[len(asset.path) + 1 :]
        size = part.size
        try:
            with scanner.open(part) as stream:
                if size is None:  # a tar says sizes first: no scanner lists files without
                    report(_gap(part, GapCode.UNABLE_TO_PARSE_FILE, "its size is not known"))
                    continue
                yield _header(name, part)
                yield from _content(stream, part, size, report)
        except ReadError as error:
            report(_gap(part, error.code, error.detail, error.unread))
    yield bytes(_TAR_BLOCK * 2)


def _content(stream: BinaryIO, part: Asset, size: int, report: Callable[[Gap], None]) -> Iterator[bytes]:
    """Exactly `size` bytes, and zero bytes to the end of the tar's block."""
    left = size
    try:
        while left and (data := stream.read(min(left, _BLOCK))):
            left -= len(data)
            yield data
        if left:
            report(_gap(part, GapCode.CHANGED_DURING_READ, "The file became shorter while it was read.", left))
        elif stream.read(1):
            report(_gap(part, GapCode.CHANGED_DURING_READ, "The file became longer while it was read."))
    except ReadError as error:
        report(_gap(part, error.code, error.detail, error.unread if error.unread is not None else left))
    while left:
        padding = min(left, _BLOCK)
        left -= padding
        yield bytes(padding)
    if size % _TAR_BLOCK:
        yield bytes(_TAR_BLOCK - size % _TAR_BLOCK)


def _header(name: str, part: Asset) -> bytes:
    import tarfile  # a hundredth of a second: not for those without a bundle

    info = tarfile.TarInfo(name)
    info.size = part.size or 0
    info.mtime = int(part.modified.timestamp()) if part.modified is not None else 0
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape")


def _gap(part: Asset, code: str, detail: str, size: int | None = None) -> Gap:
    return Gap(
        target=part.target,
        path=part.path,
        version=part.version,
        code=GapCode(code),
        detail=detail,
        size=part.size if size is None else size,
    )
