"""From hits to matches: which of overlapping hits stands, what the record says of open ones, and the clear value's end.

A clear value is read here, fingerprinted and masked; nothing past this module holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.detectors.hit import Hit
from auditor.fingerprint import fingerprinter, fingerprints, normalize
from auditor.masking import mask
from auditor.model.match import Match, Place
from auditor.model.rule import Protection, RecognizerRule

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

CREDENTIAL: Final = "CREDENTIAL"
PERSON_LIKE: Final = frozenset(
    {"KR_CI", "KR_DI", "KR_RRN", "KR_FRN", "TH_TNIN", "CN_RESIDENT_ID", "PHONE_NUMBER", "EMAIL_ADDRESS", "CREDIT_CARD", "KR_PASSPORT", "CN_PASSPORT",
     "KR_DRIVER_LICENSE", "DATE_OF_BIRTH", "BANK_ACCOUNT", "CRYPTO", "ADDRESS", "NICKNAME", "PERSON"}
)  # fmt: skip
"""Entities whose presence in a record says that the record is about a person."""


@dataclass(slots=True, kw_only=True)
class Value:
    """A hit's value after its clear text is gone."""

    entity: str
    fingerprint: bytes
    mask: str
    score: float
    why: tuple[str, ...]
    protection: Protection = "clear"

    def match(
        self,
        place: Place,
        record: tuple[str, int],
        *,
        candidate: bool = False,
        why: str = "",
        score: float | None = None,
    ) -> Match:
        """The match of this value at one place."""
        return Match(
            entity=self.entity, fingerprint=self.fingerprint, mask=self.mask, score=self.score if score is None else score, place=place,
            record=record, why=(*self.why, why) if why else self.why, candidate=candidate, protection=self.protection,
        )  # fmt: skip


class Vault:
    """Turns clear values into keyed fingerprints and masks."""

    def __init__(self, key: bytes, credential: RecognizerRule | None) -> None:
        self._credential = credential
        self._key = key
        self._of_entity: dict[str, Callable[[str], bytes]] = {}

    def fingerprint(self, entity: str, normal_form: str) -> bytes:
        """What `auditor.fingerprint.fingerprint` returns."""
        made = self._of_entity.get(entity)
        if made is None:
            made = self._of_entity[entity] = fingerprinter(self._key, entity)
        return made(normal_form)

    def fingerprints(self, entity: str, normal_forms: pa.StringArray | pa.LargeStringArray) -> npt.NDArray[np.uint8]:
        """The same of a whole Arrow array: (n, 16) bytes, zeros for a null."""
        return fingerprints(self._key, entity, normal_forms)

    def close(self, hit: Hit, text: str) -> Value | None:
        """The value of a hit in its text; None where it is a credential and no rule knows those."""
        rule = hit.recognizer.rule
        if hit.status == "credential":
            if self._credential is None:
                return None
            rule = self._credential
        clear = hit.value if hit.value is not None else text[hit.start : hit.end]
        return Value(
            entity=rule.entity,
            fingerprint=self.fingerprint(rule.entity, normalize(rule.normal_form, clear)),
            mask=mask(rule.mask, clear),
            score=max(hit.score, 0.8) if hit.status == "credential" else hit.score,
            why=hit.why,
            protection=hit.protection,
        )


def without_overlaps(hits: Sequence[Hit]) -> list[Hit]:
    """At most one hit at each character: a named one before an unnamed, then what is settled, the higher score, the longer."""
    if len(hits) < 2:
        return list(hits)
    rank: Callable[[Hit], tuple[bool, bool, bool, float, int, str]] = lambda hit: (  # noqa: E731
        hit.strong,
        hit.status in ("accepted", "credential"),
        not hit.by_name,
        hit.score,
        hit.end - hit.start,
        hit.recognizer.rule.id,
    )
    taken: list[Hit] = []
    for hit in sorted(hits, key=rank, reverse=True):
        if not any(hit.start < other.end and other.start < hit.end for other in taken):
            taken.append(hit)
    taken.sort(key=lambda hit: hit.start)
    return taken


def settle_record(hits: Sequence[Hit], file_says: Callable[[str], bool], whole: bool) -> None:
    """Let one line's other hits confirm the open ones (facts/identifiers.md, steps 4 and 5). `whole`: the value is all there is."""
    present = {hit.recognizer.rule.entity for hit in hits if hit.status == "accepted"}
    for hit in hits:
        column = hit.recognizer.rule.column
        if hit.status != "open" or column is None:
            continue
        reason = ""
        others = present - {hit.recognizer.rule.entity}
        if "KR_DI" in others and hit.recognizer.rule.entity == "KR_CI":
            reason = "DI in the record"
        elif hit.named and hit.by_name and others & set(column.siblings):
            reason = f"beside {_first(others, column.siblings)}"
        elif hit.named and not hit.by_name:
            reason = "valid"
        elif (
            hit.unkeyed
            and column.only_one
            and others & set(column.siblings)
            and sum(other.recognizer is hit.recognizer for other in hits) == 1
        ):
            reason = f"beside {_first(others, column.siblings)}"
        elif hit.unkeyed and column.only_one and whole and file_says(hit.recognizer.rule.id):
            reason = "file name"
        if reason:
            hit.status = "accepted"
            hit.score = max(hit.score, 0.6)
            hit.why = (*hit.why, reason)


def _first(present: set[str], siblings: tuple[str, ...]) -> str:
    return next(entity for entity in siblings if entity in present)
