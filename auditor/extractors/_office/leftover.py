"""What readers leave of a file: printable runs of its bytes that were not handed out before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from auditor.extractors._data.runs import Runs
from auditor.extractors._encodings.choice import legacy_encoding
from auditor.extractors._office.prose import Seen
from auditor.extractors.decoding import Readable
from auditor.extractors.limits import Budget
from auditor.model.asset import Asset
from auditor.model.content import Text

_BLOCK: Final = 1 << 20


def leftover(
    stream: Readable, asset: Asset, part: str, seen: Seen, budget: Budget, encodings: tuple[str, ...]
) -> Iterator[Text]:
    """The printable lines of a stream that were not `seen` yet, under `part` and their place in bytes."""
    finder = Runs(asset, encodings, part=part)
    while data := stream.read(_BLOCK):
        budget.check()
        yield from _new(finder.feed(data), seen)
    yield from _new(finder.feed(b"", last=True), seen)


def _new(texts: Iterator[Text], seen: Seen) -> Iterator[Text]:
    for text in texts:
        if text.offset:  # the rest of a long run
            yield text
        elif lines := [line for line in text.text.splitlines() if line and line not in seen]:
            yield replace(text, text="\n".join(lines) + "\n")


def in_legacy(data: bytes, encodings: tuple[str, ...]) -> str:
    """Text of a program that wrote in its machine's own encoding."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode(legacy_encoding(data, encodings), "replace")
