"""How much a reading of bytes looks like text of its language: the bits that a small model needs to write it down.

A character costs −log2 of its probability: little for the usual ones of the language, more for its rare ones, most for what
no text of it holds. All candidates read the same bytes, so that the lowest sum is the likeliest encoding: Korean read as
GB18030 is a row of hanzi in no order of frequency, Chinese read as CP949 is half Hanja, Thai read as either is neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from math import log2
from typing import Final

import numpy as np
from numpy.typing import NDArray

from auditor.extractors._encodings import frequent

UNIT: Final = 4
"""Costs are in quarters of a bit."""

USUAL: Final = {
    "cp949": 11,
    "gb18030": 12,
    "big5hkscs": 12,
    "cp932": 11,
    "euc_jp": 11,
    "cp874": 6,
    "cp1252": 9,
    "utf-8": 13,
}
"""Bits that a character beyond ASCII costs at most on average in text: what is above it may be in another encoding, or no text."""

_ASCII: Final = 5.0
_CONTROL: Final = 14.0
_WRONG: Final = 24.0
_NOWHERE: Final = 30.0
_MISPLACED: Final = np.uint16(8 * UNIT)
_CROWDED: Final = np.uint16(3 * UNIT)
_BESIDE: Final = np.uint16(6 * UNIT)
_DAMPED: Final = 20  # Zipf-Mandelbrot: the nth of a list is as usual as 1 / (n + this)

_THAI: Final = (  # letters, and how many of a hundred are one of them
    ("า", 7.5), ("นร", 13), ("อ", 6), ("กเ่", 15), ("งม้", 13), ("ทยวล", 15), ("ดีสตัห", 18), ("ิปแคบ", 12), ("จะขใไพ", 10),
    ("ช์ืโุู", 7.5), ("ผำธณศ็ึถซ", 6), ("ภญษฟๆฉฐ", 2), ("ฝฮฎฤฒ๊๋", 0.6), ("ฯฆฏฬฑฌ", 0.15),
)  # fmt: skip
_CONSONANT, _ABOVE, _TONE, _BEHIND, _BEFORE, _MARK, _LETTER = range(1, 8)
_CLASSES: Final = (
    (_CONSONANT, "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮฤ"),
    (_ABOVE, "ัิีึืฺุู"),  # and below
    (_TONE, "็่้๊๋์ํ๎"),
    (_BEHIND, "ะาำๅ"),
    (_BEFORE, "เแโใไ"),
    (_MARK, "ๆ"),
    (_LETTER, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
)
_ALLOWED_BEFORE: Final = {
    _ABOVE: (_CONSONANT,),
    _TONE: (_CONSONANT, _ABOVE),
    _BEHIND: (_CONSONANT, _TONE, _ABOVE, _BEHIND),
}
_LATIN: Final = "éèáíóúñüöäçàêãôâïëåøæßìòùûîýÿœ’‘“”–—…·°©®«»€£¡¿ÉÁÖÜÄÅØÑÇÀÈÓÍÚß\u00a0"


def _table(usual: Iterable[tuple[str, float]], rest: Iterable[tuple[str, float, float]]) -> NDArray[np.uint8]:
    """Costs by UTF-16 unit. `usual`: characters in order of frequency and the probability of meeting one of them. `rest`:
    an encoding's rows or a range's characters, and the probability of one of them shared by `float` many.
    """
    bits = np.full(1 << 16, _NOWHERE)
    bits[0xD800:0xE000] = 15.0
    for characters, share, count in rest:
        cost = -log2(share / count)
        for character in characters:
            bits[ord(character)] = min(bits[ord(character)], cost)
    for characters, share in usual:
        order = dict.fromkeys(characters)
        total = sum(1 / (rank + _DAMPED) for rank in range(len(order)))
        for rank, character in enumerate(order):
            cost = -log2(share / total / (rank + _DAMPED))
            bits[ord(character)] = min(bits[ord(character)], cost)
    bits[:0x80] = _ASCII
    bits[:0x20] = _CONTROL
    bits[[9, 10, 13]] = _ASCII
    bits[0x7F] = _CONTROL
    bits[0x80:0xA0] = _NOWHERE
    bits[0xFFFD] = _WRONG
    return np.minimum(np.round(bits * UNIT), 255).astype(np.uint8)


def _row(encoding: str, leads: Iterable[int], trails: Iterable[int]) -> str:
    """The characters of an encoding's rows."""
    trails = tuple(trails)
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    # A line end is no part of a character in any of them.
    texts = b"\n".join(pairs).decode(encoding, "ignore").split("\n")
    return "".join(text for text in texts if len(text) == 1 and "\x7f" < text <= "\uffff")


def _span(first: str, last: str) -> str:
    return "".join(map(chr, range(ord(first), ord(last) + 1)))


_HIGH: Final = range(0xA1, 0xFF)
_FULL_WIDTH: Final = _span("！", "～")


@cache
def costs(encoding: str) -> NDArray[np.uint8]:
    """What each UTF-16 unit of a text read in this encoding costs, in units."""
    match encoding:
        case "cp949":
            return _table(
                [(frequent.HANGUL, 0.86), (frequent.SYMBOLS_KOREAN, 0.02)],
                [
                    (_row("cp949", range(0xB0, 0xC9), _HIGH), 0.08, 2350),
                    (_row("cp949", range(0x81, 0xC7), range(0x41, 0xFF)), 0.003, 8822),
                    (_row("cp949", range(0xCA, 0xFE), _HIGH), 0.006, 4888),
                    (_row("cp949", range(0xA1, 0xA4), _HIGH), 0.01, 280),
                    ("ㅋㅎㅠㅜㅇㅡㅂㅅㄱㄴㄷ", 0.02, 20),
                    (_row("cp949", [0xA4], _HIGH), 0.004, 94),
                    (_row("cp949", range(0xA5, 0xAD), _HIGH), 0.002, 640),
                ],
            )
        case "gb18030":
            return _table(
                [(frequent.HANZI, 0.74), (frequent.SYMBOLS_CHINESE, 0.08)],
                [
                    (_row("gb18030", range(0xB0, 0xD8), _HIGH), 0.13, 3755),
                    (_row("gb18030", range(0xD8, 0xF8), _HIGH), 0.02, 3008),
                    (_row("gbk", range(0x81, 0xFF), range(0x40, 0xFF)), 0.002, 14000),
                    (_FULL_WIDTH, 0.01, 94),
                    (_row("gb18030", range(0xA1, 0xAA), _HIGH), 0.002, 640),
                ],
            )
        case "big5hkscs":
            trails = (*range(0x40, 0x7F), *_HIGH)
            return _table(
                [(frequent.HANZI_TRADITIONAL, 0.72), (frequent.SYMBOLS_CHINESE, 0.08)],
                [
                    (_row("big5hkscs", range(0xA4, 0xC7), trails), 0.14, 5401),
                    (_row("big5hkscs", range(0xC9, 0xFA), trails), 0.01, 7652),
                    (_row("big5hkscs", range(0x87, 0xFF), trails), 0.002, 5000),
                    (_FULL_WIDTH, 0.01, 94),
                    (_row("big5hkscs", range(0xA1, 0xA4), trails), 0.003, 400),
                ],
            )
        case "cp932" | "euc_jp":
            return _table(
                [
                    (frequent.KANA, 0.4),
                    (frequent.KATAKANA, 0.2),
                    (frequent.KANJI, 0.24),
                    (frequent.SYMBOLS_JAPANESE, 0.06),
                ],
                [
                    (_row("euc_jp", range(0xB0, 0xD0), _HIGH), 0.06, 2965),
                    (_row("euc_jp", range(0xD0, 0xF5), _HIGH), 0.003, 3390),
                    (_span("ｦ", "ﾟ"), 0.15, 45) if encoding == "cp932" else ("ｦ", 0.001, 45),
                    (_FULL_WIDTH, 0.02, 94),
                    (_row("cp932", range(0x81, 0x88), (*range(0x40, 0x7F), *range(0x80, 0xFD))), 0.002, 500),
                    (_row("cp932", range(0xED, 0xFD), (*range(0x40, 0x7F), *range(0x80, 0xFD))), 0.001, 400),
                ],
            )
        case "cp874":
            return _table(
                [],
                [
                    *((letters, share / 127, len(letters)) for letters, share in _THAI),
                    ("๐๑๒๓๔๕๖๗๘๙", 0.1, 10),
                    ("฿ฯ๏๚๛ฺฦๅํ๎", 0.005, 20),
                    ("…‘’“”•–—\u00a0", 0.01, 9),
                ],
            )
        case "cp1252":
            return _table([(_LATIN, 0.6)], [(_span("\u00a1", "\u00ff") + "šžŠŽŸ™•‚„†‡‰‹›", 0.05, 100)])
        case "utf-8":
            others = [costs(name) for name in ("cp949", "gb18030", "big5hkscs", "cp932", "cp874")]
            lowest: NDArray[np.uint8] = np.minimum.reduce(others)
            lowest[0x80:0x600] = 16 * UNIT  # two bytes: Hangul of CP949 is now and then such a letter by chance
            latin = [ord(letter) for letter in _LATIN if ord(letter) < 0x100]
            lowest[latin] = 10 * UNIT
            lowest[0x400:0x460] = 11 * UNIT
            lowest[0xD800:0xDC00] = 8 * UNIT  # emoji
            lowest[0xDC00:0xE000] = 8 * UNIT
            lowest[0xFFFD] = _WRONG * UNIT
            return lowest
        case _:
            raise LookupError(encoding)


@cache
def _classes() -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """The class of each unit, and which may not stand before which in Thai."""
    classes = np.zeros(1 << 16, np.uint8)
    for number, letters in _CLASSES:
        classes[[ord(letter) for letter in letters]] = number
    wrong = np.zeros((8, 8), np.bool_)
    for number, before in _ALLOWED_BEFORE.items():
        wrong[:, number] = True
        wrong[list(before), number] = False
    wrong[_BEFORE, :] = True
    wrong[_BEFORE, _CONSONANT] = False
    thai = [_CONSONANT, _ABOVE, _TONE, _BEHIND, _BEFORE, _MARK]
    wrong[_LETTER, thai] = True
    wrong[thai, _LETTER] = True
    return classes, wrong


_BY_NEIGHBOURS: Final = ("cp874", "cp1252")
"""Encodings in which a character's cost depends on those beside it."""


def unit_costs(text: str, encoding: str) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """A text's UTF-16 units, and what each costs read in this encoding, in quarters of a bit."""
    read = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.dtype("<u2"))
    spent = costs(encoding)[read].astype(np.uint16)
    if encoding == "cp874" and read.size:
        classes, wrong = _classes()
        kinds = classes[read]
        spent[1:] += _MISPLACED * wrong[kinds[:-1], kinds[1:]]
        spent[0] += _MISPLACED * wrong[0, kinds[0]]
        row = kinds == _CONSONANT
        spent[4:] += _CROWDED * (row[:-4] & row[1:-3] & row[2:-2] & row[3:-1] & row[4:])
    elif encoding == "cp1252" and read.size:
        high = read >= 0x80
        spent[1:] += _BESIDE * (high[:-1] & high[1:])
    return read, spent


def beyond_costs(text: str, encoding: str) -> tuple[NDArray[np.uint16], NDArray[np.intp], NDArray[np.uint16]]:
    """A text's UTF-16 units, the places of those beyond ASCII, and what each of these costs, in quarters of a bit."""
    if encoding in _BY_NEIGHBOURS:
        read, spent = unit_costs(text, encoding)
        places = np.flatnonzero(read >= 0x80)
        return read, places, spent[places]
    read = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.dtype("<u2"))
    places = np.flatnonzero(read >= 0x80)
    return read, places, costs(encoding)[read[places]].astype(np.uint16)


def cost(text: str, encoding: str) -> int:
    """What a text read in this encoding costs, in quarters of a bit."""
    return int(unit_costs(text, encoding)[1].sum(dtype=np.int64))


def usual(text: str, encoding: str, leeway: int = 0) -> bool:
    """Whether its characters beyond ASCII are on average as usual as a text's in this encoding, give or take so many bits."""
    _, places, spent = beyond_costs(text, encoding)
    return int(spent.sum(dtype=np.int64)) <= len(places) * (USUAL[encoding] + leeway) * UNIT
