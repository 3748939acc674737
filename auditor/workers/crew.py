"""The pool's workers as the audit sees them, and what waits for each."""

from __future__ import annotations

import socket
import subprocess
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from auditor.ledger import Event
from auditor.model.noun import noun
from auditor.workers import wire
from auditor.workers.division import Division
from auditor.workers.feed import Feeder, Order
from auditor.workers.replay import Writer


@noun(kw_only=False)
class Task:
    """An asset, or a part of one that is in a `division`, which writes it down then and knows who is to be told."""

    order: Order
    done: Callable[[int], None]
    division: Division | None = None

    @property
    def number(self) -> int:
        """The part's."""
        return self.order.part.number if self.order.part is not None else 0

    @property
    def size(self) -> int:
        """Bytes to read, as declared."""
        size, part = self.order.asset.size or 0, self.order.part
        return size if part is None else (size if part.end is None else part.end) - part.start


@dataclass(slots=True)
class Hand:
    """One worker as the audit sees it. `waiting` are its tasks in order, the first being examined."""

    number: int
    process: int
    events: socket.socket
    feeder: Feeder
    replay: Writer
    zygote: subprocess.Popen[bytes]
    reader: wire.EventReader = field(default_factory=wire.EventReader)
    waiting: deque[Task] = field(default_factory=deque)
    done: int = 0
    used: int = -1
    idle_since: float = 0.0
    overdue: bool = False

    def load(self) -> int:
        """Bytes that wait, as declared."""
        return sum(task.size for task in self.waiting)

    def begins(self) -> None:
        """The first of its tasks begins."""
        if self.waiting and self.waiting[0].division is None:
            self.replay.asset_begins(self.waiting[0].order.index)

    def apply(self, event: Event) -> None:
        """What it says of the first of its tasks. KeyError, TypeError or ValueError for what no honest worker sends."""
        task = self.waiting[0] if self.waiting else None
        if task is None or task.division is None:
            self.replay.apply(event)
        else:
            task.division.apply(task.number, event)

    def processor_time(self) -> int | None:
        """Ticks of processor time (proc(5): utime and stime); None where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.process}/stat").read_bytes().rpartition(b")")[2].split()
            return int(fields[11]) + int(fields[12])
        except (OSError, IndexError, ValueError):
            return None
