"""Every layout of a set with the same customers: `python -m benchmarks.detection --layouts`, and no other file.

Seeds below 100 take the sets to learn from (`first`, `second`, `third`), judging seeds the fourth one (`judged`). The field names are
always those rules were written with, so what is missed here is missed for the layout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from benchmarks.detection import tables
from benchmarks.detection.labels import Leftover, Page, leftover
from benchmarks.detection.layouts import first, judged, second, third
from benchmarks.detection.layouts.parts import LEGACY
from benchmarks.detection.tables import Sheet

BESIDE = ("hive data",)
"""Kinds without any name, whose columns can still be told as columns."""
ALONE = ("mysqlbinlog", "iso8583 log")
"""Kinds without any name, whose values stand each in a line of its own."""
ENCODINGS = first.ENCODINGS | second.ENCODINGS | third.ENCODINGS | judged.ENCODINGS
"""What writes something else than UTF-8; `legacy` is the country's."""
Write = Callable[[Page, Sheet, Random], str | bytes]


def leftovers(chance: Random, country: str, *, rows: int, number: int, judging: bool) -> Iterator[Leftover]:
    """One file of each layout, `judging` of the judging set; `number` keeps their paths apart."""
    if judging:
        yield from _files(judged.layouts(), chance, country, rows, number)
        return
    for each in (first, second):
        yield from _files(each.layouts(), chance, country, rows, number)
    apart = Random(f"third {country} {number} {chance.getstate()}")  # so that what came before stays what it was
    yield from _files(third.layouts(), apart, country, rows, number)


def _files(
    layouts: Iterator[tuple[str, Write, str, tuple[str, ...]]], chance: Random, country: str, rows: int, number: int
) -> Iterator[Leftover]:
    for kind, write, suffix, styles in layouts:
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
