"""Small makers for tests of an engagement's course."""

from __future__ import annotations

from datetime import UTC, date, datetime

from auditor.model.course import Track, Waiver
from auditor.model.finding import Change, Finding, Status, Verdict
from auditor.model.rule import Level
from auditor.model.text import Bilingual

TEXT = Bilingual(en="text", ko="글")
STARTED = datetime(2026, 11, 22, 1, tzinfo=UTC)


def found(
    name: str = "a", *, rule: str = "r", target: str = "t", path: str | None = None, entity: str = "KR_CI", count: int = 3,
    level: Level = Level.HIGH, change: Change = Change.NEW, track: Track | None = None, whole: bool = False,
) -> Finding:  # fmt: skip
    path = f"home/{name}.csv" if path is None else path
    return Finding(
        fingerprint=name.encode().hex().rjust(32, "0")[-32:], rule=rule, title=TEXT, level=level, change=change,
        track=track or Track(),
        verdict=Verdict(
            status=Status.FAIL, message=TEXT, subject=target if whole else f"{target}\0{path}\0", target=target, path=path,
            entity=entity, count=count, matches=count * 2,
        ),
    )  # fmt: skip


def waiver(
    id: str = "W-1", *, granted: date = date(2026, 1, 1), expires: date = date(2026, 12, 31), **scope: str
) -> Waiver:
    return Waiver(
        id=id, owner="o@bank.example", reason="because", granted=granted, expires=expires, **{"rule": "r", **scope}
    )
