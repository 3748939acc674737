"""The audit's side of the zygote: starts it, has it fork workers, hears from it how each ended, replaces it once it is gone."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Final

from auditor.errors import InputError, TargetError
from auditor.model.asset import GapCode
from auditor.model.noun import noun
from auditor.processor import FEATURES
from auditor.workers.worker import Setup
from auditor.workers.zygote import ENDED, LENGTH

_COMMAND: Final = "import sys; sys.path[:] = {path!r}; from auditor.workers.zygote import main; main({descriptor})"
_KEPT_ENVIRONMENT: Final = (
    FEATURES,
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPYCACHEPREFIX",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "PATH",
    "TZ",
    "HYPOTHESIS_PROFILE",
    "AUDITOR_DEBUG",
)
_PATIENCE: Final = 10.0
"""Seconds that a zygote whose audit has hung up has to end."""


@noun(kw_only=False)
class Forked:
    """A worker just forked: its process id, the audit's ends of its two sockets, and the zygote it comes from."""

    process: int
    feed: socket.socket
    events: socket.socket
    zygote: subprocess.Popen[bytes]


class Zygote:
    """The process that workers are forked from, started when it is first needed.

    `setup` makes what the workers need, given the folder they may write to.
    """

    def __init__(self, setup: Callable[[str], Setup]) -> None:
        self._make_setup = setup
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._folders: list[str] = []
        self._ended: dict[int, int] = {}
        self.seconds_per_asset = float("inf")
        """Processor time that a worker may use for one asset, known once the zygote was started."""

    def start(self) -> None:
        """Start it, if it does not run yet. InputError where a recogniser of the user's cannot be made."""
        if self._control is not None:
            return
        folder = tempfile.mkdtemp(prefix="auditor-")
        self._folders.append(folder)
        ours, theirs = socket.socketpair()
        environment = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
        # Arrow's own allocator reserves a GiB at once, which would count against a worker's memory.
        environment |= {"TMPDIR": folder, "HOME": folder, "ARROW_DEFAULT_MEMORY_POOL": "system"}
        environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        # What a C library or Python itself prints of a parser may hold a vendor's data.
        quiet = None if os.environ.get("AUDITOR_DEBUG") else subprocess.DEVNULL
        command = _COMMAND.format(path=[entry for entry in sys.path if entry], descriptor=theirs.fileno())
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", command], env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
            stdout=quiet, stderr=quiet, start_new_session=True,
        )  # fmt: skip
        theirs.close()
        self._control = ours
        made = self._make_setup(folder)
        self.seconds_per_asset = float(made.limits.seconds_per_asset)
        setup = pickle.dumps(made)
        ours.sendall(LENGTH.pack(len(setup)) + setup)
        if length := LENGTH.unpack(self._answer(LENGTH.size))[0]:
            raise InputError(*pickle.loads(self._answer(length)))  # noqa: S301 - it has met no vendor's data yet

    def fork(self) -> Forked:
        """A new worker. InputError as `start`; TargetError where none can be forked, also not by a new zygote."""
        try:
            return self._fork()
        except (OSError, RuntimeError):
            self._let_go()
        try:
            return self._fork()
        except (OSError, RuntimeError) as error:
            detail = f"no process can be started to read files in ({type(error).__name__})"
            raise TargetError(
                GapCode.WORKER_CRASHED, detail, "Look at the memory and the processes of this machine."
            ) from None

    def status(self, process: int, zygote: subprocess.Popen[bytes]) -> int:
        """A worker's wait status. Only the zygote it was forked from is told of it: if that is gone, it is taken for killed."""
        if zygote is not self._process:
            return signal.SIGKILL
        while process not in self._ended:
            try:
                ended, status = ENDED.unpack(self._answer(ENDED.size))
            except (OSError, RuntimeError):
                return signal.SIGKILL
            self._ended[ended] = status
        return self._ended.pop(process)

    def close(self) -> None:
        """End it, and remove what its workers left on the disk."""
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            try:
                self._process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)

    def _fork(self) -> Forked:
        self.start()
        assert self._control is not None and self._process is not None
        feed, feed_end = socket.socketpair()
        events, events_end = socket.socketpair()
        socket.send_fds(self._control, [b"w"], [feed_end.fileno(), events_end.fileno()])
        feed_end.close()
        events_end.close()
        while True:
            process, status = ENDED.unpack(self._answer(ENDED.size))
            if status == -1:
                return Forked(process, feed, events, self._process)
            self._ended[process] = status

    def _let_go(self) -> None:
        """Of a zygote that is gone. Linux ends its workers with it; elsewhere they are not disturbed, nor is their folder."""
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        self._ended.clear()

    def _answer(self, size: int) -> bytes:
        if self._control is None:
            raise RuntimeError("there is no process that starts workers")
        data = b""
        while len(data) < size:
            more = self._control.recv(size - len(data))
            if not more:
                raise RuntimeError(
                    "the process that starts workers ended: the installation is damaged, or memory ran out"
                )
            data += more
        return data
