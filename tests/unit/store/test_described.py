"""What the store keeps of an asset's rows and of what stands together, and what it refuses from a worker."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from auditor.model.asset import Asset
from auditor.model.finding import Observation
from auditor.model.match import Match, Place
from auditor.store.sqlite import Store

PATHS = {
    "a.csv": "file",
    "r.git!/a.csv (commit 0123456789)": "commit",
    "r.git!/a.csv (unreachable commit 0123456789, deleted in HEAD)": "commit",
    "a.zip!/b (commit 0123456789).csv": "archive member",
    "a (commit 0123456789)": "file",
}


def observed(path: str = "a.csv", version: str | None = None, *described: Any) -> Observation:
    store = Store(None)
    moment = datetime(2025, 3, 1, tzinfo=UTC)
    run = store.begin(engagement="e", profile="p", started=moment, key_id="", tool_version="", ruleset_digest="")
    asset = store.add_asset(run, Asset(target="t", path=path, version=version, modified=moment))
    match = Match(entity="KR_CI", fingerprint=b"x" * 16, mask="", score=1, place=Place(), record=("", 1))
    store.add_matches(asset, [(match, 1)])
    if described:
        store.describe(asset, *described)
    (found,) = store.observations(run, {})
    return found


def test_moments_come_back_with_and_without_an_offset() -> None:
    naive, aware = datetime(2025, 3, 1, 9), datetime(2025, 3, 1, 9, tzinfo=UTC)
    found = observed("a.csv", None, naive, aware, [("A", "KR_CI"), ("B", "KR_CI")])
    assert (found.rows_from, found.rows_to) == (naive, aware)
    assert found.together == (frozenset({"A", "KR_CI"}), frozenset({"B", "KR_CI"}))


def test_an_asset_of_which_nothing_was_told() -> None:
    found = observed()
    assert (found.rows_from, found.rows_to, found.together) == (None, None, ())


@pytest.mark.parametrize("path", PATHS)
def test_who_dates_an_asset(path: str) -> None:
    assert observed(path).modified_from == PATHS[path]
    if PATHS[path] == "file":
        assert observed(path, "v1").modified_from == "object version"


@pytest.mark.parametrize(
    "described", [("2025-03-01", None, []), (None, None, [("kr_ci", "<b>")]), (None, None, [("A|B",), ("\n",)])]
)
def test_what_no_honest_worker_sends_is_refused(described: tuple[Any, ...]) -> None:
    with pytest.raises(ValueError, match="not"):
        observed("a.csv", None, *described)
