"""Whole days and times in the entrusting company's calendar: deadlines end at its midnight, not at UTC's."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final

from auditor.model.engagement import Party

# Countries with one time zone that has had no daylight saving for decades, so that a fixed offset is exact and needs no
# time-zone database on the machine. Hours east of UTC.
_OFFSETS: Final = {
    "KR": 9, "JP": 9, "CN": 8, "HK": 8, "MO": 8, "TW": 8, "SG": 8, "MY": 8, "PH": 8, "BN": 8, "TH": 7, "VN": 7, "KH": 7,
    "LA": 7, "MM": 6.5, "BD": 6, "LK": 5.5, "IN": 5.5, "NP": 5.75, "AE": 4, "QA": 3, "SA": 3, "KW": 3, "BH": 3, "TR": 3,
}  # fmt: skip


def known(country: str) -> bool:
    """Whether the country's calendar is known here without a time zone of its own."""
    return country.upper() in _OFFSETS


def zone_of(country: str, time_zone: str = "") -> tzinfo:
    """The named time zone, else that of an ISO 3166 alpha-2 country; UTC where it is not known here.

    ZoneInfoNotFoundError (a KeyError) or ValueError for a name that is no zone of this machine's database.
    """
    if time_zone:
        from zoneinfo import ZoneInfo  # with this machine's database of zones: not for those who name none

        return ZoneInfo(time_zone)
    return timezone(timedelta(hours=_OFFSETS.get(country.upper(), 0)))


def zone_of_party(party: Party) -> tzinfo:
    """The calendar of a company of the contract."""
    return zone_of(party.country, party.time_zone)


def day_of(moment: datetime, party: Party | None) -> date:
    """The day in the company's calendar on which a moment lies. A moment without an offset is that calendar's already."""
    if moment.tzinfo is None:
        return moment.date()
    return moment.astimezone(zone_of_party(party) if party else zone_of("")).date()


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
