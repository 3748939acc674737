"""Where a git directory begins and what its files are, told from their names alone (gitrepository-layout(5))."""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

import re
from dataclasses import field
from typing import Any, Final

from auditor.model.noun import noun

GIT: Final = ".git"
_HASH: Final = r"(?:[0-9a-f]{38}|[0-9a-f]{62})"
LOOSE: Final = re.compile(rf"(?:^|/)objects/[0-9a-f]{{2}}/(?:{_HASH}|tmp_obj_\w{{1,16}})$")
PACK: Final = re.compile(r"(?:^|/)objects/(?:pack/)?(?:pack-(?:[0-9a-f]{40}|[0-9a-f]{64})\.pack|tmp_pack_\w{1,16})$")
INDEX: Final = re.compile(r"(?:^|/)objects/pack/(?:pack-(?:[0-9a-f]{40}|[0-9a-f]{64})\.idx|tmp_idx_\w{1,16})$")
_PARTS: Final = frozenset(
    (
        "HEAD ORIG_HEAD FETCH_HEAD MERGE_HEAD CHERRY_PICK_HEAD REVERT_HEAD REBASE_HEAD COMMIT_EDITMSG MERGE_MSG "
        "AUTO_MERGE SQUASH_MSG branches config config.worktree description gc.log gitk.cache hooks index info lfs logs "
        "modules objects packed-refs rebase-apply rebase-merge refs rr-cache sequencer shallow worktrees "
        "BISECT_LOG bitmaps gc.pid svn commondir gitdir"
    ).split()
)
_BARE: Final = re.compile(
    r"(?:HEAD|packed-refs|shallow|index|refs/stash|logs/HEAD|(?:logs/)?refs/(?:heads|tags|remotes|notes|pull|merge-requests)/.+)$"
)


@noun
class Bundle:
    """The locator of an asset that is a whole git directory, read as a tar of its files. `parts` are their assets."""

    parts: tuple[Any, ...] = field(repr=False)


def git_root(name: str) -> tuple[str, str] | None:
    """(directory, name below it) of a file in a git directory, or None.

    It is one for sure below `.git`; below `x.git` if git keeps a file of that name there; anywhere if it is an object.
    The directory is "" if the file's name begins in it.
    """
    if GIT not in name and "objects/" not in name:  # nearly every file there is
        return None
    if f"/{GIT}/" in f"/{name}":
        at = f"/{name}".index(f"/{GIT}/") + len(GIT)
        return name[:at], name[at + 1 :]
    parts = name.split("/")
    for number, part in enumerate(parts[:-1]):
        if part.endswith(GIT) and parts[number + 1] in _PARTS:
            return "/".join(parts[: number + 1]), "/".join(parts[number + 1 :])
    for pattern in (LOOSE, PACK, INDEX):
        if match := pattern.search(name):
            root = name[: match.start()]
            return root, name[match.start() :].removeprefix("/")
    return None


def maybe_bare(name: str) -> list[tuple[str, str]]:
    """(directory, name below it), each of them possible, of a file that a bare repository might keep: it is one once objects are met."""
    found = []
    start = 0
    while True:
        if _BARE.match(name, start):
            found.append((name[: max(0, start - 1)], name[start:]))
        at = name.find("/", start)
        if at < 0 or len(found) > 3:
            return found
        start = at + 1


def below(directory: str, name: str) -> str:
    """The two joined again."""
    return f"{directory}/{name}" if directory and name else directory or name


def is_part(first: str) -> bool:
    """Whether git keeps a file or folder of this name in its directory."""
    return first in _PARTS
