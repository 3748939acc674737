"""Which encoding bytes are in that are no UTF-8: what the file declares, what the engagement's countries use, what reads best.

Each of the three is weighed in bits (plausibility.py), so that a short name goes by the prior and a page of text by itself.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import Final

_BASE: Final = {"cp949": 0, "gb18030": 0, "cp874": 0, "cp1252": 2, "big5hkscs": 3, "cp932": 3, "euc_jp": 5, "utf-8": 0}
"""The candidates, with the bits by which one is rarer than the usual."""

_UNEXPECTED: Final = 12
"""Bits against an encoding that no country of the engagement uses: about what two characters out of place cost."""

_DECLARED: Final = 60
_STICKY: Final = 20
"""Bits for the encoding that the file was in so far."""

_SAMPLE: Final = 64 << 10
_WHOLE: Final = 512
_HEAD: Final = 16 << 10
_RUN: Final = re.compile(rb"(?:[\x80-\xff]+[\x00-\x7f]{0,2}){1,2048}")
_SAFE_CUT: Final = re.compile(rb"[\x00-\x2e:;<=>?]")  # never the second byte of a character in any encoding here

TWO_BYTES: Final = frozenset({"cp949", "gb18030", "big5hkscs", "cp932"})
"""Those in which a character's second byte may be a letter of ASCII."""

_BY_NAME: Final = {
    **dict.fromkeys(("cp949", "euc_kr", "euckr", "uhc", "ks_c_5601_1987", "ksc5601", "ks_c_5601", "windows_949", "ms949", "cp51949"), "cp949"),
    **dict.fromkeys(("gb18030", "gbk", "gb2312", "euc_cn", "cp936", "ms936", "windows_936", "hz_gb_2312", "x_gbk"), "gb18030"),
    **dict.fromkeys(("cp874", "tis_620", "tis620", "win874", "windows_874", "iso8859_11", "iso_8859_11", "ms874", "ibm874"), "cp874"),
    **dict.fromkeys(("big5hkscs", "big5", "big5_hkscs", "cp950", "ms950", "windows_950"), "big5hkscs"),
    **dict.fromkeys(("cp932", "shift_jis", "sjis", "ms932", "windows_31j", "shiftjis", "x_sjis", "ms_kanji"), "cp932"),
    **dict.fromkeys(("euc_jp", "eucjp", "ujis", "eucjpms", "euc_jis_2004"), "euc_jp"),
}  # fmt: skip
"""Latin-1 is left out on purpose: a database that calls itself so passes every byte on, whatever it is."""

_DECLARATION: Final = re.compile(
    rb"""(?ix) <\?xml [^>]{1,100}? \bencoding \s*=\s* ["']([\w.:-]{2,30})
    | <meta\b [^>]{1,200}? \bcharset \s*=\s* ["']? \s* ([\w.:-]{2,30})
    | ^content-type: [^\n]{1,200}? \bcharset \s*=\s* ["']? ([\w.:-]{2,30})
    | ^ [ \t\f]* (?:\#|//|;|--|/\*|%) [^\n]{0,80}? \b coding [:=] [ \t]* ([\w.:-]{2,30})
    | ^ [ \t]* (?:\#|//|;|--|"|/\*|vim?:) [^\n]{0,80}? \b (?:fileencoding|fenc) = ([\w.:-]{2,30})
    | \b set \s+ (?:names|character_set_client \s*=|client_encoding \s*(?:=|to\b) ) \s* ["']? ([\w.:-]{2,30})
    | ^ [ \t]* @charset \s+ ["'] ([\w.:-]{2,30})""",
    re.MULTILINE,
)


@cache
def normal_name(name: str) -> str:
    """The candidate that an encoding's name means, `big5hkscs` for Big5, say; "" if it is none."""
    low = re.sub(r"[^a-z0-9]+", "_", name.lower())
    if low in _BY_NAME:
        return _BY_NAME[low]
    try:
        low = codecs.lookup(name).name.replace("-", "_")
    except LookupError:
        return ""
    return _BY_NAME.get(low, "")


def declared(head: bytes) -> str:
    """The encoding that a file's head declares in a way its format knows: XML, HTML, mail, a coding cookie, SQL's SET NAMES.

    "" if it declares none, or one that says nothing here: UTF-8, of which there is a better test, and Latin-1.
    """
    for match in _DECLARATION.finditer(head[:_HEAD]):
        name = next(group for group in match.groups() if group)
        if found := normal_name(name.decode("ascii", "replace")):
            return found
    return ""


def sample_of(data: bytes, size: int = _SAMPLE) -> bytes:
    """Up to so many bytes of what is not ASCII, with a little of what stands around it: from the start, the middle, the end."""
    if len(data) <= _WHOLE:
        return data
    parts: list[bytes] = []
    third = len(data) // 3 + 1
    for start in range(0, len(data), third):
        if start:
            found = _SAFE_CUT.search(data, start)
            start = found.end() if found else start
        parts += _parts(data, start, min(len(data), start + third), size // 3)
    return b"\n".join(parts)


def _parts(data: bytes, start: int, end: int, enough: int) -> list[bytes]:
    """Runs of what is not ASCII with the byte before them, until they are enough."""
    parts = []
    size = 0
    for run in _RUN.finditer(data, start, end):
        first = run.start()
        if first > start:  # the byte before it: an expression that asks for it takes ten times as long
            first -= 1
        start = run.end()
        parts.append(data[first:start])
        size += start - first
        if size > enough:
            break
    return parts


def legacy_encoding(
    sample: bytes,
    priors: tuple[str, ...] = (),
    *,
    declared: str = "",
    current: str = "",
    candidates: tuple[str, ...] = (),
) -> str:
    """The likeliest encoding of bytes that are not ASCII alone: one of cp949, gb18030, big5hkscs, cp874, cp932, euc_jp, cp1252, or
    utf-8 with faults.

    `priors`: what the engagement's countries use; `declared`: what the file says of itself; `current`: what it was so far;
    `candidates`: those to try, all if none is given.
    """
    from auditor.extractors._encodings.plausibility import UNIT, cost  # numpy: most files are UTF-8 and need none

    known = frozenset(normal_name(prior) for prior in priors)
    text = sample_of(sample)
    best, least = "", 0
    for name, rarity in _BASE.items():
        if candidates and name not in candidates:
            continue
        bits = rarity
        if any(known) and name not in known and name != "utf-8":
            bits += _UNEXPECTED
        if name == declared:
            bits -= _DECLARED
        if name == current:
            bits -= _STICKY
        total = cost(text.decode(name, "replace"), name) + bits * UNIT
        if not best or total < least:
            best, least = name, total
    return best
