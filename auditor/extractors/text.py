"""Plain text of every kind: logs, source code, markup, mail, settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from auditor.extractors.decoding import Decoder
from auditor.extractors.limits import Budget
from auditor.extractors.windows import Windows
from auditor.model.asset import Gap, GapCode
from auditor.model.content import Content, Source

_ENCODED_PART: Final = re.compile(r"(?mi)^content-transfer-encoding:[ \t]*(?:base64|quoted-printable)[ \t]*$")


class TextExtractor:
    """Whole lines in blocks of about 1 MiB; a line beyond the window in overlapping windows."""

    def __init__(self, budget: Budget) -> None:
        self._limits = budget.limits

    def extract(self, source: Source) -> Iterator[Content]:
        """`Text`s, then a gap for parts that were encoded or no text."""
        decoder = Decoder(source)
        windows = Windows(source.asset, self._limits)
        encoded = False
        for piece in decoder.pieces():
            encoded = encoded or _ENCODED_PART.search(piece) is not None
            yield from windows.feed(piece)
        yield from decoder.gaps()
        if encoded:
            yield _gap(source, "mail parts in base64 or quoted-printable were searched as they are, not decoded")
        if source.head.startswith(b"{\\rtf"):
            yield _gap(
                source, "an RTF document was searched as plain text: letters beyond ASCII are written as codes there"
            )


def _gap(source: Source, detail: str) -> Gap:
    asset = source.asset
    return Gap(
        target=asset.target,
        path=asset.path,
        version=asset.version,
        code=GapCode.UNSUPPORTED_FILE_TYPE,
        detail=detail,
    )
