"""What the audit asked of a vendor's machines: `journal.jsonl` in the output folder, one JSON object a line.

Commands stand in it as they were sent, each on a line of its own; requests are counted by kind, a line for each quarter
minute in which there were any. No path, name or content of the vendor's is in it: a command takes its paths from its
standard input, and only their number is written down.

A cluster's workers keep their lines and send them with their results; they stand in the audit's journal with the worker's name,
under the time at which they were written, so in no strict order.
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
_OWN: Final = frozenset({"at", "target", "did"})


class Journal:
    """Appends to a file; without one it keeps nothing, or its lines for `take`. Any thread may write. A context manager."""

    def __init__(self, path: Path | None = None, *, keep: bool = False) -> None:
        self._lock = threading.Lock()
        self._kept: list[dict[str, Any]] | None = [] if keep else None
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

    def take(self) -> list[dict[str, Any]]:
        """The lines kept since the last time, and one of what was counted."""
        with self._lock:
            self._flush()
            taken, self._kept = self._kept or [], None if self._kept is None else []
            return taken

    def add(self, lines: object, worker: str) -> None:
        """Lines that a worker took of its own. ValueError for what is none."""
        if not isinstance(lines, list) or not all(isinstance(line, dict) and line.keys() >= _OWN for line in lines):
            raise ValueError("no lines of a journal")
        with self._lock:
            for line in lines:
                self._put({**line, "worker": worker})

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
        if self._file is not None or self._kept is not None:
            at = datetime.now(UTC).isoformat(timespec="milliseconds")
            self._put({"at": at, "target": target, "did": did, **facts})

    def _put(self, line: dict[str, Any]) -> None:
        if self._kept is not None:
            self._kept.append(line)
        if self._file is not None:
            self._file.write(f"{json.dumps(line, ensure_ascii=False)}\n")
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
