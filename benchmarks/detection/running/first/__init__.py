"""The first set to learn from."""

from __future__ import annotations

from benchmarks.detection.running.first import abroad, english, hand, notes, office, papers

KINDS = (*office.KINDS, *papers.KINDS, *abroad.KINDS, *english.KINDS, *notes.KINDS)
HAND = hand.HAND
