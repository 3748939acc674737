"""Whole days and times in the entrusting company's country: deadlines end at its midnight, not at UTC's."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import Final

# None of these has daylight saving, so a fixed offset is exact and needs no time-zone database on the machine.
_OFFSETS: Final = {"KR": 9, "JP": 9, "CN": 8, "HK": 8, "TW": 8, "SG": 8, "TH": 7, "VN": 7}


def zone_of(country: str) -> timezone:
    """The time zone of an ISO 3166 alpha-2 country; UTC where it is not known here."""
    return timezone(timedelta(hours=_OFFSETS.get(country.upper(), 0)))


def day_of(moment: datetime, country: str) -> date:
    """The day an aware moment is in a country."""
    return moment.astimezone(zone_of(country)).date()


def a_year_after(day: date) -> date:
    """The same day of the next year, the last of February after the 29th; `date.max` where the calendar ends."""
    if day.year >= date.max.year:
        return date.max
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def days_later(day: date, days: int) -> date:
    """That many days later; `date.max` where the calendar ends."""
    return day + timedelta(days=days) if days <= (date.max - day).days else date.max


_TERM: Final = re.compile(r"([0-9]{1,4}) ?([wd])")


def term_days(text: str) -> int:
    """`14d` → 14, `2w` → 14. ValueError for anything else: a term counts whole days."""
    found = _TERM.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found[1]) * (7 if found[2] == "w" else 1)
