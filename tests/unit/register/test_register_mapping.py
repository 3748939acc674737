"""`--map`: every mistake at once, with its cure, and nothing of a file without a header in a message."""

from __future__ import annotations

import pytest
from registers import KINDS

from auditor.errors import InputError
from auditor.register.mapping import ALIASES, Columns, parse, resolve


def test_short_names_and_entities_in_any_case() -> None:
    mapped = parse(["CI=연계정보", "phone=hp", "phone=집 전화", "kr_rrn=주민=번호", "Reference=no"], KINDS)
    assert mapped.columns == (("KR_CI", "연계정보"), ("PHONE_NUMBER", "hp"), ("PHONE_NUMBER", "집 전화"), ("KR_RRN", "주민=번호"))  # fmt: skip
    assert mapped.reference == "no"


def test_every_short_name_is_an_entity_of_the_rules() -> None:
    assert set(ALIASES.values()) <= set(KINDS)


def test_one_column_may_hold_two_kinds() -> None:
    """Banks keep resident and foreigner numbers in one column."""
    mapped = parse(["rrn=주민번호", "frn=주민번호"], KINDS)
    assert resolve(mapped, ["주민번호"], "f") == Columns(
        entities=(("KR_RRN", 0), ("KR_FRN", 0)), reference=None, width=1
    )


def test_all_mistakes_at_once() -> None:
    with pytest.raises(InputError) as caught:
        parse(["phne=hp", "ci", "=x", "reference=a", "reference=b"], KINDS)
    said = str(caught.value)
    assert len(caught.value.problems) == 4
    for word in ('did you mean "phone"?', '"ci" is no mapping', '"=x" is no mapping', "two references"):
        assert word in said


@pytest.mark.parametrize("maps", [[], ["reference=no"]])
def test_something_must_be_mapped(maps: list[str]) -> None:
    with pytest.raises(InputError, match="--map ci="):
        parse(maps, KINDS)


def test_columns_that_are_not_there_are_all_named() -> None:
    with pytest.raises(InputError) as caught:
        resolve(
            parse(["ci=CI", "phone=휴대폰번호", "reference=no"], KINDS),
            ["no", " 고객 휴대폰번호 ", "ci_value"],
            "f.csv",
        )
    assert [str(problem) for problem in caught.value.problems] == [
        'f.csv:1:1: none of the 3 columns is named "CI"\n    → did you mean "ci_value"?',
        'f.csv:1:1: none of the 3 columns is named "휴대폰번호"\n    → did you mean "고객 휴대폰번호"?',
    ]


def test_a_column_named_twice_is_refused() -> None:
    with pytest.raises(InputError, match="2 times"):
        resolve(parse(["ci=CI"], KINDS), ["CI", "CI"], "f.csv")


def test_a_first_line_of_data_is_not_repeated() -> None:
    data = ["C-1", "010-2345-6789", "제갈고명", "x@mailbox.kr"]
    with pytest.raises(InputError) as caught:
        resolve(parse(["phone=휴대폰번호", "name=고객명", "reference=C"], KINDS), data, "f.csv")
    said = str(caught.value)
    assert not [cell for cell in data[1:] if cell in said]
