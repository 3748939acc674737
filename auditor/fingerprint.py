"""Keyed fingerprints of values, exactly as docs/fingerprints.md defines them.

AES-256-CMAC(K, normal form) with K = HMAC-SHA-256(key, "auditor fingerprint" ‖ 0x00 ‖ entity), 16 bytes. Plain or salted
hashes of phone numbers and resident numbers reverse in seconds to hours (facts/faults.md 8); only a key kept apart from the
store prevents that. numpy and cryptography are imported when the first value is there: a gate that finds nothing needs none.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from auditor.errors import InputError, Problem
from auditor.model.rule import NormalForm

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

LEAST_KEY_BYTES: Final = 16
_DIGITS: Final = re.compile(r"[^0-9]")
_SPACES: Final = re.compile(r"\s+")
_PADDED_BASE64: Final = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_KR_MOBILE: Final = re.compile(r"01[016789][0-9]{7,8}")
_KR_MOBILE_CUT: Final = re.compile(r"10[0-9]{8}")  # a spreadsheet dropped the leading 0
_WITH_COUNTRY: Final = re.compile(
    r"8210[0-9]*|820?1[016789][0-9]{7,8}|82[2-6][0-9]{8,9}|660?[689][0-9]{8}|861[3-9][0-9]{9}"
)
_CN_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_TH_MOBILE: Final = re.compile(r"0[689][0-9]{8}")
_KR_LANDLINE: Final = re.compile(r"0[2-7][0-9]{7,9}")
_NOT_DATE_DIGITS: Final = re.compile(r"[^0-9๐-๙０-９]+")


def read_key(path: Path) -> bytes:
    """The key in a file: its bytes without a trailing line end. InputError if unreadable or under 16 bytes."""
    try:
        key = path.read_bytes()
    except OSError as error:
        raise InputError(
            Problem(
                file=str(path),
                cause=f"the key file cannot be read: {error.strerror}",
                cure=f"make one with: (umask 077; head -c 32 /dev/urandom > {path})",
            )
        ) from None
    key = key.removesuffix(b"\n").removesuffix(b"\r")
    if len(key) < LEAST_KEY_BYTES:
        raise InputError(
            Problem(
                file=str(path),
                cause=f"the key has {len(key)} bytes; {LEAST_KEY_BYTES} are the least",
                cure=f"make one with: (umask 077; head -c 32 /dev/urandom > {path})",
            )
        )
    return key


_THAI_MONTHS: Final = "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
_THAI_SHORT: Final = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค."
_MONTHS: Final = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        _THAI_MONTHS,
        re.sub("(?:คม|ยน|พันธ์)(?= |$)", "", _THAI_MONTHS),
        _THAI_SHORT,
        re.sub(r"\.(?= |$)", "", _THAI_SHORT),
        _THAI_SHORT.replace(".", ""),
    )
    for number, name in enumerate(names.split(), 1)
}
"""Months by their names: in English the first three letters, in Thai whole, as people say them, and shortened with dots or without."""
_ENGLISH: Final = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_THAI: Final = "|".join(re.escape(name) for name in sorted(_MONTHS, key=len, reverse=True) if not name.isascii())
_MONTH_NAMED: Final = re.compile(
    rf"(?i)(?:(?:วันที่ ?)?(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?(?:[-/. ]{{0,2}}| of |[ ]?เดือน[ ]?)(?P<month>{_ENGLISH}|{_THAI})[-/.,]{{0,2}} ?(?:(?:พ|(?P<common>ค))\.?ศ\.? ?)?['’]?"
    rf"|(?P<first>{_ENGLISH})\.? (?P<second>[0-3]?[0-9])(?:st|nd|rd|th)?,? )(?P<year>[0-9]{{4}}|[0-9]{{2}})"
    rf"|(?i:(?P<before>[0-9]{{4}})[-/., ]{{1,2}}(?P<middle>{_ENGLISH})[-/., ]{{1,2}}(?P<last>[0-3]?[0-9]))"
)
_HAN_DAY: Final = re.compile(
    "(?P<year>[〇零○一二三四五六七八九]{4}|[〇零○一二三四五六七八九]{2}|[0-9]{4}|[0-9]{2})年(?P<month>[一二三四五六七八九十]{1,2}|[01]?[0-9])月(?P<day>[一二三四五六七八九十]{1,3}|[0-3]?[0-9])[日号]?"
)
HAN_DIGITS: Final = {
    "〇": "0",
    "零": "0",
    "○": "0",
    **{digit: str(number) for number, digit in enumerate("一二三四五六七八九", 1)},
}
_THAI_DIGITS: Final = {0x0E50 + digit: str(digit) for digit in range(10)}
_THIS_CENTURY: Final = 70
"""Two digits of a Buddhist year below are of 2500 to 2569, the others of 2470 to 2499."""
_LETTERS: Final = re.compile("[A-Za-z]{3}")


def key_id(key: bytes) -> str:
    """16 hexadecimal digits that tell keys apart and say nothing of them."""
    return hmac.digest(key, b"auditor key id", hashlib.sha256)[:8].hex()


def _digits(value: str) -> str:
    """ASCII digits only; digits of other scripts (Thai ๑, full-width １) are converted."""
    if value.isascii():
        return _DIGITS.sub("", value)
    return "".join(str(unicodedata.digit(c)) for c in value if c.isdigit())


def _ascii(character: str) -> str:
    """A digit of any script as ASCII; anything else as it stands."""
    return character if character.isascii() or not character.isdecimal() else str(unicodedata.decimal(character))


def _base64(value: str) -> str:
    """Standard alphabet, padded, whatever it was: %2B, `\\/`, `\\u003d`, URL-safe, unpadded, wrapped."""
    if _PADDED_BASE64.fullmatch(value):
        return value
    if "%" in value:
        value = unquote(value)
    value = (
        _SPACES.sub("", value.replace("\\u003d", "=").replace("\\u003D", "=").replace("\\", ""))
        .replace("-", "+")
        .replace("_", "/")
        .rstrip("=")
    )
    return value + "=" * (-len(value) % 4)


def _phone(value: str) -> str:
    """E.164 for numbers of Korea, Thailand and China (`%2B` is a plus); digits only for what is none of them."""
    value = value.replace("%2B", "+").replace("%2b", "+")
    international = value.lstrip(" (").startswith(("+", "00"))
    digits = _digits(value)
    if international:
        digits = digits[3 if digits.startswith("00182") else 2 :] if digits.startswith("00") else digits
    for country in ("82", "66", "86"):
        if (international and digits.startswith(country)) or _WITH_COUNTRY.fullmatch(digits):
            if not digits.startswith(country):
                continue
            return f"+{country}{digits[len(country) :].lstrip('0')}"
    if international:
        return f"+{digits}"
    if _KR_MOBILE.fullmatch(digits):
        return f"+82{digits[1:]}"
    if _KR_MOBILE_CUT.fullmatch(digits):
        return f"+82{digits}"
    if _CN_MOBILE.fullmatch(digits):
        return f"+86{digits}"
    if _TH_MOBILE.fullmatch(digits):
        return f"+66{digits[1:]}"
    if _KR_LANDLINE.fullmatch(digits):
        return f"+82{digits[1:]}"
    return digits


def _of_han(number: str) -> str:
    """A number up to 31, or the digits of a year, from Chinese numerals: 十二 → 12, 三十 → 30, 一九八五 → 1985."""
    if number.isascii():
        return number
    tens, ten, ones = number.partition("十")
    if not ten:
        return "".join(HAN_DIGITS[digit] for digit in number)
    return f"{HAN_DIGITS.get(tens, '1')}{HAN_DIGITS.get(ones, '0')}"


def without_month_names(value: str) -> str:
    """A date in the order year, month, day, with a number for the month's name in English or Thai or for Chinese numerals; other dates as they are.

    Beside a Thai month two digits of a year are of the Buddhist calendar, as nobody alive was born in another century of it that they may mean.
    """
    if (han := _HAN_DAY.fullmatch(value.strip())) is not None:
        return "-".join(_of_han(part).zfill(2) for part in han.group("year", "month", "day"))
    m = _MONTH_NAMED.fullmatch(value.strip().translate(_THAI_DIGITS))
    if m is None:
        return value
    name, day, year = (
        m["month"] or m["first"] or m["middle"],
        m["day"] or m["second"] or m["last"],
        m["year"] or m["before"],
    )
    key = name[:3].lower() if name.isascii() else name
    if len(year) == 2 and not name.isascii() and m["common"] is None:
        year = str((2500 if int(year) < _THIS_CENTURY else 2400) + int(year))
    return f"{year}-{_MONTHS[key]:02d}-{int(day):02d}" if len(year) == 4 else f"{year}{_MONTHS[key]:02d}{int(day):02d}"


def _date(value: str) -> str:
    """YYYYMMDD; Buddhist years become common ones; YYMMDD stays six digits, as its century is unknown."""
    if not value.isascii() or _LETTERS.search(value):
        value = without_month_names(value)
    parts = [_digits(part) for part in _NOT_DATE_DIGITS.split(value) if part]
    if len(parts) == 3 and len(parts[0]) <= 2 and len(parts[2]) == 4:  # day first
        parts.reverse()
    apart = len(parts) == 8 and max(map(len, parts)) == 1  # a digit a box
    digits = "".join(part if apart else part.zfill(2) for part in parts)[:8] if len(parts) >= 3 else "".join(parts)[:8]
    if len(digits) == 8 and digits[:2] in ("24", "25"):
        digits = f"{int(digits[:4]) - 543}{digits[4:]}"
    return digits.zfill(6) if len(digits) == 5 else digits


def normalize(form: NormalForm, value: str) -> str:
    """The normal form of a value: equal for every way of writing it."""
    if not value.isascii():
        value = unicodedata.normalize("NFKC", value)
    value = value.strip()
    match form:
        case "exact":
            return value
        case "text":
            return _SPACES.sub(" ", value)
        case "digits":
            return _digits(value)
        case "digits13":
            digits = _digits(value)
            return digits.zfill(13) if len(digits) >= 10 else digits
        case "alphanumeric":
            return "".join(_ascii(c) for c in value.upper() if c.isalnum())
        case "base64":
            return _base64(value)
        case "phone":
            return _phone(value)
        case "email":
            return unquote(value).casefold()
        case "wallet":  # hexadecimal and bech32 in either case are one address; base58 is case-sensitive
            return value.lower() if value[:3].lower().startswith(("0x", "bc1", "tb1")) else value
        case "date":
            return _date(value)


def entity_key(key: bytes, entity: str) -> bytes:
    """The 32-byte AES key of one entity's fingerprints."""
    return hmac.digest(key, b"auditor fingerprint\0" + entity.encode(), hashlib.sha256)


def fingerprinter(key: bytes, entity: str) -> Callable[[str], bytes]:
    """`fingerprint` of one key and entity, for many values one by one: the keyed state is made once and copied."""
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.cmac import CMAC

    keyed = CMAC(AES(entity_key(key, entity)))

    def made(normal_form: str) -> bytes:
        mac = keyed.copy()
        mac.update(normal_form.encode("utf-8", "surrogatepass"))
        return mac.finalize()

    return made


def fingerprint(key: bytes, entity: str, normal_form: str) -> bytes:
    """16 bytes. `normal_form` is what `normalize` returned."""
    return fingerprinter(key, entity)(normal_form)


def fingerprints(key: bytes, entity: str, values: pa.StringArray | pa.LargeStringArray) -> npt.NDArray[np.uint8]:
    """`fingerprint` of each of an Arrow array's normal forms: (n, 16) bytes, zeros for a null; memory beside the result is bounded."""
    from auditor.cmac import ManyMacs

    return ManyMacs(entity_key(key, entity)).of_strings(values)


def fingerprints_of(key: bytes, entity: str, normal_forms: Iterable[str]) -> npt.NDArray[np.uint8]:
    """The same of Python strings: (n, 16) bytes."""
    from auditor.cmac import ManyMacs

    encoded = [normal_form.encode("utf-8", "surrogatepass") for normal_form in normal_forms]
    return ManyMacs(entity_key(key, entity)).of_messages(encoded)
