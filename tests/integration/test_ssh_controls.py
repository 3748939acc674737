"""How a server is guarded, told by a real sshd set both ways, and judged by the project's own policies."""

from __future__ import annotations

import getpass
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
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
from auditor.scanners._ssh_collector import SCRIPT, Facts, read
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


FROM = {"from": "192.0.2.1 50000 192.0.2.9 22\n"}
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
        parts=FROM,
        config={"/etc/ssh/sshd_config": "PermitRootLogin no\n"},
        closed=["/etc/ssh/sshd_config.d/50-cloud.conf"],
    )
    found = {control.name: control for control in server_controls("dev", facts, "", "audit", ["/srv"])}
    assert found["sshd.permitrootlogin"].value is None
    assert "50-cloud.conf" in found["sshd.permitrootlogin"].detail
    strange = Facts(parts=FROM, config={"/etc/ssh/sshd_config": "NoSuchKeyword yes\n"})
    found = {control.name: control for control in server_controls("dev", strange, "", "audit", ["/srv"])}
    assert "does not understand" in found["sshd.permitrootlogin"].detail


def settings(text: str, *others: tuple[str, str], **facts: object) -> dict[str, Control]:
    """What is made of a configuration, whose own file comes first."""
    given = Facts(**{"parts": FROM, "config": {"/etc/ssh/sshd_config": text, **dict(others)}, **facts})  # type: ignore[arg-type]
    return {control.name: control for control in server_controls("dev", given, "", "audit", ["/srv"])}


def test_an_include_never_reads_this_machine(tmp_path: Path) -> None:
    (tmp_path / "ours.conf").write_text("PermitRootLogin yes\n")
    text = f"Include {tmp_path}/ours.conf\nPermitRootLogin no\n"
    assert settings(text)["sshd.permitrootlogin"].value is None, "nobody looked for that file"
    assert settings(text, includes={f"{tmp_path}/ours.conf"})["sshd.permitrootlogin"].value == "no", (
        "and it was not there"
    )


@pytest.mark.parametrize(
    ("text", "root", "passwords"),
    [
        (
            "PermitRootLogin no\nPasswordAuthentication no\nMatch Address 10.0.0.0/8\n  PermitRootLogin yes\n",
            None,
            "no",
        ),
        (
            "PermitRootLogin no\nPasswordAuthentication no\nMatch Address 192.0.2.0/24\n  PermitRootLogin yes\n",
            "yes",
            "no",
        ),
        ("PermitRootLogin no\nPasswordAuthentication no\nMatch Group root\n  PasswordAuthentication yes\n", "no", None),
        ("PermitRootLogin no\nPasswordAuthentication no\nMatch Group root\n  PermitRootLogin no\n", None, "no"),
        ("PermitRootLogin no\nPasswordAuthentication no\nMatch User app\n  PermitRootLogin no\n", "no", "no"),
        ("PermitRootLogin no\nMatch User audit\n  PasswordAuthentication no\n", "no", None),
        ('PermitRootLogin no\nPasswordAuthentication no\nMatch exec "touch HARM"\n  X11Forwarding no\n', "no", "no"),
        ("PermitRootLogin no\nPasswordAuthentication no\nMatch all\n  PermitRootLogin yes\n", "yes", "no"),
    ],
)
def test_what_holds_for_others_is_not_passed_over(
    tmp_path: Path, text: str, root: str | None, passwords: str | None
) -> None:
    found = settings(text.replace("HARM", str(tmp_path / "harm")))
    assert (found["sshd.permitrootlogin"].value, found["sshd.passwordauthentication"].value) == (root, passwords)
    assert not list(tmp_path.iterdir()), "a vendor's command is not run here"


def test_the_whole_configuration_or_none_of_it() -> None:
    inner = ("/etc/ssh/sshd_config.d/a b.conf", "PermitRootLogin no\nInclude more/*.conf\n")
    most = ("/etc/ssh/more/x.conf", "PasswordAuthentication no\n")
    text = 'INCLUDE "/etc/ssh/sshd_config.d/a b.conf"\nPermitRootLogin yes\nPasswordAuthentication yes\n'
    looked = {"/etc/ssh/sshd_config.d/a b.conf", "/etc/ssh/more/*.conf"}
    found = settings(text, inner, most, includes=looked)
    assert found["sshd.permitrootlogin"].value == "no"
    assert found["sshd.passwordauthentication"].value == "no", "an Include within an Include"
    for doubt in (
        {"includes": {"/etc/ssh/sshd_config.d/a"}},
        {"includes": looked, "closed": ["/etc/ssh/more/*.conf"]},
        {"includes": looked, "parts": {}},
    ):
        assert settings(text, inner, most, **doubt)["sshd.permitrootlogin"].value is None, doubt
    assert settings("PermitRootLogin no\n" + "#" * 65536)["sshd.permitrootlogin"].value is None


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """One that every account may enter."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_the_script_follows_every_include(open_folder: Path) -> None:
    """The very script, run here, with a configuration in another place."""
    tmp_path = open_folder
    folder, closed = tmp_path / "conf.d", tmp_path / "closed"
    for made in (folder, closed):
        made.mkdir()
    (folder / "1.conf").write_text(f"include {tmp_path}/deep.conf\n")
    (tmp_path / "deep.conf").write_text("X11Forwarding no\n")
    (closed / "y.conf").write_text("PermitRootLogin yes\n")
    main = tmp_path / "main"
    main.write_text(f'  INCLUDE "{folder}/*.conf" {closed}/*.conf\nInclude={tmp_path}/none.conf\n')
    closed.chmod(0)
    script = SCRIPT.replace('conf "$f" 0', f"conf {main} 0")
    as_other = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(["/bin/sh", "-s"], input=script.encode(), capture_output=True, check=True, **as_other)  # type: ignore[call-overload]
    closed.chmod(0o755)
    facts = read(done.stdout.decode("utf-8", "replace"))
    assert list(facts.config) == [str(main), f"{folder}/1.conf", f"{tmp_path}/deep.conf"]
    assert facts.includes == {f"{folder}/*.conf", f"{closed}/*.conf", f"{tmp_path}/none.conf", f"{tmp_path}/deep.conf"}
    assert facts.closed == [f"{closed}/*.conf"]
    assert done.stderr == b""


def _lsblk(*, crypt: bool) -> str:
    kind = "crypt" if crypt else "lvm"
    return (
        'MAJ:MIN="8:0" KNAME="sda" PKNAME="" TYPE="disk"\nMAJ:MIN="8:1" KNAME="sda1" PKNAME="sda" TYPE="part"\n'
        f'MAJ:MIN="254:0" KNAME="dm-0" PKNAME="sda1" TYPE="{kind}"\nMAJ:MIN="254:1" KNAME="dm-1" PKNAME="dm-0" TYPE="lvm"\n'
        'MAJ:MIN="254:9" KNAME="dm-9" PKNAME="sda1" TYPE="crypt"'  # swap
    )


def _mount(device: str, point: str, kind: str = "ext4") -> str:
    return f"36 35 {device} / {point} rw,noatime shared:1 - {kind} /dev/x rw\n"


@pytest.mark.parametrize(
    ("mounts", "paths", "value"),
    [
        (_mount("254:1", "/"), ["/srv"], True),
        (_mount("254:1", "/") + _mount("8:1", "/srv"), ["/srv/x"], False),
        (_mount("254:1", "/") + _mount("8:1", "/srv"), ["/"], False),
        (_mount("254:1", "/") + _mount("8:1", "/srv"), ["/home"], True),
        (_mount("254:1", "/") + _mount("8:1", "/boot") + _mount("0:5", "/run", "tmpfs"), ["/"], True),
        (_mount("254:1", "/") + _mount("0:44", "/srv/share", "nfs4"), ["/srv"], None),
        (_mount("0:30", "/", "overlay"), ["/srv"], None),
        ("", ["/srv"], None),
    ],
)
def test_the_volumes_of_the_paths_are_what_counts(mounts: str, paths: list[str], value: bool | None) -> None:
    facts = Facts(parts={"disks": _lsblk(crypt=True), "mounts": mounts})
    found = {control.name: control.value for control in server_controls("dev", facts, "", "audit", paths)}
    assert found["server.disk_encryption"] is value


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("weekly\nrotate 60\n", 420),
        ("weekly\nrotate 4\n/var/log/a {\n  monthly\n  rotate 24\n}\n/var/log/b {\n  missingok\n}\n", 28),
        ("weekly\nrotate 60\n/var/log/a {\n  daily\n  maxage 30\n  rotate 400\n}\n", 30),
        ("monthly\nrotate 24\nmaxage 30\n", 30),
        ("weekly\nrotate 60\n/var/log/a {\n  size 100M\n}\n", None),
        ("weekly\nrotate 60\n/var/log/a {\n  postrotate\n    rotate 1\n  endscript\n}\n", 420),
        ("rotate 60\n/var/log/a {\n  missingok\n}\n", None),
        ("# nothing\n", None),
    ],
)
def test_log_retention_is_each_rules_own(said: str, days: int | None) -> None:
    found = {
        control.name: control.value
        for control in server_controls("dev", Facts(parts={"logrotate": said}), "", "audit", ["/srv"])
    }
    assert found["server.log_retention"] == days


def test_what_nobody_could_look_at_is_no_pass() -> None:
    def values(**facts: object) -> dict[str, object]:
        given = Facts(**facts)  # type: ignore[arg-type]
        return {control.name: control.value for control in server_controls("dev", given, "", "audit", ["/srv"])}

    assert values(parts={"homes": "", "histories": ""})["server.readable_histories"] is None
    assert values(parts={"homes": "drwx------\n", "histories": ""})["server.readable_histories"] == 0
    own = {"own": ""}
    assert values(cron=own)["server.cron_copies_out"] == 0
    assert values(cron=own, hidden=["/var/spool/cron/crontabs"])["server.cron_copies_out"] is None
    copying = {"/etc/cron.d/x": "0 3 * * * root scp /srv/x kim@10.0.0.2:"}
    assert values(cron=copying, hidden=["/var/spool/cron/crontabs"])["server.cron_copies_out"] == 1
    assert values(parts={"clock": "1700000000\n"})["server.clock_offset"] is None
    assert values(parts={"clock": "1700000000\n"}, heard=1700000007.5)["server.clock_offset"] == 7


@pytest.mark.parametrize("bad", [True, False])
def test_server_settings_both_ways(policies: dict[str, PolicyRule], bad: bool) -> None:
    now = int(datetime.now(UTC).timestamp())
    said = (
        f"\n\x01clock\n{now - 7200 if bad else now}\n"
        f"\n\x01disks\n{_lsblk(crypt=not bad)}\n\n\x01mounts\n{_mount('254:0', '/')}\n"
        f"\n\x01time\n{'' if bad else 'chronyd'}\n"
        f"\n\x01logrotate\nweekly\nrotate {4 if bad else 60}\n"
        f"\n\x01cron /etc/cron.d/backup\n# rsync -a /srv backup:/x\n0 3 * * * root {'rsync -a /srv me@home.example:/x' if bad else 'rsync -a /srv /mnt/backup'}\n"
        f"\n\x01homes\n{'drwxr-xr-x' if bad else 'drwx------'}\n"
        f"\n\x01histories\n{'-rw-r--r--' if bad else '-rw-------'}\n"
        "\n\x01end\n"
    )
    facts = read(said)
    facts.heard = float(now)
    controls = tuple(server_controls("dev", facts, "", "audit", ["/srv"]))
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
    found = {c.name: c.value for c in server_controls("dev", Facts(cron={"/etc/cron.d/x": line}), "", "a", ["/srv"])}
    assert found["server.cron_copies_out"] == copies


def test_a_garbled_offer_is_not_checked() -> None:
    found = {control.name: control.value for control in login_controls("dev", b"\xff" * 40, ())}
    assert found == {"ssh.weak_algorithms": None, "ssh.password_login": None}


def test_every_control_has_a_name_in_both_languages() -> None:
    names = {control.name for control in (*login_controls("d", b"", ()), *server_controls("d", None, "x", "u", []))}
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
