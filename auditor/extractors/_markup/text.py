"""Markup made readable where it keeps values from being seen: references, tags within numbers, values on a line of their own.

Every function keeps each line on its number, and drops nothing but the references it decodes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_REFERENCE: Final = re.compile(r"&(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});?|[A-Za-z][A-Za-z0-9]{1,31};)")
_OF_MARKUP: Final = frozenset("<>&\"'")
_INVISIBLE: Final = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_INLINE: Final = (
    r"(?:/?(?:b|i|u|s|em|strong|span|font|mark|small|big|code|tt|a|ins|del|kbd|var|bdi|bdo|ruby|rb|label|nobr|abbr|acronym|"
    r"q|cite|dfn|wbr|tspan|o:p)(?:[ /][^<>\n]{0,300})?|!--[^<>\n]{0,200}--)"
)
_TAGS: Final = re.compile(rf"(?:<{_INLINE}>){{1,6}}+", re.IGNORECASE)
_BESIDE_NUMBER: Final = re.compile(rf"<(?<=[0-9@-]<)(?i:{_INLINE})>(?=[<0-9A-Za-z-])")  # a literal first: searched fast
_BEFORE_AT: Final = re.compile(r"(?:<[^<>\n]{1,300}>){1,6}+(?=@)")
_BREAK: Final = re.compile(r"<wbr\s*/?>(?:</wbr>)?", re.IGNORECASE)
_TOKEN: Final = re.compile(r"[0-9A-Za-z+/=@._-]*")
_NUMBER: Final = re.compile(r"[0-9 -]*")
_NUMBER_BEFORE: Final = re.compile(r"[0-9-]*\Z")
_OPENED_AGAIN: Final = re.compile(r"</[^<>]*><[^/!]")
_REACH: Final = 40
_LEAST_DIGITS: Final = 9
_MOST_DIGITS: Final = 16
_ALONE: Final = re.compile(
    r">[ \t]*\n\s*+(?P<value>[^\s<>][^<>\n]{0,300}(?:\n[ \t]*[A-Za-z0-9+/=]{1,120}){0,4})\s*+(?P<end></(?P<name>[^\s<>/]{1,60})>)"
)
_OPENING: Final = 300
_FOLDED: Final = re.compile(r"[A-Za-z0-9+/]{20,}\s*(?:\n[ \t]*[A-Za-z0-9+/=]+)+")


def readable(text: str) -> str:
    """Markup with its character references decoded, numbers and addresses in one piece, and each short value beside its tag."""
    if "&" in text:
        text = _REFERENCE.sub(_character, text)
    if "<" in text:
        text = _beside(_joined(text))
    return text


def _character(reference: re.Match[str]) -> str:
    return _decoded(reference[0])


@lru_cache(maxsize=4096)
def _decoded(reference: str) -> str:
    """The character a reference means; the reference where that is one of the markup's own, or unknown."""
    character = html.unescape(reference)
    if character == reference or character in _OF_MARKUP:
        return reference
    if character in _INVISIBLE:
        return ""
    return character if character.isprintable() else " "


def _joined(text: str) -> str:
    """The text with the tags that stand within a number or address behind it."""
    parts: list[str] = []
    position = 0
    tags = ""
    for split in _splits(text):
        tags = _go_on(parts, text[position : split.start()], tags) + split[0]
        position = split.end()
    if not parts:
        return text
    rest = text[position:]
    if tags:
        end = _end_of(rest)
        rest = f"{rest[:end]}{tags}{rest[end:]}"
    parts.append(rest)
    return "".join(parts)


def _go_on(parts: list[str], chunk: str, tags: str) -> str:
    """Put a chunk after what there is; the tags that are still to be put somewhere."""
    end = _end_of(chunk) if tags else 0
    if tags and end < len(chunk):
        parts += (chunk[:end], tags, chunk[end:])
        return ""
    parts.append(chunk)
    return tags


def _end_of(text: str) -> int:
    match = _TOKEN.match(text)
    return match.end() if match is not None else 0


def _splits(text: str) -> Iterator[re.Match[str]]:
    """The tags that stand within one value, in order."""
    found = [
        tags
        for candidate in _BESIDE_NUMBER.finditer(text)
        if (tags := _TAGS.match(text, candidate.start())) is not None and _within_value(text, tags)
    ]
    if ">@" in text:
        found += [
            tags
            for tags in _BEFORE_AT.finditer(text)
            if text[tags.start() - 1 : tags.start()].isalnum() and _TAGS.fullmatch(tags[0])
        ]
    if "<wbr" in text or "<WBR" in text:
        found += _BREAK.finditer(text)
    end = 0
    for tags in sorted(found, key=lambda tags: (tags.start(), -tags.end())):
        if tags.start() >= end:
            end = tags.end()
            yield tags


def _within_value(text: str, tags: re.Match[str]) -> bool:
    """Whether tags stand within one number or address. Two that stand beside each other, a label and its value, say, stay apart."""
    start, end = tags.span()
    left, right = text[start - 1], text[end : end + 1]
    if left == "@":
        return right.isalnum()
    if left == "-" and not text[start - 2 : start - 1].isdigit():
        return False
    if not right.isdigit() and not (right == "-" and text[end + 1 : end + 2].isdigit()):
        return False
    if not _OPENED_AGAIN.search(tags[0]):
        return True
    one, other = _NUMBER_BEFORE.search(text[max(0, start - _REACH) : start]), _NUMBER.match(text, end, end + _REACH)
    counts = [sum(map(str.isdigit, part[0])) if part is not None else 0 for part in (one, other)]
    return max(counts) <= _LEAST_DIGITS <= sum(counts) <= _MOST_DIGITS


def _beside(text: str) -> str:
    """Elements whose value stands on a line of its own, on that line; base64 that was folded is one line again."""
    parts: list[str] = []
    position = 0
    for element in _ALONE.finditer(text):
        start = text.rfind("<", max(position, element.start() - _OPENING), element.start())
        opening = text[start : element.start() + 1]
        name = element["name"]
        if start < 0 or not opening.startswith(name, 1) or opening[len(name) + 1] not in " >" or "\n" in opening:
            continue
        value = element["value"]
        folded = value.count("\n")
        if folded and not _FOLDED.fullmatch(value):
            continue
        below = text.count("\n", element.start(), element.start("value"))
        after = text.count("\n", element.end("value"), element.end()) + folded
        value = "".join(value.split()) if folded else value.rstrip()
        parts += (text[position:start], "\n" * below, opening, value, element["end"], "\n" * after)
        position = element.end()
    return "".join((*parts, text[position:])) if parts else text
