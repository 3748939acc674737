"""Long tables: what the columns' fast path settles is what the long way finds, value by value."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import pyarrow as pa
import pytest
from detecting import KEY, detector, each, rules

from auditor.detectors.detector import Detector
from auditor.detectors.quick import DETAILED
from auditor.model.asset import Asset
from auditor.model.content import Table
from auditor.model.match import Match, MatchBlock
from testbed.people import people

ROWS = 4000
Rows = Sequence[Sequence[str | None]]


@lru_cache(maxsize=1)
def the_long_way() -> Detector:
    return Detector(rules(), KEY, quick=False)


def found(
    by: Detector, columns: Sequence[str], rows: Rows, *, header: bool = True, size: int = 1500, file: str = "a.csv"
) -> list[Match | MatchBlock]:
    asset = Asset(target="t", path=file)
    detection = by.asset(asset)
    matches: list[Match | MatchBlock] = []
    for first in range(0, len(rows), size):
        part = rows[first : first + size]
        arrays = tuple(pa.array([row[index] for row in part], pa.string()) for index in range(len(columns)))
        lines = range(first + 2, first + 2 + len(part))
        table = Table(
            asset=asset, columns=tuple(columns), header=header, arrays=arrays, first_row=first + 1, lines=lines
        )
        matches += detection.table(table)
    return [*matches, *detection.finish()]


def told(matches: Sequence[Match | MatchBlock]) -> Counter[tuple[object, ...]]:
    """What matters of matches, whatever way they came."""
    return Counter(
        (m.entity, m.fingerprint, m.mask, m.score, m.candidate, m.protection, str(m.place)) for m in each(matches)
    )


@lru_cache(maxsize=1)
def customers() -> tuple[tuple[str, ...], list[list[str | None]]]:
    columns = ("mbr_no", "nick_nm", "ci", "mbl_telno", "email", "brth_ymd", "cust_nm", "jumin_no", "addr", "memo")
    chance = random.Random(4)
    rows: list[list[str | None]] = []
    for person in people(ROWS, 17):
        cells: list[str | None] = [
            str(person.number), person.nickname, person.ci, person.dashed_mobile, person.email or "", person.birth or "", "김은하", "",
            "서울특별시 강남구 테헤란로 152", "",
        ]  # fmt: skip
        if chance.random() < 0.08:  # what vendors' tables are full of
            at = chance.randrange(len(cells))
            odd = [
                None,
                "",
                " ",
                "-",
                "없음",
                f" {cells[at]} ",
                f"{cells[at]};",
                f"연락처 {person.dashed_mobile}",
                "０１０-2345-6789",
            ]
            cells[at] = chance.choice(odd)
        rows.append(cells)
    return columns, rows


@pytest.mark.parametrize("header", [True, False])
def test_finds_what_the_long_way_finds(header: bool) -> None:
    columns, rows = customers()
    columns = columns if header else tuple(f"column {number}" for number in range(1, len(columns) + 1))
    quick = found(detector(), columns, rows, header=header)
    slow = found(the_long_way(), columns, rows, header=header)
    assert any(isinstance(match, MatchBlock) for match in quick)
    assert not any(isinstance(match, MatchBlock) for match in slow)
    assert told(quick) == told(slow)


def test_most_of_a_clean_table_comes_in_blocks() -> None:
    columns, rows = customers()
    quick = found(detector(), columns, rows)
    together = sum(len(match) for match in quick if isinstance(match, MatchBlock))
    assert together > 0.8 * sum(match.record[1] > 1500 for match in each(quick))


def test_a_column_that_changes_half_way_is_still_looked_at() -> None:
    calm = [[str(number), f"+8210{10000000 + number}"] for number in range(3000)]
    people_then = [[str(person.number), person.ci] for person in people(3000, 23)]
    slow = told(found(the_long_way(), ("no", "phone"), calm + people_then))
    assert told(found(detector(), ("no", "phone"), calm + people_then)) == slow


def test_numbers_that_only_look_alike_stay_out() -> None:
    chance = random.Random(8)
    rows = [[str(n), "".join(chance.choices("0123456789", k=13))] for n in range(4000)]
    slow = told(found(the_long_way(), ("no", "pid"), rows))
    assert told(found(detector(), ("no", "pid"), rows)) == slow


def test_values_that_repeat_are_settled_once_and_counted_each() -> None:
    chance = random.Random(12)
    names = ["김은하", "박도윤", "이서연", " 최가온 ", "없음", "", None, "홍길동 외 3명", "최하늘"]
    nicks = [f"달빛여우{n}" for n in range(300)]
    table: list[list[str | None]] = [[chance.choice(names), chance.choice(nicks)] for _ in range(14_000)]
    quick = found(detector(), ("cust_nm", "nick_nm"), table, size=6000)
    assert told(quick) == told(found(the_long_way(), ("cust_nm", "nick_nm"), table, size=6000))
    assert sum(len(match) for match in quick if isinstance(match, MatchBlock)) > 14_000


@pytest.mark.parametrize("name", ["mbr_no", "no", "qty", "birth", "phone", "column 1"])
def test_running_numbers_say_nothing_and_hide_nothing(name: str) -> None:
    chance = random.Random(name)
    people_then = people(600, 31)
    cells: list[str | None] = [str(10 ** chance.randint(0, 7) + n) for n in range(9000)]
    for person in people_then:
        odd = (person.dashed_mobile, person.ci, (person.birth or "").replace("-", ""), "010" + str(person.number), None)
        cells[chance.randrange(1500, 9000)] = chance.choice(odd)
    table: list[list[str | None]] = [[cell, "memo"] for cell in cells]
    columns, header = (name, "memo"), not name.startswith("column")
    quick = found(detector(), columns, table, header=header, size=4000)
    assert told(quick) == told(found(the_long_way(), columns, table, header=header, size=4000))


def test_addresses_of_the_same_places_are_told_once() -> None:
    chance = random.Random(3)
    places = [
        "ต.ในเมือง อ.เมืองขอนแก่น จ.ขอนแก่น 40000", "ถ.สุขุมวิท แขวงลาดยาว เขตจตุจักร กรุงเทพมหานคร 10900", "ต.หาดใหญ่ อ.หาดใหญ่ จ.สงขลา 00110",
        "ตำบลกำแพง อำเภอน้ำคำ จังหวัดลำพูน 51000", "ต.น้ำ  อ.ทำ จ.ลำปาง 52000", "ซ.3/1 ต.ab อ.ทำ จ.ลำปาง 52000",
    ]  # fmt: skip
    usual = [f"{n}/{n % 90}" for n in range(1, 900)]
    houses = ["99999", "1/", "/1", "1/2/3", "12a", "", "๑๒", "1234/12345", "หมู่"]
    table: list[list[str | None]] = [
        [f"{chance.choice(usual if row < 1000 or chance.random() < 0.9 else houses)} {chance.choice(places)}"]
        for row in range(12_000)
    ]
    table[5000][0] = None
    quick = found(detector(), ("ที่อยู่",), table, size=6000)
    assert told(quick) == told(found(the_long_way(), ("ที่อยู่",), table, size=6000))
    assert sum(len(match) for match in quick if isinstance(match, MatchBlock)) > 5_000


def test_masks_are_kept_for_a_bounded_number_of_values() -> None:
    rows = [[f"010-{2000 + n // 10000 % 7000}-{n % 10000:04d}"] for n in range(DETAILED + 30_000)]
    blocks = [b for b in found(detector(), ("phone",), rows, size=8192) if isinstance(b, MatchBlock)]
    assert sum(len(block) for block in blocks) > DETAILED
    assert {bool(block.masks) for block in blocks} == {True, False}
    assert all(block.mask and len(block.fingerprints) == len(block.rows) for block in blocks)
    assert max(len(block.masks) for block in blocks) <= 8192


def test_no_clear_value_is_in_a_block() -> None:
    columns, rows = customers()
    blocks = [block for block in found(detector(), columns, rows) if isinstance(block, MatchBlock)]
    shown = "\n".join([*map(repr, blocks), *(mask for block in blocks for mask in block.masks)])
    clear = {row[2] for row in rows[1000:] if row[2] and len(row[2]) > 80}
    assert clear
    assert clear.isdisjoint(re.findall(r"[A-Za-z0-9+/]{86}==", shown))
    assert not re.search(r"010-[0-9]{4}-[0-9]{4}", shown)
