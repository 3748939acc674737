"""The second set to learn from, written when the first was being worked on."""

from __future__ import annotations

from benchmarks.detection.running.second import abroad, desk, english, hand, mixed, papers, talk

KINDS = (*talk.KINDS, *papers.KINDS, *desk.KINDS, *abroad.KINDS, *english.KINDS, *mixed.KINDS)
HAND = hand.HAND
