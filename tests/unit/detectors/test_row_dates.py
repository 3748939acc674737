"""The rows' own dates: which columns date a row, what a cell says, and that a birth date is never among them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.detectors.dates import RowDates, Span, dates_a_row, instant, parse
from auditor.model.asset import Asset
from auditor.model.content import Table

NOW = datetime(2026, 6, 15, 3, 0, tzinfo=UTC)
KST = timezone(timedelta(hours=9))


def table(name: str = "", **columns: list[str | None]) -> Table:
    arrays = tuple(pa.array(cells, pa.string()) for cells in columns.values())
    return Table(asset=Asset(target="t", path="a.csv"), name=name, columns=tuple(columns), arrays=arrays)


def span(*tables: Table, births: frozenset[str] = frozenset()) -> Span | None:
    dates = RowDates(NOW)
    for one in tables:
        dates.see(one)
    return dates.span(frozenset(one.name for one in tables), births)


@pytest.mark.parametrize(
    "name",
    ["created_at", "createdAt", "REG_DT", "regDttm", "user.updatedAt", "joined_ms", "last_login_at", "FRST_REGIST_PNTTM",
     "가입일시", "회원 등록일", "최종수정일시", "创建时间", "วันที่สมัคร", "members[].joinDate", "rgst_ymd", "insDt"],
)  # fmt: skip
def test_a_column_that_dates_its_row(name: str) -> None:
    assert dates_a_row(name) is True


@pytest.mark.parametrize("name", ["ts", "timestamp", "log.time", "date", "일시", "时间", "@timestamp"])
def test_a_name_that_says_so_only_with_a_time_of_day(name: str) -> None:
    assert dates_a_row(name) is None


@pytest.mark.parametrize(
    "name",
    ["birth_date", "birthDt", "brthdy", "생년월일", "생일", "출생일자", "dob", "member.birthday", "expire_dt", "valid_until",
     "만료일시", "결혼기념일", "license_issued_at", "여권발급일자", "주민등록증 발급일", "passport_reg_date", "身份证有效日期",
     "วันเกิด", "nickname", "status_at_work", "", "update_count", "registered", "contract_end_dt", "x" * 61 + "_at"],
)  # fmt: skip
def test_a_column_that_does_not(name: str) -> None:
    assert dates_a_row(name) is False


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2025-03-01", datetime(2025, 3, 1)),
        ("2025/03/01", datetime(2025, 3, 1)),
        ("2025.03.01 09:08:07", datetime(2025, 3, 1, 9, 8, 7)),
        ("20250301", datetime(2025, 3, 1)),
        ("20250301090807", datetime(2025, 3, 1, 9, 8, 7)),
        ("2025-03-01T09:08:07.123Z", datetime(2025, 3, 1, 9, 8, 7, tzinfo=UTC)),
        ("2025-03-01 09:08:07+0900", datetime(2025, 3, 1, 9, 8, 7, tzinfo=KST)),
        ("2025-03-01 09:08:07 UTC", datetime(2025, 3, 1, 9, 8, 7, tzinfo=UTC)),
        ("1740787200", datetime(2025, 3, 1, tzinfo=UTC)),
        ("1740787200123", datetime(2025, 3, 1, tzinfo=UTC)),
        (" 2025-03-01 ", datetime(2025, 3, 1)),
        ("2026-06-16", datetime(2026, 6, 16)),
        ("2026-06-17", None),
        ("1994-12-31", None),
        ("0000-00-00", None),
        ("2025-02-29", None),
        ("2025-13-01", None),
        ("9999-12-31 23:59:59", None),
        ("2025-03/01", None),
        ("900101-1234567", None),
        ("01012345678", None),
        ("NULL", None),
        ("", None),
        ("2025", None),
    ],
)
def test_what_a_cell_says(cell: str, moment: datetime | None) -> None:
    assert parse(cell, with_time=False, now=NOW) == moment


def test_a_generic_name_needs_a_time_of_day() -> None:
    assert parse("2025-03-01", with_time=True, now=NOW) is None
    assert span(table(date=["1990-01-02", "2001-05-06"])) is None
    assert span(table(date=["2025-03-01 10:00:00"])) is not None


def test_the_earliest_and_the_latest_over_all_batches_and_tables() -> None:
    found = span(
        table(created_at=["2025-03-01", None, "2025-02-01"], nickname=["a", "b", "c"]),
        table(created_at=["2024-12-31"]),
        table("other", 수정일시=["2025-05-01 10:00:00"]),
    )
    assert found == Span(datetime(2024, 12, 31), datetime(2025, 5, 1, 10))


def test_only_tables_in_which_something_was_found_count() -> None:
    dates = RowDates(NOW)
    dates.see(table("users", created_at=["2025-03-01"]))
    dates.see(table("stock", created_at=["2026-03-01"]))
    assert dates.span(frozenset({"users"}), frozenset()) == Span(datetime(2025, 3, 1), datetime(2025, 3, 1))
    assert dates.span(frozenset(), frozenset()) is None


def test_a_column_of_birth_dates_never_counts_whatever_its_name() -> None:
    held = table(created_at=["1999-01-02", "2003-04-05"])
    assert span(held, births=frozenset({"created_at"})) is None


@pytest.mark.parametrize("rubbish", ["", "0000-00-00 00:00:00", "NULL", "\\N", "~", "9999-12-31", "가"])
def test_rubbish_among_dates_hides_none(rubbish: str) -> None:
    found = span(table(created_at=[rubbish, "2025-03-01 00:00:00", "2025-01-01 00:00:00", rubbish]))
    assert found == Span(datetime(2025, 1, 1), datetime(2025, 3, 1))


def test_forms_that_do_not_sort_alike_are_compared_by_time() -> None:
    found = span(table(created_at=["2025/01/05", "2025-03-01", "1740700800", "20250228"]))
    assert found == Span(datetime(2025, 1, 5), datetime(2025, 3, 1))


MOMENTS = st.datetimes(datetime(1995, 1, 2), datetime(2026, 6, 14))


@given(
    st.lists(MOMENTS, min_size=1, max_size=30),
    st.sampled_from(["%Y-%m-%d %H:%M:%S", "%Y%m%d%H%M%S", "%Y/%m/%d %H:%M", "%Y-%m-%dT%H:%M:%SZ", "%Y.%m.%d"]),
    st.integers(1, 30),
    st.sampled_from([None, "", "-", "0000-00-00"]),
)
def test_the_span_is_that_of_all_cells_however_they_are_cut(
    moments: list[datetime], form: str, cut: int, hole: str | None
) -> None:
    cells = [moment.strftime(form) for moment in moments]
    said = [parse(cell, with_time=False, now=NOW) for cell in cells]
    wanted = sorted((moment for moment in said if moment is not None), key=instant)
    held: list[str | None] = [*cells, hole]
    found = span(*(table(created_at=held[at : at + cut]) for at in range(0, len(held), cut)))
    assert found == Span(wanted[0], wanted[-1])


def test_a_day_with_an_offset_stays_that_moment() -> None:
    found = span(table(created_at=["2025-03-31T15:00:00Z"]))
    assert found is not None
    assert found.latest.astimezone(KST).date() == date(2025, 4, 1)
