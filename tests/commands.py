"""The `auditor` command in tests: as a process of its own, or inside this one, which imports, loads and compiles only once."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

from auditor.cli import main

REPO = Path(__file__).parents[1]


def run(*words: str | Path, cwd: Path | None = None, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """What a user's shell gets: its own process, its own start."""
    command = [sys.executable, "-m", "auditor", *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    return subprocess.run(command, input=input, capture_output=True, cwd=cwd, env=environment, check=False)


def run_here(*words: str | Path, cwd: Path | None = None, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The same answer from the same entry point, without a start: for tests of what a command does, not of how it starts."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    arguments = [*map(str, words)]
    with (
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(input), encoding="utf-8")),
        contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), contextlib.chdir(cwd or Path.cwd()),
    ):  # fmt: skip
        try:
            code = main(arguments)
        except SystemExit as error:  # argparse: --help, or words it does not know
            code = error.code if isinstance(error.code, int) else 1
    printed, said = (stream.buffer.getvalue() for stream in (out, err))  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(arguments, code, printed, said)


def text(done: subprocess.CompletedProcess[bytes]) -> subprocess.CompletedProcess[str]:
    """With what it printed as text."""
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
