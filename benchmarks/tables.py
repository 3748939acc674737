"""Long tables from end to end: `auditor gate` on a Thai and a Korean customer file, beside reading the file alone.

    python -m benchmarks.tables --rows 1000000                      # every table in every format: some 1.3 GB, one after the other
    python -m benchmarks.tables --rows 55000000 --only thai         # the 55 million rows of issue 4: 8 GB
    python -m benchmarks.tables --rows 200000 --only korean jsonl   # one table in one format

CPU seconds of all processes, start-up included; the peak is the largest process's. So that the start does not blur what a row costs,
a quarter of the rows is measured too: *a further row* is the difference. The number of people and of values must be the generator's
own; where it is not, the table says by how many.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.table_files import KINDS, FileKind
from benchmarks.table_rows import MADE, chunks, planted

_SET_CHILD_SUBREAPER: Final = 36
_CASES: Final = (("thai", "csv"), *(("korean", kind) for kind in KINDS))
_HEADER: Final = (
    "table", "format", "rows", "MB", "CPU s", "rows a CPU s", "reader alone", "of it", "a further row, µs", "the reader's, µs",
    "of it", "peak MB", "people", "values",
)  # fmt: skip
_WORDS: Final = frozenset({"table", "format", "reader alone", "people", "values"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run on one file: CPU s of the audit and of the peer, bytes, the largest process's KiB, and what was found."""

    seconds: float
    reading: float
    size: int
    peak: int
    people: int
    found: dict[str, int]


def gate(folder: Path) -> tuple[dict[str, int], int, float, int]:
    """(values by entity, people, CPU s, peak KiB) of `auditor gate`."""
    out = folder.parent / f"{folder.name}-output"
    command = [sys.executable, "-m", "auditor", "gate", str(folder), "--output", str(out), "--quiet"]
    adopt()
    subprocess.Popen(command, stdout=subprocess.DEVNULL)
    seconds, peak = 0.0, 0
    with suppress(ChildProcessError):  # it, and workers whose end it did not wait for
        while True:
            _, _, used = os.wait4(-1, 0)
            seconds += used.ru_utime + used.ru_stime
            peak = max(peak, used.ru_maxrss)
    summary = json.loads((out / "report.json").read_text("utf-8"))["summary"]
    found = {entity["entity"]: entity["matches"] for entity in summary["entities"]}
    return found, summary["people"], seconds, peak


def adopt() -> None:
    """Let processes that lose their parent become this one's children, so that their seconds count too (Linux: prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def measured(table: str, kind: FileKind, rows: int) -> Measured:
    """A file of so many rows, read alone and audited."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / table
        folder.mkdir()
        path = folder / kind.file
        kind.write(path, chunks(table, rows))
        size = path.stat().st_size
        start = time.process_time()
        kind.read(path)
        reading = time.process_time() - start
        found, people, seconds, peak = gate(folder)
    return Measured(seconds=seconds, reading=reading, size=size, peak=peak, people=people, found=found)


def line(table: str, name: str, rows: int) -> str:
    """One line of the report: `rows` rows, and a quarter of them."""
    kind = KINDS[name]
    few = measured(table, kind, rows // 4)
    all_of_it = measured(table, kind, rows)
    further = (all_of_it.seconds - few.seconds) / (rows - rows // 4) * 1e6
    readers = (all_of_it.reading - few.reading) / (rows - rows // 4) * 1e6
    off = {
        entity: all_of_it.found.get(entity, 0) - count
        for entity, count in planted(table, rows).items()
        if all_of_it.found.get(entity, 0) != count
    }
    cells = (
        table, name, f"{rows:,}", f"{all_of_it.size / 1e6:,.0f}", f"{all_of_it.seconds:.1f}", f"{rows / all_of_it.seconds:,.0f}",
        f"{all_of_it.reading:.2f} s, {kind.peer}", f"{all_of_it.seconds / all_of_it.reading:.1f}", f"{further:.1f}",
        f"{readers:.1f}", f"{further / readers:.1f}", f"{all_of_it.peak / 1024:.0f}",
        "right" if all_of_it.people == rows else f"WRONG: {all_of_it.people:,}",
        "right" + "".join(f", but {entity} {count:+,}" for entity, count in sorted(off.items())),
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def report(rows: int, table: str, formats: list[str]) -> Iterator[str]:
    """The report's lines, each when it has been measured."""
    yield f"| {' | '.join(_HEADER)} |"
    yield f"|{'|'.join('---' if name in _WORDS else '--:' for name in _HEADER)}|"
    for made, name in _CASES:
        if table in ("", made) and (not formats or name in formats):
            yield line(made, name, rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", choices=tuple(MADE), default="", help="one table")
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=f"some of {', '.join(KINDS)} (default: all)")
    arguments = parser.parse_args()
    for text in report(arguments.rows, arguments.only, arguments.formats):
        print(text, flush=True)


if __name__ == "__main__":
    main()
