"""Values in lines that their writer folded, encoded or wrapped: LDIF, iCalendar and vCard, MECARD, Rust's pretty printer."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace
from typing import Final

from auditor.detectors.embedded.named import NamedRows
from auditor.detectors.embedded.rows import blanked
from auditor.detectors.fields import FieldIndex
from auditor.detectors.pair import NAME
from auditor.model.content import Table, Text

MARK: Final = r"^BEGIN:V|^dn::? |MECARD:|\b(?:Some|Just)\(\s*\n"
_FOLD: Final = re.compile(r"(?m)^(?P<first>[^\n]{20,}+)(?P<more>(?:\r?\n[ \t][^\s][^\n]*+)++)")
_SHORTEST: Final = 60
"""Bytes of a line that was folded, at least: most writers fold at 75."""
_JOINT: Final = re.compile(r"\r?\n[ \t]")
_ENCODED: Final = re.compile(rf"(?m)^(?P<name>{NAME})::[ ](?P<value>[A-Za-z0-9+/]{{2,8000}}={{0,2}})(?=\r?$)")
_WRAPPED: Final = re.compile(
    r"(?P<name>:[ ])(?:Some|Just)\([ \t]*(?P<end>\r?\n)[ \t]*(?P<value>\"[^\n]{0,4000}\"),?(?=[ \t]*\r?\n[ \t]*\),?)"
)
_CARD: Final = re.compile(r"MECARD:(?P<fields>(?:[A-Z-]{1,20}:(?:\\.|[^;\\\n]){0,400};){1,20})")
_FIELD: Final = re.compile(r"(?P<name>[A-Z-]{1,20}):(?P<value>(?:\\.|[^;\\\n])*);")
# A property whose text is a form: lines of labels and values, their ends written as `\n`.
_PROPERTY: Final = re.compile(r"(?m)^[A-Z-]{1,40}(?:;[^:\n]{0,200})?:(?P<text>[^\n]{1,20000}+)$")
_LINE: Final = re.compile(r"[ \t]*(?P<name>[^\W\d](?:[^:\n\\]|\\[,;]){0,60}?)[ ]?[:：][ ]?(?P<value>\S.*)")
_LITERAL_END: Final = re.compile(r"\\[nN]")
_RAISED: Final = re.compile(r"\\([,;:\\])")
OWN_NAMES: Final = {"N": "full name", "FN": "full name"}
"""What these formats call a person's name; their other names say what they are."""


class Folded:
    """The folded lines of one asset's text."""

    goes_on = False

    def __init__(self, index: FieldIndex) -> None:
        self._records = NamedRows(index, "card")
        self.whole: Text | None = None
        """The last text with its lines whole."""

    def take(self, text: Text) -> tuple[list[Table], Text]:
        """The records in cards and properties; and the text with each value whole, as it was meant, in its first line."""
        data = text.text
        if "BEGIN:V" in data or "dn:" in data:
            data = _FOLD.sub(_unfolded, data)
        if ":: " in data:
            data = _ENCODED.sub(_decoded, data)
        if "Some(" in data or "Just(" in data:
            data = _WRAPPED.sub(r"\g<name>\g<value>\g<end>", data)
        taken: list[tuple[int, int]] = []
        line, position = text.first_line, 0
        for m in sorted([*_CARD.finditer(data), *_PROPERTY.finditer(data)], key=lambda m: m.start()):
            if taken and m.start() < taken[-1][1]:
                continue
            line += data.count("\n", position, m.start())
            position = m.start()
            fields = _of_card(m["fields"]) if m.re is _CARD else _of_property(m["text"].rstrip("\r"))
            if len(fields) > 1 and self._records.add(
                [name for name, _ in fields], [value for _, value in fields], line
            ):
                taken.append(m.span(1))
        self.whole = replace(text, text=data)
        return self._records.tables(text), blanked(self.whole, taken)


def _unfolded(folded: re.Match[str]) -> str:
    """A folded line as one, and as many empty lines as it had more."""
    if len(folded["first"].encode()) < _SHORTEST:
        return folded[0]
    return folded["first"].rstrip("\r") + _JOINT.sub("", folded["more"]) + "\n" * folded["more"].count("\n")


def _decoded(encoded: re.Match[str]) -> str:
    try:
        value = base64.b64decode(encoded["value"], validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return encoded[0]
    return f"{encoded['name']}: {value}" if value.isprintable() else encoded[0]


def _of_card(fields: str) -> list[tuple[str, str]]:
    return [(OWN_NAMES.get(m["name"], m["name"]), _plain(m["value"])) for m in _FIELD.finditer(fields)]


def _of_property(text: str) -> list[tuple[str, str]]:
    """The labels and values of a form; none if something else stands among its lines."""
    if "\\n" not in text and "\\N" not in text:
        return []
    lines = [line for line in _LITERAL_END.split(text) if line.strip()]
    found = [m for m in map(_LINE.fullmatch, lines) if m is not None]
    return [(_plain(m["name"]), _plain(m["value"])) for m in found] if len(found) == len(lines) else []


def _plain(value: str) -> str:
    return _RAISED.sub(r"\1", value)
