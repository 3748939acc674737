"""The one meaning of a glob over paths: a policy's folders, an exception's paths, a waiver's path."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from auditor.model.asset import MEMBER_SEPARATOR

_PARTS: Final = re.compile(rf"{re.escape(MEMBER_SEPARATOR)}|/")


def covers(glob: str, path: str) -> bool:
    """Whether a path, or a folder or archive that it lies in, matches a glob.

    `*` and `?` match any characters, `/` too; nothing else is special. A glob with a `/` is held against the path from its
    beginning (a `/` at the beginning or the end of either changes nothing), one without against each part of the path.
    """
    pattern = _compiled(glob)
    if "/" in glob:
        return pattern.fullmatch(path) is not None
    return any(pattern.fullmatch(part) for part in _PARTS.split(path))


@lru_cache(maxsize=4096)
def _compiled(glob: str) -> re.Pattern[str]:
    words = "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in glob.strip("/"))
    if "/" not in glob:
        return re.compile(words, re.DOTALL)
    below = rf"(?:(?:/|{re.escape(MEMBER_SEPARATOR)}).*)?"
    return re.compile(rf"/*{words}{below}" if words else ".*", re.DOTALL)
