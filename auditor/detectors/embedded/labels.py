"""Which words may be a field's name: a name becomes a column, which reports show, so that no value must be taken for one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_LONGEST: Final = 60
_MOST_WORDS: Final = 8
# A value by its shape: many digits, addresses, tokens, what is masked or is no word at all.
_VALUE: Final = re.compile(
    r"(?i).*[\d๐-๙０-９]{4}.*|(?:.*?[\d๐-๙０-９]){5}.*|.*[@*].*|[a-z][a-z0-9+.-]*://.*|[0-9a-f]{16,}|[a-z0-9+/_=-]{40,}"
    r"|[\W\d_]*|true|false|null|none|.*[<>{}\[\]$\"`;=|].*",
    re.DOTALL,
)


@lru_cache(maxsize=20_000)
def label(text: str) -> str:
    """A text as a field's name, without the colon behind it; empty if it cannot be one."""
    name = " ".join(text.split()).strip(" :：").rstrip("*").rstrip()
    if not name or len(name) > _LONGEST or name.count(" ") >= _MOST_WORDS or _VALUE.fullmatch(name):
        return ""
    return name
