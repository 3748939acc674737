"""What an audit writes down of how far it has come, and what another one makes of it."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from auditor import ledger, resume
from auditor.errors import InputError
from auditor.extractors.limits import Limits
from auditor.model.asset import Control, Gap, GapCode
from auditor.model.engagement import Contract, Engagement, Party
from auditor.model.rule import Level, Profile, Ruleset, Sample
from auditor.model.text import Bilingual
from auditor.workers.recorded import Recorded
from auditor.workers.trail import NAME, At, Done, Earlier, Said, Trail

ABOUT = {"key": "k"}
DONE = Done(gaps=0, read=3, size=3)


class Nowhere:
    """A writer that keeps nothing."""

    def asset_begins(self, index: int) -> None:
        pass

    def apply(self, event: ledger.Event) -> None:
        pass

    def asset_ends(self) -> None:
        pass


def begun(folder: Path) -> Trail:
    trail = Trail(folder / NAME, ABOUT)
    trail.begin()
    return trail


def gap(code: GapCode = GapCode.PERMISSION_DENIED, path: str = "x") -> Gap:
    return Gap(target="t", path=path, code=code)


def at(token: str | None, target: str = "t") -> At:
    return At(target=target, token=token)


def told(folder: Path) -> tuple[int, At | None, list[tuple[int, Said]]]:
    earlier = Earlier(folder / NAME)
    copy = Trail(folder / "copy", earlier.about)
    found = list(earlier.said(copy))
    copy.close()
    return earlier.count, earlier.at, found


def test_an_asset_that_is_not_done_holds_the_position_back(tmp_path: Path) -> None:
    trail = begun(tmp_path)
    trail.done(0, DONE)
    trail.at(1, at("one"))
    trail.said(Control(target="t", name="late", value=True))
    trail.done(2, DONE)
    trail.at(3, at("three"))
    trail.close()
    assert told(tmp_path) == (1, at("one"), [(0, DONE), (1, at("one"))])


def test_what_comes_in_after_a_position_was_passed_still_counts_for_it(tmp_path: Path) -> None:
    """Assets are done out of order, and after the listing has gone on; what the listing said after it is left out."""
    trail = begun(tmp_path)
    trail.said(gap())
    trail.events(1, [ledger.Met(1)])
    trail.done(1, DONE)
    trail.at(2, at("two"))
    trail.said(gap(path="behind"))
    trail.events(2, [ledger.Met(2)])
    trail.done(0, DONE)
    trail.close()
    count, where, found = told(tmp_path)
    assert (count, where) == (2, at("two"))
    assert found == [(0, gap()), (1, [ledger.Met(1)]), (1, DONE), (2, at("two")), (0, DONE)]


@pytest.mark.parametrize("cut", [1, 5, 14, 30])
def test_a_record_that_a_kill_cut_off_is_the_end(tmp_path: Path, cut: int) -> None:
    trail = begun(tmp_path)
    trail.done(0, DONE)
    trail.at(1, at(None))
    trail.done(1, DONE)
    trail.at(2, at("two", "u"))
    trail.close()
    path = tmp_path / NAME
    os.truncate(path, path.stat().st_size - cut)
    assert told(tmp_path)[:2] == (1, at(None))


@pytest.mark.parametrize("code", [GapCode.INTERRUPTED, GapCode.OUTSIDE_HOURS])
def test_what_was_broken_off_for_want_of_time_is_not_done(tmp_path: Path, code: GapCode) -> None:
    trail = begun(tmp_path)
    writer = Recorded(Nowhere(), trail, lambda gap: gap)
    writer.asset_begins(0)
    writer.apply(ledger.Missed(gap(code)))
    writer.asset_ends()
    trail.done(0, DONE)
    trail.at(1, at("one"))
    trail.close()
    assert told(tmp_path)[:2] == (0, None)


def test_a_full_disk_ends_the_trail_and_not_the_audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trail = begun(tmp_path)
    trail.done(0, DONE)
    trail.at(1, at("one"))
    assert trail._file
    trail._file.close()
    trail._file = open("/dev/full", "wb")  # noqa: PTH123, SIM115 - Linux's own
    trail.done(1, DONE)
    trail.at(2, at("two"))
    assert trail.complete, "all has been read: the trail alone was cut short"
    trail.close()
    assert told(tmp_path)[:2] == (1, at("one"))


def test_names_are_masked_before_they_are_written(tmp_path: Path) -> None:
    trail = begun(tmp_path)
    writer = Recorded(Nowhere(), trail, lambda gap: replace(gap, path="***"))
    writer.asset_begins(0)
    writer.apply(ledger.Missed(gap(path="secret-name")))
    writer.asset_ends()
    trail.close()
    data = (tmp_path / NAME).read_bytes()
    assert b"secret-name" not in data
    assert b"***" in data
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0


def test_after_a_stop_nothing_is_written(tmp_path: Path) -> None:
    trail = begun(tmp_path)
    trail.stop()
    trail.at(0, at("never"))
    trail.close()
    assert not trail.complete
    assert told(tmp_path)[:2] == (0, None)


def test_what_an_earlier_run_left_stays_until_it_is_copied(tmp_path: Path) -> None:
    begun(tmp_path).close()
    before = (tmp_path / NAME).read_bytes()
    Trail(tmp_path / NAME, {"key": "another"}).close()  # killed before `begin`
    assert (tmp_path / NAME).read_bytes() == before


NOW = datetime(2026, 11, 22, tzinfo=UTC)


def begin(path: Path, **changed: Any) -> tuple[Trail | None, Earlier | None, datetime]:
    engagement = Engagement(
        id="e", entrusting=Party(name="a"), vendor=Party(name="b"), contract=Contract(), targets=(), digest="d"
    )
    asked: dict[str, Any] = {
        "resume": False, "engagement": engagement, "ruleset": Ruleset(recognizers=(), policies=(), profiles=(), digest="r"),
        "profile": Profile(id="p", title=Bilingual(en="p", ko="p"), policies=(), fail_on=Level.HIGH), "only": frozenset({"t"}), "limits": Limits(),
        "key": b"k" * 32, "key_kept": True, "passwords": (), "register": "", "executor": None, "time_budget": None, "now": NOW,
    }  # fmt: skip
    return resume.begin(path, **{**asked, **changed})


def test_a_resumed_audit_began_when_the_first_one_did(tmp_path: Path) -> None:
    first, _, _ = begin(tmp_path / NAME)
    assert first
    first.begin()
    first.close()
    later = NOW + timedelta(days=2)
    again, earlier, started = begin(tmp_path / NAME, resume=True, now=later)
    assert (earlier is not None, started) == (True, NOW)
    assert again
    again.close()
    for changed, cause in (
        ({"only": frozenset({"u"})}, "other targets"),
        ({"key": b"x" * 32}, "another key"),
        ({"limits": Limits(members=3)}, "other limits"),
        ({"register": "5a17"}, "another register"),
        ({"passwords": ("one more",)}, "other passwords"),
        ({"now": NOW + timedelta(days=8)}, "more than 7 days"),
        ({"key_kept": False}, "without a key_file"),
        ({"time_budget": 3.0}, "time budget"),
        (
            {
                "profile": Profile(
                    id="p",
                    title=Bilingual(en="p", ko="p"),
                    policies=(),
                    fail_on=Level.HIGH,
                    sample=Sample(per_target=1),
                )
            },
            "samples",
        ),
    ):
        with pytest.raises(InputError, match=cause) as error:
            begin(tmp_path / NAME, **{"resume": True, "now": later, **changed})
        assert "--resume" in error.value.problems[0].cure
    (tmp_path / NAME).write_bytes(b"junk")
    with pytest.raises(InputError, match="damaged"):
        begin(tmp_path / NAME, resume=True)
    (tmp_path / NAME).unlink()
    with pytest.raises(InputError, match="no audit of this folder was stopped"):
        begin(tmp_path / NAME, resume=True)


def test_an_event_that_cannot_be_written_ends_no_audit(tmp_path: Path) -> None:
    recorded = Recorded(Nowhere(), begun(tmp_path), lambda gap: gap)
    recorded.asset_begins(0)
    recorded.apply(object.__new__(ledger.Done))
    recorded.asset_ends()
    recorded.asset_ends()
