"""docs/vendor-access.md holds: with exactly its grants the audit works, and whatever would change anything is refused.

sshd runs in a mount namespace of its own, with an account and sudo rules that this machine does not have.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.errors import TargetError
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import SshTarget
from auditor.scanners import _ssh_commands
from auditor.scanners.ssh import SshScanner
from testbed import snapshot
from testbed.account import NAME, namespace
from testbed.sshd import Sshd

pytestmark = pytest.mark.integration

PAGE = (Path(__file__).parents[2] / "docs" / "vendor-access.md").read_text("utf-8")
WRITES = "open,openat,openat2,creat,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,mknod,"\
    "mknodat,chmod,fchmod,fchmodat,chown,fchown,lchown,fchownat,truncate,ftruncate,utimensat,setxattr,lsetxattr,fsetxattr"  # fmt: skip


def block(kind: str) -> str:
    """A block of the page, to copy and paste."""
    found = re.search(rf"^```{kind}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert found, kind
    return found[1]


@pytest.fixture(scope="module")
def vendor(place: Path) -> Path:
    root = place / "vendor"
    (root / "srv").mkdir(parents=True)
    (root / "srv" / "users.csv").write_text("name\n")
    (root / "srv" / "open").mkdir()
    (root / "srv" / "open" / "f.txt").write_text("anybody may write here")
    for path in (root / "srv" / "open", root / "srv" / "open" / "f.txt"):
        path.chmod(0o777)
    (root / "srv" / "dump.bin").write_bytes(bytes(5 << 20))
    (root / "closed").mkdir(mode=0o700)
    (root / "closed" / "in.csv").write_text("behind a closed door\n")
    return root


def target_of(server: Sshd, *paths: str) -> SshTarget:
    return SshTarget(
        name="dev", host=server.host, port=server.port, user=server.user, host_key=server.host_key_fingerprint,
        key_file=server.client_key, agent=False, paths=paths, timeout=10,
    )  # fmt: skip


def read_all(target: SshTarget) -> tuple[dict[str, bytes], list[Gap], dict[str, object]]:
    scanner = SshScanner(target)
    read, gaps, controls = {}, [], {}
    for item in scanner.scan():
        match item:
            case Asset():
                with scanner.open(item) as stream:
                    read[item.path] = stream.read()
                [fetched] = scanner.fetch([item])
                assert fetched == read[item.path]
            case Gap():
                gaps.append(item)
            case Control():
                controls[item.name] = item.value
    list(scanner.probe())
    scanner.close()
    return read, gaps, controls


def client(server: Sshd, program: str, *arguments: str, given: str = "") -> int:
    options = [f"Port={server.port}", f"IdentityFile={server.client_key}", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null",
               "BatchMode=yes", "ConnectTimeout=5"]  # fmt: skip
    command = [program, "-F", "/dev/null", *(part for option in options for part in ("-o", option)), *arguments]
    return subprocess.run(command, input=given.encode(), capture_output=True, timeout=20, check=False).returncode


@pytest.fixture(scope="module")
def granted(place: Path, vendor: Path) -> Iterator[Sshd]:
    """The page's Match block."""
    lines = block("sshd_config").replace("/srv/vendor", str(vendor)).splitlines()
    server = Sshd(folder=place / "granted", user=NAME, force_command=None, allow_tcp_forwarding=True, last=lines)
    server.prefix = namespace(place, sudoers=block("sudoers"))
    with server:
        yield server


def test_with_exactly_these_grants_the_audit_works(granted: Sshd, vendor: Path) -> None:
    before = snapshot.tree(vendor)
    read, gaps, controls = read_all(target_of(granted, "/"))
    assert set(read) == {"/srv/users.csv", "/srv/open/f.txt", "/srv/dump.bin"}
    assert [(gap.path, gap.code) for gap in gaps] == [("/closed", GapCode.PERMISSION_DENIED)]
    assert controls["ssh.reading"] == "sftp"
    assert snapshot.difference(before, snapshot.tree(vendor)) == []


@pytest.mark.parametrize(
    "batch",
    ["put /etc/hostname srv/open/new", "mkdir srv/open/new", "rm srv/open/f.txt", "rename srv/open/f.txt srv/open/g", "chmod 600 srv/open/f.txt",
     "ln -s /etc srv/open/new"],
)  # fmt: skip
def test_whatever_would_change_anything_is_refused(granted: Sshd, vendor: Path, batch: str) -> None:
    before = snapshot.tree(vendor)
    assert client(granted, "sftp", "-b", "-", f"{NAME}@{granted.host}", given="ls srv/open\n") == 0
    assert client(granted, "sftp", "-b", "-", f"{NAME}@{granted.host}", given=batch + "\n") != 0
    assert snapshot.difference(before, snapshot.tree(vendor)) == []


def test_no_command_and_no_forwarding(granted: Sshd, place: Path) -> None:
    assert client(granted, "ssh", f"{NAME}@{granted.host}", "true > /tmp/at-made; true") != 0
    assert client(granted, "ssh", "-W", f"127.0.0.1:{granted.port}", f"{NAME}@{granted.host}") != 0


def test_the_key_is_bound_to_the_auditors_address(granted: Sshd) -> None:
    line = block("authorized_keys").split()
    keys = granted.folder / "authorized_keys"
    public = granted.client_key.with_suffix(".pub").read_text().strip()
    try:
        keys.write_text(f"{line[0]} {public}\n")
        assert read_all(target_of(granted, "/srv"))[0]
        keys.write_text(f"{line[0].replace('127.0.0.1', '192.0.2.1')} {public}\n")
        with pytest.raises(TargetError) as error:
            read_all(target_of(granted, "/srv"))
        assert error.value.code == GapCode.AUTHENTICATION_FAILED
    finally:
        keys.write_text(f"{public}\n")


def test_the_page_names_every_command() -> None:
    commands = {value for name, value in vars(_ssh_commands).items() if name.isupper() and isinstance(value, str)}
    listed = set(re.findall(r"^\| `([^`]+)` \|", PAGE.replace("\\|", "|"), re.MULTILINE))
    assert commands - {_ssh_commands.FIND} == listed
    assert _ssh_commands.FIND.split()[0] in block("sudoers")


def test_sudo_reads_what_is_closed_and_nothing_else(place: Path, vendor: Path) -> None:
    server = Sshd(
        folder=place / "sudo", user=NAME, force_command=None, prefix=namespace(place, sudoers=block("sudoers"))
    )
    with server:
        target = target_of(server, str(vendor))
        before = snapshot.tree(vendor)
        read, gaps, _ = read_all(target)
        assert [gap.path for gap in gaps] == [f"{vendor}/closed"], "without sudo it is closed"
        read, gaps, controls = read_all(replace(target, sudo=True))
        assert read[f"{vendor}/closed/in.csv"] == b"behind a closed door\n"
        assert not gaps
        assert controls["ssh.reading"] == "tar"
        read, gaps, _ = read_all(replace(target, sudo=True, paths=(f"{vendor}/closed",)))
        assert list(read.values()) == [b"behind a closed door\n"]
        for command in (
            "id",
            "tar --version --to-command=id",
            "tar --create --file=/tmp/at-made /etc/hostname",
            "find / -delete",
        ):
            assert client(server, "ssh", f"{NAME}@{server.host}", f"sudo -n {command}") != 0
        assert snapshot.difference(before, snapshot.tree(vendor)) == []


def test_a_refused_sudo_is_told(place: Path, vendor: Path) -> None:
    prefix = namespace(place)
    with Sshd(folder=place / "nosudo", user=NAME, force_command=None, prefix=prefix) as server:
        scanner = SshScanner(replace(target_of(server, str(vendor)), sudo=True))
        [control] = [item for item in scanner.scan() if isinstance(item, Control) and item.name == "ssh.reading"]
        failed = [probe for probe in scanner.probe() if not probe.ok]
        scanner.close()
    assert control.value == "sftp"
    assert "sudo refuses" in control.detail
    assert any("sudo" in f"{probe.what} {probe.detail}" for probe in failed)


def test_sudo_for_a_part_of_the_commands_is_a_refusal(place: Path, vendor: Path) -> None:
    prefix = namespace(place, sudoers="bankaudit ALL=(root) NOPASSWD: /usr/bin/tar --version\n")
    with Sshd(folder=place / "halfsudo", user=NAME, force_command=None, prefix=prefix) as server:
        target = replace(target_of(server, str(vendor)), sudo=True)
        scanner = SshScanner(target)
        [control] = [item for item in scanner.scan() if isinstance(item, Control) and item.name == "ssh.reading"]
        scanner.close()
        assert (control.value, "sudo refuses" in control.detail) == ("sftp", True)
        assert f"{vendor}/srv/users.csv" in read_all(target)[0]


def test_the_servers_processes_open_nothing_for_writing(place: Path, vendor: Path) -> None:
    traces = place / "traces"
    traces.mkdir()
    # A file a process: in one file, strace cuts a call in two where another process's comes between.
    strace = ["strace", "-ff", "-qq", "-y", "-s", "4096", "-e", f"trace={WRITES}", "-o", str(traces / "of")]
    prefix = [*strace, *namespace(place, sudoers=block("sudoers"))]
    before = snapshot.tree(vendor)
    with Sshd(folder=place / "traced", user="root", force_command=None, prefix=prefix) as server:
        for shell in (True, False):
            read, _, _ = read_all(replace(target_of(server, str(vendor)), shell=shell))
            assert len(read) == 4
        log = server.log.read_text("utf-8", "replace")
    traced = [line for file in traces.iterdir() for line in file.read_text("utf-8", "replace").splitlines()]
    calls = [line for line in traced if str(vendor) in line]
    opened = [line for line in calls if re.search(r"\b(open|openat)\(", line)]
    assert len(opened) > 20, "it was traced"
    assert [line for line in opened if re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)", line)] == []
    assert [line for line in calls if line not in opened] == []
    assert not re.search(
        r"open \"[^\"]*\" flags [^\n]*(WRITE|CREATE|TRUNCATE)|\b(mkdir|remove name|rename old|setstat)\b", log
    )
    assert snapshot.difference(before, snapshot.tree(vendor)) == []
