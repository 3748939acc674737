"""What a validator answers, and what several of them count with."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import IntEnum
from typing import Final


class Validity(IntEnum):
    """What a value says about itself."""

    INVALID = 0
    DOUBTFUL = 1
    VALID = 2


Validator = Callable[[str], Validity]

_NOT_DIGIT: Final = re.compile(r"[^0-9]")
LATEST_BIRTH: Final = 2035


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


def varied(digits: str, least: int = 3) -> bool:
    """Whether a value holds at least so many different characters, best near its beginning: more than a filler."""
    return len(set(digits[: 2 * least])) >= least or len(set(digits)) >= least
