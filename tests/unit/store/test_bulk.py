"""Values of long tables: counted exactly in bounded memory, found again, and told together with the values with a row each."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import tracemalloc
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import InputError
from auditor.lookup import match_line
from auditor.model.asset import Asset
from auditor.model.match import Match, Place
from auditor.model.rule import Protection
from auditor.store import blocks, bulk
from auditor.store.keys import Keys, keys_of, merged, rechunked, sort_in_place
from auditor.store.sqlite import Store

REPO = Path(__file__).parents[3]


def value(number: int) -> bytes:
    """A fingerprint whose key is `number`."""
    return number.to_bytes(8) + b"tail" * 2


def match(number: int, *, entity: str = "KR_CI", candidate: bool = False, line: int = 1, protection: Protection = "clear") -> Match:  # fmt: skip
    return Match(
        entity=entity, fingerprint=value(number), mask="AB…", score=0.9, place=Place(line=line, column="ci"),
        record=("", line), why=("field name ci",), candidate=candidate, protection=protection,
    )  # fmt: skip


def keys(*numbers: int) -> Keys:
    return np.array(numbers, dtype=np.uint64)


class Kept:
    """A store in memory or in a folder, with one run."""

    def __init__(self, folder: Path | None = None, *, each: int = bulk.EACH, together: int = bulk.TOGETHER) -> None:
        self.store = Store(folder / "audit.sqlite" if folder else None)
        self.store._budget = bulk.Budget(each, together)
        self.run = self.store.begin(
            engagement="e", profile="p", started=datetime(2026, 6, 15, tzinfo=UTC), key_id="k", tool_version="0",
            ruleset_digest="d",
        )  # fmt: skip

    def asset(self, path: str = "a.csv") -> int:
        return self.store.add_asset(self.run, Asset(target="t", path=path))

    def tallies(self) -> dict[tuple[str, str], tuple[int, int]]:
        return {
            (seen.path, tally.entity): (tally.matches, tally.distinct)
            for seen in self.store.observations(self.run, {})
            for tally in seen.tallies
        }

    def held(self) -> list[list[int]]:
        """All keys of each head."""
        return [
            [int(key) for chunk in self.store.bulk_keys(head) for key in chunk]
            for head in self.store.bulk_heads(self.run)
        ]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits so low that a few values are many."""
    monkeypatch.setattr(bulk, "_LEAST", 8)
    monkeypatch.setattr(blocks, "BLOCK_KEYS", 16)


BATCHES = st.lists(
    st.lists(st.one_of(st.integers(0, 40), st.integers(0, 2**64 - 1)), max_size=80), min_size=1, max_size=12
)


@settings(deadline=None)
@given(BATCHES, st.sampled_from([64, 128, 512, 1 << 20]), st.booleans())
def test_counts_and_keys_are_exact_whatever_the_memory(batches: list[list[int]], each: int, in_between: bool) -> None:
    before = bulk._LEAST, blocks.BLOCK_KEYS
    bulk._LEAST, blocks.BLOCK_KEYS = 8, 16
    try:
        kept = Kept(each=each)
        asset = kept.asset()
        for batch in batches:
            kept.store.bulk(asset, "KR_CI").add(keys(*batch), match(1))
            if in_between:  # closing and adding more later is the same
                kept.store.close_bulk()
        told = [number for batch in batches for number in batch]
        assert kept.tallies() == ({("a.csv", "KR_CI"): (len(told), len(set(told)))} if told else {})
        assert kept.held() == ([sorted(set(told))] if told else [])
    finally:
        bulk._LEAST, blocks.BLOCK_KEYS = before


@given(st.lists(st.lists(st.integers(0, 300), max_size=200), max_size=6), st.integers(1, 50), st.integers(1, 60))
def test_sets_are_merged(sets: list[list[int]], step: int, size: int) -> None:
    ordered = [keys(*sorted(set(one))) for one in sets]
    chunks = list(merged(iter([one[at : at + step] for at in range(0, len(one), step)]) for one in ordered))
    wanted = sorted({number for one in sets for number in one})
    assert [int(key) for chunk in chunks for key in chunk] == wanted
    cut = list(rechunked(chunks, size))
    assert [int(key) for chunk in cut for key in chunk] == wanted
    assert all(len(chunk) == size for chunk in cut[:-1])


def test_sorting_in_place_over_several_steps() -> None:
    numbers = np.random.default_rng(5).integers(0, 150_000, 400_000).astype(np.uint64)
    wanted = np.unique(numbers)
    assert np.array_equal(numbers[: sort_in_place(numbers)], wanted)


def test_keys_are_the_first_eight_bytes_big_endian() -> None:
    made = np.frombuffer(bytes(range(32)), dtype=np.uint8).reshape(2, 16)
    assert keys_of(made).tolist() == [0x0001020304050607, 0x1011121314151617]
    assert keys_of(made[:, ::1][1:]).tolist() == [0x1011121314151617]


def test_blocks_are_sorted_and_do_not_overlap(small: None) -> None:
    kept = Kept()
    numbers = np.random.default_rng(1).integers(0, 2**63, 1000).astype(np.uint64)
    kept.store.bulk(kept.asset(), "KR_CI").add(numbers, match(1))
    kept.store.close_bulk()
    rows = kept.store._db.execute("SELECT first, last, number, keys FROM bulk ORDER BY first").fetchall()
    assert len(rows) == 63
    assert all(first <= last and len(data) == 8 * number for first, last, number, data in rows)
    assert all(before[1] < after[0] for before, after in pairwise(rows))
    assert b"".join(row[3] for row in rows) == np.unique(numbers).astype(">u8").tobytes()


def test_a_value_is_found_in_each_asset_and_no_other_is(small: None) -> None:
    kept = Kept()
    for path, numbers in (("a.csv", range(0, 3000, 3)), ("b.csv", range(0, 3000, 5))):
        kept.store.bulk(kept.asset(path), "KR_CI").add(keys(*numbers), match(7, line=4))
    for number in (0, 1, 3, 5, 14, 15, 1500, 2997, 2999, 3000, 2**64 - 1):
        found = kept.store.find(kept.run, "KR_CI", value(number))
        assert [place.path for place in found] == ["a.csv"] * (number in range(0, 3000, 3)) + ["b.csv"] * (
            number in range(0, 3000, 5)
        )
        by_key = kept.store.find(kept.run, "KR_CI", value(number)[:8])
        assert by_key == [replace(place, fingerprint=value(number)[:8]) for place in found]
    (one,) = kept.store.find(kept.run, "KR_CI", value(3))
    assert (one.count, one.line, one.mask) == (None, None, "")
    assert one.place == "among 1,000 values, the first at line 4, field ci"
    assert kept.store.find(kept.run, "KR_DI", value(3)) == []
    assert kept.store.find(kept.run + 1, "KR_CI", value(3)) == []


def test_which_of_many_are_among_them(small: None) -> None:
    kept = Kept()
    kept.store.bulk(kept.asset(), "KR_CI").add(keys(*range(10, 2000, 2)), match(1))
    (head,) = kept.store.bulk_heads(kept.run)
    asked = [1999, 10, 9, 11, 0, 1998, 2**64 - 1, 500, 501, 10]
    assert kept.store.in_bulk(head, [value(n) for n in asked]).tolist() == [n in range(10, 2000, 2) for n in asked]
    assert kept.store.in_bulk(head, []).tolist() == []


def test_a_value_with_a_row_of_its_own_is_counted_once() -> None:
    kept = Kept()
    asset = kept.asset()
    kept.store.add_matches(asset, [(match(n, line=9), 2) for n in (1, 2, 3)] + [(match(4, candidate=True), 1)])
    kept.store.bulk(asset, "KR_CI").add(keys(3, 3, 4, 5), match(3, line=5))
    kept.store.bulk(asset, "PHONE_NUMBER").add(keys(1, 2), match(1, entity="PHONE_NUMBER"))
    other = kept.asset("b.csv")
    kept.store.add_matches(other, [(match(8), 1)])
    assert kept.tallies() == {
        ("a.csv", "KR_CI"): (10, 5),  # 1 2 3 4 5: the candidate is certain in bulk
        ("a.csv", "PHONE_NUMBER"): (2, 2),
        ("b.csv", "KR_CI"): (1, 1),
    }
    (first, _) = kept.store.observations(kept.run, {"KR_CI": "linking_identifier"})
    assert (first.tallies[0].line, first.tallies[0].sensitivity) == (5, "linking_identifier")  # the first place of all
    (three,) = kept.store.find(kept.run, "KR_CI", value(3))
    assert (three.count, three.line) == (None, 9)
    (one,) = kept.store.find(kept.run, "KR_CI", value(1))
    assert one.count == 2


def test_a_candidate_among_bulk_values_is_confirmed() -> None:
    kept = Kept()
    kept.store.bulk(kept.asset("table.csv"), "KR_CI").add(keys(1, 2, 3), match(1))
    bare = kept.asset("bare.txt")
    kept.store.add_matches(bare, [(match(2, candidate=True), 1), (match(9, candidate=True), 1)])
    kept.store.add_matches(bare, [(match(3, entity="KR_DI", candidate=True), 1)])
    assert kept.store.promote(kept.run) == [(bare, value(2))]
    assert kept.tallies()["bare.txt", "KR_CI"] == (1, 1)
    assert ("bare.txt", "KR_DI") not in kept.tallies()


def test_bulk_values_are_one_line_of_matches_after_their_assets_rows() -> None:
    kept = Kept()
    first, second, third = (kept.asset(path) for path in ("a.csv", "b.csv", "c.csv"))
    kept.store.bulk(second, "KR_CI").add(keys(1, 2, 2), match(1))
    kept.store.add_matches(first, [(match(1), 1)])
    kept.store.add_matches(third, [(match(1), 1)])
    kept.store.bulk(first, "KR_CI").add(keys(5), match(5))
    told = [(m.path, m.fingerprint, m.count, m.distinct) for m in kept.store.matches(kept.run)]
    assert told == [
        ("a.csv", value(1), 1, 1), ("a.csv", None, 1, 1), ("b.csv", None, 3, 2), ("c.csv", value(1), 1, 1),
    ]  # fmt: skip
    lines = [match_line(m) for m in kept.store.matches(kept.run)]
    assert '"fingerprint": null, "count": 3, "distinct": 2, "mask": "AB…"' in lines[2]
    assert f'"fingerprint": "{value(1).hex()}", "count": 1, "distinct": 1' in lines[0]


@pytest.mark.parametrize("wrong", [match(1, candidate=True), match(1, protection="hashed"), match(1, entity="KR_DI")])
def test_only_certain_values_in_clear_are_bulk(wrong: Match) -> None:
    kept = Kept()
    with pytest.raises(ValueError, match="KR_CI in clear"):
        kept.store.bulk(kept.asset(), "KR_CI").add(keys(1), wrong)


def test_nothing_is_lost_by_adding_after_the_end() -> None:
    kept = Kept()
    values = kept.store.bulk(kept.asset(), "KR_CI")
    values.add(keys(1), match(1))
    kept.store.close_bulk()
    with pytest.raises(ValueError, match="closed"):
        values.add(keys(2), match(2))
    values.close()
    assert kept.held() == [[1]]


def test_all_together_stay_within_their_budget(small: None) -> None:
    kept = Kept(each=8 * 512, together=8 * 1024)
    budget = kept.store._budget
    assert budget is not None
    chance = np.random.default_rng(2)
    assets = [kept.asset(f"{n}.csv") for n in range(7)]
    truth: dict[int, Counter[int]] = {asset: Counter() for asset in assets}
    for _ in range(200):
        asset = assets[int(chance.integers(7))]
        numbers = chance.integers(0, 5000, 100).astype(np.uint64)
        truth[asset].update(numbers.tolist())
        kept.store.bulk(asset, "KR_CI").add(numbers, match(1))
        assert sum(values._buffer.nbytes for values in kept.store._bulk.values()) <= 8 * 1024
        assert max(values._buffer.nbytes for values in kept.store._bulk.values()) <= 8 * 512
    assert all(values._runs for values in kept.store._bulk.values())
    counts = {path: count for (path, _), count in kept.tallies().items()}
    assert counts == {f"{n}.csv": (truth[a].total(), len(truth[a])) for n, a in enumerate(assets)}


def test_memory_does_not_grow_with_the_values() -> None:
    peaks = []
    chance = np.random.default_rng(3)
    for number in (1_000_000, 3_000_000):
        kept = Kept(each=1 << 20)
        values = kept.store.bulk(kept.asset(), "KR_CI")
        kept.store._blocks()  # imported before measuring
        tracemalloc.start()
        for _ in range(number // 50_000):
            values.add(chance.integers(0, 2**64, 50_000, dtype=np.uint64), match(1))
        for _ in values.sorted():
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 4 << 20
    assert peaks[1] < peaks[0] + (1 << 20)


def test_the_temporary_file_is_private_and_has_no_name(small: None, tmp_path: Path) -> None:
    kept = Kept(tmp_path, each=64)
    values = kept.store.bulk(kept.asset(), "KR_CI")
    values.add(keys(*range(5000)), match(1))
    assert values._file is not None
    status = os.fstat(values._file.fileno())
    assert (stat.S_IMODE(status.st_mode), status.st_nlink, status.st_dev) == (0o600, 0, tmp_path.stat().st_dev)
    assert status.st_size >= 8 * 4000
    assert not [path for path in tmp_path.iterdir() if not path.name.startswith("audit.sqlite")]
    kept.store.close()
    assert values._file is None


def test_nothing_is_left_of_a_killed_process(tmp_path: Path) -> None:
    script = f"""
import os, signal, sys
sys.path[:0] = ["tests/unit/store"]
from pathlib import Path
from test_bulk import *
kept = Kept(Path({str(tmp_path)!r}), each=1 << 16)
values = kept.store.bulk(kept.asset(), "KR_CI")
values.add(np.arange(100_000, dtype=np.uint64), match(1))
assert values._file is not None
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=REPO, check=False)
    assert done.returncode == -signal.SIGKILL
    assert {path.name.removeprefix("audit.sqlite") for path in tmp_path.iterdir()} <= {"", "-wal", "-shm", ".lock"}
    with Store(tmp_path / "audit.sqlite") as store:
        assert store.bulk_heads(1) == []


def test_a_folder_that_is_full_is_said(tmp_path: Path) -> None:
    values = bulk.BulkValues(1, "KR_CI", bulk.Budget(each=1), tmp_path / "none", lambda _: None)
    with pytest.raises(InputError, match=r"(?s)none: no temporary file .*make room on this disk"):
        values.add(np.arange(100_000, dtype=np.uint64), match(1))


def test_a_failure_while_closing_keeps_what_was_closed_before(small: None) -> None:
    kept = Kept(each=64)
    asset = kept.asset()
    kept.store.bulk(asset, "KR_CI").add(keys(*range(100)), match(1))
    kept.store.close_bulk()
    values = kept.store.bulk(asset, "KR_CI")
    values.add(keys(*range(50, 5000)), match(1))
    assert values._file is not None
    values._file.close()  # the disk is gone
    with pytest.raises(ValueError, match="closed file"):
        kept.store.close_bulk()
    kept.store._bulk.clear()
    assert kept.tallies() == {("a.csv", "KR_CI"): (100, 100)}


def test_a_reader_of_the_file_finds_them(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.store.bulk(kept.asset(), "KR_CI").add(keys(1, 2, 3), match(1))
    kept.store.close_bulk()
    kept.store.close()
    with Store(tmp_path / "audit.sqlite", read_only=True) as store:
        assert [place.path for place in store.find(1, "KR_CI", value(2))] == ["a.csv"]
        assert store.find(1, "KR_CI", value(4)) == []


def test_a_store_of_the_first_format_is_refused(tmp_path: Path) -> None:
    """Its fingerprints were made in another way: nothing of it could be compared with."""
    with sqlite3.connect(tmp_path / "audit.sqlite") as db:
        db.execute("CREATE TABLE run (id INTEGER)")
        db.execute("PRAGMA user_version = 1")
    for read_only in (False, True):
        with pytest.raises(InputError, match=r"(?s)older version .*format 1; this one reads 3.*another --output"):
            Store(tmp_path / "audit.sqlite", read_only=read_only)
