"""From hits to matches: which of overlapping hits stands, what the record says of open ones, and the clear value's end.

A clear value is read here, fingerprinted and masked; nothing past this module holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.detectors.hit import Hit
from auditor.detectors.spans import Spans
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
    """At most one hit at each character: a named one before an unnamed, then what is settled, what others may confirm, the higher score, the longer."""
    if len(hits) < 2:
        return list(hits)
    rank: Callable[[Hit], tuple[bool, bool, bool, bool, float, int, str]] = lambda hit: (  # noqa: E731
        hit.strong,
        hit.status in ("accepted", "credential"),
        bool(hit.recognizer.rule.beside) and not (hit.deaf or hit.named),
        not hit.by_name,
        hit.score,
        hit.end - hit.start,
        hit.recognizer.rule.id,
    )
    taken = Spans()
    for hit in sorted(hits, key=rank, reverse=True):
        if not taken.overlapping(hit.start, hit.end):
            taken.add(hit)
    return list(taken)


def settle_record(hits: Sequence[Hit], file_says: Callable[[str], bool], whole: bool) -> None:
    """Let one line's other hits confirm the open ones (facts/identifiers.md, steps 4 and 5). `whole`: the value is all there is."""
    present = {hit.recognizer.rule.entity for hit in hits if hit.status == "accepted"}
    waiting = [hit for hit in hits if hit.status == "open"]
    for hit in waiting:
        if reason := _confirmed(hit, present, hits, file_says, whole):
            _accept(hit, reason)
    beside = [
        hit
        for hit in waiting
        if hit.status == "open" and hit.recognizer.rule.beside and (hit.company or not (hit.deaf or hit.named))
    ]
    if not beside:
        return
    present = {hit.recognizer.rule.entity for hit in hits if hit.status == "accepted"}
    # A name and a shape vouch for each other; those of Latin letters alone do not, as no gate would let their line through.
    names = {hit.recognizer.rule.entity for hit in beside if hit.company and not (hit.value or "").isascii()}
    shapes = {hit.recognizer.rule.entity for hit in beside if not hit.company}
    for hit in beside:
        others = present
        if not hit.company:
            others = present | names
        elif not (hit.value or "").isascii():
            others = present | shapes
        company = hit.recognizer.rule.beside
        if others & set(company):
            _accept(hit, f"beside {_first(others, company)}")


def _confirmed(hit: Hit, present: set[str], hits: Sequence[Hit], file_says: Callable[[str], bool], whole: bool) -> str:
    """What confirms an open hit, of which its rule's conditions on a column say what may; empty if nothing does."""
    rule = hit.recognizer.rule
    column = rule.column
    if column is None or hit.company == "line":
        return ""
    others = present - {rule.entity}
    if "KR_DI" in others and rule.entity == "KR_CI":
        return "DI in the record"
    if hit.named and hit.by_name:
        return f"beside {_first(others, column.siblings)}" if others & set(column.siblings) else ""
    if hit.named:
        return "valid"
    if not hit.unkeyed or not column.only_one:
        return ""
    if others & set(column.siblings) and sum(other.recognizer is hit.recognizer for other in hits) == 1:
        return f"beside {_first(others, column.siblings)}"
    return "file name" if whole and file_says(rule.id) else ""


def _accept(hit: Hit, reason: str) -> None:
    hit.status = "accepted"
    hit.score = max(hit.score, 0.6)
    hit.why = (*hit.why, reason)


def _first(present: set[str], siblings: tuple[str, ...]) -> str:
    return next(entity for entity in siblings if entity in present)
