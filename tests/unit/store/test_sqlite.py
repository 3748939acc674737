"""What a run keeps, and that two audits do not write into one store at once."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.errors import InputError
from auditor.model.asset import Asset, Gap, GapCode
from auditor.model.match import Match, Place
from auditor.store.sqlite import FORMAT, Store

NOW = datetime(2026, 6, 15, tzinfo=UTC)


def begin(store: Store, engagement: str = "e") -> int:
    return store.begin(
        engagement=engagement, profile="p", started=NOW, key_id="k", tool_version="0", ruleset_digest="d"
    )


def match(value: int, *, entity: str = "KR_CI", candidate: bool = False, line: int = 1) -> Match:
    return Match(
        entity=entity, fingerprint=value.to_bytes(16), mask="AB…", score=0.9, place=Place(line=line, column="ci"),
        record=("", line), why=("field name ci",), candidate=candidate,
    )  # fmt: skip


def test_the_file_is_private_and_one_file(tmp_path: Path) -> None:
    path = tmp_path / "out" / "audit.sqlite"
    with Store(path) as store:
        begin(store)
        store.checkpoint()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {p.name for p in path.parent.iterdir()} == {"audit.sqlite", "audit.sqlite.lock"}


def test_a_second_writer_is_refused_and_a_reader_is_not(tmp_path: Path) -> None:
    path = tmp_path / "audit.sqlite"
    with Store(path) as store:
        begin(store)
        with pytest.raises(InputError, match="another audit is writing"):
            Store(path)
        with Store(path, read_only=True) as reader:
            assert [run.id for run in reader.runs()] == [1]
    with Store(path) as again:
        assert begin(again) == 2


def test_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "audit.sqlite"
    path.write_bytes(b"no database " * 100)
    with pytest.raises(InputError, match="not an audit store"):
        Store(path)
    with pytest.raises(InputError, match="no such store"):
        Store(tmp_path / "none", read_only=True)


@pytest.mark.parametrize(("format", "age"), [(FORMAT - 1, "an older"), (FORMAT + 1, "a newer")])
def test_a_store_of_another_version_is_refused_by_its_age(tmp_path: Path, format: int, age: str) -> None:
    path = tmp_path / "audit.sqlite"
    with closing(sqlite3.connect(path)) as made:
        made.execute(f"PRAGMA user_version = {format}")
    for read_only in (False, True):
        with pytest.raises(InputError, match=f"(?s)written by {age} version .*move the file away"):
            Store(path, read_only=read_only)


def test_an_output_folder_that_cannot_be_made_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot be made"):
        Store(tmp_path / "file" / "audit.sqlite")


def test_counts_of_one_value_add_up_over_flushes() -> None:
    with Store(None) as store:
        run = begin(store)
        asset = store.add_asset(run, Asset(target="t", path="a.csv"))
        store.add_matches(asset, [(match(1, line=7), 3), (match(2, line=2), 1)])
        store.add_matches(asset, [(match(1, line=9), 2)])
        (observation,) = store.observations(run, {"KR_CI": "linking_identifier"})
        (tally,) = observation.tallies
        assert (tally.matches, tally.distinct, tally.line) == (6, 2, 2)
        assert [(m.count, m.line) for m in store.matches(run)] == [(5, 7), (1, 2)]


def test_candidates_count_only_once_confirmed_elsewhere_in_the_same_run() -> None:
    with Store(None) as store:
        old = begin(store)
        store.add_matches(store.add_asset(old, Asset(target="t", path="old.csv")), [(match(5), 1)])
        run = begin(store)
        named = store.add_asset(run, Asset(target="t", path="named.csv"))
        bare = store.add_asset(run, Asset(target="t", path="bare.txt"))
        store.add_matches(named, [(match(1), 1)])
        store.add_matches(
            bare, [(match(1, candidate=True), 1), (match(2, candidate=True), 1), (match(5, candidate=True), 1)]
        )
        assert [o.path for o in store.observations(run, {})] == ["named.csv"]
        (possible,) = store.possible(run, {"KR_CI": "linking_identifier"})
        assert (possible.path, possible.tallies[0].distinct) == ("bare.txt", 3)
        assert store.promote(run) == [(bare, (1).to_bytes(16))]
        (possible,) = store.possible(run, {"KR_CI": "linking_identifier"})
        assert (possible.path, possible.tallies[0].distinct) == ("bare.txt", 2)
        assert list(store.possible(run, {"PERSON": "profile"})) == []
        assert [(o.path, o.tallies[0].distinct) for o in store.observations(run, {})] == [
            ("named.csv", 1),
            ("bare.txt", 1),
        ]
        assert len(store.find(run, "KR_CI", (1).to_bytes(16))) == 2
        assert store.find(run, "KR_CI", (2).to_bytes(16)) == []


def test_gaps_come_back_as_they_were() -> None:
    with Store(None) as store:
        run = begin(store)
        gap = Gap(target="t", path="x.pdf", code=GapCode.UNSUPPORTED_FILE_TYPE, detail="PDF", size=5, version="v1")
        store.add_gap(run, gap)
        assert list(store.gaps(run)) == [gap]


def test_only_a_finished_run_is_compared_with() -> None:
    with Store(None) as store:
        first = begin(store)
        assert store.findings_before(first, "e", "p") is None
        second = begin(store)
        assert store.findings_before(second, "e", "p") is None  # the first was killed
        store.finish(second, finished=NOW, interrupted=False, people=0)
        third = begin(store)
        assert store.findings_before(third, "e", "p") == {}
        assert store.findings_before(third, "another engagement", "p") is None


def test_values_are_found_by_an_index_from_the_first_run_s_end_on_and_before(tmp_path: Path) -> None:
    def indexed(store: Store) -> bool:
        return store._db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'match_of_value'").fetchone()[0] == 1

    with Store(tmp_path / "audit.sqlite") as store:
        for number, empty in enumerate((True, False, False, False)):
            run = begin(store)
            assert indexed(store) == (
                number > 1
            )  # a later run adds to it: whoever asks about the one before does not wait
            if empty:
                store.promote(run)
                continue
            row = store.add_asset(run, Asset(target="t", path="/x"))
            store.add_matches(row, [(match(value, line=value), 1) for value in range(1, 4)])
            found = store.find(run, "KR_CI", (2).to_bytes(16))
            assert [place.line for place in found] == [2]
            store.promote(run)
            assert indexed(store)
            assert store.find(run, "KR_CI", (2).to_bytes(16)) == found


@pytest.mark.parametrize("folder", ["out", None])
def test_an_index_is_sorted_beside_the_store_or_in_memory(folder: str | None, tmp_path: Path) -> None:
    place = tmp_path / folder if folder else None
    seen: set[str] = set()
    with Store(place / "audit.sqlite" if place else None) as store:
        row = store.add_asset(run := begin(store), Asset(target="t", path="/x"))
        store.add_matches(row, [(match(value * 2**64, line=value), 1) for value in range(60_000)])
        store._db.set_progress_handler(lambda: seen.update(_temporary()), 2_000)
        store.promote(run)
    assert bool(seen) == (place is not None)
    assert all(path.startswith(f"{place}/") for path in seen)


def _temporary() -> set[str]:
    """SQLite's files without a name that this process has open."""
    found = set()
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            found.add(str(entry.readlink()))
    return {path for path in found if "etilqs" in path}
