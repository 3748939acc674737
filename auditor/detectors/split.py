"""Values that a table keeps in several columns: `hp1 hp2 hp3`, `jumin1 jumin2`, `email_id email_domain`, 앞자리 and 뒷자리.

None of the columns holds anything by itself. Put together they are a column more, if its name and most of its values are a rule's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from auditor.detectors.floats import whole_numbers
from auditor.detectors.folding import fold
from auditor.detectors.validators import Validity
from auditor.model.content import Table
from auditor.model.noun import noun

if TYPE_CHECKING:
    from auditor.detectors.detector import Detector
    from auditor.detectors.recognizer import Recognizer

_MOST: Final = 4
_SAMPLE: Final = 50
_HALF: Final = 0.5
_NUMBERED: Final = re.compile(r"(?P<before>.*?[^\W\d_]|[^\W\d_])[_ .-]?(?P<part>[1-4])(?P<after>(?:[_ .-]?[^\W\d]+)?)")
_PARTS: Final = {
    1: "앞자리 앞번호 앞 front fst first bgng begin start head local localpart account id 前",
    2: "중간자리 중간번호 중간 가운데 가운데자리 middle mid mdl center centre domain dmn dom host 中",
    3: "뒷자리 뒤자리 뒷번호 뒤 뒷 back rear last lst end tail 后",
}
"""What names of parts say of their order, in small letters."""
_ORDER: Final = {word: order for order, words in _PARTS.items() for word in words.split()}
_WORDED: Final = re.compile(
    rf"(?P<before>.*?)[_ .(-]?(?P<part>{'|'.join(sorted(_ORDER, key=len, reverse=True))})\)?(?P<after>)", re.IGNORECASE
)
_JOINTS: Final = ("-", "@")
_IN_PARTS: Final = frozenset(
    [
        "PHONE_NUMBER",
        "KR_RRN",
        "KR_FRN",
        "CREDIT_CARD",
        "EMAIL_ADDRESS",
        "KR_DRIVER_LICENSE",
        "KR_BRN",
        "BANK_ACCOUNT",
        "TH_TNIN",
        "CN_RESIDENT_ID",
    ]
)
"""What is kept in parts. An address or a password in two columns is two, or whole in the first."""
_FRONT, _ENDS = 6, (4, 7)
"""Digits of a resident number's first part; of a phone's or card's last, and a resident number's."""


@noun
class _Group:
    """Columns by their places, in the order of their parts; the name of what they are together, and what stands between them."""

    name: str
    places: tuple[int, ...]
    rules: tuple[Recognizer, ...]
    joint: str = ""


class SplitColumns:
    """The split values of one table, over all its batches."""

    def __init__(self, detector: Detector) -> None:
        self._detector = detector
        self._columns: tuple[str, ...] | None = None
        self._groups: list[_Group] = []

    def take(self, table: Table) -> Table:
        """The table with a column more for each value that it keeps in several."""
        if not table.header:
            return table
        if table.columns != self._columns:
            self._columns = table.columns
            said = ((name, places, self._rules(name)) for name, places in _groups(table.columns))
            self._groups = [_Group(name=name, places=places, rules=rules) for name, places, rules in said if rules]
        for at, group in enumerate(self._groups):
            if not group.joint:
                self._groups[at] = replace(group, joint=_joint(group, [table.arrays[n] for n in group.places]))
        told = [group for group in self._groups if group.joint]
        if not told:
            return table
        return replace(
            table,
            columns=(*table.columns, *(group.name for group in told)),
            arrays=(*table.arrays, *(_joined([table.arrays[n] for n in g.places], g.joint) for g in told)),
            letters=(*table.letters, *(table.letters[group.places[0]] for group in told)) if table.letters else (),
        )

    def _rules(self, name: str) -> tuple[Recognizer, ...]:
        """Those that a name speaks for."""
        said = self._detector.index.header(name)
        named = said.strong | said.weak
        return tuple(r for r in self._detector.recognizers if r.rule.id in named and r.rule.entity in _IN_PARTS)


def _joint(group: _Group, arrays: Sequence[pa.StringArray]) -> str:
    """What joins the parts so that half of some values or more are what the name says; "" if nothing does, or a part is by itself."""

    def share(cells: pa.StringArray) -> float:
        filled = cells.drop_null().unique()
        spread = pa.array(range(0, len(filled), max(1, len(filled) // _SAMPLE)), pa.int64())
        values = filled.take(spread).to_pylist()
        shapes = [[rule.canonical(fold(value).strip()) for rule in group.rules] for value in values]
        sure = sum(any(s is not None and s[1] is not Validity.INVALID for s in found) for found in shapes)
        return sure / len(values) if values else 0.0

    if any(share(array) >= _HALF for array in arrays):
        return ""
    return next((joint for joint in _JOINTS if share(_joined(arrays, joint)) >= _HALF), "")


def _groups(columns: Sequence[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The common name, and the places, of columns whose names differ in the number or the word of a part alone."""
    taken = set(columns)
    for expression, most in ((_NUMBERED, _MOST), (_WORDED, 3)):
        found: dict[str, dict[int, int]] = {}
        for place, column in enumerate(columns):
            m = expression.fullmatch(" ".join(column.split()))
            if m is not None and m["before"]:
                part = int(m["part"]) if m["part"].isdigit() else _ORDER[m["part"].lower()]
                name = (m["before"] + m["after"]).strip(" _.-").lower()
                found.setdefault(name, {}).setdefault(part, place)
        for name, parts in found.items():
            if 2 <= len(parts) <= most and 1 in parts:
                if expression is _NUMBERED and sorted(parts) != list(range(1, len(parts) + 1)):
                    continue
                while name in taken:  # a column of the whole value, which may be empty or masked
                    name += "_"
                taken.add(name)
                yield name, tuple(parts[part] for part in sorted(parts))


def _joined(arrays: Sequence[pa.StringArray], joint: str) -> pa.StringArray:
    """The parts of each row together; null where one is missing."""
    parts = [whole_numbers(pc.utf8_trim_whitespace(array), 1) for array in arrays]
    if joint == "-":  # kept as numbers they have lost zeros; other parts have as many digits as they have
        parts[-1] = _padded(parts[-1], _ENDS)
        if len(parts) == 2:
            parts[0] = _padded(parts[0], (_FRONT,))
    whole = pc.binary_join_element_wise(*parts, joint)
    missing = [pc.equal(part, "") for part in parts]
    empty = missing[0]
    for other in missing[1:]:
        empty = pc.or_kleene(empty, other)
    return pc.if_else(pc.fill_null(empty, True), pa.scalar(None, pa.string()), whole)


def _padded(part: pa.StringArray, widths: Sequence[int]) -> pa.StringArray:
    """Digits in the width that most cells have which hold some, if it is one of `widths`; other cells as they are."""
    digits = pc.fill_null(pc.match_substring_regex(part, "^[0-9]{1,7}$"), False)
    width = pc.mode(pc.binary_length(part.filter(digits)))
    if not len(width) or width[0]["mode"].as_py() not in widths:
        return part
    return pc.if_else(digits, pc.utf8_lpad(part, width=width[0]["mode"].as_py(), padding="0"), part)
