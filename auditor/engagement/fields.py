"""The scalars of an engagement file: names, lines of text, countries, days."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from auditor.engagement import days
from auditor.model.calendar import zone_of
from auditor.model.text import printable
from auditor.yamltypes import mistake, quote


def _name(value: str) -> str:
    if not value or len(value) > 100 or printable(value) != value or re.search(r"[\s/\\:*?\"'<>|!]|^[.-]", value):
        cure = "use up to 100 letters, digits, dots, dashes and underscores, such as dev-server"
        raise mistake(f"{quote(value)} cannot be a name", cure)
    return value


def one_line(value: str) -> str:
    """The text, if it is one line that a person can read."""
    if printable(value) != value:
        raise mistake("holds control or invisible characters", "type the text again, on one line")
    if not value.strip():
        raise mistake("is empty", "write the text, or leave the key out")
    return value


def _country(value: str) -> str:
    if not re.fullmatch("[A-Z]{2}", value):
        raise mistake(
            f"{quote(value)} is not a country code", "write two capital letters (ISO 3166), such as KR, TH or CN"
        )
    return value


def _time_zone(value: str) -> str:
    try:
        zone_of("", value)
    except (KeyError, ValueError, OSError):
        cure = "write a name of the time-zone database, such as Asia/Seoul or Europe/Berlin; on a machine without it install tzdata"
        raise mistake(f"{quote(value)} is no time zone this machine knows", cure) from None
    return value


def schema(check: Callable[[Any], Any], **keywords: Any) -> tuple[BeforeValidator, WithJsonSchema]:
    """A check of a value as written, and what the JSON Schema says of it."""
    return BeforeValidator(check), WithJsonSchema(keywords)


Name = Annotated[str, AfterValidator(_name)]
Line = Annotated[str, AfterValidator(one_line)]
Country = Annotated[str, AfterValidator(_country)]
Moment = Annotated[str, *schema(days.check, type="string")]
TimeZone = Annotated[str, AfterValidator(_time_zone)]
