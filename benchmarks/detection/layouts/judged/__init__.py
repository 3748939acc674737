"""The layouts of judging seeds, which nobody who teaches the product reads, nor what was missed in them.

Written on 23 November 2026 by somebody who had read neither `rules/`, `auditor/`, `tests/`, `docs/` nor any list of failures, and
who had not run the product, while others were working on the failures of the third set. The layouts were chosen for how often such
files are left behind, not for how odd they are. Once their own failures have been handed to anybody, write new ones.

Every name of a field stands in its file, but for what a log, a list or a function says only once, above its values. In logs, scripts and sources a third or
so of the lines are ordinary: orders, times, hashes, versions. No label stands for them, so what is found there is a false alarm. Values are
missing here and there. What a tool cuts (`postgres failing row`) is left open, its beginning too; so are the addresses in a mail's head.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.judged import apps, code, drivers, dumps, papers, sheets, sql, wire
from benchmarks.detection.tables import Sheet

ENCODINGS = {"csv as text": "legacy", "layout above": "legacy", "record fields": "legacy"}
"""What writes something else than UTF-8; `legacy` is the country's."""
MODULES = (sql, drivers, wire, apps, dumps, code, papers)


def layouts() -> Iterator[tuple[str, Callable[[Page, Sheet, Random], str | bytes], str, tuple[str, ...]]]:
    """Kind, writer, suffix, and the styles its names come in."""
    for module in MODULES:
        for kind, (write, suffix, styles) in module.WRITERS.items():
            yield kind, write, suffix, styles
    for kind, (write_bytes, suffix, styles) in sheets.BYTES_WRITERS.items():
        yield kind, write_bytes, suffix, styles
