"""The first set of layouts, spent: rules were taught with its failures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.first import code, letters, settings, sheets, sql, stores, tests, wire
from benchmarks.detection.tables import Sheet

ENCODINGS = {"windows registry": "utf-16", "powershell list": "utf-16", "fixed width": "legacy"}
"""What writes something else than UTF-8; `legacy` is the country's."""
MODULES = (sql, stores, wire, settings, code, tests, sheets, letters)


def layouts() -> Iterator[tuple[str, Callable[[Page, Sheet, Random], str | bytes], str, tuple[str, ...]]]:
    """Kind, writer, suffix, and the styles its names come in."""
    for module in MODULES:
        for kind, (write, suffix, styles) in module.WRITERS.items():
            yield kind, write, suffix, styles
    for kind, (write_bytes, suffix, styles) in {**sheets.BYTES_WRITERS, **letters.BYTES_WRITERS}.items():
        yield kind, write_bytes, suffix, styles
