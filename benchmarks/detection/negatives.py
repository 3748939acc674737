"""False alarms in real public trees: `python -m benchmarks.detection.negatives`. No customer's data is in them, so every hit is wrong or public.

Trees: this Python's site-packages, the machine's documentation, manuals, headers, certificates and locale sources, and what
`npm install` of some popular packages brings, lock file included; among them those that make up personal data or know its
forms (faker, libphonenumber). An author's e-mail address is found rightly and is no customer's: such public data is counted
apart. Anything else is a false alarm, and one of what has a checksum or fixed shape is without excuse: exit code 1.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.detection.tools import ToolError, auditor

NPM = ("next", "webpack", "jest", "electron-builder", "express", "@faker-js/faker", "libphonenumber-js")
SYSTEM = (
    "/usr/share/doc", "/usr/share/man", "/usr/share/ca-certificates", "/usr/share/i18n", "/usr/share/perl", "/usr/share/vim", "/usr/include",
    "/usr/lib/python3", "/etc/ssl",
)  # fmt: skip
PUBLIC = {"EMAIL_ADDRESS", "PERSON", "IP_ADDRESS", "ADDRESS"}
"""Authors and their addresses: what packages say of their makers on purpose."""

WITHOUT_EXCUSE = {"KR_CI", "KR_DI", "KR_RRN", "KR_FRN", "TH_TNIN", "CN_RESIDENT_ID", "KR_PASSPORT", "KR_DRIVER_LICENSE"}
"""Linking and unique identifiers: no library, certificate or lock file holds one."""


def trees(npm: tuple[str, ...], scratch: Path) -> Iterator[tuple[str, Path]]:
    """Name and folder of each tree that exists here, the one with the lock files first."""
    if npm and installed(npm, scratch):
        yield f"npm install {' '.join(npm)}", scratch
    for folder in SYSTEM:
        if Path(folder).is_dir():
            yield folder, Path(folder)
    yield "site-packages", Path(sysconfig.get_paths()["purelib"])


def installed(npm: tuple[str, ...], scratch: Path) -> bool:
    """Whether npm could install the packages into the folder; says why if not."""
    (scratch / "package.json").write_text('{"name": "negatives", "version": "1.0.0", "private": true}\n')
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *npm]
    try:
        done = subprocess.run(command, cwd=scratch, capture_output=True, text=True, check=False, timeout=900)
    except FileNotFoundError:
        print("npm is not installed: its tree is left out", file=sys.stderr)
        return False
    if done.returncode:
        print(f"npm install failed, its tree is left out: {done.stderr.strip()[-300:]}", file=sys.stderr)
    return done.returncode == 0


def size(folder: Path) -> tuple[int, int]:
    """Regular files and their bytes, links not followed."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return len(sizes), sum(sizes)


def main(argv: list[str] | None = None) -> int:
    """Exit code 1 when an identifier without excuse was found, 2 when the auditor could not be run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.detection.negatives", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="scan these instead of the usual trees")
    parser.add_argument(
        "--npm", default=",".join(NPM), help="packages to install, comma separated; empty: none (default: %(default)s)"
    )
    parser.add_argument("--details", type=Path, help="write every hit here: entity, path, place, mask")
    arguments = parser.parse_args(argv)
    wrong = False
    if arguments.details:
        arguments.details.write_text("")
    print("| tree | files | MB | MB / CPU s | false alarms | public data |\n|---|--:|--:|--:|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        npm = tuple(filter(None, arguments.npm.split(",")))
        chosen = [(str(f), f) for f in arguments.folders] or trees(npm, Path(scratch))
        for name, folder in chosen:
            files, total = size(folder)
            try:
                outcome = auditor(folder)
            except ToolError as error:
                print(f"{name}: {error}", file=sys.stderr)
                return 2
            wrong |= any(find.entity in WITHOUT_EXCUSE for find in outcome.found)
            if arguments.details:  # after each tree: an interrupted run keeps what it has
                with arguments.details.open("a", encoding="utf-8") as details:
                    details.writelines(
                        sorted(f"{f.entity}\t{folder}/{f.path}\t{f.place}\t{f.mask}\n" for f in outcome.found)
                    )
            counts = Counter(find.entity for find in outcome.found)
            alarms, public = (
                ", ".join(f"{e} {n}" for e, n in counts.most_common() if (e in PUBLIC) is wanted) or "none"
                for wanted in (False, True)
            )
            print(
                f"| {name} | {files:,} | {total / 1e6:.0f} | {total / 1e6 / outcome.cpu:.1f} | {alarms} | {public} |",
                flush=True,
            )
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
