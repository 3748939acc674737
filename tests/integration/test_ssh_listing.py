"""A hostile tree, listed by one find and over SFTP: the same files, the same gaps, in the same order."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.journal import Journal
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import SshTarget
from auditor.scanners import _ssh_commands, _ssh_folders
from auditor.scanners.ssh import SshScanner
from testbed.account import NAME, namespace
from testbed.sshd import Sshd

pytestmark = pytest.mark.integration

ODD = [
    b"-delete", b"$(touch harm)", b"line\nbreak", b"tail ", b" 12 644 1 0 root f", "고객".encode(), "고객".encode("cp949"),
    b"n" * 255, b"it's", b"back\\n", b"\x01\x7f", b"a;b", b"*", b"...",
]  # fmt: skip


@pytest.fixture(scope="module")
def tree(place: Path) -> Path:
    """Odd names for folders and files; what is closed, gone, special, linked, deep, old, owned by others, left out."""
    root = place / "vendor"
    at = os.fsencode(root)
    for outer in (b"many", *ODD):
        for inner in ODD:
            folder = Path(os.fsdecode(at + b"/odd/" + outer + b"/" + inner))
            folder.mkdir(parents=True)
            (folder / os.fsdecode(b"f" + inner[:200])).write_bytes(b"x" * len(inner))
    deep = root
    for number in range(40):
        deep = deep / f"d{number}"
        deep.mkdir(parents=True)
        (deep / "leaf").write_bytes(b"")
    for name, mode in (("open", 0o755), ("closed", 0o700), ("nolist", 0o711), ("noenter", 0o744), ("고객 '", 0o700)):
        (root / "doors" / name / "below").mkdir(parents=True)
        (root / "doors" / name / "f").write_text(name)
        (root / "doors" / name).chmod(mode)
    layer = root / "docker/overlay2" / ("0123456789abcdef" * 4) / "diff/srv"
    layer.mkdir(parents=True)
    (layer / "members.csv").touch()
    os.mknod(layer / "deleted.csv", 0o20000, os.makedev(0, 0))
    special = root / "special"
    special.mkdir()
    os.mkfifo(special / "pipe")
    (special / "link").symlink_to(root / "doors")
    (special / "dead").symlink_to("/nowhere")
    os.mknod(special / "device", 0o20600, os.makedev(1, 3))
    (special / "sparse").touch()
    os.truncate(special / "sparse", 1 << 40)
    for name, time in (("new", 4_000_000_000), ("old", 1)):
        (special / name).touch()
        os.utime(special / name, (time, time))
    os.chown(special / "new", 54321, 0)
    os.chown(special / "old", 4_000_000_000, 0)
    (special / "suid").touch()
    (special / "suid").chmod(0o6755)
    for name in ("node_modules/pkg", "keep/node_modules", "keep/x"):
        (root / "left" / name).mkdir(parents=True)
        (root / "left" / name / "f").touch()
    (root / "empty").mkdir()
    return root


@pytest.fixture(scope="module")
def server(place: Path) -> Iterator[Sshd]:
    with Sshd(folder=place / "ssh", user=NAME, force_command=None, prefix=namespace(place)) as server:
        yield server


def target_of(server: Sshd, *paths: Path) -> SshTarget:
    return SshTarget(
        name="dev", host=server.host, port=server.port, user=server.user, host_key=server.host_key_fingerprint,
        key_file=server.client_key, agent=False, paths=tuple(map(str, paths)), exclude=("node_modules",), timeout=10,
    )  # fmt: skip


def listed(target: SshTarget, place: Path) -> tuple[list[Asset | Gap | Control], Counter[str]]:
    """What is found, with the bytes of each name; and what was asked."""
    log = place / "journal"
    log.unlink(missing_ok=True)
    with Journal(log) as journal:
        scanner = SshScanner(target, journal=journal)
        items = list(scanner.files())
        scanner.close()
    asked: Counter[str] = Counter()
    for line in map(json.loads, log.read_text().splitlines()):
        asked.update(line.get("requests", {}))
        asked.update([line["command"]] if line["did"] == "command" else [])
    return items, asked


def named(items: list[Asset | Gap | Control]) -> list[tuple[object, bytes | None]]:
    return [(item, item.locator if isinstance(item, Asset) else None) for item in items]


@pytest.mark.parametrize("held", [_ssh_folders.HELD, 40])
def test_find_lists_what_sftp_lists(
    server: Sshd, tree: Path, place: Path, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_ssh_folders, "HELD", held)
    target = target_of(server, tree, tree / "left" / "keep")
    found, asked = listed(target, place)
    by_sftp, asked_of_sftp = listed(replace(target, shell=False), place)
    assert named(found) == named(by_sftp)
    assert len(found) > 250
    folders = asked_of_sftp["sftp opendir"]
    assert (folders > 250, asked["sftp opendir"]) == (True, 4), "over SFTP only what is closed is asked again"
    if held > 40:
        assert asked[_ssh_commands.FOLDERS] < 40 + 10, (
            "one for each folder that lies alone in another, few for the rest"
        )
    gaps = {gap.path.removeprefix(f"{tree}/"): gap.code for gap in found if isinstance(gap, Gap)}
    denied = {name for name, code in gaps.items() if code == GapCode.PERMISSION_DENIED}
    assert denied == {"doors/closed", "doors/nolist", "doors/noenter", "doors/고객 '"}
    assert {name for name, code in gaps.items() if code == GapCode.SPECIAL_FILE} == {"special/pipe", "special/device"}
    assert not list(place.rglob("harm"))


def test_without_a_find_that_knows_printf_sftp_lists(
    server: Sshd, tree: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = target_of(server, tree)
    by_sftp, _ = listed(replace(target, shell=False), place)
    for broken in ("false", "xargs -0 no-such-find", "printf '/etc/.\\0'", "cat /dev/zero", "printf 'x\\0'"):
        monkeypatch.setattr("auditor.scanners._ssh_find.FOLDERS", broken)
        found, asked = listed(target, place)
        assert named(found) == named(by_sftp), broken
        assert asked[broken] <= 5, "and it is not tried for ever"
