"""Limits that one machine keeps are no cluster's: each of its workers would have its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from auditor.errors import InputError
from auditor.model.engagement import AccessLimits, Contract, Engagement, LocalTarget, Party, SshTarget, Target
from auditor.workers.engine import refuse_limits

SERVER = SshTarget(name="dev", host="h", paths=("/srv",))
DISK = LocalTarget(name="disk", paths=(Path("/srv"),))


def engagement(target: Target, **limits: Any) -> Engagement:
    return Engagement(
        id="e", entrusting=Party(name="Example Bank"), vendor=Party(name="Example Labs"), contract=Contract(ends=date(2025, 3, 31)),
        targets=(target,), limits=AccessLimits(**limits),
    )  # fmt: skip


@pytest.mark.parametrize(
    "limits",
    [{"connections": 1}, {"connections": 4}, {"bandwidth": 1}, {"window": (0, 60)}, {"requests_per_second": 1}],
)
def test_declared_limits_refuse_a_cluster(limits: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="one machine keeps"):
        refuse_limits(engagement(SERVER, **limits))


def test_without_limits_a_cluster_may_be_used() -> None:
    refuse_limits(engagement(SERVER))
    refuse_limits(engagement(DISK, connections=4))
