"""Samples and time budgets: what is read, and that the rest is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from auditor.course import sampling
from auditor.course.sampling import Limited, Limiter, choose, group_of
from auditor.errors import TargetError
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.rule import Sample

KEY = b"k" * 32


def asset(path: str, size: int = 10) -> Asset:
    return Asset(target="t", path=path, size=size)


def files(number: int, folder: str = "home", ending: str = "csv") -> list[Asset]:
    return [asset(f"{folder}/{n}.{ending}") for n in range(number)]


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def limited(
    sample: Sample | None, seconds: float | None = None, clock: Clock | None = None, left: int = 1
) -> tuple[Limiter, Limited]:
    limiter = Limiter(sample, seconds, KEY, clock=clock or Clock())
    return limiter, limiter.target("t", left)


def test_at_most_so_many_of_a_kind_in_a_folder() -> None:
    listed = [*files(30), *files(3, "srv"), *files(5, "home", "txt")]
    chosen, left_out, size = choose(iter(listed), Sample(per_folder=4), KEY)
    kinds = [group_of(one) for one in chosen]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        ("home", "csv"): 4,
        ("srv", "csv"): 3,
        ("home", "txt"): 4,
    }
    assert (left_out, size) == (27, 270)
    assert chosen == [one for one in listed if one in chosen], "in listing order"


def test_every_folder_comes_before_any_folders_second() -> None:
    listed = [one for n in range(20) for one in files(50, f"d{n}")]
    chosen, _, _ = choose(iter(listed), Sample(per_target=20), KEY)
    assert len({one.path.partition("/")[0] for one in chosen}) == 20


def test_bounds_of_kind_and_bytes_hold_over_all_folders() -> None:
    listed = [*files(20, "a"), *files(20, "b"), *files(20, "c", "txt")]
    chosen, _, _ = choose(iter(listed), Sample(per_extension=5), KEY)
    assert sum(one.path.endswith("csv") for one in chosen) == 5
    assert sum(one.path.endswith("txt") for one in chosen) == 5
    chosen, left_out, size = choose(iter([*listed, asset("big.bin", 10**9)]), Sample(bytes_per_target=100), KEY)
    assert sum(one.size or 0 for one in chosen) == 100
    assert (left_out, size) == (51, 10**9 + 500)


def test_another_key_chooses_others_and_the_same_key_the_same() -> None:
    listed = files(100)
    one, other = (choose(iter(listed), Sample(per_folder=10), key)[0] for key in (KEY, b"j" * 32))
    assert one == choose(iter(listed), Sample(per_folder=10), KEY)[0]
    assert one != other
    assert {n.path for n in one} != {n.path for n in listed[:10]}, "not simply the first"


def test_folders_beyond_the_bound_are_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "MOST_HELD", 5)
    chosen, left_out, _ = choose(iter([one for n in range(10) for one in files(1, f"d{n}")]), Sample(per_folder=1), KEY)
    assert (len(chosen), left_out) == (5, 5)


def test_gaps_controls_and_a_lost_connection_reach_the_other_side() -> None:
    def listing() -> Iterator[Asset | Gap | Control]:
        yield Gap(target="t", path="x", code=GapCode.PERMISSION_DENIED)
        yield from files(5)
        yield Control(target="t", name="c", value=True)
        raise TargetError("UNREACHABLE", "lost")

    _, target = limited(Sample(per_folder=2))
    items = target.listing(listing())
    got = [next(items) for _ in range(4)]
    assert [type(item).__name__ for item in got] == ["Gap", "Control", "Asset", "Asset"]
    with pytest.raises(TargetError):
        next(items)
    assert target.left_out == 3


def test_the_rest_is_one_gap_and_the_run_is_limited() -> None:
    limiter, target = limited(Sample(per_folder=2))
    read = [one for one in target.listing(iter(files(5))) if isinstance(one, Asset) and target.admits(one)]
    [gap] = target.gaps()
    assert (len(read), gap.code, gap.path, gap.size) == (2, GapCode.NOT_SAMPLED, "", 30)
    assert "3 of 5" in gap.detail
    told = limiter.sum(repeatable=True)
    assert told is not None
    assert told.limited
    assert (told.listed, told.left_out, told.per_folder, told.repeatable) == (5, 3, 2, True)


def test_a_sample_that_leaves_nothing_out_is_no_gap() -> None:
    limiter, target = limited(Sample(per_folder=5))
    assert len(list(target.listing(iter(files(5))))) == 5
    assert list(target.gaps()) == []
    told = limiter.sum(repeatable=False)
    assert told is not None
    assert not told.limited


def test_no_bounds_no_word() -> None:
    limiter, target = limited(None)
    assert list(target.listing(iter(files(3)))) == files(3)
    assert limiter.sum(repeatable=True) is None
    assert list(target.gaps()) == []


def test_when_the_time_is_up_nothing_further_is_begun() -> None:
    clock = Clock()
    limiter, target = limited(None, 60, clock)
    read = []
    for number, one in enumerate(target.listing(iter(files(5)))):
        clock.now = 1000.0 + 20.0 * number
        if isinstance(one, Asset) and target.admits(one):
            read.append(one)
    [gap] = target.gaps()
    assert [one.path for one in read] == ["home/0.csv", "home/1.csv", "home/2.csv"]
    assert gap.code is GapCode.TIME_CUT_OFF_REACHED
    assert "nobody knows" in gap.detail
    assert target.unread == 2
    told = limiter.sum(repeatable=True)
    assert told is not None
    assert (told.time_up, told.listing_cut, told.limited) == (("t",), ("t",), True)


def test_time_that_ends_after_the_last_file_is_no_gap() -> None:
    clock = Clock()
    _, target = limited(None, 60, clock)
    for one in target.listing(iter(files(2))):
        assert isinstance(one, Asset)
        assert target.admits(one)
    clock.now = 1061.0
    assert list(target.gaps()) == []
    assert not target.time_up


def test_a_gap_met_when_the_time_is_up_is_not_lost() -> None:
    clock = Clock()
    _, target = limited(None, 60, clock)

    def listing() -> Iterator[Asset | Gap | Control]:
        yield asset("a")
        clock.now = 1060.0
        yield Gap(target="t", path="x", code=GapCode.PERMISSION_DENIED)
        raise AssertionError("listed on after the time was up")

    got = list(target.listing(listing()))
    assert [type(item).__name__ for item in got] == ["Asset", "Gap"]
    assert target.listing_cut


def test_with_a_sample_the_listing_has_half_the_time() -> None:
    clock = Clock()
    _, target = limited(Sample(per_folder=100), 60, clock)

    def listing() -> Iterator[Asset]:
        for one in files(10):
            yield one
            clock.now += 10.0

    chosen = [one for one in target.listing(listing()) if isinstance(one, Asset)]
    assert len(chosen) == 3
    assert clock.now == 1030.0
    assert all(target.admits(one) for one in chosen)
    assert (target.listing_cut, target.unread, target.left_out) == (True, 1, 0)


def test_targets_share_the_time_that_is_left() -> None:
    clock = Clock()
    limiter = Limiter(None, 60, KEY, clock=clock)
    first = limiter.target("first", 3)
    clock.now = 1019.0
    assert first.admits(asset("a"))
    clock.now = 1020.0
    assert not first.admits(asset("a"))
    second = limiter.target("second", 2)
    clock.now = 1039.0
    assert second.admits(asset("a"))
    clock.now = 1040.0
    assert not second.admits(asset("a"))
    clock.now = 1070.0
    assert not limiter.target("third", 1).admits(asset("a")), "what is left may be nothing, never less"


def test_waiting_for_the_vendors_window_costs_no_time() -> None:
    clock = Clock()
    limiter = Limiter(None, 60, KEY, clock=clock)
    first = limiter.target("first", 2)
    with first.paused():
        clock.now += 7200.0
    clock.now += 29.0
    assert first.admits(asset("a"))
    clock.now += 1.0
    assert not first.admits(asset("a"))
    second = limiter.target("second", 1)
    clock.now += 29.0
    assert second.admits(asset("a"))
    clock.now += 1.0
    assert not second.admits(asset("a"))
