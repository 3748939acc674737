"""A run in which every text is `printable`: the last line of defence, whatever a stage before forgot.

Names, messages and headers of a vendor are made printable where they are read. Reports go to browsers, terminals and
other tools, so the whole run passes here once more; on text that is already safe this changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from auditor.model.finding import Run
from auditor.model.text import Bilingual, printable

T = TypeVar("T")


def printable_run(run: Run) -> Run:
    """The run with every string in it `printable`; in bilingual texts line ends are kept."""
    return _clean(run)


def _clean(value: T) -> T:
    cleaned: Any = value
    if isinstance(value, Enum):  # before str: the model's enums are strings
        return value
    if isinstance(value, str):
        cleaned = printable(value)
    elif isinstance(value, Bilingual):
        cleaned = Bilingual(en=_lines(value.en), ko=_lines(value.ko))
    elif isinstance(value, tuple):
        cleaned = tuple(_clean(item) for item in value)
    elif isinstance(value, Mapping):
        cleaned = {_clean(key): _clean(item) for key, item in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        cleaned = replace(value, **{field.name: _clean(getattr(value, field.name)) for field in fields(value)})
    return cleaned  # type: ignore[no-any-return]


def _lines(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n")).strip()
