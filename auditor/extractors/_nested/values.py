"""One line or cell, decoded layer by layer, in its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from auditor.extractors._nested import encoded
from auditor.extractors._nested.found import Found
from auditor.extractors.json_records import Members, embedded

_INLINE: Final = 4096
_SURE_PART: Final = 40
"""Characters: 30 bytes of noise are ASCII once in 10¹²."""
_LEVELS: Final = 6
_BESIDE: Final = re.compile(r"(?i)(?:basic|bearer)[ \t]+\Z|\.\Z")
_SECTION: Final = re.compile(r"\s*\n\s*")
MANY: Final = re.compile(r"\[\s*\{|\}\s*,\s*\{")
"""JSON with several records: those are a member's business."""
_SEPARATOR: Final = re.compile(r"[/_+-]|\\{1,3}[nrt]|(?<=[a-z0-9])x(?=[0-9a-fA-F]{20})")


Take = Callable[[str, bytes], None]
"""What takes the kind and the bytes of something that becomes a member."""


class Values:
    """Decodes for one asset. `encodings`: the engagement's countries' and the file's own."""

    def __init__(self, found: Found, encodings: tuple[str, ...]) -> None:
        self._found = found
        self._encodings = encodings

    def line(self, line: str, member: Take, level: int = 0) -> str:
        """One line, or one cell, decoded layer by layer."""
        for _ in range(_LEVELS):
            before = line
            line = encoded.unescaped(line)
            line = self._runs(line, member, level)
            if line == before:
                break
        return line

    def _runs(self, line: str, member: Take, level: int) -> str:
        parts: list[str] = []
        beside: list[str] = []
        position = 0
        for run in encoded.runs(line):
            found = self._decoded(line, run)
            if found is None:
                continue
            start, end, kind, data = found
            inline = self.inline(data, level + 1) if level < _LEVELS else None
            if inline is None:
                member(kind, data)
                parts += (line[position:start], "")
            elif _BESIDE.search(line, max(0, start - 10), start) or line[end : end + 1] == ".":
                if inline not in line:
                    beside.append(inline)
                continue
            else:
                parts += (line[position:start], inline)
            position = end
        return "".join((*parts, line[position:], *(f" {text}" for text in beside))) if parts or beside else line

    def _decoded(self, line: str, run: re.Match[str]) -> tuple[int, int, str, bytes] | None:
        """(start, end, kind, bytes) of what a run, or a part of it behind a separator, stands for."""
        start, end = run.span()
        whole = run[0]
        if whole[:2] in ("0x", "0X", "x'", "X'") or (whole[0] in "xX" and line[start - 1 : start] == "\\"):
            skip = 2 if whole[0] == "0" else 1
            found = encoded.decoded(whole[skip:], self._encodings)
            return (start - (skip == 1), end, *found) if found is not None else None
        found = encoded.decoded(whole, self._encodings)
        if found is not None:
            return start, end, *found
        # Behind a separator a part of noise is text in some old encoding now and then: of CIs, one in ten thousand has such an end.
        # Asking for the encoding takes longest, so that a CI's parts are not asked about it.
        of_a_ci = encoded.has_a_cis_size(whole)
        for cut in _SEPARATOR.finditer(whole, 0, min(400, len(whole) - _SURE_PART)):
            part = whole[cut.end() :]
            if of_a_ci and not encoded.is_of_utf8(part):
                continue
            found = encoded.decoded(part, self._encodings)
            if found is not None and (not of_a_ci or encoded.is_utf8(found[1])):
                return start + cut.end(), end, *found
        return None

    def inline(self, data: bytes, level: int) -> str | None:
        """What can stand in the place of its encoding: a short text of one line; None for all else."""
        if encoded.known(data) or len(data) > _INLINE:
            data = encoded.unpacked(data)
            if not data or len(data) > _INLINE:
                return None
        text = encoded.text_of(data, self._encodings)
        if text is None:
            unpacked = encoded.unpacked(data)
            text = encoded.text_of(unpacked, self._encodings) if unpacked and len(unpacked) <= _INLINE else None
        if text is None:
            return None
        text = text.strip("\ufeff\r\n ")
        if "\n" in text or "\r" in text:
            if text[:1] != "{" or not isinstance(embedded(text), Members):
                return None
            text = _SECTION.sub(" ", text)
        if MANY.search(text):
            return None
        return (
            self.line(text, lambda kind, found: self._found.member(f"in {kind}", kind, found), level)
            if level <= _LEVELS
            else text
        )
