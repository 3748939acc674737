"""How a server is guarded, told by a real sshd set both ways, and judged by the project's own policies."""

from __future__ import annotations

import getpass
import json
import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.checks.control import check
from auditor.model.asset import Asset, Control
from auditor.model.engagement import SshTarget
from auditor.model.finding import Evidence, Status
from auditor.model.rule import PolicyRule
from auditor.resources import rules_dir
from auditor.ruleset.loader import load
from auditor.scanners._ssh_collector import Facts, read
from auditor.scanners._ssh_controls import login_controls, server_controls
from auditor.scanners.ssh import SshScanner
from testbed.sshd import READ_ONLY, Sshd

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def policies() -> dict[str, PolicyRule]:
    return {policy.id: policy for policy in load().policies}


def controls_of(server: Sshd, **other: object) -> dict[str, Control]:
    target = SshTarget(
        name="dev", host=server.host, port=server.port, user=server.user, host_key=server.host_key_fingerprint,
        key_file=server.client_key, agent=False, paths=(str(server.client_key.parent),), timeout=10,
    )  # fmt: skip
    scanner = SshScanner(replace(target, **other))  # type: ignore[arg-type]
    found = {item.name: item for item in scanner.scan() if isinstance(item, Control)}
    scanner.close()
    return found


def status(policies: dict[str, PolicyRule], rule: str, *controls: Control) -> Status:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    [verdict] = check(policies[rule], Evidence(controls=controls, now=now))
    assert verdict.message.ko
    return verdict.status


SSHD = ["sshd-root-login", "ssh-password-login", "ssh-weak-algorithms", "sshd-forwarding"]


@pytest.mark.parametrize("weak", [True, False])
def test_sshd_set_both_ways(server_folder: Path, policies: dict[str, PolicyRule], weak: bool) -> None:
    included = server_folder / f"included-{weak}.conf"
    included.write_text(f"Match User {getpass.getuser()}\n  AllowTcpForwarding {'yes' if weak else 'no'}\n")
    extra = ["PermitRootLogin yes", "Ciphers +3des-cbc,aes128-cbc"] if weak else ["PermitRootLogin no"]
    if not weak and os.geteuid() == 0:
        extra = ["PermitRootLogin prohibit-password"]
    server = Sshd(
        folder=server_folder / f"guarded-{weak}", user=getpass.getuser(), force_command=None, extra=extra,
        password_authentication=weak, last=[f"Include {included}"],
    )  # fmt: skip
    with server:
        found = controls_of(server)
    wanted = Status.FAIL if weak else Status.PASS
    assert {rule: status(policies, rule, *found.values()) for rule in SSHD} == dict.fromkeys(SSHD, wanted)
    assert found["ssh.weak_algorithms"].value == ("3des-cbc, aes128-cbc" if weak else "none")
    assert found["sshd.allowtcpforwarding"].value == ("yes" if weak else "no"), "Match blocks of included files count"
    assert isinstance(found["server.clock_offset"].value, int)
    assert found["server.clock_offset"].value <= 2


def test_without_commands_what_cannot_be_seen_is_not_checked(
    server_folder: Path, policies: dict[str, PolicyRule]
) -> None:
    with Sshd(folder=server_folder / "unseen", force_command=READ_ONLY, password_authentication=True) as server:
        found = controls_of(server)
    assert status(policies, "ssh-password-login", *found.values()) is Status.FAIL, "any client sees that"
    assert status(policies, "ssh-weak-algorithms", *found.values()) is Status.PASS
    for rule in ("sshd-root-login", "sshd-forwarding", "server-clock", "server-disk-encryption", "server-open-homes"):
        assert status(policies, rule, *found.values()) is Status.NOT_CHECKED
    assert "may not run commands" in found["sshd.permitrootlogin"].detail


def test_a_configuration_seen_in_part_is_not_checked() -> None:
    facts = Facts(
        config={"/etc/ssh/sshd_config": "PermitRootLogin no\n"}, closed=["/etc/ssh/sshd_config.d/50-cloud.conf"]
    )
    found = {control.name: control for control in server_controls("dev", facts, "", "audit", "192.0.2.1")}
    assert found["sshd.permitrootlogin"].value is None
    assert "50-cloud.conf" in found["sshd.permitrootlogin"].detail
    strange = Facts(config={"/etc/ssh/sshd_config": "NoSuchKeyword yes\n"})
    found = {control.name: control for control in server_controls("dev", strange, "", "audit", "192.0.2.1")}
    assert "does not understand" in found["sshd.permitrootlogin"].detail


def test_an_include_never_reads_this_machine(tmp_path: Path) -> None:
    (tmp_path / "ours.conf").write_text("PermitRootLogin yes\n")
    facts = Facts(config={"/etc/ssh/sshd_config": f"Include {tmp_path}/ours.conf\nPermitRootLogin no\n"})
    found = {control.name: control for control in server_controls("dev", facts, "", "audit", "192.0.2.1")}
    assert found["sshd.permitrootlogin"].value == "no"


@pytest.mark.parametrize("bad", [True, False])
def test_server_settings_both_ways(policies: dict[str, PolicyRule], bad: bool) -> None:
    now = int(datetime.now(UTC).timestamp())
    said = (
        f"\n\x01clock\n{now - 7200 if bad else now}\n"
        f"\n\x01disks\n{'disk ' if bad else 'disk' + chr(10) + 'crypt /'}\n"
        f"\n\x01time\n{'' if bad else 'chronyd'}\n"
        f"\n\x01logrotate\nweekly\nrotate {4 if bad else 60}\n"
        f"\n\x01cron /etc/cron.d/backup\n# rsync -a /srv backup:/x\n0 3 * * * root {'rsync -a /srv me@home.example:/x' if bad else 'rsync -a /srv /mnt/backup'}\n"
        f"\n\x01homes\n{'drwxr-xr-x' if bad else 'drwx------'}\n"
        f"\n\x01histories\n{'-rw-r--r--' if bad else '-rw-------'}\n"
        "\n\x01end\n"
    )
    controls = tuple(server_controls("dev", read(said), "", "audit", "192.0.2.1"))
    rules = ["server-clock", "server-disk-encryption", "server-log-retention", "server-cron-copies-out", "server-open-homes",
             "server-readable-histories"]  # fmt: skip
    wanted = Status.FAIL if bad else Status.PASS
    assert {rule: status(policies, rule, *controls) for rule in rules} == dict.fromkeys(rules, wanted)


@pytest.mark.parametrize(
    ("line", "copies"),
    [
        ("0 3 * * * scp /srv/dump.sql kim@10.0.0.2:", 1),
        ("0 3 * * * aws s3 sync /srv s3://mine", 1),
        ("0 3 * * * curl -s -T /srv/dump.sql https://x.example", 1),
        ("0 3 * * * pg_dump app | ssh home 'cat > x'", 1),
        ("0 3 * * * rsync -a /srv/ /backup/", 0),
        ("*/5 * * * * curl -s https://health.example/ping", 0),
        ("0 3 * * * /usr/bin/certbot renew", 0),
    ],
)
def test_jobs_that_copy_out(line: str, copies: int) -> None:
    found = {c.name: c.value for c in server_controls("dev", Facts(cron={"/etc/cron.d/x": line}), "", "a", "192.0.2.1")}
    assert found["server.cron_copies_out"] == copies


def test_a_garbled_offer_is_not_checked() -> None:
    found = {control.name: control.value for control in login_controls("dev", b"\xff" * 40, ())}
    assert found == {"ssh.weak_algorithms": None, "ssh.password_login": None}


def test_every_control_has_a_name_in_both_languages() -> None:
    names = {control.name for control in (*login_controls("d", b"", ()), *server_controls("d", None, "x", "u", "a"))}
    for language in ("en", "ko"):
        texts = (rules_dir().parent / "reports" / "templates" / f"strings.{language}.yaml").read_text("utf-8")
        assert not [name for name in names if f"\n  {name}: " not in texts]


def test_access_lists_are_told_and_judged(server_folder: Path, policies: dict[str, PolicyRule]) -> None:
    from auditor.checks.permissions import check as permissions
    from auditor.model.finding import EntityTally, Observation

    tree = server_folder / "listed"
    tree.mkdir()
    for name in ("shared \\ 고객.csv", "plain.csv"):
        (tree / name).write_text("x")
        (tree / name).chmod(0o600)
    subprocess.run(["setfacl", "-m", "u:12345:r", str(tree / "shared \\ 고객.csv")], check=True)
    with Sshd(folder=server_folder / "acls", user=getpass.getuser(), force_command=None) as server:
        target = SshTarget(
            name="dev", host=server.host, port=server.port, user=server.user, host_key=server.host_key_fingerprint,
            key_file=server.client_key, agent=False, paths=(str(tree),), timeout=10,
        )  # fmt: skip
        scanner = SshScanner(target)
        items = list(scanner.scan())
        scanner.close()
    controls = tuple(item for item in items if isinstance(item, Control))
    lists = {item.path: item.value for item in controls if item.name == "ssh.acl"}
    shared = next(item for item in items if isinstance(item, Asset) and "shared" in item.path)
    assert lists == {shared.path: "user 12345"}
    assert [item.value for item in controls if item.name == "ssh.acls"] == [1]
    tally = EntityTally(entity="KR_CI", sensitivity="linking_identifier", matches=2, distinct=2)
    observations = tuple(
        Observation(identity=item.identity, target="dev", path=item.path, tallies=(tally,), mode=0o640)
        for item in items
        if isinstance(item, Asset)
    )
    evidence = Evidence(observations=observations, controls=controls, now=datetime(2026, 1, 1, tzinfo=UTC))
    verdicts = list(permissions(policies["world-readable-personal-data"], evidence))
    assert [(verdict.status, verdict.path) for verdict in verdicts] == [(Status.FAIL, shared.path)]
    assert "user 12345" in verdicts[0].message.ko


def test_what_access_lists_say_is_joined_masked_and_judged(tmp_path: Path) -> None:
    """By the command: through a symbolic link, below a folder with a line break, with a number in the file's name."""
    from database_targets import audited, write_engagement

    tree = tmp_path / "real\nfolder\\n"
    tree.mkdir()
    (tmp_path / "link").symlink_to(tree)
    file = tree / "이력서_900101-1234568.csv"
    file.write_text("주민등록번호\n900101-1234568\n")
    file.chmod(0o600)
    subprocess.run(["setfacl", "-m", "u:12345:r", str(file)], check=True)
    with Sshd(folder=tmp_path / "sshd", user=getpass.getuser(), force_command=None) as server:
        place = {
            "host": server.host, "port": server.port, "user": server.user, "host_key": server.host_key_fingerprint,
            "key_file": str(server.client_key), "agent": False, "paths": [str(tmp_path / "link")],
        }  # fmt: skip
        _, report = audited(tmp_path, write_engagement(tmp_path, {"name": "dev", "ssh": place}))
    text = json.dumps(report, ensure_ascii=False)
    assert "900101-1234568" not in text
    [control] = [control for control in report["controls"] if control["name"] == "ssh.acl"]
    assert control["value"] == "user 12345"
    [found] = [finding for finding in report["findings"] if finding["rule"] == "world-readable-personal-data"]
    assert "user 12345" in json.dumps(found)
    assert control["path"] in json.dumps(found, ensure_ascii=False)
    [account] = [control for control in report["controls"] if control["name"] == "ssh.host_key"]
    assert server.host in account["detail"]


@pytest.mark.parametrize(
    ("value", "mode", "status"),
    [
        (None, 0o640, Status.NOT_CHECKED),
        (None, 0o600, Status.PASS),  # the mask of a list: nobody further may read
        (0, 0o640, Status.PASS),
        ("absent", 0o640, Status.PASS),  # no server: a local disk, a bucket
        (None, 0o644, Status.FAIL),
    ],
)
def test_unknown_access_lists_are_no_pass(
    policies: dict[str, PolicyRule], value: int | str | None, mode: int, status: Status
) -> None:
    from auditor.checks.permissions import check as permissions
    from auditor.model.finding import EntityTally, Observation

    tally = EntityTally(entity="KR_CI", sensitivity="linking_identifier", matches=2, distinct=2)
    seen = Observation(identity="i", target="dev", path="/a", tallies=(tally,), mode=mode)
    acls = Control(target="dev", name="ssh.acls", value=value, detail="Access lists could not be looked at: why.")
    evidence = Evidence(
        observations=(seen,), controls=() if value == "absent" else (acls,), now=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert [verdict.status for verdict in permissions(policies["world-readable-personal-data"], evidence)] == [status]


def test_lists_that_could_not_all_be_looked_at_are_unknown(server_folder: Path) -> None:
    tree = server_folder / "partly"
    tree.mkdir()
    with Sshd(folder=server_folder / "acl-partly", user=getpass.getuser(), force_command=None) as server:
        found = controls_of(server, paths=(str(tree), str(tree / "gone")))
        assert found["ssh.acls"].value is None
        assert "not everything" in found["ssh.acls"].detail
        assert controls_of(server, paths=(str(tree),))["ssh.acls"].value == 0
