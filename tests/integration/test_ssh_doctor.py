"""`auditor doctor` over SSH: what it reached, as whom, and whether the account is stronger than an audit needs."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import pytest

from auditor.model.asset import Probe
from auditor.model.engagement import SshTarget
from auditor.scanners.ssh import SshScanner
from testbed import snapshot
from testbed.sshd import READ_ONLY, Sshd

pytestmark = pytest.mark.integration


@pytest.mark.parametrize(
    ("force", "user", "mode", "shell", "strong", "says"),
    [
        (READ_ONLY, "", 0o777, True, False, "refuses every write"),
        ("internal-sftp", "", 0o777, True, True, "could write into"),
        ("internal-sftp", "", 0o755, True, True, "by the folders' modes"),
        (None, getpass.getuser(), 0o755, True, True, "root can" if os.geteuid() == 0 else "could write into"),
        ("internal-sftp", getpass.getuser(), 0o755, False, True, "root can" if os.geteuid() == 0 else "could write into"),
    ],
)  # fmt: skip
def test_an_account_that_is_too_strong_is_a_warning(
    server_folder: Path, force: str | None, user: str, mode: int, shell: bool, strong: bool, says: str
) -> None:
    tree = server_folder / f"doctored-{mode:o}"
    tree.mkdir(exist_ok=True)
    (tree / "f.txt").write_text("x")
    tree.chmod(mode)
    before = snapshot.tree(tree)
    name = f"doctor-{force and force.replace(' ', '')}-{user}-{mode:o}-{shell}"
    with Sshd(folder=server_folder / name, user=user, force_command=force) as server:
        scanner = SshScanner(
            SshTarget(
                name="dev", host=server.host, port=server.port, user=server.user, host_key=server.host_key_fingerprint,
                key_file=server.client_key, agent=False, paths=(str(tree),), timeout=10, shell=shell,
            )
        )  # fmt: skip
        probes: dict[str, Probe] = {probe.what: probe for probe in scanner.probe()}
        scanner.close()
    assert all(probe.ok for probe in probes.values())
    assert probes["login"].detail == f"as {server.user}"
    account = probes["read-only account"]
    assert (account.warning, says in account.detail) == (strong, True), account
    assert bool(account.cure) == strong
    assert ("in bulk" in probes["commands"].detail) == (force is None)
    assert snapshot.difference(before, snapshot.tree(tree)) == []
