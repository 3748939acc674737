"""Which kinds of data stand together: one table, neighbouring lines of text; not two tables of one dump."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from auditor.beside import NEAR, Beside
from auditor.model.match import Match, MatchBlock, Place
from auditor.model.rule import Protection


def cell(entity: str, table: str = "", row: int = 1, column: str = "c", protection: Protection = "clear") -> Match:
    place = Place(row=row, column=column, table=table)
    return Match(
        entity=entity, fingerprint=b"x" * 16, mask="", score=1, place=place, record=(table, row), protection=protection
    )


def word(entity: str, line: int, part: str = "") -> Match:
    place = Place(line=line, part=part)
    return Match(entity=entity, fingerprint=b"x" * 16, mask="", score=1, place=place, record=(part, line))


def groups(*matches: Match) -> list[tuple[str, ...]]:
    beside = Beside()
    for match in matches:
        beside.add(match)
    return beside.groups()


def test_one_table_is_one_group_whatever_the_rows() -> None:
    assert groups(cell("KR_CI"), cell("KR_RRN", row=9)) == [("KR_CI", "KR_RRN")]


def test_two_tables_of_one_file_are_apart() -> None:
    assert groups(cell("KR_CI", "a"), cell("KR_RRN", "b")) == []


def test_a_form_with_a_field_a_line_is_one_record_and_far_lines_are_apart() -> None:
    assert groups(word("KR_CI", 1), word("NICKNAME", 1 + NEAR)) == [("KR_CI", "NICKNAME")]
    assert groups(word("KR_CI", 1), word("NICKNAME", 2 + NEAR)) == []
    assert groups(word("KR_CI", 1), word("KR_CI", 5), word("NICKNAME", 5 + NEAR)) == [("KR_CI", "NICKNAME")]


def test_pages_are_apart() -> None:
    assert groups(word("KR_CI", 1, "page 1"), word("KR_RRN", 1, "page 2")) == []


def test_text_beside_a_table_is_apart() -> None:
    assert groups(word("KR_CI", 1), cell("KR_RRN")) == []


def test_hashes_and_masks_stand_with_nothing_and_encrypted_values_do() -> None:
    assert groups(cell("KR_CI", protection="hashed"), cell("KR_RRN")) == []
    assert groups(cell("KR_CI", protection="masked"), cell("KR_RRN")) == []
    assert groups(cell("KR_CI", protection="encrypted"), cell("KR_RRN")) == [("KR_CI", "KR_RRN")]


def test_long_tables_blocks_count_and_birth_columns_are_known() -> None:
    beside = Beside()
    rows, values = np.array([1]), np.zeros((1, 16), np.uint8)
    for entity, column in (("KR_CI", "ci"), ("DATE_OF_BIRTH", "created_at")):
        beside.add_block(
            MatchBlock(
                entity=entity, rows=rows, fingerprints=values, mask="", score=1, table="u", column=column, line=1
            )
        )
    assert beside.groups() == [("DATE_OF_BIRTH", "KR_CI")]
    assert (beside.tables, beside.births) == (frozenset({"u"}), frozenset({"created_at"}))


@given(
    st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from(["t", "u", ""])), max_size=12), st.integers(0, 10**6)
)
def test_tables_groups_do_not_depend_on_the_order_of_matches(held: list[tuple[str, str]], seed: int) -> None:
    matches = [cell(entity, table, row) for row, (entity, table) in enumerate(held)]
    other = random.Random(seed).sample(matches, len(matches))
    found = groups(*matches)
    assert found == groups(*other)
    sets = [frozenset(group) for group in found]
    assert not any(a < b for a in sets for b in sets)
