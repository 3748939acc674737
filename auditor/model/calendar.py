"""Whole days and times in the entrusting company's country: deadlines end at its midnight, not at UTC's."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Final

# None of these has daylight saving, so a fixed offset is exact and needs no time-zone database on the machine.
_OFFSETS: Final = {"KR": 9, "JP": 9, "CN": 8, "HK": 8, "TW": 8, "SG": 8, "TH": 7, "VN": 7}


def zone_of(country: str) -> timezone:
    """The time zone of an ISO 3166 alpha-2 country; UTC where it is not known here."""
    return timezone(timedelta(hours=_OFFSETS.get(country.upper(), 0)))
