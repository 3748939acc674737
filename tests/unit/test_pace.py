"""Limits hold: bytes and requests a second on a fake clock, and the hours of the day in the vendor's country."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import TargetError
from auditor.model.asset import GapCode
from auditor.model.engagement import AccessLimits
from auditor.pace import BURST, Pace

SEOUL = timezone(timedelta(hours=9))


class Clock:
    """Time that passes where somebody sleeps."""

    def __init__(self, at: datetime = datetime(2026, 3, 1, 13, 0, tzinfo=UTC)) -> None:
        self.began = at
        self.seconds = 0.0

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.seconds += seconds

    def now(self) -> datetime:
        return self.began + timedelta(seconds=self.seconds)

    def pace(self, limits: AccessLimits) -> Pace:
        return Pace(limits, SEOUL, clock=lambda: self.seconds, sleep=self.sleep, now=self.now)


@given(st.lists(st.tuples(st.integers(1, 5_000_000), st.floats(0, 2)), min_size=1, max_size=60))
def test_no_more_bytes_than_declared_in_any_stretch(steps: list[tuple[int, float]]) -> None:
    clock = Clock()
    pace = clock.pace(AccessLimits(bandwidth=1_000_000))
    at: list[tuple[float, int]] = []
    for size, idle in steps:
        clock.seconds += idle
        at.append((clock.seconds, size))
        pace.took(size)
    for first, (began, _) in enumerate(at):
        for last in range(first, len(at) - 1):
            total = sum(size for _, size in at[first : last + 1])
            assert total <= 1_000_000 * (at[last + 1][0] - began + BURST) + 1


def test_requests_are_spread() -> None:
    clock = Clock()
    pace = clock.pace(AccessLimits(requests_per_second=50))
    for _ in range(500):
        pace.ask()
    assert 500 / 50 - BURST <= clock.seconds <= 500 / 50 + 0.1


def test_nothing_is_waited_for_without_limits() -> None:
    clock = Clock()
    pace = clock.pace(AccessLimits())
    pace.took(1 << 40)
    pace.ask(10_000)
    assert clock.seconds == 0


@pytest.mark.parametrize(
    ("hour", "opens"), [(21, 1.0), (22, 0.0), (23, 0.0), (0, 0.0), (5, 0.0), (6, 16.0), (12, 10.0)]
)
def test_a_window_over_midnight_is_in_the_vendors_time(hour: int, opens: float) -> None:
    clock = Clock(datetime(2026, 3, 1, hour, 0, tzinfo=SEOUL).astimezone(UTC))
    pace = clock.pace(AccessLimits(window=(22 * 60, 6 * 60)))
    assert pace.opens_in() == opens * 3600
    if opens:
        with pytest.raises(TargetError) as error:
            pace.ask()
        assert error.value.code == GapCode.OUTSIDE_HOURS
        assert "22:00-06:00 UTC+09:00" in error.value.detail
    else:
        pace.ask()


@given(st.integers(0, 24 * 60 - 1), st.integers(1, 24 * 60), st.integers(0, 24 * 60 - 1))
def test_waiting_ends_within_the_window_and_not_before(start: int, end: int, minute: int) -> None:
    if start == end:
        return
    clock = Clock(datetime(2024, 2, 29, tzinfo=SEOUL) + timedelta(minutes=minute))
    pace = clock.pace(AccessLimits(window=(start, end)))
    told: list[str] = []
    outside = pace.opens_in() > 0
    pace.wait_for_window(told.append)
    assert pace.opens_in() == 0
    assert bool(told) == outside
    assert clock.seconds < 24 * 3600
    pace.ask()


def test_a_long_wait_for_bandwidth_meets_the_end_of_the_window() -> None:
    clock = Clock(datetime(2026, 3, 1, 5, 59, 50, tzinfo=SEOUL))
    pace = clock.pace(AccessLimits(bandwidth=1000, window=(22 * 60, 6 * 60)))
    with pytest.raises(TargetError):
        pace.took(1_000_000)
    assert clock.seconds < 12
