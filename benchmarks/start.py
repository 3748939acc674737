"""What a start costs, in CPU seconds: `python -m benchmarks.start`. Medians of ten runs; the first, which compiles, is not counted.

Python's own start is the first row, as it tells how fast the machine is just now; the last column says how many of it a row is.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.table_files import KINDS
from benchmarks.table_rows import chunks

RUNS: Final = 10
FINDINGS: Final = 1
"""The gate's exit code where it found something."""
LEAN: Final = "from auditor.detectors.lean import import_presidio; import_presidio()"
ROOT: Final = Path(__file__).parents[1]


def cpu_seconds(command: list[str], environment: dict[str, str]) -> float:
    """User and system time of one process and those it waits for. CalledProcessError if it fails; findings are no failure."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=False, capture_output=True, cwd=ROOT, env=environment)
    if done.returncode not in (0, FINDINGS):
        done.check_returncode()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print a table."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "empty").mkdir()
        (place / "clean").mkdir()
        (place / "clean/notes.txt").write_text("nothing to see here\n", encoding="utf-8")
        (place / "table").mkdir()
        KINDS["csv"].write(place / "table/customers.csv", chunks("korean", 1_000))
        # Installers write bytecode beside the modules; a checkout may forbid it.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(place / "bytecode"), "PYTHONPATH": str(ROOT)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        auditor = [sys.executable, "-m", "auditor"]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "import presidio_analyzer": [sys.executable, "-c", "import presidio_analyzer"],
            "the same as a worker does": [sys.executable, "-c", LEAN],
            "auditor --help": [*auditor, "--help"],
            "auditor gate, an empty folder": [*auditor, "gate", str(place / "empty")],
            "auditor gate, one clean text file": [*auditor, "gate", str(place / "clean")],
            "auditor gate, 1,000 customers, with reports": [
                *auditor,
                "gate",
                str(place / "table"),
                "--output",
                str(place / "reports"),
            ],
        }
        print(f"| start, CPU s, median of {RUNS} | | times Python's own |\n|---|--:|--:|")
        own = 0.0
        for name, command in commands.items():
            cpu_seconds(command, environment)
            taken = statistics.median(cpu_seconds(command, environment) for _ in range(RUNS))
            own = own or taken
            print(f"| {name} | {taken:.3f} | {taken / own:.1f} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
