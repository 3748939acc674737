"""Settings of a bucket that say how long data stays, where it lies and who is told: each asked for once, unknown where unanswered.

The sub-resources and their error codes: AWS's S3 API reference (GetBucketLifecycleConfiguration, GetObjectLockConfiguration,
GetBucketLogging, GetBucketLocation, GetBucketPolicy).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from auditor.model.text import printable
from auditor.scanners._s3_client import DEFAULT_REGION, Bucket, is_amazon
from auditor.scanners._s3_errors import S3Error, code_of, why_unknown

NO_ANSWER: Final = "The service does not know this setting."

_ALL: Final = frozenset({"*", "arn:aws:s3:::*"})

Fact = tuple[bool | str | int | None, str]
"""A value and the sentence that says where it is from, or why it is unknown."""


def settings(bucket: Bucket) -> Iterator[tuple[str, Fact]]:
    """(control's name, fact), always the same ones in the same order."""
    yield "bucket.region", _region(bucket)
    yield "bucket.tls_only", _tls_only(bucket)
    yield "bucket.access_logging", _access_logging(bucket)
    yield "bucket.object_lock_days", _object_lock(bucket)
    yield from _lifecycle(bucket)


def statements_of(bucket: Bucket) -> list[dict[str, Any]] | Fact:
    """The bucket policy's statements, [] where it has none; else the fact that they are unknown."""
    try:
        answer = bucket.call("get_bucket_policy")
    except S3Error as error:
        return [] if code_of(error) == "NoSuchBucketPolicy" else (None, why_unknown(error, "s3:GetBucketPolicy"))
    try:
        statements = json.loads(answer["Policy"])["Statement"]
    except (KeyError, TypeError, ValueError):
        return None, NO_ANSWER
    statements = [statements] if isinstance(statements, dict) else statements
    if not isinstance(statements, list) or not all(isinstance(statement, dict) for statement in statements):
        return None, "The bucket's policy could not be understood."
    return statements


def names_everyone(statement: dict[str, Any]) -> bool:
    """Whether a statement's principal is anybody."""
    principal = statement.get("Principal")
    if isinstance(principal, dict):
        principal = principal.get("AWS")
    return principal == "*" or (isinstance(principal, list) and "*" in principal)


def denies_writing(statement: dict[str, Any], bucket: str) -> bool:
    """Whether a statement refuses everybody everything but getting and listing, in the whole bucket, on no condition."""
    if statement.get("Effect") != "Deny" or not names_everyone(statement) or statement.get("Condition"):
        return False
    places = _texts(statement.get("Resource"))
    if not _ALL & places and not {f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"} <= places:
        return False
    spared = _texts(statement.get("NotAction"))
    return {"*", "s3:*"} & _texts(statement.get("Action")) != set() or (bool(spared) and all(map(_reads, spared)))


def allows_writing(statement: dict[str, Any]) -> bool:
    """Whether a statement allows everybody, on no condition, something else than getting and listing."""
    if statement.get("Effect") != "Allow" or not names_everyone(statement) or statement.get("Condition"):
        return False
    return "NotAction" in statement or not all(map(_reads, _texts(statement.get("Action"))))


def _reads(action: str) -> bool:
    return action.lower().startswith(("s3:get", "s3:list", "s3:head"))


def _region(bucket: Bucket) -> Fact:
    """Where the bucket stands. No answer means us-east-1 at AWS alone; other services' regions have names of their own."""
    try:
        answer = bucket.call("get_bucket_location")
    except S3Error as error:
        return None, why_unknown(error, "s3:GetBucketLocation")
    if not bucket.answered("GetBucketLocation", "LocationConstraint"):
        return None, NO_ANSWER
    region = str(answer.get("LocationConstraint") or (DEFAULT_REGION if is_amazon(bucket) else ""))
    if not region:
        return None, "The service names no region."
    return printable("eu-west-1" if region == "EU" else region), "The bucket's region, as the service says."


def _tls_only(bucket: Bucket) -> Fact:
    statements = statements_of(bucket)
    if not isinstance(statements, list):
        return statements
    if any(_denies_plain(statement, bucket.name) for statement in statements):
        return True, "The bucket's policy refuses requests without TLS."
    return False, "The bucket's policy does not refuse requests without TLS (aws:SecureTransport)."


def _denies_plain(statement: dict[str, Any], bucket: str) -> bool:
    """Whether a statement refuses everybody everything in the whole bucket for want of TLS, and on no other condition."""
    condition = statement.get("Condition")
    if statement.get("Effect") != "Deny" or not names_everyone(statement) or not isinstance(condition, dict):
        return False
    if not {"*", "s3:*"} & _texts(statement.get("Action")):
        return False
    if not any(
        re.fullmatch(rf"\*|arn:[a-z-]+:s3:::({re.escape(bucket)}/)?\*", r) for r in _texts(statement.get("Resource"))
    ):
        return False
    asked = condition.get("Bool")
    secure = {str(key).lower(): value for key, value in asked.items()} if isinstance(asked, dict) else {}
    refused = {value.lower() for value in _texts(secure.get("aws:securetransport"))}
    return refused == {"false"} and len(condition) == len(secure) == 1


def _texts(value: object) -> set[str]:
    """A policy's one or several values."""
    return {str(each) for each in (value if isinstance(value, list) else () if value is None else (value,))}


def _access_logging(bucket: Bucket) -> Fact:
    try:
        answer = bucket.call("get_bucket_logging")
    except S3Error as error:
        return None, why_unknown(error, "s3:GetBucketLogging")
    if not bucket.answered("GetBucketLogging", "BucketLoggingStatus"):
        return None, NO_ANSWER
    where = answer.get("LoggingEnabled", {}).get("TargetBucket")
    if where:
        return printable(str(where)), f"Access is logged to the bucket {printable(str(where))}."
    return False, "Access to the bucket is not logged by the service."


def _object_lock(bucket: Bucket) -> Fact:
    """Days for which a new object can be deleted by nobody; 0 where none is locked by default."""
    try:
        answer = bucket.call("get_object_lock_configuration")
    except S3Error as error:
        if code_of(error) in ("ObjectLockConfigurationNotFoundError", "ObjectLockConfigurationNotFound"):
            return 0, "The bucket has no object lock."
        return None, why_unknown(error, "s3:GetBucketObjectLockConfiguration")
    if not bucket.answered("GetObjectLockConfiguration", "ObjectLockConfiguration"):
        return None, NO_ANSWER
    default = answer.get("ObjectLockConfiguration", {}).get("Rule", {}).get("DefaultRetention", {})
    days = int(default.get("Days") or 0) + 365 * int(default.get("Years") or 0)
    if not days:
        return 0, "Object lock is on, and locks nothing by default; single objects' locks were not examined."
    mode = printable(str(default.get("Mode", "")))
    if mode != "COMPLIANCE":
        return 0, f"New objects are locked for {days} day(s) in {mode} mode, which privileged accounts may lift."
    return days, f"New objects cannot be deleted by anybody for {days} day(s) (COMPLIANCE mode)."


def _lifecycle(bucket: Bucket) -> Iterator[tuple[str, Fact]]:
    names = ("bucket.lifecycle_expires_days", "bucket.lifecycle_noncurrent_days")
    try:
        answer = bucket.call("get_bucket_lifecycle_configuration")
    except S3Error as error:
        known = code_of(error) == "NoSuchLifecycleConfiguration"
        fact: Fact = (
            (False, "The bucket has no lifecycle rules.")
            if known
            else (None, why_unknown(error, "s3:GetLifecycleConfiguration"))
        )
        yield from ((name, fact) for name in names)
        return
    if not bucket.answered("GetBucketLifecycleConfiguration", "LifecycleConfiguration"):
        yield from ((name, (None, NO_ANSWER)) for name in names)
        return
    rules = [rule for rule in answer.get("Rules", ()) if rule.get("Status") == "Enabled" and _for_everything(rule)]
    current = [int(days) for rule in rules if (days := rule.get("Expiration", {}).get("Days"))]
    old = [rule.get("NoncurrentVersionExpiration", {}) for rule in rules]
    older = [int(rule["NoncurrentDays"]) for rule in old if rule.get("NoncurrentDays") and not _keeps_some(rule)]
    for name, found, what in zip(names, (current, older), ("objects", "old versions"), strict=True):
        if found:
            yield name, (min(found), f"A lifecycle rule deletes all {what} after {min(found)} day(s).")
        else:
            yield name, (False, f"No lifecycle rule deletes all {what}.")


def _keeps_some(expiration: dict[str, Any]) -> bool:
    """Whether the newest old versions stay, for ever."""
    return bool(expiration.get("NewerNoncurrentVersions"))


def _for_everything(rule: dict[str, Any]) -> bool:
    """Whether a rule is about every object: no prefix, no tags, no sizes."""
    chosen = rule.get("Filter") or {}
    return not rule.get("Prefix") and not any(value for value in chosen.values())
