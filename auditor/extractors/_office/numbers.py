"""Numbers of a workbook as people see them: dates, numbers with all their digits, numbers behind a mask of zeros."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal, InvalidOperation
from typing import Final

DATE: Final = "date"
"""In place of a mask: the number is a day."""

_BUILT_IN_DATES: Final = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_MASK: Final = re.compile(r"[0\-() ]*0{3,}[0\-() ]*")
_LARGEST_DAY: Final = 2_958_466  # 9999-12-31
_EPOCH: Final = datetime.datetime(1899, 12, 30)
_EPOCH_1904: Final = datetime.datetime(1904, 1, 1)


def kind_of(number: int, code: str) -> str:
    """What a number format (ECMA-376 part 1, 18.8.30) makes of a value: `DATE`, a mask such as `000000-0000000`, or ""."""
    if number in _BUILT_IN_DATES:
        return DATE
    section = code.split(";")[0]
    bare = _QUOTED.sub("", section)
    if re.search(r"[yYdD]", bare) and not re.search(r"[0#]", bare.replace(".0", "")):
        return DATE
    mask = re.sub(r'\\(.)|"([-() ]*)"', r"\1\2", re.sub(r"\[[^\]]*\]|@", "", section))
    return mask if _MASK.fullmatch(mask) else ""


def shown(value: str, kind: str, *, since_1904: bool = False) -> str:
    """A number's text in the file as a person reads it. Text that is no number stays as it is."""
    if kind == DATE:
        return _day(value, since_1904=since_1904)
    if not kind and value.isdigit():
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number) >= Decimal(10) ** 20:
        return value
    whole = number == number.to_integral_value()
    if kind and whole and number >= 0:
        digits = iter(str(int(number)).zfill(kind.count("0")))
        if len(str(int(number))) <= kind.count("0"):
            return "".join(next(digits) if place == "0" else place for place in kind)
    return str(int(number)) if whole else value


def _day(value: str, *, since_1904: bool) -> str:
    try:
        serial = float(value)
        if not 0 <= serial < _LARGEST_DAY:
            return value
        moment = (_EPOCH_1904 if since_1904 else _EPOCH) + datetime.timedelta(seconds=round(serial * 86_400))
    except (ValueError, OverflowError):
        return value
    return moment.isoformat(" ") if serial % 1 else moment.date().isoformat()
