"""Bank accounts, payment cards and wallets."""

# ruff: noqa: SIM905 - a list of words reads better as one text

from __future__ import annotations

import re
from typing import Final

from auditor.detectors import encodings
from auditor.detectors.validators.validity import Validity, digits_of, luhn, varied

_NOT_DIGITS: Final = re.compile(r"[^0-9]+")
_DASHED: Final = re.compile(r"[0-9]+(?: ?- ?[0-9]+)+")
_BY_NUMBERS: Final = frozenset("0123456789.,")
_IBAN_COUNTRIES: Final = frozenset(
    (
        "AD AE AL AT AZ BA BE BG BH BI BR BY CH CR CY CZ DE DJ DK DO EE EG ES FI FK FO FR GB GE GI GL GR GT HN HR HU "
        "IE IL IQ IS IT JO KW KZ LB LC LI LT LU LV LY MC MD ME MK MN MR MT MU NI NL NO OM PK PL PS PT QA RO RS RU SA "
        "SC SD SE SI SK SM SO ST SV TL TN TR UA VA VG XK YE"
    ).split()
)


def kr_account(text: str) -> Validity:
    """A Korean bank account: check digits are secret, so only the length and the banks' known layouts speak."""
    digits = digits_of(text)
    if not 10 <= len(digits) <= 16 or not varied(digits):
        return Validity.INVALID
    layout = tuple(len(part) for part in _NOT_DIGITS.split(text.strip()))
    if len(layout) == 1:
        return Validity.DOUBTFUL
    if layout == (3, 3, 3, 3) and _BY_NUMBERS.issuperset(text):
        return Validity.INVALID  # an address in the network, or an amount
    known = {
        (4, 3, 6), (3, 2, 4, 3), (4, 2, 8), (6, 2, 6), (3, 3, 6), (3, 6, 5), (3, 4, 4, 2), (3, 6, 2, 2, 1), (4, 2, 7),
        (4, 4, 4), (3, 6, 2, 3), (3, 2, 6), (3, 8, 3), (3, 3, 4, 3), (3, 4, 6), (3, 3, 3, 3), (3, 2, 6, 1), (3, 5, 3, 2),
        (6, 2, 6), (3, 4, 5), (3, 6), (3, 7), (2, 3, 6), (3, 6, 3), (4, 3, 7), (3, 2, 5, 3), (3, 1, 5, 1), (3, 1, 6), (3, 6, 1), (3, 6, 2, 3), (3, 3, 3, 3), (4, 2, 3, 4),
    }  # fmt: skip
    if layout in known:
        return Validity.VALID
    return Validity.DOUBTFUL if _DASHED.fullmatch(text) else Validity.INVALID


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
    if not 13 <= len(digits) <= 19 or not varied(digits) or not luhn(digits):
        return Validity.INVALID
    network = _bin(digits)
    if not network:
        return Validity.INVALID
    groups = [len(group) for group in _NOT_DIGITS.split(text.strip())]
    if len(groups) > 1 and groups not in (
        [4, 4, 4, 4],
        [4, 6, 5],
        [4, 6, 4],
        [4, 4, 4, 3],
        [4, 4, 4, 2],
        [4, 4, 4, 4, 3],
        [6, 13],
        [4, 4, 4, 1],
        [4, 4, 8],
        [4, 8, 4],
        [8, 8],
        [6, 6, 4],
        [5, 5, 5],
        [4, 4, 4, 7],
        [6, 4, 4, 5],
        [6, 6, 7],
        [8, 11],
        [2] * 8,
        [1] * len(digits),
    ):
        return Validity.INVALID
    return Validity.VALID if network not in ("maestro", "local") or len(groups) > 1 else Validity.DOUBTFUL


def unionpay(text: str) -> Validity:
    """A UnionPay card: 62, 16–19 digits, Luhn."""
    digits = digits_of(text)
    ok = digits.startswith("62") and 16 <= len(digits) <= 19 and luhn(digits) and varied(digits)
    return Validity.VALID if ok else Validity.INVALID


def iban(text: str) -> Validity:
    """ISO 13616: mod 97 is 1."""
    value = re.sub(r"[ -]", "", text).upper()
    if not 15 <= len(value) <= 34 or value[:2] not in _IBAN_COUNTRIES:
        return Validity.INVALID
    number = "".join(str(int(character, 36)) for character in value[4:] + value[:4])
    return Validity.VALID if int(number) % 97 == 1 and varied(value) else Validity.INVALID


def ethereum(text: str) -> Validity:
    """EIP-55 when the case is mixed, else only the shape; never the zero, dead or a repeated address."""
    body = text[2:]
    if not varied(body.lower(), 8):
        return Validity.INVALID
    if body in (body.lower(), body.upper()):
        return Validity.DOUBTFUL
    return Validity.VALID if encodings.eip55(body) == body else Validity.INVALID


def bitcoin(text: str) -> Validity:
    """Base58check or bech32/bech32m checksum."""
    ok = encodings.bech32_ok(text) if text[:3].lower() in ("bc1", "tb1") else encodings.base58check_ok(text)
    return Validity.VALID if ok and varied(text, 8) else Validity.INVALID


def crypto_address(text: str) -> Validity:
    """A wallet of Ethereum or Kaia (EIP-55), Bitcoin or Tron (base58check, bech32)."""
    return ethereum(text) if text[:2].lower() == "0x" else bitcoin(text)
