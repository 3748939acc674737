"""Field names as they may be shown: the vendor's file decides what its names are, and some are data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.detectors.fields import HIDDEN
from auditor.detectors.folding import fold
from auditor.detectors.names import full_name
from auditor.model.text import printable

if TYPE_CHECKING:
    from auditor.detectors.detector import Detector

_NAME_SHOWN: Final = 60
_DIGITS_OF_A_NAME: Final = 6
"""More of them are a number, whatever is said beside it."""
_DOUBTED: Final = re.compile(r"[0-9][0-9 .-]{3,}[0-9]|@|[^\x00-\x7f]")


def classes_of(detector: Detector, name: str) -> dict[str, tuple[str, ...]]:
    """What a field name says, class by class, as entities; empty where it says nothing."""
    named = detector.index.header(name)
    entity = {recognizer.rule.id: recognizer.rule.entity for recognizer in detector.recognizers}
    classes = {"strong": named.strong, "weak": named.weak, "excluded": named.excluded, "credential": named.credential}
    return {
        kind: tuple(sorted({entity[rule] for rule in rules if rule in entity}))
        for kind, rules in classes.items()
        if rules
    }


def shown_key(detector: Detector, name: str) -> str:
    """The name of a field in a line: in running text what stands before a colon may be anybody's, unless a rule knows it."""
    return printable(detector.index.classify(name).told[-_NAME_SHOWN:]) if classes_of(detector, name) else HIDDEN


def shown_name(detector: Detector, name: str) -> str:
    """A column's name as it may be shown; the segments of a path that may be data themselves are left out.

    `users.010-1234-5678.ci` becomes `users.….ci`: the vendor's file decides what its names are.
    """
    return printable(".".join(_shown_segment(detector, segment) for segment in name[:400].split("."))[-_NAME_SHOWN:])


def may_show(detector: Detector, name: str) -> str:
    """A column's or table's name in places that are told: as it stands, unless it holds what may be data.

    Most names cannot: only those with a row of digits, an `@` or letters beyond ASCII are held against every rule.
    """
    return shown_name(detector, name) if _DOUBTED.search(name) else name


def _shown_segment(detector: Detector, segment: str) -> str:
    bare = segment.strip().removesuffix("[]")
    named = detector.index.classify(bare)
    if sum(c.isdigit() for c in bare) > _DIGITS_OF_A_NAME:
        return HIDDEN
    if not bare or named.strong or named.weak or named.excluded or named.credential:
        return segment
    if re.fullmatch(r"column [0-9]+", bare):
        return segment
    digits = sum(c.isdigit() for c in bare)
    shaped = any(
        shape.search.search(fold(bare))
        for r in detector.recognizers
        for shape in r.shapes
        if shape.pattern.needs != "field"
    )
    data = (
        len(bare) > _NAME_SHOWN or digits > 4 or any(c in bare for c in "@=") or shaped or full_name(bare) == "native"
    )
    return HIDDEN if data else segment
