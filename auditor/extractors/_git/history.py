"""What git's commits, folders, tags and indexes say, and the order in which a repository's contents are met."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from auditor.extractors._git.delta import DamagedError
from auditor.extractors._git.entries import BLOB, COMMIT, TAG, TREE
from auditor.extractors._git.pack import ObjectStore
from auditor.extractors.limits import Budget
from auditor.model.noun import noun

_ID: Final = re.compile(rb"(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{40})(?![0-9a-f])")
_WHEN: Final = re.compile(rb"> (-?\d{1,18}) [+-]\d{4}$")
_FOLDER: Final = 0o040000
_SUBMODULE: Final = 0o160000
_MOST_HEAD_FILES: Final = 500_000
_MOST_PLACES: Final = 100
_LONGEST_PATH: Final = 4096
_LONGEST_NAME: Final = 1024


@noun
class Found:
    """One blob: its number, where it was met ("" when nobody says), by which commit, and what that means for HEAD."""

    number: int
    path: bytes
    note: str
    when: int | None


@dataclass(slots=True, kw_only=True)
class References:
    """What names commits: HEAD's id, others by name (`refs/heads/main`), those of reflogs alone, files of indexes."""

    head: bytes | None = None
    named: dict[str, bytes] = field(default_factory=dict)
    logged: list[bytes] = field(default_factory=list)
    staged: list[tuple[bytes, bytes]] = field(default_factory=list)


def headers(data: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """The fields of a commit or a tag in order, continued lines joined, and its message."""
    head, _, message = data.partition(b"\n\n")
    fields: list[tuple[bytes, bytes]] = []
    for line in head.split(b"\n"):
        if line.startswith(b" ") and fields:
            fields[-1] = (fields[-1][0], fields[-1][1] + b"\n" + line[1:])
        else:
            name, _, value = line.partition(b" ")
            fields.append((name, value))
    return fields, message


def when_of(person: bytes) -> int | None:
    """The seconds since 1970 at the end of `A B <a@b> 1700000000 +0900`."""
    match = _WHEN.search(person)
    return int(match[1]) if match else None


def tree_entries(data: bytes, width: int) -> Iterator[tuple[int, bytes, bytes]]:
    """(mode, name, id) of a folder's entries. DamagedError where it cannot be read on."""
    at = 0
    while at < len(data):
        space = data.find(b" ", at, at + 8)
        end = data.find(b"\0", space)
        if space < 0 or end < 0 or end + 1 + width > len(data):
            raise DamagedError("a folder's object is damaged")
        try:
            mode = int(data[at:space], 8)
        except ValueError:
            raise DamagedError("a folder's object is damaged") from None
        yield mode, data[space + 1 : end], data[end + 1 : end + 1 + width]
        at = end + 1 + width


def references(meta: dict[str, bytes], width: int) -> References:
    """What the small files of a git directory (by name below it) refer to."""
    found = References()
    for name, data in sorted(meta.items()):
        if name.rpartition("/")[2] == "index":
            found.staged += index_entries(data, width)
        elif "logs/" in name:
            found.logged += [bytes.fromhex(item.decode()) for item in _ID.findall(data)]
        elif name == "packed-refs":
            for line in data.split(b"\n"):
                match = _ID.match(line)
                if match:
                    target = line[match.end() :].strip().decode("utf-8", "replace")
                    found.named.setdefault(target, bytes.fromhex(match[0].decode()))
        elif name != "shallow":
            for item in _ID.findall(data[:65_536]):
                found.named[name] = bytes.fromhex(item.decode())
                break
    head = meta.get("HEAD", b"").strip()
    if head.startswith(b"ref: "):
        found.head = found.named.get(head[5:].strip().decode("utf-8", "replace"))
    elif _ID.fullmatch(head):
        found.head = bytes.fromhex(head.decode())
    return found


def index_entries(data: bytes, width: int) -> list[tuple[bytes, bytes]]:
    """(path, id) of the files in a git index (gitformat-index(5)), versions 2 to 4, as far as it can be read."""
    if data[:4] != b"DIRC" or len(data) < 12:
        return []
    version, count = struct.unpack_from(">LL", data, 4)
    found = []
    at, before = 12, b""
    for _ in range(count):
        fixed = at + 42 + width
        if fixed > len(data) or version not in (2, 3, 4):
            break
        name = data[at + 40 : at + 40 + width]
        flags = struct.unpack_from(">H", data, at + 40 + width)[0]
        start = fixed + (2 if flags & 0x4000 and version >= 3 else 0)
        if version == 4:
            drop = 0
            while start < len(data):
                byte = data[start]
                start += 1
                drop = drop << 7 | byte & 0x7F
                if not byte & 0x80:
                    break
                drop += 1
            end = data.find(b"\0", start)
            path = before[: max(0, len(before) - drop)] + data[start:end]
            after = end + 1
        else:
            end = data.find(b"\0", start)
            path = data[start:end]
            after = at + ((end - at) // 8 + 1) * 8
        if end < 0 or len(path) > _LONGEST_PATH:
            break
        found.append((path, name))
        before, at = path, after
    return found


class History:
    """One pass over a repository: every blob once, with the oldest commit that holds it where there is one."""

    def __init__(self, store: ObjectStore, refs: References, budget: Budget) -> None:
        self._store = store
        self._refs = refs
        self._budget = budget
        self._seen = bytearray(len(store))
        self._commits: dict[int, tuple[int, int | None, tuple[int, ...]]] = {}
        self._targets: dict[int, bytes] = {}
        self._head_paths: dict[bytes, int] = {}
        self._head_blobs: dict[int, bytes] = {}
        self._head_known = False
        self._short_names: dict[int, str] = {}
        self.absent: set[bytes] = set()
        self._read_commits()

    @property
    def commits(self) -> Iterator[int]:
        """The commits and tags, to be told of."""
        return iter([*self._commits, *self._targets])

    def blobs(self) -> Iterator[Found]:
        """What HEAD's history holds, oldest first, then other refs', the reflogs', what nothing refers to, what is staged."""
        store = self._store
        head = self._commit(self._refs.head)
        if head is not None:
            self._read_head(self._commits[head][0])
            for each in self._oldest_first(head):
                yield from self._of_commit(each, "")
        for name, target in self._refs.named.items():
            if (commit := self._commit(target)) is not None:
                note = _ref_note(name) if head is not None else ""
                for each in self._oldest_first(commit):
                    yield from self._of_commit(each, note)
            elif (folder := self._number(target, TREE)) is not None:
                yield from self._tree(folder, b"", f"tree {target.hex()[:10]}", None)
        for target in self._refs.logged:
            if (commit := self._commit(target)) is not None:
                for each in self._oldest_first(commit):
                    yield from self._of_commit(each, "in the reflog only")
        alone = not self._refs.named and head is None  # a pack met alone: nothing says what is referred to
        for start in self._commits:
            for each in self._oldest_first(start):
                yield from self._of_commit(each, "" if alone else "?")
        for path, staged in self._refs.staged:
            blob = self._number(staged, BLOB)
            if blob is not None and not self._seen[blob]:
                self._seen[blob] = 1
                yield Found(number=blob, path=path, note="staged, in no commit", when=None)
        names = self._names()
        for alone_tree in self._dangling_trees():
            yield from self._tree(alone_tree, b"", f"unreachable tree {names[alone_tree].hex()[:10]}", None)
        for number in range(len(store)):
            if store.kinds[number] == BLOB and not self._seen[number]:
                self._seen[number] = 1
                yield Found(number=number, path=b"", note=f"unreachable blob {names[number].hex()[:10]}", when=None)

    def _names(self) -> dict[int, bytes]:
        seen = self._seen
        return {number: name for name, number in self._store.numbers.items() if not seen[number]}

    def _read_commits(self) -> None:
        store = self._store
        for number, kind in enumerate(store.kinds):
            if kind not in (COMMIT, TAG):
                continue
            self._budget.check()
            try:
                fields, _ = headers(store.read(number))
            except DamagedError as error:
                store.problem(str(error))
                continue
            values = dict(reversed(fields))  # the first of a name counts
            if kind == TAG:
                self._targets[number] = _id(values.get(b"object", b""))
                continue
            tree = self._number(_id(values.get(b"tree", b"")), TREE)
            if tree is None:
                self.absent.add(_id(values.get(b"tree", b"")))
            parents = [store.numbers.get(_id(value)) for name, value in fields if name == b"parent"]
            known = tuple(parent for parent in parents if parent is not None)
            self._commits[number] = (-1 if tree is None else tree, when_of(values.get(b"author", b"")), known)

    def _number(self, name: bytes, kind: int) -> int | None:
        number = self._store.numbers.get(name)
        return number if number is not None and self._store.kinds[number] == kind else None

    def _commit(self, name: bytes | None) -> int | None:
        """The commit of that id, or that the tag of that id names."""
        for _ in range(5):
            number = None if name is None else self._store.numbers.get(name)
            if number is None or number in self._commits:
                return number
            name = self._targets.get(number)
        return None

    def _oldest_first(self, start: int) -> Iterator[int]:
        """The commits not met yet from which `start` comes, parents before children."""
        if self._seen[start]:
            return
        self._seen[start] = 1
        stack = [(start, iter(self._commits[start][2]))]
        while stack:
            commit, parents = stack[-1]
            for parent in parents:
                if not self._seen[parent] and parent in self._commits:
                    self._seen[parent] = 1
                    stack.append((parent, iter(self._commits[parent][2])))
                    break
            else:
                stack.pop()
                yield commit

    def _of_commit(self, commit: int, note: str) -> Iterator[Found]:
        tree, when, _ = self._commits[commit]
        if tree >= 0 and not self._seen[tree]:
            yield from self._tree(tree, b"", note, when, commit)

    def _tree(self, tree: int, path: bytes, note: str, when: int | None, commit: int | None = None) -> Iterator[Found]:
        """The blobs below a folder that were not met yet."""
        prefix = ""
        if commit is not None:
            prefix = f"{'unreachable commit' if note == '?' else 'commit'} {self._short(commit)}"
        for number, name in self._walk(tree, path, self._seen):
            said = "" if note == "?" else note
            shown = name
            if commit is not None and not note and self._head_known:
                if number in self._head_blobs:
                    shown = self._head_blobs[number]
                else:
                    said = "replaced in HEAD" if name in self._head_paths else "deleted in HEAD"
            yield Found(number=number, path=shown, note=", ".join(filter(None, (prefix, said))), when=when)

    def _walk(self, tree: int, path: bytes, seen: bytearray) -> Iterator[tuple[int, bytes]]:
        """(number, path) of each blob below a folder; folders and blobs that `seen` has are left out, and noted in it."""
        store = self._store
        stack = [(tree, path)]
        while stack:
            number, folder = stack.pop()
            if seen[number]:
                continue
            seen[number] = 1
            self._budget.check()
            try:
                for mode, name, target in tree_entries(store.read(number), store.width):
                    if mode == _SUBMODULE:
                        continue
                    below = store.numbers.get(target)
                    if below is None:
                        self._note_absent(target)
                        continue
                    if seen[below]:
                        continue
                    where = (folder + b"/" + name[-_LONGEST_NAME:] if folder else name)[-_LONGEST_PATH:]
                    if store.kinds[below] == TREE:
                        stack.append((below, where))
                    elif store.kinds[below] == BLOB:
                        seen[below] = 1
                        yield below, where
            except DamagedError as error:
                store.problem(str(error))

    def _note_absent(self, name: bytes) -> None:
        if len(self.absent) < 100_000:
            self.absent.add(name)

    def _read_head(self, tree: int) -> None:
        """HEAD's files. Of a folder that stands at more than _MOST_PLACES places, as in a bomb, only those are known."""
        if tree < 0:
            return
        store = self._store
        places: dict[int, int] = {}
        stack = [(tree, b"")]
        entries = 0
        while stack and entries <= _MOST_HEAD_FILES:
            number, folder = stack.pop()
            self._budget.check()
            try:
                for mode, name, target in tree_entries(store.read(number), store.width):
                    below = store.numbers.get(target)
                    entries += 1
                    if below is None or mode == _SUBMODULE or entries > _MOST_HEAD_FILES:
                        continue
                    where = (folder + b"/" + name[-_LONGEST_NAME:] if folder else name)[-_LONGEST_PATH:]
                    if store.kinds[below] == TREE:
                        places[below] = places.get(below, 0) + 1
                        if places[below] <= _MOST_PLACES:
                            stack.append((below, where))
                    else:
                        self._head_paths[where] = below
                        self._head_blobs.setdefault(below, where)
            except DamagedError as error:
                store.problem(str(error))
        self._head_known = entries <= _MOST_HEAD_FILES

    def _dangling_trees(self) -> list[int]:
        """Folders that no commit holds: first those that no other such folder holds."""
        store = self._store
        left = [number for number in range(len(store)) if store.kinds[number] == TREE and not self._seen[number]]
        inner = set()
        for number in left:
            try:
                for _, _, target in tree_entries(store.read(number), store.width):
                    inner.add(store.numbers.get(target))
            except DamagedError:
                continue  # noted when it is walked
        return [number for number in left if number not in inner] + [number for number in left if number in inner]

    def _short(self, number: int) -> str:
        if not self._short_names:
            commits = self._commits
            self._short_names = {at: name.hex()[:10] for name, at in self._store.numbers.items() if at in commits}
        return self._short_names[number]


def _id(value: bytes) -> bytes:
    return bytes.fromhex(value.decode()) if _ID.fullmatch(value.strip()) else b""


def _ref_note(name: str) -> str:
    short = re.sub(r"^refs/(?:heads|tags|remotes)/", "", name)
    if name == "refs/stash":
        return "in a stash"
    kind = (
        "tag "
        if name.startswith("refs/tags/")
        else "branch "
        if name.startswith(("refs/heads/", "refs/remotes/"))
        else ""
    )
    return f"not in HEAD, in {kind}{short}"
