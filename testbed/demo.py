"""What ``make demo`` runs: real servers with a made-up vendor's leftovers, one audit of them, and the proof that it
changed nothing. ``python -m testbed.demo [--people N] [--output DIR] [--keep]``.

Exit codes: 0 the audit ran and found what there is to find; 2 bad arguments, sshd or the auditor missing;
otherwise what failed, passed on (never 0).
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from auditor.store.sqlite import FORMAT
from testbed import engagement, incident, packages, snapshot
from testbed.people import DEFAULT_COUNT, people
from testbed.process import ServerError, running
from testbed.s3 import S3Server, stable_folder
from testbed.sshd import Sshd

BUCKET = "nft-assets"
#: The audit's exit codes that are right here: findings, or findings and something that could not be examined.
EXPECTED = (1, 3)


class Steps:
    """Prints what happens, plainly: a numbered line a step, indented lines below it with the seconds they took."""

    def __init__(self, total: int) -> None:
        self.total, self.number, self.began = total, 0, time.monotonic()

    def step(self, text: str) -> None:
        """Begin the next step."""
        self.number, self.began = self.number + 1, time.monotonic()
        print(f"\n[{self.number}/{self.total}] {text}", flush=True)

    def say(self, text: str) -> None:
        """One line below the step, with the seconds since it began."""
        print(f"      {text}  ({time.monotonic() - self.began:.1f} s)", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the command line, run the demo, stop everything, return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m testbed.demo", description="Audit a made-up vendor on real servers."
    )
    parser.add_argument("--people", type=int, default=DEFAULT_COUNT, help="how many people to seed (%(default)s)")
    parser.add_argument("--output", type=Path, default=Path("demo-output"), help="where the reports go (%(default)s)")
    parser.add_argument("--keep", action="store_true", help="leave the servers running after the audit, until Ctrl-C")
    options = parser.parse_args(arguments)
    if options.people < incident.SMALLEST:
        parser.error(f"--people: at least {incident.SMALLEST}, so that every place holds somebody of its own")
    if (code := packages.ensure()) != 0:
        return code
    if importlib.util.find_spec("auditor") is None:
        print("The auditor is not installed in this Python: run `make dev` first.", file=sys.stderr)
        return 2
    folder = stable_folder("auditor-demo")
    pids: set[int] = set()
    try:
        with ExitStack() as servers:
            code = run(servers, folder, options.output, options.people, pids=pids, keep=options.keep)
    except ServerError as error:
        print(f"\nA server of the demo failed: {error}", file=sys.stderr)
        code = 70
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        code = 130
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    left = running(pids)
    if left:
        print(f"Still running, which must not be: {sorted(left)}", file=sys.stderr)
        return code or 70
    print("All servers are stopped, their data is removed.")
    return code


def forget_older_store(output: Path) -> None:
    """Let a demo begin anew where one of another version left its history: it is made-up data, and would be refused."""
    store = output / "audit.sqlite"
    if store.is_file():
        with closing(sqlite3.connect(store)) as held:
            format = held.execute("PRAGMA user_version").fetchone()[0]
        if format != FORMAT:
            for file in output.glob("audit.sqlite*"):
                file.unlink()


def run(servers: ExitStack, folder: Path, output: Path, count: int, *, pids: set[int], keep: bool) -> int:
    """Start, seed, audit, compare. ``servers`` stops what was started; ``pids`` collects it, for the check afterwards."""
    steps = Steps(6)
    steps.step("Starting the vendor's servers on 127.0.0.1")
    ssh = servers.enter_context(Sshd(folder=folder / "ssh"))
    steps.say(f"sshd on port {ssh.port}: account {ssh.user!r}, SFTP only, read-only enforced by the server")
    s3 = servers.enter_context(S3Server(folder=folder / "s3"))
    steps.say(f"{s3.name}, on port {s3.port}: the auditor's key may list and get, nothing else")

    steps.step("Leaving a developer's files there")
    home = folder / "home"
    customers = people(count)
    truth = incident.seed_home(home / "minsu", customers, reader=ssh.user)
    truth = truth.merge(incident.seed_bucket(s3.client(), BUCKET, customers))
    steps.say(
        f"{truth.people:,} made-up people in {len(truth.places)} places, beside {len(truth.clean)} harmless files"
    )

    steps.step("Writing the engagement: what was agreed, where to look")
    output.mkdir(parents=True, exist_ok=True)
    forget_older_store(output)
    file = engagement.write(
        output / "engagement.yaml",
        ssh=ssh,
        home=home,
        s3=s3,
        bucket=BUCKET,
        credentials=s3.auditor.write(folder / "auditor.credentials"),
        key_file=engagement.write_key(output / "fingerprint.key"),
        subjects=count,
    )
    before = snapshot.tree(home), snapshot.bucket(s3.client(), BUCKET)
    pids |= ssh.children.pids() | s3.pids()
    steps.say(f"{file}; noted every file and object ({len(before[0])} and {len(before[1])}) to compare afterwards")

    command = [sys.executable, "-m", "auditor", "audit", str(file), "--output", str(output)]
    steps.step(f"$ auditor {' '.join(command[3:])}")
    began = time.time()
    code = audit(command)
    pids |= ssh.children.pids()
    steps.say(f"the audit ended with exit code {code}")

    steps.step("Checking that the audit only read")
    changes = [
        *snapshot.difference(before[0], snapshot.tree(home)),
        *snapshot.difference(before[1], snapshot.bucket(s3.client(), BUCKET)),
    ]
    for change in changes:
        print(f"      {change}", file=sys.stderr)
    steps.say(f"CHANGED: {len(changes)} files or objects" if changes else "read-only: nothing changed")

    steps.step("Reports")
    reports = [path for path in sorted(output.rglob("*.*")) if path.suffix in (".html", ".json", ".sarif")]
    reports = [path for path in reports if path.stat().st_mtime >= began - 1]
    for path in reports:
        print(f"      {path}")
    if keep:
        print("\nThe servers keep running (--keep). Ctrl-C stops them.", flush=True)
        signal.pause()
    return verdict(code, changed=bool(changes), reported=any(path.suffix == ".html" for path in reports))


def verdict(code: int, *, changed: bool, reported: bool) -> int:
    """The demo's exit code for the audit's: findings are the expected outcome here, a clean run is a failure."""
    if changed:
        return 70
    if code == 0:
        print("The audit called this vendor clean, which is wrong.", file=sys.stderr)
        return 70
    if code not in EXPECTED:
        return code
    if not reported:  # e.g. an exit code 1 that is a traceback's
        print("The audit wrote no HTML report.", file=sys.stderr)
        return 70
    return 0


def audit(command: Sequence[str]) -> int:
    """Run the audit with this terminal as its own; its exit code. Never leaves it running."""
    process = subprocess.Popen(command)
    try:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the terminal told the audit as well: let it save its state
            process.wait(timeout=30)
            raise
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
