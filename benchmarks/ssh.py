"""One file of 1 GiB and 20,000 of 4 KiB from a real sshd, beside OpenSSH's own clients: `python -m benchmarks.ssh`.

All read over loopback and throw away what they get, in turn, several rounds; the table has the medians. CPU seconds are the client's alone, and
ours begin with the connection: an audit starts once. The ratios count, the seconds do not. All commands at the server run under `nice`, as ours do.
Ours lists and reads as an audit does (`Source`: two threads, small files ahead), without the server's own settings; theirs: `ssh cat`, `sftp get`
and `ssh tar` for what they are best at, `ssh find` and `ssh tar` for the same work as ours (a tar alone lists nothing before it reads),
`sftp get -r` as the client that an account without a shell is left with.
"""

from __future__ import annotations

import argparse
import getpass
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from statistics import median
from typing import Final

from auditor.model.asset import Asset
from auditor.model.engagement import SshTarget
from auditor.scanners.ssh import SshScanner
from auditor.workers.source import Source
from testbed.sshd import Sshd

CIPHER: Final = "aes128-gcm@openssh.com"
READERS: Final = 2


def write(root: Path, size: int, files: int) -> None:
    """The large file, and the small ones in folders of 500."""
    block = os.urandom(1 << 20)
    (root / "large").mkdir()
    with (root / "large" / "dump.bin").open("wb") as file:
        for number in range(size >> 20):
            file.write(number.to_bytes(4, "big") + block[4:])
    for number in range(files):
        folder = root / "small" / f"d{number // 500:04}"
        if number % 500 == 0:
            folder.mkdir(parents=True)
        (folder / f"f{number:06}.txt").write_bytes(number.to_bytes(4, "big") + block[4:4096])


def target_of(server: Sshd, path: Path, *, commands: bool) -> SshTarget:
    """Whence ours reads."""
    return SshTarget(
        name="bench", host=server.host, port=server.port, user=server.user, host_key=server.host_key_fingerprint,
        key_file=server.client_key, agent=False, paths=(str(path),), shell=commands,
    )  # fmt: skip


def audit(server: Sshd, path: Path, *, commands: bool) -> tuple[int, int]:
    """Files and bytes, read as an audit's feeders do."""
    scanner = SshScanner(target_of(server, path, commands=commands))
    source = Source(scanner, b"k" * 32)
    assets: SimpleQueue[Asset | None] = SimpleQueue()
    counts = [[0, 0] for _ in range(READERS)]

    def read(count: list[int]) -> None:
        while (asset := assets.get()) is not None:
            with source.open(asset, lambda gap: sys.stderr.write(f"{gap}\n")) as take:
                while data := take(1 << 20):
                    count[1] += len(data)
            count[0] += 1

    found = [item for item in source.listing(scanner.files()) if isinstance(item, Asset)]
    threads = [threading.Thread(target=read, args=(count,)) for count in counts]
    for asset in [*found, *[None] * READERS]:
        assets.put(asset)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    source.close()
    scanner.close()
    return sum(count[0] for count in counts), sum(count[1] for count in counts)


def ssh(server: Sshd, program: str, *arguments: str) -> list[str]:
    """The command line of one of OpenSSH's clients."""
    options = [f"Port={server.port}", f"IdentityFile={server.client_key}", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null",
               "LogLevel=ERROR", "IdentitiesOnly=yes", f"Ciphers={CIPHER}"]  # fmt: skip
    return [program, "-F", "/dev/null", *(part for option in options for part in ("-o", option)), *arguments]


def run(command: list[str], *, given: str = "") -> tuple[float, float]:
    """Run it and throw away what it prints; as `clock`."""
    return clock(lambda: subprocess.run(command, input=given.encode(), stdout=subprocess.DEVNULL, check=True))


def clock(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock, and of processor time in this process and its children."""
    before = time.monotonic(), _cpu()
    act()
    return time.monotonic() - before[0], _cpu() - before[1]


def _cpu() -> float:
    return sum(
        use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def alone(server: Sshd, path: Path, *, commands: bool, expect: tuple[int, int]) -> tuple[float, float]:
    """Ours in a process of its own, as theirs are."""
    code = (
        "import sys; from pathlib import Path; from testbed.sshd import Sshd; from benchmarks.ssh import audit\n"
        "from benchmarks.ssh import clock\n"
        "folder, port, user, path, commands = sys.argv[1:]\n"
        "server = Sshd(folder=Path(folder), port=int(port), user=user)\n"
        "took = clock(lambda: print(*audit(server, Path(path), commands=commands == '1')))\n"
        "print(*took)"
    )
    command = [
        sys.executable,
        "-c",
        code,
        str(server.folder),
        str(server.port),
        server.user,
        str(path),
        str(int(commands)),
    ]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=Path(__file__).parents[1])
    files, size, wall, cpu = done.stdout.split()
    if (int(files), int(size)) != expect:
        raise SystemExit(f"read {done.stdout!r}, not {expect}")
    return float(wall), float(cpu)


def main() -> int:
    """Print two tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ssh")
    parser.add_argument("--mib", type=int, default=1024, help="size of the large file (default: 1024)")
    parser.add_argument("--files", type=int, default=20_000, help="small files (default: 20000)")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-ssh-", dir="/var/tmp") as place:
        folder = Path(place)
        folder.chmod(0o755)
        root = folder / "vendor"
        root.mkdir()
        write(root, options.mib << 20, options.files)
        large, small = root / "large", root / "small"
        one, many = (1, options.mib << 20), (options.files, options.files * 4096)
        with Sshd(folder=folder / "ssh", user=getpass.getuser(), force_command=None) as server:
            at = f"{server.user}@{server.host}"
            sftp = ssh(server, "sftp", "-q", "-b", "-", at)
            listed_and_read = (f"find {small} -printf '%s %m %T@ %U %u %y%p\\0'", f"tar -cPf - {small}")
            tables: dict[str, dict[str, Callable[[], tuple[float, float]]]] = {
                "one file": {
                    "ssh cat": lambda: run(ssh(server, "ssh", at, f"nice cat {large}/dump.bin")),
                    "ours, tar": lambda: alone(server, large, commands=True, expect=one),
                    "sftp get": lambda: run(sftp, given=f"get {large}/dump.bin /dev/null\n"),
                    "ours, SFTP alone": lambda: alone(server, large, commands=False, expect=one),
                },
                "many files": {
                    "ssh tar": lambda: run(ssh(server, "ssh", at, f"nice tar -cPf - {small}")),
                    "ssh find, then ssh tar": lambda: clock(
                        lambda: [run(ssh(server, "ssh", at, f"nice {command}")) for command in listed_and_read]
                    ),
                    "ours, tar": lambda: alone(server, small, commands=True, expect=many),
                    "sftp get -r": lambda: get_all(sftp, small),
                    "ours, SFTP alone": lambda: alone(server, small, commands=False, expect=many),
                },
            }
            for title, acts in tables.items():
                measured: dict[str, list[tuple[float, float]]] = {name: [] for name in acts}
                for _ in range(options.rounds):
                    for name, act in acts.items():
                        measured[name].append(act())
                show(title, measured)
    return 0


def get_all(sftp: list[str], folder: Path) -> tuple[float, float]:
    """`sftp get -r` has to write somewhere: memory."""
    with tempfile.TemporaryDirectory(dir="/dev/shm") as there:
        return run(sftp, given=f"get -r {folder} {there}\n")


def show(title: str, measured: dict[str, list[tuple[float, float]]]) -> None:
    """One table; each of ours beside the client above it and the first."""
    print(f"\n| {title} | s | of the first | of the one above | client's CPU s |\n|---|--:|--:|--:|--:|")
    medians = {
        name: (median(wall for wall, _ in runs), median(cpu for _, cpu in runs)) for name, runs in measured.items()
    }
    first, above = next(iter(medians.values()))[0], 0.0
    for name, (wall, cpu) in medians.items():
        beside = f"{above / wall:.2f}" if name.startswith("ours") else ""
        print(f"| {name} | {wall:.2f} | {first / wall:.2f} | {beside} | {cpu:.2f} |", flush=True)
        above = wall


if __name__ == "__main__":
    raise SystemExit(main())
