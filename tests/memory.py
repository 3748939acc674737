"""What tests of memory share: how much more a piece of code, or a whole command, held at its peak.

`ru_maxrss` alone will not do: Linux hands it on from the process that starts another, so a test that ran after a large one would
measure the large one, and a growth below that mark would not be seen at all.
"""

from __future__ import annotations

import hashlib
import resource
import subprocess
import tempfile
import time
import tracemalloc
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, Self

from testbed.process import descendants

_STATUS: Final = Path("/proc/self/status")


class Growth:
    """How far this process's resident memory rises within a `with`, in bytes: `grown`, known at its end."""

    grown: int

    def __enter__(self) -> Self:
        if _STATUS.exists():
            Path("/proc/self/clear_refs").write_text("5")  # the peak is what is held now
        self._before = _peak()
        return self

    def __exit__(self, *_: object) -> None:
        self.grown = _peak() - self._before


def _peak(pid: int | None = None) -> int:
    """Bytes that a process, this one if none is named, held at most; outside Linux what another holds now. 0 of one that has ended."""
    if _STATUS.exists():
        with suppress(OSError):
            lines = Path(f"/proc/{pid or 'self'}/status").read_text().splitlines()
            return next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM")), 0)
        return 0
    if pid is None:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return int(said or 0) << 10


def streamed(stream: BinaryIO) -> tuple[bytes, int]:
    """SHA-256 of what a stream gives, read by the MiB, and the bytes that Python's own objects took meanwhile at most."""
    digest = hashlib.sha256()
    tracemalloc.start()
    try:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
        return digest.digest(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def peak_of(command: Sequence[str], root: Path) -> tuple[int, str, int]:
    """Exit code, everything said, and the peak in bytes of the largest process of a command run in `root`: the audit itself, or a
    worker that it forked from another. Their parent does not wait for them all, so the kernel's sum over children has none of it.
    """
    with tempfile.TemporaryFile("w+") as said:
        peaks: dict[int, int] = {}
        with subprocess.Popen([*command], cwd=root, stdout=said, stderr=subprocess.STDOUT, text=True) as process:
            try:
                while process.poll() is None:
                    for pid in descendants({process.pid}):
                        peaks[pid] = max(peaks.get(pid, 0), _peak(pid))
                    time.sleep(0.1)
            finally:
                process.kill()
        said.seek(0)
        text = said.read()
        assert peaks, text
        return process.returncode, text, max(peaks.values())
