"""The S3 scanner against Ceph RGW (and moto for what RGW does not have): versions, uploads, access, errors."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from memory import streamed
from scanning import read, scan

from auditor.cli import main
from auditor.errors import ReadError, TargetError
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import S3Target
from auditor.scanners.s3 import S3Scanner
from testbed.s3 import Credentials, S3Server

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def moto_server(server_folder: Path) -> Iterator[S3Server]:
    with S3Server(folder=server_folder / "moto", kind="moto") as server:
        yield server


@pytest.fixture(scope="module")
def sts_server(server_folder: Path) -> Iterator[S3Server]:
    """A Ceph RGW of this module's own, where roles can be taken."""
    with S3Server(folder=server_folder / "sts", kind="ceph-rgw", sts=True) as server:
        yield server


@pytest.fixture
def target(s3_server: S3Server, tmp_path: Path) -> S3Target:
    return of(s3_server, tmp_path)


def of(server: S3Server, folder: Path) -> S3Target:
    return S3Target(
        name="bucket",
        bucket="unset",
        endpoint_url=server.endpoint_url,
        region=server.region,
        credentials_file=server.auditor.write(folder / "auditor.credentials"),
        timeout=10,
    )


def assets(items: list[Asset | Gap | Control]) -> list[Asset]:
    return [item for item in items if isinstance(item, Asset)]


def control(items: list[Asset | Gap | Control], name: str) -> Control:
    return next(item for item in items if isinstance(item, Control) and item.name == name)


def versioned(server: S3Server, bucket: str) -> Any:
    client = server.client()
    client.create_bucket(Bucket=bucket)
    client.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    return client


def test_old_and_deleted_versions_are_listed_and_read(s3_server: S3Server, target: S3Target) -> None:
    client = versioned(s3_server, "versions")
    for body in (b"one", b"two22"):
        client.put_object(Bucket="versions", Key="kept.csv", Body=body)
    client.put_object(Bucket="versions", Key="deleted.csv", Body=b"still here")
    client.delete_object(Bucket="versions", Key="deleted.csv")
    there = replace(target, bucket="versions")
    items = scan(there)
    found = {(a.path, a.current, read(there, a)) for a in assets(items)}
    assert found == {
        ("s3://versions/deleted.csv", False, b"still here"),
        ("s3://versions/kept.csv", True, b"two22"),
        ("s3://versions/kept.csv", False, b"one"),
    }
    assert len({a.identity for a in assets(items)}) == 3
    assert all(a.version for a in assets(items))
    assert control(items, "bucket.versioning").value == "Enabled"
    assert control(items, "bucket.versions_listed").value is True
    assert [a.path for a in assets(scan(replace(there, versions="current")))] == ["s3://versions/kept.csv"]


def test_a_version_from_before_versioning_is_read(s3_server: S3Server, target: S3Target) -> None:
    client = s3_server.client()
    client.create_bucket(Bucket="before")
    client.put_object(Bucket="before", Key="k", Body=b"null version")
    there = replace(target, bucket="before")
    [asset] = assets(scan(there))
    assert (asset.version, asset.current) == (None, True)
    client.put_bucket_versioning(Bucket="before", VersioningConfiguration={"Status": "Enabled"})
    client.put_object(Bucket="before", Key="k", Body=b"new")
    new, old = assets(scan(there))
    assert (old.version, old.current, read(there, old)) == ("null", False, b"null version")
    assert (new.current, read(there, new)) == (True, b"new")


def test_more_than_one_page_of_keys_and_versions(s3_server: S3Server, target: S3Target) -> None:
    client = versioned(s3_server, "pages")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda index: client.put_object(Bucket="pages", Key=f"{index:04}", Body=b"x"), range(1100)))
    for _ in range(3):
        client.put_object(Bucket="pages", Key="0500", Body=b"y")
    there = replace(target, bucket="pages")
    paths = [a.path.rsplit("/", 1)[1] for a in assets(scan(there))]
    assert paths == sorted([f"{index:04}" for index in range(1100)] + ["0500"] * 3)
    assert len(assets(scan(replace(there, versions="current")))) == 1100
    assert len(assets(scan(replace(there, prefixes=("05",))))) == 103


@pytest.mark.parametrize("versions", ["all", "current"])
def test_strange_keys_are_read_and_shown_escaped(s3_server: S3Server, target: S3Target, versions: Any) -> None:
    keys = ["a b+c%20d.txt", "고객/명단.csv", "../../etc/passwd", "new\nline", "&<>\"'", "x/", "//y", "?versions#f"]
    bucket = f"strange-{versions}"
    client = s3_server.client()
    client.create_bucket(Bucket=bucket)
    for key in keys:
        client.put_object(Bucket=bucket, Key=key, Body=key.encode())
    there = replace(target, bucket=bucket, versions=versions)
    found = assets(scan(there))
    assert {read(there, asset).decode() for asset in found} == set(keys)
    assert rf"s3://{bucket}/new\x0aline" in {asset.path for asset in found}
    assert all(asset.path.isprintable() for asset in found)


def test_uploads_never_completed_are_gaps(s3_server: S3Server, target: S3Target) -> None:
    client = s3_server.client()
    client.create_bucket(Bucket="uploads")
    upload = client.create_multipart_upload(Bucket="uploads", Key="dump.sql")["UploadId"]
    for part in (1, 2):
        client.upload_part(Bucket="uploads", Key="dump.sql", UploadId=upload, PartNumber=part, Body=b"x" * (5 << 20))
    items = scan(replace(target, bucket="uploads"))
    assert [(i.path, i.code, i.size) for i in items if isinstance(i, Gap)] == [
        ("s3://uploads/dump.sql", GapCode.INVALID_OBJECT_STATE, 10 << 20)
    ]


def test_an_empty_bucket_is_complete(s3_server: S3Server, target: S3Target) -> None:
    s3_server.client().create_bucket(Bucket="empty")
    items = scan(replace(target, bucket="empty"))
    assert not [item for item in items if not isinstance(item, Control)]
    assert control(items, "bucket.versioning").value is False


def test_a_private_bucket(s3_server: S3Server, target: S3Target) -> None:
    client = s3_server.client()
    client.create_bucket(Bucket="private")
    client.put_object(Bucket="private", Key="k", Body=b"x")
    items = scan(replace(target, bucket="private"))
    for name in ("bucket.public_access", "bucket.policy_public", "bucket.acl_public", "bucket.endpoint_tls"):
        assert control(items, name).value is False, name
    if s3_server.kind == "ceph-rgw":
        assert control(items, "bucket.encryption").value is None
        assert control(items, "bucket.encryption").detail


@pytest.mark.parametrize("how", ["acl", "policy", "one object", "block is no proof"])
def test_a_public_bucket(s3_server: S3Server, target: S3Target, how: str) -> None:
    if s3_server.kind != "ceph-rgw":
        assert "moto" in s3_server.name, "the stand-in answers anonymous requests with its own faults"
        return
    bucket = "public-" + how.replace(" ", "-")
    client = s3_server.client()
    client.create_bucket(Bucket=bucket)
    client.put_object(Bucket=bucket, Key="k", Body=b"x", ACL="public-read" if how == "one object" else "private")
    policy = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": "*",
                    "Action": ["s3:GetObject", "s3:ListBucket"],
                    "Resource": [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"],
                }
            ],
        }
    )
    if how == "acl":
        client.put_bucket_acl(Bucket=bucket, ACL="public-read")
    elif how in ("policy", "block is no proof"):
        client.put_bucket_policy(Bucket=bucket, Policy=policy)
    if how == "block is no proof":
        client.put_public_access_block(
            Bucket=bucket, PublicAccessBlockConfiguration={"IgnorePublicAcls": True, "RestrictPublicBuckets": True}
        )
    items = scan(replace(target, bucket=bucket))
    assert control(items, "bucket.public_access").value is True
    assert "credentials" in control(items, "bucket.public_access").detail
    if how == "acl":
        assert control(items, "bucket.acl_public").value is True
    if how in ("policy", "block is no proof"):
        assert control(items, "bucket.policy_public").value in (True, None)


def test_a_bucket_that_is_not_there(target: S3Target) -> None:
    with pytest.raises(TargetError) as error:
        scan(replace(target, bucket="nowhere-at-all"))
    assert error.value.code == GapCode.NO_SUCH_BUCKET_AVAILABLE
    with pytest.raises(TargetError) as error:
        scan(replace(target, bucket="No Bucket's Name"))
    assert error.value.code == GapCode.NO_SUCH_BUCKET_AVAILABLE


def test_keys_the_service_does_not_know(target: S3Target, s3_server: S3Server, tmp_path: Path) -> None:
    s3_server.client().create_bucket(Bucket="credentials")
    wrong = Credentials(access_key=s3_server.auditor.access_key, secret_key="wrong" * 8).write(tmp_path / "wrong")
    unknown = Credentials(access_key="AKIAUNKNOWN000000000", secret_key="wrong" * 8).write(tmp_path / "unknown")
    for file in (wrong, unknown):
        with pytest.raises(TargetError) as error:
            scan(replace(target, bucket="credentials", credentials_file=file))
        assert error.value.code == GapCode.AUTHENTICATION_FAILED
        assert "wrongwrong" not in f"{error.value.detail}{error.value.cure}"


def test_a_service_out_of_reach(target: S3Target) -> None:
    for endpoint in ("http://127.0.0.1:1", "https://no-such-host.invalid"):
        with pytest.raises(TargetError) as error:
            scan(replace(target, bucket="b", endpoint_url=endpoint, timeout=1))
        assert error.value.code == GapCode.UNREACHABLE
        assert error.value.cure


def test_an_object_this_account_may_not_read(s3_server: S3Server, target: S3Target, tmp_path: Path) -> None:
    if s3_server.kind != "ceph-rgw":
        return
    client = s3_server.client()
    client.create_bucket(Bucket="denied")
    client.put_object(Bucket="denied", Key="open", Body=b"x")
    client.put_object(Bucket="denied", Key="closed", Body=b"x")
    deny = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": ["s3:GetObject", "s3:GetObjectVersion"],
        "Resource": "arn:aws:s3:::denied/closed",
    }
    client.put_bucket_policy(Bucket="denied", Policy=json.dumps({"Version": "2012-10-17", "Statement": [deny]}))
    # the testbed's auditor is above policies; their owner is not
    there = replace(target, bucket="denied", credentials_file=s3_server.writer.write(tmp_path / "writer"))
    closed, opened = assets(scan(there))
    with pytest.raises(ReadError) as error:
        read(there, closed)
    assert error.value.code == GapCode.PERMISSION_DENIED
    assert read(there, opened) == b"x"


def test_200_mb_stream_in_bounded_memory(s3_server: S3Server, target: S3Target) -> None:
    client = s3_server.client()
    client.create_bucket(Bucket="large")
    body = os.urandom(1 << 20) * 200
    client.put_object(Bucket="large", Key="dump", Body=body)
    expected = hashlib.sha256(body).digest()
    del body
    scanner = S3Scanner(replace(target, bucket="large"))
    [asset] = [item for item in scanner.scan() if isinstance(item, Asset)]
    with scanner.open(asset) as stream:
        digest, peak = streamed(stream)
    scanner.close()
    assert digest == expected
    assert peak < 64 << 20  # four ranges of 8 MiB ahead, and one being read


def test_prefixes_are_the_scope_and_no_key_comes_twice(s3_server: S3Server, target: S3Target) -> None:
    client = s3_server.client()
    client.create_bucket(Bucket="prefixes")
    for key in ("a/1", "a/b/2", "c/3", "d"):
        client.put_object(Bucket="prefixes", Key=key, Body=b"x")
    items = scan(replace(target, bucket="prefixes", prefixes=("c/", "a/b/", "a/")))
    assert [asset.path for asset in assets(items)] == [f"s3://prefixes/{key}" for key in ("a/1", "a/b/2", "c/3")]
    assert len([item for item in items if isinstance(item, Control) and item.name == "bucket.versions_listed"]) == 1


def test_a_role_of_the_vendor_s_account(sts_server: S3Server, tmp_path: Path) -> None:
    client = sts_server.client()
    client.create_bucket(Bucket="vendors")
    client.put_object(Bucket="vendors", Key="k", Body=b"x")
    bank = sts_server.user("bank").write(tmp_path / "bank")
    role = sts_server.role("bank-audit", trusts="bank", may=["s3:Get*", "s3:List*"])
    alone = replace(of(sts_server, tmp_path), bucket="vendors", credentials_file=bank)
    with pytest.raises(TargetError) as refused:
        scan(alone)
    assert refused.value.code == GapCode.PERMISSION_DENIED
    there = replace(alone, role_arn=role, external_id="bank-audit-2025")
    [asset] = assets(scan(there))
    assert read(there, asset) == b"x"
    somebody = sts_server.user("somebody").write(tmp_path / "somebody")
    for target in (
        replace(alone, role_arn="arn:aws:iam:::role/nobody-has-this"),
        replace(there, credentials_file=somebody),
    ):
        with pytest.raises(TargetError, match="could not be taken") as unknown:
            scan(target)
        assert unknown.value.code == GapCode.AUTHENTICATION_FAILED


def test_the_servers_own_log_shows_reading_alone_and_nothing_that_the_journal_does_not_hold(
    sts_server: S3Server, tmp_path: Path
) -> None:
    client = versioned(sts_server, "left")
    for key, body in (
        ("a.csv", b"no,phone\n1,010-2345-6789\n"),
        ("a.csv", b"new"),
        ("b/large.bin", bytes(20 << 20)),
        ("empty", b""),
    ):
        client.put_object(Bucket="left", Key=key, Body=body)
    client.delete_object(Bucket="left", Key="a.csv")
    client.create_multipart_upload(Bucket="left", Key="begun")
    bank = sts_server.user("logged-bank").write(tmp_path / "bank")
    role = sts_server.role("logged-audit", trusts="logged-bank", may=["s3:Get*", "s3:List*"])
    own = {"endpoint_url": sts_server.endpoint_url, "region": sts_server.region}
    targets = [
        {"name": "as-auditor", "s3": {"bucket": "left", **own, "credentials_file": str(sts_server.auditor.write(tmp_path / "auditor"))}},
        {"name": "in-a-role", "s3": {"bucket": "left", **own, "credentials_file": str(bank), "role_arn": role}},
    ]  # fmt: skip
    engagement = {"engagement": "t", "entrusting": {"name": "B"}, "vendor": {"name": "V"}, "contract": {"ends": "2025-03-31"}, "targets": targets}  # fmt: skip
    (tmp_path / "e.yaml").write_text(json.dumps(engagement))
    before = len(sts_server.requests())
    assert main(["audit", str(tmp_path / "e.yaml"), "--output", str(tmp_path / "out"), "--quiet"]) in (1, 3)
    main(["doctor", str(tmp_path / "e.yaml"), "--journal", str(tmp_path / "out/journal.jsonl")])
    seen = sts_server.requests()[before:]
    asked: Counter[str] = Counter()
    for line in map(json.loads, (tmp_path / "out/journal.jsonl").read_text().splitlines()):
        asked.update(line.get("requests", {}))
    assert asked["s3 GetObject"] >= 6
    roles = asked.pop("sts AssumeRole")
    assert [(method, path) for _, method, path in seen if method not in ("GET", "HEAD")] == [("POST", "/")] * roles
    reading = Counter(said for _, method, path in seen if (said := _what(method, path))[0] != "POST")
    model = client.meta.service_model
    expected: Counter[tuple[str, str]] = Counter()
    for operation, number in asked.items():
        http = model.operation_model(operation.removeprefix("s3 ")).http
        expected[_what(http["method"], http["requestUri"])] += number
    assert reading == expected


def _what(method: str, path: str) -> tuple[str, str]:
    """A request's method, and the sub-resource it is about (versions, acl, …); "key" for an object."""
    path, _, query = path.partition("?")
    about = query.partition("&")[0]
    return method, "key" if path.count("/") > 1 else about if "=" not in about else ""


def test_how_long_data_stays_and_who_is_told(s3_server: S3Server, target: S3Target) -> None:
    client = s3_server.client()
    client.create_bucket(Bucket="settings-none")
    client.create_bucket(Bucket="settings-all", ObjectLockEnabledForBucket=True)
    lock = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 30}}}
    client.put_object_lock_configuration(Bucket="settings-all", ObjectLockConfiguration=lock)
    rules = [
        {"ID": "all", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 400}, "NoncurrentVersionExpiration": {"NoncurrentDays": 7}},
        {"ID": "some", "Status": "Enabled", "Filter": {"Prefix": "logs/"}, "Expiration": {"Days": 1}},
    ]  # fmt: skip
    client.put_bucket_lifecycle_configuration(Bucket="settings-all", LifecycleConfiguration={"Rules": rules})
    refusal = {
        "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::settings-all", "arn:aws:s3:::settings-all/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}, "StringNotLike": {"aws:UserAgent": "*"}},
    }  # fmt: skip
    policy = {"Version": "2012-10-17", "Statement": [refusal]}
    client.put_bucket_policy(Bucket="settings-all", Policy=json.dumps(policy))

    def values(bucket: str) -> dict[str, Any]:
        items = scan(replace(target, bucket=bucket))
        return {item.name: item.value for item in items if isinstance(item, Control)}

    none, everything = values("settings-none"), values("settings-all")
    for name, absent, present in (
        ("bucket.object_lock_days", 0, 30),
        ("bucket.lifecycle_expires_days", False, 400),
        ("bucket.lifecycle_noncurrent_days", False, 7),
        ("bucket.tls_only", False, False),  # the refusal has a second condition: it is no refusal of all
        ("bucket.region", "default", "default"),
    ):
        assert (none[name], everything[name]) == (absent, present), name


def test_a_bucket_that_refuses_requests_without_tls_and_logs_access(moto_server: S3Server, tmp_path: Path) -> None:
    client = moto_server.client()
    client.create_bucket(Bucket="tls-only")
    client.create_bucket(Bucket="logs")
    delivery = {"Type": "Group", "URI": "http://acs.amazonaws.com/groups/s3/LogDelivery"}
    acl = client.get_bucket_acl(Bucket="logs")
    grants = [*acl["Grants"], *({"Grantee": delivery, "Permission": right} for right in ("WRITE", "READ_ACP"))]
    client.put_bucket_acl(Bucket="logs", AccessControlPolicy={"Owner": acl["Owner"], "Grants": grants})
    logging = {"LoggingEnabled": {"TargetBucket": "logs", "TargetPrefix": "a/"}}
    client.put_bucket_logging(Bucket="tls-only", BucketLoggingStatus=logging)
    for resource, refused in (("tls-only/secret/*", False), ("tls-only/*", True)):
        refusal = {
            "Effect": "Deny", "Principal": {"AWS": "*"}, "Action": ["s3:*"], "Resource": [f"arn:aws:s3:::{resource}"],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }  # fmt: skip
        policy = json.dumps({"Version": "2012-10-17", "Statement": [refusal]})
        client.put_bucket_policy(Bucket="tls-only", Policy=policy)
        items = scan(replace(of(moto_server, tmp_path), bucket="tls-only"))
        assert control(items, "bucket.tls_only").value is refused
    assert control(items, "bucket.access_logging").value == "logs"
    assert control(items, "bucket.region").value is None  # no name means us-east-1 at AWS alone
    assert control(scan(replace(of(moto_server, tmp_path), bucket="logs")), "bucket.access_logging").value is False


def test_encryption_and_archives_on_moto(moto_server: S3Server, tmp_path: Path) -> None:
    client = moto_server.client()
    for bucket in ("plain", "encrypted"):
        client.create_bucket(Bucket=bucket)
        client.put_object(Bucket=bucket, Key="k", Body=b"x")
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}
    client.put_bucket_encryption(Bucket="encrypted", ServerSideEncryptionConfiguration={"Rules": [rule]})
    client.put_object(Bucket="plain", Key="cold", Body=b"x", StorageClass="GLACIER")
    target = of(moto_server, tmp_path)
    items = scan(replace(target, bucket="plain"))
    assert control(items, "bucket.encryption").value is False
    assert control(scan(replace(target, bucket="encrypted")), "bucket.encryption").value == "aws:kms"
    cold = next(asset for asset in assets(items) if asset.path.endswith("cold"))
    with pytest.raises(ReadError) as error:
        read(replace(target, bucket="plain"), cold)
    assert error.value.code == GapCode.INVALID_OBJECT_STATE
