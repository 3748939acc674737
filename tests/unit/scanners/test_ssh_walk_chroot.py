"""What an account in a chroot sees: its `/` holds the vendor's own folders, whatever they are called."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.model.asset import Asset, Control
from auditor.model.engagement import SshTarget
from auditor.scanners._sftp_listing import Gathered, Listing
from auditor.scanners._sftp_wire import NO_SUCH_FILE, Attributes, SftpStatusError
from auditor.scanners._ssh_walk import Walk


class Chrooted:
    """The requests of a walk, answered below a folder of this machine's."""

    def __init__(self, root: str) -> None:
        self._root = root.encode()

    def __call__(self, ask: Callable[[Any], Any], *, reading: bool = False) -> Any:
        return ask(self)

    def realpath(self, path: bytes) -> bytes:
        return path

    def lstat(self, path: bytes) -> Attributes:
        try:
            facts = os.lstat(self._root + path)
        except OSError:
            raise SftpStatusError(NO_SUCH_FILE) from None
        return Attributes(size=facts.st_size, uid=facts.st_uid, mode=facts.st_mode, modified=int(facts.st_mtime))

    stat = lstat

    def listdir(self, path: bytes) -> Listing:
        gathered = Gathered()
        for name in sorted(entry.name for entry in os.scandir(self._root + path)):
            gathered.take(name, self.lstat(path.rstrip(b"/") + b"/" + name), lambda: "")
        return gathered.listing()


def walked(root: str) -> tuple[set[str], set[str]]:
    target = SshTarget(name="dev", host="h", paths=("/",))
    items = list(Walk(target, Chrooted(root)).run())
    left_out = {str(item.value) for item in items if isinstance(item, Control) and item.name == "ssh.excluded"}
    return {item.path for item in items if isinstance(item, Asset)}, left_out


@pytest.mark.parametrize("folder", ["dev", "proc", "run", "sys"])
def test_a_vendors_folder_is_not_taken_for_the_kernels(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder / "kernel").mkdir(parents=True)
    (tmp_path / folder / "members.csv").write_text("x")
    (tmp_path / folder / "version").write_text("a backup of it")
    (tmp_path / folder / "null").write_text("")
    paths, left_out = walked(str(tmp_path))
    assert f"/{folder}/members.csv" in paths
    assert f"/{folder}" not in left_out
