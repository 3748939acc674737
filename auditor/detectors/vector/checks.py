"""The scalar validators over whole columns: what VALID or DOUBTFUL surely is. Weights, ranges and calendars are theirs.

Each takes cells of one layout and gives their `Validity` as numbers; 0 where a cell is INVALID, or where only the scalar
validator can tell.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

import numpy as np

from auditor.detectors.validators import VALIDATORS, Validity
from auditor.detectors.validators.people import CENTURY, CN_REGIONS, CN_WEIGHTS, RRN_WEIGHTS
from auditor.detectors.validators.validity import LATEST_BIRTH
from auditor.detectors.vector.cells import Bytes, Mask
from auditor.detectors.vector.layouts import LOWER, Layout, members
from auditor.detectors.vector.view import (
    Numbers,
    Shape,
    View,
    at_least_three,
    at_least_two,
    distinct,
    in_calendar,
    modulo,
    number,
    weighted,
)

Check = Callable[[View, Shape], Bytes]
_UNKNOWN: Final = 255


def _validity(valid: Mask, doubtful: Mask | None = None) -> Bytes:
    answer = valid.astype(np.uint8) * np.uint8(Validity.VALID)
    if doubtful is not None:
        answer[doubtful & ~valid] = Validity.DOUBTFUL
    return answer


def _nothing(view: View) -> Bytes:
    return np.zeros(view.size, np.uint8)


def unchecked(view: View, _shape: Shape) -> Bytes:
    """A rule without a validator."""
    return np.full(view.size, Validity.VALID, np.uint8)


@lru_cache(maxsize=2)
def _centuries(name: str) -> Numbers:
    """By the seventh digit: the century that a registration number's year belongs to, 0 where it is no such number."""
    registered = VALIDATORS[name]
    return np.array(
        [CENTURY[g] if any(registered(f"{day}{g}123456") for day in ("900102", "100102")) else 0 for g in "0123456789"],
        np.uint16,
    )


def _registration(name: str, base: int) -> Check:
    def check(view: View, shape: Shape) -> Bytes:
        digits = view.digits(shape)
        if len(digits) != 13:
            return _nothing(view)
        year = _centuries(name).take(digits[6])
        known = year > 0
        year = year + number(digits[:2])
        good = known & (year <= LATEST_BIRTH) & in_calendar(year, number(digits[2:4]), number(digits[4:6]))
        good &= at_least_two(digits[6:])
        right = modulo(np.uint16(base) - modulo(weighted(digits[:12], RRN_WEIGHTS), 11), 10) == digits[12]
        # Those of before 1925 may be a company's number: the scalar validator tells them apart.
        return _validity(good & right & (year >= 1925), good & ~right & (year >= 1900))

    return check


def _th_tnin(view: View, shape: Shape) -> Bytes:
    digits = view.digits(shape)
    if len(digits) != 13:
        return _nothing(view)
    total = weighted(digits[:12], tuple(range(13, 1, -1)))
    good = (digits[0] >= 1) & (digits[0] <= 8) & at_least_three(digits)
    good &= modulo(np.uint16(11) - modulo(total, 11), 10) == digits[12]
    good &= (digits[:12] != np.array([int(d) for d in "123456789012"], np.uint8)[:, None]).any(axis=0)
    return _validity(good)


@lru_cache(maxsize=1)
def _regions() -> Mask:
    table = np.zeros(100, np.bool_)
    table[[int(region) for region in CN_REGIONS]] = True
    return table


def _cn_resident_id(view: View, shape: Shape) -> Bytes:
    if view.width != 18 or shape.digits[:17] != list(range(17)):
        return _nothing(view)
    columns = view.columns(0, 18)
    digits = columns[:17] - np.uint8(48)
    year = number(digits[6:10])
    good = _regions().take(number(digits[:2]), mode="clip") & (year >= 1880) & (year <= LATEST_BIRTH)
    good &= in_calendar(year, number(digits[10:12]), number(digits[12:14]))
    last = np.where(columns[17] == ord("x"), np.uint8(ord("X")), columns[17])
    good &= np.frombuffer(b"10X98765432", np.uint8).take(modulo(weighted(digits, CN_WEIGHTS), 11)) == last
    return _validity(good)


def _phone(view: View, shape: Shape) -> Bytes:
    digits = view.digits(shape)
    if len(digits) < 8:
        return _nothing(view)
    return _validity(at_least_two(digits[-8:]) & at_least_three(digits))


def _sum_by_luhn(digits: Bytes) -> Numbers:
    total = np.zeros(digits.shape[1], np.uint16)
    for index, digit in enumerate(digits[::-1]):
        total += digit + digit - np.uint8(9) * (digit > 4) if index % 2 else digit
    return total


def _example(shape: Shape, digits: str) -> str:
    """A text of a layout with those digits."""
    rest = iter(digits)
    return "".join(
        next(rest) if position in shape.digits else chr(members(bits)[0]) for position, bits in enumerate(shape.layout)
    )


@lru_cache(maxsize=16)
def _card_networks(_layout: Layout) -> Bytes:
    """By the first four digits: what the scalar validator says of a card of that layout; filled as digits are met."""
    return np.full(10_000, _UNKNOWN, np.uint8)


def _ask_card(shape: Shape, four: int) -> int:
    body = f"{four:04d}" + "13579246801357"[: len(shape.digits) - 5]
    column = np.array([[int(digit)] for digit in body + "0"], np.uint8)
    last = -int(_sum_by_luhn(column)[0]) % 10
    return int(VALIDATORS["credit_card"](_example(shape, f"{body}{last}")))


def _credit_card(view: View, shape: Shape) -> Bytes:
    digits = view.digits(shape)
    if not 13 <= len(digits) <= 19:
        return _nothing(view)
    table, four = _card_networks(shape.layout), number(digits[:4])
    answer = table.take(four)
    if (answer == _UNKNOWN).any():
        for new in np.unique(four[answer == _UNKNOWN]).tolist():
            table[new] = _ask_card(shape, new)
        answer = table.take(four)
    answer[~(at_least_three(digits) & (modulo(_sum_by_luhn(digits), 10) == 0))] = Validity.INVALID
    return answer


def _kr_account(view: View, shape: Shape) -> Bytes:
    digits = view.digits(shape)
    if shape.mixed or len(digits) < 3:
        return _nothing(view)
    answer = np.full(view.size, VALIDATORS["kr_account"](_example(shape, "1357924680135792468013579"[: len(digits)])), np.uint8)  # fmt: skip
    answer[~at_least_three(digits)] = Validity.INVALID
    return answer


@lru_cache(maxsize=1)
def _licence_regions() -> Mask:
    licence = VALIDATORS["kr_driver_license"]
    return np.array([licence(f"{region:02d}-13-579246-80") is Validity.VALID for region in range(100)])


def _kr_driver_license(view: View, shape: Shape) -> Bytes:
    digits = view.digits(shape)
    if len(digits) != 12:
        return _nothing(view)
    return _validity(_licence_regions().take(number(digits[:2]), mode="clip") & at_least_three(digits[-8:]))


@lru_cache(maxsize=64)
def _is_base64(layout: Layout) -> bool:
    """Whether it is 64 bytes in standard base64, padded."""
    body = all(chr(byte).isalnum() or byte in b"+/" for bits in set(layout[:86]) for byte in members(bits))
    return len(layout) == 88 and body and members(layout[86] | layout[87]) == b"="


def _ci(view: View, shape: Shape) -> Bytes:
    """20 different characters, and that among the first 32, of which one begins three bytes that cannot all be ASCII."""
    if not _is_base64(shape.layout):
        return _nothing(view)
    columns = view.columns(0, 32)
    first = columns[::4]
    text = ((first >= ord("A")) & (first <= ord("Z"))) | ((first >= ord("a")) & (first <= ord("f")))
    return _validity((distinct(columns) >= 20) & ~text.all(axis=0))


@lru_cache(maxsize=64)
def _is_ethereum(layout: Layout) -> bool:
    return len(layout) == 42 and members(layout[0]) == b"0" and members(layout[1] & LOWER) == b"x"


def _crypto_address(view: View, shape: Shape) -> Bytes:
    """An Ethereum or Kaia address in lower case: DOUBTFUL, as nothing in it confirms it."""
    if not _is_ethereum(shape.layout):
        return _nothing(view)
    body = view.columns(2, 42)
    lower = ((body < 65) | (body > 90)).all(axis=0)
    return _validity(np.zeros(view.size, np.bool_), lower & (distinct(body[:32]) >= 8))


def birth_groups(shape: Shape) -> tuple[list[int], list[int], list[int]] | None:
    """Where year, month and day stand among a layout's positions: year first, or day or month first; None for neither."""
    groups = shape.groups
    sizes = [len(group) for group in groups]
    if len(sizes) == 3 and sizes[0] <= 2 and sizes[1] <= 2 and sizes[2] == 4:
        return groups[2], groups[1], groups[0]
    if (len(sizes) == 3 and sizes[1] <= 2 and sizes[2] <= 2) or (len(sizes) == 6 and sizes == [4, 2, 2, 2, 2, 2]):
        return (groups[0], groups[1], groups[2]) if sizes[0] == 4 else None
    if sizes == [8]:
        return groups[0][:4], groups[0][4:6], groups[0][6:]
    return None


def _birth_date(view: View, shape: Shape) -> Bytes:
    columns = view.columns(0, view.width)
    if [len(group) for group in shape.groups] == [6]:
        year, month, day = (number(columns[at : at + 2] - np.uint8(48)) for at in (0, 2, 4))
        centuries = (in_calendar(year + np.uint16(century), month, day) for century in (1900, 2000))
        return _validity(np.logical_or(*centuries))
    places = birth_groups(shape)
    if places is None:
        return _nothing(view)
    year, month, day = (number(columns[group] - np.uint8(48)) for group in places)
    year = np.where(year >= 2400, year - np.uint16(543), year)
    good = in_calendar(year, month, day)
    if shape.groups[0] is not places[0] and len(shape.groups) == 3:
        good |= in_calendar(year, day, month)
    return _validity(good & (year >= 1900) & (year <= LATEST_BIRTH))


CHECKS: Final[dict[str | None, Check]] = {
    None: unchecked,
    "birth_date": _birth_date,
    "ci": _ci,
    "cn_phone": _phone,
    "cn_resident_id": _cn_resident_id,
    "credit_card": _credit_card,
    "crypto_address": _crypto_address,
    "kr_account": _kr_account,
    "kr_driver_license": _kr_driver_license,
    "kr_frn": _registration("kr_frn", 13),
    "kr_phone": _phone,
    "kr_rrn": _registration("kr_rrn", 11),
    "th_phone": _phone,
    "th_tnin": _th_tnin,
}
"""By the name of a rule's validator. A rule whose validator is not here has no vectorised form."""
