"""The Azure scanner against Azurite, Microsoft's emulator: snapshots, uploads, archive, access, doctor, and that only GET and HEAD are sent.

Azurite keeps no versions and deletes at once: tests/unit/scanners/test_azure_answers.py has what Microsoft documents of those.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from azure.core.exceptions import HttpResponseError
from azure.storage.blob import ContainerClient, ContentSettings, RetentionPolicy
from scanning import Item, controls, read, scan

from auditor.errors import ReadError, TargetError
from auditor.journal import Journal
from auditor.model.asset import Asset, Control, Gap, GapCode, Probe
from auditor.model.engagement import AzureTarget
from auditor.scanners import _azure_listing
from auditor.scanners._azure_client import PIECE
from auditor.scanners._azure_scanner import AzureScanner
from testbed import snapshot
from testbed.azurite import Azurite, written
from testbed.certificates import certificate

pytestmark = pytest.mark.integration


@pytest.fixture
def target(azurite: Azurite, tmp_path: Path) -> AzureTarget:
    """As docs/vendor-access.md has it: a token for the account that reads and lists."""
    return AzureTarget(
        name="blobs", account=azurite.account, container="unset", endpoint_url=azurite.endpoint_url, timeout=10,
        credentials_file=written(tmp_path / "sas", azurite.sas()),
    )  # fmt: skip


@pytest.fixture
def scanners() -> Iterator[list[AzureScanner]]:
    made: list[AzureScanner] = []
    yield made
    for scanner in made:
        scanner.close()


def probed(target: AzureTarget) -> dict[str, Probe]:
    scanner = AzureScanner(target)
    try:
        return {probe.what: probe for probe in scanner.probe()}
    finally:
        scanner.close()


def assets(items: list[Item]) -> dict[str, Asset]:
    return {f"{item.path}@{item.version or ''}": item for item in items if isinstance(item, Asset)}


def gaps(items: list[Item]) -> dict[str, GapCode]:
    return {item.path: item.code for item in items if isinstance(item, Gap)}


def test_snapshots_uploads_and_archived_blobs(azurite: Azurite, target: AzureTarget) -> None:
    blobs = azurite.client().create_container("kinds")
    blobs.upload_blob("members.csv", b"old")
    taken = blobs.get_blob_client("members.csv").create_snapshot()["snapshot"]
    blobs.upload_blob("members.csv", b"newer", overwrite=True)
    blobs.get_blob_client("half").stage_block("AAAA", b"x" * 200)
    blobs.upload_blob("cold", b"cold")
    blobs.get_blob_client("cold").set_standard_blob_tier("Archive")
    blobs.upload_blob("packed", gzip.compress(b"packed"), content_settings=ContentSettings(content_encoding="gzip"))
    there = replace(target, container="kinds")
    items = scan(there)
    found = assets(items)
    old, new = found[f"az://kinds/members.csv@snapshot {taken}"], found["az://kinds/members.csv@"]
    assert (old.current, read(there, old)) == (False, b"old")
    assert (new.current, new.size, read(there, new)) == (True, 5, b"newer")
    assert gzip.decompress(read(there, found["az://kinds/packed@"])) == b"packed", "as it is stored"
    [half] = [item for item in items if isinstance(item, Gap)]
    assert (half.path, half.code, half.size) == ("az://kinds/half", GapCode.INVALID_OBJECT_STATE, 200)
    with pytest.raises(ReadError) as error:
        read(there, found["az://kinds/cold@"])
    assert error.value.code == GapCode.INVALID_OBJECT_STATE
    assert blobs.get_blob_client("cold").get_blob_properties().archive_status is None, "nothing was rehydrated"
    current = assets(scan(replace(there, versions="current")))
    assert f"az://kinds/members.csv@snapshot {taken}" not in current
    assert "az://kinds/members.csv@" in current


def test_large_blobs_come_in_ranges_and_a_change_between_them_is_told(azurite: Azurite, target: AzureTarget) -> None:
    blobs = azurite.client().create_container("large")
    content = bytes(range(256)) * ((2 * PIECE + 4096) // 256)
    blobs.upload_blob("large", content)
    there = replace(target, container="large")
    asset = assets(scan(there))["az://large/large@"]
    assert read(there, asset) == content
    scanner = AzureScanner(there)
    with pytest.raises(ReadError) as error, scanner.open(asset) as stream:
        assert stream.read(PIECE) == content[:PIECE]
        blobs.upload_blob("large", content[::-1], overwrite=True)
        stream.read()
        stream.read()
    scanner.close()
    assert error.value.code == GapCode.CHANGED_DURING_READ
    assert error.value.unread == len(content) - PIECE


def test_pages_and_prefixes(azurite: Azurite, target: AzureTarget, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = azurite.client().create_container("pages")
    for index in range(25):
        blobs.upload_blob(f"{'ab'[index % 2]}/{index:02}", b"x")
    monkeypatch.setattr(_azure_listing, "PAGE", 4)
    there = replace(target, container="pages")
    assert len(assets(scan(there))) == 25
    chosen = assets(scan(replace(there, prefixes=("b/", "a/1", "b/0"))))
    assert {path[:11] for path in chosen} == {"az://pages/"}
    assert len(chosen) == 12 + 5


def test_only_get_and_head_are_sent_and_all_of_it_stands_in_the_journal(
    azurite: Azurite, target: AzureTarget, tmp_path: Path
) -> None:
    blobs = azurite.client().create_container("quiet")
    blobs.upload_blob("secret-name.csv", b"x" * 1000)
    before, asked = snapshot.container(blobs), len(azurite.requests())
    there = replace(target, container="quiet")
    with Journal(tmp_path / "journal") as journal:
        scanner = AzureScanner(there, journal=journal)
        for item in scanner.scan():
            if isinstance(item, Asset):
                with scanner.open(item) as stream:
                    assert len(stream.read()) == 1000
        list(scanner.probe())
        scanner.close()
    sent = azurite.requests()[asked:]
    assert {request.split()[0] for request in sent} == {"GET", "HEAD"}
    assert snapshot.difference(before, snapshot.container(blobs)) == []
    counted: Counter[str] = Counter()
    for line in (tmp_path / "journal").read_text("utf-8").splitlines():
        counted.update(json.loads(line)["requests"])
    assert counted.total() == len(sent)
    assert counted["azure GET blob"] == 2
    assert "secret-name" not in (tmp_path / "journal").read_text("utf-8")


def test_how_it_is_guarded(azurite: Azurite, target: AzureTarget, tmp_path: Path) -> None:
    service = azurite.client()
    service.set_service_properties(delete_retention_policy=RetentionPolicy(enabled=True, days=9))
    service.create_container("closed").upload_blob("k", b"x")
    service.create_container("open", public_access="container").upload_blob("k", b"x")
    closed, opened = (controls(scan(replace(target, container=name))) for name in ("closed", "open"))
    assert (closed["bucket.public_access"], opened["bucket.public_access"]) == (False, True)
    assert (closed["bucket.acl_public"], opened["bucket.acl_public"]) == (False, True)
    assert closed["bucket.soft_delete_days"] == 9
    assert closed["bucket.object_lock_days"] == 0
    assert closed["bucket.endpoint_tls"] is False
    assert closed["bucket.access_logging"] == "$logs"
    for unknown in ("encryption", "versioning", "region", "tls_only", "lifecycle_noncurrent_days"):
        assert closed[f"bucket.{unknown}"] is None, unknown
    narrow = replace(target, container="closed", credentials_file=written(tmp_path / "narrow", azurite.sas("closed")))
    items = scan(narrow)
    assert controls(items)["bucket.soft_delete_days"] is None
    assert controls(items)["bucket.public_access"] is False, "a stranger was refused, which is enough to know"
    assert all(item.detail for item in items if isinstance(item, Control))


@pytest.mark.parametrize(
    ("may", "writes"),
    [("rl", ()), ("racwdl", ("append", "create", "write", "delete"))],
)
def test_the_doctor_says_what_the_token_could_write(
    azurite: Azurite, target: AzureTarget, tmp_path: Path, may: str, writes: tuple[str, ...]
) -> None:
    container = f"doctor-{may}"
    azurite.client().create_container(container).upload_blob("k", b"x")
    token = written(tmp_path / "token", azurite.sas(container, may))
    found = probed(replace(target, container=container, credentials_file=token))
    assert [probe for probe in found.values() if not probe.ok] == []
    assert "valid until" in found["credentials"].detail
    assert found["read a blob"].detail == f"az://{container}/k"
    verdict = found["cannot write"]
    assert verdict.warning == bool(writes)
    assert all(word in verdict.detail for word in writes)


def test_the_accounts_key_works_and_is_warned_of(
    azurite: Azurite, target: AzureTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    azurite.client().create_container("by-key").upload_blob("k", b"x")
    monkeypatch.setenv("AZURE_STORAGE_KEY", azurite.key)
    monkeypatch.delenv("AZURE_STORAGE_SAS_TOKEN", raising=False)
    there = replace(target, container="by-key", credentials_file=None)
    assert len(assets(scan(there))) == 1
    assert probed(there)["cannot write"].warning


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("r", GapCode.PERMISSION_DENIED),
        ("expired", GapCode.PERMISSION_DENIED),  # Azure itself says AuthenticationFailed
        ("sv=2024-01-01", GapCode.AUTHENTICATION_FAILED),
        ("not base64 at all!", GapCode.AUTHENTICATION_FAILED),
        ("", GapCode.AUTHENTICATION_FAILED),
    ],
)
def test_what_is_wrong_with_the_credentials_is_said_without_them(
    azurite: Azurite, target: AzureTarget, tmp_path: Path, token: str, code: GapCode
) -> None:
    given = {"r": azurite.sas("closed", "r"), "expired": azurite.sas("closed", hours=-1)}.get(token, token)
    there = replace(target, container="closed", credentials_file=written(tmp_path / "bad", given))
    with pytest.raises(TargetError) as error:
        scan(there)
    assert error.value.code == code
    assert error.value.cure
    assert not given or given not in f"{error.value.detail}{error.value.cure}"
    failed = [probe for probe in probed(there).values() if not probe.ok]
    assert failed
    assert all(probe.cure for probe in failed)


def test_a_token_that_others_may_read_is_refused(target: AzureTarget) -> None:
    assert target.credentials_file
    target.credentials_file.chmod(0o644)
    with pytest.raises(TargetError, match="Other users") as error:
        scan(target)
    assert error.value.cure.startswith("Run: chmod 600")


def test_reading_refused_is_a_gap_of_the_blob(azurite: Azurite, target: AzureTarget, tmp_path: Path) -> None:
    azurite.client().create_container("list-only").upload_blob("k", b"x")
    there = replace(
        target, container="list-only", credentials_file=written(tmp_path / "l", azurite.sas("list-only", "l"))
    )
    [asset] = assets(scan(there)).values()
    with pytest.raises(ReadError) as error:
        read(there, asset)
    assert error.value.code == GapCode.PERMISSION_DENIED


def test_tls_is_verified_against_the_named_authority(server_folder: Path, tmp_path: Path) -> None:
    authority = certificate(tmp_path, "ca", None)
    certificate(tmp_path, "server", authority)
    pair = (tmp_path / "server.pem", tmp_path / "server-key.pem")
    with Azurite(folder=server_folder / "azurite-tls", certificate=pair) as server:
        target = AzureTarget(
            name="blobs", account=server.account, container="c-tls", endpoint_url=server.endpoint_url,
            credentials_file=written(tmp_path / "sas", server.sas()), timeout=10,
        )  # fmt: skip
        with pytest.raises(TargetError, match="certificate") as error:
            scan(target)
        assert "ca_file" in error.value.cure
        with pytest.raises(TargetError) as error:
            scan(replace(target, ca_file=tmp_path / "ca.pem"))
        assert error.value.code == GapCode.NO_SUCH_BUCKET_AVAILABLE


def test_the_pages_token_cannot_write(azurite: Azurite) -> None:
    """docs/vendor-access.md asks for read and list: with those every write is refused."""
    azurite.client().create_container("granted").upload_blob("k", b"x")
    client = ContainerClient(f"{azurite.endpoint_url}/{azurite.account}", "granted", credential=azurite.sas())
    for write in (
        lambda: client.upload_blob("new", b"x"),
        lambda: client.delete_blob("k"),
        lambda: client.set_container_access_policy({}, public_access="container"),
        lambda: client.get_blob_client("k").create_snapshot(),
        lambda: client.get_blob_client("k").stage_block("AAAA", b"x"),
        lambda: client.delete_container(),
    ):
        with pytest.raises(HttpResponseError) as error:
            write()
        assert error.value.status_code == 403
