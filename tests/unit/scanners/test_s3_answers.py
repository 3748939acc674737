"""What services do that real test servers do not do on demand: dialects, circles, broken bodies, refusals."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scanning import controls, scan
from stub_s3 import SECRET, Answer, Reaction, Request, error, listing, stub

from auditor.errors import ReadError, TargetError
from auditor.journal import Journal
from auditor.model.asset import Asset, Control, Gap, GapCode
from auditor.model.engagement import AccessLimits, S3Target
from auditor.pace import Pace
from auditor.scanners import _s3_ranges, s3
from auditor.scanners.s3 import S3Scanner

KEYS = [f"k{index:05}" for index in range(2500)]


def first_version_only(request: Request) -> Answer | None:
    """A service of long ago: it ignores what it does not know, and pages by the last key."""
    if request.key or request.method != "GET":
        return None
    after = [key for key in KEYS if key > request.query.get("marker", "")]
    more = f"<IsTruncated>{'true' if len(after) > 1000 else 'false'}</IsTruncated>"
    return listing([(key, 1) for key in after[:1000]], more=more)


def refuses_second_version(request: Request) -> Answer | None:
    if "list-type" in request.query:
        return error(400, "InvalidArgument")
    if "versions" in request.query or "uploads" in request.query:
        return error(501, "NotImplemented")
    return first_version_only(request)


def takes_versions_for_a_mistake(request: Request) -> Answer | None:
    """As Google Cloud Storage answers to S3's signatures: neither versions nor the second way of listing."""
    if "list-type" in request.query or "versions" in request.query:
        return error(400, "InvalidArgument")
    if "uploads" in request.query:
        return error(501, "NotImplemented")
    return first_version_only(request)


def versions_denied(request: Request) -> Answer | None:
    if "versions" in request.query:
        return error(403, "AccessDenied")
    return first_version_only(request)


def keys(items: list[Asset | Gap | Control]) -> list[str]:
    return [item.path.removeprefix("s3://stub/") for item in items if isinstance(item, Asset)]


def gaps(items: list[Asset | Gap | Control]) -> list[tuple[str, GapCode]]:
    return [(item.path, item.code) for item in items if isinstance(item, Gap)]


@pytest.mark.parametrize("service", [first_version_only, refuses_second_version, takes_versions_for_a_mistake])
def test_a_service_without_versions_is_listed_whole(service: Reaction, tmp_path: Path) -> None:
    with stub(service, tmp_path) as (target, _):
        items = scan(target)
    assert keys(items) == KEYS
    assert gaps(items) == []
    assert controls(items)["bucket.versions_listed"] is None


@pytest.mark.parametrize("service", [first_version_only, takes_versions_for_a_mistake])
def test_versions_that_nobody_saw_are_not_said_to_be_absent(service: Reaction, tmp_path: Path) -> None:
    mistaken = service is takes_versions_for_a_mistake  # as Google's, whose buckets may keep them
    with stub(service, tmp_path) as (target, _):
        [told] = [c for c in scan(target) if isinstance(c, Control) and c.name == "bucket.versions_listed"]
        scanner = S3Scanner(target)
        [probe] = [probe for probe in scanner.probe() if probe.what == "list older versions"]
        scanner.close()
    assert told.detail.endswith("older versions may exist and were not seen.") is mistaken
    assert (probe.ok, probe.warning, bool(probe.cure)) == (True, mistaken, mistaken)


def test_sub_resources_that_answer_with_a_listing_are_unknown(tmp_path: Path) -> None:
    def open_bucket(request: Request) -> Answer | None:
        return first_version_only(request) if "Authorization" in request.headers else error(403, "AccessDenied")

    with stub(open_bucket, tmp_path) as (target, _):
        found = controls(scan(target))
    for name in (
        "bucket.policy_public",
        "bucket.acl_public",
        "bucket.public_access",
        "bucket.encryption",
        "bucket.versioning",
        "bucket.region",
    ):
        assert found[name] is None, name
    assert found["bucket.endpoint_tls"] is False


@pytest.mark.parametrize("status", [200, 404])
def test_an_answer_without_a_document_leaves_the_region_unknown(tmp_path: Path, status: int) -> None:
    def silent(request: Request) -> Answer | None:
        return Answer(status=status) if "location" in request.query else first_version_only(request)

    with stub(silent, tmp_path) as (target, _):
        items = scan(target)
    assert controls(items)["bucket.region"] is None
    assert len(keys(items)) == len(KEYS)


@pytest.mark.parametrize(
    ("said", "region"), [("ap-northeast-2", "ap-northeast-2"), ("EU", "eu-west-1"), ("", None), ("a\x9bb", "a\\x9bb")]
)
def test_the_bucket_says_where_it_stands(tmp_path: Path, said: str, region: str | None) -> None:
    """No answer means us-east-1 at AWS alone, and this is another service."""
    body = f'<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{said}</LocationConstraint>'

    def located(request: Request) -> Answer | None:
        return Answer(body=body.encode()) if "location" in request.query else first_version_only(request)

    with stub(located, tmp_path) as (target, _):
        assert controls(scan(target))["bucket.region"] == region


def test_an_anonymous_listing_that_succeeds_is_public_access(tmp_path: Path) -> None:
    with stub(first_version_only, tmp_path) as (target, _):
        assert controls(scan(target))["bucket.public_access"] is True


def test_old_versions_that_may_not_be_listed_are_a_gap(tmp_path: Path) -> None:
    with stub(versions_denied, tmp_path) as (target, _):
        items = scan(target)
    assert keys(items) == KEYS
    assert gaps(items)[0] == ("s3://stub/", GapCode.PERMISSION_DENIED)
    assert controls(items)["bucket.versions_listed"] is False


def test_current_only_asks_for_no_versions(tmp_path: Path) -> None:
    with stub(first_version_only, tmp_path) as (target, requests):
        items = scan(replace(target, versions="current"))
    assert keys(items) == KEYS
    assert not [request for request in requests if "versions" in request.query]


@pytest.mark.parametrize("api", ["versions", "list-type", "marker"])
def test_a_listing_in_a_circle_ends(api: str, tmp_path: Path) -> None:
    def circle(request: Request) -> Answer | None:
        if request.key or request.method != "GET":
            return None
        if api == "versions" and "versions" in request.query:
            more = "<IsTruncated>true</IsTruncated><NextKeyMarker>a</NextKeyMarker><NextVersionIdMarker>1</NextVersionIdMarker>"
            return listing([], root="ListVersionsResult", more=more)
        if "versions" in request.query or "uploads" in request.query:
            return None
        if api == "list-type" and "list-type" in request.query:
            return listing(
                [("a", 1)], more="<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"
            )
        return listing([("a", 1)], more="<IsTruncated>true</IsTruncated>")

    started = time.monotonic()
    with stub(circle, tmp_path) as (target, _):
        assert gaps(scan(target))[0] == ("", GapCode.SERVER_MISBEHAVED)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (error(404, "NoSuchBucket"), GapCode.NO_SUCH_BUCKET_AVAILABLE),
        (error(403, "AccessDenied"), GapCode.PERMISSION_DENIED),
        (error(403, "InvalidAccessKeyId"), GapCode.AUTHENTICATION_FAILED),
        (error(403, "SignatureDoesNotMatch"), GapCode.AUTHENTICATION_FAILED),
        (error(400, "ExpiredToken"), GapCode.AUTHENTICATION_FAILED),
        (error(301, "PermanentRedirect"), GapCode.UNREACHABLE),
        (Answer(body=b"<html>a proxy's <b>page"), GapCode.UNREACHABLE),
        (Answer(status=502, body=b"bad gateway"), GapCode.UNREACHABLE),
    ],
)
def test_a_bucket_out_of_reach(answer: Answer, code: GapCode, tmp_path: Path) -> None:
    with stub(lambda _: answer, tmp_path) as (target, _), pytest.raises(TargetError) as raised:
        scan(target)
    assert raised.value.code == code
    assert raised.value.cure
    assert "vendor says" not in f"{raised.value} {raised.value.cure}"
    assert SECRET not in f"{raised.value} {raised.value.cure}"


def test_a_listing_that_breaks_off_keeps_what_was_listed(tmp_path: Path) -> None:
    def breaks(request: Request) -> Answer | None:
        return error(403, "AccessDenied") if request.query.get("marker") else first_version_only(request)

    with stub(breaks, tmp_path) as (target, _):
        items = scan(target)
    assert keys(items) == KEYS[:1000]
    assert ("", GapCode.PERMISSION_DENIED) in gaps(items)


def test_nobody_answers(tmp_path: Path) -> None:
    def silent(_: Request) -> Answer | None:
        time.sleep(1.5)
        return None

    started = time.monotonic()
    with stub(silent, tmp_path, timeout=0.2) as (target, _), pytest.raises(TargetError) as raised:
        scan(target)
    assert raised.value.code == GapCode.UNREACHABLE
    assert time.monotonic() - started < 90


@pytest.mark.parametrize(("kept", "value"), [("", 7), ("<NewerNoncurrentVersions>5</NewerNoncurrentVersions>", False)])
def test_a_rule_that_keeps_some_old_versions_deletes_not_all(tmp_path: Path, kept: str, value: object) -> None:
    rule = (
        "<Rule><Filter><Prefix></Prefix></Filter><Status>Enabled</Status><NoncurrentVersionExpiration>"
        f"<NoncurrentDays>7</NoncurrentDays>{kept}</NoncurrentVersionExpiration></Rule>"
    )
    body = f"<LifecycleConfiguration>{rule}</LifecycleConfiguration>".encode()

    def react(request: Request) -> Answer | None:
        return Answer(body=body) if "lifecycle" in request.query else first_version_only(request)

    with stub(react, tmp_path) as (target, _):
        controls = {item.name: item.value for item in scan(target) if isinstance(item, Control)}
    assert controls["bucket.lifecycle_noncurrent_days"] == value


BUCKET_AND_ALL = ["arn:aws:s3:::stub", "arn:aws:s3:::stub/*"]
READING_ALONE = {"Effect": "Deny", "Principal": "*", "NotAction": ["s3:Get*", "s3:List*"], "Resource": BUCKET_AND_ALL}


@pytest.mark.parametrize(
    ("statement", "permission", "warns", "words"),
    [
        (READING_ALONE, "READ", False, "refuses everybody all but reading"),
        ({**READING_ALONE, "NotAction": ["s3:Get*", "s3:Put*"]}, "READ", True, "is ever tried"),
        ({**READING_ALONE, "Resource": "arn:aws:s3:::stub/a/*"}, "READ", True, "is ever tried"),
        ({**READING_ALONE, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}, "READ", True, "is ever tried"),
        ({**READING_ALONE, "Principal": {"AWS": "arn:aws:iam::1:user/x"}}, "READ", True, "is ever tried"),
        ({"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"}, "READ", True, "policy lets"),
        ({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}, "READ", True, "is ever tried"),
        (None, "WRITE", True, "access control list lets everyone write"),
        (None, "READ", True, "is ever tried"),
    ],
)  # fmt: skip
def test_doctor_warns_unless_the_bucket_itself_refuses_writing(
    tmp_path: Path, statement: dict[str, object] | None, permission: str, warns: bool, words: str
) -> None:
    everyone = (
        '<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="Group">'
        "<URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee>"
    )
    grant = f"<Grant>{everyone}<Permission>{permission}</Permission></Grant>"
    acl = f"<AccessControlPolicy><AccessControlList>{grant}</AccessControlList></AccessControlPolicy>"

    def react(request: Request) -> Answer | None:
        if "policy" in request.query:
            document = json.dumps({"Statement": [statement]}).encode()
            return Answer(body=document) if statement else error(404, "NoSuchBucketPolicy")
        if "acl" in request.query:
            return Answer(body=acl.encode())
        return listing([("o", 3)]) if "list-type" in request.query else error(501, "NotImplemented")

    with stub(react, tmp_path) as (target, requests):
        scanner = S3Scanner(replace(target, versions="current"))
        (probe,) = [probe for probe in scanner.probe() if probe.what == "cannot write"]
        scanner.close()
    assert (probe.ok, probe.warning) == (True, warns)
    assert bool(probe.cure) is warns
    assert words in probe.detail
    assert {request.method for request in requests} <= {"GET", "HEAD"}, "looked at, never tried"


# --- reading ---

BODY = hashlib.sha256(b"stub").digest() * 100_000


def one_object(get: Callable[[Request], Answer]) -> Reaction:
    def react(request: Request) -> Answer | None:
        if request.key:
            return get(request)
        return listing([("o", len(BODY))]) if "list-type" in request.query else None

    return react


def ranged(request: Request, *, etag: str = '"e"') -> Answer:
    start = int(request.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
    if request.headers.get("If-Match", etag) != etag:
        return error(412, "PreconditionFailed")
    headers = {"ETag": etag}
    if start:
        headers["Content-Range"] = f"bytes {start}-{len(BODY) - 1}/{len(BODY)}"
    return Answer(status=206 if start else 200, body=BODY[start:], headers=headers)


def read(target: S3Target) -> bytes:
    scanner = S3Scanner(replace(target, versions="current"))
    try:
        [asset] = [item for item in scanner.scan() if isinstance(item, Asset)]
        with scanner.open(asset) as stream:
            return stream.read()
    finally:
        scanner.close()


def test_a_body_that_breaks_off_is_continued(tmp_path: Path) -> None:
    def get(request: Request) -> Answer:
        whole = ranged(request)
        return replace(whole, cut=1_200_000) if request.method == "GET" else whole

    with stub(one_object(get), tmp_path) as (target, requests):
        assert read(target) == BODY
    assert [r.headers["Range"] for r in requests if r.key and "Range" in r.headers]


def test_whoever_reads_pays_where_the_engagement_says_so(tmp_path: Path) -> None:
    with stub(one_object(ranged), tmp_path) as (target, requests):
        assert read(replace(target, requester_pays=True)) == BODY
        paid = [
            r
            for r in requests
            if r.method == "GET" and (r.key or "list-type" in r.query) and "Authorization" in r.headers
        ]
        assert len(paid) == 2
        assert all(r.headers.get("x-amz-request-payer") == "requester" for r in paid)
        requests.clear()
        assert read(target) == BODY
        assert not [r for r in requests if "x-amz-request-payer" in r.headers]


@pytest.mark.parametrize("fault", ["none", "cut", "refused", "other total", "whole each time", "a fast service"])
def test_a_large_object_is_read_in_ranges_and_whole_whatever_becomes_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(_s3_ranges, "PART", 300_000)
    monkeypatch.setattr(s3, "LARGE", 1_000_000)
    monkeypatch.setattr(s3, "FAST", float("inf"))

    if fault == "a fast service":
        monkeypatch.setattr(s3, "FAST", 0.0)

    def get(request: Request) -> Answer:
        asked = request.headers.get("Range", "")
        first, _, last = asked.removeprefix("bytes=").partition("-")
        if not last or fault == "whole each time":
            return ranged(replace(request, headers={} if last else request.headers))
        late = int(first) == 900_000
        if fault == "refused" and late:
            return error(404, "NoSuchKey")
        body = BODY[int(first) : int(last) + 1]
        total = len(BODY) + (fault == "other total" and int(first) > 0)
        headers = {"ETag": '"e"', "Content-Range": f"bytes {first}-{int(first) + len(body) - 1}/{total}"}
        return Answer(status=206, body=body, headers=headers, cut=1_000 if fault == "cut" and late else None)

    with stub(one_object(get), tmp_path) as (target, requests):
        assert read(target) == BODY
    asked = [request for request in requests if request.method == "GET" and "Range" in request.headers]
    assert len({request.headers["Range"] for request in asked}) > 4 or fault in ("whole each time", "a fast service")
    assert all(request.headers.get("If-Match") == '"e"' for request in asked[1:])


@pytest.mark.parametrize("fault", ["size not told", "shortened", "nothing told", "only parts of unknown size"])
def test_a_part_is_never_taken_for_the_object(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    monkeypatch.setattr(_s3_ranges, "PART", 300_000)
    monkeypatch.setattr(s3, "LARGE", 1_000_000)

    def get(request: Request) -> Answer:
        asked = request.headers.get("Range", "")
        first, _, last = asked.removeprefix("bytes=").partition("-")
        if fault == "only parts of unknown size" or (last and fault == "size not told"):
            headers = {"ETag": '"e"', "Content-Range": "bytes 0-299999/*"}
            return Answer(status=206, body=BODY[:300_000], headers=headers)
        if last and fault == "nothing told":
            return Answer(status=206, body=BODY[:300_000], headers={"ETag": '"e"'})
        if asked and fault == "shortened":
            body = BODY[int(first) : int(first) + 200_000]
            headers = {"ETag": '"e"', "Content-Range": f"bytes {first}-{int(first) + len(body) - 1}/{len(BODY)}"}
            return Answer(status=206, body=body, headers=headers)
        return ranged(request)

    with stub(one_object(get), tmp_path) as (target, _):
        if fault != "only parts of unknown size":
            assert read(target) == BODY
            return
        with pytest.raises(ReadError) as raised:
            read(target)
    assert raised.value.code == GapCode.SERVER_MISBEHAVED
    assert raised.value.unread == len(BODY)


@pytest.mark.parametrize("large", [False, True])
def test_limits_and_journal_hold_for_every_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool) -> None:
    monkeypatch.setattr(_s3_ranges, "PART", 300_000)
    monkeypatch.setattr(_s3_ranges, "PIECE", 100_000)
    monkeypatch.setattr(s3, "CHUNK", 100_000)
    monkeypatch.setattr(s3, "FAST", float("inf"))
    if large:
        monkeypatch.setattr(s3, "LARGE", 1_000_000)
    seconds = [0.0]
    began = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

    def pace(**limits: object) -> Pace:
        return Pace(
            AccessLimits(bandwidth=100_000, **limits),  # type: ignore[arg-type]
            clock=lambda: seconds[0], sleep=lambda pause: seconds.__setitem__(0, seconds[0] + pause),
            now=lambda: began + timedelta(seconds=seconds[0]),
        )  # fmt: skip

    def get(request: Request) -> Answer:
        first, _, last = request.headers.get("Range", "").removeprefix("bytes=").partition("-")
        if not last:
            return ranged(request)
        body = BODY[int(first) : int(last) + 1]
        headers = {"ETag": '"e"', "Content-Range": f"bytes {first}-{int(first) + len(body) - 1}/{len(BODY)}"}
        return Answer(status=206, body=body, headers=headers)

    with stub(one_object(get), tmp_path) as (target, _):
        with Journal(tmp_path / "journal.jsonl") as journal:
            scanner = S3Scanner(replace(target, versions="current"), pace(), journal)
            [asset] = [item for item in scanner.scan() if isinstance(item, Asset)]
            journal.write("stub", "listed")
            before = seconds[0]
            with scanner.open(asset) as stream:
                assert stream.read() == BODY
            scanner.close()
        took = seconds[0] - before
        counted = list(map(json.loads, (tmp_path / "journal.jsonl").read_text().splitlines()))
        assert took >= len(BODY) / 100_000 - 1, "the bandwidth is kept"
        listed = next(at for at, line in enumerate(counted) if line["did"] == "listed")
        assert sum(line.get("bytes", 0) for line in counted[:listed]) > 300, "a listing's pages are bytes too"
        assert sum(line.get("bytes", 0) for line in counted[listed:]) == len(BODY)

        seconds[0] = 0.0
        began = datetime(2026, 3, 1, 5, 59, 55, tzinfo=UTC)
        scanner = S3Scanner(replace(target, versions="current"), pace(window=(0, 6 * 60)), None)
        received = b""
        with pytest.raises(ReadError) as raised, scanner.open(asset) as stream:
            while part := stream.read(50_000):
                received += part
        scanner.close()
    assert raised.value.code == GapCode.OUTSIDE_HOURS
    assert received == BODY[: len(received)]
    assert 0 < len(received) < len(BODY)
    assert raised.value.unread == len(BODY) - len(received)


def test_a_large_object_overwritten_between_two_ranges_is_never_spliced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_s3_ranges, "PART", 300_000)
    monkeypatch.setattr(s3, "LARGE", 1_000_000)
    monkeypatch.setattr(s3, "FAST", float("inf"))

    def get(request: Request) -> Answer:
        if "If-Match" in request.headers:
            return error(412, "PreconditionFailed")
        headers = {"ETag": '"e"', "Content-Range": f"bytes 0-299999/{len(BODY)}"}
        return Answer(status=206, body=BODY[:300_000], headers=headers)

    with stub(one_object(get), tmp_path) as (target, _), pytest.raises(ReadError) as raised:
        read(target)
    assert raised.value.code == GapCode.CHANGED_DURING_READ
    assert raised.value.unread == len(BODY) - 300_000


def test_a_body_that_never_comes_to_its_end_is_an_error(tmp_path: Path) -> None:
    def get(request: Request) -> Answer:
        return replace(ranged(request), cut=0 if "Range" in request.headers else 500_000)

    with stub(one_object(get), tmp_path) as (target, _):
        scanner = S3Scanner(replace(target, versions="current"))
        [asset] = [item for item in scanner.scan() if isinstance(item, Asset)]
        received = b""
        with pytest.raises(ReadError) as raised, scanner.open(asset) as stream:
            while part := stream.read(100_000):
                received += part
        scanner.close()
    assert raised.value.code == GapCode.UNREACHABLE
    assert received == BODY[: len(received)]
    assert raised.value.unread == len(BODY) - len(received)


def test_an_object_overwritten_while_read_is_never_spliced(tmp_path: Path) -> None:
    def get(request: Request) -> Answer:
        if "Range" in request.headers:
            return ranged(request, etag='"other"')
        return replace(ranged(request), cut=500_000)

    with stub(one_object(get), tmp_path) as (target, _), pytest.raises(ReadError) as raised:
        read(target)
    assert raised.value.code == GapCode.CHANGED_DURING_READ


def test_a_service_that_ignores_ranges_is_never_spliced(tmp_path: Path) -> None:
    def get(request: Request) -> Answer:
        plain = ranged(replace(request, headers={}))
        return plain if "Range" in request.headers else replace(plain, cut=500_000)

    with stub(one_object(get), tmp_path) as (target, _), pytest.raises(ReadError) as raised:
        read(target)
    assert raised.value.code == GapCode.UNREACHABLE


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (error(403, "AccessDenied"), GapCode.PERMISSION_DENIED),
        (error(403, "AccessDenied", "not authorized to perform: kms:Decrypt"), GapCode.INVALID_KMS_KEY),
        (error(400, "KMS.DisabledException"), GapCode.INVALID_KMS_KEY),
        (error(400, "InvalidRequest"), GapCode.INVALID_ENCRYPTION),
        (error(403, "InvalidObjectState"), GapCode.INVALID_OBJECT_STATE),
        (error(404, "NoSuchKey"), GapCode.SOURCE_OBJECT_NO_LONGER_AVAILABLE),
        (error(400, "ExpiredToken"), GapCode.AUTHENTICATION_FAILED),
        (error(503, "SlowDown"), GapCode.UNREACHABLE),
    ],
)
def test_an_object_that_is_refused(answer: Answer, code: GapCode, tmp_path: Path) -> None:
    with stub(one_object(lambda _: answer), tmp_path) as (target, _), pytest.raises(ReadError) as raised:
        read(target)
    assert raised.value.code == code
    assert "vendor says" not in str(raised.value)


def test_a_busy_service_is_asked_again(tmp_path: Path) -> None:
    refusals = iter([error(503, "SlowDown")] * 2)
    with stub(one_object(lambda r: ranged(r) if r.method == "HEAD" else next(refusals, ranged(r))), tmp_path) as (
        target,
        _,
    ):
        assert read(target) == BODY


def test_a_key_that_is_no_unicode_is_a_gap_of_its_own(tmp_path: Path) -> None:
    def react(request: Request) -> Answer | None:
        if request.key == "fine":
            return Answer(body=b"ok")
        if "list-type" not in request.query:
            return None
        return listing([("bad%B0%ED", 1), ("fine", 2)], more="<EncodingType>url</EncodingType>")

    with stub(react, tmp_path) as (target, _):
        scanner = S3Scanner(replace(target, versions="current"))
        bad, fine = (item for item in scanner.scan() if isinstance(item, Asset))
        assert bad.path == r"s3://stub/bad\xb0\xed"
        with pytest.raises(ReadError) as raised, scanner.open(bad):
            pass
        assert raised.value.code == GapCode.NAME_UNDECODABLE
        with scanner.open(fine) as stream:
            assert stream.read() == b"ok"
        scanner.close()


# --- whose credentials ---


def test_only_the_named_credentials_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other").write_text("[default]\naws_access_key_id = AKIAWRONG\naws_secret_access_key = x\n")
    (tmp_path / "config").write_text("[default]\nregion = mars\nendpoint_url = http://192.0.2.1\n[profile p]\n")
    for name, value in {
        "AWS_ACCESS_KEY_ID": "AKIAENVIRONMENT",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_PROFILE": "missing",
        "AWS_ENDPOINT_URL": "http://192.0.2.1",
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "other"),
    }.items():
        monkeypatch.setenv(name, value)
    with stub(first_version_only, tmp_path) as (target, requests):
        scan(target)
    signed = [r.headers["Authorization"] for r in requests if "Authorization" in r.headers]
    assert signed
    assert all("Credential=AKIASTUB/" in header and "/us-east-1/" in header for header in signed)


@pytest.mark.parametrize(
    "content",
    [None, "", "[other]\n", "[default]\naws_access_key_id = AKIAHALF\n", "aws_secret = leaked\n", b"\xff\xfe"],
)
def test_credentials_that_are_none(content: str | bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "bad"
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content is not None:
        file.write_text(content)
    target = S3Target(name="t", bucket="b", endpoint_url="http://127.0.0.1:9", credentials_file=file)
    with pytest.raises(TargetError) as raised:
        scan(target)
    assert raised.value.code == GapCode.AUTHENTICATION_FAILED
    assert "AKIAHALF" not in str(raised.value)
    assert "leaked" not in str(raised.value)
    [probe] = S3Scanner(target).probe()
    assert (probe.what, probe.ok) == ("credentials", False)


def test_no_log_holds_a_token_or_a_key(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with stub(one_object(ranged), tmp_path) as (target, _):
        assert read(target) == BODY
    assert SECRET not in caplog.text
    assert "AKIASTUB" not in caplog.text
