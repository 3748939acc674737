"""Child processes that never outlive this one: start, wait until ready, stop with all descendants.

Three nets, because a forgotten server is worse than a failed test: ``Children.stop()`` (the context managers call it),
``atexit`` plus SIGTERM/SIGHUP turned into ``SystemExit`` (so that finally blocks run), and on Linux a parent-death
signal set by ``setpriv`` (for the day this process is killed with SIGKILL).
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self
from weakref import WeakSet

_live: WeakSet[Children] = WeakSet()
_claimed: set[int] = set()
_TAKEN = re.compile(r"already in use|address in use|EADDRINUSE|could not bind|unable to bind", re.I)
ATTEMPTS = 3


class ServerError(RuntimeError):
    """A server could not be started or talked to; the message carries the tail of its log."""


def free_port() -> int:
    """A TCP port nobody listens on at 127.0.0.1, different at each call in this process.

    Another process may still take it before the server does: `Server.begin` then starts again with a new one.
    """
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        if port not in _claimed:
            _claimed.add(port)
            return port


def last_lines(text: str) -> list[str]:
    """The last 15 lines that are not blank."""
    return [line for line in text.splitlines() if line.strip()][-15:]


def tail(log: Path, pick: Callable[[str], list[str]] = last_lines) -> str:
    """What ``pick`` chooses from the end of a log, indented for an error message; says so if there is nothing."""
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, log.stat().st_size - 256 * 1024))
            text = stream.read().decode("utf-8", "replace")
    except OSError:
        text = ""
    return f"{log}:\n" + "\n".join(f"    {line[:300]}" for line in pick(text) or ["(empty)"])


def wait_until(ready: Callable[[], bool], *, seconds: float, what: str, log: Path, alive: Callable[[], bool]) -> None:
    """Poll ``ready`` every 50 ms; ServerError after ``seconds`` or as soon as ``alive`` says the server is gone."""
    deadline = time.monotonic() + seconds
    while not ready():
        if not alive():
            raise ServerError(f"{what} ended while starting\n  {tail(log)}")
        if time.monotonic() > deadline:
            raise ServerError(f"{what} was not ready after {seconds:.0f} s\n  {tail(log)}")
        time.sleep(0.05)


def logged(log: Path, text: str) -> bool:
    """Whether a log holds a text. A port that answers may be a stranger's; a server's own log is not."""
    return log.exists() and text in log.read_text("utf-8", "replace")


def settle(log: Path, seconds: float) -> None:
    """Until a log has not grown for so long: servers write a line a moment after they answered."""
    size = -1
    while size != (size := log.stat().st_size):
        time.sleep(seconds)


def listening(port: int) -> bool:
    """Whether something accepts connections at 127.0.0.1:port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


@dataclass(eq=False)
class Children:
    """The processes of one server; ``stop()`` may be called any number of times and in any state."""

    grace: float = 5.0  # seconds between SIGTERM and SIGKILL
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    owner: int = field(default_factory=os.getpid)

    def __post_init__(self) -> None:
        _live.add(self)
        _install_handlers()

    def start(
        self, name: str, command: Sequence[str], *, log: Path, env: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start one process with its output appended to ``log``; ServerError if it cannot be executed."""
        prefix: list[str] = []
        # The kernel sends the signal when the *thread* that forked ends, so only the main thread may ask for it.
        if sys.platform == "linux" and threading.current_thread() is threading.main_thread():
            setpriv = shutil.which("setpriv")
            prefix = [setpriv, "--pdeathsig", "KILL", "--"] if setpriv else []
        try:
            with log.open("ab") as output:
                process = subprocess.Popen(
                    [*prefix, *command],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    env=env,
                    start_new_session=True,  # a Ctrl-C in the terminal must not reach the servers before the audit
                )
        except OSError as error:
            raise ServerError(f"cannot start {name}: {error}") from error
        self.processes[name] = process
        return process

    def alive(self, name: str) -> bool:
        """Whether the process of that name was started and still runs."""
        process = self.processes.get(name)
        return process is not None and process.poll() is None

    def pids(self) -> set[int]:
        """Process ids of everything that still runs: the started processes and all their descendants."""
        return descendants({p.pid for p in self.processes.values() if p.poll() is None})

    def stop(self) -> None:
        """SIGTERM to all, SIGKILL to what is left after ``grace`` seconds; returns when everything is gone."""
        if os.getpid() != self.owner:  # a forked worker inherits this object, and must not end its parent's servers
            return
        everyone = {pid: _started(pid) for pid in self.pids()}
        for process in reversed(self.processes.values()):  # dependants first: S3 gateway, then storage, then monitor
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + self.grace
        for process in self.processes.values():
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for (
            pid,
            started,
        ) in everyone.items():  # e.g. sshd's session processes, which live in sessions of their own
            if started is not None and _started(pid) == started:
                _kill(pid)
        self.processes.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class Service(ABC):
    """Something to start and stop: ``with S3Server(folder=…) as server: …``."""

    @abstractmethod
    def start(self) -> Self:
        """Start it and wait until it can be used; ServerError with the end of the log otherwise."""

    @abstractmethod
    def stop(self) -> None:
        """End every process; may be called at any time."""

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


@dataclass(kw_only=True, eq=False)
class Server(Service):
    """A server on loopback, whose state lies under one folder. ``port`` 0 takes a free one, which it is then."""

    folder: Path
    port: int = 0
    children: Children = field(default_factory=Children)

    def __post_init__(self) -> None:
        self.folder = Path(self.folder).resolve()

    @property
    @abstractmethod
    def log(self) -> Path:
        """What the server writes while it runs."""

    @property
    def logs(self) -> Iterable[Path]:
        """Where it is said that a port is taken."""
        return [self.log]

    def stop(self) -> None:
        """End the server and what it started; may be called at any time."""
        self.children.stop()

    def begin(self, once: Callable[[], None]) -> None:
        """Do `once`, which starts the server on `port` and waits for it; nothing of it is left where it fails.

        A free port is chosen before it is bound, so somebody may take it in between: then again with another one.
        """
        fixed = self.port
        for attempt in range(1, ATTEMPTS + 1):
            self.port = fixed or free_port()
            self.log.unlink(missing_ok=True)
            try:
                once()
            except BaseException as error:
                self.stop()
                again = isinstance(error, ServerError) and not fixed and attempt < ATTEMPTS and self._port_was_taken()
                self.port = fixed
                if not again:
                    raise
            else:
                return

    def _port_was_taken(self) -> bool:
        return any(_TAKEN.search(log.read_text("utf-8", "replace")) for log in self.logs if log.exists())

    def wait_for(self, name: str, text: str, *, seconds: float = 60) -> None:
        """Until the log holds a text; ServerError once the process of that name is gone, or after ``seconds``."""
        wait_until(
            lambda: logged(self.log, text), seconds=seconds, what=name, log=self.log,
            alive=lambda: self.children.alive(name),
        )  # fmt: skip


def descendants(roots: set[int]) -> set[int]:
    """The given process ids and all processes below them, from one look at the process table."""
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=False).stdout
    below: dict[int, list[int]] = {}
    for line in listing.splitlines():
        child, parent = line.split()
        below.setdefault(int(parent), []).append(int(child))
    found: set[int] = set()
    todo = list(roots)
    while todo:
        pid = todo.pop()
        if pid not in found:
            found.add(pid)
            todo.extend(below.get(pid, []))
    return found


def running(pids: set[int]) -> set[int]:
    """Those of the process ids that still run; a zombie that only waits for its parent does not."""
    return {pid for pid in pids if _started(pid) is not None}


def _started(pid: int) -> str | None:
    """When a process started, as text to compare; None if there is none or it is a zombie. Guards against reused ids."""
    done = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, started = done.stdout.strip().partition(" ")
    return None if not state or state.startswith("Z") else started.strip()


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _stop_all() -> None:
    for children in list(_live):
        children.stop()


def _terminate(number: int, _frame: FrameType | None) -> None:
    # A second signal during the clean-up must not cut it short.
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


def _install_handlers() -> None:
    """Once, in the main thread: turn SIGTERM and SIGHUP into SystemExit unless somebody already handles them."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _terminate)


atexit.register(_stop_all)
