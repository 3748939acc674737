"""The set that judges. Who teaches the product does not read it, nor what was missed in it."""

from __future__ import annotations

from benchmarks.detection.running.judged import chinese, english, hand, hand_abroad, people, thai, work

KINDS = (*people.KINDS, *work.KINDS, *thai.KINDS, *chinese.KINDS, *english.KINDS)
HAND = {**hand.HAND, **hand_abroad.HAND}
