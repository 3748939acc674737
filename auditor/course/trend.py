"""A vendor's trend: one point a run, from what the store counted."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from auditor.model.course import TrendPoint
from auditor.model.rule import Level
from auditor.store.records import StoredLevel


def trend(rows: Iterable[StoredLevel]) -> tuple[TrendPoint, ...]:
    """The points in the order of the runs; `rows` of one run stand together. Every level is there, the worst first."""
    return tuple(_point(list(group)) for _, group in groupby(rows, key=lambda row: row.run))


def _point(rows: list[StoredLevel]) -> TrendPoint:
    head = rows[0]
    met = [row for row in rows if row.level is not None and not row.carried]
    return TrendPoint(
        run=head.run,
        started=head.started,
        levels=tuple(
            (level, sum(row.count for row in met if row.level == level and not row.suppressed))
            for level in sorted(Level, reverse=True)
        ),
        suppressed=sum(row.count for row in met if row.suppressed),
        not_examined=sum(row.count for row in rows if row.carried),
        people=head.people,
        gaps=head.gaps,
        interrupted=head.interrupted,
    )
