"""Running text as people leave it on servers and in folders: `python -m benchmarks.detection --running`, and no other file.

Seeds below 100 take the sets to learn from (`first`, `second`, `third`), judging seeds the fourth one (`judged`), which nobody who
teaches the product reads. All were written on 23 November 2026 by authors who had read neither `rules/`, `auditor/`, `tests/`,
`docs/` nor any list of failures, and who had not run the product. Once the judging set's failures have been handed to anybody, it is
one more to learn from: write another.

Required is what the file itself tells a careful reader: by its label, its shape or its sentence. Staff named in passing, the
company's own numbers and mailboxes, and names without anything that says so are left open.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from benchmarks.detection.labels import Leftover
from benchmarks.detection.running import first, judged, second, third
from benchmarks.detection.running.parts import documents


def leftovers(chance: Random, country: str, *, number: int, judging: bool) -> Iterator[Leftover]:
    """One file of each of the country's kinds, `judging` of the judging set; `number` keeps their paths apart."""
    if judging:
        yield from documents(judged.KINDS, judged.HAND, chance, country, number)
        return
    yield from documents(first.KINDS, first.HAND, chance, country, number)
    for name, more in (("more", second), ("third", third)):  # apart: what came before stays what it was
        apart = Random(f"{name} {country} {number} {chance.getstate()}")
        yield from documents(more.KINDS, more.HAND, apart, country, number)
