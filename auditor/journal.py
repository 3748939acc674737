"""What the audit asked of a vendor's machines: `journal.jsonl` in the output folder, one JSON object a line.

Commands stand in it as they were sent, each on a line of its own; requests are counted by kind, a line for each quarter
minute in which there were any. No path, name or content of the vendor's is in it: a command takes its paths from its
standard input, and only their number is written down.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from auditor.pace import Pace

EVERY: Final = 15.0
"""Seconds between two lines that count requests."""
NAME: Final = "journal.jsonl"


class Journal:
    """Appends to a file; without one it keeps nothing. Any thread may write. Use it as a context manager."""

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, Counter[str]] = {}
        self._bytes: Counter[str] = Counter()
        self._next = time.monotonic() + EVERY
        self._file = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a", encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, target: str, did: str, **facts: Any) -> None:
        """One line. `did` is what was done: connected, command, requests, waited …; `facts` are JSON values."""
        with self._lock:
            self._flush()
            self._line(target, did, facts)

    def count(self, target: str, request: str, number: int) -> None:
        """So many requests of a kind."""
        with self._lock:
            self._counts.setdefault(target, Counter())[request] += number
            if time.monotonic() >= self._next:
                self._flush()

    def took(self, target: str, size: int) -> None:
        """So many bytes arrived."""
        with self._lock:
            self._bytes[target] += size

    def close(self) -> None:
        """Write down what was counted, and let go of the file."""
        with self._lock:
            self._flush()
            if self._file is not None:
                self._file.close()
                self._file = None

    def _flush(self) -> None:
        for target in sorted(self._counts.keys() | self._bytes.keys()):
            counts = dict(sorted(self._counts.get(target, Counter()).items()))
            self._line(target, "requests", {"requests": counts, "bytes": self._bytes[target]})
        self._counts.clear()
        self._bytes.clear()
        self._next = time.monotonic() + EVERY

    def _line(self, target: str, did: str, facts: dict[str, Any]) -> None:
        if self._file is not None:
            at = datetime.now(UTC).isoformat(timespec="milliseconds")
            line = json.dumps({"at": at, "target": target, "did": did, **facts}, ensure_ascii=False)
            self._file.write(f"{line}\n")
            self._file.flush()


class Conduct:
    """How one target is asked: at a pace, and with every question in the journal."""

    def __init__(self, target: str, pace: Pace | None = None, journal: Journal | None = None) -> None:
        self.pace = pace or Pace()
        self._target = target
        self._journal = journal or Journal()

    def ask(self, request: str, number: int = 1) -> None:
        """Before requests of a kind are sent. TargetError outside the window."""
        self.pace.ask(number)
        self._journal.count(self._target, request, number)

    def took(self, size: int) -> None:
        """After bytes arrived. TargetError outside the window."""
        self._journal.took(self._target, size)
        self.pace.took(size)

    def command(self, command: str, **facts: Any) -> None:
        """Before a command is run at the target. TargetError outside the window."""
        self.pace.ask()
        self._journal.write(self._target, "command", command=command, **facts)

    def note(self, did: str, **facts: Any) -> None:
        """Something else that was done."""
        self._journal.write(self._target, did, **facts)
