"""The process that workers are forked from: a clean environment, the rules compiled once, one thread.

Started as `python -c … SOCKET`. Over the socket come the `Setup`, then a request for each worker: two file descriptors.
It answers with the worker's process id, and tells how each worker ended.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import select
import shutil
import signal
import socket
import struct
import sys
import traceback
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from auditor.errors import InputError
from auditor.workers import wire

if TYPE_CHECKING:
    from auditor.detectors.detector import Detector
    from auditor.register.reader import Register
    from auditor.workers.worker import Setup

LENGTH: Final = struct.Struct(">I")
ENDED: Final = struct.Struct(">ii")
"""A process id and its wait status; for a worker that was just forked the status is -1."""
HEAVY: Final = ("numpy", "pyarrow", "auditor.detectors.table", "auditor.detectors.quick", "auditor.finds")
"""Imported before a second worker is made: the first needs them only for tables."""


def main(descriptor: int) -> None:
    """Serve until the audit hangs up."""
    try:
        with suppress(BrokenPipeError, ConnectionResetError):
            _serve(descriptor)
    finally:  # the audit has ended, or was killed: a parser in a long loop would not notice
        if os.getpgrp() == os.getpid():
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            with suppress(ProcessLookupError):
                os.killpg(0, signal.SIGTERM)
            folder = os.environ.get("TMPDIR", "")
            if os.path.basename(folder).startswith("auditor-"):  # noqa: PTH119 - made for this by zygote_client.py
                shutil.rmtree(folder, ignore_errors=True)


def _serve(descriptor: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the audit's to handle
    signal.signal(wire.STOP, signal.SIG_IGN)  # a worker that does not know of it yet must not die of it
    control = socket.socket(fileno=descriptor)
    control.set_inheritable(False)
    setup: Setup = pickle.loads(_exactly(control, LENGTH.unpack(_exactly(control, LENGTH.size))[0]))  # noqa: S301
    try:
        detector, register = _prepare(setup)
    except InputError as error:
        data = pickle.dumps(error.problems)
        control.sendall(LENGTH.pack(len(data)) + data)
        return
    control.sendall(LENGTH.pack(0))
    wake, woken = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK) if hasattr(os, "pipe2") else os.pipe()
    for end in (wake, woken):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(woken)
    made = 0
    while True:
        ready, _, _ = select.select([control.fileno(), wake], [], [])
        if wake in ready:
            with suppress(BlockingIOError):
                os.read(wake, 4096)
            _reap(control)
        if control.fileno() in ready:
            try:
                message, descriptors, _, _ = socket.recv_fds(control, 1, 2)
            except OSError:
                return
            if not message:
                return
            if made == 1:
                for name in HEAVY:
                    importlib.import_module(name)
            made += 1
            gc.freeze()
            own = os.getpid()
            child = os.fork()
            if child == 0:
                _become_worker(setup, detector, register, control, (wake, woken), descriptors, own)
            for end in descriptors:
                os.close(end)
            with suppress(OSError):
                control.sendall(ENDED.pack(child, -1))


def _prepare(setup: Setup) -> tuple[Detector, Register | None]:
    from auditor.detectors.detector import Detector

    detector = Detector(setup.ruleset, setup.key, lean=True)
    _ = detector.gates
    if setup.register is None:
        return detector, None
    from pathlib import Path

    from auditor.register.reader import Register

    return detector, Register(Path(setup.register), setup.key)


def _reap(control: socket.socket) -> None:
    while True:
        try:
            child, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not child:
            return
        shutil.rmtree(os.path.join(os.environ["TMPDIR"], str(child)), ignore_errors=True)  # noqa: PTH118
        with suppress(OSError):
            control.sendall(ENDED.pack(child, status))


def _become_worker(
    setup: Setup, detector: Detector, register: Register | None, control: socket.socket, ends: tuple[int, int],
    descriptors: Any, zygote: int,
) -> None:  # fmt: skip
    from auditor.workers import confine
    from auditor.workers.worker import serve

    try:
        confine.end_with_parent(zygote)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        control.close()
        for end in ends:
            os.close(end)
        feed, out = (socket.socket(fileno=descriptor) for descriptor in descriptors)
        serve(setup, detector, register, feed, out)
        os._exit(0)
    except BaseException as error:  # its message may hold data
        if os.environ.get("AUDITOR_DEBUG"):
            frames = traceback.extract_tb(error.__traceback__)
            where = " < ".join(f"{frame.name} {frame.filename}:{frame.lineno}" for frame in reversed(frames))
            sys.stderr.write(f"a worker failed: {type(error).__name__} in {where}\n")
        os._exit(70)


def _exactly(control: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = control.recv(size - len(data))
        if not more:
            os._exit(0)
        data += more
    return data
