"""A mask must not narrow a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.masking import mask

STYLES = ["full", "base64", "digits", "phone", "email", "name", "date"]


@pytest.mark.parametrize(
    ("style", "value", "masked"),
    [
        ("full", "비밀", "**"),
        ("base64", "A" * 86 + "==", "AA…(88 characters)"),
        ("digits", "900101-1234567", "*" * 14),
        ("phone", "010-1234-5678", "***-****-****"),
        ("email", "hong@bank.test", "h***@***.test"),
        ("email", "hong at mailbox dot kr", "***@***.***"),
        ("email", "hong@홍길동", "h***@***.***"),
        ("name", "홍길동", "홍**"),
        ("date", "1990-01-02", "****-**-**"),
    ],
)
def test_masks(style: str, value: str, masked: str) -> None:
    assert mask(style, value) == masked  # type: ignore[arg-type]


@given(st.sampled_from(STYLES), st.text(min_size=4, max_size=100))
def test_no_mask_shows_three_characters_in_a_row(style: str, value: str) -> None:
    masked = mask(style, value)  # type: ignore[arg-type]
    domain = value.rpartition(".")[2] if style == "email" else None
    for at in range(len(value) - 2):
        part = value[at : at + 3]
        if part.isalnum() and (domain is None or part not in domain):
            assert part not in masked.replace("characters", "").replace(f"({len(value)} ", "")
