"""The second set of layouts, spent: it judged once, and its failures have been worked on since.

Written on 23 November 2026 by somebody who had read neither `rules/`, `auditor/`, `tests/` nor any list of failures, while
others were working on the failures of the first set.

Every name of a field stands in its file, but for what OpenID Connect (`cognito users`) and FHIR call by names of their own;
in `rst lines of names` a word a line, in JSON perhaps as \\uXXXX.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from benchmarks.detection.labels import Page
from benchmarks.detection.layouts.second import code, pairs, sql, tables
from benchmarks.detection.tables import Sheet

ENCODINGS = {"vba cells": "legacy"}
"""What writes something else than UTF-8; `legacy` is the country's."""
MODULES = (tables, sql, pairs, code)


def layouts() -> Iterator[tuple[str, Callable[[Page, Sheet, Random], str | bytes], str, tuple[str, ...]]]:
    """Kind, writer, suffix, and the styles its names come in."""
    for module in MODULES:
        for kind, (write, suffix, styles) in module.WRITERS.items():
            yield kind, write, suffix, styles
    for kind, (write_bytes, suffix, styles) in pairs.BYTES_WRITERS.items():
        yield kind, write_bytes, suffix, styles
