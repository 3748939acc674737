"""The testbed itself, against the real servers: does it let in, refuse, hold what it says, and go away again?"""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import paramiko
import pytest
from botocore.exceptions import ClientError

from testbed import demo, incident, process, snapshot
from testbed.packages import ensure
from testbed.people import Person, people
from testbed.process import ServerError, descendants, running
from testbed.s3 import Credentials, S3Server
from testbed.sshd import Sshd, keygen, sign_user_key

pytestmark = pytest.mark.integration

CI = re.compile(rb"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{85}[AQgw]==(?![A-Za-z0-9+/=])")
ROOT = Path(__file__).resolve().parents[2]


def connect(server: Sshd, **options: Any) -> paramiko.SSHClient:
    """Log in with the host key pinned; paramiko's errors pass through."""
    client = paramiko.SSHClient()
    kind, key = server.known_hosts.split()[1:]
    client.get_host_keys().add(
        f"[{server.host}]:{server.port}", kind, paramiko.PKey.from_type_string(kind, base64.b64decode(key))
    )
    credentials = options or {"key_filename": str(server.client_key)}
    client.connect(server.host, server.port, server.user, look_for_keys=False, allow_agent=False, **credentials)
    return client


def shapes(data: bytes) -> set[str]:
    """An independent, plain reading: every CI-shaped value in some bytes, archives unpacked, escapes undone."""
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [info for info in archive.infolist() if not info.flag_bits & 1]
            return set().union(*(shapes(archive.read(info)) for info in members))
    if data[:2] == b"\x1f\x8b":
        return shapes(gzip.decompress(data))
    if data[257:262] == b"ustar":
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            return set().union(*(shapes(stream.read()) for m in tar if (stream := tar.extractfile(m)) is not None))
    plain = data.replace(b"\\/", b"/")
    return {value.decode() for text in (plain, unquote_to_bytes(plain)) for value in CI.findall(text)}


def read_home(root: Path) -> dict[bytes, bytes]:
    """Relative path → content of every file, names as bytes."""
    base = os.fsencode(root)
    paths = [folder + b"/" + name for folder, _, names in os.walk(base) for name in names]
    return {os.path.relpath(path, base): Path(os.fsdecode(path)).read_bytes() for path in paths}


def read_bucket(client: Any, bucket: str) -> dict[tuple[bytes, bool], bytes]:
    """(key, is the current version) → content of every object version."""
    listing = client.list_object_versions(Bucket=bucket)["Versions"]
    return {
        (v["Key"].encode(), v["IsLatest"]): client.get_object(Bucket=bucket, Key=v["Key"], VersionId=v["VersionId"])[
            "Body"
        ].read()
        for v in listing
    }


@pytest.fixture
def account_folder(server_folder: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A new folder that the SSH account may enter."""
    folder = server_folder / re.sub(r"\W", "", request.node.name)[:20]
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_packages_are_there_and_a_second_look_is_quick(capsys: pytest.CaptureFixture[str]) -> None:
    began = time.process_time()
    assert ensure(check=True) == 0
    assert time.process_time() - began < 0.5
    assert len(capsys.readouterr().out.splitlines()) <= 2


def test_the_key_logs_in_and_only_reads(sshd_server: Sshd, account_folder: Path) -> None:
    seeded = people(200)
    incident.seed_home(account_folder, seeded, reader=sshd_server.user)
    before = snapshot.tree(account_folder)
    with connect(sshd_server) as client, client.open_sftp() as sftp:
        base = str(account_folder)
        with sftp.open(f"{base}/{incident.DUMP}") as stream:
            assert stream.read(13) == b"-- MySQL dump"
        refused: dict[str, Callable[[], object]] = {
            "put": lambda: sftp.open(f"{base}/new", "w"),
            "overwrite": lambda: sftp.open(f"{base}/{incident.DUMP}", "r+"),
            "mkdir": lambda: sftp.mkdir(f"{base}/folder"),
            "remove": lambda: sftp.remove(f"{base}/{incident.DUMP}"),
            "chmod": lambda: sftp.chmod(f"{base}/{incident.DUMP}", 0o777),
            "rename": lambda: sftp.posix_rename(f"{base}/{incident.DUMP}", f"{base}/other"),
            "utime": lambda: sftp.utime(f"{base}/{incident.DUMP}", (1, 1)),
            "symlink": lambda: sftp.symlink("/", f"{base}/link"),
        }
        for name, attempt in refused.items():
            with pytest.raises(PermissionError):
                attempt()
                pytest.fail(f"{name} was allowed")
    assert snapshot.difference(before, snapshot.tree(account_folder)) == []


def test_every_seeded_file_is_readable_by_the_account(sshd_server: Sshd, account_folder: Path) -> None:
    incident.seed_home(account_folder, people(100), reader=sshd_server.user, unreadable=True)
    with connect(sshd_server) as client, client.open_sftp() as sftp:
        for path in read_home(account_folder):
            name = os.fsencode(account_folder) + b"/" + path
            if path.startswith(incident.UNREADABLE.encode()) and os.geteuid() == 0:
                with pytest.raises(PermissionError):
                    sftp.stat(name)
            else:
                with sftp.open(name) as stream:
                    stream.read(1)
    (account_folder / incident.UNREADABLE).chmod(0o700)


def test_an_unknown_key_and_a_wrong_password_are_refused(account_folder: Path) -> None:
    with Sshd(folder=account_folder, password_authentication=True) as server:
        with pytest.raises(paramiko.AuthenticationException):
            connect(server, password="not the password")
        with pytest.raises(paramiko.AuthenticationException):
            connect(server, key_filename=str(keygen(account_folder / "stranger")))
        server.wait_for("sshd", "Failed password", seconds=10)


def test_a_wrong_host_key_is_seen(account_folder: Path, sshd_server: Sshd) -> None:
    with Sshd(folder=account_folder) as other:
        assert other.host_key_fingerprint.startswith("SHA256:")
        assert other.host_key_fingerprint != sshd_server.host_key_fingerprint


def test_a_certificate_logs_in(account_folder: Path) -> None:
    account_folder.mkdir()
    ca = keygen(account_folder / "ca")
    with Sshd(folder=account_folder / "s", trusted_user_ca=ca.with_suffix(".pub")) as server:
        key = keygen(account_folder / "stranger")
        certificate = sign_user_key(ca, key.with_suffix(".pub"), principal=server.user)
        pair = paramiko.Ed25519Key.from_private_key_file(str(key))
        pair.load_certificate(str(certificate))
        with connect(server, pkey=pair) as client, client.open_sftp() as sftp:
            assert sftp.stat("/").st_mode is not None


def test_a_jump_host_forwards_when_allowed(sshd_server: Sshd, account_folder: Path) -> None:
    target = (sshd_server.host, sshd_server.port)
    with Sshd(folder=account_folder, allow_tcp_forwarding=True) as jump, connect(jump) as client:
        transport = client.get_transport()
        assert transport is not None
        with transport.open_channel("direct-tcpip", target, ("127.0.0.1", 0), timeout=10) as channel:
            assert channel.recv(7) == b"SSH-2.0"
    with connect(sshd_server) as client:
        transport = client.get_transport()
        assert transport is not None
        with pytest.raises(paramiko.ChannelException):
            transport.open_channel("direct-tcpip", target, ("127.0.0.1", 0), timeout=10)


def test_the_s3_auditor_reads_everything_and_writes_nothing(s3_server: S3Server) -> None:
    writer, auditor, bucket = s3_server.client(), s3_server.client(s3_server.auditor), "read-only"
    writer.create_bucket(Bucket=bucket)
    writer.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    for body in (b"old", b"new"):
        writer.put_object(Bucket=bucket, Key="키 1.csv", Body=body)
    writer.delete_object(Bucket=bucket, Key="키 1.csv")
    listing = auditor.list_object_versions(Bucket=bucket)
    assert len(listing["Versions"]) == 2 and len(listing["DeleteMarkers"]) == 1
    assert {d for (_, d) in read_bucket(auditor, bucket).items()} <= {b"old", b"new"}
    before, version = snapshot.bucket(writer, bucket), listing["Versions"][0]["VersionId"]
    refused: dict[str, Callable[[], object]] = {
        "put": lambda: auditor.put_object(Bucket=bucket, Key="x", Body=b""),
        "delete": lambda: auditor.delete_object(Bucket=bucket, Key="키 1.csv", VersionId=version),
        "copy": lambda: auditor.copy_object(
            Bucket=bucket, Key="y", CopySource={"Bucket": bucket, "Key": "키 1.csv", "VersionId": version}
        ),
        "multipart": lambda: auditor.create_multipart_upload(Bucket=bucket, Key="x"),
        "acl": lambda: auditor.put_bucket_acl(Bucket=bucket, ACL="public-read"),
        "policy": lambda: auditor.delete_bucket_policy(Bucket=bucket),
        "versioning": lambda: auditor.put_bucket_versioning(
            Bucket=bucket, VersioningConfiguration={"Status": "Suspended"}
        ),
        "bucket": lambda: auditor.create_bucket(Bucket="another"),
        "remove": lambda: auditor.delete_bucket(Bucket=bucket),
    }
    for name, attempt in refused.items():
        with pytest.raises(ClientError, match="AccessDenied"):
            attempt()
            pytest.fail(f"{name} was allowed")
    assert snapshot.difference(before, snapshot.bucket(writer, bucket)) == []
    stranger = s3_server.client(Credentials(access_key=s3_server.auditor.access_key, secret_key="wrong"))
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        stranger.list_objects_v2(Bucket=bucket)


@pytest.mark.parametrize("count", [17_551, 1_234])
def test_a_plain_recount_finds_exactly_the_people_seeded(count: int, tmp_path: Path, s3_server: S3Server) -> None:
    seeded, bucket = people(count), f"recount-{count}"
    truth = incident.seed_home(tmp_path / "home", seeded).merge(
        incident.seed_bucket(s3_server.client(), bucket, seeded)
    )
    assert truth.people == count
    known = {person.ci for person in seeded}
    home, objects = read_home(tmp_path / "home"), read_bucket(s3_server.client(s3_server.auditor), bucket)
    found = {path: shapes(data) for path, data in home.items()}
    versions = {key: shapes(data) for key, data in objects.items()}
    everyone = set().union(*found.values(), *versions.values())
    assert len(everyone & known) == count
    for place in truth.places:
        here = found[place.path] if place.where == "home" else versions[place.path, place.version == "current"]
        assert here & known == place.cis, place.name
        # The dump lies in two places, byte for byte: only without both somebody is missed.
        twins = {place.name} | ({"dump", "dump-copy"} if place.name.startswith("dump") else set())
        others = set().union(*(other.cis for other in truth.places if other.name not in twins))
        assert place.cis - others, f"nobody is only in {place.name}"
    for path in truth.clean:
        if os.fsencode(path) in found:
            assert not found[os.fsencode(path)] & known, path
    # The look-alikes are really there, in numbers that a recogniser without context would report.
    assert len(everyone - known) > 1_500


def test_every_way_of_writing_a_ci_is_there(tmp_path: Path) -> None:
    truth = incident.seed_home(tmp_path / "home", people(500))
    home = read_home(tmp_path / "home")
    by_name = {place.name: home[place.path] for place in truth.places}
    assert b"%3D%3D" in by_name["access-log"] and b"%3D%3D" in by_name["api-log"]
    assert b"\\/" in by_name["fixtures"]
    assert "연계정보".encode("cp949") in by_name["korean-csv"]
    for line in by_name["api-log"].splitlines():
        json.loads(line)
    if sys.platform != "darwin":
        with pytest.raises(UnicodeDecodeError):
            incident.RAW_NAME.decode()
    with (
        zipfile.ZipFile(io.BytesIO(home[os.fsencode(incident.GAPS[0])])) as locked,
        pytest.raises(RuntimeError, match="encrypted"),
    ):
        locked.read(locked.namelist()[0])


def test_the_same_seed_gives_the_same_bytes_and_people_are_distinct(tmp_path: Path) -> None:
    for name in ("one", "two"):
        incident.seed_home(tmp_path / name, people(300))
    assert snapshot.difference(snapshot.tree(tmp_path / "one"), snapshot.tree(tmp_path / "two")) == []
    group = people(17_551)
    fields: list[Callable[[Person], str | None]] = [lambda p: p.ci, lambda p: p.di, lambda p: p.nickname]
    for field in fields:
        assert len({field(person) for person in group}) == len(group)
    for some in (lambda p: p.mobile, lambda p: p.email, lambda p: p.wallet):
        values = [value for person in group if (value := some(person)) is not None]
        assert 0 < len(set(values)) == len(values) < len(group)
    assert all(
        len(person.ci) == 88 and len(person.di) == 64 and person.di.startswith("MC0GCCqGSIb3DQIJAyEA")
        for person in group
    )


@pytest.mark.parametrize(
    ("code", "changed", "reported", "expected"),
    [
        (1, False, True, 0),
        (3, False, True, 0),
        (0, False, True, 70),
        (1, True, True, 70),
        (1, False, False, 70),
        (2, False, False, 2),
    ],
)
def test_the_demo_succeeds_only_if_the_audit_found_something(
    code: int, changed: bool, reported: bool, expected: int
) -> None:
    assert demo.verdict(code, changed=changed, reported=reported) == expected


def test_a_snapshot_sees_content_mode_and_time(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    os.utime(tmp_path / "a", (1, 1))
    before = snapshot.tree(tmp_path)
    (tmp_path / "a").write_bytes(b"2")
    os.utime(tmp_path / "a", (1, 1))
    assert snapshot.difference(before, snapshot.tree(tmp_path)) == ["changed: a"]
    (tmp_path / "a").write_bytes(b"1")
    assert snapshot.difference(before, snapshot.tree(tmp_path)) == ["changed: a"]  # its time
    os.utime(tmp_path / "a", (1, 1))
    assert snapshot.difference(before, snapshot.tree(tmp_path)) == []
    (tmp_path / "a").chmod(0o600 if (tmp_path / "a").stat().st_mode & 0o777 != 0o600 else 0o640)
    assert snapshot.difference(before, snapshot.tree(tmp_path)) == ["changed: a"]


def test_a_port_that_somebody_took_meanwhile_is_given_up_for_another(
    account_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        taken = somebody.getsockname()[1]
        ports = [taken, process.free_port(), taken, taken, taken]
        monkeypatch.setattr(process, "free_port", lambda: ports.pop(0))
        with Sshd(folder=account_folder) as server:
            assert server.port != taken
            assert len(ports) == 3
            connect(server).close()
        lost = Sshd(folder=account_folder)
        with pytest.raises(ServerError, match="already in use"):
            lost.start()
        assert (ports, lost.port, lost.children.pids()) == ([], 0, set())
        with pytest.raises(ServerError, match="already in use"):
            Sshd(folder=account_folder, port=taken).start()  # one that was asked for is not changed


def test_stopping_leaves_no_process(account_folder: Path) -> None:
    with (
        Sshd(folder=account_folder / "ssh") as ssh,
        S3Server(folder=account_folder / "s3") as s3,
        connect(ssh) as client,
    ):
        client.open_sftp().listdir("/")
        pids = ssh.children.pids() | s3.pids()
        assert len(pids) >= 4 and running(pids) == pids
    assert running(pids) == set()


ENDS = [(signal.SIGTERM, "moto"), (signal.SIGINT, "moto")]
if sys.platform == "linux":  # elsewhere nothing ties a child's life to that of a parent who is not asked
    ENDS.append((signal.SIGKILL, None))


@pytest.mark.parametrize(("number", "kind"), ENDS)
def test_a_killed_starter_takes_its_servers_along(
    number: signal.Signals, kind: str | None, account_folder: Path
) -> None:
    account_folder.mkdir()
    command = [sys.executable, "-u", "-m", "testbed.s3", "--dir", str(account_folder / "s3")]
    command += ["--kind", kind] if kind else []
    starter = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    lines = [starter.stdout.readline() for _ in range(5)]
    assert lines[-1].startswith("auditor:"), lines
    pids = descendants({starter.pid}) - {starter.pid}
    assert pids
    starter.send_signal(number)
    starter.wait(60)
    starter.stdout.close()
    deadline = time.monotonic() + 30
    while running(pids) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert running(pids) == set()
