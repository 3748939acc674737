"""Matches made by their slots, and carried in lists, are those that the dataclasses make."""

from __future__ import annotations

import numpy as np

from auditor.ledger import Values
from auditor.model.match import Match, MatchBlock, Place, fields, made
from auditor.workers.wire import EventReader, events_frame

FULL = Match(
    entity="KR_CI", fingerprint=b"f" * 16, mask="A*", score=0.75,
    place=Place(line=7, row=5, column="ci", table="members", part="page 2"), record=("members", 5), why=("shape", "field name ci"),
    candidate=True, protection="hashed",
)  # fmt: skip
PLAIN = Match(entity="PERSON", fingerprint=b"g" * 16, mask="홍*", score=1.0, place=Place(), record=("", 0))


def test_a_match_made_of_its_fields_is_the_same() -> None:
    for match in (FULL, PLAIN):
        again = made(*fields(match))  # type: ignore[arg-type]
        assert again == match and repr(again) == repr(match) and hash(again) == hash(match)
    assert made("PERSON", b"g" * 16, "홍*", 1.0, None, None, "", "", "", ("", 0)) == PLAIN


def test_values_arrive_as_they_were_sent() -> None:
    sent = [Values(3, [(FULL, 2), (PLAIN, 1)]), Values(1, [])]
    assert list(EventReader().feed(events_frame(list(sent)))) == [sent]


def test_a_row_of_a_block_is_a_match() -> None:
    block = MatchBlock(
        entity="PERSON", rows=np.array([4, 9]), fingerprints=np.arange(32, dtype=np.uint8).reshape(2, 16), mask="홍*", masks=["홍*", "김*"],
        score=0.9, table="t", column="name", line=5, lines=[5, 10], why=("field name name",),
    )  # fmt: skip
    assert block.match(1) == Match(
        entity="PERSON", fingerprint=bytes(range(16, 32)), mask="김*", score=0.9, place=Place(line=10, row=9, column="name", table="t"),
        record=("t", 9), why=("field name name",),
    )  # fmt: skip
