"""Values of a rule told in whole Arrow arrays: for clean columns of 65,536 cells instead of one cell at a time.

A form is conservative: what it says of a cell, the rule's own scalar path says too (tests/property/test_vector_forms.py); of
what it does not say, nothing follows, and such cells go the scalar way. A rule without a form works, slower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from auditor.detectors.validators import Validity
from auditor.model.noun import noun
from auditor.model.rule import Pattern

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from auditor.detectors.recognizer import Recognizer

Match = Callable[["pa.StringArray"], "tuple[NDArray[np.bool_], pa.StringArray]"]

_DOUBTED: Final = frozenset({"kr_rrn", "kr_frn", "kr_account", "crypto_address", "credit_card"})
"""Validators whose DOUBTFUL values fill whole columns: numbers without a check digit."""


@noun
class Form:
    """One way the values of a rule are written.

    `pattern` is the rule's pattern such cells have, None where they are known by the column's name alone. `match` takes an
    array of cells and gives (which of them surely are that form with that `validity`, the normal forms aligned with the
    cells). Outside the mask normal forms are unspecified. Memory is proportional to the array.

    Where the mask is true and `pattern` is set, `recognizer.canonical(fold(cell).strip())` is (pattern, validity). Where
    `pattern` is None and the column's name strongly names this rule, and no other one that knows values by name, the cell's
    one hit is this rule's, by name, with that validity. The normal form is `normalize(rule.normal_form, cell.strip())`.
    """

    pattern: Pattern | None
    match: Match
    validity: Validity = Validity.VALID


def forms(recognizer: Recognizer) -> tuple[Form, ...]:
    """A rule's forms, those of VALID values first; () where the rule has none. Each is held against the rule before use."""
    found: list[Form] = []
    for pattern, validity, make in _makers(recognizer):
        try:
            found.append(Form(pattern=pattern, match=make(), validity=validity))
        except ValueError:
            continue  # the rule says something of its values that the form does not know: the scalar path does
    return tuple(sorted(found, key=lambda form: -form.validity))


def _makers(recognizer: Recognizer) -> Iterator[tuple[Pattern | None, Validity, Callable[[], Match]]]:
    """What makes each form a rule may have, by what the rule says of its values; ValueError where it has not."""
    from auditor.detectors.vector.checks import CHECKS
    from auditor.detectors.vector.internet import Email, IPv4
    from auditor.detectors.vector.nicknames import Nickname
    from auditor.detectors.vector.people import Person
    from auditor.detectors.vector.shaped import shaped
    from auditor.detectors.vector.texts import Named, Shape

    rule = recognizer.rule
    for shape in recognizer.shapes:
        pattern = shape.pattern
        if shape.grouped:
            continue
        if rule.validator is None and not pattern.regex.isascii():
            yield pattern, Validity.VALID, partial(Shape, recognizer, pattern)
        elif rule.validator in CHECKS:
            yield pattern, Validity.VALID, partial(shaped, recognizer, pattern, Validity.VALID)
            if rule.validator in _DOUBTED and not rule.strict:
                yield pattern, Validity.DOUBTFUL, partial(shaped, recognizer, pattern, Validity.DOUBTFUL)
        elif rule.validator == "email":
            yield pattern, Validity.VALID, partial(Email, recognizer, pattern)
        elif rule.validator == "public_ip":
            yield pattern, Validity.VALID, partial(IPv4, recognizer, pattern)
    if rule.field_value is None:
        return
    if rule.validator == "birth_date":
        yield None, Validity.VALID, partial(shaped, recognizer, None, Validity.VALID)
    elif rule.validator == "person_name":
        yield None, Validity.VALID, partial(Person, recognizer)
    elif rule.entity == "NICKNAME":
        yield None, Validity.VALID, partial(Nickname, recognizer)
    elif rule.entity == "ADDRESS":
        yield None, Validity.VALID, partial(Named, recognizer)
