"""PowerPoint 97–2003: every text atom of the document stream ([MS-PPT] 2.3.1), with the slide it stands on."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from auditor.extractors._office.prose import Prose
from auditor.extractors.decoding import Readable
from auditor.extractors.limits import Budget
from auditor.model.asset import Asset
from auditor.model.content import Text

_SLIDE: Final = 0x03EE
_NOTES: Final = 0x03F0
_MASTER: Final = 0x03F8
_OUTLINE: Final = 0x0FF0
_OUTLINE_SLIDE: Final = 0x03F3
_WIDE: Final = frozenset({0x0FA0, 0x0FBA})
_NARROW: Final = 0x0FA8
_LONGEST: Final = 16 << 20


def read(stream: Readable, asset: Asset, budget: Budget) -> Iterator[Text]:
    """The text, a part for each slide. Containers are entered by reading on behind their headers."""
    slides = notes = outline = 0
    part = "slides"
    prose = Prose(asset, budget.limits, part)
    while len(head := _take(stream, 8)) == 8:
        version, kind, size = struct.unpack("<HHI", head)
        was = part
        if kind == _SLIDE:
            slides += 1
            part = f"slide {slides}"
        elif kind == _NOTES:
            notes += 1
            part = f"notes page {notes}"
        elif kind == _MASTER:
            part = "slide master"
        elif kind == _OUTLINE:
            outline, part = 0, ("slide", "slide master", "notes page")[version >> 4] if version >> 4 < 3 else "outline"
        elif kind == _OUTLINE_SLIDE and part.split(" ")[0] in ("slide", "notes"):
            outline += 1
            part = f"{part.rstrip('0123456789 ')} {outline}"
        if part != was:
            yield from prose.flush()
            prose = Prose(asset, budget.limits, part)
        if version & 0xF == 0xF:
            budget.check()
            continue
        if kind in _WIDE or kind == _NARROW:
            data = _take(stream, min(size, _LONGEST))
            size -= len(data)
            text = data.decode("utf-16-le", "replace") if kind in _WIDE else data.decode("latin-1")
            for line in text.replace("\x0b", " ").split("\r"):
                if line.strip():
                    yield from prose.add(line)
        while size > 0 and (data := stream.read(min(size, 1 << 18))):
            size -= len(data)
    yield from prose.flush()


def _take(stream: Readable, size: int) -> bytes:
    data = stream.read(size)
    while data and len(data) < size and (more := stream.read(size - len(data))):
        data += more
    return data
