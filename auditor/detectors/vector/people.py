"""Names of people in Hangul and Chinese characters, over whole columns; Thai ones are thai.py's."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa

from auditor.detectors import names
from auditor.detectors.recognizer import Recognizer
from auditor.detectors.vector.cells import Bytes, Cells, Mask
from auditor.detectors.vector.thai import Thai, name_words
from auditor.detectors.vector.words import Codes, Words, among, keys, literals, out_of_reach

_UNUSUAL: Final = "뷁쀍뛟"
_UNUSUAL_HAN: Final = "龘靐齉"
_WIDTHS: Final = (9, 6, 12)


def characters(columns: Bytes) -> tuple[Codes, Mask]:
    """(the characters of cells of three-byte characters as (character, row), which cells are such)."""
    lead, second, third = columns[0::3], columns[1::3], columns[2::3]
    good: Mask = (
        (lead & np.uint8(0xF0) == 0xE0) & (second & np.uint8(0xC0) == 0x80) & (third & np.uint8(0xC0) == 0x80)
    ).all(axis=0)
    codes = (lead & np.uint8(0x0F)).astype(np.uint16) << np.uint16(12)
    codes |= (second & np.uint8(0x3F)).astype(np.uint16) << np.uint16(6)
    codes |= third & np.uint8(0x3F)
    return codes, good


def between(codes: Codes, first: str, last: str) -> Mask:
    """Which cells have only characters of a range."""
    inside: Mask = np.logical_and.reduce(codes - np.uint16(ord(first)) <= ord(last) - ord(first), axis=0)
    return inside


@lru_cache(maxsize=1)
def _surnames() -> dict[tuple[str, int], Mask]:
    """By script and number of characters: which first characters make a name, as `names.full_name` says."""
    tables: dict[tuple[str, int], Mask] = {}
    for script, surnames, rest in (("ko", names.KR_SURNAMES, _UNUSUAL), ("zh", names.CN_SURNAMES, _UNUSUAL_HAN)):
        for count in (2, 3, 4):
            table = tables[script, count] = np.zeros(1 << 16, np.bool_)
            for surname in surnames:
                table[ord(surname)] = names.full_name(surname + rest[: count - 1]) == "native"
    return tables


class Person:
    """Cells that are one person's full name. ValueError where the rule's placeholders are more than names."""

    def __init__(self, recognizer: Recognizer) -> None:
        rule = recognizer.rule
        samples = ("김뷁", "남궁뷁쀍", "王靐", "น.ส.กข กข", " ".join(("ก" * 20, "ข" * 17, "ค" * 18)))
        if recognizer.field_value is None or rule.patterns or not all(map(recognizer.field_value.fullmatch, samples)):
            raise ValueError(f"{rule.id}: values of a certain form")
        placeholders, others = literals((*rule.look_alikes.values, *rule.not_field_values))
        if not all(out_of_reach(regex, lambda c: c > "\x7f" or c in " .", 60) for regex in others):
            raise ValueError(f"{rule.id}: placeholders that may be names")
        values = recognizer.values
        not_names = names.KR_NOT_NAMES.pattern.removeprefix("(?:").removesuffix(")").split("|")
        if not all(names.KR_NOT_NAMES.fullmatch(word) for word in not_names):
            raise ValueError("names.KR_NOT_NAMES is more than words")
        self._words = Words(whole={*placeholders, *not_names, *values.nobodys}, begins=values.native)
        self._thai = Thai(whole={*placeholders, *values.nobodys}, first_words=values.native)
        self._two = {
            ("ko", 3): names.KR_SURNAMES_TWO, ("ko", 4): names.KR_SURNAMES_TWO,
            ("zh", 3): names.CN_SURNAMES_TWO, ("zh", 4): names.CN_SURNAMES_TWO,
        }  # fmt: skip

    def __call__(self, array: pa.StringArray) -> tuple[Mask, pa.StringArray]:
        """(which cells surely are names, their normal forms)."""
        cells = Cells(array)
        mask = np.zeros(cells.size, np.bool_)
        present = cells.present()
        for width in _WIDTHS:
            if width in present:
                for rows, matrix in cells.blocks(width):
                    mask[rows] = self._native(np.ascontiguousarray(matrix.T))
        if any(width > 12 for width in present):
            return self._thai.add(cells, mask, name_words)
        return mask, array

    def _native(self, columns: Bytes) -> Mask:
        codes, good = characters(columns)
        count = len(codes)
        named = np.zeros(len(good), np.bool_)
        for script, first, last in (("ko", "가", "힣"), ("zh", "\u4e00", "\u9fff")):
            inside = good & between(codes, first, last)
            if inside.any():
                known = _surnames()[script, count].take(codes[0], mode="clip")
                two = self._two.get((script, count), ())
                if two and not (known | ~inside).all():
                    wanted = pa.array([ord(word[0]) << 48 | ord(word[1]) << 32 for word in two], pa.uint64())
                    known |= among(keys(codes, 2), wanted)
                named |= inside & known
        return named & ~self._words.met(codes) if named.any() else named
