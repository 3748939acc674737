"""Doctor says that a certificate's day is still to come, in the bank's calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from auditor.doctor import examine_setup
from auditor.model.engagement import Contract, Destruction, Engagement, Party


@pytest.mark.parametrize(
    ("now", "said"),
    [(datetime(2026, 6, 14, 14, 59, tzinfo=UTC), True), (datetime(2026, 6, 14, 15, 0, tzinfo=UTC), False)],
)  # fmt: skip
def test_a_certificate_of_a_day_to_come(now: datetime, said: bool) -> None:
    declared = Destruction(declared=date(2026, 6, 15))
    engagement = Engagement(
        id="e", entrusting=Party(name="B"), vendor=Party(name="V"), contract=Contract(), targets=(), destruction=declared
    )  # fmt: skip
    probes = list(examine_setup(engagement, now))
    assert any("2026-06-15" in probe.what and probe.ok for probe in probes) is said
