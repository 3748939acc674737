"""What holds for any waivers, baselines, samples and days: no order decides, nothing is lost."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from auditor.course import baseline, waivers
from auditor.course.deadlines import due_day, state
from auditor.course.difference import Side, Step, differences
from auditor.course.identity import stable_paths
from auditor.course.sampling import choose
from auditor.model.asset import Asset
from auditor.model.calendar import a_year_after, day_of, zone_of
from auditor.model.course import Remediation
from auditor.model.engagement import Party
from auditor.model.finding import Change
from auditor.model.rule import Sample
from tests.unit.course_model import STARTED, found, waiver

DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
NAMES = st.sampled_from([f"n{number}" for number in range(12)])
FINDINGS = st.lists(
    st.builds(
        lambda name, rule, entity, count: found(name, rule=rule, entity=entity, count=count),
        NAMES, st.sampled_from(["r", "s"]), st.sampled_from(["KR_CI", "NICKNAME"]), st.integers(0, 9),
    ),
    unique_by=lambda finding: finding.fingerprint,
)  # fmt: skip
WAIVERS = st.lists(
    st.builds(
        lambda number, rule, entity, path, granted, length: waiver(
            f"W-{number}", rule=rule, entity=entity, path=path, granted=granted, expires=granted + timedelta(days=length)
        ),
        st.integers(0, 99), st.sampled_from(["r", "s"]), st.sampled_from(["", "KR_CI"]), st.sampled_from(["", "n1.csv", "home/*"]),
        DAYS, st.integers(0, 366),
    ),
    unique_by=lambda entry: entry.id,
)  # fmt: skip


@given(FINDINGS, WAIVERS, DAYS, st.randoms(use_true_random=False))
def test_waivers_lose_nothing_and_no_order_decides(findings, entries, today, shuffled: random.Random) -> None:  # type: ignore[no-untyped-def]
    still, waived, uses = waivers.apply(findings, entries, today)
    assert sorted(f.fingerprint for f in (*still, *waived)) == sorted(f.fingerprint for f in findings)
    for finding in findings:
        held = any(w.granted <= today <= w.expires and waivers.covers(w, finding) for w in entries)
        assert held == (finding.fingerprint in {f.fingerprint for f in waived})
    mixed, other = list(findings), list(entries)
    shuffled.shuffle(mixed)
    shuffled.shuffle(other)
    again_still, again_waived, again_uses = waivers.apply(mixed, other, today)
    assert set(again_still) == set(still)
    assert set(again_waived) == set(waived)
    assert again_uses == uses
    assert len(uses) == len(entries)


@given(FINDINGS, FINDINGS, st.randoms(use_true_random=False))
def test_a_baseline_is_the_same_in_any_order_and_accepts_what_did_not_grow(known, now, shuffled: random.Random) -> None:  # type: ignore[no-untyped-def]
    mixed = list(known)
    shuffled.shuffle(mixed)
    assert baseline.text(mixed) == baseline.text(known)
    counts = {f.fingerprint: f.verdict.count for f in known}
    still, accepted, use = baseline.apply(now, baseline.Baseline(name="b", digest="", known=counts))
    assert {f.fingerprint for f in accepted} == {
        f.fingerprint for f in now if f.verdict.count <= counts.get(f.fingerprint, -1)
    }
    assert len(still) + len(accepted) == len(now)
    assert use is not None
    assert use.accepted + use.grown + use.unmet == use.entries


@given(FINDINGS, FINDINGS, st.randoms(use_true_random=False))
def test_a_difference_has_every_finding_once_in_any_order(old, new, shuffled: random.Random) -> None:  # type: ignore[no-untyped-def]
    side = Side(
        label="l",
        engagement="e",
        profile="p",
        ruleset="r",
        started=STARTED,
        complete=True,
        findings=tuple(old),
        gaps=(),
    )
    mixed = list(new)
    shuffled.shuffle(mixed)
    found_ones = differences(side, replace(side, findings=tuple(new)))
    assert found_ones == differences(replace(side, findings=tuple(reversed(old))), replace(side, findings=tuple(mixed)))
    assert len(found_ones) == len({f.fingerprint for f in (*old, *new)})
    assert all(d.step is Step.UNCHANGED for d in differences(side, side))


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2032, 1, 1)),
    st.integers(0, 400),
    st.sampled_from(["KR", "TH", "CN", "US"]),
)
def test_a_due_day_is_open_to_its_midnight_and_overdue_after(moment: datetime, term: int, country: str) -> None:
    opened = moment.replace(tzinfo=UTC)
    party = Party(name="Bank", country=country)
    due = due_day(opened, term, party)
    assert due is not None
    midnight = datetime.combine(due + timedelta(days=1), datetime.min.time(), zone_of(country))
    before, after = midnight - timedelta(microseconds=1), midnight
    assert state(Change.UNCHANGED, due, None, day_of(before, party)) is Remediation.OPEN
    assert state(Change.UNCHANGED, due, None, day_of(after, party)) is Remediation.OVERDUE
    assert (due - day_of(opened, party)).days == term


@given(DAYS)
def test_a_year_is_365_or_366_days_and_never_more(day: date) -> None:
    assert (a_year_after(day) - day).days in (365, 366)
    assert a_year_after(day).year == day.year + 1


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, 30), st.sampled_from(["csv", "txt"])), unique=True),
    st.builds(Sample, per_folder=st.none() | st.integers(1, 5), per_extension=st.none() | st.integers(1, 8),
              per_target=st.none() | st.integers(1, 10), bytes_per_target=st.none() | st.integers(1, 200)),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_a_sample_keeps_its_bounds_and_no_order_decides(names, sample: Sample, shuffled: random.Random) -> None:  # type: ignore[no-untyped-def]
    listed = [Asset(target="t", path=f"{folder}/{number}.{ending}", size=number) for folder, number, ending in names]
    chosen, left_out, size = choose(iter(listed), sample, b"key")
    assert len(chosen) + left_out == len(listed)
    assert sum(one.size or 0 for one in chosen) + size == sum(one.size or 0 for one in listed)
    folders = [one.path.rpartition("/")[0] + one.path[-3:] for one in chosen]
    assert all(folders.count(folder) <= (sample.per_folder or 99) for folder in folders)
    assert all(sum(one.path.endswith(e) for one in chosen) <= (sample.per_extension or 99) for e in ("csv", "txt"))
    assert len(chosen) <= (sample.per_target or 999)
    assert sum(one.size or 0 for one in chosen) <= (sample.bytes_per_target or 10**9)
    mixed = list(listed)
    shuffled.shuffle(mixed)
    assert {one.path for one in choose(iter(mixed), sample, b"key")[0]} == {one.path for one in chosen}


PART = st.text(st.sampled_from("abc.-_"), min_size=1, max_size=4).filter(
    lambda part: part not in (".", "..") and part.strip(".")
)


@given(st.lists(PART, min_size=1, max_size=3), st.lists(PART, max_size=3), st.lists(PART, max_size=3))
def test_a_path_does_not_depend_on_where_its_folder_lies(inner: list[str], here: list[str], there: list[str]) -> None:
    names = []
    for parts in (here, there, ["", *here, *there]):
        root = "/".join(parts) or ("/" if parts else ".")
        path = "/".join((*parts, *inner)) if parts else "/".join(inner)
        names.append(stable_paths([root])(path))
    assert set(names) == {"/".join(inner)}
