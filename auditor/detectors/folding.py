"""One form for the many ways a digit, a dash or a space is typed, so that patterns stay in ASCII.

Character for character: a hit's offsets in the folded text are its offsets in the original.
"""

from __future__ import annotations

import re
from typing import Final

_TABLE: Final[dict[int, str]] = {
    **{0xFF01 + offset: chr(0x21 + offset) for offset in range(94)},  # full-width ASCII
    **{0x0E50 + digit: str(digit) for digit in range(10)},  # Thai digits
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹣ーㅡ－"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"), " "),
}
FOLDED_CHARACTERS: Final = "[！-～๐-๙‐-―−﹣ーㅡ\u00a0\u2002\u2003\u2007\u2009\u202f\u3000]"
"""The class of characters that folding changes, for RE2 and Python alike."""
_FOLDED: Final = re.compile(FOLDED_CHARACTERS)


def fold(text: str) -> str:
    """`text` with full-width forms, Thai digits, dashes and spaces as ASCII; same length."""
    if text.isascii():
        return text
    return _FOLDED.sub(lambda m: _TABLE.get(ord(m[0]), m[0]), text)  # few characters of most texts: not `translate`
