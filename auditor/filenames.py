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
    r"|(?<!\d)[1-8]\d{12}(?!\d)|(?<!\d)[3-6]\d{15}(?!\d)"  # Thai IDs and cards in one piece: if the check digit agrees
    r"|(?<![A-Za-z0-9])[A-Za-z0-9._%+-]{1,64}@(?![\d.]+\b)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*"
    r"\.(?:com|net|org|info|biz|edu|gov|io|me|co|kr|th|cn|jp|hk|tw|sg|vn|uk|de|eu|us|au)(?![A-Za-z0-9])"
)
_KOREAN: Final = re.compile(rf"(?!1[4-9]\d{{4}}[125-9])\d\d{_DATE}[1-8]\d{{6}}")
_MARK: Final = 2


def holds_identifier(path: str) -> bool:
    """Whether something in a path must not be shown."""
    return any(_is_one(found[0]) for found in _IDENTIFIERS.finditer(path))


def _is_one(value: str) -> bool:
    """Digits in one piece with the length of a Thai ID or a card are one only with its check digit."""
    if not value.isdigit():
        return True
    digits = [int(digit) for digit in value]
    if len(digits) == 16:
        doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[::2]]
        return (sum(doubled) + sum(digits[1::2])) % 10 == 0
    if len(digits) == 13 and not _KOREAN.fullmatch(value):
        return (11 - sum(digit * (13 - at) for at, digit in enumerate(digits[:12])) % 11) % 10 == digits[12]
    return True


def shown_path(path: str, key: bytes) -> str:
    """The path as it may be shown; most are. The marks are of 16 bits under `key`: they tell files apart, and nobody's number."""
    if not holds_identifier(path):
        return path

    def hidden(found: re.Match[str]) -> str:
        value = found[0]
        if not _is_one(value):
            return value
        mark = fingerprinter(key, "FILE_NAME")(value)[:_MARK].hex()
        return "".join(c if c in "-_ .@" else "*" for c in value[:24]) + "~" + mark

    return _IDENTIFIERS.sub(hidden, path)
