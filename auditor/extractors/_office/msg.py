"""Outlook messages ([MS-OXMSG]): properties as labelled lines, bodies and attachments as members."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

_PROPERTY: Final = re.compile(r"__substg1\.0_([0-9A-Fa-f]{4})([0-9A-Fa-f]{4})")
TEXT: Final = frozenset({"001F", "001E"})
LABELS: Final = {
    "0037": "Subject", "1000": "", "0C1A": "From", "0C1F": "From", "0065": "From", "0042": "From", "0E04": "To", "0E03": "Cc", "0E02": "Bcc",
    "007D": "", "3001": "Name", "3003": "Address", "39FE": "Address", "3704": "Attachment", "3707": "Attachment", "8000": "",
}  # fmt: skip
HTML: Final = "1013"
RTF: Final = "1009"
DATA: Final = "3701"
_FILE_NAMES: Final = ("3707", "3704", "3001")
_MOST: Final = 64 << 20
_START: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbol"
    b"ArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


def property_of(path: tuple[str, ...]) -> tuple[str, str] | None:
    """(property, type) of a stream, four hexadecimal digits each; None if it holds no property."""
    match = _PROPERTY.match(path[-1])
    return (match[1].upper(), match[2].upper()) if match else None


def part_of(path: tuple[str, ...]) -> str:
    """Where in the message a stream belongs: an attached message's number, a recipient."""
    parts = []
    for folder in path[:-1]:
        if folder.startswith("__attach"):
            parts.append(f"attachment {int(_hex(folder), 16) + 1}")
        elif folder.startswith("__recip"):
            parts.append(f"recipient {int(_hex(folder), 16) + 1}")
    return ", ".join(parts) or "message"


def _hex(folder: str) -> str:
    match = re.search(r"#([0-9A-Fa-f]{1,8})", folder)
    return match[1] if match else "0"


def name_streams(path: tuple[str, ...], paths: frozenset[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The streams that may hold the file name of an attachment whose data is at `path`, the best first."""
    for name in _FILE_NAMES:
        for kind in ("001F", "001E"):
            other = (*path[:-1], f"__substg1.0_{name}{kind}")
            if other in paths:
                yield other


def rtf_of(data: bytes) -> bytes:
    """A compressed RTF body ([MS-OXRTFCP] 2.2) as RTF. ValueError if it is damaged or larger than 64 MiB."""
    if len(data) < 16:
        raise ValueError("no header")
    _, size, kind, _ = struct.unpack_from("<IIII", data)
    if kind == 0x414C454D:  # MELA: not compressed
        return data[16 : 16 + size]
    if kind != 0x75465A4C or size > _MOST:  # LZFu
        raise ValueError("unknown compression")
    window = bytearray(_START.ljust(4096, b"\0"))
    write = len(_START)
    out = bytearray()
    at = 16
    while at < len(data) and len(out) < size:
        control, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data) or len(out) >= size:
                break
            if control >> bit & 1:
                if at + 1 >= len(data):
                    break
                token, at = data[at] << 8 | data[at + 1], at + 2
                offset, length = token >> 4, (token & 15) + 2
                if offset == write:
                    return bytes(out)
                for step in range(length):
                    value = window[(offset + step) & 4095]
                    out.append(value)
                    window[write] = value
                    write = (write + 1) & 4095
            else:
                out.append(data[at])
                window[write] = data[at]
                write, at = (write + 1) & 4095, at + 1
    return bytes(out)
