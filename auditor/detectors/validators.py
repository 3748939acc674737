"""Checks of a value's own digits, by the names rule files use. Pure functions; the facts are in facts/identifiers.md.

Each takes the folded text of a hit (ASCII digits, ASCII dashes) and answers VALID (the check digit holds, or the
shape is as good as one), DOUBTFUL (possible, but nothing in the value itself confirms it) or INVALID (it cannot be).
"""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import IntEnum
from typing import Final

from auditor.detectors import encodings, names


class Validity(IntEnum):
    """What a value says about itself."""

    INVALID = 0
    DOUBTFUL = 1
    VALID = 2


Validator = Callable[[str], Validity]

_NOT_DIGITS: Final = re.compile(r"[^0-9]+")
_NOT_DIGIT: Final = re.compile(r"[^0-9]")
_LATEST_BIRTH: Final = 2035
_RRN_WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_CENTURY: Final = {
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
_CN_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CN_REGIONS: Final = frozenset(
    (
        "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91"
    ).split()
)


def digits_of(text: str) -> str:
    """The ASCII digits of a text."""
    return _NOT_DIGIT.sub("", text)


def is_date(year: int, month: int, day: int) -> bool:
    """Whether the calendar has that day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def luhn(digits: str) -> bool:
    """ISO/IEC 7812 check digit."""
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = ord(digit) - 48
        if index % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total % 10 == 0


def _varied(digits: str, least: int = 3) -> bool:
    return len(set(digits[: 2 * least])) >= least or len(set(digits)) >= least


def kr_rrn(text: str) -> Validity:
    """Korean resident number: calendar date always; the check digit only speaks for it (random since October 2020)."""
    digits = digits_of(text)
    if len(digits) != 13 or digits[6] not in "123490":
        return Validity.INVALID
    return _kr_registration(digits, 11)


def kr_frn(text: str) -> Validity:
    """Korean foreigner registration number: as the resident number, with G 5–8 and 13 in the check."""
    digits = digits_of(text)
    if len(digits) != 13 or digits[6] not in "5678":
        return Validity.INVALID
    return _kr_registration(digits, 13)


def _kr_registration(digits: str, base: int) -> Validity:
    year = _CENTURY[digits[6]] + int(digits[:2])
    if year > _LATEST_BIRTH or not is_date(year, int(digits[2:4]), int(digits[4:6])) or not _varied(digits[6:], 2):
        return Validity.INVALID
    total = sum(weight * (ord(digit) - 48) for weight, digit in zip(_RRN_WEIGHTS, digits, strict=False))
    if (base - total % 11) % 10 != ord(digits[12]) - 48:
        return Validity.DOUBTFUL if year >= 1900 else Validity.INVALID
    # Nobody alive was born before 1910; corporate numbers such as 110111-1… fall there and pass at 4 %.
    if year < 1910 or (kr_corporate_registry(digits) and year < 1925):
        return Validity.DOUBTFUL
    return Validity.VALID


def kr_corporate_registry(digits: str) -> bool:
    """Whether 13 digits are a Korean corporate number with a valid check digit, of a registry office's form."""
    if digits[4:6] not in {"11", "12", "13", "14", "15", "21", "22", "31", "32", "33", "41", "71", "81"}:
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
    return Validity.VALID if len(digits) in (10, 12) and _varied(digits[-8:]) else Validity.INVALID


def kr_phone(text: str) -> Validity:
    """A Korean number that is more than one or two digits repeated (binary strings, 010-0000-0000)."""
    digits = digits_of(text)
    return Validity.VALID if _varied(digits[-8:], 2) and _varied(digits) else Validity.INVALID


def th_phone(text: str) -> Validity:
    """A Thai number that is more than one or two digits repeated."""
    return kr_phone(text)


def cn_phone(text: str) -> Validity:
    """A Chinese mobile number that is more than one or two digits repeated."""
    return kr_phone(text)


def kr_account(text: str) -> Validity:
    """A Korean bank account: check digits are secret, so only the length and the banks' known layouts speak."""
    digits = digits_of(text)
    if not 10 <= len(digits) <= 16 or not _varied(digits):
        return Validity.INVALID
    if "-" not in text:
        return Validity.DOUBTFUL
    layout = tuple(len(part) for part in re.split(r"[- ]+", text.strip()))
    known = {
        (4, 3, 6), (3, 2, 4, 3), (4, 2, 8), (6, 2, 6), (3, 3, 6), (3, 6, 5), (3, 4, 4, 2), (3, 6, 2, 2, 1), (4, 2, 7),
        (4, 4, 4), (3, 6, 2, 3), (3, 2, 6), (3, 8, 3), (3, 3, 4, 3), (3, 4, 6), (3, 3, 3, 3), (3, 2, 6, 1), (3, 5, 3, 2),
        (6, 2, 6), (3, 4, 5), (3, 6), (3, 7), (2, 3, 6), (3, 6, 3), (4, 3, 7), (3, 2, 5, 3), (3, 1, 5, 1), (3, 1, 6),
    }  # fmt: skip
    return Validity.VALID if layout in known else Validity.DOUBTFUL


def th_tnin(text: str) -> Validity:
    """Thai national ID: first digit 1–8, mod 11; never the printed placeholder 1-2345-67890-12-1."""
    digits = digits_of(text)
    if len(digits) != 13 or digits[0] not in "12345678" or digits == "1234567890121" or not _varied(digits):
        return Validity.INVALID
    total = sum((13 - index) * (ord(digit) - 48) for index, digit in enumerate(digits[:12]))
    return Validity.VALID if (11 - total % 11) % 10 == ord(digits[12]) - 48 else Validity.INVALID


def cn_resident_id(text: str) -> Validity:
    """Chinese resident ID (GB 11643): region, date, mod 11-2; the 15-digit form of before 1999 has no check."""
    value = text.strip().upper()
    if value[:2] not in _CN_REGIONS:
        return Validity.INVALID
    if len(value) == 15:
        ok = is_date(1900 + int(value[6:8]), int(value[8:10]), int(value[10:12])) and _varied(value)
        return Validity.DOUBTFUL if ok else Validity.INVALID
    year = int(value[6:10])
    if len(value) != 18 or not 1880 <= year <= _LATEST_BIRTH or not is_date(year, int(value[10:12]), int(value[12:14])):
        return Validity.INVALID
    total = sum(weight * (ord(digit) - 48) for weight, digit in zip(_CN_WEIGHTS, value, strict=False))
    return Validity.VALID if "10X98765432"[total % 11] == value[17] else Validity.INVALID


def _bin(digits: str) -> str:
    """The network a card number's first digits and length belong to; "" for none."""
    length, two, three, four, six = len(digits), int(digits[:2]), int(digits[:3]), int(digits[:4]), int(digits[:6])
    if digits[0] == "4" and length in (13, 16, 19):
        return "visa"
    if length == 16 and (51 <= two <= 55 or 2221 <= four <= 2720):
        return "mastercard"
    if length == 15 and two in (34, 37):
        return "amex"
    if 14 <= length <= 19 and (300 <= three <= 305 or two in (36, 38, 39)):
        return "diners"
    if 16 <= length <= 19 and 3528 <= four <= 3589:
        return "jcb"
    if 16 <= length <= 19 and (four == 6011 or two == 65 or 644 <= three <= 649 or 622126 <= six <= 622925):
        return "discover"
    if 16 <= length <= 19 and two == 62:
        return "unionpay"
    if 16 <= length <= 19 and (two in (50, 56, 57, 58) or three == 639 or two == 67):
        return "maestro"
    # Korean domestic cards: 9 as the major industry identifier (BC, Lotte, Samsung local schemes).
    if length == 16 and digits[0] == "9":
        return "local"
    return ""


def credit_card(text: str) -> Validity:
    """Luhn and the network's first digits and length; a grouping that no card has is refused."""
    digits = digits_of(text)
    if not 13 <= len(digits) <= 19 or not _varied(digits) or not luhn(digits):
        return Validity.INVALID
    network = _bin(digits)
    if not network:
        return Validity.INVALID
    groups = [len(group) for group in re.split(r"[- ]+", text.strip())]
    if len(groups) > 1 and groups not in (
        [4, 4, 4, 4],
        [4, 6, 5],
        [4, 6, 4],
        [4, 4, 4, 3],
        [4, 4, 4, 2],
        [4, 4, 4, 4, 3],
        [6, 13],
        [4, 4, 4, 1],
    ):
        return Validity.INVALID
    return Validity.VALID if network not in ("maestro", "local") or len(groups) > 1 else Validity.DOUBTFUL


def unionpay(text: str) -> Validity:
    """A UnionPay card: 62, 16–19 digits, Luhn."""
    digits = digits_of(text)
    ok = digits.startswith("62") and 16 <= len(digits) <= 19 and luhn(digits) and _varied(digits)
    return Validity.VALID if ok else Validity.INVALID


def iban(text: str) -> Validity:
    """ISO 13616: mod 97 is 1."""
    value = re.sub(r"[ -]", "", text).upper()
    if not 15 <= len(value) <= 34 or value[:2] not in _IBAN_COUNTRIES:
        return Validity.INVALID
    number = "".join(str(int(character, 36)) for character in value[4:] + value[:4])
    return Validity.VALID if int(number) % 97 == 1 and _varied(value) else Validity.INVALID


_IBAN_COUNTRIES: Final = frozenset(
    (
        "AD AE AL AT AZ BA BE BG BH BI BR BY CH CR CY CZ DE DJ DK DO EE EG ES FI FK FO FR GB GE GI GL GR GT HN HR HU "
        "IE IL IQ IS IT JO KW KZ LB LC LI LT LU LV LY MC MD ME MK MN MR MT MU NI NL NO OM PK PL PS PT QA RO RS RU SA "
        "SC SD SE SI SK SM SO ST SV TL TN TR UA VA VG XK YE"
    ).split()
)


def birth_date(text: str) -> Validity:
    """A day some living person may have been born on; Buddhist years too. YYMMDD is possible, not sure."""
    parts = [part for part in _NOT_DIGITS.split(text) if part]
    digits = "".join(part.zfill(2) for part in parts) if len(parts) == 3 else "".join(parts)
    orders: list[tuple[str, str, str]] = []
    if len(parts) == 3 and len(parts[2]) == 4:
        orders = [(parts[2], parts[1], parts[0]), (parts[2], parts[0], parts[1])]
    elif len(digits) in (8, 14, 17):
        orders = [(digits[:4], digits[4:6], digits[6:8])]
    elif len(digits) == 6:
        two = (digits[:2], digits[2:4], digits[4:6])
        ok = any(is_date(century + int(two[0]), int(two[1]), int(two[2])) for century in (1900, 2000))
        return Validity.VALID if ok else Validity.INVALID
    for year, month, day in orders:
        common = int(year) - 543 if int(year) >= 2400 else int(year)
        if 1900 <= common <= _LATEST_BIRTH and is_date(common, int(month), int(day)):
            return Validity.VALID
    return Validity.INVALID


def public_ip(text: str) -> Validity:
    """A public IPv4 or IPv6 address that is no documentation, private or reserved one, nor a well-known resolver."""
    import ipaddress

    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return Validity.INVALID
    if not address.is_global or address.is_multicast or text in _RESOLVERS:
        return Validity.INVALID
    if isinstance(address, ipaddress.IPv4Address) and (address.packed[0] < 11 or text.endswith(".0")):
        return Validity.DOUBTFUL  # 1.2.3.4, 8.0.1.0: more often a version than a host
    return Validity.VALID


_RESOLVERS: Final = frozenset(
    {"1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9", "168.126.63.1", "168.126.63.2", "114.114.114.114"}
)


def ci(text: str) -> Validity:
    """64 bytes in base64, however it is escaped."""
    return Validity.VALID if encodings.decoded_length(text) == 64 and _varied(text, 20) else Validity.INVALID


def base64_varied(text: str) -> Validity:
    """Base64 that is more than a filler."""
    return Validity.VALID if _varied(text, 12) else Validity.INVALID


def email(text: str) -> Validity:
    """An address somebody may read: no file name, no unit name, no documentation domain."""
    text = text.replace("%40", "@")
    name, _, domain = text.rpartition("@")
    labels = domain.lower().split(".")
    if not name or ".." in text or name[0] in ".-" or name[-1] == "." or any(not label for label in labels):
        return Validity.INVALID
    return Validity.INVALID if names.reserved_domain(labels) or names.file_suffix(labels) else Validity.VALID


def person_name(text: str) -> Validity:
    """A full name in Hangul, Thai, Chinese characters (VALID) or Latin letters (DOUBTFUL)."""
    match names.full_name(text):
        case "native":
            return Validity.VALID
        case "latin":
            return Validity.DOUBTFUL
        case _:
            return Validity.INVALID


def ethereum(text: str) -> Validity:
    """EIP-55 when the case is mixed, else only the shape; never the zero, dead or a repeated address."""
    body = text[2:]
    if not _varied(body.lower(), 8):
        return Validity.INVALID
    if body in (body.lower(), body.upper()):
        return Validity.DOUBTFUL
    return Validity.VALID if encodings.eip55(body) == body else Validity.INVALID


def bitcoin(text: str) -> Validity:
    """Base58check or bech32/bech32m checksum."""
    ok = encodings.bech32_ok(text) if text[:3].lower() in ("bc1", "tb1") else encodings.base58check_ok(text)
    return Validity.VALID if ok and _varied(text, 8) else Validity.INVALID


def secret(text: str) -> Validity:
    """A key or token that is no placeholder: varied characters, no word of an example."""
    if re.search(r"(?i)example|x{4,}|your|dummy|sample|placeholder|<|\*{3}|changeme|redacted|\$\{|1234567890", text):
        return Validity.INVALID
    return Validity.VALID if _varied(text, 6) else Validity.INVALID


def database_url(text: str) -> Validity:
    """A URL whose password is a value and no variable or placeholder."""
    password = text.split("://", 1)[-1].rsplit("@", 1)[0].partition(":")[2]
    if not password or re.search(r"[${}<>%*]|^x+$", password):
        return Validity.INVALID
    weak = {
        "password",
        "pass",
        "passwd",
        "pwd",
        "secret",
        "user",
        "root",
        "postgres",
        "mysql",
        "test",
        "example",
        "changeme",
    }
    return Validity.INVALID if password.lower() in weak else Validity.VALID


def crypto_address(text: str) -> Validity:
    """A wallet of Ethereum or Kaia (EIP-55), Bitcoin or Tron (base58check, bech32)."""
    return ethereum(text) if text[:2].lower() == "0x" else bitcoin(text)


def credential(text: str) -> Validity:
    """A key, token, hash or URL with a password that is no placeholder."""
    if text.startswith("-----"):
        return Validity.VALID
    return database_url(text) if "://" in text else secret(text)


VALIDATORS: Final[dict[str, Validator]] = {
    validator.__name__: validator
    for validator in (
        base64_varied, birth_date, bitcoin, ci, cn_phone, cn_resident_id, credential, credit_card, crypto_address, database_url, email, ethereum, iban,
        kr_account, kr_brn_individual, kr_driver_license, kr_frn, kr_phone, kr_rrn, person_name, public_ip, secret, th_phone,
        th_tnin, unionpay,
    )
}  # fmt: skip
"""What a rule's `validator` may name."""
