"""Every layout of a set with the same customers: `python -m benchmarks.detection --layouts`, and no other file.

Seeds below 100 take the first set and the second, to learn from, judging seeds the third (`third`). The field names are always
those rules were written with, so what is missed here is missed for the layout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from benchmarks.detection import tables
from benchmarks.detection.labels import Leftover, Page, leftover
from benchmarks.detection.layouts import first, second, third
from benchmarks.detection.layouts.parts import LEGACY
from benchmarks.detection.tables import Sheet

BESIDE = ("hive data",)
"""Kinds without any name, whose columns can still be told as columns."""
ALONE = ("mysqlbinlog", "iso8583 log")
"""Kinds without any name, whose values stand each in a line of its own."""
ENCODINGS = first.ENCODINGS | second.ENCODINGS | third.ENCODINGS
"""What writes something else than UTF-8; `legacy` is the country's."""
Write = Callable[[Page, Sheet, Random], str | bytes]


def leftovers(chance: Random, country: str, *, rows: int, number: int, judging: bool) -> Iterator[Leftover]:
    """One file of each layout, `judging` of the third set; `number` keeps their paths apart."""
    for each in (third,) if judging else (first, second):
        for kind, write, suffix, styles in each.layouts():
            yield _file(chance, country, kind, write, f"{kind.replace(' ', '_')}_{number}.{suffix}", styles, rows)


def _file(
    chance: Random, country: str, kind: str, write: Write, name: str, styles: tuple[str, ...], rows: int
) -> Leftover:
    encoding = ENCODINGS.get(kind, "utf-8")
    legacy = encoding == "legacy"
    nameless = kind in BESIDE or kind in ALONE
    while True:
        made = tables.sheet(
            chance, country, rows=rows, unicode=not legacy, style=chance.choice(styles), nameless=nameless
        )
        page = Page(kind)
        try:
            text = write(page, tables.without_names(made, cells=kind in ALONE) if nameless else made, chance)
            path = f"{country}/layouts/{name}"
            if isinstance(text, str):
                return leftover(path, text, page, LEGACY[country] if legacy else encoding)
            labels = tuple(replace(label, path=path) for label in page.labels)
            return Leftover(path=path, data=text, encoding=None, labels=labels)
        except UnicodeEncodeError:  # tis-620 has no Hangul shop names: draw another table
            continue
