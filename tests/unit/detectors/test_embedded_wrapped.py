"""CIs that were broken over lines are one value each, and nothing else is put together."""

from __future__ import annotations

import base64
import hashlib
import time

import pyarrow as pa
import pytest
from detecting import detector, in_text
from hypothesis import given
from hypothesis import strategies as st

from auditor.detectors.embedded.wrapped import joined
from auditor.model.asset import Asset
from auditor.model.content import Table


def shaped(word: str) -> str:
    return base64.b64encode(hashlib.sha512(word.encode()).digest()).decode()


CI, OTHER = shaped("somebody"), shaped("somebody else")


def folded(line: str, width: int) -> str:
    return "\n".join(line[at : at + width] for at in range(0, len(line), width))


def found(text: str) -> list[tuple[str, int | None]]:
    return [
        (match.entity, match.place.line) for match in in_text(text) if match.entity == "KR_CI" and not match.candidate
    ]


@pytest.mark.parametrize("width", [72, 76, 79, 80, 100])
def test_a_terminals_width(width: int) -> None:
    assert found(folded(f"1 mbr_no=17 ci={CI} nick=은하수", width) + "\n") == [("KR_CI", 1)]


@pytest.mark.parametrize(
    "text",
    [
        f"연계정보(CI):\n{CI[:44]}\n{CI[44:]}\n",
        f"연계정보(CI):\n{CI[:30]}\n{CI[30:60]}\n{CI[60:]}\n",
        f"> CI: {CI[:70]}\n> {CI[70:]}\n",
        f"# ci={CI[:60]}\n# {CI[60:]}\n",
        f"ci={CI[:-1]}\n=\n",
        f"ci={CI[:-2]}\r\n==\r\n",
        f'String ci = "{CI[:40]}"\n    + "{CI[40:]}";\n',
        f'$ci = "{CI[:40]}" .\n    "{CI[40:]}";\n',
        f'ci = ("{CI[:40]}"\n      "{CI[40:]}")\n',
        f'export CI="{CI[:40]}\\\n{CI[40:]}"\n',
        f"연계정보 {CI[:50]} 010-9234-5678\n{CI[50:]}\n",
    ],
)
def test_letters_mails_and_literals(text: str) -> None:
    assert [entity for entity, _ in found(text)] == ["KR_CI"]


def test_the_other_cells_of_its_line_are_read_as_before() -> None:
    matches = in_text(f"연계정보 {CI[:50]} 010-9234-5678\n{CI[50:]}\n")
    assert {match.entity for match in matches} == {"KR_CI", "PHONE_NUMBER"}


@pytest.mark.parametrize(
    "text",
    [
        f"{'A' * 76}\n{CI[:76]}\n{CI[76:]}\n",  # the end of a longer block
        f"ci={CI[:40]}\n{CI[41:]}\n",  # a character is missing
        f"ci={CI[:40]}\nnothing of it\n{CI[40:]}\n",
        f"pip install x\n{'word' * 3}==1.2\n",
    ],
)
def test_what_is_no_broken_value_stays_as_it_is(text: str) -> None:
    assert joined(text) == text


def test_two_values_below_each_other_stay_two() -> None:
    text = f"ci={CI[:60]}\n{CI[60:]}\nci={OTHER[:60]}\n{OTHER[60:]}\n"
    assert found(text) == [("KR_CI", 1), ("KR_CI", 3)]
    assert joined(f"{CI}\n{OTHER}\n") == f"{CI}\n{OTHER}\n"


def test_a_cell_with_a_line_end_in_it() -> None:
    values = [f"{value[:44]}\n{value[44:]}" for value in map(shaped, "abcde")]
    table = Table(asset=Asset(target="t", path="a.csv"), columns=("ci",), header=True, arrays=(pa.array(values),))
    detection = detector().asset(table.asset)
    matches = [*detection.table(table), *detection.finish()]
    assert [match.entity for match in matches] == ["KR_CI"] * 5


@given(
    st.lists(
        st.sampled_from([CI[:40], CI[40:], CI[:80], CI[80:], "=", "==", " ", "\n", "> ", '"', "ci=", "A" * 70, OTHER])
    )
)
def test_lines_stay_as_many_and_nothing_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    done = joined(text)
    assert done.count("\n") == text.count("\n")
    assert set("".join(done.split())) <= set("".join(text.split()))
    assert len("".join(text.split())) - len("".join(done.split())) <= 8 * text.count("\n")  # quoting and borders alone


@pytest.mark.parametrize("piece", ["=", "==\n", "A" * 40 + "\n", "A==\n", '"A"\n+ "', "> A=\n", " "])
def test_time_grows_with_the_text(piece: str) -> None:
    text = (piece * (1_000_000 // len(piece)))[:1_000_000]
    start = time.process_time()
    joined(text)
    assert time.process_time() - start < 20


def test_what_cards_beside_it_say_is_searched_all_the_same() -> None:
    text = f"BEGIN:VCARD\nN:김은하\nNOTE:주민번호\\: 850312-1524451\\n전화\\: 010-9234-5678\nEND:VCARD\nci={CI[:60]}\n{CI[60:]}\n"
    assert {"KR_CI", "KR_RRN", "PHONE_NUMBER"} <= {match.entity for match in in_text(text)}


def test_several_in_one_text_that_was_wrapped() -> None:
    third = shaped("a third")
    text = folded(f"ci={CI} ci={OTHER} ci={third} nick=은하수", 80)
    assert joined(text).count("==") == 3
    assert {CI, OTHER, third} <= set(joined(text).replace("ci=", " ").split())


def test_cells_beside_each_other_are_not_put_together_crosswise() -> None:
    text = f"CI {CI[:44]} | {OTHER[:44]}\n{CI[44:]} | {OTHER[44:]}\n"
    assert f"{OTHER[:44]}{CI[44:]}" not in joined(text)
