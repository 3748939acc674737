"""What tests of memory share: how much more a piece of code, or a whole command, held at its peak.

`ru_maxrss` alone will not do: Linux hands it on from the process that starts another, so a test that ran after a large one would
measure the large one, and a growth below that mark would not be seen at all.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Self

_STATUS: Final = Path("/proc/self/status")
_LAUNCH: Final = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
sys.stdout.buffer.write(done.stdout)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""


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


def _peak() -> int:
    if _STATUS.exists():
        return next(int(line.split()[1]) << 10 for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def peak_of(command: Sequence[str], root: Path) -> tuple[int, str, int]:
    """Exit code, everything said, and the peak in bytes of the largest process of a command run in `root`."""
    done = subprocess.run(
        [sys.executable, "-c", _LAUNCH, *command], cwd=root, stdout=subprocess.PIPE, text=True, check=True
    )
    said, _, last = done.stdout.rstrip("\n").rpartition("\n")
    code, peak = last.split()
    return int(code), said, int(peak)
