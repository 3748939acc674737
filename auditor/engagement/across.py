"""What no single field of an engagement file can tell of the contract's terms; on its tree, so that it is told even where a
field is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from auditor.engagement.days import DayError, Days
from auditor.errors import Problem
from auditor.model import calendar
from auditor.model.text import printable
from auditor.yamlfile import Document, Location

WITH_ENTITIES: Final = ("agreed_data", "sub_vendors", "data_sent", "exceptions")
_WITH_DAYS: Final = (
    ("agreed_data", "until"),
    ("sub_vendors", "consented"),
    ("data_sent", "sent"),
    ("exceptions", "until"),
)


def dates(document: Document) -> Iterator[Problem]:
    """Days that cannot be told, and days in an order that cannot be."""
    days = Days(document.get)
    for at, error in days.problems(_days(document)):
        yield document.problem(at, error.cause, error.cure)
    signed, ends, declared = (
        _day(days, document.get(*at)) for at in (("contract", "signed"), ("contract", "ends"), ("destruction", "declared"))
    )  # fmt: skip
    if signed and ends and ends < signed:
        cause = f"the contract ends ({ends}) before it is signed ({signed})"
        yield document.problem(("contract", "ends"), cause, "check both dates")
    if signed and declared and declared < signed:
        cause = f"destruction is declared ({declared}) before the contract is signed ({signed})"
        yield document.problem(("destruction", "declared"), cause, "check both dates")


def _days(document: Document) -> Iterator[tuple[Location, Any]]:
    """Every place where a day may stand, and what stands there."""
    places: list[Location] = [("contract", "signed"), ("contract", "ends"), ("destruction", "declared")]
    for name, key in _WITH_DAYS:
        places += ((name, index, key) for index in range(len(entries(document.get(name)))))
    for at in places:
        yield at, document.get(*at)


def terms(document: Document) -> Iterator[Problem]:
    """Whether the entrusting company's calendar is known, and who holds each target."""
    country, zone = document.get("entrusting", "country"), document.get("entrusting", "time_zone")
    if (
        isinstance(country, str)
        and len(country) == 2
        and country.isupper()
        and not zone
        and not calendar.known(country)
    ):
        cause = f"which time zone's days count is not known for {printable(country)}"
        cure = "add its time_zone, such as Europe/Berlin: deadlines end at midnight there"
        yield document.problem(("entrusting", "country"), cause, cure)
    holders: dict[str, Location] = {}
    for at, target in words(document, "sub_vendors", each="targets"):
        if target in holders and holders[target][1] != at[1]:
            cause = f'two sub-vendors hold the target "{printable(target)}"'
            yield document.problem(at, cause, "name each target once; make two targets of a shared server")
        holders.setdefault(target, at)


def entries(value: Any) -> list[Any]:
    """A list as it is, anything else as an empty one."""
    return value if isinstance(value, list) else []


def words(document: Document, *at: str, each: str = "") -> Iterator[tuple[Location, str]]:
    """Every text of a list; with `each`, of that list in every entry of the list."""
    for index, entry in enumerate(entries(document.get(*at))):
        if isinstance(entry, str) and not each:
            yield (*at, index), entry
        elif each and isinstance(entry, dict):
            for inner, word in enumerate(entries(entry.get(each))):
                if isinstance(word, str):
                    yield (*at, index, each, inner), word


def _day(days: Days, value: Any) -> date | None:
    try:
        return days.day(value)
    except DayError:
        return None
