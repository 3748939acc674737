"""The SSH scanner against OpenSSH's own server: whom it trusts, how it logs in, what it reads, what it survives."""

from __future__ import annotations

import base64
import getpass
import hashlib
import hmac
import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from memory import streamed
from scanning import controls, scan

from auditor.errors import ReadError, TargetError
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import SshTarget
from auditor.scanners.ssh import SshScanner
from testbed import snapshot
from testbed.process import wait_until
from testbed.sshd import READ_ONLY, Sshd, fingerprint, keygen, sign_user_key

pytestmark = pytest.mark.integration

NAME = "고객명단.csv".encode("cp949")


@pytest.fixture(scope="module")
def tree(server_folder: Path) -> Path:
    root = server_folder / "vendor"
    (root / "home" / "dev").mkdir(parents=True)
    (root / "home" / "dev" / "notes.txt").write_text("nothing here\n")
    folder = os.fsencode(root / "home") + b"/" + "백업".encode("cp949")
    Path(os.fsdecode(folder)).mkdir()
    Path(os.fsdecode(folder + b"/" + NAME)).write_bytes(b"hidden by other clients")
    (root / "closed").mkdir(mode=0o700)
    (root / "closed" / "in.txt").write_text("unseen")
    (root / "secret.txt").write_text("unread")
    (root / "secret.txt").chmod(0o600)
    (root / "cache").mkdir()
    (root / "cache" / "big.iso").write_bytes(b"iso")
    (root / "alias").symlink_to("home")
    return root


@pytest.fixture
def target(sshd_server: Sshd, tree: Path) -> SshTarget:
    return SshTarget(
        name="dev-server",
        host=sshd_server.host,
        port=sshd_server.port,
        user=sshd_server.user,
        host_key=sshd_server.host_key_fingerprint,
        key_file=sshd_server.client_key,
        agent=False,
        paths=(str(tree),),
        timeout=10,
    )


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own ~/.ssh, so that this machine's does not matter."""
    (tmp_path / ".ssh").mkdir(mode=0o700)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    return tmp_path / ".ssh"


def refused(target: SshTarget) -> TargetError:
    with pytest.raises(TargetError) as error:
        scan(target)
    return error.value


def names(items: list[Asset | Gap | Control], tree: Path) -> list[str]:
    return [item.path.removeprefix(f"{tree}/") for item in items if isinstance(item, Asset)]


# --- what is there ---


def test_names_in_cp949_hide_nothing(target: SshTarget, tree: Path) -> None:
    items = scan(target)
    assert names(items, tree) == [
        "cache/big.iso",
        "home/dev/notes.txt",
        r"home/\xb9\xe9\xbe\xf7/\xb0\xed\xb0\xb4\xb8\xed\xb4\xdc.csv",
        "secret.txt",
    ]
    scanner = SshScanner(target)
    hidden = next(a for a in items if isinstance(a, Asset) and a.path.endswith("csv"))
    with scanner.open(hidden) as stream:
        assert stream.read() == b"hidden by other clients"
    scanner.close()


def test_what_the_account_may_not_read_is_said(target: SshTarget, tree: Path) -> None:
    items = scan(target)
    gaps = [(item.path, item.code) for item in items if isinstance(item, Gap)]
    assert gaps == [(f"{tree}/closed", GapCode.PERMISSION_DENIED)]
    scanner = SshScanner(target)
    secret = next(a for a in items if isinstance(a, Asset) and a.path.endswith("secret.txt"))
    assert (secret.mode, secret.owner) == (0o600, "root")
    with pytest.raises(ReadError) as error, scanner.open(secret):
        pass
    assert error.value.code == GapCode.PERMISSION_DENIED
    scanner.close()


def test_missing_and_linked_and_single_paths(target: SshTarget, tree: Path) -> None:
    paths = (f"{tree}/nowhere", f"{tree}/alias", f"{tree}/cache/big.iso", f"{tree}/closed/in.txt")
    items = scan(replace(target, paths=paths))
    assert names(items, tree)[0] == "alias/dev/notes.txt", "a root that is a link is followed, shown as typed"
    assert names(items, tree)[-1] == "cache/big.iso"
    assert [(i.path.removeprefix(f"{tree}/"), i.code) for i in items if isinstance(i, Gap)] == [
        ("nowhere", GapCode.NOT_FOUND),
        ("closed/in.txt", GapCode.PERMISSION_DENIED),
    ]


def test_a_root_within_a_root_is_walked_once(target: SshTarget, tree: Path) -> None:
    items = scan(replace(target, paths=(str(tree), f"{tree}/home", f"{tree}/cache/", str(tree))))
    assert sorted(names(items, tree)) == sorted(names(scan(target), tree))


def test_exclusions_are_kept_and_said(target: SshTarget, tree: Path) -> None:
    items = scan(replace(target, exclude=("*.iso", f"{tree}/home/dev", "closed/")))
    assert names(items, tree) == [r"home/\xb9\xe9\xbe\xf7/\xb0\xed\xb0\xb4\xb8\xed\xb4\xdc.csv", "secret.txt"]
    assert [i.value for i in items if isinstance(i, Control) and i.name == "ssh.excluded"] == [
        "*.iso",
        f"{tree}/home/dev",
        "closed/",
    ]
    assert not [i for i in items if isinstance(i, Gap)]


def test_the_kernels_folders_are_left_out_below_the_root_and_said(target: SshTarget) -> None:
    scanner = SshScanner(replace(target, paths=("/",), exclude=("/[!p]*", "/??", "/p[!r]*")))
    items = list(scanner.scan())
    scanner.close()
    assert {i.value for i in items if isinstance(i, Control) and i.name == "ssh.excluded"} >= {
        "/dev",
        "/proc",
        "/run",
        "/sys",
    }
    assert not [i for i in items if isinstance(i, Asset) and i.path.startswith("/proc")]


def test_controls(target: SshTarget, sshd_server: Sshd) -> None:
    found = controls(scan(target))
    assert found["ssh.host_key"] == sshd_server.host_key_fingerprint
    assert found["ssh.account"] == sshd_server.user


def test_nothing_is_written_even_where_the_account_could(target: SshTarget, server_folder: Path) -> None:
    tree = server_folder / "writable-tree"
    for folder in (tree, tree / "open"):
        folder.mkdir()
        folder.chmod(0o777)
        (folder / "f.txt").write_text("old")
        (folder / "f.txt").chmod(0o666)
    with Sshd(folder=server_folder / "writable", force_command="internal-sftp") as server:
        there = replace(
            target,
            port=server.port,
            host_key=server.host_key_fingerprint,
            key_file=server.client_key,
            paths=(str(tree),),
        )
        before = snapshot.tree(tree)
        scanner = SshScanner(there)
        for item in scanner.scan():
            if isinstance(item, Asset):
                with scanner.open(item) as stream:
                    assert stream.read() == b"old"
        assert list(scanner.probe())
        scanner.close()
    assert snapshot.difference(before, snapshot.tree(tree)) == []


# --- whom it trusts ---


def all_ended(log: Path) -> bool:
    """Whether each connection that sshd's log tells of has ended, before anybody logged in."""
    text = log.read_text("utf-8", "replace")
    begun = re.findall(r"^Connection from \S+ port (\d+) ", text, re.M)
    return bool(begun) and set(begun) <= set(re.findall(r" port (\d+)\b.*\[preauth\]$", text, re.M))


def test_a_wrong_pin_is_refused_before_anything_is_said(target: SshTarget, server_folder: Path) -> None:
    with Sshd(folder=server_folder / "pinned") as server:  # whose log holds no other test's last lines
        error = refused(replace(target, port=server.port, host_key="SHA256:" + "A" * 43))
        assert error.code == GapCode.HOST_KEY_REFUSED
        assert server.host_key_fingerprint in error.detail
        assert server.host_key_fingerprint in error.cure
        wait_until(lambda: all_ended(server.log), seconds=10, what="the log", log=server.log, alive=lambda: True)
        heard = server.log.read_text("utf-8", "replace")
    assert "Connection from" in heard
    assert "publickey" not in heard
    assert "user" not in heard.replace("preauth", "")


def test_an_unknown_host_is_refused_and_never_learned(target: SshTarget, home: Path) -> None:
    error = refused(replace(target, host_key=None))
    assert error.code == GapCode.HOST_KEY_REFUSED
    assert "not known" in error.detail
    assert list(home.iterdir()) == []


def hashed(name: str, key: str) -> str:
    salt = os.urandom(20)
    digest = hmac.digest(salt, name.encode(), hashlib.sha1)
    return f"|1|{base64.b64encode(salt).decode()}|{base64.b64encode(digest).decode()} {key}"


@pytest.mark.parametrize("how", ["plain", "hashed", "wild", "plain host", "second line"])
def test_known_hosts_is_believed(target: SshTarget, sshd_server: Sshd, tmp_path: Path, how: str) -> None:
    place, key = sshd_server.known_hosts.split(" ", 1)
    lines = {
        "plain": f"{place} {key}",
        "hashed": hashed(place, key),
        "wild": f"other,[127.0.*]:*,!nobody {key}",
        "plain host": f"127.0.0.1 {key}",
        "second line": f"{place} ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ==\n{place} {key} comment",
    }
    file = tmp_path / "known_hosts"
    file.write_text(f"# comment\n\nnonsense\n@cert-authority *.example {key}\n{lines[how]}\n")
    assert names(scan(replace(target, host_key=None, known_hosts=file)), Path("/"))


@pytest.mark.parametrize("how", ["other key", "revoked", "revoked though pinned", "authority alone", "negated"])
def test_known_hosts_that_say_no(target: SshTarget, sshd_server: Sshd, tmp_path: Path, how: str) -> None:
    place, key = sshd_server.known_hosts.split(" ", 1)
    other = keygen(tmp_path / "other").with_suffix(".pub").read_text().rsplit(" ", 1)[0]
    lines = {
        "other key": f"{place} {other}",
        "revoked": f"{place} {key}\n@revoked * {key}",
        "revoked though pinned": f"@revoked {place} {key}",
        "authority alone": f"@cert-authority {place} {key}",
        "negated": f"[127.0.0.1]:*,!{place} {key}",
    }
    file = tmp_path / "known_hosts"
    file.write_text(lines[how] + "\n")
    pin = sshd_server.host_key_fingerprint if "pinned" in how else None
    error = refused(replace(target, host_key=pin, known_hosts=file))
    assert error.code == GapCode.HOST_KEY_REFUSED
    assert sshd_server.host_key_fingerprint in error.detail


def test_the_pin_may_be_of_any_of_the_servers_keys(target: SshTarget, server_folder: Path, tmp_path: Path) -> None:
    rsa = server_folder / "host_rsa"
    subprocess.run(["ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", str(rsa)], check=True)
    with Sshd(folder=server_folder / "two-keys", extra=[f"HostKey {rsa}"]) as server:
        two = replace(target, port=server.port, key_file=server.client_key)
        pinned = replace(two, host_key=fingerprint(rsa.with_suffix(".pub")))
        assert controls(scan(pinned))["ssh.host_key"] == pinned.host_key
        known = tmp_path / "known_hosts"
        kind, key = rsa.with_suffix(".pub").read_text().split()[:2]
        known.write_text(f"[127.0.0.1]:{server.port} {kind} {key}\n")
        assert controls(scan(replace(two, host_key=None, known_hosts=known)))["ssh.host_key"] == pinned.host_key
        assert refused(replace(two, host_key="SHA256:" + "B" * 43)).code == GapCode.HOST_KEY_REFUSED


# --- how it logs in ---


def test_a_key_the_server_does_not_know(target: SshTarget, tmp_path: Path) -> None:
    error = refused(replace(target, key_file=keygen(tmp_path / "stranger")))
    assert error.code == GapCode.AUTHENTICATION_FAILED
    assert str(tmp_path / "stranger") in error.detail
    assert error.cure


def test_a_wrong_password_is_refused_and_never_repeated(
    target: SshTarget, server_folder: Path, tmp_path: Path, home: Path
) -> None:
    password = tmp_path / "password"
    password.write_text("correct-horse-battery\n")
    with Sshd(
        folder=server_folder / "password", password_authentication=True, public_key_authentication=False
    ) as server:
        error = refused(
            replace(
                target, port=server.port, host_key=server.host_key_fingerprint, key_file=None, password_file=password
            )
        )
    assert error.code == GapCode.AUTHENTICATION_FAILED
    assert "password_file" in error.detail
    assert "correct-horse" not in f"{error} {error.detail} {error.cure}"


@pytest.mark.parametrize(
    ("content", "why"),
    [(None, "No such file"), ("no key", "no private key"), ("", "no private key")],
)
def test_a_key_file_that_is_none(target: SshTarget, tmp_path: Path, content: str | None, why: str) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_text(content)
    error = refused(replace(target, key_file=file))
    assert error.code == GapCode.AUTHENTICATION_FAILED
    assert why in error.detail


def test_an_encrypted_key_points_to_the_agent(target: SshTarget, tmp_path: Path) -> None:
    key = tmp_path / "locked"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "passphrase", "-f", str(key)], check=True)
    error = refused(replace(target, key_file=key))
    assert error.code == GapCode.AUTHENTICATION_FAILED
    assert "ssh-add" in error.detail


def test_no_way_to_log_in_at_all(target: SshTarget, home: Path) -> None:
    error = refused(replace(target, key_file=None))
    assert error.code == GapCode.AUTHENTICATION_FAILED
    assert "key_file" in error.cure


def test_the_agents_keys_are_tried(
    target: SshTarget, sshd_server: Sshd, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = home / "agent"
    agent = subprocess.Popen(["ssh-agent", "-D", "-a", str(place)], stdout=subprocess.DEVNULL)
    try:
        while not place.exists():
            time.sleep(0.02)
        monkeypatch.setenv("SSH_AUTH_SOCK", str(place))
        subprocess.run(["ssh-add", "-q", str(sshd_server.client_key)], check=True, capture_output=True)
        assert controls(scan(replace(target, key_file=None, agent=True)))["ssh.account"] == sshd_server.user
        assert refused(replace(target, key_file=None)).code == GapCode.AUTHENTICATION_FAILED, "agent: false is kept"
    finally:
        agent.terminate()
        agent.wait()


def test_a_certificate_logs_in_where_the_key_alone_does_not(
    target: SshTarget, server_folder: Path, tmp_path: Path
) -> None:
    authority = keygen(server_folder / "user_ca")
    key = keygen(tmp_path / "auditor")
    certificate = sign_user_key(authority, key.with_suffix(".pub"), principal=target.user or "")
    moved = certificate.rename(tmp_path / "elsewhere-cert.pub")
    with Sshd(folder=server_folder / "ca", trusted_user_ca=authority.with_suffix(".pub")) as server:
        there = replace(target, port=server.port, host_key=server.host_key_fingerprint, key_file=key)
        assert refused(there).code == GapCode.AUTHENTICATION_FAILED
        assert scan(replace(there, certificate_file=moved))
        error = refused(replace(there, key_file=keygen(tmp_path / "another"), certificate_file=moved))
        assert "no certificate of" in error.detail


def test_the_users_own_configuration(target: SshTarget, sshd_server: Sshd, home: Path) -> None:
    (home / "config.d").mkdir()
    (home / "config").write_text(
        '# mine\nInclude config.d/*\nMatch exec "touch /tmp/never"\n  Port 1\n'
        f"Host dev\n  IdentityFile {sshd_server.client_key}\n  Port 1\n"
    )
    (home / "config.d" / "vendor").write_text(
        f"Host dev\n  HostName 127.0.0.1\n  Port={sshd_server.port}\n  User {sshd_server.user}\n"
        "  UserKnownHostsFile ~/.ssh/theirs\nHost other\n  User wrong\n"
    )
    (home / "theirs").write_text(sshd_server.known_hosts + "\n")
    items = scan(SshTarget(name="dev-server", host="dev", agent=False, paths=target.paths, timeout=10))
    assert controls(items)["ssh.account"] == sshd_server.user
    named = replace(target, host="dev", port=None, user=None, host_key=None, key_file=None, config_file=home / "config")
    assert controls(scan(named)) == controls(items)
    assert refused(replace(named, config_file=home / "none")).code == GapCode.NOT_FOUND


def test_keys_of_the_users_folder_are_the_last_resort(target: SshTarget, sshd_server: Sshd, home: Path) -> None:
    shutil.copy(sshd_server.client_key, home / "id_ed25519")
    assert scan(replace(target, key_file=None))


# --- how it gets there ---


@pytest.fixture(scope="module")
def jump(server_folder: Path) -> Iterator[Sshd]:
    with Sshd(folder=server_folder / "jump", allow_tcp_forwarding=True, force_command="/bin/false") as server:
        yield server


def test_through_a_jump_host(target: SshTarget, jump: Sshd) -> None:
    hop = SshTarget(
        name="jump", host=jump.host, port=jump.port, user=jump.user, host_key=jump.host_key_fingerprint,
        key_file=jump.client_key, agent=False,
    )  # fmt: skip
    items = scan(replace(target, jump=hop))
    assert controls(items)["ssh.jump_host_key"] == jump.host_key_fingerprint
    assert controls(items)["ssh.host_key"] == target.host_key
    error = refused(replace(target, jump=replace(hop, host_key="SHA256:" + "C" * 43)))
    assert (error.code, jump.host_key_fingerprint in error.detail) == (GapCode.HOST_KEY_REFUSED, True)
    error = refused(replace(target, jump=hop, host_key="SHA256:" + "C" * 43))
    assert (error.code, str(target.host_key) in error.detail) == (GapCode.HOST_KEY_REFUSED, True)
    assert refused(replace(target, jump=hop, port=1)).code == GapCode.UNREACHABLE


def test_a_jump_host_of_the_configuration(target: SshTarget, sshd_server: Sshd, jump: Sshd, home: Path) -> None:
    (home / "config").write_text(
        f"Host bastion\n  HostName 127.0.0.1\n  Port {jump.port}\n  User {jump.user}\n  IdentityFile {jump.client_key}\n"
        "Host *\n  ProxyJump bastion\n"
    )
    (home / "known_hosts").write_text(jump.known_hosts + "\n" + sshd_server.known_hosts + "\n")
    items = scan(replace(target, host_key=None))
    assert controls(items)["ssh.jump_host_key"] == jump.host_key_fingerprint


def test_nobody_there(target: SshTarget) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    error = refused(replace(target, port=port))
    assert error.code == GapCode.UNREACHABLE
    assert "refused" in error.detail
    error = refused(replace(target, host="no-such-host.invalid"))
    assert (error.code, "name is not known" in error.detail) == (GapCode.UNREACHABLE, True)


@pytest.mark.parametrize(
    "greeting", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x1b]0;x\x07" * 10_000, b"SSH-2.0-x\r\n"]
)
def test_something_else_there(
    target: SshTarget, greeting: bytes, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    listener = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def serve() -> None:
        try:
            while True:
                connection = listener.accept()[0]
                held.append(connection)
                connection.sendall(greeting)
        except OSError:
            return

    threading.Thread(target=serve, daemon=True).start()
    started = time.monotonic()
    error = refused(replace(target, port=listener.getsockname()[1], timeout=2))
    assert time.monotonic() - started < 10
    listener.close()
    for connection in held:
        connection.close()
    assert error.code == GapCode.UNREACHABLE
    assert "\x1b" not in error.detail
    assert not [record for record in caplog.records if record.name.startswith("paramiko")]
    assert capfd.readouterr() == ("", "")


def test_a_server_without_sftp(target: SshTarget, server_folder: Path) -> None:
    with Sshd(folder=server_folder / "nosftp", force_command="/bin/false") as server:
        error = refused(
            replace(target, port=server.port, host_key=server.host_key_fingerprint, key_file=server.client_key)
        )
    assert error.code == GapCode.UNREACHABLE
    assert "no SFTP" in error.detail


# --- reading ---


@pytest.fixture(scope="module")
def big(server_folder: Path) -> Path:
    path = server_folder / "big" / "dump.bin"
    path.parent.mkdir()
    block = os.urandom(1 << 20)
    with path.open("wb") as file:
        for index in range(200):
            file.write(index.to_bytes(4, "big") + block[4:])
    return path


def test_200_mb_stream_in_bounded_memory(target: SshTarget, big: Path) -> None:
    scanner = SshScanner(replace(target, paths=(str(big),)))
    [asset] = [item for item in scanner.scan() if isinstance(item, Asset)]
    with scanner.open(asset) as stream:
        digest, peak = streamed(stream)
    scanner.close()
    assert digest == hashlib.sha256(big.read_bytes()).digest()
    assert peak < 96 << 20


def test_a_file_that_shrinks_while_read(target: SshTarget, server_folder: Path, big: Path) -> None:
    copy = server_folder / "big" / "shrinking.bin"
    shutil.copy(big, copy)
    scanner = SshScanner(replace(target, paths=(str(copy),)))
    [asset] = [item for item in scanner.scan() if isinstance(item, Asset)]
    received = 0
    with pytest.raises(ReadError) as error, scanner.open(asset) as stream:
        received += len(stream.read(1 << 20))
        os.truncate(copy, 60 << 20)
        while chunk := stream.read(1 << 20):
            received += len(chunk)
    assert error.value.code == GapCode.CHANGED_DURING_READ
    assert received == 60 << 20
    assert error.value.unread == 140 << 20
    scanner.close()


@pytest.mark.parametrize("shell", [True, False])
def test_sessions_that_die_cost_nothing(
    target: SshTarget, server_folder: Path, tree: Path, big: Path, shell: bool
) -> None:
    user = getpass.getuser() if shell else ""
    with Sshd(
        folder=server_folder / f"mortal-{shell}", user=user, force_command=None if shell else READ_ONLY
    ) as server:
        scanner = SshScanner(
            replace(
                target, port=server.port, host_key=server.host_key_fingerprint, key_file=server.client_key,
                paths=(str(big), f"{tree}/home", f"{tree}/cache"), user=server.user,
            )
        )  # fmt: skip
        items = list(scanner.scan())
        assert controls(items)["ssh.reading"] == ("tar" if shell else "sftp")
        assets = [item for item in items if isinstance(item, Asset)]
        digest = hashlib.sha256()
        with scanner.open(assets[0]) as stream:
            digest.update(stream.read(1 << 20))
            kill_sessions(server)
            while data := stream.read(1 << 20):
                digest.update(data)
        assert digest.digest() == hashlib.sha256(big.read_bytes()).digest(), "it goes on where it was"
        for asset in assets[1:]:
            kill_sessions(server)
            with scanner.open(asset) as stream:
                assert stream.read()
        scanner.close()


@pytest.mark.parametrize("shell", [True, False])
def test_a_file_that_changed_while_the_connection_was_gone(
    target: SshTarget, server_folder: Path, big: Path, shell: bool
) -> None:
    copy = server_folder / "big" / "replaced.bin"
    shutil.copy(big, copy)
    user = getpass.getuser() if shell else ""
    with Sshd(
        folder=server_folder / f"moving-{shell}", user=user, force_command=None if shell else READ_ONLY
    ) as server:
        scanner = SshScanner(
            replace(
                target, port=server.port, host_key=server.host_key_fingerprint, key_file=server.client_key,
                paths=(str(copy),), user=server.user,
            )
        )  # fmt: skip
        [asset] = [item for item in scanner.scan() if isinstance(item, Asset)]
        with pytest.raises(ReadError) as error, scanner.open(asset) as stream:
            stream.read(1 << 20)
            kill_sessions(server)
            os.utime(copy, (1, 1))
            while stream.read(1 << 20):
                pass
        scanner.close()
    copy.unlink()
    assert error.value.code == GapCode.CHANGED_DURING_READ
    assert 0 < (error.value.unread or 0) < 200 << 20


def test_a_server_that_goes_away_for_good(target: SshTarget, server_folder: Path, tree: Path) -> None:
    server = Sshd(folder=server_folder / "leaving").start()
    scanner = SshScanner(
        replace(target, port=server.port, host_key=server.host_key_fingerprint, key_file=server.client_key, timeout=2)
    )
    assets = [item for item in scanner.scan() if isinstance(item, Asset)]
    server.stop()
    started = time.monotonic()
    for asset in assets * 50:
        with pytest.raises(ReadError) as error, scanner.open(asset):
            pass
        assert error.value.code == GapCode.UNREACHABLE
    assert time.monotonic() - started < 10, "it is given up, not tried for every file"
    scanner.close()


def kill_sessions(server: Sshd) -> None:
    """End sshd's sessions, not sshd."""
    for pid in server.children.pids() - {process.pid for process in server.children.processes.values()}:
        with suppress(ProcessLookupError):  # it ended by itself
            os.kill(pid, signal.SIGKILL)
    time.sleep(0.2)
