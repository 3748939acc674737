"""Many small files: `auditor gate` on 20,000 and 200,000 files of some 300 bytes: `python -m benchmarks.small_files`.

CPU seconds and peak are those of the audit and all its workers together, start-up included. Half of the files are .csv, .json and .log of a few
lines, the others source code, settings and prose; one in a hundred holds a phone number. The number of values must be the generator's own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = 500
WORDS: Final = "order basket render cache queue login token page image price stock retry worker batch".split()  # noqa: SIM905


def content(number: int) -> tuple[str, str]:
    """A file's name and text."""
    words = [WORDS[(number * 7 + at * 5) % len(WORDS)] for at in range(12)]
    phone = f"010-{2000 + number % 7000:04}-{number * 37 % 10000:04}" if number % 100 == 0 else ""
    match number % 6:
        case 0:
            rows = "".join(f"{number + at},{words[at]},{at * 7}.5,{phone if at == 1 else ''}\n" for at in range(8))
            return "csv", f"no,item,price,phone\n{rows}"
        case 1:
            return "json", json.dumps(
                {"id": number, "items": [{"name": word, "count": at} for at, word in enumerate(words[:6])]}, indent=1
            )
        case 2:
            return "log", "".join(
                f"2026-03-0{at % 9 + 1} 10:00:0{at} INFO {word} done {phone}\n" for at, word in enumerate(words[:7])
            )
        case 3:
            body = "".join(f"    {word} = load({at})\n" for at, word in enumerate(words[:9]))
            return "py", f"def run_{number}(context):\n{body}    return {words[0]}\n"
        case 4:
            return "conf", "".join(f"{word}.limit = {number % 97 + at}\n" for at, word in enumerate(words))
        case _:
            return "txt", "\n".join(" ".join(words[at : at + 6]) for at in range(6)) + f"\n{phone}\n"


def write(folder: Path, files: int) -> int:
    """Write them; how many hold a number."""
    held = 0
    for number in range(files):
        place = folder / f"d{number // FOLDER:04}"
        if number % FOLDER == 0:
            place.mkdir()
        kind, text = content(number)
        held += "010-" in text
        (place / f"f{number:06}.{kind}").write_text(text, encoding="utf-8")
    return held


def measure(folder: Path, output: Path, workers: int) -> tuple[float, float, dict[str, float], dict[str, int]]:
    """CPU seconds, seconds on the clock, the report's coverage, and the peak MB of the audit and of its largest worker."""
    code = "import sys, runpy; sys.argv = ['auditor', *sys.argv[1:]]; runpy.run_module('auditor', run_name='__main__', alter_sys=True)"
    command = [
        sys.executable,
        "-c",
        code,
        "gate",
        str(folder),
        "--output",
        str(output),
        "--workers",
        str(workers),
        "--quiet",
    ]
    began = time.monotonic()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    peaks: dict[str, int] = {}
    ticks: dict[int, int] = {}
    while process.poll() is None:
        for pid in _family(process.pid):
            try:
                status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
                peak = int(status["VmHWM"].split()[0]) // 1024
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except (OSError, KeyError, ValueError):
                continue
            name = "audit" if pid == process.pid else "worker"
            peaks[name] = max(peaks.get(name, 0), peak)
            ticks[pid] = int(fields[11]) + int(fields[12])
        time.sleep(0.2)
    seconds = time.monotonic() - began
    report = json.loads((output / "report.json").read_text("utf-8"))
    coverage = {name: sum(each[name] for each in report["coverage"]) for name in ("examined", "bytes", "gaps")}
    return sum(ticks.values()) / os.sysconf("SC_CLK_TCK"), seconds, coverage, peaks


def _family(root: int) -> list[int]:
    """The process and all below it."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError, IndexError):
                continue
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def main() -> int:
    """Print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.small_files")
    parser.add_argument("--files", default="20000,200000", help="how many, in turn (default: 20000,200000)")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print("| files | CPU s | files a CPU s | s | peak MB, audit | peak MB, largest worker |\n|--:|--:|--:|--:|--:|--:|")
    each: list[float] = []
    for files in map(int, options.files.split(",")):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "delivery"
            folder.mkdir()
            write(folder, files)
            cpu, seconds, coverage, peaks = measure(folder, Path(place) / "out", options.workers)
        if coverage["examined"] != files or coverage["gaps"]:
            sys.stderr.write(f"examined {coverage['examined']} of {files}, {coverage['gaps']} gaps\n")
            return 1
        each.append(cpu / files)
        print(
            f"| {files:,} | {cpu:.1f} | {files / cpu:,.0f} | {seconds:.1f} | {peaks['audit']} | {peaks['worker']} |",
            flush=True,
        )
    if len(each) > 1:
        print(f"\nA file costs {each[-1] / each[0]:.2f} times as much where there are more of them.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
