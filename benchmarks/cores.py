"""More processes, less time: `auditor audit` of one long file and of many short ones, with 1, 2, … processes, and on a local cluster.

    python -m benchmarks.cores --rows 600000              # 90 MB of customers in one file, and 40 files of 1,000
    python -m benchmarks.cores --cluster                  # dask's scheduler and workers on this machine too

Efficiency: wall seconds with one process ÷ (wall seconds × processes). CPU seconds are those of all processes: on a machine that others use
too they say more than the wall does. The audit's own process lists, reads, and writes down what is found, beside the workers: its CPU seconds are
what more processes cannot shorten.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from benchmarks.table_files import KINDS
from benchmarks.table_rows import chunks
from benchmarks.tables import adopt

FILES: Final = 40
FEW: Final = 1_000
"""Rows of each of the many files: values of short tables are kept one by one, which costs ten times as much a row."""


def engagement(folder: Path) -> Path:
    """An engagement whose only target is a folder."""
    path = folder.with_suffix(".yaml")
    path.write_text(
        "engagement: cores\nentrusting: {name: Example Bank, country: KR}\nvendor: {name: Example Labs, country: TH}\n"
        f"contract: {{ends: 2025-03-31}}\ntargets:\n  - {{name: files, local: {{paths: [{folder}]}}}}\n"
    )
    return path


def audited(path: Path, *options: str) -> tuple[float, float, float, int, int]:
    """(wall s, CPU s of all processes, of these the audit's own, MB that the largest process held, people) of an audit."""
    out = path.with_name(f"out-{time.monotonic_ns()}")
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "auditor", "audit", str(path), "--output", str(out), "--quiet", *options]
    adopt()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    stat, own = Path(f"/proc/{process.pid}/stat"), 0.0
    while process.poll() is None:
        with suppress(OSError, IndexError):  # proc(5): utime and stime
            own = sum(map(int, stat.read_bytes().rpartition(b")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")
        time.sleep(0.05)
    wall = time.monotonic() - began
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if not (out / "report.json").exists():
        raise SystemExit("the audit wrote no report")
    people = json.loads((out / "report.json").read_text("utf-8"))["summary"]["people"]
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, own, after.ru_maxrss >> 10, people


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """A scheduler and workers on this machine; the scheduler's address."""
    where = folder / f"scheduler-{workers}.json"
    environment = {**os.environ, "DASK_LOGGING__DISTRIBUTED": "error"}

    def start(*command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *command, "--no-dashboard"], env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    processes = [start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(where))]
    try:
        address = ""
        while not address:
            time.sleep(0.1)
            with suppress(OSError, ValueError):
                address = json.loads(where.read_text())["address"]
        worker = ("worker", address, "--no-nanny", "--nthreads", "1", "--host", "127.0.0.1")
        processes += [start(*worker) for _ in range(workers)]
        time.sleep(5)
        yield address
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=600_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--cluster", action="store_true")
    arguments = parser.parse_args()
    most = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    counts = [count for count in (1, 2, 4, 8, 16, 32, 64) if count <= max(most, 2)]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        shapes = {"one file": folder / "one", "many files": folder / "many"}
        for made in shapes.values():
            made.mkdir()
        KINDS["csv"].write(shapes["one file"] / "customers.csv", chunks("thai", arguments.rows))
        header, *lines = (shapes["one file"] / "customers.csv").read_bytes().splitlines(keepends=True)
        for number in range(FILES):
            (shapes["many files"] / f"{number:03}.csv").write_bytes(
                header + b"".join(lines[number * FEW : (number + 1) * FEW])
            )
        del lines
        print("| what | processes | wall s | CPU s | of it the audit's own | peak MB | MB/s | efficiency | people |")
        print("|---|--:|--:|--:|--:|--:|--:|--:|---|")
        for what, place in shapes.items():
            size = sum(path.stat().st_size for path in place.iterdir()) / 1e6
            alone = 0.0
            file = engagement(place)
            for kind in ("processes", "cluster") if arguments.cluster else ("processes",):
                for count in counts:
                    runs = []
                    for _ in range(arguments.rounds):
                        if kind == "processes":
                            runs.append(audited(file, "--workers", str(count)))
                        else:
                            with cluster(folder, count) as address:
                                runs.append(audited(file, "--executor", address))
                    wall, cpu, own, peak, people = min(runs)
                    alone = wall if count == 1 else alone
                    expected = arguments.rows if place == shapes["one file"] else min(arguments.rows, FILES * FEW)
                    right = "right" if people == expected else f"WRONG: {people:,}"
                    label = f"{what}, cluster" if kind == "cluster" else what
                    used = "–" if kind == "cluster" else f"{cpu:.1f}"
                    print(
                        f"| {label} | {count} | {wall:.1f} | {used} | {own:.1f} | {peak} | {size / wall:.1f} | {alone / (wall * count):.2f} | {right} |",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
