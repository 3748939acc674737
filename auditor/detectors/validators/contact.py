"""How a person is reached and called: phone, e-mail, name, birth date, address in the network."""

from __future__ import annotations

import ipaddress
import re
from typing import Final

from auditor.detectors import names
from auditor.detectors.validators.validity import LATEST_BIRTH, Validity, digits_of, is_date, varied
from auditor.fingerprint import without_month_names

_NOT_DIGITS: Final = re.compile(r"[^0-9]+")
GLOBAL_UNICAST: Final = ipaddress.ip_network("2000::/3")
"""All that IANA has given out of IPv6 (RFC 4291); `is_global` also says yes to what nobody has."""
_OF_MANUALS: Final = re.compile(r"\.(?:1\.2\.3|2\.3\.4)$")
RESOLVERS: Final = frozenset(
    {"1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9", "168.126.63.1", "168.126.63.2", "114.114.114.114"}
)


def kr_phone(text: str) -> Validity:
    """A Korean number that is more than one or two digits repeated (binary strings, 010-0000-0000)."""
    digits = digits_of(text)
    return Validity.VALID if varied(digits[-8:], 2) and varied(digits) else Validity.INVALID


def th_phone(text: str) -> Validity:
    """A Thai number that is more than one or two digits repeated."""
    return kr_phone(text)


def cn_phone(text: str) -> Validity:
    """A Chinese mobile number that is more than one or two digits repeated."""
    return kr_phone(text)


def birth_date(text: str) -> Validity:
    """A day some living person may have been born on; Buddhist years too. YYMMDD is possible, not sure."""
    parts = [part for part in _NOT_DIGITS.split(without_month_names(text)) if part]
    digits = "".join(part.zfill(2) for part in parts) if len(parts) == 3 else "".join(parts)
    orders: list[tuple[str, str, str]] = []
    if len(parts) == 3 and len(parts[2]) == 4:
        orders = [(parts[2], parts[1], parts[0]), (parts[2], parts[0], parts[1])]
    elif len(digits) in (8, 14, 17):
        orders = [(digits[:4], digits[4:6], digits[6:8])]
    elif len(digits) in (5, 6):  # a spreadsheet drops the first zero of those born from 2001 to 2009
        digits = digits.zfill(6)
        two = (digits[:2], digits[2:4], digits[4:6])
        ok = any(is_date(century + int(two[0]), int(two[1]), int(two[2])) for century in (1900, 2000))
        return Validity.VALID if ok else Validity.INVALID
    for year, month, day in orders:
        common = int(year) - 543 if int(year) >= 2400 else int(year)
        if 1900 <= common <= LATEST_BIRTH and is_date(common, int(month), int(day)):
            return Validity.VALID
    return Validity.INVALID


def public_ip(text: str) -> Validity:
    """A public IPv4 or IPv6 address that is no documentation, private or reserved one, nor a well-known resolver."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return Validity.INVALID
    if not address.is_global or address.is_multicast or text in RESOLVERS:
        return Validity.INVALID
    if isinstance(address, ipaddress.IPv6Address) and address not in GLOBAL_UNICAST:
        return Validity.INVALID
    if _OF_MANUALS.search(text):
        return Validity.INVALID  # 1.2.3.4, 12.1.2.3: what manuals write
    if isinstance(address, ipaddress.IPv4Address) and (address.packed[0] < 11 or text.endswith(".0")):
        return Validity.DOUBTFUL  # 1.2.3.4, 8.0.1.0: more often a version than a host
    return Validity.VALID


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
