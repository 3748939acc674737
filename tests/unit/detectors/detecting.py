"""Shared by the detector tests: a detector over the project's own rules, and ways to feed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa

from auditor.detectors.detector import Detector
from auditor.detectors.validators import VALIDATORS
from auditor.model.asset import Asset
from auditor.model.content import Table, Text
from auditor.model.match import Match, MatchBlock
from auditor.model.rule import Ruleset
from auditor.ruleset.loader import load

KEY = b"only for tests, " * 2


@lru_cache(maxsize=1)
def rules() -> Ruleset:
    return load(validators=frozenset(VALIDATORS))


@lru_cache(maxsize=1)
def detector() -> Detector:
    return Detector(rules(), KEY)


def in_text(text: str, file: str = "data.txt", **more: Any) -> list[Match]:
    asset = Asset(target="t", path=file)
    detection = detector().asset(asset)
    return each([*detection.text(Text(asset=asset, text=text, **more)), *detection.finish()])


def in_table(
    columns: Sequence[str] | None, rows: Sequence[Sequence[str | None]], file: str = "data.csv", name: str = ""
) -> list[Match]:
    asset = Asset(target="t", path=file)
    detection = detector().asset(asset)
    names = tuple(columns) if columns else tuple(f"column {number + 1}" for number in range(len(rows[0])))
    arrays = tuple(pa.array([row[index] for row in rows], pa.string()) for index in range(len(names)))
    table = Table(asset=asset, name=name, columns=names, header=columns is not None, arrays=arrays)
    return each([*detection.table(table), *detection.finish()])


def each(found: Iterable[Match | MatchBlock]) -> list[Match]:
    """Matches one by one, those of blocks too."""
    return [
        match
        for one in found
        for match in ([one.match(row) for row in range(len(one))] if isinstance(one, MatchBlock) else [one])
    ]


def entities(matches: Sequence[Match]) -> list[str]:
    return sorted(match.entity for match in matches if not match.candidate)


def of_example(example: Mapping[str, Any]) -> list[Match]:
    file = example.get("file") or "data.txt"
    if example.get("text") is not None:
        return in_text(example["text"], file)
    table = example["table"]
    return in_table(table.get("columns"), table["rows"], file)
