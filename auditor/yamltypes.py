"""Pydantic's base and scalars for files "as written": strict, and with mistakes told in plain words.

Import it only where something is validated: pydantic takes 0.1 s to import.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Strict, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from auditor.model.calendar import term_days
from auditor.model.text import printable


class Written(BaseModel):
    """A mapping as a person writes it: unknown keys are errors, and a known key without a value counts as left out.

    `cures` says what to do about some tempting unknown keys.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    cures: ClassVar[Mapping[str, str]] = {}

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        known = cls.keys()
        return {key: value for key, value in data.items() if value is not None or key not in known}

    @classmethod
    def keys(cls) -> dict[str, Any]:
        """The type of each key, by its name in the file."""
        return {info.alias or name: info.annotation for name, info in cls.model_fields.items()}


def mistake(cause: str, cure: str = "") -> PydanticCustomError:
    """What a validator raises: cause and cure reach the person as they are."""
    return PydanticCustomError("mistake", "{cause}", {"cause": cause, "cure": cure})


def quote(value: Any) -> str:
    """A wrong value as it may be shown: short and printable. Only for keys that never hold a secret."""
    if not isinstance(value, str):
        return type_name(value) if isinstance(value, bool | dict | list | None) else str(value)
    return f'"{printable(value[:40])}…"' if len(value) > 40 else f'"{printable(value)}"'


def type_name(value: Any) -> str:
    """What a value is, in a person's words."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list() | tuple():
            return "a list"
        case _:
            return "a mapping"


_DURATION: Final = re.compile(r"([0-9]{1,6}) ?([wdhms])")
_UNITS: Final = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


def parse_day(value: Any) -> date:
    """`2025-03-31` → that day."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise mistake(f"{quote(value)} is not a date", "write it as YYYY-MM-DD, such as 2025-03-31")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise mistake(f"{quote(value)} is not a day of the calendar", "check the month and the day") from None


def parse_duration(value: Any) -> timedelta:
    """`5d` → five days. Units: w, d, h, m (minutes), s."""
    text = value if isinstance(value, str) else ""
    if found := _DURATION.fullmatch(text):
        return timedelta(**{_UNITS[found[2]]: int(found[1])})
    cure = "write a whole number and a unit: w, d, h, m (minutes) or s, such as 5d"
    if re.fullmatch(r"[0-9]+ ?(mo.*|y.*|M|Y)", text):
        cure = "months and years differ in length: write days, such as 90d"
    raise mistake(f"{quote(value)} is not a duration", cure)


_SIZES: Final = {
    "": 1,
    "B": 1,
    "KB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
    "TB": 10**12,
    "KIB": 1 << 10,
    "MIB": 1 << 20,
    "GIB": 1 << 30,
}


def parse_size(text: str) -> int | None:
    """Bytes of `64GB`, `512 MiB` or `1048576`; None for anything else."""
    found = re.fullmatch(r"(\d{1,15})\s*([A-Za-z]{0,3})", text.strip())
    unit = _SIZES.get(found[2].upper()) if found else None
    return int(found[1]) * unit if found and unit else None


def _size(value: Any) -> int:
    size = parse_size(value) if isinstance(value, str) else None
    if not size:
        raise mistake(f"{quote(value)} is no size", "write a number and a unit, such as 64GB or 512MiB")
    return size


def _term(value: Any) -> str:
    try:
        term_days(value if isinstance(value, str) else "")
    except ValueError:
        parse_duration(value)  # says what is wrong with anything that is no duration at all
        raise mistake(f"{quote(value)} is no number of days", "write days or weeks, such as 14d or 2w") from None
    return str(value)


def parse_days(value: Any) -> timedelta:
    """`5d` or `2w` → whole days: a contract's terms end at midnight, so hours say nothing."""
    return timedelta(days=term_days(_term(value)))


def _budget_of_time(value: Any) -> str:
    if not parse_duration(value):
        raise mistake(f"{quote(value)} leaves no time", "write a duration such as 30m or 2h")
    return str(value)


Size = Annotated[int, BeforeValidator(_size), WithJsonSchema({"type": "string"})]
Term = Annotated[str, BeforeValidator(_term), WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,4} ?[wd]$"})]
TimeBudget = Annotated[
    str, BeforeValidator(_budget_of_time), WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,6} ?[wdhms]$"})
]
Day = Annotated[date, BeforeValidator(parse_day), WithJsonSchema({"type": "string", "format": "date"})]
Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,6} ?[wdhms]$"}),
]
WholeDays = Annotated[
    timedelta, BeforeValidator(parse_days), WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,4} ?[wd]$"})
]
Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict()]
Switch = Annotated[bool, Strict()]
