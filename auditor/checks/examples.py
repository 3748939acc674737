"""Turns a policy's example into evidence, so that each policy's own examples are its tests (`auditor rules test`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from auditor.model.asset import Control, Gap, GapCode
from auditor.model.engagement import Contract, Destruction, Engagement, LocalTarget, Party
from auditor.model.finding import Coverage, EntityTally, Evidence, Observation

NOW: Final = datetime(2026, 6, 15, 3, 0, tzinfo=UTC)
"""The clock of every example."""

KEYS: Final = frozenset(
    {
        "age",
        "entities",
        "protected",
        "hashed",
        "path",
        "mode",
        "controls",
        "gaps",
        "contract_ends",
        "certificate",
        "people",
        "sensitivity",
    }
)
"""What an example may say; see `evidence`."""


def evidence(example: Mapping[str, Any]) -> Evidence:
    """An example's evidence. ValueError names a key that does not exist.

    age: how old the asset is ("91d"); entities: {entity: number of values}; protected: how many of each are encrypted or hashed;
    hashed: of these, how many are hashed;
    path, mode ("0644"), people; sensitivity: the class of the entities (default linking_identifier);
    controls: {name: true | false | null}; gaps: how many; contract_ends: how long ago ("90d"; "-5d": in 5 days; null: no
    date); certificate: true if one was given.
    """
    if unknown := set(example) - KEYS:
        raise ValueError(f"unknown key {sorted(unknown)[0]!r}; known are {', '.join(sorted(KEYS))}")
    target = "example"
    ago = example.get("contract_ends", "90d")
    ends = _day(str(ago)) if ago is not None else None
    engagement = Engagement(
        id="example",
        entrusting=Party(name="Example Bank"),
        vendor=Party(name="Example Labs"),
        contract=Contract(ends=ends, clause="12"),
        targets=(LocalTarget(name=target, paths=()),),
        destruction=Destruction(declared=NOW.date() - timedelta(days=30)) if example.get("certificate") else None,
    )
    tallies = tuple(
        EntityTally(
            entity=str(entity),
            sensitivity=str(example.get("sensitivity", "linking_identifier")),
            matches=int(number),
            distinct=int(number),
            protected=int(example.get("protected", 0)),
            hashed=int(example.get("hashed", 0)),
        )
        for entity, number in dict(example.get("entities") or {}).items()
    )
    observation = Observation(
        identity="example",
        target=target,
        path=str(example.get("path", "data/users.csv")),
        tallies=tallies,
        people=int(example.get("people", 0)),
        modified=NOW - _duration(str(example.get("age", "100d"))),
        modified_from="file",
        mode=int(str(example["mode"]), 8) if "mode" in example else None,
    )
    gap = Gap(target=target, path="scan.pdf", code=GapCode.UNSUPPORTED_FILE_TYPE)
    return Evidence(
        observations=(observation,) if tallies else (),
        controls=tuple(
            Control(target=target, name=str(name), value=value, detail="example")
            for name, value in dict(example.get("controls") or {}).items()
        ),
        gaps=(gap,) * int(example.get("gaps", 0)),
        coverage=(Coverage(target=target, assets=1, examined=1),),
        engagement=engagement,
        now=NOW,
    )


def _duration(text: str) -> timedelta:
    found = re.fullmatch(r"(-?[0-9]+)d", text)
    if not found:
        raise ValueError(f"{text!r} is no number of days such as 91d")
    return timedelta(days=int(found[1]))


def _day(ago: str) -> date:
    return (NOW - _duration(ago)).date()
