"""The one kind of glob that waivers, exceptions by law and policies' folders are written in."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from auditor.model.asset import MEMBER_SEPARATOR

_SEPARATORS: Final = re.compile(r"!?/")


def covers(glob: str, path: str) -> bool:
    """Whether a glob names a path, or a folder or archive that it lies in.

    `*` and `?` match `/` too, every other character itself. Without a `/` inside it is held against each part of the path;
    otherwise against the path from its start, whether or not one of the two begins with `/`. `/` alone is everything.
    """
    words = glob.rstrip("/")
    if not words:
        return glob.startswith("/")
    if "/" not in words:
        return any(_pattern(words).fullmatch(part) for part in _SEPARATORS.split(path))
    return _pattern(words.lstrip("/")).fullmatch(path.lstrip("/")) is not None


def matches_everything(glob: str) -> bool:
    """Whether a glob limits nothing, however it is written: `*`, `?*`, `**/*`, `/`."""
    return not glob.strip("*?/")


@cache
def _pattern(words: str) -> re.Pattern[str]:
    body = "".join(".*" if c == "*" else "." if c == "?" else re.escape(c) for c in words)
    return re.compile(rf"{body}(?:/.*|{re.escape(MEMBER_SEPARATOR)}.*)?", re.DOTALL)
