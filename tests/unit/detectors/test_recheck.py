"""The self-check: what a broken fast path loses is found, told without its value, and added; an intact one differs nowhere."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pytest
from detecting import KEY, detector, each, rules

from auditor.detectors import recheck as module
from auditor.detectors.detector import Detector
from auditor.detectors.quick import QuickColumns
from auditor.detectors.recheck import Recheck
from auditor.ledger import Rechecked
from auditor.model.asset import Asset
from auditor.model.content import Table, Text
from auditor.model.match import Match
from auditor.model.recheck import Difference
from auditor.rechecks import DIFFERENCES, PER_ASSET, PER_RUN, Allowances, Rechecks
from auditor.workers.wire import EventReader, events_frame
from testbed.people import people

PERSONS = people(400, 21)
LOG = Asset(target="t", path="app.log")
CSV = Asset(target="t", path="a.csv")


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every third place, however small the asset."""
    monkeypatch.setattr(module, "STRIDE", 3)
    monkeypatch.setattr(module, "WORTH_IT", 0)


@pytest.fixture
def own() -> Iterator[Detector]:
    """A detector to break."""
    yield Detector(rules(), KEY)


def lines() -> list[str]:
    return [
        f"INFO joined nick={person.nickname} ci={person.ci} tel={person.mobile}" if number % 3 else f"GET /items/{number} 200"
        for number, person in enumerate(PERSONS[:300])
    ]  # fmt: skip


def in_text(by: Detector, *, size: int = 300, allowance: int = 10_000) -> tuple[Recheck, list[Match]]:
    check = Recheck(by, LOG, allowance)
    detection = by.asset(LOG, check)
    found = []
    for first in range(0, 300, size):
        text = "".join(line + "\n" for line in lines()[first : first + size])
        found += [*detection.text(Text(asset=LOG, text=text, first_line=first + 1))]
    return check, each([*found, *detection.finish()])


def in_table(by: Detector, size: int = 2000) -> tuple[Recheck, list[Match]]:
    chance = random.Random(2)
    rows = [
        (str(number), person.nickname, person.ci, f"call {person.dashed_mobile}" if chance.random() < 0.5 else "-")
        for number, person in enumerate(PERSONS * 6)
    ]
    check = Recheck(by, CSV, 10_000)
    detection = by.asset(CSV, check)
    found = []
    for first in range(0, len(rows), size):
        part = rows[first : first + size]
        arrays = tuple(pa.array([row[at] for row in part], pa.string()) for at in range(4))
        table = Table(asset=CSV, columns=("no", "nick_nm", "cust_ci", "memo"), arrays=arrays, first_row=first + 1)
        found += [*detection.table(table)]
    return check, each([*found, *detection.finish()])


@pytest.mark.usefixtures("often")
def test_an_intact_fast_path_differs_nowhere() -> None:
    check, _ = in_text(detector())
    assert (check.sampled, check.differing) == (100, 0)
    check, _ = in_table(detector())
    assert check.sampled > 2000
    assert check.differing == 0


@pytest.mark.usefixtures("often")
def test_what_a_broken_gate_loses_in_a_line_is_added(own: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    _, whole = in_text(detector(), allowance=1)
    monkeypatch.setattr(own.gates, "concerned", lambda *_, **__: iter(()))
    check, found = in_text(own)
    assert check.differing > 50
    assert {difference.kind for difference in check.differences} == {"missed"}
    assert {"kr-ci", "nickname"} <= {difference.rule for difference in check.differences}
    assert found
    assert all("self-check" in match.why for match in found)
    known = {(match.entity, match.fingerprint, match.place.line) for match in whole}
    assert {(match.entity, match.fingerprint, match.place.line) for match in found} <= known


@pytest.mark.usefixtures("often")
def test_a_gate_that_loses_one_rule_is_told_by_that_rule(own: Detector) -> None:
    own.gates._searches = [search for search in own.gates._searches if search[2] != "kr-ci"]
    check, found = in_text(own)
    assert {(difference.rule, difference.kind) for difference in check.differences} == {("kr-ci", "missed")}
    assert sum(match.entity == "KR_CI" for match in found) == check.differing > 0


@pytest.mark.usefixtures("often")
def test_what_a_broken_gate_loses_in_a_cell_is_added(own: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own.gates, "rules_for_each", lambda cells: [()] * len(cells))
    check, found = in_table(own)
    assert {difference.rule for difference in check.differences} == {"kr-phone"}
    added = [match for match in found if match.entity == "PHONE_NUMBER"]
    assert len(added) == check.differing > 50
    assert {match.place.column for match in added} == {"memo"}


@pytest.mark.usefixtures("often")
def test_what_whole_columns_lose_is_added(own: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    take = QuickColumns.take

    def broken(self: QuickColumns, table: Table, column: Any, cells: pa.StringArray) -> Any:
        blocks, left = take(self, table, column, cells)
        return [block for block in blocks if block.entity != "KR_CI"], left

    monkeypatch.setattr(QuickColumns, "take", broken)
    check, found = in_table(own)
    assert {(difference.rule, difference.kind) for difference in check.differences} == {("kr-ci", "missed")}
    assert check.differing > 50
    assert sum("self-check" in match.why for match in found) == check.differing


@pytest.mark.usefixtures("often")
def test_what_the_reference_does_not_see_stays_found(own: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    _, whole = in_text(detector())
    monkeypatch.setattr(own, "reference", lambda _: [])
    check, found = in_text(own)
    assert check.differing > 50
    assert {difference.kind for difference in check.differences} == {"more"}
    assert found == whole


@pytest.mark.usefixtures("often")
def test_differences_hold_no_values(own: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own.gates, "concerned", lambda *_, **__: iter(()))
    check, _ = in_text(own)
    told = repr(check.differences)
    assert not any(value in told for person in PERSONS for value in (person.ci, person.mobile) if value)
    assert len(check.differences) <= 50 < check.differing


@pytest.mark.usefixtures("often")
def test_the_sample_is_the_same_in_any_batches_and_another_under_another_key(own: Detector) -> None:
    own.gates._searches = []
    whole = in_text(own)[0].differences
    assert in_text(own, size=7)[0].differences == whole
    other = Detector(rules(), bytes(32))
    other.gates._searches = []
    assert in_text(other)[0].differences != whole


def test_presidio_is_not_brought_in_for_little(own: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STRIDE", 3)
    check = Recheck(own, LOG, 100)
    detection = own.asset(LOG, check)
    assert [*detection.text(Text(asset=LOG, text="nothing here\n" * 900)), *detection.finish()] == []
    assert check.sampled == 0
    assert "analyzer" not in vars(own)
    monkeypatch.setattr(module, "WORTH_IT", 900)
    check = Recheck(own, LOG, 100)
    detection = own.asset(LOG, check)
    assert [*detection.text(Text(asset=LOG, text="nothing here\n" * 900)), *detection.finish()] == []
    assert check.sampled > 50


def test_no_asset_and_no_run_goes_beyond_its_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STRIDE", 1)
    assert in_text(detector(), allowance=7)[0].sampled <= 7
    allowances = Allowances()
    assert 0 < allowances.next(5 << 30) <= PER_ASSET
    granted = [allowances.next(1 << 30) for _ in range(1000)]
    assert PER_RUN - 2 * PER_ASSET <= sum(granted) <= PER_RUN
    assert granted[-1] == 0


def test_small_files_take_turns_once_the_first_allowance_is_used() -> None:
    allowances = Allowances()
    granted = [allowances.next(2000) for _ in range(100_000)]
    assert set(granted) == {0, 1}
    late = granted[20_000:]
    assert 0 < sum(late) < len(late) / 100


def difference(line: int) -> Difference:
    return Difference(target="t", path="a", line=line, place=f"line {line}", rule="kr-ci", kind="missed")


def test_the_sum_does_not_depend_on_the_order_and_believes_no_nonsense() -> None:
    events = [Rechecked(10, 5, [difference(line) for line in range(at, at + 5)]) for at in range(0, 500, 5)]
    (sent,) = EventReader().feed(events_frame([*events]))
    sums = []
    for order in (sent, sent[::-1]):
        checks = Rechecks()
        for event in order:
            assert isinstance(event, Rechecked)
            checks.add(event)
        sums.append(checks.sum())
    assert sums[0] == sums[1]
    assert (sums[0].sampled, sums[0].differing, len(sums[0].differences)) == (1000, 500, DIFFERENCES)
    bad: Sequence[Any] = [Rechecked(1, 2, []), Rechecked(-1, -1, []), Rechecked(1, 1, ["no"])]  # type: ignore[list-item]
    for event in bad:
        with pytest.raises(ValueError, match="self-check"):
            Rechecks().add(event)
