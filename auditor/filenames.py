"""Names of files that are personal data themselves: shown masked, everywhere, with a short keyed mark that tells them apart.

`이력서_900101-1234568.pdf` becomes `이력서_******-*******~3f2a.pdf`. Only what has the shape of an identifier, date or check digit
included, is hidden: a person must still find the file. What stands in the name is a finding of its own (`examine.py`).
"""

from __future__ import annotations

import re
from typing import Final

from auditor.fingerprint import fingerprinter

_DATE: Final = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTIFIERS: Final = re.compile(
    rf"(?<!\d)\d\d{_DATE}[-_ ][0-9]\d{{6}}(?!\d)"  # Korean resident and foreigner numbers
    rf"|(?<!\d)(?!1[4-9]\d{{4}}[125-9])\d\d{_DATE}[1-8]\d{{6}}(?!\d)"  # in one piece, and no time in milliseconds
    r"|(?<!\d)(?:\+?82[- ]?1|01)[016-9][-_. ]?\d{3,4}[-_. ]?\d{4}(?!\d)"  # Korean mobiles
    rf"|(?<!\d)[1-9]\d{{5}}(?:19|20)\d\d{_DATE}\d{{3}}[\dXx](?!\d)"  # Chinese resident IDs
    r"|(?<!\d)\d-\d{4}-\d{5}-\d\d-\d(?!\d)"  # Thai national IDs
    r"|(?<!\d)[3-6]\d{3}[- ]\d{4}[- ]\d{4}[- ]\d{4}(?!\d)"  # cards
    r"|(?<![A-Za-z0-9+_-])[A-Za-z0-9+_-]{86}(?:==|%3[Dd]%3[Dd])?(?![A-Za-z0-9+_-])"  # CIs; `/` cannot stand in a name
    r"|[A-Za-z0-9._%+-]{1,64}@(?!\dx\.)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*"
    r"\.(?!(?:zip|t?gz|tar|jpe?g|png|gif|webp|svg|csv|json|txt|[cm]?[jt]s|py|html?|xml|md|pdf|log|bin|dat)(?![A-Za-z0-9]))[A-Za-z]{2,10}(?![A-Za-z0-9])"
)
_MARK: Final = 2


def holds_identifier(path: str) -> bool:
    """Whether something in a path must not be shown."""
    return _IDENTIFIERS.search(path) is not None


def shown_path(path: str, key: bytes) -> str:
    """The path as it may be shown; most are. The marks are of 16 bits under `key`: they tell files apart, and nobody's number."""
    if not holds_identifier(path):
        return path

    def hidden(found: re.Match[str]) -> str:
        value = found[0]
        mark = fingerprinter(key, "FILE_NAME")(value)[:_MARK].hex()
        return "".join(c if c in "-_ .@" else "*" for c in value[:24]) + "~" + mark

    return _IDENTIFIERS.sub(hidden, path)
