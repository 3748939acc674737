"""What a cluster's worker needs of a target: complete, resolved here, and not to be seen in passing."""

from __future__ import annotations

import base64
import pickle
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import paramiko
import pytest

from auditor.errors import TargetError
from auditor.model.engagement import AzureTarget, LocalTarget, S3Target, SshTarget
from auditor.scanners import azure
from auditor.scanners._azure_client import access_of, given_credentials
from auditor.scanners._s3_client import Bucket, signing_keys
from auditor.scanners._ssh_account import account_of
from auditor.scanners.travel import pack, unpack


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "SSH_AUTH_SOCK"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    (tmp_path / ".ssh").mkdir()
    return tmp_path


def key(path: Path, passphrase: str = "") -> bytes:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", str(path)], check=True)
    return path.read_bytes()


def test_the_ssh_configuration_of_this_machine_goes_along_resolved(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = key(home / "first"), key(home / "second")
    host_key = _public(home / "first")
    (home / ".ssh/known_hosts").write_text(
        f"alias ssh-ed25519 {host_key}\n@revoked alias ssh-ed25519 {_public(home / 'second')}\n"
    )
    (home / ".ssh/config").write_text(
        f"Host dev\n HostName 10.0.0.7\n Port 2222\n User kim\n HostKeyAlias alias\n IdentityFile {home}/first\n IdentityFile {home}/second\n"
        f" ProxyJump lee@gate\nHost gate\n HostName 10.0.0.1\n IdentityFile {home}/second\n"
    )
    packed = pickle.loads(pickle.dumps(pack(SshTarget(name="t", host="dev", paths=("/srv",)))))  # noqa: S301
    monkeypatch.setenv("HOME", "/nonexistent")  # the worker's own configuration is another
    with ExitStack() as resources:
        target = unpack(packed, resources)
        assert isinstance(target, SshTarget)
        account = account_of(target)
        assert (account.host, account.port, account.user) == ("10.0.0.7", 2222, "kim")
        assert [file.read_bytes() for file in account.key_files] == [first, second]
        assert [paramiko.PKey.from_path(file).get_name() for file in account.key_files] == ["ssh-ed25519"] * 2
        assert account.known.trusted == {"ssh-ed25519": {base64.b64decode(host_key)}}
        assert account.known.revoked == {base64.b64decode(_public(home / "second"))}
        assert target.paths == ("/srv",)
        assert not target.agent
        assert account.jump is not None
        gate = account_of(account.jump)
        assert (gate.host, gate.port, gate.user, gate.jump) == ("10.0.0.1", 22, "lee", None)
        assert [file.read_bytes() for file in gate.key_files] == [second]
        files = [*account.key_files, target.config_file, target.known_hosts]
    assert not any(file is None or file.exists() for file in files)


def _public(path: Path) -> str:
    return path.with_name(f"{path.name}.pub").read_text().split()[1]


def test_keys_that_cannot_travel_are_an_error_with_its_cure(home: Path) -> None:
    key(home / "locked", "a passphrase")
    for target in (SshTarget(name="t", host="h"), SshTarget(name="t", host="h", key_file=home / "locked")):
        with pytest.raises(TargetError, match="taken to the cluster") as caught:
            pack(target)
        assert "password_file" in caught.value.cure


def test_a_password_goes_along(home: Path) -> None:
    (home / "password").write_text("canary-1\n")
    packed = pack(SshTarget(name="t", host="h", user="u", password_file=home / "password", host_key="SHA256:x"))
    with ExitStack() as resources:
        target = unpack(packed, resources)
        assert isinstance(target, SshTarget)
        assert target.password_file is not None
        assert target.password_file.read_text() == "canary-1\n"
        assert target.host_key == "SHA256:x"


def test_a_bucket_takes_one_pair_of_keys_from_wherever_it_was(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "credentials").write_text(
        "[default]\naws_access_key_id = other\naws_secret_access_key = other\n"
        "[audit]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = canary%secret\n"
    )
    (home / "ca.pem").write_text("an authority")
    file = S3Target(
        name="t", bucket="left", endpoint_url="https://s3.vendor.example", credentials_file=home / "credentials", profile="audit", ca_file=None
    )  # fmt: skip
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "ASIAEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "canary-env")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "canary-token")
    environment = S3Target(name="t", bucket="left", region="ap-northeast-2")
    packed = [pack(target) for target in (file, environment)]
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name)
    found = []
    with ExitStack() as resources:
        for luggage in packed:
            target = unpack(luggage, resources)
            assert isinstance(target, S3Target)
            bucket = Bucket(target)
            found.append((signing_keys(bucket), target.endpoint_url, target.region))
            bucket.close()
    assert found == [
        (("AKIAEXAMPLE", "canary%secret", None), "https://s3.vendor.example", "us-east-1"),
        (("ASIAEXAMPLE", "canary-env", "canary-token"), None, "ap-northeast-2"),
    ]
    assert "canary" not in repr(packed) + str(packed) + repr([luggage.proof for luggage in packed])


def test_files_of_this_machine_are_the_same_paths_there(tmp_path: Path) -> None:
    target = LocalTarget(name="t", paths=(tmp_path,))
    with ExitStack() as resources:
        assert unpack(pack(target), resources) == target


def test_azures_token_goes_along_wherever_it_came_from(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = "sp=rl&se=2030-01-01&sig=made-up"
    monkeypatch.setenv("AZURE_STORAGE_SAS_TOKEN", token)
    packed = pickle.loads(pickle.dumps(pack(AzureTarget(name="t", account="vendorassets", container="c"))))  # noqa: S301
    assert token not in repr(packed)
    monkeypatch.delenv("AZURE_STORAGE_SAS_TOKEN")
    with ExitStack() as resources:
        target = unpack(packed, resources)
        assert isinstance(target, AzureTarget)
        assert given_credentials(target)[0] == token, "its file is for this process alone, as the scanner asks"
        assert access_of(target).writes == ()


def test_without_its_library_azure_is_a_target_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "auditor.scanners._azure_scanner", raising=False)
    monkeypatch.setitem(sys.modules, "azure.core", None)
    scanner = azure.scanner_of(AzureTarget(name="t", account="vendorassets", container="c"))
    for ask in (scanner.scan, scanner.probe):
        with pytest.raises(TargetError, match="not installed") as error:
            list(ask())
        assert "vendor-auditor[azure]" in error.value.cure
    scanner.close()
