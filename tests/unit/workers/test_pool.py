"""Workers as real processes: what a parser that dies costs, what a worker may do, and that their number is of no consequence."""

from __future__ import annotations

import importlib
import json
import os
import pickle
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from own_recognizer import write_recognizer

from auditor.ledger import Met
from auditor.workers import confine, wire
from auditor.workers.worker import GRACE, _alarm

REPO = Path(__file__).parents[3]
CI = [f"{random.Random(n).randbytes(64).hex()}" for n in range(3)]


def gate(folder: Path, *options: str, **more: str) -> tuple[int, dict[str, Any], str]:
    """The exit code, the JSON report and what was printed."""
    output = folder.parent / f"out-{time.monotonic_ns()}"
    command = [sys.executable, "-m", "auditor", "gate", str(folder), "--output", str(output), "--quiet", *options]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPO, env={**os.environ, **more}, check=False)
    said = done.stdout + done.stderr
    assert (output / "report.json").exists(), said
    return done.returncode, json.loads((output / "report.json").read_text()), said


def in_a_child(what: Callable[[], int]) -> int:
    """The wait status of a process that does `what` and exits with what it returns."""
    child = os.fork()
    if not child:
        try:
            os._exit(what())
        except BaseException:
            os._exit(99)
    return os.waitpid(child, 0)[1]


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    folder = tmp_path / "delivery"
    folder.mkdir()
    rng = random.Random(7)
    for number in range(12):
        rows = "".join(
            f"{n},별명{rng.randrange(10**6)},010-{rng.randrange(2000, 9999)}-{rng.randrange(1000, 9999)}\n"
            for n in range(40)
        )
        (folder / f"m{number:02}.csv").write_text("no,nickname,phone\n" + rows)
    (folder / "empty.bin").write_bytes(b"")
    return folder


def test_a_parser_that_dies_costs_one_file_and_keeps_what_it_had_found(delivery: Path, tmp_path: Path) -> None:
    own = write_recognizer(tmp_path / "rules")
    first = "phone: 010-2345-6789\n" + "x" * 99 + "\n"
    (delivery / "a.log").write_text(first + "y\n" * 2_000_000 + "abort now\n")
    code, report, said = gate(delivery, "--rules", str(own), "--workers", "2", PYTHONPATH=f"{REPO}:{own}")
    gaps = [(gap["code"], gap["path"]) for gap in report["gaps"]]
    assert gaps == [("WORKER_CRASHED", str(delivery / "a.log"))], said
    assert code == 1
    found = {finding["path"] for finding in report["findings"]}
    assert {str(delivery / f"m{number:02}.csv") for number in range(12)} <= found
    assert str(delivery / "a.log") in found


def test_ctrl_c_breaks_off_a_parser_in_its_middle_and_keeps_what_it_had_found(tmp_path: Path) -> None:
    then = 'exec("open(os.environ[\\"TMPDIR\\"] + \\"/here\\", \\"w\\")\\nwhile True: pass")'
    own = write_recognizer(tmp_path / "rules", when='"slow now" in text', then=then)
    (tmp_path / "d").mkdir()
    (tmp_path / "tmp").mkdir()
    (tmp_path / "d/a.log").write_text("phone: 010-2345-6789\n" + "y\n" * 2_000_000 + "slow now\n" + "z\n" * 2_000_000)
    command = [
        sys.executable,
        "-m",
        "auditor",
        "gate",
        str(tmp_path / "d"),
        "--output",
        str(tmp_path / "out"),
        "--quiet",
    ]
    environment = {**os.environ, "PYTHONPATH": f"{REPO}:{own}", "TMPDIR": str(tmp_path / "tmp")}
    process = subprocess.Popen([*command, "--rules", str(own)], env=environment)
    deadline = time.monotonic() + 60
    while not list((tmp_path / "tmp").glob("auditor-*/*/here")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) in (1, 3)
    report = json.loads((tmp_path / "out/report.json").read_text())
    gaps = [(gap["code"], Path(gap["path"]).name) for gap in report["gaps"]]
    assert gaps == [("INTERRUPTED", ""), ("INTERRUPTED", "a.log")], (
        "the worker itself answered: it was not waited for, and killed"
    )
    assert [Path(finding["path"]).name for finding in report["findings"]] == ["a.log"] * len(report["findings"])
    assert report["findings"]


def test_the_number_of_workers_changes_nothing(delivery: Path) -> None:
    (delivery / "bad.zip").write_bytes(b"PK\x03\x04" + bytes(60))
    reports = []
    for workers in ("1", "4"):
        _, report, _ = gate(delivery, "--workers", workers, "--key-file", str(_key(delivery)))
        for finding in report["findings"]:
            del finding["track"]  # says when the run was
        reports.append({name: report[name] for name in ("findings", "gaps", "coverage", "data")})
    assert reports[0] == reports[1]
    assert len(reports[0]["findings"]) >= 12


def _key(folder: Path) -> Path:
    path = folder.parent / "bank.key"
    path.write_bytes(b"k" * 32)
    path.chmod(0o600)
    return path


def test_a_worker_sees_no_credentials(delivery: Path, tmp_path: Path) -> None:
    own = write_recognizer(
        tmp_path / "rules",
        when='"별명" in text and "AKIA" in str(os.environ) + open("/proc/self/environ").read()',
    )
    _, report, said = gate(
        delivery,
        "--rules",
        str(own),
        PYTHONPATH=f"{REPO}:{own}",
        AWS_ACCESS_KEY_ID="AKIAEXAMPLE",
        AWS_SECRET_ACCESS_KEY="s",
    )
    assert report["gaps"] == [], said


def test_a_shut_in_process_reads_programs_writes_its_folder_and_nothing_else(tmp_path: Path) -> None:
    if not confine.landlock_version():  # an old kernel: then nothing is promised, and `auditor doctor` says so
        assert confine.shut_in([], str(tmp_path)) == 0
        return
    outside = tmp_path / "outside"
    inside = tmp_path / "inside"
    inside.mkdir()
    outside.write_text("secret")
    listener = socket.create_server(("127.0.0.1", 0))

    def refused(what: Callable[[], object]) -> bool:
        try:
            what()
        except PermissionError:
            return True
        return False

    def child() -> int:
        if not confine.shut_in([sys.base_prefix], str(inside)):
            return 1
        (inside / "note").write_text("x")
        checks = [
            refused(outside.read_text),
            refused(lambda: outside.write_text("x")),
            refused(lambda: (tmp_path / "new").write_text("x")),
            refused(lambda: Path("/etc/passwd").read_text()),
            refused(lambda: list(Path("/root").iterdir())),
            refused(lambda: socket.create_connection(listener.getsockname(), 2)),
            bool(Path(os.__file__).read_bytes()),
        ]
        return 0 if all(checks) else 2 + checks.index(False)

    assert in_a_child(child) == 0


def test_memory_beyond_the_limit_is_refused() -> None:
    def child() -> int:
        confine.limit(memory=64 << 20, file_size=1 << 20)
        try:
            bytearray(256 << 20)
        except MemoryError:
            return 0
        return 1

    assert in_a_child(child) == 0


def test_a_parser_that_hangs_is_ended_by_its_alarm() -> None:
    def child() -> int:
        _alarm(0.2 - GRACE if GRACE < 0.2 else 0.0)
        signal.setitimer(signal.ITIMER_PROF, signal.getitimer(signal.ITIMER_PROF)[0] - GRACE + 0.2)
        while True:
            pass

    assert os.WTERMSIG(in_a_child(child)) == signal.SIGPROF


def test_a_worker_cannot_make_the_audit_run_code() -> None:
    class Evil:
        def __reduce__(self) -> Any:
            return os.system, ("touch /tmp/auditor-evil",)

    data = pickle.dumps([Evil()])
    with pytest.raises(ValueError, match="not a list of events"):
        list(wire.EventReader().feed(len(data).to_bytes(4) + data))
    assert not Path("/tmp/auditor-evil").exists()


def test_events_arrive_in_any_pieces() -> None:
    data = wire.events_frame([Met(1), Met(2)]) + wire.events_frame([Met(3)])
    reader = wire.EventReader()
    assert [event for byte in data for events in reader.feed(bytes([byte])) for event in events] == [
        Met(1),
        Met(2),
        Met(3),
    ]
    with pytest.raises(ValueError, match="too long"):
        list(wire.EventReader().feed(b"\xff\xff\xff\xff"))


def test_a_worker_cannot_change_what_its_events_are_made_of() -> None:
    """A pickle sets attributes of whatever takes them: of a class of ours, for everybody."""
    for module, name in (("auditor.model.asset", "GapCode"), ("numpy._core.numeric", "_frombuffer")):
        data = b"\x80\x04" + pickle.GLOBAL + f"{module}\n{name}\n".encode() + b"N}\x8c\x03OUR\x88s\x86b0]."
        with suppress(ValueError):
            list(wire.EventReader().feed(len(data).to_bytes(4) + data))
        module_of = importlib.import_module(module)
        assert not hasattr(getattr(module_of, name), "OUR")


def test_an_event_that_was_never_filled_is_none() -> None:
    data = b"\x80\x04](cauditor.ledger\nDone\n)\x81e."
    with pytest.raises(ValueError, match="not a list of events"):
        list(wire.EventReader().feed(len(data).to_bytes(4) + data))


def test_a_parser_that_waits_for_ever_costs_one_file(delivery: Path, tmp_path: Path) -> None:
    own = write_recognizer(tmp_path / "rules", then="import time; time.sleep(3600)")
    (delivery / "a.log").write_text("phone: 010-2345-6789\nabort now\n")
    limit = ("--limit", "seconds_per_asset=3", "--workers", "2")
    code, report, _ = gate(delivery, "--rules", str(own), *limit, PYTHONPATH=f"{REPO}:{own}")
    assert [(gap["code"], gap["path"]) for gap in report["gaps"]] == [("TIME_CUT_OFF_REACHED", str(delivery / "a.log"))]
    assert "did nothing" in report["gaps"][0]["detail"]
    assert report["summary"]["examined"] == report["summary"]["listed"] - 1
    assert code == 1


def test_workers_end_with_an_audit_that_is_killed(delivery: Path, tmp_path: Path) -> None:
    mark = f"busy-{os.getpid()}"
    busy = f'open(os.environ["TMPDIR"] + "/{mark}", "w").close()\n            while True: pass'
    own = write_recognizer(tmp_path / "rules", then=busy)
    (delivery / "a.log").write_text("abort now\n")
    command = [sys.executable, "-m", "auditor", "gate", str(delivery / "a.log"), "--rules", str(own), "--quiet"]
    audit = subprocess.Popen(
        command, cwd=REPO, env={**os.environ, "PYTHONPATH": f"{REPO}:{own}", "TMPDIR": str(tmp_path)}
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(f"auditor-*/*/{mark}")) and time.monotonic() < deadline:
        time.sleep(0.1)
    workers = _children(audit.pid)
    assert len(workers) >= 2
    audit.kill()
    audit.wait()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]
    assert not list(tmp_path.glob("auditor-*"))


def _running(process: int) -> bool:
    stat = Path(f"/proc/{process}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _children(process: int) -> list[int]:
    """All processes below one, on Linux."""
    below = [int(pid) for path in Path(f"/proc/{process}/task").glob("*/children") for pid in path.read_text().split()]
    return below + [child for pid in below for child in _children(pid)]


@pytest.mark.parametrize("at_once", [True, False])
def test_workers_and_their_zygote_may_be_killed(delivery: Path, tmp_path: Path, *, at_once: bool) -> None:
    for number in range(60):
        (delivery / f"x{number}.log").write_text("".join(f"line {n} user{n}x{number}@naver.com\n" for n in range(300)))
    output = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "auditor",
        "gate",
        str(delivery),
        "--output",
        str(output),
        "--workers",
        "3",
        "--quiet",
    ]
    audit = subprocess.Popen(command, cwd=REPO, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    deadline = time.monotonic() + 60
    while len(processes := _children(audit.pid)) < 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    zygote, first, *others = processes
    if at_once:
        audit.send_signal(signal.SIGSTOP)
    for process in (zygote, first, *(others if at_once else ())):
        os.kill(process, signal.SIGKILL)
    audit.send_signal(signal.SIGCONT)
    if not at_once:
        while any(map(_running, others)) and time.monotonic() < deadline:  # the kernel ends them with their zygote
            time.sleep(0.05)
        assert not any(map(_running, others))
    said, _ = audit.communicate(timeout=120)
    assert audit.returncode in (1, 3), said
    assert "Traceback" not in said
    report = json.loads((output / "report.json").read_text())
    assert {gap["code"] for gap in report["gaps"]} == {"WORKER_CRASHED"}
    assert report["summary"]["examined"] + len(report["gaps"]) == report["summary"]["listed"] == 73
