"""Days as a person writes them in an engagement: a date, or counted from another day of the file.

`contract.ends + 5d`, `destruction.declared`, `contract.signed + 5y`. Units: d, w, mo (months), y (years). Months and years
follow the calendar: where the month has no such day, its last one counts (29 February + 1y is 28 February).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final, Self

from auditor.model.engagement import Contract
from auditor.model.text import printable
from auditor.yamlfile import Location
from auditor.yamltypes import mistake, parse_day, parse_days, quote

NAMED: Final[Mapping[str, Location]] = {
    "contract.signed": ("contract", "signed"),
    "contract.ends": ("contract", "ends"),
    "contract.destroy_by": ("contract", "ends"),
    "destruction.declared": ("destruction", "declared"),
}
"""The days that others may be counted from, and the key that gives each; destroy_by is ends + destroy_within."""

_BASES: Final = "|".join(map(re.escape, NAMED))
_RELATIVE: Final = re.compile(rf"({_BASES})(?: *([+-]) *(contract\.destroy_within|[0-9]{{1,6}} ?(?:d|w|mo|y)))?")
CURE: Final = "write it as YYYY-MM-DD, such as 2025-03-31, or counted from another day, such as contract.ends + 5d"


class DayError(Exception):
    """A day that cannot be told: cause and cure. `malformed`: it, or one it is counted from, has no form of a day."""

    def __init__(self, cause: str, cure: str, *, malformed: bool = False) -> None:
        super().__init__(cause)
        self.cause, self.cure, self.malformed = cause, cure, malformed


def check(value: Any) -> str:
    """A day as written, if it has a form that exists; what it is, `Days` tells."""
    text = value if isinstance(value, str) else ""
    if _RELATIVE.fullmatch(text):
        return text
    if base := re.match(r"(?:contract|destruction)\.[a-z_]*", text):
        known = ", ".join(NAMED)
        if base[0] not in NAMED:
            raise mistake(f"{quote(value)} says no day: there is no {base[0]}", f"count from one of {known}")
        raise mistake(f"{quote(value)} says no day", "add or take off d, w, mo or y, such as contract.ends + 5d")
    try:
        parse_day(value)
    except Exception as error:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise
        raise mistake(f"{quote(value)} is not a date", CURE) from error
    return text


def later(day: date, amount: str, *, back: bool = False) -> date:
    """A day that many days, weeks, months or years on (or `back`). OverflowError beyond the calendar's years 1 to 9999."""
    number, unit = int(re.sub("[^0-9]", "", amount)), re.sub("[0-9 ]", "", amount)
    number = -number if back else number
    if unit in ("d", "w"):
        return day + timedelta(days=number * (7 if unit == "w" else 1))
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"year {year}")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Days:
    """The days of one engagement, read from its file's tree, or from its contract once that is known."""

    def __init__(self, get: Callable[..., Any]) -> None:
        """`get` gives what stands at a place of the file, or None: `Document.get`."""
        self._get = get

    @classmethod
    def of(cls, contract: Contract) -> Self:
        """Those that a contract alone gives, for a file beside the engagement."""
        known = {"signed": contract.signed, "ends": contract.ends}
        written = {("contract", key): day.isoformat() for key, day in known.items() if day is not None}
        written["contract", "destroy_within"] = f"{contract.destroy_within.days}d"
        return cls(lambda *at: written.get(at))

    def day(self, written: Any) -> date:
        """The day that a text says. DayError where one that it is counted from is not given, or leads back to itself.

        Anything that has no form of a day is a DayError too; the schema tells of it.
        """
        return self._day(written, ())

    def _day(self, written: Any, before: tuple[str, ...]) -> date:
        text = written if isinstance(written, str) else ""
        found = _RELATIVE.fullmatch(text)
        try:
            if not found:
                return parse_day(written)
            start = self._named(found[1], before)
            if found[3] is None:
                return start
            amount = f"{self._destroy_within().days}d" if "." in found[3] else found[3]
            return later(start, amount, back=found[2] == "-")
        except OverflowError:
            raise DayError(
                f"{printable(text)} lies outside the calendar", "count fewer days, or write a date"
            ) from None
        except ValueError:
            raise DayError(f"{quote(written)} says no day", CURE, malformed=True) from None

    def _named(self, name: str, before: tuple[str, ...]) -> date:
        at = NAMED[name]
        if name in before:
            circle = " → ".join((*before[before.index(name) :], name))
            raise DayError(f"the day is counted from itself: {circle}", "write one of them as a date")
        value = self._get(*at)
        if value is None:
            key = ".".join(map(str, at))
            raise DayError(f"{name} needs {key}, which is not given", f"add {at[-1]} to the {at[0]}, or write a date")
        day = self._day(value, (*before, name))
        return day + self._destroy_within() if name == "contract.destroy_by" else day

    def _destroy_within(self) -> timedelta:
        value = self._get("contract", "destroy_within")
        return parse_days("5d" if value is None else value)

    def problems(self, places: Iterator[tuple[Location, Any]]) -> Iterator[tuple[Location, DayError]]:
        """What is wrong with days that have the form of one, and are counted from such."""
        for at, written in places:
            if written is not None:
                try:
                    self.day(written)
                except DayError as error:
                    if not error.malformed:
                        yield at, error
