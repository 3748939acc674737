"""docs/vendor-access.md, Buckets: with exactly that policy the audit works on a real S3 server, and writes are refused."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from auditor.journal import Journal
from auditor.model.asset import Asset, Control, Gap
from auditor.model.engagement import S3Target
from auditor.scanners.s3 import S3Scanner
from testbed import snapshot
from testbed.s3 import Credentials, S3Server

pytestmark = pytest.mark.integration

PAGE = (Path(__file__).parents[2] / "docs" / "vendor-access.md").read_text("utf-8")
SOURCES = Path(__file__).parents[2] / "auditor" / "scanners"
SCANNER = ("_s3_settings.py", "_s3_controls.py", "_s3_listing.py")
BUCKET = "granted"
WRITES = r"^(Put|Create|Delete|Upload|Complete|Abort|Copy|Restore)"


def policy() -> dict[str, object]:
    found = re.search(r"^```json\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert found
    document: dict[str, object] = json.loads(found[1].replace("nft-assets", BUCKET))
    return document


@pytest.fixture(scope="module")
def granted(s3_server: S3Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Credentials, Path]:
    """An account that has the page's policy and nothing else."""
    client = s3_server.client()
    client.create_bucket(Bucket=BUCKET)
    client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    for body in (b"old", b"new"):
        client.put_object(Bucket=BUCKET, Key="a/users.csv", Body=body)
    if s3_server.kind == "moto":  # it enforces no bucket policy: the reader of the other tests stands in
        credentials = s3_server.auditor
    else:
        credentials = Credentials(
            **dict(zip(("access_key", "secret_key"), s3_server.create_user("bankaudit"), strict=True))
        )
        document = policy()
        for statement in document["Statement"]:  # type: ignore[attr-defined]
            if statement["Sid"] == "List":
                statement["Action"].remove("s3:GetEncryptionConfiguration")  # RGW 16.2 has no such setting
            statement["Principal"] = {"AWS": "arn:aws:iam:::user/bankaudit"}
        client.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(document))
    return credentials, credentials.write(tmp_path_factory.mktemp("granted") / "credentials")


def test_the_audit_works_and_the_journal_says_what_was_asked(
    s3_server: S3Server, granted: tuple[Credentials, Path], tmp_path: Path
) -> None:
    target = S3Target(
        name="b",
        bucket=BUCKET,
        endpoint_url=s3_server.endpoint_url,
        region=s3_server.region,
        credentials_file=granted[1],
    )
    before = snapshot.bucket(s3_server.client(), BUCKET)
    with Journal(tmp_path / "journal") as journal:
        scanner = S3Scanner(target, journal=journal)
        items = list(scanner.scan())
        read = []
        for item in items:
            if isinstance(item, Asset):
                with scanner.open(item) as stream:
                    read.append(stream.read())
        scanner.close()
    assert sorted(read) == [b"new", b"old"]
    assert [item for item in items if isinstance(item, Gap)] == []
    assert snapshot.difference(before, snapshot.bucket(s3_server.client(), BUCKET)) == []
    asked: Counter[str] = Counter()
    for line in (tmp_path / "journal").read_text("utf-8").splitlines():
        asked.update(json.loads(line)["requests"])
    assert asked["s3 GetObject"] >= 2
    assert not [kind for kind in asked if re.match(WRITES, kind.removeprefix("s3 "))]
    assert "users.csv" not in (tmp_path / "journal").read_text("utf-8")


def test_the_page_names_every_right_that_a_setting_needs() -> None:
    """Every right whose want our own sentences name, and no setting is unknown for want of one."""
    named = {
        right for name in SCANNER for right in re.findall(r'"(s3:[A-Z][A-Za-z]+)"', (SOURCES / name).read_text("utf-8"))
    }
    granted = {action for one in policy()["Statement"] if one["Effect"] == "Allow" for action in one["Action"]}  # type: ignore[attr-defined]
    assert len(named) >= 8
    assert named <= granted


def test_no_setting_is_unknown_for_want_of_a_right(s3_server: S3Server, granted: tuple[Credentials, Path]) -> None:
    target = S3Target(
        name="b", bucket=BUCKET, endpoint_url=s3_server.endpoint_url, region=s3_server.region, credentials_file=granted[1]
    )  # fmt: skip
    scanner = S3Scanner(target)
    controls = [item for item in scanner.scan() if isinstance(item, Control) and item.name.startswith("bucket.")]
    scanner.close()
    assert len(controls) > 8
    assert [one for one in controls if one.value is None and "may not" in one.detail] == []


def test_writes_are_refused(s3_server: S3Server, granted: tuple[Credentials, Path]) -> None:
    client = s3_server.client(granted[0])
    for write in (
        lambda: client.put_object(Bucket=BUCKET, Key="new", Body=b"x"),
        lambda: client.delete_object(Bucket=BUCKET, Key="a/users.csv"),
        lambda: client.put_bucket_acl(Bucket=BUCKET, ACL="public-read"),
        lambda: client.create_multipart_upload(Bucket=BUCKET, Key="new"),
        lambda: client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Suspended"}),
        lambda: client.delete_bucket_policy(Bucket=BUCKET),
    ):
        with pytest.raises(ClientError) as error:
            write()
        assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
