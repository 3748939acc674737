"""Names and values each behind its length, without anything between them: what identity checks in Korea hand over, `2:CI88:…`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.detectors.embedded.records import Field, Records
from auditor.detectors.embedded.rows import blanked
from auditor.detectors.fields import FieldIndex
from auditor.model.content import Table, Text

MARK: Final = r"[0-9]:[A-Z][A-Z0-9_]{0,40}[0-9]:"
"""The end of a length, a name, the end of another length."""
_COUNT: Final = re.compile(r"([0-9]{1,3}):(?=[A-Za-z가-힣_])")
_FIRST: Final = re.compile(rf"(?<![0-9]){_COUNT.pattern}")
_VALUE_COUNT: Final = re.compile(r"([0-9]{1,5}):")
_NEXT: Final = re.compile(r"[0-9]{1,3}:|[\s\"'<\])},;&|]|$")
_CODECS: Final = ("cp949", "utf-8")
"""What lengths are counted in, besides characters: bytes of the first where it was made, of the second where it is read."""


class Counted:
    """The names and values of one asset that stand so."""

    goes_on = False

    def __init__(self, index: FieldIndex) -> None:
        self._records = Records(index, "counted")

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The records of a text, and the text without them."""
        data = text.text
        line = position = after = 0
        while (m := _FIRST.search(data, after)) is not None:
            after = m.end()
            for name, value, start, end in _run(data, m.start()):
                line += data.count("\n", position, start)
                position, after = start, end
                self._records.add(Field(name=name, value=value, line=line + 1, span=(start, end)))
            self._records.close()
        tables, taken = self._records.tables(text)
        return tables, blanked(text, sorted(taken))


def _run(data: str, position: int) -> Iterator[tuple[str, str, int, int]]:
    """(name, value, where the value stands) of what follows without a gap; nothing where only one pair does."""
    found: list[tuple[str, str, int, int]] = []
    while (m := _COUNT.match(data, position)) is not None:
        name = _counted(data, m.end(), int(m[1]), _VALUE_COUNT)
        size = _VALUE_COUNT.match(data, m.end() + len(name)) if name else None
        if not name or size is None:
            break
        value = _counted(data, size.end(), int(size[1]), _NEXT)
        if value is None:
            break
        position = size.end() + len(value)
        if value:
            found.append((name, value, size.end(), position))
    if len(found) > 1:
        yield from found


def _counted(data: str, start: int, size: int, behind: re.Pattern[str]) -> str | None:
    """So many characters, or bytes in one of some encodings, that something stands behind; None where nothing fits."""
    most = data[start : start + size]
    if len(most) == size and behind.match(data, start + size) is not None:
        return most
    if most.isascii():
        return None
    for codec in _CODECS:
        held = most.encode(codec, "replace")[:size].decode(codec, "ignore")
        if len(held.encode(codec, "replace")) == size and behind.match(data, start + len(held)) is not None:
            return held
    return None
