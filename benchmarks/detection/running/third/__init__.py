"""The third set to learn from: it judged until the fourth was written."""

from __future__ import annotations

from benchmarks.detection.running.third import abroad, english, hand, notes, office, papers

KINDS = (*office.KINDS, *papers.KINDS, *abroad.KINDS, *english.KINDS, *notes.KINDS)
HAND = hand.HAND
