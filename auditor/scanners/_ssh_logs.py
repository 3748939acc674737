"""For how long logrotate keeps system logs, from its configuration (man 8 logrotate)."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from auditor.model.noun import noun

_DAYS: Final = {
    "hourly": 1 / 24, "daily": 1.0, "weekly": 7.0, "monthly": 30.0, "yearly": 365.0, "annually": 365.0,
}  # fmt: skip
_SCRIPTS: Final = frozenset({"prerotate", "postrotate", "firstaction", "lastaction", "preremove"})
_UNREAD: Final = "logrotate's settings could not be read."


@noun
class _Rule:
    """Of one stanza, or what stanzas begin with."""

    period: float | None = None
    rotate: int = 0
    most: float = math.inf
    by_size: bool = False

    @property
    def days(self) -> float | None:
        """None where it goes by size, or nothing says how often."""
        if self.by_size or (self.period is None and self.rotate >= 0):
            return None
        return min(self.rotate * (self.period or 0) if self.rotate >= 0 else math.inf, self.most)


def kept_days(said: str) -> tuple[int | None, str]:
    """The fewest days for which a rule keeps logs, and a sentence; None where one of them does not say."""
    rules: list[_Rule] = []
    common, stanza, script, set_at_all = _Rule(), None, False, False
    for line in said.splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        if script:
            script = words[0] != "endscript"
            continue
        if words[0] in _SCRIPTS:
            script = True
            continue
        if words[-1] == "{":
            stanza = common
        elif words[0] == "}":
            if stanza is not None:
                rules.append(stanza)
            stanza = None
        elif stanza is not None:
            stanza = _told(stanza, words)
        else:
            told = _told(common, words)
            common, set_at_all = told, set_at_all or told != common
    if not rules and set_at_all:
        rules.append(common)
    if not rules:
        return None, _UNREAD
    days = [rule.days for rule in rules]
    known = [day for day in days if day is not None]
    if len(known) < len(days):
        return None, "logrotate goes by the size of logs, so that their days are not known."
    fewest = int(min(*known, 36_500))
    return fewest, f"logrotate keeps system logs for {fewest} days at least on this server."


def _told(rule: _Rule, words: list[str]) -> _Rule:
    number = int(words[1]) if len(words) > 1 and words[1].removeprefix("-").isdecimal() else None
    match words[0]:
        case word if word in _DAYS:
            return replace(rule, period=_DAYS[word], by_size=False)
        case "rotate" if number is not None:
            return replace(rule, rotate=number)
        case "maxage" if number is not None:
            return replace(rule, most=number)
        case "size" | "maxsize":
            return replace(rule, by_size=True)
        case _:
            return rule
