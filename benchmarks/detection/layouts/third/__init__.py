"""The third set of layouts, one more to learn from: it judged until its failures were handed over.

Written on 23 November 2026 by somebody who had read neither `rules/`, `auditor/`, `tests/` nor any list of failures, while
others were working on the failures of the second set.

Every name of a field stands in its file; in `csv broken names` with line breaks in it or a remark below, in `spread labels`
with blanks between its letters, in `curl verbose headers` behind `X-`, numbered in `typed constants` and `terraform variables`,
in `hbase scan` as bytes where it is not ASCII, in JSON perhaps as \\uXXXX. `column comments`, `websquare` and `ado recordset` say it
only where the columns are declared. What `pretty dio` cuts into lines is left open, what `loguru` would shorten left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.third import code, logs, papers, settings, sql, wire
from benchmarks.detection.tables import Sheet

ENCODINGS = {"printed two lines": "legacy", "cobol values": "legacy", "csv two lines": "legacy"}
"""What writes something else than UTF-8; `legacy` is the country's."""
MODULES = (sql, wire, logs, code, settings, papers)  # fmt: skip


def layouts() -> Iterator[tuple[str, Callable[[Page, Sheet, Random], str | bytes], str, tuple[str, ...]]]:
    """Kind, writer, suffix, and the styles its names come in."""
    for module in MODULES:
        for kind, (write, suffix, styles) in module.WRITERS.items():
            yield kind, write, suffix, styles
    for kind, (write_bytes, suffix, styles) in papers.BYTES_WRITERS.items():
        yield kind, write_bytes, suffix, styles
