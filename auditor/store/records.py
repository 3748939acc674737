"""What a store gives back. No clear value is in any of it."""

from __future__ import annotations

from datetime import datetime

from auditor.model.noun import noun
from auditor.model.rule import Protection


@noun
class StoredMatch:
    """One distinct value in one asset, or all bulk values of one entity in it; a line of `--matches`.

    `fingerprint` None: bulk values, `distinct` of them. `count` is how often they stand there, `mask` to `why` are one
    example's. `count` None: this very value was looked for, and is one of the bulk values: it stands there at least once.
    """

    target: str
    path: str
    version: str | None
    entity: str
    fingerprint: bytes | None
    count: int | None
    distinct: int = 1
    mask: str
    place: str
    line: int | None
    score: float
    why: str
    protection: Protection


@noun
class StoredValue:
    """One distinct value of a run, and the row ids of the assets it stands in."""

    entity: str
    fingerprint: bytes
    assets: tuple[int, ...]


@noun
class StoredBulk:
    """The bulk values of one entity in one asset: all in clear and certain, kept as the first 8 bytes of their fingerprints.

    `mask` to `why` are one example's. `asset` is a row id.
    """

    id: int
    asset: int
    entity: str
    occurrences: int
    distinct: int
    mask: str
    place: str
    line: int | None
    score: float
    why: str


@noun
class StoredRun:
    """The head of a run."""

    id: int
    engagement: str
    profile: str
    started: datetime
    finished: datetime | None
    interrupted: bool
    key_id: str
    ruleset_digest: str = ""


@noun
class StoredFinding:
    """A finding of an earlier run: enough to compare with and to list it as gone."""

    fingerprint: str
    rule: str
    target: str
    path: str
    matches: int
    content: str


@noun
class StoredLevel:
    """How many findings of one level a run had, apart by whether they were suppressed or only carried on; `level` None: none."""

    run: int
    started: datetime
    people: int
    interrupted: bool
    gaps: int
    level: int | None
    suppressed: bool
    carried: bool
    count: int
