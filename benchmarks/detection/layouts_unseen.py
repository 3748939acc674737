"""The layouts of judging seeds, which whoever taught the product the first set (`layouts.py`) has not seen.

Written on 23 November 2026 by somebody who had read neither `rules/`, `auditor/`, `tests/` nor any list of failures, while
others were working on the failures of the first set. Once their own failures have been handed to anybody, write new ones.

Every name of a field stands in its file, but for what OpenID Connect (`cognito users`) and FHIR call by names of their own;
in `rst lines of names` a word a line, in JSON perhaps as \\uXXXX.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from benchmarks.detection import (
    layouts_unseen_code,
    layouts_unseen_pairs,
    layouts_unseen_sql,
    layouts_unseen_tables,
)
from benchmarks.detection.labels import Page
from benchmarks.detection.tables import Sheet

ENCODINGS = {"vba cells": "legacy"}
"""What writes something else than UTF-8; `legacy` is the country's."""
MODULES = (layouts_unseen_tables, layouts_unseen_sql, layouts_unseen_pairs, layouts_unseen_code)


def layouts() -> Iterator[tuple[str, Callable[[Page, Sheet, Random], str | bytes], str, tuple[str, ...]]]:
    """Kind, writer, suffix, and the styles its names come in."""
    for module in MODULES:
        for kind, (write, suffix, styles) in module.WRITERS.items():
            yield kind, write, suffix, styles
    for kind, (write_bytes, suffix, styles) in layouts_unseen_pairs.BYTES_WRITERS.items():
        yield kind, write_bytes, suffix, styles
