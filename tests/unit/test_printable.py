"""Vendor-controlled strings must not act on a terminal, a log or a report."""

from __future__ import annotations

import os
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from auditor.model.text import printable


def test_hangul_stays_readable() -> None:
    assert printable("고객 목록.csv") == "고객 목록.csv"


def test_a_cp949_name_shows_its_bytes() -> None:
    assert printable(os.fsdecode("명단.csv".encode("cp949"))) == "\\xb8\\xed\\xb4\\xdc.csv"


def test_what_acts_is_escaped() -> None:
    assert printable("a\x1b[31mb\nc\u202ed\u200be") == "a\\x1b[31mb\\x0ac\\u202ed\\u200be"


@given(st.text() | st.binary().map(os.fsdecode))
def test_nothing_that_acts_is_left(text: str) -> None:
    shown = printable(text)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    shown.encode("utf-8")
