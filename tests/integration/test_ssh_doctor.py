"""`auditor doctor` over SSH: what it reached, as whom, and whether the account is stronger than an audit needs."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

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


def test_the_doctor_keeps_the_vendors_hours_and_a_journal(server_folder: Path, tmp_path: Path) -> None:
    from database_targets import auditor

    tree = server_folder / "doctored-journal"
    tree.mkdir()
    (tree / "이력서_900101-1234568.csv").write_text("x")
    with Sshd(folder=server_folder / "doctor-journal", user=getpass.getuser(), force_command=None) as server:
        document = {
            "engagement": "e", "entrusting": {"name": "Example Bank"}, "contract": {"ends": "2025-03-31"},
            "vendor": {"name": "Example Labs", "country": "US", "time_zone": "Pacific/Honolulu"},
            "targets": [{"name": "dev", "ssh": {
                "host": server.host, "port": server.port, "user": server.user, "host_key": server.host_key_fingerprint,
                "key_file": str(server.client_key), "agent": False, "paths": [str(tree)],
            }}],
        }  # fmt: skip
        hour = datetime.now(UTC).astimezone(ZoneInfo("Pacific/Honolulu"))

        def told(*hours: int) -> str:
            first, last = ((hour + timedelta(hours=by)).strftime("%H:%M") for by in hours)
            file = tmp_path / "e.yaml"
            file.write_text(yaml.safe_dump({**document, "limits": {"window": f"{first}-{last}"}}, allow_unicode=True))
            return auditor(tmp_path, "doctor", file, "--journal", "doctor.jsonl").stdout

        assert "FAIL" in told(2, 4)
        open_now = told(-1, 1)
    assert "ok    dev: login" in open_now
    assert "900101-1234568" not in open_now
    journal = (tmp_path / "doctor.jsonl").read_text("utf-8")
    assert '"did": "connected"' in journal
    assert "sftp opendir" in journal
