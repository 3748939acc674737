"""Running text as people leave it on servers and in folders: `python -m benchmarks.detection --running`, and no other file.

Seeds below 100 take the sets to learn from (`running_learnt_*.py`, `running_more_*.py`), judging seeds the other one
(`running_judged_*.py`), which nobody who teaches the product reads. All were written on 23 November 2026 by somebody who had read neither `rules/`, `auditor/`, `tests/`,
`docs/` nor any list of failures, and who had not run the product. Once the judging set's failures have been handed to anybody, write
another.

Required is what the file itself tells a careful reader: by its label, its shape or its sentence. Staff named in passing, the
company's own numbers and mailboxes, and names without anything that says so are left open.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from benchmarks.detection import (
    running_judged_abroad,
    running_judged_english,
    running_judged_hand,
    running_judged_notes,
    running_judged_office,
    running_judged_papers,
    running_learnt_abroad,
    running_learnt_english,
    running_learnt_hand,
    running_learnt_notes,
    running_learnt_office,
    running_learnt_papers,
    running_more_abroad,
    running_more_desk,
    running_more_english,
    running_more_hand,
    running_more_mixed,
    running_more_papers,
    running_more_talk,
)
from benchmarks.detection.labels import Leftover
from benchmarks.detection.running_parts import documents

FIRST = (
    *running_learnt_office.KINDS,
    *running_learnt_papers.KINDS,
    *running_learnt_abroad.KINDS,
    *running_learnt_english.KINDS,
    *running_learnt_notes.KINDS,
)
MORE = (
    *running_more_talk.KINDS,
    *running_more_papers.KINDS,
    *running_more_desk.KINDS,
    *running_more_abroad.KINDS,
    *running_more_english.KINDS,
    *running_more_mixed.KINDS,
)
LEARNT = (*FIRST, *MORE)
JUDGED = (
    *running_judged_office.KINDS,
    *running_judged_papers.KINDS,
    *running_judged_abroad.KINDS,
    *running_judged_english.KINDS,
    *running_judged_notes.KINDS,
)


def leftovers(chance: Random, country: str, *, number: int, judging: bool) -> Iterator[Leftover]:
    """One file of each of the country's kinds, `judging` of the judging set; `number` keeps their paths apart."""
    if judging:
        yield from documents(JUDGED, running_judged_hand.HAND, chance, country, number)
    else:
        yield from documents(FIRST, running_learnt_hand.HAND, chance, country, number)
        apart = Random(f"more {country} {number} {chance.getstate()}")  # the first set's files stay what they were
        yield from documents(MORE, running_more_hand.HAND, apart, country, number)
