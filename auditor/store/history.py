"""What a store knows of findings over its runs. Works on stores of earlier versions: what they did not note is unknown."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from auditor.store.records import StoredFinding, StoredLevel

LONGEST: Final = 24
"""Runs of a trend: two years of months, half a year of weeks."""

# A row of change `not-examined` only carries a finding on: that run did not meet it.
_SEEN: Final = """
SELECT f.fingerprint, min(r.started), max(r.started) FROM run r JOIN finding f ON f.run = r.id
WHERE r.id < ? AND r.engagement = ? AND r.profile = ? AND r.finished IS NOT NULL
  AND json_extract(f.content, '$.change') IS NOT 'not-examined'
GROUP BY f.fingerprint
"""
_LEVELS: Final = """
SELECT r.id, r.started, r.people, r.interrupted, (SELECT count(*) FROM gap g WHERE g.run = r.id),
  json_extract(f.content, '$.level'), json_extract(f.content, '$.suppressed') IS NOT NULL,
  json_extract(f.content, '$.change') IS 'not-examined', count(f.fingerprint)
FROM (
  SELECT * FROM run WHERE engagement = ? AND profile = ? AND finished IS NOT NULL ORDER BY id DESC LIMIT ?
) r LEFT JOIN finding f ON f.run = r.id
GROUP BY r.id, 6, 7, 8 ORDER BY r.id, 6 DESC, 7, 8
"""


class History:
    """Reads the finding and run tables."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def seen(self, run: int, engagement: str, profile: str) -> dict[str, tuple[datetime, datetime]]:
        """The starts of the first and last finished run before `run` that met each finding, by fingerprint."""
        rows = self._db.execute(_SEEN, (run, engagement, profile))
        return {key: (datetime.fromisoformat(first), datetime.fromisoformat(last)) for key, first, last in rows}

    def findings(self, run: int) -> Iterator[StoredFinding]:
        """Every finding of a run, those it only carried on too, in the order of their fingerprints."""
        query = (
            "SELECT fingerprint, rule, target, path, matches, content FROM finding WHERE run = ? ORDER BY fingerprint"
        )
        for fingerprint, rule, target, path, matches, content in self._db.execute(query, (run,)):
            yield StoredFinding(
                fingerprint=fingerprint, rule=rule, target=target, path=path, matches=matches, content=content
            )

    def levels(self, engagement: str, profile: str, longest: int = LONGEST) -> list[StoredLevel]:
        """How many findings of each kind the last finished runs had, the oldest run first; a run without any has one empty row."""
        return [
            StoredLevel(
                run=run, started=datetime.fromisoformat(started), people=people or 0, interrupted=bool(interrupted),
                gaps=gaps, level=level, suppressed=bool(suppressed), carried=bool(carried), count=count,
            )
            for run, started, people, interrupted, gaps, level, suppressed, carried, count in self._db.execute(
                _LEVELS, (engagement, profile, longest)
            )
        ]  # fmt: skip
