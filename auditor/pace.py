"""How hard a vendor's machine may be worked: bandwidth, requests a second, and the hours of the day.

One `Pace` is shared by all scanners of a run and by their threads. It knows nothing of SSH or S3.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from auditor.errors import TargetError
from auditor.model.asset import GapCode
from auditor.model.engagement import AccessLimits

BURST: Final = 0.25
"""Seconds' worth of bytes or requests that may pass at once after a pause."""


class Pace:
    """Keeps `limits`; `zone` is the one the window's hours are in. `clock`, `sleep` and `now` are a test's to replace."""

    def __init__(
        self, limits: AccessLimits | None = None, zone: tzinfo = UTC, *, clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep, now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:  # fmt: skip
        self.limits = limits or AccessLimits()
        self._zone = zone
        self._sleep = sleep
        self._now = now
        self._bytes = _Bucket(self.limits.bandwidth, clock)
        self._requests = _Bucket(self.limits.requests_per_second, clock)

    def ask(self, count: int = 1) -> None:
        """Wait until `count` more requests may be sent. TargetError OUTSIDE_HOURS outside the window."""
        if self.limits.window is not None:
            self.check()
        if self.limits.requests_per_second:
            self._wait(self._requests.take(count))

    def took(self, size: int) -> None:
        """So many bytes have arrived: wait before asking for more."""
        if self.limits.bandwidth:
            self._wait(self._bytes.take(size))
        if self.limits.window is not None:
            self.check()

    def check(self) -> None:
        """TargetError outside the window: what was read before stays, the rest is a gap."""
        if self.opens_in():
            assert self.limits.window is not None
            raise TargetError(
                GapCode.OUTSIDE_HOURS,
                f"It is outside the hours in which the vendor may be audited ({self._hours()}), so nothing more was asked.",
                "Start the audit again within the hours: it waits for them. Or change limits.window in the engagement.",
            )

    def opens_in(self) -> float:
        """Seconds until the window opens; 0 within it, or where there is none."""
        window = self.limits.window
        if window is None:
            return 0.0
        start, end = window
        here = self._now().astimezone(self._zone)
        midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
        minutes = (here - midnight) / timedelta(minutes=1)
        within = start <= minutes < end if start < end else minutes >= start or minutes < end
        return 0.0 if within else (start - minutes) % (24 * 60) * 60

    def wait_for_window(self, tell: Callable[[str], None]) -> None:
        """Sleep until the window opens; `tell` is given a sentence where that takes any time."""
        if self.opens_in():
            tell(f"waiting for the hours in which the vendor may be audited ({self._hours()})")
        while left := self.opens_in():
            self._sleep(min(left, 60.0))

    def _hours(self) -> str:
        start, end = self.limits.window or (0, 0)
        return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02} {self._now().astimezone(self._zone).tzname()}"

    def _wait(self, seconds: float) -> None:
        while seconds > 0:  # in steps, so that the end of the window is met
            step = min(seconds, 1.0)
            self._sleep(step)
            seconds -= step
            if self.limits.window is not None:
                self.check()


class _Bucket:
    """So many a second, on average from any moment on, after a burst of a quarter second's worth."""

    def __init__(self, rate: float | None, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._lock = threading.Lock()
        self._paid = clock()

    def take(self, amount: int) -> float:
        """Seconds to wait for `amount`, in turn with other threads."""
        if not self._rate:
            return 0.0
        with self._lock:
            now = self._clock()
            self._paid = max(self._paid, now - BURST) + amount / self._rate
            return max(self._paid - now, 0.0)
