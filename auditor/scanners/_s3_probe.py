"""`auditor doctor` for a bucket: each step on the way to an object's bytes, and what to do where it fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import islice
from typing import BinaryIO

from auditor.errors import TargetError
from auditor.model.asset import Asset, Control, Gap, GapCode, Probe
from auditor.model.engagement import S3Target
from auditor.model.text import printable
from auditor.scanners._prefixes import in_scope
from auditor.scanners._probing import encryption, first_byte
from auditor.scanners._s3_client import Bucket, endpoint_is_encrypted, is_loopback
from auditor.scanners._s3_controls import Controls
from auditor.scanners._s3_listing import UNSEEN_VERSIONS, Listing

_LOOK_AHEAD = 200
_LISTING = "list the bucket"
_NO_WRITING = (
    "Have the vendor grant what docs/vendor-access.md lists; its statement NothingElse, in the bucket's policy for everybody or in "
    "the account's own, refuses all writing."
)
_READING = "read an object"
_READ_CURE = "Give the account s3:GetObject and s3:GetObjectVersion on the bucket's objects."


def probes(
    target: S3Target, bucket: Callable[[], Bucket], opened: Callable[[Asset], AbstractContextManager[BinaryIO]]
) -> Iterator[Probe]:
    """Try each step in turn; after a failure only what can still succeed."""

    def probe(what: str, ok: bool, detail: str = "", cure: str = "") -> Probe:
        return Probe(target=target.name, what=what, ok=ok, detail=detail, cure=cure)

    try:
        client = bucket()
        found = list(islice(Listing(target, client).run(), _LOOK_AHEAD))
    except TargetError as error:
        what = "credentials" if error.code == GapCode.AUTHENTICATION_FAILED else _LISTING
        if error.code in (GapCode.PERMISSION_DENIED, GapCode.NO_SUCH_BUCKET_AVAILABLE):
            yield probe("credentials", True)
        yield probe(what, False, error.detail, error.cure)
        return
    yield probe("credentials", True)
    yield probe(
        _LISTING, True, ", ".join(printable(f"s3://{client.name}/{prefix}") for prefix in in_scope(target.prefixes))
    )
    loopback = is_loopback(str(client.client.meta.endpoint_url))
    way = encryption(encrypted=endpoint_is_encrypted(client), loopback=loopback, travels="Requests and objects")
    yield probe("encrypted connection", *way)
    for item in found:
        match item:
            case Control(name="bucket.versions_listed", value=True):
                yield probe("list older versions", True)
            case Control(name="bucket.versions_listed", detail=detail, value=None):
                unseen = detail == UNSEEN_VERSIONS
                cure = "Have the vendor say whether the bucket keeps older versions, and list them." if unseen else ""
                yield Probe(
                    target=target.name, what="list older versions", ok=True, detail=detail, cure=cure, warning=unseen
                )
            case Gap(code=code, detail=detail) if code != GapCode.INVALID_OBJECT_STATE:
                yield probe("list everything", False, detail, "Give the account the permission that is named.")
            case _:
                pass
    yield probe(_READING, *first_byte(found, opened, what="object", cure=_READ_CURE))
    controls = Controls(target, client, None)
    for what, (value, detail) in (
        ("ask for the policy", controls.policy_public()),
        ("ask for the access control list", controls.acl_public()),
    ):
        known = value is not None
        cure = "" if known else "Allow it, or the report says that public access is unknown."
        yield probe(what, known, detail, cure)
    writes, detail = controls.writable()
    cure = "" if writes is False else _NO_WRITING
    yield Probe(target=target.name, what="cannot write", ok=True, detail=detail, cure=cure, warning=writes is not False)
