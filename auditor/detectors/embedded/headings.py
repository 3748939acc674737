"""Which line names a table's columns, and the tables of one asset by what their columns are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from auditor.detectors.embedded.labels import label
from auditor.detectors.embedded.rows import RowsByColumns, distinct
from auditor.detectors.fields import FieldIndex

_MOST: Final = 300
_TABLES: Final = 1_000
"""Different headers in one asset whose rows are taken; each costs memory."""
_ORNAMENT: Final = "*_`\"'"
_PLACEHOLDER: Final = re.compile(r"\$\{([^{}]{1,60})\}")
_UNNAMED: Final = re.compile(r"|#|no\.?|№|\(?index\)?", re.IGNORECASE)


def names_of(cells: Sequence[str]) -> tuple[str, ...] | None:
    """Cells as the names of columns; None where one is a value, a sentence, or most have nothing."""
    if not 0 < len(cells) <= _MOST:
        return None
    names = []
    for cell in cells:
        name = cell.strip(_ORNAMENT)
        if "$" in name:
            name = _PLACEHOLDER.sub(r"\1", name)
        if name and not _UNNAMED.fullmatch(name) and not label(name):
            return None
        names.append(name)
    filled = [name for name in names if name]
    return distinct(names) if len(filled) * 2 > len(names) and len({*filled}) * 2 > len(filled) else None


class Headings(RowsByColumns):
    """What the readers of one asset take: rows by the header above them."""

    def __init__(self, index: FieldIndex, kind: str) -> None:
        super().__init__(kind)
        self._index = index

    def telling(self, cells: Sequence[str], *, strong: bool) -> tuple[str, ...] | None:
        """The columns that these cells name, if one of them says something for a rule."""
        names = names_of(cells)
        if names is None or not any(
            said.strong or (said.weak and not strong) for said in map(self._index.classify, names)
        ):
            return None
        return names if names in self or len(self) < _TABLES else None
