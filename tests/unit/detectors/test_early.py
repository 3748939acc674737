"""Short tables, and the first rows of long ones: values that are settled together are what the long way finds, value by value."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import pyarrow as pa
import pytest
from detecting import KEY, each, rules

from auditor.detectors import quick
from auditor.detectors import recheck as recheck_module
from auditor.detectors.detector import Detector
from auditor.detectors.recheck import Recheck
from auditor.model.asset import Asset
from auditor.model.content import Table
from auditor.model.match import Match, MatchBlock
from testbed.people import people

Rows = Sequence[Sequence[str | None]]
COLUMNS = ("mbr_no", "nick_nm", "ci", "mbl_telno", "email", "brth_ymd", "cust_nm", "addr", "memo")


@lru_cache(maxsize=2)
def detector(*, quick: bool) -> Detector:
    return Detector(rules(), KEY, quick=quick)


@pytest.fixture(autouse=True)
def _always_worthwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick, "WORTHWHILE", 0)


def found(
    by: Detector, columns: Sequence[str], rows: Rows, size: int, *, header: bool = True
) -> list[Match | MatchBlock]:
    asset = Asset(target="t", path="a.csv")
    detection = by.asset(asset)
    matches: list[Match | MatchBlock] = []
    for first in range(0, len(rows), size):
        part = rows[first : first + size]
        arrays = tuple(pa.array([row[index] for row in part], pa.string()) for index in range(len(columns)))
        lines = range(first + 2, first + 2 + len(part))
        matches += detection.table(
            Table(asset=asset, columns=tuple(columns), header=header, arrays=arrays, first_row=first + 1, lines=lines)
        )
    return [*matches, *detection.finish()]


def told(matches: Sequence[Match | MatchBlock]) -> Counter[Match]:
    return Counter(each(matches))


def both(columns: Sequence[str], rows: Rows, size: int = 1000, *, header: bool = True) -> list[Match | MatchBlock]:
    """What is found, after it was held against the long way: all of it, reasons and records too."""
    short = found(detector(quick=True), columns, rows, size, header=header)
    assert told(short) == told(found(detector(quick=False), columns, rows, size, header=header))
    return short


def customers(count: int, odd: float = 0.1, seed: int = 17) -> list[list[str | None]]:
    chance = random.Random(seed)
    rows: list[list[str | None]] = []
    for person in people(count, seed):
        cells: list[str | None] = [
            str(person.number), person.nickname, person.ci, person.dashed_mobile, person.email or "", person.birth or "", person.name,
            f"서울특별시 강남구 테헤란로 {person.number}", "",
        ]  # fmt: skip
        if chance.random() < odd:
            at = chance.randrange(len(cells))
            cells[at] = chance.choice(
                [None, "", " ", "-", f" {cells[at]} ", f"{cells[at]};", f"연락처 {person.dashed_mobile}"]
            )
        rows.append(cells)
    return rows


def in_blocks(matches: Sequence[Match | MatchBlock]) -> int:
    return sum(len(match) for match in matches if isinstance(match, MatchBlock))


@pytest.mark.parametrize("size", [100, 400, 1000])
@pytest.mark.parametrize("count", [90, 320, 990, 1400])
def test_finds_what_the_long_way_finds(count: int, size: int) -> None:
    both(COLUMNS, customers(count), size)


def test_most_of_a_short_table_comes_in_blocks() -> None:
    assert in_blocks(both(COLUMNS, customers(990, odd=0))) > 0.5 * 990 * 5


def test_a_table_without_names_waits_for_its_columns() -> None:
    assert not in_blocks(both([f"column {n}" for n in range(1, 10)], customers(990), header=False))


def test_rows_that_wait_for_one_column_are_not_told_before_it() -> None:
    """Else what the column holds would not stand in one record with the rest: two people instead of one."""
    rows = [[row[3], row[2]] for row in customers(600, odd=0)]
    matches = both(("mbl_telno", "uid"), rows)
    assert {match.entity for match in each(matches)} == {"PHONE_NUMBER", "KR_CI"}
    assert not in_blocks(matches)


@pytest.mark.parametrize("good", [0, 100, 240, 300, 700])
def test_a_column_of_mostly_wrong_values_is_noise_however_it_begins(good: int) -> None:
    cells = [f"user{n}@mailhost-nowhere.kr" if n < good else f"logo{n}@2x.png" for n in range(900)]
    assert len(each(both(("memo",), [[cell] for cell in cells]))) == (good if good > 270 else 0)


@pytest.mark.parametrize("good", [225, 300, 900])
def test_what_is_examined_twice_differs_in_nothing(good: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that its column makes noise of was seen all the same: the self-check takes it for no miss."""
    monkeypatch.setattr(recheck_module, "STRIDE", 3)
    monkeypatch.setattr(recheck_module, "WORTH_IT", 0)
    cells = [f"user{n}@mailhost-nowhere.kr" if n * good % 900 < good else f"logo{n}@2x.png" for n in range(900)]
    asset = Asset(target="t", path="a.csv", size=40_000)
    sampled = 0
    for number in range(6):
        recheck = Recheck(detector(quick=True), replace(asset, path=f"{number}.csv"), 200)
        detection = detector(quick=True).asset(asset, recheck)
        table = Table(asset=asset, columns=("memo",), header=True, arrays=(pa.array(cells),), first_row=1)
        matches = each([*detection.table(table), *detection.finish()])
        assert not [match for match in matches if "self-check" in match.why]
        assert not recheck.differing
        sampled += recheck.sampled
    assert sampled


def test_more_values_than_are_kept_one_by_one_wait_for_a_column_too() -> None:
    """Mobiles written in two ways are two groups of a column, and both count for what is kept."""
    numbers = [f"010{2000 + n:04d}{n:04d}" for n in range(990)]
    mixed = [f"{n[:3]}-{n[3:7]}-{n[7:]}" if at % 2 else n for at, n in enumerate(numbers)]
    columns = (*(f"tel{n}" for n in range(22)), "uid")
    rows = [[*[mixed[(at + n) % 990] for n in range(22)], person.ci] for at, person in enumerate(people(990, 5))]
    both(columns, rows)
