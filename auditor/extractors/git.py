"""Git repositories: every content that any commit, stash, reflog or nothing at all still refers to, each once.

A git directory inside an archive comes through git_gather.py; a pack, a bundle or a loose object met alone comes here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import IO, BinaryIO, Final, cast

from auditor.errors import ReadError
from auditor.extractors._archive.members import Chunked, Joined, member_asset, shown_name, within
from auditor.extractors._git import history as git_history
from auditor.extractors._git.delta import DamagedError
from auditor.extractors._git.entries import TAG
from auditor.extractors._git.history import Found, History
from auditor.extractors._git.index import index_offsets
from auditor.extractors._git.pack import ObjectStore
from auditor.extractors.decoding import Readable
from auditor.extractors.limits import Budget, too_deep
from auditor.extractors.spool import spool
from auditor.model.asset import MEMBER_SEPARATOR, Asset, GapCode
from auditor.model.content import Content, Member, Source
from auditor.model.text import printable

_BUNDLE: Final = re.compile(rb"# v[23] git bundle\n")
_BUNDLE_HEAD: Final = 16 << 20
_LOOSE: Final = re.compile(rb"(blob|commit|tree|tag) \d{1,19}\0")
_LFS: Final = b"version https://git-lfs.github.com/spec/v1\n"
_BLOCK: Final = 256 << 10
_SAID: Final = ("tree", "parent", "gpgsig", "gpgsig-sha256")


@dataclass(slots=True, kw_only=True)
class Repository:
    """What is known of one repository: `asset` is its directory; objects lie in `file`.

    `loose` are (offset, size, id by its file's name or b""), `packs` (offset, size, what gives its index's bytes),
    `meta` the small files by name below the directory, `stored` the ids of Git LFS contents that lie in it.
    """

    asset: Asset
    file: IO[bytes]
    loose: list[tuple[int, int, bytes]] = field(default_factory=list)
    packs: list[tuple[int, int, Callable[[], bytes]]] = field(default_factory=list)
    meta: dict[str, bytes] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)
    sha256: bool = False
    thin: bool = False


class GitExtractor:
    """Reads a pack, a bundle (`git bundle`), or one loose object; what else zlib compressed is handed on inflated."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def extract(self, source: Source) -> Iterator[Content]:
        """`Member`s, one a blob, and one of what commits and tags say; gaps."""
        asset = source.asset
        if (gap := too_deep(asset, self._budget.limits)) is not None:
            yield gap
            return
        try:
            if source.head.startswith(b"PACK") or _BUNDLE.match(source.head):
                with spool(source.stream, self._budget.limits) as file:
                    yield from read_repository(_alone(asset, file), self._budget, source.encodings)
            else:
                yield from self._inflated(source)
        except ReadError as error:
            yield asset.gap(error.code, error.detail)

    def _inflated(self, source: Source) -> Iterator[Content]:
        """What a zlib stream holds, as a member."""
        state = _Inflated(source.stream, self._budget)
        head = state.read(64)
        while head and len(head) < 64 and (data := state.read(64 - len(head))):
            head += data
        name = source.asset.name
        found = _LOOSE.match(head)
        said = f"git {found[1].decode()}" if found else re.sub(r"(?i)\.(?:z|zz|zlib|deflate)$", "", name) or "content"
        count_member(self._budget)
        if not state.failed or head:
            asset = member_asset(source.asset, within(source.asset, said))
            stream = Joined(head[found.end() :] if found else head, state)
            yield Member(asset=asset, stream=cast(BinaryIO, stream))
        while not state.failed and state.read(_BLOCK):
            pass  # to its end, so that damage is seen whoever read the member
        if state.failed:
            yield source.asset.gap(state.code, state.failed)


class _Inflated:
    """A zlib stream, inflated as it is read; where it is damaged it ends and `failed` says so."""

    def __init__(self, stream: Readable, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget
        self._decoder = zlib.decompressobj()
        self._input = b""
        self.failed = ""
        self.code = GapCode.MALFORMED_FILE

    def read(self, size: int = _BLOCK, /) -> bytes:
        """Up to `size` bytes; b"" at the end."""
        while not self.failed and not self._decoder.eof:
            data = self._input or self._stream.read(_BLOCK)
            if not data:
                self.failed = "the compressed data ends too early"
                break
            try:
                out = self._decoder.decompress(data, min(size, _BLOCK) if size > 0 else _BLOCK)
            except zlib.error:
                self.failed = "the compressed data is damaged"
                break
            self._input = self._decoder.unconsumed_tail
            try:
                self._budget.expand(len(out))
                self._budget.check()
            except ReadError as error:
                self.failed, self.code = error.detail, GapCode(error.code)
                break
            if out:
                return out
        if self._decoder.eof and not self.failed and (self._decoder.unused_data or self._stream.read(1)):
            self.failed = "what stands after the compressed data was not read"
        return b""


def _alone(asset: Asset, file: IO[bytes]) -> Repository:
    """A pack, or a bundle: references, an empty line, and a pack."""
    head = file.read(_BUNDLE_HEAD)
    start = 0
    meta: dict[str, bytes] = {}
    sha256 = thin = False
    if _BUNDLE.match(head):
        end = head.find(b"\n\n")
        start = end + 2 if end >= 0 else len(head)
        lines = head[: max(end, 0)].split(b"\n")[1:]
        sha256 = b"@object-format=sha256" in lines
        thin = any(line.startswith(b"-") for line in lines)
        for line in lines:
            name, _, ref = line.partition(b" ")
            if re.fullmatch(rb"[0-9a-f]{40,64}", name) and ref:
                meta[ref.decode("utf-8", "replace")] = name
    size = file.seek(0, 2)
    return Repository(asset=asset, file=file, packs=[(start, size - start, bytes)], meta=meta, sha256=sha256, thin=thin)


def count_member(budget: Budget) -> None:
    """One member more. ReadError if it is one too many."""
    if budget.full:
        detail = f"more than {budget.limits.members} members in archives of this file"
        raise ReadError(GapCode.ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT, detail)
    budget.members += 1
    budget.expand(0)
    budget.check()


def read_repository(repository: Repository, budget: Budget, encodings: tuple[str, ...]) -> Iterator[Content]:
    """Every blob as a member named by path and commit, one member of all that commits and tags say, gaps. Raises nothing."""
    asset = repository.asset
    store = ObjectStore(repository.file, budget, sha256=repository.sha256)
    try:
        yield from _load(repository, store)
        refs = git_history.references(repository.meta, store.width)
        history = History(store, refs, budget)
        pointers = 0
        for found in history.blobs():
            count_member(budget)
            stream = BlobStream(store, found.number, budget)
            head = stream.read(512)
            if head.startswith(_LFS):
                match = re.search(rb"(?m)^oid sha256:([0-9a-f]{64})$", head)
                pointers += match is None or match[1].decode() not in repository.stored
            member = member_asset(
                asset, _path(asset, found, encodings), size=store.sizes[found.number], modified=found.when
            )
            try:
                yield Member(asset=member, stream=cast(BinaryIO, Joined(head, stream)))
            finally:
                stream.leave()
            if stream.failed is not None:
                yield member.gap(stream.failed.code, stream.failed.detail)
                if budget.spent:
                    raise stream.failed
        if told := list(history.commits):
            count_member(budget)
            path = f"{asset.path}{MEMBER_SEPARATOR}commits"
            yield Member(asset=member_asset(asset, path), stream=cast(BinaryIO, Chunked(_told(store, told))))
        if pointers:
            detail = f"{pointers} files are pointers of Git LFS: their content is kept elsewhere and was not read"
            yield asset.gap(GapCode.ARCHIVE_CONTAINS_UNPROCESSED_FILES, detail, part=True)
        if history.absent and not repository.thin:
            detail = f"{len(history.absent)} objects that the history names are not in the repository"
            yield asset.gap(GapCode.ARCHIVE_CONTAINS_UNPROCESSED_FILES, detail, part=True)
    except ReadError as error:
        yield asset.gap(GapCode(error.code), error.detail, part=True)
    for why, count in store.problems.items():
        yield asset.gap(GapCode.MALFORMED_FILE, why if count == 1 else f"{why} ({count} times)", part=True)


def _load(repository: Repository, store: ObjectStore) -> Iterator[Content]:
    for offset, size, name in repository.loose:
        if not store.add_loose(offset, size, name):
            path = within(repository.asset, f"objects/{name.hex()[:2]}/{name.hex()[2:]}", joint="/")
            asset = member_asset(repository.asset, path, size=size)
            yield asset.gap(GapCode.MALFORMED_FILE, "not an object of git, or a damaged one: it was searched as it is")
            repository.file.seek(offset)
            data = repository.file.read(min(size, 64 << 20))
            yield Member(asset=asset, stream=cast(BinaryIO, Joined(data)))
    for offset, size, index in repository.packs:
        store.add_pack(offset, size, partial(_offsets, index, store.width))
    store.resolve()


def _offsets(index: Callable[[], bytes], width: int) -> list[int]:
    return index_offsets(index(), width)


class BlobStream:
    """One blob, read on at the budget's cost. Where it cannot be read it ends, and `failed` says why."""

    def __init__(self, store: ObjectStore, number: int, budget: Budget) -> None:
        self._chunks: Iterator[bytes] | None = store.chunks(number)
        self._budget = budget
        self._left = b""
        self.failed: ReadError | None = None

    def read(self, size: int = _BLOCK, /) -> bytes:
        """Up to `size` bytes; b"" at the end."""
        if self._chunks is None or self.failed is not None:
            return b""
        try:
            while not self._left:
                self._left = next(self._chunks, b"")
                if not self._left:
                    return b""
                self._budget.expand(len(self._left))
                self._budget.check()
        except DamagedError as error:
            self.failed = ReadError(GapCode.MALFORMED_FILE, str(error))
            return b""
        except ReadError as error:
            self.failed = error
            return b""
        cut = size if size >= 0 else len(self._left)
        data, self._left = self._left[:cut], self._left[cut:]
        return data

    def leave(self) -> None:
        """The walk moves on: whoever still holds the stream reads nothing more."""
        self._chunks = None


def _path(repository: Asset, found: Found, encodings: tuple[str, ...]) -> str:
    note = printable(found.note).replace("(", "[").replace(")", "]")
    if not found.path:
        return within(repository, f"({note})")
    name = shown_name(found.path, encodings)
    return within(repository, f"{name} ({note})" if note else name)


def _told(store: ObjectStore, numbers: list[int]) -> Iterator[bytes]:
    """What commits and tags say, as `git log` writes it: people's names stand after `Author:`, which detectors know."""
    wanted = frozenset(numbers)
    names = {number: name.hex() for name, number in store.numbers.items() if number in wanted}
    for number in numbers:
        try:
            fields, message = git_history.headers(store.read(number))
        except DamagedError:
            continue  # noted when the commits were first read
        encoding = dict(fields).get(b"encoding", b"utf-8").decode("ascii", "replace")
        lines = [f"{'tag' if store.kinds[number] == TAG else 'commit'} {names[number]}"]
        for name, value in fields:
            if name.decode("ascii", "replace") not in _SAID and value:
                word = "Committer" if name == b"tagger" else _decoded(name, "utf-8").capitalize()
                lines.append(f"{word}: {_person(_decoded(value, encoding))}")
        lines += ["", *(f"    {line}" for line in _decoded(message, encoding).splitlines()), "", ""]
        yield "\n".join(lines).encode("utf-8", "replace")


def _person(value: str) -> str:
    """`A B <a@b> 1700000000 +0900` with the time as people write it."""
    match = re.search(r"> (\d{1,11}) [+-]\d{4}$", value)
    if match is None:
        return value
    return f"{value[: match.start() + 1]} {datetime.fromtimestamp(int(match[1]), UTC):%Y-%m-%d %H:%M:%S} UTC"


def _decoded(data: bytes, encoding: str) -> str:
    for name in ("utf-8", encoding, "cp949"):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")
