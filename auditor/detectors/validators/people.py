"""Numbers of people that states give out: Korea, Thailand, China. The facts are in facts/identifiers.md."""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

import re
from typing import Final

from auditor.detectors.validators.validity import LATEST_BIRTH, Validity, digits_of, is_date, varied

_SEPARATORS: Final = re.compile(r"[^0-9A-Z]+")
RRN_WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
CENTURY: Final = {
    "1": 1900,
    "2": 1900,
    "3": 2000,
    "4": 2000,
    "5": 1900,
    "6": 1900,
    "7": 2000,
    "8": 2000,
    "9": 1800,
    "0": 1800,
}
CN_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CN_REGIONS: Final = frozenset(
    (
        "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91"
    ).split()
)


def kr_rrn(text: str) -> Validity:
    """Korean resident number: calendar date always; the check digit only speaks for it (random since October 2020)."""
    digits = _with_zeros(text)
    if len(digits) != 13 or digits[6] not in "123490":
        return Validity.INVALID
    return _kr_registration(digits, 11)


def kr_frn(text: str) -> Validity:
    """Korean foreigner registration number: as the resident number, with G 5–8 and 13 in the check."""
    digits = _with_zeros(text)
    if len(digits) != 13 or digits[6] not in "5678":
        return Validity.INVALID
    return _kr_registration(digits, 13)


def _with_zeros(text: str) -> str:
    """The digits, with the zeros in front that a spreadsheet drops from the numbers of those born from 2000 to 2009."""
    digits = digits_of(text)
    return digits.zfill(13) if 10 <= len(digits) <= 12 else digits


def _kr_registration(digits: str, base: int) -> Validity:
    year = CENTURY[digits[6]] + int(digits[:2])
    if year > LATEST_BIRTH or not is_date(year, int(digits[2:4]), int(digits[4:6])) or not varied(digits[6:], 2):
        return Validity.INVALID
    total = sum(weight * (ord(digit) - 48) for weight, digit in zip(RRN_WEIGHTS, digits, strict=False))
    if (base - total % 11) % 10 != ord(digits[12]) - 48:
        return Validity.DOUBTFUL if year >= 1900 else Validity.INVALID
    # Nobody alive was born before 1910; corporate numbers such as 110111-1… fall there and pass at 4 %.
    if year < 1910 or (kr_corporate_registry(digits) and year < 1925):
        return Validity.DOUBTFUL
    return Validity.VALID


def kr_corporate_registry(digits: str) -> bool:
    """Whether digits are a Korean corporate number, thirteen with a valid check digit, of a registry office's form."""
    if len(digits) != 13 or digits[4:6] not in {
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "31",
        "32",
        "33",
        "41",
        "71",
        "81",
    }:
        return False
    total = sum((1 + index % 2) * (ord(digit) - 48) for index, digit in enumerate(digits[:12]))
    return (10 - total % 10) % 10 == ord(digits[12]) - 48


def kr_brn_individual(text: str) -> Validity:
    """Korean business number of a sole trader: check digit, and a middle part of individuals (01–79, 90–99)."""
    digits = digits_of(text)
    if len(digits) != 10 or not (1 <= int(digits[3:5]) <= 79 or int(digits[3:5]) >= 90) or int(digits[:3]) < 101:
        return Validity.INVALID
    weights = (1, 3, 7, 1, 3, 7, 1, 3)
    last = 5 * int(digits[8])
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) + last + last // 10
    return Validity.VALID if (10 - total % 10) % 10 == int(digits[9]) else Validity.INVALID


def kr_driver_license(text: str) -> Validity:
    """Region code 11–26 or 28 (or the region's name), year, six digits, check part."""
    digits = digits_of(text)
    if len(digits) == 12 and not (11 <= int(digits[:2]) <= 26 or digits[:2] == "28"):
        return Validity.INVALID
    return Validity.VALID if len(digits) in (10, 12) and varied(digits[-8:]) else Validity.INVALID


def th_tnin(text: str) -> Validity:
    """Thai national ID: first digit 1–8, mod 11; never the printed placeholder 1-2345-67890-12-1."""
    digits = digits_of(text)
    if len(digits) != 13 or digits[0] not in "12345678" or digits == "1234567890121" or not varied(digits):
        return Validity.INVALID
    total = sum((13 - index) * (ord(digit) - 48) for index, digit in enumerate(digits[:12]))
    return Validity.VALID if (11 - total % 11) % 10 == ord(digits[12]) - 48 else Validity.INVALID


def cn_resident_id(text: str) -> Validity:
    """Chinese resident ID (GB 11643): region, date, mod 11-2; the 15-digit form of before 1999 has no check."""
    value = _SEPARATORS.sub("", text.upper())
    if value[:2] not in CN_REGIONS:
        return Validity.INVALID
    if len(value) == 15:
        ok = is_date(1900 + int(value[6:8]), int(value[8:10]), int(value[10:12])) and varied(value)
        return Validity.DOUBTFUL if ok else Validity.INVALID
    year = int(value[6:10])
    if len(value) != 18 or not 1880 <= year <= LATEST_BIRTH or not is_date(year, int(value[10:12]), int(value[12:14])):
        return Validity.INVALID
    total = sum(weight * (ord(digit) - 48) for weight, digit in zip(CN_WEIGHTS, value, strict=False))
    return Validity.VALID if "10X98765432"[total % 11] == value[17] else Validity.INVALID
