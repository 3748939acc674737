"""Debian packages that the demo and the tests need: ``python -m testbed.packages [--tests] [--check]``.

Exit codes: 0 everything is there, or only the S3 server is missing (moto stands in, and the text says so);
2 sshd or libarchive is missing and could not be installed.
"""

from __future__ import annotations

import argparse
import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

#: Package → the command that proves it is installed. Looking for commands instead of asking dpkg takes microseconds
#: and is right on systems without dpkg as well.
SSH_PACKAGES = {"openssh-server": "sshd", "openssh-client": "ssh-keygen"}
#: No ceph-mgr: storing and serving objects works without a manager daemon, and it would bring thirty more packages.
CEPH_PACKAGES = {
    "ceph-mon": "ceph-mon",
    "ceph-osd": "ceph-osd",
    "radosgw": "radosgw",
    "ceph-common": "radosgw-admin",
}
#: Where maintainer scripts put the symlinks that start a unit at boot.
WANTS = Path("/etc/systemd/system")
POLICY = Path("/usr/sbin/policy-rc.d")
#: The library that reads archives for the auditor itself: package → the name the linker knows it by.
LIBRARIES = {"libarchive13": "archive"}
#: The browser that looks at reports in `make test`. Only Debian has it as a package; elsewhere its one test says so.
BROWSER_PACKAGES = {"chromium": "chromium"}
#: Programs that write the files which extractors are tested with, and OCR with its languages: package → a command, or a file.
FORMAT_PACKAGES = {
    "libreoffice-writer-nogui": "/usr/lib/libreoffice/program/libswlo.so",
    "libreoffice-calc-nogui": "/usr/lib/libreoffice/program/libsclo.so",
    "libreoffice-impress-nogui": "/usr/lib/libreoffice/program/libsdlo.so",
    "acl": "getfacl",
    "binutils": "ar",
    "bsdextrautils": "hexdump",
    "bzip2": "bzip2",
    "git": "git",
    "lz4": "lz4",
    "mariadb-server": "mariadbd",
    "p7zip-full": "7z",
    "postgresql": "/usr/lib/postgresql/*/bin/initdb",
    "qpdf": "qpdf",
    "redis-server": "redis-server",
    "skopeo": "skopeo",
    "strace": "strace",
    "sudo": "sudo",
    "tesseract-ocr": "tesseract",
    "tesseract-ocr-chi-sim": "/usr/share/tesseract-ocr/*/tessdata/chi_sim.traineddata",
    "tesseract-ocr-kor": "/usr/share/tesseract-ocr/*/tessdata/kor.traineddata",
    "tesseract-ocr-tha": "/usr/share/tesseract-ocr/*/tessdata/tha.traineddata",
    "umoci": "umoci",
    "xxd": "xxd",
    "xz-utils": "xz",
    "zstd": "zstd",
    "fonts-nanum": "/usr/share/fonts/truetype/nanum/NanumGothic.ttf",
    "fonts-noto-cjk": "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "fonts-thai-tlwg-ttf": "/usr/share/fonts/truetype/tlwg/*.ttf",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
#: Azurite, Microsoft's emulator of Azure Blob Storage (MIT), is an npm package; this version runs on Debian 12's node 18.
AZURITE_VERSION = "3.35.0"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vendor-auditor"
AZURITE_FOLDER = CACHE / f"azurite-{AZURITE_VERSION}"
AZURITE = AZURITE_FOLDER / "node_modules/azurite/dist/src/blob/main.js"
NODE_PACKAGES = {"nodejs": "node", "npm": "npm"}
MOTO = "the S3 part runs on moto's server, a mock that stands in for Ceph RGW"


def find(command: str) -> str | None:
    """Absolute path of a command, also from the sbin folders that a normal user's PATH leaves out; None if absent."""
    return shutil.which(command, path=os.environ.get("PATH", os.defpath) + ":/usr/sbin:/usr/local/sbin:/sbin")


def missing(packages: dict[str, str]) -> list[str]:
    """Names of the packages (out of package → command, or pattern of a file) that are not on this machine."""
    return [package for package, proof in packages.items() if not _there(proof)]


def _there(proof: str) -> bool:
    return any(Path("/").glob(proof[1:])) if proof.startswith("/") else find(proof) is not None


@contextmanager
def no_services() -> Iterator[None]:
    """Keep maintainer scripts from starting daemons: a ``policy-rc.d`` that says no, if the machine has none yet."""
    try:
        with POLICY.open("x") as stream:
            stream.write("#!/bin/sh\n# Written by the auditor's testbed during one apt-get install.\nexit 101\n")
    except FileExistsError:  # the machine has its own policy (containers usually say no already)
        yield
        return
    try:
        POLICY.chmod(0o755)
        yield
    finally:
        POLICY.unlink(missing_ok=True)


def install(packages: Sequence[str]) -> bool:
    """Install packages with apt-get as root, with no service started or left enabled; False when apt-get failed."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = [
        "apt-get",
        "-q",
        "-y",
        "-o",
        "Dpkg::Use-Pty=0",
        "install",
        "--no-install-recommends",
        *packages,
    ]
    lists = any(Path("/var/lib/apt/lists").glob("*_Packages*"))
    before = _enabled()
    with no_services():
        # Stale lists name versions the mirror no longer has: on failure they are refreshed once.
        for attempt, update in enumerate((not lists, True)):
            if update:
                print("  apt-get update", flush=True)
                _quiet(["apt-get", "-q", "update"], environment)
            if _quiet(command, environment):
                break
            if attempt == 1 or not lists:
                return False
    # policy-rc.d stops the start, not the symlink that would start the unit at the next boot (sshd's, Ceph's, and
    # those of dependencies such as smartmontools). The testbed runs its own daemons, so what is new goes again.
    new = sorted(_enabled() - before)
    if new and (systemctl := find("systemctl")) is not None:
        _run([systemctl, "--no-ask-password", "disable", *new], environment)
        if Path("/run/systemd/system").exists():
            _run([systemctl, "--no-ask-password", "stop", *new], environment)
    return True


def _enabled() -> set[str]:
    """Names of the systemd units that something wants at boot (empty where there is no systemd)."""
    return {link.name for link in WANTS.glob("*.wants/*")}


def _run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def _quiet(command: list[str], environment: dict[str, str]) -> bool:
    """Run one command; show the end of its output only when it failed."""
    done = _run(command, environment)
    if done.returncode != 0:
        print(f"  {' '.join(command)} failed ({done.returncode}):", file=sys.stderr)
        print("\n".join("    " + line for line in done.stdout.splitlines()[-8:]), file=sys.stderr, flush=True)
    return done.returncode == 0


def install_azurite() -> bool:
    """Install Azurite from npm into the cache, once, running none of its packages' own scripts; False when npm failed."""
    if AZURITE.exists():
        return True
    npm = find("npm")
    if npm is None:
        return False
    print(f"  azurite {AZURITE_VERSION} from npm, into {AZURITE_FOLDER} (a minute, once) …", flush=True)
    new = AZURITE_FOLDER.with_name(f"{AZURITE_FOLDER.name}.{os.getpid()}")
    new.mkdir(parents=True, exist_ok=True)
    try:
        command = [npm, "install", "--prefix", str(new), "--no-audit", "--no-fund", "--ignore-scripts", "--omit=dev"]
        if not _quiet([*command, f"azurite@{AZURITE_VERSION}"], dict(os.environ)):
            return False
        with suppress(OSError):  # another test run was faster
            new.rename(AZURITE_FOLDER)
        return AZURITE.exists()
    finally:
        shutil.rmtree(new, ignore_errors=True)


def by_hand(packages: Sequence[str]) -> str:
    """The exact command that installs the packages, for a person to run."""
    return f"sudo apt-get update && sudo apt-get install --no-install-recommends {' '.join(packages)}"


def required() -> list[str]:
    """Names of the missing packages without which nothing works."""
    libraries = [package for package, name in LIBRARIES.items() if ctypes.util.find_library(name) is None]
    return missing(SSH_PACKAGES) + libraries


def optional(*, tests: bool) -> list[str]:
    """Names of the missing packages that something stands in for, or that only one test needs."""
    browser = missing(BROWSER_PACKAGES) if tests and not any(find(name) for name in BROWSERS) else []
    node = missing(NODE_PACKAGES) if tests and not AZURITE.exists() else []
    return missing(CEPH_PACKAGES) + browser + (missing(FORMAT_PACKAGES) + node if tests else [])


def ensure(*, check: bool = False, tests: bool = False) -> int:
    """Install what is missing (or only say it, with ``check``); the exit code described at the top of this file."""
    if not required() and not optional(tests=tests):
        return 0
    if find("apt-get") is None:
        return _without_apt()
    if not check and os.geteuid() == 0:
        wanted = required() + optional(tests=tests)
        print(f"Debian packages needed by the demo and the tests ({len(wanted)}, with their dependencies):")
        for package in wanted:
            print(f"  {package}")
        print("  installing with apt-get; nothing is started as a system service (a minute or two) …", flush=True)
        # What is required is not lost because something optional has no package here (Ubuntu has no chromium).
        if (install(wanted) or install(required() or wanted)) and not required() and not optional(tests=tests):
            print("  installed.")
            return 0
    if left := required():
        print(f"Missing: {', '.join(left)}. As root, run:", file=sys.stderr)
        print(f"  {by_hand(left + optional(tests=tests))}", file=sys.stderr)
        return 2
    left = optional(tests=tests)
    if missing(CEPH_PACKAGES):
        print(f"Missing: {', '.join(missing(CEPH_PACKAGES))}; without them {MOTO}.")
    print(f"For all of it, as root:\n  {by_hand(left)}")
    return 0


def _without_apt() -> int:
    """What is used, or missing, on a system without apt-get, such as macOS."""
    if left := required():
        print(f"Not on this machine: {', '.join(left)}; and there is no apt-get to install it with.", file=sys.stderr)
        print(
            "Install it with your system's package manager (brew install libarchive), then run this again.",
            file=sys.stderr,
        )
        return 2
    print(f"No apt-get here: the SSH part runs on this system's own {find('sshd')}; {MOTO}.")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the command line, make sure of the packages, return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m testbed.packages", description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="say what is missing, install nothing")
    parser.add_argument(
        "--tests",
        action="store_true",
        help="also what only `make test` needs: a browser, and programs that write the formats",
    )
    given = parser.parse_args(arguments)
    done = ensure(check=given.check, tests=given.tests)
    if done == 0 and given.tests and not given.check and not install_azurite():
        print(
            "Azurite could not be installed from npm (it takes nodejs and npm): the tests of Azure Blob Storage are left out."
        )
    return done


if __name__ == "__main__":
    sys.exit(main())
