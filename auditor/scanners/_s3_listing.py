"""What a bucket holds: every version of every object, and uploads that were never completed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from botocore.exceptions import ClientError

from auditor.model.asset import Asset, Control, Gap, GapCode, Position
from auditor.model.engagement import S3Target
from auditor.model.noun import noun
from auditor.model.text import printable
from auditor.scanners._prefixes import in_scope
from auditor.scanners._s3_client import Bucket
from auditor.scanners._s3_errors import S3Error, code_of, gap_of, is_denied, is_unknown_operation, target_error

MAX_EMPTY_PAGES: Final = 1000
_UNKNOWN_WORDS: Final = frozenset({"InvalidArgument", "InvalidQueryParameterValue", "UnsupportedParameter"})
"""What services say that take `versions` for a mistake in the request, as Google's do."""
UNSEEN_VERSIONS: Final = "The service does not list object versions; older versions may exist and were not seen."
PAGE: Final = 1000
"""Keys asked for at a time: as many as services send."""

Item = Asset | Gap | Control | Position


@noun
class Locator:
    """What names the bytes: the key as the service knows it, and the version unless it is the current one."""

    key: str
    version: str | None = None


class _NotSupportedError(Exception):
    """The service does not know this way of listing."""


class Listing:
    """One listing of a bucket, in the service's order (the keys' bytes, newest version first)."""

    def __init__(self, target: S3Target, bucket: Bucket) -> None:
        self._target = target
        self._bucket = bucket
        self._began = False
        self._prefix = ""
        self._told: set[str] = set()

    def run(self, after: str | None = None) -> Iterator[Item]:
        """All there is, or what comes behind a position. TargetError where not even the first page can be had; later failures are a gap."""
        begun: dict[str, Any] | None = None if after is None else json.loads(after)
        for prefix in in_scope(self._target.prefixes):
            if begun is not None and prefix != begun["prefix"]:
                continue
            self._prefix = prefix
            if begun is not None:
                self._told = set(begun["told"])
            yield from self._below(begun)
            begun = None

    def _below(self, begun: dict[str, Any] | None) -> Iterator[Item]:
        """All there is below one prefix."""
        try:
            if begun is not None:
                ways = {"versions": self._versions, "second": self._second_version, "first": self._first_version}
                yield from ways[begun["way"]](begun["after"])
            elif self._target.versions == "all":
                yield from self._all_versions()
            else:
                detail = "The engagement asks for current objects alone (versions: current)."
                yield from self._once("bucket.versions_listed", False, detail)
                yield from self._current()
        except S3Error as error:
            if not self._began:
                raise target_error(error, self._bucket.name, str(self._bucket.client.meta.endpoint_url)) from None
            code, detail = gap_of(error)
            yield self._whole(code, f"The listing stopped, and what comes after was not seen. {detail}")
            return
        yield from self._uploads()

    def _all_versions(self) -> Iterator[Item]:
        try:
            yield from self._versions()
        except _NotSupportedError:
            detail = "The service does not know object versions; what it lists is all there is to see."
            yield from self._once("bucket.versions_listed", None, detail)
            yield from self._current()
        except S3Error as error:
            mistaken = code_of(error) in _UNKNOWN_WORDS
            unknown = mistaken or is_unknown_operation(error)
            if self._began or not (is_denied(error) or unknown):
                raise
            current = self._current()
            first = next(current, None)  # raises where not even that is allowed
            if unknown:  # said before any position, behind which another run would not say it
                absent = "The service does not list object versions; what it lists is all there is to see."
                yield from self._once("bucket.versions_listed", None, UNSEEN_VERSIONS if mistaken else absent)
            else:
                yield from self._once("bucket.versions_listed", False, "This account may not list older versions.")
                detail = "Older and deleted versions could not be listed (s3:ListBucketVersions), only current objects."
                yield self._part(GapCode.PERMISSION_DENIED, detail)
            if first is not None:
                yield first
            yield from current

    def _versions(self, begun: dict[str, str] | None = None) -> Iterator[Item]:
        marker = begun or {}
        while True:
            page = self._bucket.call(
                "list_object_versions", Prefix=self._prefix, EncodingType="url", MaxKeys=PAGE, **marker
            )
            if not self._bucket.answered("ListObjectVersions", "ListVersionsResult"):
                raise _NotSupportedError
            yield from self._once("bucket.versions_listed", True, "Older versions and deleted objects were listed.")
            self._began = True
            for version in page.get("Versions", ()):
                yield self._asset(page, version, version.get("VersionId"), current=bool(version.get("IsLatest", True)))
            if not page.get("IsTruncated"):
                return
            after = {"KeyMarker": _decoded(page, page.get("NextKeyMarker", ""))}
            if page.get("NextVersionIdMarker"):
                after["VersionIdMarker"] = page["NextVersionIdMarker"]
            if after == marker or not after["KeyMarker"] or after["KeyMarker"] < marker.get("KeyMarker", ""):
                yield self._endless()
                return
            marker = after
            yield from self._position("versions", marker)

    def _current(self) -> Iterator[Item]:
        try:
            yield from self._second_version()
        except _NotSupportedError:
            yield from self._first_version()
        except S3Error as error:
            # Services that know the first way alone answer with whatever error they have for it.
            if (
                self._began
                or is_denied(error)
                or not isinstance(error, ClientError)
                or code_of(error) == "NoSuchBucket"
            ):
                raise
            yield from self._first_version()

    def _second_version(self, begun: dict[str, str] | None = None) -> Iterator[Item]:
        token = begun or {}
        empty = 0
        while True:
            page = self._bucket.call("list_objects_v2", Prefix=self._prefix, EncodingType="url", MaxKeys=PAGE, **token)
            if page.get("IsTruncated") and not page.get("NextContinuationToken"):
                raise _NotSupportedError  # answered as to the first version of the request
            if "StartAfter" in token and _before(page, token["StartAfter"]):
                yield self._endless()
                return
            yield from self._contents(page)
            empty = 0 if page.get("Contents") else empty + 1
            if not page.get("IsTruncated"):
                return
            after = {"ContinuationToken": page["NextContinuationToken"]}
            if after == token or empty > MAX_EMPTY_PAGES:
                yield self._endless()
                return
            token = after
            if page.get("Contents"):  # a token is the service's own, and for this listing alone; a key stays what it is
                yield from self._position("second", {"StartAfter": _decoded(page, page["Contents"][-1]["Key"])})

    def _first_version(self, begun: dict[str, str] | None = None) -> Iterator[Item]:
        marker = begun or {}
        while True:
            page = self._bucket.call("list_objects", Prefix=self._prefix, EncodingType="url", MaxKeys=PAGE, **marker)
            yield from self._contents(page)
            if not page.get("IsTruncated"):
                return
            contents = page.get("Contents", ())
            last = page.get("NextMarker") or (contents[-1]["Key"] if contents else "")
            after = {"Marker": _decoded(page, last)}
            if not after["Marker"] or after["Marker"] <= marker.get("Marker", ""):
                yield self._endless()
                return
            marker = after
            yield from self._position("first", marker)

    def _contents(self, page: dict[str, Any]) -> Iterator[Asset | Gap]:
        self._began = True
        for item in page.get("Contents", ()):
            yield self._asset(page, item, None, current=True)

    def _uploads(self) -> Iterator[Gap | Control]:
        """Parts of uploads that were begun and not completed: kept and paid for, but nothing can read them."""
        marker: dict[str, str] = {}
        while True:
            try:
                page = self._bucket.call("list_multipart_uploads", Prefix=self._prefix, EncodingType="url", **marker)
            except S3Error as error:
                yield from self._no_uploads(error)
                return
            if not self._bucket.answered("ListMultipartUploads", "ListMultipartUploadsResult"):
                detail = "The service does not say whether there are incomplete uploads."
                yield from self._once("bucket.incomplete_uploads", None, detail)
                return
            for upload in page.get("Uploads", ()):
                yield self._upload(page, upload)
            if not page.get("IsTruncated"):
                return
            after = {
                "KeyMarker": _decoded(page, page.get("NextKeyMarker", "")),
                "UploadIdMarker": page.get("NextUploadIdMarker", ""),
            }
            if after == marker or not after["KeyMarker"]:
                yield self._endless()
                return
            marker = after

    def _upload(self, page: dict[str, Any], upload: dict[str, Any]) -> Gap:
        key = _decoded(page, upload.get("Key", ""))
        began = upload.get("Initiated")
        since = f" of {began:%Y-%m-%d}" if began else ""
        return Gap(
            target=self._target.name,
            path=self._path(key),
            code=GapCode.INVALID_OBJECT_STATE,
            detail=f"An upload{since} that was never completed: its parts are kept, but S3 lets nobody read them.",
            size=self._parts(key, upload.get("UploadId", "")),
        )

    def _parts(self, key: str, upload: str) -> int | None:
        """The bytes of an upload's parts; None where they may not be listed."""
        total: int = 0
        marker: dict[str, int] = {}
        while True:
            try:
                page = self._bucket.call("list_parts", Key=key, UploadId=upload, **marker)
            except S3Error:
                return None
            total += sum(int(part.get("Size", 0)) for part in page.get("Parts", ()))
            after = int(page.get("NextPartNumberMarker", 0))
            if not page.get("IsTruncated") or after <= marker.get("PartNumberMarker", 0):
                return total
            marker = {"PartNumberMarker": after}

    def _no_uploads(self, error: Exception) -> Iterator[Gap | Control]:
        if is_unknown_operation(error):
            yield from self._once("bucket.incomplete_uploads", None, "The service does not know incomplete uploads.")
            return
        code, detail = gap_of(error)
        yield self._part(code, f"Incomplete uploads could not be listed (s3:ListBucketMultipartUploads). {detail}")

    def _position(self, way: str, after: dict[str, str]) -> Iterator[Position]:
        """Between two pages; none behind a key that is no valid Unicode, which could not be asked for."""
        if all(_is_text(value) for value in after.values()):
            told = {"prefix": self._prefix, "way": way, "after": after, "told": sorted(self._told)}
            yield Position(token=json.dumps(told))

    def _asset(self, page: dict[str, Any], item: dict[str, Any], version: str | None, *, current: bool) -> Asset:
        key = _decoded(page, item["Key"])
        modified: datetime | None = item.get("LastModified")
        # Read without its number, the current version needs one permission less. "null" is S3's word for an
        # object from before versions were kept, and none at all in a bucket that never kept any.
        return Asset(
            target=self._target.name,
            path=self._path(key),
            locator=Locator(key=key, version=None if current else version),
            size=item.get("Size"),
            modified=modified.astimezone(UTC) if modified else None,
            version=None if version is None or (current and version == "null") else printable(version),
            current=current,
        )

    def _path(self, key: str) -> str:
        return printable(f"s3://{self._bucket.name}/{key}")

    def _whole(self, code: GapCode, detail: str) -> Gap:
        return Gap(target=self._target.name, path="", code=code, detail=detail)

    def _part(self, code: GapCode, detail: str) -> Gap:
        """Some of what lies under the prefix."""
        return Gap(target=self._target.name, path=self._path(self._prefix), code=code, detail=detail)

    def _endless(self) -> Gap:
        return self._whole(
            GapCode.SERVER_MISBEHAVED, "The service lists in a circle, and what comes after was not seen."
        )

    def _once(self, name: str, value: bool | None, detail: str) -> Iterator[Control]:
        """A control of the bucket, whatever the number of prefixes."""
        if name not in self._told:
            self._told.add(name)
            yield Control(target=self._target.name, name=name, value=value, detail=detail)


def _before(page: dict[str, Any], after: str) -> bool:
    """Whether a page begins where it was not asked to."""
    contents = page.get("Contents", ())
    return bool(contents) and _decoded(page, contents[0]["Key"]).encode("utf-8", "surrogateescape") <= after.encode()


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _decoded(page: dict[str, Any], value: str) -> str:
    """A key as the service knows it; bytes that are no UTF-8 become surrogates, so that no key is ever lost."""
    if page.get("EncodingType") != "url":
        return value
    return unquote_to_bytes(value.replace("+", " ")).decode("utf-8", "surrogateescape")
