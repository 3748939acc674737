"""Synthetic identifiers, checksums included, from a seeded generator. Facts: shared/facts/identifiers.md; nothing is copied.

Implemented here anew, not imported from the auditor: a benchmark that shares its checksums with the tool would share its mistakes.
"""

from __future__ import annotations

import base64
from datetime import date, timedelta
from random import Random

DI_HEADER = base64.b64decode("MC0GCCqGSIb3DQIJAyEA")
CN_REGIONS = ("110105", "310115", "440305", "330106", "510107", "420111", "320582", "350203", "610113", "210102")


def digits(chance: Random, count: int) -> str:
    """`count` random digits, leading zeros included."""
    return "".join(chance.choices("0123456789", k=count))


def birthday(chance: Random, first: int = 1950, last: int = 2006) -> date:
    """A day between two years, both included."""
    return date(first, 1, 1) + timedelta(days=chance.randrange((date(last, 12, 31) - date(first, 1, 1)).days + 1))


def ci(chance: Random) -> str:
    """88 characters of base64."""
    return base64.b64encode(chance.randbytes(64)).decode()


def di(chance: Random) -> str:
    """64 characters of base64 with the DER prefix."""
    return base64.b64encode(DI_HEADER + chance.randbytes(32)).decode()


def resident_check(twelve: str, base: int) -> str:
    """The 13th digit: base 11 for citizens, 13 for foreigners."""
    total = sum(w * int(d) for w, d in zip((2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), twelve, strict=True))
    return str((base - total % 11) % 10)


def rrn(chance: Random, birth: date, *, checked: bool = True, foreigner: bool = False) -> str:
    """13 digits. Not `checked`: issued since October 2020, six random digits whose check digit is wrong."""
    gender = (2 if birth.year >= 2000 else 0) + chance.choice((1, 2)) + (4 if foreigner else 0)
    office = (
        f"{chance.randrange(96):02}{digits(chance, 3)}" if checked else digits(chance, 5)
    )  # 00-95: where it was registered
    twelve = f"{birth:%y%m%d}{gender}{office}"
    right = resident_check(twelve, 13 if foreigner else 11)
    if checked:
        return twelve + right
    return twelve + chance.choice([d for d in "0123456789" if d != right])


def tnin(chance: Random) -> str:
    """A Thai national ID, 13 digits, first 1-8."""
    twelve = chance.choice("12345678") + digits(chance, 11)
    total = sum((13 - i) * int(d) for i, d in enumerate(twelve))
    return twelve + str((11 - total % 11) % 10)


def cn_resident(chance: Random, birth: date, region: str = "") -> str:
    """18 characters, the last may be X."""
    body = f"{region or chance.choice(CN_REGIONS)}{birth:%Y%m%d}{digits(chance, 3)}"
    total = sum(pow(2, 17 - i, 11) * int(d) for i, d in enumerate(body))
    return body + "10X98765432"[total % 11]


def luhn_check(body: str) -> str:
    """The digit that makes body + digit pass Luhn."""
    total = 0
    for i, digit in enumerate(reversed(body)):
        number = int(digit) * (2 if i % 2 == 0 else 1)
        total += number - 9 if number > 9 else number
    return str(-total % 10)


def card(chance: Random) -> str:
    """14 to 16 digits: Visa, both Mastercard series, JCB, UnionPay, Amex, Diners."""
    start, length = chance.choice(
        [("4", 16), ("4", 16), (str(chance.randint(51, 55)), 16), (str(chance.randint(2221, 2720)), 16),
         (str(chance.randint(3528, 3589)), 16), ("62" + digits(chance, 4), 16), (chance.choice(("34", "37")), 15)]
    )  # fmt: skip
    body = start + digits(chance, length - 1 - len(start))
    return body + luhn_check(body)


def unionpay(chance: Random) -> str:
    """A Chinese debit card: 62, 19 digits."""
    body = "62" + chance.choice(("2202", "1700", "2848", "1226")) + digits(chance, 12)
    return body + luhn_check(body)


def iban(chance: Random) -> str:
    """German, British or French, without spaces."""
    country, bban = chance.choice(
        [
            ("DE", digits(chance, 18)),
            ("GB", chance.choice(("BARC", "MIDL", "LOYD")) + digits(chance, 14)),
            ("FR", digits(chance, 23)),
        ]
    )
    number = "".join(str(int(c, 36)) for c in bban + country + "00")
    return f"{country}{98 - int(number) % 97:02}{bban}"


def business_number(chance: Random) -> str:
    """A sole trader's: 3-2-5 digits, the middle 01-79."""
    nine = f"{chance.randint(101, 899)}{chance.randint(1, 79):02}{digits(chance, 4)}"
    total = sum(w * int(d) for w, d in zip((1, 3, 7, 1, 3, 7, 1, 3, 5), nine, strict=True)) + int(nine[8]) * 5 // 10
    return f"{nine[:3]}-{nine[3:5]}-{nine[5:]}{(10 - total % 10) % 10}"


def corporate_number(chance: Random) -> str:
    """A Seoul company's 110111-…: not a person, though nine in ten have a resident number's shape."""
    twelve = "110111" + digits(chance, 6)
    total = sum((1 + i % 2) * int(d) for i, d in enumerate(twelve))
    return f"{twelve[:6]}-{twelve[6:]}{(10 - total % 10) % 10}"


def ean13(chance: Random) -> str:
    """A Korean product's bar code."""
    twelve = "880" + digits(chance, 9)
    total = sum((1, 3)[i % 2] * int(d) for i, d in enumerate(twelve))
    return twelve + str(-total % 10)
