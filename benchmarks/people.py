"""Distinct people of large tables: CPU seconds and peak memory, each size in a process of its own.

``python -m benchmarks.people [--rows 1,4,16] [--memory 256]``, rows in millions. Made-up keys, as `Column`s of 65,536 rows:
what a table's fast path hands over. The tables: a CI and a phone in each row; that and 1 % of the phones alone in a second file;
a CI, an RRN, a phone and an e-mail address; a phone and an e-mail address alone; 100,000 small files.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Final

BATCH: Final = 1 << 16
TABLES: Final = ("strong+weak", "strong+weak, alone too", "2 strong + 2 weak", "2 weak", "100,000 files")


def run(table: str, rows: int, memory: int) -> None:
    """Count one table, check the counts, print a line of figures."""
    import numpy as np
    import numpy.typing as npt

    from auditor.people import Column, People

    def keys(entity: int, numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
        """SplitMix64's finaliser: numbers that lie as evenly as fingerprints do, each once."""
        x = numbers * np.uint64(8) + np.uint64(entity)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return x ^ (x >> np.uint64(31))

    ci, rrn, phone, mail = (
        ("KR_CI", True, 1),
        ("KR_RRN", True, 2),
        ("PHONE_NUMBER", False, 3),
        ("EMAIL_ADDRESS", False, 4),
    )

    def columns(low: int, high: int, *entities: tuple[str, bool, int]) -> list[Column]:
        numbers = np.arange(low, high, dtype=np.uint64)
        at = np.arange(high - low, dtype=np.int64)
        return [Column(entity=name, strong=strong, keys=keys(n, numbers), rows=at) for name, strong, n in entities]

    def batches(size: int = BATCH) -> Iterator[tuple[int, int]]:
        return ((low, min(low + size, rows)) for low in range(0, rows, size))

    people = People(memory=memory)
    expected, adding = rows, 0.0

    def give(asset: int, made: list[Column]) -> None:
        nonlocal adding
        before = time.process_time()
        people.add_rows(asset, made)
        adding += time.process_time() - before

    match table:
        case "strong+weak":
            for low, high in batches():
                give(1, columns(low, high, ci, phone))
        case "strong+weak, alone too":
            for low, high in batches():
                give(1, columns(low, high, ci, phone))
            for low, high in batches():
                if low < rows // 100:
                    give(2, columns(low, min(high, rows // 100), phone))
        case "2 strong + 2 weak":
            for low, high in batches():
                give(1, columns(low, high, ci, rrn, phone, mail))
        case "2 weak":
            for low, high in batches():
                give(1, columns(low, high, phone, mail))
        case _:
            for asset, (low, high) in enumerate(batches(-(-rows // 100_000))):
                give(asset, columns(low, high, ci, phone))
    before = time.process_time()
    assert people.count() == expected, people.count()
    by_asset = people.count_by_asset()
    counting = time.process_time() - before
    assert sum(by_asset.values()) == expected + (rows // 100 if table.endswith("too") else 0)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    total = adding + counting
    print(
        f"{table:<24}{rows / 1e6:>6.0f}M{adding:>9.2f}{counting:>9.2f}{total:>9.2f}{total / rows * 1e9:>8.0f}{peak:>8}",
        flush=True,
    )


def main(arguments: list[str] | None = None) -> int:
    """Each table and size in a process of its own, so that its peak memory is its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", default="1,4,16", help="millions, comma separated")
    parser.add_argument("--memory", type=int, default=256, help="MB that People may hold (256)")
    parser.add_argument("--table", choices=TABLES, help="one only")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    tables = (options.table,) if options.table else TABLES
    sizes = [int(float(size) * 1_000_000) for size in options.rows.split(",")]
    if options.here:
        run(tables[0], sizes[0], options.memory << 20)
        return 0
    print(f"{'table':<24}{'rows':>7}{'add':>9}{'count':>9}{'CPU s':>9}{'ns/row':>8}{'MB':>8}", flush=True)
    for table in tables:
        for size in sizes:
            command = [
                sys.executable,
                "-m",
                "benchmarks.people",
                "--here",
                "--table",
                table,
                "--rows",
                str(size / 1_000_000),
            ]
            subprocess.run([*command, "--memory", str(options.memory)], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
