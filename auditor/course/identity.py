"""What a gate's findings are called wherever the delivery lies: paths from the folder or file that was named.

A gate has no engagement whose targets have names; it is given paths as somebody typed them (`/builds/4711/app`, `.`). Neither
these nor the keyed marks of masked file names (`~3f2a`, another with each one-time key) may be a part of an identity, or the
same finding would be new with each checkout.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

_MARK: Final = re.compile(r"(?<=[*_ .@-])~[0-9a-f]{4}")


def stable_paths(roots: Iterable[str]) -> Callable[[str], str]:
    """A function from a path as shown to the same path from its root, the root's own name before it where there are several.

    `roots` are the paths as shown, in the order they were given. A file that was named itself keeps its name. Roots of one name
    are numbered in the order of their paths: `app`, `app#2`.
    """
    known = sorted({_plain(root) for root in roots})
    names = _names(known)
    prefixes = sorted(known, key=len, reverse=True)

    def stable(path: str) -> str:
        plain = _plain(path)
        for root in prefixes:
            inner = _within(plain, root)
            if inner is not None:
                if not inner or inner.startswith("!/"):  # the root is a file
                    plain = names[root] + inner
                else:
                    plain = f"{names[root]}/{inner}" if len(known) > 1 else inner
                break
        return _MARK.sub("", plain)

    return stable


def stable_subjects(stable: Callable[[str], str]) -> Callable[[str], str]:
    """The same for a verdict's subject: an asset's identity (target, path and version, joined by NUL), or what is none."""

    def subject(text: str) -> str:
        target, separator, rest = text.partition("\0")
        if not separator:
            return text
        path, _, version = rest.partition("\0")
        return "\0".join((target, stable(path), version))

    return subject


def _plain(path: str) -> str:
    """Without `./` in front and `/` behind."""
    while path.startswith("./"):
        path = path[2:].lstrip("/")
    return "" if path == "." else path if path == "/" else path.rstrip("/")


def _within(path: str, root: str) -> str | None:
    """What follows a root in a path; None where the path is not below it."""
    if not root:
        return None if path.startswith("/") else path
    if path == root:
        return ""
    if path.startswith(root + "!/"):
        return path[len(root) :]
    above = root if root.endswith("/") else root + "/"
    return path[len(above) :] if path.startswith(above) else None


def _names(roots: list[str]) -> dict[str, str]:
    seen: Counter[str] = Counter()
    names = {}
    for root in roots:
        name = root.rpartition("/")[2]
        seen[name] += 1
        names[root] = name if seen[name] == 1 else f"{name}#{seen[name]}"
    return names
