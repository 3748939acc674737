"""The reports' own words in each language, and how numbers, dates and sizes are written in it.

The words stand in `strings.<language>.yaml` beside the templates. A text is a string, or `{one: …, other: …}` where
English needs it; `{n}` and other names in braces are filled in, and nothing else is interpreted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import Any, Final

from auditor.errors import InputError, Problem
from auditor.model.calendar import zone_of
from auditor.model.names import Names
from auditor.model.noun import noun
from auditor.model.rule import RecognizerRule
from auditor.model.text import Bilingual, Language, printable
from auditor.resources import compile_text, read_compiled, templates_dir

Day = date | datetime

_UNITS: Final = ("B", "kB", "MB", "GB", "TB", "PB")
_FIELD: Final = re.compile(r"\{([a-z_]+)\}")
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_REASONS: Final = {"valid": "valid", "context against it": "against", "in the register": "register"}
_NAMED_REASONS: Final = {"shape ": "shape", "field name ": "field", "context ": "context"}
_CHARACTERS: Final = re.compile(r"\((\d+) characters\)")
_PLACE: Final = re.compile(
    r"(?:table (?P<table>.+?)(?:, |$))?(?:row (?P<row>\d+)(?:, |$))?(?:line (?P<line>\d+)(?:, |$))?(?:field (?P<field>.+))?"
)


@noun
class Strings:
    """One language's texts by dotted key, and the entrusting company's time zone."""

    language: Language
    texts: Mapping[str, str | Mapping[str, str]]
    zone: tzinfo = UTC

    def __contains__(self, key: str) -> bool:
        return key in self.texts

    def text(self, key: str, **values: Any) -> str:
        """The text of a key with its fields filled in; KeyError if there is no such key or field.

        `n` chooses between `one` and `other`. Numbers and dates are written as the language does.
        """
        found = self.texts[key]
        if not isinstance(found, str):
            found = found["one" if values.get("n") == 1 else "other"]
        return _FIELD.sub(lambda hit: self.show(values[hit[1]]), found)

    def show(self, value: Any) -> str:
        """A number, date or time in this language; text as it is."""
        match value:
            case bool():
                return self.text("word.yes" if value else "word.no")
            case int():
                return f"{value:,}"
            case datetime():
                return self.time(value)
            case date():
                return self.date(value)
            case None:
                return self.text("word.unknown")
            case _:
                return str(value)

    def date(self, value: Day) -> str:
        """`31 March 2025`, `2025년 3월 31일`; of a moment, the day it was in the entrusting company's country."""
        value = _day_in(value, self.zone)
        if self.language == "ko":
            return f"{value.year}년 {value.month}월 {value.day}일"
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"

    def day(self, value: Day) -> str:
        """`2025-03-31`, for tables; of a moment, the day it was in the entrusting company's country."""
        return _day_in(value, self.zone).isoformat()

    def time(self, value: datetime) -> str:
        """`2025-03-31 14:05 (UTC+09:00)`."""
        local = value.astimezone(self.zone)
        return f"{local:%Y-%m-%d %H:%M} ({local.tzname()})"

    def size(self, count: int | None) -> str:
        """`512 B`, `1.2 MB`: decimal units."""
        if count is None:
            return self.text("word.unknown")
        size = float(count)
        power = 0
        while size >= 1000 and power < len(_UNITS) - 1:
            size, power = size / 1000, power + 1
        unit = _UNITS[power]
        return f"{size:,.0f} {unit}" if unit == "B" or size >= 100 else f"{size:,.1f} {unit}"

    def entity(self, name: str) -> str:
        """An entity's title; its own name if this catalogue has none (a recogniser the bank added)."""
        return self._or(f"entity.{name}", name)

    def control(self, name: str) -> str:
        """A control's title, else its own name."""
        return self._or(f"control.{name}", name)

    def framework(self, id: str) -> str:
        """`kr-pipa-21` as `PIPA (Korea) 21`: the longest known prefix is spelt out; an unknown id stays as it is."""
        parts = id.split("-")
        for cut in range(len(parts), 0, -1):
            key = f"framework.{'-'.join(parts[:cut])}"
            if key in self.texts:
                return f"{self.text(key)} {'-'.join(parts[cut:])}".rstrip()
        return id

    def place(self, place: str) -> str:
        """`model.match.Place` as text, in this language; text of another form as it is."""
        found = _PLACE.fullmatch(place)
        if not place or found is None:
            return place
        return ", ".join(
            self.text(f"place.{name}", value=value) for name, value in found.groupdict().items() if value is not None
        )

    def mask(self, mask: str) -> str:
        """A mask of `auditor.masking`, its one English word in this language."""
        return _CHARACTERS.sub(lambda hit: f"({self.text('mask.characters', value=hit[1])})", mask)

    def why(self, reason: str) -> str:
        """A detector's reason in this language; a pattern's name stays as the rule gives it."""
        if reason in _REASONS:
            return self.text(f"why.{_REASONS[reason]}")
        for prefix, key in _NAMED_REASONS.items():
            if reason.startswith(prefix):
                return self.text(f"why.{key}", value=reason.removeprefix(prefix))
        return reason

    def _or(self, key: str, fallback: str) -> str:
        found = self.texts.get(key, fallback)
        return found if isinstance(found, str) else fallback


def _day_in(value: Day, zone: tzinfo) -> date:
    """The day; of a moment without an offset, the one it names: it is in the vendor's own calendar already."""
    if not isinstance(value, datetime):
        return value
    return (value.astimezone(zone) if value.tzinfo else value).date()


def zoned(moment: datetime) -> str:
    """`2026-11-25 20:05 (UTC+09:00)`, in the moment's own time zone: a deadline's is that of its authority."""
    return f"{moment:%Y-%m-%d %H:%M} ({moment.tzname()})"


def entity_names(recognizers: Iterable[RecognizerRule]) -> Names:
    """What sentences call each entity: as the catalogues do; one of the bank's own as the first of its rules is called."""
    english, korean = load_strings("en"), load_strings("ko")
    titles = {rule.entity: rule.title for rule in reversed([*recognizers])}
    for key in english.texts:
        kind, _, entity = key.partition(".")
        if kind == "entity":
            titles[entity] = Bilingual(en=english.entity(entity), ko=korean.entity(entity))
    return Names(titles)


def load_strings(
    language: Language, templates: Path | None = None, *, country: str = "", time_zone: str = ""
) -> Strings:
    """The built-in texts, with those of a user's own `strings.<language>.yaml` over them. InputError if it is bad."""
    name = f"strings.{language}.yaml"
    texts = dict(_built_in(templates_dir() / name))
    if templates is not None and (templates / name).is_file():
        texts |= _read(templates / name)
    return Strings(language=language, texts=texts, zone=zone_of(country, time_zone))


@cache
def _built_in(file: Path) -> Mapping[str, str | Mapping[str, str]]:
    with suppress(OSError):  # said when it is read
        if lines := read_compiled(file.with_suffix(".jsonl"), _digest(file)):
            return dict(lines)
    return _read(file)


def compiled_strings(language: Language) -> str:
    """What the built-in texts' compiled file, `strings.<language>.jsonl`, must hold. InputError if the texts are bad."""
    file = templates_dir() / f"strings.{language}.yaml"
    return compile_text(_digest(file), _read(file).items())


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _read(file: Path) -> dict[str, str | Mapping[str, str]]:
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times as fast
    try:
        content = yaml.load(file.read_text("utf-8"), Loader=loader)  # noqa: S506 - safe, either
    except OSError as error:
        raise InputError(Problem(file=str(file), cause=f"cannot be read: {error.strerror}")) from None
    except UnicodeDecodeError:
        raise InputError(Problem(file=str(file), cause="is not UTF-8", cure="save the file as UTF-8")) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(
            Problem(
                file=str(file),
                line=mark.line + 1 if mark else 0,
                column=mark.column + 1 if mark else 0,
                cause=printable(str(getattr(error, "problem", None) or error)),
            )
        ) from None
    if not isinstance(content, dict):
        raise InputError(Problem(file=str(file), line=1, column=1, cause="must be a mapping of texts"))
    return dict(_flatten(file, "", content))


def _flatten(file: Path, prefix: str, content: Mapping[Any, Any]) -> list[tuple[str, str | Mapping[str, str]]]:
    found: list[tuple[str, str | Mapping[str, str]]] = []
    for key, value in content.items():
        name = f"{prefix}{key}"
        match value:
            case str():
                found.append((name, value.strip()))
            case {"one": str(), "other": str()}:
                found.append((name, {"one": value["one"].strip(), "other": value["other"].strip()}))
            case dict():
                found.extend(_flatten(file, f"{name}.", value))
            case _:
                raise InputError(
                    Problem(file=str(file), cause=f"{printable(name)}: must be text, or {{one: …, other: …}}")
                )
    return found
