"""People beyond the bound: exact below it, within the stated error above it, the same however the work was spread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from auditor.engagement.schema import BudgetsFile
from auditor.model.engagement import Budgets
from auditor.people import Column, People
from auditor.people import estimate as sketches
from auditor.reporters.html import report as html_report
from auditor.reporters.json import report as json_report
from auditor.reporters.summary import summary
from auditor.ruleset.keys import KEYS
from tests.unit.reporters.sample_run import GATE_FOUND

STRONG = {"KR_CI": True, "KR_RRN": True, "PHONE_NUMBER": False, "EMAIL_ADDRESS": False}


def batches(seed: int, people: int, *, chains: bool = False) -> Iterator[tuple[int, list[Column]]]:
    """Customers in five assets: CI and phone; CI, RRN and phone; RRN alone; phones of some and of strangers; CI again. With `chains`,
    an e-mail address stands beside each of those phones and nowhere else: only together do they say whose it is.
    """
    chance = np.random.default_rng(seed)
    keys = {entity: chance.integers(0, 1 << 64, 2 * people, np.uint64) for entity in STRONG}
    for asset, entities in enumerate(
        (("KR_CI", "PHONE_NUMBER"), ("KR_CI", "KR_RRN", "PHONE_NUMBER"), ("KR_RRN",), ("PHONE_NUMBER", "EMAIL_ADDRESS") if chains else ("PHONE_NUMBER",), ("KR_CI",))
    ):  # fmt: skip
        who = np.arange(people) if asset == 1 else chance.integers(0, people, people)
        who = who + people // 2 if asset == 3 else who  # half of them nobody knows
        at = np.arange(people, dtype=np.int64)
        yield asset, [Column(entity=name, strong=STRONG[name], keys=keys[name][who], rows=at) for name in entities]


def counted(exact: int | None, seed: int, people: int, workers: int = 1, *, chains: bool = False) -> People:
    shards = [People(exact=exact) for _ in range(workers)]
    for number, (asset, columns) in enumerate(batches(seed, people, chains=chains)):
        shards[number % workers].add_rows(asset, columns)
    for other in shards[1:]:
        shards[0].merge(other)
    return shards[0]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sketches that a test fills."""
    assert sketches.Estimate.__init__.__defaults__
    monkeypatch.setattr(sketches.Estimate.__init__, "__defaults__", (11,))


def test_below_the_bound_people_are_counted() -> None:
    bounded, free = counted(1_000_000, 1, 3_000), counted(None, 1, 3_000)
    assert (bounded.count(), bounded.count_by_asset()) == (free.count(), free.count_by_asset())
    assert bounded.estimated is None


def test_the_bound_is_of_places_as_its_description_says() -> None:
    """16 bytes stand for each asset that an identifier is met in: copies take their own."""
    keys, at = np.arange(1, 2001, dtype=np.uint64) << np.uint64(40), np.arange(2000, dtype=np.int64)
    people = People(exact=5_000)
    for asset, exactly in enumerate((True, True, False)):
        people.add_rows(asset, [Column(entity="KR_CI", strong=True, keys=keys, rows=at)])
        assert (people.estimated is None) is exactly
    assert "16 bytes for each place an identifier stands in" in str(
        BudgetsFile.model_fields["people_bytes"].description
    )
    assert "16 bytes for each place an identifier stands in" in KEYS[Budgets]["people_bytes"].description


@pytest.mark.usefixtures("small")
def test_beyond_the_bound_the_truth_is_within_the_stated_error() -> None:
    within = 0
    for seed in range(100, 120):
        truth, estimated = counted(None, seed, 8_000), counted(5_000, seed, 8_000)
        bounds = estimated.estimated
        assert bounds is not None
        assert estimated.count() == bounds.people
        assert not estimated.certain
        assert (bounds.high - bounds.low) / bounds.people < 0.12
        within += bounds.low <= truth.count() <= bounds.high
        for asset, people in truth.count_by_asset().items():
            assert estimated.count_by_asset()[asset] == pytest.approx(people, rel=0.1)
    assert within >= 17  # 95 % of them, and seventeen of twenty nearly always


@pytest.mark.usefixtures("small")
def test_where_identifiers_form_chains_the_estimate_is_too_high_and_never_too_low() -> None:
    for seed in range(120, 125):
        truth, estimated = counted(None, seed, 8_000, chains=True), counted(5_000, seed, 8_000, chains=True)
        assert truth.count() * 1.1 < estimated.count() < truth.count() * 1.5


@pytest.mark.usefixtures("small")
def test_shards_put_together_are_the_whole() -> None:
    whole = counted(5_000, 7, 8_000)
    for workers in (2, 3, 5):
        shards = counted(5_000, 7, 8_000, workers)
        assert shards.estimated == whole.estimated
        assert shards.count_by_asset() == pytest.approx(whole.count_by_asset(), rel=0.02)


def test_without_the_library_counting_stays_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketches, "available", lambda: False)
    assert counted(100, 1, 3_000).count() == counted(None, 1, 3_000).count()


def test_reports_call_an_estimate_one() -> None:
    run = replace(GATE_FOUND, people=12_345_678, people_certain=False, people_range=(12_300_000, 12_400_000))
    assert "about 12,345,678 people (estimated; 95 %: 12,300,000 to 12,400,000)" in summary(run, "en")
    assert "약 12,345,678명 (추정치, 95 % 신뢰구간 12,300,000–12,400,000)" in summary(run, "ko")
    assert '"people_estimate": {' in json_report(run, "en", None)
    assert "between 12,300,000 and 12,400,000 with 95 % confidence" in html_report(run, "en", None)
