"""UTF-16 that loses step: a byte too many or too few in its middle, as when another program appended a line to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_USUAL: Final = re.compile(
    "[\t\r\n\x20-\x7e\u00a0-\u00ff\u0e00-\u0e7f\u2010-\u203b\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]"
)
_EVERY: Final = 2048
"""Bytes between two looks."""
_SAMPLE: Final = 64
"""Bytes of a look: 32 characters."""


def usual(data: bytes, encoding: str) -> float:
    """The part of the characters that are of a script in use here, or ASCII; 0 for none. Half a character at the end does not count."""
    text = data[: len(data) & ~1].decode(encoding, "replace").rstrip("\ufffd")
    return len(_USUAL.findall(text)) / len(text) if text and "\0" not in text else 0.0


def in_step(data: bytes, encoding: str) -> Iterator[bytes]:
    """The pieces of some UTF-16 that are each in step. Between two of them a byte was left out, where the text goes on out of step."""
    begin = looked = at = 0
    while True:
        if _out_of_step(data, at, encoding):
            first = next((place for place in range(looked, at, 2) if _out_of_step(data, place, encoding, 16)), at)
            yield data[begin:first]
            begin = looked = at = first + 1
            continue
        last = begin + (max(len(data) - _SAMPLE - begin, 0) & ~1)
        if at >= last:
            break
        looked, at = at, min(at + _EVERY, last)
    yield data[begin:]


def _out_of_step(data: bytes, at: int, encoding: str, size: int = _SAMPLE) -> bool:
    """Whether what stands here is no text, but would be a byte further on."""
    here = data[at : at + size]
    first, second = here[::2].count(0), here[1::2].count(0)
    right, wrong = (second, first) if encoding == "utf-16-le" else (first, second)
    if right or wrong:  # the empty halves of spaces, digits and Latin letters
        return wrong > 2 * right
    return usual(here, encoding) < 0.5 and usual(data[at + 1 : at + 1 + size], encoding) > 0.9
