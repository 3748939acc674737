"""Turns a policy's example into evidence, so that each policy's own examples are its tests (`auditor rules test`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from auditor.model.asset import Control, Gap, GapCode
from auditor.model.engagement import (
    AgreedData,
    Contract,
    DataSent,
    Destruction,
    Engagement,
    LocalTarget,
    Party,
    Residency,
    Retained,
    SubVendor,
)  # fmt: skip
from auditor.model.finding import Coverage, EntityTally, Evidence, Observation

NOW: Final = datetime(2026, 6, 15, 3, 0, tzinfo=UTC)
"""The clock of every example."""

KEYS: Final = frozenset(
    {
        "age", "place", "dated_by", "rows_age", "entities", "together", "protected", "hashed", "path", "mode", "controls", "gaps",
        "contract_ends", "certificate", "people", "all_people", "sensitivity", "agreed", "exception", "sent", "sub_vendor",
        "residency", "country", "possible",
    }
)  # fmt: skip
"""What an example may say; see `evidence`."""

_TARGET: Final = "example"
_SENSITIVITIES: Final = {
    "KR_CI": "linking_identifier", "KR_DI": "linking_identifier", "KR_RRN": "unique_identifier",
    "KR_FRN": "unique_identifier", "KR_PASSPORT": "unique_identifier", "KR_DRIVER_LICENSE": "unique_identifier",
    "TH_TNIN": "unique_identifier", "CN_RESIDENT_ID": "unique_identifier", "PERSON": "profile", "NICKNAME": "profile",
    "DATE_OF_BIRTH": "profile", "ADDRESS": "contact", "PHONE_NUMBER": "contact", "EMAIL_ADDRESS": "contact",
    "CREDIT_CARD": "financial", "BANK_ACCOUNT": "financial", "CRYPTO": "financial", "CREDENTIAL": "credential",
}  # fmt: skip


def evidence(example: Mapping[str, Any]) -> Evidence:
    """An example's evidence. ValueError names a key that does not exist.

    entities: {entity: number of values}; possible: the same, of values that nothing but their shape speaks for; sensitivity: the class of them all (default: each entity's own); protected: how
    many of each are encrypted or hashed; hashed: of these, how many are hashed; together: false if no two stand in one table.
    place: where the first stands ("row 1, field password").
    age: how old the asset is ("91d"; null: unknown); dated_by: file, object version, archive member or commit; rows_age:
    how old the newest row is by its own date; path, mode ("0644"), people; all_people: of the whole run.
    controls: {name: true | false | null | text}; gaps: how many; certificate: true if one was given.
    contract_ends: how long ago ("90d"; "-5d": in 5 days; null: no date). agreed: [{entities, until: how long ago, places,
    protection}]; exception: {entities, until: how long ago, paths}; sent: [{age, entities, subjects, extract}];
    sub_vendor: {consented: how long ago, entities}, who holds the target; residency: {countries, regions}; country: the
    target's, as declared.
    """
    if unknown := set(example) - KEYS:
        raise ValueError(f"unknown key {sorted(unknown)[0]!r}; known are {', '.join(sorted(KEYS))}")
    entities, possible = _tallies(example, "entities"), _tallies(example, "possible")
    together = len(entities) > 1 and example.get("together", True)
    age, rows_age = example.get("age", "100d"), example.get("rows_age")
    observation = Observation(
        identity=_TARGET,
        target=_TARGET,
        path=str(example.get("path", "data/users.csv")),
        tallies=entities,
        people=int(example.get("people", 0)),
        modified=None if age is None else NOW - _duration(str(age)),
        modified_from=example.get("dated_by", "file"),
        rows_from=None if rows_age is None else NOW - _duration(str(rows_age)),
        rows_to=None if rows_age is None else NOW - _duration(str(rows_age)),
        together=(frozenset(tally.entity for tally in entities),) if together else (),
        mode=int(str(example["mode"]), 8) if "mode" in example else None,
    )
    gap = Gap(target=_TARGET, path="scan.pdf", code=GapCode.UNSUPPORTED_FILE_TYPE)
    return Evidence(
        observations=(observation,) if entities else (),
        possible=(replace(observation, tallies=possible),) if possible else (),
        controls=tuple(
            Control(target=_TARGET, name=str(name), value=value, detail="example")
            for name, value in dict(example.get("controls") or {}).items()
        ),
        gaps=(gap,) * int(example.get("gaps", 0)),
        coverage=(Coverage(target=_TARGET, assets=1, examined=1),),
        people=int(example.get("all_people", example.get("people", 0))),
        engagement=_engagement(example),
        now=NOW,
    )


def _tallies(example: Mapping[str, Any], key: str) -> tuple[EntityTally, ...]:
    return tuple(
        EntityTally(
            entity=str(entity),
            sensitivity=str(example.get("sensitivity") or _SENSITIVITIES.get(str(entity), "linking_identifier")),
            matches=int(number),
            distinct=int(number),
            protected=int(example.get("protected", 0)),
            hashed=int(example.get("hashed", 0)),
            place=str(example.get("place", "")),
        )
        for entity, number in dict(example.get(key) or {}).items()
    )


def _engagement(example: Mapping[str, Any]) -> Engagement:
    ago = example.get("contract_ends", "90d")
    exception, company, residency = example.get("exception"), example.get("sub_vendor"), example.get("residency")
    return Engagement(
        id=_TARGET,
        entrusting=Party(name="Example Bank"),
        vendor=Party(name="Example Labs"),
        contract=Contract(ends=_day(ago), clause="12"),
        targets=(LocalTarget(name=_TARGET, paths=()),),
        agreed_data=tuple(
            AgreedData(
                entities=_words(item["entities"]),
                places=_words(item.get("places")),
                until=_day(item.get("until")),
                protection=item.get("protection", "any"),
            )
            for item in example.get("agreed") or ()
        ),
        data_sent=tuple(
            DataSent(
                sent=_day(item["age"]) or NOW.date(),
                entities=_words(item["entities"]),
                subjects=item.get("subjects"),
                extract=str(item.get("extract", "")),
            )
            for item in example.get("sent") or ()
        ),
        sub_vendors=()
        if company is None
        else (
            SubVendor(
                name="Example Hosting",
                targets=(_TARGET,),
                consented=_day(company.get("consented")),
                entities=_words(company.get("entities")),
            ),
        ),
        exceptions=()
        if exception is None
        else (
            Retained(
                entities=_words(exception["entities"]),
                basis="example act 6",
                until=_day(exception["until"]) or NOW.date(),
                paths=_words(exception.get("paths")),
            ),
        ),
        residency=None
        if residency is None
        else Residency(countries=_words(residency["countries"]), regions=_words(residency.get("regions"))),
        countries={_TARGET: str(example["country"])} if example.get("country") else {},
        destruction=Destruction(declared=NOW.date() - timedelta(days=30)) if example.get("certificate") else None,
    )


def _words(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value or ()))


def _duration(text: str) -> timedelta:
    found = re.fullmatch(r"(-?[0-9]+)d", text)
    if not found:
        raise ValueError(f"{text!r} is no number of days such as 91d")
    return timedelta(days=int(found[1]))


def _day(ago: Any) -> date | None:
    return None if ago is None else (NOW - _duration(str(ago))).date()
