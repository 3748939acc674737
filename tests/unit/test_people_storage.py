"""What `People` holds in memory and on disk, what it refuses, and the two ways from one worker to another."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from auditor.errors import InputError
from auditor.people import Column, Identifier, People

ROWS = 200_000


def keys(seed: int, rows: int = ROWS) -> npt.NDArray[np.uint64]:
    return np.random.default_rng(seed).integers(0, 1 << 64, rows, dtype=np.uint64)


def column(entity: str, strong: bool, values: npt.NDArray[np.uint64]) -> Column:
    return Column(entity=entity, strong=strong, keys=values, rows=np.arange(len(values), dtype=np.int64))


def table(people: People, asset: int, seed: int, rows: int = ROWS) -> None:
    """A CI, an RRN and a phone in every row, in batches as an extractor gives them."""
    ci, rrn, phone = keys(seed, rows), keys(seed + 1, rows), keys(seed + 2, rows)
    for low in range(0, rows, 50_000):
        part = slice(low, low + 50_000)
        people.add_rows(
            asset,
            [
                column("KR_CI", True, ci[part]),
                column("KR_RRN", True, rrn[part]),
                column("PHONE_NUMBER", False, phone[part]),
            ],
        )


def phones(people: People, asset: int, seed: int, rows: int = ROWS) -> None:
    """The phones of `table` alone."""
    people.add_rows(asset, [column("PHONE_NUMBER", False, keys(seed + 2, rows))])


def test_the_example_of_the_documentation() -> None:
    def one(entity: str, name: str) -> Identifier:
        strong = entity in ("KR_CI", "KR_RRN")
        return Identifier(entity=entity, fingerprint=f"{entity[-3:]}{name}".ljust(32).encode(), strong=strong)

    table, log = 1, 2
    people = People()
    people.add(table, [one("KR_CI", "a"), one("KR_RRN", "r"), one("PHONE_NUMBER", "p")])
    people.add(table, [one("KR_CI", "b"), one("PHONE_NUMBER", "q")])
    people.add(table, [one("KR_CI", "c"), one("PHONE_NUMBER", "q")])
    for alone in (one("KR_RRN", "r"), one("PHONE_NUMBER", "p"), one("PHONE_NUMBER", "q"), one("EMAIL_ADDRESS", "x")):
        people.add(log, [alone])
    assert people.count_by_asset() == {table: 3, log: 3}
    assert people.count() == 4
    assert not people.certain


@pytest.mark.parametrize("memory", [2 << 20, 256 << 20])
def test_the_same_counts_in_little_memory_and_in_much(memory: int) -> None:
    people = People(memory=memory)
    table(people, 1, seed=10)
    phones(people, 2, seed=10)
    table(people, 3, seed=20)
    people.add(4, [])
    assert people.count() == 2 * ROWS
    assert people.certain
    assert people.count_by_asset() == {1: ROWS, 2: ROWS, 3: ROWS, 4: 0}


def test_memory_stays_within_what_is_allowed() -> None:
    people, allowed = People(memory=16 << 20), 16 << 20
    rows = 400_000
    whole = 8 * 2 * 3 * rows  # what the facts of the table take
    tracemalloc.start()
    try:
        for n in range(3):
            table(people, n, seed=10 * n, rows=rows)
            phones(people, 9, seed=10 * n, rows=rows)
        tracemalloc.reset_peak()
        adding = tracemalloc.get_traced_memory()[1]
        assert people.count() == 3 * rows
        counting = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert 3 * whole > 3 * allowed, "it would not fit"
    assert adding < allowed + (8 << 20)
    assert counting < 1.5 * allowed + (8 << 20)


def test_a_hundred_thousand_small_files() -> None:
    people, files = People(), 100_000
    for asset in range(files):
        people.add(asset, [Identifier(entity="KR_CI", fingerprint=(asset // 2 * 2**40).to_bytes(8), strong=True)])
        people.add(
            asset, [Identifier(entity="PHONE_NUMBER", fingerprint=(2**63 + asset % 7).to_bytes(8), strong=False)]
        )
    assert people.count() == files // 2 + 7
    assert people.count_by_asset() == dict.fromkeys(range(files), 2)


def test_a_switchboard_alone_in_every_file_is_one_more_in_each() -> None:
    people, shared = People(memory=4 << 20), keys(5, 1)
    people.add_rows(0, [column("KR_CI", True, keys(1)), column("PHONE_NUMBER", False, np.repeat(shared, ROWS))])
    for asset in range(1, 2000):
        own = [column("KR_CI", True, keys(1)[asset : asset + 1])] if asset % 2 else []
        for part in (*own, column("PHONE_NUMBER", False, shared)):
            people.add_rows(asset, [part])
    assert people.count() == ROWS
    assert set(people.count_by_asset().values()) == {1, ROWS}, "whoever owns it is there, or it is one more"


def test_a_component_of_all_records_is_found_in_files() -> None:
    people, rows = People(memory=1 << 20), 30_000
    ci, rrn = keys(1, rows), keys(2, rows)
    people.add_rows(1, [column("KR_CI", True, ci), column("KR_RRN", True, rrn)])
    people.add_rows(1, [column("KR_CI", True, ci[1:]), column("KR_RRN", True, rrn[:-1])])
    assert people.count() == 1


CRASH = """
import os, sys
import numpy as np
from auditor.people import Column, People
people = People(memory=1 << 20)
rng = np.random.default_rng(1)
for _ in range(20):
    keys = rng.integers(0, 1 << 64, 50_000, dtype=np.uint64)
    people.add_rows(1, [Column(entity="KR_CI", strong=True, keys=keys, rows=np.arange(50_000))])
links = [f"/proc/self/fd/{fd}" for fd in os.listdir("/proc/self/fd")]
opened = [os.stat(link) for link in links if os.path.lexists(link) and os.readlink(link).startswith(os.environ["TMPDIR"])]
print(*(f"{stat.st_mode & 0o777:o} {stat.st_size}" for stat in opened), flush=True)
sys.stdin.read()
"""


def test_nothing_is_left_of_the_temporary_file_after_a_crash(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CRASH], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(tmp_path)}
    ) as process:  # fmt: skip
        assert process.stdout is not None
        mode, size = process.stdout.readline().split()
        assert mode == "600"
        assert int(size) > 4_000_000, "it has spilled"
        assert not list(tmp_path.iterdir()), "the file has no name"
        process.send_signal(signal.SIGKILL)
    assert not list(tmp_path.iterdir())


def test_what_was_taken_over_outlives_the_worker() -> None:
    whole, worker = People(memory=1 << 20), People(memory=1 << 20)
    table(whole, 1, seed=10, rows=100_000)
    table(worker, 1, seed=10, rows=150_000)
    table(worker, 2, seed=20, rows=100_000)
    whole.merge(worker)
    worker.close()
    del worker
    gc.collect()
    assert whole.count_by_asset() == {1: 150_000, 2: 100_000}, "the first 100,000 are the same"
    assert whole.count() == 250_000


def test_a_damaged_file_of_a_worker_is_refused(tmp_path: Path) -> None:
    people = People()
    table(people, 1, seed=1, rows=2000)
    people.save(path := tmp_path / "worker.people")
    assert People.load(path).count() == 2000
    with pytest.raises(FileExistsError):
        people.save(path)
    whole = path.read_bytes()
    for damaged in (
        b"",
        whole[:-8],
        whole + b"12345678",
        b"{}\n" + whole,
        b"[]\n",
        whole.replace(b"people 1", b"people 2", 1),
    ):
        path.write_bytes(damaged)
        with pytest.raises(InputError, match="not a whole file of people"):
            People.load(path)


def test_a_folder_without_room_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no room for the temporary file") as raised:
        table(People(memory=1 << 20, folder=tmp_path / "missing"), 1, seed=1)
    assert str(tmp_path) in str(raised.value)


@pytest.mark.parametrize(
    "change",
    [
        {"keys": np.array([1, 2], np.int64)},
        {"keys": np.array([1], np.uint64)},
        {"keys": np.array([[1], [2]], np.uint64), "rows": np.array([[0], [1]])},
        {"rows": np.array([1, 0])},
        {"rows": np.array([0.0, 1.0])},
        {"strong": False},
    ],
)
def test_a_column_that_is_not_as_described_is_refused_and_adds_nothing(change: dict[str, object]) -> None:
    people = People()
    people.add(1, [Identifier(entity="KR_CI", fingerprint=bytes(32), strong=True)])
    good = {"entity": "KR_CI", "strong": True, "keys": np.array([1, 2], np.uint64), "rows": np.array([0, 1])}
    with pytest.raises(ValueError, match=r"a column needs|must ascend|both strong and weak"):
        people.add_rows(2, [Column(**good), Column(**{**good, **change})])  # type: ignore[arg-type]
    assert people.count_by_asset() == {1: 1}


def test_only_numbers_of_identifiers_are_counted() -> None:
    people = People()
    assert (people.count(), people.certain, people.count_by_asset(), people.node(bytes(32))) == (0, True, {}, None)
    table(people, 1, seed=1, rows=10)
    fingerprint = int(keys(1, 10)[3]).to_bytes(8) + bytes(24)
    node = people.node(fingerprint)
    assert node is not None
    assert people.count_of([node], [], [node, node]) == (1, 0, 1)
    table(people, 1, seed=5, rows=10)
    assert people.node(fingerprint) == node, "the number stays"
    assert people.node(bytes(32)) is None
    with pytest.raises(ValueError, match="not the number of an identifier"):
        people.count_of([node + 1])


def test_numpy_waits_for_the_first_record() -> None:
    code = (
        "import sys; from auditor.people import People; p = People(); p.count(), p.certain, p.count_by_asset();"
        " p.add_to_asset(1, bytes(32)); p.count_by_asset(); p.close(); print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
