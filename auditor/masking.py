"""One mask a style, reviewed against the value space it leaves (docs/decisions/004-masks.md).

A mask tells a person which kind of value stood there and lets two audits' readers talk about it; it must not narrow
a guess: never more than a few bits beyond the entity itself.
"""

from __future__ import annotations

from typing import Final

from auditor.model.rule import MaskStyle

_LONGEST_END: Final = 6
"""Of a mail domain's last label, where it is one: what a user's own recogniser takes for an address may be anything."""


def mask(style: MaskStyle, value: str) -> str:
    """The masked form of a value, `printable` as it holds only the value's first safe characters and asterisks."""
    match style:
        case "full":
            return "*" * min(len(value), 8)
        case "base64":  # 2 of 88 characters: 12 of 512 bits
            return f"{_safe(value[:2])}…({len(value)} characters)"
        case "digits":
            return f"{'*' * min(len(value), 16)}"
        case "phone":  # the operator's prefix says nothing of the person
            return "***-****-****"
        case "email":
            name, _, domain = value.rpartition("@")
            end = domain.rpartition(".")[2] if "." in domain else ""
            end = end if name and end.isascii() and end.isalpha() and len(end) <= _LONGEST_END else "***"
            return f"{_safe(name[:1])}***@***.{end}"
        case "name":  # the surname's initial alone: one of about ten common ones
            return f"{_safe(value[:1])}**"
        case "date":
            return "****-**-**"


def _safe(text: str) -> str:
    """Letters and digits only: a mask is shown in terminals, reports and spreadsheets."""
    return text if text.isalnum() else "".join(c if c.isalnum() else "*" for c in text)
